"""What the laptop remembers about sync: the server, who it is there, how far it has come."""

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from db.lease import lasting, true_now
from db.store import Store
from sfa.clock import Clock, instant_text
from sfa.domain.sharing.versions import Versions

_PREFIX = "sync_"
EXPORTS = "exports"
"""The setting with the marks of what was written into files and not answered yet."""
_MOST_EXPORTS = 50


class State:
    """The settings of sync of one store; they are not journaled and never leave the laptop.

    Args:
        store: the laptop's.
        versions: of the schema, that this program knows; those that are shipped if None.
    """

    def __init__(self, store: Store, versions: Versions | None = None) -> None:
        self._store, self._versions = store, versions

    @cached_property
    def versions(self) -> Versions:
        """Return the versions of the schema that this program knows."""
        from db.migrations import shipped_versions  # noqa: PLC0415 - reads a folder

        return self._versions or shipped_versions()

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

    # --- versions

    def schema(self) -> int:
        """Return the version of the schema with which this laptop synced last."""
        return int(self.get("schema") or self.versions.newest)

    def version_of(self, operation: int) -> int:
        """Return in whose version's words an operation of the journal is, by its rowid."""
        older = (version - 1 for version, last in self._began.items() if operation <= last)
        return min(older, default=self.versions.newest)

    @cached_property
    def _began(self) -> Mapping[int, int]:
        """Return by version the last operation that was written before it (`db.migrations` keeps that)."""
        sql = "SELECT key, value FROM setting WHERE key GLOB 'schema_began_*'"
        return {int(key.rpartition("_")[2]): int(value) for key, value in self._store.rows(sql)}

    def renewing(self) -> dict[str, Any]:
        """Return what is asked for anew since an upgrade: `tables`, and `buckets` with the versions after and up to which."""
        found: dict[str, Any] = json.loads(self.get("renew") or '{"tables": [], "buckets": {}}')
        return found

    def renew(self, tables: Sequence[str], buckets: Mapping[str, Sequence[int]]) -> None:
        """Keep what is to be asked for anew; with no bucket left, nothing."""
        if buckets:
            self.keep(renew=json.dumps({"tables": sorted(tables), "buckets": buckets}))
        else:
            self.drop("renew")
