"""Words like one that is unknown, for "did you mean"."""

from collections.abc import Iterable

MOST = 3


def near_words(word: str, known: Iterable[str], n: int = MOST, cutoff: float = 0.6) -> list[str]:
    """Return the known words that are most like `word`, best first."""
    from difflib import get_close_matches  # noqa: PLC0415 - 4 ms, needed only where something is wrong

    return get_close_matches(word, list(known), n, cutoff)
