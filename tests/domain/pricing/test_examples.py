"""The worked examples of prices and totals, P1 to P14, come out to the cent (domain.md 2.6)."""

from decimal import Decimal

import pytest

from sfa.domain.figures import DEC6
from sfa.domain.money import Rounding
from sfa.domain.pricing.amounts import Effect, convert, divide, line_amount, margin_ppm, markup_ppm
from sfa.domain.pricing.bundles import bundle_amounts, returned_minor
from sfa.domain.pricing.documents import Adjustment, Document, Line, Tax, TaxMethod, plain_line
from sfa.domain.pricing.lookup import ContractPrice, PriceBook, PriceEntry, PriceQuery, choose_price, price_table
from sfa.domain.pricing.rules import Discount, PriceRule
from sfa.domain.pricing.schedules import Schedule, ScheduleKind, Slice
from sfa.domain.pricing.totals import total
from sfa.domain.pricing.waterfall import PriceRequest, price_line
from tests.support.pricing import DAY, EXEMPT, VAT5, VAT19, VAT20, asked, d6, in_major, tiers

VAT25 = Tax("S", 250_000)
NONE = Tax("Z", 0)


@pytest.mark.parametrize(
    ("kind", "worth"),
    [
        (ScheduleKind.RANGE, {1: "7", 5: "35", 6: "39", 20: "120", 25: "150"}),
        (ScheduleKind.SLAB, {1: "7", 5: "35", 6: "41.50", 20: "127.50", 25: "157.50"}),
    ],
)
def test_p1_volume_and_graduated_prices(kind: ScheduleKind, worth: dict[int, str]) -> None:
    schedule = Schedule("V", kind, Effect.PRICE, tiers(("1", "7"), ("6", "6.5"), ("11", "6")))
    found = {units: in_major(schedule.slices(0, DEC6, units * DEC6)) for units in worth}
    assert found == {units: Decimal(amount) for units, amount in worth.items()}


def test_p1_more_units_may_cost_less() -> None:
    schedule = Schedule("V", ScheduleKind.RANGE, Effect.PRICE, tiers(("1", "10"), ("100", "9")))
    assert [in_major(schedule.slices(0, DEC6, units * DEC6)) for units in (99, 100)] == [990, 900]


@pytest.mark.parametrize(("kind", "minor"), [(ScheduleKind.RANGE, 210_000), (ScheduleKind.SLAB, 238_000)])
def test_p2_range_and_slab(kind: ScheduleKind, minor: int) -> None:
    schedule = Schedule("V", kind, Effect.PERCENT, tiers(("1", "10"), ("10", "20"), ("20", "30"), percent=True))
    line = price_line(asked("30", schedule=schedule))
    assert (line.amount_minor, line.is_blended) == (minor, kind is ScheduleKind.SLAB)


def test_p3_waterfall() -> None:
    table = price_table(
        [PriceBook("std", "EUR")],
        [PriceEntry("e", "std", "P", d6("100"))],
        [ContractPrice("c", "A", "P", Effect.PRICE, d6("92.5"), "EUR")],
    )
    query = PriceQuery("P", DAY, "EUR", d6("60"), accounts=("A",), books=("std",))
    line = price_line(
        PriceRequest(
            query,
            choose_price(query, table),
            Schedule("V", ScheduleKind.RANGE, Effect.PERCENT, tiers(("1", "10"), percent=True)),
            rules=(PriceRule(Discount("promo", Effect.PERCENT, 50_000)),),
            representative=(Discount("rep", Effect.PERCENT, 30_000),),
        )
    )
    assert [step.after_dec6 for step in line.steps] == list(map(d6, ("100", "92.5", "83.25", "79.0875", "76.714875")))
    assert (line.amount_minor, line.discount_ppm) == (460_289, 232_851)
    assert all(step.source_id for step in line.steps)


def test_p4_lines_are_rounded_before_they_are_added() -> None:
    lines = tuple(plain_line(name, d6("3.05"), d6("20.10"), VAT19) for name in "ab")
    assert total(Document("EUR", lines)).lines_minor == 12_262


def test_p5_tax_per_line_and_per_total() -> None:
    lines = tuple(plain_line(str(n), DEC6, d6("0.33"), VAT19) for n in range(10))
    assert total(Document("EUR", lines)).tax_minor == 63
    assert total(Document("EUR", lines, tax_method=TaxMethod.LINE)).tax_minor == 60
    assert [line.tax_minor for line in total(Document("EUR", lines)).lines] == [7] * 3 + [6] * 7
    sales = tuple(plain_line(str(n), DEC6, d6("10.10"), Tax("S", 82_500)) for n in range(3))
    found = {method: total(Document("USD", sales, tax_method=method)).tax_minor for method in TaxMethod}
    assert found == {TaxMethod.LINE: 249, TaxMethod.TOTAL: 250}


