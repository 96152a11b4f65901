"""Orders of accepted quotes: to the cent, whole or in parts; a whole sale; every verb undone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from db.journal import last_to_undo, undo
from sfa.errors import ConflictError, NotFoundError, UsageError
from sfa.services import credit_notes, disputes, invoices, order_shipping, orders, payments, quote_headers
from sfa.services.credit_notes import Credit
from sfa.services.desk import Desk
from sfa.services.invoices import Billing
from sfa.services.order_sheet import load
from sfa.services.orders import Wish
from sfa.services.quote_acceptance import Signature, accept
from sfa.services.quote_headers import Header
from sfa.services.quote_line_text import LineText
from sfa.services.quote_sheet import Meant
from sfa.services.quote_sheet import load as load_quote
from sfa.services.quote_states import send
from tests.support.contents import contents
from tests.support.factories import an_opportunity, column_of, make_desk
from tests.support.orders import (
    AUTHORITY,
    an_invoice,
    an_order,
    deliver,
    earned,
    events,
    give_back,
    invoice_row,
    order_row,
)
from tests.support.quotes import a_catalogue, a_quote, accepted_quote, sent_quote


@pytest.fixture
def billing_desk(tmp_path: Path) -> Desk:
    """Return a desk that gives the numbers of invoices."""
    return make_desk(tmp_path / "billing", settings=AUTHORITY)


def _undo(desk: Desk) -> None:
    target = last_to_undo(desk.store)
    assert target
    undo(desk.store, target)


def _progress(desk: Desk, meant: Meant) -> str:
    return str(load_quote(desk, meant).quote["progress"])


def test_a_whole_sale_from_accepted_quote_to_paid(billing_desk: Desk) -> None:
    desk = billing_desk
    a_catalogue(desk)
    deal = an_opportunity(desk, name="Acme line 3", account="Acme GmbH", amount="1k EUR")
    meant = a_quote(
        desk, LineText(product="PS-1", quantity="10"), LineText(product="V-2", quantity="4"), opportunity="Acme line 3"
    )
    send(desk, meant)
    accept(desk, meant, Signature("Jane Doe"))
    order_id = str(orders.from_quote(desk, meant, Wish(promised="2026-03-20")).id)
    order = order_row(desk, order_id)
    assert (order["state"], order["net_minor"], order["promised_on"]) == ("open", 108_000, "2026-03-20")
    assert order["number"].startswith("O-2026-")
    assert column_of(desk, "opportunity", deal, "is_won") == 1
    assert _progress(desk, meant) == "ordered"
    deliver(desk, order_id, "1=6", tracking="1Z999", carrier="UPS")
    assert order_row(desk, order_id)["state"] == "part_delivered"
    first = an_invoice(desk, order_id)
    assert invoice_row(desk, first)["number"] == "I-2026-000001"
    assert (invoice_row(desk, first)["net_minor"], _progress(desk, meant)) == (60_000, "partly_invoiced")
    deliver(desk, order_id)
    assert order_row(desk, order_id)["delivered_on"] == "2026-03-10"
    second = an_invoice(desk, order_id)
    assert (order_row(desk, order_id)["state"], _progress(desk, meant)) == ("invoiced", "invoiced")
    for invoice in (first, second):
        payments.pay(desk, invoice)
    assert (order_row(desk, order_id)["state"], _progress(desk, meant)) == ("paid", "paid")
    for kind in ("booked", "delivered", "invoiced", "paid"):
        assert earned(desk, kind) == 108_000


def test_every_discount_of_the_quote_is_in_the_order_to_the_cent(desk: Desk) -> None:
    a_catalogue(desk)
    meant = a_quote(
        desk, LineText(product="PS-1", quantity="3", discount="7.5%"), LineText(product="V-2", quantity="7")
    )
    quote_headers.put(desk, meant, Header("3.33%", "Fair"))
    quote_headers.put(desk, meant, Header("41.17 EUR", "Freight", is_charge=True))
    send(desk, meant)
    accept(desk, meant, Signature("Jane Doe"))
    quote = load_quote(desk, meant)
    order = load(desk, str(orders.from_quote(desk, meant).id))
    assert [line["net_minor"] for line in order.lines] == [line["net_minor"] for line in quote.lines]
    assert [line["discounts"] for line in order.lines] == [line["discounts"] for line in quote.lines]
    for name in ("net_minor", "tax_minor", "gross_minor"):
        assert order.order[name] == quote.version[name]
    freight = 4117
    assert earned(desk, "booked") == quote.version["net_minor"] - freight


def test_only_what_was_accepted_can_be_ordered(desk: Desk) -> None:
    meant = sent_quote(desk)
    with pytest.raises(ConflictError, match="is not accepted"):
        orders.from_quote(desk, meant)
    accept(desk, meant, Signature("Jane Doe"))
    with pytest.raises(ConflictError, match="is not what was accepted"):
        orders.from_quote(desk, Meant(meant.id, 2))
    orders.from_quote(desk, meant)
    with pytest.raises(ConflictError, match="is ordered"):
        orders.from_quote(desk, meant)


def test_an_optional_line_is_ordered_only_where_it_was_chosen(desk: Desk) -> None:
    a_catalogue(desk)
    lines = (
        LineText(product="PS-1", quantity="1"),
        LineText(product="V-2", quantity="2", role="optional"),
        LineText(product="V-2", quantity="5", role="optional", is_chosen=True),
    )
    order = load(desk, an_order(desk, *lines))
    assert [(line["product_code"], line["quantity_dec6"] // 10**6) for line in order.lines] == [("PS-1", 1), ("V-2", 5)]


def test_parts_that_are_ordered_one_after_the_other_add_up_to_the_quote(desk: Desk) -> None:
    a_catalogue(desk)
    meant = accepted_quote(desk, LineText(description="Set", price="33.333333", quantity="3"))
    made = [str(orders.from_quote(desk, meant, Wish(["1=1"])).id) for _ in range(3)]
    parts = [order_row(desk, order)["net_minor"] for order in made]
    assert parts == [3333, 3334, 3333]
    assert _progress(desk, meant) == "ordered"


def test_a_partial_order_shows_in_the_quote_and_no_more_can_be_ordered(desk: Desk) -> None:
    meant = accepted_quote(desk)
    orders.from_quote(desk, meant, Wish(["1=4"]))
    assert _progress(desk, meant) == "partly_ordered"
    with pytest.raises(ConflictError, match="6 of 10 can still be ordered"):
        orders.from_quote(desk, meant, Wish(["1=7"]))
    with pytest.raises(NotFoundError, match="has no line 9"):
        orders.from_quote(desk, meant, Wish(["9=1"]))
    orders.from_quote(desk, meant)
    assert _progress(desk, meant) == "ordered"


def test_more_than_ordered_is_neither_delivered_nor_invoiced(billing_desk: Desk) -> None:
    desk = billing_desk
    order = an_order(desk)
    with pytest.raises(ConflictError, match="Line 1, Pressure sensor: 10 are ordered; 11 cannot be delivered"):
        deliver(desk, order, "1=11")
    with pytest.raises(ConflictError, match="11 cannot be invoiced"):
        an_invoice(desk, order, "1=11")
    with pytest.raises(ConflictError, match="only 0 are with the customer"):
        give_back(desk, order, "1=1")
    for word in ("1=0", "1=-2"):
        with pytest.raises(ConflictError, match="is none"):
            deliver(desk, order, word)
    with pytest.raises(UsageError, match="no line with its quantity"):
        deliver(desk, order, "five")


def test_a_tolerance_lets_a_little_more_be_delivered(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "tolerant", settings={**AUTHORITY, "orders.tolerance": "10%"})
    order = an_order(desk)
    deliver(desk, order, "PS-1=11")
    assert invoice_row(desk, an_invoice(desk, order))["net_minor"] == 110_000
    with pytest.raises(ConflictError, match="10 and 1 more are ordered"):
        deliver(desk, order, "1=1")


def test_what_came_back_one_by_one_is_credited_to_the_cent(billing_desk: Desk) -> None:
    """P14: 100.00 for three, back one at a time."""
    desk = billing_desk
    order = an_order(desk, LineText(description="Set", price="33.333333", quantity="3"))
    deliver(desk, order)
    invoice = an_invoice(desk, order)
    assert invoice_row(desk, invoice)["net_minor"] == 10_000
    notes = []
    for _ in range(3):
        give_back(desk, order, "1=1")
        notes.append(invoice_row(desk, str(credit_notes.credit(desk, invoice).id)))
    assert [note["net_minor"] for note in notes] == [-3333, -3334, -3333]
    assert [note["number"] for note in notes] == ["I-2026-000002", "I-2026-000003", "I-2026-000004"]
    assert [net for kind, net in events(desk) if kind == "returned"] == [-3333, -3334, -3333]
    assert earned(desk, "invoiced", "credited") == earned(desk, "delivered", "returned") == 0
    assert (invoice_row(desk, invoice)["state"], order_row(desk, order)["state"]) == ("credited", "paid")
    with pytest.raises(ConflictError, match="is credited"):
        credit_notes.credit(desk, invoice)


def test_a_whole_credit_note_mirrors_its_invoice(billing_desk: Desk) -> None:
    desk = billing_desk
    order = an_order(desk)
    invoice = an_invoice(desk, order, is_ordered=True)
    with pytest.raises(ConflictError, match="Nothing of I-2026-000001 came back"):
        credit_notes.credit(desk, invoice)
    with pytest.raises(ConflictError, match="10 can still be credited, 12 cannot"):
        credit_notes.credit(desk, invoice, Credit(["1=12"]))
    note = invoice_row(desk, str(credit_notes.credit(desk, invoice, Credit(is_whole=True)).id))
    bill = invoice_row(desk, invoice)
    for name in ("net_minor", "tax_minor", "gross_minor"):
        assert note[name] == -bill[name]
    with pytest.raises(ConflictError, match="is a credit note itself"):
        credit_notes.credit(desk, note["id"])


def test_part_payments_too_much_and_money_that_goes_back(billing_desk: Desk) -> None:
    desk = billing_desk
    order = an_order(desk)
    invoice = an_invoice(desk, order, is_ordered=True)
    assert "700.00 EUR still owed" in payments.pay(desk, invoice, "300").summary
    assert invoice_row(desk, invoice)["state"] == "part_paid"
    assert "paid, 50.00 EUR too much" in payments.pay(desk, invoice, "750").summary
    assert earned(desk, "paid") == 100_000
    payments.pay(desk, invoice, "-50")
    assert (invoice_row(desk, invoice)["paid_minor"], earned(desk, "paid")) == (100_000, 100_000)
    with pytest.raises(ConflictError, match="more cannot go back"):
        payments.pay(desk, invoice, "-1001")
    with pytest.raises(UsageError, match="is in USD"):
        payments.pay(desk, invoice, "5 USD")
    with pytest.raises(ConflictError, match="Nothing is owed"):
        payments.pay(desk, invoice)


def test_what_is_written_off_comes_back_with_the_money(billing_desk: Desk) -> None:
    desk = billing_desk
    invoice = an_invoice(desk, an_order(desk), is_ordered=True)
    payments.pay(desk, invoice, "400")
    payments.write_off(desk, invoice)
    assert (invoice_row(desk, invoice)["state"], earned(desk, "written_off")) == ("written_off", -60_000)
    payments.pay(desk, invoice)
    assert (invoice_row(desk, invoice)["state"], earned(desk, "written_off", "reinstated")) == ("paid", 0)


def test_an_order_is_cancelled_whole_or_in_what_is_left(billing_desk: Desk) -> None:
    desk = billing_desk
    whole = an_order(desk)
    orders.cancel(desk, whole, "no budget")
    assert (order_row(desk, whole)["state"], order_row(desk, whole)["net_minor"]) == ("cancelled", 0)
    assert earned(desk, "booked", "cancelled") == 0
    with pytest.raises(ConflictError, match="is cancelled"):
        deliver(desk, whole)
    part = an_order(desk)
    deliver(desk, part, "1=3")
    orders.cancel(desk, part)
    assert (order_row(desk, part)["state"], order_row(desk, part)["net_minor"]) == ("delivered", 30_000)
    assert earned(desk, "booked", "cancelled") == 30_000
    with pytest.raises(ConflictError, match="left to cancel"):
        orders.cancel(desk, part)
    an_invoice(desk, part)
    assert order_row(desk, part)["state"] == "invoiced"


def test_a_cancelled_order_frees_the_quote(desk: Desk) -> None:
    meant = accepted_quote(desk)
    orders.cancel(desk, str(orders.from_quote(desk, meant).id))
    assert _progress(desk, meant) == "not_ordered"
    assert order_row(desk, str(orders.from_quote(desk, meant).id))["net_minor"] == 100_000


def test_this_desk_gives_no_numbers_of_invoices_unless_it_is_the_authority(desk: Desk) -> None:
    order = an_order(desk)
    with pytest.raises(Exception, match="one authority alone gives them"):
        an_invoice(desk, order, is_ordered=True)
    invoice = an_invoice(desk, order, "1=2", number="ERP-77")
    assert invoice_row(desk, invoice)["number"] == "ERP-77"
    with pytest.raises(ConflictError, match="There is an invoice ERP-77 already"):
        an_invoice(desk, order, "1=2", number="ERP-77")


def test_numbers_of_invoices_have_no_gaps_even_after_an_undo(billing_desk: Desk) -> None:
    desk = billing_desk
    order = an_order(desk)
    an_invoice(desk, order, "1=1", is_ordered=True)
    _undo(desk)
    an_invoice(desk, order, "1=1")
    first = last_to_undo(desk.store)
    an_invoice(desk, order, "1=1")
    assert first
    with pytest.raises(ConflictError):
        undo(desk.store, first)
    numbers = [row[0] for row in desk.store.rows("SELECT number FROM invoice ORDER BY number")]
    assert numbers == ["I-2026-000001", "I-2026-000002"]


def test_an_issued_invoice_stays_as_it_is_whoever_writes(billing_desk: Desk) -> None:
    desk = billing_desk
    invoice = an_invoice(desk, an_order(desk), is_ordered=True)
    with pytest.raises(ConflictError, match="stays as it was issued"), desk.store.write("sql") as work:
        work.update("invoice", invoice, {"net_minor": 1})
    with pytest.raises(ConflictError, match="stays as it was written"), desk.store.write("sql") as work:
        work.execute("DELETE FROM comp_event")


def test_an_order_is_promised_as_its_last_line_is(desk: Desk) -> None:
    order = an_order(desk, LineText(description="Pump", price="80"), LineText(description="Setup", price="5"))
    orders.promise(desk, order, "2026-03-20")
    orders.promise(desk, order, "2026-03-25", 1)
    assert order_row(desk, order)["promised_on"] == "2026-03-25"
    orders.promise(desk, order, "2026-03-12", 1)
    assert order_row(desk, order)["promised_on"] == "2026-03-20"
    with pytest.raises(UsageError, match="is before the day of the order"):
        orders.promise(desk, order, "2026-03-01")


def test_a_dispute_goes_its_way_once(desk: Desk) -> None:
    order = an_order(desk)
    ref = str(disputes.open_one(desk, ("order", order), "Two were broken", "200").ref)
    disputes.decide(desk, ref, "in review")
    with pytest.raises(UsageError, match="Why is it accepted"):
        disputes.decide(desk, ref, "accepted")
    assert "accepted" in disputes.decide(desk, ref, "accepted", "a credit note follows").summary
    with pytest.raises(ConflictError, match="is accepted already"):
        disputes.decide(desk, ref, "rejected", "no")
    with pytest.raises(NotFoundError, match="There is no dispute"):
        disputes.decide(desk, "zzzz", "accepted", "x")


def _sold(desk: Desk) -> tuple[str, str]:
    order = an_order(desk)
    deliver(desk, order, "1=4")
    give_back(desk, order, "1=1")
    invoice = an_invoice(desk, order, "1=4")
    return order, invoice


VERBS: dict[str, Callable[[Desk, str, str], object]] = {
    "ship": lambda desk, order, _: order_shipping.ship(desk, order),
    "return": lambda desk, order, _: order_shipping.take_back(desk, order),
    "track": lambda desk, order, _: order_shipping.track(desk, order, "1Z"),
    "promise": lambda desk, order, _: orders.promise(desk, order, "2026-04-01"),
    "cancel": lambda desk, order, _: orders.cancel(desk, order),
    "invoice": lambda desk, order, _: invoices.issue(desk, order, Billing(is_ordered=True)),
    "credit": lambda desk, _, invoice: credit_notes.credit(desk, invoice),
    "pay": lambda desk, _, invoice: payments.pay(desk, invoice, "120"),
    "write off": lambda desk, _, invoice: payments.write_off(desk, invoice),
    "dispute": lambda desk, order, _: disputes.open_one(desk, ("order", order), "late"),
}


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_undone_with_its_commission_events(billing_desk: Desk, verb: str) -> None:
    desk = billing_desk
    order, invoice = _sold(desk)
    before = contents(desk)
    VERBS[verb](desk, order, invoice)
    assert contents(desk) != before
    _undo(desk)
    assert contents(desk) == before


def test_an_order_that_is_undone_leaves_the_quote_as_it_was(desk: Desk) -> None:
    meant = accepted_quote(desk)
    before = contents(desk)
    orders.from_quote(desk, meant)
    _undo(desk)
    assert contents(desk) == before
