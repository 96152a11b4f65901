"""Quotes: versions, lines, allowances, approvals, acceptance, documents (domain.md 2.1, 2.7, 2.9)."""

from sqlalchemy import CheckConstraint, Index
from sqlalchemy import text as sql

from db.tables.base import STRICT, Link, Record
from db.tables.columns import (
    choice,
    currency,
    day,
    flag,
    instant,
    integer,
    json_list,
    json_object,
    link,
    money,
    ppm,
    prose,
    text,
)

ROUNDINGS = ("half_up", "half_even", "up", "down")


class Quote(Record, table=True):
    """An offer to an account; what it says is in its versions. Its number is never given twice.

    `progress` is how far the accepted version was ordered; none before it is accepted.
    """

    __tablename__ = "quote"
    __table_args__ = (Index("quote_number", "number", unique=True), STRICT)
    number: str = text(null=False, longest=40)
    name: str = text(null=False)
    account_id: str = link("account", null=False)
    contact_id: str | None = link("contact")
    opportunity_id: str | None = link("opportunity")
    owner_id: str | None = link("app_user")
    currency: str = currency(null=False)
    price_book_id: str | None = link("price_book")
    fx_rate_e9: int | None = integer(least=1)
    fx_date: str | None = day()
    progress: str | None = choice(
        *("not_ordered", "partly_ordered", "ordered", "partly_invoiced", "invoiced", "paid"), null=True
    )
    is_primary: int = flag()
    is_template: int = flag()
    language: str | None = text(longest=20)
    created_on: str = day(null=False)
    description: str | None = prose()
    custom: str | None = json_object()


class QuoteVersion(Record, table=True):
    """One revision of a quote; frozen once sent. Totals are those of EN 16931, in minor units of the quote's currency.

    Prices and taxes are those of `priced_on`. `expired` is seen from `valid_until`, or from `extended_until` where
    somebody allowed a longer time, when read; it is written by the next use case that touches the version.
    `list_minor` is what the counted lines are worth at list prices, in the prices of the document.
    """

    __tablename__ = "quote_version"
    __table_args__ = (
        Index("quote_version_revision", "quote_id", "revision", unique=True),
        Index("quote_version_sent", "quote_id", sqlite_where=sql("state = 'sent'")),
        Index("quote_version_accepted_once", "quote_id", unique=True, sqlite_where=sql("state = 'accepted'")),
        CheckConstraint("state <> 'sent' OR sent_at IS NOT NULL", name="quote_version_sent_when"),
        CheckConstraint("sent_at IS NULL OR content_hash IS NOT NULL", name="quote_version_sent_what"),
        STRICT,
    )
    quote_id: str = link("quote", null=False)
    revision: int = integer(null=False, least=1)
    state: str = choice(
        *("draft", "in_approval", "approved", "sent", "accepted", "rejected", "expired", "withdrawn", "superseded"),
        default="draft",
    )
    quoted_on: str = day(null=False)
    priced_on: str = day(null=False)
    valid_until: str | None = day()
    extended_until: str | None = day()
    extended_by_id: str | None = link("app_user")
    payment_terms_days: int | None = integer(least=0, most=3650)
    tax_method: str = choice("total", "line", default="total")
    is_tax_inclusive: int = flag()
    rounding: str = choice(*ROUNDINGS, default="half_up")
    cash_minor: int = integer(null=False, least=0, server_default="0")
    template: str | None = text()
    cover: str | None = prose()
    terms: str | None = prose()
    note: str | None = prose()
    is_nonstandard: int = flag()
    list_minor: int | None = money()
    line_sum_minor: int | None = money()
    net_minor: int | None = money()
    tax_minor: int | None = money()
    gross_minor: int | None = money()
    prepaid_minor: int | None = money()
    payable_rounding_minor: int | None = money()
    payable_minor: int | None = money()
    cost_minor: int | None = money()
    content_hash: str | None = text(longest=64)
    sent_at: str | None = instant()
    sent_to: str | None = text(longest=320)
    decided_on: str | None = day()
    decision_reason: str | None = text(longest=500)


