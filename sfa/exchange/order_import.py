"""Orders of an ERP from a table: a row is an order, a line of one, or both; repeatable by system, id and version."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from db.queries import imports
from db.queries import orders as queries
from db.queries.records import Row, record
from db.store import UnitOfWork
from sfa.domain.currencies import is_currency
from sfa.domain.figures import DEC6, PPM, AmountError, dec6, from_dec6
from sfa.domain.money import Rounding, parse_amount
from sfa.domain.pricing.amounts import line_amount, share
from sfa.errors import SfaError, UsageError
from sfa.exchange.headers import normalise
from sfa.exchange.import_entries import RowProblem
from sfa.exchange.import_names import Names
from sfa.exchange.sheets import SheetRow, open_sheet
from sfa.exchange.writers import Rejected
from sfa.services import comp_events
from sfa.services.desk import Desk
from sfa.services.moments import read_day
from sfa.services.order_sheet import load, settle

TABLE: Final = "sales_order"
_WORDS: Final = {
    "order": "order id|order number|order no|order|sales order|订单号|id",
    "customer": "customer id|customer|customer number|account|account id|company|客户",
    "ordered": "order date|ordered|ordered on|date|订单日期",
    "promised": "required date|promised|promised on|delivery date|due date",
    "delivered": "shipped date|delivered|delivered on|ship date",
    "owner": "employee id|sales rep|salesperson|owner|rep",
    "currency": "currency|currency code",
    "customer_ref": "customer reference|customer ref|po number|purchase order",
    "version": "version|revision|change number",
    "freight": "freight|freight cost|shipping cost|fracht|运费",
    "rebate": "customer rebate|bonus|返利",
    "extra_cost": "extra cost|small batch cost|custom cost|附加成本",
    "line": "line|line no|line number|line id|position",
    "product": "product id|product|sku|item|item number|product code|产品",
    "quantity": "quantity|qty|amount ordered|数量",
    "price": "unit price|price|单价",
    "discount": "discount|rebate|折扣",
    "cost": "cost|unit cost|standard cost|成本",
    "net": "net|net amount|line net|line total",
    "prepaid": "prepaid|prepaid amount|deposit|down payment|advance",
    "cash_rounding": "cash rounding|coin",
}
_HEAD: Final = ("ordered", "promised", "delivered")
_SUMS: Final = {
    "freight": "freight_minor",
    "rebate": "rebate_minor",
    "extra_cost": "extra_cost_minor",
    "prepaid": "prepaid_minor",
    "cash_rounding": "cash_minor",
}
_SIGNIFICANT: Final = ("product_id", "quantity_dec6", "net_minor")


@dataclass(slots=True)
class OrdersResult:
    """What an import of orders did; counts are of rows."""

    header: tuple[str, ...] = ()
    columns: dict[str, str] = field(default_factory=dict)
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    operation_id: str | None = None

    def said(self, row: SheetRow) -> dict[str, str]:
        """Return what a row says, by field; empty cells and the NULL of databases say nothing."""
        cells = dict(zip(self.header, row.cells, strict=False))
        found = {name: cells.get(column, "").strip() for name, column in self.columns.items()}
        return {name: text for name, text in found.items() if text and text != "NULL"}

    @property
    def taken(self) -> int:
        """Return how many rows are in the book now."""
        return self.new + self.changed + self.unchanged


def run(desk: Desk, path: Path, source: str, columns: str = "", *, is_dry_run: bool = False) -> OrdersResult:
    """Import orders and their lines; nothing or all of it is saved, and one undo takes it back.

    Args:
        desk: whose book it is.
        path: CSV or XLSX.
        source: which system the ids are of.
        columns: `Column=field,...` over the guess.
        is_dry_run: count, and take it back.

    Raises:
        UsageError: it is no table, or no column names the order.
    """
    with open_sheet(path) as sheet:
        rows, header = list(sheet.rows), sheet.header
    result = OrdersResult(header, map_columns(header, columns, _WORDS, "order"))
    with desk.store.write("import", is_dry_run=is_dry_run) as work:
        importer = _Orders(desk, work, source, result)
        for row in rows:
            importer.take(row)
        importer.finish()
        work.summary = f"Imported {result.taken:,} rows of orders from {path.name}"
    result.operation_id = None if is_dry_run else work.operation_id
    return result


def map_columns(header: Sequence[str], columns: str, words: Mapping[str, str], key: str) -> dict[str, str]:
    """Return the column of each field: the one that was given, else the first that is called so.

    Raises:
        UsageError: a field or column is none, or no column has the key.
    """
    given = {name: column for column, _, name in (part.partition("=") for part in columns.split(",") if part)}
    unknown = [name for name in given if name and name not in words]
    missing = [column for column in given.values() if column not in header]
    if unknown or missing:
        what = f"There is no field {unknown[0]}" if unknown else f"There is no column {missing[0]}"
        raise UsageError(f"{what}.", hint=f"Fields: {', '.join(words)}.")
    found = {name: column for name, column in given.items() if name}
    called = {normalise(column): column for column in reversed(header) if column not in given.values()}
    for name, spellings in words.items():
        column = next((called[normalise(word)] for word in spellings.split("|") if normalise(word) in called), None)
        if name not in found and column and column not in found.values():
            found[name] = column
    if key not in found:
        raise UsageError(f"No column names the {key}.", hint=f'Say which: --map "Column={key}"')
    return found


class _Orders:
    """One import of orders: rows of one order belong together, wherever they stand."""

    def __init__(self, desk: Desk, work: UnitOfWork, source: str, result: OrdersResult) -> None:
        self._desk, self._work, self._source, self._result = desk, work, source, result
        self._names = Names(desk, work, source, frozenset())
        known = imports.known_ids(desk.store, TABLE)
        self._known = {one.value: one.row_id for one in known if one.source == source and one.ref}
        self._costs = imports.costs_of_products(desk.store)
        self._lines: dict[str, dict[str, Row]] = {}
        self._seen: Counter[tuple[str, str]] = Counter()
        self._touched: dict[str, None] = {}
        self._stale: set[str] = set()
        self._versioned: set[str] = set()

    def take(self, row: SheetRow) -> None:
        """Take one row in, or keep it with its reason."""
        said = self._result.said(row)
        try:
            outcome = self._row(said, row.problem)
        except (RowProblem, AmountError, SfaError) as problem:
            reason = str(problem)
            self._result.rejected.append(Rejected(row.line, row.cells, reason))
            self._result.reasons[reason] += 1
            return
        setattr(self._result, outcome, getattr(self._result, outcome) + 1)

    def finish(self) -> None:
        """Write what follows for the orders that changed."""
        for order_id in self._touched:
            settle(self._desk, self._work, load(self._desk, order_id))

    def _row(self, said: dict[str, str], problem: str | None) -> str:
        key = said.get("order", "")
        if problem or not key:
            raise RowProblem(problem or "the order is missing")
        line = self._read_line(key, said) if "product" in said or "quantity" in said else None
        outcome = self._head(key, said)
        order_id = self._known[key]
        if order_id in self._stale:
            return "unchanged"
        if line is not None:
            own = self._line(order_id, said, line)
            outcome = own if outcome == "unchanged" else outcome
        if outcome != "unchanged":
            self._touched[order_id] = None
        return outcome

    def _head(self, key: str, said: dict[str, str]) -> str:
        values: dict[str, Any] = {
            f"{name}_on": read_day(self._desk, said[name].split(" ")[0]).isoformat() for name in _HEAD if name in said
        }
        if "customer" in said:
            values["account_id"] = self._found("account", said["customer"], "customer")
        if "owner" in said:
            values["owner_id"] = self._found("user", said["owner"], "user")
        if "customer_ref" in said:
            values["customer_ref"] = said["customer_ref"]
        currency = self._currency(key, said)
        if not is_currency(currency):
            raise RowProblem(f"“{currency}” is no currency")
        values |= _sums(said, currency)
        if key in self._known:
            before = record(self._desk.store, TABLE, self._known[key]) or {}
            return self._update(before, values, said.get("version"))
        if "account_id" not in values:
            raise RowProblem(f"no order has the id {key}, and the row names no customer")
        values.setdefault("ordered_on", self._desk.today.isoformat())
        row = {"name": f"Order {key}", "number": self._number(key), "currency": currency, **values}
        if "version" in said:
            row["source_version"] = said["version"]
        order_id = self._work.insert(TABLE, row)
        self._work.insert(
            "external_id", {"table_name": TABLE, "row_id": order_id, "source": self._source, "value": key}
        )
        self._known[key] = order_id
        self._versioned.add(order_id)
        return "new"

    def _number(self, key: str) -> str:
        taken = self._desk.store.value("SELECT 1 FROM sales_order WHERE number = ?", (key,))
        return f"{self._source}-{key}" if taken else key

    def _update(self, before: Row, values: dict[str, Any], version: str | None) -> str:
        """Change what differs; a version that is not newer than the one that is there changes nothing."""
        order_id = before["id"]
        if version and order_id not in self._versioned:
            if before["source_version"] and order_of(version) <= order_of(before["source_version"]):
                self._stale.add(order_id)
                return "unchanged"
            self._versioned.add(order_id)
            values["source_version"] = version
        changes = {name: value for name, value in values.items() if before[name] != value}
        self._work.update(TABLE, order_id, changes)
        return "changed" if changes else "unchanged"

    def _found(self, noun: str, text: str, word: str) -> str:
        found = self._names.by_key(noun, text) or self._names.look(noun, text)
        if not found:
            raise RowProblem(f"no {word} is called or has the id “{text}”")
        return found

    def _read_line(self, key: str, said: dict[str, str]) -> Row:
        if "product" not in said:
            raise RowProblem("the product is missing")
        quantity = dec6(said.get("quantity", "1"))
        if quantity <= 0:
            raise RowProblem(f"a quantity of {from_dec6(quantity)} is none")
        product = self._found("product", said["product"], "product")
        currency = self._currency(key, said)
        worth = line_worth(currency, said, quantity)
        cost = self._cost(product, currency, said)
        costs = None if cost is None else line_amount(cost, quantity, DEC6, currency, Rounding.HALF_UP)
        return {"product_id": product, "quantity_dec6": quantity, "cost_minor": costs, **worth}

    def _currency(self, key: str, said: dict[str, str]) -> str:
        """Return the currency of an order that is here, else the one that is said."""
        order = record(self._desk.store, TABLE, self._known.get(key, "")) or {}
        return str(order.get("currency") or said.get("currency", self._desk.currency).upper())

    def _cost(self, product: str, currency: str, said: dict[str, str]) -> int | None:
        """Return what a piece costs: that of the file, else the product's own in the same currency."""
        if "cost" in said:
            return dec6(said["cost"])
        cost, code = self._costs.get(product, (None, None))
        return cost if code == currency else None

    def _line(self, order_id: str, said: dict[str, str], line: Row) -> str:
        order = record(self._desk.store, TABLE, order_id) or {}
        name = said.get("line") or said["product"]
        self._seen[order_id, name] += 1
        count = self._seen[order_id, name]
        key = name if count == 1 else f"{name}:{count}"
        if order_id not in self._lines:
            self._lines[order_id] = {row["source_key"]: row for row in queries.lines(self._desk.store, order_id)}
        known = self._lines[order_id]
        if key in known:
            return self._change_line(order_id, known[key], line)
        row = {"order_id": order_id, "ordinal": len(known) + 1, "source_key": key, **line}
        if order["delivered_on"]:
            row["delivered_dec6"] = line["quantity_dec6"]
        line_id = self._work.insert("sales_order_line", row)
        sheet = load(self._desk, order_id)
        made = next(one for one in sheet.lines if one["id"] == line_id)
        known[key] = made
        comp_events.booked(self._work, sheet, made)
        if order["delivered_on"]:
            comp_events.delivered(self._work, sheet, made, order["delivered_on"], (0, line["quantity_dec6"]))
        return "new"

    def _change_line(self, order_id: str, before: Row, line: Row) -> str:
        if all(before[name] == line[name] for name in _SIGNIFICANT):
            return "unchanged"
        if before["invoiced_dec6"]:
            raise RowProblem("the line is invoiced, and differs from the one that is here")
        sheet = load(self._desk, order_id)
        old = next(one for one in sheet.lines if one["id"] == before["id"])
        comp_events.cancelled(
            self._desk, self._work, sheet, old, self._desk.today.isoformat(), (old["quantity_dec6"], 0)
        )
        moved = {"delivered_dec6": line["quantity_dec6"]} if old["delivered_dec6"] else {}
        self._work.update("sales_order_line", before["id"], line | moved)
        before.update(line)
        comp_events.booked(self._work, sheet, {**old, **line})
        return "changed"


