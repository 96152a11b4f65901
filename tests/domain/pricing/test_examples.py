"""The worked examples of prices and totals come out to the cent."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from sfa.domain.figures import DEC6
from sfa.domain.money import Rounding, allocate
from sfa.domain.pricing.amounts import Effect, convert, divide, line_amount, telescope
from sfa.domain.pricing.documents import Adjustment, Document, Line, Tax, TaxMethod, plain_line
from sfa.domain.pricing.lookup import ContractPrice, PriceBook, PriceEntry, PriceQuery, choose_price, price_table
from sfa.domain.pricing.rules import Discount, PriceRule
from sfa.domain.pricing.schedules import Schedule, ScheduleKind, Slice, Tier
from sfa.domain.pricing.totals import total
from sfa.domain.pricing.waterfall import PriceRequest, price_line

VAT20, VAT5, VAT19 = Tax("S", 200_000), Tax("S", 50_000), Tax("S", 190_000)


def d6(text: str) -> int:
    return int(Decimal(text) * DEC6)


def test_p2_range_and_slab() -> None:
    tiers = (Tier(d6("1"), 100_000), Tier(d6("10"), 200_000), Tier(d6("20"), 300_000))
    worth = {}
    for kind in ScheduleKind:
        slices = Schedule("V", kind, Effect.PERCENT, tiers).slices(d6("100"), DEC6, d6("30"))
        worth[kind.value] = sum(part.quantity_dec6 * part.price_dec6 for part in slices) // DEC6**2
    assert worth == {"range": 2100, "slab": 2380}


def test_p3_waterfall() -> None:
    table = price_table(
        [PriceBook("std", "EUR")],
        [PriceEntry("e", "std", "P", d6("100"))],
        [ContractPrice("c", "A", "P", Effect.PRICE, d6("92.5"), "EUR")],
    )
    query = PriceQuery("P", date(2026, 3, 1), "EUR", d6("60"), accounts=("A",), books=("std",))
    line = price_line(
        PriceRequest(
            query,
            choose_price(query, table),
            Schedule("V", ScheduleKind.RANGE, Effect.PERCENT, (Tier(DEC6, 100_000),)),
            rules=(PriceRule(Discount("promo", Effect.PERCENT, 50_000)),),
            representative=(Discount("rep", Effect.PERCENT, 30_000),),
        )
    )
    assert [step.after_dec6 for step in line.steps] == list(map(d6, ("100", "92.5", "83.25", "79.0875", "76.714875")))
    assert (line.amount_minor, line.discount_ppm) == (460_289, 232_851)
    assert all(step.source_id for step in line.steps)


def test_p5_tax_per_line_and_per_total() -> None:
    lines = tuple(plain_line(str(n), DEC6, d6("0.33"), VAT19) for n in range(10))
    assert total(Document("EUR", lines)).tax_minor == 63
    assert total(Document("EUR", lines, tax_method=TaxMethod.LINE)).tax_minor == 60
    assert [line.tax_minor for line in total(Document("EUR", lines)).lines] == [7] * 3 + [6] * 7


def test_p6_tax_inclusive() -> None:
    found = total(Document("EUR", (plain_line("1", DEC6, d6("2.99"), Tax("S", 40_000)),), is_tax_inclusive=True))
    assert (found.net_minor, found.tax_minor, found.gross_minor) == (288, 11, 299)


def test_p7_header_discount_over_two_rates() -> None:
    lines = tuple(plain_line(p, DEC6, d6(p), tax) for p, tax in (("199.99", VAT20), ("59.97", VAT20), ("35", VAT5)))
    found = total(Document("EUR", lines, (Adjustment(is_charge=False, reason="d", percent_ppm=75_000),)))
    assert (found.net_minor, found.gross_minor) == (27_284, 32_255)
    assert sorted(group.tax_minor for group in found.tax_subtotals) == [162, 4809]


def test_p4_p9_p10_p11_p12_p14() -> None:
    assert line_amount(d6("20.10"), d6("3.05"), DEC6, "EUR", Rounding.HALF_UP) == 6131
    assert convert(1234, "EUR", "JPY", 163_455_000_000) == 2017
    assert divide(1245, 10, Rounding.HALF_EVEN) == 124
    cash = total(Document("CHF", (plain_line("1", DEC6, d6("12.33"), Tax("Z", 0)),), cash_minor=5))
    assert (cash.payable_minor, cash.rounding_minor) == (1235, 2)
    assert line_amount(d6("15.24"), d6("7"), d6("12"), "EUR", Rounding.HALF_UP) == 889
    assert allocate(99_900, (799, 249, 151)) == [66_572, 20_747, 12_581]
    assert telescope(-10_000, 3, (1, 1, 1)) == [-3333, -3334, -3333]


@given(
    st.lists(st.tuples(st.integers(-50, 50), st.integers(0, 10**9), st.sampled_from([VAT20, VAT5])), min_size=1),
    st.sampled_from(list(Rounding)),
    st.sampled_from(list(TaxMethod)),
    st.booleans(),
)
def test_identities_order_and_mirror(
    rows: list[tuple[int, int, Tax]],
    mode: Rounding,
    method: TaxMethod,
    inclusive: bool,  # noqa: FBT001 - drawn
) -> None:
    def totals(drawn: list[tuple[int, int, Tax]], sign: int) -> tuple[int, ...]:
        lines = tuple(plain_line(str(n), sign * q * DEC6, p, t) for n, (q, p, t) in enumerate(drawn))
        own = Adjustment(is_charge=True, reason="freight", amount_minor=sign * 777, taxes=(VAT20,))
        found = total(Document("EUR", lines, (own,), 0, method, inclusive, mode, 5))
        assert found.lines_minor == sum(line.net_minor for line in found.lines)
        assert found.net_minor == sum(group.taxable_minor for group in found.tax_subtotals)
        assert found.payable_minor % 5 == 0
        return found.net_minor, found.tax_minor, found.gross_minor, found.payable_minor

    assert totals(rows, 1) == totals(rows[::-1], 1)
    assert totals(rows, -1) == tuple(-amount for amount in totals(rows, 1))


def _tax(category: str, percent: str) -> Tax:
    return Tax(category, int(Decimal(percent) * 10_000), reason="as published")


def _adjustment(row: dict[str, str], *taxes: Tax) -> Adjustment:
    return Adjustment(bool(row["charge"]), str(row["reason"]), int(Decimal(row["amount"]) * 100), taxes=taxes)


def test_published_invoices(shared_data: Path) -> None:
    for invoice in json.loads((shared_data / "invoice_totals" / "xrechnung_10_invoices.json").read_text()):
        lines = tuple(
            Line(
                row["id"],
                (Slice(d6(row["quantity"]), d6(row["price"])),),
                (_tax(row["tax_category"], row["tax_percent"] or "0"),),
                d6(row["price_base_quantity"] or "1"),
                tuple(_adjustment(own) for own in row["allowances_charges"]),
            )
            for row in invoice["lines"]
        )
        header = tuple(
            _adjustment(own, _tax(own["tax_category"], own["tax_percent"] or "0"))
            for own in invoice["document_allowances_charges"]
        )
        found = total(Document(invoice["currency"], lines, header))
        assert found.net_minor == Decimal(invoice["totals"]["TaxExclusiveAmount"]) * 100, invoice["file"]
        assert found.gross_minor == Decimal(invoice["totals"]["TaxInclusiveAmount"]) * 100, invoice["file"]
