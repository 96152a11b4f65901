"""What a start may import: nothing heavy before it is needed."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.shell import environment, run_cli

HEAVY = ("sqlmodel", "sqlalchemy", "textual", "pydantic", "alembic", "pandas")
PROBE = """
import sys
sys.argv = ["sfa", *{words!r}]
import os
def leave(code):
    sys.stdout.flush()
    sys.stderr.write("LOADED " + " ".join(sorted(sys.modules)) + chr(10))
    sys.stderr.flush()
    os.kill(os.getpid(), 9)
os._exit = leave
from sfa.entry import main
main()
"""


def loaded(home: Path, *words: str) -> set[str]:
    """Return the modules that a command had loaded when it left."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE.format(words=list(words))],
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
    )
    line = next(line for line in done.stderr.splitlines() if line.startswith("LOADED "))
    return {name.split(".")[0] for name in line.split()[1:]}


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["--complete", "opp", "mo"]])
def test_help_version_and_completion_load_nothing_but_themselves(tmp_path: Path, words: list[str]) -> None:
    assert not loaded(tmp_path, *words) & {*HEAVY, "typer", "rich", "asyncio", "dataclasses", "json"}


@pytest.mark.parametrize(
    "words",
    [
        ["opportunity", "list"],
        ["account", "show", "Acme"],
        ["today"],
        ["search", "acme"],
        ["report", "wins"],
        ["history"],
    ],
)
def test_reading_commands_in_a_pipe_load_neither_models_nor_screens_nor_rich(tmp_path: Path, words: list[str]) -> None:
    run_cli(["account", "add", "Acme"], tmp_path)
    assert not loaded(tmp_path, *words) & {*HEAVY, "rich", "dateutil", "phonenumbers", "rapidfuzz", "pypinyin"}


def test_quick_entry_loads_neither_typer_nor_models(tmp_path: Path) -> None:
    run_cli(["account", "add", "Acme"], tmp_path)
    assert not loaded(tmp_path, "+", "called Acme 5min") & {*HEAVY, "typer", "rich", "dateutil"}
