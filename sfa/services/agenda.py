"""The calendar between two moments: every occurrence, in the order of time, and which of them collide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from db.queries import agenda as queries
from sfa.clock import instant_text, parse_instant_text
from sfa.domain.recurrence.values import RecurrenceError
from sfa.domain.recurrence.zones import located, zone_of
from sfa.services.event_times import FLOATING, wall_text
from sfa.services.series import wall_of
from sfa.services.series_shelf import shelf_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, tzinfo

    from sfa.services.desk import Desk

ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Appointment:
    """One occurrence of an appointment.

    Attributes:
        id: of its record; all occurrences of a series share it.
        original: the wall time that the series gives it, which names it for ever; None for a single one.
        starts, ends: aware, in the appointment's own zone; midnights of the viewer's zone where `is_all_day`.
        status: planned, held, not_held or cancelled.
        collides: whether another one that keeps the rep busy is on at the same time.
    """

    id: str
    ref: str
    uid: str
    subject: str
    kind: str
    status: str
    is_all_day: bool
    starts: datetime
    ends: datetime
    zone: str
    original: str | None = None
    series_id: str | None = None
    place: str = ""
    url: str = ""
    busy: str = "busy"
    privacy: str = "public"
    account_id: str | None = None
    account: str = ""
    contact: str = ""
    opportunity_id: str | None = None
    collides: bool = False

    @property
    def key(self) -> str:
        """Return what names this occurrence: the record, and the original time within a series."""
        return f"{self.id}@{self.original}" if self.original and not self.series_id else self.id

    @property
    def is_repeating(self) -> bool:
        """Tell whether it belongs to a series."""
        return self.original is not None

    @property
    def minutes(self) -> int:
        """Return how long it lasts."""
        return int((self.ends - self.starts).total_seconds() // 60)


_SLOTS = tuple(Appointment.__slots__)


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a span of time holds, by beginning; whole days come first of their day.

    Attributes:
        notes: sentences on what could not be followed to its end.
    """

    appointments: tuple[Appointment, ...]
    notes: tuple[str, ...] = ()


def agenda(desk: Desk, first: date, after: date, *, is_everybody: bool = False, has_cancelled: bool = False) -> Agenda:
    """Return the appointments that touch the days [first, after) of the user's zone.

    With `is_everybody` those of others too, with `has_cancelled` those that were cancelled.
    """
    zone = desk.store.clock.zone()
    low, high = (datetime.combine(day, time(), zone) for day in (first, after))
    owner = None if is_everybody else desk.user_id
    # Whole days and floating times are the same dates everywhere: they may lie half a day off by their instants.
    bounds = (instant_text((low - ONE_DAY).astimezone(UTC)), instant_text((high + ONE_DAY).astimezone(UTC)))
    found = [_single(row, zone) for row in queries.singles(desk.store, owner, *bounds)]
    repeated, notes = _repeated(desk, owner, low, high)
    found += repeated
    kept = [item for item in found if _touches(item, low, high) and (has_cancelled or item.status != "cancelled")]
    kept.sort(
        key=lambda item: (item.starts.astimezone(zone).date(), not item.is_all_day, item.starts, item.ends, item.id)
    )
    return Agenda(tuple(with_collisions(kept)), tuple(dict.fromkeys(notes)))


def _touches(item: Appointment, low: datetime, high: datetime) -> bool:
    return item.starts < high and (item.ends > low or (item.starts == item.ends and item.starts >= low))


def _single(row: dict[str, Any], viewer: tzinfo) -> Appointment:
    starts, ends = _moments(row, viewer)
    return _appointment(row, starts, ends, row["original_wall"])


def _moments(row: dict[str, Any], viewer: tzinfo) -> tuple[datetime, datetime]:
    """Return beginning and end, aware: in the zone of the appointment, or by the viewer's clock where it has none."""
    if row["is_all_day"] or row["zone"] == FLOATING:
        return wall_of(row["starts_wall"]).replace(tzinfo=viewer), wall_of(row["ends_wall"]).replace(tzinfo=viewer)
    zone = _zone(row["zone"], viewer)
    return parse_instant_text(row["starts_at"]).astimezone(zone), parse_instant_text(row["ends_at"]).astimezone(zone)


def _zone(name: str, viewer: tzinfo) -> tzinfo:
    try:
        return zone_of(name) or viewer
    except RecurrenceError:
        return viewer


def _appointment(row: dict[str, Any], starts: datetime, ends: datetime, original: str | None) -> Appointment:
    return Appointment(
        id=row["id"],
        ref=row["ref"],
        uid=uid_of(row),
        subject=row["subject"],
        kind=row["kind"],
        status=row["status"],
        is_all_day=bool(row["is_all_day"]),
        starts=starts,
        ends=ends,
        zone=row["zone"],
        original=original,
        series_id=row["series_id"],
        place=row["place"] or "",
        url=row["url"] or "",
        busy=row["busy"],
        privacy=row["privacy"],
        account_id=row["account_id"],
        account=row["account"] or "",
        contact=row["contact"] or "",
        opportunity_id=row["opportunity_id"],
    )


def uid_of(row: dict[str, Any]) -> str:
    """Return what calendars call an appointment: stable for ever, shared by a series and its exceptions."""
    return str(row["uid"] or f"{row['series_id'] or row['id']}@sfa")


def _repeated(
    desk: Desk, owner: str | None, low: datetime, high: datetime
) -> tuple[list[Appointment], list[str]]:
    """Return the occurrences of series in a window, and sentences on what is missing."""
    viewer = desk.store.clock.zone()
    _, rows, plans, notes = shelf_of(desk.store, owner)
    if not rows:
        return [], notes
    from sfa.domain.recurrence.windows import occurrences_in  # noqa: PLC0415 - only where something repeats

    hits, stopped = occurrences_in(plans, low.replace(tzinfo=None), high.replace(tzinfo=None), viewer)
    found = []
    for hit in hits:
        row, occurrence = rows[hit.place], hit.occurrence
        starts, ends = located(occurrence, zone_of(plans[hit.place].base.zone))
        if starts.tzinfo is None:
            starts, ends = starts.replace(tzinfo=viewer), ends.replace(tzinfo=viewer)
        original = wall_text(occurrence.original, is_all_day=bool(row["is_all_day"]))
        found.append(_appointment(row, starts, ends, original))
    return found, notes + stopped


def with_collisions(items: Iterable[Appointment]) -> list[Appointment]:
    """Mark what takes place at the same time as another appointment that keeps the rep busy (`[start, end)`)."""
    found = list(items)
    busy = [at for at, item in enumerate(found) if _keeps_busy(item)]
    busy.sort(key=lambda at: found[at].starts)
    colliding: set[int] = set()
    latest: int | None = None
    for at in busy:
        if latest is not None and found[at].starts < found[latest].ends:
            colliding |= {at, latest}
        if latest is None or found[at].ends > found[latest].ends:
            latest = at
    return [_colliding(item) if at in colliding else item for at, item in enumerate(found)]


def _colliding(item: Appointment) -> Appointment:
    """Return the same one, marked; a fifth of the time that `replace` takes, which a full week would feel."""
    twin = object.__new__(Appointment)
    for name in _SLOTS:
        object.__setattr__(twin, name, getattr(item, name))
    object.__setattr__(twin, "collides", True)
    return twin


def _keeps_busy(item: Appointment) -> bool:
    is_on = item.status in ("planned", "held") and item.busy in ("busy", "away")
    return is_on and not item.is_all_day and item.ends > item.starts
