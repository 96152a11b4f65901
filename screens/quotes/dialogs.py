"""The dialogs of quotes: adding lines by typing, and a text to be read."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from screens.catalogue.source import unit_price
from screens.modals.base import DeskModal, move_highlight
from screens.quotes.typed import Typed, read_typed
from screens.safe import safe, safe_lines
from screens.widgets.columns import fit
from sfa.domain.figures import AmountError, dec6
from sfa.services import quote_lines, search
from sfa.services.desk import Desk, Saved
from sfa.services.pricing import LineWish, price_each
from sfa.services.quote_line_text import LineText
from sfa.services.quote_prices import day_of
from sfa.services.quote_sheet import Meant, load

HITS_SHOWN = 8
NAME_CELLS = 40


@dataclass(frozen=True, slots=True)
class Found:
    """A product that fits what was typed, and what one of them costs in the quantity typed."""

    id: str
    name: str
    code: str
    price: str


class AddLinesDialog(DeskModal[Saved]):
    """Adds lines one after the other: `12 pressure`, enter, the next one; the answer is what was added last.

    Args:
        meant: the quote.
        at: the place of the first line that is added; None for the end.
    """

    def __init__(self, meant: Meant, at: int | None = None) -> None:
        super().__init__()
        self._meant = meant
        self._at = at
        self._found: list[Found] = []
        self._text = ""
        self._last: Saved | None = None

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        with Vertical(classes="dialog -wide") as dialog:
            dialog.border_title = "Add products"
            dialog.border_subtitle = "↑↓ choose · enter adds · esc leaves"
            yield Input(placeholder="12 pressure, or PS-1, or 3 valve 5%")
            yield OptionList()
            yield Static("", id="problem", classes="problem")
            yield Static("", id="added", classes="hint")

    def on_mount(self) -> None:
        """Wait for words."""
        self._show([])

    @on(Input.Changed)
    def note_words(self, event: Input.Changed) -> None:
        """Look for what stands in the field now."""
        self._text = event.value
        self._look(self._text)

    @work(exit_on_error=False, group="search")
    async def _look(self, text: str) -> None:
        found = await self.ask(lambda desk: self._read(desk, text)) if text.strip() else []
        if text == self._text and found is not None and self.is_attached:
            self._show(found)
            self.show_problem(f"No product is called {read_typed(text).words}." if text.strip() and not found else "")

    def _read(self, desk: Desk, text: str) -> list[Found]:
        return find_products(desk, self._meant, read_typed(text)) if text == self._text else []

    def _show(self, found: list[Found]) -> None:
        self._found = found
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(Option(safe(_option(one)), id=one.id) for one in found)
        options.display = bool(found)
        options.highlighted = 0 if found else None

    def on_key(self, event: events.Key) -> None:
        """Let the arrows move in the list while the field has the focus."""
        move_highlight(event, self.query_one(OptionList))

    @on(Input.Submitted)
    async def add_highlighted(self, event: Input.Submitted) -> None:
        """Add the highlighted product; what was typed faster than it was looked for is looked for now."""
        text = event.value
        if not text.strip():
            return
        options = self.query_one(OptionList)
        chosen = options.highlighted
        found = await self.ask(lambda desk: find_products(desk, self._meant, read_typed(text)))
        if not found:
            self.show_problem(f"No product is called {read_typed(text).words}.")
            return
        same = self._found == found and chosen is not None
        await self._add(found[chosen if same and chosen is not None else 0], read_typed(text))

    @on(OptionList.OptionSelected)
    async def add_clicked(self, event: OptionList.OptionSelected) -> None:
        """Add the product clicked."""
        await self._add(self._found[event.option_index], read_typed(self._text))

    async def _add(self, product: Found, typed: Typed) -> None:
        text = LineText(product=product.id, quantity=typed.quantity, discount=typed.discount)
        meant, at = self._meant, self._at
        saved = await self.ask(lambda desk: quote_lines.add(desk, meant, text, at=at))
        if saved is None:
            return
        self._last = saved
        self._at = None if at is None else at + 1
        self.query_one(Input).value = ""
        self.query_one("#added", Static).update(safe(saved.summary))
        await self.desk_app.refresh_screens()

    def action_leave(self) -> None:
        """Answer with what was added last."""
        self.dismiss(self._last)


def _option(one: Found) -> str:
    name = f"{one.code}  {one.name}" if one.code and not one.name.startswith(one.code) else one.name
    return f"{fit(safe(name).plain, NAME_CELLS)}  {one.price}"


def find_products(desk: Desk, meant: Meant, typed: Typed) -> list[Found]:
    """Return products that fit, the best first, with the price that the customer of a quote pays for so many.

    Raises:
        NotFoundError: there is no such quote.
    """
    hits = search.search(desk, typed.words, nouns=("product",), limit=HITS_SHOWN)
    sheet = load(desk, meant)
    quote = sheet.quote
    try:
        quantity = dec6(typed.quantity) or dec6("1")
    except AmountError:
        quantity = dec6("1")
    account, on, currency = quote["account_id"], day_of(sheet), quote["currency"]
    wishes = [
        LineWish(hit.id, quantity, account, on, currency, quote["price_book_id"], rate_e9=quote["fx_rate_e9"])
        for hit in hits
    ]
    prices = price_each(desk, wishes)
    return [Found(hit.id, hit.title, hit.detail, unit_price(line)) for hit, line in zip(hits, prices, strict=True)]


class ReadDialog(DeskModal[None]):
    """Lines of text to be read; they scroll where they are many."""

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__()
        self._title = title
        self._lines = lines

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        with Vertical(classes="dialog -wide") as dialog:
            dialog.border_title = safe(self._title)
            dialog.border_subtitle = "esc closes"
            with VerticalScroll(can_focus=True):
                yield Static(safe_lines("\n".join(self._lines)))
            yield Static("", id="problem", classes="problem")

    def on_mount(self) -> None:
        """Show the text alone."""
        self.show_problem("")
