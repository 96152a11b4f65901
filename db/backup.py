"""Backups: made by SQLite itself while others write, verified when made, thinned out by age."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from db.connection import connect, open_file, storage_errors, use_key
from db.driver import Connection, sqlite
from db.keys import is_encrypted, key_of
from sfa.errors import NotFoundError, StorageError
from sfa.paths import Workspace

STAMP = "%Y%m%dT%H%M%S"
SUFFIX = ".db"
SIDE_SUFFIX = ".sha256"
DRAFT_SUFFIX = ".part"
KEPT_DAYS = {"migration": 30, "restore": 30, "manual": 7}
STALE_AFTER = timedelta(days=1)
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """One backup: its file, when it was made (UTC, whole seconds), why, and its size in bytes."""

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
        now: aware.

    Raises:
        StorageError: no room, no permission, or the copy is damaged.
    """
    moment = now.astimezone(UTC).replace(microsecond=0)
    with _folder_errors(workspace.backups):
        workspace.backups.mkdir(mode=0o700, exist_ok=True)
        with _draft(workspace.backups) as draft:
            _copy(workspace.database, draft)
            sync_file(draft)
            path = _take_name(workspace.backups / f"{moment.strftime(STAMP)}-{reason}", digest_of(draft))
            draft.replace(path)
        sync_folder(workspace.backups)
        return BackupInfo(path, moment, reason, path.stat().st_size)


@contextmanager
def _folder_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(
            f"The backup could not be made in {folder}: {error.strerror or error}.",
            hint="Check the space and the permissions there.",
        ) from error


@contextmanager
def _draft(folder: Path) -> Iterator[Path]:
    """Lend a file of a name that nobody else has; what is left under that name at the end goes, now or at a sweep."""
    number, name = tempfile.mkstemp(dir=folder, suffix=DRAFT_SUFFIX)
    os.close(number)
    try:
        yield Path(name)
    finally:
        for suffix in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                Path(name + suffix).unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    """Copy one state of the database, whoever writes meanwhile, and see that the copy is good."""
    with storage_errors(source), closing(connect(source, read_only=True)) as reader:
        reader.execute("BEGIN")
        operations = _operation_count(reader)
        with _writing_errors(target.parent), closing(sqlite.connect(str(target), isolation_level=None)) as writer:
            use_key(writer, key_of(source) if is_encrypted(source) else None)
            reader.backup(writer)
            writer.execute("PRAGMA journal_mode=DELETE")
        orphans = len(reader.execute("PRAGMA foreign_key_check").fetchall())
        reader.execute("ROLLBACK")
    verify(target, operations=operations, orphans=orphans)


@contextmanager
def _writing_errors(folder: Path) -> Iterator[None]:
    """Say that it is the copy that could not be written; a damaged original is another kind of error."""
    try:
        yield
    except sqlite.OperationalError as error:
        raise StorageError(
            f"The backup could not be made in {folder}: {error}.", hint="Check the space and the permissions there."
        ) from error


