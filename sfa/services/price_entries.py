"""Prices in the books: what a product costs from a day on; a new price ends the older one."""

from collections.abc import Mapping
from typing import Any, Final

from db.queries import prices as queries
from sfa.domain.figures import from_dec6
from sfa.errors import ConflictError, UsageError
from sfa.services.desk import Desk, Saved
from sfa.services.drafts import Draft
from sfa.services.prices_loading import unit_key
from sfa.services.prices_reading import base_quantity, check_days, overlap, read_price, span_words
from sfa.services.records import RecordVerbs, ref_of, saved

Row = dict[str, Any]


def _complete(draft: Draft) -> None:
    """Take the standard book where none is named, read the price, and make room for it among the others."""
    if draft.is_new:
        draft.fill("book_id", standard_book(draft.desk))
    if not draft.value("product_id"):
        raise UsageError("A price needs a product.", hint="sfa price set PRODUCT 12.50 --book BOOK")
    book = queries.book(draft.desk.store, draft.value("book_id"))
    if "price" in draft.parts:
        text = draft.parts.pop("price")
        value, named = read_price("Price", str(text or ""), book["currency"])
        if named != book["currency"]:
            raise UsageError(
                f"{book['name']} is in {book['currency']}, this price in {named}.",
                hint=f"Set it in a book of that currency: sfa price_book list --where currency={named}",
            )
        draft.row["price_dec6"] = value
    if draft.value("price_dec6") is None:
        raise UsageError("A price needs an amount.", hint="sfa price set PRODUCT 12.50 --book BOOK")
    base_quantity(draft)
    check_days(draft.value("valid_from"), draft.value("valid_to"))
    others = _neighbours(draft)
    if draft.is_new:
        _make_room(draft, others)
    _refuse_overlap(draft, others, book["name"])


def standard_book(desk: Desk) -> str:
    """Return the id of the standard book in the company's currency, else of any standard one.

    Raises:
        UsageError: there is no price book yet.
    """
    found = queries.standard_book(desk.store, desk.currency, desk.today.isoformat())
    if found is None:
        raise UsageError(
            "There is no standard price book yet.",
            hint=f'Make one: sfa price_book add "List {desk.today.year}" --is-standard yes',
        )
    return found


def _neighbours(draft: Draft) -> list[Row]:
    """Return the other prices of the product in the book, for the same unit and channel, by their beginnings."""
    rows = queries.entry_rows(draft.desk.store, draft.value("book_id"), draft.value("product_id"))
    own = unit_key(draft.value("unit"), "")
    wanted = (own, draft.value("channel"), draft.value("priority") or 0)
    found = [row for row in rows if row["id"] != draft.id]
    return [row for row in found if (unit_key(row["unit"], ""), row["channel"], row["priority"]) == wanted]


def _make_room(draft: Draft, others: list[Row]) -> None:
    """End the older price; a price that is announced for later stays, and this one holds until then."""
    if draft.row.get("valid_from") is None and others:
        draft.row["valid_from"] = draft.desk.today.isoformat()
    start, end = draft.row.get("valid_from"), draft.row.get("valid_to")
    if start and end is None:
        end = min(
            (row["valid_from"] for row in others if row["valid_from"] and row["valid_from"] > start), default=None
        )
        same = next((row for row in others if row["valid_from"] == start), None)
        draft.row["valid_to"] = end = same["valid_to"] if same else end
    for row in list(others):
        if not overlap(row, {"valid_from": start, "valid_to": end}):
            continue
        if row["valid_from"] == start and row["valid_to"] == end:
            draft.work.remove("price_entry", row["id"])
            others.remove(row)
        elif start and (row["valid_from"] is None or row["valid_from"] < start):
            _cut(draft, row, start, end)


def _cut(draft: Draft, row: Row, start: str, end: str | None) -> None:
    """End a price where the new one begins; after a price for a while it goes on."""
    if end and (row["valid_to"] is None or row["valid_to"] > end):
        kept = {
            name: value
            for name, value in row.items()
            if name not in ("id", "ref", "created_at", "updated_at", "deleted_at")
        }
        draft.work.insert("price_entry", {**kept, "valid_from": end})
    draft.work.update("price_entry", row["id"], {"valid_to": start})
    row["valid_to"] = start


def _refuse_overlap(draft: Draft, others: list[Row], book: str) -> None:
    own = {"valid_from": draft.value("valid_from"), "valid_to": draft.value("valid_to")}
    for row in others:
        if overlap(row, own):
            raise ConflictError(
                f"{book} has {from_dec6(row['price_dec6'])} for this product"
                f" {span_words(row['valid_from'], row['valid_to'])} already ({row['ref']}).",
                hint=f"End the new one before that, or remove the other: sfa price remove {row['ref']}",
            )


def set_price(desk: Desk, values: Mapping[str, object], *, is_dry_run: bool = False) -> Saved:
    """Let a product cost so much from a day on; `values` by field name of a price entry.

    Without a beginning, the first price of a product holds always, a later one from today.

    Raises:
        UsageError: no price, another currency than the book's, or a validity that ends before it begins.
        NotFoundError: no such product or book.
        ConflictError: a price that begins later is in the way.
    """
    with desk.store.write("price.set", is_dry_run=is_dry_run) as work:
        draft = VERBS.add_within(desk, work, values)
        book, product = (
            queries.book(desk.store, draft.row["book_id"]),
            queries.name_of(desk.store, draft.row["product_id"]),
        )
        ref = ref_of(desk, VERBS.spec, draft.id)
        per = "" if draft.row.get("base_dec6") in (None, 1_000_000) else f" per {from_dec6(draft.row['base_dec6'])}"
        price = f"{from_dec6(draft.row['price_dec6'])} {book['currency']}{per}"
        span = span_words(draft.row.get("valid_from"), draft.row.get("valid_to"))
        work.summary = f"Set {product} in {book['name']} to {price}, {span} ({ref})"
    return saved(work, is_dry_run=is_dry_run, record_id=draft.id, ref=ref)


VERBS: Final = RecordVerbs("price_entry", complete=_complete)
add, edit, remove, restore = VERBS.add, VERBS.edit, VERBS.remove, VERBS.restore
