"""What reports are grouped by: from the ids that sums are read by to names, and to filters that list the records."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from typing import Any

from db.queries import reports as queries
from sfa.domain.filters import All, Any_, Comparison, Expression
from sfa.services.desk import Desk

PERIODS = frozenset({"month", "quarter"})
MONTHS = 12
QUARTER = 3


@dataclass(frozen=True, slots=True)
class Place:
    """One group of a dimension.

    Attributes:
        key: what makes it a group of its own; None for records that belong nowhere.
        label: what people call it.
        order: among its siblings, where the dimension has an order of its own.
        part: the filter that lists its records; None where the filter language cannot say it.
    """

    key: str | None
    label: str | None = field(default=None, compare=False)
    order: int = field(default=0, compare=False)
    part: Expression | None = field(default=None, compare=False)


Places = tuple[Place, ...]
Combination = tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Dimension:
    """One thing to group by.

    Attributes:
        bases: the SQL of what sums are read by.
        places: the groups that such values belong to; several where groups hold each other.
    """

    name: str
    bases: tuple[str, ...]
    places: Callable[..., Places]


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose sums they are: the columns of a deal or an activity, and the field of its day in filters."""

    alias: str
    day: str
    day_field: str


def dimensions(desk: Desk, names: Sequence[str], subject: Subject, *, is_rolled_up: bool) -> list[Dimension]:
    """Return dimensions by their names."""
    return [_dimension(desk, name, subject, is_rolled_up=is_rolled_up) for name in names]


def _dimension(desk: Desk, name: str, subject: Subject, *, is_rolled_up: bool) -> Dimension:
    owner, account = f"{subject.alias}.owner_id", f"{subject.alias}.account_id"
    is_deal = subject.alias == "o"
    if name in PERIODS:
        month = f"substr({subject.day}, 1, 7)" if is_deal else queries.MONTH
        return Dimension(name, (month,), _periods(name, subject.day_field))
    if name in ("source", "kind"):
        return Dimension(name, (f"{subject.alias}.{name}",), _texts(name))
    if name == "product":
        return Dimension(name, queries.PRODUCT, _products(desk))
    if name == "territory":
        own = "o.territory_id" if is_deal else "NULL"
        return Dimension(name, (own, account), _territories(desk))
    base = {"stage": "o.stage_id", "account": account, "industry": account, "size": account}.get(name, owner)
    if is_rolled_up and name in ("manager", "account"):
        return Dimension(name, (base,), _rolled_up(desk, name))
    is_said = is_deal or name not in ("manager", "team", "industry", "size")
    return Dimension(name, (base,), _named(desk, name, is_said=is_said))


def _named(desk: Desk, name: str, *, is_said: bool) -> Callable[..., Places]:
    """Return groups of what a reference leads to; a filter that names none lists the rest."""
    found = {
        base: (Place(key, label, order, Comparison(name, "=", (called,)) if is_said else None),)
        for base, key, label, called, order in queries.places(desk.store, name)
    }
    nowhere = (Place(None, part=Comparison(name, "=", ()) if is_said else None),)
    return lambda base: found.get(base, nowhere)


def _texts(name: str) -> Callable[..., Places]:
    """Return groups of equal texts, in capitals or not."""
    labels: dict[str, str] = {}

    def places(text: str | None) -> Places:
        if text is None:
            return (Place(None, part=Comparison(name, "=", ())),)
        key = text.lower()
        label = labels.setdefault(key, text)
        return (Place(key, label, part=Comparison(name, "=", (text,))),)

    return places


def _products(desk: Desk) -> Callable[..., Places]:
    """Return groups of products by name; what a line calls by words alone stands beside them."""
    names = {row[0]: row[2] for row in queries.places(desk.store, "product")}
    known = {name.lower() for name in (*names.values(), *queries.line_texts(desk.store))}

    def part(label: str | None) -> Expression | None:
        """Deals are listed by words of their products: there is no filter for one whose name is part of another's."""
        if label is None:
            return Comparison("product", "=", ())
        key = label.lower()
        return None if any(key in name and key != name for name in known) else Comparison("product", "~", (label,))

    def places(product_id: str | None, description: str | None) -> Places:
        label = names.get(product_id, description)
        return (Place(label and label.lower(), label, part=part(label)),)

    return places


