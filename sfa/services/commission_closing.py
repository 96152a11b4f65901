"""Periods closed by two people, amounts put right by hand (domain.md 1.10)."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from db.queries import commission as queries
from db.queries.records import Row
from db.store import UnitOfWork
from sfa.domain.commission.disputes import Dispute, DisputeStatus, obstacles
from sfa.domain.commission.events import LineKind
from sfa.domain.commission.periods import Period
from sfa.domain.commission.statement import Statement
from sfa.domain.money import Money
from sfa.errors import ConflictError, NotAllowedError, NotFoundError
from sfa.services import commission_periods, commission_plans, commission_statements
from sfa.services.commission_access import require_keeper, visible_people
from sfa.services.commission_disputes import reason_of
from sfa.services.commission_lines import keep_lines
from sfa.services.commission_runs import Calculation, calculations, named
from sfa.services.desk import Desk, Saved
from sfa.services.drafts import counted
from sfa.services.references import resolve


def close(desk: Desk, period: str, *, is_acknowledged: bool = False, is_dry_run: bool = False) -> Saved:
    """Close a period: its statements are final from then on.

    Args:
        desk: the desk.
        period: which one.
        is_acknowledged: whether the memos of missing quotas have been seen and are left as they are.
        is_dry_run: whether only to say what would be done.

    Raises:
        NotAllowedError: somebody else closes periods, or who sits here calculated it.
        ConflictError: it is closed, an earlier one is open, it is not over, something changed since it was calculated,
            or a dispute or a memo stands in the way.
    """
    require_keeper(desk, "Closing a period")
    with desk.store.write("commission.close", is_dry_run=is_dry_run) as work:
        me = desk.user_for(work)
        closing = _Closing(desk, work, period, me, is_acknowledged=is_acknowledged)
        for found in calculations(desk):
            closing.take(found)
        work.summary = closing.finish()
    saved = None if is_dry_run else work.operation_id
    return Saved(work.summary, saved, count=sum(closing.counts.values()), is_dry_run=is_dry_run)


class _Closing:
    """A period that is being closed, calculation by calculation; one obstacle, and nothing of it is kept."""

    def __init__(self, desk: Desk, work: UnitOfWork, period: str, me: str, *, is_acknowledged: bool) -> None:
        self._desk, self._work, self._me, self._is_acknowledged = desk, work, me, is_acknowledged
        self._period = period
        self.chosen: Period | None = None
        self._kept: dict[str, Row] = {}
        self._disputes: list[Row] = []
        self._against: list[str] = []
        self.counts: Counter[str] = Counter()
        self._payable: Counter[str] = Counter()

    def take(self, found: Calculation) -> None:
        """Close the statements of some people, or note what stands in the way."""
        chosen = self.chosen or self._begin(found)
        own = [one for one in found.statements if one.period.id == chosen.id]
        if any(
            one.participant not in self._kept or self._kept[one.participant]["output_hash"] != one.hash for one in own
        ):
            raise ConflictError(
                f"Something changed since {chosen.id} was calculated, or it never was.",
                hint=f"Calculate it, then have somebody else close it: sfa commission run {chosen.id}",
            )
        self._against += self._obstacles(found, own)
        for one in own if not self._against else ():
            row = self._kept[one.participant]
            keep_lines(self._desk.store, self._work, found.book, one, row["id"])
            _close_statement(self._work, one, row, self._me, is_acknowledged=self._is_acknowledged)
            self.counts[one.currency] += 1
            self._payable[one.currency] += one.payable_minor

    def _begin(self, found: Calculation) -> Period:
        desk, periods = self._desk, found.book.case.calendar.periods
        self.chosen = chosen = commission_periods.find(periods, self._period, desk.today)
        _refuse_order(desk, periods, chosen)
        rows = queries.statements(desk.store, "s.period_code = ?", (chosen.id,))
        self._kept = {row["participant_id"]: row for row in rows}
        self._disputes = queries.disputes(desk.store)
        if self._me in {row["calculated_by_id"] for row in rows}:
            raise NotAllowedError(
                f"{found.book.name(self._me)} calculated it and cannot approve it.",
                hint="Four eyes: somebody else closes it, at their desk or with sfa user me NAME.",
            )
        return chosen

    def _obstacles(self, found: Calculation, own: Sequence[Statement]) -> list[str]:
        seen = {key for one in own for key in json.loads(self._kept[one.participant]["acknowledged"] or "[]")}
        if self._is_acknowledged:
            seen |= set(_memos(own))
        names = {row["id"]: str(row["ref"]) for row in self._disputes}
        told = obstacles(own, [_dispute(row) for row in self._disputes], frozenset(seen))
        return [named(found.book, sentence, names) for sentence in told]

    def finish(self) -> str:
        """Close the period, and return what was done.

        Raises:
            ConflictError: something stands in the way.
        """
        if self._against:
            more = f" ({len(self._against)} things stand in the way)" if len(self._against) > 1 else ""
            raise ConflictError(
                f"{self._against[0]}{more}",
                hint="sfa commission dispute list, sfa commission quota set, or --acknowledge",
            )
        code = self.chosen.id if self.chosen else ""
        row = next(row for row in queries.periods(self._desk.store) if row["code"] == code)
        values = {"status": "closed", "closed_at": self._work.at, "closed_by_id": self._me}
        self._work.update("comp_period", row["id"], values)
        paid = "".join(f", {Money(total, currency)} payable" for currency, total in sorted(self._payable.items()))
        return f"Closed {code} with {counted(sum(self.counts.values()), 'statement')}{paid}"


def _refuse_order(desk: Desk, periods: Sequence[Period], chosen: Period) -> None:
    if chosen.is_closed:
        raise ConflictError(f"{chosen.id} is closed already.")
    before = [period.id for period in periods if period.start < chosen.start and not period.is_closed]
    if before:
        raise ConflictError(
            f"{before[0]} is open.", hint=f"Close the oldest one first: sfa commission close {before[0]}"
        )
    if chosen.end > desk.today:
        raise ConflictError(f"{chosen.id} is not over before {chosen.end}.", hint="A period is closed when it is over.")


def _memos(own: Sequence[Statement]) -> list[str]:
    return [key for one in own for key, line in zip(one.keys, one.lines, strict=True) if line.kind == LineKind.NO_QUOTA]


def _close_statement(work: UnitOfWork, one: Statement, row: Row, me: str, *, is_acknowledged: bool) -> None:
    values: dict[str, Any] = {"status": "closed", "approved_by_id": me, "prev_hash": one.hashes[0]}
    if is_acknowledged and (memos := _memos([one])):
        values["acknowledged"] = json.dumps(memos)
    work.update("comp_statement", row["id"], values)


def _dispute(row: Row) -> Dispute:
    is_deferred = row["status"] == "deferred"
    return Dispute(
        row["id"],
        row["line_key"],
        row["claimed_minor"] or 0,
        row["reason"],
        DisputeStatus.OPEN if is_deferred else DisputeStatus(row["status"]),
        row["resolution_key"] or "",
        row["resolution"] or "",
        is_deferred,
        date.fromisoformat(row["due_on"]) if row["due_on"] else date.max,
    )


def adjust(desk: Desk, user: str, amount: str, reason: str, period: str = "", *, is_dry_run: bool = False) -> Saved:
    """Ask for an amount to be put right; it counts once somebody else approves it.

    Raises:
        NotFoundError: there is no such person or period.
        NotAllowedError: it is not for one to see what they are paid.
        ConflictError: the period is closed.
        UsageError: no reason is given, or the amount cannot be.
    """
    person = commission_statements.person_of(desk, user)
    label = resolve(desk, "user", user).label
    view = commission_statements.statement(desk, period, user)
    if view.period.is_closed:
        raise ConflictError(f"{view.period.id} is closed.", hint="Name an open period with --period.")
    minor = commission_plans.money(amount, view.currency)
    said = reason_of(reason, "Say why, with --reason")
    with desk.store.write("commission.adjust", is_dry_run=is_dry_run) as work:
        values = {
            "participant_id": person,
            "period_code": view.period.id,
            "amount_minor": minor,
            "currency": view.currency,
            "reason_code": "manual",
            "note": said,
            "requested_by_id": desk.user_for(work),
        }
        row_id = work.insert("comp_adjustment", values)
        ref = desk.store.value("SELECT ref FROM comp_adjustment WHERE id = ?", (row_id,))
        work.summary = f"Asked for {Money(minor, view.currency)} for {label} in {view.period.id} ({ref}); somebody else approves it"
    return Saved(work.summary, None if is_dry_run else work.operation_id, row_id, ref, is_dry_run=is_dry_run)


def approve(desk: Desk, reference: str, *, is_dry_run: bool = False) -> Saved:
    """Approve an adjustment that somebody else asked for.

    Raises:
        NotFoundError: there is none that may be seen here.
        NotAllowedError: one asked for it oneself, or somebody else keeps commissions.
        ConflictError: it is approved already, or its period is closed.
    """
    require_keeper(desk, "Approving an adjustment")
    row = next((one for one in adjustments(desk) if reference.strip().lower() in (one["ref"], one["id"])), None)
    if row is None:
        raise NotFoundError(f"There is no adjustment {reference}.", hint="sfa commission adjustments")
    if desk.user_id == row["requested_by_id"]:
        raise NotAllowedError("Nobody approves what they asked for.", hint="Four eyes: somebody else approves it.")
    if row["approved_by_id"]:
        raise ConflictError(f"Adjustment {row['ref']} is approved already.")
    if any(one["code"] == row["period_code"] and one["status"] == "closed" for one in queries.periods(desk.store)):
        raise ConflictError(f"{row['period_code']} is closed.", hint="Ask for it in an open period.")
    with desk.store.write("commission.approve", is_dry_run=is_dry_run) as work:
        work.update("comp_adjustment", row["id"], {"approved_by_id": desk.user_for(work), "approved_at": work.at})
        work.summary = f"Approved {Money(row['amount_minor'], row['currency'])} in {row['period_code']} ({row['ref']})"
    return Saved(work.summary, None if is_dry_run else work.operation_id, row["id"], row["ref"], is_dry_run=is_dry_run)


def adjustments(desk: Desk) -> list[Row]:
    """Return the adjustments that may be seen here, with the names of whom they are about."""
    people = queries.people(desk.store)
    seen = visible_people(desk, people)
    return [
        {**row, "person": people[row["participant_id"]]["name"]}
        for row in queries.adjustments(desk.store)
        if row["participant_id"] in seen
    ]
