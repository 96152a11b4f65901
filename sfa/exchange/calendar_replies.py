"""Answers of people who were asked (METHOD:REPLY): they change what these people answered and nothing else."""

from collections.abc import Sequence

from db.queries import files
from db.queries import imports as queries
from db.store import UnitOfWork
from sfa.exchange.calendar_reading import Happening
from sfa.exchange.calendar_series import Planned
from sfa.exchange.file_results import FileResult
from sfa.services.agenda import uid_of


def take_replies(
    work: UnitOfWork, happenings: Sequence[Happening], planned: Sequence[Planned], result: FileResult
) -> None:
    """Write the answers of a file to the appointments that they are for; who was not asked is refused."""
    rows = files.events_named(work.store, list({item.uid for item in happenings}))
    by_key = {(uid_of(row), row["original_wall"] or ""): row for row in rows}
    people = queries.links(work.store, "event_attendee", "event_id", [row["id"] for row in rows])
    for plan in planned:
        told = plan.told
        row = by_key.get((plan.uid, plan.original or "")) or by_key.get((plan.uid, ""))
        if row is None or row["deleted_at"]:
            result.refuse(told.line, told.columns["subject"], "it answers an appointment that is not in the book")
            continue
        asked = {(item["address"] or "").lower(): item for item in people.get(row["id"], [])}
        changed = False
        for person in told.people:
            item = asked.get((person["address"] or "").lower())
            if item is None and not person["is_organizer"]:
                who = person["name"] or person["address"]
                result.refuse(told.line, told.columns["subject"], f"{who} answers and was not asked")
            elif item is not None and not person["is_organizer"] and item["answer"] != person["answer"]:
                work.update("event_attendee", item["id"], {"answer": person["answer"]})
                changed = True
        counts = result.of("event")
        counts.changed += changed
        counts.unchanged += not changed
