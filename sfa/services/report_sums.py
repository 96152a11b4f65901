"""Which records a report counts, and their sums by group and currency."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any

from db.queries import reports as queries
from db.queries.filtering import FilterContext, compile_filter
from db.queries.nouns import READ_NOUNS
from db.queries.reports import SPLIT, Scope
from sfa.domain.filters import Comparison, Expression
from sfa.domain.money import allocate
from sfa.services import report_table as table
from sfa.services.desk import Desk
from sfa.services.report_groups import Combination, Dimension, Subject, days_within, folded
from sfa.services.report_request import Request, midnight

OPEN = Subject("o", "o.close_date", "close_date")
CLOSED = Subject("o", "o.closed_on", "closed")
TOUCH = Subject("y", "y.started_at", "started")
Key = tuple[Combination, str, Any]
Sums = dict[Key, list[int]]


def scope_of(desk: Desk, asked: Request, subject: Subject, *conditions: str, index: str = "") -> Scope:
    """Return which records count; `index` is one that holds all of them.

    Raises:
        UsageError: the filter cannot be read.
    """
    noun = READ_NOUNS["opportunity" if subject.alias == "o" else "activity"]
    scope = Scope(f"{noun.table} {noun.alias}", index=index)
    for condition in (f"{noun.alias}.deleted_at IS NULL", *conditions):
        scope.add(condition)
    for sign, day in ((">=", asked.start), ("<", asked.end)):
        if day is not None:
            scope.add(f"{subject.day} {sign} ?", midnight(desk, day) if subject is TOUCH else day.isoformat())
    if asked.owners:
        marks = ", ".join("?" * len(asked.owners))
        scope.add(f"{noun.alias}.owner_id IN ({marks})", *(owner for owner, _ in asked.owners))
    if asked.where.strip():
        _refresh_words(desk)
        context = FilterContext(desk.store, desk.today, desk.currency, desk.user_id)
        fitting = compile_filter(context, noun, asked.where)
        scope.read_from(noun.source, fitting.sql, fitting.parameters)
    return scope


def _refresh_words(desk: Desk) -> None:
    """Bring the search index up to date, which the filter may ask."""
    from db.search import refresh  # noqa: PLC0415 - only where there is a filter

    if not desk.store.note:
        refresh(desk.store.connection)


def parts_of(asked: Request, subject: Subject, *own: Expression | None) -> list[Expression | None]:
    """Return what all records of a report have in common, as parts of a filter."""
    last = asked.end - timedelta(days=1) if asked.end else None
    owners = [Comparison("owner", "=", tuple(ref for _, ref in asked.owners))] if asked.owners else []
    where = [table.read(asked.where)] if asked.where.strip() else []
    return [*own, days_within(subject.day_field, asked.start, last), *owners, *where]


def summed(
    desk: Desk, found: Sequence[Dimension], scope: Scope, split: str = "NULL", *, is_weighted: bool = False
) -> tuple[Sums, Sums]:
    """Return deals, amount, and amount times ppm by group, currency, and the value of a column to tell apart as well.

    The same of everything stands behind it. Amounts without a currency, which are none, stand with the desk's own.
    """
    bases = [*(base for dimension in found for base in dimension.bases), split]
    has_products = any(dimension.name == "product" for dimension in found)
    rows = queries.sums(desk.store, bases, scope, is_weighted=is_weighted)
    groups: Sums = {}
    for combination, rest in folded(rows, found):
        _add_row(desk, groups, combination, rest)
    if has_products:
        _add_divided(desk, groups, found, queries.split_deals(desk.store, bases, scope))
        return groups, summed(desk, (), scope, split, is_weighted=is_weighted)[1]
    whole: Sums = {}
    for row in rows:
        _add_row(desk, whole, (), row[len(bases) - 1 :])
    return groups, whole


def _add_row(desk: Desk, sums: Sums, combination: Combination, rest: Sequence[Any]) -> None:
    extra, currency, count, amount, above, below = rest
    _add(sums, (combination, currency or desk.currency, extra), count, amount, above * SPLIT + below)


def _add(sums: Sums, key: Key, *numbers: int) -> None:
    held = sums.setdefault(key, [0, 0, 0])
    for index, number in enumerate(numbers):
        held[index] += number


def _add_divided(desk: Desk, sums: Sums, found: Sequence[Dimension], rows: Sequence[Any]) -> None:
    """Add deals of several lines: the amount by line, the deal once for each product."""
    counted: set[tuple[str, Key]] = set()
    for combination, (extra, currency, _, ppm, deal, share) in folded(_shared(rows), found):
        key = (combination, currency or desk.currency, extra)
        _add(sums, key, int((deal, key) not in counted), share, share * ppm)
        counted.add((deal, key))


def _shared(rows: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """Yield lines with their share of the deal's amount in the place of their own amount."""
    for _, lines in groupby(rows, key=lambda row: row[-2]):
        deal = list(lines)
        weights = [max(row[-1] or 0, 0) for row in deal]
        shares = allocate(deal[0][-4], weights if sum(weights) else [1] + [0] * (len(deal) - 1))
        for row, share in zip(deal, shares, strict=True):
            yield (*row[:-1], share)
