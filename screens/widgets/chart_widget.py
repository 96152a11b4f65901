"""A bar chart as a widget; the drawing is `chart.bar_lines`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from screens.widgets.chart import Bar, bar_lines

if TYPE_CHECKING:
    from textual.geometry import Size


class BarChart(Widget):
    """Horizontal bars, as many lines as there are bars."""

    DEFAULT_CSS = """
    BarChart { height: auto; width: 1fr; color: $foreground; }
    """

    bars: reactive[tuple[Bar, ...]] = reactive((), layout=True)

    def __init__(self, bars: Sequence[Bar] = (), *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id, classes=classes)
        self.set_reactive(BarChart.bars, tuple(bars))

    def render(self) -> Text:
        """Draw for the width there is."""
        return Text("\n").join(bar_lines(self.bars, self.content_size.width))

    def get_content_height(self, container: "Size", viewport: "Size", width: int) -> int:  # noqa: ARG002  # Textual's own signature
        """Return a line for each bar."""
        return len(self.bars)
