"""Reports: pipeline, wins, win rate, cycle, activity, stale deals; by one or two dimensions, apart by currency.

A deal of several products divides its amount over its lines in proportion to theirs (all of it goes to the first line
where none has an amount), so that products add up to the whole; as a deal it counts once for each product.
With roll-up a manager has everybody below, a parent account all below it: such rows hold each other.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from typing import Any

from db.queries import reports as queries
from db.queries.reports import Scope
from sfa.clock import instant_text, parse_instant_text
from sfa.domain.filters import Comparison, Expression
from sfa.domain.money import Money
from sfa.domain.pipeline import PPM, median_cycle, win_rate
from sfa.services import report_table as table
from sfa.services.desk import Desk
from sfa.services.report_groups import PERIODS, Combination, Dimension, Subject, dimensions, folded
from sfa.services.report_request import Request, dimensions_of, midnight, request
from sfa.services.report_sums import CLOSED, OPEN, TOUCH, Sums, parts_of, scope_of, summed
from sfa.services.report_table import Column, Group, Report, Row

__all__ = ["REPORTS", "Report", "Request", "dimensions_of", "request"]

RATE_PLACES = 6
DAY_PLACES = 1
LONGEST_MONTH = 31
_AMOUNT = ("amount", "Amount", "money")
_DEALS = ("count", "Deals", "integer")
Outcome = tuple[int, int, int, int]


def _found(desk: Desk, asked: Request, subject: Subject) -> list[Dimension]:
    return dimensions(desk, asked.by, subject, is_rolled_up=asked.is_rolled_up)


def _status(*states: str) -> Comparison:
    return Comparison("status", "=", states)


def pipeline(desk: Desk, asked: Request) -> Report:
    """Return open deals: how many, their amount, and weighted by probability; periods are those of the close date."""
    scope = scope_of(desk, asked, OPEN, "o.closed_on IS NULL", index="opportunity_open")
    columns = (_DEALS, _AMOUNT, ("weighted", "Weighted", "money"))
    return _amounts(desk, asked, scope, OPEN, columns, [_status("open")])


def wins(desk: Desk, asked: Request) -> Report:
    """Return won deals: how many, and their amount; periods are those of the day of closing."""
    scope = scope_of(desk, asked, CLOSED, "o.closed_on IS NOT NULL", "o.is_won = 1", index="opportunity_closed")
    return _amounts(desk, asked, scope, CLOSED, (("count", "Won", "integer"), _AMOUNT), [_status("won")])


def _amounts(
    desk: Desk,
    asked: Request,
    scope: Scope,
    subject: Subject,
    columns: Sequence[Column],
    own: Sequence[Expression | None],
) -> Report:
    is_weighted = len(columns) > len((_DEALS, _AMOUNT))
    found = _found(desk, asked, subject)
    groups, whole = summed(desk, found, scope, is_weighted=is_weighted)
    whole = whole or {((), desk.currency, None): [0, 0, 0]}
    totals = sorted(_amount_rows(whole), key=lambda group: -group[1]["count"])
    return table.report(
        asked.by,
        _amount_rows(groups),
        [row for _, row in totals],
        columns,
        parts_of(asked, subject, *own),
        own_currency=desk.currency,
    )


def _amount_rows(sums: Sums) -> Iterator[Group]:
    for (combination, currency, _), (count, amount, product) in sums.items():
        yield (
            combination,
            {
                "count": count,
                "amount": Money(amount, currency),
                "weighted": Money(1, currency).times(Fraction(product, PPM)),
            },
        )


def winrate(desk: Desk, asked: Request) -> Report:
    """Return won and lost deals and won / (won + lost), by number and by value (domain.md 3.2); open deals never count.

    The rate by value is None where a group holds several currencies.
    """
    scope = scope_of(desk, asked, CLOSED, "o.closed_on IS NOT NULL", index="opportunity_closed")
    found = _found(desk, asked, CLOSED)
    groups, whole = map(_outcomes, summed(desk, found, scope, "o.is_won"))
    columns = (
        ("won", "Won", "integer"),
        ("lost", "Lost", "integer"),
        ("win_rate", "Win rate", "rate"),
        ("value_rate", "By value", "rate"),
    )
    return table.report(
        asked.by,
        [(combination, _rates(by_currency)) for combination, by_currency in groups.items()],
        [_rates(by_currency) for by_currency in (whole or {(): {}}).values()],
        columns,
        parts_of(asked, CLOSED, _status("won", "lost")),
        own_currency=desk.currency,
        measure="win_rate",
    )


def _outcomes(sums: Sums) -> dict[Combination, dict[str, Outcome]]:
    """Return won deals, lost deals, won amount, lost amount by group and currency."""
    outcomes: dict[Combination, dict[str, Outcome]] = {}
    for (combination, currency, is_won), (count, amount, _) in sums.items():
        won, lost, won_minor, lost_minor = outcomes.setdefault(combination, {}).get(currency, (0, 0, 0, 0))
        outcomes[combination][currency] = (
            (won + count, lost, won_minor + amount, lost_minor)
            if is_won
            else (won, lost + count, won_minor, lost_minor + amount)
        )
    return outcomes


def _rates(by_currency: dict[str, Outcome]) -> Row:
    numbers = by_currency.values()
    won, lost = sum(number[0] for number in numbers), sum(number[1] for number in numbers)
    values = [(number[2], number[3]) for number in numbers if number[2] or number[3]]
    value_rate = _rate(*values[0]) if len(values) == 1 else None
    return {"won": won, "lost": lost, "win_rate": _rate(won, lost), "value_rate": value_rate}


def _rate(won: int, lost: int) -> float | None:
    rate = win_rate(won, lost)
    return None if rate is None else round(float(rate), RATE_PLACES)


def cycle(desk: Desk, asked: Request) -> Report:
    """Return the days from creation to winning: median, mean, and of how many deals."""
    scope = scope_of(desk, asked, CLOSED, "o.closed_on IS NOT NULL", "o.is_won = 1", index="opportunity_closed")
    found = _found(desk, asked, CLOSED)
    bases = [base for dimension in found for base in dimension.bases]
    rows = queries.cycles(desk.store, bases, scope)
    whole = queries.cycles(desk.store, (), scope) if "product" in asked.by else [row[len(bases) :] for row in rows]
    groups = _lengths(folded(rows, found))
    columns = (
        ("count", "Won", "integer"),
        ("median_days", "Median days", "number"),
        ("mean_days", "Mean days", "number"),
    )
    return table.report(
        asked.by,
        [(combination, _cycle_row(lengths)) for combination, lengths in groups.items()],
        [_cycle_row(lengths) for lengths in (_lengths(((), row) for row in whole) or {(): Counter()}).values()],
        columns,
        parts_of(asked, CLOSED, _status("won")),
        own_currency=desk.currency,
        measure="median_days",
    )


def _lengths(rows: Iterable[tuple[Combination, Sequence[int]]]) -> dict[Combination, Counter[int]]:
    """Return how many deals took how many days, by group."""
    lengths: dict[Combination, Counter[int]] = {}
    for combination, (days, count) in rows:
        lengths.setdefault(combination, Counter())[days] += count
    return lengths


def _cycle_row(lengths: Counter[int]) -> Row:
    days = sorted(lengths.elements())
    mean = round(sum(days) / len(days), DAY_PLACES) if days else None
    return {"count": len(days), "median_days": _number(median_cycle(days)), "mean_days": mean}


def _number(value: Fraction | None) -> float | int | None:
    return None if value is None else value.numerator if value.denominator == 1 else float(value)


def activity(desk: Desk, asked: Request) -> Report:
    """Return activities by kind: how many, minutes, and with how many accounts."""
    by = asked.by if "kind" in asked.by else (*asked.by, "kind")
    found = dimensions(desk, by, TOUCH, is_rolled_up=asked.is_rolled_up)
    scope = scope_of(desk, asked, TOUCH)
    months = list(_months(desk))[::-1] if PERIODS & set(by) else None
    bases = [base for dimension in found for base in dimension.bases]
    rows = queries.activities(desk.store, bases, scope, months)
    whole = _touches(((), row[len(bases) :]) for row in rows) or {(): Touches()}
    return table.report(
        by,
        [(combination, touches.row) for combination, touches in _touches(folded(rows, found)).items()],
        [touches.row for touches in whole.values()],
        (("count", "Count", "integer"), ("minutes", "Minutes", "integer"), ("accounts", "Accounts", "integer")),
        parts_of(asked, TOUCH),
        own_currency=desk.currency,
        noun="activity",
    )


@dataclass(slots=True)
class Touches:
    """Activities of a group."""

    count: int = 0
    minutes: int = 0
    accounts: set[str] = field(default_factory=set)

    @property
    def row(self) -> Row:
        """Return them as a row."""
        return {"count": self.count, "minutes": self.minutes, "accounts": len(self.accounts)}


def _touches(rows: Iterable[tuple[Combination, Sequence[Any]]]) -> dict[Combination, Touches]:
    groups: dict[Combination, Touches] = {}
    for combination, (account, count, minutes) in rows:
        group = groups.setdefault(combination, Touches())
        group.count += count
        group.minutes += minutes
        if account is not None:
            group.accounts.add(account)
    return groups


def _months(desk: Desk) -> Iterator[tuple[str, str]]:
    """Yield the months that have activities: the first instant where the user is, and the label."""
    first = queries.first_activity_since(desk.store, "")
    while first is not None:
        try:
            day = parse_instant_text(first).astimezone(desk.store.clock.zone()).date().replace(day=1)
            after = midnight(desk, (day + timedelta(days=LONGEST_MONTH)).replace(day=1))
        except OverflowError:  # the last month of all calendars
            yield first, first[:7]
            return
        yield midnight(desk, day), day.isoformat()[:7]
        first = queries.first_activity_since(desk.store, after)


def stale(desk: Desk, asked: Request) -> Report:
    """Return open deals on which nothing was completed for so many days, the largest first; or their sums by group.

    A deal younger than that is not stale. Periods are those of the close date.
    """
    days = asked.stale_days or desk.config.number("pipeline.stale_days")
    before, now = desk.today - timedelta(days=days), instant_text(desk.store.clock.now())
    scope = scope_of(desk, asked, OPEN, "o.closed_on IS NULL")
    scope.add("o.created_on < ?", before.isoformat())
    condition, parameters = queries.untouched(midnight(desk, before), now)
    scope.add(condition, *parameters)
    if asked.by:
        return _amounts(desk, asked, scope, OPEN, (_DEALS, _AMOUNT), [None])
    rows = [dict(zip(_STALE, _deal(row), strict=True)) for row in queries.deals(desk.store, scope, now)]
    columns = (
        ("ref", "Ref", "text"),
        ("name", "Deal", "text"),
        ("account", "Account", "text"),
        ("owner", "Owner", "text"),
        ("stage", "Stage", "text"),
        _AMOUNT,
        ("last_activity", "Last touch", "instant"),
    )
    return Report((), columns, rows, "amount")


_STALE = ("id", "ref", "name", "account", "owner", "stage", "amount", "last_activity")


def _deal(row: Sequence[Any]) -> tuple[Any, ...]:
    *names, minor, currency, touched = row
    return (*names, Money(minor, currency) if minor is not None else None, touched)


TITLES = {
    "pipeline": "Pipeline",
    "wins": "Wins",
    "winrate": "Win rate",
    "cycle": "Cycle",
    "activity": "Activity",
    "stale": "Stale deals",
}
REPORTS: dict[str, Callable[[Desk, Request], Report]] = {
    "pipeline": pipeline,
    "wins": wins,
    "winrate": winrate,
    "cycle": cycle,
    "activity": activity,
    "stale": stale,
}
