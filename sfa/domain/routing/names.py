"""How the name of a place is written when places are compared, and what of a written address may be one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sfa.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNS: Final = re.compile(r"[.,;:'’`´/()\[\]-]+")
_SAINTS: Final = re.compile(r"^(?:saint|sankt|sainte|ste) ")
_UMLAUTS: Final = (("ae", "a"), ("oe", "o"), ("ue", "u"))
_AREAS: Final = "市县縣区區"
_SHORTEST_REST: Final = 4


def place_key(name: str) -> str:
    """Return a name for comparison: `Saint-Étienne` and `St. Etienne` are the same."""
    key = " ".join(_SIGNS.sub(" ", fold(name)).split())
    return _SAINTS.sub("st ", key)


def spellings(name: str) -> Iterator[str]:
    """Yield the keys that a written town may have: as it stands, without a postcode or district number, without umlauts."""
    key = place_key(name)
    bare = " ".join(word for word in key.split() if not any(sign.isdigit() for sign in word))
    yield from dict.fromkeys(found for found in (key, bare, bare.rstrip(_AREAS)) if found)
    plain = bare
    for written, spoken in _UMLAUTS:
        plain = plain.replace(written, spoken)
    if plain != bare:
        yield plain


def beginnings(name: str) -> Iterator[str]:
    """Yield the keys of a name with words left out at its end, `Frankfurt am Main Ost`: the longest first."""
    words = place_key(name).split()
    for count in range(len(words) - 1, 0, -1):
        key = " ".join(words[:count])
        if len(key) >= _SHORTEST_REST:
            yield key
