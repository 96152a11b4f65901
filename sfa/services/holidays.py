"""Public holidays of the countries that a calendar shows."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sfa.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

LANGUAGE: Final = "en_US"
YEARS_KEPT: Final = 64


def public_holidays(countries: Sequence[str], first: date, after: date) -> dict[date, str]:
    """Return the names of public holidays on the days [first, after), by day.

    Where several countries are shown, the country stands in front of a name that not all of them share.

    Args:
        countries: ISO codes, with a part of the country or without: `DE-BY`, `US`.
        first: the first day.
        after: the day after the last one.

    Raises:
        UsageError: a code is none, or the country has no such part.
    """
    found: dict[date, dict[str, list[str]]] = {}
    for code in countries:
        for year in range(first.year, after.year + 1):
            for day, name in _of_year(code, year):
                if first <= day < after:
                    found.setdefault(day, {}).setdefault(name, []).append(code)
    return {day: ", ".join(_named(name, codes, countries) for name, codes in found[day].items()) for day in found}


def _named(name: str, codes: Sequence[str], countries: Sequence[str]) -> str:
    return name if len(codes) == len(countries) else f"{'/'.join(code[:2] for code in codes)}: {name}"


@lru_cache(YEARS_KEPT)
def _of_year(code: str, year: int) -> tuple[tuple[date, str], ...]:
    import holidays  # noqa: PLC0415 - costs 0.1 s, and only those pay who show holidays

    country, _, part = code.partition("-")
    try:
        own = holidays.country_holidays(country, subdiv=part or None, years=year, language=LANGUAGE)
    except (NotImplementedError, KeyError, AttributeError) as error:
        raise UsageError(
            f"“{code}” is no country with holidays that are known.",
            hint="Write calendar.holidays as codes, with a part of the country or without: DE-BY, US.",
        ) from error
    return tuple(own.items())
