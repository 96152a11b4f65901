"""The calendar's lists: the agenda of some days, and the tasks beside the hours."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from screens.calendar.words import HOLIDAY, marks, subject, times, who
from screens.widgets.columns import ColumnSpec
from screens.widgets.paging import Row
from sfa.services.agenda import Appointment
from sfa.services.calendar_page import CalendarPage, DueTask

OPEN, DONE = "☐", "☑"
AGENDA = (
    ColumnSpec("day", "Day", 10, 0, 1),
    ColumnSpec("when", "When", 13, 0, 1),
    ColumnSpec("title", "What", 20, 4, 1),
    ColumnSpec("who", "Who", 14, 3, 2),
    ColumnSpec("place", "Where", 10, 1, 4),
    ColumnSpec("ref", "Ref", 5, 0, 3),
)
TASKS = (
    ColumnSpec("day", "Due", 12, 0, 1),
    ColumnSpec("title", "Task", 16, 4, 1),
    ColumnSpec("who", "Who", 14, 2, 2),
    ColumnSpec("ref", "Ref", 5, 0, 3),
)


def agenda_rows(page: CalendarPage, now: datetime) -> list[Row]:
    """Return what the days hold, one after the other: holiday, appointments, tasks. `now` is the viewer's wall time."""
    rows: list[Row] = []
    for number in range((page.after - page.first).days):
        day = page.first + timedelta(days=number)
        for place, row in enumerate(_rows_of(page, day)):
            heading = f"{day:%a} {day.day} {day:%b}" if place == 0 else ""
            tone = "accent" if day == now.date() else "strong"
            rows.append(Row(row.key, (heading, *row.cells), (tone, *(row.tones or ()))))
    return rows


def _rows_of(page: CalendarPage, day: date) -> Iterator[Row]:
    """Yield the rows of a day, without the column of the day."""
    if day in page.holidays:
        yield Row(f"holiday:{day}", ("", f"{HOLIDAY} {page.holidays[day]}", "", "", ""), ("", "good", "", "", ""))
    for item in page.appointments:
        # Under the first day shown that it touches, and there alone.
        if max(item.starts.astimezone(page.zone).date(), page.first) == day:
            yield _appointment(item, page)
    for task in page.tasks:
        if task.day == day or (task.day < page.first and day == page.first):
            yield Row(f"task:{task.id}", (_due(task), _task(task), task.who, "", task.ref), _task_tones(task))


def _appointment(item: Appointment, page: CalendarPage) -> Row:
    state = "clash" if item.collides else "" if item.status == "planned" else item.status.replace("_", " ")
    about = f"{marks(item)}{subject(item)}{f' ({state})' if state else ''}"
    tone = "warning" if item.collides else "" if item.status == "planned" else "muted"
    cells = (times(item, page.zone), about, who(item), item.place, item.ref)
    return Row(f"event:{item.key}", cells, ("muted", tone, "", "muted", "muted"))


def _due(task: DueTask) -> str:
    return task.time or ("overdue" if task.is_late else "task")


def _task(task: DueTask) -> str:
    urgent = "! " if task.priority in ("high", "urgent") and not task.is_done else ""
    return f"{DONE if task.is_done else OPEN} {urgent}{task.subject}"


def _task_tones(task: DueTask) -> tuple[str, ...]:
    return ("bad" if task.is_late else "muted", "muted" if task.is_done else "", "", "", "muted")


def task_rows(page: CalendarPage) -> list[Row]:
    """Return the tasks of the days shown, the overdue ones first."""
    return [
        Row(
            f"task:{task.id}",
            (f"{'late: ' if task.is_late else ''}{task.day:%a} {task.day.day}", _task(task), task.who, task.ref),
            ("bad" if task.is_late else "muted", "muted" if task.is_done else "", "", "muted"),
        )
        for task in page.tasks
    ]
