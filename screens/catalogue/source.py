"""The rows of the catalogue: products with what they cost an account, a page of prices at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from screens.sources import cell
from screens.widgets.paging import PAGE_SIZE, Anchor, KeysetSource, Row
from sfa.domain.figures import DEC6
from sfa.services.desk import Desk
from sfa.services.listing import Record, RecordPages
from sfa.services.prices_explained import Asked, price_text, wish_of
from sfa.services.pricing import LineWish, PricedLine, price_each

PRICE, OFF = "price", "off"
"""The columns that are no fields: the unit price, and what is off the list price."""


@dataclass(frozen=True, slots=True)
class Buying:
    """For whom, how many, when: what the prices of the catalogue are for."""

    account_id: str | None = None
    account: str = ""
    quantity: str = "1"
    on: date | None = None

    def asked(self, product_id: str) -> Asked:
        """Return the question about one product."""
        return Asked(product_id, self.account_id, self.quantity, self.on.isoformat() if self.on else None)

    @property
    def words(self) -> str:
        """Return it in words, for a title."""
        units = f"{self.quantity} unit{'' if self.quantity == '1' else 's'}"
        return f"{units} for {self.account}" if self.account else units


class CatalogueReader:
    """Reads pages of products and prices them; may be called from any thread."""

    def __init__(self, desk: Desk, pages: RecordPages, names: Sequence[str], buying: Buying) -> None:
        self._desk = desk
        self._pages = pages
        self._names = names
        self._columns = {column.name: column for column in pages.columns}
        self._zone = desk.store.clock.zone()
        self._wish = wish_of(desk, buying.asked(""))

    def read_from(self, anchor: Anchor | None, count: int) -> Sequence[Row]:
        """Read `count` rows from the anchor on."""
        records = self._pages.read_from(anchor, count)
        lines = price_each(self._desk, [self._of(record.id) for record in records])
        return [self._row(record, line) for record, line in zip(records, lines, strict=True)]

    def _of(self, product_id: str) -> LineWish:
        wish = self._wish
        return LineWish(product_id, wish.quantity_dec6, wish.account_id, wish.on, wish.currency)

    def read_anchors(self, step: int) -> tuple[int, Sequence[Anchor]]:
        """Return the count and the anchors."""
        return self._pages.read_anchors(step)

    def interrupt(self) -> None:
        """Stop a count that is under way."""
        self._pages.interrupt()

    def _row(self, record: Record, line: PricedLine | None) -> Row:
        told = {PRICE: unit_price(line), OFF: off_list(line)}
        cells = tuple(
            told[name] if name in told else cell(self._columns[name], record.get(name), self._zone)
            for name in self._names
        )
        return Row(record.id, cells, tuple(self._tone(name, line) for name in self._names))

    @staticmethod
    def _tone(name: str, line: PricedLine | None) -> str:
        if name == OFF and line is not None and line.is_below_floor:
            return "warning"
        return "muted" if name == "ref" or (name == PRICE and line is None) else ""


def unit_price(line: PricedLine | None) -> str:
    """Return a unit price with its currency, `no price` where there is none."""
    if line is None:
        return "no price"
    per = "" if line.base_dec6 == DEC6 else f"/{line.base_dec6 // DEC6}"
    about = "~" if line.is_blended else ""
    return f"{about}{price_text(line.net_dec6, line.currency)} {line.currency}{per}"


def off_list(line: PricedLine | None) -> str:
    """Return what is off the list price, `!` in front where it goes below the floor."""
    if line is None or not line.discount_ppm:
        return ""
    percent = f"{(line.discount_ppm + 500) // 1000 / 10:g}%"
    return f"! {percent}" if line.is_below_floor else percent


def open_catalogue(
    desk: Desk, where: str, sort: str, columns: Sequence[str], buying: Buying
) -> tuple[KeysetSource, Sequence[Row]]:
    """Return a source of products with their prices, and its first page.

    Raises:
        UsageError: the filter or the quantity cannot be read.
    """
    fields = [name for name in columns if name not in (PRICE, OFF)]
    reader = CatalogueReader(desk, RecordPages(desk, "product", where, sort, fields), columns, buying)
    return KeysetSource(reader, is_quick=False), reader.read_from(None, PAGE_SIZE)
