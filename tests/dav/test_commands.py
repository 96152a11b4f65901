"""`sfa dav` as it is typed, against a real Radicale over TLS with a CA of its own."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from sfa.errors import ExitCode
from tests.support.dav_servers import PASSWORD, USER, Server, make_collection, radicale
from tests.support.shell import Result, run_cli


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server with two calendars and an address book."""
    with radicale(tmp_path_factory.mktemp("server"), has_tls=True) as found:
        make_collection(found, "jane/work", "calendar", "Work")
        make_collection(found, "jane/home", "calendar", "Home")
        make_collection(found, "jane/people", "contacts", "People")
        yield found


def sfa(home: Path, *words: str) -> Result:
    """Run a command with the password in the environment."""
    return run_cli(words, home, SFA_DAV_PASSWORD=PASSWORD)


def options(server: Server) -> list[str]:
    """Return who signs in, and what is trusted."""
    return ["--user", USER, "--ca", str(server.ca_file)]


def test_several_calendars_are_listed_and_one_is_chosen_by_its_title(tmp_path: Path, server: Server) -> None:
    refused = sfa(tmp_path, "dav", "add", server.url, *options(server))
    assert refused.code == ExitCode.CONFLICT
    assert "--collection" in refused.stderr
    assert "Home" in refused.stderr
    added = sfa(tmp_path, "dav", "add", server.url, *options(server), "--collection", "work", "--json")
    assert [(item["name"], item["kind"], item["takes_new"]) for item in added.value] == [("Work", "calendar", True)]
    again = sfa(tmp_path, "dav", "add", server.url, *options(server), "--collection", "work")
    assert again.code == ExitCode.CONFLICT
    missing = sfa(tmp_path, "dav", "add", server.url, *options(server), "--collection", "Boat")
    assert missing.code == ExitCode.NOT_FOUND
    assert "It has: Work" in missing.stderr or "Home" in missing.stderr


def test_kinds_and_a_direct_address_leave_no_choice(tmp_path: Path, server: Server) -> None:
    contacts = sfa(tmp_path, "dav", "add", server.url, *options(server), "--contacts", "--json")
    assert [item["kind"] for item in contacts.value] == ["contacts"]
    direct = sfa(
        tmp_path, "dav", "add", f"{server.url}jane/home/", *options(server), "--name", "Private life", "--json"
    )
    assert [item["name"] for item in direct.value] == ["Private-life"]


def test_a_sync_tells_what_it_did_a_dry_run_does_nothing_and_remove_keeps_the_records(
    tmp_path: Path, server: Server
) -> None:
    sfa(tmp_path, "dav", "add", f"{server.url}jane/work/", *options(server))
    sfa(tmp_path, "event", "add", "Demo", "--starts", "2026-12-01T10:00")
    dry = sfa(tmp_path, "dav", "sync", "--dry-run")
    assert dry.stdout == "Would sync Work: 1 new there.\n"
    (report,) = sfa(tmp_path, "dav", "sync", "work", "--json").value
    assert report["pushed"] == {"new": 1, "changed": 0, "removed": 0}
    assert sfa(tmp_path, "dav", "sync").stdout == "Synced Work: nothing to do.\n"
    other = tmp_path / "other"
    sfa(other, "dav", "add", f"{server.url}jane/work/", *options(server))
    assert sfa(other, "dav", "sync").stdout == "Synced Work: 1 new here. Undo: sfa undo\n"
    assert [row["subject"] for row in sfa(other, "event", "list", "--json").value] == ["Demo"]
    assert sfa(other, "dav", "remove", "Work").code == ExitCode.OK
    assert sfa(other, "dav", "list", "--json").value == []
    assert len(sfa(other, "event", "list", "--json").value) == 1


def test_a_wrong_password_is_one_sentence_and_no_password_is_written_anywhere(tmp_path: Path, server: Server) -> None:
    wrong = run_cli(["dav", "add", server.url, *options(server)], tmp_path, SFA_DAV_PASSWORD="wrong")  # noqa: S106
    assert wrong.code == ExitCode.NOT_ALLOWED
    assert f"does not accept the name {USER} or its password" in wrong.stderr
    sfa(tmp_path, "dav", "add", f"{server.url}jane/work/", *options(server))
    sfa(tmp_path, "dav", "sync")
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert PASSWORD.encode() not in path.read_bytes()
    unknown = run_cli(["dav", "sync"], tmp_path)
    assert unknown.code == ExitCode.USAGE
    assert "SFA_DAV_PASSWORD" in unknown.stderr


def test_mistakes_get_a_sentence_with_a_remedy(tmp_path: Path) -> None:
    for words, code, said in (
        (["sync"], ExitCode.NOT_FOUND, "sfa dav add URL"),
        (["sync", "nothing"], ExitCode.NOT_FOUND, "sfa dav list"),
        (["remove", "nothing"], ExitCode.NOT_FOUND, "sfa dav list"),
        (["inbox", "7", "mine"], ExitCode.NOT_FOUND, "sfa dav inbox"),
        (["inbox", "x"], ExitCode.USAGE, "sfa dav inbox"),
        (["add", "http://dav.example.com/", "--user", "jane"], ExitCode.USAGE, "--insecure"),
        (["add", "https://localhost:9/"], ExitCode.FAILURE, "cannot be reached"),
    ):
        result = sfa(tmp_path, "dav", *words)
        assert result.code == code, result
        assert said in result.stderr
        assert "Traceback" not in result.stderr
    assert sfa(tmp_path, "dav", "inbox").stderr == "Nothing waits for a choice.\n"


def test_the_bookkeeping_of_syncs_is_not_in_the_journal(tmp_path: Path, server: Server) -> None:
    sfa(tmp_path, "dav", "add", f"{server.url}jane/work/", *options(server))
    sfa(tmp_path, "dav", "sync")
    with sqlite3.connect(tmp_path / "sales.db") as connection:
        tables = {row[0] for row in connection.execute("SELECT DISTINCT table_name FROM change")}
    assert not any(name.startswith("dav") for name in tables)
