"""An invoice or a credit note as UBL 2.1 XML after EN 16931, so that an ERP can take it without typing."""

import xml.etree.ElementTree as ET
from typing import Final

from sfa.documents.credit import as_issued
from sfa.documents.invoice_checks import (
    OUTSIDE,
    UNION,
    adjustments_of,
    before_adjustments,
    categories_of,
    counted,
    has_vat_number,
    net_of,
    violations,
)
from sfa.documents.paper import Kind, Paper, PaperLine, Party
from sfa.documents.units import unit_code
from sfa.domain.figures import from_dec6
from sfa.domain.money import Money, Rounding
from sfa.domain.pricing.amounts import line_amount
from sfa.domain.pricing.documents import Tax
from sfa.domain.text import clean
from sfa.errors import SfaError, UsageError

_CBC: Final = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
_CAC: Final = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
_PROFILE: Final = "urn:cen.eu:en16931:2017"
_TYPES: Final = {Kind.INVOICE: ("Invoice", "380"), Kind.CREDIT_NOTE: ("CreditNote", "381")}
_TRANSFER: Final = "30"
_RATE_PLACES: Final = 100
_LOCAL_TAX: Final = "TAX"
MOST_NAMED: Final = 5


class ExportError(SfaError):
    """A document that is no valid invoice of EN 16931: the rules that it breaks."""


def export(paper: Paper) -> bytes:
    """Return the XML of an invoice or a credit note; a credit note has positive amounts (domain.md 2.5).

    Raises:
        UsageError: it is neither.
        ExportError: it breaks a rule of EN 16931.
    """
    if paper.kind not in _TYPES:
        raise UsageError(f"A {paper.kind} is not exported as UBL.", "Export the invoice or the credit note.")
    paper = as_issued(paper)
    broken = violations(paper)
    if broken:
        more = f" And {len(broken) - MOST_NAMED} more." if len(broken) > MOST_NAMED else ""
        raise ExportError(f"{paper.number} cannot be exported. {' '.join(broken[:MOST_NAMED])}{more}")
    return _Export(paper).data()


