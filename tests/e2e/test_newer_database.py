"""A database that a newer program made is left alone, byte for byte."""

import hashlib
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from db.connection import SCHEMA_VERSION, connect
from sfa.errors import ExitCode
from sfa.paths import Workspace
from tests.support.shell import run_cli

LINES = [
    "account list",
    "account add Acme",
    "+ called Acme",
    "search Acme",
    "undo",
    "backup",
    "doctor",
    "--complete account ",
]


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace whose database says that its schema is the next one."""
    home = tmp_path_factory.mktemp("newer") / "home"
    assert run_cli(["account", "add", "Acme"], home).code == 0
    assert run_cli(["backup"], home).code == 0
    with closing(connect(Workspace(home).database)) as connection:
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    return home


def digests(home: Path) -> dict[str, str]:
    """Return a digest of each file of a workspace."""
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in home.rglob("*") if path.is_file()}


@pytest.mark.parametrize("line", LINES)
def test_a_newer_database_is_refused_and_not_touched(line: str, newer: Path) -> None:
    before = digests(newer)
    result = run_cli(line.split(" "), newer)
    assert digests(newer) == before
    if line.startswith("--complete"):
        assert (result.code, result.stderr) == (0, "")
        return
    assert (result.code, result.stdout) == (ExitCode.STORAGE, "")
    assert f"schema {SCHEMA_VERSION + 1}, made by a newer sfa" in result.stderr
    assert "Update sfa" in result.stderr


def test_an_older_backup_can_be_put_in_the_place_of_a_newer_database(newer: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(newer, tmp_path / "home"))
    restored = run_cli(["restore", "--yes"], home)
    assert restored.code == 0, restored
    assert "Acme" in run_cli(["account", "list"], home).stdout
