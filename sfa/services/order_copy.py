"""The lines of an order, copied of what was accepted: every amount as it stands there, or the part that is ordered of it."""

import json
from collections.abc import Mapping
from typing import Final

from db.queries import orders as queries
from db.store import UnitOfWork
from sfa.domain.figures import ppm
from sfa.domain.orders import due, tolerance_of
from sfa.domain.pricing.amounts import spread
from sfa.domain.pricing.totals import total
from sfa.domain.quoting.totals import document_of, is_fixed_bundle, rounding_of
from sfa.services.desk import Desk
from sfa.services.order_sheet import Row
from sfa.services.quote_sheet import Sheet


class Copy:
    """Copies lines of an accepted version into an order: amounts as they are, or the part that is ordered of them.

    Parts of a line that is ordered in several orders add up to the line: each gets what is due by now less what the
    orders before it have.
    """

    def __init__(self, desk: Desk, work: UnitOfWork, sheet: Sheet, order_id: str) -> None:
        self._work, self._sheet, self._order_id = work, sheet, order_id
        self._mode = rounding_of(sheet.version)
        self._tolerance = ppm(desk.config.text("orders.tolerance") or "0")
        self._shares = _shares(sheet)
        self._given = [row for row in queries.ordered_of_version(desk.store, sheet.version_id) if not row["is_part"]]
        self._parts_given = [row for row in queries.ordered_of_version(desk.store, sheet.version_id) if row["is_part"]]
        self._ordinal = 0

    def take(self, wanted: Mapping[str, tuple[int, int]]) -> None:
        """Copy the lines that are wanted, with the parts that are in their price."""
        for line in self._sheet.lines:
            if line["id"] not in wanted:
                continue
            before, after = wanted[line["id"]]
            shares = self._shares.get(line["id"], [])
            head = self._line(line, (before, after, abs(line["quantity_dec6"])), shares, None)
            if not is_fixed_bundle(line):
                continue
            parts = [
                row for row in self._sheet.lines if row["parent_line_id"] == line["id"] and row["kind"] == "product"
            ]
            for part, own in zip(parts, _divided(shares, parts), strict=True):
                self._line(part, (before, after, abs(line["quantity_dec6"])), own, head)

    def _line(self, line: Row, moved: tuple[int, int, int], shares: list[Row], head: str | None) -> str:
        before, after, whole = moved
        size = abs(line["quantity_dec6"])
        quantity = due(size, whole, after) - due(size, whole, before)
        given = [row for row in (self._parts_given if head else self._given) if row["quote_line_id"] == line["id"]]

        def part(column: str) -> int:
            return due(line[column] or 0, whole, after, self._mode) - sum(_kept(row, column) for row in given)

        own = [{**one, "minor": self._share(one, index, moved, given)} for index, one in enumerate(shares)]
        self._ordinal += 1
        return self._work.insert(
            "sales_order_line",
            {
                "order_id": self._order_id,
                "ordinal": self._ordinal,
                "parent_line_id": head,
                "is_part": int(head is not None),
                "quote_line_id": line["id"],
                **{name: line[name] for name in _SAME},
                "quantity_dec6": quantity,
                "tolerance_dec6": tolerance_of(quantity, self._tolerance),
                "net_minor": part("net_minor"),
                "list_minor": None if line["list_minor"] is None else part("list_minor"),
                "cost_minor": None if line["cost_minor"] is None else part("cost_minor"),
                "tax_minor": 0 if head else part("tax_minor"),
                "shares": json.dumps(own) if own else None,
                "share_minor": sum(one["minor"] for one in own),
                "promised_on": line["delivery_on"],
            },
        )

    def _share(self, one: Row, index: int, moved: tuple[int, int, int], given: list[Row]) -> int:
        _, after, whole = moved
        before = sum(
            due(
                json.loads(row["shares"])[index]["minor"],
                row["quantity_dec6"],
                row["quantity_dec6"] - row["cancelled_dec6"],
                self._mode,
            )
            for row in given
            if row["shares"]
        )
        return due(one["minor"], whole, after, self._mode) - before


_SAME: Final = (
    "product_id", "description", "unit", "base_dec6", "periods", "period", "list_dec6", "net_dec6", "discounts",
    "tax_code_id", "tax_category", "tax_rate_ppm", "tax_reason",
)  # fmt: skip


def _kept(row: Row, column: str) -> int:
    """Return what an earlier order has of an amount: of what it did not cancel."""
    kept = row["quantity_dec6"] - row["cancelled_dec6"]
    return due(row[column] or 0, row["quantity_dec6"], kept)


def _shares(sheet: Sheet) -> dict[str, list[Row]]:
    """Divide discounts and charges of the whole quote over its lines: first over tax groups, then within each (domain.md 2.5)."""
    totals = total(document_of(sheet))
    taxes = {line.id: line.taxes for line in document_of(sheet).lines}
    counted = [line for line in totals.lines if line.is_counted]
    found: dict[str, list[Row]] = {}
    for one in totals.records:
        own = [line for line in counted if tuple(sorted(taxes[line.id])) == one.taxes] or counted
        weights = [line.net_minor for line in own]
        parts = spread(one.signed_minor, weights) if sum(weights) else [one.signed_minor] + [0] * (len(own) - 1)
        for line, minor in zip(own, parts, strict=True):
            found.setdefault(line.id, []).append({"reason": one.reason, "is_charge": one.is_charge, "minor": minor})
    return found


def _divided(shares: list[Row], parts: list[Row]) -> list[list[Row]]:
    """Divide the shares of a bundle over the parts that are in its price."""
    weights = [part["net_minor"] or 0 for part in parts]
    if not sum(weights):
        return [[] for _ in parts]
    columns = [spread(one["minor"], weights) for one in shares]
    return [
        [{**one, "minor": column[index]} for one, column in zip(shares, columns, strict=True)]
        for index in range(len(parts))
    ]
