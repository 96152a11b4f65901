"""Backups: made by SQLite itself while others write, verified when made, thinned out by age, restored whole."""

import hashlib
import os
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock

from db.connection import connect, storage_errors
from db.driver import sqlite
from sfa.errors import NotFoundError, StorageError
from sfa.paths import Workspace

STAMP = "%Y%m%dT%H%M%S"
SUFFIX = ".db"
KEPT_REASONS = frozenset({"migration", "restore"})
KEPT_DAYS = 30
CHUNK = 1 << 20
PAGES_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """One backup: its file, when it was made (UTC), why, and its size in bytes."""

    path: Path
    at: datetime
    reason: str
    size: int

    @property
    def name(self) -> str:
        """Return the name by which it is restored."""
        return self.path.stem


def make_backup(workspace: Workspace, reason: str, now: datetime) -> BackupInfo:
    """Make a backup and verify it; it gets its name only when it is good.

    Args:
        workspace: whose database.
        reason: one word, kept in the name.
        now: aware, UTC.

    Raises:
        StorageError: no room, no permission, or the copy is damaged.
    """
    try:
        workspace.backups.mkdir(mode=0o700, exist_ok=True)
        target = _free_name(workspace.backups / f"{now.astimezone(UTC).strftime(STAMP)}-{reason}{SUFFIX}")
        draft = target.with_suffix(".part")
        draft.unlink(missing_ok=True)
        _copy(workspace.database, draft)
        _verify(draft)
        _sync(draft)
        digest = _digest(draft)
        target.with_suffix(".sha256").write_text(f"{digest}  {target.name}\n", encoding="ascii")
        draft.replace(target)
        _sync(workspace.backups)
    except OSError as error:
        raise StorageError(
            f"The backup could not be made in {workspace.backups}: {error.strerror or error}.",
            hint="Check the space and the permissions there.",
        ) from error
    return BackupInfo(target, now, reason, target.stat().st_size)


def _free_name(path: Path) -> Path:
    for number in range(1000):
        candidate = path if not number else path.with_stem(f"{path.stem}-{number}")
        if not candidate.exists():
            return candidate
    return path


def _copy(source: Path, target: Path) -> None:
    with storage_errors(source):
        reader = connect(source, read_only=True)
        writer = sqlite.connect(str(target), isolation_level=None)
        try:
            reader.backup(writer, pages=PAGES_AT_ONCE)
            writer.execute("PRAGMA journal_mode=DELETE")
        finally:
            writer.close()
            reader.close()
    target.chmod(0o600)


