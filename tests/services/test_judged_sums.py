"""What a laptop writes, its server takes: documents of every kind follow from their lines; another figure is found."""

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.queries import orders as queries
from sfa.domain.sharing.sums import Offered, fault_of_invoice, fault_of_offer, fault_of_order, fault_of_ordering
from sfa.errors import SfaError
from sfa.services import invoices, orders, quote_headers, quote_states, quotes
from sfa.services.desk import Desk
from sfa.services.invoices import Billing
from sfa.services.order_sheet import load as load_order
from sfa.services.quote_acceptance import Signature, accept
from sfa.services.quote_headers import Header
from sfa.services.quote_line_text import LineText
from sfa.services.quote_sheet import Meant, load
from tests.support.factories import make_desk
from tests.support.orders import AUTHORITY
from tests.support.quotes import a_catalogue, a_quote

LINE = st.builds(
    LineText,
    product=st.sampled_from(["PS-1", "V-2"]),
    quantity=st.decimals("0.001", "5000", places=3).map(str),
    discount=st.one_of(st.none(), st.integers(0, 60).map(lambda share: f"{share}%")),
    tax=st.sampled_from(["T19", "T7", "T0"]),
    periods=st.one_of(st.none(), st.just("3 months")),
    role=st.sampled_from(["normal", "normal", "optional"]),
    is_chosen=st.booleans(),
)
HEADERS = st.lists(
    st.builds(
        Header,
        st.one_of(st.integers(1, 40).map(lambda share: f"{share}%"), st.integers(1, 999).map(lambda cents: f"{cents / 100} EUR")),
        st.sampled_from(["Fair", "Freight", "Old friends"]),
        is_charge=st.booleans(),
        line=st.sampled_from([None, None, 1]),
    ),
    max_size=3,
)  # fmt: skip
MODES = st.sampled_from(["half_up", "half_even", "up", "down"])


@pytest.fixture(scope="module")
def shop() -> Iterator[Desk]:
    with TemporaryDirectory() as folder:
        desk = make_desk(Path(folder), settings=AUTHORITY)
        a_catalogue(desk)
        with desk.store.write("taxes") as work:
            for code, rate in (("T19", 190_000), ("T7", 70_000), ("T0", 0)):
                tax = work.insert("tax_code", {"code": code, "name": code, "category": "S" if rate else "Z"})
                work.insert_many("tax_rate", ("id", "tax_code_id", "rate_ppm"), [(desk.store.ids.new(), tax, rate)])
        yield desk
        desk.close()


def offer_of(desk: Desk, meant: Meant) -> Offered:
    sheet = load(desk, meant)
    return Offered(sheet.currency, sheet.version, sheet.lines, sheet.allowances)


@settings(max_examples=15, deadline=None)
@given(st.lists(LINE, min_size=1, max_size=4), HEADERS, MODES, st.sampled_from(["total", "line"]), st.data())
def test_what_is_sold_follows_from_its_lines_and_a_false_figure_is_found(
    shop: Desk, lines: list[LineText], headers: list[Header], mode: str, method: str, data: st.DataObject
) -> None:
    meant = a_quote(shop, *lines)
    quotes.VERBS.edit(shop, [meant.id], {"rounding": mode, "tax_method": method})
    for header in headers:
        try:
            quote_headers.put(shop, meant, header)
        except SfaError:
            continue  # more than the quote is worth
    offer = offer_of(shop, meant)
    assert fault_of_offer(offer) is None
    _falsify(offer, data)
    assert fault_of_offer(offer)
    if any(line.role == "normal" or line.is_chosen for line in lines):
        _sell(shop, meant, data)


def _falsify(offer: Offered, data: st.DataObject) -> None:
    """Change one figure of a version by a little."""
    rows = [(offer.version, name) for name in ("net_minor", "tax_minor", "gross_minor", "list_minor", "payable_minor")]
    rows += [(line, name) for line in offer.lines for name in ("net_minor", "tax_minor", "list_minor", "quantity_dec6")]
    row, name = data.draw(st.sampled_from(rows))
    row[name] += data.draw(st.sampled_from([-1, 1, 1_000]))


