"""Fields that live in rows of their own: phones, e-mails, the address, tags, other systems' ids."""

from typing import Any

from db.queries import records as queries
from sfa.domain.money import DEC6
from sfa.domain.text import fold
from sfa.errors import UsageError
from sfa.services.drafts import Draft
from sfa.services.identity import e164, folded_email

PHONE_KINDS = {
    ("account", "phone"): "main",
    ("contact", "phone"): "work",
    ("contact", "mobile"): "mobile",
    ("contact", "home_phone"): "home",
}
EMAIL_PLACES = {"email": 0, "email_2": 1}
PLACE = ("street", "city", "region", "postal_code", "country")
COORDINATES = ("latitude_dec6", "longitude_dec6")
APART = frozenset({"mobile", "home", "fax"})
OWN_SOURCE = "manual"
_LONGEST = {"phone": 80, "email": 320, "tag": 60, "external_id": 200, "street": 500, "postal_code": 40, "place": 200}


def write_parts(draft: Draft) -> None:
    """Write the parts that several nouns have; a noun's own parts are written by its module."""
    for name, value in draft.parts.items():
        if (draft.noun.name, name) in PHONE_KINDS:
            _write_phone(draft, name, value)
        elif name in EMAIL_PLACES:
            _write_email(draft, name, value)
        elif name == "tags":
            write_tags(draft, value or [])
        elif name == "external_id":
            _write_external_id(draft, value)
    place: dict[str, Any] = {name: draft.parts[name] for name in PLACE if name in draft.parts}
    if "coordinates" in draft.parts:
        place |= coordinates(draft.parts["coordinates"])
    if place:
        _write_place(draft, place)


def _owner(draft: Draft) -> str:
    return f"{draft.noun.name}_id"


def _replace(draft: Draft, table: str, current: dict[str, Any] | None, values: dict[str, Any] | None) -> None:
    """Insert, change or delete one link row."""
    if values is None:
        if current:
            draft.work.remove(table, current["id"])
    elif current:
        draft.work.update(table, current["id"], values)
    else:
        draft.work.insert(table, {_owner(draft): draft.id, **values})


def _write_phone(draft: Draft, name: str, number: str | None) -> None:
    """Replace the number that the field shows; others stay. The plain phone is any but a mobile, home or fax one."""
    kind = PHONE_KINDS[draft.noun.name, name]
    rows = queries.linked(draft.desk.store, "phone", _owner(draft), draft.id)
    rows = [row for row in rows if row["kind"] == kind or (name == "phone" and row["kind"] not in APART)]
    current = min(rows, key=lambda row: -row["is_primary"], default=None)
    if number is None:
        _replace(draft, "phone", current, None)
        return
    _require_length(name, number, "phone")
    country = draft.desk.config.text("workspace.country")
    values = {"number": number, "e164": e164(number, country), "is_invalid": 0}
    _replace(
        draft, "phone", current, values if current else {**values, "kind": kind, "is_primary": int(name == "phone")}
    )


def _write_email(draft: Draft, name: str, address: str | None) -> None:
    """Replace the first address, or the second one; others stay."""
    rows = queries.linked(draft.desk.store, "email", _owner(draft), draft.id)
    rows.sort(key=lambda row: -row["is_primary"])
    place = EMAIL_PLACES[name]
    current = rows[place] if place < len(rows) else None
    if address is None:
        _replace(draft, "email", current, None)
        return
    _require_length(name, address, "email")
    values = {"address": address, "folded": folded_email(address), "is_invalid": 0}
    first = {"kind": "work", "is_primary": 1} if place == 0 else {"kind": "other", "is_primary": 0}
    _replace(draft, "email", current, values if current else {**values, **first})


def coordinates(text: str | None) -> dict[str, int | None]:
    """Return the columns of `52.52,13.405`; of nothing, empty ones.

    Raises:
        UsageError: it is no place on earth.
    """
    if text is None:
        return dict.fromkeys(COORDINATES)
    from sfa.domain.routing.earth import read_point  # noqa: PLC0415 - seldom given

    try:
        point = read_point(text)
    except ValueError as error:
        raise UsageError(f"Coordinates: {error}.", hint="Write degrees north, degrees east: 52.52,13.405") from error
    return {"latitude_dec6": round(point.latitude * DEC6), "longitude_dec6": round(point.longitude * DEC6)}


def _write_place(draft: Draft, place: dict[str, Any]) -> None:
    """Change the first address field by field; one that is left empty goes. Who moves leaves the coordinates behind."""
    for name in PLACE:
        _require_length(name, place.get(name) or "", name if name in _LONGEST else "place")
    current = next(iter(queries.linked(draft.desk.store, "address", _owner(draft), draft.id)), None) or {}
    if any(current.get(name) not in (None, place[name]) for name in PLACE if name in place):
        place = dict.fromkeys(COORDINATES) | place
    whole = {name: current.get(name) for name in (*PLACE, *COORDINATES)} | place
    is_known = any(value is not None for value in whole.values())
    _replace(draft, "address", current, place if is_known else None)


def write_tags(draft: Draft, tags: list[str]) -> None:
    """Set the tags; where every one begins with + or -, add and take away instead."""
    present = {fold(row["name"]): row for row in queries.tags_of(draft.desk.store, draft.noun.table, draft.id)}
    if tags and all(tag[0] in "+-" for tag in tags):
        wanted = set(present) | {fold(tag[1:]) for tag in tags if tag[0] == "+"}
        wanted -= {fold(tag[1:]) for tag in tags if tag[0] == "-"}
        names = {fold(tag[1:]): tag[1:] for tag in tags}
    else:
        names = {fold(tag): tag for tag in tags}
        wanted = set(names)
    for key, row in present.items():
        if key not in wanted:
            draft.work.remove("record_tag", row["id"])
    for key in names:
        if key in wanted and key not in present:
            link = {"table_name": draft.noun.table, "row_id": draft.id, "tag_id": _tag_id(draft, names[key])}
            draft.work.insert("record_tag", link)


def _tag_id(draft: Draft, name: str) -> str:
    _require_length("tags", name, "tag")
    found = queries.tag_named(draft.desk.store, name)
    if found is None:
        return draft.work.insert("tag", {"name": name})
    if found["deleted_at"]:
        draft.work.update("tag", found["id"], {"deleted_at": None})
    return str(found["id"])


def _write_external_id(draft: Draft, value: str | None) -> None:
    """Replace the one id that other systems know the record by; of several, the one that was typed by hand."""
    rows = queries.external_ids(draft.desk.store, draft.noun.table, draft.id)
    current = rows[0] if len(rows) == 1 else next((row for row in rows if row["source"] == OWN_SOURCE), None)
    if value is None:
        if current:
            draft.work.remove("external_id", current["id"])
        return
    _require_length("external_id", value, "external_id")
    if current:
        draft.work.update("external_id", current["id"], {"value": value})
        return
    owner = {"table_name": draft.noun.table, "row_id": draft.id}
    draft.work.insert("external_id", {**owner, "source": OWN_SOURCE, "value": value})


def _require_length(name: str, text: str, limit: str) -> None:
    if len(text) > _LONGEST[limit]:
        label = name.replace("_", " ").capitalize()
        raise UsageError(f"{label} is too long: {len(text)} characters, {_LONGEST[limit]} at most.")
