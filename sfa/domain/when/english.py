"""Reads one part of a date or a time in English at a place of the line."""

from datetime import timedelta

from sfa.domain.when.calendar_words import EDGE_WORDS, EDGES, MONTHS, PERIODS, RELATIVE_DAYS, SEASONS, TURNS, WEEKDAYS
from sfa.domain.when.clock_words import PART_NAMES, PARTS
from sfa.domain.when.clocks import read_clock
from sfa.domain.when.days import WEEK, add_days, monday_of, span_of
from sfa.domain.when.english_counts import NEAREST, counted, nearest, week_number, week_of
from sfa.domain.when.english_days import (
    day_and_month,
    day_of_month,
    month,
    read_year,
    relative_day,
    weekday,
    year_first,
)
from sfa.domain.when.english_periods import edge, period_end, quarter_of, season, turn
from sfa.domain.when.english_repeats import STARTS, of_every, repeat
from sfa.domain.when.english_shifts import beside, neighbour, same_time, shifted, signed
from sfa.domain.when.feasts import FIRST_WORDS, LONGEST, feast
from sfa.domain.when.figures import read_figures
from sfa.domain.when.number_words import ONES, ORDINALS, TENS, VAGUE
from sfa.domain.when.readings import Period, Reading
from sfa.domain.when.tokens import NUMBER, Line

_NUMBERS = frozenset((*ONES, *TENS, *ORDINALS, *VAGUE, "a", "an", "half", "quarter", "another"))
_AT = frozenset(("at", "@"))
_YEAR_LEADS = frozenset(("in", "of", "since", "during", "until", "till", "by", "before", "after", "for", "year"))
_SATURDAY = 5
_WEEKEND_WORDS = frozenset(("weekend", "wkend"))
_WEEK_WORDS = frozenset(("week", "wk", "cw", "kw", "w"))
_SEASON_LEADS = frozenset(("in", "by", "during", "until"))
_TONIGHTS = frozenset(("tonight", "tonite"))
_MOMENTS = (
    ("as", "soon", "as", "possible"), ("at", "the", "moment"), ("at", "the", "minute"), ("right", "now"),
    ("just", "now"), ("asap",), ("now",), ("immediately",),
)  # fmt: skip
_MOMENT_WORDS = frozenset(words[0] for words in _MOMENTS)


def read_unit(line: Line, at: int, lead: str) -> Reading | None:
    """Read one day, time, period, shift or recurrence; `lead` is the preposition or article right before.

    Raises:
        WhenError: it is written as a date or a time that cannot be one.
    """
    if line.kinds[at] == NUMBER:
        return _number(line, at, lead)
    word = line.words[at]
    if word in ("+", "-"):
        return signed(line, at)
    if word in NEAREST:
        return nearest(line, at, read_anchor)
    if word in _NUMBERS:
        found = _first_thing(line, at) or nearest(line, at, read_anchor) or _counted(line, at, lead)
        if found:
            return found
    if word in STARTS:
        return repeat(line, at)
    return _word(line, at, lead)


def read_anchor(line: Line, at: int) -> Reading | None:
    """Read a day that others are counted from: `friday`, `the 15th`, `christmas`, `next friday`, `02/02`."""
    if line.words[at] in ("the", "on"):
        return day_and_month(line, at + 1) or day_of_month(line, at + 1, "the") or read_anchor(line, at + 1)
    if line.words[at] == "day":
        return neighbour(line, at, read_anchor)
    if line.words[at] in EDGES or line.words[at] in EDGE_WORDS:
        return edge(line, at)
    if line.kinds[at] == NUMBER:
        return read_figures(line, at) or year_first(line, at) or day_and_month(line, at)
    if line.words[at] in ORDINALS or line.words[at] in TENS:
        return day_and_month(line, at)
    return _word(line, at, "", is_anchor=True)


