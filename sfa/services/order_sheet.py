"""An order as the use cases hold it: rows with their lines, and what follows from a change of quantities."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from db.queries import orders as queries
from db.queries.quotes import lines as quote_lines
from db.queries.records import record
from db.store import UnitOfWork
from sfa.domain.fields import NOUNS
from sfa.domain.figures import AmountError, dec6, from_dec6
from sfa.domain.money import Rounding
from sfa.domain.order_sums import sums_of_order
from sfa.domain.orders import OrderState, Quantities, QuantityError, order_state, quote_progress
from sfa.domain.quoting.totals import rounding_of
from sfa.errors import ConflictError, NotFoundError, UsageError
from sfa.services.desk import Desk, Saved
from sfa.services.moments import read_day
from sfa.services.records import saved
from sfa.services.references import resolve

Row = dict[str, Any]
COUNTS: Final = ("delivered", "invoiced", "returned", "cancelled")
SETTLED: Final = ("paid", "credited", "settled")


@dataclass(slots=True)
class OrderSheet:
    """An order with its lines, as rows; parts of a bundle of one price stand beneath their line."""

    order: Row
    lines: list[Row]

    @property
    def id(self) -> str:
        """Return the id of the order."""
        return str(self.order["id"])

    @property
    def number(self) -> str:
        """Return the number of the order."""
        return str(self.order["number"])

    @property
    def currency(self) -> str:
        """Return the currency of all amounts."""
        return str(self.order["currency"])

    @property
    def mode(self) -> Rounding:
        """Return how its amounts are rounded."""
        return rounding_of(self.order)

    @property
    def counted(self) -> list[Row]:
        """Return the lines that are delivered and invoiced by themselves."""
        return [line for line in self.lines if not line["is_part"]]

    def parts_of(self, line: Row) -> list[Row]:
        """Return the parts that are in the price of a line."""
        return [part for part in self.lines if part["is_part"] and part["parent_line_id"] == line["id"]]


def find(desk: Desk, words: str | Sequence[str]) -> str:
    """Return the id of the order that words mean: a number, its last digits, a reference, id or name.

    Raises:
        NotFoundError: there is none.
        ConflictError: several are called so.
    """
    return resolve(desk, "order", words if isinstance(words, str) else " ".join(words)).id


def load(desk: Desk, order_id: str) -> OrderSheet:
    """Return an order with its lines.

    Raises:
        NotFoundError: there is none.
    """
    order = record(desk.store, "sales_order", order_id)
    if order is None or order["deleted_at"]:
        raise NotFoundError(f"No order {order_id}.", hint="List them with: sfa order list")
    return OrderSheet(order, queries.lines(desk.store, order_id))


def load_open(desk: Desk, order_id: str) -> OrderSheet:
    """Return an order that something may still happen to.

    Raises:
        NotFoundError: there is none.
        ConflictError: it is cancelled.
    """
    sheet = load(desk, order_id)
    if sheet.order["state"] == OrderState.CANCELLED:
        raise ConflictError(f"{sheet.number} is cancelled.", hint="Undo that: sfa undo; or order again.")
    return sheet


def quantities(line: Row) -> Quantities:
    """Return what became of a line."""
    return Quantities(
        line["quantity_dec6"],
        line["delivered_dec6"],
        line["invoiced_dec6"],
        line["returned_dec6"],
        line["cancelled_dec6"],
        line["tolerance_dec6"],
    )


def called(line: Row) -> str:
    """Return what people call a line."""
    return str(line["product_name"] or line["description"] or "").split("\n")[0]


def line_at(sheet: OrderSheet, position: int) -> Row:
    """Return the line of a number.

    Raises:
        NotFoundError: there is none, or it is in the price of another one.
    """
    found = next((line for line in sheet.lines if line["ordinal"] == position), None)
    if found is None:
        last = max((line["ordinal"] for line in sheet.lines), default=0)
        raise NotFoundError(f"{sheet.number} has no line {position}.", hint=f"Its lines are 1 to {last}.")
    if found["is_part"]:
        head = next(line for line in sheet.lines if line["id"] == found["parent_line_id"])
        raise UsageError(f"Line {position} is part of line {head['ordinal']}.", hint=f"Name line {head['ordinal']}.")
    return found


def read_quantities(sheet: OrderSheet, words: Sequence[str]) -> dict[str, int]:
    """Return quantities by line id, of `LINE=QUANTITY` or `PRODUCT=QUANTITY` as typed; a code or a name means a product.

    Raises:
        UsageError: it is none.
        NotFoundError: there is no such line.
    """
    wanted: dict[str, int] = {}
    for word in words:
        place, _, amount = word.rpartition("=")
        if not place:
            raise UsageError(f"“{word}” is no line with its quantity.", hint="Such as 1=5: five of line 1.")
        line = line_at(sheet, int(place)) if place.isdecimal() else _line_called(sheet, place)
        if line["id"] in wanted:
            raise UsageError(f"Line {line['ordinal']} stands there twice.")
        try:
            wanted[line["id"]] = dec6(amount)
        except AmountError as error:
            raise UsageError(f"Line {line['ordinal']}: {error}") from error
    return wanted


def _line_called(sheet: OrderSheet, text: str) -> Row:
    wanted = text.strip().casefold()
    found = [
        line for line in sheet.counted if wanted in {called(line).casefold(), (line["product_code"] or "").casefold()}
    ]
    if len(found) != 1:
        known = ", ".join(f"{line['ordinal']} {called(line)}" for line in sheet.counted)
        raise NotFoundError(f"{sheet.number} has no line {text}.", hint=f"It has: {known}.")
    return found[0]


def changed(line: Row, change: Callable[[int], Quantities], quantity: int) -> Quantities:
    """Return the quantities of a line after a change.

    Raises:
        ConflictError: the line does not allow it.
    """
    try:
        return change(quantity)
    except QuantityError as error:
        raise ConflictError(f"Line {line['ordinal']}, {called(line)}: {error}.") from error


def put(work: UnitOfWork, line: Row, after: Quantities) -> None:
    """Write what became of a line."""
    now = {f"{name}_dec6": getattr(after, name) for name in COUNTS}
    told_anew = {name: value for name, value in now.items() if line[name] != value}
    work.update("sales_order_line", line["id"], told_anew)
    line |= told_anew


def settle(desk: Desk, work: UnitOfWork, sheet: OrderSheet) -> None:
    """Write what follows from the quantities of an order: its state, its sums, how far its quote was ordered."""
    order = sheet.order
    now = {
        "state": state_of(desk, sheet).value,
        **sums_of_order(order, sheet.lines),
        "delivered_on": _delivered_on(desk, sheet),
    }
    told_anew = {name: value for name, value in now.items() if order[name] != value}
    if told_anew:
        work.update("sales_order", sheet.id, told_anew)
        order |= told_anew
    if order["version_id"]:
        follow_quote(desk, work, order["version_id"])


def state_of(desk: Desk, sheet: OrderSheet) -> OrderState:
    """Return the state of an order by its quantities and its invoices."""
    bills = queries.invoices(desk.store, sheet.id)
    is_settled = bool(bills) and all(bill["state"] in SETTLED for bill in bills)
    return order_state([quantities(line) for line in sheet.counted], is_settled=is_settled)


def _delivered_on(desk: Desk, sheet: OrderSheet) -> str | None:
    """Return the day on which the last piece was delivered, None while some is still to come."""
    if any(quantities(line).to_deliver for line in sheet.counted):
        return None
    days: list[str] = [
        row["shipped_on"] for row in queries.shipments(desk.store, sheet.id) if row["kind"] == "delivery"
    ]
    return max(days) if days else sheet.order["delivered_on"] or None


def follow_quote(desk: Desk, work: UnitOfWork, version_id: str) -> None:
    """Write how far the quote of a version was ordered."""
    orders = queries.of_version(desk.store, version_id)
    ordered: dict[str, int] = {}
    for line in queries.ordered_of_version(desk.store, version_id):
        ordered[line["quote_line_id"]] = (
            ordered.get(line["quote_line_id"], 0) + line["quantity_dec6"] - line["cancelled_dec6"]
        )
    offered = [
        (ordered.get(line["id"], 0), abs(line["quantity_dec6"]))
        for line in quote_lines(desk.store, version_id)
        if line["kind"] == "product" and (line["role"] == "normal" or line["is_chosen"])
    ]
    version = record(desk.store, "quote_version", version_id) or {}
    quote = record(desk.store, "quote", version.get("quote_id") or "")
    progress = quote_progress(offered, [order["state"] for order in orders]).value
    if quote and quote["progress"] != progress:
        work.update("quote", quote["id"], {"progress": progress})


def day_of(desk: Desk, text: str | None, *, least: str | None = None, why: str = "") -> str:
    """Return a day as typed, today where none is given.

    Raises:
        UsageError: it is none, or before the earliest possible one.
    """
    day = read_day(desk, text) if text else desk.today
    if least and day.isoformat() < least:
        raise UsageError(f"{day} is before {why} of {least}.", hint="Give a later day.")
    return day.isoformat()


def shown(quantity: int, line: Mapping[str, Any]) -> str:
    """Return a quantity with its unit."""
    return f"{from_dec6(quantity)} {line['unit'] or ''}".strip()


def told(desk: Desk, work: UnitOfWork, order_id: str, *, is_dry_run: bool) -> Saved:
    """Return what an operation on an order did."""
    ref = (record(desk.store, NOUNS["order"].table, order_id) or {}).get("ref")
    return saved(work, is_dry_run=is_dry_run, record_id=order_id, ref=ref)
