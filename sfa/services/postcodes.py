"""Where postcodes are: files of GeoNames (`DE.txt`, `GB.txt`...) that a user put into the workspace's folder `postcodes`."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sfa.domain.routing.earth import Point

if TYPE_CHECKING:
    from pathlib import Path

NORTH: Final = 9
EAST: Final = 10
LONGEST_BYTES: Final = 64 * 1024 * 1024


class Postcodes:
    """Coordinates of postcodes, a file for each country: country, postcode, place..., latitude, longitude by tabs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.is_there = folder.is_dir()

    def point(self, country: str, code: str) -> Point | None:
        """Return where a postcode is; of `SW1A 2AA` the outward part where the whole is not known."""
        wanted = " ".join(code.upper().split())
        text = _text(self._folder / f"{country}.txt") if country and wanted else b""
        for part in dict.fromkeys((wanted, wanted.partition(" ")[0], wanted.partition("-")[0])):
            at = text.find(f"\n{country}\t{part}\t".encode())
            if at >= 0:
                return _point(text[at + 1 : text.find(b"\n", at + 1)].decode("utf-8", "replace"))
        return None


@lru_cache(maxsize=4)
def _text(path: Path) -> bytes:
    """Return a file with an end to each line; nothing where there is none."""
    if not path.is_file() or path.stat().st_size > LONGEST_BYTES:
        return b""
    return b"\n" + path.read_bytes().replace(b"\r\n", b"\n") + b"\n"


def _point(line: str) -> Point | None:
    cells = line.split("\t")
    try:
        return Point(float(cells[NORTH]), float(cells[EAST]))
    except (IndexError, ValueError):
        return None
