"""What the chart of a report shows: for the screen and the page alike."""

from collections import Counter
from typing import Any

from sfa.domain.money import Money
from sfa.services.report_table import Report, Row

THOUSAND = 1000
NOWHERE = "(none)"


def charted(found: Report, most: int) -> list[Row]:
    """Return the first rows that have a bar: in the currency of most of them, for a scale is of one currency."""
    sized = [row for row in found.rows if size_of(row.get(found.measure)) is not None]
    codes = Counter(_code(row[found.measure]) for row in sized)
    return [row for row in sized if _code(row[found.measure]) == codes.most_common(1)[0][0]][:most] if found.by else []


def _code(value: object) -> str:
    return value.currency if isinstance(value, Money) else ""


def label_of(found: Report, row: Row) -> str:
    """Return what a row is called: its groups, joined by dots."""
    return " · ".join(str(row[name] if row.get(name) is not None else NOWHERE) for name in found.by)


def size_of(value: Any) -> int | None:  # noqa: ANN401 - whatever a report holds
    """Return how long the bar of a value is, in minor units or thousandths; None where it has none."""
    if isinstance(value, Money):
        return value.amount_minor
    return int(value * THOUSAND) if isinstance(value, int | float) else None
