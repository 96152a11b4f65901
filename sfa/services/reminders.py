"""Reminders: which are due, each told once by each teller, remembered over restarts without a trace in the journal."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Final

from db.queries import agenda as agenda_queries
from db.queries import calendar as queries
from sfa.clock import instant_text
from sfa.services.agenda import agenda
from sfa.services.calendar_settings import usual_reminders

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from sfa.services.agenda import Appointment
    from sfa.services.desk import Desk

ONE_DAY: Final = timedelta(days=1)
LATE: Final = timedelta(minutes=10)
"""What began so long ago is still told; after it nobody is helped."""
SLEPT: Final = timedelta(days=3)
"""A laptop that was off for so long still tells what it missed of what is to come."""
MOST_KEPT: Final = 2000
NEVER: Final = 1 << 40


@dataclass(frozen=True, slots=True)
class Reminder:
    """That an appointment comes.

    Attributes:
        item: the appointment.
        minutes: how long before it, as asked for.
        at: since when it is due (UTC).
    """

    item: Appointment
    minutes: int
    at: datetime

    @property
    def key(self) -> str:
        """Return what names the appointment and its beginning; one that is moved is told anew."""
        return f"{instant_text(self.item.starts)}/{self.item.id}"

    @property
    def words(self) -> str:
        """Return what it is about, with whom, and where."""
        item = self.item
        people = dict.fromkeys(name for name in (item.contact, item.account, item.place) if name)
        return ", ".join((item.subject, *people))


def due(desk: Desk, teller: str, *, within: timedelta = timedelta(0), has_told: bool = False) -> list[Reminder]:
    """Return the reminders that are due and not told yet, by beginning: of each appointment the one nearest to it.

    Args:
        desk: the desk; one's own appointments are looked at, those that are planned.
        teller: who asks, such as `screens` or `shell`: each tells every reminder once.
        within: what becomes due in so long a time counts, too.
        has_told: those that were told before, too.

    Raises:
        UsageError: the setting of reminders cannot be read.
    """
    now = desk.store.clock.now()
    told = {} if has_told else _told(desk, teller)
    nearest: dict[str, Reminder] = {}
    for reminder in _pending(desk, now, within):
        kept = nearest.get(reminder.key)
        if reminder.minutes < told.get(reminder.key, NEVER) and (kept is None or reminder.minutes < kept.minutes):
            nearest[reminder.key] = reminder
    return sorted(nearest.values(), key=lambda reminder: (reminder.item.starts, reminder.item.id))


def _pending(desk: Desk, now: datetime, within: timedelta) -> Iterator[Reminder]:
    """Yield every reminder that is due by `now` + `within` of what has not begun, or only just."""
    usual = usual_reminders(desk)
    own = agenda_queries.reminders(desk.store)
    lengths = {*queries.reminder_lengths(desk.store), *usual}
    if not lengths:
        return
    for item in _coming(desk, now, now + within, lengths):
        if item.status != "planned" or item.starts < now - LATE:
            continue
        for minutes in own.get(item.id) or (() if item.is_all_day else usual):
            at = item.starts.astimezone(UTC) - timedelta(minutes=minutes)
            if at <= now + within:
                yield Reminder(item, minutes, at)


def _coming(desk: Desk, now: datetime, until: datetime, lengths: set[int]) -> Iterator[Appointment]:
    """Yield the appointments that reminders of such lengths may be due of, those of a laptop that slept among them.

    A reminder a year before does not have a year of appointments read: the days that it leads to are.
    """
    zone = desk.store.clock.zone()
    today = now.astimezone(zone).date()
    days = {today}
    for minutes in lengths:
        first = max((now + timedelta(minutes=minutes) - SLEPT).astimezone(zone).date(), today)
        last = (until + timedelta(minutes=minutes)).astimezone(zone).date()
        days |= {first + number * ONE_DAY for number in range((last - first).days + 1)}
    seen: set[tuple[str, datetime]] = set()
    for first, after in _runs(sorted(days)):
        for item in agenda(desk, first, after).appointments:
            if (item.key, item.starts) not in seen:
                seen.add((item.key, item.starts))
                yield item


def _runs(days: Sequence[date]) -> Iterator[tuple[date, date]]:
    """Yield spans [first, after) of days that follow each other."""
    first = before = days[0]
    for day in days[1:]:
        if day != before + ONE_DAY:
            yield first, before + ONE_DAY
            first = day
        before = day
    yield first, before + ONE_DAY


def mark_told(desk: Desk, teller: str, reminders: Iterable[Reminder]) -> None:
    """Keep that reminders were told; nearer ones of the same appointments are told nonetheless."""
    since = instant_text(desk.store.clock.now() - ONE_DAY)
    before = _told(desk, teller)
    told = before | {reminder.key: reminder.minutes for reminder in reminders}
    if told == before:
        return
    kept = dict(sorted(item for item in told.items() if item[0] >= since)[:MOST_KEPT])
    with desk.store.write("reminders.told") as work:
        work.remember(_setting(teller), json.dumps(kept))


def _told(desk: Desk, teller: str) -> dict[str, int]:
    """Return how long before, at last, each appointment was told."""
    kept = desk.store.setting(_setting(teller))
    return dict(json.loads(kept)) if kept else {}


def _setting(teller: str) -> str:
    return f"reminders_told.{teller}"
