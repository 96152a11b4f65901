"""The driver of every door: SQLite as `sqlcipher3` brings it (and its type hints, which are those of `sqlite3`)."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3 as sqlite
    from pathlib import Path
    from types import ModuleType


def _compiled_part() -> ModuleType:
    """Return the compiled part of `sqlcipher3`; its other part imports for every date and row what we never ask for.

    Its own loader takes it from its own place, and what it calls is looked up when it is called first.
    """
    from _frozen_importlib_external import PathFinder  # noqa: PLC0415 - `importlib.machinery` by its cheap name

    name = "sqlcipher3._sqlite3"
    package = PathFinder.find_spec("sqlcipher3")
    found = PathFinder.find_spec(name, package and package.submodule_search_locations)
    if found is None or found.loader is None:
        raise ModuleNotFoundError(name, name=name)
    flags = sys.getdlopenflags() if hasattr(sys, "getdlopenflags") else None
    if flags is not None:
        sys.setdlopenflags(os.RTLD_LAZY)
    module = found.loader.create_module(found)
    found.loader.exec_module(module)
    if flags is not None:
        sys.setdlopenflags(flags)
    return module


if not TYPE_CHECKING:
    sqlite = sys.modules.get("sqlcipher3._sqlite3") or _compiled_part()

Connection = sqlite.Connection
SCHEMA_VERSION = 1


def uri_of(path: Path | str) -> str:
    """Return the name of a database file as SQLite takes it, without the options behind the question mark."""
    name = os.path.abspath(path).replace(os.sep, "/")
    quoted = name.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return f"file:{quoted}" if quoted.startswith("/") else f"file:///{quoted}"


__all__ = ["SCHEMA_VERSION", "Connection", "sqlite", "uri_of"]
