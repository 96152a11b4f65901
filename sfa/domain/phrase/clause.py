"""One clause of a line while it is read: what of it was understood, and the words left."""

from sfa.domain.phrase.amounts import amounts_within
from sfa.domain.phrase.scan import END, HAN, WORD, Scan, is_han
from sfa.domain.phrase.values import PhraseError, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Container
    from datetime import datetime

    from sfa.domain.phrase.amounts import Amount
    from sfa.domain.phrase.values import Book
    from sfa.domain.when import When

_PART_ENDS = (",", ":", "，", "-", "|")
_SEPARATORS = ",;:，；：、。"
_LONGEST_PHRASE = 5
_LONGEST_HAN = 6
_LONGEST_NAME = 120
NAMES_ASKED = 40
LONGEST_SEARCH = 300
_MOST_SEARCHED = 4000
_HAN_COSTS = 3
_GAP = "|"


class Names:
    """The book, asked at word starts only, each once, and so many times a line."""

    __slots__ = ("_book", "_known", "_left", "_scan")

    def __init__(self, scan: Scan, book: "Book") -> None:
        self._scan = scan
        self._book = book
        self._known: dict[int, tuple[int, str] | None] = {}
        self._left = NAMES_ASKED

    def at(self, at: int) -> tuple[int, str] | None:
        """Return the token after the name of the book that begins at a token, and its noun."""
        if at in self._known:
            return self._known[at]
        if not self._left:
            return None
        self._left -= 1
        scan = self._scan
        start = scan.starts[at]
        typed = scan.text[start : start + _LONGEST_NAME]
        found = self._book.name_at(" ".join(typed.split()))
        known = None
        if found is not None and found[0] > 0:
            after = scan.tokens_of(start, start + _typed_length(typed, found[0]))[1]
            known = (after, found[1]) if after > at else None
        self._known[at] = known
        return known

    def means(self, first: int, after: int) -> str:
        """Return the noun of the record that the tokens `[first, after)` refer to, where they are no name of the book."""
        if not self._left:
            return ""
        self._left -= 1
        return self._book.means(self._scan.typed(first, after))


def _typed_length(typed: str, length: int) -> int:
    """Return how many characters as typed are so many with single spaces."""
    if "  " not in typed and typed.isprintable():
        return length
    at = seen = 0
    while at < len(typed) and seen < length:
        is_gap = typed[at].isspace()
        seen += not (is_gap and typed[at - 1].isspace())
        at += 1
    return at


class Context:
    """What a line is read with: its tokens, the moment, the habits of the desk.

    Attributes:
        now: naive local wall time.
        order: of dates in figures: dmy, mdy or ymd.
        own: the currency that signs which several share mean.
        stages: plain words for a stage, and the stage.
    """

    __slots__ = ("_left", "found", "language", "names", "now", "order", "own", "scan", "stages")

    def __init__(self, scan: Scan, book: "Book", now: "datetime", order: str, language: str) -> None:
        self.scan = scan
        self.names = Names(scan, book)
        self.now = now
        self.order = order
        self.language = language
        self.own = book.currency
        self.stages = book.stages
        self._left = _MOST_SEARCHED
        self.found: dict[tuple[str, str, str, int], When | None] = {}

    def spend(self, text: str, column: int) -> None:
        """Note that a date was looked for in a text.

        Raises:
            PhraseError: the line holds more than can be looked through at once.
        """
        self._left -= len(text) + (0 if text.isascii() else _HAN_COSTS * sum(map(is_han, text)))
        if self._left < 0:
            raise PhraseError(
                f"The line holds too much for one: enter what begins at column {column} in a line of its own."
            )


