"""Why a customer has its value: each indicator as it is, its score and weight, and what would tell the missing ones."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from db.queries.records import record
from sfa.domain.currencies import exponent
from sfa.domain.filters import Comparison
from sfa.domain.sentences import Sentence
from sfa.domain.value import scoring
from sfa.domain.value.scoring import INDICATORS, Score
from sfa.errors import ConflictError
from sfa.services.desk import Desk
from sfa.services.report_costs import services
from sfa.services.report_groups import days_within
from sfa.services.report_request import Request
from sfa.services.report_shelf import PLACES, Book, book, rounded, told_report
from sfa.services.report_table import Column, Report, Row, all_of
from sfa.services.report_value import SEGMENT, limit_of, measured, recorded, scored, sides

COLUMNS: Final[tuple[Column, ...]] = (
    ("indicator", "Indicator", "text"), ("is", "Is", "text"), ("score", "Score", "number"),
    ("weight", "Weight", "integer"), ("dimension", "Of", "text"), ("from", "From", "text"),
)  # fmt: skip
DIMENSIONS: Final = {"V": "contribution", "L": "loyalty", "G": "growth", "S": "strength"}
_FROM: Final[Mapping[str, tuple[str, str]]] = {
    "volume": ("invoice", "invoices, else orders"),
    "price": ("order", "list price, rebate, freight"),
    "wallet": ("account", "category spend"),
    "service_cost": ("activity", "rates, freight, commission"),
    "cycle": ("order", "two orders in the window"),
    "influence": ("account", "influence, 1 to 5"),
    "extra_cost": ("order", "extra cost of orders"),
    "years": ("order", "its first order"),
    "competitor_relation": ("account", "competitor relation 1 to 5"),
    "credit": ("invoice", "due days and payments"),
    "repeat": ("order", "orders in the window"),
    "referral": ("account", "referrer of others, margin"),
    "switching_effort": ("account", "switching effort, 1 to 5"),
    "regions": ("account", "operates in, territories"),
    "growth": ("order", "orders in the year before"),
    "size": ("account", "employees, else revenue"),
    "payment": ("account", "credit limit or rating"),
    "management_level": ("account", "management level, 1 to 5"),
}
"""What lists the records behind an indicator, and what it comes from."""
_OF_ALL_DAYS: Final = ("years", "growth")
_AMOUNTS: Final = ("volume", "referral")
_OTHERS: Final[Mapping[str, Callable[[float], str]]] = {
    "cycle": "{:,.0f} days".format,
    "years": "{:.1f} years".format,
    "size": lambda value: f"{10**value:,.0f} people",
}


def why(desk: Desk, asked: Request, account_id: str) -> Report:
    """Return the indicators of a customer, those that are not known last.

    Raises:
        ConflictError: it never bought.
    """
    shelf = book(desk, asked)
    bought = shelf.windows()
    row = record(desk.store, "account", account_id) or {}
    if account_id not in bought.ever:
        raise ConflictError(f"{row.get('name')} has not bought yet.", hint="A value follows from purchases.")
    values = measured(shelf, bought, services(shelf))
    found = scored(shelf, bought, values, next(iter(asked.by), SEGMENT))[account_id]
    rows: list[Row] = [
        {
            "indicator": item.title,
            "is": _shown(shelf, item.name, values[item.name][account_id]) if item.name in found.parts else None,
            "score": rounded(found.parts.get(item.name)),
            "weight": item.weight,
            "dimension": DIMENSIONS[item.dimension],
            "from": _FROM[item.name][1],
            **_opens(shelf, item.name, account_id),
        }
        for item in INDICATORS
    ]
    rows.sort(key=lambda one: one["score"] is None)
    return told_report(shelf, COLUMNS, rows, "score", *_notes(desk, found, row))


def _shown(shelf: Book, name: str, value: float) -> str:
    if name in _AMOUNTS:
        return str(shelf.money(round(value * 10 ** exponent(shelf.currency))))
    if next(item.is_rating for item in INDICATORS if item.name == name):
        return f"{value:.0f} of 5"
    return _OTHERS.get(name, "{:.1%}".format)(value)


def _opens(shelf: Book, name: str, account_id: str) -> Row:
    """Return what lists the records behind an indicator: the account itself, those it referred, or what the window holds."""
    noun, ref = _FROM[name][0], shelf.names[account_id][2]
    if noun == "order":
        (found,) = shelf.rows({account_id: {}}, is_windowed=name not in _OF_ALL_DAYS)
        return {"opens": found["opens"], "where": found["where"]}
    day = {"invoice": "issued", "activity": "started"}.get(noun)
    within = days_within(day, shelf.start, shelf.last) if day else None
    field = "account" if day else "referrer" if name == "referral" else "ref"
    parts = [Comparison(field, "=", (ref,)), *([within] if within else [])]
    return {"opens": noun, "where": all_of(parts)}


def _notes(desk: Desk, found: Score, row: Mapping[str, Any]) -> list[Sentence]:
    """Return how the scores make the axes, the class with what to do, and whence the estimate is."""
    name, treatment = scoring.quadrant(*sides(found, recorded(desk).get(row["id"]), limit_of(desk)))
    parts = {dimension: f"{score:.1f}" for dimension, score in found.dimensions.items()}
    axes = {
        axis: "-" if score is None else f"{score:.1f}"
        for axis, score in (("value", found.value), ("loyalty", found.loyalty))
    }
    said = {"name": row["name"], "class": name, "known": f"{round(found.confidence, PLACES):.0%}", **axes}
    sums = {letter: parts.get(letter, "-") for letter in DIMENSIONS}
    notes = [
        Sentence("{name}: {class}, {known} known; {treatment}.", {**said, "treatment": treatment}),
        Sentence(
            "Value {value}: contribution {V} (0.6), growth {G} (0.2), strength {S} (0.2); loyalty {loyalty}.",
            said | sums,
        ),
    ]
    if row["category_spend_minor"] is not None:
        when = {"day": row["spend_as_of"] or "-", "source": row["spend_source"] or "-"}
        notes.append(Sentence("Yearly spend estimated {day}, by {source}.", when))
    return notes
