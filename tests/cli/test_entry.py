"""The door: which module each kind of call may import, and how the program leaves."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.shell import environment, run_cli

PROBE = """
import sys, atexit, os
sys.argv = ["sfa", *{arguments!r}]
leave = os._exit
def told(code):
    sys.stdout.flush()
    sys.stderr.write("LOADED " + " ".join(sorted(sys.modules)))
    sys.stderr.flush()
    leave(code)
os._exit = told
from sfa.entry import main
main()
"""
HEAVY = {"sqlmodel", "sqlalchemy", "textual", "pydantic", "alembic"}


def loaded_by(arguments: list[str], home: Path) -> set[str]:
    """Return the modules that are in memory when the program leaves."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE.format(arguments=arguments)],
        capture_output=True,
        text=True,
        check=False,
        env=environment(home),
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.rpartition("LOADED ")[2].split())


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["--version"], ["--complete", "acc"], ["--complete", "account", "show", "A"]],
    ids=" ".join,
)
def test_help_version_and_completion_load_nothing_heavy(tmp_path: Path, arguments: list[str]) -> None:
    run_cli(["account", "add", "Acme"], tmp_path)
    loaded = loaded_by(arguments, tmp_path)
    assert not loaded & (HEAVY | {"typer", "rich", "sfa.cli.main", "dataclasses", "inspect"})


@pytest.mark.parametrize(
    "arguments",
    [
        ["account", "list"],
        ["opportunity", "list", "--json"],
        ["account", "list", "--where", "name=Acme", "--csv"],
        ["account", "show", "Acme"],
        ["search", "acme"],
        ["today"],
        ["brief", "Acme"],
        ["history"],
        ["undo", "--dry-run"],
        ["account", "add", "Globex"],
    ],
    ids=" ".join,
)
def test_a_command_in_a_pipe_loads_neither_models_nor_screens_nor_rich(tmp_path: Path, arguments: list[str]) -> None:
    run_cli(["account", "add", "Acme"], tmp_path)
    loaded = loaded_by(arguments, tmp_path)
    assert not loaded & (HEAVY | {"rich", "rapidfuzz", "dateutil", "asyncio"})


@pytest.mark.parametrize(
    "arguments",
    [
        ["call", "Acme", "-m", "wants a quote"],
        ["+", "called Acme 15min; send quote friday"],
        ["search", "acme"],
        ["today"],
        ["--complete", "zsh", "call", "Ac"],
    ],
    ids=" ".join,
)
def test_the_fast_door_loads_the_compiled_driver_and_dates_alone(arguments: list[str], tmp_path: Path) -> None:
    run_cli(["account", "add", "Acme"], tmp_path)
    run_cli(["search", "acme"], tmp_path)
    loaded = loaded_by(arguments, tmp_path)
    assert "sqlcipher3._sqlite3" in loaded
    assert not loaded & {"sqlcipher3.dbapi2", "collections", "typing", "enum", "re", "_pydatetime"}


def test_a_line_is_found_by_the_next_program_while_it_lies_in_the_log(tmp_path: Path) -> None:
    run_cli(["account", "add", "Acme"], tmp_path)
    loaded_by(["call", "Acme", "-m", "wants a quote"], tmp_path)
    assert (tmp_path / "sales.db-wal").stat().st_size > 0
    assert "wants a quote" in run_cli(["activity", "list"], tmp_path).stdout
    assert not (tmp_path / "sales.db-wal").exists()


def test_the_door_itself_imports_sys_alone() -> None:
    probe = "import sys; before = set(sys.modules); import sfa.entry; print(sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['sfa', 'sfa.entry']"


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    for name in ("Acme", "Globex"):
        run_cli(["account", "add", name], tmp_path)
    with subprocess.Popen(
        [sys.executable, "-m", "sfa", "account", "list"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(tmp_path),
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.close()
        assert program.stderr.read() == b""
        assert program.wait() == 0


@pytest.mark.parametrize("buffering", ["", "1"], ids=["buffered", "unbuffered"])
def test_output_that_cannot_be_written_is_told(tmp_path: Path, buffering: str) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this platform has no /dev/full")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "sfa", "config"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            env=environment(tmp_path, PYTHONUNBUFFERED=buffering),
        )
    assert done.returncode == 74
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.fixture
def _hears_interrupts() -> Iterator[None]:
    """Let programs hear an interrupt: what a runner in the background starts inherits that it ignores them."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_hears_interrupts")
def test_an_interrupt_leaves_with_130_and_whole_data(tmp_path: Path) -> None:
    run_cli(["account", "add", "Acme"], tmp_path)
    with subprocess.Popen(
        [sys.executable, "-m", "sfa", "debug", "burst", "3000"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(tmp_path),
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        acknowledged = {program.stdout.readline().decode().split()[1] for _ in range(3)}
        program.send_signal(signal.SIGINT)
        acknowledged |= {line.decode().split()[1] for line in program.stdout if line.endswith(b"\n")}
        assert program.stderr.read().decode().startswith("sfa: stopped")
        assert program.wait() == 130
    stored = {row["id"] for row in run_cli(["activity", "list", "--json"], tmp_path).value}
    assert acknowledged <= stored
    assert "structure ok" in run_cli(["doctor"], tmp_path).stdout
