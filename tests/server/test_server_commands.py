"""The server's own shell: making, people, passwords, backups, restoring, a look at its health."""

import sqlite3
from pathlib import Path

import pytest

from sfa.errors import ConflictError
from sfa.server import care, opening
from tests.support.shell import Result, run_cli
from tests.support.sync_servers import START, Postgres


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = run_cli(
        ["server", "init", "Acme", "--admin", "Mia", "--folder", str(tmp_path / "server")], tmp_path / "home"
    )
    assert made.code == 0, made.stderr
    return tmp_path


def server(home: Path, *words: str, typed: str = "") -> Result:
    return run_cli(["server", *words, "--folder", str(home / "server")], home / "home", typed)


def test_people_areas_and_teams_are_added_changed_and_listed(home: Path) -> None:
    for words in (
        ("territory", "add", "North"),
        ("territory", "add", "Coast", "--under", "North"),
        ("territory", "edit", "Coast", "--name", "Sea"),
        ("team", "add", "Hunters"),
        ("user", "add", "Ann", "--territory", "Sea", "--team", "Hunters", "--manager", "Mia"),
        ("user", "edit", "Ann", "--role", "manager"),
    ):
        done = server(home, *words)
        assert done.code == 0, done.stderr
    ann = next(one for one in server(home, "user", "list", "--json").value if one["name"] == "Ann")
    assert (ann["role"], ann["territory"], ann["team"], ann["manager"]) == ("manager", "Sea", "Hunters", "Mia")
    assert [one["name"] for one in server(home, "territory", "list", "--json").value] == ["North", "Sea"]
    whats = {one["what"] for one in server(home, "audit", "--json").value}
    assert {"added", "changed", "code issued"} <= whats
    assert {one["what"] for one in server(home, "audit", "--what", "changed", "--json").value} == {"changed"}


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("user", "add", "Mia"), 2, "There is a user Mia already."),
        (("user", "add", "Ann", "--role", "king"), 2, "There is no role king."),
        (("user", "add", "Ann", "--team", "None"), 3, "There is no team"),
        (("device", "revoke", "Z9"), 3, "There is no device Z9."),
        (("restore", "nowhere.db", "--yes"), 3, "There is no file nowhere.db."),
        (("restore", "x.db"), 2, "Nobody is here to answer"),
        (("start", "--host", "192.0.2.1"), 2, "needs TLS"),
        (("start", "--workers", "2"), 2, "Several workers need PostgreSQL."),
    ],
)
def test_mistakes_are_said_in_a_sentence(home: Path, words: tuple[str, ...], code: int, sentence: str) -> None:
    done = server(home, *words)
    assert (done.code, sentence in done.stderr) == (code, True), done.stderr


def test_nobody_is_above_themselves(home: Path) -> None:
    for words in (("territory", "add", "North"), ("territory", "add", "Coast", "--under", "North")):
        assert server(home, *words).code == 0
    for words in (("territory", "edit", "North", "--under", "Coast"), ("user", "edit", "Mia", "--manager", "Mia")):
        done = server(home, *words)
        assert (done.code, "circle" in done.stderr) == (4, True), done.stderr


def test_a_password_is_piped_in_and_never_an_argument(home: Path) -> None:
    assert server(home, "user", "password", "Mia", typed="short\n").code == 2
    assert server(home, "user", "password", "Mia", typed="four words are enough\n").code == 0


def test_a_backup_is_verified_and_brought_back_with_an_epoch_that_was_never_used(home: Path) -> None:
    place = opening.find(home / "server")
    assert server(home, "backup").code == 0
    (backup,) = (home / "server" / "backups").iterdir()
    assert backup.stat().st_mode & 0o077 == 0
    server(home, "territory", "add", "Later")
    epochs = [care.require_whole(place.file)]
    for _ in range(2):
        done = server(home, "restore", str(backup), "--yes")
        assert done.code == 0, done.stderr
        assert server(home, "territory", "list", "--json").value == []
        epochs.append(care.require_whole(place.file))
    assert epochs[0] < epochs[1] <= epochs[2]
    assert list((home / "server").glob("server-before-restore-*.db"))


def test_the_same_backup_twice_within_a_second_still_begins_two_epochs(
    tmp_path: Path, sqlite_place: opening.Place
) -> None:
    copy, _ = care.backup(sqlite_place, tmp_path / "copy.db", START)
    epochs = []
    for _ in range(2):
        care.restore(sqlite_place, copy, START)
        epochs.append(care.require_whole(sqlite_place.file))
    assert epochs[0] < epochs[1]


def test_a_damaged_backup_is_refused_and_the_book_stays(home: Path) -> None:
    broken = home / "broken.db"
    broken.write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    done = server(home, "restore", str(broken), "--yes")
    assert done.code == 74
    assert server(home, "user", "list", "--json").value[0]["name"] == "Mia"


def test_a_running_server_s_book_is_not_replaced_under_it(sqlite_place: opening.Place, tmp_path: Path) -> None:
    copy, _ = care.backup(sqlite_place, tmp_path / "copy.db", START)
    book = sqlite_place.open()
    book.rows("SELECT 1 FROM s_org WHERE org = ?", ("main",))
    with pytest.raises(ConflictError, match="runs"):
        care.restore(sqlite_place, copy, START)
    book.close()


def test_the_doctor_finds_open_files_and_a_damaged_book(home: Path) -> None:
    assert server(home, "doctor").code == 0
    (home / "server" / "server.toml").chmod(0o644)
    found = {one["name"]: one["is_good"] for one in server(home, "doctor", "--json").value}
    good = ("database", "schema", "tables", "versions", "integrity")
    assert found == {"access": False} | dict.fromkeys(good, True)
    (home / "server" / "server.toml").chmod(0o600)
    (home / "server" / "server.db").write_bytes(b"nothing of ours" * 500)
    assert server(home, "doctor").code == 1


def test_postgresql_is_backed_up_by_its_own_tool(postgres: Postgres, tmp_path: Path) -> None:
    url = postgres.new_database()
    done = run_cli(
        ["server", "init", "Acme", "--database", url, "--folder", str(tmp_path / "server")], tmp_path / "home"
    )
    assert done.code == 0, done.stderr
    assert server(tmp_path, "doctor").code == 0
    refused = server(tmp_path, "backup")
    assert refused.code == 2
    assert "pg_dump" in refused.stderr
    assert server(tmp_path, "restore", "--yes").code == 0


def test_the_book_of_a_backup_opens_with_any_sqlite(sqlite_place: opening.Place, tmp_path: Path) -> None:
    copy, digest = care.backup(sqlite_place, tmp_path / "copy.db", START)
    connection = sqlite3.connect(copy)
    assert connection.execute("SELECT count(*) FROM app_user").fetchone() == (4,)
    connection.close()
    assert len(digest) == 64
