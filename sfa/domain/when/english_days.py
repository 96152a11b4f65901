"""Days in English: `tomorrow`, `fri`, `march 3rd`, `4th of march '26`, `the 15th`, `2016, nov 3`."""

from sfa.domain.when.calendar_words import (
    BEFORE_MONTHS,
    BEFORE_PEOPLE,
    DOUBTFUL_MONTHS,
    DOUBTFUL_WEEKDAYS,
    MONTHS,
    PLURAL_WEEKDAYS,
    RELATIVE_DAYS,
    WEEKDAYS,
)
from sfa.domain.when.days import (
    MONTH_NAMES,
    WEEK,
    add_days,
    can_be,
    full_year,
    make_day,
    span_of,
    weekday_after,
    weekday_before,
)
from sfa.domain.when.number_words import ORDINALS, TENS
from sfa.domain.when.numbers import cardinal, ordinal, year_in_words
from sfa.domain.when.readings import Period, Reading
from sfa.domain.when.tokens import NOTHING, NUMBER, WORD, Line
from sfa.domain.when.values import WhenError

_MOST_DAYS = 31
_YEAR_TURNS = {"next": 1, "this": 0, "last": -1}
_FIRST_YEAR, _LAST_YEAR = 1000, 2999
_YEAR_DIGITS = 4
_TWENTIES = 20
_WEEKS_ON = {"week": WEEK, "fortnight": 2 * WEEK}


def relative_day(line: Line, at: int) -> Reading | None:
    """Read `today`, `tmr`, `yesterday`, `tom.`, `tomorrow week`; not Tom."""
    word = line.words[at]
    if word in ("tom", "tod") and not _is_abbreviation(line, at):
        return None
    found = Reading(at, at + 1)
    found.date = add_days(line.today, RELATIVE_DAYS[word])
    if word in ("tom", "tod") and line.words[at + 1] == ".":
        found.after += 1
    weeks = _WEEKS_ON.get(line.words[found.after], 0)
    if weeks and RELATIVE_DAYS[word] >= 0 and line.is_end(found.after + 1):
        found.date, found.after = add_days(found.date, weeks), found.after + 1
    return found


def _is_abbreviation(line: Line, at: int) -> bool:
    if line.is_capital(at) or (at and line.words[at - 1] in BEFORE_PEOPLE):
        return False
    if at > 1 and line.words[at - 1] == "/" and line.words[at - 2] in ("w", "u"):  # w/ tom, f/u tom
        return False
    return line.is_end(at + 1) or line.words[at + 1] in ("at", "@", "morning", "afternoon", "evening", "night")


def weekday(line: Line, at: int, lead: str) -> Reading | None:
    """Read `fri`, `Tues.`, `thu week`, `wednesday after next`; not `Sun Microsystems` nor `sat with Jane`."""
    word = line.words[at]
    if word in PLURAL_WEEKDAYS or (word in DOUBTFUL_WEEKDAYS and not _is_weekday(line, at, lead)):
        return None
    after = at + 1
    if line.words[after] == "." and line.touches(after) and line.touches(after + 1) and line.kinds[after + 1] == WORD:
        return None  # monday.com
    if len(word) <= 5 and line.words[after] == "." and line.touches(after):  # noqa: PLR2004 - an abbreviation
        after += 1
    found = Reading(at, after)
    found.weekday = WEEKDAYS[word]
    following, last = line.words[after], line.words[after + 1]
    if following == "after" and last == "next":
        found.date = add_days(weekday_after(line.today, WEEKDAYS[word]), WEEK)
        found.weekday, found.after = None, after + 2
    elif following in _WEEKS_ON and (line.is_end(after + 1) or last in ("at", "@")):
        found.date = add_days(weekday_after(line.today, WEEKDAYS[word]), _WEEKS_ON[following])
        found.weekday, found.after = None, after + 1
    elif following == "last" and line.is_end(after + 1):
        found.date = weekday_before(line.today, WEEKDAYS[word])
        found.weekday, found.after = None, after + 1
    return found


def _is_weekday(line: Line, at: int, lead: str) -> bool:
    following = line.words[at + 1]
    if following == "next" and line.words[at + 2] == "to":
        return False
    if lead == "the" or (at and line.words[at - 1] == "the") or following in ("with", "down", "beside", "dinners", "s"):
        return False
    is_name = line.is_capital(at) and line.is_capital(at + 1) and following not in MONTHS
    return not is_name or line.kinds[at + 1] != WORD


