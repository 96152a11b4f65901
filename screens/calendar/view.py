"""What the calendar shows, in any of its views: the days and their tasks, what comes next, where the cursor is."""

from datetime import date, datetime

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container

from screens.base import MinutePassed
from screens.calendar.blocks import is_whole_day
from screens.calendar.event_verbs import EventVerbs
from screens.calendar.grid import CalendarGrid
from screens.calendar.lists import AGENDA, TASKS, agenda_rows, task_rows
from screens.calendar.spans import span_of
from screens.calendar.time_grid import SLOTS, TimeGrid
from screens.calendar.words import SEPARATOR, SIGNS, in_full, next_words, span_title, subject
from screens.safe import safe
from screens.widgets.record_table import RecordTable
from screens.widgets.short_list import show_rows
from sfa.services.agenda import Appointment
from sfa.services.calendar_page import CalendarPage, DueTask, calendar_page, first_after, remembered_view
from sfa.services.calendar_settings import calendar_settings
from sfa.services.desk import Desk

USUAL = "week"
NEAR_MIN = 120
TASKS_LEAST, TASKS_SHARE = 5, 5
"""Lines that the tasks have at most, or a share of all."""
TASKS_FRAME = 3
"""Lines of the list of tasks beside its rows."""
EMPTY_AGENDA = Text("Nothing is planned. Press n to plan something, ] for the days after.", justify="center")
QUIET = "n new · d day · w week · m month · a agenda · g go to · ? all keys"
NOTHING = "nothing planned · n makes an appointment here · + takes a line · g goes to a date"
CARRYING = "copying {}: go to the place, enter puts it down, esc leaves it"


