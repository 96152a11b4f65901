"""sfa encrypt: what a person at a terminal, a pipe and a script see."""

from pathlib import Path

import pytest

from db.keys import PASSPHRASE_FILE, is_encrypted
from tests.support.shell import run_cli

PHRASE = "horse battery staple"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return the folder of a book with an account."""
    folder = tmp_path / "home"
    assert run_cli(["account", "add", "Acme", "--force"], folder).code == 0
    return folder


@pytest.fixture
def secret(tmp_path: Path) -> dict[str, str]:
    """Return the environment of a script that knows the passphrase."""
    (tmp_path / "secret").write_text(f"{PHRASE}\n", encoding="utf-8")
    return {PASSPHRASE_FILE: str(tmp_path / "secret")}


def test_a_script_encrypts_and_takes_it_back(home: Path, secret: dict[str, str]) -> None:
    done = run_cli(["encrypt", "--passphrase", "--yes"], home, **secret)
    assert done.code == 0
    code, told = done.lines
    assert len(code.replace("-", "")) == 32
    assert told == "Encrypted the book; the passphrase opens it. Take it back: sfa encrypt --off"
    assert "SSD" in done.stderr
    status = run_cli(["encrypt", "status", "--json"], home).value
    assert (status["is_encrypted"], status["holder"], status["left"]) == (True, "passphrase", [])
    assert run_cli(["encrypt", "--yes"], home, **secret).stdout == "The book is encrypted already.\n"
    assert run_cli(["encrypt", "lock"], home).code == 0
    for words in (["account", "list"], ["search", "acme"], ["+", "note: x"], ["today"], ["doctor"], ["backup"]):
        locked = run_cli(words, home)
        assert (locked.code, locked.stdout) == (5, ""), words
        assert "The book is locked" in locked.stderr, words
    assert run_cli(["encrypt", "unlock"], home, typed=f"{code}\n").code == 0
    assert run_cli(["encrypt", "--off", "--yes"], home, **secret).code == 0
    assert not is_encrypted(home / "sales.db")
    assert "Acme" in run_cli(["account", "list"], home).stdout


def test_nobody_at_the_terminal_means_no_code_and_no_change(home: Path, secret: dict[str, str]) -> None:
    done = run_cli(["encrypt", "--passphrase"], home, **secret)
    assert (done.code, done.stdout) == (2, "")
    assert not is_encrypted(home / "sales.db")


def test_both_doors_write_into_an_encrypted_book_and_undo_takes_it_back(home: Path, secret: dict[str, str]) -> None:
    run_cli(["encrypt", "--passphrase", "--yes"], home, **secret)
    assert run_cli(["+", "called Acme, wants a quote"], home, **secret).code == 0
    assert run_cli(["activity", "add", "--kind", "call", "--subject", "By the full door"], home, **secret).code == 0
    columns = "SELECT verb, actor <> '' AS is_signed, length(id) AS n FROM operation ORDER BY rowid"
    rows = run_cli(["sql", columns, "--json"], home, **secret).value
    assert [(row["is_signed"], row["n"]) for row in rows[-2:]] == [(1, 36), (1, 36)]
    assert run_cli(["undo"], home, **secret).code == 0
    shown = run_cli(["activity", "list", "--json"], home, **secret).stdout
    assert "wants a quote" in shown
    assert "By the full door" not in shown
