"""Reports on customers: value and quadrants, ABC, RFM, retention, lifetime (domain.md 5.1 to 5.5).

Amounts are those of the desk's own currency. Where the book keeps no orders, won deals are what customers bought.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from db.queries import reports_customers as queries
from db.queries.reports_customers import Source
from sfa.domain.money import Money
from sfa.domain.value import customers, lifetime, scoring
from sfa.services.desk import Desk
from sfa.services.forecast_periods import moved
from sfa.services.report_request import Request
from sfa.services.report_table import Column, Report, Row

YEAR = 12
WEEK = 7
EPOCH = "0000-01-01"
PLACES = 4
CONFIDENT = 250
"""Buyers that the lifetime fit draws on at most: every so many of them, which is quick and tells as much."""
DISCOUNT = Fraction(1, 10)
ACCOUNT = ("account", "Account", "text")


@dataclass(frozen=True, slots=True)
class Bought:
    """What an account bought in a window."""

    count: int
    minor: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Book:
    """Purchases of a window, with the accounts that made them."""

    desk: Desk
    source: Source
    start: date
    end: date
    names: Mapping[str, Sequence[Any]]

    def bought(self, start: date | None = None, end: date | None = None) -> dict[str, Bought]:
        """Return what each account bought in `[start, end)`; of the whole record up to the end where no start is told."""
        first = EPOCH if start is None else start.isoformat()
        rows = queries.purchases(
            self.desk.store, self.source, self.desk.currency, self.desk.currency, first, (end or self.end).isoformat()
        )
        return {
            row[0]: Bought(row[1], row[2], date.fromisoformat(row[3]), date.fromisoformat(row[4]))
            for row in rows
            if row[0] in self.names
        }

    def windows(self) -> tuple[dict[str, Bought], dict[str, int], dict[str, int]]:
        """Return what each account ever bought, and the amounts in the window and in one as long before it."""
        days = (self.start - (self.end - self.start), self.start, self.end)
        code = self.desk.currency
        first, middle, last = (day.isoformat() for day in days)
        rows = queries.windows(self.desk.store, self.source, code, code, (first, middle, last))
        known = [row for row in rows if row[0] in self.names]
        ever = {row[0]: Bought(row[1], row[2], date.fromisoformat(row[3]), date.fromisoformat(row[4])) for row in known}
        now, before = ({row[0]: row[at] for row in known if row[at] is not None} for at in (5, 6))
        return ever, now, before

    def money(self, minor: int) -> Money:
        """Return an amount."""
        return Money(minor, self.desk.currency)

    def row(self, account: str, **values: object) -> Row:
        """Return a row of an account, which opens into it."""
        _, name, ref = self.names[account][:3]
        where = f"account={ref} status=won" if self.source is queries.DEALS else None
        return {
            "account": name,
            **values,
            "id": account,
            "opens": "opportunity" if where else "account",
            "where": where,
        }


def book(desk: Desk, asked: Request) -> Book:
    """Return the purchases of the period asked for; of the last twelve months where none is."""
    end = asked.end or desk.today + timedelta(days=1)
    start = asked.start or moved(end, -YEAR)
    names = {row[0]: row for row in queries.accounts(desk.store)}
    return Book(desk, queries.source(desk.store), start, end, names)


def told_report(
    columns: Sequence[Column], rows: Iterable[Row], measure: str, note: str = "", noun: str = "account"
) -> Report:
    """Return a report of rows that no filter needs to list."""
    return Report((columns[0][0],), tuple(columns), list(rows), measure, noun=noun, note=note)


def window_words(shelf: Book) -> str:
    """Return whence and when, in one sentence."""
    last = shelf.end - timedelta(days=1)
    return f"{shelf.source.name.capitalize()} in {shelf.desk.currency} from {shelf.start} to {last}."


def value(desk: Desk, asked: Request) -> Report:
    """Return each customer's value and loyalty, quadrant, lifecycle and what to do."""
    shelf = book(desk, asked)
    ever, volumes, earlier = shelf.windows()
    scores = score_all(shelf, ever, volumes, earlier)
    by_volume, by_value = _ranks(volumes), _ranks({key: found.value or 0.0 for key, found in scores.items()})
    rows = [
        _value_row(shelf, account, found, ever[account], volumes.get(account, 0), by_volume, by_value)
        for account, found in scores.items()
    ]
    rows.sort(key=lambda row: (row["value_rank"], row["account"]))
    columns = (
        ACCOUNT, ("quadrant", "Class", "text"), ("lifecycle", "Stands", "text"), ("action", "Do", "text"),
        ("value", "Value", "number"), ("loyalty", "Loyalty", "number"), ("confidence", "Known", "rate"),
        ("revenue", "Revenue", "money"), ("revenue_rank", "Revenue rank", "integer"),
        ("value_rank", "Value rank", "integer"),
    )  # fmt: skip
    return told_report(
        columns, rows, "value", f"{window_words(shelf)} Scores 0 to 100; below 60 % known a class is provisional."
    )


