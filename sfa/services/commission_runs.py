"""From a book to statements: calculated for all or for one, compared with what is closed, kept in one transaction.

What is closed is the truth. Where a calculation of everything comes to the same closed statements, open ones follow from
it; where it does not, because a quota, a plan or a share was changed later, what was posted is handed to the engine, and
the difference becomes a line in the oldest open period.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from db.queries import commission as queries
from db.queries.records import Row
from db.store import UnitOfWork
from sfa.domain.commission.case import Case, CaseError, Opening, Posted
from sfa.domain.commission.credit import CreditError
from sfa.domain.commission.fx import RateError
from sfa.domain.commission.period import PeriodError
from sfa.domain.commission.periods import Period
from sfa.domain.commission.run import ENGINE, Run
from sfa.domain.commission.settlement import Balances
from sfa.domain.commission.statement import Statement
from sfa.errors import ConflictError
from sfa.services import commission_periods, comp_arrears
from sfa.services.commission_access import require_keeper
from sfa.services.commission_book import Book, facts
from sfa.services.desk import Desk, Saved

FAULTS: Final = (CaseError, CreditError, PeriodError)
NO_NAMES: Final[Mapping[str, str]] = MappingProxyType({})
_ID: Final = re.compile(r"[\w-]+")
ID_LENGTH: Final = 36


@dataclass(frozen=True, slots=True)
class Calculation:
    """Statements of open periods, with the run that the last of them came of.

    Attributes:
        statements: of open periods, each person's in order.
        ready: the run, for estimates.
    """

    book: Book
    statements: Sequence[Statement]
    ready: Run


def calculate(desk: Desk, people: Sequence[str] | None = None) -> Calculation:
    """Calculate the open statements of everybody, or of some; nothing is written.

    Raises:
        NotFoundError: nobody is paid by a plan.
        ConflictError: the facts do not fit together; the sentence says which.
    """
    return _calculated(desk, facts(desk).book(people), people)


def calculations(desk: Desk) -> Iterator[Calculation]:
    """Calculate the open statements of everybody, person by person, so that the sales of one stand in memory at a time.

    Those whose pay follows from what others sell come together, last.

    Raises:
        NotFoundError, ConflictError: as `calculate`.
    """
    told = facts(desk)
    payees = told.payees()
    together = [person for person in payees if told.depends_on_others(person)]
    for person in payees:
        if person not in together:
            yield _calculated(desk, told.book([person]), [person])
    if together:
        yield _calculated(desk, told.book(None), together)


def named(book: Book, sentence: str, names: Mapping[str, str] = NO_NAMES) -> str:
    """Return a sentence that says names instead of ids: those of people, of sales, and of what else is named."""

    def name(found: re.Match[str]) -> str:
        key = found[0]
        return names.get(key) or (book.label(key) if len(key) == ID_LENGTH else "") or book.name(key)

    return _ID.sub(name, sentence)


def _calculated(desk: Desk, book: Book, people: Sequence[str] | None) -> Calculation:
    try:
        return _compared(desk, book, people)
    except FAULTS as error:
        raise fault_of(book, error) from error


def fault_of(book: Book, error: Exception) -> ConflictError:
    """Return what keeps a case from being calculated, with names and a remedy."""
    if isinstance(error, RateError):
        sale = book.label(str(error.event)) or "The sale"
        return ConflictError(
            f"{sale} of {error.on} is in {error.source}, and no rate of exchange to {error.target} is known for that day.",
            hint=f"Give one: sfa price rate {error.source} {error.target} RATE --on {error.on}",
        )
    return ConflictError(named(book, str(error)), hint="Put the facts right, and calculate again.")


def _compared(desk: Desk, book: Book, people: Sequence[str] | None) -> Calculation:
    ready = Run(book.case)
    wanted = None if people is None else [one for one in ready.participants() if one in people]
    statements = list(ready.statements(wanted))
    closed = _closed(desk, people) if any(period.is_closed for period in book.case.calendar.periods) else {}
    changed = _changed(statements, closed)
    if changed:
        again = Run(_posted_case(desk, book.case, changed, closed))
        own = [one for one in again.statements(changed) if not one.period.is_closed]
        statements = [one for one in statements if one.participant not in changed] + own
        ready = again if people is not None else ready
    return Calculation(book, [one for one in statements if not one.period.is_closed], ready)


def _closed(desk: Desk, people: Sequence[str] | None) -> dict[str, Row]:
    """Return the last closed statement of each person."""
    whose = "s.status IN ('closed', 'paid')"
    if people is not None:
        whose += f" AND s.participant_id IN ({', '.join('?' * len(people))})"
    return {row["participant_id"]: row for row in queries.statements(desk.store, whose, people or ())}


def _changed(statements: Sequence[Statement], closed: Mapping[str, Row]) -> list[str]:
    """Return whose closed statements are not what a calculation of everything comes to."""
    last = {one.participant: one for one in statements if one.period.is_closed}
    has_lines = {one.participant for one in statements if one.period.is_closed and one.lines}
    found = []
    for person, statement in last.items():
        kept = closed.get(person)
        if kept is None:
            is_same = person not in has_lines
        else:
            is_same = kept["output_hash"] == statement.hash and kept["period_code"] == statement.period.id
        if not is_same:
            found.append(person)
    return sorted(found)


def _posted_case(desk: Desk, case: Case, people: Sequence[str], closed: Mapping[str, Row]) -> Case:
    """Return a case that is told what was posted, instead of coming to it by itself."""
    periods = [period for period in case.calendar.periods if period.is_closed]
    posted: list[Posted] = []
    openings: dict[str, Opening] = {}
    for person in people:
        # A row of nothing says: no statement is made of closed periods.
        posted.append(Posted(person, "", periods[-1].id, 0))
        posted += [
            Posted(person, code, period, amount, is_held=bool(is_held), rule=rule or "")
            for code, period, is_held, rule, amount in queries.posted(desk.store, person)
        ]
        kept = closed.get(person)
        if kept is not None:
            rows = {row["kind"]: row["closing"] for row in queries.balances(desk.store, person, kept["period_code"])}
            owed = Balances(rows.get("overpaid", 0), rows.get("draw", 0))
            openings[person] = Opening(owed, rows.get("holdback", 0), kept["output_hash"])
    return replace(case, posted=posted, openings=openings, is_whole=True)


def run(desk: Desk, period: str = "", *, is_dry_run: bool = False) -> Saved:
    """Calculate the open statements of everybody and keep them; what is the same already is not written again.

    Args:
        desk: the desk.
        period: the last period whose statements are kept; all open ones where empty.
        is_dry_run: whether only to say what would be done.

    Raises:
        NotAllowedError: somebody else keeps statements.
        NotFoundError: nobody is paid by a plan, or there is no such period.
        ConflictError: the period is closed, or the facts do not fit together.
    """
    require_keeper(desk, "Calculating statements")
    with desk.store.write("commission.run", is_dry_run=is_dry_run) as work:
        comp_arrears.take_back(desk, work)
        keeper, until, people, count, total = _Keeper(desk, work), "", 0, 0, 0
        for found in calculations(desk):
            periods = found.book.case.calendar.periods
            last = _last(desk, periods, period)
            statements = [one for one in found.statements if one.period.start <= last.start]
            count += keeper.keep(found, statements)
            total += len(statements)
            people += len({one.participant for one in statements})
            until = last.id
        what = f"{count} of {total} statements changed" if count else "nothing changed"
        work.summary = f"Calculated {'1 person' if people == 1 else f'{people} people'} up to {until}: {what}"
    return Saved(work.summary, None if is_dry_run else work.operation_id, count=count, is_dry_run=is_dry_run)


def _last(desk: Desk, periods: Sequence[Period], period: str) -> Period:
    last = commission_periods.find(periods, period, desk.today) if period else periods[-1]
    if last.is_closed:
        raise ConflictError(f"{last.id} is closed.", hint="What came late is posted in the oldest open period.")
    return last


class _Keeper:
    """Writes what open statements come to where it differs from what is kept; their lines are kept when they are closed.

    Lines of an open statement are read off the facts whenever somebody looks at them: they would be a million rows that
    the next sale makes wrong.
    """

    def __init__(self, desk: Desk, work: UnitOfWork) -> None:
        self._desk, self._work = desk, work
        rows = queries.statements(desk.store, "s.status NOT IN ('closed', 'paid')")
        self._kept = {(row["participant_id"], row["period_code"]): row for row in rows}
        self._balances = {
            (row["participant_id"], row["period_code"], row["kind"]): row for row in queries.open_balances(desk.store)
        }
        self._has_periods = False

    def keep(self, found: Calculation, statements: Sequence[Statement]) -> int:
        """Write open statements that differ from what is kept; return how many did."""
        if not self._has_periods:
            commission_periods.keep(self._desk, self._work, found.book.case.calendar.periods)
            self._has_periods = True
        count = 0
        for one in statements:
            before = self._kept.get((one.participant, one.period.id))
            mark = found.ready.person_hash(one.participant)
            if before and (before["input_hash"], before["output_hash"]) == (mark, one.hash):
                continue
            count += self._write(mark, one, before)
            _keep_balances(self._work, one, self._balances)
        return count

    def _write(self, input_hash: str, one: Statement, before: Row | None) -> bool:
        """Write a statement; tell whether it comes to anything else than before."""
        if before and before["output_hash"] == one.hash:
            self._work.update("comp_statement", before["id"], {"input_hash": input_hash})
            return False
        values = {
            "currency": one.currency,
            "earned_minor": one.earned_minor,
            "clawed_back_minor": one.clawed_back_minor,
            "forgiven_minor": one.forgiven_minor,
            "payable_minor": one.payable_minor,
            "input_hash": input_hash,
            "output_hash": one.hash,
            "engine_version": ENGINE,
            "status": "calculated",
            "calculated_at": self._work.at,
            "calculated_by_id": self._desk.user_for(self._work),
        }
        if before is None:
            own = {"participant_id": one.participant, "period_code": one.period.id, "version": 1}
            self._work.insert("comp_statement", {**own, **values})
        else:
            self._work.update("comp_statement", str(before["id"]), values)
        return True


def said(book: Book, sentence: str, event_id: str) -> str:
    """Return a sentence that calls a sale what people call it."""
    return sentence.replace(event_id, book.label(event_id) or event_id) if event_id else sentence


def _keep_balances(work: UnitOfWork, one: Statement, kept: Mapping[tuple[str, str, str], Row]) -> None:
    for balance in one.balances:
        values = {
            "currency": one.currency,
            "opening": balance.opening,
            "increase": balance.increase,
            "decrease": balance.decrease,
            "closing": balance.closing,
        }
        before = kept.get((one.participant, one.period.id, balance.kind))
        if before is None:
            own = {"participant_id": one.participant, "period_code": one.period.id, "kind": balance.kind}
            work.insert("comp_balance", {**own, **values})
        elif any(before[name] != value for name, value in values.items()):
            work.update("comp_balance", before["id"], values)
