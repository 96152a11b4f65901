"""Finds the best reading of a date, or of a duration, in a line."""

from sfa.domain.when.joining import read_groups
from sfa.domain.when.merging import merge
from sfa.domain.when.numbers import read_length
from sfa.domain.when.ranging import resolve
from sfa.domain.when.readings import Reading
from sfa.domain.when.tokens import HAN, NUMBER, SIGN, WORD, Line
from sfa.domain.when.values import Duration, When, WhenError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime, tzinfo

_DAY, _PERIOD, _TIME, _WEAK = 4, 3, 2, 1
_BEFORE_SHIFTS = frozenset(("in", "within", "after", "every", "next", "last", "past"))
_AFTER_SHIFTS = frozenset(
    ("ago", "from", "later", "hence", "before", "after", "earlier", "back", "后", "前", "之", "以", "内")
)
_DAY_WORDS = frozenset(
    ("day", "days", "d", "天", "日", "week", "weeks", "周", "month", "months", "year", "years", "night")
)


def find_when(
    text: str,
    now: "datetime",
    *,
    language: str = "auto",
    order: str = "dmy",
    prefers: str = "future",
    zone: "tzinfo | None" = None,
) -> When | None:
    """Return the best reading of one date, time, range or recurrence anywhere in the text, or None.

    `now` is the naive local wall time. `language` is auto, en or zh; `order` of dates in figures is dmy, mdy or ymd;
    `prefers` is future (plans) or past (what was done). A time written with its zone is told in `zone`, as written
    where that is None.

    Raises:
        WhenError: something is written as a date or a time that cannot be one.
    """
    line = Line(text, now, language, order, zone, is_past=prefers == "past")
    try:
        chosen = _choose(line, read_groups(line))
        return _value(line, *chosen) if chosen else None
    except WhenError:
        raise
    except (ValueError, OverflowError):
        raise WhenError("That day lies beyond the calendar.") from None


def _choose(line: Line, groups: list[Reading]) -> tuple[Reading, list[Reading]] | None:
    """Return the best reading, and the groups it was made of: a second one may tell its time where that stands apart."""
    if not groups:
        return None
    best = max(groups, key=_rank)
    if best.is_weak and not _is_whole_line(line, best):
        return None
    for other in groups:
        whole = merge(line, best, other, "at") if other is not best and _completes(best, other) else None
        if whole is not None:
            return whole, sorted((best, other), key=lambda group: group.first)
    return best, [best]


def _rank(group: Reading) -> int:
    if group.is_weak:
        return _WEAK
    if group.repeat is not None or group.moment is not None:
        return _DAY
    if not group.has_day:
        return _TIME
    return _PERIOD if group.period_like and group.weekday is None and group.day is None else _DAY


def _completes(best: Reading, other: Reading) -> bool:
    """Tell whether a group tells the time of day that the best one lacks."""
    is_open = best.clock is None and best.moment is None and best.end is None and not best.period_like
    return is_open and not other.has_day and other.moment is None and other.repeat is None and other.clock is not None


def _is_whole_line(line: Line, group: Reading) -> bool:
    outside = [*range(group.first), *range(group.after, line.count)]
    return not any(line.kinds[at] in (WORD, NUMBER) for at in outside)


def _value(line: Line, whole: Reading, groups: list[Reading]) -> When:
    spans = tuple((line.starts[group.first], line.ends[group.after - 1]) for group in groups)
    words = " ".join(line.text[start:end] for start, end in spans)
    if whole.repeat is not None:
        return _recurrence(line, whole, words, spans)
    found = resolve(whole, line)
    return When(found.start, found.end, found.grain, words, spans, all_day=found.all_day)


def _recurrence(line: Line, whole: Reading, words: str, spans: tuple[tuple[int, int], ...]) -> When:
    from sfa.domain.when.repeating import first_of, rule_of  # noqa: PLC0415 - only where something recurs
    from sfa.domain.when.resolving import day_of  # noqa: PLC0415

    repeat, end = whole.repeat, whole.end
    if repeat is None:
        raise ValueError(words)
    until = None
    if end is not None and end.clock is None:
        until = day_of(end, line)
    start, is_all_day = first_of(whole, repeat, line)
    finish = None
    if end is not None and end.clock is not None:
        whole.repeat, whole.date = None, start.date()
        once = resolve(whole, line)
        start, finish = once.start, once.end
    grain = whole.clock.grain if whole.clock else "part" if whole.part else "day"
    return When(start, finish, grain, words, spans, all_day=is_all_day, rule=rule_of(repeat, until))


def find_duration(text: str) -> Duration | None:
    """Return the first length of minutes and hours in the text, or None; `in 15 min` and `2 hours ago` are none."""
    from datetime import datetime  # noqa: PLC0415 - a length needs no moment, but a line does

    line = Line(text, datetime(2000, 1, 1), "auto", "dmy", None, is_past=False)  # noqa: DTZ001 - naive by design
    for at in range(line.count):
        try:
            found = _length(line, at) if _may_begin(line, at) else None
        except WhenError:
            continue  # nobody talks for 999999999 minutes
        if found is not None:
            return Duration(found[0], (line.starts[at], line.ends[found[1] - 1]))
    return None


def _may_begin(line: Line, at: int) -> bool:
    """Tell whether a duration may begin here: not in `in 15 min`, `$5m`, `1.5h` behind its first figure."""
    if line.kinds[at] not in (NUMBER, WORD, HAN) or at == 0:
        return line.kinds[at] != SIGN
    is_inside = line.touches(at) and line.words[at - 1] in ("+", ".", ",", "$", "€", "£", "¥", "/", ":")
    return not is_inside and line.words[at - 1] not in _BEFORE_SHIFTS


def _length(line: Line, at: int) -> tuple[int, int] | None:
    """Return minutes and the token after them; days and months are none."""
    found = read_length(line, at)
    if found is None and line.has_han:
        from sfa.domain.when.chinese_numbers import han_length  # noqa: PLC0415 - only where there is Chinese

        found = han_length(line, at)
    if found is None:
        return None
    length, after = found
    is_shift = line.words[after] in _AFTER_SHIFTS
    is_long = length.months or length.days or line.words[after - 1] in _DAY_WORDS
    minutes = length.seconds // 60
    return (minutes, after) if minutes and not is_shift and not is_long else None
