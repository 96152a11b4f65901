"""Bulk edits: what would change, before it does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.queries import history as queries
from db.queries import records
from sfa.services.change_words import WordedChange, worded
from sfa.services.costs import without_costs
from sfa.services.desk import Desk
from sfa.services.drafts import label_of
from sfa.services.records import verbs_of


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """One field of one record that an edit would change, in the user's words."""

    id: str
    ref: str
    label: str
    field: str
    old: str | None
    new: str | None


def preview(desk: Desk, noun: str, ids: Sequence[str], values: Mapping[str, object]) -> list[PlannedChange]:
    """Return what an edit of these records would change; it is really done, and taken back.

    Raises:
        UsageError, NotFoundError, ConflictError: as the edit itself would.
    """
    verbs = verbs_of(noun)
    with desk.store.write(f"{noun}.edit", is_dry_run=True) as work:
        verbs.edit_within(desk, work, ids, values)
        lines = queries.of_operation(desk.store, str(work.operation_id))
        changes = without_costs(desk, noun, worded(desk.store, verbs.spec, lines))
        found = [_planned(desk, noun, change) for change in changes]
    return [change for change in found if change.old != change.new]


def _planned(desk: Desk, noun: str, change: WordedChange) -> PlannedChange:
    row = records.record(desk.store, verbs_of(noun).spec.table, change.owner_id) or {}
    return PlannedChange(
        change.owner_id, str(row.get("ref")), label_of(row), change.field or change.verb, change.old, change.new
    )
