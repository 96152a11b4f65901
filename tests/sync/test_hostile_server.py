"""A server that lies to an honest laptop: nothing of the laptop's own is touched, nothing unsent is lost, no row breaks it."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from sfa.errors import SfaError
from sfa.server import caring
from sfa.sync import outbox
from sfa.sync.apply import TooManyGone
from sfa.sync.protocol import ProtocolError, decode, encode
from sfa.sync.session import rounds
from sfa.sync.state import State
from tests.sync import oracles
from tests.sync.conftest import MakeWorld
from tests.sync.world import ORG, Laptop, World

OWN_TABLES = (
    "setting",
    "operation",
    "change",
    "journal_state",
    "sync_out",
    "sync_done",
    "search_queue",
    "dav_collection",
)
ROUNDS, NOTES = 12, 60


class Liar:
    """Changes each answer of an honest server by chance."""

    def __init__(self, world: World, laptop: Laptop, random: Random) -> None:
        self._world, self._laptop, self._random = world, laptop, random

    def send(self, _path: str, body: bytes) -> bytes:
        if self._random.random() < 0.15:
            expected = self._random.choice((0, -5, 10**30, "7", None, [1], 3))
            raise ProtocolError(409, "Mutations are missing in between.", expected_n=expected)
        answer = decode(self._world.server.handle(ORG, self._laptop.device, body, self._world.now))
        lies = [self._random.choice(LIES) for _ in range(self._random.randint(1, 3))]
        for lie in sorted(lies, key=lambda one: one is _nonsense):
            lie(answer, self._random, self._laptop)
        return encode(answer)


def _foreign_table(answer: dict[str, Any], random: Random, _laptop: Laptop) -> None:
    for change in answer["changes"]:
        name = random.choice(OWN_TABLES)
        change["rows"][name] = {"columns": ["id", "key", "value"], "values": [["1"], ["sync_url"], ["https://evil"]]}
        change["gone"].append([name, "1", "deleted"])


def _foreign_column(answer: dict[str, Any], random: Random, _laptop: Laptop) -> None:
    name = random.choice(("ref", "created_at", "rowid", "name = 'x'; --"))
    for change in answer["changes"]:
        for data in change["rows"].values():
            data["columns"].append(name)
            data["values"].append(["forged"] * len(data["values"][0]))


def _wrong_type(answer: dict[str, Any], random: Random, _laptop: Laptop) -> None:
    value = random.choice((1.5, True, ["x"], {"a": 1}, 10**40, "x" * 5000, "w\0"))
    for change in answer["changes"]:
        for data in change["rows"].values():
            random.choice(data["values"])[0] = value


def _all_gone(answer: dict[str, Any], _random: Random, laptop: Laptop) -> None:
    whole = {"epoch": 1, "from": 0, "to": 1, "rows": {}, "reset": False, "whole": True, "floor": 0}
    for bucket, *_ in answer["grants"]:
        sql = "SELECT table_name, row_id, 'deleted' FROM sync_row WHERE bucket = ?"
        answer["changes"].append({**whole, "bucket": bucket, "gone": [*map(list, laptop.store.rows(sql, (bucket,)))]})


def _no_grants(answer: dict[str, Any], _random: Random, _laptop: Laptop) -> None:
    answer["grants"] = []


def _everything_is_refused(answer: dict[str, Any], _random: Random, _laptop: Laptop) -> None:
    answer["verdicts"] = [[n, "reject", "role", None] for n, *_ in answer["verdicts"]]


def _judged_what_was_not_sent(answer: dict[str, Any], random: Random, _laptop: Laptop) -> None:
    answer["verdicts"] += [[random.choice((0, -1, 10**6, n + 7)), "ok", "", None] for n in range(3)]


def _wrong_count(answer: dict[str, Any], random: Random, _laptop: Laptop) -> None:
    answer["last_n"] = random.choice((0, 10**6, 10**30, -1, "3", True))


def _nonsense(answer: dict[str, Any], random: Random, _laptop: Laptop) -> None:
    key = random.choice(("verdicts", "grants", "changes", "more", "last_n", "re"))
    answer[key] = random.choice((None, 7, "x", [], [[]], {}))


LIES: tuple[Callable[[dict[str, Any], Random, Laptop], None], ...] = (
    _foreign_table, _foreign_column, _wrong_type, _all_gone, _no_grants, _everything_is_refused, _judged_what_was_not_sent,
    _wrong_count, _nonsense,
)  # fmt: skip


def _own(laptop: Laptop) -> list[Any]:
    """Return what is the laptop's own: settings that are not of sync, what people did, and who it is."""
    store = laptop.store
    return [
        store.rows("SELECT key, value FROM setting WHERE key NOT IN ('sync_next_n', 'sync_gathered', 'sync_last_at') ORDER BY 1"),
        store.rows("SELECT id, verb FROM operation WHERE verb <> 'sync' ORDER BY id"),
        store.rows("SELECT c.* FROM change c JOIN operation o ON o.id = c.operation_id WHERE o.verb <> 'sync' ORDER BY 1, 2"),
    ]  # fmt: skip


def _kept(laptop: Laptop) -> set[tuple[str, str, str]]:
    """Return the mutations that the laptop has: those that wait, and those that it believes judged."""
    rows = laptop.store.rows(
        "SELECT operation_id, table_name, row_id FROM sync_out UNION SELECT operation_id, table_name, row_id FROM sync_done"
    )
    return {(row[0], row[1], row[2]) for row in rows}


def _written(laptop: Laptop) -> set[tuple[str, str, str]]:
    outbox.gather(laptop.store, State(laptop.store))
    return {
        (row[0], row[1], row[2]) for row in laptop.store.rows("SELECT operation_id, table_name, row_id FROM sync_out")
    }


@pytest.mark.parametrize("seed", range(8))
def test_whatever_a_server_says_the_laptop_s_own_stays_and_an_honest_server_mends_the_rest(
    seed: int, make_world: MakeWorld
) -> None:
    world, random = make_world(2 * seed), Random(seed)
    world.is_healed = True
    ann = next(laptop for laptop in world.laptops if laptop.name == "ann")
    world.sync(ann)
    with ann.store.write("many notes") as work:
        for _ in range(NOTES):
            work.insert("note", {"body": "Met", "owner_id": ann.user})
    world.sync(ann)
    written: set[tuple[str, str, str]] = set()
    for _ in range(ROUNDS):
        for _ in range(3):
            world.edit(ann)
        written |= _written(ann)
        before, held = _own(ann), ann.store.value("SELECT count(*) FROM sync_row")
        try:
            for number, _ in enumerate(rounds(ann.store, Liar(world, ann, random), _refuse)):
                if number > 3:
                    break
        except TooManyGone:
            assert ann.store.value("SELECT count(*) FROM sync_row") == held
        except (ProtocolError, SfaError):
            pass
        assert _own(ann) == before
        assert written <= _kept(ann)
        assert not ann.store.rows("PRAGMA foreign_key_check")
        assert ann.store.value("SELECT is_replay FROM journal_state") == 0
    ann.judged.clear()  # who was lied to about it may send again what was judged
    # What was believed is read anew, and what an honest server has not judged goes up.
    caring.begin_epoch(world.database, ORG)
    world.heal()
    oracles.check_whole(world)
    oracles.check_converged(world)


def _refuse(_gone: int, _held: int) -> bool:
    return False
