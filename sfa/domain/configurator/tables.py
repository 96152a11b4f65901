"""Reads the keys of one table of a bundle's file; what does not fit is refused with its place."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from sfa.domain.configurator.model import LARGEST, BundleError
from sfa.domain.near import near_words
from sfa.domain.text import clean

Place: TypeAlias = tuple[str | int, ...]
LONGEST_TEXT = 2_000
MOST_ITEMS = 1_000


class TableReader:
    """One table, and where it stands.

    Attributes:
        place: see `BundleError`.
    """

    def __init__(self, data: Mapping[str, Any], place: Place) -> None:
        self._data = data
        self.place = place

    def has(self, key: str) -> bool:
        """Tell whether the key is there."""
        return key in self._data

    def error(self, key: str, sentence: str, remedy: str) -> BundleError:
        """Return an error about a key."""
        return BundleError(sentence, remedy, self.place, key)

    def only(self, *known: str) -> None:
        """Refuse keys that are not known.

        Raises:
            BundleError: there is one.
        """
        for key in self._data:
            if key not in known:
                near = near_words(key, known, 1)
                remedy = f"Did you mean {near[0]}?" if near else f"It can hold {', '.join(known)}."
                raise self.error(key, f"“{clean(key[:60])}” is no key of {self._shown}.", remedy)

    @property
    def _shown(self) -> str:
        names = [str(part) for part in self.place if isinstance(part, str)]
        return f"[[{'.'.join(names)}]]" if names else "a bundle"

    def text(self, key: str, otherwise: str | None = None) -> str:
        """Return a clean text, not empty unless it may be left out."""
        value = self._data.get(key, otherwise)
        if value is None:
            raise self.error("", f"{self._shown} lacks {key}.", f'Add {key} = "...".')
        if not isinstance(value, str) or len(value) > LONGEST_TEXT or not (value.strip() or key not in self._data):
            raise self.error(key, f"{key} must be a text.", f'Write {key} = "...".')
        return clean(value.strip())

    def word(self, key: str) -> str:
        """Return a text that must be there."""
        return self.text(key)

    def number(self, key: str, otherwise: int) -> int:
        """Return a whole number from 0 to the largest quantity."""
        value = self._data.get(key, otherwise)
        if type(value) is not int or not 0 <= value <= LARGEST:
            raise self.error(key, f"{key} must be a whole number from 0 to {LARGEST}.", f"Write {key} = 1.")
        return value

    def one_of(self, key: str, known: Sequence[str], otherwise: str | None = None) -> str:
        """Return one of a few words."""
        value = self.text(key, otherwise)
        if value not in known:
            near = near_words(value, known, 1)
            remedy = f"Did you mean {near[0]}?" if near else f"It is one of {', '.join(known)}."
            raise self.error(key, f"{key} cannot be “{value[:60]}”.", remedy)
        return value

    def flag(self, key: str) -> bool:
        """Return true or false, which is what is missing."""
        value = self._data.get(key, False)
        if not isinstance(value, bool):
            raise self.error(key, f"{key} must be true or false.", f"Write {key} = true.")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; a lone text is a list of one."""
        value = self._data.get(key)
        if value is None:
            raise self.error("", f"{self._shown} lacks {key}.", f'Add {key} = ["..."].')
        found = [value] if isinstance(value, str) else value
        if not isinstance(found, list) or not found or not all(isinstance(item, str) for item in found):
            raise self.error(key, f"{key} must be a list of texts.", f'Write {key} = ["...", "..."].')
        return tuple(clean(item.strip()) for item in self._few(key, found))

    def _few(self, key: str, found: list[Any]) -> list[Any]:
        if len(found) > MOST_ITEMS:
            raise self.error(key, f"{key} has more than {MOST_ITEMS} items.", "Part the rule into several.")
        return found

    def text_rows(self, key: str) -> tuple[tuple[str, ...], ...]:
        """Return a list of lists of texts."""
        value = self._data.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(row, list) for row in value):
            raise self.error(
                key if key in self._data else "", f"{key} must be a list of rows.", f'Write {key} = [["a", "b"]].'
            )
        if not all(isinstance(cell, str) for row in self._few(key, value) for cell in row):
            raise self.error(key, f"The cells of {key} must be texts.", "Put them in quotes.")
        return tuple(tuple(clean(cell) for cell in row) for row in value)

    def mapping(self, key: str) -> dict[str, str | int]:
        """Return a table of texts or whole numbers."""
        value = self._data.get(key, {})
        if not isinstance(value, dict) or not all(type(item) in (str, int) for item in value.values()):
            raise self.error(key, f"{key} must be a table of texts or whole numbers.", f"Write {key} = {{ a = 1 }}.")
        return {clean(name): clean(item) if isinstance(item, str) else item for name, item in value.items()}

    def tables(self, key: str) -> list["TableReader"]:
        """Return the tables of a list of tables."""
        value = self._data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise self.error(key, f"{key} must be a list of tables.", f"Begin each with [[{key}]].")
        return [TableReader(row, (*self.place, key, number)) for number, row in enumerate(value)]
