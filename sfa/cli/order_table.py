"""The verbs of orders and invoices, and where each is made."""

from typing import Final

_ORDER, _BILL = "sfa.cli.order_verbs", "sfa.cli.invoice_verbs"
ORDER_VERBS: Final = {
    "from-quote": f"{_ORDER}:from_quote",
    "show": "sfa.cli.order_page:show",
    "promise": f"{_ORDER}:promise",
    "ship": f"{_ORDER}:ship",
    "track": f"{_ORDER}:track",
    "return": f"{_ORDER}:take_back",
    "invoice": f"{_BILL}:issue",
    "pay": f"{_BILL}:pay_order",
    "cancel": f"{_ORDER}:cancel",
    "dispute": f"{_ORDER}:dispute",
    "decide": f"{_ORDER}:decide",
    "import": "sfa.cli.order_importing:import_orders",
}
INVOICE_VERBS: Final = {
    "show": "sfa.cli.order_page:show_invoice",
    "pay": f"{_BILL}:pay",
    "credit": f"{_BILL}:credit",
    "write-off": f"{_BILL}:write_off",
    "dispute": f"{_BILL}:dispute",
    "ubl": f"{_BILL}:ubl",
    "pdf": f"{_BILL}:pdf",
    "import": "sfa.cli.order_importing:import_invoices",
}
