"""A contact as programs read it: names, how to reach it and where, as lists."""

from typing import Any

from db.queries import files
from db.queries import imports as queries
from sfa.exchange.card_export import kept_lines
from sfa.exchange.card_reading import OMITTED_YEAR
from sfa.exchange.content_lines import Line, split_value
from sfa.services.desk import Desk

_PLACE = ("street", "city", "region", "postal_code", "country")


def card_of(desk: Desk, contact_id: str) -> dict[str, Any]:
    """Return given, family, organization, title, birthday, and phones, emails and addresses with kind and value."""
    row = files.chosen_contacts(desk.store, [contact_id])[0]
    role = files.current_roles(desk.store).get(contact_id)
    kept, _ = kept_lines(row["extra"])
    told = {line.name: line for line in reversed(kept)}
    organization = role["account"] if role else None
    if organization is None and "ORG" in told:
        organization = split_value(told["ORG"].value, ";")[0].strip() or None
    birthday = row["birthday"] or (_birthday(told["BDAY"]) if "BDAY" in told else None)
    return {
        "name": row["name"],
        "given": row["given_name"],
        "family": row["family_name"],
        "middle": row["middle_name"],
        "prefix": row["prefix"],
        "suffix": row["suffix"],
        "nickname": row["nickname"],
        "organization": organization,
        "title": row["title"],
        "birthday": birthday,
        "phones": [_reach(item, "number") for item in _rows(desk, "phone", contact_id)],
        "emails": [_reach(item, "address") for item in _rows(desk, "email", contact_id)],
        "addresses": [_address(item) for item in _rows(desk, "address", contact_id)],
        "uid": row["uid"],
    }


def _birthday(line: Line) -> str:
    """Return what a card says of a day that is no whole date; Apple's stand-in for an unknown year goes."""
    year = line.first(OMITTED_YEAR)
    month_and_day = line.text.removeprefix(year).replace("-", "")
    return f"--{month_and_day}" if year and line.text.startswith(year) else line.text


def _rows(desk: Desk, table: str, contact_id: str) -> list[dict[str, Any]]:
    found = queries.links(desk.store, table, "contact_id", [contact_id]).get(contact_id, [])
    return sorted(found, key=lambda item: -item.get("is_primary", 0))


def _reach(row: dict[str, Any], column: str) -> dict[str, Any]:
    return {
        "kind": row["kind"],
        "value": row[column],
        "is_primary": bool(row["is_primary"]),
        "is_invalid": bool(row["is_invalid"]),
    }


def _address(row: dict[str, Any]) -> dict[str, Any]:
    parts = {name: row[name] for name in _PLACE}
    return {"kind": row["kind"], "value": ", ".join(filter(None, parts.values())), **parts}
