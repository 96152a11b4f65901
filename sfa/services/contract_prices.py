"""What was agreed with an account or a price group: a price or a discount, for a product or a category."""

from collections.abc import Mapping
from typing import Any, Final

from db.queries import prices as queries
from sfa.domain.figures import from_dec6
from sfa.domain.pricing.amounts import Effect
from sfa.errors import ConflictError, UsageError
from sfa.services.desk import Desk, Saved
from sfa.services.drafts import Draft
from sfa.services.listing import record
from sfa.services.prices_loading import category_key, unit_key
from sfa.services.prices_reading import (
    base_quantity,
    check_days,
    overlap,
    quantities,
    read_discount,
    span_words,
    tidy_category,
)
from sfa.services.records import RecordVerbs, ref_of, saved

HINT = "sfa price contract ACCOUNT PRODUCT 12.50, or --group G, --category C, -8%"


def _complete(draft: Draft) -> None:
    """See that it is with one party, about one thing, and clashes with no other agreement."""
    if draft.row.get("price_group"):
        draft.row["price_group"] = queries.spelled(draft.desk.store, draft.row["price_group"])
    if "category" in draft.row:
        draft.row["category"] = tidy_category(draft.row["category"])
    if bool(draft.value("account_id")) == bool(draft.value("price_group")):
        raise UsageError("An agreement is with one account or with one price group.", hint=HINT)
    if bool(draft.value("product_id")) == bool(draft.value("category")):
        raise UsageError("An agreement is about one product or about one category.", hint=HINT)
    base_quantity(draft)
    _read_price(draft)
    quantities(draft)
    check_days(draft.value("valid_from"), draft.value("valid_to"))
    _refuse_overlap(draft)


def _read_price(draft: Draft) -> None:
    if "price" in draft.parts:
        text = str(draft.parts.pop("price") or "")
        default = draft.value("currency") or _usual_currency(draft)
        effect, value, currency = read_discount("Price", text, default)
        if effect is Effect.PRICE and draft.row.get("currency") not in (None, currency):
            raise UsageError(f"The price is in {currency}, but the currency was given as {draft.row['currency']}.")
        draft.row |= {"kind": effect.value, "value": value, "currency": currency}
    elif draft.value("value") is None:
        raise UsageError("An agreement needs a price or a discount.", hint=HINT)
    elif draft.value("kind") == "price" and not draft.value("currency"):
        raise UsageError("A price needs a currency.")


def _usual_currency(draft: Draft) -> str:
    """Return the currency that an account buys in, else that of the product, else the company's."""
    account, product = draft.value("account_id"), draft.value("product_id")
    bought = record(draft.desk, "account", account)["currency"] if account else None
    listed = record(draft.desk, "product", product)["currency"] if product else None
    return str(bought or listed or draft.desk.currency)


def _refuse_overlap(draft: Draft) -> None:
    """Refuse a second agreement of the same kind for the same days and quantities: which one holds would be chance."""
    own = {**draft.before, **draft.row}
    for row in queries.live_rows(draft.desk.store, "contract_price"):
        if row["id"] != draft.id and _key(row) == _key(own) and _shares(row, own):
            raise ConflictError(
                f"The same is agreed {span_words(row['valid_from'], row['valid_to'])} already ({row['ref']}).",
                hint=f"End that first: sfa price contracts edit {row['ref']} --to DAY; or give this one a --priority.",
            )


def _key(row: Mapping[str, Any]) -> tuple[object, ...]:
    return (
        row.get("account_id"), row.get("price_group"), row.get("product_id"), category_key(row.get("category") or ""),
        row.get("currency"), unit_key(row.get("unit"), ""), row.get("priority") or 0,
    )  # fmt: skip


def _shares(row: dict[str, Any], own: dict[str, Any]) -> bool:
    own = {"valid_from": None, "valid_to": None, "min_qty_dec6": 0, "max_qty_dec6": None} | own
    least = max(row["min_qty_dec6"], own["min_qty_dec6"] or 0)
    most = min((end for end in (row["max_qty_dec6"], own["max_qty_dec6"]) if end is not None), default=least)
    same_start = row["min_qty_dec6"] == (own["min_qty_dec6"] or 0)
    is_bounded = row["max_qty_dec6"] is not None or own["max_qty_dec6"] is not None
    return overlap(row, own) and (least <= most if is_bounded else same_start)


def agree(desk: Desk, values: Mapping[str, object], *, is_dry_run: bool = False) -> Saved:
    """Keep what was agreed; `values` by field name of a contract price.

    Raises:
        UsageError: nobody, nothing or several things are named, no price, over 100 %, or a negative quantity.
        NotFoundError: no such account or product.
        ConflictError: the same is agreed for these days already.
    """
    with desk.store.write("price.agree", is_dry_run=is_dry_run) as work:
        draft = VERBS.add_within(desk, work, values)
        found, ref = record(desk, "contract_price", draft.id), ref_of(desk, VERBS.spec, draft.id)
        price = f"{found['price']} {found['currency'] or ''}".strip()
        least = draft.row.get("min_qty_dec6")
        least_words = f" from {from_dec6(least)} units" if least else ""
        span = span_words(draft.row.get("valid_from"), draft.row.get("valid_to"))
        work.summary = (
            f"Agreed with {found['account'] or found['price_group']}: {found['product'] or found['category']} at"
            f" {price}{least_words}, {span} ({ref})"
        )
    return saved(work, is_dry_run=is_dry_run, record_id=draft.id, ref=ref)


VERBS: Final = RecordVerbs("contract_price", complete=_complete)
add, edit, remove, restore = VERBS.add, VERBS.edit, VERBS.remove, VERBS.restore