def month(line: Line, at: int, lead: str) -> Reading | None:
    """Read what begins with the name of a month: `march 3`, `Mar. 3rd, 2026`, `may/22`, `october 2026`, `june`."""
    number = MONTHS[line.words[at]]
    after = at + 1
    if line.words[after] == "." and line.touches(after):
        after += 1
    separator = line.words[after]
    begin = after + 1 if separator in ("/", "-", ",", "the", "of") else after
    begin += line.words[begin] == "the"
    # The 3 of "march 3pm" and of "may 10:30" is an hour.
    found = _day_after_month(line, at, begin, number)
    if found and separator not in (",", "of"):
        return found
    year = read_year(line, begin, is_free=True)
    if year:
        return _month_reading(line, at, year[1], number, year[0])
    turned = after + (line.words[after] in ("of", "in"))
    if line.words[turned + 1] == "year" and line.words[turned] in _YEAR_TURNS:
        return _month_reading(line, at, turned + 2, number, line.today.year + _YEAR_TURNS[line.words[turned]])
    if line.words[after : after + 2] == ["after", "next"]:
        return _month_reading(line, at, after + 2, number, line.today.year + 1 + (number <= line.today.month))
    if not _is_month(line, at, lead):
        return None
    alone = Reading(at, after)
    alone.month = number
    return alone


def _day_after_month(line: Line, at: int, begin: int, number: int) -> Reading | None:
    day = _day_number(line, begin)
    if day is None or _is_clock(line, day[1]):
        return None
    return _with_year(line, at, day[1], number, day[0])


def _day_number(line: Line, at: int) -> tuple[int, int] | None:
    found = ordinal(line, at)
    if found is None and line.kinds[at] == NUMBER and len(line.words[at]) <= 2:  # noqa: PLR2004 - days have two digits
        found = line.numbers[at], at + 1
    if found is None and line.words[at] in TENS:
        found = cardinal(line, at)
        found = found if found and found[0] % 10 else None  # "may twenty one", not "may twenty people"
    return found if found and 1 <= found[0] <= _MOST_DAYS else None


def _is_clock(line: Line, after: int) -> bool:
    following = line.words[after]
    if following in (":", "am", "pm", "oclock"):
        return True
    return following in ("a", "p", "h") and line.touches(after)


def _is_month(line: Line, at: int, lead: str) -> bool:
    if line.words[at] not in DOUBTFUL_MONTHS:
        return True
    before = lead or (line.words[at - 1] if at else "")
    is_verb = line.words[at] in ("may", "march") and not line.is_capital(at) and line.kinds[at + 1] == WORD
    return before in BEFORE_MONTHS and not (is_verb and before in ("to", "-", "for", "before", "after", "and"))


def read_year(line: Line, at: int, *, is_free: bool = False) -> tuple[int, int] | None:
    """Read a year: `2026`, `, 2026`, `of 2026`, `'26`, `two thousand and five`; `is_free` where two digits are none.

    After a day and a month two digits are a year where they can be nothing else.
    """
    begin = at
    if line.words[begin] in (",", "of", "in", "/", "-", "."):
        begin += 1
    begin += line.words[begin] in ("year", "the")
    if line.kinds[begin] == NUMBER:
        number, digits = line.numbers[begin], len(line.words[begin])
        is_year = digits == _YEAR_DIGITS and _FIRST_YEAR <= number <= _LAST_YEAR
        if is_year and line.words[begin + 1] != ":" and not _is_hours(line, begin + 1):
            return number, begin + 1
        is_short = digits == 2 and not is_free and line.words[at] not in ("of", "in")  # noqa: PLR2004 - as it says
        is_joined = line.words[at] in ("/", "-") and line.words[at] == line.words[at - 2]
        if is_short and (number > _MOST_DAYS or is_joined or _is_short_year(line, at, begin)):
            return full_year(number), begin + 1
        return None
    if line.words[begin] == "'" and len(line.words[begin + 1]) == 2 and line.kinds[begin + 1] == NUMBER:  # noqa: PLR2004
        return full_year(line.numbers[begin + 1]), begin + 2
    return year_in_words(line, begin)


def _is_hours(line: Line, at: int) -> bool:
    return line.words[at] in ("h", "hrs", "hours", "people", "€", "%", "eur", "usd", "k")


def _is_short_year(line: Line, at: int, begin: int) -> bool:
    number = line.numbers[begin]
    is_last = line.is_end(begin + 1) and line.words[begin + 1] != ":"
    return begin == at and line.kinds[at - 1] == WORD and is_last and (number >= _TWENTIES or line.words[at][0] == "0")


def _is_era(line: Line, after: int) -> bool:
    return line.words[after] in ("ce", "ad") and not line.is_capital(after - 1)


def _with_year(line: Line, first: int, after: int, number: int, day: int) -> Reading:
    """Return day and month, with the year that follows, if one does.

    Raises:
        WhenError: the month has no such day.
    """
    found = Reading(first, after)
    year = read_year(line, after)
    if year:
        if _is_era(line, year[1]):
            year = line.numbers[year[1] - 1], year[1] + 1
        make_day(year[0], number, day)
        found.year, found.after = year
    elif not can_be(number, day):
        raise WhenError(f"There is no {day} {MONTH_NAMES[number - 1]}.")
    found.month, found.day = number, day
    return found


