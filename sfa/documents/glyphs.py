"""Which characters the fonts at hand have, so that a missing one is told and not printed as a box."""

import struct
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from sfa.documents.texts import View

SHIPPED: Final = Path(__file__).with_name("fonts")
SUFFIXES: Final = (".ttf", ".otf", ".ttc", ".otc")
_NEEDS_NO_GLYPH: Final = frozenset(" \n\t\u00a0\ufe0e\ufe0f")
_PAST_ALL: Final = 0x110000
_SEGMENTS, _GROUPS = 4, 12
_LAST_OF_FIRST_PLANE: Final = 0xFFFF
_NOT_PRINTED: Final = frozenset(("language", "page_size", "kind", "words", "logo"))

Ranges = tuple[tuple[int, int], ...]


def font_files(own: Path | None) -> tuple[Path, ...]:
    """Return the shipped fonts, then those of the company's folder of fonts."""
    places = [SHIPPED, own] if own else [SHIPPED]
    return tuple(path for place in places for path in sorted(place.iterdir()) if path.suffix.lower() in SUFFIXES)


def missing(view: View, files: Iterable[Path]) -> dict[str, str]:
    """Return the characters that no font has, each with where it stands first: `line 3, description`.

    The small fonts are asked first: those of many thousand characters are read only for what the others lack.
    """
    lacking: dict[str, str] = {}
    for place, text in _texts(view, ""):
        for sign in text:
            lacking.setdefault(sign, place)
    lacking = {sign: place for sign, place in lacking.items() if sign not in _NEEDS_NO_GLYPH}
    for path in sorted(files, key=lambda path: path.stat().st_size):
        if lacking:
            ranges = coverage(path, path.stat().st_mtime_ns)
            lacking = {sign: place for sign, place in lacking.items() if not _is_covered(ord(sign), ranges)}
    return lacking


def _is_covered(code: int, ranges: Ranges) -> bool:
    at = bisect_right(ranges, (code, _PAST_ALL)) - 1
    return at >= 0 and ranges[at][1] >= code


def _texts(value: object, place: str) -> Iterator[tuple[str, str]]:
    """Yield each text with its place in words; fills and colours of templates are no texts."""
    if isinstance(value, str):
        yield place or "text", value
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in _NOT_PRINTED:
                yield from _texts(part, f"{place}, {key}" if place else key)
    elif isinstance(value, list):
        for part in value:
            number = part.get("position") if isinstance(part, dict) else ""
            yield from _texts(part, f"line {number}" if number else place)


@lru_cache(maxsize=64)
def coverage(path: Path, changed: int) -> Ranges:  # noqa: ARG001 - a changed file is read anew
    """Return the ranges of code points that a font file has glyphs for; none where it cannot be read."""
    try:
        data = path.read_bytes()
        start = struct.unpack_from(">I", data, 12)[0] if data[:4] == b"ttcf" else 0
        return _merged(_cmap_ranges(data, start))
    except (OSError, struct.error, IndexError):
        return ()


def _merged(ranges: Iterable[tuple[int, int]]) -> Ranges:
    merged: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def _cmap_ranges(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    """Return the ranges of a font's table of characters, in format 12 or 4, which Unicode fonts have."""
    (count,) = struct.unpack_from(">H", data, start + 4)
    for at in range(start + 12, start + 12 + 16 * count, 16):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, at)
        if tag != b"cmap":
            continue
        (tables,) = struct.unpack_from(">H", data, offset + 2)
        starts = [offset + struct.unpack_from(">I", data, offset + 8 + 8 * index)[0] for index in range(tables)]
        forms = {struct.unpack_from(">H", data, where)[0]: where for where in starts}
        for form in (_GROUPS, _SEGMENTS):  # the first has all that the second has, and more
            if form in forms:
                return _subtable(data, forms[form])
    return iter(())


def _subtable(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    (form,) = struct.unpack_from(">H", data, at)
    if form == _GROUPS:
        (count,) = struct.unpack_from(">I", data, at + 12)
        for first, last, _ in struct.iter_unpack(">III", data[at + 16 : at + 16 + 12 * count]):
            yield first, last
    elif form == _SEGMENTS:
        double = struct.unpack_from(">H", data, at + 6)[0]
        lasts = struct.unpack_from(f">{double // 2}H", data, at + 14)
        firsts = struct.unpack_from(f">{double // 2}H", data, at + 16 + double)
        for first, last in zip(firsts, lasts, strict=True):
            if first < _LAST_OF_FIRST_PLANE:
                yield first, last
