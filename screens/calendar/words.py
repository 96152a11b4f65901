"""Appointments and spans of days in words, as the calendar's views and lines say them."""

from datetime import date, datetime, timedelta, tzinfo

from rich.cells import cell_len, chop_cells

from screens.widgets.columns import fit
from sfa.domain.text import clean
from sfa.services.agenda import Appointment
from sfa.services.countdown import how_soon

CLASH = "!"
CLASH_WORDS = "! clash"
HELD = "✓"
MISSED = "✗"
SERIES = "↻"
MAYBE = "?"
HOLIDAY = "✦"
SIGNS = (
    (CLASH, "clash: another one is on at the same time"),
    (HELD, "held"),
    (MISSED, "not held"),
    (SERIES, "repeats"),
    (MAYBE, "tentative"),
    (HOLIDAY, "public holiday"),
    ("☐", "task"),
)
SEPARATOR = "  ·  "
NARROW, WIDE = 14, 24
"""Cells below which a block has no room for its time, and from which on one line holds both."""
FEW = 2
SHORTEST_PART = 3
"""Letters of a word that are worth a line of their own."""
TIME_AND_WORD = 9
"""Cells below which a time would leave no room for a word."""
_STATUS = {"held": HELD, "not_held": MISSED, "cancelled": MISSED}


def clock(moment: datetime, zone: tzinfo) -> str:
    """Return the time of day of an aware moment in a zone."""
    return f"{moment.astimezone(zone):%H:%M}"


def times(item: Appointment, zone: tzinfo) -> str:
    """Return from when to when, or how many days."""
    if item.is_all_day:
        days = (item.ends - item.starts).days
        return "all day" if days <= 1 else f"{days} days"
    starts, ends = item.starts.astimezone(zone), item.ends.astimezone(zone)
    if starts.date() == ends.date() or (ends - starts < timedelta(days=1)):
        return f"{starts:%H:%M}–{ends:%H:%M}"
    return f"{starts:%a %H:%M}–{ends:%a %H:%M}"


def who(item: Appointment) -> str:
    """Return whom it is with."""
    return ", ".join(dict.fromkeys(clean(name) for name in (item.contact, item.account) if name))


def marks(item: Appointment, *, is_narrow: bool = False) -> str:
    """Return the signs of an appointment, with a space after them; where it is narrow those that matter most."""
    found = (
        CLASH if item.collides else "",
        _STATUS.get(item.status, ""),
        MAYBE if item.busy == "tentative" else "",
        SERIES if item.is_repeating and not is_narrow else "",
    )
    joined = "".join(found)
    return f"{joined} " if joined else ""


def subject(item: Appointment) -> str:
    """Return what it is about, on one line."""
    return clean(item.subject)


def in_full(item: Appointment, zone: tzinfo) -> str:
    """Return an appointment in one line, with all that a block may have no room for."""
    state = "" if item.status == "planned" else item.status.replace("_", " ")
    parts = (
        f"{times(item, zone)} {marks(item)}{subject(item)}",
        who(item),
        clean(item.place),
        "clash" if item.collides else "",
        state,
        "tentative" if item.busy == "tentative" else "",
        item.ref,
    )
    return SEPARATOR.join(part for part in parts if part)


def block_lines(item: Appointment, zone: tzinfo, rows: int, width: int, *, is_on_line: bool) -> list[str]:
    """Return what stands in a block of so many rows of so many cells, the most needed first.

    Where it begins on a line of the grid, the hours beside it tell its time; a narrow one leaves it out.
    """
    begins = clock(item.starts, zone)
    if width < NARROW:
        about = f"{_state(item)}{subject(item)}"
        if rows == 1 or not is_on_line:
            is_told = not is_on_line and width >= TIME_AND_WORD
            return wrapped(f"{begins} {about}" if is_told else about, width, rows)
        lines = _filled([], about, who(item), "", item, rows, width)
        spare = times(item, zone) if width >= len("09:00–10:00") else begins
        return [*lines, spare] if len(lines) < rows and width >= len(begins) else lines
    about = f"{_state(item)}{f'{SERIES} ' if item.is_repeating else ''}{subject(item)}"
    if rows == 1:
        whom = who(item)
        return [f"{begins} {about}{f' · {whom}' if whom else ''}"]
    if rows <= FEW or width >= WIDE:
        return _filled(
            [],
            f"{times(item, zone) if width >= WIDE else begins} {about}",
            who(item),
            clean(item.place),
            item,
            rows,
            width,
        )
    return _filled([times(item, zone)], about, who(item), clean(item.place), item, rows, width)


def _state(item: Appointment) -> str:
    """Return the signs of what came of it; that it collides stands at the edge of the block."""
    found = _STATUS.get(item.status, "") + (MAYBE if item.busy == "tentative" else "")
    return f"{found} " if found else ""


def _filled(head: list[str], about: str, whom: str, place: str, item: Appointment, rows: int, width: int) -> list[str]:
    """Return the lines of a block: what it is about takes the rows that the others leave."""
    clash = [CLASH_WORDS] if item.collides and width >= len(CLASH_WORDS) and rows - len(head) >= FEW else []
    tail = [*([whom] if whom else []), *([place] if place else [])][: max(rows - len(head) - len(clash) - 1, 0)]
    room = max(rows - len(head) - len(clash) - len(tail), 1)
    return [*head, *wrapped(about, width, room), *tail, *clash]


def wrapped(text: str, width: int, rows: int) -> list[str]:
    """Return a text in at most so many lines of so many cells, broken between words where there are any."""
    lines: list[str] = []
    line = ""
    words = text.split(" ")
    while words and len(lines) < rows - 1:
        word = words.pop(0)
        joined = f"{line} {word}" if line else word
        if cell_len(joined) <= width:
            line = joined
        elif line:
            lines.append(line)
            line = ""
            words.insert(0, word)
        else:
            first, *parts = chop_cells(word, max(width, 2))
            rest = "".join(parts)
            is_scrap = len(rest) < SHORTEST_PART and rest.isascii()
            lines.append(fit(word, width) if is_scrap else first)
            words[:0] = [] if is_scrap else [rest]
    rest = " ".join([line, *words] if line else words)
    return [*lines, rest] if rest else lines


def span_title(view: str, first: date, day: date) -> str:
    """Return what a view shows: of a week its number and days, of a month its name."""
    if view == "day":
        return f"{day:%A}, {day.day} {day:%B %Y}"
    if view == "month":
        return f"{first + timedelta(days=10):%B %Y}"
    last = first + timedelta(days=6 if view == "week" else 13)
    if first.year != last.year:
        days = f"{first.day} {first:%b %Y} – {last.day} {last:%b %Y}"
    elif first.month != last.month:
        days = f"{first.day} {first:%b} – {last.day} {last:%b %Y}"
    else:
        days = f"{first.day}–{last.day} {last:%B %Y}"
    return f"Week {(first + timedelta(days=3)).isocalendar().week} · {days}" if view == "week" else days


def next_words(item: Appointment | None, now: datetime) -> str:
    """Return which appointment is next, and how soon."""
    if item is None or item.starts <= now:
        return ""
    return f"next {how_soon(item.starts, now)}: {subject(item)}"
