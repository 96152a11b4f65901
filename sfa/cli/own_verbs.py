"""The verbs that only one noun has, and what the words after `add` mean for each."""

from collections.abc import Sequence
from typing import Any

from typer.core import TyperCommand

from sfa.cli.building import argument, command, dry_run_option, flag, option
from sfa.cli.output import cell_text, emit_rows, tell
from sfa.cli.results import tell_saved
from sfa.domain.fields import ACTIVITY_KINDS, LOSS_REASONS, NOUNS
from sfa.errors import NotFoundError, UsageError
from sfa.services import references
from sfa.services.desk import Desk, open_desk

FIRST_FIELDS = ("name", "subject", "body")
_ON = ("--on", "on")


def verbs_for(noun: str) -> list[TyperCommand]:
    """Return the noun's own commands."""
    made = {"opportunity": _deal_verbs, "task": _task_verbs, "user": _user_verbs}.get(noun, list)()
    return [*made, _history_command(noun)]


def words_as_values(desk: Desk, noun: str, words: Sequence[str]) -> dict[str, object]:
    """Return the fields that the words after `add` mean: the name, or for an activity its kind, whom and subject."""
    if not words:
        return {}
    if noun == "activity":
        return _activity_words(desk, words)
    name = next((name for name in FIRST_FIELDS if name in NOUNS[noun].fields), None)
    if name is None:
        raise UsageError(f"sfa {noun} add takes no words.", hint="Use its options.")
    return {name: " ".join(words)}


def _activity_words(desk: Desk, words: Sequence[str]) -> dict[str, object]:
    kind, *rest = words
    if kind not in ACTIVITY_KINDS:
        raise UsageError(f"{kind} is no kind of activity.", hint=f"Kinds: {', '.join(ACTIVITY_KINDS)}.")
    values: dict[str, object] = {"kind": kind}
    if rest:
        values |= _whom(desk, rest[0])
    if rest[1:]:
        values["subject"] = " ".join(rest[1:])
    return values


def _whom(desk: Desk, text: str) -> dict[str, object]:
    """Return account or contact of a name: an account first, since a call is logged with a company."""
    try:
        return {"account": references.resolve(desk, "account", text).id}
    except NotFoundError as error:
        try:
            contact = references.resolve(desk, "contact", text)
        except NotFoundError:
            raise error from None
        account_id = references.account_of_contact(desk, contact.id)
        return {"contact": contact.id, **({"account": account_id} if account_id else {})}


def _ids(desk: Desk, noun: str, words: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(references.resolve(desk, noun, word).id for word in words))


def _deal_verbs() -> list[TyperCommand]:
    deals = argument("words", is_many=True, help="References or names.")
    on = option(*_ON, help="The day, today where none is given.")
    dry = dry_run_option()
    return [
        command(
            "move",
            _move,
            [
                argument("words", is_many=True, help="References or names, then the stage (or next, back)."),
                option("--reason", "reason", help="Why, for a stage that closes the deal."),
                option("--note", "note", help="More about a loss."),
                option("--competitor", "competitor", help="Who won instead."),
                on,
                dry,
            ],
            "Move deals to a stage: sfa opportunity move Acme Negotiation",
        ),
        command(
            "win",
            _win,
            [
                deals,
                option("--reason", "reason", help="What decided it."),
                option("--amount", "amount", help="For another amount."),
                on,
                dry,
            ],
            "Close deals as won.",
        ),
        command(
            "lose",
            _lose,
            [
                deals,
                option("--reason", "reason", help=f"One of: {', '.join(LOSS_REASONS)}."),
                option("--note", "note", help="Needed for the reason other."),
                option("--competitor", "competitor", help="Who won instead."),
                on,
                dry,
            ],
            "Close deals as lost; the reason is needed.",
        ),
        command(
            "reopen",
            _reopen,
            [deals, option("--stage", "stage", help="Where it goes on."), dry],
            "Open closed deals again.",
        ),
        command(
            "next-step",
            _next_step,
            [
                argument("reference", help="The deal."),
                argument("step", help="What comes next; empty clears it."),
                on,
                dry,
            ],
            'Say what comes next: sfa opportunity next-step Acme "send quote" --on friday',
        ),
        command(
            "contact",
            _contact,
            [
                argument("reference", help="The deal."),
                argument("person", help="The contact."),
                option("--role", "role", help="Such as decision maker."),
                option("--stance", "stance", type=int, help="-2 blocks ... 2 champions."),
                dry,
            ],
            "Say who decides in a deal.",
        ),
    ]


