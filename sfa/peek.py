"""One setting out of `sfa.toml` without a reader of TOML: the fast door has no time to import one."""

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from sfa.paths import Workspace

_BESIDE = os.path.join(os.path.dirname(__file__), "sfa.toml")
_DEFAULTS = _BESIDE if os.path.exists(_BESIDE) else os.path.join(os.path.dirname(os.path.dirname(__file__)), "sfa.toml")


class _UnusualError(Exception):
    """A way of writing TOML that is left to those who can read all of it."""


def peek(workspace: "Workspace", section: str, key: str) -> str:
    """Return a setting that is a text; the whole of the settings is read only where the file is written unusually.

    Raises:
        UsageError: the file cannot be read.
    """
    found = _peeked(workspace, section, key, _text)
    if found is not None:
        return found
    from sfa.config import load_config  # noqa: PLC0415 - costs more than everything else

    return load_config(workspace.config).text(f"{section}.{key}")


def peek_number(workspace: "Workspace", section: str, key: str) -> int:
    """Return a setting that is a whole number, likewise.

    Raises:
        UsageError: the file cannot be read, or the setting is no number.
    """
    found = _peeked(workspace, section, key, _digits)
    if found is not None:
        return int(found)
    from sfa.config import load_config  # noqa: PLC0415 - as above

    return load_config(workspace.config).number(f"{section}.{key}")


def _peeked(workspace: "Workspace", section: str, key: str, read: "Callable[[str], str]") -> str | None:
    """Return a setting as its own file or the defaults have it; None where all of TOML must be read."""
    try:
        for name in (os.path.join(workspace.place, "sfa.toml"), _DEFAULTS):
            found = _in_file(name, section, key, read)
            if found is not None:
                return found
    except (_UnusualError, UnicodeDecodeError):
        pass
    return None


def _in_file(name: str, section: str, key: str, read: "Callable[[str], str]") -> str | None:
    try:
        with open(name, encoding="utf-8") as stream:
            lines = stream.read().splitlines()
    except OSError:
        return None
    here = ""
    for line in lines:
        bare = line.strip()
        if bare.startswith("["):
            here = bare.partition("#")[0].strip().strip("[]").strip()
        elif "'" in bare.partition("#")[0] or '"""' in bare or (here != section and bare.startswith(section)):
            raise _UnusualError
        elif here == section and bare.partition("=")[0].strip() == key:
            return read(bare.partition("=")[2].strip())
    return None


def _text(value: str) -> str:
    """Return what stands between plain quotation marks."""
    inside, mark, behind = value[1:].partition('"')
    is_plain = value.startswith('"') and mark and "\\" not in inside and behind.strip()[:1] in ("", "#")
    if not is_plain:
        raise _UnusualError
    return inside


def _digits(value: str) -> str:
    """Return a number that is written in plain digits."""
    digits = value.partition("#")[0].strip()
    if not (digits.isascii() and digits.isdecimal()):
        raise _UnusualError
    return digits
