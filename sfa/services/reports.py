"""Reports: pipeline, wins, win rate, cycle, activity, stale deals; by one or two dimensions, apart by currency."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import fmean
from typing import Any

from db.queries import reports as queries
from db.queries.filtering import FilterContext, compile_filter
from db.queries.nouns import READ_NOUNS
from db.queries.reports import Dimension, Scope
from sfa.domain.dates import DateError, resolve_day, resolve_period
from sfa.domain.money import Money, allocate
from sfa.domain.pipeline import PPM, median_cycle, win_rate
from sfa.errors import UsageError
from sfa.services.desk import Desk

DIMENSIONS = (
    "owner", "manager", "team", "stage", "product", "account", "industry", "territory", "source", "month", "quarter",
)  # fmt: skip
MOST_DIMENSIONS = 2
RATE_PLACES = 6
STALE_SHOWN = 1_000_000
PERIODS = frozenset({"month", "quarter"})
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a report.

    Attributes:
        by: names of dimensions, at most two.
        start: the first day that counts; None: from the beginning.
        end: the day after the last.
        is_rolled_up: managers with everybody below, accounts with all below.
        where: the filter language, over deals.
    """

    by: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    is_rolled_up: bool = False
    where: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Rows by field name, the columns (name, title, kind) in order, and which one a chart shows."""

    columns: tuple[tuple[str, str, str], ...]
    rows: list[Row]
    measure: str
    totals: Row = field(default_factory=dict)


def request(
    desk: Desk,
    *,
    by: str = "",
    start: str | None = None,
    end: str | None = None,
    is_rolled_up: bool = False,
    where: str = "",
) -> Request:
    """Return what words ask for; `start` and `end` are days, or `start` a whole period (2017-Q1, last quarter).

    Raises:
        UsageError: an unknown dimension, more than two, or words that are no day.
    """
    names = tuple(name.strip().lower() for name in by.split(",") if name.strip())
    for name in names:
        if name not in DIMENSIONS:
            raise UsageError(f"Nothing is reported by {name}.", hint=f"By one or two of: {', '.join(DIMENSIONS)}.")
    if len(names) > MOST_DIMENSIONS or len(set(names)) < len(names):
        raise UsageError("A report is by one or two different things.", hint="Such as --by owner,quarter")
    first, after = _limits(desk, start, end)
    return Request(names, first, after, is_rolled_up, where)


def _limits(desk: Desk, start: str | None, end: str | None) -> tuple[date | None, date | None]:
    first, after = (None, None) if start is None else _period(desk, start)
    if end is not None:
        _, after = _period(desk, end)
    elif start is not None and after == first:
        after = None
    if first and after and after <= first:
        raise UsageError("The report would end before it begins.", hint="Give --from an earlier day than --to.")
    return first, after


def _period(desk: Desk, text: str) -> tuple[date, date]:
    """Return first day and day after of a period; of a day: that day."""
    try:
        return resolve_period(text, desk.today)
    except DateError:
        pass
    try:
        day = resolve_day(text, desk.today)
    except DateError as error:
        raise UsageError(str(error), hint="Write 2017-03-31, 2017-Q1, 2017, or last quarter.") from error
    return day, day + timedelta(days=1)


def _scope(desk: Desk, asked: Request, day: str | None) -> Scope:
    scope = Scope()
    if day and asked.start:
        scope.add(f"{day} >= ?", asked.start.isoformat())
    if day and asked.end:
        scope.add(f"{day} < ?", asked.end.isoformat())
    if asked.where:
        context = FilterContext(desk.store, desk.today, desk.currency, desk.user_id)
        condition = compile_filter(context, READ_NOUNS["opportunity"], asked.where)
        source = READ_NOUNS["opportunity"].source
        scope.add(f"o.id IN (SELECT o.id FROM {source} WHERE {condition.sql})", *condition.parameters)
    return scope


def _dimensions(asked: Request, day: str) -> list[Dimension]:
    found = [queries.dimension(name, day, is_rolled_up=asked.is_rolled_up) for name in asked.by]
    return [dim for dim in found if dim is not None]


def _titles(asked: Request) -> tuple[tuple[str, str, str], ...]:
    return tuple((name, name.capitalize(), "text") for name in asked.by)


def pipeline(desk: Desk, asked: Request) -> Report:
    """Return open deals: how many, their amount, and weighted by probability; periods are those of the close date."""
    scope = _scope(desk, asked, "o.close_date")
    scope.add("o.closed_on IS NULL")
    rows = [
        {**group, "count": count, "amount": Money(amount, currency), "weighted": Money(_share(weighted), currency)}
        for group, currency, count, amount, weighted in _summed(desk, asked, scope, "o.close_date")
    ]
    columns = (
        *_titles(asked),
        ("count", "Deals", "integer"),
        ("amount", "Amount", "money"),
        ("weighted", "Weighted", "money"),
    )
    return Report(columns, _ordered(asked, rows), "amount", _totals(rows, ("amount", "weighted")))


def wins(desk: Desk, asked: Request) -> Report:
    """Return won deals: how many, and their amount; periods are those of the day of closing."""
    scope = _scope(desk, asked, "o.closed_on")
    scope.add("o.is_won = 1")
    rows = [
        {**group, "count": count, "amount": Money(amount, currency)}
        for group, currency, count, amount, _ in _summed(desk, asked, scope, "o.closed_on")
    ]
    columns = (*_titles(asked), ("count", "Won", "integer"), ("amount", "Amount", "money"))
    return Report(columns, _ordered(asked, rows), "amount", _totals(rows, ("amount",)))


Summed = tuple[dict[str, Any], str, int, int, int]


def _summed(desk: Desk, asked: Request, scope: Scope, day: str) -> list[Summed]:
    """Return group, currency, deals, amount and amount times ppm."""
    dimensions = _dimensions(asked, day)
    if "product" in asked.by:
        return _by_product(desk, asked, queries.lines(desk.store, dimensions, scope))
    size = len(dimensions)
    return [
        (
            dict(zip(asked.by, row[:size], strict=True)),
            row[size] or desk.currency,
            row[size + 1],
            row[size + 2],
            row[size + 3],
        )
        for row in queries.sums(desk.store, dimensions, scope)
    ]


def _by_product(desk: Desk, asked: Request, rows: Sequence[Any]) -> list[Summed]:
    """Divide each deal's amount over its lines, so that products add up to the whole; a deal counts once per product."""
    size = len(asked.by)
    deals: dict[str, list[Any]] = {}
    for row in rows:
        deals.setdefault(row[size], []).append(row)
    groups: dict[tuple[Any, ...], list[int]] = {}
    for lines in deals.values():
        weights = [max(row[size + 5] or 0, 0) for row in lines]
        parts = allocate(lines[0][size + 2], weights if sum(weights) else [1] + [0] * (len(lines) - 1))
        counted: set[tuple[Any, ...]] = set()
        for row, part in zip(lines, parts, strict=True):
            key = (*row[:size], row[size + 1] or desk.currency)
            found = groups.setdefault(key, [0, 0, 0])
            found[0] += int(key not in counted)
            found[1] += part
            found[2] += part * row[size + 3]
            counted.add(key)
    return [
        (dict(zip(asked.by, key[:size], strict=True)), key[size], *numbers)  # type: ignore[misc]
        for key, numbers in sorted(groups.items(), key=_group_order)
    ]