def _month_reading(line: Line, first: int, after: int, number: int, year: int) -> Reading:
    del line
    found = Reading(first, after)
    found.period = Period(*span_of(make_day(year, number, 1), "month"), "month")
    return found


def day_and_month(line: Line, at: int) -> Reading | None:
    """Read `3 march`, `3rd of march 2026`, `14april`, `16. Nov. 2016`, `12-Mar-26`, `third day of october`."""
    if line.words[at - 1] in ("$", "€", "£", "¥") and at:
        return None
    day = _day_number(line, at)
    if day is None:
        return None
    after = day[1]
    if line.words[after] in (".", "-", "/", ","):
        after += 1
    if line.words[after] == "day" and line.words[after + 1] in ("of", "in"):
        after += 1
    while line.words[after] in ("of", "in", "the"):
        after += 1
    number = MONTHS.get(line.words[after])
    if number is None or (line.words[after - 1] == "in" and line.kinds[at] == NUMBER and day[1] == at + 1):
        return None
    after += 1
    if line.words[after] == "." and line.touches(after):
        after += 1
    return _with_year(line, at, after, number, day[0])


def year_first(line: Line, at: int) -> Reading | None:
    """Read `2016 june`, `2016, nov 3`, `1978, 1 Feb`, `2020/23/Sep`."""
    if len(line.words[at]) != _YEAR_DIGITS or not _FIRST_YEAR <= line.numbers[at] <= _LAST_YEAR:
        return None
    year = line.numbers[at]
    begin = at + 2 if line.words[at + 1] in (",", "/", "-") else at + 1
    if line.words[begin] in MONTHS:
        number = MONTHS[line.words[begin]]
        after = begin + 2 if line.words[begin + 1] in (".", "/", "-") else begin + 1
        day = _day_number(line, after)
        if day is None or _is_clock(line, day[1]):
            return _month_reading(line, at, begin + 1, number, year)
        found = Reading(at, day[1])
        found.date = make_day(year, number, day[0])
        return found
    day = _day_number(line, begin)
    if day is None:
        return None
    after = day[1] + 1 if line.words[day[1]] in ("/", "-", ".", "of") else day[1]
    if line.words[after] not in MONTHS:
        return None
    found = Reading(at, after + 1)
    found.date = make_day(year, MONTHS[line.words[after]], day[0])
    return found


def day_of_month(line: Line, at: int, lead: str) -> Reading | None:
    """Read `15th`, `the 15th`, `the twenty-fourth`, `the 27.`; weak where no article or preposition stands before."""
    found = ordinal(line, at)
    is_word = line.words[at] in ORDINALS or line.words[at] in TENS
    if found is None:
        if (
            line.kinds[at] == NUMBER
            and line.words[at + 1] == "of"
            and line.words[at + 2] in ("this", "next", "last", "the")
        ):
            found = line.numbers[at], at + 1
            is_month = line.words[at + 3] == "month"
            return _plain_day(at, found) if is_month and 1 <= found[0] <= _MOST_DAYS else None
        is_plain = line.kinds[at] == NUMBER and lead in ("the", "on") and line.kinds[at + 1] != WORD
        if not is_plain or not line.is_end(at + 1) or line.words[at + 1] == ":" or len(line.words[at]) > 2:  # noqa: PLR2004
            return None
        is_decimal = line.touches(at + 1) and line.kinds[at + 2] == NUMBER and line.touches(at + 2)
        found = None if is_decimal else (line.numbers[at], at + 1)
    if found is None or not 1 <= found[0] <= _MOST_DAYS:
        return None
    reading = Reading(at, found[1])
    reading.day = found[0]
    before = line.words[at - 2] if lead == "the" and at > 1 else lead
    is_bare_word = is_word and before not in ("on", "by", "until", "till", "from", "since", "for", "the")
    reading.is_weak = lead == "" or is_bare_word or _is_counting(line, found[1])
    return reading


def _plain_day(at: int, found: tuple[int, int]) -> Reading:
    reading = Reading(at, found[1])
    reading.day = found[0]
    return reading


def _is_counting(line: Line, after: int) -> bool:
    """Tell whether a word follows that an ordinal would count: `the 3rd call`."""
    is_word = line.kinds[after] == WORD
    return is_word and line.words[after] not in _AFTER_ORDINALS


def is_whole_line(line: Line, first: int, after: int) -> bool:
    """Tell whether nothing but signs stands around the tokens."""
    return not any(line.kinds[at] in (WORD, NUMBER) for at in range(first)) and (
        line.kinds[after] == NOTHING or not any(line.kinds[at] in (WORD, NUMBER) for at in range(after, line.count))
    )


_AFTER_ORDINALS = frozenset((
    "at", "from", "for", "with", "until", "till", "to", "and", "or", "of", "in", "on", "by", "before", "after", "noon",
    "morning", "afternoon", "evening", "this", "next", "last", "through", "please", "re", "about", "then", "but",
))  # fmt: skip