def test_p6_tax_inclusive() -> None:
    found = total(Document("EUR", (plain_line("1", DEC6, d6("2.99"), Tax("S", 40_000)),), is_tax_inclusive=True))
    assert (found.net_minor, found.tax_minor, found.gross_minor) == (288, 11, 299)
    ten = total(Document("EUR", (plain_line("1", DEC6, d6("10"), Tax("S", 210_000)),), is_tax_inclusive=True))
    assert (ten.net_minor, ten.gross_minor) == (826, 1000)


def test_p7_header_discount_over_two_rates() -> None:
    lines = tuple(plain_line(p, DEC6, d6(p), tax) for p, tax in (("199.99", VAT20), ("59.97", VAT20), ("35", VAT5)))
    found = total(Document("EUR", lines, (Adjustment(is_charge=False, reason="d", percent_ppm=75_000),)))
    assert (found.allowances_minor, found.net_minor, found.gross_minor) == (2212, 27_284, 32_255)
    groups = {group.tax: (group.taxable_minor, group.tax_minor) for group in found.tax_subtotals}
    assert groups == {VAT20: (24_046, 4809), VAT5: (3238, 162)}
    assert [record.net_minor for record in found.records] == [262, 1950]


def _with_extras(name: str, price: str) -> Line:
    own = (
        Adjustment(is_charge=True, reason="freight", percent_ppm=10_000, base_minor=10_000),
        Adjustment(is_charge=False, reason="loyalty", amount_minor=10_100),
    )
    return Line(name, (Slice(d6("10"), d6(price)),), (VAT25,), adjustments=own)


def test_p8_a_full_document() -> None:
    lines = (
        _with_extras("1", "410"),
        plain_line("2", d6("10"), d6("200"), EXEMPT, base_dec6=d6("2")),
        _with_extras("3", "100"),
    )
    header = (
        Adjustment(is_charge=True, reason="cleaning", percent_ppm=200_000, base_minor=100_000, taxes=(VAT25,)),
        Adjustment(is_charge=False, reason="discount", amount_minor=20_000, taxes=(VAT25,)),
    )
    found = total(Document("EUR", lines, header, prepaid_minor=100_000))
    assert [line.net_minor for line in found.lines] == [400_000, 100_000, 90_000]
    assert (found.charges_minor, found.allowances_minor, found.net_minor) == (20_000, 20_000, 590_000)
    groups = {group.tax: (group.taxable_minor, group.tax_minor) for group in found.tax_subtotals}
    assert groups == {VAT25: (490_000, 122_500), EXEMPT: (100_000, 0)}
    assert (found.gross_minor, found.payable_minor) == (712_500, 612_500)


def test_p9_decimals_of_currencies() -> None:
    yen = total(Document("JPY", (plain_line("1", d6("3"), d6("1999"), Tax("S", 100_000)),)))
    assert yen.tax_minor == 600
    assert total(Document("JPY", (plain_line("1", DEC6, d6("1255"), Tax("S", 100_000)),))).tax_minor == 126
    assert line_amount(d6("12.3455"), DEC6, DEC6, "KWD", Rounding.HALF_UP) == 12_346
    assert convert(1234, "EUR", "JPY", 163_455_000_000) == 2017
    assert [divide(tenths, 10, Rounding.HALF_EVEN) for tenths in (1255, 1245)] == [126, 124]
    assert divide(1245, 10) == 125


@pytest.mark.parametrize(("price", "payable", "rounding"), [("12.33", 1235, 2), ("12.32", 1230, -2)])
def test_p10_cash_rounding(price: str, payable: int, rounding: int) -> None:
    cash = total(Document("CHF", (plain_line("1", DEC6, d6(price), NONE),), cash_minor=5))
    assert (cash.payable_minor, cash.rounding_minor) == (payable, rounding)


@pytest.mark.parametrize(("quantity", "minor"), [("7", 889), ("7000", 889_000)])
def test_p11_base_quantity(quantity: str, minor: int) -> None:
    found = total(Document("EUR", (plain_line("1", d6(quantity), d6("15.24"), NONE, base_dec6=d6("12")),)))
    assert found.net_minor == minor


def test_p12_a_bundle_of_a_fixed_price() -> None:
    assert bundle_amounts(99_900, (79_900, 24_900, 15_100)) == [66_572, 20_747, 12_581]
    assert bundle_amounts(-99_900, (-79_900, -24_900, -15_100)) == [-66_572, -20_747, -12_581]


def test_p13_margin_is_not_markup() -> None:
    assert (margin_ppm(15_000, 10_000), markup_ppm(15_000, 10_000)) == (333_333, 500_000)
    assert margin_ppm(85_000, 61_200) == 280_000
    assert (margin_ppm(0, 100), markup_ppm(100, 0)) == (None, None)


def test_p14_partial_returns() -> None:
    back = [returned_minor(10_000, d6("3"), before * DEC6, DEC6) for before in range(3)]
    assert back == [-3333, -3334, -3333]
