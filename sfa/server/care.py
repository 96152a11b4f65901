"""Care for a server's book: backups that are verified, restoring with a new epoch, a look at its health."""

import hashlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db.driver import sqlite, uri_of
from db.migrations import shipped_versions
from sfa.errors import ConflictError, NotFoundError, StorageError, UsageError
from sfa.server.caring import begin_epoch
from sfa.server.catalog import statements
from sfa.server.database import Database, SqliteDatabase
from sfa.server.opening import PRIVATE_FILE, PRIVATE_FOLDER, SETTINGS, Place
from sfa.server.upgrading import require_known, schema_of, upgrade

BACKUPS = "backups"
STAMP = "%Y%m%dT%H%M%S"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, whether it is good, and in words what to do where it isn't."""

    name: str
    is_good: bool
    words: str


def backup(place: Place, target: Path | None, now: datetime) -> tuple[Path, str]:
    """Copy a SQLite book while it is used, verify the copy, and return its file and SHA-256.

    Raises:
        UsageError: the book is in PostgreSQL.
        ConflictError: the file is there already.
        StorageError: the copy is damaged.
    """
    if place.is_postgres:
        raise UsageError("PostgreSQL has its own tool for this.", hint="pg_dump --format=custom --file FILE DATABASE")
    folder = place.folder / BACKUPS
    folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    target = target or folder / f"{now.strftime(STAMP)}.db"
    if target.exists():
        raise ConflictError(f"{target} is there already.", hint="Name another file.")
    target.touch(mode=PRIVATE_FILE)
    book = place.open()
    assert isinstance(book, SqliteDatabase)  # noqa: S101 - said above
    with closing(book):
        book.backup(target)
    try:
        require_whole(target)
    except StorageError:
        target.unlink()
        raise
    return target, hashlib.sha256(target.read_bytes()).hexdigest()


def schemas(place: Place) -> tuple[int, int]:
    """Return the schema of a book and that of this program.

    Raises:
        StorageError: a newer sfa made the book.
    """
    with closing(place.open()) as book:
        return require_known(book, shipped_versions()), shipped_versions().newest


def upgrade_at_start(place: Place, now: datetime) -> Path | None:
    """Bring an older book in SQLite to this program's schema, after a backup; return where that is, if it was needed.

    Raises:
        ConflictError: the book is in PostgreSQL, whose backups are its own.
        StorageError: a newer sfa made the book.
    """
    found, newest = schemas(place)
    if found < newest and place.is_postgres:
        raise ConflictError(
            f"The book has schema {found}, this sfa needs {newest}.", hint="pg_dump it, then: sfa server upgrade"
        )
    return upgrade_book(place, now)


def upgrade_book(place: Place, now: datetime) -> Path | None:
    """Bring an older book to this program's schema, one in SQLite after a backup; return where that is.

    Raises:
        StorageError: a newer sfa made the book.
    """
    versions, kept = shipped_versions(), None
    with closing(place.open()) as book:
        if require_known(book, versions) == versions.newest:
            return None
        if not place.is_postgres:
            target = place.folder / BACKUPS / f"before-upgrade-{now.strftime(STAMP)}.db"
            kept, _ = backup(place, target, now)
        upgrade(book, versions)
    return kept


def require_whole(file: Path) -> int:
    """Return the epoch of a book in a file.

    Raises:
        NotFoundError: there is no such file.
        StorageError: it is damaged, or none of ours.
    """
    if not file.is_file():
        raise NotFoundError(f"There is no file {file}.")
    try:
        with closing(sqlite.connect(f"{uri_of(str(file))}?mode=ro", uri=True)) as connection:
            verdict = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            epochs = connection.execute("SELECT max(epoch) FROM s_org").fetchone()
    except sqlite.Error as error:
        raise StorageError(f"{file} is no book of a server, or it is damaged.") from error
    if verdict != "ok" or epochs[0] is None:
        raise StorageError(f"{file} is damaged.", hint="Take another backup.")
    return int(epochs[0])


