"""Finds records by the index: candidates by SQL, their order by what people look for first.

Standard library and the bare driver only: both doors search through this.
"""

from __future__ import annotations

from db.search_places import Finder, piece_around
from db.search_shapes import CALLED, GROUPS, NAMED, NOUN_OF, SHAPES, SHIFT, first_entry, table_of
from db.search_terms import folded, is_near, match_queries, near_query
from sfa.domain.currencies import exponent, is_currency

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from db.driver import Connection

LIMIT = 50
TITLE = 80
FIELDS = ("noun", "id", "ref", "title", "detail", "at", "amount", "currency", "snippet")
TITLES = ("Kind", "Ref", "Name", "What", "Found in")
LEAST_CANDIDATES = 30
CALLED_MOST = 10
FEW = 3
COMMON = 300
ENDINGS = 16
LAST_CHARACTER = "\U0010ffff"
_FAR = 1000
_EXACT, _BEGINS, _WITHIN, _ELSEWHERE = range(4)


class Hit:
    """A record that fits.

    Attributes:
        table: where it is kept, which is the noun's name too.
        title: what it is called, on one line.
        detail: what tells it from its namesakes.
        at: its day (`2026-03-10`), wall time or instant, or None.
        at_shown: the same in local time, for people.
        money: amount in minor units and currency, or None.
        snippet: the text around the words, where they are not in the title.
    """

    __slots__ = ("at", "at_shown", "detail", "id", "money", "ref", "snippet", "table", "title")

    def __init__(self, table: str, values: Sequence[Any]) -> None:
        self.table = table
        self.id, self.ref, title, self.detail, self.at, self.at_shown, amount, currency = values
        self.title = " ".join(title.split())[:TITLE]
        self.money: tuple[int, str] | None = None if amount is None else (amount, currency)
        self.snippet = ""

    @property
    def noun(self) -> str:
        """Return what people call such records."""
        return NOUN_OF.get(self.table, self.table)

    def fields(self) -> dict[str, str | None]:
        """Return what is known of it by name; money as a decimal string with its currency."""
        amount = None if self.money is None else decimal_string(*self.money)
        currency = self.money and self.money[1]
        told = (
            self.noun,
            self.id,
            self.ref,
            self.title,
            self.detail,
            self.at,
            amount,
            currency,
            self.snippet,
        )
        return dict(zip(FIELDS, told, strict=True))

    def cells(self) -> tuple[str, str, str, str, str]:
        """Return what people are shown of it, below TITLES."""
        amount = self.money and f"{decimal_string(*self.money)} {self.money[1]}"
        told = ", ".join(part for part in (self.detail, amount, self.at_shown) if part)
        return self.noun, self.ref, self.title, told, self.snippet


