"""A book with orders, invoices, payments and visits, as plain rows: for reports on customers."""

from db.store import UnitOfWork
from sfa.services.desk import Desk

Line = tuple[str | None, int, int | None]
"""Product, net and cost of a line, in minor units."""


def a_sale(
    desk: Desk,
    account: str,
    on: str,
    *lines: Line,
    state: str = "open",
    listed: int | None = None,
    due: str | None = None,
    paid: tuple[str, int] | None = None,
    channel: str | None = None,
) -> str:
    """Add an order of lines with its invoice, as one operation; return the order's id.

    Args:
        desk: the desk.
        account: who bought.
        on: the day of both.
        lines: what; one of 100.00 without product or cost where none is given.
        state: of the order; a cancelled one has no invoice.
        listed: what it is by list price.
        due: when the invoice is to be paid.
        paid: when how much of it was.
        channel: of the invoice.
    """
    sold = lines or ((None, 100_00, None),)
    net = sum(line[1] for line in sold)
    costs = [line[2] for line in sold]
    cost = None if None in costs else sum(one or 0 for one in costs)
    with desk.store.write("order.add", "Added an order") as work:
        number = f"SO-{desk.store.value('SELECT count(*) FROM sales_order') + 1}"
        order = work.insert(
            "sales_order",
            {
                "number": number, "name": number, "account_id": account, "state": state, "currency": "USD",
                "ordered_on": on, "net_minor": net, "cost_minor": cost, "list_minor": listed,
            },
        )  # fmt: skip
        _lines(work, "sales_order_line", "order_id", order, sold)
        if state != "cancelled":
            bill = work.insert(
                "invoice",
                {
                    "number": f"I-{number}", "order_id": order, "account_id": account, "issued_on": on, "currency": "USD",
                    "net_minor": net, "tax_minor": 0, "gross_minor": net, "due_on": due, "channel": channel,
                    "paid_minor": paid[1] if paid else 0,
                },
            )  # fmt: skip
            _lines(work, "invoice_line", "invoice_id", bill, sold)
            if paid:
                told = {"invoice_id": bill, "paid_on": paid[0], "amount_minor": paid[1], "currency": "USD"}
                work.insert("payment", told)
    return order


def _lines(work: UnitOfWork, table: str, column: str, parent: str, lines: tuple[Line, ...]) -> None:
    for place, (product, net, cost) in enumerate(lines):
        words = None if product else "By words"
        own = {
            "product_id": product,
            "description": words,
            "quantity_dec6": 1_000_000,
            "net_minor": net,
            "cost_minor": cost,
        }
        work.insert(table, {column: parent, "ordinal": place, **own})
