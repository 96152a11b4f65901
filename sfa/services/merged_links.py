"""Which links of two merged records are one: the same number, address, role, tag, person in a deal."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sfa.domain.duplicates.normal import phone_digits, same_phone
from sfa.services.normal_forms import normaliser

Row = Mapping[str, Any]
_PLACE: Final = ("street", "city", "region", "postal_code", "country")


def _same_phone(one: Row, other: Row) -> bool:
    first, second = (phone_digits(row["e164"] or row["number"]) or row["number"] for row in (one, other))
    return same_phone(first, second)


def _same_place(one: Row, other: Row) -> bool:
    forms = normaliser()
    return all(forms.street(one[name] or "") == forms.street(other[name] or "") for name in _PLACE)


def _same_role(one: Row, other: Row) -> bool:
    """Tell whether both say the same of one person at one account; a role without a name fits any."""
    is_running = (one["valid_to"] is None) == (other["valid_to"] is None)
    roles = {(row["role"] or "").casefold() for row in (one, other)} - {""}
    same = all(one[name] == other[name] for name in ("account_id", "contact_id"))
    return same and is_running and len(roles) < 2  # noqa: PLR2004 - one role or none


def _same(*columns: str) -> Callable[[Row, Row], bool]:
    return lambda one, other: all(one[column] == other[column] for column in columns)


_RULES: Final[dict[str, Callable[[Row, Row], bool]]] = {
    "phone": _same_phone,
    "email": _same("folded"),
    "address": _same_place,
    "contact_role": _same_role,
    "record_tag": _same("tag_id"),
    "external_id": _same("source", "value"),
    "opportunity_contact": _same("opportunity_id", "contact_id"),
    "activity_contact": _same("activity_id", "contact_id"),
}


def is_same_link(table: str, one: Row, other: Row) -> bool:
    """Tell whether two links, both of the record that stays, say the same."""
    rule = _RULES.get(table)
    return rule(one, other) if rule else all(one[name] == other[name] for name in one if name != "id")


def without_self(row: Row, old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    """Tell whether a link joined the two records themselves: nothing is left for it to join."""
    return any(value in new.values() for name, value in row.items() if name.endswith("_id") and name not in old)
