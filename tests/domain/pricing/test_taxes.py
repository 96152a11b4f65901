"""Tax rates by date, header discounts on lines, bundles and returns: what they give, and what is refused."""

from dataclasses import replace
from datetime import date

import pytest

from sfa.domain.figures import DEC6
from sfa.domain.pricing.amounts import PricingError
from sfa.domain.pricing.bundles import bundle_amounts, returned_minor
from sfa.domain.pricing.documents import Adjustment, Document, Tax, plain_line
from sfa.domain.pricing.headers import on_lines
from sfa.domain.pricing.taxes import TaxCode, TaxRate
from sfa.domain.pricing.totals import total
from tests.support.pricing import EXEMPT, VAT5, VAT19, VAT20, d6

SUMMER, WINTER = date(2020, 7, 1), date(2021, 1, 1)
VAT = TaxCode(
    "VAT",
    "S",
    (TaxRate(190_000, None, SUMMER), TaxRate(160_000, SUMMER, WINTER), TaxRate(190_000, WINTER)),
)


@pytest.mark.parametrize(
    ("day", "rate"),
    [("2020-06-30", 190_000), ("2020-07-01", 160_000), ("2020-12-31", 160_000), ("2021-01-01", 190_000)],
)
def test_a_rate_holds_from_its_first_day_to_the_day_before_the_next(day: str, rate: int) -> None:
    assert VAT.on(date.fromisoformat(day)) == Tax("S", rate)


def test_a_day_without_rate_is_refused_with_what_stands_around_it() -> None:
    gap = TaxCode("VAT", "S", (TaxRate(190_000, None, SUMMER), TaxRate(190_000, WINTER)))
    with pytest.raises(PricingError, match="no rate on 2020-08-01: the last one ended on 2020-07-01 and the next one"):
        gap.on(date(2020, 8, 1))
    with pytest.raises(PricingError, match="no rate on 2020-08-01: add one"):
        TaxCode("VAT", "S").on(date(2020, 8, 1))


def test_two_rates_on_one_day_are_refused() -> None:
    with pytest.raises(PricingError, match="two rates on 2020-07-01"):
        TaxCode("VAT", "S", (TaxRate(190_000), TaxRate(160_000, SUMMER)))


def test_a_jurisdiction_has_its_own_rate_or_the_common_one() -> None:
    code = TaxCode("SALES", "S", (TaxRate(60_000), TaxRate(82_500, jurisdiction="US-NY")))
    assert [code.on(SUMMER, place).rate_ppm for place in ("US-NY", "US-NJ", "")] == [82_500, 60_000, 60_000]


def test_a_category_without_tax_needs_no_rates_but_a_reason() -> None:
    assert TaxCode("X", "AE", reason="reverse charge").on(SUMMER) == Tax("AE", 0, reason="reverse charge")
    with pytest.raises(PricingError, match="needs a reason"):
        TaxCode("X", "AE").on(SUMMER)


def test_a_header_discount_falls_to_the_lines_by_their_tax_groups() -> None:
    """P7: 22.12 over 199.99, 59.97 at 20 % and 35.00 at 5 %: groups 19.50 and 2.62, then lines."""
    lines = tuple(plain_line(p, DEC6, d6(p), tax) for p, tax in (("199.99", VAT20), ("59.97", VAT20), ("35", VAT5)))
    document = Document("EUR", lines, (Adjustment(is_charge=False, reason="d", percent_ppm=75_000),))
    shares = on_lines(document, total(document))
    assert shares.on_lines == (-1500, -450, -262)
    assert shares.left == ()


def test_a_discount_on_a_discount_is_of_what_the_first_one_left() -> None:
    own = [
        Adjustment(is_charge=False, reason="d", percent_ppm=100_000, is_of_rest=is_rest) for is_rest in (False, True)
    ]
    line = plain_line("1", DEC6, d6("100"), VAT19)
    assert total(Document("EUR", (line,), tuple(own))).net_minor == 8100
    assert total(Document("EUR", (line,), (own[0], own[0]))).net_minor == 8000
    assert total(Document("EUR", (replace(line, adjustments=tuple(own)),))).net_minor == 8100


def test_an_allowance_in_a_tax_that_no_line_bears_stays_at_the_header() -> None:
    own = Adjustment(is_charge=False, reason="d", amount_minor=100, taxes=(EXEMPT,))
    document = Document("EUR", (plain_line("1", DEC6, d6("10"), VAT19),), (own,))
    shares = on_lines(document, total(document))
    assert (shares.on_lines, [record.reason for record in shares.left]) == ((0,), ["d"])


def test_a_bundle_needs_list_prices_and_gives_nothing_to_what_is_free() -> None:
    assert bundle_amounts(1000, (500, 0, 500)) == [500, 0, 500]
    for parts, sentence in (((0, 0), "needs a component with a list price"), ((5, -5), "all sold or all returned")):
        with pytest.raises(PricingError, match=sentence):
            bundle_amounts(1000, parts)


def test_no_more_comes_back_than_was_sold() -> None:
    with pytest.raises(PricingError, match="2 cannot come back: of 3 sold, 1 are left"):
        returned_minor(10_000, d6("3"), d6("2"), d6("2"))
    with pytest.raises(PricingError, match="positive quantity"):
        returned_minor(10_000, d6("3"), 0, 0)
