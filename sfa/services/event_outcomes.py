"""What came of an appointment: held, with outcome, note and next step; not held; cancelled; moved."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from db.queries import records as queries
from sfa.domain.when import WhenError, find_when
from sfa.errors import UsageError
from sfa.services import events
from sfa.services.coercion import read_choice
from sfa.services.event_targets import Scope, target
from sfa.services.records import add_within, described, edit_within, saved

if TYPE_CHECKING:
    from db.store import UnitOfWork
    from sfa.services.desk import Desk, Saved

STATUSES: Final = ("planned", "held", "not_held", "cancelled")


def complete(
    desk: Desk,
    event_id: str,
    *,
    on: str | None = None,
    outcome: str | None = None,
    note: str | None = None,
    next_step: str | None = None,
    is_dry_run: bool = False,
) -> Saved:
    """Note that an appointment was held: an activity with outcome and note, and a task for the next step.

    Args:
        desk: the desk.
        event_id: the appointment.
        on: the day of the instance, for a series.
        outcome: as activities have it.
        note: what was said.
        next_step: what to do, with its day in words: `send the quote friday`.
        is_dry_run: take it back at once.

    Raises:
        NotFoundError: there is no such appointment, or no instance that day.
        UsageError: a series without a day, or one of the values does not fit.
    """
    with desk.store.write("event.done", is_dry_run=is_dry_run) as work:
        row = target(desk, work, event_id, on, Scope.THIS)
        if row["activity_id"]:
            raise UsageError(
                f"{row['subject']} was completed already.", hint=f"Edit its activity, or: sfa event show {row['ref']}"
            )
        activity = add_within(desk, work, "activity", _activity(desk, row, outcome, note))
        work.update("event", row["id"], {"status": "held", "activity_id": activity})
        told = _next_step(desk, work, row, next_step) if next_step else ""
        work.summary = f"Held {described(desk, events.VERBS.spec, row['id'])}{told}"
    return saved(work, is_dry_run=is_dry_run, record_id=row["id"], ref=row["ref"])


def _activity(desk: Desk, row: dict[str, Any], outcome: str | None, note: str | None) -> dict[str, object]:
    people = [
        row["contact_id"],
        *(link["contact_id"] for link in queries.linked(desk.store, "event_attendee", "event_id", row["id"])),
    ]
    starts, ends = (datetime.fromisoformat(row[name]) for name in ("starts_at", "ends_at"))
    values: dict[str, object] = {
        "kind": row["kind"],
        "subject": row["subject"],
        "started": starts,
        "duration_min": None if row["is_all_day"] else min(int((ends - starts).total_seconds() // 60), 10080),
        "outcome": outcome,
        "note": note,
        "account": row["account_id"],
        "contact": list(dict.fromkeys(person for person in people if person)),
        "opportunity": row["opportunity_id"],
    }
    return {name: value for name, value in values.items() if value not in (None, [])}


def _next_step(desk: Desk, work: UnitOfWork, row: dict[str, Any], text: str) -> str:
    """Make the next step a task, and the next step of the deal where there is one; return words for the summary."""
    now = desk.store.clock.now().astimezone(desk.store.clock.zone()).replace(tzinfo=None)
    try:
        found = find_when(text, now, order=desk.config.text("workspace.dates") or "dmy")
    except WhenError as error:
        raise UsageError(f"Next step: {error}") from error
    subject, due = text, None
    if found and not found.rule:
        due = found.start.date().isoformat()
        for start, end in sorted(found.spans, reverse=True):
            subject = subject[:start] + subject[end:]
        subject = " ".join(subject.split()).strip(" ,;，；") or text
    links = {"account": row["account_id"], "contact": row["contact_id"], "opportunity": row["opportunity_id"]}
    given = {name: value for name, value in {"subject": subject, "due": due, **links}.items() if value}
    add_within(desk, work, "task", given)
    if row["opportunity_id"]:
        edit_within(desk, work, "opportunity", [row["opportunity_id"]], {"next_step": subject, "next_step_on": due})
    return f"; next: {subject}{f' by {due}' if due else ''}"


def set_status(
    desk: Desk,
    event_id: str,
    status: str,
    *,
    on: str | None = None,
    scope: Scope = Scope.THIS,
    reason: str | None = None,
    is_dry_run: bool = False,
) -> Saved:
    """Note that an appointment was not held, is cancelled, or is planned again; of a series one instance, or more."""
    wanted = read_choice(status, STATUSES)
    with desk.store.write("event.status", is_dry_run=is_dry_run) as work:
        row = target(desk, work, event_id, on, scope)
        work.update("event", row["id"], {"status": wanted} | ({"moved_why": reason} if reason else {}))
        work.summary = f"{wanted.replace('_', ' ').capitalize()}: {described(desk, events.VERBS.spec, row['id'])}"
    return saved(work, is_dry_run=is_dry_run, record_id=row["id"], ref=row["ref"])
