"""A sync with nothing to say takes a short way, and gets to the byte what the long way gives."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from db.store import open_store
from sfa.clock import SystemClock
from sfa.ids import system_ids
from sfa.server import founding, idle, opening
from sfa.server.app import create_app
from sfa.server.handle import Server
from sfa.server.settings import Limits, Settings
from sfa.sync.protocol import CODECS, CREATE, MOST_ROWS, PROTOCOL, SCHEMA, Mutation, ProtocolError, decode, encode
from sfa.sync.session import request
from sfa.sync.state import State
from tests.support.sync_servers import Moment, code_for, people_of
from tests.sync.world import ORG, World


class BothWays(Server):
    """A server that goes the short way beside the long one, and compares."""

    def __init__(self, world: World) -> None:
        super().__init__(world.database, world.new_id)
        self._world, self.short, self.long = world, 0, 0

    def handle(
        self, org: str, device_id: str, body: bytes, now: datetime, message: dict[str, Any] | None = None
    ) -> bytes:
        """Answer, and see that the short way says the same or nothing."""
        laptop = next(one for one in self._world.laptops if one.device == device_id)
        found = idle.answer(self.database, str(State(laptop.store).get("token")), idle.read(body), now)
        try:
            whole = super().handle(org, device_id, body, now, message)
        except ProtocolError:
            assert found is None
            raise
        if found:
            self.short += 1
            assert found == (whole, device_id)
        else:
            self.long += 1
        return whole


@pytest.mark.parametrize("seed", [1, 2, 5])
def test_in_any_history_both_ways_say_the_same(seed: int, tmp_path: Path) -> None:
    blank = tmp_path / "blank"
    open_store(blank, SystemClock(), system_ids()).close()
    with closing(World(seed, tmp_path, blank)) as world:
        world.server = server = BothWays(world)
        world.run(60)
        world.heal()
        assert server.long
        server.short = server.long = 0
        for laptop in world.active():
            server.handle(ORG, laptop.device, request(State(laptop.store), []), world.now)
        assert (server.short, server.long) == (len(list(world.active())), 0)


@pytest.fixture
def client(place: opening.Place, moment: Moment) -> Iterator[TestClient]:
    app = create_app(Settings(place.open, place.org, now=moment.tell, steady=moment.steady))
    with TestClient(app, raise_server_exceptions=False) as made:
        yield made


class Laptop:
    """Ann's laptop, which has seen all that there is."""

    def __init__(self, client: TestClient, place: opening.Place, moment: Moment) -> None:
        answer = client.post("/v1/enrol", json={"code": code_for(place, "Ann", moment.now), "schema": SCHEMA})
        self._client, self.token, self.device = client, answer.json()["token"], answer.json()["device"]
        self._cursors: dict[str, list[int]] = {}
        while self.changes():
            pass

    def send(self, *mutations: Mutation) -> tuple[int, dict[str, Any]]:
        body = encode(
            {
                "protocol": PROTOCOL, "schema": SCHEMA, "mutations": [one.as_json() for one in mutations],
                "seen_verdicts": 0, "cursors": self._cursors, "limit": MOST_ROWS, "codecs": CODECS,
            }
        )  # fmt: skip
        answer = self._client.post("/v1/sync", content=body, headers={"Authorization": f"Bearer {self.token}"})
        return answer.status_code, decode(answer.content) if answer.status_code == 200 else answer.json()

    def changes(self, *mutations: Mutation) -> list[str]:
        """Sync, and return the tables of which rows came."""
        status, message = self.send(*mutations)
        assert status == 200, message
        self._cursors |= {one["bucket"]: [one["epoch"], one["to"], one["floor"]] for one in message["changes"]}
        return [table for one in message["changes"] for table in one["rows"]]


@pytest.fixture
def laptop(client: TestClient, place: opening.Place, moment: Moment) -> Laptop:
    return Laptop(client, place, moment)


