"""The driver of every door: SQLite as `sqlcipher3` brings it (and its type hints, which are those of `sqlite3`)."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3 as sqlite
    from pathlib import Path
    from types import ModuleType

_COMPILED = "sqlcipher3._sqlite3"


def _compiled_part() -> ModuleType:
    """Return the compiled part of `sqlcipher3`, without what its other part imports for dates and rows of its own.

    A function that it calls is looked up when it is called first, where the system can do that.
    """
    from _frozen_importlib_external import PathFinder  # noqa: PLC0415 - `importlib.machinery` under its cheap name

    package = PathFinder.find_spec("sqlcipher3")
    found = PathFinder.find_spec(_COMPILED, package.submodule_search_locations if package else None)
    loader = found.loader if found else None
    flags = sys.getdlopenflags() if hasattr(sys, "getdlopenflags") else None
    if flags is not None:
        sys.setdlopenflags(os.RTLD_LAZY)
    module = loader.create_module(found) if found and loader else None
    if flags is not None:
        sys.setdlopenflags(flags)
    if module is None or loader is None:
        from importlib import import_module  # noqa: PLC0415 - where packages do not lie in folders

        return import_module(_COMPILED)
    loader.exec_module(module)
    return module


if not TYPE_CHECKING:
    sqlite = sys.modules.get(_COMPILED) or _compiled_part()

Connection = sqlite.Connection
SCHEMA_VERSION = 1
STATEMENTS = 500
"""So many prepared statements a connection keeps.

Once the driver has as many as it keeps, 128 if it is told nothing, it prepares whatever is new to it each time anew.
"""
_LEFT_OPEN: list[Connection] = []


def leave_open(connection: Connection) -> Connection:
    """Let the end of the process close a connection; what was saved is safe in the log.

    Closing it ourselves would give back all that was read of the schema, and after a write move the log into the
    database, by no lock of ours and with four waits for the disk where a line has one.
    """
    _LEFT_OPEN.append(connection)
    return connection


def uri_of(path: Path | str) -> str:
    """Return the name of a database file as SQLite takes it, without the options behind the question mark."""
    name = os.path.abspath(path).replace(os.sep, "/")
    quoted = name.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return f"file:{quoted}" if quoted.startswith("/") else f"file:///{quoted}"


__all__ = ["SCHEMA_VERSION", "STATEMENTS", "Connection", "leave_open", "sqlite", "uri_of"]
