"""A workspace's database: opened or founded, read, and written one operation at a time.

Standard library and the bare driver only; SQLModel is needed for schema work alone.
"""

from __future__ import annotations

import os

from db.connection import SCHEMA_VERSION, StorageErrors, begin_immediate, checkpoint, connect
from db.driver import leave_open
from sfa.clock import SystemClock, instant_text
from sfa.errors import StorageError
from sfa.ids import system_ids
from sfa.paths import Workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Any

    from db.driver import Connection
    from sfa.clock import Clock
    from sfa.ids import Ids

    Values = Mapping[str, Any]

CHECKPOINT_BYTES = 4 * 1024 * 1024
SHORT_LOG_BYTES = 1024 * 1024


class Store:
    """One open database. Reads go through `connection`; writes through `write()`.

    Attributes:
        connection: for reading, in autocommit.
        workspace: the folder it lives in.
        note: a sentence for the user about how it was opened, if it matters.
        gate: looks at what an operation changed before it is saved, and raises where that may not be.
    """

    def __init__(
        self, connection: Connection, workspace: Workspace, clock: Clock | None = None, ids: Ids | None = None
    ) -> None:
        self.connection = connection
        self.workspace = workspace
        self.clock = clock or SystemClock()
        self.ids = ids or system_ids()
        self.note: str | None = None
        self.gate: Callable[[Store, str, str], None] | None = None

    @classmethod
    def open(
        cls, workspace: Workspace, clock: Clock | None = None, ids: Ids | None = None, *, is_for_sync: bool = False
    ) -> Store:
        """Open the workspace's database; make it where there is none; migrate an older one after a backup.

        Args:
            workspace: whose.
            clock: the system's if None.
            ids: the system's if None.
            is_for_sync: open it though its lease is over: only what waits is looked at.

        Raises:
            StorageError: it cannot be opened, is damaged, or was made by a newer program.
            LeaseError: the laptop has to meet its server first.
            SignedOffError: the company took the book away.
        """
        if os.path.exists(workspace.signed_off):
            from db.wiping import refuse  # noqa: PLC0415 - at the end of a workspace

            refuse(workspace)
        if not os.path.exists(workspace.file):
            from db.founding import found  # noqa: PLC0415 - once in the life of a workspace

            found(workspace, clock or SystemClock(), ids or system_ids())
        store = _open_existing(cls, workspace, clock, ids)
        if not is_for_sync and store.setting("sync_lease") is not None:
            from db.lease import require_of  # noqa: PLC0415 - where a laptop belongs to a server

            require_of(store)
        return store

    def rows(self, sql: str, parameters: Sequence[object] | Values = ()) -> list[Any]:
        """Return all rows of a query, as tuples."""
        with StorageErrors(self.workspace.file):
            return self.connection.execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Sequence[object] | Values = ()) -> Any:  # noqa: ANN401 - a tuple of the query's columns
        """Return the first row, or None."""
        with StorageErrors(self.workspace.file):
            return self.connection.execute(sql, parameters).fetchone()

    def value(self, sql: str, parameters: Sequence[object] | Values = ()) -> Any:  # noqa: ANN401 - whatever the query gives
        """Return the first column of the first row, or None."""
        row = self.row(sql, parameters)
        return None if row is None else row[0]

    def setting(self, key: str) -> str | None:
        """Return what the store remembers under a key."""
        value = self.value("SELECT value FROM setting WHERE key = ?", (key,))
        return None if value is None else str(value)

    def snapshot(self) -> Snapshot:
        """Let all reads inside see one state of the database."""
        return Snapshot(self)

    def write(self, verb: str, summary: str = "", *, is_dry_run: bool = False) -> Operation:
        """Begin one operation: everything inside is saved together, journaled as one, undone as one.

        A dry run does all of it and takes it back. An operation that changed nothing leaves no trace.

        Raises:
            StorageError: disk full, read-only folder, or another program held the database too long.
            ConflictError: a rule of the schema forbids what was written.
        """
        return Operation(self, UnitOfWork(self, verb, summary), is_dry_run=is_dry_run)

    def tidy(self) -> None:
        """Move a long write-ahead log into the database, one program at a time."""
        if self.log_bytes() > CHECKPOINT_BYTES:
            self.checkpoint()

    def log_bytes(self) -> int:
        """Return how long the write-ahead log is."""
        try:
            return os.stat(self.workspace.file + "-wal").st_size
        except OSError:
            return 0

    def checkpoint(self) -> None:
        """Checkpoint under the workspace's own lock; skipped where another program does it just now.

        A disk that does not take it is no error: everything is saved in the log, and is moved another time.
        """
        from filelock import FileLock, Timeout  # noqa: PLC0415 - seldom needed

        try:
            with FileLock(self.workspace.lock, timeout=0), StorageErrors(self.workspace.file):
                checkpoint(self.connection)
        except (Timeout, OSError, StorageError):
            return

    def limit_cache(self, kilobytes: int) -> None:
        """Let the connection keep so many kilobytes of pages at most; what the system has read it keeps anyway."""
        self.connection.execute(f"PRAGMA cache_size=-{kilobytes}")

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()


