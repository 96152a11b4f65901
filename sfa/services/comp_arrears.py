"""What was cancelled or came back on a laptop that does not see the earnings: whoever keeps pay takes them back."""

from typing import Final

from db.queries import orders as queries
from db.store import UnitOfWork
from sfa.domain.orders import due, step
from sfa.services import comp_events
from sfa.services.desk import Desk
from sfa.services.order_sheet import Row, load

KINDS: Final = {"cancelled": "cancelled_dec6", "returned": "returned_dec6"}


def take_back(desk: Desk, work: UnitOfWork) -> int:
    """Append the events that orders are ahead of, as of today; return how many lines there were.

    A manager or a colleague who cancels an order has no earnings of its owner on the laptop that an event could name.
    """
    behind = [row for row in queries.taken_back(desk.store) if _is_behind(row)]
    sheets = {order_id: load(desk, order_id) for order_id in dict.fromkeys(row["order_id"] for row in behind)}
    for row in behind:
        sheet = sheets[row["order_id"]]
        line = next(line for line in sheet.lines if line["id"] == row["id"])
        on, whole = desk.today.isoformat(), line["quantity_dec6"]
        known = {kind: _known(row, kind) for kind in KINDS}
        if known["cancelled"] < line["cancelled_dec6"]:
            kept = whole - known["cancelled"], whole - line["cancelled_dec6"]
            comp_events.cancelled(desk, work, sheet, line, on, kept)
        if known["returned"] < line["returned_dec6"]:
            comp_events.returned(desk, work, sheet, line, on, (known["returned"], line["returned_dec6"]))
    return len(behind)


def _is_behind(row: Row) -> bool:
    whole, item = row["quantity_dec6"], row["item_dec6"]
    return any(
        row[f"known_{kind}"] < step(item, whole, 0, row[column])
        for kind, column in KINDS.items()
        if row[f"may_be_{kind}"]
    )


def _known(row: Row, kind: str) -> int:
    """Return how much of the line its events have taken back; those of a part count in quantities of the part."""
    return due(row["quantity_dec6"], row["item_dec6"], row[f"known_{kind}"])
