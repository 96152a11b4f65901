"""Joins what stands together in a line: a weekday and its date, a day and its time, the two ends of a range."""

from sfa.domain.when.calendar_words import COPULAS, OPENING, RANGE_WORDS
from sfa.domain.when.english import ends_hour, read_unit
from sfa.domain.when.english_days import read_year
from sfa.domain.when.merging import make_range, merge
from sfa.domain.when.numbers import cardinal, ordinal, read_length
from sfa.domain.when.readings import Clock, Reading
from sfa.domain.when.tokens import HAN, NUMBER, WORD, Line

_MOST_LEADS = 4
_MOST_UNITS = 8
_HOURS = 24
_NOON = 12
_MOST_DAYS = 31
_HAN_LEADS = frozenset("在从自于是约大到等截赶")
_HAN_BETWEEN = frozenset("的之在于里内当,")
_DEADLINES = ("之前", "以前", "为止", "前")
_HAN_RANGE = frozenset("到至")
_SIGNS_BETWEEN = frozenset(",()@|~-.:[")
_RANGE_LEADS = frozenset(("from", "between"))
_GOING = frozenset(("goes", "ends", "lasts", "runs", "finishes", "finishing", "ending"))
_NEAREST = frozenset(("closest", "nearest"))
_UNTIL = frozenset(("until", "till", "til", "to", "through", "at", "before"))
_WORDS_BETWEEN = frozenset((
    "on", "at", "in", "of", "for", "from", "by", "the", "around", "about", "@", "during", "starting", "beginning",
    "between", "within", "due", "before", "after", "until",
))  # fmt: skip


def read_groups(line: Line) -> list[Reading]:
    """Return all that can be read in a line, in order.

    Raises:
        WhenError: something is written as a date or a time that cannot be one.
    """
    groups = []
    at = 0
    while at < line.count:
        if line.words[at] in _NEAREST and unit_at(line, at + 1, "") is not None:
            # "the closest monday to the fifth" is not understood, so that no part of it may be taken for it.
            return []
        found = read_group(line, at)
        if found is None:
            at += 1
            continue
        groups.append(found)
        at = found.after
    return groups


def unit_at(line: Line, at: int, lead: str) -> Reading | None:
    """Read one part in the language that it is written in."""
    if (at, lead) in line.empty:
        return None
    found = _unit(line, at, lead)
    if found is None:
        line.empty.add((at, lead))
    return found


def _unit(line: Line, at: int, lead: str) -> Reading | None:
    is_chinese = line.language == "zh" or line.kinds[at] == HAN or (line.kinds[at] == NUMBER and line.has_han)
    if is_chinese and line.language != "en":
        from sfa.domain.when.chinese import read_chinese  # noqa: PLC0415 - only where there is Chinese

        found = read_chinese(line, at)
        if found is not None:
            return found
    return read_unit(line, at, lead) if line.kinds[at] != HAN else None


def _leads(line: Line, at: int) -> tuple[int, str]:
    """Return the first token behind prepositions and articles, and the last of these."""
    begin, lead = at, ""
    while begin < at + _MOST_LEADS:
        word = line.words[begin]
        is_lead = word in OPENING or (line.kinds[begin] == HAN and word in _HAN_LEADS)
        if not is_lead:
            break
        lead = word
        begin += 1
    return begin, lead


def read_group(line: Line, at: int) -> Reading | None:
    """Read what begins at a token, with the prepositions before it, and all that joins it."""
    found = unit_at(line, at, "")
    begin, lead = (at, "") if found else _leads(line, at)
    if found is None:
        if begin > at:
            found = unit_at(line, begin, lead)
        is_from = any(line.words[place] in _RANGE_LEADS or line.words[place] == "从" for place in range(at, begin))
        found = found or _bare_start(line, begin, lead, is_from=is_from)
    if found is None:
        return None
    if lead == "after" and found.period is not None and found.repeat is None:
        found.date, found.period = found.period.end, None
    if line.kinds[found.after] == HAN and found.has_day and line.language != "en":
        found.after += _deadline(line, found.after)
    is_between = any(line.words[place] == "between" for place in range(at, begin))
    found = _with_all(line, found, is_between=is_between)
    found.first = at
    if at and line.words[at - 1] in COPULAS:
        found.first = at - 1
        found.is_done = COPULAS[line.words[at - 1]]
    return found


