"""Whole commands against `python -c "import sqlite3"` in the same run (F), as paired medians."""

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import pytest

from tests.support.shell import environment, run_cli

pytestmark = pytest.mark.bench
ROUNDS = 9
FLOOR = [sys.executable, "-c", "import sqlite3"]
LIMITS = [
    ("--help", 4.5),
    ("--complete opp mo", 1.6),
    ("--complete brief Ac", 1.6),
    ("opportunity list", 7.0),
    ("opportunity list --json", 7.0),
    ("account show Acme", 7.0),
    ("today", 2.0),
    ("search acme", 2.0),
    ("brief Acme", 7.0),
    ("report wins --by quarter", 7.0),
    ("history", 7.0),
]


def seconds(arguments: list[str], home: Path) -> float:
    """Return how long a process takes."""
    started = time.perf_counter()
    subprocess.run(arguments, env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - started


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small workspace."""
    folder = tmp_path_factory.mktemp("home")
    run_cli(["account", "add", "Acme"], folder)
    run_cli(["opportunity", "add", "Acme renewal", "--account", "Acme", "--amount", "40k"], folder)
    return folder


@pytest.mark.parametrize(("words", "limit"), LIMITS)
def test_a_command_is_done_within_its_share(home: Path, words: str, limit: float) -> None:
    command = [sys.executable, "-m", "sfa", *words.split()]
    seconds(command, home)
    ratio = median(seconds(command, home) / seconds(FLOOR, home) for _ in range(ROUNDS))
    sys.stdout.write(f"\n{words}: {ratio:.2f} F (limit {limit})")
    assert ratio <= limit
