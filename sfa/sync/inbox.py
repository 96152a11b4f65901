"""What needs a person after a sync: mine or theirs, field by field; a draft of what was refused."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sfa.errors import ConflictError, NotFoundError
from sfa.services.desk import Desk, Saved
from sfa.sync.state import State

MINE, THEIRS, DISMISSED = "mine", "theirs", "dismissed"
_KINDS = {
    "conflict": "changed by both",
    "refused": "not taken",
    "deleted": "deleted there",
    "duplicate": "perhaps twice",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One question of the inbox.

    Attributes:
        title: the record's name, or its table where it has none.
        kind: what happened, in words.
        fields: name, mine, theirs, before.
    """

    id: str
    ref: str
    title: str
    kind: str
    sentence: str
    table: str
    row_id: str
    happened_at: str
    fields: tuple[tuple[str, Any, Any, Any], ...]

    def as_json(self) -> dict[str, Any]:
        """Return it for JSON."""
        names = ("field", "mine", "theirs", "before")
        return {**asdict(self), "fields": [dict(zip(names, field, strict=True)) for field in self.fields]}


def entries(desk: Desk) -> list[Entry]:
    """Return what is open, newest first."""
    rows = desk.store.rows(
        "SELECT id, ref, kind, sentence, table_name, row_id, happened_at, mine, theirs, before FROM inbox_entry"
        " WHERE status = 'open' AND deleted_at IS NULL ORDER BY happened_at DESC, id DESC"
    )
    return [_entry(desk, row) for row in rows]


def _entry(desk: Desk, row: tuple[Any, ...]) -> Entry:
    mine, theirs, before = (_fields(desk, row[4], row[5], text) for text in row[7:])
    names = list(dict.fromkeys((*mine, *theirs)))
    fields = tuple((name, mine.get(name), theirs.get(name), before.get(name)) for name in names)
    title = str(mine.get("name") or mine.get("subject") or _name(desk, row[4], row[5]) or row[4])
    return Entry(row[0], row[1] or "", title, _KINDS[row[2]], row[3] or "", row[4], row[5], row[6], fields)


def _fields(desk: Desk, table: str, row_id: str, text: str | None) -> dict[str, Any]:
    """Return fields of a record in this laptop's words: an entry may be from before an upgrade."""
    fields: dict[str, Any] = json.loads(text or "{}")
    versions = State(desk.store).versions
    if not versions.is_other(table, versions.oldest):
        return fields
    cursor = desk.store.connection.execute(f"SELECT * FROM {table} WHERE id = ?", (row_id,))
    names, row = [column[0] for column in cursor.description], cursor.fetchone()
    return dict(versions.up(table, fields, versions.oldest, rest=dict(zip(names, row, strict=True)) if row else None))


def _name(desk: Desk, table: str, row_id: str) -> str | None:
    columns = {column[1] for column in desk.store.rows(f"PRAGMA table_info({table})")}
    name = next((one for one in ("name", "subject", "number") if one in columns), None)
    return desk.store.value(f"SELECT {name} FROM {table} WHERE id = ?", (row_id,)) if name else None


def resolve(desk: Desk, reference: str, choice: str) -> Saved:
    """Settle an entry: write my values again, keep theirs, or put it aside; one operation, undone as one.

    Raises:
        NotFoundError: there is no such entry open.
        ConflictError: the record is gone, so that nothing can be written to it.
    """
    found = [entry for entry in entries(desk) if reference in (entry.id, entry.ref)]
    if not found:
        raise NotFoundError(f"No open entry {reference} in the inbox.", hint="List them: sfa sync inbox")
    entry = found[0]
    with desk.store.write("sync inbox", f"Settled {entry.title}: {choice}") as work:
        if choice == MINE:
            values = {name: value for name, value, _, _ in entry.fields}
            if not work.execute(f"SELECT 1 FROM {entry.table} WHERE id = ?", (entry.row_id,)).fetchone():
                _bring_back(desk, work, entry, values)
            else:
                work.update(entry.table, entry.row_id, values)
        work.update("inbox_entry", entry.id, {"status": choice})
        summary, operation = work.summary, work.operation_id
    return Saved(summary, operation, entry.row_id)


def _bring_back(desk: Desk, work: Any, entry: Entry, values: Mapping[str, Any]) -> None:  # noqa: ANN401 - a UnitOfWork
    needed = {row[1] for row in desk.store.rows(f"PRAGMA table_info({entry.table})") if row[3] and row[4] is None}
    missing = needed - {*values, "id", "created_at", "updated_at"}
    if missing:
        raise ConflictError(f"{entry.title} is gone; only some of its fields are known here.", hint="Add it anew.")
    work.insert(entry.table, {**values, "id": desk.store.ids.new()})
