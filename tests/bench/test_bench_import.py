"""An import with journal, history and search index against a plain `executemany` of the same rows in the same run."""

import csv
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from sfa.exchange.import_plan import Request, make_plan
from sfa.exchange.importer import run
from sfa.services.desk import Desk

pytestmark = pytest.mark.bench
ROWS = 20_000
LEAST_SHARE = 0.10
COLUMNS = "id=external_id,account=account,deal=name,stage=stage,worth=amount,made=created,due=close_date"


def write_deals(path: Path) -> Path:
    """Write a file of deals of 500 accounts."""
    start = date(2025, 1, 1)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "account", "deal", "stage", "worth", "made", "due"])
        for number in range(ROWS):
            made = start + timedelta(days=number % 300)
            due = made + timedelta(days=90)
            writer.writerow(
                [number, f"Firm {number % 500}", f"Deal {number}", "Negotiation", number * 7 + 100, made, due]
            )
    return path


def test_twenty_thousand_deals_at_a_tenth_of_the_speed_of_plain_rows(desk: Desk, tmp_path: Path) -> None:
    path = write_deals(tmp_path / "deals.csv")
    started = time.perf_counter()
    result = run(desk, make_plan(desk, Request(path, "opportunity", COLUMNS, create=frozenset({"account"}))))
    ours = time.perf_counter() - started
    assert result.new == ROWS
    floor = _plain(desk)
    sys.stdout.write(f"\nimport {ROWS / ours:,.0f} rows/s, plain {ROWS / floor:,.0f} rows/s, share {floor / ours:.2f}")
    assert floor / ours >= LEAST_SHARE


def _plain(desk: Desk) -> float:
    """Return the seconds that the same rows take into the same table without triggers."""
    connection = desk.store.connection
    columns = [row[1] for row in connection.execute("PRAGMA table_info(opportunity)")]
    rows = connection.execute(f"SELECT {', '.join(columns)} FROM opportunity").fetchall()
    connection.execute("BEGIN IMMEDIATE")
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("PRAGMA defer_foreign_keys = ON")
    connection.execute("DELETE FROM opportunity")
    marks = ", ".join("?" * len(columns))
    started = time.perf_counter()
    connection.executemany(f"INSERT INTO opportunity ({', '.join(columns)}) VALUES ({marks})", rows)
    taken = time.perf_counter() - started
    connection.execute("ROLLBACK")
    return taken
