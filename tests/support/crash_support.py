"""The real program started, killed, and its store examined: what every test of crashes needs."""

import itertools
import os
import selectors
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple, Self

from db.store import Store
from sfa.paths import Workspace
from tests.support.shell import environment

MARK = b"ACK "
PATIENCE_S = 60


def start(arguments: Sequence[str], home: Path, *, group: int = 0, **more: str) -> subprocess.Popen[bytes]:
    """Start the real program, its output on pipes, in a process group of its own or in the given one."""
    return subprocess.Popen(
        [sys.executable, "-m", "sfa", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        process_group=group,
        env=environment(home, **more),
    )


def acknowledged(output: bytes) -> list[str]:
    """Return the ids in whole `ACK` lines; a line that was cut short tells nobody anything."""
    whole = output[: output.rfind(b"\n") + 1]
    return [line[len(MARK) :].decode() for line in whole.splitlines() if line.startswith(MARK)]


class Gang:
    """Some programs that write into one store, killed together; none outlives the block that it was made for.

    Attributes:
        told: the ids that each program acknowledged.
        waits_s: seconds between one acknowledgement of a program and its next.
    """

    def __init__(self, size: int, arguments: Sequence[str], home: Path) -> None:
        first = start(arguments, home)
        self._members = [first, *(start(arguments, home, group=first.pid) for _ in range(size - 1))]
        self._outputs = {member.pid: bytearray() for member in self._members}
        self._times: dict[int, list[float]] = {member.pid: [] for member in self._members}
        self.waits_s: list[float] = []
        self.told: list[list[str]] = []
        self.complaints = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        for member in self._members:
            member.kill()
            member.communicate(timeout=PATIENCE_S)

    def read_until(self, count: int) -> None:
        """Read the pipes until so many entries were acknowledged by all together."""
        with selectors.DefaultSelector() as selector:
            for member in self._members:
                assert member.stdout
                selector.register(member.stdout, selectors.EVENT_READ, member.pid)
            while sum(output.count(MARK) for output in self._outputs.values()) < count:
                ready = selector.select(PATIENCE_S)
                assert ready, "the programs write nothing"
                for key, _ in ready:
                    self._take(key.data, os.read(key.fd, 1 << 16))

    def _take(self, pid: int, piece: bytes) -> None:
        if not piece:
            complaints = [member.stderr.read() for member in self._members if member.stderr and member.pid == pid]
            raise AssertionError(f"a program ended by itself: {complaints!r}")
        self._outputs[pid] += piece
        self._times[pid] += [perf_counter()] * piece.count(MARK)

    def kill(self) -> None:
        """Kill all at once, as a power key would; then read what they had said before."""
        os.killpg(self._members[0].pid, signal.SIGKILL)
        for member in self._members:
            rest, complaints = member.communicate(timeout=PATIENCE_S)
            assert member.returncode == -signal.SIGKILL
            self._outputs[member.pid] += rest
            self.complaints += complaints
        self.told = [acknowledged(bytes(output)) for output in self._outputs.values()]
        for times in self._times.values():
            self.waits_s += [later - earlier for earlier, later in itertools.pairwise(times)]


def tell(figures: str) -> None:
    """Print what was measured; pytest shows it with -s."""
    print(figures)  # noqa: T201 - figures for whoever asks for them


class Finding(NamedTuple):
    """What is wrong with a store."""

    subject: str
    words: str


def examine(home: Path, ids: Sequence[str]) -> list[Finding]:
    """Open a store with the program's own code and return everything that is wrong with it: nothing, one hopes.

    Args:
        home: the workspace.
        ids: activities that were acknowledged.
    """
    store = Store.open(Workspace(home))
    try:
        return [finding for finding in (*_structure(store), *_entries(store, ids)) if finding.words]
    finally:
        store.close()


def _structure(store: Store) -> list[Finding]:
    structure = store.rows("PRAGMA quick_check(3)")
    orphans = store.rows("PRAGMA foreign_key_check")
    state = store.row("SELECT operation_id, is_replay FROM journal_state")
    return [
        Finding("note", store.note or ""),
        Finding("structure", "" if structure == [("ok",)] else str(structure)),
        Finding("orphans", str(orphans[:3]) if orphans else ""),
        Finding("journal state", "" if state == (None, 0) else str(state)),
    ]


HALVES = {
    "activity without operation": """SELECT a.id FROM activity a WHERE NOT EXISTS (
        SELECT 1 FROM change c JOIN operation o ON o.id = c.operation_id
        WHERE c.table_name = 'activity' AND c.row_id = a.id AND o.summary <> '')""",
    "activity without task": """SELECT a.id FROM activity a WHERE NOT EXISTS (
        SELECT 1 FROM change c JOIN change d ON d.operation_id = c.operation_id JOIN task t ON t.id = d.row_id
        WHERE c.table_name = 'activity' AND c.row_id = a.id AND d.table_name = 'task')""",
    "task without activity": """SELECT t.id FROM task t WHERE NOT EXISTS (
        SELECT 1 FROM change c JOIN change d ON d.operation_id = c.operation_id JOIN activity a ON a.id = d.row_id
        WHERE c.table_name = 'task' AND c.row_id = t.id AND d.table_name = 'activity')""",
    "activity neither indexed nor queued": """SELECT a.id FROM activity a WHERE NOT EXISTS (
        SELECT 1 FROM search_queue q WHERE q.table_name = 'activity' AND q.row_id = a.id) AND NOT EXISTS (
        SELECT 1 FROM search_entry e WHERE e.row_id = a.id)""",
    "operation without change": """SELECT o.id FROM operation o WHERE NOT EXISTS (
        SELECT 1 FROM change c WHERE c.operation_id = o.id)""",
}


def _entries(store: Store, ids: Sequence[str]) -> list[Finding]:
    present = {row[0] for row in store.rows("SELECT id FROM activity")}
    lost = [row_id for row_id in ids if row_id not in present]
    halves = [Finding(name, str(store.rows(f"{sql} LIMIT 3") or "")) for name, sql in HALVES.items()]
    return [Finding("lost", f"{len(lost)} of {len(ids)}: {lost[:3]}" if lost else ""), *halves]


def look(home: Path, sql: str) -> list[tuple[object, ...]]:
    """Return the rows of a query on a store."""
    store = Store.open(Workspace(home))
    try:
        return store.rows(sql)
    finally:
        store.close()
