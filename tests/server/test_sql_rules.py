"""Every statement of the server could run on tables that are spread by company, and means the same on both databases."""

import re
from pathlib import Path
from random import Random

import pytest

import sfa.server
from db.store import open_store
from sfa.clock import SystemClock
from sfa.ids import RandomIds, system_ids
from sfa.server.catalog import shared_tables, statements
from sfa.server.database import Database, SqliteDatabase
from sfa.server.handle import Server
from sfa.server.postgres import PostgresDatabase
from tests.support.sql_rules import Recorder, fault, written
from tests.support.sync_servers import Postgres
from tests.sync import oracles
from tests.sync.world import ORG, World

SOURCES = Path(sfa.server.__file__).parent
STEPS = 60


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("blank") / "home"
    open_store(folder, SystemClock(), system_ids()).close()
    return folder


def test_each_statement_in_the_sources_names_the_company_and_keeps_keys() -> None:
    found = list(written(SOURCES))
    faults = [f"{place}: {why}: {sql}" for place, sql in found if (why := fault(sql))]
    assert not faults, "\n".join(faults)
    assert len(found) > 60


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("SELECT 1 FROM note WHERE id = ?", "names no company"),
        ("UPDATE note SET id = ? WHERE org = ? AND id = ?", "changes the key id"),
        ("SELECT n.id FROM note n JOIN account a ON a.id = n.account_id WHERE n.org = ?", "joins without the company"),
        ("INSERT INTO note (id) VALUES (?)", "names no company"),
        ("SELECT nextval('x') FROM note WHERE org = ?", "uses nextval"),
        ("SET search_path TO x", "outlives its transaction"),
        ("LISTEN news", "outlives its transaction"),
        ("SELECT pg_advisory_lock(1) FROM note WHERE org = ?", "uses pg_advisory"),
        ("SELECT set_config('a', 'b', false) FROM note WHERE org = ?", "uses set_config"),
        ("INSERT INTO pg_temp.note (org) VALUES (?)", "uses pg_temp"),
        ("CREATE TEMP TABLE seen (id TEXT)", "outlives its transaction"),
        (
            "SELECT (SELECT 1 FROM note n WHERE n.id = a.id) FROM account a WHERE a.org = ?",
            "looks up without the company",
        ),
    ],
)
def test_the_rules_have_teeth(sql: str, why: str) -> None:
    assert fault(sql) == why


def test_every_key_and_index_begins_with_the_company() -> None:
    for text in statements():
        if text.startswith("CREATE TABLE"):
            key = re.search(r"PRIMARY KEY \(([^)]+)\)|(org) TEXT PRIMARY KEY", text)
            assert key, text
            assert (key[1] or key[2]).split(",")[0] == "org", text
        elif "s_code_hash" not in text:
            assert re.search(r"ON \w+ \(org,", text), text


BY_CHANCE = ("inbox_entry", "opportunity_history")


def history(seed: int, folder: Path, blank: Path, database: Database) -> tuple[dict[str, object], set[str]]:
    """Let a seeded company live, and return the server's rows and the statements it took."""
    recorder = Recorder(database)
    folder.mkdir()
    world = World(seed, folder, blank, database=recorder)
    # A transaction that begins again uses up ids: the people's own luck must not hang on that.
    ids = RandomIds(lambda: int(world.now.timestamp() * 1000), Random(seed).randbytes)
    world.server = Server(recorder, ids.new)
    world.run(STEPS)
    world.heal()
    oracles.check_all(world)
    rows = {table: oracles.server_rows(world, table) for table in shared_tables()}
    # The ids of entries are the server's, those of histories the laptops' own database's, by chance.
    by_chance = {table: [{**row, "id": ""} for row in rows.pop(table).values()] for table in BY_CHANCE}
    for entry in by_chance["inbox_entry"]:
        entry["row_id"] = "" if entry["table_name"] in BY_CHANCE else entry["row_id"]
    named = "CASE WHEN tbl IN ('inbox_entry', 'opportunity_history') THEN '' ELSE pk END"
    sql = f"SELECT bucket, tbl, {named}, ver, op FROM s_row WHERE org = ?"
    feeds = database.rows(sql, (ORG,))
    world.close()
    told = {table: sorted(entries, key=str) for table, entries in by_chance.items()}
    return {**rows, **told, "feeds": sorted(feeds)}, recorder.asked


@pytest.mark.parametrize("seed", [3, 11])
def test_a_history_ends_in_the_same_book_on_sqlite_and_postgresql_by_the_same_rules(
    seed: int, tmp_path: Path, blank: Path, postgres: Postgres
) -> None:
    ours, asked = history(seed, tmp_path / "sqlite", blank, SqliteDatabase(":memory:"))
    theirs, also_asked = history(seed, tmp_path / "postgresql", blank, PostgresDatabase(postgres.new_database()))
    assert ours == theirs
    faults = [f"{why}: {sql}" for sql in sorted(asked | also_asked) if (why := fault(sql))]
    assert not faults, "\n".join(faults)
