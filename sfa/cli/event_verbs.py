"""The verbs of an appointment: edit, move, copy, done, missed, cancel, remove; of a series all or a part of it."""

from collections.abc import Sequence
from typing import Any

from typer.core import TyperCommand, TyperOption

from sfa.cli import targets
from sfa.cli.building import argument, command, dry_run_option, flag, json_option, option
from sfa.cli.editing import field_options, force_option, given_fields, heeding_change
from sfa.cli.opening import open_desk
from sfa.cli.results import tell_saved
from sfa.errors import UsageError
from sfa.services.desk import Desk
from sfa.services.event_targets import Scope

NOUN = "event"
ONE = argument("words", is_many=True, shown="REFERENCE", help="Reference or subject.")
ONE_AND_WHEN = argument(
    "words", is_many=True, shown="REFERENCE WHEN", help="Reference or subject, then when, as one word."
)
ON = option("--on", "on", help="Of a series: the instance of that day.")
REASON = option("--reason", "reason", help="Why.")
COMMON = (dry_run_option(), json_option("The appointment as JSON."))


def _scopes() -> list[TyperOption]:
    return [
        ON,
        flag("--following", "is_following", help="It and all that follow."),
        flag("--all", "is_all", help="The whole series."),
    ]


def _scope(on: str | None, *, is_following: bool, is_all: bool, plain: Scope = Scope.THIS) -> Scope:
    if is_following and is_all:
        raise UsageError("Those that follow, or all of them, not both.", hint="Leave --following or --all out.")
    if is_following and on is None:
        raise UsageError("Those that follow which one?", hint="Name its day: --on 2026-03-17")
    if is_all:
        return Scope.ALL
    return Scope.FOLLOWING if is_following else Scope.THIS if on else plain


def _event_and_when(words: Sequence[str], example: str) -> tuple[Desk, str, str]:
    *event, when = words
    if not event:
        raise UsageError("Which appointment, and when?", hint=example)
    desk = open_desk()
    return desk, targets.one(desk, NOUN, event), when


def edit() -> TyperCommand:
    """Return `sfa event edit`."""
    clear = option("--clear", "clear", multiple=True, help="Empty a field; may be given several times.")
    params = [ONE, *field_options(NOUN), clear, *_scopes(), *COMMON, force_option()]
    return command("edit", _edit, params, "Change an appointment, or a part of a series.")


def _edit(
    *,
    words: Sequence[str],
    clear: Sequence[str],
    on: str | None,
    is_following: bool,
    is_all: bool,
    is_dry_run: bool,
    is_json: bool,
    force: str | None,
    **options: Any,  # noqa: ANN401 - by field
) -> None:
    from sfa.services import event_changes  # noqa: PLC0415 - each verb imports its own

    desk = open_desk()
    values: dict[str, object] = {**given_fields(options), **{name.replace("-", "_"): None for name in clear}}
    if not values:
        raise UsageError("Nothing to change was named.", hint="See: sfa event edit --help")
    scope = _scope(on, is_following=is_following, is_all=is_all, plain=Scope.ALL)
    event_id = targets.one(desk, NOUN, words)
    values = heeding_change(desk, NOUN, [event_id], values, force)
    saved = event_changes.change(desk, event_id, values, on=on, scope=scope, is_dry_run=is_dry_run)
    tell_saved(desk, NOUN, saved, is_json=is_json)


def move() -> TyperCommand:
    """Return `sfa event move`."""
    params = [ONE_AND_WHEN, *_scopes(), REASON, *COMMON]
    return command("move", _move, params, 'Let it begin at another time: sfa event move Demo "thu 14:00"')


def _move(
    *,
    words: Sequence[str],
    on: str | None,
    is_following: bool,
    is_all: bool,
    reason: str | None,
    is_dry_run: bool,
    is_json: bool,
) -> None:
    from sfa.services import event_changes  # noqa: PLC0415 - as above

    desk, event_id, when = _event_and_when(words, 'sfa event move Demo "thu 14:00"')
    scope = _scope(on, is_following=is_following, is_all=is_all)
    saved = event_changes.move(desk, event_id, when, on=on, scope=scope, reason=reason, is_dry_run=is_dry_run)
    tell_saved(desk, NOUN, saved, is_json=is_json)


