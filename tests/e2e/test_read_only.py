"""A folder or a file that cannot be written: everything can be read, nothing is lost, and the reason is told."""

import errno
import shutil
from pathlib import Path

import pytest

from sfa.errors import ExitCode
from tests.support.crash_support import Gang, examine
from tests.support.power import watching
from tests.support.shell import Result, run_cli

pytestmark = pytest.mark.crash

ENTRIES = 20
FORBIDDEN = {
    "a read-only disk": {"DENY": str(errno.EROFS)},
    "a folder of somebody else": {"DENY": str(errno.EACCES)},
    "a read-only file": {"DENY": str(errno.EACCES), "ONLY": "/sales.db"},
}


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """Return a workspace whose program was killed, its entries in the log alone, and what was acknowledged."""
    home = tmp_path_factory.mktemp("killed") / "home"
    with Gang(1, ["debug", "burst", "100000"], home) as gang:
        gang.read_until(ENTRIES)
        gang.kill()
    return home, gang.told[0]


def contents(home: Path) -> dict[str, bytes]:
    """Return what is in a workspace, but for the memory that programs share."""
    paths = [path for path in home.rglob("*") if path.is_file() and not path.name.endswith("-shm")]
    return {str(path.relative_to(home)): path.read_bytes() for path in paths}


@pytest.mark.parametrize("left", ["sales.db-shm", "nothing"])
@pytest.mark.parametrize("place", FORBIDDEN)
def test_what_cannot_be_written_can_be_read_to_the_last_entry(
    place: str, left: str, killed: tuple[Path, list[str]], iolog: Path, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(killed[0], tmp_path / "home"))
    if left == "nothing":
        (home / "sales.db-shm").unlink()
    before = contents(home)
    temporary = tmp_path / "temporary"
    temporary.mkdir()

    def run(*arguments: str) -> Result:
        return run_cli(arguments, home, TMPDIR=str(temporary), **watching(iolog, home, **FORBIDDEN[place]))

    listed = run("activity", "list", "--json", "--limit", "100000")
    assert listed.code == 0, listed
    assert {row["id"] for row in listed.value} >= set(killed[1])
    added = run("account", "add", "Acme")
    assert added.code == ExitCode.STORAGE, added
    assert "cannot be written" in added.stderr
    assert sum(line.startswith("sfa: ") for line in added.stderr.splitlines()) == 1
    assert contents(home) == before
    assert list(temporary.iterdir()) == []
    assert run_cli(["account", "add", "Acme"], home).code == 0
    assert examine(home, killed[1]) == []
