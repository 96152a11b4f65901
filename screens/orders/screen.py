"""Orders: what was ordered, and what became of it; an order opens into its lines, deliveries, invoices and payments."""

from rich.text import Text

from screens.lists import ListScreen
from screens.widgets.columns import ColumnSpec

COLUMNS = (
    ColumnSpec("number", "Order", 17, 0, 1),
    ColumnSpec("account", "Account", 16, 3, 1),
    ColumnSpec("state", "State", 14, 0, 1),
    ColumnSpec("net", "Net", 16, 0, 1),
    ColumnSpec("promised", "Promised", 11, 0, 2),
    ColumnSpec("delivered", "Delivered", 11, 0, 3),
    ColumnSpec("invoicing", "Invoiced", 9, 0, 3),
    ColumnSpec("owner", "Owner", 12, 1, 4),
)
MADE = "An order is made of an accepted quote: press > on it."
STAYS = "An order stays: cancel what is open with : and order cancel."


class OrdersScreen(ListScreen):
    """Orders, the newest first."""

    TITLE = "Orders"
    AREA = "orders"

    def __init__(self) -> None:
        super().__init__()
        self.noun = "order"
        self.list_title = "Orders"
        self.columns = COLUMNS
        self.empty = Text("No orders yet. Press 5 and > on an accepted quote.", justify="center")

    def action_add(self) -> None:  # type: ignore[override] # the list's own is a worker
        """Say where an order comes from."""
        self.desk_app.tell(MADE)

    def action_remove(self) -> None:  # type: ignore[override] # as above
        """Say what is done instead."""
        self.desk_app.tell(STAYS)
