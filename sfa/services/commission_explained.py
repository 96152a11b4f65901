"""The explanation of a line for people: facts with their units, and the sum as one reads it aloud."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from sfa.domain.commission.sums import evaluate, rounded
from sfa.domain.figures import PPM, from_dec6
from sfa.domain.money import Money

HIDDEN: Final = frozenset(
    {"sum", "kind", "sentence", "label", "currency", "event_currency", "event", "date", "plan", "plan_version", "of"}
    | {"counted_in", "is_open"}
)
E9: Final = 1_000_000_000
COUNTED: Final = {"days": "days", "full_months": "months", "working_days": "working days"}
JOINTS: Final = {"sum": " + ", "minus": " − ", "product": " × ", "over": " / "}
NAMES: Final = {
    "share_ppm": "Your share",
    "fx_e9": "Rate of exchange",
    "commission_credit_minor": "Credited",
    "quota_credit_minor": "Counts to the quota",
    "before_minor": "Reached before",
    "after_minor": "Reached after",
    "gate": "Waits for",
    "gate_ppm": "To reach of its quota",
    "threshold_ppm": "Pays from",
    "quota_minor": "Quota",
    "whole_quota_minor": "Quota of a whole window",
    "ramp_ppm": "Ramp",
    "attainment_before_ppm": "Attainment before",
    "attainment_after_ppm": "Attainment after",
    "net_minor": "Net",
    "cost_minor": "Cost",
    "target_minor": "As it should be",
    "posted_minor": "As it was posted",
    "event_kind": "Happened",
    "why": "Why",
}
EVENTS_OWN: Final = frozenset({"net_minor", "cost_minor"})
"""Amounts in the currency of the sale."""


def facts(explain: Mapping[str, Any], currency: str) -> list[tuple[str, str]]:
    """Return what a line was calculated from: names and texts, the sum last.

    Args:
        explain: of the line.
        currency: that it is paid in.
    """
    is_money = _is_money(explain)
    found = []
    for name, value in explain.items():
        if name in HIDDEN or value in (None, "", []) or (name == "ramp_ppm" and value == E9 // 1000):
            continue
        if (name == "fx_e9" and value == E9) or (name == "active" and value == explain.get("of")):
            continue
        if name == "active":
            counted = COUNTED.get(str(explain.get("counted_in")), "days")
            found.append(("Active", f"{value} of {explain.get('of')} {counted}"))
            continue
        own = str(explain.get("event_currency") or currency) if name in EVENTS_OWN else currency
        label = NAMES.get(name, name.removesuffix("_minor").removesuffix("_ppm").replace("_", " ").capitalize())
        found.append((label, _told(name, value, own, is_money=is_money)))
    return [*found, ("Sum", sum_words(explain["sum"]))]


def tiers(explain: Mapping[str, Any], currency: str) -> list[tuple[str, str]]:
    """Return what each tier pays of all that is reached, and what of it is no part of the line; nothing for units."""
    return _tiers(explain["sum"], currency) if _is_money(explain) else []


def _is_money(explain: Mapping[str, Any]) -> bool:
    return explain.get("measure") not in ("quantity", "count", "kpi")


def _tiers(term: object, currency: str) -> list[tuple[str, str]]:
    inner = _peeled(term)
    first, *rest = _parts(inner) if inner.get("do") == "minus" else [inner]
    is_parted = _peeled(first).get("do") == "minus"
    found = _tiers(first, currency) if is_parted else [_of_tier(row, currency) for row in _products(first)]
    less = rounded(sum((evaluate(end) for end in rest), Fraction(0)))
    if not found or not less:
        return found
    return [*found, (f"Less for {'the sale itself' if is_parted else 'earlier sales'}", str(Money(less, currency)))]


def _of_tier(row: Mapping[str, Any], currency: str) -> tuple[str, str]:
    amount, rate = map(evaluate, _parts(row))
    earns = Money(rounded(amount * rate), currency)
    told = f"{Money(rounded(amount), currency)} × {from_dec6(rounded(rate * PPM * 100))} % = {earns}"
    return f"Tier {row['tier']}", told


def _peeled(term: object) -> Mapping[str, Any]:
    """Return what stands within caps and rounding; nothing where that is a number."""
    while isinstance(term, Mapping) and term["do"] in ("least", "most", "round") and term["of"]:
        term = _parts(term)[0]
    return term if isinstance(term, Mapping) else {}


def _products(term: object) -> list[Mapping[str, Any]]:
    """Return the products of tiers in a sum that only adds."""
    if not isinstance(term, Mapping) or term["do"] == "minus":
        return []
    if term["do"] == "product" and "tier" in term:
        return [term]
    return [row for part in _parts(term) for row in _products(part)]


def _told(name: str, value: object, currency: str, *, is_money: bool) -> str:
    if isinstance(value, bool) or not isinstance(value, int):
        return " or ".join(map(str, value)) if isinstance(value, list) else str(value)
    if name.endswith("_ppm"):
        return f"{from_dec6(value * 100)} %"
    if name == "fx_e9":
        return from_dec6(value // 1000)
    if name.endswith("_minor"):
        return str(Money(value, currency)) if is_money else from_dec6(value)
    return str(value)


def sum_words(term: object, *, is_inner: bool = False) -> str:
    """Return a sum as one line, whole numbers in minor units: `round(5960000 × 1 / 25) − round(0)`."""
    if not isinstance(term, Mapping):
        return str(term)
    verb, parts = str(term["do"]), _parts(term)
    joint = JOINTS.get(verb)
    if joint is None:
        return f"{verb}({', '.join(sum_words(part) for part in parts)})"
    if not parts:
        return "0"
    told = joint.join(sum_words(part, is_inner=len(parts) > 1) for part in parts)
    return f"({told})" if is_inner and len(parts) > 1 and verb in ("sum", "minus") else told


def _parts(term: Mapping[str, Any]) -> Sequence[object]:
    found = term["of"]
    return found if isinstance(found, list | tuple) else [found]
