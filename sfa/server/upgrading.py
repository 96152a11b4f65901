"""A server's book of an older schema is brought to this program's, in one transaction; a newer one is refused."""

from collections.abc import Iterator, Sequence

from sfa.domain.sharing.versions import Versions
from sfa.errors import StorageError
from sfa.server.catalog import SharedTable, shared_tables, statements
from sfa.server.database import Database

CHUNK = 500


def schema_of(database: Database) -> int:
    """Return the schema of a book."""
    return int(database.rows("SELECT max(schema_no) FROM s_org")[0][0] or 0)


def require_known(database: Database, versions: Versions) -> int:
    """Return the schema of a book that this program can use, or bring to its own.

    Raises:
        StorageError: a newer program made it, or one that is too old to be known.
    """
    found = schema_of(database)
    if found > versions.newest:
        raise StorageError(
            f"The server's book has schema {found}, made by a newer sfa; this one knows {versions.newest}.",
            hint="Update sfa on this machine; nothing was changed.",
        )
    if found < versions.oldest:
        raise StorageError(
            f"The server's book has schema {found}; this sfa knows {versions.oldest} to {versions.newest}.",
            hint="Upgrade with an sfa in between first; nothing was changed.",
        )
    return found


def require_current(database: Database, versions: Versions) -> None:
    """Refuse a book that is not of this program's schema.

    Raises:
        StorageError: a newer program made it, or an older one.
    """
    found = require_known(database, versions)
    if found < versions.newest:
        raise StorageError(
            f"The server's book has schema {found}, this sfa needs {versions.newest}.", hint="sfa server upgrade"
        )


def upgrade(database: Database, versions: Versions) -> bool:
    """Bring a book to the newest schema, whole or not at all; return whether there was anything to do.

    Raises:
        StorageError: a newer program made it, or one that is too old to be known.
    """
    with database.writing():
        before = require_known(database, versions)
        if before == versions.newest:
            return False
        reshaped = [
            table
            for table in shared_tables().values()
            if versions.has_table(table.name, before) and versions.is_other(table.name, before)
        ]
        for table in reshaped:
            for column in _fresh(table, versions, before):
                database.execute(f"ALTER TABLE {table.name} ADD COLUMN {column} {table.kind(column)}")
        for text in statements():
            database.execute(if_missing(text))
        for (org,) in database.rows("SELECT org FROM s_org ORDER BY org"):
            for table in reshaped:
                _fill(database, org, table, versions, before)
            database.execute("UPDATE s_org SET schema_no = ? WHERE org = ?", (versions.newest, org))
        for table in reshaped:
            for column in set(_columns(table, versions, before)) - set(table.columns):
                database.execute(f"DROP INDEX IF EXISTS {table.name}_{column}")
                database.execute(f"ALTER TABLE {table.name} DROP COLUMN {column}")
    return True


def if_missing(text: str) -> str:
    """Return a statement that makes a table or an index where there is none."""
    made = text.split()[1]
    return text.replace(f"{made} ", f"{made} IF NOT EXISTS ", 1)


def _columns(table: SharedTable, versions: Versions, before: int) -> list[str]:
    """Return the columns that a table had."""
    return list(versions.down(table.name, dict.fromkeys(table.columns), before))


def _fresh(table: SharedTable, versions: Versions, before: int) -> list[str]:
    had = _columns(table, versions, before)
    return [column for column in table.columns if column not in had]


def _fill(database: Database, org: str, table: SharedTable, versions: Versions, before: int) -> None:
    """Let the rows of a company hold in the new columns what the old ones come to."""
    fresh = _fresh(table, versions, before)
    pairs = ", ".join(f"{column} = ?" for column in fresh)
    for rows in _pages(database, org, table, _columns(table, versions, before)) if fresh else ():
        whole = [versions.up(table.name, row, before, is_whole=True) for row in rows]
        database.many(
            f"UPDATE {table.name} SET {pairs} WHERE org = ? AND id = ?",
            [(*(row.get(column) for column in fresh), org, row["id"]) for row in whole],
        )


def _pages(
    database: Database, org: str, table: SharedTable, columns: Sequence[str]
) -> Iterator[list[dict[str, object]]]:
    last = ""
    while True:
        sql = f"SELECT {', '.join(columns)} FROM {table.name} WHERE org = ? AND id > ? ORDER BY id LIMIT {CHUNK}"
        rows = [dict(zip(columns, row, strict=True)) for row in database.rows(sql, (org, last))]
        if not rows:
            return
        yield rows
        last = str(rows[-1]["id"])