class Snapshot:
    """Reads that see one state of the database."""

    __slots__ = ("_errors", "_store")

    def __init__(self, store: Store) -> None:
        self._store = store
        self._errors = StorageErrors(store.workspace.file)

    def __enter__(self) -> None:
        """Hold the state."""
        with self._errors:
            self._store.connection.execute("BEGIN")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let it go."""
        with self._errors:
            roll_back(self._store.connection)
        self._errors.__exit__(kind, error, trace)


class Operation:
    """One operation of `Store.write`: saved where its block ends well, taken back where it does not."""

    __slots__ = ("_errors", "_is_dry_run", "_store", "_work")

    def __init__(self, store: Store, work: UnitOfWork, *, is_dry_run: bool) -> None:
        self._store = store
        self._work = work
        self._is_dry_run = is_dry_run
        self._errors = StorageErrors(store.workspace.file)

    def __enter__(self) -> UnitOfWork:
        """Begin."""
        with self._errors:
            begin_immediate(self._store.connection)
            try:
                self._work.open_operation()
            except BaseException:
                roll_back(self._store.connection)
                raise
        return self._work

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Save, or take back."""
        connection = self._store.connection
        if error is not None:
            with self._errors:
                roll_back(connection)
            self._errors.__exit__(kind, error, trace)
            return
        with self._errors:
            try:
                self._work.close_operation()
                connection.execute("ROLLBACK" if self._is_dry_run else "COMMIT")
            except BaseException:
                roll_back(connection)
                raise
        if not self._is_dry_run:
            self._store.tidy()


