"""Hostile lines of the greatest length cost a bounded number of steps, whatever they repeat."""

import sys

import pytest

from sfa.domain.phrase.lines import LONGEST, read_line
from sfa.domain.phrase.values import PhraseError
from tests.domain.phrase.reading import NOW, SmallBook

# A step is a call of Python or C; a thousand take about a fifth of a millisecond.
MOST_STEPS = 300_000
FAMILIES = {
    "clauses": ["; ", ";a", "，", ", ", "then ", "then call friday ", ", call friday", "; send quote friday", "- ", "-> ", ". ", "! "],
    "words": ["a ", "A ", "a", "A", "word ", "x" * 50 + " ", "'", "''", "a-b-c-", "é", "a\u0301", "ẞ", "😀", "𠀀", "\u0301"],
    "names": ["Jane ", "Jane, ", "Jane and ", "van ", "Van de ", "J. ", "& ", "Smith & Sons ", "at ", "at Acme ", "with Jane ", "w/ "],
    "chinese names": ["王", "王, ", "、王", "王经理", "王经理 ", "和王经理", "远东仪器有限公司", "总", "的", "给王经理", "老"],
    "verbs": ["called ", "call ", "won ", "lost to ", "note: ", "remind me to ", "拜访", "谈", "没接", "给王经理打电话，", "把", "约"],
    "dates": ["tue 10:00 ", "every ", "march ", "in 3 weeks ", "31.12.2026 ", "10:", "周一", "下周二三点", "三天后", "1/2/"],
    "figures": ["40k ", "1 ", "1,", "1.", "9" * 30 + " ", "$", "$1", "万", "一", "一二三", "20万 ", "60% ", "five ", "hundred "],
    "marks": ["#", "#a ", "@", "@a", "@Acme ", '@"', '"', "!", "!high ", "a@b.c ", "a@", "@@", "#@!"],
    "reach": ["+49 30 1234567 ", "0171", "(", "((0", "1-1-1-", "+", "00 ", "http://a.example/b?c=d;e "],
    "outcomes": ["not ", "no ", "no answer ", "not interested ", "because ", "moved to negotiation ", "closes by ", "next "],
    "control": ["\x1b[31m", "<b>", "[/foo]", "\u202e", "\x00", "\ud800"],
}  # fmt: skip
CASES = [(family, piece) for family, pieces in FAMILIES.items() for piece in pieces]


def steps(text: str) -> int:
    """Return how many calls reading a line takes."""
    count = 0

    def note(_frame: object, event: str, _what: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        read_line(text, now=NOW, book=SmallBook())
    except PhraseError:
        pass
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(("family", "piece"), CASES, ids=[f"{family}-{piece!r}"[:40] for family, piece in CASES])
def test_a_hostile_line_is_bounded(family: str, piece: str) -> None:
    text = (piece * LONGEST)[:LONGEST]

    assert steps(text) <= MOST_STEPS, family


@pytest.mark.parametrize(
    ("family", "piece"), CASES[::5], ids=[f"{family}-{piece!r}"[:40] for family, piece in CASES[::5]]
)
def test_a_hostile_tail_is_bounded(family: str, piece: str) -> None:
    start = "called Jane at Acme 15min, "
    text = (start + piece * LONGEST)[:LONGEST]

    assert steps(text) <= MOST_STEPS, family


def test_a_usual_line_is_cheap() -> None:
    assert steps("called Jane at Acme 15min; send quote friday") <= 6000
