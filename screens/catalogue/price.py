"""One product: its price step by step, what a little more would bring, and all that may touch it."""

from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from screens.base import DeskScreen, bindings
from screens.catalogue.source import Buying
from screens.modals.prompt import PromptModal
from screens.safe import safe, safe_lines
from screens.widgets.columns import ColumnSpec
from screens.widgets.paging import Row
from screens.widgets.record_table import RecordTable
from screens.widgets.short_list import show_rows
from sfa.commands import Command
from sfa.errors import SfaError
from sfa.services.desk import Desk
from sfa.services.listing import record
from sfa.services.prices_explained import Explained, explain, price_text, read_wanted, sentences
from sfa.services.prices_touching import Touch, touching

VERBS = (
    Command("price.back", "Back", "back", "escape", "To the catalogue", is_shown=True, label="Back"),
    Command("price.quantity", "How many", "quantity", "n", "The price of another quantity", is_shown=True, label="Qty"),
    Command("price.product", "The product", "product", "p", "The product's own record", is_shown=True, label="Product"),
    Command("price.other", "Steps or prices", "other_half", "tab", "Go to the other list"),
)  # fmt: skip
STEPS = (
    ColumnSpec("step", "Step", 14, 0, 1),
    ColumnSpec("price", "Price", 14, 0, 1, "right"),
    ColumnSpec("source", "From", 14, 1, 2),
    ColumnSpec("why", "Why", 24, 4, 1),
)
TOUCHES = (
    ColumnSpec("kind", "Kind", 9, 0, 1),
    ColumnSpec("whom", "For", 16, 1, 1),
    ColumnSpec("what", "What", 24, 3, 1),
    ColumnSpec("span", "When", 22, 1, 2),
    ColumnSpec("ref", "Ref", 5, 0, 3),
)
NO_STEPS = Text("No price. Press : and price set PRODUCT 12.50 to give it one.", justify="center")
NO_TOUCHES = Text("No price book, agreement, schedule or promotion touches it.", justify="center")
Shown = tuple[str, Explained | None, list[str], list[Touch]]


class PriceScreen(DeskScreen):
    """The waterfall of a price over all that touches it."""

    TITLE = "a price"
    AREA = "catalogue"
    VERBS: ClassVar[tuple[Command, ...]] = VERBS
    BINDINGS: ClassVar[list[BindingType]] = bindings(VERBS)
    DEFAULT_CSS = """
    PriceScreen {
        & #steps { height: 2fr; }
        & #words { height: auto; max-height: 7; padding: 0 2; color: $foreground; }
        & #touches { height: 3fr; }
        &.-narrow #words { max-height: 6; }
    }
    """

    def __init__(self, product_id: str, buying: Buying) -> None:
        super().__init__()
        self.product_id = product_id
        self.buying = buying

    def compose_body(self) -> ComposeResult:
        """Lay out the steps, what follows from them, and what touches the price."""
        yield RecordTable(STEPS, empty_text=NO_STEPS, id="steps")
        yield Static("", id="words")
        touches = RecordTable(TOUCHES, empty_text=NO_TOUCHES, id="touches")
        touches.border_title = "Touches this price"
        yield touches

    def looked_at(self) -> tuple[str, str]:
        """Return the product."""
        return "product", self.product_id

    async def refresh_data(self) -> None:
        """Price it anew."""
        buying = self.buying
        shown = await self.ask(lambda desk: _shown(desk, self.product_id, buying))
        if shown is None:
            return
        name, found, told, touches = shown
        steps = self.query_one("#steps", RecordTable)
        steps.border_title = safe(f"{name}: {buying.words}")
        show_rows(steps, _steps(found))
        self.query_one("#words", Static).update(safe_lines("\n".join(told)))
        rows = [
            Row(f"{one.noun}:{one.id}", (one.kind, one.whom, one.what, one.span, one.ref), ("", "", "", "", "muted"))
            for one in touches
        ]
        show_rows(self.query_one("#touches", RecordTable), rows)

    @on(RecordTable.RowOpened, "#touches")
    def open_touch(self, event: RecordTable.RowOpened) -> None:
        """Show the agreement, schedule, promotion or price itself."""
        noun, _, record_id = event.key.partition(":")
        self.desk_app.open_hit((noun, record_id))

    def action_back(self) -> None:
        """Return to the catalogue."""
        if self.is_current:
            self.app.pop_screen()

    def action_product(self) -> None:
        """Show the record of the product."""
        self.desk_app.open_hit(("product", self.product_id))

    def action_other_half(self) -> None:
        """Go to the other list."""
        steps, touches = self.query_one("#steps", RecordTable), self.query_one("#touches", RecordTable)
        (touches if steps.has_focus else steps).focus()

    @work(group="dialog")
    async def action_quantity(self) -> None:
        """Ask how many are wanted, and price that."""
        from dataclasses import replace  # noqa: PLC0415 - opened by key

        asking = PromptModal("How many?", read_wanted, value=self.buying.quantity, hint="12, or 2.5", enter="shows it")
        found = await self.app.push_screen_wait(asking)
        if found is not None:
            self.buying = replace(self.buying, quantity=found)
            await self.refresh_data()


def _shown(desk: Desk, product_id: str, buying: Buying) -> Shown:
    """Return the product's name, its price or why it has none, in words too, and what touches it."""
    name, touches = str(record(desk, "product", product_id)["name"]), touching(desk, product_id)
    try:
        found = explain(desk, buying.asked(product_id))
    except SfaError as error:
        return name, None, [error.message], touches
    return name, found, sentences(desk, found), touches


def _steps(found: Explained | None) -> list[Row]:
    if found is None:
        return []
    rows = []
    for step, source in zip(found.line.steps, found.sources, strict=True):
        price = f"{'~' if step.is_blended else ''}{price_text(step.after_dec6, found.line.currency)}"
        why = f"! below the floor; {step.why}" if step.is_below_floor else step.why
        tone = "warning" if step.is_below_floor else ""
        rows.append(Row(str(step.seq), (step.stage.value, price, source, why), ("", tone, "", "muted")))
    return rows
