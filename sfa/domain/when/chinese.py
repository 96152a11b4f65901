"""Reads one part of a date or a time in Chinese at a place of the line."""

from datetime import timedelta

from sfa.domain.when.chinese_days import day_alone, feast, month_day, relative, shift, turned_month, week
from sfa.domain.when.chinese_numbers import han_word, starts_with
from sfa.domain.when.chinese_periods import counted, edge, half_of, whole
from sfa.domain.when.chinese_repeats import repeat
from sfa.domain.when.chinese_times import han_clock, part_of_day
from sfa.domain.when.chinese_words import MOMENTS
from sfa.domain.when.readings import Reading
from sfa.domain.when.tokens import HAN, NUMBER, Line

_LONGEST_MOMENT = 4
_DAY_ENDS = frozenset("天日号一二三四五六节期年月儿末早晚")
_LUNAR = ("农历", "阴历", "旧历")


def read_chinese(line: Line, at: int) -> Reading | None:
    """Read one day, time, period, shift or recurrence.

    Raises:
        WhenError: it is written as a date or a time that cannot be one.
    """
    if line.kinds[at] == NUMBER:
        return _number(line, at) if line.kinds[at + 1] == HAN or line.words[at + 1] == "." else None
    if line.kinds[at] != HAN:
        return None
    is_after_day = at > 0 and line.words[at - 1] in _DAY_ENDS
    return (
        repeat(line, at)
        or _lunar(line, at)
        or shift(line, at)
        or counted(line, at)
        or edge(line, at)
        or half_of(line, at)
        or feast(line, at)
        or relative(line, at)
        or week(line, at)
        or turned_month(line, at)
        or month_day(line, at)
        or han_clock(line, at)
        or day_alone(line, at)
        or whole(line, at)
        or part_of_day(line, at, is_after_day=is_after_day)
        or _now(line, at)
    )


def _number(line: Line, at: int) -> Reading | None:
    return (
        shift(line, at)
        or counted(line, at)
        or edge(line, at)
        or half_of(line, at)
        or feast(line, at)
        or month_day(line, at)
        or han_clock(line, at)
        or day_alone(line, at)
        or whole(line, at)
    )


def _lunar(line: Line, at: int) -> Reading | None:
    """Read 农历八月初三, 农历2026年正月初五, by the moon's calendar."""
    if not any(starts_with(line, at, word) for word in _LUNAR):
        return None
    from sfa.domain.when.lunar import read_lunar  # noqa: PLC0415 - asked for by few

    return read_lunar(line, at)


def _now(line: Line, at: int) -> Reading | None:
    word = han_word(line, at, MOMENTS, _LONGEST_MOMENT)
    if word is None:
        return None
    found = Reading(at, at + len(word))
    found.moment = line.now - timedelta(microseconds=line.now.microsecond)
    found.grain = "second"
    found.is_weak = word in ("目前", "当下", "现在")
    return found
