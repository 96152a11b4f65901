"""What a document says, with every amount already computed: a paper computes nothing and knows no database."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sfa.domain.figures import DEC6
from sfa.domain.pricing.documents import Role, Tax, TaxMethod
from sfa.domain.pricing.totals import Totals


class Kind(StrEnum):
    """What sort of document it is."""

    QUOTE = "quote"
    PROPOSAL = "proposal"
    ORDER = "order"
    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    STATEMENT = "statement"
    REPORT = "report"


class Language(StrEnum):
    """The language of the words that are ours; the customer's text stays as it was written."""

    ENGLISH = "en"
    CHINESE = "zh"


class PageSize(StrEnum):
    """The sheet it is printed on, as typst names it; on Letter, English dates are written the American way."""

    A4 = "a4"
    LETTER = "us-letter"


@dataclass(frozen=True, slots=True)
class Party:
    """A company or person on a document.

    Attributes:
        address: lines beneath the name, as they are printed.
        contact: the person there.
        city: with postal code and country (ISO 3166, two letters) for exports; print has the address.
    """

    name: str
    address: tuple[str, ...] = ()
    contact: str = ""
    email: str = ""
    phone: str = ""
    tax_id: str = ""
    city: str = ""
    postal_code: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Seller(Party):
    """The company whose letterhead it is.

    Attributes:
        bank: lines on where to pay, as they are printed.
        legal: lines of the footer, such as the register and the managing directors.
        logo: the name of a picture in the folder of templates (PNG, JPEG or SVG), or empty.
        iban: for exports.
    """

    website: str = ""
    bank: tuple[str, ...] = ()
    legal: tuple[str, ...] = ()
    logo: str = ""
    iban: str = ""


@dataclass(frozen=True, slots=True)
class LineAdjustment:
    """An allowance or a charge of one line; amounts are positive minor units."""

    is_charge: bool
    reason: str
    amount_minor: int
    percent_ppm: int | None = None
    base_minor: int | None = None


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A line as it is printed.

    Attributes:
        position: what it is called on paper: `3`, `3.1`.
        details: longer text beneath the description.
        unit_code: code of UN/ECE recommendation 20 for exports; empty takes it from the unit's word.
        list_price_dec6: the price before discounts, where it is to be shown.
        net_price_dec6: the price per base quantity; None where units have several, as in a slab schedule.
        discount_ppm: what is shown as discount, 0 for none.
        amount_minor: with tax where the prices contain it.
        net_minor: BT-131, for exports; None where it is the amount.
        taxes: the taxes it bears.
        role: an optional or alternative line is set apart where it does not count.
        is_counted: whether it is in the totals.
        instead_of: the position that an alternative replaces.
        period: for a recurring line: `per month, 12 months`.
    """

    position: str
    description: str
    quantity_dec6: int
    amount_minor: int
    net_minor: int | None = None
    taxes: tuple[Tax, ...] = ()
    unit: str = ""
    unit_code: str = ""
    code: str = ""
    details: str = ""
    list_price_dec6: int | None = None
    net_price_dec6: int | None = None
    base_dec6: int = DEC6
    discount_ppm: int = 0
    adjustments: tuple[LineAdjustment, ...] = ()
    role: Role = Role.NORMAL
    is_counted: bool = True
    instead_of: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a heading, with their sum where one is to be shown."""

    lines: tuple[PaperLine, ...]
    heading: str = ""
    text: str = ""
    subtotal_minor: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of running text: `heading`, `text`, `list` or `steps`; the last two have items."""

    kind: str
    text: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a proposal: an entry of the library, as it was when the proposal was made.

    Attributes:
        sha256: of the entry's file.
    """

    key: str
    version: str
    title: str
    blocks: tuple[Block, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class Clause:
    """Terms or a note under a heading of its own; the heading may be empty."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Where both sides sign; names are printed beneath the lines."""

    text: str = ""
    seller_name: str = ""
    buyer_name: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A quote, proposal, order confirmation, invoice or credit note.

    Attributes:
        number: BT-1.
        totals: as `sfa.domain.pricing.totals.total` returns them; its lines are not read.
        revision: shown from the second on.
        delivery_on: the day of delivery, or of the service.
        buyer_reference: what the customer wants named.
        order_number: of the order that is confirmed or invoiced.
        preceding_number: of the invoice that a credit note is for.
        cover: text before the table; an empty line parts paragraphs.
        is_tax_inclusive: the amounts of lines contain the tax.
        tax_method: where its taxes were rounded; the check before an export goes by it.
        is_draft: the page says so, and characters without a glyph are warnings.
    """

    kind: Kind
    language: Language
    number: str
    issued_on: date
    seller: Seller
    buyer: Party
    sections: tuple[Section, ...]
    totals: Totals
    revision: int = 1
    valid_until: date | None = None
    due_on: date | None = None
    delivery_on: date | None = None
    subject: str = ""
    buyer_reference: str = ""
    order_number: str = ""
    preceding_number: str = ""
    cover: str = ""
    chapters: tuple[Chapter, ...] = ()
    payment_terms: str = ""
    terms: tuple[Clause, ...] = ()
    notes: str = ""
    signature: Signature | None = None
    page_size: PageSize = PageSize.A4
    is_tax_inclusive: bool = False
    tax_method: TaxMethod = TaxMethod.TOTAL
    is_draft: bool = False

    @property
    def currency(self) -> str:
        """Return the currency of all amounts."""
        return self.totals.currency

    @property
    def lines(self) -> tuple[PaperLine, ...]:
        """Return the lines of all sections."""
        return tuple(line for section in self.sections for line in section.lines)
