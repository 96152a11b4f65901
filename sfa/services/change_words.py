"""Changes of the journal in the user's words: fields by their names, records by theirs, amounts with a currency."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from db.queries import history as queries
from db.queries.history import JournalLine
from db.store import Store
from sfa.domain.fields import NOUNS, FieldSpec, NounSpec
from sfa.domain.money import Money, from_dec6

SILENT = frozenset(
    {
        "id", "ref", "created_at", "updated_at", "match_key", "domain", "pipeline_id", "is_won", "e164", "folded",
        "is_probability_overridden", "is_category_overridden", "is_internal", "is_all_day", "zone", "starts_at",
        "ends_at", "is_primary", "seq", "unit_price_dec6", "table_name", "row_id", "until_at", "uid", "sequence", "extra",
        "moved_count", "series_id", "list_minor", "line_sum_minor", "net_minor", "tax_minor", "gross_minor", "cost_minor",
        "payable_minor", "payable_rounding_minor", "content_hash", "sent_at", "is_tax_inclusive",
    }
)  # fmt: skip
LINK_FIELDS = {
    "phone": "number",
    "email": "address",
    "address": "city",
    "contact_role": "account_id",
    "opportunity_contact": "contact_id",
    "opportunity_line": "product_id",
    "activity_contact": "contact_id",
    "event_attendee": "name",
    "event_reminder": "minutes_before",
    "consent_event": "stance",
    "quote_version": "revision",
    "contact_relation": "other_id",
    "account_relation": "other_id",
    "record_tag": "tag_id",
    "external_id": "value",
}
LINK_NAMES = {
    "contact_role": "account",
    "opportunity_contact": "contact",
    "opportunity_line": "product",
    "activity_contact": "contact",
    "event_attendee": "attendee",
    "event_reminder": "reminder",
    "consent_event": "consent",
    "quote_version": "revision",
    "contact_relation": "relation",
    "account_relation": "relation",
    "record_tag": "tag",
    "external_id": "external id",
}
_TARGETS = {
    "tag_id": "tag",
    "lead_id": "lead",
    "contact_id": "contact",
    "product_id": "product",
    "account_id": "account",
}
_PPM_PER_PERCENT = 10_000


@dataclass(frozen=True, slots=True)
class WordedChange:
    """One change for people.

    Attributes:
        line: the journal's own line.
        owner_id: the record that it belongs to (a phone's account, a role's contact).
        verb: added, changed, removed or restored.
        field: the field's name in words; None where the whole record is meant.
    """

    line: JournalLine
    owner_id: str
    verb: str
    field: str | None
    old: str | None
    new: str | None


def worded(
    store: Store, noun: NounSpec, lines: Iterable[JournalLine], owner_id: str | None = None
) -> Iterator[WordedChange]:
    """Yield the changes that mean something to people.

    `lines` come newest operation first, or are of one operation; `owner_id` is the record where all are of one.
    """
    currencies: dict[str, str | None] = {}
    for _, group in groupby(lines, key=lambda line: line.operation_id):
        changes = list(group)
        before = dict(currencies)
        for change in changes:
            if change.field == "currency" and change.table == noun.table:
                currencies.setdefault(change.row_id, change.new)
                before[change.row_id] = change.old
        for change in changes:
            yield from _one(store, noun, change, owner_id, (before, currencies))
        currencies |= before


def _one(
    store: Store,
    noun: NounSpec,
    change: JournalLine,
    owner_id: str | None,
    currencies: tuple[dict[str, str | None], dict[str, str | None]],
) -> Iterator[WordedChange]:
    if change.table != noun.table:
        yield from _link_change(store, noun, change, owner_id)
    elif change.field is None:
        verb, text = ("added", change.new) if change.new is not None else ("removed for good", change.old)
        row = json.loads(text)
        name = str(row.get("name") or row.get("subject") or row.get("body") or "")
        yield WordedChange(change, change.row_id, verb, None, None, name)
    elif change.field == "deleted_at":
        yield WordedChange(change, change.row_id, "removed" if change.new else "restored", None, None, None)
    elif change.field not in SILENT:
        spec = _spec_of(noun, change.field)
        now = queries.column_of(store, noun.table, change.row_id, "currency") if _has_currency(noun) else None
        before, after = (known.get(change.row_id, now) for known in currencies)
        old, new = words_of(store, spec, change.old, before), words_of(store, spec, change.new, after)
        yield WordedChange(change, change.row_id, "changed", _plain(spec.name), old, new)


def _link_change(store: Store, noun: NounSpec, change: JournalLine, owner_id: str | None) -> Iterator[WordedChange]:
    telling = LINK_FIELDS.get(change.table)
    if telling is None:
        return
    whole = json.loads(change.new if change.new is not None else change.old) if change.field is None else {}
    column = "row_id" if change.table in queries.ANYWHERE else f"{noun.name}_id"
    owner = owner_id or whole.get(column) or queries.column_of(store, change.table, change.row_id, column)
    if owner is None:
        return
    name = LINK_NAMES.get(change.table, change.table.replace("_", " "))
    if change.field is None:
        text = _link_words(store, change.table, whole, telling)
        is_new = change.new is not None
        values = (None, text) if is_new else (text, None)
        yield WordedChange(change, owner, "added" if is_new else "removed", name, *values)
    elif change.field == "valid_to" and change.new:
        account = queries.column_of(store, change.table, change.row_id, "account_id")
        yield WordedChange(change, owner, "removed", name, _name(store, "account", account), None)
    elif change.field not in SILENT:
        field = name if change.field == telling else f"{name} {_plain(change.field.removesuffix('_id'))}"
        old, new = (
            _link_words(store, change.table, {change.field: value}, change.field) for value in (change.old, change.new)
        )
        yield WordedChange(change, owner, "changed", field, old, new)


def _link_words(store: Store, table: str, row: dict[str, Any], column: str) -> str | None:
    """Return the telling value of a link row."""
    value = row.get(column)
    if table == "address" and column == "city":
        parts = [row.get(name) for name in ("street", "postal_code", "city", "region", "country")]
        return ", ".join(str(part) for part in parts if part) or None
    if value is None:
        return None
    if column in _TARGETS:
        return _name(store, _TARGETS[column], str(value))
    if column.endswith("_dec6"):
        return from_dec6(int(value))
    return str(value)


def words_of(store: Store, spec: FieldSpec, value: Any, currency: str | None) -> str | None:  # noqa: ANN401 - as stored
    """Return a stored value as people read it."""
    if value is None:
        return None
    if spec.kind == "reference":
        target = spec.target or spec.name
        return _name(store, NOUNS[target].table if target in NOUNS else target, str(value))
    if spec.kind == "money" and currency:
        return str(Money(int(value), currency))
    read = _READERS.get(spec.kind)
    return read(int(value)) if read else str(value)


def column_words(store: Store, table: str, row_id: str, column: str, values: Sequence[Any]) -> tuple[str, list[str]]:
    """Return a column's name and values of it as people read them; what is no value of it stays as it is."""
    noun = next((noun for noun in NOUNS.values() if noun.table == table), None)
    spec = _spec_of(noun, column) if noun else FieldSpec(column)
    currency = queries.column_of(store, table, row_id, "currency") if noun and _has_currency(noun) else None
    words = []
    for value in values:
        try:
            words.append(words_of(store, spec, value, currency) or "")
        except (ValueError, TypeError, ArithmeticError):
            words.append(str(value))
    return _plain(spec.name), words


