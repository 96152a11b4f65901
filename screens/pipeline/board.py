"""The board: a column per stage, two lines per deal, drawn line by line so that its size costs nothing."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from screens.widgets.columns import fit
from screens.words import short_money
from sfa.domain.text import clean
from sfa.services.board import Card, StageColumn

HEADER = 2
CARD = 3
GAP = 1
WIDE_GAP = 3
WIDE_FROM = 100
DOUBLE = 2
_PARTS = ("title", "sum", "name", "detail", "cursor", "warning")


def _bind(keys: str, action: str, words: str) -> Binding:
    return Binding(keys, action, words, show=False, tooltip=words, id=f"board.{action}")


class Board(Widget, can_focus=True):
    """Stages side by side. The cursor is on one card; what is done to it is the screen's affair."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"board--{part}" for part in _PARTS}
    BINDINGS: ClassVar[list[BindingType]] = [
        _bind("left,h", "stage_left", "Stage to the left"),
        _bind("right", "stage_right", "Stage to the right"),
        _bind("down,j", "card_down", "Next deal"),
        _bind("up,k", "card_up", "Deal before"),
        _bind("enter", "open_card", "Open the deal"),
    ]
    DEFAULT_CSS = """
    Board {
        height: 1fr;
        border: round $border-blurred;
        border-title-color: $foreground;
        border-subtitle-color: $text-muted;
        &:focus { border: round $border; }
        & > .board--title { text-style: bold; }
        & > .board--sum { color: $secondary; }
        & > .board--name { color: $foreground; }
        & > .board--detail { color: $secondary; }
        & > .board--cursor { background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold; }
        & > .board--warning { color: $text-warning; }
    }
    """

    class CardOpened(Message):
        """Enter or a double click on a card."""

        def __init__(self, card: Card) -> None:
            super().__init__()
            self.card = card

    class CardHighlighted(Message):
        """The cursor is on another card now, or on none."""

        def __init__(self, card: Card | None) -> None:
            super().__init__()
            self.card = card

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._columns: Sequence[StageColumn] = ()
        self._stage = 0
        self._rows: list[int] = []
        self._tops: list[int] = []

    @property
    def card(self) -> Card | None:
        """The deal under the cursor."""
        if not self._columns:
            return None
        cards = self._columns[self._stage].cards
        return cards[self._rows[self._stage]] if cards else None

    def show(self, columns: Sequence[StageColumn], *, follow: str | None = None) -> None:
        """Show other columns; the cursor stays on the card with the id `follow`, wherever it is now."""
        self._columns = columns
        old = self._rows
        self._rows = [
            min(old[index] if index < len(old) else 0, max(len(column.cards) - 1, 0))
            for index, column in enumerate(columns)
        ]
        self._tops = [0] * len(columns)
        self._stage = min(self._stage, max(len(columns) - 1, 0))
        if follow:
            self._move_to_card(follow)
        elif self.card is None:
            self._stage = next((index for index, column in enumerate(columns) if column.cards), 0)
        self._moved()

    def point_at(self, card_id: str) -> None:
        """Put the cursor on a card."""
        self._move_to_card(card_id)
        self._moved()

    def _moved(self) -> None:
        self._keep_in_view()
        self.refresh()
        self.post_message(self.CardHighlighted(self.card))

    def _move_to_card(self, card_id: str) -> None:
        for stage, column in enumerate(self._columns):
            for row, card in enumerate(column.cards):
                if card.id == card_id:
                    self._stage, self._rows[stage] = stage, row
                    return

    def _keep_in_view(self) -> None:
        if not self._columns or not self.size.height:
            return
        shown = max((self.size.height - HEADER + 1) // CARD, 1)  # the last one needs no line below it
        row, top = self._rows[self._stage], self._tops[self._stage]
        self._tops[self._stage] = min(max(top, row - shown + 1), row)

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self._keep_in_view()

    def action_stage_left(self) -> None:
        """Go a stage to the left."""
        self._go(self._stage - 1)

    def action_stage_right(self) -> None:
        """Go a stage to the right."""
        self._go(self._stage + 1)

    def _go(self, stage: int) -> None:
        self._stage = max(min(stage, len(self._columns) - 1), 0)
        self._moved()

    def action_card_down(self) -> None:
        """Go to the next deal."""
        self._step(1)

    def action_card_up(self) -> None:
        """Go to the deal before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        if not self._columns:
            return
        last = max(len(self._columns[self._stage].cards) - 1, 0)
        self._rows[self._stage] = max(min(self._rows[self._stage] + by, last), 0)
        self._moved()

    def action_open_card(self) -> None:
        """Open the deal under the cursor."""
        if self.card is not None:
            self.post_message(self.CardOpened(self.card))

    def on_click(self, event: events.Click) -> None:
        """Go to the card clicked; open it on a double click."""
        offset = event.get_content_offset(self)
        if offset is None or not self._columns:
            return
        for stage, (start, width) in enumerate(self._places()):
            if start <= offset.x < start + width and offset.y >= HEADER:
                row = (offset.y - HEADER) // CARD + self._tops[stage]
                if row < len(self._columns[stage].cards):
                    self._stage, self._rows[stage] = stage, row
                    self._moved()
                    if event.chain == DOUBLE:
                        self.action_open_card()

    @property
    def _gap(self) -> int:
        return WIDE_GAP if self.size.width >= WIDE_FROM else GAP

    def _places(self) -> list[tuple[int, int]]:
        """Return start and width of each column in cells."""
        count = max(len(self._columns), 1)
        gap = self._gap
        room = self.size.width - gap * (count - 1)
        edges = [index * room // count for index in range(count + 1)]
        return [(edges[index] + index * gap, edges[index + 1] - edges[index]) for index in range(count)]

    def render_line(self, y: int) -> Strip:
        """Draw one line across all columns."""
        segments: list[Segment] = []
        base = self.rich_style
        for stage, (_, width) in enumerate(self._places()[: len(self._columns)]):
            if stage:
                segments.append(Segment(" " * self._gap, base))
            segments += self._cell(stage, y, width, base)
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def _cell(self, stage: int, y: int, width: int, base: Style) -> list[Segment]:
        column = self._columns[stage]
        if y == 0:
            return [Segment(fit(clean(column.name), width), base + self._style("title"))]
        if y == 1:
            return [Segment(fit(_sums(column, width), width), base + self._style("sum"))]
        row, part = divmod(y - HEADER, CARD)
        row += self._tops[stage]
        if part == CARD - 1 or row >= len(column.cards):
            return [Segment(" " * width, base)]
        is_cursor = self.has_focus and stage == self._stage and row == self._rows[stage]
        return self._card_line(column.cards[row], part, width, base, is_cursor=is_cursor)

    def _card_line(self, card: Card, part: int, width: int, base: Style, *, is_cursor: bool) -> list[Segment]:
        cursor = self._style("cursor") if is_cursor else None
        if part == 0:
            return [Segment(fit(clean(card.name), width), base + (cursor or self._style("name")))]
        glyphs = "".join(flag.glyph for flag in sorted(card.flags, key=lambda flag: flag.glyph))
        amount = short_money(card.amount) if card.amount else "no amount"
        left = fit(amount, max(width - len(glyphs) - 1, 1))
        return [
            Segment(left + " ", base + (cursor or self._style("detail"))),
            Segment(fit(glyphs, max(width - len(left) - 1, 0)), base + (cursor or self._style("warning"))),
        ]

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"board--{part}", partial=True)


def _sums(column: StageColumn, width: int) -> str:
    """Return the count and the worth of a stage; where not all currencies fit, the largest and a plus sign."""
    amounts = sorted(filter(lambda amount: amount.amount_minor, column.sums), key=lambda amount: -amount.amount_minor)
    if not amounts:
        return f"{column.count:,}"
    more = " +" if len(amounts) > 1 else ""
    first, whole = short_money(amounts[0]), short_money(amounts[0], is_whole=True)
    choices = (" + ".join(short_money(amount) for amount in amounts), f"{first}{more}", f"{whole}{more}")
    lines = [f"{column.count:,} · {words}" for words in choices]
    return next((line for line in lines if cell_len(line) <= width), lines[-1])
