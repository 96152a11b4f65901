"""Orders for tests: made by the services themselves of accepted quotes."""

from typing import Any

from sfa.services import invoices, order_shipping, orders
from sfa.services.desk import Desk
from sfa.services.invoices import Billing
from sfa.services.order_shipping import Parcel
from sfa.services.orders import Wish
from sfa.services.quote_line_text import LineText
from tests.support.quotes import accepted_quote

AUTHORITY: dict[str, object] = {"invoices.authority": True}


def an_order(desk: Desk, *lines: LineText, wish: Wish | None = None, **values: object) -> str:
    """Make an order for Acme of an accepted quote; ten sensors at 100 where no line is given."""
    saved = orders.from_quote(desk, accepted_quote(desk, *lines, **values), wish)
    assert saved.id
    return saved.id


def deliver(desk: Desk, order_id: str, *lines: str, **values: Any) -> None:  # noqa: ANN401 - of a parcel
    """Deliver lines, all where none is named."""
    order_shipping.ship(desk, order_id, Parcel(lines, **values))


def give_back(desk: Desk, order_id: str, *lines: str) -> None:
    """Let lines come back."""
    order_shipping.take_back(desk, order_id, Parcel(lines))


def an_invoice(desk: Desk, order_id: str, *lines: str, **values: Any) -> str:  # noqa: ANN401 - of a billing
    """Invoice lines, all that was delivered where none is named; return the id of the invoice."""
    saved = invoices.issue(desk, order_id, Billing(lines, **values))
    assert saved.id
    return saved.id


def order_row(desk: Desk, order_id: str) -> dict[str, Any]:
    """Return the row of an order."""
    from db.queries.records import record  # noqa: PLC0415 - for tests alone

    return record(desk.store, "sales_order", order_id) or {}


def invoice_row(desk: Desk, invoice_id: str) -> dict[str, Any]:
    """Return the row of an invoice."""
    return invoices.invoice_of(desk, invoice_id)


def events(desk: Desk) -> list[tuple[str, int]]:
    """Return the commission events: kind and net, in the order in which they were appended."""
    return [tuple(row) for row in desk.store.rows("SELECT type, net_minor FROM comp_event ORDER BY rowid")]


def earned(desk: Desk, *kinds: str) -> int:
    """Return the sum of the nets of events of kinds."""
    return sum(net for kind, net in events(desk) if kind in kinds)
