"""What the page of a report says: its table, bars and sums as values, which the view writes out."""

from dataclasses import dataclass, field
from datetime import date

from sfa.documents.paper import Kind, Language, PageSize, Seller
from sfa.domain.money import Money
from sfa.domain.sentences import Sentence

Value = Money | str | int | float | None


@dataclass(frozen=True, slots=True)
class Heading:
    """A column.

    Attributes:
        kind: as those of reports: text, integer, number, rate, money, instant.
        has_own_words: whether its texts are words of ours, and not names of records.
    """

    title: str
    kind: str
    has_own_words: bool = False


@dataclass(frozen=True, slots=True)
class PageBar:
    """A bar: its length in thousandths of the longest, negative to the left of zero."""

    label: str
    thousandths: int
    value: Value


@dataclass(frozen=True, slots=True)
class ReportPage:
    """One page of a report.

    Attributes:
        filters: what it was narrowed by: a key of the words of documents, and what was said.
        rows: the first of them; as many as there is room for are printed.
        count: how many there are in all.
        bars: of the column that the chart shows; `measure` is its title, and all of them are of one currency.
        totals: of everything, one for each currency.
        is_draft: no letter goes out: a character without a glyph is a warning here and no error.
    """

    language: Language
    title: str
    issued_on: date
    seller: Seller
    columns: tuple[Heading, ...]
    rows: tuple[tuple[Value, ...], ...]
    count: int
    period: tuple[date | None, date | None] = (None, None)
    filters: tuple[tuple[str, str], ...] = ()
    notes: tuple[Sentence, ...] = ()
    bars: tuple[PageBar, ...] = ()
    measure: str = ""
    totals: tuple[tuple[Value, ...], ...] = ()
    page_size: PageSize = PageSize.A4
    is_draft: bool = True
    kind: Kind = field(default=Kind.REPORT, init=False)

    @property
    def bars_code(self) -> str:
        """Return the currency of the bars, empty where they are no amounts."""
        return next((bar.value.currency for bar in self.bars if isinstance(bar.value, Money)), "")
