"""The rows of a case: each key is taken once, of the right kind, and none may be left."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from sfa.domain.figures import PPM
from sfa.domain.text import is_broken, shown
from sfa.errors import UsageError

E9 = 1_000_000_000
HINT = "The form of a case is described in docs/commission-simulate.md."


class Fields:
    """The keys of one row; each may be taken once, and none may be left."""

    def __init__(self, row: object, place: str) -> None:
        if not isinstance(row, Mapping):
            raise refused(place, "it is no object")
        self._row, self._place = dict(row), place

    def _take(self, key: str, default: Any, *, is_needed: bool) -> Any:  # noqa: ANN401 - whatever JSON holds
        value = self._row.pop(key, None)
        if value is None:
            if is_needed:
                raise refused(self._place, f"it lacks {key}")
            return default
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """Take a text."""
        value = self._take(key, default, is_needed=default is None)
        if not isinstance(value, str):
            raise refused(self._place, f"{key} is {shown(value)}, no text")
        if is_broken(value):
            raise refused(self._place, f"{key} is {shown(value)}, which has half a character")
        return value

    def whole(self, key: str, default: int | None = None) -> int:
        """Take a whole number."""
        value = self._take(key, default, is_needed=default is None)
        if type(value) is not int:
            raise refused(self._place, f"{key} is {shown(value)}, no whole number")
        return value

    def size(self, key: str, default: int = 0) -> int:
        """Take a whole number that is not negative."""
        value = self.whole(key, default)
        if value < 0:
            raise refused(self._place, f"{key} is {value}, and must not be negative")
        return value

    def share(self, key: str) -> int:
        """Take a share in ppm; all of it where it is absent."""
        value = self.size(key, PPM)
        if value > PPM:
            raise refused(self._place, f"{key} is {value}, and at most {PPM}")
        return value

    def maybe(self, key: str) -> int | None:
        """Take a whole number that may be absent."""
        return None if self._row.get(key) is None else self.whole(key)

    def flag(self, key: str) -> bool:
        """Take true or false; false where it is absent."""
        value = self._take(key, default=False, is_needed=False)
        if not isinstance(value, bool):
            raise refused(self._place, f"{key} is neither true nor false")
        return value

    def day(self, key: str, default: date | None = None, *, first: date = date.min, last: date = date.max) -> date:
        """Take a day, `2026-01-31`, from the first that may be to the last."""
        value = self._take(key, default, is_needed=default is None)
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value)
            if first <= day <= last:
                return day
            raise refused(self._place, f"{key} is {day}, which is too far away")
        except (TypeError, ValueError):
            raise refused(self._place, f"{key} is {shown(value)}, no day as 2026-01-31") from None

    def moment(self, key: str) -> str:
        """Take a day or a time, `2026-01-31T10:00:00Z`, and return it in UTC; "" where it is absent."""
        value = self.text(key, "")
        if not value:
            return ""
        try:
            if len(value) == len("2026-01-31"):
                return date.fromisoformat(value).isoformat()
            at = datetime.fromisoformat(value)
        except ValueError:
            raise refused(self._place, f"{key} is {shown(value)}, no time as 2026-01-31T10:00:00Z") from None
        return at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC).isoformat().replace("+00:00", "Z")

    def scaled(self, key: str, scale: int, default: int) -> int:
        """Take a decimal number, as a number or a text, and return it scaled."""
        value = self._take(key, None, is_needed=False)
        if value is None:
            return default
        try:
            sized = Decimal(str(value)) * scale
        except InvalidOperation:
            raise refused(self._place, f"{key} is {shown(value)}, no number") from None
        if not sized.is_finite() or sized != sized.to_integral_value():
            raise refused(self._place, f"{key} is {shown(value)}, which is too long")
        return int(sized)

    def one_of(self, key: str, kind: Callable[[str], Any], choices: Iterable[str], default: str | None = None) -> Any:  # noqa: ANN401 - of that kind
        """Take one of several words."""
        value = self.text(key, default)
        if value not in set(choices):
            raise refused(self._place, f"{key} is {shown(value)}, none of {', '.join(choices)}")
        return kind(value)

    def rows(self, key: str) -> object:
        """Take what holds rows; nothing where it is absent."""
        return self._take(key, [], is_needed=False)

    def table(self, key: str) -> dict[str, str]:
        """Take a table of texts."""
        value = self._take(key, {}, is_needed=False)
        if not isinstance(value, Mapping):
            raise refused(self._place, f"{key} is no object")
        cells = Fields({name: str(cell) for name, cell in value.items()}, f"{self._place}, {key}")
        return {name: cells.text(name) for name in value}

    def done(self) -> None:
        """Refuse what was not asked for."""
        if self._row:
            raise refused(self._place, f"{shown(next(iter(self._row)))} is no part of it")


def refused(place: str, why: str) -> UsageError:
    """Return the error that names the part of the case, and what is at fault."""
    return UsageError(f"The case cannot be read: {place}: {why}.", hint=HINT)
