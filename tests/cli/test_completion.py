"""Completion: what may stand where, and that no name of the book runs as a command."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from platformdirs import user_data_path

from db import driver
from sfa.cli.completion import SCRIPTS
from sfa.domain.fields import ACTIVITY_KINDS, LOSS_REASONS
from sfa.paths import home
from tests.support.payloads import PAYLOADS
from tests.support.shell import call_cli, environment

EVIL = (
    "$(touch ran)",
    "`touch ran`",
    "Acme; touch ran",
    "Acme && touch ran",
    "Acme | touch ran",
    "Acme > ran",
    "Fish & Chips (EMEA)",
    'O\'Neill "Ltd"',
    "back\\slash",
    "* ? [a]",
    "!touch",
    "~root",
    "#1 Tools",
    "{a,b}",
    "$HOME",
    "远东仪器",
)


def choices(home: Path, *typed: str) -> list[str]:
    return call_cli(["--complete", *typed], home).lines


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("opp", "mo"), ["move"]),
        (("opportunity", "add", "--close"), ["--close-date", "--closed"]),
        (("account", "add", "--type", "p"), ["prospect", "partner"]),
        (("account", "add", "--type=p"), ["prospect", "partner"]),
        (("account", "add", "--type", "=", "p"), ["prospect", "partner"]),
        (("opp", "lose", "Acme", "--reason", "b"), ["budget"]),
        (("activity", "add", "v"), ["visit"]),
        (("opp", "list", "--sort", "close"), ["close_date", "closed"]),
        (("report", "win"), ["wins", "winrate"]),
        (("search", "acme", "--as", "o"), ["opportunity"]),
        (("dedupe", "--as", ""), ["account", "contact"]),
        (("--ver",), ["--version"]),
        (("account", "list", "Ac"), []),
        (("nothing", "at", "all"), []),
    ],
)
def test_words_options_and_choices(tmp_path: Path, typed: tuple[str, ...], expected: list[str]) -> None:
    assert choices(tmp_path, *typed) == expected


def test_every_kind_and_reason_is_offered(tmp_path: Path) -> None:
    assert tuple(choices(tmp_path, "activity", "add", "")) == ACTIVITY_KINDS
    assert tuple(choices(tmp_path, "deal", "lose", "Acme", "--reason", "")) == LOSS_REASONS


def test_names_of_the_book_are_offered_where_a_record_is_meant(tmp_path: Path) -> None:
    for words in (["account", "add", "Acme GmbH"], ["account", "add", "acme inc"], ["opp", "add", "Acme renewal"]):
        call_cli(words, tmp_path)
    assert choices(tmp_path, "account", "show", "ac") == ["Acme GmbH", "acme inc"]
    assert choices(tmp_path, "contact", "add", "Jane", "--account", "Acme ") == ["Acme GmbH", "acme inc"]
    assert choices(tmp_path, "brief", "acme g") == ["Acme GmbH"]
    assert choices(tmp_path, "deal", "move", "Acme renewal", "Neg") == ["Negotiation"]
    assert choices(tmp_path, "history", "opp", "A") == ["Acme renewal"]


def test_what_is_in_the_trash_is_not_offered(tmp_path: Path) -> None:
    call_cli(["account", "add", "Acme"], tmp_path)
    call_cli(["account", "remove", "Acme"], tmp_path)
    assert choices(tmp_path, "account", "show", "") == []


def test_without_a_book_nothing_is_made_and_nothing_fails(tmp_path: Path) -> None:
    assert choices(tmp_path / "nowhere", "account", "show", "A") == []
    assert not (tmp_path / "nowhere").exists()


def test_the_book_is_sought_where_the_platform_keeps_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SFA_HOME", raising=False)
    for folder in ("", str(tmp_path)):
        monkeypatch.setenv("XDG_DATA_HOME", folder)
        assert home() == user_data_path("sfa", appauthor=False)
    monkeypatch.setenv("SFA_HOME", "~/desk")
    assert home() == Path.home() / "desk"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", ""])
@pytest.mark.parametrize("name", PAYLOADS)
def test_a_name_that_would_drive_the_terminal_is_printed_inert(tmp_path: Path, name: str, shell: str) -> None:
    call_cli(["account", "add", PAYLOADS[name].encode("utf-8", "replace").decode()], tmp_path)
    for line in choices(tmp_path, *filter(None, [shell]), "account", "show", ""):
        assert line.isprintable()


def in_bash(tmp_path: Path, *typed: str) -> list[str]:
    """Return what bash would put on the line, asked through the script that is installed."""
    program = tmp_path / "bin" / "sfa"
    program.parent.mkdir(exist_ok=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m sfa "$@"\n')
    program.chmod(0o755)
    ask = (
        SCRIPTS["bash"]
        + 'COMP_WORDS=(sfa "$@"); COMP_CWORD=$#; _sfa_complete; [ ${#COMPREPLY[@]} = 0 ] || printf "%s\\n" "${COMPREPLY[@]}"'
    )
    path = environment(tmp_path)["PATH"]
    done = subprocess.run(
        ["bash", "-c", ask, "bash", *typed],
        capture_output=True,
        check=True,
        cwd=tmp_path,
        env=environment(tmp_path, PATH=f"{program.parent}:{path}", PYTHONPATH=str(Path(__file__).parents[2])),
    )
    return done.stdout.decode().splitlines()


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
@pytest.mark.parametrize("opening", ["", "'", '"'], ids=["bare", "single", "double"])
def test_bash_takes_a_completed_name_as_that_name_and_runs_none(tmp_path: Path, opening: str) -> None:
    for name in EVIL:
        call_cli(["account", "add", "--force", name], tmp_path)
    lines = in_bash(tmp_path, "account", "show", opening)
    read = 'for word in "$@"; do eval "set -- $word"; printf "%s\\n" "$@"; done'
    words = [opening + line + opening for line in lines]
    done = subprocess.run(["bash", "-c", read, "bash", *words], capture_output=True, check=True, cwd=tmp_path)
    impossible = {"": "", "'": "'", '"': "!"}[opening]
    expected = {name for name in EVIL if not impossible or impossible not in name}
    assert set(done.stdout.decode().splitlines()) == expected
    assert not (tmp_path / "ran").exists()


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_bash_completes_a_name_with_a_space_however_it_is_quoted(tmp_path: Path) -> None:
    call_cli(["account", "add", "Acme GmbH"], tmp_path)
    assert in_bash(tmp_path, "account", "show", "Acme\\ G") == ["Acme\\ GmbH"]
    assert in_bash(tmp_path, "account", "show", '"Acme G') == ["Acme GmbH"]
    assert in_bash(tmp_path, "account", "show", "'Acme G") == ["Acme GmbH"]


@pytest.mark.parametrize("shell", SCRIPTS)
def test_completion_is_installed_where_the_shell_looks(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, shell: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    installed = call_cli(["--install-completion", shell], tmp_path)
    file = Path(installed.stdout.split(" is in ")[1].split(";")[0])
    assert (installed.code, file.read_text(encoding="utf-8")) == (0, SCRIPTS[shell])
    assert call_cli(["--show-completion", shell], tmp_path).stdout.rstrip() == SCRIPTS[shell].rstrip()


def test_an_unknown_shell_is_refused(tmp_path: Path) -> None:
    refused = call_cli(["--show-completion", "tcsh"], tmp_path)
    assert (refused.code, "tcsh" in refused.stderr) == (2, True)


def test_the_verbs_of_the_day_are_completed_with_their_options_and_people(tmp_path: Path) -> None:
    for words in (["account", "add", "Globex"], ["contact", "add", "Gloria Stone"]):
        assert call_cli(words, tmp_path).code == 0
    assert set(choices(tmp_path, "")) >= {"+", "call", "met", "mail", "visit", "task", "note"}
    assert {"--note", "--min", "--on"} <= set(choices(tmp_path, "call", "Globex", "--"))
    assert {"--for", "--on"} <= set(choices(tmp_path, "task", "send it", "--"))
    assert choices(tmp_path, "call", "glo") == ["Globex", "Gloria Stone"]
    assert choices(tmp_path, "task", "send it", "--for", "glor") == ["Gloria Stone"]
    assert choices(tmp_path, "note", "glob") == ["Globex"]
    assert choices(tmp_path, "met", "--lang", "z") == ["zh"]


def test_people_and_companies_are_completed_by_opening_the_book_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in (["account", "add", "Globex"], ["contact", "add", "Gloria Stone"]):
        assert call_cli(words, tmp_path).code == 0
    opened: list[driver.Connection] = []

    def leave_open(connection: driver.Connection) -> driver.Connection:
        opened.append(connection)
        return connection

    monkeypatch.setattr(driver, "leave_open", leave_open)
    assert choices(tmp_path, "call", "glo") == ["Globex", "Gloria Stone"]
    assert len(opened) == 1
