"""The Chinese lunisolar calendar, 1990 to 2060: feasts and dates by the moon."""

from datetime import date

from sfa.domain.when.chinese_numbers import han_number, starts_with
from sfa.domain.when.days import add_days
from sfa.domain.when.readings import Reading
from sfa.domain.when.tokens import Line
from sfa.domain.when.values import WhenError

_FIRST, _LAST = 1990, 2060
_FIRST_NEW_YEAR = date(1990, 1, 27)
# A year each: bits 15 to 4 tell which of its twelve months have 30 days, bits 3 to 0 after which month a leap month
# stands, bit 16 whether that one has 30 days. Checked against new moons and solar terms computed for UTC+8 by
# Meeus, Astronomical Algorithms, chapters 25 and 49.
_YEARS = (
    0x04AF5, 0x04970, 0x064B0, 0x074A3, 0x0EA50, 0x06B58, 0x05AC0, 0x0AB60, 0x096D5, 0x092E0,
    0x0C960, 0x0D954, 0x0D4A0, 0x0DA50, 0x07552, 0x056A0, 0x0ABB7, 0x025D0, 0x092D0, 0x0CAB5,
    0x0A950, 0x0B4A0, 0x0BAA4, 0x0AD50, 0x055D9, 0x04BA0, 0x0A5B0, 0x15176, 0x052B0, 0x0A930,
    0x07954, 0x06AA0, 0x0AD50, 0x05B52, 0x04B60, 0x0A6E6, 0x0A4E0, 0x0D260, 0x0EA65, 0x0D530,
    0x05AA0, 0x076A3, 0x096D0, 0x04AFB, 0x04AD0, 0x0A4D0, 0x1D0B6, 0x0D250, 0x0D520, 0x0DD45,
    0x0B5A0, 0x056D0, 0x055B2, 0x049B0, 0x0A577, 0x0A4B0, 0x0AA50, 0x1B255, 0x06D20, 0x0ADA0,
    0x14B63, 0x09370, 0x049F8, 0x04970, 0x064B0, 0x168A6, 0x0EA50, 0x06B20, 0x1A6C4, 0x0AAE0,
    0x092E0,
)  # fmt: skip
_LONG, _SHORT = 30, 29
_MONTHS = 12
_WINTER_MONTH = 11
_NAMED_MONTHS = {"正": 1, "冬": 11, "腊": 12}
_EARLY_SOLSTICE = 2021


def months_of(year: int) -> list[tuple[int, bool, int]]:
    """Return the months of a lunar year in order: number, whether it is the leap one, days.

    Raises:
        WhenError: the year is not in the table.
    """
    if not _FIRST <= year <= _LAST:
        raise WhenError(f"The lunar calendar is known for {_FIRST} to {_LAST}, not for {year}.")
    code = _YEARS[year - _FIRST]
    found = []
    for month in range(1, _MONTHS + 1):
        found.append((month, False, _LONG if code >> (16 - month) & 1 else _SHORT))
        if code & 0xF == month:
            found.append((month, True, _LONG if code >> 16 & 1 else _SHORT))
    return found


def new_year(year: int) -> date:
    """Return the first day of a lunar year.

    Raises:
        WhenError: the year is not in the table.
    """
    if not _FIRST <= year <= _LAST:
        months_of(year)
    days = sum(length for before in range(_FIRST, year) for _, _, length in months_of(before))
    return add_days(_FIRST_NEW_YEAR, days)


def solar(year: int, month: int, day: int, *, is_leap: bool = False) -> date:
    """Return the day of the common calendar for one of the moon's.

    Raises:
        WhenError: there is no such day, or the year is not in the table.
    """
    before = 0
    for number, leap, length in months_of(year):
        if number == month and leap == is_leap:
            if day > length:
                break
            return add_days(new_year(year), before + day - 1)
        before += length
    raise WhenError(f"The lunar year {year} has no day {day} in month {month}.")


def lunar_feast(rule: str, year: int) -> date:
    """Return the day of a feast in a year of the common calendar: `1-15` by the moon, `eve`, `qingming`, `dongzhi`.

    Raises:
        WhenError: the year is not in the table.
    """
    if rule == "eve":
        return add_days(new_year(year), -1)
    if rule == "qingming":
        return date(year, 4, _solar_term(year, 481, 559))
    if rule == "dongzhi":
        return date(year, 12, _solar_term(year, 2194, 2260) - (year == _EARLY_SOLSTICE))
    month, _, day = rule.partition("-")
    return solar(year - (int(month) > _WINTER_MONTH), int(month), int(day))


def _solar_term(year: int, from_2000: int, before: int) -> int:
    """Return the day of the month of a solar term; the constants are hundredths of a day (checked for 1990 to 2060)."""
    short = year % 100
    shift = from_2000 if year >= 2000 else before  # noqa: PLR2004 - the formula's own turn
    return (short * 2422 + shift * 100) // 10_000 - short // 4


def read_lunar(line: Line, at: int, begin: int) -> Reading | None:
    """Read 农历八月初三, 农历2026年正月十五, 农历闰六月初一; `begin` is behind 农历.

    Raises:
        WhenError: there is no such day.
    """
    from sfa.domain.when.chinese_days import year_at  # noqa: PLC0415 - the two read each other

    year = year_at(line, begin)
    begin = year[1] if year else begin
    is_leap = starts_with(line, begin, "闰")
    begin += is_leap
    named = _NAMED_MONTHS.get(line.words[begin])
    month = (named, begin + 1) if named else han_number(line, begin)
    if month is None or not starts_with(line, month[1], "月"):
        return None
    first = month[1] + 1
    day = han_number(line, first + (line.words[first] == "初"))
    if day is None:
        return None
    found = Reading(at, day[1] + (line.words[day[1]] in ("日", "号")))
    if year:
        found.date = solar(year[0], month[0], day[0], is_leap=is_leap)
        found.is_gone = found.date < line.today
        return found
    years = range(line.today.year - 1, line.today.year + 2)
    days = [solar(wanted, month[0], day[0]) for wanted in years]
    found.date = next((wanted for wanted in days if wanted >= line.today), days[-1])
    return found
