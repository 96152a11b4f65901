"""Settings shown and changed; the user's file keeps its comments and is never half-written."""

import os
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sfa.config import load_config
from sfa.domain.currencies import is_currency
from sfa.domain.text import clean
from sfa.errors import StorageError, UsageError
from sfa.services.desk import Desk, Saved

POLICIES = ("most_specific", "best_price")
DATE_ORDERS = ("", "dmy", "mdy", "ymd")
PRIVATE_FILE = 0o600
CHECKED_DAY = date(2026, 1, 1)
"""Any day: a country that has holidays has them in its year."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its value now, the shipped one, and whether the user's file sets it."""

    key: str
    value: str | int | bool | list[str]
    default: str | int | bool | list[str]
    is_own: bool


def settings(desk: Desk) -> list[Setting]:
    """Return all settings in the order of the defaults."""
    path = desk.store.workspace.config
    defaults = load_config(path.with_name("sfa.toml.absent"))
    own = _own_keys(path)
    return [Setting(key, desk.config.get(key), defaults.get(key), key in own) for key in defaults.keys()]  # noqa: SIM118 - no dict


def setting(desk: Desk, key: str) -> Setting:
    """Return one setting.

    Raises:
        UsageError: no such key.
    """
    desk.config.get(key)
    return next(item for item in settings(desk) if item.key == key)


def change(desk: Desk, key: str, text: str) -> Saved:
    """Set a key in the user's file, and in this desk at once.

    Raises:
        UsageError: no such key, or a value that it cannot have.
        StorageError: the file cannot be written.
    """
    default = setting(desk, key).default
    value = _typed(key, clean(text).strip(), default)
    _write(desk, key, value)
    if key == "user.name":
        _rename_user(desk, str(value))
    return Saved(f"Set {key} to {value_text(value) if isinstance(value, list) else repr(value)}")


def value_text(value: str | int | bool | list[str]) -> str:  # noqa: FBT001 - a value, no switch
    """Return a value as people read it; of a list its parts between commas."""
    return ", ".join(value) or "none" if isinstance(value, list) else str(value)


def reset(desk: Desk, key: str) -> Saved:
    """Take a key out of the user's file: the shipped value holds again.

    Raises:
        UsageError: no such key.
        StorageError: the file cannot be written.
    """
    default = setting(desk, key).default
    _write(desk, key, None)
    return Saved(f"Set {key} back to {default!r}")


def _typed(key: str, text: str, default: object) -> str | int | bool | list[str]:
    """Return the value in the type of the shipped one; of a list the parts between commas."""
    if isinstance(default, list):
        return _listed(key, [part for part in re.split(r"[\s,\[\]\"']+", text) if part])
    if isinstance(default, bool):
        if text.lower() not in ("true", "false", "yes", "no", "on", "off"):
            raise UsageError(f"{key} is yes or no, not “{text}”.")
        return text.lower() in ("true", "yes", "on")
    if isinstance(default, int):
        if not re.fullmatch(r"\d{1,9}", text):
            raise UsageError(f"{key} must be a whole number, not “{text}”.", hint=f"sfa config {key} {default}")
        return int(text)
    check = _check_of(key)
    return check(text) if check else text


def _listed(key: str, parts: list[str]) -> list[str]:
    """Return the parts of a list once they are known to be good."""
    if key != "calendar.holidays":
        return parts
    from sfa.services.holidays import public_holidays  # noqa: PLC0415 - only for this key

    codes = [part.upper() for part in parts]
    public_holidays(codes, CHECKED_DAY, CHECKED_DAY)
    return codes


def _check_of(key: str) -> Callable[[str], str] | None:
    if key.startswith("calendar."):
        from sfa.services import calendar_settings as calendar  # noqa: PLC0415 - only for these keys

        return calendar.CHECKS.get(key)
    if key.startswith("reach."):
        from sfa.services import reach_limits  # noqa: PLC0415 - only for these keys

        return {"reach.quiet_hours": reach_limits.read_quiet, "reach.rule": reach_limits.read_rule}.get(key)
    return _CHECKS.get(key)


def _currency(text: str) -> str:
    if not is_currency(text.upper()):
        raise UsageError(
            f"“{text}” is no currency.", hint="Write its code of three letters: sfa config workspace.currency EUR"
        )
    return text.upper()


def _country(text: str) -> str:
    if not re.fullmatch("[A-Za-z]{2}", text):
        raise UsageError(
            f"“{text}” is no country.", hint="Write its code of two letters: sfa config workspace.country DE"
        )
    return text.upper()


def _date_order(text: str) -> str:
    if text.lower() not in DATE_ORDERS:
        raise UsageError(f"“{text}” is no order of dates.", hint="Choose dmy, mdy or ymd.")
    return text.lower()


def _policy(text: str) -> str:
    if text.lower() not in POLICIES:
        raise UsageError(f"“{text}” is no way to choose a price.", hint=f"Choose {' or '.join(POLICIES)}.")
    return text.lower()


_CHECKS: dict[str, Callable[[str], str]] = {
    "workspace.currency": _currency,
    "workspace.country": _country,
    "workspace.dates": _date_order,
    "price.policy": _policy,
}


def _own_keys(path: Path) -> set[str]:
    if not path.exists():
        return set()
    document = _document(path)
    return {f"{section}.{key}" for section, table in document.items() if isinstance(table, dict) for key in table}


def _document(path: Path) -> Any:  # noqa: ANN401 - tomlkit's document, imported late
    import tomlkit  # noqa: PLC0415 - only where settings are written
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415 - the same

    try:
        return tomlkit.parse(path.read_text(encoding="utf-8")) if path.exists() else tomlkit.document()
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}.", hint="Mend that line, or delete the file.") from error


def _write(desk: Desk, key: str, value: str | int | bool | list[str] | None) -> None:  # noqa: FBT001 - a value, no switch
    path = desk.store.workspace.config
    document = _document(path)
    section, _, name = key.rpartition(".")
    if value is not None:
        document.setdefault(section, {})[name] = value
    elif name in document.get(section, {}):
        del document[section][name]
        if not document[section]:
            del document[section]
    write_whole(path, document.as_string())
    desk.config = load_config(path)


def write_whole(path: Path, text: str) -> None:
    """Replace a file by another in one step: after a power cut it is the old one or the new one.

    Raises:
        StorageError: the folder or the disk does not let us.
    """
    target = path.resolve()
    try:
        handle, draft = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            Path(draft).chmod(target.stat().st_mode & 0o777 if target.exists() else PRIVATE_FILE)
            Path(draft).replace(target)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)
    except OSError as error:
        raise StorageError(
            f"{path} cannot be written: {error.strerror or error}.", hint="Check the folder and the disk."
        ) from error


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # a folder cannot be opened there; the rename is journaled by the file system
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _rename_user(desk: Desk, name: str) -> None:
    """Sign from now on with the new name, and let the user's own record carry it."""
    user_id = desk.user_id
    if not user_id or not name:
        return
    with desk.store.write("user.edit", f"Renamed you to {name}") as work:
        work.update("app_user", user_id, {"name": name})
        work.sign(name)