def roll_back(connection: Connection) -> None:
    """Take back what is open; a broken disk may have ended it already."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _open_existing(kind: type[Store], workspace: Workspace, clock: Clock | None, ids: Ids | None) -> Store:
    note = None
    try:
        connection = connect(workspace.file)
    except StorageError:
        from db.rescue import open_copy  # noqa: PLC0415 - a full or read-only disk

        connection, note = open_copy(workspace)
    store = kind(connection, workspace, clock, ids)
    store.note = note
    version = store.value("PRAGMA user_version")
    if version == SCHEMA_VERSION:
        return store
    if version > SCHEMA_VERSION:
        store.close()
        raise StorageError(
            f"This database has schema {version}, made by a newer sfa; this one knows {SCHEMA_VERSION}.",
            hint="Update sfa (pipx upgrade sfa-tui); nothing was changed.",
        )
    store.close()
    from db.migrations import migrate  # noqa: PLC0415 - imports the schema, once per release

    migrate(workspace)
    return _open_existing(kind, workspace, clock, ids)


class UnitOfWork:
    """What a use case writes with, inside `Store.write`.

    Attributes:
        operation_id: the journal's name for it; None once it turned out that nothing changed.
        summary: one line for people; may be set until the end.
        at: the instant of the operation, as the database keeps it.
    """

    def __init__(self, store: Store, verb: str, summary: str) -> None:
        self.store = store
        self.connection = store.connection
        self.verb = verb
        self.summary = summary
        self.at = instant_text(store.clock.now())
        self.operation_id: str | None = store.ids.new()

    def open_operation(self) -> None:
        """Tell the triggers which operation the changes belong to."""
        actor = self.store.setting("user") or ""
        device = self.store.setting("device") or _host_name()
        self.connection.execute(
            "INSERT INTO operation (id, at, hlc, actor, device, verb, summary) VALUES (?, ?, ?, ?, ?, ?, '')",
            (self.operation_id, self.at, self._next_hlc(device), actor, device, self.verb),
        )
        self.connection.execute(
            "UPDATE journal_state SET operation_id = ?, at = ?, direct_at = NULL", (self.operation_id, self.at)
        )

    def _next_hlc(self, device: str) -> str:
        """Return a hybrid logical clock after every earlier one: milliseconds, counter, device."""
        millis = f"{int(self.store.clock.now().timestamp() * 1000):012x}"
        last = self.store.value("SELECT max(hlc) FROM operation") or ""
        if last[:12] < millis:
            return f"{millis}-0000-{device}"
        return f"{last[:12]}-{int(last[13:17], 16) + 1:04x}-{device}"

    def close_operation(self) -> None:
        """Write the summary, or take the operation back where nothing changed."""
        self.connection.execute("UPDATE journal_state SET operation_id = NULL, at = NULL")
        has_changes = self.store.value("SELECT 1 FROM change WHERE operation_id = ? LIMIT 1", (self.operation_id,))
        if has_changes:
            if self.store.gate:
                self.store.gate(self.store, str(self.operation_id), self.verb)
            self.connection.execute("UPDATE operation SET summary = ? WHERE id = ?", (self.summary, self.operation_id))
            return
        self.connection.execute("DELETE FROM operation WHERE id = ?", (self.operation_id,))
        self.operation_id = None

    def execute(self, sql: str, parameters: Sequence[object] | Values = ()) -> Any:  # noqa: ANN401 - the driver's cursor
        """Run one statement inside the operation."""
        return self.connection.execute(sql, parameters)

    def insert(self, table: str, values: Values) -> str:
        """Insert a record with a fresh id (or the one given) and return the id."""
        row = {"id": self.store.ids.new(), **values}
        if table not in LINK_TABLES:
            row = {"created_at": self.at, "updated_at": self.at, **row}
        names = ", ".join(row)
        marks = ", ".join("?" * len(row))
        self.connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))
        return str(row["id"])

    def insert_founding(self, table: str, values: Values) -> str:
        """Insert a record that belongs to the desk as the seeds do: no operation tells of it, so nothing undoes it."""
        row_id = self.insert(table, values)
        self.connection.execute(
            "DELETE FROM change WHERE operation_id = ? AND table_name = ? AND row_id = ?",
            (self.operation_id, table, row_id),
        )
        return row_id

    def insert_many(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Insert many complete rows at once (ids and times included); for imports."""
        marks = ", ".join("?" * len(columns))
        self.connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)

    def update(self, table: str, row_id: str, values: Values) -> None:
        """Set fields of one record; fields that keep their value are not journaled."""
        if not values:
            return
        row = dict(values) if table in LINK_TABLES else {**values, "updated_at": self.at}
        pairs = ", ".join(f"{name} = ?" for name in row)
        self.connection.execute(f"UPDATE {table} SET {pairs} WHERE id = ?", (*row.values(), row_id))

    def remove(self, table: str, row_id: str) -> None:
        """Put a record into the trash, or delete a link for good."""
        if table in LINK_TABLES:
            self.connection.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))
        else:
            self.update(table, row_id, {"deleted_at": self.at})

    def sign(self, name: str) -> None:
        """Let this operation and those to come carry the name of who sits at the laptop."""
        self.remember("user", name)
        self.connection.execute("UPDATE operation SET actor = ? WHERE id = ?", (name, self.operation_id))

    def remember(self, key: str, value: str) -> None:
        """Keep a setting of this store; settings are not journaled."""
        self.connection.execute("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", (key, value))


def _host_name() -> str:
    import socket  # noqa: PLC0415 - where the store does not know its device yet

    return socket.gethostname()


LINK_TABLES = frozenset(
    {
        "contact_role",
        "address",
        "phone",
        "email",
        "record_tag",
        "external_id",
        "opportunity_contact",
        "opportunity_line",
        "opportunity_history",
        "activity_contact",
        "event_attendee",
        "event_reminder",
        "contact_relation",
        "account_relation",
        *("value_class", "forecast_submission"),
        *("tax_rate", "fx_rate", "quote_line", "quote_allowance", "sales_order_line", "invoice_line"),
        *("comp_event", "comp_credit", "comp_line", "comp_balance"),
    }
)


def open_store(
    folder: Path | None = None, clock: Clock | None = None, ids: Ids | None = None, *, is_for_sync: bool = False
) -> Store:
    """Open the store of a folder, or of this process's workspace."""
    workspace = Workspace(folder) if folder else Workspace.default()
    return Store.open(workspace, clock, ids, is_for_sync=is_for_sync)


def open_to_the_end(clock: Clock | None = None) -> Store:
    """Open the store of this process's workspace for as long as the process lives, unless its log has grown long.

    A log costs every program that opens the database a reading: a long one is moved into it when this one is done.
    """
    store = open_store(clock=clock)
    if store.log_bytes() < SHORT_LOG_BYTES:
        leave_open(store.connection)
    return store
