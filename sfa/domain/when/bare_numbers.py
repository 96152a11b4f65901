"""Bare numbers that get their meaning from what stands beside them: `10-11:30`, `3-5 march`, `7 in the morning`."""

from sfa.domain.when.calendar_words import RANGE_WORDS
from sfa.domain.when.english import ends_hour
from sfa.domain.when.merging import make_range, merge
from sfa.domain.when.numbers import cardinal, ordinal
from sfa.domain.when.readings import Clock, Reading
from sfa.domain.when.tokens import HAN, NUMBER, WORD, Line
from sfa.domain.when.units import skip_between, unit_at

_HOURS = 24
_NOON = 12
_MOST_DAYS = 31
_HAN_RANGE = frozenset("到至")


def bare_start(line: Line, at: int, lead: str, *, is_from: bool) -> Reading | None:
    """Read bare numbers that get their meaning from what follows: `10-11:30`, `3-5 march`, `7 in the morning`.

    `is_from` where the words before make two bare numbers hours.
    """
    number = ordinal(line, at) or cardinal(line, at)
    if (
        number is None
        or number[0] > _MOST_DAYS
        or (line.touches(at) and line.words[at - 1] in ("$", "€", "£", "¥", "#", ".", "/"))
    ):
        return None
    after = number[1]
    if line.words[after] in RANGE_WORDS or (line.words[after] == "and" and is_from) or line.words[after] in _HAN_RANGE:
        found = _bare_range(line, at, number[0], after + 1, is_from=is_from)
        if found:
            return found
    if number[0] > _HOURS or (line.kinds[after - 1] == WORD and ordinal(line, at)):
        return None
    return _hour_before_part(line, at, number) or _weak_hour(line, at, number, lead)


def _bare_range(line: Line, at: int, number: int, begin: int, *, is_from: bool) -> Reading | None:
    begin += line.words[begin] == "the"
    last = unit_at(line, begin, "")
    found = Reading(at, begin)
    if last is not None and last.clock is not None and number <= _HOURS:
        found.clock = Clock(number % _HOURS, is_exact=number > _NOON)
        return make_range(line, found, last, "-")
    if last is not None and last.day is not None and not last.is_weak:
        found.day = number
        return make_range(line, found, last, "-")
    other = ordinal(line, begin) or cardinal(line, begin)
    if other is None:
        return None
    if is_from and other[0] <= _HOURS >= number and ends_hour(line, other[1]):
        return _hours_or_days(line, at, number, other)
    return _hours_with_part(line, at, number, other)


def _hours_or_days(line: Line, at: int, number: int, other: tuple[int, int]) -> Reading | None:
    """Read `9 to 5` as hours, but `4 to 22 this month` as days."""
    begin, lead = skip_between(line, other[1])
    following = unit_at(line, begin, lead) if line.kinds[begin] in (WORD, HAN) else None
    is_days = following is not None and following.period_like == "month"
    found, last = Reading(at, other[1]), Reading(at, other[1])
    if is_days and following is not None:
        found.day, last.day = number, other[0]
        found.period = last.period = following.period
        found.month = last.month = following.month
        last.after = following.after
        return make_range(line, found, last, "-")
    found.clock = Clock(number % _HOURS, is_exact=number > _NOON or number == 0)
    last.clock = Clock(other[0] % _HOURS, is_exact=other[0] > _NOON or other[0] == 0)
    return make_range(line, found, last, "-")


def _hours_with_part(line: Line, at: int, number: int, other: tuple[int, int]) -> Reading | None:
    """Read `7 to 9 in the evening`, `3-5 tomorrow afternoon`, `3 to 5 on friday`."""
    begin, lead = skip_between(line, other[1])
    following = unit_at(line, begin, lead) if line.kinds[begin] == WORD and begin > other[1] - 1 else None
    is_on_day = (
        following is not None and lead in ("on", "this", "next") and following.has_day and not following.has_time
    )
    if following is None or not (following.part or is_on_day) or max(number, other[0]) > _NOON:
        return None
    return _hours_or_days(line, at, number, other)


def _hour_before_part(line: Line, at: int, number: tuple[int, int]) -> Reading | None:
    """Read `7 in the morning`, `10, tonight`, `9 tomorrow morning`; not `one morning`."""
    begin, lead = skip_between(line, number[1])
    if line.kinds[begin] != WORD or number[0] > _NOON:
        return None
    following = unit_at(line, begin, lead)
    if following is not None and following.has_day and not following.has_time:
        part = unit_at(line, following.after, "")
        following = merge(line, following, part, "") if part and part.part else None
    if following is None or following.part is None or following.clock is not None:
        return None
    if begin == number[1] and line.kinds[at] == WORD and not following.has_day:
        return None
    found = Reading(at, number[1])
    found.clock = Clock(number[0], is_exact=False)
    return merge(line, found, following, lead)


def _weak_hour(line: Line, at: int, number: tuple[int, int], lead: str) -> Reading | None:
    """Read `by 5`, `around seven`: an hour only beside a day."""
    is_led = lead in ("at", "@", "around", "about", "by", "from", "until", "till", "before", "after", "~")
    if not is_led or not ends_hour(line, number[1]) or (line.kinds[at] == NUMBER and len(line.words[at]) > 2):  # noqa: PLR2004
        return None
    found = Reading(at, number[1])
    found.clock = Clock(number[0] % _HOURS, is_exact=number[0] > _NOON or number[0] == 0)
    found.is_weak = True
    return found