class CalendarView(EventVerbs):
    """One view at a time; the cursor stays where it is when another one is taken.

    Attributes:
        view: `day`, `week`, `month` or `agenda`.
    """

    AUTO_FOCUS = "CalendarGrid"
    DEFAULT_CSS = """
    CalendarView {
        & #days { layout: vertical; }
        &.-wide.-day #days { layout: horizontal; }
        &.-wide.-day #tasks { width: 2fr; min-height: 100%; }
        &.-wide.-day TimeGrid { width: 3fr; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.view = USUAL
        self.add_class(f"-{USUAL}")  # before it is laid out: a class that comes later has all of it styled anew
        self._has_begun = False
        self._page: CalendarPage | None = None
        self._is_everybody = False
        self._anchor = date.min

    def compose_body(self) -> ComposeResult:
        """Lay out the days; their tasks come below or beside them where there are any."""
        with Container(id="days"):
            yield TimeGrid(self.cursor, id="hours")

    async def refresh_data(self) -> None:
        """Read the days shown anew; the first time, those of now in the view that was shown last."""
        if not self._has_begun:
            await self._begin()
        wanted = (self.view, self.cursor.day, self._anchor, self._is_everybody)
        page = await self.ask(self._read)
        if page is None or wanted != (self.view, self.cursor.day, self._anchor, self._is_everybody):
            return
        is_other = self._page is None or self._page.notes != page.notes
        self._page = page
        await self._show(page)
        if page.notes and is_other:
            self.desk_app.tell("\n".join(page.notes), severity="warning")

    async def _begin(self) -> None:
        view = await self.ask(remembered_view)
        self.cursor.day = self._anchor = self._now().date()
        self.cursor.minute = await self.ask(self._first_minute) or 0
        self._has_begun = True
        if view and view != self.view:
            self._use(view)

    def _first_minute(self, desk: Desk) -> int:
        """Return this half hour, or the beginning of work where it is night."""
        settings = calendar_settings(desk)
        minute = self._this_slot()
        is_near = settings.opens_min - NEAR_MIN <= minute < settings.closes_min + NEAR_MIN
        return minute if is_near else settings.opens_min

    def _this_slot(self) -> int:
        now = self._now()
        return now.hour * 60 + now.minute // SLOTS[0] * SLOTS[0]

    def _read(self, desk: Desk) -> CalendarPage:
        week_start = calendar_settings(desk).week_start
        day = self._anchor if self.view == "agenda" else self.cursor.day
        return calendar_page(desk, *span_of(self.view, day, week_start), is_everybody=self._is_everybody)

    def _use(self, view: str) -> None:
        self.view = view
        for name in ("day", "week", "month", "agenda"):
            self.set_class(name == view, f"-{name}")

    async def _show(self, page: CalendarPage) -> None:
        main = await self._main()
        if isinstance(main, CalendarGrid):
            main.show(page, self._now())
        else:
            show_rows(main, agenda_rows(page, self._now()))
            self._follow_in_list(main)
        await self._show_tasks(page, main)
        self.tell_time()

    @property
    def _tasks(self) -> RecordTable | None:
        """The list of tasks, where one was needed."""
        return next(iter(self.query("#tasks").results(RecordTable)), None)

    async def _show_tasks(self, page: CalendarPage, main: CalendarGrid | RecordTable) -> None:
        tasks = self._tasks
        if tasks is None:
            if not page.tasks:
                return
            tasks = RecordTable(TASKS, id="tasks")
            tasks.border_title = "Tasks"
            await self.query_one("#days").mount(tasks)
        tasks.display = bool(page.tasks) and self.view in ("day", "week")
        self.share_room()
        show_rows(tasks, task_rows(page))
        if tasks.has_focus and not tasks.display:
            main.focus()

    @on(events.Resize)
    def share_room(self) -> None:
        """Give the tasks the lines that they need, within their share."""
        tasks, page = self._tasks, self._page
        if tasks is not None and page is not None:
            most = max(TASKS_LEAST, self.size.height // TASKS_SHARE)
            tasks.styles.height = min(len(page.tasks) + TASKS_FRAME, most)

    def _follow_in_list(self, table: RecordTable) -> None:
        keys = [f"event:{item.key}" for item in self._items() if self.cursor.pick in (item.key, item.id)]
        rows = agenda_rows(self._page, self._now()) if self._page and keys else []
        places = [place for place, row in enumerate(rows) if row.key == keys[0]]
        if places:
            table.move_to(places[0])

    async def _main(self) -> CalendarGrid | RecordTable:
        """Return the widget of the view, made when it is first needed, and show it alone."""
        name = {"month": "weeks", "agenda": "agenda"}.get(self.view, "hours")
        found = self.query(f"#{name}")
        if not found:
            await self.query_one("#days").mount(self._make(name), before=0)
        for other in ("hours", "weeks", "agenda"):
            for place in self.query(f"#{other}"):
                place.display = other == name
        main = self.query_one(f"#{name}")
        if not isinstance(main, (CalendarGrid, RecordTable)):
            raise TypeError(f"{name} shows no days")
        if not self._is_at_tasks:
            main.focus()
        return main

    @property
    def _is_at_tasks(self) -> bool:
        return self.focused is not None and self.focused.id == "tasks"

    def _make(self, name: str) -> CalendarGrid | RecordTable:
        if name == "agenda":
            return RecordTable(AGENDA, id=name, empty_text=EMPTY_AGENDA)
        from screens.calendar.month_grid import MonthGrid  # noqa: PLC0415 - by key

        return MonthGrid(self.cursor, id=name)

    def _now(self) -> datetime:
        """Return the viewer's wall time."""
        clock = self.desk_app.clerk.desk.store.clock
        return clock.now().astimezone(clock.zone()).replace(tzinfo=None)

    @on(MinutePassed)
    def tell_time(self) -> None:
        """Say what is shown, what comes next and how soon."""
        page = self._page
        if page is None or not self.is_attached:
            return
        now = self.desk_app.clerk.desk.store.clock.now()
        coming = page.next
        if coming is not None and coming.starts <= now:
            coming = first_after(page.appointments, now)
        whose = "everybody" if self._is_everybody else ""
        title = span_title(self.view, page.first, self.cursor.day)
        words = SEPARATOR.join(part for part in (title, whose, next_words(coming, now)) if part)
        for main in self._mains():
            main.border_title = safe(words)
            if isinstance(main, CalendarGrid):
                main.now = self._now()
                main.refresh()
        self._tell_place()

    def _mains(self) -> list[CalendarGrid | RecordTable]:
        grids: list[CalendarGrid | RecordTable] = list(self.query(CalendarGrid).results())
        return [main for main in (*grids, *self.query("#agenda").results(RecordTable)) if main.display]

    def _tell_place(self) -> None:
        page, found = self._page, self.target()
        if page is None:
            return
        if self._carried is not None:
            words = CARRYING.format(subject(self._carried))
        elif isinstance(found, Appointment):
            words = in_full(found, page.zone)
        else:
            words = QUIET if page.appointments else NOTHING
        for main in self._mains():
            main.border_subtitle = safe(words)

    def signs(self) -> list[tuple[str, str]]:
        """Return the signs in front of appointments."""
        return list(SIGNS)

    def _items(self) -> tuple[Appointment, ...]:
        return self._page.appointments if self._page else ()

    def target(self) -> Appointment | DueTask | None:
        """Return what a verb is for: what is under the cursor of the half that has the focus."""
        if self.view == "agenda" or self._is_at_tasks:
            table = self._tasks if self._is_at_tasks else next(iter(self.query("#agenda").results(RecordTable)), None)
            return self._of_key(table.cursor_key if table else None)
        grid = next((main for main in self._mains() if isinstance(main, CalendarGrid)), None)
        return self.cursor.chosen(grid.here()) if grid else None

    def _of_key(self, key: str | None) -> Appointment | DueTask | None:
        noun, _, name = (key or "").partition(":")
        if noun == "task":
            return next((task for task in self._page.tasks if task.id == name), None) if self._page else None
        return next((item for item in self._items() if noun == "event" and item.key == name), None)

    @on(CalendarGrid.Moved)
    async def follow(self) -> None:
        """Read other days where the cursor has left those shown."""
        page = self._page
        if page is None or not page.first <= self.cursor.day < page.after:
            await self._reread()
        self._tell_place()

    async def _reread(self) -> None:
        self.expire()
        await self.bring_up_to_date()

    @on(RecordTable.RowHighlighted, "#agenda")
    def follow_row(self, event: RecordTable.RowHighlighted) -> None:
        """Let the cursor of the other views go along."""
        found = self._of_key(event.key)
        if isinstance(found, Appointment):
            self._put_cursor(found)
        elif isinstance(found, DueTask):
            self.cursor.day = found.day
        self._tell_place()

    def _put_cursor(self, item: Appointment) -> None:
        starts = self._wall(item)
        self.cursor.day, self.cursor.pick = starts.date(), item.key
        self.cursor.minute = None if is_whole_day(item) else starts.hour * 60 + starts.minute
