"""What the drawn views of the calendar share: the keys that move in them, the page, the cursor, the styles."""

from datetime import date, datetime
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from screens.calendar.cursor import Cursor
from screens.widgets.columns import fit
from sfa.services.agenda import Appointment
from sfa.services.calendar_page import CalendarPage

PARTS = (
    "header", "today", "off", "now", "hour", "work", "line",
    "block", "edge", "clash", "done", "free", "holiday", "cursor", "more",
)  # fmt: skip
DOUBLE = 2


def _bind(keys: str, action: str, words: str) -> Binding:
    return Binding(keys, action, words, show=False, tooltip=words, id=f"grid.{action}")


class CalendarGrid(Widget, can_focus=True):
    """Days drawn by lines. The cursor is the screen's; what is done at it is the screen's affair, too."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"grid--{part}" for part in PARTS}
    BINDINGS: ClassVar[list[BindingType]] = [
        _bind("left,h", "day_left", "Day before"),
        _bind("right,l", "day_right", "Next day"),
        _bind("down,j", "go_down", "Down: later, or a week on"),
        _bind("up,k", "go_up", "Up: earlier, or a week back"),
        _bind("pagedown", "page_down", "Hours on"),
        _bind("pageup", "page_up", "Hours back"),
        _bind("home", "go_home", "First day shown"),
        _bind("end", "go_end", "Last day shown"),
        _bind("0,ctrl+up", "go_above", "Above the hours: whole days"),
        _bind("enter", "open_place", "Open the appointment, or begin one here"),
    ]
    DEFAULT_CSS = """
    CalendarGrid {
        height: 1fr;
        border: round $border-blurred;
        border-title-color: $foreground;
        border-subtitle-color: $text-muted;
        background: $background;
        &:focus { border: round $border; }
        & > .grid--header { color: $foreground; text-style: bold; }
        & > .grid--today { color: $text-accent; text-style: bold; }
        & > .grid--off { color: $border-blurred; background: $background; }
        & > .grid--now { color: $text-accent; text-style: bold; }
        & > .grid--hour { color: $secondary; }
        & > .grid--work { color: $foreground; }
        & > .grid--line { color: $border-blurred; }
        & > .grid--block { color: $foreground; background: $panel; }
        & > .grid--edge { color: $text-accent; background: $panel; }
        & > .grid--clash { color: $text-warning; background: $panel; }
        & > .grid--done { color: $secondary; background: $surface; }
        & > .grid--free { color: $secondary; background: $surface; text-style: italic; }
        & > .grid--holiday { color: $text-success; }
        & > .grid--cursor { background: $block-cursor-blurred-background; color: $foreground; }
        & > .grid--more { color: $secondary; }
        &:focus > .grid--cursor {
            background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold;
        }
    }
    """

    class Moved(Message):
        """The cursor is somewhere else now, maybe on a day that is not shown."""

    class Opened(Message):
        """Enter, or a double click."""

    def __init__(self, cursor: Cursor, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.cursor = cursor
        self.page: CalendarPage | None = None
        self.now = datetime.min  # noqa: DTZ901 - wall time, until the screen tells it
        self._styles: dict[str, Style] = {}

    def show(self, page: CalendarPage, now: datetime) -> None:
        """Show other days, or the same ones anew; `now` is the viewer's wall time."""
        self.page, self.now = page, now
        self._styles.clear()
        self.rearrange()
        self.refresh()

    def rearrange(self) -> None:
        """Work out what stands where."""

    def notify_style_update(self) -> None:
        """Forget the styles of another theme, or of another focus."""
        super().notify_style_update()
        self._styles.clear()

    def here(self) -> list[Appointment]:
        """Return the appointments at the cursor."""
        return []

    def moved(self) -> None:
        """Draw the cursor where it is, and tell the screen."""
        self.keep_in_view()
        self.refresh()
        self.post_message(self.Moved())

    def keep_in_view(self) -> None:
        """Scroll so that the cursor is seen."""

    def on_resize(self) -> None:
        """Use the room that there is."""
        self.rearrange()
        self.moved()

    def action_day_left(self) -> None:
        """Go to the day before."""
        self.cursor.step_day(-1)
        self.moved()

    def action_day_right(self) -> None:
        """Go to the next day."""
        self.cursor.step_day(1)
        self.moved()

    def action_go_down(self) -> None:
        """Go down."""

    def action_go_up(self) -> None:
        """Go up."""

    def action_page_down(self) -> None:
        """Go down by much."""

    def action_page_up(self) -> None:
        """Go up by much."""

    def action_go_above(self) -> None:
        """Go above the hours of the day."""

    def action_go_home(self) -> None:
        """Go to the first day shown."""
        self.go_to_day(self.days_shown()[:1])

    def action_go_end(self) -> None:
        """Go to the last day shown."""
        self.go_to_day(self.days_shown()[-1:])

    def go_to_day(self, days: list[date]) -> None:
        """Go to the one day, if there is one."""
        if days:
            self.cursor.day, self.cursor.pick = days[0], None
            self.moved()

    def days_shown(self) -> list[date]:
        """Return the days that are drawn."""
        return []

    def action_open_place(self) -> None:
        """Tell the screen."""
        self.post_message(self.Opened())

    def on_click(self, event: events.Click) -> None:
        """Go to the place clicked; open it on a double click."""
        offset = event.get_content_offset(self)
        if offset is None or self.page is None or not self.put_cursor(offset.x, offset.y):
            return
        self.focus()
        self.moved()
        if event.chain == DOUBLE:
            self.action_open_place()

    def put_cursor(self, x: int, y: int) -> bool:
        """Put the cursor where a cell is, and tell whether that is a place."""
        raise NotImplementedError

    def style_of(self, part: str) -> Style:
        """Return the style of a part of the drawing."""
        found = self._styles.get(part)
        if found is None:
            found = self._styles[part] = self.rich_style + self.get_component_rich_style(f"grid--{part}", partial=True)
        return found

    def piece(self, text: str, width: int, part: str) -> Segment:
        """Return a text, cut or filled to so many cells, in the style of a part."""
        return Segment(fit(text, width), self.style_of(part))


def tone(item: Appointment) -> str:
    """Return the part whose style an appointment is drawn in."""
    if item.status != "planned":
        return "done"
    return "free" if item.busy in ("free", "tentative") else "block"
