"""The value of customers: their indicators, scores, class and what to do (domain.md 5.1 and 5.2)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from db.queries import reports_value as value_queries
from sfa.domain.currencies import exponent
from sfa.domain.money import Money
from sfa.domain.sentences import Sentence
from sfa.domain.value import scoring
from sfa.domain.value.scoring import Side
from sfa.services.desk import Desk
from sfa.services.report_costs import Services, services
from sfa.services.report_request import Request
from sfa.services.report_shelf import (
    ACCOUNT,
    DAYS_OF_YEAR,
    PLACES,
    Book,
    Windows,
    book,
    gaps,
    rounded,
    told_report,
    without_collector,
)
from sfa.services.report_table import Report, Row
from sfa.services.report_told import Told, told_indicators, told_of

POINT: Final = 1000
"""Scores are recorded in thousandths of a point."""
HALF_YEAR: Final = 183
MOST_RATING: Final = 5
SEGMENT: Final = "segment"
_PLACE_OF: Final = {SEGMENT: 3, "industry": 4, "size": 6}
"""Where the names of accounts have what customers are compared within."""
COLUMNS: Final = (
    ACCOUNT, ("quadrant", "Class", "text"), ("lifecycle", "Stands", "text"), ("action", "Do", "text"),
    ("value", "Value", "number"), ("loyalty", "Loyalty", "number"), ("confidence", "Known", "rate"),
    ("revenue", "Revenue", "money"), ("revenue_rank", "Revenue rank", "integer"),
    ("value_rank", "Value rank", "integer"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recorded:
    """The class of a customer as the latest run recorded it."""

    on: date
    value: Side
    loyalty: Side
    points: float


@without_collector
def value(desk: Desk, asked: Request) -> Report:
    """Return each customer's value and loyalty, class, lifecycle and what to do."""
    shelf = book(desk, asked)
    bought = shelf.windows()
    scores = score_all(shelf, bought, services(shelf), next(iter(asked.by), SEGMENT))
    known = recorded(desk)
    by_volume = _ranks(bought.now)
    by_value = _ranks({key: found.value or 0.0 for key, found in scores.items()})
    told: dict[str, Row] = {}
    last, limit = shelf.last, limit_of(desk)
    for key, rank in by_value.items():
        row = told[key] = _standing(scores[key], gaps(bought.ever[key], last), known.get(key), shelf.end, limit)
        row["revenue"] = Money(bought.now.get(key, 0), shelf.currency)
        row["revenue_rank"], row["value_rank"] = by_volume.get(key), rank
    note = Sentence("Scores 0 to 100; below 60 % known a class is provisional.")
    return told_report(shelf, COLUMNS, shelf.rows(told), "value", shelf.words, note, summed=("revenue",))


def _standing(
    found: scoring.Score, purchases: scoring.Purchases, known: Recorded | None, end: date, limit: float
) -> Row:
    value, loyalty = sides(found, known, limit)
    name, _ = scoring.quadrant(value, loyalty)
    fallen = 0.0
    if known is not None and (end - known.on).days <= HALF_YEAR:
        fallen = known.points - (found.value or 0.0)
    stands = scoring.lifecycle(purchases, found.value, fallen, limit)
    return {
        "quadrant": f"{name} (provisional)" if found.is_provisional else name,
        "lifecycle": stands,
        "action": scoring.ACTIONS[stands],
        "value": rounded(found.value),
        "loyalty": rounded(found.loyalty),
        "confidence": round(found.confidence, PLACES),
    }


def limit_of(desk: Desk) -> float:
    """Return the score from which on a customer is valuable, and loyal."""
    return desk.config.number("value.high")


def sides(found: scoring.Score, known: Recorded | None, limit: float, *, is_run: bool = False) -> tuple[Side, Side]:
    """Return where a customer stands on value and loyalty, seen from where the latest run found it."""
    return (
        scoring.side(found.value or 0.0, known.value if known else None, is_run=is_run, limit=limit),
        scoring.side(found.loyalty or 0.0, known.loyalty if known else None, is_run=is_run, limit=limit),
    )


