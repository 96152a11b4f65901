"""A store with very many deals, made in SQL: for benches of lists and screens."""

from pathlib import Path

from db.founding import trigger_script
from db.seeds import PIPELINE_ID, stage_id
from db.store import Store, open_store

NOW = "2026-03-10T12:00:00.000Z"
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
IDS = "printf('01980000-%04x-7000-8%03x-%012x', {table}, i % 4096, i)"


def build_big_store(folder: Path, opportunities: int = 1_000_000, accounts: int = 20_000, owners: int = 500) -> Store:
    """Fill a new store: deals in all open stages, spread over owners, accounts and three years of close dates."""
    store = open_store(folder)
    work = store.connection
    work.execute("PRAGMA synchronous=OFF")
    work.execute("BEGIN IMMEDIATE")
    names = [row[0] for row in work.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
    for name in names:
        work.execute(f"DROP TRIGGER {name}")
    work.execute("DROP VIEW journal_door")
    common = "id, ref, created_at, updated_at"
    head = "{id}, printf('%x', i), '" + NOW + "', '" + NOW + "'"
    work.execute(
        f"{NUMBERS} INSERT INTO app_user ({common}, name) SELECT {head.format(id=IDS.format(table=1))},"
        " 'Rep ' || i FROM n",
        (owners,),
    )
    work.execute(
        f"{NUMBERS} INSERT INTO account ({common}, name) SELECT {head.format(id=IDS.format(table=2))}, 'Account ' || i"
        " FROM n",
        (accounts,),
    )
    work.execute("CREATE TEMP TABLE owner AS SELECT row_number() OVER (ORDER BY rowid) - 1 AS n, id FROM app_user")
    work.execute("CREATE TEMP TABLE firm AS SELECT row_number() OVER (ORDER BY rowid) - 1 AS n, id FROM account")
    work.execute("CREATE INDEX temp.owner_n ON owner (n, id)")
    work.execute("CREATE INDEX temp.firm_n ON firm (n, id)")
    work.execute(
        f"{NUMBERS} INSERT INTO opportunity ({common}, name, account_id, pipeline_id, stage_id, owner_id, amount_minor,"
        " currency, close_date, created_on, probability_ppm, category)"
        f" SELECT {head.format(id=IDS.format(table=3))}, 'Deal ' || (i * 7919 % {opportunities}), firm.id, '{PIPELINE_ID}',"
        f" substr('{stage_id(1)}', 1, 35) || (i % 5 + 1), owner.id, i * 1009 % 9000000 + 50000, 'USD',"
        " date('2025-06-01', '+' || (i * 31 % 1000) || ' days'), '2025-01-01', 200000, 'pipeline'"
        f" FROM n JOIN owner ON owner.n = i % {owners} JOIN firm ON firm.n = i % {accounts}",
        (opportunities,),
    )
    for statement in trigger_script():
        work.execute(statement)
    work.execute("COMMIT")
    work.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    work.execute("ANALYZE")
    return store
