"""The day sheet: what needs the rep today."""

from dataclasses import dataclass
from datetime import date, timedelta

from db.queries import day as queries
from sfa.domain.money import Money
from sfa.services.desk import Desk

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sheet: the record behind it, when, what, and about whom."""

    noun: str
    id: str
    ref: str
    when: str
    title: str
    detail: str
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class DaySheet:
    """A day of one rep, or of everybody.

    Attributes:
        tasks_due: how many tasks are due, shown or not; likewise the other counts.
        won: what was won in this quarter, by currency.
    """

    day: date
    is_mine: bool
    is_empty_book: bool
    appointments: tuple[Line, ...]
    tasks: tuple[Line, ...]
    tasks_due: int
    next_steps: tuple[Line, ...]
    at_risk: tuple[Line, ...]
    open_deals: int
    without_next_step: int
    overdue_deals: int
    won: tuple[tuple[int, Money], ...]


def day_sheet(desk: Desk, *, is_everybody: bool = False) -> DaySheet:
    """Return what needs the person at the desk today; of everybody where nobody is known yet."""
    owner = None if is_everybody else desk.user_id
    today = desk.today
    until = today.isoformat()
    open_deals, without, overdue = queries.count_open(desk.store, owner, until)
    return DaySheet(
        day=today,
        is_mine=owner is not None,
        is_empty_book=not open_deals and queries.is_empty(desk.store),
        appointments=_appointments(desk, owner),
        tasks=_tasks(desk, owner),
        tasks_due=queries.count_tasks_due(desk.store, owner, until),
        next_steps=_next_steps(desk, owner),
        at_risk=_at_risk(desk, owner),
        open_deals=open_deals,
        without_next_step=without,
        overdue_deals=overdue,
        won=_won(desk, owner),
    )


def _appointments(desk: Desk, owner: str | None) -> tuple[Line, ...]:
    if not queries.has_events(desk.store):
        return ()
    from sfa.services.agenda import agenda  # noqa: PLC0415 - only where there are appointments

    zone = desk.store.clock.zone()
    found = agenda(desk, desk.today, desk.today + timedelta(days=1), is_everybody=owner is None).appointments
    return tuple(
        Line(
            "event",
            item.id,
            item.ref,
            "all day"
            if item.is_all_day
            else f"{item.starts.astimezone(zone):%H:%M}–{item.ends.astimezone(zone):%H:%M}",
            item.subject,
            ", ".join(text for text in (item.account, item.place) if text),
        )
        for item in found[:SHOWN]
    )


def _tasks(desk: Desk, owner: str | None) -> tuple[Line, ...]:
    today = desk.today.isoformat()
    rows = queries.tasks_due(desk.store, owner, today, SHOWN)
    return tuple(
        Line("task", row[0], row[1], _day_words(row[2], today), _urgent(row[3], row[4]), row[5] or "", row[2] < today)
        for row in rows
    )


def _urgent(subject: str, priority: str) -> str:
    return f"! {subject}" if priority in ("high", "urgent") else subject


def _day_words(day: str, today: str) -> str:
    if day == today:
        return "today"
    late = (date.fromisoformat(today) - date.fromisoformat(day)).days
    return f"{late} d late" if late > 0 else day


def _next_steps(desk: Desk, owner: str | None) -> tuple[Line, ...]:
    today = desk.today.isoformat()
    rows = queries.next_steps_due(desk.store, owner, today, SHOWN)
    return tuple(
        Line("opportunity", row[0], row[1], _day_words(row[2], today), row[3] or "next step", row[4], row[2] < today)
        for row in rows
    )


def _at_risk(desk: Desk, owner: str | None) -> tuple[Line, ...]:
    today = desk.today.isoformat()
    late = [
        Line(
            "opportunity",
            row[0],
            row[1],
            f"! {_day_words(row[3], today)}",
            row[2],
            _money(row[4], row[5]),
            is_late=True,
        )
        for row in queries.overdue_deals(desk.store, owner, today, SHOWN)
    ]
    known = {line.id for line in late}
    stuck = [
        Line(
            "opportunity", row[0], row[1], f"~ stuck {_days_since(row[4], desk.today)}", row[2], _money(row[5], row[6])
        )
        for row in queries.stuck_deals(desk.store, owner, today, SHOWN)
        if row[0] not in known
    ]
    return tuple((late + stuck)[:SHOWN])


def _days_since(instant: str | None, today: date) -> str:
    return f"{(today - date.fromisoformat(instant[:10])).days} d" if instant else ""


def _money(minor: int | None, currency: str | None) -> str:
    return str(Money(minor, currency)) if minor is not None and currency else ""


def _won(desk: Desk, owner: str | None) -> tuple[tuple[int, Money], ...]:
    start, end = _quarter(desk.today)
    rows = queries.won_between(desk.store, owner, start.isoformat(), end.isoformat())
    return tuple((row[0], Money(row[1], row[2])) for row in rows if row[2])


def _quarter(day: date) -> tuple[date, date]:
    """Return the first day of a day's quarter and of the next one; words for periods would slow the first paint."""
    first = day.replace(month=day.month - (day.month - 1) % 3, day=1)
    return first, (first + timedelta(days=95)).replace(day=1)
