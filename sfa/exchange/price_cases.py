"""A case of pricing as JSON: books, contracts, schedules, rules, and lines to be priced by them (docs/pricing.md)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sfa.domain.money import Rounding
from sfa.domain.pricing.amounts import FX, Effect
from sfa.domain.pricing.approval import SHARES, ApprovalCondition, ApprovalRule, Comparison, Metric
from sfa.domain.pricing.checks import tiers_of
from sfa.domain.pricing.lookup import (
    ContractPrice,
    Policy,
    PriceBook,
    PriceEntry,
    PriceQuery,
    PriceTable,
    choose_price,
    price_table,
)
from sfa.domain.pricing.rules import Condition, Discount, PriceRule
from sfa.domain.pricing.schedules import Measure, Schedule, ScheduleKind, Scope
from sfa.domain.pricing.waterfall import PriceRequest
from sfa.exchange.json_nodes import Node
from sfa.exchange.priced_documents import COUNTING_KEYS, FRAME_KEYS, TAX_KEYS, placed

_VALID = ("valid_from", "valid_to")
_DISCOUNT_KEYS = ("id", "reason", "additive_group")
_OWN_BOOK = "standard"
_LINE_KEYS = (
    *("id", "product", "categories", "quantity", "unit", "return", "price", "price_base_quantity"),
    *("schedule", "group", "term", "discounts", "partner_discounts", "floor", "cost"),
    *(*COUNTING_KEYS, *TAX_KEYS),
)
_CASE_KEYS = (
    *("on", "policy", "book", "customer", "rates", "books", "prices", "contracts", "schedules", "rules", "lines"),
    *("bundles", "returns", "approval"),
)


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A line of a case: what prices it, and its object for taxes and the like; the cost is per unit, DEC6."""

    id: str
    node: Node
    request: PriceRequest
    table: PriceTable
    cost_dec6: int | None


@dataclass(frozen=True, slots=True)
class Case:
    """What a simulation needs; `approved` are metrics last approved, by rule."""

    node: Node
    currency: str
    lines: tuple[CaseLine, ...]
    schedules: Mapping[str, Schedule]
    rules: tuple[PriceRule, ...]
    matrix: tuple[ApprovalRule, ...] = ()
    approved: Mapping[str, Mapping[Metric, int | None]] = field(default_factory=dict)


def read_case(node: Node) -> Case:
    """Return a case of pricing.

    Raises:
        UsageError: something is missing, unknown or contradictory, or has no price; it names the place.
    """
    node.only(*_CASE_KEYS, *FRAME_KEYS)
    case = _Reader(node)
    approval = node.node("approval").only("matrix", "payment_days", "clauses", "approved")
    return Case(
        node,
        case.currency,
        tuple(case.lines()),
        case.schedules,
        case.rules,
        tuple(_approval_rule(own, case.currency) for own in approval.nodes("matrix")),
        _approved(approval.node("approved"), case.currency),
    )


