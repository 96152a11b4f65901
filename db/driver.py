"""The driver of every door: SQLite as `sqlcipher3` brings it (and its type hints, which are those of `sqlite3`)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3 as sqlite
else:
    from sqlcipher3 import dbapi2 as sqlite

Connection = sqlite.Connection

__all__ = ["Connection", "sqlite"]
