"""The verbs that only one noun has."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from typer.core import TyperCommand

from sfa.cli import targets
from sfa.cli.building import argument, command, dry_run_option, json_option, lazily, limit_option
from sfa.cli.opening import open_desk
from sfa.cli.output import emit_rows, tell
from sfa.cli.results import tell_saved
from sfa.errors import NotFoundError

Maker = Callable[[], Any]


def makers_for(noun: str) -> dict[str, Maker]:
    """Return how the noun's own commands are made, by name."""
    own: dict[str, dict[str, Maker]] = {
        "opportunity": {name: partial(_deal_verb, name) for name in _DEAL_VERBS},
        "task": {"done": _done_command, "reopen": _reopen_command},
        "user": {"me": _me_command},
        "account": {**_both_verbs("account"), "tree": _account_tree, "timeline": _account_timeline},
        "contact": {
            **_both_verbs("contact"),
            "consent": _consent_verb,
            **{name: partial(_contact_verb, name) for name in _CONTACT_VERBS},
        },
        "event": {name: partial(_event_verb, name) for name in _EVENT_VERBS},
        "quote": _quote_verbs(),
    }
    return {**own.get(noun, {}), "history": partial(_history_command, noun)}


_CONTACT_VERBS = {"tree": "contact_tree", "roles": "roles", "move": "move"}
_EVENT_VERBS = ("edit", "move", "copy", "done", "missed", "cancel", "remove")
_DEAL_VERBS = ("move", "win", "lose", "reopen", "next-step", "contact")


def _deal_verb(name: str) -> TyperCommand:
    from sfa.cli import deals  # noqa: PLC0415 - only for its verbs

    made: TyperCommand = getattr(deals, name.replace("-", "_"))()
    return made


def _merge_verb(noun: str) -> TyperCommand:
    from sfa.cli.dedupe import merge  # noqa: PLC0415 - only for its verb

    return merge(noun)


def _both_verbs(noun: str) -> dict[str, Maker]:
    """Return the verbs that relate two records of a noun."""
    relating = {name: partial(_relation_verb, name, noun) for name in ("relate", "unrelate")}
    return {"merge": partial(_merge_verb, noun), **relating}


def _relation_verb(name: str, noun: str) -> TyperCommand:
    from sfa.cli import relations  # noqa: PLC0415 - as above

    made: TyperCommand = getattr(relations, name)(noun)
    return made


def _contact_verb(name: str) -> TyperCommand:
    from sfa.cli import relations  # noqa: PLC0415 - as above

    made: TyperCommand = getattr(relations, _CONTACT_VERBS[name])()
    return made


def _consent_verb() -> TyperCommand:
    from sfa.cli.consent import consent  # noqa: PLC0415 - as above

    return consent()


def _account_tree() -> TyperCommand:
    from sfa.cli.account_views import tree  # noqa: PLC0415 - as above

    return tree()


def _account_timeline() -> TyperCommand:
    from sfa.cli.account_views import timeline  # noqa: PLC0415 - as above

    return timeline()


def _quote_verbs() -> dict[str, Callable[[], Any]]:
    from sfa.cli.quote_table import VERBS  # noqa: PLC0415 - only for its verbs

    return lazily(VERBS)


def _event_verb(name: str) -> TyperCommand:
    from sfa.cli import event_verbs  # noqa: PLC0415 - as above

    made: TyperCommand = getattr(event_verbs, name)()
    return made


def _task_params() -> list[Any]:
    return [
        argument("words", is_many=True, shown="REFERENCE", help="References or subjects."),
        dry_run_option(),
        json_option("As JSON."),
    ]


def _done_command() -> TyperCommand:
    return command("done", _done, _task_params(), "Tick tasks off.")


def _done(*, words: Sequence[str], is_dry_run: bool, is_json: bool) -> None:
    from sfa.services import tasks  # noqa: PLC0415 - each verb imports its own

    desk = open_desk()
    saved = tasks.complete(desk, targets.each(desk, "task", words), is_dry_run=is_dry_run)
    tell_saved(desk, "task", saved, is_json=is_json)


def _reopen_command() -> TyperCommand:
    return command("reopen", _reopen, _task_params(), "Open tasks again.")


def _reopen(*, words: Sequence[str], is_dry_run: bool, is_json: bool) -> None:
    from sfa.services import tasks  # noqa: PLC0415 - as above

    desk = open_desk()
    saved = tasks.reopen(desk, targets.each(desk, "task", words), is_dry_run=is_dry_run)
    tell_saved(desk, "task", saved, is_json=is_json)


def _me_command() -> TyperCommand:
    params = [argument("words", is_many=True, shown="NAME", help="Your name or reference.")]
    return command("me", _me, params, "Say who sits at this desk.")


def _me(*, words: Sequence[str]) -> None:
    from sfa.services import users  # noqa: PLC0415 - as above

    desk = open_desk()
    try:
        user_id = targets.one(desk, "user", words)
    except NotFoundError as error:
        name = " ".join(words)
        raise NotFoundError(error.message, hint=f'{error.hint}, or begin anew: sfa user add "{name}"') from error
    tell_saved(desk, "user", users.become(desk, user_id))


def _history_command(noun: str) -> TyperCommand:
    params = [
        argument("words", is_many=True, shown="REFERENCE", help="Reference, id or name."),
        limit_option("At most so many."),
        json_option("One JSON array."),
    ]
    return command("history", partial(record_history, noun), params, "What was changed, when, by whom.")


def record_history(noun: str, *, words: Sequence[str], limit: int | None = None, is_json: bool = False) -> None:
    """Print the changes of one record, the newest first."""
    from sfa.services import history  # noqa: PLC0415 - as above

    desk = open_desk()
    lines = history.record_history(desk, noun, targets.one(desk, noun, words), limit=limit)
    columns = [("at", "When", "instant"), ("actor", "Who", "text"), ("verb", "Did", "text"), ("field", "Field", "text")]
    columns += [("old", "Before", "text"), ("new", "After", "text"), ("operation", "Undo by", "text")]
    rows: list[dict[str, Any]] = [
        {
            "at": line.at.isoformat(),
            "actor": line.actor,
            "verb": line.verb,
            "field": line.field,
            "old": line.old,
            "new": line.new,
            "operation": line.operation_ref,
        }
        for line in lines
    ]
    emit_rows(columns, rows, "json" if is_json else "table")
    if not lines:
        tell(f"Nothing was changed since {' '.join(words)} is here.")
