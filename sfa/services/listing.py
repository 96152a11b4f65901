"""Lists and single records of any noun, as typed values by field name."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from db.queries import listing as queries
from db.queries.filtering import Condition, FilterContext, compile_filter
from db.queries.listing import Order, Pager, Query
from db.queries.nouns import READ_NOUNS, TODAY, Kind, ReadField, ReadNoun
from sfa.domain.fields import NOUNS, command_of
from sfa.domain.filters import FilterError, parse_filter
from sfa.domain.money import Money, from_dec6
from sfa.domain.near import near_words
from sfa.errors import NotFoundError, UsageError
from sfa.services.costs import visible
from sfa.services.desk import Desk

NEAR = 3
PPM_PER_PERCENT = 10_000


class Record(dict[str, Any]):
    """A record as read: field name to Money, text, int, or None; days and instants are ISO texts."""

    @property
    def id(self) -> str:
        """Return the record's id."""
        return str(self["id"])

    @property
    def ref(self) -> str:
        """Return the record's short reference."""
        return str(self["ref"] or "")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list."""

    name: str
    title: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows of one noun, and the columns that were asked for, in their order."""

    noun: str
    columns: tuple[Column, ...]
    rows: list[Record]


def read_noun(noun: str) -> ReadNoun:
    """Return how a noun is read.

    Raises:
        UsageError: there is no such noun.
    """
    found = READ_NOUNS.get(noun)
    if found is None:
        raise UsageError(f"There is no noun {noun}.", hint=f"Nouns: {', '.join(READ_NOUNS)}.")
    return found


def seen_noun(desk: Desk, noun: str) -> ReadNoun:
    """Return how a noun is read at this desk: without the costs that its person may not see.

    Raises:
        UsageError: there is no such noun.
    """
    return _on_today(desk, visible(desk, read_noun(noun)))


def select(
    desk: Desk,
    noun: str,
    *,
    where: str = "",
    sort: str = "",
    columns: Sequence[str] = (),
    limit: int | None = None,
    as_of: date | None = None,
    include_deleted: bool = False,
) -> Listing:
    """Return a list.

    Args:
        desk: the desk.
        noun: whose records.
        where: the filter language.
        sort: fields, comma-separated, a minus in front for descending.
        columns: fields; the noun's usual ones where none are given.
        limit: how many at most.
        as_of: for deals: how they stood at the end of that day; later ones are absent.
        include_deleted: those in the trash too.

    Raises:
        UsageError: an unknown field, or a filter that cannot be read.
    """
    query = _query(desk, noun, where, sort, columns)
    query = replace(query, is_with_deleted=include_deleted)
    if as_of is not None:
        query = _as_of(query, as_of)
    _refresh_where_words(desk, where)
    rows = [_record(query.fields, row) for row in queries.rows(desk.store, query, limit)]
    return Listing(noun, tuple(Column(item.name, item.title, item.kind) for item in query.fields), rows)


def record(desk: Desk, noun: str, record_id: str) -> Record:
    """Return all fields of one record, in the trash or not.

    Raises:
        NotFoundError: there is none of that id.
    """
    found = seen_noun(desk, noun)
    fields = tuple(found.fields.values())
    query = Query(found, fields, Condition(f"{found.alias}.id = ?", [record_id]), (), is_with_deleted=True)
    rows = queries.rows(desk.store, query, 1)
    if not rows:
        raise NotFoundError(
            f"That {noun} does not exist any more.", hint=f"List them with: sfa {command_of(noun)} list"
        )
    return _record(fields, rows[0])


def count(desk: Desk, noun: str, where: str = "") -> int:
    """Return how many records fit a filter."""
    _refresh_where_words(desk, where)
    return queries.count(desk.store, _query(desk, noun, where, "", ("id",)))


def ids(desk: Desk, noun: str, where: str = "") -> list[str]:
    """Return the ids of the records that fit a filter."""
    _refresh_where_words(desk, where)
    return queries.ids(desk.store, _query(desk, noun, where, "", ("id",)))


def can_filter(desk: Desk, noun: str, where: str) -> bool:
    """Tell whether a filter can be understood as it stands; used while it is being typed."""
    try:
        compile_filter(_context(desk), seen_noun(desk, noun), where)
    except UsageError:
        return False
    return True


def editable(desk: Desk, noun: str, record_id: str) -> dict[str, str]:
    """Return a record's fields as texts that a form can show and that read back as the same values."""
    found = record(desk, noun, record_id)
    return {
        name: _typed_text(spec.kind, found.get(name))
        for name, spec in NOUNS[noun].fields.items()
        if found.get(name) is not None
    }


def _typed_text(kind: str, value: object) -> str:
    if isinstance(value, Money):
        return f"{value.decimal_string()} {value.currency}"
    if kind == "bool":
        return "yes" if value else "no"
    if kind == "percent" and isinstance(value, int):
        return percent_text(value)
    return str(value)


def percent_text(value: int) -> str:
    """Return parts per million as `60 %`."""
    return f"{value // PPM_PER_PERCENT}{_fraction(value % PPM_PER_PERCENT)} %"


