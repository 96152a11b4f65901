"""`sfa search` by both doors: the fast one and Typer's print the same."""

from pathlib import Path

import pytest

from db.store import open_store
from sfa.cli.reporting import run_reported
from sfa.quick import search as fast
from sfa.services import accounts
from sfa.services.desk import Desk
from tests.support import shell
from tests.support.factories import a_contact, a_note, an_account, an_activity, an_opportunity, make_desk
from tests.support.shell import Result, call_cli, run_cli

SEARCHES = [
    ["birch"],
    ["bir"],
    ["birhc"],
    ["muller"],
    ["远"],
    ["ydyq"],
    ["0134"],
    ["(415) 555-0134"],
    ["kim@birch.example"],
    ["talk", "price"],
    ["birch", "--as", "deal"],
    ["birch", "--as=contact", "--as", "account"],
    ["birch", "--limit", "2"],
    ["-l", "1", "birch"],
    ["birch", "--json"],
    ["--json", "远东", "--limit=3"],
    ["nothingatall"],
    ["nothingatall", "--json"],
    ['"quoted"', "--json"],
    ["evil", "--json"],
    ["evil"],
]
LEFT = [
    ["birch", "--csv"],
    ["--help"],
    ["birch", "--columns", "ref"],
    ["birch", "--limit", "0"],
    ["birch", "--limit", "many"],
    ["birch", "--as", "stage"],
    ["birch", "--as"],
    ["birch", "-5"],
    [],
    [" "],
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    desk = make_desk(folder)
    fill(desk)
    desk.close()
    return folder


def fill(desk: Desk) -> None:
    birch = an_account(desk, name="Birch GmbH", type="customer")
    an_account(desk, name="Müller & Söhne KG")
    an_account(desk, name="远东仪器有限公司")
    a_contact(desk, name="Kim Birch", account=birch, phone="+1 415 555 0134", email="kim@birch.example")
    an_opportunity(desk, name="Birch renewal", account=birch, amount="12.5k EUR")
    an_activity(desk, subject="Call", account=birch, note='They said "quoted"\tand \\ more')
    a_note(desk, body="A talk about the price.\nSecond line.")
    evil = an_account(desk, name="Evil plain")
    desk.store.connection.execute(
        "UPDATE account SET name = ? WHERE id = ?",
        ("Evil \x1b[31m\u202e\u115f[red]\x07 ee\u0301\u0301\u0301\u0301\u0301\u0301", evil),
    )


def by_typer(words: list[str], home: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    with monkeypatch.context() as patch:
        patch.setattr(shell, "run", run_reported)
        return call_cli(["search", *words], home)


@pytest.mark.parametrize("words", SEARCHES, ids=" ".join)
def test_both_doors_print_the_same(home: Path, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SFA_HOME", str(home))
    assert fast.search(list(words)) == 0
    assert call_cli(["search", *words], home) == by_typer(words, home, monkeypatch)


@pytest.mark.parametrize("words", LEFT, ids=" ".join)
def test_what_the_fast_door_does_not_know_is_left_to_the_other(
    home: Path, words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SFA_HOME", str(home))
    assert fast.search(list(words)) is None
    assert capsys.readouterr() == ("", "")


def test_the_fast_door_answers_with_what_was_changed_a_moment_ago(home: Path, tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    made = an_account(desk, name="Juniper")
    assert run_cli(["search", "juniper", "--json"], tmp_path).value[0]["id"] == made
    accounts.edit(desk, [made], {"name": "Willow"})
    desk.close()
    assert run_cli(["search", "juniper", "--json"], tmp_path).value == []
    assert run_cli(["search", "willow"], tmp_path).lines[1].startswith("account")
    store = open_store(tmp_path)
    assert store.value("SELECT count(*) FROM search_queue") == 0
    store.close()


def test_what_is_shown_steers_no_terminal(home: Path) -> None:
    for words in (["search", "evil"], ["search", "evil", "--json"]):
        shown = run_cli(words, home).stdout
        assert "Evil" in shown
        assert not set("\x1b\x07\u202e\u115f") & set(shown)


def test_where_there_is_no_book_yet_one_is_made(tmp_path: Path) -> None:
    result = run_cli(["search", "anybody"], tmp_path / "new")
    assert (result.code, result.stderr) == (0, "Nothing found for anybody.\n")


def test_a_terminal_shows_each_hit_on_one_line(home: Path) -> None:
    result = shell.run_on_terminal(["search", "birch"], home, columns=40)
    lines = [line for line in result.stdout.splitlines() if line.strip()]
    assert len(lines) == 5
    assert all(len(line) <= 40 for line in lines)


PROBE = (
    "import atexit, os, sys\n"
    "leave = os._exit\n"
    "os._exit = lambda code: (sys.stderr.write('LOADED ' + ' '.join(sys.modules)), sys.stderr.flush(), leave(code))\n"
    "sys.argv = ['sfa', 'search', 'birch']\n"
    "from sfa.entry import main; main()"
)


def test_the_fast_door_loads_the_bare_driver_and_little_else(home: Path) -> None:
    import subprocess  # noqa: PLC0415 - only here
    import sys  # noqa: PLC0415 - as above

    run_cli(["search", "birch"], home)
    done = subprocess.run(
        [sys.executable, "-c", PROBE], env=shell.environment(home), capture_output=True, text=True, check=False
    )
    loaded = set(done.stderr.rpartition("LOADED ")[2].split())
    heavy = {
        "typer",
        "rich",
        "sqlmodel",
        "pydantic",
        "re",
        "json",
        "enum",
        "dataclasses",
        "typing",
        "contextlib",
        "pathlib",
        "collections",
        "sqlcipher3.dbapi2",
    }
    assert "db.search_hits" in loaded
    assert not loaded & (heavy - set(_always_loaded()))


def _always_loaded() -> list[str]:
    """Return what an interpreter of this environment loads with the driver alone."""
    import subprocess  # noqa: PLC0415 - as above
    import sys  # noqa: PLC0415 - as above

    probe = "import sys; import db.driver; print(' '.join(sys.modules))"
    return subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout.split()
