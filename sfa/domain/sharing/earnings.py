"""Commission events that come from laptops: taken from whoever may write the order, as far as the order bears them out."""

import json
from collections.abc import Iterable

from sfa.domain.orders import commissionable, due
from sfa.domain.sharing.homes import Find, Row

OF_ORDERS = frozenset({"booked", "cancelled", "delivered", "returned"})
"""Kinds that follow from an order; those of invoices and payments come from whoever writes these."""
_TAKEN_BACK = {"cancelled": "booked", "returned": "delivered"}
_SAME = ("account_id", "owner_id", "currency")


def is_of_order(row: Row) -> bool:
    """Tell whether an event follows from an order, so that who may write the order may write the event."""
    return row.get("source_type") == "sales_order" and row.get("type") in OF_ORDERS


def fault_of_event(row: Row, find: Find, earlier: Iterable[Row]) -> str | None:
    """Return why an order does not bear an event out, or None.

    Args:
        row: the event.
        find: reads a row.
        earlier: the events of the same line that are known: type, quantity_dec6, net_minor.
    """
    order = find("sales_order", str(row.get("source_id"))) or {}
    line = find("sales_order_line", str(row.get("source_line_id"))) or {}
    if not order or line.get("order_id") != order.get("id"):
        return "This event names no line of an order."
    if any(row.get(name) != order.get(name) for name in _SAME) or row.get("product_id") != line.get("product_id"):
        return "This event is about something else than its order."
    told = json.loads(row.get("facts") or "{}")
    if told.items() - {"number": order.get("number"), "channel": order.get("channel")}.items() or row.get("fx_rate_e9"):
        return "This event says more than its order."
    return _fault_of_amount(row, line, find, list(earlier))


def _fault_of_amount(row: Row, line: Row, find: Find, earlier: list[Row]) -> str | None:
    kind = str(row["type"])
    if kind in _TAKEN_BACK:
        net, quantity = _sum(earlier, _TAKEN_BACK[kind])
        most = -net, -quantity
    elif kind == "booked":
        return _fault_of_booking(row, line, earlier)
    else:
        most = _most_delivered(line, find)
    return _beyond(zip(_sum([*earlier, row], kind), most, strict=True))


def _fault_of_booking(row: Row, line: Row, earlier: list[Row]) -> str | None:
    """A line may be booked anew after it was cancelled, an import's for what it is now: up to what is kept of it."""
    whole, back = int(line["quantity_dec6"]), _sum(earlier, "cancelled")
    kept = whole - int(line["cancelled_dec6"]) if any(back) else whole
    most = due(commissionable(line), whole, kept), kept
    booked = (done + gone for done, gone in zip(_sum([*earlier, row], "booked"), back, strict=True))
    return _beyond(zip(booked, most, strict=True))


def _beyond(parts: Iterable[tuple[int, int]]) -> str | None:
    fits = all(0 <= part * _sign(whole) <= abs(whole) for part, whole in parts)
    return None if fits else "This event is about more than its order."


def _sum(events: Iterable[Row], kind: str) -> tuple[int, int]:
    own = [event for event in events if event["type"] == kind]
    return sum(int(event["net_minor"]) for event in own), sum(int(event["quantity_dec6"] or 0) for event in own)


def _most_delivered(line: Row, find: Find) -> tuple[int, int]:
    """Return net and quantity of a line with what may be delivered beyond the order."""
    head = (find("sales_order_line", str(line.get("parent_line_id"))) if line.get("is_part") else None) or line
    whole = int(head["quantity_dec6"])
    with_more = whole + int(head.get("tolerance_dec6") or 0)
    return due(commissionable(line), whole, with_more), due(int(line["quantity_dec6"]), whole, with_more)


def _sign(whole: int) -> int:
    return -1 if whole < 0 else 1
