"""undo, redo, history, trash."""

from collections.abc import Sequence

from typer.core import TyperCommand

from sfa.cli.asking import confirmed, sure_options
from sfa.cli.building import argument, command, dry_run_option, json_option, limit_option
from sfa.cli.naming import noun_named
from sfa.cli.opening import open_desk
from sfa.cli.output import emit_rows, say, tell
from sfa.cli.own_verbs import record_history
from sfa.cli.results import tell_saved
from sfa.errors import UsageError
from sfa.services import history as service
from sfa.services import trash as trash_service

SHOWN = 30


def undo() -> TyperCommand:
    """Return `sfa undo`."""
    params = [
        argument("operation", is_required=False, help="Which one; the last where none is given."),
        dry_run_option(),
        json_option("What was done, as JSON."),
    ]
    return command(
        "undo", _undo, params, "Take the last change back, whatever it was: an edit, a move, a whole import."
    )


def _undo(*, operation: str | None, is_dry_run: bool, is_json: bool) -> None:
    desk = open_desk()
    saved = service.undo(desk, operation, is_dry_run=is_dry_run)
    if is_json:
        tell_saved(desk, "", saved, is_json=True)
        return
    say(f"Would do: {saved.summary}" if is_dry_run else f"{saved.summary}. Back again: sfa redo")


def redo() -> TyperCommand:
    """Return `sfa redo`."""
    params = [
        argument("operation", is_required=False, help="Which one; the last undone where none is given."),
        dry_run_option(),
        json_option("What was done, as JSON."),
    ]
    return command("redo", _redo, params, "Bring back what was undone.")


def _redo(*, operation: str | None, is_dry_run: bool, is_json: bool) -> None:
    desk = open_desk()
    tell_saved(desk, "", service.redo(desk, operation, is_dry_run=is_dry_run), is_json=is_json)


def history() -> TyperCommand:
    """Return `sfa history`."""
    params = [
        argument("words", is_required=False, is_many=True, help="NOUN REFERENCE, for one record."),
        limit_option("At most so many.", SHOWN),
        json_option("One JSON array."),
    ]
    return command("history", _history, params, "What was changed, when, by whom; of everything or of one record.")


def _history(*, words: Sequence[str], limit: int, is_json: bool) -> None:
    if words:
        word, *names = words
        noun = _noun_first(word)
        if not names:
            raise UsageError(f"Which {noun}?", hint=f"sfa history {noun} NAME, or sfa history for everything")
        record_history(noun, words=names, limit=limit, is_json=is_json)
        return
    lines = service.operations(open_desk(), limit=limit)
    columns = [("at", "When", "instant"), ("summary", "What", "text"), ("actor", "Who", "text")]
    columns += [("state", "", "text"), ("operation", "Undo by", "text")]
    rows = [
        {
            "id": line.id,
            "at": line.at.isoformat(),
            "summary": line.summary,
            "actor": line.actor,
            "state": "undone" if line.is_undone else "",
            "operation": line.ref,
        }
        for line in lines
    ]
    emit_rows(columns, rows, "json" if is_json else "table")
    if not rows:
        tell("Nothing was changed yet.")


def _noun_first(word: str) -> str:
    try:
        return noun_named(word)
    except UsageError as error:
        raise UsageError(str(error), hint=f"{error.hint} Say it first: sfa history account NAME") from error


def trash() -> TyperCommand:
    """Return `sfa trash`."""
    params = [
        argument("words", is_required=False, is_many=True, help="list, restore REF..., or empty."),
        *sure_options(),
        json_option("One JSON array."),
    ]
    return command("trash", _trash, params, "Removed records: list, restore REF..., empty.")


def _trash(*, words: Sequence[str], is_sure: bool, is_unattended: bool, is_json: bool) -> None:
    desk = open_desk()
    verb, *names = words or ("list",)
    if verb == "restore":
        for name in names:
            item = trash_service.find(desk, name)
            tell_saved(desk, item.noun, trash_service.restore(desk, item.noun, [item.id]))
        return
    if verb == "empty":
        if is_sure or confirmed("Delete everything in the trash for good?", is_unattended=is_unattended):
            tell_saved(desk, "", trash_service.empty(desk))
        return
    if verb != "list":
        raise UsageError(f"The trash knows no {verb}.", hint="sfa trash, sfa trash restore REF, sfa trash empty")
    columns = [
        ("ref", "Ref", "text"),
        ("noun", "Kind", "text"),
        ("label", "Name", "text"),
        ("removed_at", "Removed", "instant"),
    ]
    rows = [
        {
            "id": item.id,
            "ref": item.ref,
            "noun": item.noun,
            "label": item.label,
            "removed_at": item.removed_at.isoformat(),
        }
        for item in trash_service.trashed(desk)
    ]
    emit_rows(columns, rows, "json" if is_json else "table")
    if not rows:
        tell("The trash is empty.")
