"""Documents whose totals are not those of their lines stay with who wrote them; honest ones pass, however large they are."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from db.queries.records import rows
from sfa.exchange import order_import
from sfa.services import order_shipping, orders, quote_acceptance, quote_headers, quote_lines, quote_states, quotes
from sfa.services.desk import Desk
from sfa.services.order_shipping import Parcel
from sfa.services.orders import Wish
from sfa.services.quote_acceptance import Signature
from sfa.services.quote_headers import Header
from sfa.services.quote_line_text import LineText
from sfa.services.quote_sheet import Meant, load
from sfa.sync import inbox, outbox
from tests.sync.conftest import MakeWorld
from tests.sync.test_days_of_work import Company

REPRICE = ": price it anew, and send that."


@pytest.fixture
def company(make_world: MakeWorld) -> Company:
    return Company(make_world(1, is_calm=True))


def a_draft(desk: Desk) -> Meant:
    meant = Meant(str(quotes.new(desk, {"account": "Acme GmbH"}).id))
    quote_lines.add(desk, meant, LineText(product="PS-1", quantity="10"))
    return meant


def sentences(desk: Desk) -> set[str]:
    return {str(entry.sentence) for entry in inbox.entries(desk)}


def send_as(desk: Desk, meant: Meant, change: dict[str, Any], line: dict[str, Any]) -> None:
    """Send a quote as a laptop does that was tampered with."""
    sheet = load(desk, meant)
    with desk.store.write("quote.send") as work:
        if line:
            work.update("quote_line", sheet.lines[0]["id"], line)
        sent = {"state": "sent", "sent_at": work.at, "content_hash": "f" * 64}
        work.update("quote_version", sheet.version_id, {**sent, **change})


FALSE: tuple[tuple[dict[str, Any], dict[str, Any], str], ...] = (
    ({"net_minor": 90_000}, {}, f"This quote says 900.00 EUR net, and comes to 1,000.00 EUR{REPRICE}"),
    ({"tax_minor": 1}, {}, f"This quote says 0.01 EUR tax, and comes to 0.00 EUR{REPRICE}"),
    ({"gross_minor": None}, {}, f"This quote says nothing gross, and comes to 1,000.00 EUR{REPRICE}"),
    ({"payable_minor": 7}, {}, f"This quote says 0.07 EUR to pay, and comes to 1,000.00 EUR{REPRICE}"),
    ({"list_minor": 100_001}, {}, f"This quote says 1,000.01 EUR at list prices, and comes to 1,000.00 EUR{REPRICE}"),
    ({}, {"net_minor": 1}, f"Line 1 of this quote says 0.01 EUR net, and comes to 1,000.00 EUR{REPRICE}"),
    ({}, {"quantity_dec6": 20_000_000}, "Line 1 of this quote says 20 at 100, and is priced otherwise."),
)


def test_a_false_total_is_not_sent(company: Company) -> None:
    ann = company.desks["ann"]
    meant = a_draft(ann)
    company.world.heal()
    told: set[str] = set()
    for change, line, sentence in FALSE:
        send_as(ann, meant, change, line)
        company.world.heal()
        told.add(sentence)
        assert sentences(ann) == told
        assert company.rows("mia", "SELECT state, net_minor, sent_at FROM quote_version") == [("draft", 100_000, None)]
    quote_states.send(ann, meant)  # the true rows came back
    company.world.heal()
    assert company.rows("mia", "SELECT state, net_minor FROM quote_version") == [("sent", 100_000)]


def test_what_was_sent_keeps_its_currency(company: Company) -> None:
    meant, ann = company.sent_quote(), company.desks["ann"]
    with ann.store.write("forged") as work:
        work.execute("DROP TRIGGER rule_quote_update")
        work.update("quote", meant.id, {"currency": "KWD"})
    company.world.heal()
    assert sentences(ann) == {"A sent quote keeps its currency."}
    assert company.rows("mia", "SELECT currency FROM quote") == [("EUR",)]


def test_a_rep_sends_no_quote_that_does_not_add_up(company: Company) -> None:
    ann = company.desks["ann"]
    meant = a_draft(ann)
    with ann.store.write("merged") as work:
        work.update("quote_version", load(ann, meant).version_id, {"net_minor": 1})
    with pytest.raises(Exception, match="price it anew") as refused:
        quote_states.send(ann, meant)
    assert str(getattr(refused.value, "hint", "")).startswith("sfa quote reprice Q-")
    quotes.reprice(ann, meant)
    quote_states.send(ann, meant)
    company.world.heal()
    assert not any(company.questions().values())


FALSE_ORDERS: tuple[dict[str, Any], ...] = (
    {"net_minor": 1},
    {"tax_minor": 1},
    {"gross_minor": 0},
    {"list_minor": None},
    {"payable_rounding_minor": 3},
    {"cash_minor": 7},
)


def test_an_order_says_what_its_lines_come_to(company: Company) -> None:
    order, ann = company.accept("ann", company.sent_quote()), company.desks["ann"]
    company.world.heal()
    sums = "SELECT net_minor, tax_minor, gross_minor, list_minor FROM sales_order"
    for number, change in enumerate(FALSE_ORDERS, 1):
        with ann.store.write("forged") as work:
            work.update("sales_order", order, change)
        company.world.heal()
        assert company.questions()["ann"] == number
        assert all(one.startswith("This order says ") for one in sentences(ann))
        assert company.rows("mia", sums) == company.rows("ann", sums) == [(100_000, 0, 100_000, 100_000)]


def test_a_deposit_and_a_coin_go_on_into_the_order_and_no_other_deposit(company: Company) -> None:
    ann = company.desks["ann"]
    meant = a_draft(ann)
    quotes.VERBS.edit(ann, [meant.id], {"prepaid": "100.02", "cash_rounding": "0.05"})
    quote_states.send(ann, meant)
    order = company.accept("ann", meant)
    company.world.heal()
    assert not any(company.questions().values())
    sums = "SELECT prepaid_minor, payable_rounding_minor FROM sales_order"
    assert company.rows("fin", sums) == [(10_002, 2)]
    with ann.store.write("forged") as work:
        work.update("sales_order", order, {"prepaid_minor": 20_002})
    company.world.heal()
    assert sentences(ann) == {"More is prepaid in the orders of this quote than it says."}
    assert company.rows("fin", sums) == [(10_002, 2)]


def test_an_order_is_worth_what_its_quote_offers_in_its_currency(company: Company) -> None:
    order, ann = company.accept("ann", company.sent_quote()), company.desks["ann"]
    company.world.heal()
    dearer = dict.fromkeys(("net_minor", "list_minor"), 200_000)
    with ann.store.write("forged") as work:
        (line,) = ann.store.rows("SELECT id FROM sales_order_line")
        work.update("sales_order_line", line[0], dearer)
        work.update("sales_order", order, {**dearer, "gross_minor": 200_000})
    company.world.heal()
    with ann.store.write("forged") as work:
        work.update("sales_order", order, {"currency": "KWD"})
    company.world.heal()
    assert sentences(ann) == {
        "The orders of this quote come to 2,000.00 EUR, and it offers 1,000.00 EUR.",
        "This order is in another currency than its quote.",
    }
    assert company.rows("mia", "SELECT net_minor, currency FROM sales_order") == [(100_000, "EUR")]


def test_what_is_ordered_in_parts_and_cancelled_and_ordered_again_passes(company: Company) -> None:
    ann = company.desks["ann"]
    meant = Meant(str(quotes.new(ann, {"account": "Acme GmbH"}).id))
    for quantity in ("3", "7"):
        quote_lines.add(ann, meant, LineText(product="PS-1", quantity=quantity, discount="33.3333%"))
    quote_headers.put(ann, meant, Header("7.7%"))
    quote_headers.put(ann, meant, Header("3.33 EUR", "Freight", is_charge=True))
    quote_states.send(ann, meant)
    quote_acceptance.accept(ann, meant, Signature("Jane Doe"))
    for lines in (("1=1", "2=3"), ("1=1",), ()):
        order = str(orders.from_quote(ann, meant, Wish(lines=lines)).id)
        company.world.heal()
    orders.cancel(ann, order)
    company.world.heal()
    orders.from_quote(ann, meant)
    company.world.heal()
    assert not any(company.questions().values())
    whole = company.rows("fin", "SELECT net_minor FROM quote_version")
    assert company.rows("fin", "SELECT sum(net_minor) FROM sales_order") == whole


def test_an_order_whose_line_was_taken_out_is_refused_with_it(company: Company) -> None:
    order, ann = company.accept("ann", company.sent_quote()), company.desks["ann"]
    company.world.heal()
    with ann.store.write("forged") as work:
        work.execute("DELETE FROM sales_order_line WHERE order_id = ?", (order,))
    company.world.heal()
    assert sentences(ann) == {f"This order says 1,000.00 EUR at list prices, and comes to nothing{REPRICE}"}
    assert company.rows("mia", "SELECT count(*) FROM sales_order_line") == [(1,)]


def test_of_two_cancellations_made_apart_the_second_is_a_question(company: Company) -> None:
    ann, mia = company.desks["ann"], company.desks["mia"]
    meant = Meant(str(quotes.new(ann, {"account": "Acme GmbH"}).id))
    for quantity in ("10", "5"):
        quote_lines.add(ann, meant, LineText(product="PS-1", quantity=quantity))
    quote_states.send(ann, meant)
    order = company.accept("ann", meant)
    company.world.heal()
    order_shipping.ship(ann, order, Parcel(("1=4",)))
    company.world.heal()
    with mia.store.write("cancel") as work:
        _cancel(mia, work, order, 1, 80_000 + 50_000 - 40_000)
    with ann.store.write("cancel") as work:
        _cancel(ann, work, order, 2, 100_000)
    company.world.heal()
    kept = company.rows("fin", "SELECT net_minor FROM sales_order")
    assert kept in ([(90_000,)], [(100_000,)])
    assert sum(company.questions().values()) > 0


def _cancel(desk: Desk, work: Any, order: str, place: int, net: int) -> None:  # noqa: ANN401 - a unit of work
    (line,) = desk.store.rows(
        "SELECT id, quantity_dec6 - delivered_dec6 FROM sales_order_line WHERE ordinal = ?", (place,)
    )
    work.update("sales_order_line", line[0], {"cancelled_dec6": line[1]})
    work.update("sales_order", order, dict.fromkeys(("net_minor", "gross_minor", "list_minor"), net))


def a_file(folder: Path, rows: Iterable[tuple[int, int]]) -> Path:
    path = folder / "orders.csv"
    lines = [f"4711,Acme GmbH,mia,2026-03-01,PS-1,{line},{quantity},12.34" for line, quantity in rows]
    path.write_text(
        "\n".join(["Order,Customer,Sales Rep,Order Date,SKU,Line,Qty,Unit Price", *lines]), encoding="utf-8"
    )
    return path


def test_an_order_of_more_lines_than_come_together_passes_and_changes(
    company: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "LARGEST_GROUP", 5)
    mia = company.desks["mia"]
    order_import.run(mia, a_file(tmp_path, ((line, 2) for line in range(1, 13))), "erp")
    company.world.heal()
    assert not any(company.questions().values())
    assert company.rows("fin", "SELECT net_minor FROM sales_order") == [(12 * 2 * 1234,)]
    order_import.run(mia, a_file(tmp_path, ((line, 3) for line in range(1, 13))), "erp")
    company.world.heal()
    assert not any(company.questions().values())
    assert company.rows("fin", "SELECT net_minor FROM sales_order") == [(12 * 3 * 1234,)]
    assert company.rows("ann", "SELECT net_minor FROM sales_order") == [(12 * 3 * 1234,)]
    assert company.rows("fin", "SELECT sum(net_minor) FROM comp_event") == [(12 * 3 * 1234,)]


def test_an_order_follows_its_line_that_comes_alone(company: Company) -> None:
    company.accept("ann", company.sent_quote())
    company.world.heal()
    ann = company.desks["ann"]
    with ann.store.write("forged") as work:
        work.execute("UPDATE sales_order_line SET cancelled_dec6 = 4000000")
    company.world.heal()
    assert company.rows("mia", "SELECT net_minor, gross_minor FROM sales_order") == [(60_000, 60_000)]


def test_a_line_that_is_none_is_refused_with_a_sentence(company: Company) -> None:
    company.accept("ann", company.sent_quote())
    company.world.heal()
    ann = company.desks["ann"]
    for shares in ("[1]", '[{"minor": "x"}]', '[{"minor": 1e999}]'):
        with ann.store.write("forged") as work:
            work.execute("UPDATE sales_order_line SET shares = ?", (shares,))
        company.world.heal()
    assert [entry.sentence for entry in inbox.entries(ann)] == [
        "This order cannot be totalled: one of its lines is none."
    ] * 3
    assert company.rows("mia", "SELECT shares FROM sales_order_line") == [(None,)]


def test_an_invoice_says_what_its_lines_and_taxes_come_to(company: Company) -> None:
    order, fin = company.accept("ann", company.sent_quote()), company.desks["fin"]
    company.world.heal()
    for number, net in (("F-1", 1), ("F-2", 2)):
        with fin.store.write("invoice") as work:
            account = fin.store.value("SELECT account_id FROM sales_order")
            taxes = json.dumps([{"category": "Z", "rate_ppm": 0, "reason": "", "taxable_minor": net, "tax_minor": 0}])
            sums = {"net_minor": net, "tax_minor": 0, "gross_minor": net, "taxes": taxes, "currency": "EUR"}
            head = {"number": number, "issued_on": "2026-03-02", "order_id": order, "account_id": account}
            bill = work.insert("invoice", head | sums)
            line = {"ordinal": 1, "quantity_dec6": 1_000_000, "net_minor": 2, "description": "Pump"}
            work.insert("invoice_line", {"invoice_id": bill, **line})
    company.world.heal()
    assert sentences(fin) == {f"This invoice says 0.01 EUR net, and comes to 0.02 EUR{REPRICE}"}
    assert company.rows("mia", "SELECT number, net_minor FROM invoice") == [("F-2", 2)]


def test_what_was_cancelled_is_not_booked_again(company: Company) -> None:
    order, ann = company.accept("ann", company.sent_quote()), company.desks["ann"]
    company.world.heal()
    orders.cancel(ann, order)
    with ann.store.write("forged") as work:
        (row,) = rows(ann.store, "SELECT * FROM comp_event WHERE type = 'booked'", ())
        work.insert("comp_event", {name: value for name, value in row.items() if name not in ("id", "ref")})
    company.world.heal()
    assert sentences(ann) == {"This event is about more than its order."}
    assert company.rows("fin", "SELECT sum(net_minor) FROM comp_event") == [(0,)]
