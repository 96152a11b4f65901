"""add, edit, remove and restore for every noun, from the registry of fields."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from typer.core import TyperCommand, TyperOption

from sfa.cli import adding, targets
from sfa.cli.asking import confirmed, sure_options
from sfa.cli.building import argument, command, dry_run_option, flag, json_option, option
from sfa.cli.naming import article_of, counted
from sfa.cli.opening import open_desk
from sfa.cli.output import say, tell
from sfa.cli.results import tell_saved
from sfa.domain.fields import NOUNS, FieldSpec
from sfa.services.desk import Desk, Saved
from sfa.services.records import verbs_of

PREVIEWED = 20
WITH_DOUBLES = ("account", "contact")
REACHING = ("activity", "task", "event")
_SHORTER = {
    "valid_from": "--from",
    "valid_to": "--to",
    "price_group": "--group",
    "min_quantity": "--min-qty",
    "max_quantity": "--max-qty",
    "document_ref": "--ref",
}
_HINTS = {
    "money": "Such as 40k or 12,500 EUR.",
    "day": "Such as friday, +3d, 2026-12-31.",
    "percent": "Such as 60%.",
    "tags": "Words, separated by spaces.",
    "instant": "Such as 'yesterday 14:00'.",
    "bool": "yes or no.",
}


def field_options(noun: str) -> list[TyperOption]:
    """Return an option for each field of a noun."""
    return [
        option(*_flags(item), f"field_{item.name}", help=_hint(item), shown=_shown(item))
        for item in NOUNS[noun].fields.values()
    ]


def _flags(item: FieldSpec) -> list[str]:
    flag_of = f"--{item.name.replace('_', '-')}"
    return [flag_of, _SHORTER[item.name]] if item.name in _SHORTER else [flag_of]


def _shown(item: FieldSpec) -> str:
    return (item.target or {"money": "amount", "integer": "number", "choice": "word"}.get(item.kind, item.kind)).upper()


def _hint(item: FieldSpec) -> str:
    if item.hint:
        return item.hint
    if item.choices:
        return f"One of: {', '.join(item.choices)}."
    return (
        f"{article_of(item.target).capitalize()} {item.target.replace('_', ' ')}: name or reference."
        if item.target
        else _HINTS.get(item.kind, "")
    )


def given_fields(options: Mapping[str, Any]) -> dict[str, object]:
    """Return the fields that were named, by name."""
    return {name.removeprefix("field_"): value for name, value in options.items() if value is not None}


def _add_command(noun: str) -> TyperCommand:
    first = adding.first_field(noun)
    words = "KIND WHO [SUBJECT]" if noun == "activity" else f"The {first}." if first else ""
    params = [
        argument("words", is_required=False, is_many=True, shown=(first or "words").upper(), help=words),
        *field_options(noun),
        dry_run_option(),
        json_option("The record as JSON."),
    ]
    if noun in WITH_DOUBLES:
        params.append(flag("--force", "is_forced", help="Even where it looks like one that is there already."))
    if noun in REACHING:
        params.append(force_option())
    return command("add", partial(_add, noun), params, f"Add {article_of(noun)} {noun.replace('_', ' ')}.")


def _add(
    noun: str,
    *,
    words: Sequence[str],
    is_dry_run: bool,
    is_json: bool,
    is_forced: bool = False,
    force: str | None = None,
    **options: Any,  # noqa: ANN401 - by field
) -> None:
    desk = open_desk()
    values = adding.values_of(desk, noun, words, given_fields(options))
    alike = _similar(desk, noun, values, is_forced=is_forced) if noun in WITH_DOUBLES else []
    if noun in REACHING:
        values = _heeding(desk, noun, values, force)
    saved = verbs_of(noun).add(desk, values, is_dry_run=is_dry_run)
    for words_of_one in alike:
        tell(words_of_one if is_dry_run else f"{words_of_one} Same one? sfa undo")
    tell_saved(desk, noun, saved, is_json=is_json)
    _warn(desk, noun, saved)


def _warn(desk: Desk, noun: str, saved: Saved) -> None:
    """Tell what is odd about a record that was saved, and still allowed."""
    if saved.id and not saved.is_dry_run:
        for sentence in verbs_of(noun).warnings(desk, saved.id):
            tell(sentence)


def _similar(desk: Desk, noun: str, values: Mapping[str, object], *, is_forced: bool) -> list[str]:
    """Return a sentence for each record that may be the one about to be added; asked before it is there itself."""
    from sfa.services.similar import refuse_doubles, similar  # noqa: PLC0415 - only here

    found = similar(desk, noun, values)
    if not is_forced:
        refuse_doubles(noun, found)
    return [f"Looks like {item.label} ({item.ref}): {', '.join(item.reasons)}." for item in found]


def _heeding(desk: Desk, noun: str, values: dict[str, object], force: str | None) -> dict[str, object]:
    """Tell who would rather not be reached so; return the values, with the reason of a user who insists."""
    from sfa.services import consent  # noqa: PLC0415 - only here

    minded = consent.heed(desk, noun, values, force)
    for sentence in minded:
        tell(sentence)
    return consent.with_reason(values, force) if minded and force is not None else values


def force_option() -> TyperOption:
    """Return `--force REASON`, for who insists against what a contact said."""
    return option("--force", "force", shown="REASON", help="Even against what the contact said; the reason.")


def heeding_change(
    desk: Desk, noun: str, ids: Sequence[str], values: Mapping[str, object], force: str | None
) -> dict[str, object]:
    """Tell who would rather not be reached so as records become; return the values, with the reason of who insists."""
    from sfa.services import consent  # noqa: PLC0415 - only here

    minded, changed = consent.heed_change(desk, noun, ids, values, force)
    for sentence in minded:
        tell(sentence)
    return changed


def _edit_command(noun: str) -> TyperCommand:
    params = [
        argument("words", is_required=False, is_many=True, shown="REFERENCE", help="References or names."),
        *field_options(noun),
        option("--clear", "clear", multiple=True, help="Empty a field; may be given several times."),
        option("--where", "-w", "where", default="", help="All records that fit, after a preview."),
        *sure_options(),
        dry_run_option(),
        json_option("The record as JSON."),
    ]
    if noun == "task":
        params.append(force_option())
    return command("edit", partial(_edit, noun), params, f"Change fields of {NOUNS[noun].plural}.")


def _edit(
    noun: str,
    *,
    words: Sequence[str],
    clear: Sequence[str],
    where: str,
    is_sure: bool,
    is_unattended: bool,
    is_dry_run: bool,
    is_json: bool,
    force: str | None = None,
    **options: Any,  # noqa: ANN401 - by field
) -> None:
    desk = open_desk()
    values: dict[str, object] = {**given_fields(options), **{name.replace("-", "_"): None for name in clear}}
    ids = targets.fitting(desk, noun, words, where)
    values = heeding_change(desk, noun, ids, values, force)
    if is_dry_run and not is_json:
        _preview(desk, noun, ids, values, say)
    elif where and not is_sure:
        _preview(desk, noun, ids, values, tell)
        if not confirmed(f"Change {counted(len(ids), noun)}?", is_unattended=is_unattended):
            return
    saved = verbs_of(noun).edit(desk, ids, values, is_dry_run=is_dry_run)
    tell_saved(desk, noun, saved, is_json=is_json)
    _warn(desk, noun, saved)


def _preview(
    desk: Desk, noun: str, ids: Sequence[str], values: Mapping[str, object], print_line: Callable[[str], None]
) -> None:
    from sfa.services.bulk import preview  # noqa: PLC0415 - only before a bulk edit

    changes = preview(desk, noun, ids, values)
    for change in changes[:PREVIEWED]:
        print_line(f"{change.ref:<6} {change.field}: {change.old or '–'} → {change.new or '–'}")
    if len(changes) > PREVIEWED:
        print_line(f"... and {len(changes) - PREVIEWED:,} more.")


def _remove_command(noun: str) -> TyperCommand:
    params = [
        argument("words", is_many=True, shown="REFERENCE", help="References or names."),
        flag("--force", "is_forced", help="Even where others depend on it."),
        dry_run_option(),
        json_option("What was done, as JSON."),
    ]
    return command("remove", partial(_remove, noun), params, "Put into the trash.")


def _remove(noun: str, *, words: Sequence[str], is_forced: bool, is_dry_run: bool, is_json: bool) -> None:
    desk = open_desk()
    ids = targets.each(desk, noun, words)
    saved = verbs_of(noun).remove(desk, ids, is_forced=is_forced, is_dry_run=is_dry_run)
    tell_saved(desk, noun, saved, is_json=is_json)


def _restore_command(noun: str) -> TyperCommand:
    params = [
        argument("words", is_many=True, shown="REFERENCE", help="References or names of removed records."),
        dry_run_option(),
        json_option("The record as JSON."),
    ]
    return command("restore", partial(_restore, noun), params, "Bring back from the trash.")


def _restore(noun: str, *, words: Sequence[str], is_dry_run: bool, is_json: bool) -> None:
    from sfa.services import trash  # noqa: PLC0415 - only here

    desk = open_desk()
    ids = [trash.find(desk, word, noun).id for word in words]
    tell_saved(desk, noun, verbs_of(noun).restore(desk, ids, is_dry_run=is_dry_run), is_json=is_json)


COMMANDS: dict[str, Callable[[str], TyperCommand]] = {
    "add": _add_command,
    "edit": _edit_command,
    "remove": _remove_command,
    "restore": _restore_command,
}
