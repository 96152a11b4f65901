"""A laptop that joins: what it writes from then on bears the code that the server gave it."""

from pathlib import Path
from typing import Any

from sfa.server import founding
from sfa.services import quotes
from sfa.sync import enrolling
from sfa.sync.protocol import decode, encode
from tests.support.factories import an_account, make_desk
from tests.sync.conftest import MakeWorld
from tests.sync.world import ORG, World


class Door:
    """The way to a server that takes one code."""

    def __init__(self, world: World) -> None:
        self._world = world

    def send(self, _path: str, body: bytes) -> bytes:
        asked: dict[str, Any] = decode(body)
        world = self._world
        return encode(founding.enrol(world.database, asked["code"], asked["schema"], world.now, world.new_id))


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
