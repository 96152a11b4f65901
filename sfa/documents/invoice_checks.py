"""The rules of EN 16931 that an exported invoice must hold, by their published names (domain.md 2.5)."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from sfa.documents.paper import LineAdjustment, Paper, PaperLine, Party
from sfa.documents.words import amount, rate
from sfa.domain import currencies
from sfa.domain.pricing.amounts import share
from sfa.domain.pricing.documents import TaxMethod

MOST_DECIMALS: Final = 2
OUTSIDE: Final = "O"
UNION: Final = "K"
_COUNTRY_LETTERS: Final = 2
_VAT_OF_SELLER: Final = {"AE": "BR-AE-02", "K": "BR-IC-02", "G": "BR-G-02"}
_VAT_OF_BUYER: Final = {"AE": "BR-AE-02", "K": "BR-IC-02"}


def net_of(line: PaperLine) -> int:
    """Return BT-131."""
    return line.amount_minor if line.net_minor is None else line.net_minor


def adjustments_of(paper: Paper, line: PaperLine) -> tuple[LineAdjustment, ...]:
    """Return the allowances and charges of a line; where prices contain tax they do too, and are left in the price."""
    return () if paper.is_tax_inclusive else line.adjustments


def before_adjustments(paper: Paper, line: PaperLine) -> int:
    """Return what price and quantity make, in minor units."""
    parts = adjustments_of(paper, line)
    return net_of(line) - sum(part.amount_minor if part.is_charge else -part.amount_minor for part in parts)


def counted(paper: Paper) -> tuple[PaperLine, ...]:
    """Return the lines of the invoice."""
    return tuple(line for line in paper.lines if line.is_counted)


def categories_of(paper: Paper) -> frozenset[str]:
    """Return the tax categories of the invoice."""
    return frozenset(group.tax.category for group in paper.totals.tax_subtotals)


def has_vat_number(party: Party) -> bool:
    """Tell whether the tax number starts with a country, as a VAT number does."""
    return party.tax_id.isascii() and party.tax_id[:_COUNTRY_LETTERS].isalpha()


def violations(paper: Paper) -> tuple[str, ...]:
    """Return a sentence for each rule that is broken, with the rule's name; amounts are those to be exported."""
    return (*_missing(paper), *_of_categories(paper), *_of_lines(paper), *_of_totals(paper), *_of_taxes(paper))


def _missing(paper: Paper) -> Iterator[str]:
    seller, buyer, totals = paper.seller, paper.buyer, paper.totals
    if currencies.exponent(paper.currency) > MOST_DECIMALS:
        yield f"BR-DEC: EN 16931 has amounts with two decimals, {paper.currency} has more."
    for rule, value, what in (
        ("BR-02", paper.number, "a number"),
        ("BR-06", seller.name, "the name of the seller"),
        ("BR-07", buyer.name, "the name of the buyer"),
        ("BR-CO-26", seller.tax_id, "the tax number of the seller"),
        ("BR-CO-25", totals.payable_minor <= 0 or paper.due_on or paper.payment_terms, "a due date or payment terms"),
        ("BR-16", counted(paper), "a line"),
    ):
        if not value:
            yield f"{rule}: {what} is missing."
    for rule, party, whose in (("BR-09", seller, "seller"), ("BR-11", buyer, "buyer")):
        if len(party.country) != _COUNTRY_LETTERS or not party.country.isascii() or not party.country.isupper():
            yield f"{rule}: the country of the {whose} must be two letters such as DE, not “{party.country}”."


def _of_categories(paper: Paper) -> Iterator[str]:
    categories = categories_of(paper)
    for category in sorted(categories):
        if category in _VAT_OF_SELLER and not has_vat_number(paper.seller):
            yield f"{_VAT_OF_SELLER[category]}: tax {category} needs the VAT number of the seller, such as DE123456789."
        if category in _VAT_OF_BUYER and not has_vat_number(paper.buyer):
            yield f"{_VAT_OF_BUYER[category]}: tax {category} needs the VAT number of the buyer, such as FR12345678901."
    if UNION in categories and not paper.delivery_on:
        yield "BR-IC-11: a supply within the union needs the day of delivery."
    if OUTSIDE in categories and len(categories) > 1:
        yield "BR-O-11: what is outside the scope of VAT stands on an invoice of its own."


