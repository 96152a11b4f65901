"""What calendar and address files share: words as tags, and lines that a record keeps beside its columns."""

from collections.abc import Iterable
from typing import Final

from sfa.domain.text import clean
from sfa.exchange.content_lines import Component, split_value

LONGEST_TAG: Final = 60
ROOM: Final = 1_000_000
"""As many characters as the column `extra` takes."""


def categories(component: Component) -> list[str]:
    """Return the words of CATEGORIES as tags, each once."""
    words = [word for line in component.all("CATEGORIES") for word in split_value(line.value, ",")]
    named = (" ".join(clean(word).split())[:LONGEST_TAG] for word in words)
    return list(dict.fromkeys(word for word in named if word))


def within_room(lines: Iterable[tuple[int, str]], notes: list[tuple[int, str]], taken: int = 0) -> list[str]:
    """Return the lines that fit into what a record keeps; the others are noted, each with its number."""
    kept = []
    for number, text in lines:
        if taken + len(text) + 1 > ROOM:
            name = text.partition(":")[0].partition(";")[0]
            notes.append((number, f"{name} has {len(text):,} characters, too many to be kept; it was left out"))
            continue
        taken += len(text) + 1
        kept.append(text)
    return kept
