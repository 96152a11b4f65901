"""The command line as a shell runs it: the real program on a pipe or a terminal, or, much faster, in this process."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import time_machine

from sfa.entry import run
from tests.support.factories import NOON, TODAY

TIMEOUT_S = 180
_UNSET = ("SFA_DEBUG", "NO_COLOR", "COLUMNS", "LINES", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE")


class Result(NamedTuple):
    """What a command left behind."""

    code: int
    stdout: str
    stderr: str

    @property
    def value(self) -> Any:  # noqa: ANN401 - whatever JSON holds
        """Return the standard output read as JSON."""
        return json.loads(self.stdout)

    @property
    def lines(self) -> list[str]:
        """Return the lines of the standard output."""
        return self.stdout.splitlines()


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return the environment of a program that works on the workspace `home`."""
    kept = {name: value for name, value in os.environ.items() if name not in _UNSET}
    return {**kept, "SFA_HOME": str(home), "TZ": "UTC", **more}


def run_cli(arguments: Sequence[str], home: Path, typed: str = "", **more: str) -> Result:
    """Run the real program in a process of its own; `typed` comes from a pipe, `more` is environment."""
    done = subprocess.run(
        [sys.executable, "-m", "sfa", *arguments],
        input=typed.encode(),
        capture_output=True,
        timeout=TIMEOUT_S,
        check=False,
        env=environment(home, **more),
    )
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


def run_on_terminal(arguments: Sequence[str], home: Path, typed: str = "", columns: int = 100, **more: str) -> Result:
    """Run the real program on a terminal of so many columns; what it shows comes back as the standard output."""
    termios = pytest.importorskip("termios", reason="this platform has no terminals of that kind")
    ours, theirs = os.openpty()
    termios.tcsetwinsize(theirs, (30, columns))
    with subprocess.Popen(
        [sys.executable, "-m", "sfa", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment(home, TERM="xterm-256color", **more),
    ) as program:
        os.close(theirs)
        os.write(ours, typed.encode())
        shown = b"".join(iter(lambda: _read(ours), b""))
        os.close(ours)
        return Result(program.wait(TIMEOUT_S), shown.decode(), "")


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # Linux says so where the other end is closed
        return b""


def call_cli(arguments: Sequence[str], home: Path, typed: str = "") -> Result:
    """Run a command line in this process, at noon of the factories' day."""
    with _place(home, typed), redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        code = run(list(arguments))
    return Result(int(code), out.getvalue(), err.getvalue())


@contextmanager
def _place(home: Path, typed: str) -> Iterator[None]:
    """Let this process work on a workspace, at a standing time, with something typed."""
    before = os.environ.get("SFA_HOME"), sys.stdin
    os.environ["SFA_HOME"], sys.stdin = str(home), io.StringIO(typed)
    try:
        with time_machine.travel(f"{TODAY}T{NOON.isoformat()}", tick=False):
            yield
    finally:
        sys.stdin = before[1]
        if before[0] is None:
            del os.environ["SFA_HOME"]
        else:
            os.environ["SFA_HOME"] = before[0]
