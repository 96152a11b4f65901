"""Who may see what things cost us: one place that lists, records, files and prices ask."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from db.queries.nouns import READ_NOUNS, ReadNoun
from sfa.services.change_words import WordedChange
from sfa.services.desk import Desk

COST_FIELDS = frozenset({"cost", "extra_cost", "min_margin"})
"""Fields that give the cost away, in whatever noun they stand."""
_LOOKED_AT = {name: found for name, found in READ_NOUNS.items() if COST_FIELDS & found.fields.keys()}


def may_see_cost(desk: Desk) -> bool:
    """Tell whether the person at this desk may see cost and margin: by role, as `price.cost_roles` says."""
    roles = {str(role).casefold() for role in desk.config.get("price.cost_roles")}
    return role_of(desk) in roles


def role_of(desk: Desk) -> str:
    """Return the role of the person at this desk; who is nobody yet will be a rep."""
    user_id = desk.user_id
    found = desk.store.value("SELECT role FROM app_user WHERE id = ?", (user_id,)) if user_id else None
    return str(found or "rep")


def visible(desk: Desk, noun: ReadNoun) -> ReadNoun:
    """Return a noun without the fields that this desk may not see: they cannot be listed, shown, filtered or sorted by."""
    if noun.name not in _LOOKED_AT or may_see_cost(desk):
        return noun
    fields = {name: found for name, found in noun.fields.items() if name not in COST_FIELDS}
    return replace(noun, fields=fields, columns=tuple(name for name in noun.columns if name in fields))


def without_costs(desk: Desk, noun: str, changes: Iterable[WordedChange]) -> Iterator[WordedChange]:
    """Yield changes; those of the cost keep silent about how much it was and is, where this desk may not see it."""
    is_hidden = noun in _LOOKED_AT and not may_see_cost(desk)
    hidden = {name.replace("_", " ") for name in COST_FIELDS} if is_hidden else set()
    for change in changes:
        yield replace(change, old=None, new="…") if change.field in hidden else change
