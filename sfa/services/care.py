"""Care for the store: backups in time, and a look at whether everything is in order."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from db import backup as backups
from db import encryption, item_rules, migrations, restoring, search
from db.backup import BackupInfo
from db.connection import OLDEST_SQLITE, SCHEMA_VERSION, library_version
from db.driver import sqlite
from db.founding import trigger_script
from db.keys import is_encrypted
from db.store import Store, open_store
from sfa.clock import Clock, SystemClock
from sfa.config import Config, load_config
from sfa.paths import Workspace
from sfa.services.desk import Desk

MAX_AGE = timedelta(hours=1)
LOG_LONG_BYTES = 64 * 1024 * 1024
LEAST_FREE_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: what, whether it is in order, and what is to do where it is not."""

    subject: str
    is_good: bool
    words: str


def back_up(desk: Desk, reason: str = "manual") -> BackupInfo:
    """Make a verified backup and thin out the old ones.

    Raises:
        StorageError: it cannot be made.
    """
    return _back_up(desk.store, desk.config, reason)


def back_up_if_due(folder: Path | None, max_age: timedelta = MAX_AGE) -> BackupInfo | None:
    """Make a backup where the newest is older than `max_age` and something was written; for a thread of its own."""
    store = open_store(folder)
    try:
        if store.note or store.value("SELECT 1 FROM operation LIMIT 1") is None:
            return None
        if not backups.is_due(store.workspace, store.clock.now(), max_age):
            return None
        return _back_up(store, load_config(store.workspace.config), "auto")
    finally:
        store.close()


def _back_up(store: Store, config: Config, reason: str) -> BackupInfo:
    now = store.clock.now()
    made = backups.make_backup(store.workspace, reason, now)
    keep = [config.number(f"backup.keep_{name}") for name in ("hourly", "daily", "weekly")]
    backups.thin_out(store.workspace, now, keep)
    return made


def list_backups(desk: Desk) -> list[BackupInfo]:
    """Return all backups, the newest first."""
    return backups.list_backups(desk.store.workspace)


def find_backup(name: str | None, folder: Path | None = None) -> BackupInfo:
    """Return a backup by the beginning of its name, or the newest; the database itself need not be readable.

    Raises:
        NotFoundError: there is none.
    """
    return backups.find_backup(_workspace(folder), name)


def restore(info: BackupInfo, folder: Path | None = None, clock: Clock | None = None) -> BackupInfo | None:
    """Put a backup in the place of the database; return what was there before, kept as a backup.

    Raises:
        StorageError: the backup is damaged, or the disk forbids it; the database is as it was then.
    """
    return restoring.restore(_workspace(folder), info, (clock or SystemClock()).now())


def _workspace(folder: Path | None) -> Workspace:
    return Workspace(folder) if folder else Workspace.default()


def examine(desk: Desk, *, is_deep: bool = False) -> Iterator[Finding]:
    """Yield what was found, one thing after the other; a deep look reads every page.

    What can be mended without a loss is mended: our triggers, the search index, a long log, open permissions.
    """
    store = desk.store
    yield Finding("library", library_version() >= OLDEST_SQLITE, f"SQLite {sqlite.sqlite_version}")
    yield Finding("schema", store.value("PRAGMA user_version") == SCHEMA_VERSION, f"version {SCHEMA_VERSION}")
    yield _folder(store)
    yield _permissions(store)
    yield _file(store, is_deep=is_deep)
    yield _links(store)
    yield _journal(store)
    yield _triggers(store)
    yield _search(store)
    yield _items(store)
    yield _log(store)
    yield _encryption(store)
    yield _space(store)
    yield _backups(desk)


def _folder(store: Store) -> Finding:
    size = sum(path.stat().st_size for path in (store.workspace.database, _log_path(store)) if path.exists())
    return Finding(
        "folder", store.note is None, store.note or f"{store.workspace.folder}, {size / 1e6:.1f} MB of records"
    )


def _permissions(store: Store) -> Finding:
    """See that nobody else on this machine can read the records; Windows has its own rules for that."""
    paths = (store.workspace.folder, store.workspace.database, store.workspace.backups)
    readable = [path for path in paths if os.name == "posix" and path.exists() and path.stat().st_mode & 0o077]
    if not readable:
        return Finding("access", is_good=True, words="yours alone")
    try:
        for path in readable:
            path.chmod(path.stat().st_mode & ~0o077)
    except OSError:
        return Finding(
            "access", is_good=False, words=f"others can read {readable[0]}: chmod -R go= {store.workspace.folder}"
        )
    return Finding("access", is_good=True, words=f"others could read {readable[0]}; it is yours alone now")


def _file(store: Store, *, is_deep: bool) -> Finding:
    words = store.value("PRAGMA integrity_check(1)" if is_deep else "PRAGMA quick_check(1)")
    remedy = "" if words == "ok" else "; put the newest good backup back: sfa restore"
    return Finding("file", words == "ok", f"{'every page' if is_deep else 'structure'} {words}{remedy}")


