"""What was done, what is to do, and what is written down."""

from sqlalchemy import CheckConstraint, Index
from sqlalchemy import text as sql

from db.tables.base import STRICT, Link, Record
from db.tables.columns import choice, day, flag, instant, integer, link, prose, text

ACTIVITY_KINDS = ("call", "meeting", "visit", "email", "message", "letter", "demo", "coaching", "internal", "other")
OUTCOMES = (
    "connected",
    "no_answer",
    "left_message",
    "positive",
    "neutral",
    "negative",
    "next_step_set",
    "cancelled",
)
VISITS_HELD = "kind IN ('visit', 'meeting', 'demo') AND deleted_at IS NULL AND outcome IS NOT 'cancelled'"


class Activity(Record, table=True):
    """A call, meeting, mail... that took place (domain.md 4.4)."""

    __tablename__ = "activity"
    __table_args__ = (
        Index("activity_of_account", "account_id", "started_at"),
        Index("activity_of_opportunity", "opportunity_id", "started_at"),
        Index("activity_by_time", "started_at"),
        Index("activity_visits", "account_id", "started_at", sqlite_where=sql(VISITS_HELD)),
        STRICT,
    )
    kind: str = choice(*ACTIVITY_KINDS)
    direction: str = choice("out", "in", default="out")
    subject: str = text(null=False, longest=500)
    note: str | None = prose()
    outcome: str | None = choice(*OUTCOMES, null=True)
    started_at: str = instant(null=False)
    duration_min: int | None = integer(least=0, most=10080)
    account_id: str | None = link("account")
    opportunity_id: str | None = link("opportunity")
    lead_id: str | None = link("lead")
    owner_id: str | None = link("app_user")
    is_internal: int = flag()


class ActivityContact(Link, table=True):
    """Who took part."""

    __tablename__ = "activity_contact"
    __table_args__ = (STRICT,)
    activity_id: str = link("activity", null=False)
    contact_id: str = link("contact", null=False)


class Task(Record, table=True):
    """Something to do, with or without a day."""

    __tablename__ = "task"
    __table_args__ = (
        CheckConstraint("(status = 'done') = (done_at IS NOT NULL)", name="done_task_has_time"),
        Index("task_open", "due_on", sqlite_where=sql("done_at IS NULL AND deleted_at IS NULL")),
        STRICT,
    )
    subject: str = text(null=False, longest=500)
    due_on: str | None = day()
    due_time: str | None = text(longest=5)
    priority: str = choice("low", "normal", "high", "urgent", default="normal")
    status: str = choice("open", "done", "cancelled", "deferred", default="open")
    done_at: str | None = instant()
    note: str | None = prose()
    account_id: str | None = link("account")
    contact_id: str | None = link("contact")
    opportunity_id: str | None = link("opportunity")
    lead_id: str | None = link("lead")
    owner_id: str | None = link("app_user")
    created_on: str | None = day()


class Note(Record, table=True):
    """Something worth keeping, on one or several records."""

    __tablename__ = "note"
    __table_args__ = (STRICT,)
    body: str = prose(null=False)
    account_id: str | None = link("account")
    contact_id: str | None = link("contact")
    opportunity_id: str | None = link("opportunity")
    lead_id: str | None = link("lead")
    quote_id: str | None = link("quote")
    owner_id: str | None = link("app_user")


class Attachment(Record, table=True):
    """A file that belongs to a record, kept by reference: its path, and what it held when it was attached."""

    __tablename__ = "attachment"
    __table_args__ = (STRICT,)
    name: str = text(null=False)
    path: str = text(null=False, longest=4096)
    size_bytes: int | None = integer(least=0)
    sha256: str | None = text(longest=64)
    account_id: str | None = link("account")
    contact_id: str | None = link("contact")
    opportunity_id: str | None = link("opportunity")
    activity_id: str | None = link("activity")
    quote_id: str | None = link("quote")
