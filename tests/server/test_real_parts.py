"""Real laptops, the real server program, real TLS; killed in the middle, they come to the same book."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from select import select

import pytest

from sfa.errors import SfaError
from sfa.server import opening
from sfa.services.desk import Desk
from sfa.sync import outbox, syncing
from tests.support.factories import an_account, make_desk
from tests.support.shell import environment, run_cli
from tests.support.sync_servers import Running, code_for, wait_until

pytestmark = pytest.mark.crash


@pytest.fixture
def running(place: opening.Place, tmp_path: Path) -> Iterator[Running]:
    server = Running(place, tmp_path, workers=2 if place.is_postgres else 1)
    server.start()
    yield server
    server.kill()


def laptop(running: Running, folder: Path, name: str, seed: int) -> Desk:
    desk = make_desk(folder, seed=seed)
    code = code_for(running.place, name)
    assert syncing.join(desk, running.url, code, str(running.ca_file)) == name
    return desk


def names_of(desk: Desk) -> list[str]:
    return [row[0] for row in desk.store.rows("SELECT name FROM account WHERE deleted_at IS NULL ORDER BY name")]


def names_on_server(place: opening.Place) -> list[str]:
    with closing(place.open()) as book:
        sql = "SELECT name FROM account WHERE org = ? AND deleted_at IS NULL ORDER BY name"
        return [row[0] for row in book.rows(sql, (place.org,))]


def area_of(desk: Desk) -> str:
    me = desk.store.setting("user_id")
    return str(desk.store.value("SELECT territory_id FROM app_user WHERE id = ?", (me,)))


def until_synced(desk: Desk) -> None:
    """Sync again and again, as a laptop does in the background, until it goes through."""
    for _ in range(1_200):
        try:
            syncing.sync(desk)
        except SfaError:
            select([], [], [], 0.05)
        else:
            return
    pytest.fail("The laptop never came through.")


def test_two_laptops_over_tls_share_a_territory_survive_a_killed_server_and_leave_nothing_out(
    running: Running, tmp_path: Path
) -> None:
    ann, bob = (laptop(running, tmp_path / name, name, seed) for seed, name in enumerate(("Ann", "Bob"), 1))
    for desk in (ann, bob):
        syncing.sync(desk)
    area = area_of(ann)
    for desk, word in ((ann, "A"), (bob, "B")):
        with desk.store.write("many", "Added many") as work:
            for number in range(600):
                work.insert("account", {"name": f"{word}{number:03}", "territory_id": area})
    threads = [threading.Thread(target=until_synced, args=(desk,)) for desk in (ann,)]
    for thread in threads:
        thread.start()
    wait_until(lambda: bool(names_on_server(running.place)) or not threads[0].is_alive())
    running.kill()
    running.start()
    for thread in threads:
        thread.join()
    for desk in (bob, ann, bob):
        until_synced(desk)
    assert names_of(ann) == names_of(bob) == names_on_server(running.place)
    assert len(names_of(ann)) == 1200
    assert outbox.waiting(ann.store) == 0
    for desk in (ann, bob):
        desk.close()


def test_a_laptop_killed_while_it_syncs_loses_nothing_and_sends_nothing_twice(running: Running, tmp_path: Path) -> None:
    home = tmp_path / "ann"
    desk = laptop(running, home, "Ann", 1)
    syncing.sync(desk)
    area = area_of(desk)
    with desk.store.write("many", "Added many") as work:
        for number in range(800):
            work.insert("account", {"name": f"A{number:03}", "territory_id": area})
    desk.close()
    for delay in (0.5, 0.8, 1.1):
        process = subprocess.Popen(
            [sys.executable, "-m", "sfa", "sync"],
            env=environment(home),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        select([], [], [], delay)  # any moment will do
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    done = run_cli(["sync"], home)
    assert done.code == 0, done.stderr
    assert run_cli(["sync", "status", "--json"], home).value["waiting"] == 0
    assert names_on_server(running.place) == [f"A{number:03}" for number in range(800)]


def test_it_stops_gracefully_and_logs_lines_of_json_without_secrets(running: Running, tmp_path: Path) -> None:
    ann = laptop(running, tmp_path / "ann", "Ann", 1)
    syncing.sync(ann)
    token = str(ann.store.setting("sync_token"))
    running.ask("GET", f"/v1/digest/g?token={token}", headers={"Authorization": f"Bearer {token}"})
    assert running.stop() in (0, -signal.SIGTERM)
    text = running.log.read_text()
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    assert {"/v1/enrol", "/v1/sync", "/v1/digest/{bucket}"} <= {line.get("route") for line in lines}
    assert token not in text
    assert "Traceback" not in text
    ann.close()


def test_a_stranger_in_the_middle_is_not_spoken_with(running: Running, tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "ann")
    with pytest.raises(SfaError, match=r"certificate|reached"):
        syncing.join(desk, running.url, code_for(running.place, "Ann"))
    desk.close()


def test_the_book_and_its_settings_are_their_owners_alone(sqlite_place: opening.Place) -> None:
    with closing(sqlite_place.open()) as book:
        book.rows("SELECT 1")
        for path in (sqlite_place.folder, *sqlite_place.folder.iterdir()):
            assert path.stat().st_mode & 0o077 == 0, path


def test_a_worker_answers_while_an_honest_and_many_silent_connections_are_open(running: Running) -> None:
    silent = [socket.create_connection(("127.0.0.1", running.port), timeout=60) for _ in range(100)]
    assert running.is_healthy()
    for one in silent:
        one.close()


def test_several_accounts_by_command(running: Running, tmp_path: Path) -> None:
    desk = laptop(running, tmp_path / "ann", "Ann", 1)
    an_account(desk, name="By command")
    assert syncing.sync(desk).sent
    desk.close()
