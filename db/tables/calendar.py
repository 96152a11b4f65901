"""Appointments: single, whole days, series and their exceptions; who comes, and when the rep is reminded."""

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy import text as sql

from db.tables.base import STRICT, Link, Record
from db.tables.columns import choice, flag, instant, integer, kept, link, prose, text

EVENT_KINDS = ("meeting", "call", "visit", "demo", "other")
ANSWERS = ("needs_action", "accepted", "declined", "tentative", "delegated")
LONGEST_REMINDER_MIN = 60 * 24 * 366


class Event(Record, table=True):
    """An appointment: wall time in a zone, or whole days; `starts_at` is its instant, for order.

    A series holds its rule; `until_at` is the instant from which on it cannot occur any more, NULL for ever. An
    occurrence that differs is a record of its own: `series_id` names the series, `original_wall` the wall time that it
    had by the rule; a cancelled one has the status `cancelled`.
    """

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("(series_id IS NULL) = (original_wall IS NULL)", name="event_exception_is_whole"),
        CheckConstraint("series_id IS NULL OR rule IS NULL", name="event_exception_repeats_nothing"),
        CheckConstraint("ends_wall >= starts_wall OR ends_zone IS NOT NULL", name="event_ends_after_it_starts"),
        UniqueConstraint("series_id", "original_wall", name="event_exception_once"),
        Index("event_by_time", "starts_at"),
        Index("event_by_end", "ends_at", sqlite_where=sql("rule IS NULL AND deleted_at IS NULL")),
        Index("event_series", "until_at", sqlite_where=sql("rule IS NOT NULL AND deleted_at IS NULL")),
        STRICT,
    )
    subject: str = text(null=False, longest=500)
    kind: str = choice(*EVENT_KINDS, default="meeting")
    is_all_day: int = flag()
    starts_wall: str = text(null=False, longest=19)
    ends_wall: str = text(null=False, longest=19)
    zone: str = text(null=False, longest=80)
    ends_zone: str | None = text(longest=80)
    starts_at: str = instant(null=False)
    ends_at: str = instant(null=False)
    rule: str | None = prose()
    until_at: str | None = instant()
    series_id: str | None = link("event")
    original_wall: str | None = text(longest=19)
    place: str | None = text(longest=500)
    url: str | None = text(longest=2000)
    status: str = choice("planned", "held", "not_held", "cancelled", default="planned")
    busy: str = choice("busy", "free", "tentative", "away", default="busy")
    privacy: str = choice("public", "private", "confidential", default="public")
    moved_count: int = integer(null=False, least=0, server_default="0")
    moved_why: str | None = text(longest=500)
    account_id: str | None = link("account")
    contact_id: str | None = link("contact")
    opportunity_id: str | None = link("opportunity")
    activity_id: str | None = link("activity")
    owner_id: str | None = link("app_user")
    note: str | None = prose()
    uid: str | None = text(longest=500, index=True)
    sequence: int = integer(null=False, least=0, server_default="0")
    extra: str | None = kept()


class EventAttendee(Link, table=True):
    """Who is asked to an appointment, and what they answered; a contact, or just a name and an address."""

    __tablename__ = "event_attendee"
    __table_args__ = (
        CheckConstraint(
            "contact_id IS NOT NULL OR name IS NOT NULL OR address IS NOT NULL", name="attendee_is_somebody"
        ),
        STRICT,
    )
    event_id: str = link("event", null=False)
    contact_id: str | None = link("contact")
    name: str | None = text()
    address: str | None = text(longest=320)
    answer: str = choice(*ANSWERS, default="needs_action")
    is_organizer: int = flag()
    is_optional: int = flag()


class EventReminder(Link, table=True):
    """How long before an appointment the rep is reminded."""

    __tablename__ = "event_reminder"
    __table_args__ = (UniqueConstraint("event_id", "minutes_before", name="reminder_once"), STRICT)
    event_id: str = link("event", null=False)
    minutes_before: int = integer(null=False, least=0, most=LONGEST_REMINDER_MIN)