def _fraction(rest: int) -> str:
    return f".{rest:04d}".rstrip("0") if rest else ""


class RecordPages:
    """A list in pages, readable from any thread; what the screens' lists read from."""

    def __init__(self, desk: Desk, noun: str, where: str = "", sort: str = "", columns: Sequence[str] = ()) -> None:
        self._query = _query(desk, noun, where, sort, columns)
        _refresh_where_words(desk, where)
        self._pager = Pager(desk.store, self._query)
        self.columns = tuple(Column(item.name, item.title, item.kind) for item in self._query.fields)

    def read_from(self, anchor: tuple[object, ...] | None, limit: int) -> list[Record]:
        """Return `limit` records from the anchor on."""
        return [_record(self._query.fields, row) for row in self._pager.read_from(anchor, limit)]

    def read_anchors(self, step: int) -> tuple[int, Sequence[tuple[object, ...]]]:
        """Return the count and the anchors of every `step`-th record."""
        return self._pager.read_anchors(step)

    def interrupt(self) -> None:
        """Stop a count that is under way."""
        self._pager.interrupt()


def _context(desk: Desk) -> FilterContext:
    return FilterContext(desk.store, desk.today, desk.currency, desk.user_id)


def _on_today(desk: Desk, noun: ReadNoun) -> ReadNoun:
    """Return a noun with the day in the fields that depend on it: a quote expires by itself."""
    fields = {
        name: replace(item, sql=item.sql.replace(TODAY, f"'{desk.today.isoformat()}'"))
        for name, item in noun.fields.items()
        if TODAY in item.sql
    }
    return replace(noun, fields={**noun.fields, **fields}) if fields else noun


def _query(desk: Desk, noun: str, where: str, sort: str, columns: Sequence[str]) -> Query:
    found = seen_noun(desk, noun)
    condition = compile_filter(_context(desk), found, where)
    fields = tuple(_field(found, name.strip()) for name in columns or found.columns)
    order = tuple(
        Order(_field(found, part.strip().lstrip("-+")), part.strip().startswith("-"))
        for part in (sort or found.sort).split(",")
        if part.strip()
    )
    return Query(found, fields, condition, order)


def _field(noun: ReadNoun, name: str) -> ReadField:
    found = noun.field(name.lower())
    if found is None:
        near = near_words(name.lower(), noun.fields, NEAR)
        hint = f"Did you mean {' or '.join(near)}?" if near else f"Fields: {', '.join(noun.fields)}."
        raise UsageError(f"{noun.name.capitalize()} has no field {name}.", hint=hint)
    return found


_THEN = {
    "stage": ("ws.name", ""),
    "amount": ("w.amount_minor", "w.currency"),
    "currency": ("w.currency", ""),
    "close_date": ("w.close_date", ""),
    "probability": ("w.probability_ppm", ""),
    "category": ("w.category", ""),
    "status": ("CASE w.is_won WHEN 1 THEN 'won' WHEN 0 THEN 'lost' ELSE 'open' END", ""),
}


def _as_of(query: Query, day: date) -> Query:
    """Return the query over the state at the end of a day: fields that have a history are taken from it."""
    if query.noun.name != "opportunity":
        raise UsageError("Only deals can be listed as of a day.", hint="sfa opportunity list --as-of 2026-03-31")
    join, parameters = queries.as_of_condition((day + timedelta(days=1)).isoformat())
    noun = replace(query.noun, source=query.noun.source + join)
    then = query.condition.sql.replace("o.stage_id", "w.stage_id").replace("o.closed_on IS NULL", "w.is_won IS NULL")
    condition = Condition(then.replace("o.is_won", "w.is_won"), query.condition.parameters)
    for name, (sql, _) in _THEN.items():
        condition = Condition(condition.sql.replace(query.noun.fields[name].sql, sql), condition.parameters)
    return replace(
        query,
        noun=noun,
        fields=tuple(_then(item) for item in query.fields),
        condition=Condition(condition.sql, [*parameters, *condition.parameters]),
        order=tuple(replace(item, field=_then(item.field)) for item in query.order),
    )


def _then(item: ReadField) -> ReadField:
    sql, currency = _THEN.get(item.name, (item.sql, item.currency_sql))
    return replace(item, sql=sql, currency_sql=currency or item.currency_sql)


def _record(fields: Sequence[ReadField], row: Sequence[Any]) -> Record:
    found = Record(id=row[0], ref=row[1])
    position = 2
    for item in fields:
        value = row[position]
        position += 1
        if item.kind == "money":
            value = Money(value, row[position]) if value is not None and row[position] else None
            position += 1
        elif item.kind == "dec6" and value is not None:
            value = from_dec6(value)
        found[item.name] = value
    return found


def _refresh_where_words(desk: Desk, where: str) -> None:
    """Bring the search index up to date where the filter asks it."""
    if not where.strip():
        return
    from db.search import refresh  # noqa: PLC0415 - only where a filter may ask for words

    try:
        parse_filter(where)
    except FilterError:
        return
    if not desk.store.note:
        refresh(desk.store.connection)
