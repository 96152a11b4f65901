"""What is told of customers beside what they bought: ratings, yearly spend, regions, whom they referred (domain.md 5.1)."""

import math
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from db.queries import reports_value as queries
from sfa.domain.currencies import exponent
from sfa.domain.fields import RATINGS
from sfa.domain.value import scoring
from sfa.services.report_shelf import DAYS_OF_YEAR, Book, Windows

REVENUE_PER_HEAD: Final = 100_000
"""What stands for an employee where the revenue of a company is known and its employees are not, in whole units."""


class Told(NamedTuple):
    """What people told of an account.

    Attributes:
        ratings: 1 to 5, by field.
        spend: what it spends a year on what we sell, `revenue` what it earns, `limit` that of its credit: in whole units.
        regions: our territories in which it operates.
    """

    ratings: Mapping[str, int]
    spend: float | None
    revenue: float | None
    limit: float | None
    regions: frozenset[str]


def told_of(shelf: Book, bought: Windows) -> dict[str, Told]:
    """Return what was told of the customers of whom anything was; amounts in another currency say nothing here."""
    unit = 10 ** exponent(shelf.currency)
    found: dict[str, Told] = {}
    for key, *ratings, spend, regions, revenue, limit, code in queries.told(shelf.desk.store):
        if key in bought.ever:
            is_ours = code in (None, shelf.currency)
            given = {name: rating for name, rating in zip(RATINGS, ratings, strict=True) if rating is not None}
            spent, earned, most = (minor / unit if minor and is_ours else None for minor in (spend, revenue, limit))
            places = frozenset(regions.split(", ") if regions else ())
            found[key] = Told(given, spent, earned, most, places)
    return found


def told_indicators(
    shelf: Book, bought: Windows, net: Mapping[str, float], told: Mapping[str, Told]
) -> Iterator[tuple[str, Mapping[str, float]]]:
    """Yield what follows from it; `net` is what each customer bought in the window, in whole units."""
    for name in (item.name for item in scoring.INDICATORS if item.is_rating):
        yield name, {key: one.ratings[name] for key, one in told.items() if name in one.ratings}
    years = (shelf.end - shelf.start).days / DAYS_OF_YEAR
    yield "wallet", {key: min(net[key] / (one.spend * years), 1.0) for key, one in told.items() if one.spend}
    yield "size", _sizes(shelf, bought, told)
    yield "regions", _regions(shelf, bought, told)
    referred = dict(queries.referrals(shelf.desk.store, shelf.end.isoformat(), shelf.currency))
    if referred:
        unit = 10 ** exponent(shelf.currency)
        yield "referral", {key: referred.get(key, 0) / unit for key in bought.ever}


def _sizes(shelf: Book, bought: Windows, told: Mapping[str, Told]) -> dict[str, float]:
    heads = {key: one.revenue / REVENUE_PER_HEAD for key, one in told.items() if one.revenue}
    heads |= {key: shelf.names[key][5] for key in bought.ever if shelf.names[key][5]}
    return {key: math.log10(max(count, 1)) for key, count in heads.items()}


def _regions(shelf: Book, bought: Windows, told: Mapping[str, Told]) -> dict[str, float]:
    """Return in how many of our regions in which it operates a customer buys, itself or by an account below it."""
    operates = {key: set(one.regions) for key, one in told.items() if one.regions}
    if not operates:
        return {}
    buys: dict[str, set[str]] = {key: set() for key in operates}
    for top, area, key in queries.areas(shelf.desk.store):
        if key in bought.now and top in buys:
            buys[top].add(area)
    return {key: len(buys[key]) / len(regions | buys[key]) for key, regions in operates.items()}