def restore(place: Place, source: Path | None, now: datetime) -> Path | None:
    """Put a backup in the place of a SQLite book, and begin a new epoch, so that laptops send again what it lacks.

    With PostgreSQL, `pg_restore` brings the book back; then this only begins the new epoch.

    Returns:
        Where the book that stood there before is now.

    Raises:
        UsageError: SQLite needs a file, PostgreSQL none.
        ConflictError: the server runs.
        StorageError: the backup is damaged.
    """
    if place.is_postgres == (source is not None):
        hint = "Bring it back with pg_restore, then: sfa server restore" if place.is_postgres else "Name the file."
        raise UsageError("The backup is a file with SQLite, and pg_restore's with PostgreSQL.", hint=hint)
    aside, last = None, 0
    if source is not None:
        require_whole(source)
        last = _last_epoch(place.file)
        aside = _put_aside(place, now)
        draft = place.file.with_suffix(".part")
        draft.touch(mode=PRIVATE_FILE)
        draft.write_bytes(source.read_bytes())
        draft.replace(place.file)
    with closing(place.open()) as book:
        _begin_epoch(book, last, now)
    return aside


def _last_epoch(file: Path) -> int:
    try:
        return require_whole(file)
    except (NotFoundError, StorageError):
        return 0  # it is gone or damaged: then the clock alone makes the epoch a new one


def _put_aside(place: Place, now: datetime) -> Path | None:
    if not place.file.exists():
        return None
    with closing(sqlite.connect(f"{uri_of(str(place.file))}?mode=rw", uri=True, isolation_level=None)) as connection:
        try:
            # Only the last connection may leave WAL: this both asks whether the server runs, and leaves one file.
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite.OperationalError as error:
            raise ConflictError("The server runs; stop it first.") from error
        except sqlite.DatabaseError:
            pass  # a damaged book is what backups are for
    aside = place.file.with_name(f"{place.file.stem}-before-restore-{now.strftime(STAMP)}.db")
    place.file.replace(aside)
    return aside


def _begin_epoch(book: Database, last: int, now: datetime) -> None:
    """Let the epoch be one that was never used, however often the same backup came back."""
    for (org,) in book.rows("SELECT org FROM s_org ORDER BY org"):
        begin_epoch(book, org, max(last + 1, int(now.timestamp())))


def look(place: Place) -> Iterator[Finding]:
    """Look at a server's folder and book; changes nothing."""
    yield _modes(place)
    try:
        with closing(place.open()) as book:
            book.rows("SELECT 1")
            yield Finding(
                "database", is_good=True, words="PostgreSQL" if place.is_postgres else f"SQLite, {place.file}"
            )
            yield _schema(book)
            yield _tables(book)
            yield _versions(book, place.org)
    except Exception as error:  # noqa: BLE001 - each driver has its own; whatever it says, the book is not there
        words = str(error).splitlines()[0] if str(error) else type(error).__name__
        yield Finding("database", is_good=False, words=f"cannot be used: {words}")
        return
    if not place.is_postgres:
        yield _whole(place)


def _modes(place: Place) -> Finding:
    names = (SETTINGS, place.database) if not place.is_postgres else (SETTINGS,)
    paths = [place.folder, *(place.folder / name for name in names)]
    open_ones = [str(path) for path in paths if path.exists() and path.stat().st_mode & 0o077]
    words = f"others can read {', '.join(open_ones)}: chmod -R go= {place.folder}" if open_ones else "only yours"
    return Finding("access", not open_ones, words)


def _schema(book: Database) -> Finding:
    found, newest = schema_of(book), shipped_versions().newest
    remedy = "sfa server upgrade" if found < newest else "update sfa"
    words = f"{found}, this sfa's own" if found == newest else f"{found}, this sfa's is {newest}: {remedy}"
    return Finding("schema", found == newest, words)


def _tables(book: Database) -> Finding:
    missing = []
    for text in statements():
        if text.startswith("CREATE TABLE"):
            name = text.split()[2]
            try:
                book.rows(f"SELECT 1 FROM {name} WHERE org = '' LIMIT 1")
            except Exception as error:
                if book.trouble(error):
                    raise
                missing.append(name)
    words = f"missing: {', '.join(missing)}" if missing else "all there"
    return Finding("tables", not missing, words)


def _versions(book: Database, org: str) -> Finding:
    rows = book.rows(
        "SELECT b.bucket FROM s_bucket b WHERE b.org = ? AND b.head <"
        " (SELECT max(r.ver) FROM s_row r WHERE r.org = b.org AND r.bucket = b.bucket)",
        (org,),
    )
    words = f"beyond the head in {', '.join(row[0] for row in rows)}" if rows else "none beyond the head of its bucket"
    return Finding("versions", not rows, words)


def _whole(place: Place) -> Finding:
    try:
        require_whole(place.file)
    except StorageError as error:
        return Finding("integrity", is_good=False, words=f"{error.message} {error.hint or ''}".strip())
    return Finding("integrity", is_good=True, words="no fault found")
