"""What was understood of a line, span by span, in words: who, when, what, how much."""

from __future__ import annotations

from datetime import datetime, timedelta

from sfa.services.entry_values import DAYS, MONTHS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sfa.domain.phrase.values import Line, Span

_KINDS = {
    "verb": ("what", "what"),
    "who": ("who", "who"),
    "account": ("company", "who"),
    "deal": ("deal", "who"),
    "phone": ("phone", "who"),
    "email": ("e-mail", "who"),
    "when": ("when", "when"),
    "duration": ("how long", "when"),
    "amount": ("how much", "much"),
    "percent": ("how likely", "much"),
    "stage": ("stage", "what"),
    "tag": ("tag", "what"),
    "priority": ("priority", "what"),
    "outcome": ("outcome", "what"),
}
_HOUR = 60
_GROUP = 3
_DAY_ONLY = len("2026-12-01")


class Piece:
    """A span for the eye: where it stands in what was typed, its group (what who when much), its label and value."""

    __slots__ = ("end", "group", "label", "start", "value")

    def __init__(self, start: int, end: int, group: str, label: str, value: str) -> None:
        self.start = start
        self.end = end
        self.group = group
        self.label = label
        self.value = value


def pieces(line: Line, lead: int, today_year: int, currency: str) -> list[Piece]:
    """Return what was understood, in the order of the line.

    Args:
        line: as read.
        lead: characters before it in what was typed.
        today_year: it is not told of dates.
        currency: of amounts that name none.
    """
    found = []
    for span in line.spans:
        label, group = _KINDS.get(span.kind, (span.kind, "what"))
        found.append(Piece(span.start + lead, span.end + lead, group, label, _told(span, today_year, currency)))
    return found


def _told(span: Span, year: int, currency: str) -> str:
    if span.kind == "when":
        return when_told(span.value, year)
    if span.kind == "duration" and span.value.isdigit():
        hours, minutes = divmod(int(span.value), _HOUR)
        return " ".join(part for part in (f"{hours} h" if hours else "", f"{minutes} min" if minutes else "") if part)
    if span.kind == "amount":
        number, _, own = span.value.partition(" ")
        return f"{_grouped(number)} {own or currency}".strip()
    if span.kind == "percent":
        return f"{span.value} %"
    return span.value.replace("_", " ")


def _grouped(number: str) -> str:
    whole, point, rest = number.partition(".")
    first = len(whole) % _GROUP or _GROUP
    return (
        ",".join([whole[:first], *(whole[at : at + _GROUP] for at in range(first, len(whole), _GROUP))]) + point + rest
    )


def when_told(value: str, year: int) -> str:
    """Return `Tue 1 Dec 10:00–11:30` of what a span holds: `start[/end][ RRULE]` in ISO 8601, ends of days exclusive."""
    span, _, rule = value.partition(" ")
    first, _, last = span.partition("/")
    start = datetime.fromisoformat(first)
    told = _moment(start, year, is_day=len(first) == _DAY_ONLY)
    if last:
        end = datetime.fromisoformat(last)
        if len(last) == _DAY_ONLY:
            end -= timedelta(days=1)
            told += f" – {_moment(end, year, is_day=True)}" if end > start else ""
        elif end.date() == start.date():
            told += f"–{last[11:16]}"
        else:
            told += f" – {_moment(end, year, is_day=False)}"
    return f"{told}, again and again" if rule else told


def _moment(at: datetime, year: int, *, is_day: bool) -> str:
    day = f"{DAYS[at.weekday()]} {at.day} {MONTHS[at.month - 1]}" + (f" {at.year}" if at.year != year else "")
    return day if is_day else f"{day} {at.isoformat()[11:16]}"