def copy() -> TyperCommand:
    """Return `sfa event copy`."""
    return command("copy", _copy, [ONE_AND_WHEN, *COMMON], 'Add one like it: sfa event copy Demo "next thu 14:00"')


def _copy(*, words: Sequence[str], is_dry_run: bool, is_json: bool) -> None:
    from sfa.services import event_changes  # noqa: PLC0415 - as above

    desk, event_id, when = _event_and_when(words, 'sfa event copy Demo "next thu 14:00"')
    tell_saved(desk, NOUN, event_changes.copy(desk, event_id, when, is_dry_run=is_dry_run), is_json=is_json)


def done() -> TyperCommand:
    """Return `sfa event done`."""
    params = [
        ONE,
        ON,
        option("--outcome", "outcome", help="connected, positive, neutral, negative, next_step_set..."),
        option("--note", "note", help="What was said."),
        option("--next", "next_step", help='What is next, with its day: "send the quote friday".'),
        *COMMON,
    ]
    return command("done", _done, params, "It took place: outcome, note, next step.")


def _done(
    *,
    words: Sequence[str],
    on: str | None,
    outcome: str | None,
    note: str | None,
    next_step: str | None,
    is_dry_run: bool,
    is_json: bool,
) -> None:
    from sfa.services import event_outcomes  # noqa: PLC0415 - as above

    desk = open_desk()
    saved = event_outcomes.complete(
        desk,
        targets.one(desk, NOUN, words),
        on=on,
        outcome=outcome,
        note=note,
        next_step=next_step,
        is_dry_run=is_dry_run,
    )
    tell_saved(desk, NOUN, saved, is_json=is_json)


def missed() -> TyperCommand:
    """Return `sfa event missed`."""
    return command("missed", _missed, [ONE, ON, REASON, *COMMON], "It was planned and did not take place.")


def _missed(*, words: Sequence[str], on: str | None, reason: str | None, is_dry_run: bool, is_json: bool) -> None:
    _set_status("not_held", words, on, Scope.THIS, reason, is_dry_run=is_dry_run, is_json=is_json)


def cancel() -> TyperCommand:
    """Return `sfa event cancel`."""
    return command("cancel", _cancel, [ONE, *_scopes(), REASON, *COMMON], "Call it off; it stays in the history.")


def _cancel(
    *,
    words: Sequence[str],
    on: str | None,
    is_following: bool,
    is_all: bool,
    reason: str | None,
    is_dry_run: bool,
    is_json: bool,
) -> None:
    scope = _scope(on, is_following=is_following, is_all=is_all)
    _set_status("cancelled", words, on, scope, reason, is_dry_run=is_dry_run, is_json=is_json)


def _set_status(
    status: str,
    words: Sequence[str],
    on: str | None,
    scope: Scope,
    reason: str | None,
    *,
    is_dry_run: bool,
    is_json: bool,
) -> None:
    from sfa.services import event_outcomes  # noqa: PLC0415 - as above

    desk = open_desk()
    event_id = targets.one(desk, NOUN, words)
    saved = event_outcomes.set_status(desk, event_id, status, on=on, scope=scope, reason=reason, is_dry_run=is_dry_run)
    tell_saved(desk, NOUN, saved, is_json=is_json)


def remove() -> TyperCommand:
    """Return `sfa event remove`."""
    return command("remove", _remove, [ONE, *_scopes(), *COMMON], "Put into the trash; of a series all, or a part.")


def _remove(
    *, words: Sequence[str], on: str | None, is_following: bool, is_all: bool, is_dry_run: bool, is_json: bool
) -> None:
    from sfa.services import event_changes  # noqa: PLC0415 - as above

    desk = open_desk()
    scope = _scope(on, is_following=is_following, is_all=is_all, plain=Scope.ALL)
    saved = event_changes.remove(desk, targets.one(desk, NOUN, words), on=on, scope=scope, is_dry_run=is_dry_run)
    tell_saved(desk, NOUN, saved, is_json=is_json)