def _territories(desk: Desk) -> Callable[..., Places]:
    """Return the territory of a deal, else that of its account; no filter says both."""
    own = {row[0]: Place(row[1], row[2]) for row in queries.places(desk.store, "territory")}
    inherited = {row[0]: Place(row[1], row[2]) for row in queries.places(desk.store, "territory of account")}
    return lambda territory, account: (own.get(territory) or inherited.get(account) or Place(None),)


def _rolled_up(desk: Desk, name: str) -> Callable[..., Places]:
    """Return every manager above a person (a manager above their own), or every account above an account."""
    rows = queries.ancestors(desk.store, name)
    below: dict[str, list[str]] = {}
    for _, ref, top, _ in rows:
        below.setdefault(top, []).append(ref)
    is_people = name == "manager"
    kept = [row for row in rows if not is_people or len(below[row[2]]) > 1]
    said = "owner" if is_people else "account"
    tops: dict[str, Place] = {}
    found: dict[str, list[Place]] = {}
    for child, _, top, label in kept:
        place = tops.setdefault(top, Place(top, label, part=Comparison(said, "=", tuple(below[top]))))
        found.setdefault(child, []).append(place)
    alone = tuple(ref for child, ref, top, _ in rows if child == top and child not in found)
    nobody = Comparison(said, "=", ())
    nowhere = (Place(None, part=Any_((nobody, Comparison(said, "=", alone))) if alone else nobody),)
    groups = {child: tuple(places) for child, places in found.items()}
    return lambda base: groups.get(base, nowhere)


def _periods(name: str, day_field: str) -> Callable[..., Places]:
    def places(month: str | None) -> Places:
        if month is None:
            return (Place(None, part=Comparison(day_field, "=", ())),)
        year, number = int(month[:4]), int(month[5:7])
        if name == "month":
            return (Place(month, month, part=_within(day_field, year, number, number)),)
        quarter = (number + QUARTER - 1) // QUARTER
        label = f"{month[:4]}-Q{quarter}"
        return (Place(label, label, part=_within(day_field, year, quarter * QUARTER - 2, quarter * QUARTER)),)

    return places


def _within(day_field: str, year: int, first: int, last: int) -> Expression:
    return days_within(day_field, date(year, first, 1), _end_of(year, last))


def _end_of(year: int, month: int) -> date:
    return date(year, MONTHS, 31) if month == MONTHS else date(year, month + 1, 1) - timedelta(days=1)


def days_within(day_field: str, first: date | None, last: date | None) -> Expression:
    """Return the filter for days from one to another, both included; open where there is none."""
    parts = [
        Comparison(day_field, operator, (day.isoformat(),))
        for operator, day in ((">=", first), ("<=", last))
        if day is not None
    ]
    return All(tuple(parts))


def month_within(day_field: str, month: str, first: date, last: date) -> Expression:
    """Return the filter for the days of a month (2026-03) that lie between two days, both included."""
    year, number = int(month[:4]), int(month[5:7])
    return days_within(day_field, max(date(year, number, 1), first), min(_end_of(year, number), last))


def in_currency(currency: str, own: str) -> Expression:
    """Return the filter for a currency; amounts without one are of the desk's own."""
    said = Comparison("currency", "=", (currency,))
    return Any_((said, Comparison("currency", "=", ()))) if currency == own else said


def folded(rows: Iterable[Sequence[Any]], found: Sequence[Dimension]) -> Iterator[tuple[Combination, Sequence[Any]]]:
    """Yield what each row belongs to, and the row without the values that told so."""
    sizes = [len(dimension.bases) for dimension in found]
    known: dict[tuple[Any, ...], tuple[Combination, ...]] = {}
    width = sum(sizes)
    for row in rows:
        bases = tuple(row[:width])
        if bases not in known:
            known[bases] = tuple(product(*_places(bases, sizes, found)))
        for combination in known[bases]:
            yield combination, row[width:]


def _places(bases: Sequence[Any], sizes: Sequence[int], found: Sequence[Dimension]) -> Iterator[Places]:
    start = 0
    for size, dimension in zip(sizes, found, strict=True):
        yield dimension.places(*bases[start : start + size])
        start += size