def _number(line: Line, at: int, lead: str) -> Reading | None:
    """Read what begins with figures."""
    found = read_figures(line, at, is_end=lead == "-") or year_first(line, at) or quarter_of(line, at)
    if found:
        return found
    if line.words[at - 1] in ("$", "€", "£", "¥", "#") and at:
        return None
    clock = _clock(line, at, lead)
    return (
        clock
        or nearest(line, at, read_anchor)
        or of_every(line, at)
        or day_and_month(line, at)
        or shifted(line, at, lead, read_anchor)
        or counted(line, at, read_anchor)
        or day_of_month(line, at, lead)
        or _year(line, at, lead)
    )


def _clock(line: Line, at: int, lead: str) -> Reading | None:
    # "in the morning at 7": the article never leads an hour.
    found = read_clock(line, at, is_hour=lead in _AT)
    if found is None or (line.touches(at) and line.words[at - 1] in ("$", "€", "£", "¥", "#", ".", "/", ":")):
        return None
    is_bare = found[1] == at + 1 and lead in _AT
    if is_bare and lead != "@" and not ends_hour(line, found[1]):
        return None
    reading = Reading(at, found[1])
    reading.clock = found[0]
    return reading


def ends_hour(line: Line, after: int) -> bool:
    """Tell whether a bare number may be an hour by what follows: `at 10 with Jane`, not `at 10 sites`."""
    from sfa.domain.when.calendar_words import AFTER_HOURS  # noqa: PLC0415 - kept with the words

    word = line.words[after]
    if line.is_end(after):
        is_decimal = word in (".", ",", ":") and line.touches(after) and line.kinds[after + 1] == NUMBER
        return not (is_decimal and line.touches(after + 1))
    return word in AFTER_HOURS or word in WEEKDAYS or word in RELATIVE_DAYS or word in PART_NAMES or word in MONTHS


def _counted(line: Line, at: int, lead: str) -> Reading | None:
    """Read what begins with a number in words, or with an article."""
    clock = _clock(line, at, lead)
    return (
        clock
        or of_every(line, at)
        or day_and_month(line, at)
        or shifted(line, at, lead, read_anchor)
        or counted(line, at, read_anchor)
        or day_of_month(line, at, lead)
    )


def _year(line: Line, at: int, lead: str) -> Reading | None:
    """Read a year alone, after `in` or `since`."""
    found = read_year(line, at, is_free=True)
    if found is None or lead not in _YEAR_LEADS or found[1] != at + 1 or not 1900 <= found[0] <= 2199:  # noqa: PLR2004
        return None
    reading = Reading(at, found[1])
    reading.year = found[0]
    return reading


def _word(line: Line, at: int, lead: str, *, is_anchor: bool = False) -> Reading | None:
    word = line.words[at]
    found: Reading | None = None
    if word in RELATIVE_DAYS:
        found = relative_day(line, at)
    elif word in WEEKDAYS:
        found = weekday(line, at, lead)
        found = (beside(line, found, read_anchor) if found is not None else None) or found
    elif word in TURNS:
        found = of_every(line, at) or (counted(line, at, read_anchor) if word == "last" else None) or turn(line, at)
        found = found or _turned_feast(line, at) or same_time(line, at, read_anchor)
    elif word in ("q", "h"):
        found = quarter_of(line, at)
    if found is None and word in FIRST_WORDS:
        found = _feast(line, at)
    if found is None and word in MONTHS:
        found = month(line, at, lead)
    if found is None and not is_anchor:
        found = _other(line, at, lead)
    return found


def _other(line: Line, at: int, lead: str) -> Reading | None:
    word = line.words[at]
    found: Reading | None = None
    if word in EDGES or word in EDGE_WORDS or word == "rest":
        found = _early_part(line, at) or edge(line, at)
    elif word in PART_NAMES or word in _TONIGHTS:
        found = _part(line, at, lead)
    elif word in _WEEKEND_WORDS or word in _WEEK_WORDS:
        found = _week(line, at)
    elif word in SEASONS and (lead in _SEASON_LEADS or read_year(line, at + 1, is_free=True)):
        found = _season(line, at)
    found = found or (_clock(line, at, lead) if found is None else None)
    if found is None and word in PERIODS:
        found = period_end(line, at) or neighbour(line, at, read_anchor)
    if found is None and word in _MOMENT_WORDS:
        found = _now(line, at)
    return found