def _value_row(
    shelf: Book,
    account: str,
    found: scoring.Score,
    bought: Bought,
    minor: int,
    by_volume: Mapping[str, int],
    by_value: Mapping[str, int],
) -> Row:
    name, _ = scoring.quadrant(found.value or 0, found.loyalty or 0)
    stands = scoring.lifecycle(gaps(bought, shelf.end - timedelta(days=1)), found.value)
    return shelf.row(
        account,
        quadrant=f"{name} (provisional)" if found.is_provisional else name,
        lifecycle=stands,
        action=scoring.ACTIONS[stands],
        value=rounded(found.value),
        loyalty=rounded(found.loyalty),
        confidence=round(found.confidence, PLACES),
        revenue=shelf.money(minor),
        revenue_rank=by_volume.get(account),
        value_rank=by_value[account],
    )


def rounded(score: float | None) -> float | None:
    """Return a score to a tenth."""
    return None if score is None else round(score, 1)


def _ranks(values: Mapping[str, float]) -> dict[str, int]:
    return {key: rank for rank, key in enumerate(sorted(values, key=lambda key: (-values[key], key)), 1)}


def gaps(bought: Bought, day: date) -> scoring.Purchases:
    """Return when an account bought, seen from a day."""
    gap = (bought.last - bought.first).days / (bought.count - 1) if bought.count > 1 else None
    return scoring.Purchases(bought.count, (day - bought.first).days, (day - bought.last).days, gap)


def score_all(
    shelf: Book, ever: Mapping[str, Bought], window: Mapping[str, int], earlier: Mapping[str, int]
) -> dict[str, scoring.Score]:
    """Return the score of every customer from what the book knows; ratings are custom fields named as the indicator."""
    values = _indicators(shelf, ever, window, earlier)
    segments = {account: str(row[3] or "") for account, row in shelf.names.items()}
    parts: dict[str, dict[str, float]] = {account: {} for account in ever}
    for indicator in scoring.INDICATORS:
        for account, found in scoring.normalised(values.get(indicator.name, {}), segments, indicator).items():
            parts[account][indicator.name] = found
    return {account: scoring.score(found) for account, found in parts.items()}


def _indicators(
    shelf: Book, ever: Mapping[str, Bought], window: Mapping[str, int], earlier: Mapping[str, int]
) -> dict[str, dict[str, float]]:
    day = shelf.end - timedelta(days=1)
    found: dict[str, dict[str, float]] = {
        "volume": {key: float(window.get(key, 0)) for key in ever},
        "years": {key: min((day - bought.first).days / 365.25, 10) for key, bought in ever.items()},
        "repeat": {key: (bought.count - 1) / bought.count for key, bought in ever.items()},
        "cycle": {
            key: (bought.last - bought.first).days / (bought.count - 1)
            for key, bought in ever.items()
            if bought.count > 1
        },
        "growth": {
            key: min(max(window.get(key, 0) / minor - 1, -1.0), 2.0)
            for key, minor in earlier.items()
            if minor > 0 and key in ever
        },
        "size": {key: math.log10(row[5]) for key, row in shelf.names.items() if row[5] and key in ever},
    }
    for name in (item.name for item in scoring.INDICATORS if item.is_rating):
        found[name] = {key: rating for key in ever if (rating := _rating(shelf.names[key][6], name)) is not None}
    return found