class _Reader:
    """Reads the parts of a case in the order in which they need each other."""

    def __init__(self, node: Node) -> None:
        self.node, self.currency, self.on = node, node.currency("currency"), node.day("on")
        self.rounding = node.choice("rounding", Rounding, Rounding.HALF_UP)
        self.policy = node.choice("policy", Policy, Policy.MOST_SPECIFIC)
        self.books = [self._book(own) for own in node.nodes("books")] or [PriceBook(_OWN_BOOK, self.currency)]
        flagged = [own.text("id") for own in node.nodes("books") if own.flag("standard")]
        self.standard = flagged[0] if flagged else self.books[0].id
        self.table = price_table(
            self.books,
            [self._entry(own) for own in node.nodes("prices")],
            [self._contract(own) for own in node.nodes("contracts")],
        )
        self.schedules: dict[str, Schedule] = {}
        self.by_product: dict[str, str] = {}
        for own in node.nodes("schedules"):
            self._add_schedule(own)
        self.rules = tuple(self._rule(own) for own in node.nodes("rules"))
        self.customer = node.node("customer").only("account", "parents", "groups", "channel", "book")

    def _validity(self, node: Node) -> tuple[date | None, date | None]:
        if self.on is None and any(node.has(key) for key in _VALID):
            raise self.node.wrong(
                "on", f"missing: {node.place} is valid for certain days only; say which day is priced."
            )
        return node.day("valid_from"), node.day("valid_to")

    def _book(self, node: Node) -> PriceBook:
        node.only("id", "currency", "tax_inclusive", "parent", "standard", *_VALID)
        parent = node.text("parent") if node.has("parent") else None
        currency = node.currency("currency", self.currency)
        return PriceBook(node.text("id"), currency, node.flag("tax_inclusive"), parent, *self._validity(node))

    def _entry(self, node: Node) -> PriceEntry:
        node.only("id", "book", "product", "price", "base_quantity", "unit", "channel", "priority", *_VALID)
        book = node.text("book", self.standard)
        if all(book != known.id for known in self.books):
            raise node.wrong("book", f"there is no book {book} among books.")
        return PriceEntry(
            node.text("id", node.place),
            book,
            node.text("product"),
            not_negative(node, "price"),
            positive(node, "base_quantity", 1),
            node.text("unit", ""),
            node.text("channel") if node.has("channel") else None,
            node.whole("priority", 0),
            *self._validity(node),
        )

    def _contract(self, node: Node) -> ContractPrice:
        node.only(
            *("id", "account", "group", "product", "category", "price", "percent", "currency", "base_quantity"),
            *("unit", "min_quantity", "max_quantity", "priority", *_VALID),
        )
        key = node.exclusive("price", "percent")
        with placed(node.at(key)):
            return ContractPrice(
                node.text("id", node.place),
                node.text(node.exclusive("account", "group")),
                node.text(node.exclusive("product", "category")),
                Effect(key),
                node.ppm(key) if key == "percent" else node.dec6(key),
                node.currency("currency", self.currency),
                positive(node, "base_quantity", 1),
                node.text("unit", ""),
                *_quantities(node),
                node.whole("priority", 0),
                *self._validity(node),
            )

    def _add_schedule(self, node: Node) -> None:
        found = _schedule(node)
        if found.id in self.schedules:
            raise node.wrong("id", f"there are two schedules {found.id}; give each its own.")
        self.schedules[found.id] = found
        for product in node.texts("products"):
            other = self.by_product.setdefault(product, found.id)
            if other != found.id:
                raise node.wrong("products", f"{product} has schedule {other} already; a product has one.")

    def _rule(self, node: Node) -> PriceRule:
        conditions = ("products", "categories", "accounts", "groups", "channels")
        node.only(
            *("percent", "amount", "price", "priority", "stackable", "exclusive_group", *_DISCOUNT_KEYS),
            *(*conditions, "min_quantity", "max_quantity", *_VALID),
        )
        products, categories, accounts, groups, channels = (frozenset(node.texts(key)) for key in conditions)
        return PriceRule(
            _discount(node),
            node.whole("priority", 0),
            Condition(products, categories, accounts, groups, channels, *_quantities(node)),
            node.flag("stackable", default=True),
            node.text("exclusive_group", ""),
            *self._validity(node),
        )

    def lines(self) -> Iterator[CaseLine]:
        """Yield the lines with the prices that were found for them."""
        if not self.node.has("lines"):
            raise self.node.wrong("lines", "missing: name the lines to be priced.")
        ids: set[str] = set()
        for ordinal, node in enumerate(self.node.nodes("lines"), start=1):
            line = self._line(node.only(*_LINE_KEYS), node.text("id", str(ordinal)))
            if line.id in ids:
                raise node.wrong("id", f"there are two lines {line.id}; give each its own.")
            ids.add(line.id)
            yield line

    def _line(self, node: Node, line_id: str) -> CaseLine:
        query, table = self._query(node, line_id), self._table_of(node, line_id)
        with placed(node.place):
            choice = choose_price(query, table, self.policy)
        request = PriceRequest(
            query,
            choice,
            self._schedule_of(node, query.product_id),
            None,
            self.rules,
            tuple(map(_line_discount, node.nodes("discounts", "percent"))),
            tuple(map(_line_discount, node.nodes("partner_discounts", "percent"))),
            not_negative(node, "floor") if node.has("floor") else None,
            self.policy,
            self.rounding,
            node.text("group", ""),
            is_counted=node.text("role", "normal") == "normal" or node.flag("chosen"),
            term_dec6=positive(node, "term", 1) if node.has("term") else None,
        )
        return CaseLine(line_id, node, request, table, not_negative(node, "cost") if node.has("cost") else None)

    def _table_of(self, node: Node, line_id: str) -> PriceTable:
        """A price that stands on the line itself is its list price."""
        if not node.has("price"):
            return self.table
        book = PriceBook(node.at("price"), self.currency, self.node.flag("tax_inclusive"))
        product = node.text("product", line_id)
        price, base = not_negative(node, "price"), positive(node, "price_base_quantity", 1)
        entry = PriceEntry(book.id, book.id, product, price, base, node.text("unit", ""))
        return replace(self.table, books={self.standard: book}, entries={(book.id, product): (entry,)})

    def _query(self, node: Node, line_id: str) -> PriceQuery:
        quantity, customer = node.dec6("quantity"), self.customer
        if quantity < 0 and not node.flag("return"):
            raise node.wrong("quantity", 'not negative; a line that comes back says "return": true.')
        if quantity == 0:
            raise node.wrong("quantity", "a quantity of 0 has no price; give one, or leave the line out.")
        account = [customer.text("account")] if customer.has("account") else []
        return PriceQuery(
            node.text("product") if not node.has("price") else node.text("product", line_id),
            self.on or date.min,
            self.currency,
            quantity,
            node.text("unit", ""),
            customer.text("channel") if customer.has("channel") else None,
            (*account, *customer.texts("parents")),
            customer.texts("groups"),
            node.texts("categories"),
            tuple(one.text("book") for one in (self.node, customer) if one.has("book")),
            self.standard,
            tuple(_rates(self.node.node("rates"))),
        )

    def _schedule_of(self, node: Node, product_id: str) -> Schedule | None:
        if not node.has("schedule"):
            return self.schedules.get(self.by_product.get(product_id, ""))
        name = node.text("schedule")
        if name not in self.schedules:
            raise node.wrong("schedule", f"there is no schedule {name} among schedules.")
        return self.schedules[name]


