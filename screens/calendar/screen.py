"""The calendar: day, week, month and agenda of one rep or of everybody, by keys and by mouse."""

from datetime import date, datetime, timedelta
from typing import ClassVar

from textual import events, on
from textual.binding import BindingType

from screens.base import bindings
from screens.calendar.event_verbs import EVENT_VERBS
from screens.calendar.grid import CalendarGrid
from screens.calendar.spans import step_span
from screens.calendar.time_grid import SLOTS, TimeGrid
from screens.calendar.view import CalendarView
from screens.widgets.record_table import RecordTable
from sfa.commands import Command
from sfa.services.agenda import Appointment
from sfa.services.calendar_page import DueTask, remember_view

VIEW_VERBS = (
    Command("calendar.goto", "Go to a date in words", "go_to_date", "g", "friday, next month, 下周一", is_shown=True, label="Go to"),
    Command("calendar.today", "Today", "go_to_today", "t", "And this hour"),
    Command("calendar.day", "Day", "view('day')", "d", "One day by its hours"),
    Command("calendar.week", "Week", "view('week')", "w", "The week by its hours"),
    Command("calendar.month", "Month", "view('month')", "m", "The month by its days"),
    Command("calendar.agenda", "Agenda", "view('agenda')", "a", "Two weeks as a list"),
    Command("calendar.on", "Next span", "span(1)", "right_square_bracket", "The next day, week, month"),
    Command("calendar.back", "Span before", "span(-1)", "left_square_bracket", "The day, week, month before"),
    Command("calendar.next", "Next appointment", "next_event(1)", "full_stop,N", "The one after the cursor"),
    Command("calendar.previous", "Appointment before", "next_event(-1)", "comma,P", "The one before the cursor"),
    Command("calendar.zoom", "Finer or coarser", "zoom", "z", "A line is 30, 15 or 60 minutes"),
    Command("calendar.scope", "Mine or everybody's", "toggle_scope", "o", "Whose appointments"),
    Command("calendar.tasks", "Hours or tasks", "other_side", "tab", "Go to the tasks, and back"),
)  # fmt: skip


class CalendarScreen(CalendarView):
    """The views, with the keys that go from one place to another."""

    TITLE = "Calendar"
    AREA = "calendar"
    VERBS = (*EVENT_VERBS[:3], *VIEW_VERBS, *EVENT_VERBS[3:])
    BINDINGS: ClassVar[list[BindingType]] = bindings(VIEW_VERBS)

    @on(CalendarGrid.Opened)
    def open_place(self) -> None:
        """Put down what is carried; else open the appointment, or begin one; of a month, the day."""
        found = self.target()
        if self._carried is not None:
            self.put_down()
        elif isinstance(found, Appointment) and (self.view != "month" or self.cursor.pick):
            self.desk_app.open_hit(("event", found.id))
        elif self.view == "month":
            self.call_later(self.action_view, "day")
        else:
            self.action_new_event()

    @on(RecordTable.RowOpened)
    def open_row(self, event: RecordTable.RowOpened) -> None:
        """Show the record behind a line."""
        found = self._of_key(event.key)
        if self._carried is not None and event.table.id == "agenda":
            self.put_down()
        elif found is not None:
            self.desk_app.open_hit(("task" if isinstance(found, DueTask) else "event", found.id))

    def carry_changed(self) -> None:
        """Show what is being carried."""
        self._tell_place()

    def key_escape(self, event: events.Key) -> None:
        """Leave the copy that is carried."""
        if self._carried is not None:
            event.stop()
            self._carried = None
            self._tell_place()

    async def action_view(self, view: str) -> None:
        """Show the days in another way, and remember it."""
        if view == self.view:
            return
        self._use(view)
        self._anchor = self.cursor.day
        if self._is_at_tasks:
            self.set_focus(None)
        await self.ask(lambda desk: remember_view(desk, view))
        await self._reread()

    async def action_span(self, by: int) -> None:
        """Show the span after or before."""
        self.cursor.day = step_span(self.view, self._anchor if self.view == "agenda" else self.cursor.day, by)
        self._anchor, self.cursor.pick = self.cursor.day, None
        await self._reread()

    async def action_go_to_today(self) -> None:
        """Show today, and this hour."""
        self.cursor.minute = self._this_slot()
        await self._go(self._now().date())

    async def _go(self, day: date) -> None:
        self.cursor.day, self.cursor.pick = day, None
        self._anchor = day
        await self._reread()

    def action_go_to_date(self) -> None:
        """Ask for a date in words."""
        from screens.modals.prompt import PromptModal  # noqa: PLC0415 - by key
        from sfa.services.spans import read_span  # noqa: PLC0415 - as above

        dialog = PromptModal(
            "Go to", read_span, hint="friday, 12 march, in 3 weeks, next month, 下周一", enter="goes there"
        )
        self.app.push_screen(dialog, self._went)

    async def _went(self, span: tuple[date, date] | None) -> None:
        if span is None:
            return
        if self.view in ("day", "week") and span[1] - span[0] > timedelta(days=7):
            self._use("month")
        await self._go(span[0])

    async def action_next_event(self, by: int) -> None:
        """Go to the next appointment, of other days where these have no more."""
        at = self._place_in_order()
        items = sorted(self._items(), key=lambda item: (self._wall(item), item.key))
        ahead = [item for item in items if (self._wall(item), item.key) > at]
        behind = [item for item in items if (self._wall(item), item.key) < at]
        found = ahead[:1] if by > 0 else behind[-1:]
        if not found:
            self.desk_app.tell(f"No more appointments here. {']' if by > 0 else '['} shows other days.")
            return
        self._put_cursor(found[0])
        for main in self._mains():
            if isinstance(main, CalendarGrid):
                main.moved()
            else:
                self._follow_in_list(main)

    def _place_in_order(self) -> tuple[datetime, str]:
        found = self.target()
        if isinstance(found, Appointment):
            return self._wall(found), found.key
        minute = self.cursor.minute or 0
        return datetime.combine(self.cursor.day, datetime.min.time()) + timedelta(minutes=minute), ""

    def action_zoom(self) -> None:
        """Let a line stand for other minutes."""
        grid = self.query_one(TimeGrid)
        grid.set_slot(SLOTS[(SLOTS.index(grid.slot_min) + 1) % len(SLOTS)])

    async def action_toggle_scope(self) -> None:
        """Show one's own appointments, or everybody's."""
        self._is_everybody = not self._is_everybody
        await self._reread()

    def action_other_side(self) -> None:
        """Go to the tasks, and back."""
        tasks = self._tasks
        if tasks is None or tasks.has_focus or not tasks.display:
            self._mains()[0].focus()
        else:
            tasks.focus()
        self._tell_place()
