"""Many at once: no lost update, no deadlock that anybody sees, no short code twice, lost connections come back."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest

from sfa.ids import system_ids
from sfa.server import founding, opening
from sfa.server.database import AGAIN
from sfa.server.pool import Pool, tried
from sfa.server.postgres import PostgresDatabase
from sfa.sync.protocol import CREATE, PATCH, Mutation, ProtocolError, decode, encode
from tests.support.sync_servers import START, code_for

WRITERS, EACH = 4, 25
ACCOUNT = "a" * 36
NOW = datetime.now(UTC)


def enrolled(place: opening.Place, name: str) -> dict[str, Any]:
    code = code_for(place, name, NOW)
    with closing(place.open()) as book:
        return founding.enrol(book, code, 1, NOW, system_ids().new)


def asked(*mutations: Mutation) -> bytes:
    return encode({"protocol": 1, "schema": 1, "mutations": [one.as_json() for one in mutations], "limit": 0})


def at_once(works: list[Callable[[], Any]]) -> list[Any]:
    with ThreadPoolExecutor(len(works)) as threads:
        return [done.result() for done in [threads.submit(work) for work in works]]


def test_writers_of_one_record_lose_no_update_and_every_one_is_judged_once(postgres_place: opening.Place) -> None:
    place = postgres_place
    pool = Pool(place.open, WRITERS)
    devices = [enrolled(place, name) for name in ("Ann", "Bob", "Ann", "Bob")]
    area = _area(place, "North")
    account = {"name": "Shared", "territory_id": area, "type": "prospect"}
    first = asked(Mutation(1, CREATE, "account", ACCOUNT, account))
    pool.run(lambda server: server.handle("main", devices[0]["device"], first, NOW))
    start = {device["device"]: 2 if device is devices[0] else 1 for device in devices}

    def sent(device: dict[str, Any], body: bytes) -> list[str]:
        answer = decode(pool.run(lambda server: server.handle("main", device["device"], body, NOW)))
        return [":".join(one[1:3]) for one in answer["verdicts"]]

    def write(device: dict[str, Any], rank: int) -> list[str]:
        verdicts = []
        for turn in range(EACH):
            number = start[device["device"]] + turn
            body = asked(Mutation(number, CREATE, "contact", f"{rank:04}{turn:032}", {"name": f"{rank} {turn}"}))
            verdicts += sent(device, body)
        for turn in range(EACH):
            number = start[device["device"]] + EACH + turn
            columns = {"description": f"{rank}-{turn}"}
            body = asked(
                Mutation(number, PATCH, "account", ACCOUNT, columns, {"description": None}, f"{turn:012x}-{rank}")
            )
            verdicts += sent(device, body)
        return verdicts

    verdicts = at_once([lambda one=one, rank=rank: write(one, rank) for rank, one in enumerate(devices)])  # type: ignore[misc]
    with closing(place.open()) as book:
        refused = {row[0] for row in book.rows("SELECT sentence FROM inbox_entry WHERE org = ?", ("main",))}
    assert not refused
    assert all(len(some) == 2 * EACH for some in verdicts)
    assert {one for some in verdicts for one in some} <= {"ok:", "merged:"}
    with closing(place.open()) as book:
        assert book.rows("SELECT count(*) FROM contact WHERE org = ?", ("main",)) == [(WRITERS * EACH,)]
        last = book.rows("SELECT description FROM account WHERE org = ? AND id = ?", ("main", ACCOUNT))[0][0]
        assert last == f"{WRITERS - 1}-{EACH - 1}"
        versions = book.rows(
            "SELECT bucket, count(*), count(DISTINCT ver) FROM s_row WHERE org = ? GROUP BY bucket", ("main",)
        )
        assert all(entries == distinct for _, entries, distinct in versions)
    pool.close()


def _area(place: opening.Place, name: str) -> str:
    with closing(place.open()) as book:
        return str(book.rows("SELECT id FROM territory WHERE org = ? AND name = ?", ("main", name))[0][0])


def test_one_code_admits_one_laptop_and_no_two_get_the_same_short_code(place: opening.Place) -> None:
    shared = code_for(place, "Ann", NOW)
    codes = [shared, shared, *(code_for(place, name, NOW) for name in ("Ann", "Bob", "Cy", "Bob"))]
    gate = threading.Barrier(len(codes))

    def join(code: str) -> str:
        with closing(place.open()) as book:
            gate.wait(60)
            try:
                return str(tried(book, lambda: founding.enrol(book, code, 1, NOW, system_ids().new))["code"])
            except ProtocolError as error:
                return str(error.status)

    answers = at_once([lambda code=code: join(code) for code in codes])  # type: ignore[misc]
    assert sorted(answers) == ["401", "A1", "A2", "A3", "A4", "A5"]


def test_a_person_who_left_joins_with_no_code(place: opening.Place) -> None:
    code = code_for(place, "Ann", NOW)
    with closing(place.open()) as book:
        ann = book.rows("SELECT id FROM app_user WHERE org = ? AND name = ?", ("main", "Ann"))[0][0]
        founding.put(book, "main", "app_user", {"id": ann, "is_active": 0}, START)
        with pytest.raises(ProtocolError) as refused:
            founding.enrol(book, code, 1, NOW, system_ids().new)
    assert refused.value.status == 401


def test_a_deadlock_is_tried_again_and_work_goes_through(postgres_place: opening.Place) -> None:
    gate = threading.Barrier(2)
    tries: list[int] = []

    def cross(first: str, second: str) -> None:
        with closing(postgres_place.open()) as book:
            is_first_try = True

            def work() -> None:
                nonlocal is_first_try
                tries.append(1)
                with book.writing():
                    sql = "UPDATE s_bucket SET head = head + 1 WHERE org = ? AND bucket = ?"
                    book.execute(sql, ("main", first))
                    if is_first_try:
                        is_first_try = False
                        gate.wait(60)
                    book.execute(sql, ("main", second))

            tried(book, work)

    with closing(postgres_place.open()) as book:
        for bucket in ("x", "y"):
            book.execute("INSERT INTO s_bucket (org, bucket, head, floor) VALUES (?, ?, 0, 0)", ("main", bucket))
    at_once([lambda: cross("x", "y"), lambda: cross("y", "x")])
    with closing(postgres_place.open()) as book:
        heads = book.rows("SELECT head FROM s_bucket WHERE org = ? AND bucket IN ('x', 'y')", ("main",))
    assert heads == [(2,), (2,)]
    assert len(tries) >= 3  # the one that gave way may give way once more


def test_a_connection_that_the_database_cut_is_made_anew(postgres_place: opening.Place) -> None:
    pool = Pool(postgres_place.open, 1)
    with closing(postgres_place.open()) as book:
        book.rows(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'sfa' AND pid <> pg_backend_pid()"
        )
    assert pool.run(lambda server: server.database.rows("SELECT 1")) == [(1,)]
    pool.close()


def test_a_busy_book_is_waited_for_and_then_the_caller_is_told_when_to_come_again(
    sqlite_place: opening.Place,
) -> None:
    calls: list[int] = []

    class Busy(Exception):  # noqa: N818 - stands for what a driver says
        pass

    class Book:
        def trouble(self, error: BaseException) -> str:
            return AGAIN if isinstance(error, Busy) else ""

    def work() -> None:
        calls.append(1)
        raise Busy

    with pytest.raises(ProtocolError) as refused:
        tried(Book(), work, tries=3)  # type: ignore[arg-type] # no more of it is asked
    assert (refused.value.status, refused.value.detail, len(calls)) == (503, {"retry_after": 5}, 3)


def test_nothing_is_prepared_as_a_pool_in_transaction_mode_demands(postgres_place: opening.Place) -> None:
    book = postgres_place.open()
    assert isinstance(book, PostgresDatabase)
    assert book._connection.prepare_threshold is None
    for _ in range(10):
        book.rows("SELECT name FROM s_org WHERE org = ?", ("main",))
    assert book.rows("SELECT count(*) FROM pg_prepared_statements") == [(0,)]
    book.close()