def _percent(share_ppm: int) -> str:
    whole, rest = divmod(share_ppm, _PPM_PER_PERCENT)
    return f"{whole}{f'.{rest:04d}'.rstrip('0') if rest else ''}%"


def _yes_or_no(flag: int) -> str:
    return "yes" if flag else "no"


_READERS: dict[str, Callable[[int], str]] = {"decimal": from_dec6, "percent": _percent, "bool": _yes_or_no}


def _name(store: Store, table: str, row_id: str | None) -> str | None:
    if row_id is None:
        return None
    return queries.name_of(store, table, row_id) or f"(gone: {row_id[-8:]})"


def _spec_of(noun: NounSpec, column: str) -> FieldSpec:
    """Return the field of a column; columns that no form shows go by their own name."""
    found = next((spec for spec in noun.fields.values() if spec.column == column), None)
    if found:
        return found
    if column == "merged_into":
        return FieldSpec(column, "reference", target=noun.name)
    if column in _TARGETS:
        return FieldSpec(column.removesuffix("_id"), "reference", target=_TARGETS[column])
    return FieldSpec(column)


def _has_currency(noun: NounSpec) -> bool:
    return any(spec.kind in ("currency", "money") for spec in noun.fields.values())


def _plain(name: str) -> str:
    return name.replace("_", " ")
