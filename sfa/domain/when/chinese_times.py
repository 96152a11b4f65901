"""Times of day in Chinese: 下午三点, 晚上八点半, 10点一刻, 15时20分, 差五分九点."""

from sfa.domain.when.chinese_numbers import han_number, han_word, starts_with
from sfa.domain.when.chinese_words import BEFORE_POINTS, PARTS, SHORT_PARTS
from sfa.domain.when.clocks import meridiem
from sfa.domain.when.readings import Clock, Reading
from sfa.domain.when.tokens import HAN, NUMBER, Line
from sfa.domain.when.values import WhenError

_HOURS = 24
_NOON = 12
_MINUTES = 60
_LONGEST_PART = 3
_QUARTER = 15
_TEN = 10
_TWELFTHS = 12


def part_of_day(line: Line, at: int, *, is_after_day: bool) -> Reading | None:
    """Read 早上, 下午, 晚上; 早 and 晚 alone only behind a day."""
    word = han_word(line, at, PARTS, _LONGEST_PART)
    if word is None or (word in SHORT_PARTS and not is_after_day):
        return None
    found = Reading(at, at + len(word))
    found.part = PARTS[word]
    return found


def han_clock(line: Line, at: int) -> Reading | None:
    """Read a time of day with 点 or 时.

    Raises:
        WhenError: no day has such an hour.
    """
    lacking = _lacking(line, at)
    begin = lacking[1] if lacking else at
    number = han_number(line, begin)
    if number is None or line.kinds[number[1]] != HAN or line.words[number[1]] not in ("点", "时"):
        return None
    hour, after = number
    is_point = line.words[after] == "点"
    after += 1
    if not lacking and (line.words[after] in ("候", "间", "代", "期") or not _is_hour(line, at, after)):
        return None
    if hour > _HOURS:
        raise WhenError(f"{line.text[line.starts[at] : line.ends[after - 1]]} is no time of day.")
    after += line.words[after] == "钟"
    clock = Clock(hour % _HOURS, is_exact=hour > _NOON or hour in (0, _HOURS))
    if lacking:
        clock.hour, clock.minute, clock.grain = (hour - 1) % _HOURS, _MINUTES - lacking[0], "minute"
    elif behind := _lacking(line, after):
        clock.hour, clock.minute, clock.grain = (hour - 1) % _HOURS, _MINUTES - behind[0], "minute"
        after = behind[1]
    else:
        after = _minutes(line, after, clock)
        if after < 0 or (clock.grain == "hour" and not is_point and line.words[after] in ("后", "前", "内")):
            return None
    found = Reading(at, after)
    half = meridiem(line, after)
    if half:
        clock.hour, clock.is_exact, found.after = hour % _NOON + half[0], True, half[1]
    found.clock = clock
    return found


def _lacking(line: Line, at: int) -> tuple[int, int] | None:
    """Read 差五分 before an hour; return the minutes and the token behind."""
    if not starts_with(line, at, "差"):
        return None
    if starts_with(line, at + 1, "一刻"):
        return _QUARTER, at + 3
    number = han_number(line, at + 1)
    if number is None or line.words[number[1]] != "分" or not 0 < number[0] < _MINUTES:
        return None
    return number[0], number[1] + 1 + (line.words[number[1] + 1] == "钟")


def _is_hour(line: Line, at: int, after: int) -> bool:
    """Tell whether 点 tells the time and does not count points: 有三点建议, 三点五."""
    if at and line.touches(at) and (line.words[at - 1] in BEFORE_POINTS or line.words[at - 1] in ".￥$€¥"):
        return False
    number = han_number(line, after) if line.kinds[after] == HAN else None
    if number is None:
        return line.words[after] not in ("意", "建", "要", "原", "理", "问")
    if starts_with(line, number[1], "个字"):
        return number[0] < _TWELFTHS
    is_minutes = number[0] >= _TEN or line.words[after] in ("零", "〇") or line.words[number[1]] in ("分", "刻")
    return is_minutes and number[0] < _MINUTES


def _minutes(line: Line, after: int, clock: Clock) -> int:
    """Add 整, 半, 一刻, 20分, 零五, 50秒 to an hour; return the token behind, or -1 where no hour has such minutes."""
    word = line.words[after]
    if word == "整":
        return after + 1
    if word == "半":
        clock.minute, clock.grain = 30, "minute"
        return _seconds(line, after + 1, clock)
    after += word == "过" and han_number(line, after + 1) is not None
    number = han_number(line, after)
    if number is None or not line.touches(after):
        return after
    minutes, behind = number
    if starts_with(line, behind, "个字") and minutes < _TWELFTHS:  # 三点四个字
        clock.minute, clock.grain = minutes * 5, "minute"
        return behind + 2
    if line.words[behind] == "刻" and 1 <= minutes <= 3:  # noqa: PLR2004 - quarters of an hour
        clock.minute, clock.grain = minutes * _QUARTER, "minute"
        return behind + 1
    if minutes >= _MINUTES:
        return -1 if line.words[behind] == "分" else after
    if line.kinds[after] == NUMBER and len(line.words[after]) != 2 and line.words[behind] != "分":  # noqa: PLR2004 - 3点05
        return after
    clock.minute, clock.grain = minutes, "minute"
    return _seconds(line, behind + (line.words[behind] == "分"), clock)


def _seconds(line: Line, after: int, clock: Clock) -> int:
    number = han_number(line, after)
    if number and line.words[number[1]] == "秒" and number[0] < _MINUTES:
        clock.second, clock.grain = number[0], "second"
        return number[1] + 1
    return after
