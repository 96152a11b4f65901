"""From a book to statements: calculated for all or for one, compared with what is closed, kept in one transaction.

What is closed is the truth. Where a calculation of everything comes to the same closed statements, open ones follow from
it; where it does not, because a quota, a plan or a share was changed later, what was posted is handed to the engine, and
the difference becomes a line in the oldest open period.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from db.queries import commission as queries
from db.queries.records import Row
from db.store import UnitOfWork
from sfa.domain.commission.case import Case, CaseError, Opening, Posted
from sfa.domain.commission.credit import CreditError
from sfa.domain.commission.events import Event
from sfa.domain.commission.period import PeriodError
from sfa.domain.commission.run import ENGINE, Run
from sfa.domain.commission.settlement import Balances
from sfa.domain.commission.statement import Statement
from sfa.errors import ConflictError
from sfa.services import commission_periods, comp_arrears
from sfa.services.commission_access import require_keeper
from sfa.services.commission_book import Book, load
from sfa.services.commission_result import line_data
from sfa.services.desk import Desk, Saved

FAULTS: Final = (CaseError, CreditError, PeriodError)
LINE_COLUMNS: Final = (
    "id", "statement_id", "ordinal", "on_day", "rule", "line_key", "component_code", "event_id", "earning_period",
    "posting_period", "kind", "amount_minor", "is_memo", "explain", "prev_hash", "hash",
)  # fmt: skip


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
    book = load(desk, people)
    try:
        return _calculated(desk, book, people)
    except FAULTS as error:
        raise ConflictError(named(book, str(error)), hint="Put the facts right, and calculate again.") from error


def named(book: Book, sentence: str) -> str:
    """Return a sentence that says names instead of ids."""
    names = {**book.labels, **{person: str(row["name"]) for person, row in book.people.items()}}
    for key, name in names.items():
        if key in sentence:
            sentence = sentence.replace(key, name)
    return sentence


def _calculated(desk: Desk, book: Book, people: Sequence[str] | None) -> Calculation:
    ready = Run(book.case)
    wanted = None if people is None else [one for one in ready.participants() if one in people]
    statements = list(ready.statements(wanted))
    closed = _closed(desk) if any(period.is_closed for period in book.case.calendar.periods) else {}
    changed = _changed(statements, closed)
    if changed:
        again = Run(_posted_case(desk, book.case, changed, closed))
        own = [one for one in again.statements(changed) if not one.period.is_closed]
        statements = [one for one in statements if one.participant not in changed] + own
        ready = again if people is not None else ready
    return Calculation(book, [one for one in statements if not one.period.is_closed], ready)


def _closed(desk: Desk) -> dict[str, Row]:
    """Return the last closed statement of each person."""
    return {row["participant_id"]: row for row in queries.statements(desk.store, "s.status IN ('closed', 'paid')")}


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
        posted += [Posted(person, code, period, amount) for code, period, amount in queries.posted(desk.store, person)]
        kept = closed.get(person)
        if kept is not None:
            rows = {row["kind"]: row["closing"] for row in queries.balances(desk.store, person, kept["period_code"])}
            owed = Balances(rows.get("overpaid", 0), rows.get("draw", 0))
            openings[person] = Opening(owed, rows.get("holdback", 0), kept["output_hash"])
    return replace(case, posted=posted, openings=openings)


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
        found = calculate(desk)
        periods = found.book.case.calendar.periods
        until = commission_periods.find(periods, period, desk.today) if period else periods[-1]
        if until.is_closed:
            raise ConflictError(f"{until.id} is closed.", hint="What came late is posted in the oldest open period.")
        statements = [one for one in found.statements if one.period.start <= until.start]
        count = store(desk, work, found, statements)
        people = len({one.participant for one in statements})
        what = f"{count} of {len(statements)} statements changed" if count else "nothing changed"
        work.summary = f"Calculated {people} people up to {until.id}: {what}"
    return Saved(work.summary, None if is_dry_run else work.operation_id, count=count, is_dry_run=is_dry_run)


def store(desk: Desk, work: UnitOfWork, found: Calculation, statements: Sequence[Statement]) -> int:
    """Write open statements that differ from what is kept; return how many did."""
    commission_periods.keep(desk, work, found.book.case.calendar.periods)
    kept = {
        (row["participant_id"], row["period_code"]): row
        for row in queries.statements(desk.store, "s.status NOT IN ('closed', 'paid')")
    }
    events = {event.id: event for event in found.book.case.events}
    balances = {
        (row["participant_id"], row["period_code"], row["kind"]): row
        for row in queries.all_balances(desk.store, sorted({one.period.id for one in statements}))
    }
    count = 0
    for one in statements:
        before = kept.get((one.participant, one.period.id))
        mark = found.ready.person_hash(one.participant)
        if before and (before["input_hash"], before["output_hash"]) == (mark, one.hash):
            continue
        rows = _line_rows(found.book, one, events)
        old = queries.line_marks(desk.store, before["id"]) if before else []
        count += _keep(desk, work, mark, one, before, rows, old)
        _keep_balances(work, one, balances)
    return count


def _line_rows(book: Book, one: Statement, events: Mapping[str, Event]) -> list[dict[str, Any]]:
    found = []
    for ordinal, (line, key, before, mark) in enumerate(
        zip(one.lines, one.keys, one.hashes, one.hashes[1:], strict=False), 1
    ):
        data = line_data(book.case, line, one.currency, events)
        explain = {**data["explain"], "sentence": said(book, data["sentence"], line.event_id)}
        if line.event_id in book.labels:
            explain["label"] = book.labels[line.event_id]
        found.append(
            {
                "ordinal": ordinal,
                "on_day": data["date"],
                "rule": line.rule or None,
                "line_key": key,
                "component_code": line.component or None,
                "event_id": line.event_id or None,
                "earning_period": data["earning_period"],
                "posting_period": data["posting_period"],
                "kind": data["kind"],
                "amount_minor": line.amount_minor,
                "is_memo": int(line.is_memo),
                "explain": json.dumps(explain, ensure_ascii=False, default=str),
                "prev_hash": before,
                "hash": mark,
            }
        )
    return found


def said(book: Book, sentence: str, event_id: str) -> str:
    """Return a sentence that calls a sale what people call it."""
    return sentence.replace(event_id, book.labels.get(event_id, event_id)) if event_id else sentence


def _keep(
    desk: Desk,
    work: UnitOfWork,
    input_hash: str,
    one: Statement,
    before: Row | None,
    rows: list[dict[str, Any]],
    old: Sequence[Any],
) -> bool:
    """Write a statement and the lines that differ from those kept; tell whether any did."""
    same = 0
    for row, mark in zip(rows, old, strict=False):
        if (row["hash"], row["explain"]) != (mark[1], mark[2]):
            break
        same += 1
    if before and before["output_hash"] == one.hash and same == len(rows) == len(old):
        work.update("comp_statement", before["id"], {"input_hash": input_hash})
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
        "calculated_at": work.at,
        "calculated_by_id": desk.user_for(work),
    }
    if before is None:
        own = {"participant_id": one.participant, "period_code": one.period.id, "version": 1}
        statement_id = work.insert("comp_statement", {**own, **values})
    else:
        statement_id = str(before["id"])
        work.update("comp_statement", statement_id, values)
    for mark in old[same:]:
        work.remove("comp_line", mark[0])
    fresh = [{**row, "id": desk.store.ids.new(), "statement_id": statement_id} for row in rows[same:]]
    work.insert_many("comp_line", LINE_COLUMNS, [tuple(row[name] for name in LINE_COLUMNS) for row in fresh])
    return True


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