class _Export:
    """The elements of one document, in the order of the schema."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._name, self._type = _TYPES[paper.kind]
        self._space = f"urn:oasis:names:specification:ubl:schema:xsd:{self._name}-2"

    def data(self) -> bytes:
        """Return the file."""
        ET.register_namespace("cbc", _CBC)
        ET.register_namespace("cac", _CAC)
        root = ET.Element(f"{{{self._space}}}{self._name}")
        self._head(root)
        self._parties(root)
        self._payment(root)
        self._adjustments(root)
        self._taxes(root)
        self._totals(root)
        for line in counted(self._paper):
            self._line(root, line)
        ET.indent(root)
        text = ET.tostring(root, encoding="unicode")
        own = f'xmlns:ns0="{self._space}"'
        text = text.replace(own, f'xmlns="{self._space}"').replace("<ns0:", "<").replace("</ns0:", "</")
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()

    def _head(self, root: ET.Element) -> None:
        paper = self._paper
        _add(root, "CustomizationID", _PROFILE)
        _add(root, "ID", paper.number)
        _add(root, "IssueDate", paper.issued_on.isoformat())
        if paper.due_on and paper.kind is Kind.INVOICE:
            _add(root, "DueDate", paper.due_on.isoformat())
        _add(root, f"{self._name}TypeCode", self._type)
        _add(root, "Note", paper.notes)
        _add(root, "DocumentCurrencyCode", paper.currency)
        _add(root, "BuyerReference", paper.buyer_reference)
        if paper.order_number:
            _add(_group(root, "OrderReference"), "ID", paper.order_number)
        if paper.preceding_number:
            _add(_group(root, "BillingReference", "InvoiceDocumentReference"), "ID", paper.preceding_number)

    def _parties(self, root: ET.Element) -> None:
        paper, categories = self._paper, categories_of(self._paper)
        is_taxed = OUTSIDE not in categories  # what is outside the scope of VAT must name no VAT number
        seller = _group(root, "AccountingSupplierParty", "Party")
        _party(seller, paper.seller, is_taxed=is_taxed, local_scheme=_LOCAL_TAX)
        _party(_group(root, "AccountingCustomerParty", "Party"), paper.buyer, is_taxed=is_taxed)
        if paper.delivery_on:
            delivery = _group(root, "Delivery")
            _add(delivery, "ActualDeliveryDate", paper.delivery_on.isoformat())
            if UNION in categories:
                place = _group(delivery, "DeliveryLocation", "Address", "Country")
                _add(place, "IdentificationCode", paper.buyer.country)

    def _payment(self, root: ET.Element) -> None:
        paper = self._paper
        if paper.seller.iban:
            means = _group(root, "PaymentMeans")
            _add(means, "PaymentMeansCode", _TRANSFER)
            if paper.due_on and paper.kind is Kind.CREDIT_NOTE:
                _add(means, "PaymentDueDate", paper.due_on.isoformat())
            _add(_group(means, "PayeeFinancialAccount"), "ID", "".join(paper.seller.iban.split()))
        if paper.payment_terms:
            _add(_group(root, "PaymentTerms"), "Note", paper.payment_terms)

    def _adjustments(self, root: ET.Element) -> None:
        for record in self._paper.totals.records:
            part = _group(root, "AllowanceCharge")
            _add(part, "ChargeIndicator", str(record.is_charge).lower())
            _add(part, "AllowanceChargeReason", record.reason)
            self._amount(part, "Amount", record.net_minor)
            _category(part, "TaxCategory", record.taxes[0])

    def _taxes(self, root: ET.Element) -> None:
        total = _group(root, "TaxTotal")
        self._amount(total, "TaxAmount", self._paper.totals.tax_minor)
        for group in self._paper.totals.tax_subtotals:
            part = _group(total, "TaxSubtotal")
            self._amount(part, "TaxableAmount", group.taxable_minor)
            self._amount(part, "TaxAmount", group.tax_minor)
            _category(part, "TaxCategory", group.tax, with_reason=True)

    def _totals(self, root: ET.Element) -> None:
        totals, part = self._paper.totals, _group(root, "LegalMonetaryTotal")
        self._amount(part, "LineExtensionAmount", totals.lines_minor)
        self._amount(part, "TaxExclusiveAmount", totals.net_minor)
        self._amount(part, "TaxInclusiveAmount", totals.gross_minor)
        for name, minor, is_needed in (
            ("AllowanceTotalAmount", totals.allowances_minor, any(not record.is_charge for record in totals.records)),
            ("ChargeTotalAmount", totals.charges_minor, any(record.is_charge for record in totals.records)),
            ("PrepaidAmount", totals.prepaid_minor, bool(totals.prepaid_minor)),
            ("PayableRoundingAmount", totals.rounding_minor, bool(totals.rounding_minor)),
        ):
            if is_needed:
                self._amount(part, name, minor)
        self._amount(part, "PayableAmount", totals.payable_minor)

    def _line(self, root: ET.Element, line: PaperLine) -> None:
        is_invoice = self._paper.kind is Kind.INVOICE
        part, code = _group(root, f"{self._name}Line"), unit_code(line)
        _add(part, "ID", line.position)
        _add(
            part, "InvoicedQuantity" if is_invoice else "CreditedQuantity", from_dec6(line.quantity_dec6), unitCode=code
        )
        self._amount(part, "LineExtensionAmount", net_of(line))
        for own in adjustments_of(self._paper, line):
            extra = _group(part, "AllowanceCharge")
            _add(extra, "ChargeIndicator", str(own.is_charge).lower())
            _add(extra, "AllowanceChargeReason", own.reason)
            if own.percent_ppm is not None and own.base_minor is not None:
                _add(extra, "MultiplierFactorNumeric", from_dec6(own.percent_ppm * _RATE_PLACES))
            self._amount(extra, "Amount", own.amount_minor)
            if own.percent_ppm is not None and own.base_minor is not None:
                self._amount(extra, "BaseAmount", own.base_minor)
        item = _group(part, "Item")
        _add(item, "Description", line.details)
        _add(item, "Name", line.description)
        if line.code:
            _add(_group(item, "SellersItemIdentification"), "ID", line.code)
        _category(item, "ClassifiedTaxCategory", line.taxes[0])
        self._price(_group(part, "Price"), line, code)

    def _price(self, part: ET.Element, line: PaperLine, code: str) -> None:
        """A price that does not make the amount, as of a slab or several periods, is stated for the whole quantity."""
        whole = before_adjustments(self._paper, line)
        price, base = line.net_price_dec6, line.base_dec6
        if (
            price is None
            or line_amount(price, line.quantity_dec6, base, self._paper.currency, Rounding.HALF_UP) != whole
        ):
            self._amount(part, "PriceAmount", abs(whole))
            _add(part, "BaseQuantity", from_dec6(abs(line.quantity_dec6)), unitCode=code)
            return
        _add(part, "PriceAmount", from_dec6(price), currencyID=self._paper.currency)
        _add(part, "BaseQuantity", from_dec6(base), unitCode=code)
        if line.list_price_dec6 is not None and line.list_price_dec6 > price:
            less = _group(part, "AllowanceCharge")
            _add(less, "ChargeIndicator", "false")
            _add(less, "Amount", from_dec6(line.list_price_dec6 - price), currencyID=self._paper.currency)
            _add(less, "BaseAmount", from_dec6(line.list_price_dec6), currencyID=self._paper.currency)

    def _amount(self, parent: ET.Element, name: str, minor: int) -> None:
        _add(parent, name, Money(minor, self._paper.currency).decimal_string(), currencyID=self._paper.currency)


def _add(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    """Add an element; an empty one is left out, as EN 16931 wants."""
    if text.strip():
        ET.SubElement(parent, f"{{{_CBC}}}{name}", attributes).text = clean(text.strip(), multiline=True)


def _group(parent: ET.Element, *names: str) -> ET.Element:
    for name in names:
        parent = ET.SubElement(parent, f"{{{_CAC}}}{name}")
    return parent


def _category(parent: ET.Element, name: str, tax: Tax, *, with_reason: bool = False) -> None:
    part = _group(parent, name)
    _add(part, "ID", tax.category)
    if tax.category != "O":
        _add(part, "Percent", from_dec6(tax.rate_ppm * _RATE_PLACES))
    if with_reason:
        _add(part, "TaxExemptionReason", tax.reason)
    _add(_group(part, "TaxScheme"), "ID", "VAT")


def _party(part: ET.Element, party: Party, *, is_taxed: bool, local_scheme: str = "") -> None:
    """Add a party; a number that is no VAT number identifies the company, and the seller to its own tax office."""
    address = _group(part, "PostalAddress")
    _add(address, "StreetName", party.address[0] if party.address else "")
    _add(address, "CityName", party.city)
    _add(address, "PostalZone", party.postal_code)
    _add(_group(address, "Country"), "IdentificationCode", party.country)
    is_vat = is_taxed and has_vat_number(party)
    if is_vat or (is_taxed and local_scheme and party.tax_id):
        scheme = _group(part, "PartyTaxScheme")
        _add(scheme, "CompanyID", "".join(party.tax_id.split()))
        _add(_group(scheme, "TaxScheme"), "ID", "VAT" if is_vat else local_scheme)
    legal = _group(part, "PartyLegalEntity")
    _add(legal, "RegistrationName", party.name)
    if not is_vat:
        _add(legal, "CompanyID", party.tax_id)
    if party.contact or party.phone or party.email:
        contact = _group(part, "Contact")
        _add(contact, "Name", party.contact)
        _add(contact, "Telephone", party.phone)
        _add(contact, "ElectronicMail", party.email)
