"""Where in a text the words stand that were searched for, and the piece of text around them.

Imports nothing but the words of the index: the fast door searches through this.
"""

from __future__ import annotations

from db.search_terms import LAST_DIGITS, fold_character, folded, is_ideograph, phone_digits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

BEFORE = 24
LENGTH = 80
SEARCHED_MOST = 20_000
CUT = "…"


class Finder:
    """Finds words, however they are written: `muller` in Müller, `国` in 中國."""

    def __init__(self, text: str) -> None:
        self.words = list(dict.fromkeys(folded(text).split()))
        digits = phone_digits(text)
        self.numbers = [form for form in (digits, digits.lstrip("0")) if len(form) >= LAST_DIGITS]

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where the words stand, in order, none over another."""
        found = [span for word in self._in_text(text) for span in word]
        spans: list[tuple[int, int]] = []
        for start, end in sorted(found):
            if spans and start < spans[-1][1]:
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((start, end))
        return spans

    def count(self, text: str) -> int:
        """Return how many of the words stand there."""
        return sum(bool(spans) for spans in self._in_text(text))

    def _in_text(self, text: str) -> list[list[tuple[int, int]]]:
        """Return for each word where it stands."""
        text = text[:SEARCHED_MOST]
        if text.isascii():
            plain, places = text.lower(), None
        else:
            plain, places = _folded_with_places(text)
        return [_occurrences(plain, word, places) for word in self.words]


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """Return text folded character by character, and where each character of that came from, the end included."""
    parts = [fold_character(character) for character in text]
    places = [at for at, part in enumerate(parts) for _ in part]
    return "".join(parts), [*places, len(text)]


def _occurrences(plain: str, word: str, places: list[int] | None) -> list[tuple[int, int]]:
    """Return where a word begins some word; of a script without words, where it stands."""
    found = []
    is_anywhere = is_ideograph(word[0])
    at = plain.find(word)
    while at >= 0:
        end = at + len(word)
        if is_anywhere or at == 0 or not plain[at - 1].isalnum() or is_ideograph(plain[at - 1]):
            found.append((places[at], places[end - 1] + 1) if places else (at, end))
        at = plain.find(word, end)
    return found


def piece_around(finder: Finder, lines: Iterable[str], phones: str | None) -> str:
    """Return the phone number, or the piece of the texts, that holds most of what was searched for; empty where none does."""
    for phone in (phones or "").split("\n") if finder.numbers else ():
        if any(number in phone_digits(phone) for number in finder.numbers):
            return phone
    best, most = "", 0
    for line in lines:
        count = finder.count(line)
        if count > most:
            best, most = line, count
    return _piece(best, finder.spans(best)[0][0]) if best else ""


def _piece(line: str, at: int) -> str:
    """Return what stands around a place, cut between words where there are any near."""
    start = max(at - BEFORE, 0)
    if start and (space := line.find(" ", start, at)) >= 0:
        start = space + 1
    piece = line[start : start + LENGTH]
    if start + LENGTH < len(line):
        piece = (piece.rpartition(" ")[0] or piece) + CUT
    return CUT + piece if start else piece