def _rating(custom: str | None, name: str) -> float | None:
    number = json.loads(custom).get(name) if custom else None
    return float(number) if isinstance(number, (int, float)) and 1 <= number <= 5 else None  # noqa: PLR2004 - ratings


def abc(desk: Desk, asked: Request) -> Report:
    """Return customers by revenue with their class, share and cumulated share."""
    shelf = book(desk, asked)
    revenue = {account: bought.minor for account, bought in shelf.bought(shelf.start).items()}
    classes, total = customers.abc(revenue), sum(minor for minor in revenue.values() if minor > 0)
    rows, before = [], 0
    for account in sorted(revenue, key=lambda key: (-revenue[key], key)):
        minor = revenue[account]
        before += max(minor, 0)
        share = round(minor / total, PLACES) if total else None
        cumulated = round(before / total, PLACES) if total else None
        shown = {"class": classes[account], "revenue": shelf.money(minor), "share": share, "cumulated": cumulated}
        rows.append(shelf.row(account, **shown))
    hhi, top = customers.concentration(list(revenue.values()))
    note = window_words(shelf)
    if hhi is not None and top is not None:
        note += f" HHI {float(hhi):.3f}; the ten largest bring {float(top):.0%}."
    columns = (
        ACCOUNT, ("class", "Class", "text"), ("revenue", "Revenue", "money"), ("share", "Share", "rate"),
        ("cumulated", "Cumulated", "rate"),
    )  # fmt: skip
    return told_report(columns, rows, "revenue", note)


def rfm(desk: Desk, asked: Request) -> Report:
    """Return recency, frequency and amount of customers in quintiles."""
    shelf = book(desk, asked)
    window, day = shelf.bought(shelf.start), shelf.end - timedelta(days=1)
    fifths = (
        customers.quintiles({key: bought.last for key, bought in window.items()}),
        customers.quintiles({key: bought.count for key, bought in window.items()}),
        customers.quintiles({key: bought.minor for key, bought in window.items()}),
    )
    rows = [
        shelf.row(
            key,
            rfm="".join(str(fifth[key]) for fifth in fifths),
            days=(day - bought.last).days,
            purchases=bought.count,
            revenue=shelf.money(bought.minor),
        )
        for key, bought in window.items()
    ]
    rows.sort(key=lambda row: (row["rfm"], row["revenue"].amount_minor), reverse=True)
    columns = (
        ACCOUNT, ("rfm", "RFM", "text"), ("days", "Days since", "integer"), ("purchases", "Purchases", "integer"),
        ("revenue", "Revenue", "money"),
    )  # fmt: skip
    return told_report(columns, rows, "revenue", window_words(shelf))


def retention(desk: Desk, asked: Request) -> Report:
    """Return how customers of the period before stayed, and what they brought."""
    shelf = book(desk, asked)
    start = shelf.start - (shelf.end - shelf.start)
    before, after = shelf.bought(start, shelf.start), shelf.bought(shelf.start)
    found = customers.retention(*({key: b.minor for key, b in part.items()} for part in (before, after)))
    told = (
        ("customers before", found.start, None), ("lost", found.lost, None), ("new", found.new, None),
        ("retention", None, found.retention), ("churn", None, found.churn),
        ("gross revenue retention", None, found.grr), ("net revenue retention", None, found.nrr),
    )  # fmt: skip
    rows: list[Row] = [
        {"measure": name, "count": count, "rate": None if rate is None else round(float(rate), PLACES), "where": None}
        for name, count, rate in told
    ]
    lost = [key for key in before if key not in after]
    rows += [
        shelf.row(
            key,
            measure=f"lost: {shelf.names[key][1]}",
            count=before[key].count,
            revenue=shelf.money(before[key].minor),
        )
        for key in sorted(lost, key=lambda key: -before[key].minor)
    ]
    columns = (
        ("measure", "Measure", "text"), ("count", "Count", "integer"), ("rate", "Rate", "rate"),
        ("revenue", "Revenue before", "money"),
    )  # fmt: skip
    return told_report(columns, rows, "count", f"{window_words(shelf)} Before: from {start}.")


