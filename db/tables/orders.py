"""Orders, deliveries, invoices, payments, disputes (domain.md 2.9)."""

from sqlalchemy import CheckConstraint, Index
from sqlalchemy import text as sql

from db.tables.base import STRICT, Link, Record
from db.tables.columns import (
    amount,
    choice,
    currency,
    day,
    flag,
    integer,
    json_list,
    json_object,
    link,
    money,
    ppm,
    prose,
    text,
)
from db.tables.quotes import ROUNDINGS

ORDER_STATES = ("open", "part_delivered", "delivered", "part_invoiced", "invoiced", "paid", "cancelled")


class SalesOrder(Record, table=True):
    """What a customer ordered; its state follows from the quantities of its lines and from payments.

    Amounts are of what is not cancelled; `cost_minor` and `list_minor` are None where one of its lines has none.
    Beside them stand what it cost us to get it there (`freight_minor`), what small batches and custom work cost more
    (`extra_cost_minor`), and what the customer gets back of it (`rebate_minor`): they are in none of the other amounts.
    `source_version` is that of the system which the order was read from. What is to be paid is
    `gross_minor - prepaid_minor + payable_rounding_minor`, a multiple of the coin `cash_minor` where there is one.
    """

    __tablename__ = "sales_order"
    __table_args__ = (
        Index("sales_order_number", "number", unique=True),
        Index(
            "sales_order_of_account",
            "account_id",
            "ordered_on",
            "state",
            "currency",
            "net_minor",
            "cost_minor",
            "list_minor",
            sqlite_where=sql("deleted_at IS NULL"),
        ),
        Index(
            "sales_order_by_day",
            "ordered_on",
            "owner_id",
            "state",
            "currency",
            "net_minor",
            "cost_minor",
            "id",
            sqlite_where=sql("deleted_at IS NULL"),
        ),
        Index(
            "sales_order_beside",
            "account_id",
            "ordered_on",
            "state",
            "currency",
            "freight_minor",
            "rebate_minor",
            "extra_cost_minor",
            "list_minor",
            sqlite_where=sql(
                "deleted_at IS NULL"
                " AND (freight_minor IS NOT NULL OR rebate_minor IS NOT NULL OR extra_cost_minor IS NOT NULL)"
            ),
        ),
        Index("sales_order_promised", "promised_on", "state", sqlite_where=sql("deleted_at IS NULL")),
        Index("sales_order_of_deal", "opportunity_id", sqlite_where=sql("opportunity_id IS NOT NULL")),
        Index("sales_order_of_version", "version_id", sqlite_where=sql("version_id IS NOT NULL")),
        STRICT,
    )
    number: str = text(null=False, longest=40)
    name: str = text(null=False)
    account_id: str = link("account", null=False)
    contact_id: str | None = link("contact")
    opportunity_id: str | None = link("opportunity")
    version_id: str | None = link("quote_version")
    owner_id: str | None = link("app_user")
    state: str = choice(*ORDER_STATES, default="open")
    currency: str = currency(null=False)
    ordered_on: str = day(null=False)
    promised_on: str | None = day()
    delivered_on: str | None = day()
    cancelled_on: str | None = day()
    cancel_reason: str | None = text(longest=500)
    payment_terms_days: int | None = integer(least=0, most=3650)
    tax_method: str = choice("total", "line", default="total")
    is_tax_inclusive: int = flag()
    rounding: str = choice(*ROUNDINGS, default="half_up")
    net_minor: int | None = money()
    tax_minor: int | None = money()
    gross_minor: int | None = money()
    cost_minor: int | None = money()
    list_minor: int | None = money()
    freight_minor: int | None = amount()
    rebate_minor: int | None = amount()
    extra_cost_minor: int | None = amount()
    cash_minor: int = integer(null=False, least=0, server_default="0")
    prepaid_minor: int | None = money()
    payable_rounding_minor: int | None = money()
    source_version: str | None = text(longest=80)
    customer_ref: str | None = text()
    channel: str | None = text(longest=40)
    ship_to: str | None = text(longest=1000)
    description: str | None = prose()
    custom: str | None = json_object()


