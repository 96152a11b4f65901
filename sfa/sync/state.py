"""What the laptop remembers about sync: the server, who it is there, how far it has come."""

from db.lease import lasting, true_now
from db.store import Store
from sfa.clock import Clock, instant_text

_PREFIX = "sync_"
EXPORTS = "exports"
"""The setting with the marks of what was written into files and not answered yet."""
_MOST_EXPORTS = 50


class State:
    """The settings of sync of one store; they are not journaled and never leave the laptop."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, key: str) -> str | None:
        """Return a setting, or None."""
        return self._store.setting(_PREFIX + key)

    def keep(self, **values: str) -> None:
        """Keep settings."""
        rows = ", ".join(["(?, ?)"] * len(values))  # one statement: on its own it waits for the disk once
        parts = [part for key, value in values.items() for part in (_PREFIX + key, value)]
        self._store.connection.execute(f"INSERT OR REPLACE INTO setting (key, value) VALUES {rows}", parts)

    def drop(self, *keys: str) -> None:
        """Forget settings."""
        self._store.connection.executemany("DELETE FROM setting WHERE key = ?", [(_PREFIX + key,) for key in keys])

    def met(self, clock: Clock, lease_days: int) -> None:
        """Keep that the server was met: from now on the book may be shown for so many days; 0: for ever."""
        lease = {"lease": lasting(true_now(clock), lease_days)} if lease_days else {}
        if not lease and self.get("lease") is not None:
            self.drop("lease")
        self.keep(last_at=instant_text(clock.now()), **lease)

    @property
    def is_enrolled(self) -> bool:
        """Tell whether this laptop belongs to a server."""
        return self.get("device") is not None

    def next_number(self) -> int:
        """Return the number of the next mutation."""
        return int(self.get("next_n") or 1)

    def gathered(self) -> int:
        """Return the rowid of the last operation that is in the outbox, or past it."""
        return int(self.get("gathered") or 0)

    def acknowledged(self) -> int:
        """Return the number of the last mutation that the server judged."""
        first = self._store.value("SELECT min(n) FROM sync_out")
        return int(first or self.next_number()) - 1

    def exports(self) -> list[str]:
        """Return the marks of exports whose answers may be put in place still, oldest first."""
        return (self.get(EXPORTS) or "").split()

    def note_export(self, mark: str) -> None:
        """Remember an export."""
        self.keep(**{EXPORTS: " ".join([*self.exports(), mark][-_MOST_EXPORTS:])})

    def cursors(self) -> dict[str, list[int]]:
        """Return epoch, version and the floor at the beginning by bucket."""
        rows = self._store.rows("SELECT bucket, epoch, version, floor FROM sync_cursor")
        return {row[0]: list(row[1:]) for row in rows}
