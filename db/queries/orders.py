"""What is read of orders: their lines, deliveries, invoices, payments, disputes; and what a quote has of orders."""

from collections.abc import Sequence

from db.queries.records import Row, rows
from db.store import Store

_LINE = (
    "SELECT l.*, p.name AS product_name, p.code AS product_code FROM sales_order_line l"
    " LEFT JOIN product p ON p.id = l.product_id WHERE l.order_id = ? ORDER BY l.ordinal, l.id"
)
_INVOICED = (
    "SELECT l.*, p.name AS product_name, p.code AS product_code FROM invoice_line l"
    " LEFT JOIN product p ON p.id = l.product_id WHERE l.invoice_id = ? ORDER BY l.ordinal, l.id"
)


def lines(store: Store, order_id: str) -> list[Row]:
    """Return the lines of an order in their order, each with its product's name and code."""
    return rows(store, _LINE, (order_id,))


def shipments(store: Store, order_id: str) -> list[Row]:
    """Return deliveries and returns of an order, the first one first."""
    sql = "SELECT * FROM shipment WHERE order_id = ? AND deleted_at IS NULL ORDER BY shipped_on, id"
    return rows(store, sql, (order_id,))


def invoices(store: Store, order_id: str) -> list[Row]:
    """Return invoices and credit notes of an order, the first one first."""
    sql = "SELECT * FROM invoice WHERE order_id = ? AND deleted_at IS NULL ORDER BY issued_on, number"
    return rows(store, sql, (order_id,))


def invoice_lines(store: Store, invoice_id: str) -> list[Row]:
    """Return the lines of an invoice in their order, each with its product's name and code."""
    return rows(store, _INVOICED, (invoice_id,))


def invoiced_of_order(store: Store, order_id: str) -> list[Row]:
    """Return the lines of all invoices of an order that are no credit notes."""
    return rows(
        store,
        "SELECT l.*, i.number FROM invoice_line l JOIN invoice i ON i.id = l.invoice_id AND i.kind = 'invoice'"
        " AND i.deleted_at IS NULL WHERE i.order_id = ? ORDER BY i.issued_on, i.number, l.ordinal",
        (order_id,),
    )


def tax_groups_of_order(store: Store, order_id: str) -> list[str]:
    """Return the tax groups of all invoices of an order that are no credit notes, as JSON texts."""
    sql = (
        "SELECT taxes FROM invoice WHERE order_id = ? AND kind = 'invoice' AND deleted_at IS NULL AND taxes IS NOT NULL"
    )
    return [str(row[0]) for row in store.rows(sql, (order_id,))]


def corrections(store: Store, invoice_id: str) -> list[Row]:
    """Return the credit notes of an invoice, the first one first."""
    sql = "SELECT * FROM invoice WHERE corrects_id = ? AND deleted_at IS NULL ORDER BY issued_on, number"
    return rows(store, sql, (invoice_id,))


def payments(store: Store, invoice_ids: Sequence[str]) -> list[Row]:
    """Return the payments of invoices, the first one first."""
    marks = ", ".join("?" * len(invoice_ids))
    sql = f"SELECT * FROM payment WHERE invoice_id IN ({marks}) AND deleted_at IS NULL ORDER BY paid_on, id"
    return rows(store, sql, list(invoice_ids)) if invoice_ids else []


def disputes(store: Store, order_id: str | None, invoice_id: str | None) -> list[Row]:
    """Return what is disputed of an order and its invoices, or of an invoice; the first one first."""
    return rows(
        store,
        "SELECT d.*, i.number AS invoice FROM dispute d LEFT JOIN invoice i ON i.id = d.invoice_id"
        " WHERE (d.order_id = ? OR d.invoice_id = ? OR i.order_id = ?) AND d.deleted_at IS NULL ORDER BY d.opened_on, d.id",
        (order_id, invoice_id, order_id),
    )


