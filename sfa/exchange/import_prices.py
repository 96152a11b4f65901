"""Prices of a file as rows of the store: found again by book, product, unit, channel and first day."""

from dataclasses import dataclass
from typing import Any

from db.queries import prices as queries
from sfa.domain.figures import from_dec6
from sfa.errors import UsageError
from sfa.exchange.import_entries import Context, Entry, RowProblem
from sfa.exchange.import_names import Names
from sfa.exchange.import_rows import RowBuilder
from sfa.services.price_entries import standard_book
from sfa.services.prices_loading import unit_key
from sfa.services.prices_reading import overlap, span_words

Key = tuple[str, str, str, str, int]


@dataclass(slots=True)
class _Price:
    """A price of the book, or of an earlier row of the file; then `entry` may still be changed."""

    id: str
    valid_from: str | None
    valid_to: str | None
    price_dec6: int
    entry: Entry | None = None

    @property
    def span(self) -> dict[str, Any]:
        return {"valid_from": self.valid_from, "valid_to": self.valid_to}


class PriceRows(RowBuilder):
    """Prices: a later one ends the one before, in whatever order they stand in the file."""

    def __init__(self, context: Context, names: Names) -> None:
        super().__init__(context, names)
        self._books = {row["id"]: row for row in queries.book_rows(context.desk.store)}
        self._prices: dict[Key, list[_Price]] = {}
        self._lines: dict[str, int] = {}
        self._standards: dict[str, str] = {}
        for row in queries.all_entries(context.desk.store):
            key = (row[1], row[2], unit_key(row[3], ""), row[4] or "", row[5])
            self._prices.setdefault(key, []).append(_Price(row[0], row[6], row[7], row[8]))

    def complete(self, entry: Entry) -> None:
        """Find the book, and the price that the row is; make room for a new one."""
        if not entry.columns.get("product_id"):
            raise RowProblem("the product is missing")
        price = entry.values.get("price")
        if price is None or price < 0:
            raise RowProblem("the price is missing" if price is None else f"the price {from_dec6(price)} is negative")
        entry.tell(price_dec6=price)
        if entry.values.get("per") is not None:
            if entry.values["per"] <= 0:
                raise RowProblem("a price is per 1 or more")
            entry.tell(base_dec6=entry.values["per"])
        self._find_book(entry)
        start, end = entry.columns.get("valid_from"), entry.columns.get("valid_to")
        if start and end and end <= start:
            raise RowProblem(f"it ends on {end}, before it begins on {start}")
        self._place(entry)

    def _find_book(self, entry: Entry) -> None:
        """Take the standard book where the row names none, that of its currency."""
        currency = entry.text("currency")
        book_id = entry.columns.get("book_id") or self._standard(currency)
        book = self._books.get(book_id)
        if book is None:
            raise RowProblem("its price book is in the trash")
        if currency and currency != book["currency"]:
            raise RowProblem(f"{book['name']} is in {book['currency']}, the row in {currency}")
        entry.tell(book_id=book_id)

    def _standard(self, currency: str) -> str:
        if currency not in self._standards:
            own = [row for row in self._books.values() if row["is_standard"] and row["currency"] == currency]
            try:
                found = own[0]["id"] if own else standard_book(self.context.desk)
            except UsageError as error:
                raise RowProblem("it names no price book, and there is no standard one") from error
            self._standards[currency] = found
        return self._standards[currency]

    def _place(self, entry: Entry) -> None:
        columns = entry.columns
        unit, channel = unit_key(columns.get("unit"), ""), columns.get("channel") or ""
        key = (columns["book_id"], columns["product_id"], unit, channel, columns.get("priority") or 0)
        held = self._prices.setdefault(key, [])
        start = columns.get("valid_from")
        same = next((price for price in held if price.valid_from == start), None)
        if same:
            self._become(entry, same)
        elif not entry.is_new:
            raise RowProblem("the price that it was now begins on another day in the book")
        line = entry.record.row.line
        if self._lines.setdefault(entry.id, line) != line:
            raise RowProblem(f"the same price stands in line {self._lines[entry.id]:,} already")
        own = _Price(entry.id, start, columns.get("valid_to"), columns["price_dec6"], entry)
        self._settle(own, [price for price in held if price is not same], same)
        columns["valid_to"] = own.valid_to
        if same:
            same.valid_to, same.price_dec6 = own.valid_to, own.price_dec6
        else:
            held.append(own)

    @staticmethod
    def _become(entry: Entry, same: _Price) -> None:
        entry.id, entry.is_new = same.id, False

    def _settle(self, own: _Price, others: list[_Price], same: _Price | None) -> None:
        """End the price before; end this one where the next begins; refuse what overlaps for another reason."""
        if own.valid_to is None:
            later = [
                price.valid_from for price in others if price.valid_from and price.valid_from > (own.valid_from or "")
            ]
            own.valid_to = same.valid_to if same else min(later, default=None)
        for price in others:
            if not overlap(price.span, own.span):
                continue
            if own.valid_from and (price.valid_from or "") < own.valid_from and price.valid_to is None:
                self._end(price, own.valid_from)
            else:
                shown = span_words(price.valid_from, price.valid_to)
                raise RowProblem(f"it overlaps the price {from_dec6(price.price_dec6)}, which holds {shown}")

    def _end(self, price: _Price, day: str) -> None:
        price.valid_to = day
        if price.entry is not None and price.entry.is_new:
            price.entry.columns["valid_to"] = day
        self.context.work.update("price_entry", price.id, {"valid_to": day})
