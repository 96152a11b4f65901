"""Reads one part of a date or a time in Chinese at a place of the line."""

from datetime import timedelta

from sfa.domain.when.chinese_days import day_alone, feast, month_day, relative, same_day, shift, turned_month, week
from sfa.domain.when.chinese_numbers import han_length, han_word, starts_with
from sfa.domain.when.chinese_periods import counted, edge, half_of, read_count, whole
from sfa.domain.when.chinese_repeats import repeat
from sfa.domain.when.chinese_times import han_clock, part_of_day
from sfa.domain.when.chinese_words import (
    AFTER,
    BEFORE,
    DIGITS,
    FEASTS,
    MOMENTS,
    PARTS,
    RELATIVE_DAYS,
    SCALES,
    SHORT_DAYS,
    TENS,
    TURNS,
    YEARS,
)
from sfa.domain.when.days import WEEK, add_days, weekday_after
from sfa.domain.when.readings import Clock, Reading
from sfa.domain.when.tokens import HAN, NUMBER, Line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST_MOMENT = 4
_DAY_ENDS = frozenset("天日号一二三四五六节期年月儿末早晚")
_LUNAR = ("农历", "阴历", "旧历")
_LUNAR_MONTHS = ("正月", "冬月", "腊月")


def read_chinese(line: Line, at: int) -> Reading | None:
    """Read one day, time, period, shift or recurrence.

    Raises:
        WhenError: it is written as a date or a time that cannot be one.
    """
    if line.kinds[at] == NUMBER:
        return _number(line, at) if line.kinds[at + 1] == HAN or line.words[at + 1] == "." else None
    if line.kinds[at] != HAN:
        return None
    character = line.words[at]
    readers = _READERS.get(character)
    if readers is None:
        readers = _READERS[character] = tuple(reader for starts, reader in _STARTS if character in starts)
    for reader in readers:
        found = reader(line, at)
        if found is not None:
            return found
    return None


def _part(line: Line, at: int) -> Reading | None:
    return part_of_day(line, at, is_after_day=at > 0 and line.words[at - 1] in _DAY_ENDS)


def _number(line: Line, at: int) -> Reading | None:
    return (
        shift(line, at)
        or counted(line, at)
        or edge(line, at)
        or half_of(line, at)
        or _feast(line, at)
        or month_day(line, at)
        or han_clock(line, at)
        or day_alone(line, at)
        or whole(line, at)
    )


def _lunar(line: Line, at: int) -> Reading | None:
    """Read 农历八月初三, 农历2026年正月初五, 腊月二十三, by the moon's calendar."""
    is_told = any(starts_with(line, at, word) for word in _LUNAR)
    if not is_told and not any(starts_with(line, at, word) for word in _LUNAR_MONTHS):
        return None
    from sfa.domain.when.lunar import read_lunar  # noqa: PLC0415 - asked for by few

    return read_lunar(line, at, at + 2 if is_told else at)


def _feast(line: Line, at: int) -> Reading | None:
    """Read 国庆节, 国庆后三天, 春节后第一个周一."""
    found = feast(line, at)
    if found is None or found.named is None:
        return found
    after = han_word(line, found.after, AFTER, _LONGEST_MOMENT)
    side = after or han_word(line, found.after, BEFORE, _LONGEST_MOMENT)
    begin = found.after + len(side or "")
    length, count = han_length(line, begin), read_count(line, begin)
    named = found.named
    if side and length and not length[0].is_clocked:
        found.named, found.after = lambda year: length[0].from_day(named(year), 1 if after else -1), length[1]
    elif after and count and count[0].weekday is not None and not count[0].is_last:
        weekday, weeks = count[0].weekday, count[0].number - 1
        found.named, found.after = lambda year: add_days(weekday_after(named(year), weekday), weeks * WEEK), count[1]
    return found


def _midnight(line: Line, at: int) -> Reading | None:
    if not any(starts_with(line, at, word) for word in ("午夜", "子夜")):
        return None
    found = Reading(at, at + 2)
    found.clock = Clock(0, is_exact=True)
    return found


def _now(line: Line, at: int) -> Reading | None:
    word = han_word(line, at, MOMENTS, _LONGEST_MOMENT)
    if word is None:
        return None
    found = Reading(at, at + len(word))
    found.moment = line.now - timedelta(microseconds=line.now.microsecond)
    found.grain = "second"
    found.is_weak = word in ("目前", "当下", "现在")
    return found


_NUMERALS = frozenset((*DIGITS, *SCALES, *TENS))
_TURNS = frozenset(word[0] for word in TURNS)
_YEARS = frozenset(word[0] for word in YEARS)
# Which reader may begin with which character, in the order in which they are asked.
_STARTS: "tuple[tuple[frozenset[str], Callable[[Line, int], Reading | None]], ...]" = (
    (frozenset("每隔双单天工"), repeat),
    (frozenset(word[0] for word in _LUNAR + _LUNAR_MONTHS), _lunar),
    (_TURNS | _YEARS, same_day),
    (_NUMERALS | frozenset("半几数接未今之往后下过再最近前上"), shift),
    (_NUMERALS | _TURNS | _YEARS, counted),
    (_NUMERALS | _TURNS | _YEARS | frozenset("月年季第"), edge),
    (_NUMERALS | _YEARS | frozenset("上下前后"), half_of),
    (_NUMERALS | _YEARS | frozenset(word[0] for word in FEASTS), _feast),
    (frozenset(word[0] for word in RELATIVE_DAYS) | frozenset(SHORT_DAYS), relative),
    (_TURNS | frozenset("周星礼"), week),
    (_TURNS, turned_month),
    (_NUMERALS | _YEARS, month_day),
    (_NUMERALS | frozenset("差"), han_clock),
    (_NUMERALS, day_alone),
    (_NUMERALS | _TURNS | _YEARS | frozenset("第"), whole),
    (frozenset("午子"), _midnight),
    (frozenset(word[0] for word in PARTS), _part),
    (frozenset(word[0] for word in MOMENTS), _now),
)
_READERS: "dict[str, tuple[Callable[[Line, int], Reading | None], ...]]" = {}