class Clause:
    """The tokens `[first, after)` of a line.

    Attributes:
        context: the line, and what it is read with.
        scan: the line in tokens.
        first: the first token; moved on where a lead-in was read.
        after: the token behind the last.
        is_later: whether it follows another clause, so that a plain verb is something to do.
        spans: what was understood.
    """

    __slots__ = ("_amounts", "_cuts", "_taken", "after", "context", "first", "is_later", "scan", "spans")

    def __init__(self, context: Context, first: int, after: int, *, is_later: bool) -> None:
        self.context = context
        self.scan = context.scan
        self.first = first
        self.after = after
        self.is_later = is_later
        self.spans: list[Span] = []
        self._taken = bytearray(after - first)  # asked from its end, so that `first` may move
        self._amounts: list[Amount] | None = None
        self._cuts: list[tuple[str, int, int]] = []

    def is_free(self, at: int) -> bool:
        """Tell whether a token of the clause is not understood yet."""
        return self.first <= at < self.after and not self._taken[at - self.after]

    def word(self, at: int) -> str:
        """Return the plain word at a free token, else nothing."""
        return self.scan.words[at] if self.is_free(at) else ""

    def take(self, kind: str, first: int, after: int, value: str, cut: str = "") -> None:
        """Note what the tokens `[first, after)` mean; `cut` names the kind they are cut out with."""
        for begin, end in self._free_runs(first, after):
            self.spans.append(Span(kind, self.scan.starts[begin], self.scan.ends[end - 1], value))
            self.drop(cut or kind, begin, end)

    def _free_runs(self, first: int, after: int) -> list[tuple[int, int]]:
        """Return the tokens of a range in runs, parted where something else was understood in between."""
        runs: list[tuple[int, int]] = []
        at = first
        while at < after:
            begin = at
            while at < after and self.is_free(at):
                at += 1
            if at > begin:
                runs.append((begin, at))
            at += 1
        return runs

    def drop(self, kind: str, first: int, after: int) -> None:
        """Let tokens that only lead to a part of this kind go with it."""
        for at in range(max(first, self.first), min(after, self.after)):
            self._taken[at - self.after] = 1
        if after > first:
            self._cuts.append((kind, self.scan.starts[first], self.scan.ends[after - 1]))

    def saved(self) -> tuple[int, list[Span], bytearray, list[tuple[str, int, int]]]:
        """Return what was understood so far, for `restore`."""
        return self.first, list(self.spans), bytearray(self._taken), list(self._cuts)

    def restore(self, saved: tuple[int, list[Span], bytearray, list[tuple[str, int, int]]]) -> None:
        """Forget what was understood since."""
        self.first, self.spans, self._taken, self._cuts = saved

    def column(self, at: int) -> int:
        """Return the column of a token, for people: from 1."""
        return self.scan.starts[at] + 1

    def has(self, kind: str) -> bool:
        """Tell whether a part of this kind was understood."""
        return any(span.kind == kind for span in self.spans)

    def free_from(self, at: int) -> int:
        """Return the first free token at or behind one; `after` where there is none."""
        while at < self.after and not self.is_free(at):
            at += 1
        return at

    def phrase_at(self, at: int, table: "Container[str]") -> int:
        """Return the token after the longest phrase of a table that begins at a free token, 0 where none does."""
        return longest(self.scan, at, table, self.after) if self.is_free(at) else 0

    def parts(self) -> list[tuple[int, int]]:
        """Return the parts of the clause between commas and colons, as tokens `[first, after)`."""
        found: list[tuple[int, int]] = []
        begin = self.first
        for at in range(self.first, self.after):
            if self.is_free(at) and self.scan.words[at] in _PART_ENDS and not self._is_inside(at):
                if at > begin:
                    found.append((begin, at))
                begin = at + 1
        if begin < self.after:
            found.append((begin, self.after))
        return found

    def _is_inside(self, at: int) -> bool:
        """Tell whether a sign stands within a figure or a word: `10:30`, `2026-03-10`."""
        return (
            self.scan.words[at] in ":-"
            and self.scan.kinds[at - 1] != HAN
            and at + 1 < self.after
            and self.scan.touches(at)
            and self.scan.touches(at + 1)
        )

    def trimmed(self, first: int, after: int) -> tuple[int, int]:
        """Return a range of tokens without what is understood at its ends."""
        first = min(self.free_from(first), after)
        while after > first and not self.is_free(after - 1):
            after -= 1
        return first, after

    def amounts(self) -> "list[Amount]":
        """Return all amounts of the clause, looked for once."""
        if self._amounts is None:
            self._amounts = amounts_within(self.scan, self.first, self.after, self.context.own)
        return self._amounts

    def undated(self, first: int, after: int) -> str:
        """Return the typed characters of tokens, with spaces for what was understood, signs for figures that no day spans."""
        text, start = self.masked(first, after), self.scan.starts[first]
        figures = [(amount.start, amount.end) for amount in self.amounts()]
        figures += [(span.start, span.end) for span in self.spans if span.kind in ("phone", "email", "percent")]
        for opening, closing in figures:
            begin, end = max(opening - start, 0), min(closing - start, len(text))
            if begin < end:
                text = text[:begin] + _GAP * (end - begin) + text[end:]
        return text

    def masked(self, first: int, after: int) -> str:
        """Return the typed characters of tokens, with spaces for what was understood."""
        if after <= first:
            return ""
        scan = self.scan
        at, end = scan.starts[first], scan.ends[after - 1]
        pieces: list[str] = []
        for token in range(first, after):
            if not self.is_free(token):
                pieces.append(scan.text[at : scan.starts[token]])
                pieces.append(" " * (scan.ends[token] - scan.starts[token]))
                at = scan.ends[token]
        pieces.append(scan.text[at:end])
        return "".join(pieces)

    def text_without(self, kinds: "Collection[str]") -> str:
        """Return the words left when the parts of these kinds are cut out, tidied."""
        if self.after <= self.first:
            return ""
        scan = self.scan
        at, end = scan.starts[self.first], scan.ends[self.after - 1]
        left = ""
        for start, stop in sorted((start, stop) for kind, start, stop in self._cuts if kind in kinds):
            if start > at:
                left = _joined(left, scan.text[at:start])
            at = max(at, stop)
        words = tidy(_joined(left, scan.text[at:end]))
        return words if any(character.isalnum() for character in words) else ""


