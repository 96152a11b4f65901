"""Search of everything: words as prefixes, Chinese by any characters, numbers in any form, typing errors as a second try."""

from collections.abc import Sequence
from dataclasses import dataclass

from db import search as index
from db.queries import names
from db.queries.nouns import READ_NOUNS
from sfa.domain.text import clean, fold
from sfa.services.desk import Desk

LIMIT = 50
SECOND_TRY = 70
SNIPPET = 80
NOUN_OF_TABLE = {noun.table: name for name, noun in READ_NOUNS.items()}
_ORDER = ("account", "contact", "opportunity", "lead", "task", "event", "activity", "product", "note")


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that fits: what it is called, what tells it apart, and the text around the words."""

    noun: str
    id: str
    ref: str
    title: str
    detail: str
    snippet: str = ""


def search(desk: Desk, text: str, *, nouns: Sequence[str] = (), limit: int = LIMIT) -> list[Hit]:
    """Return what fits, best first: exact titles, then titles that begin so, then the newest."""
    words = " ".join(clean(text).split())
    if not words:
        return []
    if not desk.store.note:
        index.refresh(desk.store.connection)
    tables = [READ_NOUNS[noun].table for noun in nouns]
    found = index.find(desk.store.connection, words, tables)
    hits = _hits(desk, found)
    if not hits:
        hits = _similar(desk, words, nouns or _ORDER)
    return sorted(hits, key=lambda hit: _rank(hit, fold(words)))[:limit]


def _hits(desk: Desk, found: Sequence[tuple[str, str]]) -> list[Hit]:
    """Return the records found, in the order found; one query per table."""
    by_noun: dict[str, list[str]] = {}
    for table, record_id in found:
        by_noun.setdefault(NOUN_OF_TABLE[table], []).append(record_id)
    named = {(noun, item.id): item for noun, ids in by_noun.items() for item in names.by_ids(desk.store, noun, ids)}
    hits = []
    for table, record_id in found:
        item = named.get((NOUN_OF_TABLE[table], record_id))
        if item:
            hits.append(Hit(NOUN_OF_TABLE[table], item.id, item.ref, item.name[:SNIPPET], item.detail))
    return hits


def _similar(desk: Desk, words: str, nouns: Sequence[str]) -> list[Hit]:
    """Return names that are like the words, typing errors forgiven."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only where nothing else fits

    hits = []
    for noun in nouns:
        if noun not in ("account", "contact", "opportunity", "lead", "product"):
            continue
        everything = names.all_names(desk.store, noun)
        best = process.extract(fold(words), [fold(item.name) for item in everything], scorer=fuzz.WRatio, limit=5)
        hits += [
            Hit(noun, everything[at].id, everything[at].ref, everything[at].name, everything[at].detail)
            for _, score, at in best
            if score >= SECOND_TRY
        ]
    return hits


def _rank(hit: Hit, words: str) -> tuple[int, int]:
    title = fold(hit.title)
    closeness = 0 if words in (title, hit.ref) else 1 if title.startswith(words) else 2
    return closeness, _ORDER.index(hit.noun) if closeness < 2 else 0  # noqa: PLR2004 - the newest, whatever they are
