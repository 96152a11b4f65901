"""Tax codes with dated rates: which rate a day has (domain.md 0.5, 2.1)."""

from dataclasses import dataclass
from datetime import date
from itertools import combinations

from sfa.domain.pricing.amounts import PricingError, is_valid
from sfa.domain.pricing.documents import Tax


@dataclass(frozen=True, slots=True)
class TaxRate:
    """A rate in ppm for the days in `[valid_from, valid_to)`; a jurisdiction of "" counts where no own rate is stated."""

    rate_ppm: int
    valid_from: date | None = None
    valid_to: date | None = None
    jurisdiction: str = ""


@dataclass(frozen=True, slots=True)
class TaxCode:
    """A tax as products and lines name it.

    Attributes:
        category: as in `Tax`; one that has no rate needs none in `rates`.
        name: what tells it apart from another tax of the same rate on one line.

    Raises:
        PricingError: two of its rates are valid on one day in one jurisdiction.
    """

    id: str
    category: str
    rates: tuple[TaxRate, ...] = ()
    name: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        for one, other in combinations(self.rates, 2):
            later = max(one.valid_from or date.min, other.valid_from or date.min)
            if one.jurisdiction == other.jurisdiction and all(
                is_valid(rate.valid_from, rate.valid_to, later) for rate in (one, other)
            ):
                where = f" in {one.jurisdiction}" if one.jurisdiction else ""
                raise PricingError(
                    f"Tax {self.id} has two rates{where} on {later}: end the older one on the day the newer one begins."
                )

    def on(self, day: date, jurisdiction: str = "") -> Tax:
        """Return the tax with the rate of a day.

        Raises:
            PricingError: no rate is stated for it.
        """
        if not self.rates and self.category not in ("S", "L", "M"):
            return Tax(self.category, 0, self.name, self.reason)
        found = {rate.jurisdiction: rate for rate in self.rates if is_valid(rate.valid_from, rate.valid_to, day)}
        rate = found.get(jurisdiction) or found.get("")
        if rate is None:
            where = f" in {jurisdiction}" if jurisdiction else ""
            raise PricingError(
                f"Tax {self.id} has no rate on {day}{where}: {self._neighbours(day)}add one for that day."
            )
        return Tax(self.category, rate.rate_ppm, self.name, self.reason)

    def _neighbours(self, day: date) -> str:
        ends = [rate.valid_to for rate in self.rates if rate.valid_to and rate.valid_to <= day]
        starts = [rate.valid_from for rate in self.rates if rate.valid_from and rate.valid_from > day]
        words = [f"the last one ended on {max(ends)}"] if ends else []
        words += [f"the next one begins on {min(starts)}"] if starts else []
        return f"{' and '.join(words)}; " if words else ""
