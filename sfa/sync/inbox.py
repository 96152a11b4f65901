"""What needs a person after a sync: mine, theirs or before, field by field; a draft of what was refused."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from db.store import Store, UnitOfWork
from sfa.domain.sharing.versions import Versions
from sfa.errors import ConflictError, NotFoundError, UsageError
from sfa.services.change_words import column_words
from sfa.services.desk import Desk, Saved
from sfa.sync import outbox
from sfa.sync.state import State

_OPEN = (
    "status = 'open' AND deleted_at IS NULL AND (user_id = ? OR user_id IS NULL)"
    " AND table_name NOT IN ('inbox_entry', 'opportunity_history')"
)
"""What follows from another change (its history, a settlement) is refused with it, and asks nothing of its own."""
MINE, THEIRS, BEFORE, DISMISSED = "mine", "theirs", "before", "dismissed"
MIXED: Final = "mixed"
"""The status of an entry whose fields were settled in several ways."""
_TWINS: Final = "duplicate"
_KINDS = {
    "conflict": "changed by both",
    "refused": "not taken",
    "deleted": "deleted there",
    _TWINS: "perhaps twice",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a question.

    Attributes:
        name: its column; `title` is what people call it.
        mine: what was written here.
        theirs: what the server has.
        before: what both began with.
        words: the three as people read them.
    """

    name: str
    title: str
    mine: Any
    theirs: Any
    before: Any
    words: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {"field": self.name, "mine": self.mine, "theirs": self.theirs, "before": self.before}

    def chosen(self, choice: str) -> Any:  # noqa: ANN401 - a text, a number or nothing
        """Return the value of a choice."""
        return {MINE: self.mine, THEIRS: self.theirs, BEFORE: self.before}[choice]

    def is_called(self, word: str) -> bool:
        """Tell whether somebody means this field."""
        return word.replace("-", "_").replace(" ", "_").lower() in (self.name, self.title.replace(" ", "_"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One question of the inbox.

    Attributes:
        title: the record's name, or its table where it has none.
        kind: what happened, in words.
        fields: those that are open.
        settled: by field, which value was taken already.
        has_before: it is known what was there before.
        twin: of two records that are perhaps one, the other by name and reference; empty for all other kinds.
    """

    id: str
    ref: str
    title: str
    kind: str
    sentence: str
    table: str
    row_id: str
    happened_at: str
    fields: tuple[Field, ...]
    settled: Mapping[str, str]
    has_before: bool
    twin: str = ""

    @property
    def lines(self) -> tuple[tuple[str, ...], ...]:
        """Return field, mine, theirs and before as people read them; the server's sentence where no field is open."""
        if self.twin:
            return (("", self.title, self.twin, ""),)
        return tuple((field.title, *field.words) for field in self.fields) or (("", self.sentence, "", ""),)

    def as_json(self) -> dict[str, Any]:
        """Return it for JSON."""
        names = ("id", "ref", "title", "kind", "sentence", "table", "row_id", "happened_at")
        fields = [field.as_json() for field in self.fields]
        return {**{name: getattr(self, name) for name in names}, "fields": fields, "settled": dict(self.settled)}


def entries(desk: Desk) -> list[Entry]:
    """Return what is open for the person at this laptop, newest first; others' questions are theirs."""
    rows = desk.store.rows(
        "SELECT id, ref, kind, sentence, table_name, row_id, happened_at, mine, theirs, before, settled FROM inbox_entry"
        f" WHERE {_OPEN} ORDER BY happened_at DESC, id DESC",
        (desk.user_id,),
    )
    return [_entry(desk, row) for row in rows]


def open_entries(store: Store) -> int:
    """Return how many questions are open for this person."""
    return int(store.value(f"SELECT count(*) FROM inbox_entry WHERE {_OPEN}", (store.setting("user_id"),)))


def _entry(desk: Desk, row: tuple[Any, ...]) -> Entry:
    versions = State(desk.store).versions
    mine, theirs, before = (_in_our_words(desk, versions, row[4], row[5], text) for text in row[7:10])
    settled = {
        versions.name_up(row[4], name, versions.oldest): way for name, way in json.loads(row[10] or "{}").items()
    }
    columns = _columns(desk, row[4])
    names = [name for name in dict.fromkeys((*mine, *theirs)) if name in columns and name not in settled]
    fields = tuple(_fields(desk, row[4], row[5], names, (mine, theirs, before)))
    title = str(mine.get("name") or mine.get("subject") or _name(desk, row[4], row[5], columns) or row[4])
    twin = ""
    if row[2] == _TWINS:
        title, twin = (_called(desk, row[4], pk, columns) for pk in (row[5], str(theirs.get("id"))))
    kind, sentence = _KINDS[row[2]], row[3] or ""
    return Entry(
        row[0], row[1] or "", title, kind, sentence, row[4], row[5], row[6], fields, settled, bool(before), twin
    )


def _in_our_words(desk: Desk, versions: Versions, table: str, row_id: str, text: str | None) -> dict[str, Any]:
    """Return fields of a record in this laptop's words: an entry may be from before an upgrade."""
    fields: dict[str, Any] = json.loads(text or "{}")
    if not versions.is_other(table, versions.oldest):
        return fields
    cursor = desk.store.connection.execute(f"SELECT * FROM {table} WHERE id = ?", (row_id,))
    names, row = [column[0] for column in cursor.description], cursor.fetchone()
    return dict(versions.up(table, fields, versions.oldest, rest=dict(zip(names, row, strict=True)) if row else None))


def _fields(
    desk: Desk, table: str, row_id: str, names: list[str], sides: tuple[Mapping[str, Any], ...]
) -> Iterator[Field]:
    for name in names:
        mine, theirs, before = (side.get(name) for side in sides)
        title, words = column_words(desk.store, table, row_id, name, (mine, theirs, before))
        yield Field(name, title, mine, theirs, before, tuple(words))


def _columns(desk: Desk, table: str) -> frozenset[str]:
    """Return the columns of a shared table; a server may name anything, and that never gets into SQL."""
    sql = "SELECT 1 FROM sqlite_master WHERE type = 'view' AND name = 'whole_' || ?"
    if desk.store.value(sql, (table,)) is None:
        return frozenset()
    return frozenset(column[1] for column in desk.store.rows(f"PRAGMA table_info({table})")) - outbox.LOCAL - {"id"}


def _name(desk: Desk, table: str, row_id: str, columns: Collection[str]) -> str | None:
    name = next((one for one in ("name", "subject", "number") if one in columns), None)
    return desk.store.value(f"SELECT {name} FROM {table} WHERE id = ?", (row_id,)) if name else None


def _called(desk: Desk, table: str, row_id: str, columns: Collection[str]) -> str:
    """Return a record's name with its reference; it may be here no more."""
    name = _name(desk, table, row_id, columns)
    if name is None:
        return f"(gone: {row_id[-8:]})"
    return f"{name} ({desk.store.value(f'SELECT ref FROM {table} WHERE id = ?', (row_id,))})"


def resolve(desk: Desk, reference: str, choice: str) -> Saved:
    """Settle what is open of an entry in one way, or put it aside; one operation, undone as one.

    Raises:
        NotFoundError: there is no such entry open.
        ConflictError: the record is gone, so that nothing can be written to it, or nothing was there before.
    """
    entry = _found(desk, reference)
    if choice == DISMISSED:
        return _settle(desk, entry, {}, DISMISSED)
    if entry.twin:
        hint = f"Make one of them: sfa {entry.table} merge A B. Or put the question aside."
        raise ConflictError(f"{entry.title} and {entry.twin} are two records.", hint=hint)
    return _settle(desk, entry, dict.fromkeys((field.name for field in entry.fields), choice), choice)


def settle(desk: Desk, reference: str, choices: Mapping[str, str]) -> Saved:
    """Settle some fields of an entry, each in its way; the others stay open. One operation, undone as one.

    Args:
        desk: the laptop's.
        reference: the entry's.
        choices: by field, as people call it or by its column, MINE, THEIRS or BEFORE.

    Raises:
        NotFoundError: there is no such entry open.
        UsageError: it has no such field open.
        ConflictError: the record is gone, so that nothing can be written to it, or nothing was there before.
    """
    entry = _found(desk, reference)
    return _settle(desk, entry, {_column(entry, word): choice for word, choice in choices.items()}, None)


def _found(desk: Desk, reference: str) -> Entry:
    found = next((entry for entry in entries(desk) if reference in (entry.id, entry.ref)), None)
    if found is None:
        raise NotFoundError(f"No open entry {reference} in the inbox.", hint="List them: sfa sync inbox")
    return found


def _column(entry: Entry, word: str) -> str:
    found = next((field.name for field in entry.fields if field.is_called(word)), None)
    if found is None:
        names = ", ".join(field.title for field in entry.fields) or "none"
        raise UsageError(f"{entry.title} has no open field “{word}” in this entry.", hint=f"There are: {names}.")
    return found


def _settle(desk: Desk, entry: Entry, choices: Mapping[str, str], whole: str | None) -> Saved:
    if BEFORE in choices.values() and not entry.has_before:
        raise ConflictError(f"Nothing is known of {entry.title} from before.", hint="Choose mine or theirs.")
    settled = {**entry.settled, **choices}
    status = whole or _status(entry, settled)
    with desk.store.write("sync inbox", f"Settled {entry.title}: {_in_words(entry, choices, whole)}") as work:
        values = {field.name: field.chosen(choices[field.name]) for field in entry.fields if field.name in choices}
        _write(desk, work, entry, {name: value for name, value in values.items() if choices[name] != THEIRS}, whole)
        work.update("inbox_entry", entry.id, {"settled": json.dumps(settled) if settled else None, "status": status})
        summary, operation = work.summary, work.operation_id
    return Saved(summary, operation, entry.row_id)


def _status(entry: Entry, settled: Mapping[str, str]) -> str:
    if any(field.name not in settled for field in entry.fields):
        return "open"
    ways = set(settled.values())
    return ways.pop() if len(ways) == 1 else MIXED


def _in_words(entry: Entry, choices: Mapping[str, str], whole: str | None) -> str:
    titles = {field.name: field.title for field in entry.fields}
    return whole or ", ".join(f"{titles[name]} {choice}" for name, choice in choices.items())


def _write(desk: Desk, work: UnitOfWork, entry: Entry, values: Mapping[str, Any], whole: str | None) -> None:
    if not values:
        return
    if work.execute(f"SELECT 1 FROM {entry.table} WHERE id = ?", (entry.row_id,)).fetchone():
        work.update(entry.table, entry.row_id, values)
    elif whole == MINE and not entry.settled:
        _bring_back(desk, work, entry, values)
    else:
        raise ConflictError(
            f"{entry.title} is gone.", hint="Write it anew with all your values: choose mine for the whole."
        )


def _bring_back(desk: Desk, work: UnitOfWork, entry: Entry, values: Mapping[str, Any]) -> None:
    columns = desk.store.rows(f"PRAGMA table_info({entry.table})")
    needed = {row[1] for row in columns if row[3] and row[4] is None}
    missing = needed - {*values, "id", "created_at", "updated_at"}
    if missing:
        raise ConflictError(f"{entry.title} is gone; only some of its fields are known here.", hint="Add it anew.")
    # Whose it was is not known here; whoever wants it back has it from now on.
    own = {"owner_id": desk.user_id} if any(row[1] == "owner_id" for row in columns) else {}
    work.insert(entry.table, {**own, **values, "id": desk.store.ids.new()})
