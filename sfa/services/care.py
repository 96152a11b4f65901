"""Care for the store: backups in time, and a look at whether everything is in order."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from db import backup as backups
from db import search
from db.backup import BackupInfo
from db.connection import SCHEMA_VERSION
from db.driver import sqlite
from db.founding import trigger_script
from db.store import Store, open_store
from sfa.config import Config, load_config
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


def examine(desk: Desk, *, is_deep: bool = False) -> Iterator[Finding]:
    """Yield what was found, one thing after the other; a deep look reads every page.

    What can be mended without a loss is mended: the search index, a long log.
    """
    store = desk.store
    yield Finding("library", sqlite.sqlite_version_info >= (3, 51, 3), f"SQLite {sqlite.sqlite_version}")
    yield Finding("schema", store.value("PRAGMA user_version") == SCHEMA_VERSION, f"version {SCHEMA_VERSION}")
    yield _check(store, is_deep=is_deep)
    broken = store.rows("PRAGMA foreign_key_check")
    yield Finding(
        "links",
        not broken,
        "all rows have their parents" if not broken else f"{len(broken)} rows have lost their parents",
    )
    yield _journal(store)
    yield _triggers(store)
    yield _search(store)
    yield _log(store)
    yield _space(store)
    yield _backups(desk)


def _check(store: Store, *, is_deep: bool) -> Finding:
    words = store.value("PRAGMA integrity_check(1)" if is_deep else "PRAGMA quick_check(1)")
    remedy = "" if words == "ok" else "; restore the newest good backup: sfa restore"
    return Finding("file", words == "ok", f"{'every page' if is_deep else 'structure'} {words}{remedy}")


def _journal(store: Store) -> Finding:
    is_clean = store.value("SELECT operation_id IS NULL AND is_replay = 0 FROM journal_state") == 1
    count = store.value("SELECT count(*) FROM operation")
    return Finding("journal", is_clean, f"{count:,} operations" if is_clean else "an operation was left open: tell us")


def _triggers(store: Store) -> Finding:
    shipped = {statement for statement in trigger_script() if statement.startswith("CREATE TRIGGER")}
    present = {str(row[0]) for row in store.rows("SELECT sql FROM sqlite_master WHERE type = 'trigger'")}
    is_same = shipped == present
    return Finding(
        "triggers", is_same, f"{len(present)} as shipped" if is_same else "not as shipped: changes may go unseen"
    )


def _search(store: Store) -> Finding:
    """Compare the index with the tables; build it anew where they differ."""
    if store.note:
        return Finding("search", True, "not looked at: the folder cannot be written")  # noqa: FBT003 - is_good
    search.refresh(store.connection)
    indexed = store.value("SELECT count(*) FROM search_entry")
    there = search.count_living(store.connection)
    if indexed == there:
        return Finding("search", True, f"{indexed:,} records")  # noqa: FBT003 - is_good
    with store.write("search.rebuild") as work:
        search.rebuild(work.connection)
    return Finding("search", True, f"built anew: {there:,} records, the index had {indexed:,}")  # noqa: FBT003 - is_good


def _log(store: Store) -> Finding:
    log = store.workspace.database.with_name(store.workspace.database.name + "-wal")
    size = log.stat().st_size if log.exists() else 0
    store.checkpoint()
    return Finding("log", size < LOG_LONG_BYTES, f"{size / 1e6:.1f} MB before it was taken in")


def _space(store: Store) -> Finding:
    free = shutil.disk_usage(store.workspace.folder).free
    return Finding("space", free > LEAST_FREE_BYTES, f"{free / 1e9:.1f} GB free")


def _backups(desk: Desk) -> Finding:
    newest = next(iter(list_backups(desk)), None)
    if newest is None:
        return Finding("backups", desk.store.value("SELECT 1 FROM operation LIMIT 1") is None, "none yet: sfa backup")
    return Finding("backups", True, f"newest {newest.at.astimezone():%Y-%m-%d %H:%M}")  # noqa: FBT003 - is_good
