"""A program that encrypts copies of a book and is killed at one call to the disk after the other.

`python -m tests.support.converting LIBRARY BASE FOLDER KEY STEP` copies the workspace BASE to FOLDER/killed1, ... and kills
the conversion of each before another call that changes the disk: every STEP-th, and those about the moment of the swap.
"""

import ctypes
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from db import encryption
from db.keys import is_encrypted
from sfa.paths import Workspace

AROUND = 6


def convert_and_kill(library: str, base: str, folder: str, key: str, step: str) -> None:
    """Convert many copies, each killed at another call."""
    kill_at = ctypes.CDLL(library).iolog_kill_at
    kill_at.argtypes = [ctypes.c_long]

    def is_killed(call: int) -> bool:
        home = Path(shutil.copytree(base, Path(folder) / f"killed{call}"))
        return _is_killed(home, key, kill_at, call)

    def is_swapped(call: int) -> bool:
        return is_encrypted(Path(folder) / f"killed{call}" / "sales.db")

    call, plain, swapped = 1, 1, 0
    while is_killed(call):
        if is_swapped(call):
            swapped = swapped or call
        else:
            plain = call
        call += int(step)
    while swapped - plain > 1:
        middle = (plain + swapped) // 2
        is_killed(middle)
        plain, swapped = (plain, middle) if is_swapped(middle) else (middle, swapped)
    for near in range(swapped - AROUND, swapped + AROUND):
        if not (Path(folder) / f"killed{near}").exists():
            is_killed(near)


def _is_killed(home: Path, key: str, kill_at: Callable[[int], None], call: int) -> bool:
    child = os.fork()
    if child == 0:
        kill_at(call)
        encryption.convert(Workspace(home), key)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, -signal.SIGKILL):
        raise SystemExit(f"the conversion failed at call {call}")
    return code != 0


if __name__ == "__main__":
    convert_and_kill(*sys.argv[1:])
