"""The lease of a laptop that belongs to a server: so many days without contact, and its book is shown to nobody.

One setting holds the end and the latest time that was seen. Turning the clock back gains nothing: what it is turned
back by is taken off the end. Standard library alone: both doors ask this where a laptop has a lease.
"""

from __future__ import annotations

from contextlib import closing, suppress
from datetime import datetime, timedelta

from db.connection import BUSY_TIMEOUT_MS, connect, synchronous
from db.driver import sqlite
from sfa.clock import StandingClock, SystemClock, instant_text
from sfa.errors import LeaseError, SfaError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from db.driver import Connection
    from db.store import Store
    from sfa.clock import Clock

KEY = "sync_lease"
LOOKED_AT_EVERY = timedelta(minutes=15)
"""How exactly the latest time is known: a start that only reads shall not write each time."""


def lasting(now: datetime, days: int) -> str:
    """Return the lease that begins now, as it is kept."""
    return f"{instant_text(now + timedelta(days=days))} {instant_text(now)}"


def end_of(lease: str, now: datetime) -> datetime:
    """Return until when a lease runs, by a clock that says `now`."""
    end, seen = map(datetime.fromisoformat, lease.split())
    return end - max(seen - now, timedelta(0))


def true_now(clock: Clock) -> datetime:
    """Return the laptop's own time, whatever `--now` says."""
    return SystemClock().now() if isinstance(clock, StandingClock) else clock.now()


def is_over(connection: Connection, now: datetime) -> bool:
    """Tell whether the book of a connection may not be shown; nothing is written."""
    lease = _kept(connection)
    return lease is not None and now > end_of(lease, now)


def require(connection: Connection, now: datetime) -> None:
    """Refuse a book whose lease is over, and keep how late it is.

    Raises:
        LeaseError: the laptop has to meet its server first.
    """
    lease = _kept(connection)
    if lease is None:
        return
    end = end_of(lease, now)
    seen = datetime.fromisoformat(lease.split()[1])
    if not seen <= now < seen + LOOKED_AT_EVERY:
        _keep(connection, lease, f"{instant_text(end)} {instant_text(now)}")
    if now > end:
        raise _over(end)


def require_of(store: Store) -> None:
    """Do the same for a store that was just opened, and close it where it is refused.

    Raises:
        LeaseError: as above.
    """
    try:
        require(store.connection, true_now(store.clock))
    except LeaseError:
        store.close()
        raise


def require_of_file(path: Path, now: datetime) -> None:
    """Refuse to put something else in the place of a book whose lease is over; one that cannot be read has none.

    Raises:
        LeaseError: as above.
    """
    lease = None
    with suppress(SfaError, sqlite.Error), closing(connect(path, read_only=True)) as connection:
        lease = _kept(connection)
    if lease is not None and now > end_of(lease, now):
        raise _over(end_of(lease, now))


def _over(end: datetime) -> LeaseError:
    return LeaseError(
        f"The book is locked: this laptop was to meet its server by {end.date().isoformat()}. Nothing is lost.",
        hint="Go online and sync, and it opens again: sfa sync",
    )


def _kept(connection: Connection) -> str | None:
    row = connection.execute("SELECT value FROM setting WHERE key = ?", (KEY,)).fetchone()
    return None if row is None else str(row[0])


def _keep(connection: Connection, before: str, lease: str) -> None:
    """Write it down without waiting for disk or others: a power cut or a busy book costs a quarter of an hour at most."""
    try:
        connection.execute("PRAGMA busy_timeout=0")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("UPDATE setting SET value = ? WHERE key = ? AND value = ?", (lease, KEY, before))
    except sqlite.DatabaseError:
        pass  # a copy that can only be read, a full disk, somebody who writes just now
    finally:
        connection.execute(f"PRAGMA synchronous={synchronous()}")
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