def _operation_count(connection: Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM operation").fetchone()[0])


def verify(path: Path, *, operations: int | None = None, orphans: int | None = None) -> None:
    """Open a copy and check every page, and where they are given the counts of its original.

    Raises:
        StorageError: it is damaged, or not what was copied.
    """
    with storage_errors(path), closing(open_file(path, "mode=ro&immutable=1")) as connection:
        words = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        found = _operation_count(connection)
        broken = len(connection.execute("PRAGMA foreign_key_check").fetchall())
    if words != "ok":
        raise StorageError(f"The copy {path.name} is damaged: {words}.", hint="Look closer with: sfa doctor --deep")
    if operations not in (None, found) or orphans not in (None, broken):
        raise StorageError(f"The copy {path.name} is not what was copied.", hint="Make it again: sfa backup")


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _take_name(wanted: Path, digest: str) -> Path:
    """Take the first name that no other backup has, by making its side file, and return the path of the backup."""
    for number in count():
        path = wanted.with_name(f"{wanted.name}-{number}{SUFFIX}" if number else wanted.name + SUFFIX)
        try:
            with path.with_suffix(SIDE_SUFFIX).open("x", encoding="ascii") as stream:
                stream.write(f"{digest}  {path.name}\n")
                stream.flush()
                os.fsync(stream.fileno())
        except FileExistsError:
            continue
        return path
    raise AssertionError


def sync_file(path: Path) -> None:
    """Bring a file to the disk.

    Raises:
        OSError: the disk does not take it.
    """
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def sync_folder(path: Path) -> None:
    """Bring the names in a folder to the disk, where the platform knows such a thing."""
    with suppress(OSError):
        number = os.open(path, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def list_backups(workspace: Workspace) -> list[BackupInfo]:
    """Return all backups, the newest first."""
    found = []
    for path in workspace.backups.glob(f"*{SUFFIX}"):
        stamp, _, reason = path.stem.partition("-")
        # Another program may thin them out meanwhile; a file of another name is none of ours.
        with suppress(ValueError, FileNotFoundError):
            at = datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
            found.append(BackupInfo(path, at, reason or "manual", path.stat().st_size))
    return sorted(found, key=lambda info: (info.at, len(info.name), info.name), reverse=True)


def find_backup(workspace: Workspace, name: str | None) -> BackupInfo:
    """Return a backup by its name or the beginning of it, the newest of those; the newest of all where none is given.

    Raises:
        NotFoundError: there is none.
    """
    for info in list_backups(workspace):
        if name is None or info.name.startswith(name):
            return info
    raise NotFoundError(f"There is no backup {name or 'yet'}.", hint="See: sfa backup --list")


def is_due(workspace: Workspace, now: datetime, max_age: timedelta) -> bool:
    """Tell whether the newest backup is older than `max_age`; those that a wrong clock made in the future do not count."""
    return all(info.at > now or now - info.at > max_age for info in list_backups(workspace))


def to_delete(times: Iterable[datetime], *, keep_hourly: int, keep_daily: int, keep_weekly: int) -> list[datetime]:
    """Return the times of backups that may go, the newest first.

    Of each of the last hours, days and weeks (UTC) that have a backup, the newest is kept; the newest of all always is.
    """
    ordered = sorted(set(times), reverse=True)
    kept = set(ordered[:1])
    for shape, number in (("%Y%m%d%H", keep_hourly), ("%Y%m%d", keep_daily), ("%G%V", keep_weekly)):
        newest: dict[str, datetime] = {}
        for moment in ordered:
            newest.setdefault(moment.astimezone(UTC).strftime(shape), moment)
        kept.update(list(newest.values())[: max(number, 0)])
    return [moment for moment in ordered if moment not in kept]


def thin_out(workspace: Workspace, now: datetime, keep: Sequence[int]) -> int:
    """Delete backups that are not kept any more, and what killed programs left; return how many backups went.

    Args:
        workspace: whose backups.
        now: aware; those of KEPT_DAYS are not touched while they are so young.
        keep: of how many hours, days and weeks.
    """
    infos = list_backups(workspace)
    hourly, daily, weekly = keep
    times = [info.at for info in infos]
    gone = set(to_delete(times, keep_hourly=hourly, keep_daily=daily, keep_weekly=weekly))
    deleted = 0
    for info in infos:
        if info.at in gone and now - info.at >= _protected_for(info):
            with suppress(OSError):
                info.path.unlink()
                info.path.with_suffix(SIDE_SUFFIX).unlink(missing_ok=True)
                deleted += 1
    _sweep(workspace.backups, now)
    return deleted


def _protected_for(info: BackupInfo) -> timedelta:
    return timedelta(days=KEPT_DAYS.get(info.reason.partition("-")[0], 0))


def _sweep(folder: Path, now: datetime) -> None:
    """Delete drafts and side files without a backup that are older than a day."""
    for path in folder.iterdir():
        is_left = path.suffix.startswith(DRAFT_SUFFIX) or (
            path.suffix == SIDE_SUFFIX and not path.with_suffix(SUFFIX).exists()
        )
        with suppress(OSError):
            if is_left and now.timestamp() - path.stat().st_mtime > STALE_AFTER.total_seconds():
                path.unlink()
