"""What a disk could hold after a power cut, worked out from a record of what a program asked of it.

The model is that of a journaling file system with its promises taken at their word: what a file was given is sure once the
file was synced, and with it that the file exists; a removal or a new name is sure once its folder was synced. Everything
later may be there in whole, in part or not at all, whatever the order in which it was asked for.
"""

import os
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.support.crash_support import acknowledged
from tests.support.shell import Result, environment

HEADER = struct.Struct("<cQQII")
SECTOR = 512
DATA_KINDS = "WT"
NAME_KINDS = "CUR"
MODES = ("none", "all", "prefix", "random", "torn")
SHARED_MEMORY = "-shm"
Keeps = Callable[[int], bool]


class Event(NamedTuple):
    """One thing that a program asked of the disk, or said.

    Attributes:
        kind: C creation, W write, T truncation, S sync of a file, D sync of a folder, U removal, R new name, A output.
        file: which file; one that is removed and made again is another one.
        offset: where it is written, or the new length, in bytes.
        path: its name at that time.
        data: what is written or said, or the new name.
    """

    kind: str
    file: int
    offset: int
    path: str
    data: bytes


@dataclass
class Disk:
    """Files by number, and the names that lead to them."""

    contents: dict[int, bytearray] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)

    def change(self, event: Event, sectors: Callable[[], bool] | None = None) -> None:
        """Do what an event asked for; of a write only the sectors of 512 bytes that are wanted, where that is asked."""
        content = self.contents.setdefault(event.file, bytearray())
        if event.kind == "C":
            self.names[event.path] = event.file
        elif event.kind == "U":
            self.names.pop(event.path, None)
        elif event.kind == "R" and event.path in self.names:
            self.names[event.data.decode()] = self.names.pop(event.path)
        elif event.kind == "T":
            del content[event.offset :]
            content.extend(bytes(event.offset - len(content)))
        elif event.kind == "W":
            _write(content, event, sectors)

    def files(self) -> dict[str, bytes]:
        """Return what the names lead to; shared memory does not survive."""
        return {
            name: bytes(self.contents.get(number, b""))
            for name, number in self.names.items()
            if not name.endswith(SHARED_MEMORY)
        }


def _write(content: bytearray, event: Event, sectors: Callable[[], bool] | None) -> None:
    end = event.offset + len(event.data)
    content.extend(bytes(max(0, end - len(content))))
    for start in range(0, len(event.data), SECTOR) if sectors else ():
        if sectors and sectors():
            piece = event.data[start : start + SECTOR]
            content[event.offset + start : event.offset + start + len(piece)] = piece
    if not sectors:
        content[event.offset : end] = event.data


