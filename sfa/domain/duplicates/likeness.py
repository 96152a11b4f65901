"""How alike two normal forms are: names by Jaro-Winkler and bigrams, codes and dates by what a slip of the hand makes."""

from typing import Final

from rapidfuzz.distance import OSA, JaroWinkler

from sfa.domain.duplicates.words import NICKNAME_GROUPS
from sfa.domain.text import has_cjk

MISSING, DIFFERENT, SIMILAR, NEAR, SAME = range(5)
"""How two values of a field agree; MISSING where one of the records has none."""

_NEAR_NAME: Final = 0.92
_SIMILAR_NAME: Final = 0.84
_LONG: Final = 4
_LONG_CODE: Final = 6
_DATE: Final = 8
_NICKNAME: Final = 0.95
_INITIAL: Final = 0.88
_UNLIKE_WORD: Final = 0.85
OTHER_WORD: Final = 0.91
OTHER_NUMBER: Final = 0.75
_jaro_winkler = JaroWinkler.similarity
_distance = OSA.distance


def bigram_likeness(one: str, other: str) -> float:
    """Return the share of character pairs that two texts have in common (Dice), for names without letters."""
    if one == other:
        return 1.0
    first = [one[at : at + 2] for at in range(len(one) - 1)] or [one]
    second = [other[at : at + 2] for at in range(len(other) - 1)] or [other]
    left = list(second)
    common = 0
    for pair in first:
        if pair in left:
            left.remove(pair)
            common += 1
    return 2 * common / (len(first) + len(second))


def company_likeness(one: str, other: str) -> float:
    """Return how alike two companies' names are, 0 to 1: Jaro-Winkler, for Chinese bigrams (domain.md 4.3).

    Names in which a word stands against quite another one are two companies of a family at best (`Acme North`,
    `Acme South`), and those that differ in a number are two of a row (`Branch 1`, `Branch 2`).
    """
    if one == other:
        return 1.0
    if has_cjk(one) or has_cjk(other):
        return bigram_likeness(one.replace(" ", ""), other.replace(" ", ""))
    if one.replace(" ", "") == other.replace(" ", ""):
        return 1.0
    words, others = one.split(), other.split()
    if len(words) > 1 and sorted(words) == sorted(others):
        return 1.0
    score = _jaro_winkler(one, other)
    rest = [word for word in words if word not in others]
    other_rest = [word for word in others if word not in words]
    if _digits(rest) != _digits(other_rest):
        return min(score, OTHER_NUMBER)
    if rest and other_rest and not all(_has_like(word, other_rest) for word in rest):
        return min(score, OTHER_WORD)
    return score


def _digits(words: list[str]) -> list[str]:
    return sorted(word for word in words if any(character.isdigit() for character in word))


def _has_like(word: str, others: list[str]) -> bool:
    return any(_jaro_winkler(word, other) >= _UNLIKE_WORD for other in others)


def name_likeness(one: str, other: str) -> float:
    """Return how alike two given or two family names are: spelling, short forms, initials, a name left out."""
    if one == other:
        return 1.0
    if has_cjk(one) or has_cjk(other):
        return bigram_likeness(one, other)
    if is_nickname(one, other):
        return _NICKNAME
    if len(one) == 1 or len(other) == 1:
        return _INITIAL if one[:1] == other[:1] else 0.0
    words, others = one.split(), other.split()
    if len(words) != len(others) and words and others and (words[0] == others[0] or words[-1] == others[-1]):
        return _NICKNAME
    return _jaro_winkler(one.replace(" ", ""), other.replace(" ", ""))


def is_nickname(one: str, other: str) -> bool:
    """Tell whether one person may go by both given names: `William` and `Bill`."""
    groups = NICKNAME_GROUPS.get(one)
    return groups is not None and not groups.isdisjoint(NICKNAME_GROUPS.get(other, ()))


def compare_name(one: str, other: str) -> int:
    """Return how two names agree, as one of the levels; neither is empty."""
    if one == other:
        return SAME
    score = name_likeness(one, other)
    if score >= _NEAR_NAME or (len(one) >= _LONG and _distance(one, other, score_cutoff=1) == 1):
        return NEAR
    return SIMILAR if score >= _SIMILAR_NAME or _is_one_slip(one, other) else DIFFERENT


def _is_one_slip(one: str, other: str) -> bool:
    return min(len(one), len(other)) > 1 and _distance(one, other, score_cutoff=1) == 1


def compare_text(one: str, other: str) -> int:
    """Return how two streets, cities and the like agree, as one of the levels; neither is empty."""
    if one == other:
        return SAME
    if one.replace(" ", "") == other.replace(" ", ""):
        return SAME
    score = _jaro_winkler(one, other)
    if score >= _NEAR_NAME or (len(one) >= _LONG and _distance(one, other, score_cutoff=1) == 1):
        return NEAR
    return SIMILAR if score >= _SIMILAR_NAME else DIFFERENT


def compare_code(one: str, other: str) -> int:
    """Return how two numbers that name something agree: one slip of the hand is NEAR, two in a long one SIMILAR."""
    if one == other:
        return SAME
    slips = _distance(one, other, score_cutoff=2)
    if slips == 1 and min(len(one), len(other)) > 1:
        return NEAR
    return SIMILAR if slips == 2 and min(len(one), len(other)) >= _LONG_CODE else DIFFERENT  # noqa: PLR2004 - two slips


def compare_date(one: str, other: str) -> int:
    """Return how two dates agree: one digit off, or day and month turned, is NEAR; two of three parts are SIMILAR."""
    if one == other:
        return SAME
    if len(one) != _DATE or len(other) != _DATE:
        return compare_code(one, other)
    if _distance(one, other, score_cutoff=1) == 1:
        return NEAR
    parts = one[:4], one[4:6], one[6:]
    others = other[:4], other[4:6], other[6:]
    if parts == (others[0], others[2], others[1]):
        return NEAR
    same = sum(part == its for part, its in zip(parts, others, strict=True))
    return SIMILAR if same == 2 else DIFFERENT  # noqa: PLR2004 - two of three