def _part(line: Line, at: int, lead: str) -> Reading | None:
    """Read `morning`, `tonight`; weak where no article or preposition makes it a time."""
    found = Reading(at, at + 1)
    word = line.words[at]
    if word in _TONIGHTS:
        found.date, found.part = line.today, "night"
        return found
    found.part = PART_NAMES[word]
    is_led = lead in ("the", "at", "in", "by", "before", "after", "until", "till", "during", "every", "for", "from")
    found.is_weak = not is_led or word == "eve"
    # "lunch with Ann on friday" is what is done, "at lunch" is when.
    return None if word == "lunch" and (not is_led or lead == "the") else found


def _early_part(line: Line, at: int) -> Reading | None:
    """Read `early morning`, `late-afternoon`, `later this evening`, `the early hours of the morning`."""
    side = EDGE_WORDS.get(line.words[at])
    after = at + 2 if line.words[at + 1] == "-" else at + 1
    is_today = line.words[after] == "this"
    after += is_today
    part = PART_NAMES.get(line.words[after])
    if side == "early" and line.words[after] == "hours":
        part = "morning"
        after += 3 if line.words[after + 1 : after + 4] == ["of", "the", "morning"] else 0
    if side not in ("early", "late") or part is None:
        return None
    found = Reading(at, after + 1)
    found.date = line.today if is_today else None
    found.part = name if (name := f"{side} {part}") in PARTS else part
    return found


def _first_thing(line: Line, at: int) -> Reading | None:
    """Read `first thing`, `first thing in the morning`."""
    if line.words[at : at + 2] != ["first", "thing"]:
        return None
    found = Reading(at, at + (5 if line.words[at + 2 : at + 5] == ["in", "the", "morning"] else 2))
    found.part = "early morning"
    return found


def _week(line: Line, at: int) -> Reading | None:
    if line.words[at] in _WEEKEND_WORDS:
        is_second = line.words[at + 1 : at + 3] == ["after", "next"]
        monday = add_days(monday_of(line.today), 2 * WEEK if is_second else 0)
        found = Reading(at, at + (3 if is_second else 1))
        found.period = Period(add_days(monday, _SATURDAY), add_days(monday, WEEK), "day")
        return found
    return (
        period_end(line, at)
        or week_of(line, at, read_anchor)
        or week_number(line, at)
        or neighbour(line, at, read_anchor)
    )


def _season(line: Line, at: int) -> Reading:
    year = read_year(line, at + 1, is_free=True)
    found = Reading(at, year[1] if year else at + 1)
    found.period = season(line, line.words[at], year[0] if year else line.today.year, is_next=year is None)
    return found


def _turned_feast(line: Line, at: int) -> Reading | None:
    """Read `next thanksgiving`, `last easter`."""
    found = _feast(line, at + 1) if line.words[at + 1] in FIRST_WORDS else None
    if found is None or found.named is None or found.year is not None:
        return found
    number = TURNS[line.words[at]]
    found.first = at
    if number == 0:
        found.year = line.today.year
    elif number < 0:
        years = (line.today.year, line.today.year - 1)
        found.date = next(day for day in map(found.named, years) if day < line.today or day.year < line.today.year)
        found.named = None
    return found


def _feast(line: Line, at: int) -> Reading | None:
    """Read the name of a feast, the longest first, and the year behind it."""
    for count in range(LONGEST, 0, -1):
        name = " ".join(line.words[at : at + count]).replace(" - ", "-").replace(" .", "")
        named = feast(name)
        if named is None:
            continue
        found = Reading(at, at + count)
        found.named = named
        year = read_year(line, found.after, is_free=True)
        if year:
            found.year, found.after = year
        return found
    return None


def _now(line: Line, at: int) -> Reading | None:
    for words in _MOMENTS:
        if all(line.words[at + place] == word for place, word in enumerate(words)):
            found = Reading(at, at + len(words))
            found.moment = line.now - timedelta(microseconds=line.now.microsecond)
            found.grain = "second"
            found.is_weak = words in (("now",), ("immediately",))
            return found
    return None


def this_period(line: Line, unit: str) -> Period:
    """Return the week, month, quarter or year of today."""
    return Period(*span_of(line.today, unit), unit)