def _joined(left: str, right: str) -> str:
    """Put two texts together; Chinese needs no space where something was cut out."""
    is_close = left and right and is_han(left[-1]) and is_han(right[0])
    return left + right if is_close else f"{left} {right}"


def longest(scan: Scan, at: int, table: "Container[str]", limit: int) -> int:
    """Return the token after the longest phrase of a table that begins at a token, 0 where none does."""
    if scan.kinds[at] == HAN:
        start = scan.starts[at]
        for length in range(min(_LONGEST_HAN, limit - at), 0, -1):
            if scan.plain[start : start + length] in table:
                return at + length
        return 0
    if scan.kinds[at] != WORD:
        return 0
    for length in range(min(_LONGEST_PHRASE, limit - at), 0, -1):
        if " ".join(scan.words[at : at + length]) in table:
            return at + length
    return 0


def phrase(scan: Scan, first: int, after: int) -> str:
    """Return the key that tokens have in a table."""
    if scan.kinds[first] == HAN:
        return scan.plain[scan.starts[first] : scan.ends[after - 1]]
    return " ".join(scan.words[first:after])


def tidy(text: str) -> str:
    """Return words with single spaces, without what cutting left: doubled commas, brackets around nothing."""
    words = " ".join(text.split())
    for empty in ("()", "( )", "（）", "（ ）", '""', "[]"):
        words = words.replace(empty, " ")
    kept: list[str] = []
    for character in words:
        if character in _SEPARATORS:
            while kept and kept[-1] == " ":
                kept.pop()
            if not kept or kept[-1] in _SEPARATORS:
                continue
        if character == " " and (not kept or kept[-1] == " "):
            continue
        kept.append(character)
    return "".join(kept).removesuffix(" .").strip(" ,;:，；：、。-–—|/").removeprefix(". ")


def is_end(scan: Scan, at: int) -> bool:
    """Tell whether a part of a sentence ends before this token."""
    return scan.kinds[at] == END or scan.words[at] in (",", ";", ":", ".", "!", "?", "。", "-", "|", "(", ")")