def test_news_come_at_the_very_next_sync(laptop: Laptop, place: opening.Place) -> None:
    assert laptop.changes() == []
    with closing(place.open()) as book:
        people_of(place, book).save("team", None, {"name": "Hunters"})
    assert laptop.changes() == ["team"]
    assert laptop.changes() == []
    assert "contact" in laptop.changes(Mutation(1, CREATE, "contact", "c" * 36, {"name": "Jane"}))
    assert laptop.changes() == []


def _revoke(place: opening.Place, laptop: Laptop) -> None:
    with closing(place.open()) as book:
        founding.revoke(book, place.org, laptop.device)


def _leave(place: opening.Place, _laptop: Laptop) -> None:
    with closing(place.open()) as book:
        ann = book.rows("SELECT id FROM app_user WHERE org = ? AND name = ?", (place.org, "Ann"))[0][0]
        people_of(place, book).save("app_user", str(ann), {"is_active": 0})


@pytest.mark.parametrize("end", [_revoke, _leave])
def test_who_may_sync_no_more_is_told_at_the_very_next_sync(
    laptop: Laptop, place: opening.Place, end: Callable[[opening.Place, Laptop], None]
) -> None:
    assert laptop.send()[0] == 200
    end(place, laptop)
    assert laptop.send()[0] == 401


def test_a_sync_with_nothing_to_say_writes_only_when_a_device_was_here_and_that_seldom(
    laptop: Laptop, place: opening.Place, moment: Moment
) -> None:
    def seen() -> str:
        with closing(place.open()) as book:
            sql = "SELECT seen_at FROM s_device WHERE org = ? AND device = ?"
            return str(book.rows(sql, (place.org, laptop.device))[0][0])

    first = seen()
    moment.advance(minutes=4)
    laptop.send()
    assert seen() == first
    moment.advance(minutes=2)
    laptop.send()
    assert seen() > first


def test_who_comes_too_often_with_nothing_to_say_is_refused_too(laptop: Laptop, moment: Moment) -> None:
    most = int(Limits().sync_burst)
    statuses = [laptop.send()[0] for _ in range(most + 1)]
    assert 0 < statuses.count(200) <= most
    assert statuses == sorted(statuses)
    assert statuses[-1] == 429
    moment.advance(seconds=1)
    assert laptop.send()[0] == 200


def test_the_log_names_route_and_device_of_a_sync_with_nothing_to_say(
    laptop: Laptop, caplog: pytest.LogCaptureFixture
) -> None:
    laptop.send()
    with caplog.at_level("INFO", "sfa.server"):
        laptop.send()
    facts = vars(caplog.records[-1])["facts"]
    assert (facts["route"], facts["device"], facts["status"]) == ("/v1/sync", laptop.device, 200)


@pytest.mark.parametrize(
    "part",
    [
        {"cursors": {"x": [1, 2]}},
        {"cursors": {"x": [1, -2, 0]}},
        {"cursors": {"x": [True, 2, 0]}},
        {"limit": -1},
        {"seen_verdicts": "1"},
        {"codecs": "gzip"},
    ],
)
def test_what_the_long_way_refuses_or_may_read_otherwise_is_left_to_it(
    part: dict[str, Any], place: opening.Place, moment: Moment
) -> None:
    with closing(place.open()) as book:
        code = code_for(place, "Ann", moment.now)
        token = str(founding.enrol(book, code, SCHEMA, moment.now, system_ids().new)["token"])
        heads = book.rows("SELECT bucket, head FROM s_bucket WHERE org = ?", (place.org,))
        message: dict[str, Any] = {
            "protocol": PROTOCOL, "schema": SCHEMA, "mutations": [], "seen_verdicts": 0, "limit": 1, "codecs": [],
            "cursors": {bucket: [1, head, 0] for bucket, head in heads},
        }  # fmt: skip
        assert idle.answer(book, token, idle.read(encode(message)), moment.now)
        merged = {**message, **part, "cursors": {**message["cursors"], **part.get("cursors", {})}}
        assert idle.answer(book, token, idle.read(encode(merged)), moment.now) is None
        assert idle.answer(book, token, idle.read(encode({**message, "more": 1})), moment.now) is None
        assert idle.answer(book, token, idle.read(b"no message"), moment.now) is None
