"""Where appointments stand in a day of the time grid: which rows, and side by side with which others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from sfa.services.agenda import Appointment

DAY_MIN = 24 * 60
ONE_DAY = timedelta(days=1)
MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Block:
    """The part of an appointment that lies in one day.

    Attributes:
        first, last: rows of the grid, the last one included.
        lane, lanes: its place among those that share a row with it, and how many places there are.
    """

    item: Appointment
    first: int
    last: int
    lane: int = 0
    lanes: int = 1


def is_whole_day(item: Appointment) -> bool:
    """Tell whether an appointment stands above the hours: whole days, and what lasts a day or longer."""
    return item.is_all_day or item.ends - item.starts >= ONE_DAY


def by_day(items: Iterable[Appointment], days: Sequence[date], zone: tzinfo) -> dict[date, list[Appointment]]:
    """Return the appointments that touch each of some days that follow each other; without length where they begin."""
    found: dict[date, list[Appointment]] = {day: [] for day in days}
    for item in items:
        starts, ends = _wall(item.starts, zone), _wall(item.ends, zone)
        day, last = max(starts.date(), days[0]), _last_day(starts, ends)
        while day <= last and day in found:
            found[day].append(item)
            day += ONE_DAY
    return found


def _last_day(starts: datetime, ends: datetime) -> date:
    """Return the last day that has any of [starts, ends) in it."""
    return (ends - MOMENT).date() if ends > starts else starts.date()


def whole_days(items: Iterable[Appointment], day: date, zone: tzinfo) -> list[Appointment]:
    """Return what stands above the hours of a day."""
    return by_day((item for item in items if is_whole_day(item)), [day], zone)[day]


def day_blocks(items: Iterable[Appointment], day: date, zone: tzinfo, slot_min: int) -> list[Block]:
    """Return the blocks of a day, by their rows; those that share a row have lanes of their own.

    Args:
        items: appointments of any days.
        day: the day.
        zone: whose day it is.
        slot_min: minutes that a row stands for.
    """
    placed = (_span(item, day, zone, slot_min) for item in items if not is_whole_day(item))
    spans = [block for block in placed if block is not None]
    spans.sort(key=lambda block: (block.first, -block.last))
    return [block for group in _groups(spans) for block in _laned(group)]


def _span(item: Appointment, day: date, zone: tzinfo, slot_min: int) -> Block | None:
    """Return the rows of an appointment in a day, or None where it is on other days."""
    low = datetime.combine(day, time())
    starts, ends = _wall(item.starts, zone), _wall(item.ends, zone)
    if not starts.date() <= day <= _last_day(starts, ends):
        return None
    start_min = max(_minutes(starts - low), 0)
    end_min = min(max(_minutes(ends - low), start_min + 1), DAY_MIN)
    return Block(item, start_min // slot_min, (end_min - 1) // slot_min)


def _minutes(length: timedelta) -> int:
    return length.days * DAY_MIN + length.seconds // 60


def _wall(moment: datetime, zone: tzinfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


def _groups(spans: Sequence[Block]) -> Iterable[list[Block]]:
    """Yield blocks that share rows, directly or through others."""
    group: list[Block] = []
    last = -1
    for block in spans:
        if group and block.first > last:
            yield group
            group = []
        group.append(block)
        last = max(last, block.last) if len(group) > 1 else block.last
    if group:
        yield group


def _laned(group: Sequence[Block]) -> list[Block]:
    ends: list[int] = []
    lanes: list[int] = []
    for block in group:
        free = next((lane for lane, end in enumerate(ends) if end < block.first), len(ends))
        if free == len(ends):
            ends.append(block.last)
        else:
            ends[free] = block.last
        lanes.append(free)
    return [
        Block(block.item, block.first, block.last, lane, len(ends)) for block, lane in zip(group, lanes, strict=True)
    ]
