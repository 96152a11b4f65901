"""A server's book of an older schema: brought to the newest whole, after a backup; a newer one is refused."""

from contextlib import closing
from pathlib import Path

import pytest

from db import migrations
from db.connection import connect
from db.store import open_store
from sfa.errors import ConflictError, StorageError
from sfa.server import care, catalog, opening, upgrading
from sfa.server.catalog import statements
from sfa.server.database import Database
from sfa.sync.protocol import PATCH, Mutation, decode, encode
from tests.server.test_concurrency import NOW, enrolled
from tests.support.shell import run_cli
from tests.support.sync_servers import START, Postgres, a_company
from tests.sync.skewed import old_tables
from tests.sync.tongues import go_back, versions

NEWEST = versions(3)
CONTACTS = "SELECT id, prefix, suffix FROM contact WHERE org = ? ORDER BY id"


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty workspace of the program before this one."""
    home = tmp_path_factory.mktemp("older")
    open_store(home).close()
    with closing(connect(home / "sales.db")) as connection:
        go_back(connection, 1)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return home


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path, older: Path) -> opening.Place:
    """Return a server with a book of the older program, on each database in turn."""
    address = "server.db" if request.param == "sqlite" else request.getfixturevalue("postgres").new_database()
    made = opening.make(tmp_path / "server", address, "main")
    with old_tables(older):
        a_company(made)
        with closing(made.open()) as book, book.writing():
            book.execute("UPDATE s_org SET schema_no = 2 WHERE org = ?", ("main",))
            rows = [("main", f"c{number:035}", f"C {number}", f"P{number}|jr") for number in range(1100)]
            book.many("INSERT INTO contact (org, id, name, label) VALUES (?, ?, ?, ?)", rows)
    return made


def shape(book: Database) -> list[str]:
    """Return which columns of the tables can be read, by table."""
    found = []
    for table in catalog.shared_tables().values():
        book.rows(f"SELECT {', '.join(table.columns)} FROM {table.name} WHERE org = ?", ("",))
        found.append(table.name)
    return found


def test_an_older_book_is_brought_up_whole_with_all_rows_in_the_new_words(place: opening.Place) -> None:
    with closing(place.open()) as book:
        assert upgrading.upgrade(book, NEWEST)
        rows = book.rows(CONTACTS, ("main",))
        assert (len(rows), rows[7]) == (1100, (f"c{7:035}", "P7", "jr"))
        assert upgrading.schema_of(book) == 3
        assert len(shape(book)) == len(catalog.shared_tables())
        with pytest.raises(Exception, match="label"):
            book.rows("SELECT label FROM contact WHERE org = ?", ("main",))
    with closing(place.open()) as book:
        assert not upgrading.upgrade(book, NEWEST)


def test_an_upgrade_that_fails_in_the_middle_changes_nothing(
    place: opening.Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError

    with closing(place.open()) as book:
        monkeypatch.setattr(type(book), "many", broken)
        with pytest.raises(OSError):  # noqa: PT011 - the very one that was raised
            upgrading.upgrade(book, NEWEST)
        monkeypatch.undo()
        assert upgrading.schema_of(book) == 2
        assert book.rows("SELECT count(*) FROM contact WHERE org = ? AND label = ?", ("main", "P7|jr")) == [(1,)]
        assert upgrading.upgrade(book, NEWEST)


def test_a_newer_book_and_one_too_old_are_refused_and_not_touched(place: opening.Place) -> None:
    with closing(place.open()) as book:
        for number, words in ((4, "made by a newer sfa"), (0, "knows 1 to 3")):
            book.execute("UPDATE s_org SET schema_no = ? WHERE org = ?", (number, "main"))
            with pytest.raises(StorageError, match=words):
                upgrading.upgrade(book, NEWEST)
            assert upgrading.schema_of(book) == number


def test_at_the_start_an_older_book_in_sqlite_is_backed_up_and_upgraded(
    place: opening.Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(care, "shipped_versions", lambda: NEWEST)
    if place.is_postgres:
        with pytest.raises(ConflictError, match="has schema 2, this sfa needs 3"):
            care.upgrade_at_start(place, START)
        care.upgrade_book(place, START)
    else:
        kept = care.upgrade_at_start(place, START)
        assert kept is not None
        with closing(connect(kept)) as copy:
            assert copy.execute("SELECT label FROM contact ORDER BY id LIMIT 1").fetchone() == ("P0|jr",)
    assert care.upgrade_at_start(place, START) is None
    assert care.schemas(place) == (3, 3)


def test_commands_name_the_way_out_of_an_older_and_of_a_newer_book(tmp_path: Path, older: Path) -> None:
    place = opening.make(tmp_path / "server", "server.db", "main")
    a_company(place)
    words = ["--folder", str(place.folder)]
    assert "already" in run_cli(["server", "upgrade", *words], tmp_path / "home").stdout
    with closing(place.open()) as book:
        book.execute("UPDATE s_org SET schema_no = 99 WHERE org = ?", ("main",))
    for verb in (["user", "list"], ["upgrade"], ["start"]):
        done = run_cli(["server", *verb, *words], tmp_path / "home")
        assert (done.code, "made by a newer sfa" in done.stderr) == (74, True), done.stderr
    found = run_cli(["server", "doctor", "--json", *words], tmp_path / "home")
    assert [one["words"] for one in found.value if one["name"] == "schema"] == ["99, this sfa's is 1: update sfa"]


def test_what_is_made_new_is_made_once(postgres: Postgres, tmp_path: Path) -> None:
    """Each statement that makes a table or an index can be said again, on both databases."""
    for address in ("server.db", postgres.new_database()):
        made = opening.make(tmp_path / address[-8:], address, "main")
        a_company(made)
        with closing(made.open()) as book, book.writing():
            for text in statements():
                book.execute(upgrading.if_missing(text))
        assert care.schemas(made) == (migrations.shipped_versions().newest,) * 2


def test_a_laptop_of_the_version_before_is_served_by_a_server_that_was_upgraded(place: opening.Place) -> None:
    from sfa.server.handle import Server  # noqa: PLC0415 - beside its use

    with closing(place.open()) as book:
        upgrading.upgrade(book, NEWEST)
    device = enrolled(place, "Ann")
    pk = "a" * 36
    with closing(place.open()) as book:
        server = Server(book, lambda: "n" * 36, NEWEST)
        sent = [
            Mutation(1, "create", "contact", pk, {"name": "Jane", "label": "Dr|jr"}, v=2),
            Mutation(2, PATCH, "contact", pk, {"label": "Dr|sr"}, {"label": "Dr|jr"}, v=2),
        ]
        message = {"protocol": 1, "schema": 2, "mutations": [one.as_json() for one in sent]}
        answer = decode(server.handle("main", device["device"], encode(message), NOW))
        assert [one[1] for one in answer["verdicts"]] == ["ok", "ok"]
        told = next(change["rows"]["contact"] for change in answer["changes"] if "contact" in change["rows"])
        assert dict(zip(told["columns"], [column[0] for column in told["values"]], strict=True))["label"] == "Dr|sr"
        assert book.rows("SELECT prefix, suffix FROM contact WHERE org = ? AND id = ?", ("main", pk)) == [("Dr", "sr")]
