"""Disputes about lines: opened by whom a line pays, decided by who keeps commissions, overdue after some days (1.10)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from db.queries import commission as queries
from db.queries.records import Row
from sfa.domain.money import Money
from sfa.domain.text import clean
from sfa.errors import ConflictError, NotAllowedError, NotFoundError, UsageError
from sfa.services import commission_plans, commission_statements
from sfa.services.commission_access import is_keeper, require_keeper, require_pay, visible_people
from sfa.services.desk import Desk, Saved

SETTLED: Final = ("accepted", "rejected", "withdrawn")
LONGEST: Final = 2000


@dataclass(frozen=True, slots=True)
class DisputeView:
    """What somebody says about a line.

    Attributes:
        is_overdue: whether it goes to whoever keeps the plan by now.
    """

    id: str
    ref: str
    person_id: str
    person: str
    period: str
    line: str
    status: str
    claimed: Money | None
    reason: str
    resolution: str
    opened_at: str
    due_on: str | None
    is_overdue: bool


def disputes(desk: Desk, *, is_all: bool = False) -> list[DisputeView]:
    """Return the disputes that may be seen here, those that are open or all; what is overdue comes first."""
    seen = visible_people(desk)
    today = desk.today.isoformat()
    currencies = {
        (row["participant_id"], row["period_code"]): row["currency"] for row in queries.statements(desk.store)
    }
    found = []
    for row in queries.disputes(desk.store):
        if row["participant_id"] not in seen or (row["status"] in SETTLED and not is_all):
            continue
        currency = currencies.get((row["participant_id"], row["period_code"]), desk.currency)
        claimed = None if row["claimed_minor"] is None else Money(row["claimed_minor"], currency)
        is_overdue = row["status"] in ("open", "in_review") and (row["due_on"] or "9999") <= today
        found.append(
            DisputeView(
                row["id"],
                row["ref"],
                row["participant_id"],
                row["person"],
                row["period_code"],
                row["line_key"][:8],
                row["status"],
                claimed,
                row["reason"],
                row["resolution"] or "",
                row["opened_at"],
                row["due_on"],
                is_overdue,
            )
        )
    return sorted(found, key=lambda one: not one.is_overdue)


def overdue(desk: Desk) -> list[DisputeView]:
    """Return the overdue disputes that who sits here decides: those of others whose commission they keep."""
    if not is_keeper(desk):
        return []
    return [one for one in disputes(desk) if one.is_overdue and one.person_id != desk.user_id]


def open_dispute(desk: Desk, line: str, reason: str, claim: str | None = None, *, is_dry_run: bool = False) -> Saved:
    """Dispute a line of one's own statement.

    Raises:
        NotFoundError: there is no such line.
        UsageError: no reason is given, or the amount cannot be.
        ConflictError: the line is disputed already.
    """
    said = reason_of(reason, "Say why, in a sentence")
    view, one = commission_statements.line(desk, line)
    claimed = commission_plans.money(claim, view.currency) if claim else None
    if any(row["line_key"] == one.key and row["status"] not in SETTLED for row in queries.disputes(desk.store)):
        raise ConflictError(f"Line {one.ref} is disputed already.", hint="sfa commission dispute list")
    due = desk.today + timedelta(days=desk.config.number("commission.dispute_days"))
    with desk.store.write("commission.dispute", is_dry_run=is_dry_run) as work:
        values = {
            "line_key": one.key,
            "participant_id": view.person_id,
            "period_code": view.period.id,
            "reason": said,
            "claimed_minor": claimed,
            "opened_at": work.at,
            "due_on": due.isoformat(),
        }
        row_id = work.insert("comp_dispute", values)
        ref = desk.store.value("SELECT ref FROM comp_dispute WHERE id = ?", (row_id,))
        work.summary = f"Disputed line {one.ref} of {view.period.id} ({ref})"
    return Saved(work.summary, None if is_dry_run else work.operation_id, row_id, ref, is_dry_run=is_dry_run)


def settle(
    desk: Desk, reference: str, status: str, answer: str = "", line: str = "", *, is_dry_run: bool = False
) -> Saved:
    """Accept, reject, withdraw or defer a dispute.

    Args:
        desk: the desk.
        reference: of the dispute.
        status: `accepted`, `rejected`, `withdrawn` or `deferred`.
        answer: why; needed but for an accepted one.
        line: the line that puts it right, of an accepted one.
        is_dry_run: whether only to say what would be done.

    Raises:
        NotAllowedError: one's own is only withdrawn, that of others is not.
        NotFoundError: there is no such dispute or line.
        ConflictError: it is settled already.
        UsageError: no reason is given, or no line.
    """
    row = _find(desk, reference)
    is_own = row["participant_id"] == desk.user_id
    if status == "withdrawn" and not is_own:
        raise NotAllowedError(f"Only {row['person']} withdraws what they disputed.", hint="Reject it, or accept it.")
    if status != "withdrawn":
        require_keeper(desk, "Deciding a dispute")
        require_pay(desk, row["participant_id"])
        if is_own:
            raise NotAllowedError(
                "Nobody decides their own dispute.", hint="Withdraw it, or have somebody else decide."
            )
    if row["status"] in SETTLED:
        raise ConflictError(f"Dispute {row['ref']} is {row['status']} already.")
    values: dict[str, Any] = {"status": status, "resolution": clean(answer).strip()[:LONGEST] or None}
    with desk.store.write("commission.dispute", is_dry_run=is_dry_run) as work:
        if status == "accepted":
            if not line:
                raise UsageError("Which line puts it right?", hint="sfa commission adjust makes one; then --line KEY")
            values["resolution_key"] = commission_statements.line(desk, line, row["participant_id"])[1].key
        else:
            values["resolution"] = reason_of(answer, "Say why, with --reason")
        if status != "deferred":
            values["closed_at"] = work.at
        work.update("comp_dispute", row["id"], values)
        work.summary = f"{status.capitalize()} dispute {row['ref']} of {row['person']}"
    return Saved(work.summary, None if is_dry_run else work.operation_id, row["id"], row["ref"], is_dry_run=is_dry_run)


def _find(desk: Desk, reference: str) -> Row:
    seen = visible_people(desk)
    wanted = reference.strip().lower()
    for row in queries.disputes(desk.store):
        if wanted in (row["ref"], row["id"]) and row["participant_id"] in seen:
            return row
    raise NotFoundError(f"There is no dispute {reference}.", hint="List them with: sfa commission dispute list --all")


def reason_of(text: str, complaint: str) -> str:
    """Return why, as somebody said it.

    Raises:
        UsageError: they said nothing.
    """
    said = clean(text).strip()[:LONGEST]
    if not said:
        raise UsageError(f"{complaint}.")
    return said
