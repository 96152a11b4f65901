"""JSON from outside, read key by key: whatever is wrong is told with its place, `lines[2].quantity: ...`."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NoReturn, TypeVar

from sfa.domain import currencies
from sfa.domain.figures import DEC6, PPM, shown
from sfa.domain.near import near_words
from sfa.domain.text import clean
from sfa.errors import UsageError

Choice = TypeVar("Choice", bound=StrEnum)
_PLAIN = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?", re.ASCII)
MOST_DIGITS, MOST_DECIMALS = 15, 15


def parse(data: bytes, source: str) -> object:
    """Read JSON; numbers keep all their digits.

    Args:
        data: UTF-8, with or without a byte order mark.
        source: what an error calls the text.

    Raises:
        UsageError: it is no JSON, or a key stands twice.
    """
    try:
        return json.loads(
            data.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_once
        )
    except UnicodeDecodeError as error:
        raise UsageError(f"{source} is no UTF-8 text (byte {error.start}).", hint="Save it as UTF-8.") from error
    except json.JSONDecodeError as error:
        message = f"{source}, line {error.lineno}, column {error.colno}: no JSON ({error.msg})."
        raise UsageError(message, hint="Correct that place and try again.") from error
    except RecursionError as error:
        raise UsageError(f"{source} is nested too deeply.") from error
    except ValueError as error:
        raise UsageError(f"{source}: {clean(str(error))}", hint="Correct it and try again.") from error


def _no_number(word: str) -> NoReturn:
    message = f"{word} is no number."
    raise ValueError(message)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        message = f"the key {shown(next(name for name in names if names.count(name) > 1))} stands twice in one object."
        raise ValueError(message)
    return found


@dataclass(frozen=True, slots=True)
class Node:
    """A JSON object and where it stands; `place` is empty for the whole text."""

    values: Mapping[str, object]
    place: str = ""

    def at(self, key: str) -> str:
        """Return the place of a key."""
        return f"{self.place}.{key}" if self.place else key

    def wrong(self, key: str, message: str, hint: str | None = None) -> UsageError:
        """Return the error for a key; the message says what is wrong with its value."""
        return UsageError(f"{self.at(key)}: {message}", hint=hint)

    def has(self, key: str) -> bool:
        """Tell whether a key has a value; null is none."""
        return self.values.get(key) is not None

    def only(self, *known: str) -> "Node":
        """Refuse keys that nothing reads, so that no typing error is lost; return the node.

        Raises:
            UsageError: there is one.
        """
        for key in self.values:
            if key not in known:
                near = near_words(key, known)
                hint = f"Did you mean {' or '.join(near)}?" if near else f"Known here: {', '.join(known)}."
                raise self.wrong(clean(key[:60]), "nothing here has that name.", hint)
        return self

    def exclusive(self, *keys: str) -> str:
        """Return which one of several keys is given.

        Raises:
            UsageError: none is, or two are.
        """
        given = [key for key in keys if self.has(key)]
        if len(given) != 1:
            words = " or ".join(keys)
            raise UsageError(f"{self.place or 'the text'}: give one of {words}, and only one.")
        return given[0]

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text, made inert; a whole number counts as one."""
        value = self._given(key, default)
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise self.wrong(key, "a text is needed.")
        return clean(str(value))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty where there is none."""
        found = self._list(key)
        for place, value in enumerate(found):
            if not isinstance(value, str):
                raise self.wrong(f"{key}[{place}]", "a text is needed.")
        return tuple(clean(str(value)) for value in found)

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return true or false."""
        value = self._given(key, default)
        if not isinstance(value, bool):
            raise self.wrong(key, "true or false is needed.")
        return value

    def choice(self, key: str, options: type[Choice], default: Choice | None = None) -> Choice:
        """Return one of the names of an enumeration, in small letters."""
        word = self.text(key, default.name.lower() if default else None)
        named = {option.name.lower(): option for option in options}
        if word not in named:
            raise self.wrong(key, f"there is no {shown(word)}.", f"Known: {', '.join(named)}.")
        return named[word]

    def day(self, key: str) -> date | None:
        """Return a date written 2026-03-31, None where there is none."""
        if not self.has(key):
            return None
        text = self.text(key)
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise self.wrong(key, f"{shown(text)} is no date; write it as 2026-03-31.") from error

    def currency(self, key: str, default: str | None = None) -> str:
        """Return a code of ISO 4217."""
        if not self.has(key) and default is None:
            raise self.wrong(key, "missing: name the currency by its code, such as EUR.")
        code = self.text(key, default)
        if not currencies.is_currency(code):
            raise self.wrong(key, f"there is no currency {shown(code)}; use a code of ISO 4217, such as EUR.")
        return code

    def number(self, key: str, default: int | None = None) -> Decimal:
        """Return a number, exactly: a JSON number or a text such as "1234.50", with a point and without groups."""
        value = self._given(key, default)
        if isinstance(value, Decimal):
            is_sane = value.is_zero() or abs(value.adjusted()) <= MOST_DIGITS + MOST_DECIMALS
            value = f"{value:f}" if is_sane else str(value)
        match = _PLAIN.fullmatch(str(value)) if not isinstance(value, bool) else None
        if match is None:
            raise self.wrong(key, f'{shown(str(value))} is no number; write it as "1234.50".')
        whole, decimals = match[2].lstrip("0"), (match[3] or "").rstrip("0")
        if len(whole) > MOST_DIGITS or len(decimals) > MOST_DECIMALS:
            raise self.wrong(key, f"{shown(str(value))} has too many digits.")
        return Decimal(f"{match[1]}{whole or '0'}.{decimals or '0'}")

    def whole(self, key: str, default: int | None = None) -> int:
        """Return a whole number."""
        return self._scaled(key, self.number(key, default), 1, "is no whole number")

    def dec6(self, key: str, default: int | None = None) -> int:
        """Return a number scaled by 10^6."""
        return self._scaled(key, self.number(key, default), DEC6, "has more than six decimals")

    def ppm(self, key: str, default: int | None = None) -> int:
        """Return a percentage, such as "7.5", in parts per million."""
        return self._scaled(key, self.number(key, default), PPM // 100, "is finer than a millionth")

    def minor(self, key: str, currency: str, default: int | None = None) -> int:
        """Return an amount of money in minor units."""
        unit = 10 ** currencies.exponent(currency)
        return self._scaled(key, self.number(key, default), unit, f"has more decimals than {currency} has")

    def _scaled(self, key: str, number: Decimal, unit: int, complaint: str) -> int:
        scaled = number * unit
        if scaled != scaled.to_integral_value():
            raise self.wrong(key, f"{shown(f'{number:f}')} {complaint}.")
        return int(scaled)

    def node(self, key: str) -> "Node":
        """Return an object within, an empty one where there is none."""
        value = self.values.get(key)
        return as_node({} if value is None else value, self.at(key))

    def nodes(self, key: str, short: str = "") -> Iterator["Node"]:
        """Yield the objects of a list, none where there is no list.

        Args:
            key: the list.
            short: the key that a bare value stands for, where it may be written instead of an object.
        """
        for place, value in enumerate(self._list(key)):
            whole = {short: value} if short and not isinstance(value, dict) else value
            yield as_node(whole, f"{self.at(key)}[{place}]")

    def _list(self, key: str) -> list[object]:
        value = self.values.get(key)
        if value is not None and not isinstance(value, list):
            raise self.wrong(key, "a list is needed, in square brackets.")
        return value or []

    def _given(self, key: str, default: object) -> object:
        value = self.values.get(key)
        if value is None and default is None:
            raise self.wrong(key, "missing.")
        return default if value is None else value


def as_node(value: object, place: str = "") -> Node:
    """Return a JSON value as an object.

    Raises:
        UsageError: it is something else.
    """
    if not isinstance(value, dict):
        raise UsageError(f"{place or 'The text'}: an object is needed, in curly brackets.")
    return Node(value, place)
