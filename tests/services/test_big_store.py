"""The store that benches stand on is a store like any other."""

from pathlib import Path

from db.founding import trigger_script
from sfa.config import load_config
from sfa.services import history, listing
from sfa.services.desk import Desk
from sfa.services.reports import REPORTS, request
from tests.support.big_store import build_big_store
from tests.support.factories import an_opportunity


def test_a_big_store_is_whole_and_can_be_worked_with(tmp_path: Path) -> None:
    store = build_big_store(tmp_path, 2000, accounts=40, owners=20, closed_per_cent=60)
    assert store.value("PRAGMA integrity_check") == "ok"
    assert store.rows("PRAGMA foreign_key_check") == []
    assert store.value("PRAGMA journal_mode") == "wal"
    made = store.value("SELECT count(*) FROM sqlite_master WHERE type IN ('trigger', 'view')")
    assert made == sum(statement.startswith("CREATE") for statement in trigger_script())
    desk = Desk(store, load_config(store.workspace.config))
    assert listing.count(desk, "opportunity", "status=open") == 800
    row = REPORTS["winrate"](desk, request(desk, "winrate")).rows[0]
    assert (row["won"], row["lost"]) == (480, 720)
    an_opportunity(desk, name="One more")
    history.undo(desk)
    assert listing.count(desk, "opportunity") == 2000
    desk.close()
