"""What lines cost us, found where costs are known: whoever wrote the line may not see them (domain.md 2.5)."""

from sfa.domain.figures import DEC6
from sfa.domain.money import Rounding
from sfa.domain.orders import step
from sfa.domain.pricing.amounts import line_amount
from sfa.domain.sharing.homes import Find, Row


def cost_of(table: str, row: Row, find: Find, before: int = 0) -> int | None:
    """Return what a line costs in minor units of its document; None where that is not known, or no cost belongs there.

    Args:
        table: quote_line, sales_order_line or comp_event; others have none.
        row: the line, or the event of a line of an order.
        find: reads a row.
        before: of an event: the quantity of its line that earlier events of its kind are about.
    """
    if table == "quote_line":
        version = find("quote_version", str(row.get("version_id"))) or {}
        quote = find("quote", str(version.get("quote_id"))) or {}
        return _of_goods(row, quote.get("currency"), Rounding[str(version.get("rounding") or "half_up").upper()], find)
    if table == "sales_order_line":
        offered = find("quote_line", str(row.get("quote_line_id"))) or {}
        if offered.get("cost_minor") is not None:
            return step(offered["cost_minor"], offered["quantity_dec6"], 0, row["quantity_dec6"])
        order = find("sales_order", str(row.get("order_id"))) or {}
        return _of_goods(row, order.get("currency"), Rounding.HALF_UP, find)
    if table == "comp_event":
        line = find("sales_order_line", str(row.get("source_line_id"))) or {}
        if line.get("cost_minor") is None or row.get("quantity_dec6") is None:
            return None
        return step(line["cost_minor"], line["quantity_dec6"], before, before + row["quantity_dec6"])
    return None


def _of_goods(line: Row, currency: object, rounding: Rounding, find: Find) -> int | None:
    product = find("product", str(line.get("product_id"))) or {}
    cost, quantity = product.get("cost_dec6"), line.get("quantity_dec6")
    if cost is None or quantity is None or product.get("currency") != currency:
        return None
    periods = line.get("periods")
    times = 1 if periods is None else int(periods)
    return line_amount(cost, quantity * times, DEC6, str(currency), rounding)
