"""Undo, redo, and what was done: the journal for people."""

from dataclasses import dataclass
from datetime import datetime

from db import journal
from db.journal import OperationRow
from db.queries import history as queries
from sfa.clock import parse_instant_text
from sfa.domain.fields import NOUNS
from sfa.errors import ConflictError, NotFoundError
from sfa.services.change_words import worded
from sfa.services.costs import without_costs
from sfa.services.desk import Desk, Saved

REF_LENGTH = 8


@dataclass(frozen=True, slots=True)
class OperationLine:
    """One operation, as a list of what was done shows it.

    Attributes:
        ref: the tail of its id, enough for `undo`.
        at: when, in UTC.
        is_undone: whether it is out of force.
        undoes: ref of the operation that it took back or brought back.
    """

    id: str
    ref: str
    at: datetime
    actor: str
    verb: str
    summary: str
    is_undone: bool
    undoes: str | None


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change of one record.

    Attributes:
        at: when, in UTC.
        verb: added, changed, removed or restored.
        field: in words; None where the whole record is meant.
        old: what it was, names instead of ids.
        new: what it became.
        operation_ref: what to undo it by.
        summary: what the whole operation did.
    """

    at: datetime
    actor: str
    verb: str
    field: str | None
    old: str | None
    new: str | None
    operation_ref: str
    summary: str


def operations(desk: Desk, *, limit: int = 50, before: str | None = None) -> list[OperationLine]:
    """Return what was done, newest first; `before` an operation's id for the next page."""
    return [_line(row) for row in journal.operations(desk.store, limit=limit, before=before)]


def record_history(desk: Desk, noun: str, record_id: str, *, limit: int | None = None) -> list[HistoryLine]:
    """Return the changes of one record and of its phones, tags and roles, newest first.

    Raises:
        NotFoundError: there never was such a record.
    """
    spec = NOUNS[noun]
    lines = queries.of_record(desk.store, spec.table, record_id)
    if not lines and queries.column_of(desk.store, spec.table, record_id, "id") is None:
        raise NotFoundError(f"No {noun} {record_id}.", hint=f"List them with: sfa {noun} list")
    found = [
        HistoryLine(
            parse_instant_text(change.line.at),
            change.line.actor,
            change.verb,
            change.field,
            change.old,
            change.new,
            change.line.operation_id[-REF_LENGTH:],
            change.line.summary,
        )
        for change in without_costs(desk, noun, worded(desk.store, spec, lines, record_id))
    ]
    return found[:limit]


def undo(desk: Desk, reference: str | None = None, *, is_dry_run: bool = False) -> Saved:
    """Take back the last operation, or the one of that reference.

    Raises:
        NotFoundError: no such operation.
        ConflictError: there is nothing to undo, or something later depends on it.
    """
    target = journal.operation(desk.store, reference) if reference else journal.last_to_undo(desk.store)
    if target is None:
        raise ConflictError("There is nothing to undo.")
    journal.undo(desk.store, target, is_dry_run=is_dry_run)
    return _saved(desk, f"Undid: {target.summary}", target, is_dry_run=is_dry_run)


def redo(desk: Desk, reference: str | None = None, *, is_dry_run: bool = False) -> Saved:
    """Bring back what was undone last, or the undone operation of that reference.

    Raises:
        NotFoundError: no such operation.
        ConflictError: there is nothing to redo, or what it wrote no longer fits.
    """
    target = journal.operation(desk.store, reference) if reference else journal.last_to_redo(desk.store)
    if target is None:
        raise ConflictError("There is nothing to redo.", hint="Only what was undone last, with nothing written since.")
    journal.redo(desk.store, target, is_dry_run=is_dry_run)
    return _saved(desk, f"Redid: {target.summary}", target, is_dry_run=is_dry_run)


def _saved(desk: Desk, summary: str, target: OperationRow, *, is_dry_run: bool) -> Saved:
    """Return what was done; its operation is the newest one."""
    done = None if is_dry_run else journal.operations(desk.store, limit=1)[0].id
    count = len({line.row_id for line in queries.of_operation(desk.store, target.id)})
    return Saved(summary, done, None, None, count, is_dry_run)


def _line(row: OperationRow) -> OperationLine:
    return OperationLine(
        row.id,
        row.id[-REF_LENGTH:],
        parse_instant_text(row.at),
        row.actor,
        row.verb,
        row.summary,
        row.undone_by is not None,
        row.undoes[-REF_LENGTH:] if row.undoes else None,
    )
