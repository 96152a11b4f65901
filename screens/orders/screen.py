"""Orders: what was ordered, and what became of it; an order opens into its lines, deliveries, invoices and payments."""

from dataclasses import replace
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from screens.base import bindings
from screens.lists import LIST_VERBS, ListScreen
from screens.orders.verbs import ORDER_VERBS, OrderVerbs
from screens.records.screen import VERBS as RECORD_VERBS
from screens.records.screen import RecordScreen
from screens.widgets.columns import ColumnSpec
from sfa.commands import Command

COLUMNS = (
    ColumnSpec("number", "Order", 16, 0, 1),
    ColumnSpec("ordered", "Ordered", 10, 0, 2),
    ColumnSpec("account", "Account", 14, 3, 1),
    ColumnSpec("state", "State", 9, 1, 1),
    ColumnSpec("net", "Net", 15, 0, 1, "right"),
    ColumnSpec("promised", "Promised", 10, 0, 3),
    ColumnSpec("delivered", "Delivered", 10, 0, 3),
    ColumnSpec("invoicing", "Invoiced", 9, 0, 3),
    ColumnSpec("owner", "Owner", 12, 1, 4),
)
MADE = "An order is made of an accepted quote: press > on it."
STAYS = "An order stays: x cancels what is open."
_HIDDEN = ("list.add", "list.edit", "list.sort")


class OrdersScreen(ListScreen, OrderVerbs):
    """Orders, the newest first."""

    TITLE = "Orders"
    AREA = "orders"
    VERBS = (*(replace(one, is_shown=one.is_shown and one.id not in _HIDDEN) for one in LIST_VERBS), *ORDER_VERBS)
    BINDINGS: ClassVar[list[BindingType]] = bindings(VERBS)

    def __init__(self) -> None:
        super().__init__()
        self.noun = "order"
        self.list_title = "Orders"
        self.columns = COLUMNS
        self._sort = "-ordered"
        self.empty = Text("No orders yet. Press 5 and > on an accepted quote.", justify="center")

    def order_id(self) -> str | None:
        """Return the order under the cursor, or the one that is marked."""
        ids = self.targets()
        return ids[0] if len(ids) == 1 else None

    def action_add(self) -> None:  # type: ignore[override] # the list's own is a worker
        """Say where an order comes from."""
        self.desk_app.tell(MADE)

    def action_remove(self) -> None:  # type: ignore[override] # as above
        """Say what is done instead."""
        self.desk_app.tell(STAYS)


class OrderScreen(RecordScreen, OrderVerbs):
    """One order: its lines, deliveries, invoices and payments."""

    TITLE = "an order"
    VERBS: ClassVar[tuple[Command, ...]] = (*ORDER_VERBS, *RECORD_VERBS)
    BINDINGS: ClassVar[list[BindingType]] = bindings(VERBS)

    def __init__(self, order_id: str) -> None:
        super().__init__("order", order_id)

    def order_id(self) -> str:
        """Return the order."""
        return self.record_id