class SalesOrderLine(Link, table=True):
    """A line of an order with what became of it; `tolerance_dec6` may be delivered or invoiced beyond the order.

    `net_minor` is the line's own net (BT-131) of the whole quantity, negative where it gives something back; `shares`
    is its part of discounts and charges of the whole order, `[{"reason", "is_charge", "minor"}]`, net and signed, and
    `share_minor` their sum. A part (`is_part`) is in the price of the line that it belongs to: its amounts divide that
    line's and are in no total.
    """

    __tablename__ = "sales_order_line"
    __table_args__ = (
        Index("sales_order_line_of", "order_id", "ordinal"),
        Index("sales_order_line_sold", "product_id", sqlite_where=sql("product_id IS NOT NULL")),
        Index("sales_order_line_quoted", "quote_line_id", sqlite_where=sql("quote_line_id IS NOT NULL")),
        CheckConstraint("cancelled_dec6 <= quantity_dec6", name="order_line_cancelled"),
        CheckConstraint("returned_dec6 BETWEEN 0 AND delivered_dec6", name="order_line_returned"),
        CheckConstraint(
            "delivered_dec6 <= quantity_dec6 - cancelled_dec6 + tolerance_dec6", name="order_line_delivered"
        ),
        CheckConstraint(
            "invoiced_dec6 BETWEEN 0 AND quantity_dec6 - cancelled_dec6 + tolerance_dec6", name="order_line_invoiced"
        ),
        STRICT,
    )
    order_id: str = link("sales_order", null=False)
    ordinal: int = integer(null=False)
    parent_line_id: str | None = link("sales_order_line")
    is_part: int = flag()
    quote_line_id: str | None = link("quote_line")
    product_id: str | None = link("product")
    description: str | None = text(longest=4000)
    unit: str | None = text(longest=40)
    quantity_dec6: int = integer(null=False, least=0)
    delivered_dec6: int = integer(null=False, least=0, server_default="0")
    invoiced_dec6: int = integer(null=False, least=0, server_default="0")
    returned_dec6: int = integer(null=False, least=0, server_default="0")
    cancelled_dec6: int = integer(null=False, least=0, server_default="0")
    tolerance_dec6: int = integer(null=False, least=0, server_default="0")
    base_dec6: int = integer(null=False, least=1, server_default="1000000")
    periods: int | None = integer(least=0)
    period: str | None = choice("month", "quarter", "half", "year", null=True)
    list_dec6: int | None = integer(least=0)
    net_dec6: int | None = integer(least=0)
    discounts: str | None = json_list()
    list_minor: int | None = money()
    net_minor: int = money(null=False)
    shares: str | None = json_list()
    share_minor: int = integer(null=False, server_default="0")
    cost_minor: int | None = money()
    tax_code_id: str | None = link("tax_code")
    tax_category: str | None = choice("S", "Z", "E", "AE", "K", "G", "O", null=True)
    tax_rate_ppm: int | None = ppm()
    tax_reason: str | None = text(longest=500)
    tax_minor: int = integer(null=False, server_default="0")
    promised_on: str | None = day()
    source_key: str | None = text(longest=200)


class Shipment(Record, table=True):
    """A delivery or a return: `lines` is `[{"line_id", "quantity_dec6", "reason"}]`."""

    __tablename__ = "shipment"
    __table_args__ = (Index("shipment_of", "order_id"), STRICT)
    order_id: str = link("sales_order", null=False)
    kind: str = choice("delivery", "return", default="delivery")
    shipped_on: str = day(null=False)
    carrier: str | None = text()
    tracking_number: str | None = text()
    lines: str = json_list(null=False)
    note: str | None = text(longest=2000)


