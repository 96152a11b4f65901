"""Contacts: people whom a rep talks to, and where they work."""

from typing import Any, Final

from db.queries import records as queries
from sfa.domain.text import has_cjk, person_name_parts
from sfa.errors import UsageError
from sfa.services.drafts import Draft
from sfa.services.identity import person_key
from sfa.services.records import RecordVerbs

_NAME_PARTS: Final = ("given_name", "middle_name", "family_name", "suffix")


def complete_name(draft: Draft) -> None:
    """Make the full name of its parts, or the parts of the full name."""
    row = draft.row
    if row.get("name"):
        given, family = person_name_parts(row["name"])
        if "," in row["name"]:
            row["name"] = full_name(given, family=family)
        row.setdefault("given_name", given or None)
        row.setdefault("family_name", family or None)
    elif "given_name" in row or "family_name" in row or _follows_its_parts(draft):
        row["name"] = full_name(*(draft.value(part) for part in _NAME_PARTS)) or None


def _follows_its_parts(draft: Draft) -> bool:
    """Tell whether a middle name or a suffix changes the whole: not of a name that was written otherwise."""
    if not ("middle_name" in draft.row or "suffix" in draft.row) or draft.is_new:
        return False
    return bool(draft.before["name"] == full_name(*(draft.before[part] for part in _NAME_PARTS)))


def full_name(
    given: str | None, middle: str | None = None, family: str | None = None, suffix: str | None = None
) -> str:
    """Return a name as people say it: family first and without spaces in Chinese; a prefix is no part of it."""
    if given and family and has_cjk(given + family):
        return f"{family}{given}"
    return " ".join(part for part in (given, middle, family, suffix) if part)


def _complete(draft: Draft) -> None:
    complete_name(draft)
    if draft.row.get("name"):
        draft.row["match_key"] = person_key(draft.row["name"])
    if draft.row.get("time_zone"):
        draft.row["time_zone"] = _zone(draft.row["time_zone"])


def _zone(text: str) -> str:
    from sfa.services.event_times import read_zone  # noqa: PLC0415 - few contacts have one
    from sfa.services.walls import FLOATING  # noqa: PLC0415 - the same

    zone = read_zone(text)
    if zone == FLOATING:
        raise UsageError("Time zone: nobody is everywhere.", hint="Write it as Europe/Berlin.")
    return zone


def _finish(draft: Draft) -> None:
    """Write where the contact works, and as what, since when."""
    if "account" not in draft.parts:
        if "role" in draft.parts:
            _rename_role(draft, draft.parts["role"])
        return
    account_id = draft.parts["account"]
    roles = _current_roles(draft)
    primary = next((role for role in roles if role["is_primary"]), None)
    if primary and primary["account_id"] == account_id:
        _rename_role(draft, draft.parts.get("role", primary["role"]))
        return
    if primary:
        draft.work.update("contact_role", primary["id"], {"valid_to": _closing_day(draft, primary)})
    if account_id:
        _open_role(draft, account_id, roles)


def _open_role(draft: Draft, account_id: str, roles: list[dict[str, Any]]) -> None:
    """Begin a role today (a new contact's: when the contact began), or make one that runs the primary one."""
    told = {"role": draft.parts["role"]} if "role" in draft.parts else {}
    running = next((role for role in roles if role["account_id"] == account_id), None)
    if running:
        draft.work.update("contact_role", running["id"], {"is_primary": 1, **told})
        return
    since = draft.row.get("created_on") if draft.is_new else draft.desk.today.isoformat()
    link = {"account_id": account_id, "contact_id": draft.id, "is_primary": 1, "valid_from": since, **told}
    draft.work.insert("contact_role", link)


def _rename_role(draft: Draft, role: str | None) -> None:
    primary = next((row for row in _current_roles(draft) if row["is_primary"]), None)
    if primary:
        draft.work.update("contact_role", primary["id"], {"role": role})
    elif role:
        raise UsageError("A role is one at an account.", hint="Name the account too: account=...")


def _current_roles(draft: Draft) -> list[dict[str, Any]]:
    links = queries.linked(draft.desk.store, "contact_role", "contact_id", draft.id)
    return [link for link in links if link["valid_to"] is None]


def _closing_day(draft: Draft, role: dict[str, Any]) -> str:
    """Return today, or the day when the role began where that lies ahead."""
    return str(max(draft.desk.today.isoformat(), role["valid_from"] or ""))


VERBS: Final = RecordVerbs("contact", complete=_complete, finish=_finish)
add, edit, remove, restore = VERBS.add, VERBS.edit, VERBS.remove, VERBS.restore