def _group_order(item: tuple[tuple[Any, ...], list[int]]) -> tuple[tuple[bool, str], ...]:
    return tuple((value is None, str(value)) for value in item[0])


def winrate(desk: Desk, asked: Request) -> Report:
    """Return won and lost deals and won / (won + lost), by number and by value; open deals never count (domain.md 3.2)."""
    scope = _scope(desk, asked, "o.closed_on")
    scope.add("o.closed_on IS NOT NULL")
    size = len(asked.by)
    rows = []
    for row in queries.outcomes(desk.store, _dimensions(asked, "o.closed_on"), scope):
        won, lost, won_minor, lost_minor, currencies = row[size : size + 5]
        rows.append(
            {
                **dict(zip(asked.by, row[:size], strict=True)),
                "won": won,
                "lost": lost,
                "win_rate": _rate(won, lost),
                "value_rate": _rate(won_minor, lost_minor) if currencies == 1 else None,
            }
        )
    columns = (
        *_titles(asked),
        ("won", "Won", "integer"),
        ("lost", "Lost", "integer"),
        ("win_rate", "Win rate", "rate"),
        ("value_rate", "By value", "rate"),
    )
    return Report(columns, _ordered(asked, rows), "win_rate")


def _rate(won: int, lost: int) -> float | None:
    rate = win_rate(won, lost)
    return None if rate is None else round(float(rate), RATE_PLACES)


