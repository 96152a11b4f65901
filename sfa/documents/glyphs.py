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
_NEEDS_NO_GLYPH: Final = frozenset(" \n\t\u00a0")
_SEGMENTS, _GROUPS = 4, 12
_LAST_OF_FIRST_PLANE: Final = 0xFFFF
_NOT_PRINTED: Final = frozenset(("language", "page_size", "kind", "words", "logo"))

Ranges = tuple[tuple[int, int], ...]


def font_files(folder: Path | None) -> tuple[Path, ...]:
    """Return the shipped fonts, then those in the folder `fonts` beside the templates."""
    own = folder / "fonts" if folder else None
    places = [SHIPPED, own] if own and own.is_dir() else [SHIPPED]
    return tuple(path for place in places for path in sorted(place.iterdir()) if path.suffix.lower() in SUFFIXES)


def missing(view: View, files: Iterable[Path]) -> dict[str, str]:
    """Return the characters that no font has, each with where it stands first: `line 3, description`."""
    ranges = tuple(coverage(path, path.stat().st_mtime_ns) for path in files)
    seen: dict[str, str] = {}
    for place, text in _texts(view, ""):
        for sign in text:
            if sign not in seen:
                seen[sign] = "" if sign in _NEEDS_NO_GLYPH or _is_covered(ord(sign), ranges) else place
    return {sign: place for sign, place in seen.items() if place}


def _is_covered(code: int, fonts: tuple[Ranges, ...]) -> bool:
    for ranges in fonts:
        at = bisect_right(ranges, (code, 0x110000)) - 1
        if at >= 0 and ranges[at][1] >= code:
            return True
    return False


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
    """Yield the ranges of a font's tables of characters, in the formats 4 and 12 that Unicode fonts have."""
    (count,) = struct.unpack_from(">H", data, start + 4)
    for at in range(start + 12, start + 12 + 16 * count, 16):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, at)
        if tag != b"cmap":
            continue
        (tables,) = struct.unpack_from(">H", data, offset + 2)
        for index in range(tables):
            (where,) = struct.unpack_from(">I", data, offset + 8 + 8 * index)
            yield from _subtable(data, offset + where)


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
