"""Totals of money documents, judged where they are written: rows read from the book, held to the engine."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from sfa.domain.sharing.documents import SUMS_OF_ORDER
from sfa.domain.sharing.sums import (
    Offered,
    fault_of_invoice,
    fault_of_offer,
    fault_of_order,
    fault_of_ordering,
    is_untold,
    sums_as_told,
)
from sfa.server.book import Book
from sfa.server.catalog import shared_tables

MOST_LINES: Final = 2_000
PARTS: Final = {"sales_order_line": ("sales_order", "order_id"), "invoice_line": ("invoice", "invoice_id")}
"""Tables of lines with sums above them: of which document, and the column that names it."""
_LINES: Final = {above: (table, column) for table, (above, column) in PARTS.items()}
_WORTH: Final = frozenset(
    {
        "",
        "version_id",
        "currency",
        "prepaid_minor",
        "net_minor",
        "shares",
        "share_minor",
        "quantity_dec6",
        "cancelled_dec6",
    }
)
"""Columns of an order and its lines that say how much of its quote they are."""
Key = tuple[str, str]
"""A table and an id."""
Row = dict[str, Any]


def fault_of_sending(book: Book, table: str, row: Mapping[str, Any], changed: Mapping[str, Any]) -> str | None:
    """Return why a version of a quote is not sent as it stands, or None: only then is all of it there.

    Args:
        book: the company's rows.
        table: of the row; another one than that of versions has no fault.
        row: the whole of it, as it would be.
        changed: the columns that are set.
    """
    if table == "quote" and "currency" in changed:
        sql = "SELECT 1 FROM quote_version WHERE org = ? AND quote_id = ? AND sent_at IS NOT NULL LIMIT 1"
        return "A sent quote keeps its currency." if book.database.rows(sql, (book.org, row["id"])) else None
    if table != "quote_version" or not changed.get("sent_at"):
        return None
    offer = _offer(book, dict(row))
    if len(offer.lines) > MOST_LINES:
        return f"This quote has over {MOST_LINES:,} lines: that is the most."
    return fault_of_offer(offer)


def is_beyond_offer(book: Book, table: str, row: Mapping[str, Any]) -> bool:
    """Tell whether a new line of an order takes more than its quote offers: two orders of it may be made apart."""
    offered = book.find("quote_line", str(row.get("quote_line_id"))) if table == "sales_order_line" else None
    if offered is None:
        return False
    sql = "SELECT COALESCE(SUM(quantity_dec6 - cancelled_dec6), 0) FROM sales_order_line WHERE org = ? AND quote_line_id = ?"
    ordered = int(book.database.rows(sql, (book.org, offered["id"]))[0][0])
    return bool(ordered + row["quantity_dec6"] > abs(offered["quantity_dec6"]))


def fault_of_documents(book: Book, touched: Mapping[Key, Collection[str]]) -> str | None:
    """Return why an order or an invoice that was written, or whose lines were, says other sums than its lines, or None.

    A line of an invoice that comes alone is one of too many to come together: the invoice is not whole yet.

    Args:
        book: the company's rows.
        touched: by table and id the columns of the rows that were written together; an empty name for all of a new one.
    """
    if [table for table, _ in touched] == ["invoice_line"]:
        return None
    written: dict[Key, set[str]] = {}
    for (table, pk), columns in touched.items():
        if above := document_of(table, book.find(table, pk)):
            written.setdefault(above, set()).update(columns)
    return next((sentence for key in sorted(written) if (sentence := _fault_of(book, key, written[key]))), None)


def follow(book: Book, touched: Collection[Key]) -> list[Key]:
    """Let an order follow its line that was written alone, one of too many to come together; return what was written."""
    keys = list(touched)
    if len(keys) != 1 or keys[0][0] != "sales_order_line":
        return []
    key = document_of(keys[0][0], book.find(*keys[0]))
    order = key and book.find(*key)
    if key is None or order is None or is_untold(order):
        return []
    lines = _rows(book, "sales_order_line", "order_id", key[1])
    found = None if fault_of_order(order, lines) is None else sums_as_told(order, lines)
    if found is None:
        return []
    book.update(*key, {name: found[name] for name in SUMS_OF_ORDER})
    return [key]


def document_of(table: str, row: Mapping[str, Any] | None) -> Key | None:
    """Return the order or invoice that a row is, or is a line of."""
    if row is None or table not in {*PARTS, *_LINES}:
        return None
    if table in _LINES:
        return table, str(row["id"])
    above, column = PARTS[table]
    return above, str(row[column])


def _fault_of(book: Book, key: Key, written: Collection[str]) -> str | None:
    document = book.find(*key)
    if document is None or (key[0] == "sales_order" and is_untold(document)):
        return None
    table, column = _LINES[key[0]]
    lines = _rows(book, table, column, key[1])
    if key[0] == "invoice":
        return fault_of_invoice(document, lines)
    sentence = fault_of_order(document, lines)
    if sentence or not document["version_id"] or _WORTH.isdisjoint(written):
        return sentence
    return _fault_of_ordering(book, document)


def _fault_of_ordering(book: Book, order: Row) -> str | None:
    """Hold all orders of a quote to what it offers, and to what it says was paid before."""
    version = book.find("quote_version", order["version_id"]) or {}
    offer = _offer(book, version)
    if order["currency"] != offer.currency:
        return "This order is in another currency than its quote."
    columns = shared_tables()["sales_order_line"].columns
    sql = (
        f"SELECT {', '.join(f'l.{column}' for column in columns)} FROM sales_order_line l JOIN sales_order o"
        " ON o.org = l.org AND o.id = l.order_id WHERE l.org = ? AND o.version_id = ?"
    )
    found = book.database.rows(sql, (book.org, version["id"]))
    sql = "SELECT COALESCE(SUM(prepaid_minor), 0) FROM sales_order WHERE org = ? AND version_id = ? AND state <> 'cancelled'"
    if int(book.database.rows(sql, (book.org, version["id"]))[0][0]) > (version["prepaid_minor"] or 0):
        return "More is prepaid in the orders of this quote than it says."
    return fault_of_ordering(offer, [dict(zip(columns, row, strict=True)) for row in found])


def _offer(book: Book, version: Row) -> Offered:
    """Return a version with its lines in their order, one more than there may be."""
    quote = book.find("quote", str(version.get("quote_id"))) or {}
    lines = _rows(book, "quote_line", "version_id", str(version["id"]), f" ORDER BY ordinal LIMIT {MOST_LINES + 1}")
    allowances = _rows(book, "quote_allowance", "version_id", str(version["id"]), " ORDER BY id")
    whole = {**dict.fromkeys(shared_tables()["quote_version"].columns), **version}
    return Offered(str(quote.get("currency")), whole, lines, allowances)


def _rows(book: Book, table: str, column: str, pk: str, more: str = "") -> list[Row]:
    """Return the rows of a document."""
    columns = shared_tables()[table].columns
    sql = f"SELECT {', '.join(columns)} FROM {table} WHERE org = ? AND {column} = ?{more}"
    return [dict(zip(columns, row, strict=True)) for row in book.database.rows(sql, (book.org, pk))]