def _links(store: Store) -> Finding:
    broken = store.rows("PRAGMA foreign_key_check")
    if not broken:
        return Finding("links", is_good=True, words="all rows have their parents")
    tables = ", ".join(sorted({str(row[0]) for row in broken}))
    return Finding(
        "links",
        is_good=False,
        words=f"{len(broken)} rows of {tables} have lost their parents, which no command of sfa does: sfa restore",
    )


def _journal(store: Store) -> Finding:
    is_clean = store.value("SELECT operation_id IS NULL AND is_replay = 0 FROM journal_state") == 1
    count = store.value("SELECT count(*) FROM operation")
    words = (
        f"{count:,} operations" if is_clean else "an operation was left open, which no command of sfa does: sfa restore"
    )
    return Finding("journal", is_good=is_clean, words=words)


def _triggers(store: Store) -> Finding:
    """Compare triggers with the shipped ones, and make those anew that differ; the user's own are left alone."""
    rows = store.rows("SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')")
    present = {str(name): str(sql) for name, sql in rows}
    shipped = {statement.split(maxsplit=3)[2]: statement for statement in trigger_script()}
    differing = [name for name, statement in shipped.items() if present.get(name) != statement]
    if not differing:
        return Finding("triggers", is_good=True, words=f"{len(shipped)} as shipped")
    if store.note:
        return Finding("triggers", is_good=False, words=f"{len(differing)} not as shipped: changes may go unseen")
    migrations.remake_triggers(store.connection)
    return Finding(
        "triggers", is_good=True, words=f"{len(differing)} made anew: changes may have gone unseen until now"
    )


def _search(store: Store) -> Finding:
    """Compare the index with the tables; build it anew where they differ."""
    if store.note:
        return Finding("search", is_good=True, words="not looked at in a copy")
    search.refresh(store.connection)
    indexed = store.value("SELECT count(*) FROM search_entry")
    there = search.count_living(store.connection)
    if indexed == there:
        return Finding("search", is_good=True, words=f"{indexed:,} records")
    with store.write("search.rebuild") as work:
        search.rebuild(work.connection)
    return Finding("search", is_good=True, words=f"built anew: {there:,} records, the index had {indexed:,}")


def _items(store: Store) -> Finding:
    """Compare what reports read of lines with the lines; take it from them anew where it differs."""
    count = "SELECT count(*) FROM {0}"
    there = {kind: store.value(count.format(f"{kind.table}_due")) for kind in item_rules.ALL}
    differing = [kind for kind, number in there.items() if store.value(count.format(kind.table)) != number]
    words = f"{sum(there.values()):,} of lines"
    if not differing or store.note:
        return Finding("items", is_good=not differing, words=words if not differing else "reports on lines are wrong")
    with store.write("items.rebuild") as work:
        for statement in (one for kind in differing for one in item_rules.anew(kind)):
            work.execute(statement)
    return Finding("items", is_good=True, words=f"taken anew: {words}")


def _log(store: Store) -> Finding:
    if store.note:
        return Finding("log", is_good=True, words="not looked at in a copy")
    path = _log_path(store)
    size = path.stat().st_size if path.exists() else 0
    store.checkpoint()
    return Finding("log", is_good=size < LOG_LONG_BYTES, words=f"{size / 1e6:.1f} MB before it was taken in")


def _log_path(store: Store) -> Path:
    return store.workspace.database.with_name(f"{store.workspace.database.name}-wal")


def _encryption(store: Store) -> Finding:
    """See that nothing of an encrypted book lies in clear beside it."""
    if not is_encrypted(store.workspace.database):
        return Finding("privacy", is_good=True, words="not encrypted: sfa encrypt")
    left = encryption.files_in_other_form(store.workspace, wanted=True)
    if left:
        return Finding("privacy", is_good=False, words=f"{left[0]} is not encrypted, the book is: sfa encrypt")
    return Finding("privacy", is_good=True, words="book and backups are encrypted")


def _space(store: Store) -> Finding:
    free = shutil.disk_usage(store.workspace.folder).free
    remedy = "" if free > LEAST_FREE_BYTES else ": make room, a backup needs as much as the records"
    return Finding("space", is_good=not remedy, words=f"{free / 1e9:.1f} GB free{remedy}")


def _backups(desk: Desk) -> Finding:
    newest = next(iter(list_backups(desk)), None)
    if newest is None:
        has_work = desk.store.value("SELECT 1 FROM operation LIMIT 1") is not None
        return Finding("backups", is_good=not has_work, words="none yet: sfa backup")
    return Finding("backups", is_good=True, words=f"newest {newest.at.astimezone():%Y-%m-%d %H:%M}")
