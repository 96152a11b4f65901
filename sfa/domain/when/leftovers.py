"""Tells whether a date was read by half only: all that is left of the text are words of the calendar."""

from sfa.domain.when.calendar_words import EDGE_WORDS, MONTHS, PERIODS, RELATIVE_DAYS, TURNS, WEEKDAYS
from sfa.domain.when.clock_words import NOONS, PART_NAMES
from sfa.domain.when.number_words import ONES, ORDINALS, SUFFIXES, TENS, UNITS, VAGUE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_STRONG = frozenset(
    (
        *EDGE_WORDS, *MONTHS, *PERIODS, *RELATIVE_DAYS, *TURNS, *WEEKDAYS, *NOONS, *PART_NAMES, *ONES, *ORDINALS, *TENS,
        *UNITS, *VAGUE, "ago", "hence", "half", "past", "pm", "am", "weekend", "oclock", "nearest", "closest",
    )
)  # fmt: skip
_SMALL = frozenset((
    "the", "at", "on", "in", "of", "to", "from", "after", "before", "by", "for", "and", "a", "an", "until", "till", "or",
    "s", "o", "clock", "de", "的", *SUFFIXES,
))  # fmt: skip
_HAN = frozenset("年月日号点时分秒周星期礼拜上下今明昨前后早晚午一二三四五六七八九十两半刻天末底初旬季度零整钟")


def unread(text: str, spans: "Sequence[tuple[int, int]]") -> str:
    """Return the first word of the calendar that was not read, where no other word is left; "" for none."""
    left = list(text.casefold()) if len(text.casefold()) == len(text) else list(text)
    for start, end in spans:
        left[start:end] = " " * (end - start)
    words = _words("".join(left))
    strong = [word for word in words if word.isdecimal() or word in _STRONG or word in _HAN]
    return strong[0] if strong and all(word in strong or word in _SMALL for word in words) else ""


def _words(text: str) -> list[str]:
    """Return words, numbers, and single Chinese characters."""
    pieces = ""
    for before, sign in zip(f" {text}", text, strict=False):
        is_apart = sign >= "一" or before >= "一" or sign.isdecimal() != before.isdecimal()
        pieces += (" " if is_apart else "") + (sign if sign.isalnum() else "" if sign in "'’" else " ")
    return pieces.split()