def dispute_by(store: Store, text: str) -> list[Row]:
    """Return the dispute of an id or a reference."""
    sql = "SELECT * FROM dispute WHERE (id = ?1 OR ref = lower(?1)) AND deleted_at IS NULL"
    return rows(store, sql, (text,))


def of_version(store: Store, version_id: str) -> list[Row]:
    """Return the orders that were made of a version of a quote, the first one first."""
    sql = "SELECT * FROM sales_order WHERE version_id = ? AND deleted_at IS NULL ORDER BY ordered_on, number"
    return rows(store, sql, (version_id,))


def ordered_of_version(store: Store, version_id: str) -> list[Row]:
    """Return the lines of all orders that were made of a version of a quote."""
    return rows(
        store,
        "SELECT l.* FROM sales_order_line l JOIN sales_order o ON o.id = l.order_id AND o.deleted_at IS NULL"
        " WHERE o.version_id = ? ORDER BY o.ordered_on, o.number, l.ordinal",
        (version_id,),
    )


def accepted_version(store: Store, quote_id: str) -> Row | None:
    """Return the version of a quote that the customer accepted."""
    found = rows(store, "SELECT * FROM quote_version WHERE quote_id = ? AND state = 'accepted'", (quote_id,))
    return found[0] if found else None


def events_of(store: Store, kind: str, source_type: str, line_ids: Sequence[str]) -> list[Row]:
    """Return the commission events of a kind of some lines that take nothing back, the first one first."""
    marks = ", ".join("?" * len(line_ids))
    return (
        rows(
            store,
            "SELECT e.*, (SELECT COALESCE(sum(-r.quantity_dec6), 0) FROM comp_event r WHERE r.reverses_event_id = e.id"
            " AND r.type NOT IN ('paid', 'written_off', 'reinstated')) AS taken_back_dec6 FROM comp_event e"
            f" WHERE e.type = ? AND e.source_type = ? AND e.source_line_id IN ({marks})"
            " ORDER BY e.event_date, e.recorded_at, e.id",
            (kind, source_type, *line_ids),
        )
        if line_ids
        else []
    )


def taken_back(store: Store) -> list[Row]:
    """Return the lines of which something was cancelled or came back, with what commission events know of it.

    The events are those of the line, or of its first part where they are told of its parts.
    """
    known = (
        "(SELECT COALESCE(sum(-e.quantity_dec6), 0) FROM comp_event e WHERE e.source_type = 'sales_order'"
        " AND e.source_id = l.order_id AND e.source_line_id = i.id AND e.type = '{}')"
    )
    there = (
        "EXISTS (SELECT 1 FROM comp_event e WHERE e.source_type = 'sales_order' AND e.source_id = l.order_id"
        " AND e.source_line_id = i.id AND e.type = '{}')"
    )
    return rows(
        store,
        "SELECT l.order_id, l.id, l.quantity_dec6, l.cancelled_dec6, l.returned_dec6, i.quantity_dec6 AS item_dec6,"
        f" {known.format('cancelled')} AS known_cancelled, {known.format('returned')} AS known_returned,"
        f" {there.format('booked')} AS may_be_cancelled, {there.format('delivered')} AS may_be_returned"
        " FROM sales_order_line l JOIN sales_order_line i ON i.id = COALESCE((SELECT p.id FROM sales_order_line p"
        " WHERE p.parent_line_id = l.id AND p.is_part AND (p.net_minor OR p.share_minor) ORDER BY p.ordinal LIMIT 1), l.id)"
        " WHERE NOT l.is_part AND (l.cancelled_dec6 > 0 OR l.returned_dec6 > 0)",
    )


def last_in_series(store: Store, series: str) -> str | None:
    """Return the highest number of a series of invoices; numbers have the same length."""
    found = store.value(
        "SELECT number FROM invoice WHERE series = ? ORDER BY length(number) DESC, number DESC LIMIT 1", (series,)
    )
    return None if found is None else str(found)
