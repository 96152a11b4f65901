"""What things cost: price books, contracts, schedules, promotions, taxes, exchange rates (domain.md 2.1)."""

from sqlalchemy import CheckConstraint, Index

from db.tables.base import STRICT, Link, Record
from db.tables.columns import choice, currency, day, flag, integer, json_list, json_object, link, ppm, text

_IN_ORDER = "valid_to IS NULL OR valid_from IS NULL OR valid_to > valid_from"


class TaxCode(Record, table=True):
    """A kind of tax; its rates are dated. Categories as in EN 16931: all but S have no tax, most of them for a reason."""

    __tablename__ = "tax_code"
    __table_args__ = (STRICT,)
    name: str = text(null=False)
    code: str = text(null=False, longest=40, index=True)
    category: str = choice("S", "Z", "E", "AE", "K", "G", "O", default="S")
    reason: str | None = text(longest=500)


class TaxRate(Link, table=True):
    """The rate of a tax in `[valid_from, valid_to)`."""

    __tablename__ = "tax_rate"
    __table_args__ = (CheckConstraint(_IN_ORDER, name="tax_rate_in_order"), STRICT)
    tax_code_id: str = link("tax_code", null=False)
    jurisdiction: str | None = text(longest=40)
    rate_ppm: int = ppm(null=False)
    valid_from: str | None = day()
    valid_to: str | None = day()


class FxRate(Link, table=True):
    """Units of `target` for one of `source` on a day, times 10^9."""

    __tablename__ = "fx_rate"
    __table_args__ = (Index("fx_rate_on", "source", "target", "on_day", unique=True), STRICT)
    source: str = currency(null=False)
    target: str = currency(null=False)
    on_day: str = day(null=False)
    rate_e9: int = integer(null=False, least=1)


class PriceBook(Record, table=True):
    """A list of prices; what it lacks is looked up in its parent."""

    __tablename__ = "price_book"
    __table_args__ = (
        CheckConstraint(_IN_ORDER, name="price_book_in_order"),
        CheckConstraint("parent_id <> id", name="price_book_not_own_parent"),
        STRICT,
    )
    name: str = text(null=False)
    currency: str = currency(null=False)
    is_tax_inclusive: int = flag()
    is_standard: int = flag()
    parent_id: str | None = link("price_book")
    valid_from: str | None = day()
    valid_to: str | None = day()


class PriceEntry(Record, table=True):
    """The price of a base quantity of a product in a book."""

    __tablename__ = "price_entry"
    __table_args__ = (
        CheckConstraint(_IN_ORDER, name="price_entry_in_order"),
        Index("price_entry_of", "product_id", "book_id"),
        STRICT,
    )
    book_id: str = link("price_book", null=False)
    product_id: str = link("product", null=False)
    unit: str | None = text(longest=40)
    channel: str | None = text(longest=40)
    price_dec6: int = integer(null=False, least=0)
    base_dec6: int = integer(null=False, least=1, server_default="1000000")
    priority: int = integer(null=False, server_default="0")
    valid_from: str | None = day()
    valid_to: str | None = day()


class ContractPrice(Record, table=True):
    """What was agreed with an account or a price group, for a product or a category with all beneath it."""

    __tablename__ = "contract_price"
    __table_args__ = (
        CheckConstraint("(account_id IS NULL) <> (price_group IS NULL)", name="contract_price_of_one_holder"),
        CheckConstraint("(product_id IS NULL) <> (category IS NULL)", name="contract_price_of_one_target"),
        CheckConstraint("kind = 'percent' OR currency IS NOT NULL", name="contract_price_has_currency"),
        CheckConstraint("NOT (kind = 'percent' AND value > 1000000)", name="contract_price_percent"),
        CheckConstraint("max_qty_dec6 IS NULL OR max_qty_dec6 >= min_qty_dec6", name="contract_price_quantities"),
        CheckConstraint(_IN_ORDER, name="contract_price_in_order"),
        STRICT,
    )
    account_id: str | None = link("account")
    price_group: str | None = text(index=True)
    product_id: str | None = link("product")
    category: str | None = text()
    kind: str = choice("price", "percent", default="price")
    value: int = integer(null=False, least=0)
    currency: str | None = currency()
    base_dec6: int = integer(null=False, least=1, server_default="1000000")
    unit: str | None = text(longest=40)
    min_qty_dec6: int = integer(null=False, least=0, server_default="0")
    max_qty_dec6: int | None = integer(least=0)
    priority: int = integer(null=False, server_default="0")
    valid_from: str | None = day()
    valid_to: str | None = day()
    document_ref: str | None = text()


class DiscountSchedule(Record, table=True):
    """Prices by quantity: `tiers` is a list of `{"lo": DEC6, "value": ppm or DEC6}` by rising `lo` (domain.md 2.4).

    `scope` is whose quantity counts: of the line, of a section of the quote, of the whole quote, or the periods of a term.
    """

    __tablename__ = "discount_schedule"
    __table_args__ = (
        CheckConstraint("product_id IS NULL OR category IS NULL", name="discount_schedule_of_one_target"),
        CheckConstraint("scope = 'line' OR kind = 'range'", name="discount_schedule_counted_is_range"),
        CheckConstraint(_IN_ORDER, name="discount_schedule_in_order"),
        STRICT,
    )
    name: str = text(null=False)
    kind: str = choice("range", "slab", default="range")
    effect: str = choice("percent", "amount", "price", default="percent")
    scope: str = choice("line", "group", "quote", "term", default="line")
    product_id: str | None = link("product")
    category: str | None = text()
    account_id: str | None = link("account")
    price_group: str | None = text()
    currency: str | None = currency()
    tiers: str = json_list(null=False)
    priority: int = integer(null=False, server_default="0")
    valid_from: str | None = day()
    valid_to: str | None = day()


class PriceRule(Record, table=True):
    """A promotion; `condition` holds lists (`products`, `categories`, `accounts`, `groups`, `channels`) and quantities.

    Quantities are `min_qty_dec6` and `max_qty_dec6`, both inclusive.
    """

    __tablename__ = "price_rule"
    __table_args__ = (
        CheckConstraint("NOT (effect = 'percent' AND value > 1000000)", name="price_rule_percent"),
        CheckConstraint("effect = 'percent' OR currency IS NOT NULL", name="price_rule_has_currency"),
        CheckConstraint(_IN_ORDER, name="price_rule_in_order"),
        STRICT,
    )
    name: str = text(null=False)
    priority: int = integer(null=False, server_default="0")
    condition: str | None = json_object()
    effect: str = choice("percent", "amount", "price", default="percent")
    value: int = integer(null=False, least=0)
    currency: str | None = currency()
    is_stackable: int = flag(default=True)
    exclusive_group: str | None = text(longest=80)
    additive_group: str | None = text(longest=80)
    valid_from: str | None = day()
    valid_to: str | None = day()
