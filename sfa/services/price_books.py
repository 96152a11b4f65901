"""Price books: lists of prices, each in one currency, with or without tax."""

from collections.abc import Sequence
from typing import Any, Final

from db.queries import prices as queries
from sfa.errors import ConflictError, UsageError
from sfa.services.desk import Desk
from sfa.services.drafts import Draft, counted
from sfa.services.prices_reading import check_days, overlap, span_words
from sfa.services.records import RecordVerbs

WATCHED = ("currency", "is_standard", "parent_id", "valid_from", "valid_to", "is_tax_inclusive")


def _complete(draft: Draft) -> None:
    """Take the company's currency where none is named; the first book of all is the standard one."""
    draft.fill("currency", draft.desk.currency)
    others = [row for row in queries.book_rows(draft.desk.store) if row["id"] != draft.id]
    if draft.is_new and not others:
        draft.fill("is_standard", 1)
    check_days(draft.value("valid_from"), draft.value("valid_to"))
    if draft.before and "currency" in draft.row and draft.row["currency"] != draft.before["currency"]:
        held = queries.prices_in(draft.desk.store, draft.id)
        if held:
            raise UsageError(
                f"{draft.label} holds {counted(held, 'price')} in {draft.before['currency']}.",
                hint="Add a book for the other currency: sfa price_book add NAME --currency ...",
            )
    own = {name: draft.value(name) for name in WATCHED}
    _check_parent(draft, own, {row["id"]: row for row in others})
    if own["is_standard"]:
        _check_standard(own, others)


def _check_parent(draft: Draft, own: dict[str, Any], others: dict[str, dict[str, Any]]) -> None:
    parent = others.get(own["parent_id"] or "")
    if own["parent_id"] == draft.id:
        raise UsageError("A price book cannot be its own parent.")
    if parent is None:
        return
    for name, words in (("currency", "currency"), ("is_tax_inclusive", "kind of price (with or without tax)")):
        if (parent[name] or 0) != (own[name] or 0):
            raise UsageError(f"{parent['name']} has another {words}: prices cannot come from there.")
    seen = {draft.id}
    while parent is not None:
        if parent["id"] in seen:
            raise UsageError(f"{parent['name']} takes its prices from this book already: that would be a circle.")
        seen.add(parent["id"])
        parent = {**others, draft.id: {**own, "id": draft.id, "name": draft.label}}.get(parent["parent_id"] or "")


def _check_standard(own: dict[str, Any], others: Sequence[dict[str, Any]]) -> None:
    for row in others:
        if row["is_standard"] and row["currency"] == own["currency"] and overlap(row, own):
            raise ConflictError(
                f"{row['name']} is the standard book in {row['currency']} already,"
                f" {span_words(row['valid_from'], row['valid_to'])}.",
                hint="End it first, or make this one no standard: --is-standard no",
            )


def _guard(desk: Desk, rows: Sequence[dict[str, Any]], is_forced: bool) -> None:  # noqa: FBT001 - the shape of a Guard
    """Keep a book with prices, unless the user insists; a removed book prices nothing."""
    for row in rows:
        held = 0 if is_forced else queries.prices_in(desk.store, row["id"])
        if held:
            raise ConflictError(
                f"{row['name']} ({row['ref']}) holds {counted(held, 'price')}.",
                hint="Insist with --force; undo brings it back.",
            )


VERBS: Final = RecordVerbs("price_book", complete=_complete, guard=_guard)
add, edit, remove, restore = VERBS.add, VERBS.edit, VERBS.remove, VERBS.restore
