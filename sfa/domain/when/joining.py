"""Joins what stands together in a line: a weekday and its date, a day and its time, the two ends of a range."""

from sfa.domain.when.bare_numbers import bare_start
from sfa.domain.when.calendar_words import COPULAS, COUNTED, RANGE_WORDS
from sfa.domain.when.english import ends_hour
from sfa.domain.when.english_counts import NEAREST
from sfa.domain.when.english_days import read_year
from sfa.domain.when.merging import make_range, merge
from sfa.domain.when.numbers import cardinal, ordinal, read_length
from sfa.domain.when.readings import Clock, Reading
from sfa.domain.when.tokens import HAN, NOTHING, NUMBER, WORD, Line
from sfa.domain.when.units import read_leads, skip_between, unit_at

_TIGHT_END = "-"
_MOST_UNITS = 8
_HOURS = 24
_MINUTES, _MINUTE_DIGITS = 60, 2
_NOON = 12
_MOST_DAYS = 31
_DEADLINES = ("之前", "以前", "为止", "前")
_HAN_RANGE = frozenset("到至")
_RANGE_LEADS = frozenset(("from", "between"))
_GOING = frozenset(("goes", "ends", "lasts", "runs", "finishes", "finishing", "ending"))
_HALF_DAYS = {"am": "morning", "pm": "afternoon"}
_BEYOND = frozenset(("more", "older", "longer", "over"))
_UNTIL = frozenset(("until", "till", "til", "to", "through", "at", "before"))


def read_groups(line: Line) -> list[Reading]:
    """Return all that can be read in a line, in order.

    Raises:
        WhenError: something is written as a date or a time that cannot be one.
    """
    groups = []
    at = 0
    while at < line.count:
        found = read_group(line, at)
        if found is None:
            if _is_beyond(line, at):
                return []
            at += 1
            continue
        if found.has_day or found.has_time or found.repeat is not None:
            groups.append(found)
        at = found.after
    return groups


def _is_beyond(line: Line, at: int) -> bool:
    """Tell whether something begins that is not understood, so that no part of it may be taken for it.

    Those are `the closest branch to monday`, and what has no beginning: `more than 2 weeks ago`.
    """
    if line.words[at] in NEAREST:
        return unit_at(line, at + 1, "") is not None
    return line.words[at] in _BEYOND and line.words[at + 1] == "than" and read_length(line, at + 2) is not None


def read_group(line: Line, at: int) -> Reading | None:
    """Read what begins at a token, with the prepositions before it, and all that joins it."""
    found = unit_at(line, at, "")
    begin, lead = (at, "") if found else read_leads(line, at)
    if found is None:
        if begin > at:
            found = unit_at(line, begin, lead)
        is_from = any(line.words[place] in _RANGE_LEADS or line.words[place] == "从" for place in range(at, begin))
        found = found or bare_start(line, begin, lead, is_from=is_from) or _time_behind_name(line, at)
    if found is None:
        return None
    if lead == "after" and found.period is not None and found.repeat is None:
        # Nobody means new year's day by `after this year`: no day is found there.
        found.date, found.period = None if found.period.grain == "year" else found.period.end, None
    found.is_done = found.is_done or lead == "since"
    if line.kinds[found.after] == HAN and found.has_day and line.language != "en":
        found.after += _deadline(line, found.after)
    is_between = any(line.words[place] == "between" for place in range(at, begin))
    found = _with_all(line, found, is_between=is_between)
    found.first = min(at, found.first)
    if at and line.words[at - 1] in COPULAS:
        found.first = at - 1
        found.is_done = found.is_done or COPULAS[line.words[at - 1]]
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
        is_between = is_between or "between" in line.words[found.after : joined.after]
        found = joined
    return found


def _with_end(line: Line, found: Reading, *, is_between: bool) -> Reading | None:
    """Add the end of a range."""
    begin = _after_range_word(line, found.after, is_between=is_between)
    if begin is None or found.end is not None or found.length is not None:
        return None
    lead = line.words[begin] if line.words[begin] in ("the", "at", "@", "around", "about") else ""
    begin += 1 if lead else 0
    last = unit_at(line, begin, lead or (_TIGHT_END if _is_tight_date(line, found, begin) else "on"))
    if last is None or (last.day is not None and last.month is None and (found.clock or found.moment)):
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


