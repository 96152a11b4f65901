"""How Chinese names sound: pinyin in full and its initials, from every character on."""

from __future__ import annotations

from unicodedata import normalize

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

INITIALS = 8
SYLLABLES = 6
FEW = 500
_SURNAMES = {"单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "查": "zha", "盖": "ge", "翟": "zhai", "区": "ou"}


def sounds(title: str) -> str:
    """Return words that a Chinese name is typed as: 远东 gives yuandong, yd, dong, d; nothing for other names."""
    words = _READER.read(title)
    if not words:
        return ""
    found = _from_each(words)
    surname = _SURNAMES.get(title[0])
    if surname and surname != words[0]:
        found += _from_each([surname, *words[1:]])[:2]
    return " ".join(found)


def _from_each(words: list[str]) -> list[str]:
    initials = "".join([word[0] for word in words])
    found: list[str] = []
    for at in range(len(words)):
        found += ("".join(words[at : at + SYLLABLES]), initials[at : at + INITIALS])
    return found


class _Reader:
    """Reads characters; after a few names it knows which of them never need their phrase to be looked up."""

    def __init__(self) -> None:
        self._count = 0
        self._syllables: dict[str, str] = {}
        self._ambiguous: frozenset[str] | None = None
        self._in_phrases: Callable[[str], list[str]] | None = None

    def read(self, title: str) -> list[str]:
        """Return the syllables of the ideographs of a title, without tones."""
        self._count += 1
        if self._count <= FEW:
            return self._look_up(title)
        if self._ambiguous is None:
            self._ambiguous = _ambiguous()
        if not self._ambiguous.isdisjoint(title):
            return self._look_up(title)
        known = self._syllables
        for character in title:
            if character not in known:
                known[character] = "".join(self._look_up(character))
        return [known[character] for character in title if known[character]]

    def _look_up(self, title: str) -> list[str]:
        if self._in_phrases is None:
            self._in_phrases = _reading()
        return self._in_phrases(title)


def _reading() -> Callable[[str], list[str]]:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - only for Chinese names

    def read(title: str) -> list[str]:
        return lazy_pinyin(title, errors="ignore")

    return read


def _ambiguous() -> frozenset[str]:
    """Return the characters that some phrase reads otherwise than they are read alone."""
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT  # noqa: PLC0415 - as above

    pairs = {
        (character, reading, PINYIN_DICT.get(ord(character), "").partition(",")[0])
        for phrase, readings in PHRASES_DICT.items()
        for character, (reading, *_) in zip(phrase, readings, strict=False)
    }
    return frozenset(character for character, reading, alone in pairs if _plain(reading) != _plain(alone))


def _plain(syllable: str) -> str:
    return normalize("NFD", syllable).encode("ascii", "ignore").decode()


_READER = _Reader()
