"""Rows from laptops, held to the very rules of the laptops' own tables.

The CHECKs and NOT NULLs of the client's schema are text for SQLite; an empty database in memory holds them, a row is
tried there and taken back. So no rule is written twice, and PostgreSQL is held to it too.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from db.driver import STATEMENTS, Connection, sqlite
from sfa.server.catalog import SharedTable, shared_tables

LONGEST_FIELD = 1_000_000
_MOMENT = "2000-01-01T00:00:00.000Z"
_LOCAL_VALUES = {"created_at": _MOMENT, "updated_at": _MOMENT}


class Rules:
    """The scratch database; one per thread of a server."""

    def __init__(self) -> None:
        self._connection = _scratch()
        self._with_default = {
            name: {
                column[1] for column in self._connection.execute(f"PRAGMA table_info({name})") if column[4] is not None
            }
            for name in shared_tables()
        }

    def fault(self, table: SharedTable, row: Mapping[str, Any]) -> str | None:
        """Return what is wrong with a whole row, or None: types, lengths, choices, rules between its columns."""
        for column, value in row.items():
            if isinstance(value, float | bool) or not isinstance(value, str | int | None):
                return f"{table.name}.{column} has the wrong type."
            if isinstance(value, str) and (len(value) > LONGEST_FIELD or "\0" in value):
                return f"{table.name}.{column} is too long, or holds a character that no text has."
        # Most are empty, and the driver takes longest over those: they go unsaid, but where that would mean a default.
        kept = self._with_default[table.name]
        values = {name: value for name, value in row.items() if value is not None or name in kept}
        values |= {name: _LOCAL_VALUES[name] for name in table.local if name in _LOCAL_VALUES}
        marks = ", ".join("?" * len(values))
        self._connection.execute("SAVEPOINT trial")
        try:
            self._connection.execute(
                f"INSERT INTO {table.name} ({', '.join(values)}) VALUES ({marks})", tuple(values.values())
            )
        except sqlite.IntegrityError as error:
            return f"{table.name}: {error}"
        except (sqlite.Error, OverflowError, ValueError):
            return f"{table.name}: a value has the wrong type."
        finally:
            self._connection.execute("ROLLBACK TO trial")
            self._connection.execute("RELEASE trial")
        return None


@cache
def _table_texts() -> tuple[str, ...]:
    from db.schema import table_statements  # noqa: PLC0415 - the server's start alone

    begun = tuple(f"CREATE TABLE {name} (" for name in shared_tables())
    return tuple(text for text in table_statements() if text.startswith(begun))


def _scratch() -> Connection:
    connection = sqlite.connect(":memory:", isolation_level=None, check_same_thread=False, cached_statements=STATEMENTS)
    for text in _table_texts():
        connection.execute(text)
    return connection
