"""The fast door: what a line of quick entry writes, straight into the tables.

Imports the store alone. The same rows and the same journal as the services write, which a test compares
(`tests/services/test_doors.py`); what is not written here goes through the services.
"""

from __future__ import annotations

from datetime import datetime

from sfa.clock import instant_text
from sfa.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from db.store import Store, UnitOfWork

    Values = Mapping[str, object]
    Written = tuple[str | None, list[tuple[str, str, str]]]

_LINKS = {"account": "account_id", "contact": "contact_id", "opportunity": "opportunity_id"}
_COLUMNS = {
    "activity": {
        "kind": "kind",
        "direction": "direction",
        "subject": "subject",
        "outcome": "outcome",
        "duration_min": "duration_min",
        "started": "started_at",
        "note": "note",
        "contact": "",
        "account": "account_id",
        "opportunity": "opportunity_id",
    },
    "task": {"subject": "subject", "priority": "priority", "due": "due_on", "due_time": "due_time", **_LINKS},
    "note": {"body": "body", **_LINKS},
    "event": {"subject": "subject", "kind": "kind", "starts": "starts_wall", "ends": "ends_wall", **_LINKS},
    "opportunity": {
        "name": "name",
        "account": "account_id",
        "contact": "",
        "amount": "amount_minor",
        "close_date": "close_date",
        "stage": "stage_id",
    },
}
"""What this door writes: field to column, by noun; an empty column stands for rows of their own."""
INTERNAL = ("internal", "coaching")


def known_user(store: Store) -> str | None:
    """Return the id of the person at this laptop, where the book holds them."""
    value = store.value("SELECT u.id FROM setting s JOIN app_user u ON u.id = s.value WHERE s.key = 'user_id'")
    return None if value is None else str(value)


def can_write(store: Store, noun: str, values: Values, target: str | None) -> bool:
    """Tell whether this door writes such a record; what it does not is left to the services."""
    columns = _COLUMNS.get(noun)
    if columns is None or not columns.keys() >= values.keys():
        return False
    if noun != "opportunity":
        return target is None
    if "stage" in values and _stage(store, target, str(values["stage"])) is None:
        return False
    is_open = target is None or store.value(
        "SELECT 1 FROM opportunity WHERE id = ? AND closed_on IS NULL AND deleted_at IS NULL", (target,)
    )
    return bool(is_open) and (target is None or values.keys() <= {"amount", "close_date", "stage"})


def write(store: Store, verb: str, summary: str, entries: Sequence[tuple[str, Values, str | None]]) -> Written:
    """Write records as one operation.

    Args:
        store: the open book.
        verb: of the operation.
        summary: of the operation, for people.
        entries: noun, values by field and, where a record is changed, its id.

    Returns:
        The operation's id (None where nothing changed), and noun, id and reference of each record.
    """
    owner = known_user(store)
    records: list[tuple[str, str, str]] = []
    with store.write(verb, summary) as work:
        for noun, values, target in entries:
            row_id = target or store.ids.new()
            _WRITERS[noun](store, work, row_id, values, owner if target is None else None)
            records.append((noun, row_id, str(store.value(f"SELECT ref FROM {noun} WHERE id = ?", (row_id,)))))
    return work.operation_id, records


def _row(noun: str, values: Values) -> dict[str, object]:
    columns = _COLUMNS[noun]
    return {columns[name]: value for name, value in values.items() if columns[name]}


def _linked(work: UnitOfWork, table: str, owner: str, row_id: str, people: object) -> None:
    """Link people to a record, in their order."""
    for contact_id in people if isinstance(people, tuple) else (people,) if people else ():
        work.insert(table, {owner: row_id, "contact_id": contact_id})


def _activity(_store: Store, work: UnitOfWork, row_id: str, values: Values, owner: str | None) -> None:
    row = _row("activity", values)
    work.insert("activity", {"id": row_id, **row, "is_internal": int(row["kind"] in INTERNAL), "owner_id": owner})
    _linked(work, "activity_contact", "activity_id", row_id, values.get("contact"))