class QuoteLine(Link, table=True):
    """A line: a product, words alone, or the head of a section.

    `fixed_dec6` is the price typed for a line without a product, or the net price that the rep aims at for one with.
    `discounts` are the rep's and the partner's own, `[{"stage", "effect", "value", "why"}]`; `steps` is the stored
    waterfall, `slices` the quantities and prices that make the amount, `options` a configuration and its model's hash;
    with `"price": "fixed"` in it the parts of a line are in its price.
    """

    __tablename__ = "quote_line"
    __table_args__ = (
        Index("quote_line_of", "version_id", "ordinal"),
        CheckConstraint("kind <> 'product' OR quantity_dec6 IS NOT NULL", name="quote_line_has_quantity"),
        CheckConstraint("product_id IS NOT NULL OR description IS NOT NULL", name="quote_line_says_what"),
        STRICT,
    )
    version_id: str = link("quote_version", null=False)
    ordinal: int = integer(null=False)
    parent_line_id: str | None = link("quote_line")
    kind: str = choice("product", "text", "section", default="product")
    role: str = choice("normal", "optional", "alternative", default="normal")
    choice_of: str | None = text(longest=80)
    is_chosen: int = flag()
    product_id: str | None = link("product")
    description: str | None = text(longest=4000)
    unit: str | None = text(longest=40)
    quantity_dec6: int | None = integer()
    base_dec6: int = integer(null=False, least=1, server_default="1000000")
    periods: int | None = integer(least=0)
    period: str | None = choice("month", "quarter", "half", "year", null=True)
    list_dec6: int | None = integer(least=0)
    net_dec6: int | None = integer(least=0)
    fixed_dec6: int | None = integer(least=0)
    discounts: str | None = json_list()
    steps: str | None = json_list()
    slices: str | None = json_list()
    options: str | None = json_object()
    list_minor: int | None = money()
    net_minor: int | None = money()
    cost_dec6: int | None = integer(least=0)
    cost_minor: int | None = money()
    tax_code_id: str | None = link("tax_code")
    tax_reason: str | None = text(longest=500)
    tax_category: str | None = choice("S", "Z", "E", "AE", "K", "G", "O", null=True)
    tax_rate_ppm: int | None = ppm()
    tax_minor: int | None = money()
    delivery_on: str | None = day()
    note: str | None = text(longest=2000)


class QuoteAllowance(Link, table=True):
    """An allowance or a charge of a line, or of the whole version; a share of its base where `percent_ppm` is given."""

    __tablename__ = "quote_allowance"
    __table_args__ = (
        CheckConstraint("(percent_ppm IS NULL) <> (amount_minor IS NULL)", name="quote_allowance_one_way"),
        STRICT,
    )
    version_id: str = link("quote_version", null=False)
    line_id: str | None = link("quote_line")
    is_charge: int = flag()
    reason: str = text(null=False)
    percent_ppm: int | None = integer(least=0)
    base_minor: int | None = money()
    amount_minor: int | None = money()
    tax_code_id: str | None = link("tax_code")


class ApprovalRule(Record, table=True):
    """When a quote needs somebody's yes: where all its conditions hold, `[{"metric", "op", "threshold"}]`.

    A threshold is in ppm, minor units, days or a count, by its metric (sfa.domain.pricing.approval).
    """

    __tablename__ = "approval_rule"
    __table_args__ = (STRICT,)
    name: str = text(null=False)
    conditions: str = json_list(null=False)
    approver_role: str = choice("manager", "director", "finance", "admin", default="manager")
    sequence: int = integer(null=False, server_default="1")
    is_active: int = flag(default=True)


class ApprovalRequest(Record, table=True):
    """A question to an approver about one version and one rule.

    `metrics` is what the rule looked at, by metric; null where it is undefined.
    """

    __tablename__ = "approval_request"
    __table_args__ = (STRICT,)
    version_id: str = link("quote_version", null=False)
    rule_id: str = link("approval_rule", null=False)
    metrics: str = json_object(null=False)
    why: str = text(null=False, longest=500)
    approver_role: str = choice("manager", "director", "finance", "admin")
    sequence: int = integer(null=False)
    status: str = choice("waiting", "approved", "refused", "withdrawn", default="waiting")
    asked_by_id: str | None = link("app_user")
    decided_by_id: str | None = link("app_user")
    decided_at: str | None = instant()
    note: str | None = text(longest=2000)


class PaperFile(Record, table=True):
    """A document that was made and kept: which record, which template, the hash of its bytes, the file's name."""

    __tablename__ = "paper_file"
    __table_args__ = (STRICT,)
    table_name: str = text(null=False, longest=40)
    record_id: str = text(null=False, longest=36, index=True)
    kind: str = text(null=False, longest=40)
    template: str = text(null=False)
    template_sha256: str | None = text(longest=64)
    language: str | None = text(longest=20)
    media_type: str = text(null=False)
    sha256: str = text(null=False, longest=64, index=True)
    name: str = text(null=False)
    made_at: str = instant(null=False)


class Acceptance(Record, table=True):
    """Who accepted which document of a version, how and when."""

    __tablename__ = "acceptance"
    __table_args__ = (STRICT,)
    version_id: str = link("quote_version", null=False)
    signer: str = text(null=False)
    method: str = choice("typed", "drawn", "uploaded", "external", default="typed")
    signed_at: str = instant(null=False)
    document_sha256: str = text(null=False, longest=64)
    note: str | None = text(longest=2000)
