"""The use cases of sync: join, sync, status, leave; one at a time on a workspace."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from filelock import FileLock, Timeout

from db import wiping
from db.lease import end_of, true_now
from sfa.clock import Clock, instant_text
from sfa.dav.transport import SIGN_IN
from sfa.errors import ConflictError, NotAllowedError, SfaError, SignedOffError, StorageError, UsageError
from sfa.paths import Workspace
from sfa.services.desk import Desk, open_desk
from sfa.sync import enrolling, inbox, outbox, signing_off
from sfa.sync.apply import MayRemove, Outcome, TooManyGone
from sfa.sync.protocol import NO_ANSWER, SCHEMA, TOO_OLD, ProtocolError
from sfa.sync.session import Transport, rounds
from sfa.sync.state import State
from sfa.sync.transport import ELSEWHERE, HttpLine, checked_url

REVOKED: Final = 401
BUSY: Final = (429, 503)
WARNED_DAYS: Final = 5
"""So many days before the end of the lease it is spoken of."""


@dataclass(slots=True)
class Report:
    """What a sync did; `waiting` and `open_entries` are what is left."""

    sent: int = 0
    refused: int = 0
    received: int = 0
    removed: int = 0
    waiting: int = 0
    open_entries: int = 0
    lease_days: int = 0

    def add(self, outcome: Outcome) -> None:
        """Count what a round did."""
        self.sent += outcome.sent
        self.refused += outcome.refused
        self.received += outcome.received
        self.removed += outcome.removed
        self.lease_days = outcome.lease_days

    @property
    def sentence(self) -> str:
        """Return it in words."""
        if not (self.sent or self.received or self.removed):
            return "Up to date"
        parts = [
            f"sent {self.sent:,}" if self.sent else "",
            f"received {self.received:,}" if self.received else "",
            f"removed {self.removed:,}" if self.removed else "",
            f"{self.refused:,} not taken as they were" if self.refused else "",
        ]
        return "Synced: " + ", ".join(part for part in parts if part)

    def as_json(self) -> dict[str, int]:
        """Return it for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Status:
    """How this laptop stands to its server."""

    url: str | None
    person: str | None
    device: str | None
    last_at: str | None
    waiting: int
    open_entries: int
    lease_until: str | None = None
    lease_days_left: int | None = None

    @property
    def is_lease_short(self) -> bool:
        """Tell whether the laptop should meet its server soon."""
        return self.lease_days_left is not None and self.lease_days_left < WARNED_DAYS

    def as_json(self) -> dict[str, Any]:
        """Return it for JSON."""
        return asdict(self)

    def lines(self) -> Iterator[str]:
        """Return it in words."""
        if self.url is None:
            yield "This laptop belongs to no server. Join one: sfa sync join URL CODE"
            return
        yield f"Server      {self.url}"
        yield f"Person      {self.person}, device {self.device}"
        last = datetime.fromisoformat(self.last_at).astimezone() if self.last_at else None
        yield f"Last sync   {last:%Y-%m-%d %H:%M}" if last else "Last sync   never"
        if self.lease_until is not None:
            yield f"Lease       until {self.lease_until[:10]}{self._lease_words}"
        yield f"To send     {self.waiting:,}"
        yield f"Inbox       {self.open_entries:,}" + (" (sfa sync inbox)" if self.open_entries else "")

    @property
    def _lease_words(self) -> str:
        if self.lease_days_left is not None and self.lease_days_left < 0:
            return ": it is over; the book is locked until a sync (sfa sync)"
        return f", {self.lease_days_left} days left: sync before (sfa sync)" if self.is_lease_short else ""


def open_for_sync(folder: Path | None = None, clock: Clock | None = None) -> Desk:
    """Open a workspace to sync it, though its lease may be over.

    Raises:
        SignedOffError: the company took the book away; the server is told that it is gone, if it does not know yet.
        StorageError: it cannot be opened.
    """
    try:
        return open_desk(folder, clock, is_for_sync=True)
    except SignedOffError:
        signing_off.tell_server(Workspace(folder) if folder else Workspace.default())
        raise


def join(desk: Desk, url: str, code: str, ca_file: str | None = None, transport: Transport | None = None) -> str:
    """Join a company's server, and return the name of the laptop's person there.

    Raises:
        SfaError: the address is not safe, the code not valid, or the server not reached.
    """
    address = checked_url(url)
    with alone(desk), plain_words():
        answer = enrolling.enrol(desk.store, transport or HttpLine(address, "", ca_file), address, code, ca_file)
    return str(answer["name"])