def cycle(desk: Desk, asked: Request) -> Report:
    """Return the days from creation to winning: median, mean, and of how many deals."""
    scope = _scope(desk, asked, "o.closed_on")
    scope.add("o.is_won = 1")
    size = len(asked.by)
    groups: dict[tuple[Any, ...], list[int]] = {}
    for row in queries.cycles(desk.store, _dimensions(asked, "o.closed_on"), scope):
        groups.setdefault(tuple(row[:size]), []).append(row[size])
    rows = [
        {
            **dict(zip(asked.by, key, strict=True)),
            "count": len(days),
            "median_days": median_cycle(days),
            "mean_days": round(fmean(days), 1),
        }
        for key, days in sorted(groups.items(), key=_group_order)
    ]
    columns = (
        *_titles(asked),
        ("count", "Won", "integer"),
        ("median_days", "Median days", "number"),
        ("mean_days", "Mean days", "number"),
    )
    return Report(columns, _ordered(asked, rows), "median_days")


def activity(desk: Desk, asked: Request) -> Report:
    """Return activities by kind: how many, minutes, and with how many accounts."""
    asked = (
        Request((*asked.by, "kind"), asked.start, asked.end, asked.is_rolled_up) if "kind" not in asked.by else asked
    )
    if {"product", "stage", "source"} & set(asked.by):
        raise UsageError("Activities have no stage, product or source.", hint="Report them by owner, account, month...")
    conditions, parameters = ["1"], []
    if asked.start:
        conditions.append("y.started_at >= ?")
        parameters.append(asked.start.isoformat())
    if asked.end:
        conditions.append("y.started_at < ?")
        parameters.append(asked.end.isoformat())
    size = len(asked.by)
    found = queries.activities(desk.store, _dimensions(asked, "y.started_at"), " AND ".join(conditions), parameters)
    rows = [
        {
            **dict(zip(asked.by, row[:size], strict=True)),
            "count": row[size],
            "minutes": row[size + 1],
            "accounts": row[size + 2],
        }
        for row in found
    ]
    columns = (
        *_titles(asked),
        ("count", "Count", "integer"),
        ("minutes", "Minutes", "integer"),
        ("accounts", "Accounts", "integer"),
    )
    return Report(columns, rows, "count")


def stale(desk: Desk, asked: Request) -> Report:
    """Return open deals without an activity for `pipeline.stale_days`, the largest first."""
    before = desk.today - timedelta(days=desk.config.number("pipeline.stale_days"))
    found = queries.stale(desk.store, before.isoformat(), _scope(desk, asked, None), STALE_SHOWN)
    rows = [
        {
            "id": row[0], "ref": row[1], "name": row[2], "account": row[3], "owner": row[4], "stage": row[5],
            "amount": Money(row[6], row[7]) if row[6] is not None and row[7] else None, "last_activity": row[8],
        }
        for row in found
    ]  # fmt: skip
    columns = (
        ("ref", "Ref", "text"),
        ("name", "Deal", "text"),
        ("account", "Account", "text"),
        ("owner", "Owner", "text"),
        ("stage", "Stage", "text"),
        ("amount", "Amount", "money"),
        ("last_activity", "Last touch", "instant"),
    )
    return Report(columns, rows, "amount")


def _share(amount_ppm: int) -> int:
    """Return amount times ppm as an amount, rounded half away from zero."""
    size = (2 * abs(amount_ppm) + PPM) // (2 * PPM)
    return size if amount_ppm >= 0 else -size


def _ordered(asked: Request, rows: list[Row]) -> list[Row]:
    """Periods and stages keep their order; others begin with the largest."""
    if not asked.by or asked.by[0] in PERIODS or asked.by[0] == "stage" or len(asked.by) > 1:
        return rows
    measure = "amount" if rows and "amount" in rows[0] else "won" if rows and "won" in rows[0] else "count"
    return sorted(rows, key=lambda row: -_size(row[measure]))


def _size(value: Money | int) -> int:
    return value.amount_minor if isinstance(value, Money) else value


def _totals(rows: Sequence[Row], measures: Sequence[str]) -> Row:
    """Return the sum of all rows where they share one currency."""
    if len({row["amount"].currency for row in rows}) != 1:
        return {}
    currency = rows[0]["amount"].currency
    sums = {name: Money(sum(row[name].amount_minor for row in rows), currency) for name in measures}
    return {"count": sum(row["count"] for row in rows), **sums}


REPORTS: dict[str, Callable[[Desk, Request], Report]] = {
    "pipeline": pipeline,
    "wins": wins,
    "winrate": winrate,
    "cycle": cycle,
    "activity": activity,
    "stale": stale,
}