def recorded(desk: Desk) -> dict[str, Recorded]:
    """Return the latest recorded class of each customer."""
    return {
        row[0]: Recorded(
            date.fromisoformat(row[1]), Side(bool(row[2]), row[4]), Side(bool(row[3]), row[5]), row[6] / POINT
        )
        for row in value_queries.classes(desk.store)
    }


def _ranks(values: Mapping[str, float]) -> dict[str, int]:
    """Return the place of each, the highest first; equal ones by key."""
    return {key: rank for rank, (_, key) in enumerate(sorted((-value, key) for key, value in values.items()), 1)}


def score_all(shelf: Book, bought: Windows, service: Services, within: str = SEGMENT) -> dict[str, scoring.Score]:
    """Return the score of every customer from what the book knows, compared within its segment, size or industry."""
    return scored(shelf, bought, measured(shelf, bought, service), within)


def measured(shelf: Book, bought: Windows, service: Services) -> dict[str, Mapping[str, float]]:
    """Return what is known of each indicator, by customer; amounts are in whole units of the currency."""
    return dict(_indicators(shelf, bought, service))


def scored(
    shelf: Book, bought: Windows, values: Mapping[str, Mapping[str, float]], within: str = SEGMENT
) -> dict[str, scoring.Score]:
    """Return the score of every customer from its indicators."""
    at = _PLACE_OF[within]
    segments = {account: row[at] or "" for account, row in shelf.names.items()}
    parts: dict[str, dict[str, float]] = {account: {} for account in bought.ever}
    for indicator in scoring.INDICATORS:
        for account, found in scoring.normalised(values.get(indicator.name, {}), segments, indicator).items():
            parts[account][indicator.name] = found
    return {account: scoring.score(found) for account, found in parts.items()}


def _indicators(shelf: Book, bought: Windows, service: Services) -> Iterator[tuple[str, Mapping[str, float]]]:
    ever, now, last, orders = bought.ever, bought.now, shelf.last, bought.orders
    unit = 10 ** exponent(shelf.currency)
    invoiced = ((key, service.of(key).invoiced_minor) for key in ever)
    net = {key: (now.get(key, 0) if minor is None else minor) / unit for key, minor in invoiced}
    yield "volume", net
    yield "years", {key: min((last - found.first).days / DAYS_OF_YEAR, 10) for key, found in ever.items()}
    yield "repeat", {key: (times - 1) / times for key, times in orders.items() if times}
    yield (
        "cycle",
        {key: (ever[key].last - bought.begun[key]).days / (times - 1) for key, times in orders.items() if times > 1},
    )
    yield (
        "growth",
        {key: min(max(now.get(key, 0) / minor - 1, -1.0), 2.0) for key, minor in bought.before.items() if minor > 0},
    )
    yield (
        "price",
        {
            key: (sold - service.of(key).off_list_minor) / listed
            for key, (listed, sold) in bought.listed.items()
            if listed > 0
        },
    )
    told = told_of(shelf, bought)
    yield from _service(shelf, bought, service, told)
    yield from told_indicators(shelf, bought, net, told)


def _service(
    shelf: Book, bought: Windows, service: Services, told: Mapping[str, Told]
) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield what follows from visits, commission, what stands beside orders, and invoices."""
    paying = {key: minor for key, minor in bought.now.items() if minor > 0}
    if service.is_known:
        costs = {key: service.cost(key, bought.orders[key]) for key in paying}
        yield "service_cost", {key: costs[key] / minor for key, minor in paying.items()}
    if service.has_extras:
        yield "extra_cost", {key: service.of(key).extra_minor / minor for key, minor in paying.items()}
    limits = {key: one.limit * 10 ** exponent(shelf.currency) for key, one in told.items() if one.limit}
    used = (
        {key: max(1 - service.of(key).owed_minor / limit, 0.0) for key, limit in limits.items()}
        if service.has_bills
        else {}
    )
    rated = {
        key: (one.ratings["credit_rating"] - 1) / (MOST_RATING - 1)
        for key, one in told.items()
        if "credit_rating" in one.ratings
    }
    yield "payment", used | rated
    dated = {key: one for key, one in service.by_account.items() if one.has_terms and key in bought.ever}
    yield (
        "credit",
        {key: max(1 - one.late / one.terms, 0.0) if one.terms else float(not one.late) for key, one in dated.items()},
    )
