"""Phones, mail addresses and postal addresses of a card, as rows of the book."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final
from urllib.parse import unquote

from sfa.domain.text import clean
from sfa.exchange.content_lines import Line, Parameters, escaped, split_value, write_line
from sfa.services.identity import folded_email

LONGEST: Final = {"number": 80, "address": 320, "street": 500, "postal_code": 40}
LONGEST_PLACE: Final = 200
_TEL_KINDS: Final = (("FAX", "fax"), ("CELL", "mobile"), ("MAIN", "main"), ("HOME", "home"), ("WORK", "work"))
_PLAIN: Final = frozenset({"TYPE", "PREF"})
_PLAIN_TYPES: Final = frozenset({"HOME", "WORK", "CELL", "FAX", "VOICE", "PREF", "INTERNET", "MAIN", "OTHER"})
_ADR: Final = ("pobox", "extended", "street", "city", "region", "postal_code", "country")
_EXTENSION: Final = re.compile(r";ext=", re.IGNORECASE)


def types_of(line: Line) -> set[str]:
    """Return the types of a property, in capitals."""
    return {value.strip().upper() for value in line.parameters.get("TYPE", ())}


def is_preferred(line: Line) -> bool:
    """Tell whether it is the one to use first."""
    return "PREF" in types_of(line) or line.first("PREF") == "1"


def says_more(line: Line) -> bool:
    """Tell whether a row of the book cannot hold all that a property says: labels, rare types, other parameters."""
    types = types_of(line)
    is_twofold = len(types & {"HOME", "WORK", "CELL", "FAX", "MAIN"}) > 1
    return bool(line.group or line.parameters.keys() - _PLAIN or types - _PLAIN_TYPES or is_twofold)


def read_phone(line: Line) -> dict[str, Any] | None:
    """Return the columns of `phone`; None where there is no number, or none that fits."""
    text = line.value.strip() if line.value.lower().startswith("tel:") else line.text
    if text.lower().startswith("tel:"):
        text = unquote(_EXTENSION.sub(" ext. ", text[4:]))
    number = " ".join(clean(text).split())
    if not number or len(number) > LONGEST["number"]:
        return None
    types = types_of(line)
    return {"kind": next((kind for word, kind in _TEL_KINDS if word in types), "other"), "number": number}


def read_email(line: Line) -> dict[str, Any] | None:
    """Return the columns of `email`; None where there is no address, or none that fits."""
    address = "".join(clean(line.text).split()).removeprefix("mailto:")
    if not address or len(address) > LONGEST["address"]:
        return None
    return {"kind": _place_kind(line), "address": address, "folded": folded_email(address)}


def read_address(line: Line) -> dict[str, Any] | None:
    """Return the columns of `address`; None where all of it is empty."""
    texts = [" ".join(clean(part.replace("\n", ", ")).split()) for part in split_value(line.value, ";")]
    parts = dict(zip(_ADR, texts, strict=False))
    before = [parts.pop(name, "") for name in ("pobox", "extended")]
    parts["street"] = ", ".join(filter(None, (*before, parts.get("street", ""))))
    row = {name: text[: LONGEST.get(name, LONGEST_PLACE)] or None for name, text in parts.items() if name in _ADR[2:]}
    if not any(row.values()):
        return None
    return {"kind": _place_kind(line), **{name: row.get(name) for name in _ADR[2:]}}


def _place_kind(line: Line) -> str:
    types = types_of(line)
    return "home" if "HOME" in types else "work" if "WORK" in types else "other"


READERS: Final = {"TEL": read_phone, "EMAIL": read_email, "ADR": read_address}
TABLES: Final = {"TEL": "phone", "EMAIL": "email", "ADR": "address"}


def key_of(name: str, row: dict[str, Any]) -> tuple[object, ...]:
    """Return what tells two rows apart."""
    if name == "TEL":
        return (re.sub(r"[^\d+a-z]", "", row["number"].lower()) or row["number"],)
    if name == "EMAIL":
        return (row["folded"],)
    return tuple((row[column] or "").casefold() for column in _ADR[2:])


def read_rows(lines: Iterable[Line], name: str) -> list[dict[str, Any]]:
    """Return the rows of TEL, EMAIL or ADR properties, each value once, the preferred one first."""
    found: dict[tuple[object, ...], dict[str, Any]] = {}
    chosen = [line for line in lines if line.name == name]
    for line in sorted(chosen, key=lambda line: not is_preferred(line)):
        row = READERS[name](line)
        if row is not None:
            found.setdefault(key_of(name, row), row)
    rows = list(found.values())
    if name != "ADR":
        for at, row in enumerate(rows):
            row["is_primary"] = int(at == 0)
    return rows


def write_rows(name: str, rows: Sequence[dict[str, Any]], kept: Iterable[Line], preferred: Parameters) -> list[str]:
    """Return TEL, EMAIL or ADR properties; what a file said more of a value that is still there is said again.

    Args:
        name: TEL, EMAIL or ADR.
        rows: of the book, the primary one first.
        kept: the properties of a file.
        preferred: how a version of vCard says which of several comes first.
    """
    before: dict[tuple[object, ...], Line] = {}
    for line in kept:
        row = READERS[name](line) if line.name == name else None
        if row is not None:
            before.setdefault(key_of(name, row), line)
    lines = []
    for row in rows:
        told = before.get(key_of(name, row))
        if told is not None:
            lines.append(write_line(told.name, told.value, told.parameters, told.group))
        else:
            first = preferred if row.get("is_primary") and len(rows) > 1 else {}
            lines.append(write_line(name, _value(name, row), _parameters(row, first)))
    return lines


def _parameters(row: dict[str, Any], preferred: Parameters) -> Parameters:
    words = {"mobile": ["CELL"], "fax": ["FAX"], "main": ["MAIN"], "home": ["HOME"], "work": ["WORK"]}
    types = [*words.get(row["kind"], []), *preferred.get("TYPE", [])]
    return {**({"TYPE": types} if types else {}), **{key: value for key, value in preferred.items() if key != "TYPE"}}


def _value(name: str, row: dict[str, Any]) -> str:
    if name == "TEL":
        return escaped(row["number"])
    if name == "EMAIL":
        return escaped(row["address"])
    return ";".join(escaped(row.get(column) or "") for column in _ADR)