def line_worth(currency: str, said: Mapping[str, str], quantity: int) -> Row:
    """Return price and net: that of the file, else price, less the discount, times quantity, rounded once.

    Raises:
        RowProblem: the price is missing or negative, or the discount over 100 %.
    """
    off = _part(said.get("discount", "0"))
    price = dec6(said["price"]) if "price" in said else None
    if price is None:
        if "net" not in said:
            raise RowProblem("the price is missing")
        return {"list_dec6": None, "net_dec6": None, "net_minor": parse_amount(said["net"], currency).amount_minor}
    if price < 0:
        raise RowProblem("a price is not negative")
    net = share(price, PPM - off)
    listed, amount = (line_amount(one, quantity, DEC6, currency, Rounding.HALF_UP) for one in (price, net))
    if "net" in said:
        amount = parse_amount(said["net"], currency).amount_minor
    return {"list_dec6": price, "net_dec6": net, "list_minor": listed, "net_minor": amount}


def _sums(said: Mapping[str, str], currency: str) -> dict[str, int]:
    """Return the amounts that stand beside an order as a whole, by column.

    Raises:
        RowProblem: one is below nothing, or in another currency.
    """
    found = {name: parse_amount(said[name], currency) for name in _SUMS if name in said}
    for name, amount in found.items():
        if amount.currency != currency or amount.amount_minor < 0:
            raise RowProblem(f"“{said[name]}” is no {name.replace('_', ' ')} in {currency}")
    return {_SUMS[name]: amount.amount_minor for name, amount in found.items()}


def _part(text: str) -> int:
    """Return a discount in ppm: `15%` or a fraction such as 0.15.

    Raises:
        RowProblem: it is over 100 %.
    """
    is_percent = text.strip().endswith("%")
    value = dec6(text.strip().removesuffix("%"))
    part = value // 100 if is_percent else value
    if not 0 <= part <= PPM:
        raise RowProblem(f"a discount of {text} is none; write 0.15 or 15%")
    return part


def order_of(version: str) -> tuple[int, int, str]:
    """Return what versions are compared by: whole numbers as such."""
    return (0, int(version), "") if version.isdecimal() else (1, 0, version)
