"""A store with very many deals, made in SQL: for benches of lists, screens and reports."""

from pathlib import Path

from db.driver import Connection
from db.founding import trigger_script
from db.seeds import PIPELINE_ID, stage_id
from db.store import Store, open_store

NOW = "2026-03-10T12:00:00.000Z"
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
COMMON = "id, ref, created_at, updated_at"


def build_big_store(
    folder: Path,
    opportunities: int = 1_000_000,
    accounts: int = 20_000,
    owners: int = 500,
    *,
    closed_per_cent: int = 0,
) -> Store:
    """Fill a new store with deals spread over owners, accounts, all open stages, and three years of close dates.

    It is not analysed, as no user's store is: the planner has nothing but the indexes to go by.

    Args:
        folder: where it is made.
        opportunities: how many deals.
        accounts: how many accounts.
        owners: how many users; each tenth of them manages the nine that follow.
        closed_per_cent: how many of 100 deals are closed, on their close date; two of five of those are won.
    """
    store = open_store(folder)
    connection = store.connection
    connection.execute("PRAGMA journal_mode=OFF")
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA cache_size=-200000")
    connection.execute("BEGIN EXCLUSIVE")
    indexes = _bare(connection)
    _people(connection, owners)
    _accounts(connection, accounts)
    _deals(connection, opportunities, accounts, owners, closed_per_cent)
    for statement in (*indexes, *trigger_script()):
        connection.execute(statement)
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode=WAL")
    return store


def _bare(connection: Connection) -> list[str]:
    """Take the triggers and the indexes of deals away; return how the indexes are made."""
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()]
    for name in names:
        connection.execute(f"DROP TRIGGER {name}")
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
        connection.execute(f"DROP VIEW {name}")
    indexes = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'opportunity' AND sql IS NOT NULL"
    ).fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    return [statement for _, statement in indexes]


def _head(table: int) -> str:
    """Return id, reference and times of the i-th row of a table."""
    return f"printf('01980000-%04x-7000-8%03x-%012x', {table}, i % 4096, i), printf('%x', i), '{NOW}', '{NOW}'"


def _people(connection: Connection, owners: int) -> None:
    connection.execute(
        f"{NUMBERS} INSERT INTO app_user ({COMMON}, name) SELECT {_head(1)}, 'Rep ' || i FROM n", (owners,)
    )
    connection.execute(
        "UPDATE app_user SET manager_id = (SELECT m.id FROM app_user m WHERE m.rowid = (app_user.rowid - 1) / 10 * 10 + 1)"
        " WHERE rowid % 10 <> 1"
    )


def _accounts(connection: Connection, accounts: int) -> None:
    connection.execute(
        f"{NUMBERS} INSERT INTO account ({COMMON}, name, industry) SELECT {_head(2)}, 'Account ' || i,"
        " 'Industry ' || (i % 12) FROM n",
        (accounts,),
    )


def _deals(connection: Connection, count: int, accounts: int, owners: int, closed_per_cent: int) -> None:
    connection.execute(
        "CREATE TEMP TABLE owner AS SELECT row_number() OVER (ORDER BY rowid) - 1 AS n, id FROM app_user"
    )
    connection.execute("CREATE TEMP TABLE firm AS SELECT row_number() OVER (ORDER BY rowid) - 1 AS n, id FROM account")
    connection.execute("CREATE INDEX temp.owner_n ON owner (n, id)")
    connection.execute("CREATE INDEX temp.firm_n ON firm (n, id)")
    closed, won = f"(i * 37 % 100 < {closed_per_cent})", "(i % 5 < 2)"
    connection.execute(
        f"{NUMBERS}, deal AS (SELECT i, {closed} AS closed, {won} AS won,"
        " date('2025-06-01', (CASE WHEN i * 37 % 100 < {0} THEN '-' ELSE '+' END) || (i * 31 % 1000) || ' days') AS day"
        " FROM n) INSERT INTO opportunity".format(closed_per_cent)
        + f" ({COMMON}, name, account_id, pipeline_id, stage_id, owner_id, amount_minor, currency, close_date, created_on,"
        " probability_ppm, category, closed_on, is_won)"
        f" SELECT {_head(3)}, 'Deal ' || (i * 7919 % {count}), firm.id, '{PIPELINE_ID}',"
        f" substr('{stage_id(1)}', 1, 35) || CASE WHEN closed THEN 7 - won ELSE i % 5 + 1 END, owner.id,"
        " i * 1009 % 9000000 + 50000, 'USD', day, date(min(day, '2025-06-01'), '-' || (i % 90) || ' days'),"
        " CASE WHEN closed THEN won * 1000000 ELSE 200000 END,"
        " CASE WHEN NOT closed THEN 'pipeline' WHEN won THEN 'closed' ELSE 'omitted' END,"
        " CASE WHEN closed THEN day END, CASE WHEN closed THEN won END"
        f" FROM deal JOIN owner ON owner.n = i % {owners} JOIN firm ON firm.n = i % {accounts}",
        (count,),
    )
