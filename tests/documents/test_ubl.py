"""Invoices and credit notes as EN 16931 XML: the published example, the rules, and what is refused."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfa.documents.invoice_checks import violations
from sfa.documents.paper import Kind, Language, LineAdjustment, Paper, PaperLine, Section
from sfa.documents.render import render
from sfa.documents.ubl import ExportError
from sfa.domain.figures import DEC6
from sfa.domain.pricing.documents import Adjustment, Document, Line, Role, Tax, TaxMethod, plain_line
from sfa.domain.pricing.schedules import Slice
from sfa.domain.pricing.totals import total
from sfa.errors import UsageError
from tests.support.papers import make_paper, make_statement, paper_line

STANDARD = Tax("S", 250_000, "VAT")
EXEMPT = Tax("E", 0, "VAT", "Exempt under article 132")
NAMES = {
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
}


def exported(paper: Paper) -> ET.Element:
    """Return the parsed XML."""
    return ET.fromstring(render(paper, "ubl").data)  # noqa: S314 - our own


def said(root: ET.Element, path: str) -> list[str]:
    """Return the texts at a path of `cbc` and `cac` names."""
    return [part.text or "" for part in root.findall(path, NAMES)]


def published_example() -> Paper:
    """Return domain.md P8: the published Allowance-example."""
    parts = (
        Adjustment(is_charge=True, reason="Packaging", percent_ppm=10_000, base_minor=10_000),
        Adjustment(is_charge=False, reason="Discount", amount_minor=10_100),
    )
    lines = (
        Line("1", (Slice(10 * DEC6, 410 * DEC6),), (STANDARD,), adjustments=parts),
        plain_line("2", 10 * DEC6, 200 * DEC6, EXEMPT, base_dec6=2 * DEC6),
        Line("3", (Slice(10 * DEC6, 100 * DEC6),), (STANDARD,), adjustments=parts),
    )
    header = (
        Adjustment(is_charge=True, reason="Freight", percent_ppm=200_000, base_minor=100_000, taxes=(STANDARD,)),
        Adjustment(is_charge=False, reason="Loyal customer", amount_minor=20_000, taxes=(STANDARD,)),
    )
    sums = total(Document("EUR", lines, header, prepaid_minor=100_000))
    own = (
        LineAdjustment(is_charge=True, reason="Packaging", amount_minor=100, percent_ppm=10_000, base_minor=10_000),
        LineAdjustment(is_charge=False, reason="Discount", amount_minor=10_100),
    )
    printed = (
        _printed("1", 410, 400_000, STANDARD, list_price_dec6=450 * DEC6, adjustments=own),
        _printed("2", 200, 100_000, EXEMPT, base_dec6=2 * DEC6),
        _printed("3", 100, 90_000, STANDARD, adjustments=own),
    )
    return replace(make_paper(kind=Kind.INVOICE, due_on=date(2026, 4, 1)), sections=(Section(printed),), totals=sums)


def _printed(position: str, price: int, amount_minor: int, tax: Tax, **more: object) -> PaperLine:
    fields: dict[str, object] = {
        "position": position,
        "description": f"Item {position}",
        "quantity_dec6": 10 * DEC6,
        "net_price_dec6": price * DEC6,
        "amount_minor": amount_minor,
        "taxes": (tax,),
    }
    return PaperLine(**{**fields, **more})  # type: ignore[arg-type]


def test_the_published_example_comes_out_with_its_figures() -> None:
    root = exported(published_example())
    totals = "cac:LegalMonetaryTotal/cbc:"
    assert {name: said(root, totals + name) for name in (
        "LineExtensionAmount", "TaxExclusiveAmount", "TaxInclusiveAmount", "AllowanceTotalAmount", "ChargeTotalAmount",
        "PrepaidAmount", "PayableAmount",
    )} == {
        "LineExtensionAmount": ["5900.00"], "TaxExclusiveAmount": ["5900.00"], "TaxInclusiveAmount": ["7125.00"],
        "AllowanceTotalAmount": ["200.00"], "ChargeTotalAmount": ["200.00"], "PrepaidAmount": ["1000.00"],
        "PayableAmount": ["6125.00"],
    }  # fmt: skip
    assert said(root, "cac:TaxTotal/cac:TaxSubtotal/cbc:TaxableAmount") == ["1000.00", "4900.00"]
    assert said(root, "cac:TaxTotal/cac:TaxSubtotal/cbc:TaxAmount") == ["0.00", "1225.00"]
    assert said(root, "cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cbc:TaxExemptionReason") == [EXEMPT.reason]
    assert said(root, "cac:InvoiceLine/cbc:LineExtensionAmount") == ["4000.00", "1000.00", "900.00"]
    assert said(root, "cac:InvoiceLine/cac:Price/cbc:PriceAmount") == ["410", "200", "100"]
    assert said(root, "cac:InvoiceLine/cac:Price/cbc:BaseQuantity") == ["1", "2", "1"]
    assert said(root, "cac:InvoiceLine/cac:Price/cac:AllowanceCharge/cbc:BaseAmount") == ["450"]
    assert said(root, "cac:InvoiceLine/cac:Price/cac:AllowanceCharge/cbc:Amount") == ["40"]
    assert said(root, "cac:InvoiceLine/cac:AllowanceCharge/cbc:Amount") == ["1.00", "101.00"] * 2
    assert said(root, "cbc:InvoiceTypeCode") == ["380"]


def test_the_elements_stand_in_the_order_of_the_schema() -> None:
    names = [part.tag.partition("}")[2] for part in exported(published_example())]
    order = [
        "CustomizationID", "ID", "IssueDate", "DueDate", "InvoiceTypeCode", "Note", "DocumentCurrencyCode",
        "BuyerReference", "OrderReference", "BillingReference", "AccountingSupplierParty", "AccountingCustomerParty",
        "Delivery", "PaymentMeans", "PaymentTerms", "AllowanceCharge", "TaxTotal", "LegalMonetaryTotal", "InvoiceLine",
    ]  # fmt: skip
    assert names == sorted(names, key=order.index)


def test_a_credit_note_stored_in_negative_amounts_is_exported_in_positive_ones() -> None:
    line = replace(paper_line("1", "Returned camera", 2, 50_000), quantity_dec6=-2 * DEC6, amount_minor=-100_000)
    root = exported(
        make_paper(kind=Kind.CREDIT_NOTE, sections=(Section((line,)),), number="C-1", preceding_number="I-7")
    )
    assert root.tag.endswith("}CreditNote")
    assert said(root, "cbc:CreditNoteTypeCode") == ["381"]
    assert said(root, "cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID") == ["I-7"]
    assert said(root, "cac:CreditNoteLine/cbc:CreditedQuantity") == ["2"]
    assert said(root, "cac:LegalMonetaryTotal/cbc:PayableAmount") == ["1190.00"]
    assert not any(text.startswith("-") for text in root.itertext())


def test_a_price_that_does_not_make_the_amount_is_stated_for_the_whole_quantity() -> None:
    recurring = paper_line("1", "Software", 4, 4_900, period="12 months", periods=12, unit="seats")
    slab = replace(paper_line("2", "Parts", 20, 600), net_price_dec6=None, amount_minor=12_750)
    root = exported(make_paper(kind=Kind.INVOICE, sections=(Section((recurring, slab)),)))
    assert said(root, "cac:InvoiceLine/cac:Price/cbc:PriceAmount") == ["2352.00", "127.50"]
    assert said(root, "cac:InvoiceLine/cac:Price/cbc:BaseQuantity") == ["4", "20"]


def test_options_that_were_not_chosen_are_not_invoiced() -> None:
    root = exported(make_paper(kind=Kind.INVOICE))
    assert said(root, "cac:InvoiceLine/cbc:ID") == ["1", "2", "3", "5", "6", "7"]


def test_units_become_codes() -> None:
    lines = tuple(
        replace(paper_line(str(at), "x", 1, 100), unit=unit)
        for at, unit in enumerate(("pcs", "Days", "台", "hrs", "oddments", ""))
    )
    root = exported(make_paper(kind=Kind.INVOICE, sections=(Section(lines),)))
    codes = [part.get("unitCode") for part in root.findall("cac:InvoiceLine/cbc:InvoicedQuantity", NAMES)]
    assert codes == ["H87", "DAY", "H87", "C62", "C62", "C62"]


def test_texts_are_data_in_the_xml() -> None:
    line = paper_line("1", 'A <b> & "quotes" ]]> \x00', 1, 100)
    root = exported(make_paper(kind=Kind.INVOICE, sections=(Section((line,)),)))
    assert said(root, "cac:InvoiceLine/cac:Item/cbc:Name") == ['A <b> & "quotes" ]]> \ufffd']


def test_prices_that_contain_tax_are_exported_net() -> None:
    tax = Tax("S", 190_000, "VAT")
    document = Document("EUR", (plain_line("1", 3 * DEC6, 10 * DEC6, tax),), is_tax_inclusive=True)
    sums = total(document)
    own = (LineAdjustment(is_charge=False, reason="Rounded down", amount_minor=1),)
    line = replace(
        paper_line("1", "Case", 3, 1_000), amount_minor=3_000, net_minor=sums.lines[0].net_minor, adjustments=own
    )
    paper = replace(make_paper(kind=Kind.INVOICE), sections=(Section((line,)),), totals=sums, is_tax_inclusive=True)
    root = exported(paper)
    assert said(root, "cac:InvoiceLine/cbc:LineExtensionAmount") == ["25.21"]
    assert said(root, "cac:InvoiceLine/cac:AllowanceCharge") == []
    assert said(root, "cac:InvoiceLine/cac:Price/cbc:PriceAmount") == ["25.21"]
    assert said(root, "cac:LegalMonetaryTotal/cbc:PayableAmount") == ["30.00"]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"lines_minor": 1}, "BR-CO-10"),
        ({"allowances_minor": 1}, "BR-CO-11"),
        ({"charges_minor": 1}, "BR-CO-12"),
        ({"net_minor": 1}, "BR-CO-13"),
        ({"tax_minor": 1}, "BR-CO-14"),
        ({"gross_minor": 1}, "BR-CO-15"),
        ({"payable_minor": 1}, "BR-CO-16"),
    ],
)
def test_a_total_that_its_parts_do_not_make_is_refused(change: dict[str, int], rule: str) -> None:
    paper = published_example()
    moved = {name: getattr(paper.totals, name) + by for name, by in change.items()}
    broken = replace(paper, totals=replace(paper.totals, **moved))
    with pytest.raises(ExportError, match=rule):
        render(broken, "ubl")


def test_a_tax_that_is_not_base_times_rate_is_refused() -> None:
    paper = published_example()
    group = paper.totals.tax_subtotals[1]
    off = replace(group, tax_minor=group.tax_minor + 1)
    sums = replace(
        paper.totals, tax_subtotals=(paper.totals.tax_subtotals[0], off), tax_minor=paper.totals.tax_minor + 1,
        gross_minor=paper.totals.gross_minor + 1, payable_minor=paper.totals.payable_minor + 1,
    )  # fmt: skip
    assert [text[:9] for text in violations(replace(paper, totals=sums))] == ["BR-CO-17:"]
    assert violations(replace(paper, totals=sums, tax_method=TaxMethod.LINE)) == ()


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"due_on": None, "payment_terms": ""}, "BR-CO-25"),
        ({"sections": ()}, "BR-16"),
        ({"number": ""}, "BR-02"),
    ],
)
def test_what_an_invoice_must_have_is_asked_for(changes: dict[str, object], rule: str) -> None:
    with pytest.raises(ExportError, match=rule):
        render(replace(published_example(), **changes), "ubl")  # type: ignore[arg-type]


def test_parties_need_country_and_tax_number() -> None:
    paper = published_example()
    nameless = replace(paper, seller=replace(paper.seller, tax_id="", country="Germany"))
    assert [text.partition(":")[0] for text in violations(nameless)] == ["BR-CO-26", "BR-09"]


@pytest.mark.parametrize(
    ("category", "changes", "rules"),
    [
        ("AE", {}, []),
        ("AE", {"tax_id": "12345"}, ["BR-AE-02"]),
        ("K", {}, ["BR-IC-11"]),
        ("G", {"tax_id": ""}, []),
        ("O", {"tax_id": ""}, []),
    ],
)
def test_categories_without_tax_need_what_the_standard_asks(
    category: str, changes: dict[str, Any], rules: list[str]
) -> None:
    line = paper_line("1", "x", 1, 100, taxes=(Tax(category, 0, "VAT", "No tax"),))
    paper = make_paper(kind=Kind.INVOICE, sections=(Section((line,)),))
    paper = replace(paper, buyer=replace(paper.buyer, **changes))
    assert [text.partition(":")[0] for text in violations(paper)] == rules


def test_a_supply_within_the_union_names_day_and_country_of_delivery() -> None:
    line = paper_line("1", "x", 1, 100, taxes=(Tax("K", 0, "VAT", "Intra-community supply"),))
    root = exported(make_paper(kind=Kind.INVOICE, sections=(Section((line,)),), delivery_on=date(2026, 3, 1)))
    assert said(root, "cac:Delivery/cbc:ActualDeliveryDate") == ["2026-03-01"]
    assert said(root, "cac:Delivery/cac:DeliveryLocation/cac:Address/cac:Country/cbc:IdentificationCode") == ["IE"]


def test_outside_the_scope_no_vat_number_is_named_and_nothing_else_is_sold() -> None:
    outside = paper_line("1", "x", 1, 100, taxes=(Tax("O", 0, "VAT", "Out of scope"),))
    alone = make_paper(kind=Kind.INVOICE, sections=(Section((outside,)),))
    root = exported(alone)
    assert said(root, ".//cac:PartyTaxScheme/cbc:CompanyID") == []
    assert said(root, ".//cac:PartyLegalEntity/cbc:CompanyID") == [alone.seller.tax_id, alone.buyer.tax_id]
    both = make_paper(kind=Kind.INVOICE, sections=(Section((outside, paper_line("2", "y", 1, 100))),))
    assert [text.partition(":")[0] for text in violations(both)] == ["BR-O-11"]


def test_a_number_of_another_tax_office_identifies_the_seller() -> None:
    root = exported(make_paper(Language.CHINESE, Kind.INVOICE))
    assert said(root, "cac:AccountingSupplierParty/cac:Party/cac:PartyTaxScheme/cac:TaxScheme/cbc:ID") == ["TAX"]
    assert said(root, "cac:AccountingCustomerParty/cac:Party/cac:PartyTaxScheme/cac:TaxScheme/cbc:ID") == []


def test_allowances_that_make_nothing_are_named_all_the_same() -> None:
    header = (Adjustment(is_charge=False, reason="Nothing", amount_minor=0, taxes=(STANDARD,)),)
    line = paper_line("1", "x", 1, 100, taxes=(STANDARD,))
    root = exported(make_paper(kind=Kind.INVOICE, sections=(Section((line,)),), adjustments=header))
    assert said(root, "cac:LegalMonetaryTotal/cbc:AllowanceTotalAmount") == ["0.00"]
    assert said(root, "cac:LegalMonetaryTotal/cbc:ChargeTotalAmount") == []


def test_a_negative_price_and_two_taxes_on_a_line_are_refused() -> None:
    line = paper_line("1", "x", 1, 100, taxes=(STANDARD, EXEMPT))
    rules = {text.partition(":")[0] for text in violations(make_paper(kind=Kind.INVOICE, sections=(Section((line,)),)))}
    assert "BR-CO-04" in rules
    negative = replace(paper_line("1", "x", 1, 100), net_price_dec6=-DEC6, amount_minor=-100)
    rules = {
        text.partition(":")[0] for text in violations(make_paper(kind=Kind.INVOICE, sections=(Section((negative,)),)))
    }
    assert rules == {"BR-27"}


def test_a_currency_of_three_decimals_has_no_form_of_the_standard() -> None:
    document = Document("KWD", (plain_line("1", DEC6, DEC6, STANDARD),))
    paper = replace(published_example(), totals=total(document))
    with pytest.raises(ExportError, match=r"BR-DEC.*KWD"):
        render(paper, "ubl")


def test_a_quote_or_a_statement_is_no_invoice() -> None:
    with pytest.raises(UsageError, match="quote is not exported"):
        render(make_paper(), "ubl")
    with pytest.raises(UsageError, match="statement"):
        render(make_statement(), "ubl")


@given(
    st.lists(
        st.tuples(st.integers(1, 10**6), st.integers(0, 10**9), st.sampled_from([STANDARD, EXEMPT, Tax("S", 70_000)])),
        min_size=1, max_size=6,
    ),
    st.integers(0, 500_000),
    st.integers(0, 10**6),
)  # fmt: skip
def test_any_document_that_was_totalled_holds_the_rules(
    rows: list[tuple[int, int, Tax]], discount_ppm: int, prepaid: int
) -> None:
    lines = tuple(
        plain_line(str(at), quantity * 1000, price * 100, tax) for at, (quantity, price, tax) in enumerate(rows, 1)
    )
    header = (Adjustment(is_charge=False, reason="Discount", percent_ppm=discount_ppm),)
    sums = total(Document("EUR", lines, header, prepaid_minor=prepaid))
    printed = tuple(
        PaperLine(line.id, "Item", line.slices[0].quantity_dec6, part.net_minor, None, line.taxes,
                  net_price_dec6=line.slices[0].price_dec6, role=Role.NORMAL)
        for line, part in zip(lines, sums.lines, strict=True)
    )  # fmt: skip
    paper = replace(published_example(), sections=(Section(printed),), totals=sums)
    assert violations(paper) == ()
    root = exported(paper)
    assert len(said(root, "cac:InvoiceLine/cbc:ID")) == len(rows)
