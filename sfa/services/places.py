"""Where places are, without a network: given coordinates, or the towns of the world by name (GeoNames, CC BY 4.0)."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sfa.domain.money import DEC6
from sfa.domain.routing.earth import Point, read_point
from sfa.domain.routing.names import beginnings, place_key, spellings
from sfa.errors import NotFoundError
from sfa.services.postcodes import Postcodes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from sfa.services.desk import Desk

CITIES: Final = Path(__file__).with_name("cities.gz")
HOME_WEIGHT: Final = 20
"""A town of the rep's own country is meant before a namesake abroad, unless that one is so many times as big."""

KNOWN_ABROAD: Final = 100_000
"""Inhabitants from which the name of a town alone is enough in the place of an appointment."""

LEAST_FOR_A_PART: Final = 50_000
"""Inhabitants from which a name is read as a town with more words behind it: `Frankfurt am Main Ost`."""

MANY: Final = 20


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that was found.

    Attributes:
        is_exact: coordinates were given; otherwise it is the middle of a town.
    """

    point: Point
    name: str
    is_exact: bool = False


@dataclass(frozen=True, slots=True)
class Town:
    """A town of the table: ISO 3166 country, state of the USA or nothing, inhabitants."""

    country: str
    state: str
    point: Point
    inhabitants: int


class Places:
    """The towns of the world with 2,000 and more inhabitants, read when they are first asked for.

    Args:
        home: ISO 3166 code of the country whose towns are meant where none is named.
        postcodes: where postcodes are, as far as the user has files of them.
    """

    def __init__(self, home: str, postcodes: Postcodes | None = None) -> None:
        self._home = home
        self._postcodes = postcodes
        self._asked = 0
        self._by_key: dict[bytes, list[bytes]] | None = None
        self._found: dict[tuple[str, str, str], Town | None] = {}

    def spot(self, text: str, *, country: str = "", least_abroad: int = 0) -> Spot | None:
        """Return the place that a text means: `45.76,4.84`, a town, `Town, State`, an address with its parts by commas.

        Args:
            text: as typed.
            country: where it is, unless the text names one.
            least_abroad: inhabitants that a town must have where no country is known and it is not in the own one.
        """
        if given := _given(text):
            return Spot(given, text.strip(), is_exact=True)
        parts = [part.strip() for part in text.split(",") if part.strip()]
        found = self._with_area(parts)
        for part in reversed(parts) if not found else ():
            found = self.town(part, country)
            if found:
                break
        if found is None or (not country and found.country != self._home and found.inhabitants < least_abroad):
            return None
        return Spot(found.point, text.strip())

    def of_address(self, row: Mapping[str, Any]) -> Spot | None:
        """Return the place of an address: of its coordinates, else of its postcode, else of its town."""
        if row["latitude_dec6"] is not None:
            point = Point(row["latitude_dec6"] / DEC6, row["longitude_dec6"] / DEC6)
            return Spot(point, row["city"] or f"{point.latitude:g},{point.longitude:g}", is_exact=True)
        if coded := self._coded(row):
            return coded
        found = self.town(row["city"], row["country"] or "", row["region"] or "") if row["city"] else None
        return Spot(found.point, row["city"]) if found else None

    def _coded(self, row: Mapping[str, Any]) -> Spot | None:
        """Return the place of a postcode, in the own country where the address names none."""
        if not row["postal_code"] or self._postcodes is None or not self._postcodes.is_there:
            return None
        country = self.country(row["country"]) if row["country"] else self._home
        point = self._postcodes.point(country, row["postal_code"])
        return Spot(point, f"{row['postal_code']} {row['city'] or ''}".strip()) if point else None

    def need(self, text: str, hint: str) -> Spot:
        """Return the place that a text means.

        Raises:
            NotFoundError: it is not known.
        """
        found = self.spot(text)
        if found is None:
            raise NotFoundError(f"The place “{text}” is not known.", hint=hint)
        return found

    def _with_area(self, parts: list[str]) -> Town | None:
        """Read the last part as a state or a country, as the bigger town has it: `Milan, IL` or `Haifa, IL`."""
        if len(parts) <= 1:
            return None
        *front, area = parts
        country, state = self.country(area), self._code(b"~", area)
        region = front[-1] if len(front) > 1 else ""
        found = [self.town(part, country, region) for part in reversed(front)] if country else []
        if state:
            found += [self.town(part, "US", area) for part in reversed(front)]
        return max(filter(None, found), key=lambda town: town.inhabitants, default=None)

    def country(self, text: str) -> str:
        """Return the ISO 3166 code of a country's name or code, or nothing."""
        return self._code(b"=", text)

    def town(self, name: str, country: str = "", region: str = "") -> Town | None:
        """Return the town of a name: in a country and a state of the USA where they are named; of namesakes the biggest.

        A country that is named but not known finds nothing.
        """
        asked = (name, country, region)
        if asked not in self._found:
            self._found[asked] = self._town(*asked)
        return self._found[asked]

    def _town(self, name: str, country: str, region: str) -> Town | None:
        code = self.country(country) if country else ""
        if country and not code:
            return None
        state = self._code(b"~", region) if region else ""
        for key in spellings(name):
            if found := self._best(key, code, state):
                return found
        longer = (self._best(key, code, state) for key in beginnings(name))
        return next((found for found in longer if found and found.inhabitants >= LEAST_FOR_A_PART), None)

    def _best(self, key: str, country: str, state: str) -> Town | None:
        found = [_town_of(line) for line in self._lines(key.encode()) if not key.startswith(("=", "~"))]
        found = [town for town in found if not country or town.country == country]
        if state and country in ("US", ""):
            found = [town for town in found if town.state == state] or found
        return max(found, key=self._weight, default=None)

    def _weight(self, town: Town) -> int:
        return town.inhabitants * (HOME_WEIGHT if town.country == self._home else 1)

    def _code(self, sign: bytes, name: str) -> str:
        line = next(self._lines(sign + place_key(name).encode()), b"")
        return line.rpartition(b"\t")[2].decode()

    def _lines(self, key: bytes) -> Iterator[bytes]:
        """Yield the lines of a key: a few by looking through the text, many by an index of it."""
        self._asked += 1
        if self._by_key is None and self._asked > MANY:
            self._by_key = {}
            for line in _text().split(b"\n"):
                self._by_key.setdefault(line.partition(b"\t")[0], []).append(line)
        if self._by_key is not None:
            yield from self._by_key.get(key, ())
            return
        text, wanted = _text(), b"\n" + key + b"\t"
        at = text.find(wanted)
        while at >= 0:
            end = text.index(b"\n", at + 1)
            yield text[at + 1 : end]
            at = text.find(wanted, end)


def _given(text: str) -> Point | None:
    try:
        return read_point(text)
    except ValueError:
        return None


def places_of(desk: Desk) -> Places:
    """Return the places of a desk: its country, and the postcodes that its workspace has."""
    return Places(desk.config.text("workspace.country"), Postcodes(desk.store.workspace.folder / "postcodes"))


@lru_cache(maxsize=1)
def _text() -> bytes:
    return gzip.decompress(CITIES.read_bytes())


def _town_of(line: bytes) -> Town:
    _, country, state, north, east, inhabitants = line.decode().split("\t")
    return Town(country, state, Point(float(north), float(east)), int(inhabitants))