def not_negative(node: Node, key: str) -> int:
    """Return a price or cost, DEC6."""
    value = node.dec6(key)
    if value < 0:
        raise node.wrong(key, "not negative.")
    return value


def positive(node: Node, key: str, default: int) -> int:
    """Return a quantity above 0, DEC6."""
    value = node.dec6(key, default)
    if value <= 0:
        raise node.wrong(key, "it must be above 0.")
    return value


def _quantities(node: Node) -> tuple[int, int | None]:
    low = node.dec6("min_quantity", 0)
    high = node.dec6("max_quantity") if node.has("max_quantity") else None
    if low < 0 or (high is not None and high < low):
        raise node.wrong("min_quantity", "not negative, and not above max_quantity.")
    return low, high


def _discount(node: Node) -> Discount:
    """Percent off, an amount off per unit, or a new price per unit."""
    key = node.exclusive("percent", "amount", "price")
    value = node.ppm(key) if key == "percent" else node.dec6(key)
    with placed(node.at(key)):
        return Discount(
            node.text("id", node.place),
            Effect(key),
            value,
            node.text("reason", ""),
            node.text("additive_group", ""),
        )


def _line_discount(node: Node) -> Discount:
    return _discount(node.only("percent", "amount", "price", *_DISCOUNT_KEYS))


def _rates(node: Node) -> Iterator[tuple[str, int]]:
    """Yield units of the case's currency for one of another, times 10^9."""
    for code in node.values:
        rate = node.number(code) * FX
        if rate <= 0 or rate != rate.to_integral_value():
            raise node.wrong(code, "a rate is positive and has nine decimals at most.")
        yield code, int(rate)


def _schedule(node: Node) -> Schedule:
    node.only("id", "type", "unit", "scope", "measure", "smallest", "products", "tiers")
    effect = node.choice("unit", Effect, Effect.PERCENT)
    smallest = node.dec6("smallest", 1)
    rows = [
        (
            tier.only("from", "to", "value").dec6("from"),
            tier.dec6("to") if tier.has("to") else None,
            tier.ppm("value") if effect is Effect.PERCENT else tier.dec6("value"),
        )
        for tier in node.nodes("tiers")
    ]
    with placed(""):
        tiers = tiers_of(rows, smallest, node.at("tiers"))
    with placed(node.place):
        return Schedule(
            node.text("id"),
            node.choice("type", ScheduleKind, ScheduleKind.RANGE),
            effect,
            tiers,
            node.choice("scope", Scope, Scope.LINE),
            smallest,
            node.choice("measure", Measure, Measure.QUANTITY),
        )


def _approval_rule(node: Node, currency: str) -> ApprovalRule:
    node.only("id", "approver", "sequence", "conditions")
    conditions = tuple(_condition(own, currency) for own in node.nodes("conditions"))
    with placed(node.place):
        return ApprovalRule(node.text("id", node.place), node.text("approver"), conditions, node.whole("sequence", 0))


def _condition(node: Node, currency: str) -> ApprovalCondition:
    node.only("metric", "op", "threshold")
    metric, op = node.choice("metric", Metric), node.text("op")
    if op not in list(Comparison):
        raise node.wrong("op", f"known: {', '.join(Comparison)}.")
    return ApprovalCondition(metric, Comparison(op), _metric_value(node, "threshold", metric, currency))


def _metric_value(node: Node, key: str, metric: Metric, currency: str) -> int:
    if metric in SHARES:
        return node.ppm(key)
    return node.minor(key, currency) if metric is Metric.TOTAL else node.whole(key)


def _approved(node: Node, currency: str) -> dict[str, dict[Metric, int | None]]:
    """Return the metrics last approved, by rule; null is undefined."""
    found: dict[str, dict[Metric, int | None]] = {}
    for rule_id in node.values:
        own = node.node(rule_id).only(*Metric)
        found[rule_id] = {
            Metric(key): _metric_value(own, key, Metric(key), currency) if own.has(key) else None for key in own.values
        }
    return found
