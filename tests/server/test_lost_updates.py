"""B7: merging before locking loses updates. First the device, then the buckets in order, and only then the rows."""

import threading
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from db.seeds import PIPELINE_ID, stage_id
from sfa.server import opening, push
from sfa.server.book import Book
from sfa.server.pool import Pool
from sfa.sync.protocol import CREATE, PATCH, Mutation, decode
from tests.server.test_concurrency import NOW, asked, at_once, enrolled

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 12
DEAL = "d" * 36
VALUES = {
    "name": "Roof", "pipeline_id": PIPELINE_ID, "stage_id": stage_id(1), "created_on": "2026-03-01", "probability_ppm": 100_000,
    "is_probability_overridden": 0, "category": "pipeline", "is_category_overridden": 0, "amount_minor": 0, "currency": "EUR",
}  # fmt: skip


class Two:
    """Ann's two laptops, which write the amount of one deal at the same moment."""

    def __init__(self, place: opening.Place) -> None:
        self._pool = Pool(place.open, 2)
        self._devices = [enrolled(place, "Ann") for _ in range(2)]
        self._numbers = [1, 1]
        self.send(0, Mutation(1, CREATE, "opportunity", DEAL, {**VALUES, "owner_id": self._devices[0]["user"]}))

    def send(self, who: int, mutation: Mutation) -> str:
        """Send one mutation and return how it was judged."""
        self._numbers[who] += 1
        device, body = self._devices[who]["device"], asked(mutation)
        answer = decode(self._pool.run(lambda server: server.handle("main", device, body, NOW)))
        return str(answer["verdicts"][0][1])

    def write_at_once(self, before: int, amounts: tuple[int, int]) -> list[str]:
        """Let both change the amount that both have seen, and return how that was judged."""
        works: list[Callable[[], str]] = []
        for who, amount in enumerate(amounts):
            change = {"amount_minor": amount}, {"amount_minor": before}
            mutation = Mutation(self._numbers[who], PATCH, "opportunity", DEAL, *change, f"{before:012x}-0000-{who}")
            works.append(partial(self.send, who, mutation))
        return at_once(works)

    def amount(self) -> int:
        sql = "SELECT amount_minor FROM opportunity WHERE org = ? AND id = ?"
        return int(self._pool.run(lambda server: server.database.rows(sql, ("main", DEAL)))[0][0])

    def close(self) -> None:
        self._pool.close()


@pytest.fixture
def two(postgres_place: opening.Place) -> Iterator[Two]:
    """Return the two laptops at a server with PostgreSQL."""
    made = Two(postgres_place)
    yield made
    made.close()


def test_b7_of_two_who_changed_the_same_amount_one_is_told_of_the_conflict(two: Two) -> None:
    for turn in range(ROUNDS):
        before = two.amount()
        amounts = turn * 10 + 1, turn * 10 + 2
        verdicts = two.write_at_once(before, amounts)
        assert sorted(verdicts) == ["conflict", "ok"]
        assert two.amount() == amounts[verdicts.index("ok")]


def test_b7_a_server_that_merges_before_it_locks_loses_one_of_them_in_silence(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bug on purpose: the test above would see it."""
    gate, came = threading.Barrier(2), set[int]()

    class Hasty(Book):
        def lock(self, buckets: Iterable[str]) -> None:
            self.read_ahead([("opportunity", DEAL)])
            if threading.get_ident() not in came:
                came.add(threading.get_ident())
                gate.wait(60)
            super().lock(buckets)

    monkeypatch.setattr(push, "Book", Hasty)
    verdicts: list[Any] = two.write_at_once(0, (1, 2))
    assert verdicts == ["ok", "ok"]
    assert two.amount() in (1, 2)