class Invoice(Record, table=True):
    """An invoice or a credit note (signed amounts: a credit note is negative), made here or read from an ERP.

    `taxes` are its tax groups, `[{"category", "rate_ppm", "reason", "taxable_minor", "tax_minor"}]`. What is to be paid
    is `gross_minor - prepaid_minor + payable_rounding_minor`; less `credited_minor` and `paid_minor` it is still owed.
    `series` is that of a number given here, and empty for one that another system gave.
    """

    __tablename__ = "invoice"
    __table_args__ = (
        Index("invoice_number", "number", unique=True),
        Index("invoice_of_order", "order_id", sqlite_where=sql("order_id IS NOT NULL")),
        Index("invoice_corrects", "corrects_id", sqlite_where=sql("corrects_id IS NOT NULL")),
        Index(
            "invoice_of_account",
            "account_id",
            "issued_on",
            "due_on",
            "currency",
            "gross_minor",
            "prepaid_minor",
            "payable_rounding_minor",
            "credited_minor",
            "paid_minor",
            "deleted_at",
            "id",
            "net_minor",
        ),
        Index("invoice_due", "due_on", sqlite_where=sql("due_on IS NOT NULL")),
        Index("invoice_series", "series", "number", sqlite_where=sql("series IS NOT NULL")),
        Index(
            "invoice_by_day",
            "issued_on",
            "owner_id",
            "account_id",
            "currency",
            "net_minor",
            "channel",
            "id",
            sqlite_where=sql("deleted_at IS NULL"),
        ),
        STRICT,
    )
    number: str = text(null=False, longest=80)
    series: str | None = text(longest=40)
    kind: str = choice("invoice", "credit_note", default="invoice")
    corrects_id: str | None = link("invoice")
    order_id: str | None = link("sales_order")
    account_id: str = link("account", null=False)
    owner_id: str | None = link("app_user")
    state: str = choice("open", "part_paid", "paid", "credited", "written_off", "settled", default="open")
    issued_on: str = day(null=False)
    due_on: str | None = day()
    currency: str = currency(null=False)
    net_minor: int = money(null=False)
    tax_minor: int = money(null=False)
    gross_minor: int = money(null=False)
    taxes: str | None = json_list()
    prepaid_minor: int = integer(null=False, server_default="0")
    payable_rounding_minor: int = integer(null=False, server_default="0")
    paid_minor: int = integer(null=False, server_default="0")
    credited_minor: int = integer(null=False, server_default="0")
    source_version: str | None = text(longest=80)
    channel: str | None = text(longest=40)
    note: str | None = text(longest=2000)


class InvoiceLine(Link, table=True):
    """A line of an invoice; its signs are those of its amounts. `shares` are as those of the order's line.

    `corrects_line_id` is the line that a credit note takes back; `credited_dec6` says how much of a line was.
    """

    __tablename__ = "invoice_line"
    __table_args__ = (
        Index("invoice_line_of", "invoice_id", "ordinal"),
        Index("invoice_line_ordered", "order_line_id", sqlite_where=sql("order_line_id IS NOT NULL")),
        CheckConstraint("credited_dec6 BETWEEN 0 AND abs(quantity_dec6)", name="invoice_line_credited"),
        STRICT,
    )
    invoice_id: str = link("invoice", null=False)
    ordinal: int = integer(null=False)
    order_line_id: str | None = link("sales_order_line")
    corrects_line_id: str | None = link("invoice_line")
    product_id: str | None = link("product")
    description: str | None = text(longest=4000)
    unit: str | None = text(longest=40)
    quantity_dec6: int = integer(null=False)
    credited_dec6: int = integer(null=False, least=0, server_default="0")
    net_minor: int = money(null=False)
    shares: str | None = json_list()
    share_minor: int = integer(null=False, server_default="0")
    cost_minor: int | None = money()
    tax_category: str | None = choice("S", "Z", "E", "AE", "K", "G", "O", null=True)
    tax_rate_ppm: int | None = ppm()
    tax_reason: str | None = text(longest=500)
    source_key: str | None = text(longest=200)


class Payment(Record, table=True):
    """Money that came in for an invoice, or went back."""

    __tablename__ = "payment"
    __table_args__ = (Index("payment_of", "invoice_id", "paid_on", "amount_minor"), STRICT)
    invoice_id: str = link("invoice", null=False)
    paid_on: str = day(null=False)
    amount_minor: int = money(null=False)
    currency: str = currency(null=False)
    reference: str | None = text()
    note: str | None = text(longest=2000)


class Dispute(Record, table=True):
    """What a customer objects to in an order or an invoice."""

    __tablename__ = "dispute"
    __table_args__ = (CheckConstraint("order_id IS NOT NULL OR invoice_id IS NOT NULL", name="dispute_of"), STRICT)
    order_id: str | None = link("sales_order")
    invoice_id: str | None = link("invoice")
    reason: str = text(null=False, longest=500)
    claimed_minor: int | None = money()
    currency: str | None = currency()
    status: str = choice("open", "in_review", "accepted", "rejected", "withdrawn", default="open")
    opened_on: str = day(null=False)
    closed_on: str | None = day()
    resolution: str | None = text(longest=2000)
