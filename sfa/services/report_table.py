"""A report as rows: put in order, with totals, and with the filter that lists the records behind each row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sfa.domain.filters import LONGEST, All, Expression, FilterError, parse_filter, render
from sfa.domain.money import Money
from sfa.domain.sentences import Sentence
from sfa.services.report_groups import PERIODS, Combination, in_currency

Row = dict[str, Any]
Column = tuple[str, str, str]
Group = tuple[Combination, Row]
Period = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Report:
    """Rows by field name.

    Attributes:
        by: what they are grouped by.
        columns: name, title and kind of each, in order.
        rows: each also has `where`, the filter that lists its records, or None where no filter can say it.
        measure: the column that a chart shows.
        totals: of everything, one row for each currency; where groups hold each other, less than their sum.
        noun: what `where` lists; a row may name another as `opens`.
        notes: what must be known to read it.
        period: first and last day of what counts; None where it is open.
    """

    by: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: list[Row]
    measure: str
    totals: list[Row] = field(default_factory=list)
    noun: str = "opportunity"
    notes: tuple[Sentence, ...] = ()
    period: Period = (None, None)

    @property
    def note(self) -> str:
        """Return the notes in English."""
        return " ".join(map(str, self.notes))


def titles(by: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns of dimensions."""
    return tuple((name, name.capitalize(), "text") for name in by)


def ordered(by: Sequence[str], groups: Iterable[Group], measure: str) -> list[Group]:
    """Return periods and stages in their order, others with the largest first; what belongs nowhere comes last."""
    by_size = sorted(groups, key=lambda group: (-_size(group[1][measure]), _names(group[0])))
    ranks: list[dict[str | None, int]] = [{} for _ in by]
    for combination, _ in by_size:
        for rank, place in zip(ranks, combination, strict=True):
            rank.setdefault(place.key, len(rank))

    def order(group: Group) -> list[tuple[bool, Any]]:
        return [
            (place.key is None, place.key or "" if name in PERIODS else place.order or rank[place.key])
            for name, place, rank in zip(by, group[0], ranks, strict=True)
        ]

    return sorted(by_size, key=order)


def _names(combination: Combination) -> tuple[str, ...]:
    return tuple(place.label or "" for place in combination)


def _size(value: Any) -> Any:  # noqa: ANN401 - money or a number
    return value.amount_minor if isinstance(value, Money) else value or 0


def labels(by: Sequence[str], combination: Combination) -> Row:
    """Return the names of groups by dimension."""
    return {name: place.label for name, place in zip(by, combination, strict=True)}


def all_of(parts: Iterable[Expression | None]) -> str | None:
    """Return the filter that says all parts; None where one of them cannot be said."""
    said: list[Expression] = []
    for part in parts:
        if part is None:
            return None
        said += part.parts if isinstance(part, All) else (part,)
    return " ".join(render(part) for part in said)


def read(where: str) -> Expression:
    """Return a filter as it was typed, as a part of others; the one that fails is refused where it is compiled."""
    try:
        return parse_filter(where)
    except FilterError:
        return All(())


def report(
    by: Sequence[str],
    groups: Iterable[Group],
    totals: list[Row],
    columns: Sequence[Column],
    common: Sequence[Expression | None],
    *,
    own_currency: str,
    measure: str = "",
    noun: str = "opportunity",
) -> Report:
    """Return the report of groups; without dimensions the totals are its rows.

    Args:
        by: the dimensions.
        groups: what each combination of places sums up to, in any order.
        totals: of everything.
        columns: those of the values; the order goes by the first amount, or else by the first of all.
        common: parts of a filter that all rows share.
        own_currency: the one that amounts without any stand with.
        measure: the column that a chart shows, if it is not the one that the order goes by.
        noun: what the filters list.
    """
    order = next((name for name, _, kind in columns if kind == "money"), columns[0][0])
    arranged = ordered(by, groups, order) if by else [((), row) for row in totals]
    currencies = {_currency(row) for _, row in arranged}
    shared = all_of(common)
    rows = []
    for combination, row in arranged:
        own = [place.part for place in combination]
        if len(currencies) > 1:
            own.append(in_currency(_currency(row), own_currency))
        rows.append({**labels(by, combination), **row, "where": _joined(shared, all_of(own))})
    return Report(tuple(by), (*titles(by), *columns), rows, measure or order, totals, noun)


def _joined(*filters: str | None) -> str | None:
    """Return a filter of filters; None where one is missing, or all together are too long to be read."""
    said = [text for text in filters if text is not None]
    text = " ".join(part for part in said if part)
    return text if len(said) == len(filters) and len(text) <= LONGEST else None


def _currency(row: Row) -> str:
    return next((value.currency for value in row.values() if isinstance(value, Money)), "")


def summed_up(rows: Sequence[Row], names: Sequence[str]) -> list[Row]:
    """Return one row with the sums of columns, or none where there is nothing to sum."""
    told: Row = {}
    for name in names:
        values = [row[name] for row in rows if row.get(name) is not None]
        if values and isinstance(values[0], Money):
            told[name] = Money(sum(value.amount_minor for value in values), values[0].currency)
        elif values:
            told[name] = sum(values)
    return [told] if told and len(rows) > 1 else []