def clv(desk: Desk, asked: Request) -> Report:
    """Return what each customer brings in the next year: by BG/NBD with 200 customers and a year, else by retention."""
    shelf = book(desk, asked)
    ever = shelf.bought()
    first = min((bought.first for bought in ever.values()), default=shelf.end)
    if len(ever) >= lifetime.LEAST_CUSTOMERS and (shelf.end - first).days > 365:  # noqa: PLR2004 - a year
        return _by_purchases(shelf, ever)
    return _by_retention(shelf)


def _by_purchases(shelf: Book, ever: Mapping[str, Bought]) -> Report:
    told = list(ever.items())
    buyers = {key: _buyer(bought, shelf.end) for key, bought in told}
    chosen = told[:: max(len(told) // CONFIDENT, 1)]
    model = lifetime.fit([buyers[key] for key, _ in chosen])
    spent = [(bought.count - 1, bought.minor / bought.count) for _, bought in chosen if bought.count > 1]
    spend = lifetime.fit_spend(spent) if any(mean > 0 for _, mean in spent) else None
    rows = []
    for key, bought in told:
        orders = model.expected_of(buyers[key], 365 / WEEK)
        mean = bought.minor / bought.count
        worth = spend.expected(bought.count - 1, mean) if spend and spend.q > 1 else mean
        alive = model.alive(buyers[key])
        rows.append(
            shelf.row(
                key,
                alive=round(alive, PLACES),
                state="lost" if alive < lifetime.DEAD else "alive",
                orders=round(orders, 1),
                lifetime=shelf.money(round(orders * worth)),
            )
        )
    rows.sort(key=lambda row: -row["lifetime"].amount_minor)
    columns = (
        ACCOUNT, ("alive", "P(alive)", "rate"), ("state", "State", "text"), ("orders", "Purchases", "number"),
        ("lifetime", "Revenue", "money"),
    )  # fmt: skip
    return told_report(
        columns, rows, "lifetime", "BG/NBD and Gamma-Gamma: purchases and revenue expected in the next year."
    )


def _buyer(bought: Bought, end: date) -> lifetime.Buyer:
    return lifetime.Buyer(
        bought.count - 1, (bought.last - bought.first).days / WEEK, max((end - bought.first).days, 1) / WEEK
    )


def _by_retention(shelf: Book) -> Report:
    start = shelf.start - (shelf.end - shelf.start)
    before, after = shelf.bought(start, shelf.start), shelf.bought(shelf.start)
    found = customers.retention(*({key: b.minor for key, b in part.items()} for part in (before, after)))
    kept = found.retention if found.retention is not None else Fraction(1, 2)
    rows = [
        shelf.row(
            key,
            revenue=shelf.money(bought.minor),
            lifetime=shelf.money(lifetime.by_retention(bought.minor, kept, DISCOUNT)),
        )
        for key, bought in after.items()
    ]
    rows.sort(key=lambda row: (-row["lifetime"].amount_minor, row["account"]))
    known = (
        f"{float(kept):.0%} retention"
        if found.retention is not None
        else "no earlier period: 50 % retention is assumed"
    )
    columns = (ACCOUNT, ("revenue", "Revenue", "money"), ("lifetime", "Lifetime", "money"))
    note = f"{window_words(shelf)} m r / (1 + d - r) of revenue with {known}, 10 % discount; BG/NBD needs 200 customers and a year."
    return told_report(columns, rows, "lifetime", note)
