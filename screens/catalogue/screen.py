"""The catalogue: products by words and category, with what they cost an account in a quantity."""

from dataclasses import replace
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.binding import BindingType

from screens.base import bindings
from screens.catalogue.source import OFF, PRICE, Buying, open_catalogue
from screens.lists import LIST_VERBS, ListScreen
from screens.modals.choose import ChooseModal
from screens.modals.prompt import PromptModal
from screens.safe import safe
from screens.widgets.columns import ColumnSpec
from screens.widgets.record_table import RecordTable
from sfa.commands import Command
from sfa.services import references
from sfa.services.catalogue import categories
from sfa.services.desk import Desk
from sfa.services.prices_explained import read_wanted

VERBS = (
    Command("catalogue.account", "For whom", "account", "f", "Show the prices of an account", is_shown=True, label="For"),
    Command("catalogue.quantity", "How many", "quantity", "n", "Show the prices of a quantity", is_shown=True, label="Qty"),
    Command("catalogue.category", "Category", "category", "c", "Show one category", is_shown=True, label="Category"),
    Command("catalogue.quote", "Add to a quote", "add_to_quote", "Q", "In the quantity shown", is_shown=True, label="To quote"),
)  # fmt: skip
_HIDDEN_IN_FOOTER = ("list.sort", "list.edit")
COLUMNS = (
    ColumnSpec("code", "Code", 9, 1, 3),
    ColumnSpec("name", "Product", 20, 4, 1),
    ColumnSpec("category", "Category", 16, 2, 3),
    ColumnSpec("unit", "Unit", 6, 0, 4),
    ColumnSpec(PRICE, "Price", 15, 0, 1, "right"),
    ColumnSpec(OFF, "Off", 7, 0, 2, "right"),
    ColumnSpec("period", "Every", 7, 0, 4),
    ColumnSpec("ref", "Ref", 5, 0, 4),
)
EMPTY = "No products yet. Press a to add one, or : and import FILE --as product."
EVERYTHING = ""


class CatalogueScreen(ListScreen):
    """Products with prices; enter tells why a price is what it is."""

    TITLE = "Catalogue"
    AREA = "catalogue"
    VERBS = (
        *VERBS,
        *(replace(one, is_shown=one.is_shown and one.id not in _HIDDEN_IN_FOOTER) for one in LIST_VERBS),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(VERBS)

    def __init__(self) -> None:
        super().__init__()
        self.noun = "product"
        self.columns = COLUMNS
        self.empty = Text(EMPTY, justify="center")
        self.buying = Buying()
        self._category = EVERYTHING
        self._titled()

    def _titled(self) -> None:
        place = f" in {self._category}" if self._category else ""
        self.list_title = safe(f"Catalogue{place}: {self.buying.words}").plain

    @property
    def unsorted(self) -> tuple[str, ...]:
        """Prices are made as they are shown, so that the list cannot be sorted by them."""
        return (PRICE, OFF)

    async def refresh_data(self) -> None:
        """Read the list anew, with prices."""
        wanted = (self.where(), self._sort, self.buying)
        names = tuple(column.id for column in self.columns)
        opened = await self.ask(lambda desk: open_catalogue(desk, wanted[0], wanted[1], names, wanted[2]))
        if opened is None or wanted != (self.where(), self._sort, self.buying):
            return
        table = self.table
        table.set_source(*opened)
        table.set_sorting(self._sort.lstrip("-"), is_descending=self._sort.startswith("-"))
        self._tell_filter(table)

    async def _show_anew(self) -> None:
        self._titled()
        await self.refresh_data()

    @work(group="dialog")
    async def action_account(self) -> None:
        """Ask whose prices are wanted; nobody's, and the list prices stand there."""
        title, hint = "Prices for which account?", "Its name or reference; empty: nobody's in particular."
        asking = PromptModal(title, _buyer, value=self.buying.account, hint=hint, is_required=False, enter="shows it")
        found = await self.app.push_screen_wait(asking)
        if found is not None:
            self.buying = replace(self.buying, account_id=found[0], account=found[1])
            await self._show_anew()

    @work(group="dialog")
    async def action_quantity(self) -> None:
        """Ask how many are wanted."""
        asking = PromptModal("How many?", read_wanted, value=self.buying.quantity, hint="12, or 2.5", enter="shows it")
        found = await self.app.push_screen_wait(asking)
        if found is not None:
            self.buying = replace(self.buying, quantity=found)
            await self._show_anew()

    @work(group="dialog")
    async def action_category(self) -> None:
        """Ask which category is wanted, with all beneath it."""
        known = await self.ask(categories)
        if known is None:
            return
        choices = [(EVERYTHING, "All categories"), *((one.path, one.words) for one in known)]
        chosen = await self.app.push_screen_wait(ChooseModal("Category", choices, selected=self._category))
        if chosen is not None:
            self._category = chosen
            name = chosen.replace('"', "")
            self.base_where = f'category="{name}" or category~"{name}/"' if chosen else ""
            await self._show_anew()

    @work(group="dialog")
    async def action_add_to_quote(self) -> None:
        """Put the product under the cursor on a quote."""
        from screens.quotes.making import add_product  # noqa: PLC0415 - opened by key

        key, buying = self.table.cursor_key, self.buying
        if key is not None:
            await add_product(self, key, buying.quantity, buying.account_id)

    @on(RecordTable.RowOpened)
    def open_row(self, event: RecordTable.RowOpened) -> None:
        """Tell why the product costs what it does."""
        from screens.catalogue.price import PriceScreen  # noqa: PLC0415 - opened by key

        event.prevent_default()
        self.app.push_screen(PriceScreen(event.key, self.buying))


def _buyer(desk: Desk, text: str) -> tuple[str | None, str]:
    if not text:
        return None, ""
    found = references.resolve(desk, "account", text)
    return found.id, found.label
