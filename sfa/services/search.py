"""Search of everything, for the screens and the commands; the fast door asks `db.search_hits` itself."""

from collections.abc import Sequence

from db import search as index
from db.connection import storage_errors
from db.queries.nouns import READ_NOUNS
from db.search_hits import FIELDS, LIMIT, TITLES, Hit
from db.search_hits import search as search_hits
from db.search_places import Finder
from db.search_shapes import NOUN_OF, TABLES
from sfa.domain.text import clean
from sfa.errors import UsageError
from sfa.services.desk import Desk

__all__ = ["FIELDS", "LIMIT", "TITLES", "Finder", "Hit", "search", "searched_noun"]


def search(desk: Desk, text: str, *, nouns: Sequence[str] = (), limit: int = LIMIT) -> list[Hit]:
    """Return what fits, best first: exact names, then names, open deals, one's own, the newest.

    Args:
        desk: the book; its index is brought up to date first, where it can be written.
        text: words or their beginnings, a phone number, a reference; typing errors are forgiven where little fits.
        nouns: where to look; empty: everywhere.
        limit: how many hits at most.
    """
    words = clean(text).strip()
    if not words:
        return []
    if not desk.store.note:
        index.refresh(desk.store.connection)
    tables = [READ_NOUNS[noun].table for noun in nouns]
    with storage_errors(desk.store.workspace.file):
        return search_hits(desk.store.connection, words, tables=tables, limit=limit, user_id=desk.user_id)


def searched_noun(noun: str) -> str:
    """Return the noun, where search looks for such records.

    Raises:
        UsageError: it does not.
    """
    nouns = [NOUN_OF.get(table, table) for table in TABLES]
    if noun not in nouns:
        raise UsageError(f"Search does not look for {noun}.", hint=f"It looks for: {', '.join(nouns)}.")
    return noun