def _of_lines(paper: Paper) -> Iterator[str]:
    for line in counted(paper):
        if len(line.taxes) != 1:
            yield f"BR-CO-04: line {line.position} needs exactly one tax."
        if not line.description.strip():
            yield f"BR-25: line {line.position} needs a name."
        if line.net_price_dec6 is not None and line.net_price_dec6 < 0:
            yield f"BR-27: line {line.position} has a negative price; make its quantity negative instead."
        if not line.quantity_dec6:
            yield f"BR-22: line {line.position} needs a quantity."
        elif before_adjustments(paper, line) * line.quantity_dec6 < 0:
            yield f"BR-27: line {line.position} has an amount of another sign than its quantity."
        for part in adjustments_of(paper, line):
            if not part.reason.strip():
                yield f"BR-42: an allowance or charge of line {line.position} needs a reason."


def _of_totals(paper: Paper) -> Iterator[str]:
    totals = paper.totals
    allowances = sum(record.net_minor for record in totals.records if not record.is_charge)
    charges = sum(record.net_minor for record in totals.records if record.is_charge)
    net = totals.lines_minor - totals.allowances_minor + totals.charges_minor
    due = totals.gross_minor - totals.prepaid_minor + totals.rounding_minor
    for rule, what, stated, computed in (
        ("BR-CO-10", "the sum of the lines", totals.lines_minor, sum(map(net_of, counted(paper)))),
        ("BR-CO-11", "the sum of the allowances", totals.allowances_minor, allowances),
        ("BR-CO-12", "the sum of the charges", totals.charges_minor, charges),
        ("BR-CO-13", "the net total", totals.net_minor, net),
        ("BR-CO-14", "the tax total", totals.tax_minor, sum(part.tax_minor for part in totals.tax_subtotals)),
        ("BR-CO-15", "the gross total", totals.gross_minor, totals.net_minor + totals.tax_minor),
        ("BR-CO-16", "the amount due", totals.payable_minor, due),
    ):
        if stated != computed:
            yield (
                f"{rule}: {what} is {amount(stated, paper.currency)}, its parts make"
                f" {amount(computed, paper.currency)} {paper.currency}."
            )
    for record in totals.records:
        if len(record.taxes) != 1:
            yield f"BR-32: “{record.reason}” needs exactly one tax."
        if not record.reason.strip():
            yield "BR-33: an allowance or charge of the document needs a reason."


def _of_taxes(paper: Paper) -> Iterator[str]:
    lines, totals = counted(paper), paper.totals
    for group in totals.tax_subtotals:
        base = sum(net_of(line) for line in lines if group.tax in line.taxes)
        base += sum(record.signed_minor for record in totals.records if group.tax in record.taxes)
        name = f"{group.tax.category} {rate(group.tax.rate_ppm)}"
        if base != group.taxable_minor:
            yield (
                f"BR-{group.tax.category}-08: the base of {name} is {amount(group.taxable_minor, paper.currency)},"
                f" its lines, allowances and charges make {amount(base, paper.currency)} {paper.currency}."
            )
        exact = share(group.taxable_minor, group.tax.rate_ppm)
        if not paper.is_tax_inclusive and abs(group.tax_minor - exact) > _tolerance(paper, len(lines)):
            yield (
                f"BR-CO-17: the tax {name} is {amount(group.tax_minor, paper.currency)}, base times rate is"
                f" {amount(exact, paper.currency)} {paper.currency}."
            )


def _tolerance(paper: Paper, lines: int) -> Fraction:
    """Return by how many minor units a tax may be off: none per total, half a unit a rounding per line."""
    return Fraction(lines + 1, 2) if paper.tax_method is TaxMethod.LINE else Fraction(0)
