"""What a view of the calendar shows of some days: appointments, tasks, holidays, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from db.queries import calendar as queries
from sfa.errors import UsageError
from sfa.services.agenda import agenda
from sfa.services.calendar_settings import calendar_settings
from sfa.services.holidays import public_holidays

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, tzinfo

    from sfa.services.agenda import Appointment
    from sfa.services.calendar_settings import CalendarSettings
    from sfa.services.desk import Desk

MOST_TASKS: Final = 500
MOST_OVERDUE: Final = 20
LOOKED_AHEAD: Final = timedelta(days=8)
VIEWS: Final = ("day", "week", "month", "agenda")
_VIEW: Final = "calendar_view"


@dataclass(frozen=True, slots=True)
class DueTask:
    """A task with a day; `is_late` where that day is over and it is still open."""

    id: str
    ref: str
    subject: str
    day: date
    time: str
    priority: str
    is_done: bool
    is_late: bool
    who: str


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """The days [first, after) of one rep, or of everybody.

    Attributes:
        appointments: by beginning; whole days come first of their day.
        tasks: by day; those that are overdue stand before them where today is among the days.
        holidays: names of public holidays by day.
        next: the appointment that begins next, from now on, within a week.
        notes: sentences on what could not be shown.
    """

    first: date
    after: date
    zone: tzinfo
    appointments: tuple[Appointment, ...]
    tasks: tuple[DueTask, ...]
    holidays: dict[date, str]
    next: Appointment | None
    settings: CalendarSettings
    notes: tuple[str, ...] = field(default=())


def calendar_page(desk: Desk, first: date, after: date, *, is_everybody: bool = False) -> CalendarPage:
    """Return what a view of the days [first, after) shows.

    Raises:
        UsageError: a setting of the calendar cannot be read.
    """
    settings = calendar_settings(desk)
    found = agenda(desk, first, after, is_everybody=is_everybody)
    notes = list(found.notes)
    try:
        holidays = public_holidays(settings.countries, first, after)
    except UsageError as error:
        holidays = {}
        notes.append(error.message)
    return CalendarPage(
        first=first,
        after=after,
        zone=desk.store.clock.zone(),
        appointments=found.appointments,
        tasks=_tasks(desk, first, after, is_everybody=is_everybody),
        holidays=holidays,
        next=_next(desk, () if is_everybody else found.appointments, first, after),
        settings=settings,
        notes=tuple(notes),
    )


def _next(desk: Desk, shown: Iterable[Appointment], first: date, after: date) -> Appointment | None:
    """Return one's own next appointment; of the days shown where it is among them."""
    now, today = desk.store.clock.now(), desk.today
    found = first_after(shown, now) if first <= today < after else None
    if found is not None and found.starts.astimezone(desk.store.clock.zone()).date() < after:
        return found
    return first_after(agenda(desk, today, today + LOOKED_AHEAD).appointments, now)


def first_after(items: Iterable[Appointment], now: datetime) -> Appointment | None:
    """Return the planned appointment, of those with a time of day, that begins first after a moment."""
    coming = (item for item in items if not item.is_all_day and item.status == "planned" and item.starts > now)
    return min(coming, key=lambda item: item.starts, default=None)


def _tasks(desk: Desk, first: date, after: date, *, is_everybody: bool) -> tuple[DueTask, ...]:
    owner, today = None if is_everybody else desk.user_id, desk.today
    rows = queries.tasks_between(desk.store, owner, first.isoformat(), after.isoformat(), MOST_TASKS)
    if first <= today < after:
        rows = [*queries.tasks_overdue(desk.store, owner, first.isoformat(), MOST_OVERDUE), *rows]
    return tuple(_task(row, today) for row in rows)


def _task(row: tuple[str | None, ...], today: date) -> DueTask:
    task_id, ref, subject, due_on, due_time, priority, status, account, contact = row
    day = date.fromisoformat(str(due_on))
    is_done = status == "done"
    who = ", ".join(name for name in (contact, account) if name)
    return DueTask(
        str(task_id),
        str(ref),
        str(subject),
        day,
        due_time or "",
        str(priority),
        is_done,
        day < today and not is_done,
        who,
    )


def remembered_view(desk: Desk) -> str:
    """Return the view that was shown last, the week at first."""
    kept = desk.store.setting(_VIEW)
    return kept if kept in VIEWS else "week"


def remember_view(desk: Desk, view: str) -> None:
    """Keep the view for the next time; nothing is journaled."""
    with desk.store.write("calendar.view") as work:
        work.remember(_VIEW, view)