def _verify(path: Path) -> None:
    """Open a copy and check it.

    Raises:
        StorageError: it is damaged.
    """
    with storage_errors(path):
        connection = sqlite.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
        try:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
            connection.execute("SELECT count(*) FROM operation").fetchone()
        finally:
            connection.close()
    if found != "ok" or broken:
        raise StorageError(
            f"The copy {path.name} is damaged: {found}.", hint="Look into the database with: sfa doctor --deep"
        )


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _sync(path: Path) -> None:
    """Bring a file, or a folder's names, to the disk; Windows knows no such thing for folders."""
    with suppress(PermissionError, OSError):
        number = os.open(path, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def list_backups(workspace: Workspace) -> list[BackupInfo]:
    """Return all backups, the newest first."""
    found = []
    for path in workspace.backups.glob(f"*{SUFFIX}") if workspace.backups.is_dir() else ():
        stamp, _, reason = path.stem.partition("-")
        with suppress(ValueError):
            at = datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
            found.append(BackupInfo(path, at, reason or "manual", path.stat().st_size))
    return sorted(found, key=lambda info: info.path.name, reverse=True)


def find_backup(workspace: Workspace, name: str | None) -> BackupInfo:
    """Return a backup by its name or the beginning of it; the newest where none is given.

    Raises:
        NotFoundError: there is none.
    """
    for info in list_backups(workspace):
        if name is None or info.name.startswith(name):
            return info
    raise NotFoundError(f"There is no backup {name or 'yet'}.", hint="See: sfa backup --list")


def restore(workspace: Workspace, info: BackupInfo, now: datetime) -> BackupInfo | None:
    """Put a backup in the place of the database; what is there now becomes a backup first, and is returned.

    Raises:
        StorageError: the backup is damaged, or the disk forbids it; the database is as it was then.
    """
    _check_digest(info)
    _verify(info.path)
    try:
        with FileLock(workspace.lock, timeout=30):
            kept = _keep_present(workspace, now)
            draft = workspace.database.with_suffix(".restoring")
            shutil.copyfile(info.path, draft)
            draft.chmod(0o600)
            _to_wal(draft)
            _sync(draft)
            for suffix in ("-wal", "-shm"):
                workspace.database.with_name(workspace.database.name + suffix).unlink(missing_ok=True)
            draft.replace(workspace.database)
            _sync(workspace.folder)
    except OSError as error:
        raise StorageError(
            f"The backup could not be restored: {error.strerror or error}.", hint="Close the desk and try again."
        ) from error
    return kept


def _check_digest(info: BackupInfo) -> None:
    side = info.path.with_suffix(".sha256")
    if side.exists() and side.read_text(encoding="ascii").split()[0] != _digest(info.path):
        raise StorageError(
            f"The backup {info.name} was changed since it was made.", hint="Choose another: sfa backup --list"
        )


def _keep_present(workspace: Workspace, now: datetime) -> BackupInfo | None:
    """Back the present database up; one too damaged for that is kept as a plain copy."""
    if not workspace.database.exists():
        return None
    try:
        return make_backup(workspace, "restore", now)
    except StorageError:
        aside = workspace.database.with_name(f"sales-damaged-{now.strftime(STAMP)}.db")
        shutil.copyfile(workspace.database, aside)
        return BackupInfo(aside, now, "damaged", aside.stat().st_size)


def _to_wal(path: Path) -> None:
    connection = sqlite.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()


def is_due(workspace: Workspace, now: datetime, max_age: timedelta) -> bool:
    """Tell whether the newest backup is older than `max_age`."""
    newest = next(iter(list_backups(workspace)), None)
    return newest is None or now - newest.at > max_age


def to_delete(times: Iterable[datetime], *, keep_hourly: int, keep_daily: int, keep_weekly: int) -> list[datetime]:
    """Return the times of backups that may go: beyond the newest of each hour, day and week that is kept.

    The newest of all is always kept.
    """
    ordered = sorted(set(times), reverse=True)
    kept = set(ordered[:1])
    for shape, count in (("%Y%m%d%H", keep_hourly), ("%Y%m%d", keep_daily), ("%G%V", keep_weekly)):
        seen: dict[str, datetime] = {}
        for moment in ordered:
            seen.setdefault(moment.strftime(shape), moment)
        kept.update(list(seen.values())[:count])
    return [moment for moment in ordered if moment not in kept]


def thin_out(workspace: Workspace, now: datetime, keep: Sequence[int]) -> int:
    """Delete backups that are not kept any more; return how many.

    Args:
        workspace: whose backups.
        now: those before a migration or a restore stay for KEPT_DAYS.
        keep: how many hourly, daily and weekly ones.
    """
    infos = list_backups(workspace)
    hourly, daily, weekly = keep
    gone = set(to_delete([info.at for info in infos], keep_hourly=hourly, keep_daily=daily, keep_weekly=weekly))
    deleted = 0
    for info in infos:
        is_safe = info.reason.split("-")[0] in KEPT_REASONS and now - info.at < timedelta(days=KEPT_DAYS)
        if info.at in gone and not is_safe:
            info.path.unlink(missing_ok=True)
            info.path.with_suffix(".sha256").unlink(missing_ok=True)
            deleted += 1
    return deleted
