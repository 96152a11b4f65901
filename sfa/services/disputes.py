"""Disputes: what a customer objects to in an order or an invoice, and how it ended."""

from typing import Any, Final

from db.queries import orders as queries
from db.queries.records import record
from sfa.domain.figures import AmountError
from sfa.domain.money import parse_amount
from sfa.domain.text import clean
from sfa.errors import ConflictError, NotFoundError, UsageError
from sfa.services.desk import Desk, Saved
from sfa.services.invoices import invoice_of
from sfa.services.order_sheet import load
from sfa.services.records import saved

MOVES: Final = {
    "open": ("in_review", "accepted", "rejected", "withdrawn"),
    "in_review": ("accepted", "rejected", "withdrawn"),
}
"""What may follow each state; the others are the end."""
STATES: Final = ("in_review", "accepted", "rejected", "withdrawn")
LONGEST: Final = 500


def open_one(desk: Desk, target: tuple[str, str], reason: str, claimed: str = "", *, is_dry_run: bool = False) -> Saved:
    """Write down what a customer objects to.

    Args:
        desk: the desk.
        target: `order` or `invoice`, and its id.
        reason: in the customer's words.
        claimed: what they want back, as typed.
        is_dry_run: whether only to say what would be done.

    Raises:
        UsageError: no reason, or no amount.
        NotFoundError: there is no such order or invoice.
    """
    noun, record_id = target
    with desk.store.write("dispute.open", is_dry_run=is_dry_run) as work:
        row = load(desk, record_id).order if noun == "order" else invoice_of(desk, record_id)
        why = clean(reason).strip()[:LONGEST]
        if not why:
            raise UsageError("What does the customer object to?", hint='--reason "two pieces were broken"')
        values: dict[str, Any] = {f"{noun}_id": record_id, "reason": why, "opened_on": desk.today.isoformat()}
        if claimed.strip():
            try:
                money = parse_amount(claimed, row["currency"])
            except AmountError as error:
                raise UsageError(str(error)) from error
            if money.amount_minor <= 0 or money.currency != row["currency"]:
                raise UsageError(
                    f"{money} cannot be claimed of {row['number']}.", hint=f"An amount in {row['currency']}."
                )
            values |= {"claimed_minor": money.amount_minor, "currency": money.currency}
        dispute_id = work.insert("dispute", values)
        ref = (record(desk.store, "dispute", dispute_id) or {}).get("ref")
        work.summary = f"Dispute {ref} of {row['number']}: {why}"
    return saved(work, is_dry_run=is_dry_run, record_id=dispute_id, ref=ref)


def decide(desk: Desk, text: str, state: str, resolution: str = "", *, is_dry_run: bool = False) -> Saved:
    """Move a dispute on: into review, or to its end; an accepted or rejected one says why.

    Raises:
        NotFoundError: there is no such dispute.
        UsageError: there is no such state, or the reason is missing.
        ConflictError: it has ended.
    """
    wanted = state.strip().lower().replace(" ", "_").replace("-", "_")
    if wanted not in STATES:
        raise UsageError(f"“{state}” is no state of a dispute.", hint=f"One of: {', '.join(STATES)}.")
    with desk.store.write("dispute.decide", is_dry_run=is_dry_run) as work:
        found = queries.dispute_by(desk.store, text.strip())
        if len(found) != 1:
            raise NotFoundError(f"There is no dispute {text}.", hint="They stand in: sfa order show ORDER")
        dispute = found[0]
        if wanted not in MOVES.get(dispute["status"], ()):
            raise ConflictError(f"Dispute {dispute['ref']} is {dispute['status'].replace('_', ' ')} already.")
        is_over = wanted != "in_review"
        words = clean(resolution).strip()
        if wanted in ("accepted", "rejected") and not words:
            raise UsageError(f"Why is it {wanted}?", hint='--resolution "a credit note follows"')
        values = {"status": wanted, "closed_on": desk.today.isoformat() if is_over else None}
        work.update("dispute", dispute["id"], values | ({"resolution": words} if words else {}))
        work.summary = f"Dispute {dispute['ref']} is {wanted.replace('_', ' ')}{f': {words}' if words else ''}"
    return saved(work, is_dry_run=is_dry_run, record_id=dispute["id"], ref=dispute["ref"])
