"""What it costs to serve a customer, and how it pays (domain.md 5.6): visits, calls, orders, freight, commission, money owed."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from db.queries import reports_value as queries
from db.queries.reports_team import has_invoices
from sfa.domain.figures import AmountError
from sfa.domain.money import parse_amount
from sfa.errors import UsageError
from sfa.services.desk import Desk
from sfa.services.report_request import midnight
from sfa.services.report_shelf import Book

YEAR_DAYS: Final = 365
PPM: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Rates:
    """What things cost, in minor units of the desk's own currency; capital in ppm a year."""

    visit_minor: int
    call_minute_minor: int
    order_minor: int
    capital_ppm: int

    @property
    def is_any(self) -> bool:
        """Tell whether any is set."""
        return bool(self.visit_minor or self.call_minute_minor or self.order_minor or self.capital_ppm)


def rates_of(desk: Desk) -> Rates:
    """Return the rates of the settings.

    Raises:
        UsageError: one of them is no amount.
    """

    def amount(name: str) -> int:
        text = desk.config.text(f"service_cost.{name}")
        try:
            found = parse_amount(text or "0", desk.currency)
        except AmountError as error:
            raise UsageError(
                f"The setting service_cost.{name} is no amount: {text}.", hint=_HINT.format(name)
            ) from error
        if found.currency != desk.currency or found.amount_minor < 0:
            raise UsageError(
                f"The setting service_cost.{name} is an amount in {desk.currency}.", hint=_HINT.format(name)
            )
        return found.amount_minor

    capital = desk.config.number("service_cost.capital_percent")
    return Rates(amount("visit"), amount("call_minute"), amount("order"), capital * PPM // 100)


_HINT = 'Such as: sfa config service_cost.{} "85"'


@dataclass(slots=True)
class Service:
    """What was done for a customer and what it owes, in a window.

    Attributes:
        terms: amount times days of its terms; `late` and `out` times days overdue and days outstanding.
        has_terms: whether any of its invoices said when it is due.
        invoiced_minor: the net of its invoices less that of its credit notes; None where it has none.
        off_list_minor: freight and rebates of the orders that have a list price.
    """

    visits: int = 0
    call_minutes: int = 0
    commission_minor: int = 0
    owed_minor: int = 0
    terms: float = 0.0
    late: float = 0.0
    out: float = 0.0
    has_terms: bool = False
    invoiced_minor: int | None = None
    freight_minor: int = 0
    rebate_minor: int = 0
    extra_minor: int = 0
    off_list_minor: int = 0

    def cost(self, rates: Rates, orders: int) -> int:
        """Return what was done cost, in minor units; capital is that of the average receivable."""
        done = (
            self.visits * rates.visit_minor + self.call_minutes * rates.call_minute_minor + orders * rates.order_minor
        )
        if not self.out:
            return done + self.commission_minor
        capital = Decimal(round(self.out)) * rates.capital_ppm / PPM / YEAR_DAYS
        return done + self.commission_minor + int(capital.quantize(Decimal(1), ROUND_HALF_EVEN))


@dataclass(frozen=True, slots=True)
class Services:
    """What was done for all customers in a window, at which rates; `has_bills` tells whether the book keeps invoices."""

    rates: Rates
    by_account: Mapping[str, Service]
    has_bills: bool
    has_extras: bool

    def of(self, account: str) -> Service:
        """Return what was done for a customer."""
        return self.by_account.get(account) or _NONE

    def cost(self, account: str, orders: int) -> int:
        """Return what it cost to serve a customer, in minor units: what was done for it, and what its orders cost beside."""
        one = self.of(account)
        return one.cost(self.rates, orders) + one.freight_minor + one.extra_minor

    @property
    def is_known(self) -> bool:
        """Tell whether the book says anything of what service costs."""
        return self.rates.is_any or any(
            one.commission_minor or one.freight_minor or one.extra_minor for one in self.by_account.values()
        )


_NONE: Final = Service()


def services(shelf: Book) -> Services:
    """Return what was done for the customers of a book in its window, and how they paid."""
    desk, found = shelf.desk, dict[str, Service]()

    def of(account: str) -> Service:
        return found.setdefault(account, Service())

    for account, visits, minutes in queries.touches(desk.store, midnight(desk, shelf.start), midnight(desk, shelf.end)):
        of(account).visits, of(account).call_minutes = visits, minutes
    window = (shelf.start.isoformat(), shelf.end.isoformat(), desk.currency)
    for account, minor in queries.commissions(desk.store, *window):
        of(account).commission_minor = minor
    for account, *minors in queries.beside(desk.store, *window):
        one = of(account)
        one.freight_minor, one.rebate_minor, one.extra_minor, one.off_list_minor = minors
    has_bills = has_invoices(desk.store)
    if has_bills:
        for account, terms, owed, late, out, net in queries.terms(desk.store, *window):
            one = of(account)
            one.has_terms, one.terms, one.owed_minor, one.late, one.out, one.invoiced_minor = (
                terms is not None,
                terms or 0.0,
                owed,
                late,
                out,
                net,
            )
        for account, late, out in queries.payments(desk.store, *window):
            one = of(account)
            one.late, one.out = one.late + late, one.out + out
    has_extras = any(one.extra_minor for one in found.values())
    return Services(rates_of(desk), found, has_bills, has_extras)