def _no(_gone: int, _held: int) -> bool:
    return False


def sync(
    desk: Desk,
    advance: Callable[[int], None] | None = None,
    transport: Transport | None = None,
    may_remove: MayRemove = _no,
) -> Report:
    """Bring laptop and server together.

    Args:
        desk: the laptop's.
        advance: told how many rows and mutations more were done.
        transport: the way to the server; HTTP if None.
        may_remove: asked where much of the book would leave: how many rows, of how many.

    Raises:
        UsageError: the laptop belongs to no server.
        SignedOffError: the company took the book away; it is gone.
        SfaError: the server is not reached, or refuses; what was done before stays done.
    """
    report = Report()
    way = transport or _line(State(desk.store))
    with alone(desk), plain_words(), signing_off.obeyed(desk.store, way):
        for outcome in rounds(desk.store, way, may_remove):
            report.add(outcome)
            if outcome.is_silent:
                State(desk.store).met(desk.store.clock, outcome.lease_days)
            if advance:
                advance(outcome.sent + outcome.received + outcome.removed)
    return finished(desk, report)


def finished(desk: Desk, report: Report) -> Report:
    """Return a report with what is left."""
    report.waiting, report.open_entries = outbox.waiting(desk.store), inbox.open_entries(desk.store)
    return report


def status(desk: Desk) -> Status:
    """Return how the laptop stands, without asking the network."""
    store, state = desk.store, State(desk.store)
    person = store.value("SELECT name FROM app_user WHERE id = ?", (state.get("user"),))
    waiting = outbox.waiting(store) + outbox.not_gathered(store, state) if state.is_enrolled else 0
    lease, now = state.get("lease"), true_now(store.clock)
    end = end_of(lease, now) if lease else None
    return Status(
        state.get("url"), person, state.get("code"), state.get("last_at"), waiting, inbox.open_entries(store),
        instant_text(end) if end else None, (end - now).days if end else None,
    )  # fmt: skip


def begin_anew(folder: Path | None = None) -> str:
    """Let an empty book begin where one was taken away, and return a sentence about it.

    Raises:
        SignedOffError: some of the old book is still there.
    """
    wiping.begin_anew(Workspace(folder) if folder else Workspace.default())
    return "The next start begins an empty book"


def leave(desk: Desk) -> str:
    """Belong to no server any more, and return a sentence about it.

    Raises:
        UsageError: the laptop belongs to none.
    """
    state = State(desk.store)
    url = state.get("url")
    if url is None:
        raise UsageError("This laptop belongs to no server.")
    with alone(desk):
        enrolling.leave(desk.store)
    return f"This laptop belongs to {url} no more; everything on it stays"


def _line(state: State) -> HttpLine:
    url = state.get("url")
    if url is None:
        raise UsageError("This laptop belongs to no server.", hint="Join one: sfa sync join URL CODE")
    return HttpLine(url, state.get("token") or "", state.get("ca_file") or None)


@contextmanager
def alone(desk: Desk) -> Iterator[None]:
    """Let one sync run at a time.

    Raises:
        ConflictError: another one runs.
    """
    try:
        with FileLock(desk.store.workspace.folder / ".sfa-sync.lock", timeout=0):
            yield
    except Timeout as error:
        raise ConflictError("Another sync runs just now.", hint="Wait until it is done.") from error


@contextmanager
def plain_words() -> Iterator[None]:
    """Say what the server refused in a sentence for people."""
    try:
        yield
    except TooManyGone as error:
        raise ConflictError(
            f"{error} Nothing was changed.", hint="Let it, if that is right (a new area, say): the same with --yes"
        ) from error
    except ProtocolError as error:
        raise _in_words(error) from error


def _in_words(error: ProtocolError) -> SfaError:
    if error.status == REVOKED:
        return NotAllowedError(str(error), hint="Ask whoever keeps the server; nothing here is lost.")
    if error.status == TOO_OLD:
        theirs = error.detail.get("schema")
        is_behind = isinstance(theirs, int) and theirs < SCHEMA
        hint = "It goes on once the server is updated" if is_behind else "Update sfa (pipx upgrade sfa-tui)"
        return StorageError(str(error), hint=f"{hint}; what waits is kept.")
    if error.status in BUSY:
        return SfaError(str(error), hint="It is tried again later; nothing is lost.")
    if error.status in ELSEWHERE or error.status >= NO_ANSWER:
        return SfaError(str(error), hint=SIGN_IN)
    return SfaError(f"The server refused: {error}", hint="Nothing is lost; what waits stays: sfa sync status")