def _sell(desk: Desk, meant: Meant, data: st.DataObject) -> None:
    """Make an order of a quote, and an invoice of a part of it; both follow from their lines, and from no other figure."""
    quote_states.send(desk, meant)
    accept(desk, meant, Signature("Jane"))
    order_id = str(orders.from_quote(desk, meant).id)
    invoices.issue(desk, order_id, Billing(("1=0.001",)))
    sheet = load_order(desk, order_id)
    assert fault_of_order(sheet.order, sheet.lines) is None
    _order_only_what_is_offered(offer_of(desk, meant), sheet.lines)
    (bill,) = queries.invoices(desk.store, order_id)
    lines = queries.invoice_lines(desk.store, bill["id"])
    assert fault_of_invoice(bill, lines) is None
    name = data.draw(st.sampled_from(["net_minor", "tax_minor", "gross_minor"]))
    assert fault_of_order({**sheet.order, name: sheet.order[name] + 1}, sheet.lines)
    assert fault_of_invoice({**bill, name: bill[name] - 1}, lines)


def _order_only_what_is_offered(offer: Offered, lines: list[dict[str, Any]]) -> None:
    """The lines of an order come to what the quote offers; worth more, or without their discount, to more."""
    assert fault_of_ordering(offer, lines) is None
    dearer = {**lines[0], "net_minor": lines[0]["net_minor"] + 1 + len(lines)}
    assert fault_of_ordering(offer, [dearer, *lines[1:]])
    moved = (
        {"reason": "x", "is_charge": False, "minor": 1 + len(lines)},
        {"reason": "y", "is_charge": True, "minor": -1 - len(lines)},
    )
    told = json.loads(lines[0]["shares"] or "[]")
    assert fault_of_ordering(offer, [{**lines[0], "shares": json.dumps([*told, *moved])}, *lines[1:]])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"slices": "[[1000000, 100000000]]"}, "Line 1 of this quote says 10 at 100, and is priced otherwise."),
        ({"slices": None}, "Line 1 of this quote has no price."),
        ({"slices": "[[1e7, 100000000]]"}, "Line 1 of this quote has no price."),
        ({"slices": "[7]"}, "Line 1 of this quote has no price."),
        ({"tax_rate_ppm": 190_000}, "This quote cannot be totalled: Tax Z at 19 %: only S, L and M have a rate, and none is negative."),
        ({"net_minor": 99_999}, "Line 1 of this quote says 999.99 EUR net, and comes to 1,000.00 EUR: price it anew, and send that."),
        ({"list_minor": 120_000}, "Line 1 of this quote is worth another amount at its list price than it says."),
        ({"options": "[1]"}, "This quote cannot be totalled: one of its lines, discounts or charges is none."),
        ({"role": "optional"}, "This quote says 1,000.00 EUR at list prices, and comes to 0.00 EUR: price it anew, and send that."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_one_sentence(desk: Desk, change: dict[str, Any], sentence: str) -> None:
    offer = offer_of(desk, a_quote(desk))
    assert fault_of_offer(offer) is None
    offer.lines[0] |= change
    assert fault_of_offer(offer) == sentence


def test_words_have_no_amount_and_a_discount_that_is_left_out_is_found(desk: Desk) -> None:
    meant = a_quote(desk, LineText(product="PS-1", quantity="10"), LineText(kind="text", description="Thank you"))
    quote_headers.put(desk, meant, Header("10%"))
    offer = offer_of(desk, meant)
    assert fault_of_offer(offer) is None
    offer.lines[1]["net_minor"] = 5
    assert fault_of_offer(offer) == "Line 2 of this quote has an amount, and nothing that it is for."
    offer.lines[1]["net_minor"] = None
    offer.allowances.clear()
    assert "says 900.00 EUR net" in str(fault_of_offer(offer))


def test_an_invoice_whose_taxes_are_of_another_amount_is_found(desk: Desk) -> None:
    taxes = [{"category": "S", "rate_ppm": 190_000, "reason": "", "taxable_minor": 100, "tax_minor": 19}]
    bill = {"net_minor": 100, "tax_minor": 19, "gross_minor": 119, "currency": "EUR", "taxes": json.dumps(taxes)}
    assert fault_of_invoice(bill, []) is None
    assert fault_of_invoice({**bill, "taxes": json.dumps([{**taxes[0], "taxable_minor": 90}])}, [])
    assert fault_of_invoice({**bill, "taxes": '{"a": 1}'}, [])
