"""Opportunities: deals on their way through a pipeline."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from sfa.domain.fields import FieldSpec
from sfa.domain.money import Money
from sfa.errors import ConflictError, UsageError
from sfa.services import deal_links, deal_stages, stages
from sfa.services.coercion import read_value
from sfa.services.desk import Desk, Saved
from sfa.services.drafts import Draft
from sfa.services.records import RecordVerbs, Values, described, live, ref_of, saved, saved_all

ROLE: Final = FieldSpec("role", label="Role")
STANCES: Final = range(-2, 3)


def _complete(draft: Draft) -> None:
    deal_links.complete(draft)
    deal_stages.complete(draft)


def _finish(draft: Draft) -> None:
    deal_stages.backdate(draft)
    deal_links.write(draft)


VERBS: Final = RecordVerbs("opportunity", complete=_complete, finish=_finish)
add, edit, remove, restore = VERBS.add, VERBS.edit, VERBS.remove, VERBS.restore


def move(
    desk: Desk,
    ids: Sequence[str],
    stage_text: str,
    *,
    on: date | str | None = None,
    reason: str | None = None,
    loss_note: str | None = None,
    competitor: str | None = None,
    is_dry_run: bool = False,
) -> Saved:
    """Move deals to a stage: by its name or the beginning of it, or `next` and `back`.

    For a won or lost stage, `on` is the day of closing (today by default) and `reason` says why; a lost stage needs
    one of LOSS_REASONS, and "other" a `loss_note` too.

    Raises:
        NotFoundError: no such deal or stage.
        UsageError: a reason is missing, or the day lies ahead.
    """
    told = {"closed": on, "loss_note": loss_note, "competitor": competitor}
    values = {"stage": stage_text, **_given(told)}
    if reason is not None:
        values |= {"win_reason": reason, "loss_reason": reason}
    return _go(desk, ids, values, "move", is_dry_run=is_dry_run)


def win(
    desk: Desk,
    ids: Sequence[str],
    reason: str | None = None,
    on: date | str | None = None,
    amount: Money | str | None = None,
    *,
    is_dry_run: bool = False,
) -> Saved:
    """Close deals as won, today or on a given day, for their amount or another.

    Raises:
        ConflictError: one is won already.
    """
    _refuse_closed(desk, ids, "won")
    values = {"outcome": "won", **_given({"win_reason": reason, "closed": on, "amount": amount})}
    return _go(desk, ids, values, "win", is_dry_run=is_dry_run)


def lose(
    desk: Desk,
    ids: Sequence[str],
    reason: str,
    note: str | None = None,
    competitor: str | None = None,
    on: date | str | None = None,
    *,
    is_dry_run: bool = False,
) -> Saved:
    """Close deals as lost, for one of LOSS_REASONS ("other" needs a note).

    Raises:
        ConflictError: one is lost already.
        UsageError: no such reason, or no note where there must be one.
    """
    _refuse_closed(desk, ids, "lost")
    told = {"loss_reason": reason, "loss_note": note, "competitor": competitor, "closed": on}
    return _go(desk, ids, {"outcome": "lost", **_given(told)}, "lose", is_dry_run=is_dry_run)


def reopen(desk: Desk, ids: Sequence[str], stage: str | None = None, *, is_dry_run: bool = False) -> Saved:
    """Open closed deals again, in a stage or in the one where they stood; their history stays.

    Raises:
        ConflictError: one is open.
    """
    for row in live(desk, VERBS.spec, ids):
        if row["closed_on"] is None:
            raise ConflictError(f"{described(desk, VERBS.spec, row['id'])} is open.")
    return _go(desk, ids, {"outcome": "open", **_given({"stage": stage})}, "reopen", is_dry_run=is_dry_run)


def set_next_step(
    desk: Desk, ids: Sequence[str], text: str | None, on: date | str | None = None, *, is_dry_run: bool = False
) -> Saved:
    """Say what comes next in deals, and when; None clears it."""
    with desk.store.write("opportunity.next", is_dry_run=is_dry_run) as work:
        drafts = VERBS.edit_within(desk, work, ids, {"next_step": text, "next_step_on": on})
        whose = _objects(drafts, described(desk, VERBS.spec, drafts[0].id))
        day = drafts[0].value("next_step_on")
        step = drafts[0].value("next_step")
        work.summary = (
            f"Next step of {whose}: {step}{f' on {day}' if day else ''}" if step else f"No next step of {whose}"
        )
    return saved_all(work, [draft.id for draft in drafts], desk, VERBS.spec, is_dry_run=is_dry_run)


def add_contact(
    desk: Desk,
    opportunity_id: str,
    contact_id: str,
    role: str | None = None,
    stance: int | None = None,
    *,
    is_dry_run: bool = False,
) -> Saved:
    """Say who decides in a deal and how that person stands (-2 blocks, +2 champions); again changes it.

    Raises:
        UsageError: another stance.
    """
    if stance is not None and stance not in STANCES:
        raise UsageError(
            f"A stance of {stance} is unknown.", hint="-2 blocks, -1 doubts, 0 neutral, 1 supports, 2 champions."
        )
    with desk.store.write("opportunity.contact", is_dry_run=is_dry_run) as work:
        row = live(desk, VERBS.spec, [opportunity_id])[0]
        draft = Draft(desk, work, VERBS.spec, opportunity_id, before=row)
        person = read_value(desk, VERBS.spec.fields["contact"], contact_id)
        name = deal_links.add_contact(draft, person, read_value(desk, ROLE, role), stance)
        work.summary = f"{name} is {role or 'in'} {'of ' if role else ''}{described(desk, VERBS.spec, opportunity_id)}"
    return saved(work, is_dry_run=is_dry_run, record_id=opportunity_id, ref=ref_of(desk, VERBS.spec, opportunity_id))


def _go(desk: Desk, ids: Sequence[str], values: Values, verb: str, *, is_dry_run: bool) -> Saved:
    """Change the stage of deals in one operation and say so."""
    with desk.store.write(f"opportunity.{verb}", is_dry_run=is_dry_run) as work:
        drafts = VERBS.edit_within(desk, work, ids, values)
        first = drafts[0]
        whose = _objects(drafts, described(desk, VERBS.spec, first.id))
        work.summary = _sentence(desk, drafts, whose)
    return saved_all(work, [draft.id for draft in drafts], desk, VERBS.spec, is_dry_run=is_dry_run)


def _sentence(desk: Desk, drafts: Sequence[Draft], whose: str) -> str:
    first = drafts[0]
    target = stages.stage(desk, first.value("stage_id"))
    before = stages.stage(desk, first.before["stage_id"])
    if target["type"] == "won":
        return f"Won {whose}"
    if target["type"] == "lost":
        return f"Lost {whose}: {first.value('loss_reason')}"
    if before["type"] in stages.CLOSED:
        return f"Reopened {whose} in {target['name']}"
    origin = f" from {before['name']}" if len(drafts) == 1 else ""
    return f"Moved {whose}{origin} to {target['name']}"


def _objects(drafts: Sequence[Draft], only: str) -> str:
    return only if len(drafts) == 1 else f"{len(drafts)} opportunities"


def _refuse_closed(desk: Desk, ids: Sequence[str], outcome: str) -> None:
    for row in live(desk, VERBS.spec, ids):
        if row["closed_on"] is not None and row["is_won"] == int(outcome == "won"):
            raise ConflictError(f"{described(desk, VERBS.spec, row['id'])} is {outcome} already.")


def _given(values: Values) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not None}