def _task(store: Store, work: UnitOfWork, row_id: str, values: Values, owner: str | None) -> None:
    row = {**_row("task", values), "created_on": store.clock.today().isoformat()}
    work.insert("task", {"id": row_id, **row, "owner_id": owner})


def _note(_store: Store, work: UnitOfWork, row_id: str, values: Values, owner: str | None) -> None:
    work.insert("note", {"id": row_id, **_row("note", values), "owner_id": owner})


def _event(store: Store, work: UnitOfWork, row_id: str, values: Values, owner: str | None) -> None:
    zone = store.clock.zone()
    row = {**_row("event", values), "is_all_day": 0, "zone": str(getattr(zone, "key", None) or zone)}
    for end in ("starts", "ends"):
        row[f"{end}_at"] = instant_text(datetime.fromisoformat(str(values[end])).replace(tzinfo=zone))
    work.insert("event", {"id": row_id, **row, "owner_id": owner})


def _deal(store: Store, work: UnitOfWork, row_id: str, values: Values, owner: str | None) -> None:
    """Add a deal in an open stage, the first one if none is named; or change amount, close date and stage."""
    row = _row("opportunity", values)
    is_new = "name" in values
    if "amount" in values:
        row["amount_minor"], row["currency"] = _money(store, row_id, str(values["amount"]))
    if "stage" in values or is_new:
        stage = _stage(store, None if is_new else row_id, str(values.get("stage", "")))
        row |= _entered(stage, is_new=is_new) if stage else {}
    if not is_new:
        work.update("opportunity", row_id, row)
        return
    row.setdefault("currency", _currency(store))
    row["created_on"] = store.clock.today().isoformat()
    work.insert("opportunity", {"id": row_id, **row, "owner_id": owner})
    _linked(work, "opportunity_contact", "opportunity_id", row_id, values.get("contact"))


def _entered(stage: tuple[str, str, int, str], *, is_new: bool) -> dict[str, object]:
    """Return what a stage decides; on a move the schema's trigger decides probability and category."""
    stage_id, pipeline_id, probability, category = stage
    row: dict[str, object] = {"stage_id": stage_id, "pipeline_id": pipeline_id}
    if is_new:
        row |= {"probability_ppm": probability, "is_probability_overridden": 0}
        row |= {"category": category, "is_category_overridden": 0}
    return row


def _stage(store: Store, deal_id: str | None, name: str) -> tuple[str, str, int, str] | None:
    """Return the one open stage of that name (of none: the first one) in the pipeline of a deal, or in the first one."""
    pipeline = (
        "(SELECT pipeline_id FROM opportunity WHERE id = ?)"
        if deal_id
        else "(SELECT id FROM pipeline WHERE deleted_at IS NULL ORDER BY seq, id LIMIT 1)"
    )
    rows: list[tuple[str, str, int, str]] = store.rows(
        "SELECT id, pipeline_id, probability_ppm, category FROM stage WHERE deleted_at IS NULL AND pipeline_id = "
        f"{pipeline} AND type = 'open' AND (? = '' OR name = ?) ORDER BY seq",
        (*((deal_id,) if deal_id else ()), name, name),
    )
    return rows[0] if rows and (len(rows) == 1 or not name) else None


def _money(store: Store, deal_id: str, text: str) -> tuple[int, str]:
    """Return minor units and the currency of `12500.50 EUR`; without a currency that of the deal, or of the desk."""
    from sfa.domain.currencies import exponent  # noqa: PLC0415 - only for deals

    value, _, code = text.partition(" ")
    kept = store.value("SELECT currency FROM opportunity WHERE id = ?", (deal_id,))
    currency = code or str(kept or _currency(store))
    whole, _, decimals = value.partition(".")
    places = exponent(currency)
    if len(decimals.rstrip("0")) > places:
        raise UsageError(f"Amount: {currency} has {places} decimals, {value} has more.")
    return int(whole + decimals[:places].ljust(places, "0")), currency


def _currency(store: Store) -> str:
    from sfa.peek import peek  # noqa: PLC0415 - as above

    return peek(store.workspace, "workspace", "currency")


_WRITERS = {"activity": _activity, "task": _task, "note": _note, "event": _event, "opportunity": _deal}
