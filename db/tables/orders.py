"""Orders, deliveries, invoices, payments, disputes (domain.md 2.9)."""

from sqlalchemy import CheckConstraint, Index
from sqlalchemy import text as sql

from db.tables.base import STRICT, Link, Record
from db.tables.columns import choice, currency, day, integer, json_list, json_object, link, money, ppm, prose, text

ORDER_STATES = ("open", "part_delivered", "delivered", "part_invoiced", "invoiced", "paid", "cancelled")


class SalesOrder(Record, table=True):
    """What a customer ordered; its state follows from the quantities of its lines and from payments."""

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
            sqlite_where=sql("deleted_at IS NULL"),
        ),
        Index(
            "sales_order_by_day",
            "ordered_on",
            "owner_id",
            "state",
            "currency",
            "net_minor",
            sqlite_where=sql("deleted_at IS NULL"),
        ),
        Index("sales_order_promised", "promised_on", "state", sqlite_where=sql("deleted_at IS NULL")),
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
    payment_terms_days: int | None = integer(least=0, most=3650)
    net_minor: int | None = money()
    tax_minor: int | None = money()
    gross_minor: int | None = money()
    cost_minor: int | None = money()
    customer_ref: str | None = text()
    channel: str | None = text(longest=40)
    ship_to: str | None = text(longest=1000)
    description: str | None = prose()
    custom: str | None = json_object()


class SalesOrderLine(Link, table=True):
    """A line of an order with what became of it; `tolerance_dec6` may be delivered or invoiced beyond the order."""

    __tablename__ = "sales_order_line"
    __table_args__ = (
        Index("sales_order_line_of", "order_id", "ordinal"),
        CheckConstraint("returned_dec6 BETWEEN 0 AND delivered_dec6", name="order_line_returned"),
        CheckConstraint("delivered_dec6 <= quantity_dec6 + tolerance_dec6", name="order_line_delivered"),
        CheckConstraint("invoiced_dec6 BETWEEN 0 AND quantity_dec6 + tolerance_dec6", name="order_line_invoiced"),
        STRICT,
    )
    order_id: str = link("sales_order", null=False)
    ordinal: int = integer(null=False)
    quote_line_id: str | None = link("quote_line")
    product_id: str | None = link("product")
    description: str | None = text(longest=4000)
    unit: str | None = text(longest=40)
    quantity_dec6: int = integer(null=False, least=0)
    delivered_dec6: int = integer(null=False, least=0, server_default="0")
    invoiced_dec6: int = integer(null=False, least=0, server_default="0")
    returned_dec6: int = integer(null=False, least=0, server_default="0")
    tolerance_dec6: int = integer(null=False, least=0, server_default="0")
    net_dec6: int | None = integer(least=0)
    net_minor: int = money(null=False)
    cost_minor: int | None = money()
    tax_code_id: str | None = link("tax_code")
    tax_category: str | None = choice("S", "Z", "E", "AE", "K", "G", "O", null=True)
    tax_rate_ppm: int | None = ppm()
    promised_on: str | None = day()


class Shipment(Record, table=True):
    """A delivery or a return: `lines` is `[{"line_id", "quantity_dec6", "reason"}]`."""

    __tablename__ = "shipment"
    __table_args__ = (STRICT,)
    order_id: str = link("sales_order", null=False)
    kind: str = choice("delivery", "return", default="delivery")
    shipped_on: str = day(null=False)
    carrier: str | None = text()
    tracking_number: str | None = text()
    lines: str = json_list(null=False)
    note: str | None = text(longest=2000)


class Invoice(Record, table=True):
    """An invoice or a credit note (signed amounts: a credit note is negative), made here or read from an ERP."""

    __tablename__ = "invoice"
    __table_args__ = (
        Index("invoice_number", "number", unique=True),
        Index(
            "invoice_by_day",
            "issued_on",
            "owner_id",
            "account_id",
            "currency",
            "net_minor",
            sqlite_where=sql("deleted_at IS NULL"),
        ),
        STRICT,
    )
    number: str = text(null=False, longest=80)
    kind: str = choice("invoice", "credit_note", default="invoice")
    corrects_id: str | None = link("invoice")
    order_id: str | None = link("sales_order")
    account_id: str = link("account", null=False)
    owner_id: str | None = link("app_user")
    state: str = choice("open", "part_paid", "paid", "written_off", default="open")
    issued_on: str = day(null=False)
    due_on: str | None = day()
    currency: str = currency(null=False)
    net_minor: int = money(null=False)
    tax_minor: int = money(null=False)
    gross_minor: int = money(null=False)
    paid_minor: int = integer(null=False, server_default="0")
    channel: str | None = text(longest=40)
    note: str | None = text(longest=2000)


class InvoiceLine(Link, table=True):
    """A line of an invoice."""

    __tablename__ = "invoice_line"
    __table_args__ = (Index("invoice_line_of", "invoice_id", "ordinal"), STRICT)
    invoice_id: str = link("invoice", null=False)
    ordinal: int = integer(null=False)
    order_line_id: str | None = link("sales_order_line")
    product_id: str | None = link("product")
    description: str | None = text(longest=4000)
    quantity_dec6: int = integer(null=False)
    net_minor: int = money(null=False)
    cost_minor: int | None = money()
    tax_category: str | None = choice("S", "Z", "E", "AE", "K", "G", "O", null=True)
    tax_rate_ppm: int | None = ppm()


class Payment(Record, table=True):
    """Money that came in for an invoice, or went back."""

    __tablename__ = "payment"
    __table_args__ = (STRICT,)
    invoice_id: str = link("invoice", null=False)
    paid_on: str = day(null=False)
    amount_minor: int = money(null=False)
    currency: str = currency(null=False)
    reference: str | None = text()


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
