"""Promotions: discounts that apply by themselves, in the order of their priorities, to what they are for."""

import json
from typing import Any, Final

from db.queries import prices as queries
from sfa.domain.pricing.amounts import Effect
from sfa.domain.pricing.rules import Discount, PriceRule, clashes
from sfa.errors import ConflictError, UsageError
from sfa.services.drafts import Draft
from sfa.services.prices_loading import condition_of, day_of
from sfa.services.prices_reading import check_days, read_discount, read_quantity, tidy_category
from sfa.services.records import RecordVerbs
from sfa.services.references import resolve

LISTS = {
    "product": "products",
    "category": "categories",
    "account": "accounts",
    "price_group": "groups",
    "channel": "channels",
}
QUANTITIES = {"min_quantity": "min_qty_dec6", "max_quantity": "max_qty_dec6"}


def _complete(draft: Draft) -> None:
    """Read the discount and whom it is for; refuse what could not be settled when a quote is priced."""
    _read_discount(draft)
    _read_condition(draft)
    draft.fill("is_stackable", 1)
    check_days(draft.value("valid_from"), draft.value("valid_to"))
    _refuse_clash(draft)


def _read_discount(draft: Draft) -> None:
    if "discount" in draft.parts:
        text = str(draft.parts.pop("discount") or "")
        currency = draft.value("currency") or draft.desk.currency
        wanted = draft.row.get("effect") or (None if "%" in text else "amount")
        effect, value, named = read_discount("Discount", text, currency, wanted)
        draft.row |= {"effect": effect.value, "value": value, "currency": named}
    elif draft.value("value") is None:
        raise UsageError("A promotion needs a discount.", hint="Such as --discount 5% or --discount 2.50")
    elif draft.row.get("effect") not in (None, draft.before.get("effect")):
        raise UsageError("Another effect needs another discount.", hint="Give --discount with it.")


def _read_condition(draft: Draft) -> None:
    condition: dict[str, Any] = json.loads(draft.before.get("condition") or "{}")
    for name, key in LISTS.items():
        if name in draft.parts:
            words = [word.strip() for word in str(draft.parts.pop(name) or "").split(",") if word.strip()]
            condition[key] = [_meant(draft, name, word) for word in words]
    for name, key in QUANTITIES.items():
        if name in draft.parts:
            text = draft.parts.pop(name)
            condition[key] = read_quantity(name.replace("_", " ").capitalize(), str(text)) if text else None
    kept = {key: value for key, value in condition.items() if value}
    if kept.get("max_qty_dec6", kept.get("min_qty_dec6", 0)) < kept.get("min_qty_dec6", 0):
        raise UsageError("The largest quantity is below the smallest.")
    if draft.is_new or condition != json.loads(draft.before.get("condition") or "{}"):
        draft.row["condition"] = json.dumps(kept) if kept else None


def _meant(draft: Draft, name: str, word: str) -> str:
    if name in ("product", "account"):
        return resolve(draft.desk, name, word).id
    if name == "price_group":
        return queries.spelled(draft.desk.store, word)
    return (tidy_category(word) or word) if name == "category" else word


def _refuse_clash(draft: Draft) -> None:
    """Two promotions that stand alone with one priority and one time are told apart now, not in front of a customer."""
    own = {**draft.before, **draft.row, "id": draft.id}
    others = [row for row in queries.live_rows(draft.desk.store, "price_rule") if row["id"] != draft.id]
    names = {row["id"]: f"{row['name']} ({row['ref']})" for row in others}
    mine = _rule(own)
    for one, other in clashes([mine, *(_rule(row) for row in others)]):
        if mine.id in (one.id, other.id) and _may_meet(one, other):
            rival = other.id if one.id == mine.id else one.id
            raise ConflictError(
                f"{names[rival]} stands alone too, with the same priority and on the same days: which one wins is open.",
                hint="Give one of them another --priority, or let them stack: --is-stackable yes",
            )


def _may_meet(one: PriceRule, other: PriceRule) -> bool:
    """Tell whether a line can meet both: rules of different products or accounts never do."""
    pairs = ((one.condition.products, other.condition.products), (one.condition.channels, other.condition.channels))
    return all(not first or not second or first & second for first, second in pairs)


def _rule(row: dict[str, Any]) -> PriceRule:
    return PriceRule(
        Discount(row["id"], Effect(row["effect"]), row["value"]),
        row.get("priority") or 0,
        condition_of(row.get("condition")),
        bool(row.get("is_stackable", 1)),
        row.get("exclusive_group") or "",
        day_of(row.get("valid_from")),
        day_of(row.get("valid_to")),
    )


VERBS: Final = RecordVerbs("price_rule", complete=_complete)
add, edit, remove, restore = VERBS.add, VERBS.edit, VERBS.remove, VERBS.restore
