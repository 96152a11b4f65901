"""The trash: removed records listed, brought back, or deleted for good."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from db.queries import trash as queries
from db.queries.history import ANYWHERE
from db.queries.names import name_column
from db.queries.records import record
from db.queries.trash import TrashRow
from db.store import UnitOfWork
from sfa.clock import parse_instant_text
from sfa.domain.fields import NOUNS
from sfa.domain.text import fold
from sfa.errors import ConflictError, NotFoundError
from sfa.services.desk import Desk, Saved
from sfa.services.drafts import label_of
from sfa.services.records import verbs_of

LISTED = 1000
EVERYTHING = 1_000_000
SHORTEST_REF = 4
CONSENT = "consent_event"
"""What a contact said is a record, and goes with the contact alone."""
KEPT = ("quote",)
"""Nouns whose records stay in the trash: a number that was given away is never given again."""


@dataclass(frozen=True, slots=True)
class Trashed:
    """A removed record; `removed_at` is in UTC."""

    noun: str
    id: str
    ref: str
    label: str
    removed_at: datetime


def trashed(desk: Desk, noun: str | None = None, *, limit: int = LISTED) -> list[Trashed]:
    """Return what lies in the trash, of one noun or of all, the newest first."""
    nouns = [noun] if noun else list(NOUNS)
    tables = {NOUNS[name].table: name_column(name) for name in nouns}
    by_table = {NOUNS[name].table: name for name in nouns}
    return [_made(by_table, row) for row in queries.trashed(desk.store, tables, limit)]


def find(desk: Desk, text: str, noun: str | None = None) -> Trashed:
    """Return the removed record of a reference, an id, a name or its beginning; of one noun or of any.

    Raises:
        NotFoundError: the trash holds none.
        ConflictError: it holds several.
    """
    wanted = text.strip()
    everything = trashed(desk, noun, limit=EVERYTHING)
    for matches in (
        [item for item in everything if wanted in (item.id, item.ref)],
        [item for item in everything if len(wanted) >= SHORTEST_REF and item.id.endswith(wanted)],
        [item for item in everything if fold(item.label) == fold(wanted)],
        [item for item in everything if wanted and fold(item.label).startswith(fold(wanted))],
    ):
        if len(matches) == 1:
            return matches[0]
        if matches:
            names = [f"{item.noun} {item.label} ({item.ref})" for item in matches]
            raise ConflictError(f"“{wanted}” could be several records in the trash.", candidates=names)
    raise NotFoundError(f"There is no “{wanted}” in the trash.", hint="See what is: sfa trash list")


def restore(desk: Desk, noun: str, ids: Sequence[str], *, is_dry_run: bool = False) -> Saved:
    """Bring records back."""
    return verbs_of(noun).restore(desk, ids, is_dry_run=is_dry_run)


def purge(desk: Desk, records: Iterable[tuple[str, str]], *, is_dry_run: bool = False) -> Saved:
    """Delete records (noun and id) of the trash for good; others that named them name nobody then.

    The journal still holds what they were: an undo brings them back.

    Raises:
        NotFoundError: there is no such record.
        ConflictError: one is not in the trash, or cannot be spared (a stage of deals).
    """
    wanted = list(dict.fromkeys(records))
    with desk.store.write("trash.purge", is_dry_run=is_dry_run) as work:
        labels = [_purge_one(desk, work, noun, row_id) for noun, row_id in wanted]
        what = labels[0] if len(labels) == 1 else f"{len(labels)} records"
        work.summary = f"Deleted {what} for good"
    if not labels:
        return Saved("The trash is empty", count=0, is_dry_run=is_dry_run)
    return Saved(work.summary, None if is_dry_run else work.operation_id, count=len(labels), is_dry_run=is_dry_run)


def empty(desk: Desk, *, older_than_days: int = 0, is_dry_run: bool = False) -> Saved:
    """Delete everything for good that has been in the trash for so many days; quotes and whose they are stay there."""
    limit = desk.store.clock.now() - timedelta(days=older_than_days)
    old = [item for item in trashed(desk, limit=EVERYTHING) if item.removed_at <= limit]
    buyers = queries.quoted_accounts(desk.store)
    return purge(
        desk,
        [(item.noun, item.id) for item in old if item.noun not in KEPT and item.id not in buyers],
        is_dry_run=is_dry_run,
    )


def _purge_one(desk: Desk, work: UnitOfWork, noun: str, row_id: str) -> str:
    table = NOUNS[noun].table
    row = record(desk.store, table, row_id)
    if row is None:
        raise NotFoundError(f"No {noun} {row_id}.", hint="See what is in the trash: sfa trash list")
    label = _label(row)
    if not row["deleted_at"]:
        raise ConflictError(f"{label} is not in the trash.", hint=f"Remove it first: sfa {noun} remove {row['ref']}")
    if noun in KEPT:
        raise ConflictError(f"{label} has a number that is never given twice: it stays in the trash.")
    if noun == "account" and row_id in queries.quoted_accounts(desk.store):
        raise ConflictError(f"{label} has quotes: it stays in the trash.")
    _loosen(desk, work, table, row_id)
    queries.delete(work, table, row_id)
    return label


def _loosen(desk: Desk, work: UnitOfWork, table: str, row_id: str) -> None:
    """Delete the rows that hang on a record, and let other records name nobody in its place."""
    for other, column in queries.referring(desk.store, table):
        for other_id in queries.rows_referring(desk.store, other, column, row_id):
            if queries.is_link(other):
                work.remove(other, other_id)
            elif other == CONSENT:
                queries.delete(work, other, other_id)
            else:
                work.update(other, other_id, {column: None})
    for link in ANYWHERE:
        for link_id in queries.rows_naming(desk.store, link, table, row_id):
            work.remove(link, link_id)


def _label(row: dict[str, Any]) -> str:
    return f"{label_of(row)} ({row['ref']})"


def _made(by_table: dict[str, str], row: TrashRow) -> Trashed:
    label = label_of({"name": row.label})
    return Trashed(by_table[row.table], row.id, row.ref, label, parse_instant_text(row.at))
