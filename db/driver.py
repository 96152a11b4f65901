"""The driver of every door: SQLite as `sqlcipher3` brings it (and its type hints, which are those of `sqlite3`)."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

if TYPE_CHECKING:
    import sqlite3 as sqlite
else:
    from sqlcipher3 import dbapi2 as sqlite

Connection = sqlite.Connection
SCHEMA_VERSION = 1


def uri_of(path: Path | str) -> str:
    """Return the name of a database file as SQLite takes it, without the options behind the question mark."""
    name = os.path.abspath(path).replace(os.sep, "/")
    quoted = name.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return f"file:{quoted}" if quoted.startswith("/") else f"file:///{quoted}"


__all__ = ["SCHEMA_VERSION", "Connection", "sqlite", "uri_of"]
