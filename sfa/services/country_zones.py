"""The time zones of a country, by its name or code, from the tables of tzdata; light, for the fast door."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo

_OTHER_NAMES = {
    "great britain": "GB", "united kingdom": "GB", "uk": "GB", "england": "GB", "usa": "US", "united states of america": "US",
    "deutschland": "DE", "österreich": "AT", "schweiz": "CH", "españa": "ES", "italia": "IT", "中国": "CN", "日本": "JP",
    "south korea": "KR", "korea": "KR",
}  # fmt: skip
"""What people write beside the table's own names."""


def zones_of(country: str | None) -> list[ZoneInfo]:
    """Return the zones of a country, the table's first first; none where no country is called so."""
    wanted = (country or "").strip().casefold()
    if not wanted:
        return []
    code = _OTHER_NAMES.get(wanted) or next(
        (code for code, name in _rows("iso3166.tab") if wanted in (code.casefold(), name.casefold())), None
    )
    return [ZoneInfo(name) for one, _, name, *_ in _rows("zone.tab") if one == code]


def zone_called(name: str) -> ZoneInfo | None:
    """Return a zone by its name, None where this machine knows none of that name."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


@cache
def _rows(table: str) -> list[list[str]]:
    found = find_spec("tzdata.zoneinfo")
    if found is None or found.origin is None:
        return []
    text = Path(found.origin).with_name(table).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