def _move(
    *,
    words: Sequence[str],
    reason: str | None,
    note: str | None,
    competitor: str | None,
    on: str | None,
    is_dry_run: bool,
) -> None:
    from sfa.services import opportunities  # noqa: PLC0415 - each verb imports its own

    if len(words) < 2:  # noqa: PLR2004 - a deal and a stage
        raise UsageError("Which deal, and to which stage?", hint="sfa opportunity move Acme Negotiation")
    desk = open_desk()
    *deals, stage = words
    saved = opportunities.move(
        desk,
        _ids(desk, "opportunity", deals),
        stage,
        on=on,
        reason=reason,
        loss_note=note,
        competitor=competitor,
        is_dry_run=is_dry_run,
    )
    tell_saved(desk, "opportunity", saved)


def _win(*, words: Sequence[str], reason: str | None, amount: str | None, on: str | None, is_dry_run: bool) -> None:
    from sfa.services import opportunities  # noqa: PLC0415 - as above

    desk = open_desk()
    saved = opportunities.win(desk, _ids(desk, "opportunity", words), reason, on, amount, is_dry_run=is_dry_run)
    tell_saved(desk, "opportunity", saved)


def _lose(
    *,
    words: Sequence[str],
    reason: str | None,
    note: str | None,
    competitor: str | None,
    on: str | None,
    is_dry_run: bool,
) -> None:
    from sfa.services import opportunities  # noqa: PLC0415 - as above

    if not reason:
        raise UsageError("A lost deal needs its reason.", hint=f"--reason with one of: {', '.join(LOSS_REASONS)}.")
    desk = open_desk()
    saved = opportunities.lose(
        desk, _ids(desk, "opportunity", words), reason, note, competitor, on, is_dry_run=is_dry_run
    )
    tell_saved(desk, "opportunity", saved)


def _reopen(*, words: Sequence[str], stage: str | None, is_dry_run: bool) -> None:
    from sfa.services import opportunities  # noqa: PLC0415 - as above

    desk = open_desk()
    tell_saved(
        desk, "opportunity", opportunities.reopen(desk, _ids(desk, "opportunity", words), stage, is_dry_run=is_dry_run)
    )


def _next_step(*, reference: str, step: str, on: str | None, is_dry_run: bool) -> None:
    from sfa.services import opportunities  # noqa: PLC0415 - as above

    desk = open_desk()
    ids = _ids(desk, "opportunity", [reference])
    tell_saved(desk, "opportunity", opportunities.set_next_step(desk, ids, step or None, on, is_dry_run=is_dry_run))


def _contact(*, reference: str, person: str, role: str | None, stance: int | None, is_dry_run: bool) -> None:
    from sfa.services import opportunities  # noqa: PLC0415 - as above

    desk = open_desk()
    deal = references.resolve(desk, "opportunity", reference).id
    contact = references.resolve(desk, "contact", person).id
    tell_saved(desk, "opportunity", opportunities.add_contact(desk, deal, contact, role, stance, is_dry_run=is_dry_run))


def _task_verbs() -> list[TyperCommand]:
    params = [argument("words", is_many=True, help="References or subjects."), dry_run_option()]
    return [command("done", _done, params, "Tick tasks off."), command("reopen", _undone, params, "Open tasks again.")]


def _done(*, words: Sequence[str], is_dry_run: bool) -> None:
    from sfa.services import tasks  # noqa: PLC0415 - as above

    desk = open_desk()
    tell_saved(desk, "task", tasks.complete(desk, _ids(desk, "task", words), is_dry_run=is_dry_run))


def _undone(*, words: Sequence[str], is_dry_run: bool) -> None:
    from sfa.services import tasks  # noqa: PLC0415 - as above

    desk = open_desk()
    tell_saved(desk, "task", tasks.reopen(desk, _ids(desk, "task", words), is_dry_run=is_dry_run))


def _user_verbs() -> list[TyperCommand]:
    return [command("me", _me, [argument("reference", help="Your name or reference.")], "Say who sits at this desk.")]


def _me(*, reference: str) -> None:
    from sfa.services import users  # noqa: PLC0415 - as above

    desk = open_desk()
    tell_saved(desk, "user", users.become(desk, references.resolve(desk, "user", reference).id))


def _history_command(noun: str) -> TyperCommand:
    params = [argument("reference", help="Reference, id or name."), flag("--json", "is_json", help="One JSON array.")]
    return command("history", lambda **words: record_history(noun, **words), params, "What was changed, when, by whom.")


def record_history(noun: str, *, reference: str, is_json: bool = False) -> None:
    """Print the changes of one record, the newest first."""
    from sfa.services import history  # noqa: PLC0415 - as above

    desk = open_desk()
    lines = history.record_history(desk, noun, references.resolve(desk, noun, reference).id)
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
        tell(f"Nothing was changed since {cell_text('text', reference)} is here.")