@dataclass(frozen=True)
class Recording:
    """What a program did to a folder.

    Attributes:
        folder: the folder.
        before: what it held, by path.
        events: in the order in which they happened.
        result: what the program said in the end.
    """

    folder: Path
    before: dict[str, bytes]
    events: list[Event]
    result: Result

    def told_before(self, cut: int) -> list[str]:
        """Return the ids that were acknowledged before event number `cut`."""
        return acknowledged(b"".join(event.data for event in self.events[:cut] if event.kind == "A"))

    def first(self, kind: str) -> int:
        """Return the number of the first event of a kind."""
        return next(number for number, event in enumerate(self.events) if event.kind == kind)

    def changes(self) -> list[Event]:
        """Return what changed the disk; the k-th of them is what IOLOG_FAIL_AT=k lets fail."""
        return [event for event in self.events if event.kind != "A"]

    def image(self, cut: int, mode: str, random: Random) -> dict[str, bytes]:
        """Return the files, by path, that a power cut right before event number `cut` could leave.

        Args:
            cut: how many events happened.
            mode: what of that which was not synced is there, one of MODES.
            random: what chance is drawn from.
        """
        disk = Disk({-1 - number: bytearray(data) for number, data in enumerate(self.before.values())})
        disk.names = {name: -1 - number for number, name in enumerate(self.before)}
        pending = _not_synced(self.events[:cut])
        keeps = _choice(pending, mode, random)
        for number, event in enumerate(self.events[:cut]):
            if event.kind not in DATA_KINDS + NAME_KINDS:
                continue
            if number not in pending or keeps(number):
                disk.change(event)
            elif mode == "torn" and event.kind == "W":
                disk.change(event, lambda: random.random() < 1 / 2)
        return disk.files()

    def lay_out(self, files: dict[str, bytes], home: Path) -> None:
        """Write an image into a folder."""
        for name, data in files.items():
            path = home / Path(name).relative_to(self.folder)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def _not_synced(events: Sequence[Event]) -> set[int]:
    """Return the numbers of the events of which nothing promises that they reached the disk."""
    files, folders = set(), set()
    pending = set()
    for number in range(len(events) - 1, -1, -1):
        event = events[number]
        if event.kind == "S":
            files.add(event.file)
        elif event.kind == "D":
            folders.add(event.path)
        elif (
            event.kind in DATA_KINDS + NAME_KINDS
            and not (event.kind in DATA_KINDS + "C" and event.file in files)
            and not (event.kind in NAME_KINDS and os.path.dirname(event.path) in folders)  # noqa: PTH120 - a text
        ):
            pending.add(number)
    return pending


def _choice(pending: set[int], mode: str, random: Random) -> Keeps:
    """Return what tells whether an event that is not sure happened."""
    if mode == "prefix":
        end = random.choice([*sorted(pending), float("inf")])
        return lambda number: number < end
    chances = {"none": 0.0, "all": 1.0, "random": 0.5, "torn": 0.4}
    return lambda _number: random.random() < chances[mode]


def watching(library: Path, home: Path, **more: str) -> dict[str, str]:
    """Return the environment in which a program is watched in a folder; `more` is what else iolog.c is to do."""
    return {"LD_PRELOAD": str(library), "IOLOG_FOLDER": f"{home}/"} | {f"IOLOG_{name}": more[name] for name in more}


def run_watched(arguments: Sequence[str], home: Path, watch: dict[str, str], module: str) -> Result:
    """Run a program on a workspace, watched as `watching` tells it."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        env=environment(home, **watch),
    )
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


def record(arguments: Sequence[str], home: Path, library: Path, *, module: str = "sfa", **more: str) -> Recording:
    """Run the real program, or another one, and record what it asks of the disk in a workspace; nothing is really synced.

    Args:
        arguments: the words of its command line.
        home: the workspace; the record is kept beside it.
        library: what iolog.c was made into.
        module: the program.
        more: environment.
    """
    log = home.parent / f"{home.name}.log"
    log.unlink(missing_ok=True)
    paths = [path for path in sorted(home.rglob("*")) if path.is_file() and not path.name.endswith(SHARED_MEMORY)]
    before = {str(path): path.read_bytes() for path in paths}
    numbers = {path.stat().st_ino: -1 - number for number, path in enumerate(paths)}
    result = run_watched(arguments, home, watching(library, home, OUT=str(log)) | more, module)
    return Recording(home, before, list(_events(log.read_bytes(), numbers)), result)


def _events(log: bytes, numbers: dict[int, int]) -> Iterator[Event]:
    """Read a record (tests/support/iolog.c says how it is written).

    Args:
        log: the record.
        numbers: the file numbers of inodes; an inode that is used anew gets a new one.
    """
    position = 0
    while position < len(log):
        kind, inode, offset, path_length, length = HEADER.unpack_from(log, position)
        start = position + HEADER.size + path_length
        path = log[position + HEADER.size : start].decode()
        if kind == b"C":
            numbers[inode] = position
        yield Event(kind.decode(), numbers.get(inode, inode), offset, path, log[start : start + length])
        position = start + length