def decimal_string(amount_minor: int, currency: str) -> str:
    """Return `1234.00`: a decimal number with the decimals of the currency."""
    places = exponent(currency) if is_currency(currency) else 2
    sign, digits = ("-" if amount_minor < 0 else ""), str(abs(amount_minor)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else sign + digits


def search(
    connection: Connection, text: str, *, tables: Sequence[str] = (), limit: int = LIMIT, user_id: str | None = None
) -> list[Hit]:
    """Return what fits, best first: what is called exactly so, then names, open deals, one's own, the newest.

    Args:
        connection: the store, its index up to date.
        text: what was typed.
        tables: where to look; empty: everywhere.
        limit: how many hits at most.
        user_id: whose records go first.
    """
    text = " ".join(text.split())
    found = candidates(connection, text, tables, limit)
    best = _ranked(connection, _closeness(text), found, user_id)
    is_little = not best or (len(best) < FEW and best[0][0][0] == _ELSEWHERE)
    if is_little and (query := near_query(text)):
        known = {record for _, record in best}
        near = [record for record in _matching(connection, query, tables, limit) if record not in known]
        best += _ranked(connection, _likeness(text), near, user_id)
    return _shown(connection, text, [record for _, record in best[:limit]])


def candidates(
    connection: Connection, text: str, tables: Sequence[str] = (), limit: int = LIMIT
) -> list[tuple[str, str]]:
    """Return (table, id) of records that fit, in no order: those called so, and the newest of each group of tables."""
    found = dict.fromkeys(_called(connection, text, tables))
    for query in match_queries(text, lambda word: endings(connection, word)):
        found |= dict.fromkeys(_matching(connection, query, tables, limit))
        if found:
            break
    return list(found)


def endings(connection: Connection, word: str) -> list[str]:
    """Return the words that a beginning of very many records goes on to, the commonest; none where it has few."""
    rows = connection.execute(
        "SELECT word, count FROM search_word WHERE word >= ? AND word < ?", (word, word + LAST_CHARACTER)
    ).fetchall()
    if sum(row[1] for row in rows) < COMMON:
        return []
    rows.sort(key=lambda row: -row[1])
    return [row[0] for row in rows[:ENDINGS]]


def _matching(connection: Connection, query: str, tables: Sequence[str], limit: int) -> list[tuple[str, str]]:
    """Return the entries that fit; of many the newest of each group. Never ordered by rank, which reads all that fit."""
    each = max(limit, LEAST_CANDIDATES)
    ranges = list(_ranges(tables))
    if len(ranges) > 1:
        found = _newest(connection, query, (0, ranges[-1][1]), each)
        if len(found) < each:
            return found if not tables else [record for record in found if record[0] in tables]
    return [record for numbers in ranges for record in _newest(connection, query, numbers, each)]


def _newest(connection: Connection, query: str, numbers: tuple[int, int], count: int) -> list[tuple[str, str]]:
    rows = connection.execute(
        "SELECT n.id, n.row_id FROM search_index JOIN search_entry n ON n.id = search_index.rowid"
        " WHERE search_index MATCH ? AND search_index.rowid BETWEEN ? AND ? ORDER BY search_index.rowid DESC LIMIT ?",
        (query, *numbers, count),
    )
    return [(table_of(row[0]), row[1]) for row in rows]


def _ranges(tables: Sequence[str]) -> Iterable[tuple[int, int]]:
    """Yield the first and last number of each group of tables, or of each of the tables asked for."""
    for group in [(table,) for table in tables] or GROUPS:
        yield first_entry(group[0]), first_entry(group[-1]) + (1 << SHIFT) - 1


def _called(connection: Connection, text: str, tables: Sequence[str]) -> list[tuple[str, str]]:
    """Return records of that reference, and some whose name begins so, whatever their age."""
    found: list[tuple[str, str]] = []
    for table in tables or SHAPES:
        rows = connection.execute(
            f"SELECT id FROM {table} WHERE ref = ? AND deleted_at IS NULL", (text.lower(),)
        ).fetchall()
        if table in CALLED:
            rows += connection.execute(
                f"SELECT id FROM {table} WHERE deleted_at IS NULL AND name COLLATE NOCASE >= ?"
                f" AND name COLLATE NOCASE < ? ORDER BY name COLLATE NOCASE LIMIT {CALLED_MOST}",
                (text, text + LAST_CHARACTER),
            )
        found += [(table, row[0]) for row in rows]
    return found


def _ranked(
    connection: Connection, rank: Callable[[str, str], int], found: Sequence[tuple[str, str]], user_id: str | None
) -> list[tuple[tuple[int, bool, bool, str], tuple[str, str]]]:
    """Return the records with what they are ordered by, the best first; `rank` orders titles and references."""
    ranked = []
    for table, ids in _by_table(found).items():
        shape = SHAPES[table]
        marks = ", ".join("?" * len(ids))
        rows = connection.execute(
            f"SELECT t.id, t.ref, substr({shape.title}, 1, 200), {shape.closed}, {shape.owner}, t.updated_at FROM {table} t"
            f" WHERE t.deleted_at IS NULL AND t.id IN ({marks})",
            ids,
        )
        for record_id, ref, title, is_closed, owner, updated_at in rows:
            is_other = owner is not None and owner != user_id
            near = rank(title, ref)
            if near == _WITHIN and table not in NAMED:
                near = _ELSEWHERE  # a subject is no name
            key = (near, bool(is_closed), is_other, updated_at)
            ranked.append((key, (table, record_id)))
    ranked.sort(key=lambda item: item[0][3], reverse=True)
    ranked.sort(key=lambda item: item[0][:3])
    return ranked


def _closeness(text: str) -> Callable[[str, str], int]:
    """Return how near a title and a reference come to what was typed: exact, beginning so, holding it, elsewhere."""
    typed, lowered = folded(text), text.lower()
    words = typed.split()

    def rank(title: str, ref: str) -> int:
        if lowered == ref:
            return _EXACT
        called = title.lower() if title.isascii() else folded(title)
        if called == typed:
            return _EXACT
        if called.startswith(typed):
            return _BEGINS
        is_within = all(word in called for word in words) or (
            typed.isascii() and not title.isascii()
        )  # or by its sound
        return _WITHIN if is_within else _ELSEWHERE

    return rank


def _likeness(text: str) -> Callable[[str, str], int]:
    """Return how like a title is to what was typed with an error: the nearer in length, the more is it what was meant."""
    typed = folded(text)
    words = typed.split()

    def rank(title: str, _: str) -> int:
        called = folded(title)
        is_like = any(is_near(word, other) for word in words for other in called.split())
        return _WITHIN + abs(len(called) - len(typed)) + (0 if is_like else _FAR)

    return rank


def _by_table(found: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    by_table: dict[str, list[str]] = {}
    for table, record_id in found:
        by_table.setdefault(table, []).append(record_id)
    return by_table


def _shown(connection: Connection, text: str, found: Sequence[tuple[str, str]]) -> list[Hit]:
    """Return the records as hits, in their order."""
    finder = Finder(text)
    hits: dict[tuple[str, str], Hit] = {}
    for table, ids in _by_table(found).items():
        shape = SHAPES[table]
        at_shown = f"strftime('%Y-%m-%d %H:%M', {shape.at}, 'localtime')" if shape.at.endswith("ed_at") else shape.at
        sql = (
            f"SELECT t.id, t.ref, substr({shape.title}, 1, 200), COALESCE({shape.detail}, ''), {shape.at}, {at_shown},"
            f" {shape.money} FROM {table} t WHERE t.id IN ({', '.join('?' * len(ids))})"
        )
        for row in connection.execute(sql, ids):
            hits[table, row[0]] = Hit(table, row)
    for hit in hits.values():
        if finder.count(f"{hit.title}\n{hit.detail}") < len(finder.words):
            hit.snippet = _snippet(connection, finder, hit)
    return [hits[record] for record in found if record in hits]


def _snippet(connection: Connection, finder: Finder, hit: Hit) -> str:
    """Return the text of a record around the words; empty where nothing shows them, as with a name found by its sound."""
    shape = SHAPES[hit.table]
    texts, phones = connection.execute(
        f"SELECT concat_ws(char(10), {shape.title}, {', '.join(shape.texts)}), {shape.phones} FROM {hit.table} t"
        " WHERE t.id = ?",
        (hit.id,),
    ).fetchone()
    return piece_around(finder, texts.split("\n"), phones)