def _is_tight_date(line: Line, found: Reading, begin: int) -> bool:
    """Tell whether a date in figures stands right behind the dash of a range: `10/1-10/7`."""
    is_dashed = line.words[begin - 1] == "-" and line.touches(begin) and line.words[begin + 1] in ("/", ".", "-")
    return is_dashed and found.has_day and found.clock is None and line.kinds[begin + 2] == NUMBER


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
    is_timed = found.clock is not None or found.moment is not None
    if is_timed:
        clock_end = unit_at(line, at, "at")
        if clock_end is not None and clock_end.clock is not None:
            return clock_end
    number = ordinal(line, at) or cardinal(line, at)
    if number is None:
        return None
    last = Reading(at, number[1])
    if is_timed and number[0] <= _HOURS and ends_hour(line, number[1]):
        last.clock = Clock(number[0] % _HOURS, is_exact=number[0] > _NOON or number[0] == 0)
        return last
    if found.day is not None and not is_timed and 1 <= number[0] <= _MOST_DAYS and _ends_day(line, number[1]):
        last.day = number[0]
        return last
    return None


def _ends_day(line: Line, after: int) -> bool:
    return line.words[after] not in ("am", "pm", ":", "%") and not (
        line.kinds[after] == WORD and line.touches(after) and line.words[after] not in ("st", "nd", "rd", "th")
    )


def _with_next(line: Line, found: Reading) -> Reading | None:
    """Add the unit that follows, behind commas and prepositions."""
    begin, lead = skip_between(line, found.after)
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
        or _with_half_day(line, found)
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


def _with_half_day(line: Line, found: Reading) -> Reading | None:
    """Add the `pm` of `tomorrow pm`, the `AM` of `tuesday AM`."""
    part = _HALF_DAYS.get(line.words[found.after])
    is_day = found.has_day and not found.has_time and found.period_like is None and found.end is None
    if part is None or not is_day or not ends_hour(line, found.after + 1):
        return None
    found.part, found.after = part, found.after + 1
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
    dotted = _dotted_time(line, begin) if begin == found.after else None
    if dotted is not None:
        return merge(line, found, dotted, "at")
    number = line.numbers[begin]
    is_day_open = found.weekday is not None and found.day is None and begin == found.after
    if is_day_open and _NOON < number <= _MOST_DAYS and _ends_number(line, begin + 1):
        found.day, found.after = number, begin + 1
        return found
    hours = bare_start(line, begin, "at", is_from=True)
    return merge(line, found, hours, "at") if hours else None


def _time_behind_name(line: Line, at: int) -> Reading | None:
    """Read the `12.30` that ends `lunch tomorrow at Acme 12.30`; a time only beside a day."""
    is_behind = at > 0 and line.is_capital(at - 1) and not line.touches(at) and line.words[at - 1] not in COUNTED
    found = _dotted_time(line, at) if is_behind and line.kinds[at + 3] == NOTHING else None
    if found is not None:
        found.is_weak = True
    return found


def _ends_number(line: Line, after: int) -> bool:
    """Tell whether a number ends before a token: not in `17.30` nor `17:30`."""
    is_decimal = line.words[after] == "." and line.touches(after + 1) and line.kinds[after + 1] == NUMBER
    return line.is_end(after) and line.words[after] != ":" and not is_decimal


def _dotted_time(line: Line, at: int) -> Reading | None:
    """Read the `12.30` of `tomorrow 12.30`, where nothing of its kind follows."""
    hour, minute = line.numbers[at], line.numbers[at + 2]
    is_dotted = line.words[at + 1] == "." and line.touches(at + 1) and line.touches(at + 2)
    is_time = is_dotted and 0 <= hour < _HOURS and len(line.words[at + 2]) == _MINUTE_DIGITS and 0 <= minute < _MINUTES
    is_last = line.kinds[at + 3] == NOTHING or (line.kinds[at + 3] == WORD and not line.touches(at + 3))
    is_told = line.words[at + 3] == "uhr"
    if not is_time or not is_last or not (is_told or ends_hour(line, at + 3)):
        return None
    found = Reading(at, at + 3 + is_told)
    found.clock = Clock(hour, minute, grain="minute", is_exact=hour > _NOON or line.words[at][0] == "0")
    return found


def _with_late_year(line: Line, found: Reading, begin: int) -> Reading | None:
    """Add the year of `Wed Aug 05 12:00:00 2015`, and of `Feb 3 at 10 in 2027`."""
    if found.year is not None or found.month is None or found.end is not None:
        return None
    year = read_year(line, begin, is_free=True)
    if year is None or line.kinds[begin] != NUMBER:
        return None
    found.year, found.after = year
    return found
