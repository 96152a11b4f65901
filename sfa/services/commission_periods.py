"""Statement periods: those that were made, and those that follow from the settings until some are."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from db.queries import commission as queries
from db.store import UnitOfWork
from sfa.domain.commission.periods import Calendar, Period, Span, Status
from sfa.domain.commission.plan import Window
from sfa.errors import ConflictError, NotFoundError, UsageError
from sfa.services.commission_access import require_keeper
from sfa.services.desk import Desk, Saved

KINDS: Final = tuple(kind.value for kind in Window)
MOST: Final = 400


def first_month(desk: Desk) -> int:
    """Return the month in which the fiscal year begins."""
    return min(max(desk.config.number("workspace.fiscal_year_start"), 1), 12)


def window(desk: Desk, kind: Window, day: date) -> Span:
    """Return the month, quarter, half or year that holds a day."""
    return Calendar([Period("all", date.min, date.max)], {}, first_month(desk)).window(kind, day)


def kind_of(desk: Desk) -> Window:
    """Return what statements are made for where no periods were made.

    Raises:
        UsageError: the setting names nothing that can be.
    """
    word = desk.config.text("commission.periods")
    if word not in KINDS:
        raise UsageError(f"commission.periods is one of {', '.join(KINDS)}, not “{word}”.", hint="sfa config")
    return Window(word)


def calendar(desk: Desk, start: date | None = None, until: date | None = None) -> Calendar:
    """Return the periods that were made and those that follow, up to the one that holds today, or a later day.

    Args:
        desk: the desk.
        start: the first day that somebody is paid for; periods begin with it where none was made.
        until: the day that the last one is to hold.
    """
    last = max(until or desk.today, desk.today)
    rows = queries.periods(desk.store)
    found = [_period(row["code"], row["starts_on"], row["ends_on"], row["status"], row["closed_at"]) for row in rows]
    kind = Window(rows[-1]["kind"]) if rows else kind_of(desk)
    day = found[-1].end if found else min(start or desk.today, desk.today)
    while (not found or found[-1].end <= last) and len(found) < MOST:
        span = window(desk, kind, day)
        found.append(Period(span.id, day if found else span.start, span.end))
        day = span.end
    return Calendar(found, {}, first_month(desk))


def known(desk: Desk) -> Sequence[Period]:
    """Return all periods, from the first day that somebody is paid for."""
    starts = [row["valid_from"] for row in queries.assignments(desk.store)]
    return calendar(desk, date.fromisoformat(min(starts)) if starts else None).periods


def _period(code: str, start: str, end: str, status: str, closed_at: str | None) -> Period:
    is_closed = Status.CLOSED if status == "closed" else Status.OPEN
    return Period(code, date.fromisoformat(start), date.fromisoformat(end), is_closed, closed_at or "")


def find(periods: Sequence[Period], text: str, today: date) -> Period:
    """Return the period that a text names, or the one that holds today where it is empty.

    Raises:
        NotFoundError: no period is called so.
    """
    wanted = text.strip().upper()
    for period in periods:
        if period.id.upper() == wanted or (not wanted and period.start <= today < period.end):
            return period
    last = periods[-1]
    if not wanted:
        return last
    raise NotFoundError(
        f"There is no period {text}.", hint=f"They run from {periods[0].id} to {last.id}; sfa commission period list"
    )


def keep(desk: Desk, work: UnitOfWork, periods: Sequence[Period]) -> None:
    """Write the periods that nobody made yet."""
    known = {row["code"] for row in queries.periods(desk.store)}
    for period in periods:
        if period.id not in known:
            days = (period.end - period.start).days
            kind = next(
                name for name, most in (("month", 31), ("quarter", 92), ("half", 184), ("year", 366)) if days <= most
            )
            starts, ends = period.start.isoformat(), period.end.isoformat()
            work.insert("comp_period", {"code": period.id, "kind": kind, "starts_on": starts, "ends_on": ends})


def make(desk: Desk, year: int, kind: str | None = None, *, is_dry_run: bool = False) -> Saved:
    """Make the periods of a fiscal year.

    Raises:
        UsageError: the kind is none.
        ConflictError: some of its days have periods already, or days between them and the others have none.
    """
    require_keeper(desk, "Making periods")
    if kind is not None and kind not in KINDS:
        raise UsageError(f"A period is a {', '.join(KINDS)}, not “{kind}”.")
    chosen = Window(kind) if kind else kind_of(desk)
    start = date(year - (first_month(desk) > 1), first_month(desk), 1)
    end = window(desk, Window.YEAR, start).end
    rows = queries.periods(desk.store)
    if rows:
        first, last = rows[0]["starts_on"], rows[-1]["ends_on"]
        if end.isoformat() != first and start.isoformat() != last:
            raise ConflictError(
                f"The periods run from {first} to {last}; those of {year} would overlap or leave a gap.",
                hint="Make the year that follows the last one, or comes before the first.",
            )
        if end.isoformat() == first and rows[0]["status"] == "closed":
            raise ConflictError(f"{rows[0]['code']} is closed; nothing can come before it.")
    found = []
    while start < end:
        span = window(desk, chosen, start)
        found.append(Period(span.id, span.start, span.end))
        start = span.end
    with desk.store.write("commission.period", is_dry_run=is_dry_run) as work:
        keep(desk, work, found)
        work.summary = f"Made {len(found)} periods from {found[0].id} to {found[-1].id}"
    return Saved(work.summary, None if is_dry_run else work.operation_id, count=len(found), is_dry_run=is_dry_run)


def last_day(period: Period) -> date:
    """Return the last day of a period."""
    return period.end - timedelta(1)
