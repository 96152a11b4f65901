"""The disk fills up or breaks at any call: one clear sentence, the right exit code, nothing half-written."""

import errno
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from sfa.errors import ExitCode
from sfa.paths import Workspace
from tests.support.crash_support import examine, look
from tests.support.migrating import schema_of
from tests.support.power import record, run_watched, watching
from tests.support.shell import Result, call_cli, run_cli

pytestmark = pytest.mark.crash

FIRMS = 12
ENTRIES_UNTIL_TIDYING = 60


class Fault(NamedTuple):
    """How the disk misbehaves: with which error, and for how many calls (text, 0 is for good)."""

    error: int
    calls: int

    def environment(self, library: Path, home: Path, call: int) -> dict[str, str]:
        """Return the environment in which it does so from a call on."""
        length = {"FAIL_FOR": str(self.calls)} if self.calls else {}
        return watching(library, home, FAIL_AT=str(call), ERRNO=str(self.error), **length)


FAULTS = [Fault(error, calls) for error in (errno.ENOSPC, errno.EIO) for calls in (0, 1)]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with two accounts and a backup with the first of them; beside it is a file with more."""
    home = tmp_path_factory.mktemp("base") / "home"
    assert run_cli(["account", "add", "First Ltd"], home).code == 0
    assert run_cli(["backup"], home).code == 0
    assert run_cli(["account", "add", "Second Ltd"], home).code == 0
    rows = [f"Firm {number},Town {number}" for number in range(FIRMS)]
    (home.parent / "firms.csv").write_text("\n".join(["Company,City", *rows]), encoding="utf-8")
    return home


def arguments_of(line: str, base: Path) -> list[str]:
    """Return the words of a command line; the file lies beside the workspace."""
    return [str(base.parent / word) if word.endswith(".csv") else word for word in line.split()]


def accounts(home: Path) -> int:
    """Return how many accounts a store has."""
    return len(look(home, "SELECT id FROM account"))


def assert_told_well(result: Result) -> None:
    """Hold a command to an exit code of its kind and, where it failed, one sentence that owns up."""
    assert result.code in (ExitCode.OK, ExitCode.STORAGE), result
    assert "Traceback" not in result.stderr
    assert "unexpected" not in result.stderr
    sentences = [line for line in result.stderr.splitlines() if line.startswith("sfa: ")]
    assert len(sentences) == (result.code != ExitCode.OK), result
    assert result.code == ExitCode.OK or result.stdout == ""


@pytest.mark.parametrize(
    ("line", "step", "gain"),
    [
        ("account add Third --force", 2, 1),
        ("import firms.csv --yes", 4, FIRMS),
        ("backup", 7, 0),
        ("account list", 2, 0),
        ("search First", 2, 0),
        ("restore --yes", 37, -1),
    ],
)
def test_a_disk_that_fails_at_any_call_leaves_the_old_state_or_the_new_one(
    line: str, step: int, gain: int, base: Path, iolog: Path, tmp_path: Path
) -> None:
    arguments = arguments_of(line, base)
    home = Path(shutil.copytree(base, tmp_path / "whole"))
    calls = len(record(arguments, home, iolog).changes())
    for attempt, call in enumerate(range(1, calls + 1, step)):
        fault = FAULTS[attempt % len(FAULTS)]
        home = Path(shutil.copytree(base, tmp_path / f"broken{call}"))
        result = run_cli(arguments, home, **fault.environment(iolog, home, call))
        where = f"call {call} of {calls}, {fault}: {result}"
        assert_told_well(result)
        assert examine(home, []) == [], where
        assert accounts(home) in (2, 2 + gain), where
        assert result.code != ExitCode.OK or accounts(home) == 2 + gain, where
        assert "was not saved" not in result.stderr or accounts(home) == 2, where
        assert fault.error == errno.EIO or not list(home.rglob("*.part*")), where
        assert call_cli(arguments, home).code == 0, where


def test_a_migration_on_a_disk_that_fails_leaves_the_old_schema_or_the_new_one(
    base: Path, iolog: Path, tmp_path: Path
) -> None:
    module = "tests.support.migrating"
    home = Path(shutil.copytree(base, tmp_path / "whole"))
    old = schema_of(Workspace(home).database)
    calls = len(record([str(home)], home, iolog, module=module).changes())
    new = schema_of(Workspace(home).database)
    for attempt, call in enumerate(range(1, calls + 1, 23)):
        fault = FAULTS[attempt % len(FAULTS)]
        home = Path(shutil.copytree(base, tmp_path / f"broken{call}"))
        result = run_watched([str(home)], home, fault.environment(iolog, home, call), module)
        assert result.code == 0 or result.stderr.splitlines()[-1].startswith("sfa.errors.StorageError: "), result
        assert schema_of(Workspace(home).database) in ([old, new] if result.code else [new])


@pytest.mark.parametrize("fault", FAULTS)
def test_a_log_that_cannot_be_taken_in_is_no_reason_to_call_an_entry_lost(
    fault: Fault, base: Path, iolog: Path, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(base, tmp_path / "home"))
    fails = fault.environment(iolog, home, 1) | {"IOLOG_ONLY": "/sales.db"}
    result = run_cli(["debug", "burst", str(ENTRIES_UNTIL_TIDYING)], home, **fails)
    assert result.code == 0, result.stderr
    told = [line.split()[1] for line in result.lines]
    assert len(told) == ENTRIES_UNTIL_TIDYING
    assert examine(home, told) == []


def test_the_doctor_tells_of_a_broken_disk_in_sentences(base: Path, iolog: Path, tmp_path: Path) -> None:
    calls = len(record(["doctor"], Path(shutil.copytree(base, tmp_path / "whole")), iolog).changes())
    for call in range(1, calls + 1, 3):
        fault = FAULTS[call % len(FAULTS)]
        home = Path(shutil.copytree(base, tmp_path / f"broken{call}"))
        result = run_cli(["doctor"], home, **fault.environment(iolog, home, call))
        assert result.code in (ExitCode.OK, ExitCode.FAILURE, ExitCode.STORAGE), result
        assert result.code != ExitCode.FAILURE or "BAD  folder" in result.stdout, result
        assert "unexpected" not in result.stderr
        assert examine(home, []) == []