def _deadline(line: Line, at: int) -> int:
    """Return how many tokens make a day a deadline: 周五前, 20号之前, 月底为止."""
    start = line.starts[at]
    return next((len(word) for word in _DEADLINES if line.folded.startswith(word, start)), 0)


def _with_all(line: Line, found: Reading, *, is_between: bool = False) -> Reading:
    """Add ranges, days and times as long as they join."""
    for _ in range(_MOST_UNITS):
        joined = _with_end(line, found, is_between=is_between) or _with_next(line, found)
        if joined is None:
            break
        found = joined
    return found


def _with_end(line: Line, found: Reading, *, is_between: bool) -> Reading | None:
    """Add the end of a range."""
    begin = _after_range_word(line, found.after, is_between=is_between)
    if begin is None or found.end is not None or found.length is not None:
        return None
    lead = line.words[begin] if line.words[begin] in ("the", "at", "@", "around", "about") else ""
    begin += 1 if lead else 0
    last = unit_at(line, begin, lead or "on")
    if last is None or (last.day is not None and found.clock is not None):
        last = _bare_end(line, begin, found) or last
    if last is None:
        return None
    for _ in range(2):
        more = _with_next(line, last)
        # "1pm-2pm tomorrow": the day is that of both.
        if more is None or (_is_plain_clock(found) and last.clock is not None and more.has_day and not last.has_day):
            break
        last = more
    return make_range(line, found, last, line.words[found.after])


def _is_plain_clock(found: Reading) -> bool:
    return found.clock is not None and not found.has_day


def _after_range_word(line: Line, at: int, *, is_between: bool) -> int | None:
    """Return the token behind `to`, `-`, `until`, `and` after `between`, `and goes until`; None where there is none."""
    word = line.words[at]
    if line.words[at] == "," and line.words[at + 1] in RANGE_WORDS and line.words[at + 1] != "-":
        at, word = at + 1, line.words[at + 1]
    if word in RANGE_WORDS or (line.kinds[at] == HAN and word in _HAN_RANGE):
        after = at + 1
        while line.words[after] in RANGE_WORDS and after < at + 3:
            after += 1
        return after
    if word in ("and", "但", "和", "与") and is_between:
        return at + 1
    if word in ("and", "but") and line.words[at + 1] in ("before", "until", "till"):
        return at + 2
    begin = at + 1 if word in ("and", ",") else at
    if line.words[begin] in _GOING and line.words[begin + 1] in _UNTIL:
        return begin + 2
    return None


def _bare_end(line: Line, at: int, found: Reading) -> Reading | None:
    """Read a bare number as the end of what it follows: an hour after a time, a day after a day of a month."""
    if found.clock is not None:
        clock_end = unit_at(line, at, "at")
        if clock_end is not None and clock_end.clock is not None:
            return clock_end
    number = ordinal(line, at) or cardinal(line, at)
    if number is None:
        return None
    last = Reading(at, number[1])
    if found.clock is not None and number[0] <= _HOURS and ends_hour(line, number[1]):
        last.clock = Clock(number[0] % _HOURS, is_exact=number[0] > _NOON or number[0] == 0)
        return last
    if found.day is not None and found.clock is None and 1 <= number[0] <= _MOST_DAYS and _ends_day(line, number[1]):
        last.day = number[0]
        return last
    return None


def _ends_day(line: Line, after: int) -> bool:
    return line.words[after] not in ("am", "pm", ":", "%") and not (
        line.kinds[after] == WORD and line.touches(after) and line.words[after] not in ("st", "nd", "rd", "th")
    )


def _skip_between(line: Line, at: int) -> tuple[int, str]:
    """Return the next token behind commas and prepositions, and the last of these words."""
    begin, lead = at, ""
    while begin < at + _MOST_LEADS:
        word = line.words[begin]
        if line.kinds[begin] == HAN:
            if word not in _HAN_BETWEEN:
                break
        elif word in _WORDS_BETWEEN:
            lead = word
        elif word not in _SIGNS_BETWEEN or not word:
            break
        begin += 1
    return begin, lead


