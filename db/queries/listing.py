"""Lists of any noun: chosen columns, a filter, an order, pages by keyset (never OFFSET), a state as of a day."""

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from db.connection import connect
from db.driver import Connection
from db.queries.filtering import Condition
from db.queries.nouns import ReadField, ReadNoun
from db.store import Store

SAMPLE_CACHE_KB = 1000


@dataclass(frozen=True, slots=True)
class Order:
    """One sort key."""

    field: ReadField
    is_descending: bool


@dataclass(frozen=True, slots=True)
class Query:
    """What a list reads."""

    noun: ReadNoun
    fields: tuple[ReadField, ...]
    condition: Condition
    order: tuple[Order, ...]
    is_with_deleted: bool = False

    @property
    def base(self) -> str:
        """Return FROM and WHERE."""
        return f"FROM {self.noun.source} WHERE {self._alive} AND {self.condition.sql}"

    def counted(self, key: str = "") -> str:
        """Return FROM and WHERE without the joins, where neither the condition nor a sort key needs one."""
        joined = re.findall(r"JOIN \S+ (\w+) ON", self.noun.source)
        used = set(re.findall(r"\b(\w+)\.", f"{self.condition.sql} {key}"))
        if used & set(joined):
            return self.base
        return f"FROM {self.noun.table} {self.noun.alias} WHERE {self._alive} AND {self.condition.sql}"

    @property
    def _alive(self) -> str:
        return "1" if self.is_with_deleted else f"{self.noun.alias}.deleted_at IS NULL"

    @property
    def columns(self) -> str:
        """Return the expressions: id, ref, then each field (money with its currency behind it)."""
        alias = self.noun.alias
        parts = [f"{alias}.id", f"{alias}.ref"]
        for chosen in self.fields:
            parts.append(chosen.sql)
            if chosen.kind == "money":
                parts.append(chosen.currency_sql)
        return ", ".join(parts)


def rows(store: Store, query: Query, limit: int | None = None) -> list[Any]:
    """Return all rows of a list, in order."""
    keys = [f"{item.field.key}{' DESC' if item.is_descending else ''}" for item in query.order]
    order = ", ".join([*keys, f"{query.noun.alias}.rowid"])
    tail = "" if limit is None else f" LIMIT {int(limit)}"
    return store.rows(f"SELECT {query.columns} {query.base} ORDER BY {order}{tail}", query.condition.parameters)


def ids(store: Store, query: Query) -> list[str]:
    """Return the ids of all records of a list."""
    sql = f"SELECT {query.noun.alias}.id {query.counted()}"
    return [str(row[0]) for row in store.rows(sql, query.condition.parameters)]


def count(store: Store, query: Query) -> int:
    """Return how many records fit."""
    return int(store.value(f"SELECT count(*) {query.counted()}", query.condition.parameters))


def as_of_condition(day_after: str) -> tuple[str, list[object]]:
    """Return a join that gives each deal's state before the instant `day_after`, and its parameters."""
    sql = (
        " JOIN opportunity_history w ON w.rowid = (SELECT x.rowid FROM opportunity_history x WHERE x.opportunity_id = o.id"
        " AND x.at < ? ORDER BY x.at DESC, x.rowid DESC LIMIT 1) LEFT JOIN stage ws ON ws.id = w.stage_id"
    )
    return sql, [day_after]


class Pager:
    """Pages of a list over connections of its own, so that it may be read from any thread.

    The first sort key alone orders the list, with the rowid behind it. Rows without a value come first, or last where
    the order is descending, as SQLite has it.
    """

    def __init__(self, store: Store, query: Query) -> None:
        self._path = store.workspace.database
        self._fallback = store.connection if store.note else None
        self._query = query
        self._key = query.order[0].field.key
        self._is_descending = query.order[0].is_descending
        self._pages: Connection | None = None
        self._counting: Connection | None = None

    def _connect(self) -> Connection:
        if self._fallback is not None:
            return self._fallback
        connection = connect(self._path, read_only=True)
        connection.execute(f"PRAGMA cache_size=-{SAMPLE_CACHE_KB}")
        return connection

    def read_from(self, anchor: tuple[object, ...] | None, limit: int) -> list[Any]:
        """Return `limit` rows from the anchor on (its row, or what followed it); None is the start."""
        if self._pages is None:
            self._pages = self._connect()
        found: list[Any] = []
        for condition, parameters in self._segments(anchor):
            if len(found) < limit:
                found += self._segment(condition, parameters, limit - len(found))
        return found

    def _segments(self, anchor: tuple[object, ...] | None) -> list[tuple[str, list[object]]]:
        """Return conditions that, one after the other, give the rows from the anchor on; each can use the index."""
        key, rowid = self._key, f"{self._query.noun.alias}.rowid"
        beyond = "<=" if self._is_descending else ">="
        without: tuple[str, list[object]] = (f"{key} IS NULL", [])
        with_value: tuple[str, list[object]] = (f"{key} IS NOT NULL", [])
        if anchor is None:
            return [with_value, without] if self._is_descending else [without, with_value]
        value, row = anchor
        if value is None:
            here: tuple[str, list[object]] = (f"{key} IS NULL AND {rowid} {beyond} ?", [row])
            return [here] if self._is_descending else [here, with_value]
        here = (f"({key}, {rowid}) {beyond} (?, ?)", [value, row])
        return [here, without] if self._is_descending else [here]

    def _segment(self, condition: str, parameters: list[object], limit: int) -> list[Any]:
        way = "DESC" if self._is_descending else "ASC"
        alias = self._query.noun.alias
        sql = (
            f"SELECT {self._query.columns} {self._query.base} AND {condition}"
            f" ORDER BY {self._key} {way}, {alias}.rowid {way} LIMIT ?"
        )
        assert self._pages is not None  # noqa: S101 - read_from has opened it
        return self._pages.execute(sql, [*self._query.condition.parameters, *parameters, limit]).fetchall()

    def read_anchors(self, step: int) -> tuple[int, "Anchors"]:
        """Return the count of all rows and the anchors of rows 0, step, 2 * step...; may take long."""
        if self._counting is None:
            self._counting = self._connect()
        way = "DESC" if self._is_descending else "ASC"
        rowid = f"{self._query.noun.alias}.rowid"
        source = self._query.counted(self._key)
        total = self._counting.execute(f"SELECT count(*) {source}", self._query.condition.parameters).fetchone()[0]
        rows = self._counting.execute(
            f"SELECT k, r FROM (SELECT {self._key} AS k, {rowid} AS r, row_number() OVER (ORDER BY {self._key} {way},"
            f" {rowid} {way}) - 1 AS n {source}) WHERE n % ? = 0",
            [*self._query.condition.parameters, step],
        )
        keys: list[object] = []
        numbers = array("q")
        for key, number in rows:
            keys.append(key)
            numbers.append(number)
        return int(total), Anchors(keys, numbers)

    def interrupt(self) -> None:
        """Stop a count that is under way."""
        if self._counting is not None and self._fallback is None:
            self._counting.interrupt()


class Anchors(Sequence[tuple[object, ...]]):
    """Sort key and rowid of every so many-th row, kept small."""

    def __init__(self, keys: list[object], numbers: "array[int]") -> None:
        self._keys = keys
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, index: Any) -> Any:  # noqa: ANN401 - a sequence takes numbers and slices
        if isinstance(index, slice):
            return [self[position] for position in range(*index.indices(len(self)))]
        return (self._keys[index], self._numbers[index])
