"""A laptop that joins: what it writes from then on bears the code that the server gave it."""

from pathlib import Path
from typing import Any

from sfa.server import founding
from sfa.services import quotes
from sfa.services.quote_reading import view
from sfa.sync import enrolling
from sfa.sync.protocol import decode, encode
from sfa.sync.session import rounds
from tests.support.factories import an_account, make_desk
from tests.support.orders import an_order, order_row
from tests.support.quotes import sent_quote
from tests.sync.conftest import MakeWorld
from tests.sync.world import ORG, World


class Door:
    """The way to a server for a laptop that is to join."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._device = ""

    def send(self, path: str, body: bytes) -> bytes:
        world = self._world
        if path != "/v1/enrol":
            return world.server.handle(ORG, self._device, body, world.now)
        asked: dict[str, Any] = decode(body)
        answer = founding.enrol(world.database, asked["code"], asked["schema"], world.now, world.new_id)
        self._device = str(answer["device"])
        return encode(answer)


def test_no_two_laptops_of_a_company_give_a_quote_the_same_number(make_world: MakeWorld, tmp_path: Path) -> None:
    world = make_world(1, is_calm=True)
    numbers = []
    for place in ("one", "two"):
        desk = make_desk(tmp_path / place, seed=7)
        code = founding.issue_code(world.database, ORG, world.laptops[0].user, world.now)
        device = enrolling.enrol(desk.store, Door(world), "https://sales.example.com", code)["code"]
        an_account(desk, name="Acme")
        numbers.append(quotes.new(desk, {"account": "Acme"}).summary)
        assert f"-{device}-" in numbers[-1]
    assert numbers[0] != numbers[1]


def test_whoever_joins_with_sent_and_accepted_quotes_brings_them_whole(make_world: MakeWorld, tmp_path: Path) -> None:
    world = make_world(1, is_calm=True)
    admin = world._person("ada", "admin", None)
    desk = make_desk(tmp_path / "desk")
    sent, order = sent_quote(desk), an_order(desk)
    door, code = Door(world), founding.issue_code(world.database, ORG, admin, world.now)
    enrolling.enrol(desk.store, door, "https://sales.example.com", code)
    outcomes = list(rounds(desk.store, door))
    assert [outcome.refused for outcome in outcomes] == [0] * len(outcomes)
    rows = world.database.rows("SELECT state, content_hash FROM quote_version ORDER BY state")
    assert rows == [
        tuple(row) for row in desk.store.rows("SELECT state, content_hash FROM quote_version ORDER BY state")
    ]
    assert [state for state, _ in rows] == ["accepted", "sent"]
    lines = world.database.rows("SELECT count(*) FROM quote_line")[0][0]
    assert lines == desk.store.value("SELECT count(*) FROM quote_line") > 0
    assert view(desk, sent).state == "sent"
    assert order_row(desk, order)["state"] == "open"
