"""The pipeline bridge between two days, and how deals slipped out of a period."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from db.queries import forecast as queries
from sfa.domain.forecast.book import DAY, Deal, Period, Snapshot, owned, take
from sfa.domain.forecast.bridge import Bridge, Slip, bridge, slip
from sfa.domain.pipeline import slippage
from sfa.errors import UsageError
from sfa.services.desk import Desk
from sfa.services.forecast import Asked
from sfa.services.forecast_book import deals_until
from sfa.services.forecast_periods import day_of, label_of, period_of
from sfa.services.forecast_submissions import currency_named, scope_of

TITLES = {
    "created": "Created",
    "pulled_in": "Pulled in",
    "amount_changes": "Amounts changed",
    "won": "Won",
    "lost": "Lost",
    "pushed_out": "Pushed out",
    "created_and_won": "Created and won",
    "won_undated": "Won, dated elsewhere",
}


@dataclass(frozen=True, slots=True)
class Named:
    """A deal of a bucket."""

    id: str
    ref: str
    name: str
    account: str | None
    owner: str | None
    bucket: str
    before_minor: int | None
    after_minor: int | None
    close_before: date | None
    close_after: date | None


@dataclass(frozen=True, slots=True)
class BridgeSheet:
    """What became of the deals dated into a period between two days; `deals` stand behind each number."""

    period: Period
    label: str
    start: date
    end: date
    currency: str
    bridge: Bridge
    deals: tuple[Named, ...]


def bridge_sheet(
    desk: Desk,
    start: str,
    end: str | None = None,
    *,
    period: str = "",
    owner: str | None = None,
    is_rolled_up: bool = False,
    currency: str = "",
) -> BridgeSheet:
    """Return the bridge from the end of one day to the end of another, for deals dated into a period.

    Raises:
        UsageError: words that are no day or period, or the days stand the wrong way round.
    """
    first, last = day_of(desk, start), min(day_of(desk, end), desk.today)
    if last < first:
        raise UsageError("The bridge would end before it begins.", hint="Give --from an earlier day than --to.")
    told = period_of(desk, period, first)
    scope = scope_of(desk, owner, is_rolled_up=is_rolled_up)
    return bridge_of(desk, Asked(told, last, currency_named(desk, currency), scope), first, last)


def bridge_of(desk: Desk, asked: Asked, first: date, last: date) -> BridgeSheet:
    """Return the bridge between the ends of two days for deals dated into the period asked for."""
    told, code = asked.period, asked.currency
    before, after = _days(desk, first, last, code, asked.owners)
    found = bridge(before, after, told)
    buckets = {deal: name for name, ids in found.deals.items() if name != "outside" for deal in ids}
    named = _named(desk, buckets, before, after)
    return BridgeSheet(told, label_of(desk, told), first, last, code, found, named)


def _days(desk: Desk, first: date, last: date, currency: str, owners: Collection[str]) -> tuple[Snapshot, Snapshot]:
    """Return the snapshots of two days; whose deal it is says the later day, so that a deal handed on is not lost."""
    deals = deals_until(desk, last, currency)
    after = take(deals, last)
    if owners:
        after = owned(after, owners)
        deals = _kept(deals, after)
    return take(deals, first), after


def _kept(deals: list[Deal], after: Snapshot) -> list[Deal]:
    known = {deal.id for deal in after.deals}
    return [deal for deal in deals if deal.id in known]


def _named(
    desk: Desk, buckets: dict[str, str], before: Snapshot, after: Snapshot, order: tuple[str, ...] = tuple(TITLES)
) -> tuple[Named, ...]:
    """Return the deals of buckets by name, the largest of each first."""
    names = queries.names(desk.store, list(buckets))
    was = {deal.id: deal for deal in before.deals if deal.id in buckets}
    rows = []
    for deal in after.deals:
        if deal.id not in buckets or deal.id not in names:
            continue
        old, (name, ref, account, owner) = was.get(deal.id), names[deal.id]
        values = (old.value_minor if old else None, deal.value_minor)
        closes = (old.state.close_date if old else None, deal.state.close_date)
        rows.append(Named(deal.id, ref, name, account, owner, buckets[deal.id], *values, *closes))
    return tuple(sorted(rows, key=lambda row: (order.index(row.bucket), -abs(row.after_minor or 0), row.id)))


@dataclass(frozen=True, slots=True)
class SlipSheet:
    """How the deals dated into a period on its first day went.

    Attributes:
        rate: the share of them that is open at the end with a later date; None where there were none.
    """

    period: Period
    label: str
    start: date
    end: date
    currency: str
    slip: Slip
    rate: float | None
    deals: tuple[Named, ...]

    @property
    def pushes(self) -> int:
        """Return how often their dates were put off, all together."""
        return sum(self.slip.pushes.values())


def slip_sheet(
    desk: Desk,
    period: str = "",
    *,
    as_of: str | None = None,
    owner: str | None = None,
    is_rolled_up: bool = False,
    currency: str = "",
) -> SlipSheet:
    """Return how the deals that were dated into a period as it began stood at its end, or on a day before that.

    Raises:
        UsageError: words that are no day or period, or the period has not begun.
    """
    told = period_of(desk, period)
    last = min(day_of(desk, as_of), told.end - DAY, desk.today)
    if last < told.start:
        raise UsageError("That period has not begun: nothing can have slipped.", hint="Give an earlier period.")
    code = currency_named(desk, currency)
    owners = scope_of(desk, owner, is_rolled_up=is_rolled_up).owners
    before, after = _days(desk, told.start, last, code, owners)
    found = slip(before, after, told)
    groups = {"slipped": found.slipped, "overdue": found.overdue, "won": found.won, "lost": found.lost}
    buckets = {deal: name for name, ids in groups.items() for deal in ids}
    rate = slippage(len(found.due), len(found.slipped))
    named = _named(desk, buckets, before, after, tuple(groups))
    return SlipSheet(
        told, label_of(desk, told), told.start, last, code, found, None if rate is None else float(rate), named
    )
