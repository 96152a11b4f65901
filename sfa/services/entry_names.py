"""Names of the book that what stands before the cursor may become: people, companies, deals, by letters or by sound."""

from __future__ import annotations

from itertools import islice

from db.queries import whom
from sfa.services.matching import Match, Matcher, is_han

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.store import Store

SHOWN = 9
LEAST = 2
MOST_WORDS = 6
_BREAKS = " @,;，；：:"
_NOUNS = ("contact", "account", "opportunity")
_AFTER = ("at", "from", "of", "在")
"""Words behind which a company is meant first."""


class Names:
    """What may stand in the place of an unfinished name.

    Attributes:
        start: where it begins in the line.
        found: the likeliest first.
    """

    __slots__ = ("found", "start")

    def __init__(self, start: int, found: Sequence[Match]) -> None:
        self.start = start
        self.found = found


def names_before(store: Store, before: str) -> Names | None:
    """Return the names that the end of a text may become, the longest beginning of one first; None where there are none.

    Args:
        store: the open book.
        before: the line up to the cursor.
    """
    starts = list(_starts(before))
    for look in (_begun, _heard):
        for start in starts:
            found = list(islice(look(store, before[start:], _nouns_at(before, start)), SHOWN))
            if found:
                return Names(start, found)
    return None


def _starts(before: str) -> Iterator[int]:
    """Yield where a name that ends at the end may begin: words, or Chinese characters; the longest first."""
    places = [
        at
        for at, sign in enumerate(before)
        if sign not in _BREAKS and (not at or before[at - 1] in _BREAKS or is_han(sign))
    ]
    for at in places[-MOST_WORDS * 2 :]:
        is_company = before[at - 1 : at] == "@"
        if is_company or len(before) - at >= (1 if is_han(before[at:]) else LEAST):
            yield at


def _nouns_at(before: str, start: int) -> tuple[str, ...]:
    if before[:start].endswith("@"):
        return ("account",)
    words = before[:start].split()
    return ("account", "contact", "opportunity") if words and words[-1].lower() in _AFTER else _NOUNS


def _begun(store: Store, text: str, nouns: Sequence[str]) -> Iterator[Match]:
    for noun in nouns:
        for row in whom.beginning(store, noun, text):
            yield Match(noun, row)


def _heard(store: Store, text: str, nouns: Sequence[str]) -> Iterator[Match]:
    """Yield names that hold these words, or sound so."""
    if text.isspace() or (len(text) < LEAST and not is_han(text)):
        return
    for noun in nouns:
        for row in Matcher.holding(store, noun, text):
            yield Match(noun, row)
