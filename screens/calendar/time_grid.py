"""Day and week as a grid of hours: appointments as blocks, side by side where they overlap, whole days above."""

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip

from screens.calendar.blocks import Block, by_day, day_blocks, whole_days
from screens.calendar.cursor import DAY_MIN, Cursor
from screens.calendar.grid import CalendarGrid, tone
from screens.calendar.words import CLASH, CLASH_WORDS, HOLIDAY, NARROW, block_lines, marks, subject
from screens.widgets.columns import fit
from sfa.domain.text import clean
from sfa.services.agenda import Appointment

HOUR_MIN: Final = 60
SLOTS: Final = (30, 15, 60)
"""Minutes that a line may stand for; the first one at first."""
GUTTER: Final = 6
NARROWEST: Final = 9
NARROWEST_LANE: Final = 4
MOST_WHOLE: Final = 4
LONG_HEADING: Final = 16
EDGE: Final = "▎"
LINE: Final = "│"
OFF: Final = "·"
FIRST: Final = Style(bold=True)
"""What tells where a block begins below another one."""


class TimeGrid(CalendarGrid):
    """Hours down, days across; as many days as have room.

    Attributes:
        slot_min: minutes that a line stands for.
    """

    def __init__(self, cursor: Cursor, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(cursor, id=id)
        self.slot_min = SLOTS[0]
        self._top: int | None = None
        self._above = 1
        self._days: list[date] = []
        self._blocks: dict[date, list[Block]] = {}
        self._whole: dict[date, list[Appointment]] = {}
        self._lines: dict[tuple[str, date, int], list[str]] = {}
        self._second: ZoneInfo | None = None

    def rearrange(self) -> None:
        """Choose the days that have room, and lay their appointments out."""
        page = self.page
        if page is None or not self.size.width:
            return
        self._second = ZoneInfo(page.settings.second_zone) if page.settings.second_zone else None
        self._days = self._choose_days()
        self._lines.clear()
        zone, items = page.zone, by_day(page.appointments, self._days, page.zone)
        self._blocks = {day: day_blocks(items[day], day, zone, self.slot_min) for day in self._days}
        self._whole = {day: whole_days(items[day], day, zone) for day in self._days}
        if self._top is None:
            self._top = max(page.settings.opens_min // self.slot_min - 1, 0)
        self.keep_in_view()

    def _choose_days(self) -> list[date]:
        page = self.page
        if page is None:
            return []
        every = [page.first + timedelta(days=number) for number in range((page.after - page.first).days)]
        count = min(max((self.size.width - self._gutter) // (NARROWEST + 1), 1), len(every))
        at = every.index(self.cursor.day) if self.cursor.day in every else 0
        return every[at // count * count :][:count] if at // count * count + count <= len(every) else every[-count:]

    def set_slot(self, slot_min: int) -> None:
        """Let a line stand for so many minutes; the hour at the top stays."""
        top = (self._top or 0) * self.slot_min
        self.slot_min, self._top = slot_min, top // slot_min
        self.rearrange()
        self.moved()

    @property
    def _gutter(self) -> int:
        return GUTTER * (2 if self._second else 1)

    @property
    def _rows_shown(self) -> int:
        return max(self.size.height - self._above, 1)

    def _tops_of(self, day: date) -> list[str | Appointment]:
        """Return what stands above the hours of a day: its holiday, its whole days, and one place to begin one."""
        holiday = self.page.holidays.get(day) if self.page else None
        found: list[str | Appointment] = [f"{HOLIDAY} {clean(holiday)}"] if holiday else []
        found += self._whole.get(day, [])
        return found or ([""] if self.cursor.minute is None and self.cursor.day == day else [])

    def days_shown(self) -> list[date]:
        """Return the days that are drawn."""
        return self._days

    def blocks_of(self, day: date) -> list[Block]:
        """Return the blocks of a day that is shown."""
        return self._blocks.get(day, [])

    def here(self) -> list[Appointment]:
        """Return the appointments at the cursor."""
        day = self.cursor.day
        if self.cursor.minute is None:
            return self._whole.get(day, [])
        row = self.cursor.minute // self.slot_min
        return [block.item for block in self._blocks.get(day, []) if block.first <= row <= block.last]

    def moved(self) -> None:
        """Show other days where the cursor has left those shown."""
        if self.cursor.day not in self._days:
            self.rearrange()
        super().moved()

    def keep_in_view(self) -> None:
        """Scroll so that the line of the cursor is seen, below the heading and the whole days."""
        self._above = 1 + min(max((len(self._tops_of(day)) for day in self._days), default=0), MOST_WHOLE)
        if self._top is None or not self.size.height:
            return
        shown = self._rows_shown
        top = self._top
        if self.cursor.minute is not None:
            row = self.cursor.minute // self.slot_min
            chosen = self.cursor.chosen(self.here())
            last = next((block.last for block in self.blocks_of(self.cursor.day) if block.item is chosen), row)
            top = min(max(top, last - shown + 1), row)
        self._top = max(min(top, DAY_MIN // self.slot_min - shown), 0)

    def action_go_down(self) -> None:
        """Go to the next line."""
        self._step(1)

    def action_go_up(self) -> None:
        """Go to the line before; above the first one are the whole days."""
        self._step(-1)

    def action_page_down(self) -> None:
        """Go down by half of what is shown."""
        self._step(max(self._rows_shown // 2, 2))

    def action_page_up(self) -> None:
        """Go up by half of what is shown."""
        self._step(-max(self._rows_shown // 2, 2))

    def action_go_above(self) -> None:
        """Go above the hours of the day."""
        self.cursor.minute = self.cursor.pick = None
        self.moved()

    def _step(self, by: int) -> None:
        here = self.here()
        if self.cursor.minute is None and len(here) > 1:
            at = here.index(self.cursor.chosen(here) or here[0]) + by
            if 0 <= at < len(here):
                self.cursor.pick = here[at].key
                self.moved()
                return
        if self.cursor.minute is None and by > 0:
            self.cursor.minute = (self._top or 0) * self.slot_min
            self.cursor.pick = None
        elif self.cursor.minute is not None and by == -1 and self.cursor.minute // self.slot_min == 0:
            self.cursor.minute = None
        else:
            self.cursor.step_slot(by, self.slot_min)
        self.moved()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Show later hours."""
        self._scroll(2, event)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Show earlier hours."""
        self._scroll(-2, event)

    def _scroll(self, by: int, event: events.MouseEvent) -> None:
        event.stop()
        last = max(DAY_MIN // self.slot_min - self._rows_shown, 0)
        self._top = max(min((self._top or 0) + by, last), 0)
        self.refresh()

    def put_cursor(self, x: int, y: int) -> bool:
        """Put the cursor where a cell is: on a block where there is one."""
        for number, (start, width) in enumerate(self._places()):
            if start <= x < start + width and y > 0:
                day = self._days[number]
                if y < self._above:
                    found = self._tops_of(day)[y - 1 : y]
                    item = found[0] if found and isinstance(found[0], Appointment) else None
                    self.cursor.day, self.cursor.minute, self.cursor.pick = day, None, item.key if item else None
                    return True
                row = y - self._above + (self._top or 0)
                if row >= DAY_MIN // self.slot_min:
                    return False
                self.cursor.day, self.cursor.minute = day, row * self.slot_min
                block = self._block_at(day, row, x - start, width)
                self.cursor.pick = block.item.key if block else None
                return True
        return False

    def _block_at(self, day: date, row: int, x: int, width: int) -> Block | None:
        for block, (start, end) in self._lanes(day, row, width):
            if start <= x < end:
                return block
        return None

    def _places(self) -> list[tuple[int, int]]:
        """Return start and width of each day in cells, after a line of one cell."""
        count = len(self._days)
        room = self.size.width - self._gutter - count
        edges = [number * room // count for number in range(count + 1)] if count else []
        return [
            (self._gutter + number + 1 + edges[number], edges[number + 1] - edges[number]) for number in range(count)
        ]

    def render_line(self, y: int) -> Strip:
        """Draw one line across all days."""
        if self.page is None or not self._days:
            return Strip.blank(self.size.width, self.rich_style)
        pieces = self._gutter_pieces(y)
        for day, (_, width) in zip(self._days, self._places(), strict=True):
            pieces.append(Segment(LINE, self.style_of("line")))
            if y == 0:
                pieces.append(self._heading(day, width))
            elif y < self._above:
                pieces.append(self._top_piece(day, y - 1, width))
            else:
                pieces += self._hour_pieces(day, y - self._above + (self._top or 0), width)
        return Strip(pieces).adjust_cell_length(self.size.width, self.rich_style)

    def _gutter_pieces(self, y: int) -> list[Segment]:
        row = y - self._above + (self._top or 0)
        if y == 0 and self._second and self.page:
            noon = datetime(self._days[0].year, self._days[0].month, self._days[0].day, 12, tzinfo=self.page.zone)
            names = (noon.tzname() or "", noon.astimezone(self._second).tzname() or "")
            return [self.piece(f"{name[:5]:>5} ", GUTTER, "hour") for name in names]
        if y < self._above:
            return [self.piece("", self._gutter, "hour")]
        minute = row * self.slot_min
        is_now = self.now.date() in self._days and minute <= self._now_min < minute + self.slot_min
        if is_now:
            first = self.piece(f"{self.now:%H:%M} ", GUTTER, "now")
        else:
            first = self.piece(_hour(minute), GUTTER, "work" if self._is_working_time(minute) else "hour")
        return [first, self.piece(self._second_hour(minute), GUTTER, "hour")] if self._second else [first]

    def _second_hour(self, minute: int) -> str:
        page = self.page
        if page is None or self._second is None or minute >= DAY_MIN:
            return ""
        day = self.cursor.day
        wall = datetime(day.year, day.month, day.day, minute // HOUR_MIN, minute % HOUR_MIN, tzinfo=page.zone)
        other = wall.astimezone(self._second)
        return f"{other:%H:%M} " if minute % HOUR_MIN == 0 else ""

    @property
    def _now_min(self) -> int:
        return self.now.hour * HOUR_MIN + self.now.minute

    def _is_working_time(self, minute: int) -> bool:
        settings = self.page.settings if self.page else None
        return settings is not None and settings.opens_min <= minute < settings.closes_min

    def _is_working(self, day: date, minute: int) -> bool:
        page = self.page
        return (
            page is not None
            and day.weekday() in page.settings.work_days
            and day not in page.holidays
            and self._is_working_time(minute)
        )

    def _heading(self, day: date, width: int) -> Segment:
        name = f"{day:%A}, {day.day} {day:%B}" if width >= LONG_HEADING * 2 else f"{day:%a} {day.day}"
        if width >= LONG_HEADING > len(name):
            name += f" {day:%b}"
        is_today = day == self.now.date()
        if is_today:
            name = f"{name} · today" if width > len(name) + len(" · today") else f"●{name}"
        is_off = self.page is not None and (day.weekday() not in self.page.settings.work_days)
        return self.piece(f" {name}", width, "today" if is_today else "hour" if is_off else "header")

    def _top_piece(self, day: date, number: int, width: int) -> Segment:
        found = self._tops_of(day)
        is_here = self.cursor.minute is None and self.cursor.day == day
        if number >= len(found):
            return self.piece("", width, "hour")
        if number == MOST_WHOLE - 1 and len(found) > MOST_WHOLE:
            return self.piece(f"+{len(found) - number}", width, "more")
        item = found[number]
        if not isinstance(item, Appointment):
            chosen = is_here and not self._whole.get(day)
            return self.piece(item or "all day", width, "cursor" if chosen else "holiday" if item else "hour")
        chosen = is_here and self.cursor.chosen(self.here()) is item
        return self.piece(
            f"{EDGE}{marks(item, is_narrow=width < NARROW)}{subject(item)}", width, "cursor" if chosen else tone(item)
        )

    def _hour_pieces(self, day: date, row: int, width: int) -> list[Segment]:
        minute = row * self.slot_min
        if minute >= DAY_MIN:
            return [self.piece("", width, "off")]
        pieces: list[Segment] = []
        used = 0
        for block, (start, end) in self._lanes(day, row, width):
            if start > used:
                pieces.append(self._blank(day, minute, start - used, is_free=False))
            pieces += self._block_pieces(block, row, end - start, day)
            used = end
        if used < width:
            pieces.append(self._blank(day, minute, width - used, is_free=not pieces))
        return pieces

    def _lanes(self, day: date, row: int, width: int) -> list[tuple[Block, tuple[int, int]]]:
        """Return the blocks in a row with start and end in cells; of too many, those that have room."""
        found = sorted(
            (block for block in self._blocks.get(day, []) if block.first <= row <= block.last),
            key=lambda block: block.lane,
        )
        if not found:
            return []
        lanes = min(found[0].lanes, max(width // NARROWEST_LANE, 1))
        return [
            (block, (block.lane * width // lanes, (block.lane + 1) * width // lanes))
            for block in found
            if block.lane < lanes
        ]

    def _hidden(self, day: date, row: int, width: int) -> int:
        return sum(block.first <= row <= block.last for block in self._blocks.get(day, [])) - len(
            self._lanes(day, row, width)
        )

    def _blank(self, day: date, minute: int, width: int, *, is_free: bool) -> Segment:
        is_row = self.cursor.minute is not None and minute == self.cursor.minute // self.slot_min * self.slot_min
        if is_free and self.cursor.day == day and is_row:
            return self.piece(f" {minute // HOUR_MIN:02d}:{minute % HOUR_MIN:02d}", width, "cursor")
        if day == self.now.date() and minute <= self._now_min < minute + self.slot_min:
            return self.piece("─" * width, width, "now")
        return self.piece("" if self._is_working(day, minute) else f" {OFF}", width, "off")

    def _block_pieces(self, block: Block, row: int, width: int, day: date) -> list[Segment]:
        item = block.item
        inner = max(width - 1, 0)
        lines = self._lines_of(block, inner, day)
        at = row - max(block.first, self._top or 0)
        text = lines[at] if at < len(lines) else ""
        hidden = self._hidden(day, row, self._places()[self._days.index(day)][1]) if at == 0 else 0
        part = "cursor" if day == self.cursor.day and self._is_chosen(block) else tone(item)
        edge = part if part != "block" else "clash" if item.collides else "edge"
        body = "clash" if part == "block" and item.collides and text == CLASH_WORDS else part
        words = fit(text, max(inner - 3, 0)) + f" +{hidden}" if hidden else text
        return [
            Segment(CLASH if item.collides and at == 0 else EDGE, self.style_of(edge)),
            Segment(fit(words, inner), self.style_of(body) + (FIRST if at == 0 else Style.null())),
        ]

    def _lines_of(self, block: Block, width: int, day: date) -> list[str]:
        """Return what stands in a block, worked out once for each width."""
        key = (block.item.key, day, width)
        found = self._lines.get(key)
        if found is None and self.page is not None:
            starts = block.item.starts.astimezone(self.page.zone)
            is_on_line = starts.date() < day or starts.minute % self.slot_min == 0
            rows = block.last - block.first + 1
            found = self._lines[key] = block_lines(block.item, self.page.zone, rows, width, is_on_line=is_on_line)
        return found or []

    def _is_chosen(self, block: Block) -> bool:
        """Tell whether a block of the day at the cursor is the one that verbs are for."""
        cursor = self.cursor
        if cursor.minute is None:
            return False
        row = cursor.minute // self.slot_min
        return block.first <= row <= block.last and cursor.chosen(self.here()) is block.item


def _hour(minute: int) -> str:
    return f"{minute // HOUR_MIN:02d}:00 " if minute % HOUR_MIN == 0 and minute < DAY_MIN else ""
