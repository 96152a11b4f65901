"""A laptop with a large book of its own joins: progress is told, and an interrupted first sync goes on where it was."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from db import bulk_rows
from sfa.ids import system_ids
from sfa.server import founding
from sfa.server.database import SqliteDatabase
from sfa.server.handle import Server
from sfa.services.desk import Desk
from sfa.sync import outbox, syncing
from sfa.sync.protocol import decode, encode
from tests.support.factories import an_account
from tests.support.sync_servers import START

ROWS, AT_ONCE, PAGE = 1_150, 500, 4096
ORG = "acme"


class Line:
    """A way to a server in this process that breaks after so many messages; answers on their way are lost then."""

    def __init__(self, server: Server, last: int | None = None) -> None:
        self.server, self.last, self.sizes, self._device = server, last, list[int](), ""

    def send(self, path: str, body: bytes) -> bytes:
        message = decode(body)
        if path == "/v1/enrol":
            enrolled = founding.enrol(self.server.database, str(message["code"]), 1, START, system_ids().new)
            self._device = str(enrolled["device"])
            return encode(enrolled)
        self.sizes.append(len(message["mutations"]))
        answer = self.server.handle(ORG, self._device, body, START)
        if self.last is not None and len(self.sizes) > self.last:
            raise ConnectionResetError
        return answer


@pytest.fixture
def server() -> Iterator[Server]:
    with closing(SqliteDatabase(":memory:")) as database:
        founding.found(database)
        founding.add_company(database, ORG, "Acme", START)
        founding.put(database, ORG, "app_user", {"id": "u" * 36, "name": "Ann", "role": "rep", "is_active": 1}, START)
        yield Server(database, system_ids().new)


def saved_times(desk: Desk) -> int:
    """Return how many transactions are in the log of a laptop's book: each waited for the disk."""
    log = Path(desk.store.workspace.file + "-wal").read_bytes()
    salt = log[16:24]
    frames = [log[start : start + 24] for start in range(32, len(log), 24 + PAGE)]
    return sum(frame[8:16] == salt and frame[4:8] != bytes(4) for frame in frames)


def a_large_book(desk: Desk) -> None:
    new = system_ids().new
    owner = desk.store.setting("user_id")
    with desk.store.write("test", "Filled") as work:
        work.execute("UPDATE journal_state SET is_replay = 1")
        columns = ("id", "name", "type", "owner_id", "created_at", "updated_at")
        rows = [(new(), f"Account {number}", "prospect", owner, work.at, work.at) for number in range(ROWS)]
        bulk_rows.insert(work.connection, "account", columns, rows)
        work.execute("UPDATE journal_state SET is_replay = 0")


def known(server: Server) -> list[Any]:
    return server.database.rows("SELECT name, count(*) FROM account WHERE org = ? GROUP BY name", (ORG,))


@pytest.mark.parametrize("last", [0, 1, 2])
def test_an_interrupted_first_sync_goes_on_and_brings_nothing_twice(desk: Desk, server: Server, last: int) -> None:
    a_large_book(desk)
    line = Line(server, last)
    syncing.join(
        desk, "https://sales.example.com", founding.issue_code(server.database, ORG, "u" * 36, START), None, line
    )
    waiting = outbox.waiting(desk.store)
    assert waiting >= ROWS
    told: list[int] = []
    with pytest.raises(ConnectionResetError):
        syncing.sync(desk, told.append, line)
    assert outbox.waiting(desk.store) == waiting - AT_ONCE * last
    assert len(told) == last  # a round that was lost is none
    line.last = None
    report = syncing.sync(desk, told.append, line)
    assert (report.sent, report.refused, report.waiting) == (waiting - AT_ONCE * last, 0, 0)
    assert max(line.sizes) == AT_ONCE
    assert len(told) == -(-waiting // AT_ONCE)
    assert known(server) == [(name, 1) for name, _ in known(server)]
    assert len(known(server)) == ROWS
    assert desk.store.value("SELECT count(*) FROM account") == ROWS


def test_after_a_first_sync_there_is_nothing_to_say(desk: Desk, server: Server) -> None:
    a_large_book(desk)
    line = Line(server)
    syncing.join(
        desk, "https://sales.example.com", founding.issue_code(server.database, ORG, "u" * 36, START), None, line
    )
    syncing.sync(desk, transport=line)
    line.sizes.clear()
    assert syncing.sync(desk, transport=line).sentence == "Up to date"
    assert line.sizes == [0]


def test_a_changed_row_has_the_laptop_wait_for_the_disk_twice_and_a_silent_sync_once(
    server: Server, desk: Desk
) -> None:
    way = Line(server)
    syncing.join(desk, "https://localhost", founding.issue_code(server.database, ORG, "u" * 36, START), None, way)
    syncing.sync(desk, transport=way)
    an_account(desk, name="Acme")
    for is_changed, times in ((True, 2), (False, 1)):
        before = saved_times(desk)
        report = syncing.sync(desk, transport=way)
        assert (bool(report.sent), saved_times(desk) - before) == (is_changed, times)
