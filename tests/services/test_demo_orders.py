"""The orders of the demo hold the rules of all orders."""

from pathlib import Path

from sfa.services import demo
from tests.support.factories import make_desk


def test_the_demo_has_orders_in_every_state_whose_amounts_add_up(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    demo.make_store(desk)
    states = dict(desk.store.rows("SELECT state, count(*) FROM sales_order GROUP BY state"))
    assert {"open", "delivered", "invoiced", "paid"} <= states.keys()
    sums = "SELECT sum(net_minor) FROM comp_event WHERE type = '{}'"
    assert desk.store.value(sums.format("booked")) == desk.store.value("SELECT sum(net_minor) FROM sales_order")
    assert desk.store.value(sums.format("invoiced")) == desk.store.value("SELECT sum(net_minor) FROM invoice")
    assert desk.store.value(sums.format("paid")) == desk.store.value("SELECT sum(amount_minor) FROM payment")
    unmatched = (
        "SELECT count(*) FROM sales_order o WHERE o.net_minor <> (SELECT sum(l.net_minor) FROM sales_order_line l"
        " WHERE l.order_id = o.id)"
    )
    assert desk.store.value(unmatched) == 0
