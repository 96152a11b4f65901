"""A month as weeks: the first entries of each day, and how many more there are."""

from datetime import date, timedelta
from typing import Final

from rich.segment import Segment
from textual.strip import Strip

from screens.calendar.blocks import by_day
from screens.calendar.cursor import Cursor
from screens.calendar.grid import CalendarGrid, tone
from screens.calendar.words import HOLIDAY, clock, marks, subject
from screens.widgets.columns import fit
from sfa.domain.text import clean
from sfa.services.agenda import Appointment

WEEK: Final = 7
GUTTER: Final = 3
WITH_TIMES: Final = 14
LINE: Final = "│"
INSIDE: Final = timedelta(days=10)
"""After the first day shown: this day is in the month, whatever weekday it begins with."""


class MonthGrid(CalendarGrid):
    """Weeks down, weekdays across."""

    def __init__(self, cursor: Cursor, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(cursor, id=id)
        self._items: dict[date, list[Appointment]] = {}

    def rearrange(self) -> None:
        """Sort the appointments into their days."""
        page = self.page
        if page is None:
            return
        days = self.days_shown()
        self._items = by_day(page.appointments, days, page.zone)

    def days_shown(self) -> list[date]:
        """Return all days of the weeks shown."""
        if self.page is None:
            return []
        return [self.page.first + timedelta(days=number) for number in range((self.page.after - self.page.first).days)]

    def here(self) -> list[Appointment]:
        """Return the appointments of the day at the cursor."""
        return self._items.get(self.cursor.day, [])

    def action_go_down(self) -> None:
        """Go a week on."""
        self._step(WEEK)

    def action_go_up(self) -> None:
        """Go a week back."""
        self._step(-WEEK)

    def action_page_down(self) -> None:
        """Go four weeks on."""
        self._step(4 * WEEK)

    def action_page_up(self) -> None:
        """Go four weeks back."""
        self._step(-4 * WEEK)

    def _step(self, days: int) -> None:
        self.cursor.step_day(days)
        self.moved()

    def _edges(self) -> list[int]:
        """Return the line at which each week begins, and the end."""
        weeks = max(len(self.days_shown()) // WEEK, 1)
        room = max(self.size.height - 1, weeks)
        return [1 + number * room // weeks for number in range(weeks + 1)]

    def _places(self) -> list[tuple[int, int]]:
        room = self.size.width - GUTTER - WEEK
        edges = [number * room // WEEK for number in range(WEEK + 1)]
        return [(GUTTER + number + 1 + edges[number], edges[number + 1] - edges[number]) for number in range(WEEK)]

    def put_cursor(self, x: int, y: int) -> bool:
        """Put the cursor on the day, and on the entry, of a cell."""
        edges, days = self._edges(), self.days_shown()
        for week in range(len(edges) - 1):
            for number, (start, width) in enumerate(self._places()):
                if edges[week] <= y < edges[week + 1] and start <= x < start + width:
                    self.cursor.day = days[week * WEEK + number]
                    entries = self._entries(self.cursor.day, edges[week + 1] - edges[week] - 1)
                    entry = entries[y - edges[week] - 1] if 0 < y - edges[week] <= len(entries) else None
                    self.cursor.pick = entry.key if isinstance(entry, Appointment) else None
                    return True
        return False

    def _entries(self, day: date, room: int) -> list[str | Appointment]:
        holiday = self.page.holidays.get(day) if self.page else None
        entries: list[str | Appointment] = [f"{HOLIDAY} {clean(holiday)}"] if holiday else []
        return [*entries, *self._items.get(day, [])][: max(room, 0)]

    def render_line(self, y: int) -> Strip:
        """Draw one line across the week."""
        page = self.page
        if page is None or not self.size.height:
            return Strip.blank(self.size.width, self.rich_style)
        edges, days = self._edges(), self.days_shown()
        week = next((number for number in range(len(edges) - 1) if edges[number] <= y < edges[number + 1]), None)
        part = y - edges[week] if week is not None else -1
        monday = days[(week or 0) * WEEK]
        number = f"{(monday + timedelta(days=3)).isocalendar().week:>2}" if part == 0 else ""
        pieces = [self.piece(number, GUTTER, "hour")]
        for place, (_, width) in enumerate(self._places()):
            pieces.append(Segment(LINE, self.style_of("line")))
            if week is None:
                name = f"{page.first + timedelta(days=place):%a}" if y == 0 else ""
                pieces.append(self.piece(f" {name}", width, "header"))
            else:
                room = edges[week + 1] - edges[week] - 1
                pieces.append(self._cell(days[week * WEEK + place], part, room, width))
        return Strip(pieces).adjust_cell_length(self.size.width, self.rich_style)

    def _cell(self, day: date, part: int, room: int, width: int) -> Segment:
        if part == 0:
            return self._number(day, room, width)
        entries = self._entries(day, room)
        entry = entries[part - 1] if part <= len(entries) else None
        if not isinstance(entry, Appointment):
            return self.piece(entry or "", width, "holiday" if entry else "hour")
        is_chosen = day == self.cursor.day and self.cursor.chosen(self.here()) is entry
        zone = self.page.zone if self.page else None
        begins = f"{clock(entry.starts, zone)} " if zone and not entry.is_all_day and width >= WITH_TIMES else ""
        return self.piece(
            f"▎{begins}{marks(entry, is_narrow=width < WITH_TIMES)}{subject(entry)}",
            width,
            "cursor" if is_chosen else tone(entry),
        )

    def _number(self, day: date, room: int, width: int) -> Segment:
        left = f" {day.day}"
        if day.day == 1 or day == self.days_shown()[0]:
            left += f" {day:%b}"
        is_today = day == self.now.date()
        if is_today:
            left = f"●{left}" if width < WITH_TIMES else f"{left} · today"
        holiday = 1 if self.page and day in self.page.holidays else 0
        more = len(self._items.get(day, [])) + holiday - len(self._entries(day, room))
        right = f"+{more} " if more else ""
        text = fit(left, max(width - len(right), 0)) + right
        if day == self.cursor.day:
            return self.piece(text, width, "cursor")
        is_off = self.page is not None and (
            day.weekday() not in self.page.settings.work_days or day in self.page.holidays or day.month != self._month
        )
        return self.piece(text, width, "today" if is_today else "hour" if is_off else "header")

    @property
    def _month(self) -> int:
        return (self.page.first + INSIDE).month if self.page else 0