def _with_next(line: Line, found: Reading) -> Reading | None:
    """Add the unit that follows, behind commas and prepositions."""
    begin, lead = _skip_between(line, found.after)
    if line.words[found.after] in "-." and found.after < begin and found.repeat is None and not _may_dash(line, found):
        return None
    following = unit_at(line, begin, lead)
    if following is not None:
        joined = merge(line, found, following, lead)
        if joined is not None:
            if "(" in line.words[found.after : begin] and line.words[joined.after] == ")":
                joined.after += 1
            return joined
    return (
        _with_shift(line, found)
        or _with_length(line, found, begin, lead)
        or _with_hours(line, found, begin)
        or _with_late_year(line, found, begin)
    )


def _may_dash(line: Line, found: Reading) -> bool:
    """Tell whether what follows a dash or a full stop may still belong: a time after a day."""
    return found.has_day and found.clock is None and line.kinds[found.after + 1] in (NUMBER, WORD, HAN)


def _with_shift(line: Line, found: Reading) -> Reading | None:
    """Add the `-10days` of `2026-12-29 -10days`, the `+ 40 minutes` of `now + 40 minutes`."""
    sign = line.words[found.after]
    if sign not in ("+", "-") or found.end is not None or (found.date is None and found.moment is None):
        return None
    length = read_length(line, found.after + 1)
    if length is None or (sign == "-" and (line.touches(found.after) or not line.touches(found.after + 1))):
        return None
    step = 1 if sign == "+" else -1
    if found.moment is not None:
        found.moment, found.grain = length[0].from_moment(found.moment, step), "minute"
    elif found.date is not None and not length[0].is_clocked:
        found.date = length[0].from_day(found.date, step)
    else:
        return None
    found.is_weak, found.after = False, length[1]
    return found


def _with_length(line: Line, found: Reading, begin: int, lead: str) -> Reading | None:
    """Add `for 2 hours` behind a day or a time."""
    if lead != "for" or found.end is not None or found.length is not None:
        return None
    length = read_length(line, begin)
    is_fitting = length is not None and (
        not length[0].is_clocked or found.clock is not None or found.moment is not None
    )
    if length is None or not is_fitting or found.repeat is not None:
        return None
    found.length, found.after = length
    return found


def _with_hours(line: Line, found: Reading, begin: int) -> Reading | None:
    """Add a bare hour, or two, behind a day: `tue 10`, `fri 2-4`, `tonight around 7`."""
    is_day = found.has_day or found.repeat is not None
    if not is_day or found.clock is not None or found.period_like in ("month", "year", "quarter") or found.end:
        return None
    if found.moment is not None or (found.month is not None and line.words[begin - 1] == "." and begin):
        return None
    number = line.numbers[begin]
    is_day_open = found.weekday is not None and found.day is None and begin == found.after
    if is_day_open and _NOON < number <= _MOST_DAYS and line.is_end(begin + 1) and line.words[begin + 1] != ":":
        found.day, found.after = number, begin + 1
        return found
    hours = _bare_start(line, begin, "at", is_from=True)
    return merge(line, found, hours, "at") if hours else None


def _with_late_year(line: Line, found: Reading, begin: int) -> Reading | None:
    """Add the year of `Wed Aug 05 12:00:00 2015`, and of `Feb 3 at 10 in 2027`."""
    if found.year is not None or found.month is None or found.end is not None:
        return None
    year = read_year(line, begin, is_free=True)
    if year is None or line.kinds[begin] != NUMBER:
        return None
    found.year, found.after = year
    return found


def _bare_start(line: Line, at: int, lead: str, *, is_from: bool) -> Reading | None:
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
    begin, lead = _skip_between(line, other[1])
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
    """Read `7 to 9 in the evening`, `3-5 tomorrow afternoon`."""
    begin, lead = _skip_between(line, other[1])
    following = unit_at(line, begin, lead) if line.kinds[begin] == WORD and begin > other[1] - 1 else None
    if following is None or following.part is None or max(number, other[0]) > _NOON:
        return None
    return _hours_or_days(line, at, number, other)


def _hour_before_part(line: Line, at: int, number: tuple[int, int]) -> Reading | None:
    """Read `7 in the morning`, `10, tonight`."""
    begin, lead = _skip_between(line, number[1])
    if line.kinds[begin] != WORD or number[0] > _NOON or (begin == number[1] and line.kinds[at] == WORD):
        return None
    following = unit_at(line, begin, lead)
    if following is None or following.part is None or following.clock is not None:
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
