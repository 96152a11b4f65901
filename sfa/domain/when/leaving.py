"""The words that are left of a line when those that tell its time are taken out."""

_LOOSE_ENDS = frozenset((
    "on", "at", "by", "in", "from", "until", "till", "due", "is", "are", "was", "were", "@", "and", "the",
))  # fmt: skip
_SPACES = " \t\r\n"
# What leads to a date stands before it; what ends a sentence belongs to the words before the date.
_LEADING_TO = _SPACES + ",;:-–—~([@|、，；：（"
_FOLLOWING = _SPACES + ".,;:!?-–—~)]|…、，。；：！？）"
_BRACKETS = (("(", ")"), ("[", "]"), ("（", "）"))


def rest_of(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    """Return the text without the spans, single spaces between words, no loose punctuation or preposition at its ends."""
    rest = ""
    at = 0
    for start, end in spans:
        rest = _joined(rest, _before(_behind(text[at:start]) if at else text[at:start]))
        at = end
    tail = _behind(text[at:]) if spans else _without_loose_sign(text)
    return " ".join(_closed(_joined(rest, tail)).split())


def _before(piece: str) -> str:
    """Return the words before a date, without what led to it: `Meet Ann (on`."""
    piece = piece.rstrip(_LEADING_TO)
    while True:
        head, _, last = piece.rpartition(" ")
        if last.casefold() not in _LOOSE_ENDS:
            return piece
        piece = head.rstrip(_LEADING_TO)
        if not piece:
            return ""


def _behind(piece: str) -> str:
    """Return the words behind a date, without what ended it: `, at the office`, 的会议."""
    return piece.lstrip(_FOLLOWING).removeprefix("的")


def _joined(first: str, second: str) -> str:
    """Return both, with a space between them unless they are Chinese."""
    is_chinese = first[-1:] >= "一" and second[:1] >= "一"
    return first + second if is_chinese or not (first and second) else f"{first} {second}"


def _without_loose_sign(text: str) -> str:
    words = text.rstrip(_SPACES)
    head, _, last = words.rpartition(" ")
    return words if last.strip(_FOLLOWING) else head


def _closed(words: str) -> str:
    """Return the words without a bracket whose other half was taken out."""
    words = words.strip(_SPACES)
    for opening, closing in _BRACKETS:
        words = words.replace(opening + closing, "")
        surplus = words.count(opening) - words.count(closing)
        words = words.removeprefix(opening) if surplus > 0 else words.removesuffix(closing) if surplus < 0 else words
    return words
