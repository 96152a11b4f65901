"""The verbs of a deal: move, win, lose, reopen, next-step, contact."""

from collections.abc import Sequence

from typer.core import TyperCommand

from sfa.cli import targets
from sfa.cli.building import argument, command, dry_run_option, json_option, option
from sfa.cli.opening import open_desk
from sfa.cli.results import tell_saved
from sfa.domain.fields import LOSS_REASONS
from sfa.errors import UsageError
from sfa.services import opportunities

NOUN = "opportunity"
DEALS = argument("words", is_many=True, shown="REFERENCE", help="References or names.")
ON = option("--on", "on", help="The day, today where none is given.")
COMPETITOR = option("--competitor", "competitor", help="Who won instead.")
COMMON = (dry_run_option(), json_option("The deal as JSON."))


def move() -> TyperCommand:
    """Return `sfa opportunity move`."""
    params = [
        argument(
            "words", is_many=True, shown="REFERENCE STAGE", help="References or names, then the stage (or next, back)."
        ),
        option("--reason", "reason", help="Why, for a stage that closes the deal."),
        option("--note", "note", help="More about a loss."),
        COMPETITOR,
        ON,
        *COMMON,
    ]
    return command("move", _move, params, "Move deals to a stage: sfa opportunity move Acme Negotiation")


def _move(
    *,
    words: Sequence[str],
    reason: str | None,
    note: str | None,
    competitor: str | None,
    on: str | None,
    is_dry_run: bool,
    is_json: bool,
) -> None:
    *deals, stage = words
    if not deals:
        raise UsageError("Which deal, and to which stage?", hint="sfa opportunity move Acme Negotiation")
    desk = open_desk()
    ids = targets.each(desk, NOUN, deals)
    saved = opportunities.move(
        desk, ids, stage, on=on, reason=reason, loss_note=note, competitor=competitor, is_dry_run=is_dry_run
    )
    tell_saved(desk, NOUN, saved, is_json=is_json)


def win() -> TyperCommand:
    """Return `sfa opportunity win`."""
    params = [
        DEALS,
        option("--reason", "reason", help="What decided it."),
        option("--amount", "amount", help="For another amount."),
        ON,
        *COMMON,
    ]
    return command("win", _win, params, "Close deals as won.")


def _win(
    *, words: Sequence[str], reason: str | None, amount: str | None, on: str | None, is_dry_run: bool, is_json: bool
) -> None:
    desk = open_desk()
    ids = targets.each(desk, NOUN, words)
    tell_saved(desk, NOUN, opportunities.win(desk, ids, reason, on, amount, is_dry_run=is_dry_run), is_json=is_json)


def lose() -> TyperCommand:
    """Return `sfa opportunity lose`."""
    params = [
        DEALS,
        option("--reason", "reason", help=f"One of: {', '.join(LOSS_REASONS)}."),
        option("--note", "note", help="Needed for the reason other."),
        COMPETITOR,
        ON,
        *COMMON,
    ]
    return command("lose", _lose, params, "Close deals as lost; the reason is needed.")


def _lose(
    *,
    words: Sequence[str],
    reason: str | None,
    note: str | None,
    competitor: str | None,
    on: str | None,
    is_dry_run: bool,
    is_json: bool,
) -> None:
    if not reason:
        raise UsageError("A lost deal needs its reason.", hint=f"--reason with one of: {', '.join(LOSS_REASONS)}.")
    desk = open_desk()
    ids = targets.each(desk, NOUN, words)
    saved = opportunities.lose(desk, ids, reason, note, competitor, on, is_dry_run=is_dry_run)
    tell_saved(desk, NOUN, saved, is_json=is_json)


def reopen() -> TyperCommand:
    """Return `sfa opportunity reopen`."""
    params = [DEALS, option("--stage", "stage", help="Where it goes on."), *COMMON]
    return command("reopen", _reopen, params, "Open closed deals again.")


def _reopen(*, words: Sequence[str], stage: str | None, is_dry_run: bool, is_json: bool) -> None:
    desk = open_desk()
    ids = targets.each(desk, NOUN, words)
    tell_saved(desk, NOUN, opportunities.reopen(desk, ids, stage, is_dry_run=is_dry_run), is_json=is_json)


def next_step() -> TyperCommand:
    """Return `sfa opportunity next-step`."""
    params = [
        argument("reference", help="The deal."),
        argument("step", help="What comes next; empty clears it."),
        ON,
        *COMMON,
    ]
    help_text = 'Say what comes next: sfa opportunity next-step Acme "send quote" --on friday'
    return command("next-step", _next_step, params, help_text)


def _next_step(*, reference: str, step: str, on: str | None, is_dry_run: bool, is_json: bool) -> None:
    desk = open_desk()
    ids = targets.each(desk, NOUN, [reference])
    saved = opportunities.set_next_step(desk, ids, step or None, on, is_dry_run=is_dry_run)
    tell_saved(desk, NOUN, saved, is_json=is_json)


def contact() -> TyperCommand:
    """Return `sfa opportunity contact`."""
    params = [
        argument("reference", help="The deal."),
        argument("person", help="The contact."),
        option("--role", "role", help="Such as decision maker."),
        option("--stance", "stance", type=int, help="-2 blocks ... 2 champions."),
        *COMMON,
    ]
    return command("contact", _contact, params, "Say who decides in a deal.")


def _contact(
    *, reference: str, person: str, role: str | None, stance: int | None, is_dry_run: bool, is_json: bool
) -> None:
    desk = open_desk()
    deal = targets.one(desk, NOUN, [reference])
    someone = targets.one(desk, "contact", [person])
    saved = opportunities.add_contact(desk, deal, someone, role, stance, is_dry_run=is_dry_run)
    tell_saved(desk, NOUN, saved, is_json=is_json)
