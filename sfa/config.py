"""Settings: the commented defaults of `sfa.toml`, overridden key by key by the user's own file."""

import tomllib
from pathlib import Path
from typing import Any

from sfa.domain.near import near_words
from sfa.errors import UsageError

_BESIDE = Path(__file__).with_name("sfa.toml")
DEFAULTS = _BESIDE if _BESIDE.exists() else Path(__file__).parent.parent / "sfa.toml"

KEYS = "keys."
"""Before the id of a binding: the keys that the user gave it. These settings have no default."""


class Config:
    """Settings by dotted key, such as `workspace.currency`."""

    def __init__(self, values: dict[str, Any]) -> None:
        self._values = values

    def keys(self) -> list[str]:
        """Return all keys, in the order of the defaults."""
        return list(self._values)

    def get(self, key: str) -> Any:  # noqa: ANN401 - whatever TOML holds
        """Return a setting.

        Raises:
            UsageError: no such key.
        """
        if key not in self._values:
            raise UsageError(f"There is no setting {key}.", hint=self._near(key))
        return self._values[key]

    def _near(self, key: str) -> str:
        same = [known for known in self._values if known.rpartition(".")[2] == key.rpartition(".")[2]]
        near = same or near_words(key, self._values)
        return f"Did you mean {' or '.join(near)}?" if near else "List them with: sfa config"

    def text(self, key: str) -> str:
        """Return a setting as text."""
        return str(self.get(key))

    def number(self, key: str) -> int:
        """Return a setting as a whole number.

        Raises:
            UsageError: it is none.
        """
        value = self.get(key)
        if not isinstance(value, int):
            raise UsageError(f"The setting {key} must be a whole number, not {value!r}.", hint=f"sfa config {key} 5")
        return value


def load_config(path: Path) -> Config:
    """Read the defaults and the user's file.

    Raises:
        UsageError: the file is no TOML, holds an unknown key, or a value of another type than the default.
    """
    values = _flat(tomllib.loads(DEFAULTS.read_text(encoding="utf-8")))
    if path.exists():
        for key, value in _flat(_parse(path)).items():
            if key.startswith(KEYS) and isinstance(value, str):
                values[key] = value
                continue
            if key not in values:
                raise UsageError(f"{path}: there is no setting {key}.", hint="Remove it, or see: sfa config")
            if type(value) is not type(values[key]):
                raise UsageError(f"{path}: {key} must look like {values[key]!r}, not {value!r}.")
            values[key] = value
    return Config(values)


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}.", hint="Mend that line, or delete the file.") from error


def _flat(table: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in table.items():
        if isinstance(value, dict) and value:
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = value
    return flat
