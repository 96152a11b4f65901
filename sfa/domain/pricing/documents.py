"""A document to be totalled: lines, allowances and charges, taxes (the business terms of EN 16931; domain.md 2.5)."""

from dataclasses import dataclass, field
from enum import StrEnum

from sfa.domain import currencies
from sfa.domain.figures import DEC6, PPM, from_dec6
from sfa.domain.money import Rounding
from sfa.domain.pricing.amounts import PricingError
from sfa.domain.pricing.schedules import Slice

_WITH_RATE = ("S", "L", "M")
_WITH_REASON = ("E", "AE", "K", "G", "O")


class TaxMethod(StrEnum):
    """Where tax is rounded: once per group of a rate, or per line."""

    TOTAL = "total"
    LINE = "line"


@dataclass(frozen=True, slots=True, order=True)
class Tax:
    """A tax that a line bears; category, rate and name make its group in the totals.

    Attributes:
        category: S standard, Z zero, E exempt, AE reverse charge, K within the union, G export, O out of scope;
            L and M are those of the Canary Islands and of Ceuta and Melilla.
        rate_ppm: its rate.
        name: tells two taxes of one rate on one line apart.
        reason: why there is none; needed for E, AE, K, G and O.
    """

    category: str
    rate_ppm: int
    name: str = ""
    reason: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if self.category not in (*_WITH_RATE, "Z", *_WITH_REASON):
            raise PricingError(f"There is no tax category “{self.category}”: use S, Z, E, AE, K, G, O, L or M.")
        if self.rate_ppm < 0 or (self.rate_ppm and self.category not in _WITH_RATE):
            raise PricingError(
                f"Tax {self.category} at {from_dec6(self.rate_ppm * 100)} %: only S, L and M have a rate, and none is"
                " negative."
            )
        if self.category in _WITH_REASON and not self.reason.strip():
            raise PricingError(f"Tax {self.category} needs a reason, which is printed: why is there no tax?")


@dataclass(frozen=True, slots=True)
class Adjustment:
    """An allowance, or a charge, of a line or of the whole document.

    Attributes:
        amount_minor: fixed amount; used where `percent_ppm` is None.
        percent_ppm: a share of the base instead.
        base_minor: what the share is of; None for the amount of the line, or the sum of the lines.
        taxes: for the document: the tax it belongs to; empty spreads it over the tax groups.
        is_of_rest: the share is of what those before it left, where no base is given: a discount on a discount.
    """

    is_charge: bool
    reason: str
    amount_minor: int = 0
    percent_ppm: int | None = None
    base_minor: int | None = None
    taxes: tuple[Tax, ...] = ()
    is_of_rest: bool = False

    def __post_init__(self) -> None:
        if self.percent_ppm is not None and self.percent_ppm < 0:
            raise PricingError(f"{self.reason}: a percentage is not negative; turn a charge into an allowance instead.")
        if not self.is_charge and (self.percent_ppm or 0) > PPM:
            raise PricingError(f"{self.reason}: a discount over 100 % is none; 100 % is the most.")


class Role(StrEnum):
    """Whether a line counts: always, or only where it was chosen."""

    NORMAL = "normal"
    OPTIONAL = "optional"
    ALTERNATIVE = "alternative"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How long a line runs: whole periods, and days of a last or first one that is not whole."""

    periods: int
    days: int = 0
    days_in_period: int = 0

    def __post_init__(self) -> None:
        if self.periods < 0 or self.days < 0 or (self.days and self.days >= self.days_in_period):
            raise PricingError("A partial period has fewer days than the whole one, and no number of them is negative.")


@dataclass(frozen=True, slots=True)
class Line:
    """A line: quantities at net prices per base quantity, its own allowances and charges, its taxes.

    Attributes:
        slices: one, or several of a slab schedule; a return has negative quantities, never negative prices.
        choice: alternatives of one choice exclude each other.
        is_chosen: for optional and alternative lines.
    """

    id: str
    slices: tuple[Slice, ...]
    taxes: tuple[Tax, ...]
    base_dec6: int = DEC6
    adjustments: tuple[Adjustment, ...] = ()
    recurrence: Recurrence | None = None
    role: Role = Role.NORMAL
    choice: str = ""
    is_chosen: bool = False

    def __post_init__(self) -> None:
        for part in self.slices:
            if part.price_dec6 < 0:
                raise PricingError(f"Line {self.id} has a negative price: make its quantity negative instead.")
        if self.base_dec6 <= 0:
            raise PricingError(f"Line {self.id}: the quantity that its price is for must be positive.")
        if not self.taxes or (len(self.taxes) > 1 and len(set(self.taxes)) < len(self.taxes)):
            raise PricingError(f"Line {self.id} needs a tax, and each only once; category Z or O is no tax.")

    @property
    def is_counted(self) -> bool:
        """Tell whether it is part of the totals."""
        return self.role is Role.NORMAL or self.is_chosen


@dataclass(frozen=True, slots=True)
class Document:
    """What is totalled; amounts in minor units of the currency.

    Attributes:
        is_tax_inclusive: prices, allowances and charges contain the tax.
        cash_minor: the payable amount is a multiple of it, 0 for none.
        rounding_minor: BT-114 where it is given instead.
    """

    currency: str
    lines: tuple[Line, ...]
    adjustments: tuple[Adjustment, ...] = ()
    prepaid_minor: int = 0
    tax_method: TaxMethod = TaxMethod.TOTAL
    is_tax_inclusive: bool = False
    rounding: Rounding = Rounding.HALF_UP
    cash_minor: int = 0
    rounding_minor: int = 0

    def __post_init__(self) -> None:
        if not currencies.is_currency(self.currency):
            raise PricingError(f"There is no currency “{self.currency}”: use a code of ISO 4217, such as EUR.")
        chosen = [line.choice for line in self.lines if line.role is Role.ALTERNATIVE and line.is_chosen]
        twice = next((choice for choice in chosen if chosen.count(choice) > 1), None)
        if twice is not None:
            raise PricingError(f"Two alternatives of “{twice}” are chosen: keep one.")
        if self.cash_minor < 0:
            raise PricingError("Amounts cannot be rounded to a negative coin.")
        if self.cash_minor and self.rounding_minor:
            raise PricingError("The rounding is given, or a coin to round to: leave one of them out.")


def plain_line(line_id: str, quantity_dec6: int, price_dec6: int, *taxes: Tax, base_dec6: int = DEC6) -> Line:
    """Return a line of one price without anything else."""
    return Line(line_id, (Slice(quantity_dec6, price_dec6),), taxes, base_dec6)
