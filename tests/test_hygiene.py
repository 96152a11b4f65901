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


BANNED = {
    *HEAVY,
    *(
        "typer",
        "rich",
        "click",
        "dateutil",
        "asyncio",
        "dataclasses",
        "inspect",
        "typing",
        "re",
        "enum",
        "json",
        "pathlib",
    ),
    *("contextlib", "functools", "tzlocal", "zoneinfo", "phonenumbers", "rapidfuzz", "pypinyin", "tomllib", "argparse"),
}
"""What the fast door is open before one of these would be imported."""


@pytest.mark.parametrize(
    "words",
    [
        ["+", "called Jane at Acme 15min, wants a quote; send quote friday"],
        ["+", "called Jane at Acme, 40k by end of march"],
        ["call", "Acme", "-m", "wants a quote", "-d", "15"],
        ["met", "Jane at Acme", "--on", "yesterday"],
        ["task", "send the quote", "--for", "Acme"],
        ["note", "Acme", "likes blue"],
        ["today"],
        ["--complete", "zsh", "call", "Ja"],
    ],
    ids=" ".join,
)
def test_the_fast_door_loads_the_standard_library_already_there_and_the_driver(
    tmp_path: Path, words: list[str]
) -> None:
    run_cli(["account", "add", "Acme"], tmp_path)
    run_cli(["contact", "add", "Jane Doe", "--account", "Acme"], tmp_path)
    assert not (loaded(tmp_path, *words) - loaded_at_start()) & BANNED


def loaded_at_start() -> set[str]:
    """Return what the interpreter, and the tools installed beside us, load before the program begins."""
    probe = "import sys; sys.stdout.write(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in done.stdout.split()}
