"""What a statement says: entries of a period with their sums, and the balances beneath."""

from dataclasses import dataclass, field
from datetime import date

from sfa.documents.paper import Kind, Language, PageSize, Party, Seller


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a statement.

    Attributes:
        base_minor: what the rate is of; None where there is none.
        why: one sentence on how the amount comes about.
    """

    on: date
    reference: str
    description: str
    amount_minor: int
    base_minor: int | None = None
    rate_ppm: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class EntryGroup:
    """Entries of a statement under a heading, with their sum."""

    heading: str
    entries: tuple[Entry, ...]
    subtotal_minor: int | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """A row beneath the entries; a total is printed strong."""

    label: str
    amount_minor: int
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody's statement for a period, of commission or of an account.

    Attributes:
        seller: the company whose letterhead it is.
        buyer: whom it is for.
    """

    language: Language
    number: str
    issued_on: date
    currency: str
    seller: Seller
    buyer: Party
    first_day: date
    last_day: date
    groups: tuple[EntryGroup, ...]
    balances: tuple[Balance, ...]
    subject: str = ""
    cover: str = ""
    notes: str = ""
    page_size: PageSize = PageSize.A4
    is_draft: bool = False
    kind: Kind = field(default=Kind.STATEMENT, init=False)
