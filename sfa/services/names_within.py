"""Names found by words inside of them, or by the sounds of Chinese ones: asked where the index of names knows nothing."""

from __future__ import annotations

from db.queries import whom
from db.search import refresh
from db.search_hits import candidates
from db.search_terms import folded
from sfa.services.matching import has_word, is_han

TYPE_CHECKING = False
if TYPE_CHECKING:
    from db.queries.whom import Row
    from db.store import Store


def holding(store: Store, noun: str, name: str) -> list[Row]:
    """Find as `held` does, once the index knows all that was written."""
    if not store.note:
        refresh(store.connection)
    return held(store, noun, name)


def held(store: Store, noun: str, name: str) -> list[Row]:
    """Find by words inside of the name, or by the sounds of a Chinese one, with the index of the search as it is."""
    ids = [row_id for _, row_id in candidates(store.connection, name, [noun])]
    rows = whom.of_ids(store, noun, ids) if ids else []
    wanted = folded(name)
    return [row for row in rows if has_word(folded(row[2]), wanted) or (name.isascii() and is_han(row[2]))][
        : whom.SHOWN
    ]
