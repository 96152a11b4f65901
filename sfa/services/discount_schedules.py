"""Volume schedules: what more of a product does to its price."""

from typing import Any, Final

from db.queries import prices as queries
from sfa.domain.figures import DEC6, from_dec6
from sfa.domain.pricing.schedules import drops
from sfa.errors import ConflictError, UsageError
from sfa.services.desk import Desk
from sfa.services.drafts import Draft
from sfa.services.listing import record
from sfa.services.prices_loading import category_key, schedule_of
from sfa.services.prices_reading import check_days, check_schedule, overlap, read_tiers, span_words, tidy_category
from sfa.services.records import RecordVerbs

SAMPLE_DEC6 = 100 * DEC6
"""A unit price to see with whether more would cost less, where the schedule is of no one product."""


def _complete(draft: Draft) -> None:
    """Read the tiers, and see that they rise and that no other schedule is for the same."""
    if draft.row.get("price_group"):
        draft.row["price_group"] = queries.spelled(draft.desk.store, draft.row["price_group"])
    if "category" in draft.row:
        draft.row["category"] = tidy_category(draft.row["category"])
    if draft.value("product_id") and draft.value("category"):
        raise UsageError("A schedule is of one product or of one category.", hint="Leave --product or --category out.")
    if draft.value("account_id") and draft.value("price_group"):
        raise UsageError("A schedule is for one account or for one price group.", hint="Leave one of them out.")
    _read_tiers(draft)
    draft.fill("kind", "range")
    draft.fill("scope", "line")
    check_days(draft.value("valid_from"), draft.value("valid_to"))
    tiers, effect = str(draft.value("tiers")), str(draft.value("effect"))
    check_schedule(draft.id, str(draft.value("kind")), effect, str(draft.value("scope")), tiers)
    _refuse_overlap(draft)


def _read_tiers(draft: Draft) -> None:
    currency = draft.value("currency") or draft.desk.currency
    if "tiers" in draft.parts:
        text = str(draft.parts.pop("tiers") or "")
        stored, effect, named = read_tiers(text, draft.row.get("effect"), currency)
        draft.row |= {"tiers": stored, "effect": effect.value, "currency": named}
    elif draft.is_new:
        raise UsageError("A schedule needs tiers.", hint='Such as --tiers "1:0% 10:10% 20:20%"')
    elif draft.row.get("effect") not in (None, draft.before["effect"]):
        raise UsageError("Another effect needs other tiers.", hint="Give --tiers with it.")


def _refuse_overlap(draft: Draft) -> None:
    """Refuse a second schedule for the same product and buyer on the same days."""
    own = {"valid_from": None, "valid_to": None, **draft.before, **draft.row}
    for row in queries.live_rows(draft.desk.store, "discount_schedule"):
        if row["id"] != draft.id and _key(row) == _key(own) and overlap(row, own):
            raise ConflictError(
                f"{row['name']} ({row['ref']}) overlaps it: it is for the same,"
                f" {span_words(row['valid_from'], row['valid_to'])}.",
                hint=f"End that first: sfa price schedule edit {row['ref']} --to DAY; or give this one a --priority.",
            )


def _key(row: dict[str, Any]) -> tuple[object, ...]:
    return (
        row.get("product_id"), category_key(row.get("category") or ""), row.get("account_id"), row.get("price_group"),
        row.get("currency"), row.get("priority") or 0,
    )  # fmt: skip


def warnings(desk: Desk, schedule_id: str) -> list[str]:
    """Return a sentence for each tier at which more costs less in all: buyers will ask for the larger quantity."""
    (row,) = (one for one in queries.live_rows(desk.store, "discount_schedule") if one["id"] == schedule_id)
    product = record(desk, "product", row["product_id"]) if row["product_id"] else None
    price = queries.list_price(desk.store, row["product_id"]) if product else None
    schedule = schedule_of(row["id"], row["kind"], row["effect"], row["scope"], row["tiers"])
    return [
        f"{from_dec6(tier.lo_qty_dec6)} cost less in all than {from_dec6(tier.lo_qty_dec6 - DEC6)}."
        for tier in drops(schedule, price or SAMPLE_DEC6)
    ]


VERBS: Final = RecordVerbs("discount_schedule", complete=_complete, warnings=warnings)
add, edit, remove, restore = VERBS.add, VERBS.edit, VERBS.remove, VERBS.restore
