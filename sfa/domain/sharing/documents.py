"""What may happen to money documents whoever asks: a sent quote is frozen, a state follows from the one before."""

from collections.abc import Mapping
from typing import Any

from sfa.domain.sharing.homes import Find, Row

STEPS: Mapping[str, frozenset[str]] = {
    "draft": frozenset({"in_approval", "approved", "sent", "withdrawn", "superseded"}),
    "in_approval": frozenset({"draft", "approved", "withdrawn"}),
    "approved": frozenset({"draft", "sent", "withdrawn", "superseded"}),
    "sent": frozenset({"accepted", "rejected", "expired", "withdrawn", "superseded"}),
    "expired": frozenset({"sent", "accepted", "withdrawn", "superseded"}),
    "accepted": frozenset(),
    "rejected": frozenset({"superseded"}),
    "withdrawn": frozenset(),
    "superseded": frozenset(),
}
"""The states of a version of a quote, and those that may follow (domain.md 2.7)."""

SUMS_OF_ORDER = ("list_minor", "net_minor", "tax_minor", "gross_minor", "payable_rounding_minor")
"""What an order says that its lines come to."""
_AT_SENDING, _AT_DECISION = ("sent_at", "sent_to", "content_hash"), ("decided_on", "decision_reason")
_OPEN_IN_SENT = frozenset({"state", "decided_on", "decision_reason", "sent_to", "deleted_at", "valid_until"})
_PARTS = {"quote_line": "version_id", "quote_allowance": "version_id"}
_APPEND_ONLY = frozenset({"comp_event", "acceptance", "forecast_submission", "opportunity_history"})


def birth(table: str, values: Row) -> tuple[dict[str, Any], tuple[tuple[dict[str, Any], dict[str, Any]], ...]]:
    """Return how a row comes into a book that has none of it: what it is made with, and then (values, base) of changes.

    A version of a quote that was sent is made open, for its lines can only be put into an open one; then it is sent.
    An order says what it comes to behind its lines.
    """
    if table == "sales_order":
        sums = {name: values[name] for name in SUMS_OF_ORDER if values.get(name) is not None}
        made = {name: value for name, value in values.items() if name not in sums}
        return made, ((sums, dict.fromkeys(sums)),) if sums else ()
    state = values.get("state")
    if table != "quote_version" or not values.get("sent_at") or state not in STEPS["sent"] | {"sent"}:
        return dict(values), ()
    sent = {name: values[name] for name in _AT_SENDING if values.get(name) is not None} | {"state": "sent"}
    decided = {name: values[name] for name in _AT_DECISION if values.get(name) is not None} | {"state": state}
    made = {name: value for name, value in values.items() if name not in (*sent, *decided)} | {"state": "draft"}
    steps = [(sent, {**dict.fromkeys(sent), "state": "draft"})]
    if state != "sent":
        steps.append((decided, {**dict.fromkeys(decided), "state": "sent"}))
    return made, tuple(steps)


def is_asking(values: Row) -> bool:
    """Tell whether what is written of an approval asks for it or takes that back; all else decides."""
    is_open = values.get("status", "waiting") in ("waiting", "withdrawn")
    return is_open and not any(values.get(name) for name in ("decided_by_id", "decided_at", "note"))


def fault_of_creation(table: str, row: Row, find: Find) -> str | None:
    """Return why a new row does not fit its document, or None."""
    version = _frozen_version(table, row, find)
    return _FROZEN if version else None


def fault_of_change(
    table: str, current: Row, values: Mapping[str, Any], base: Mapping[str, Any], find: Find
) -> str | None:
    """Return why a change does not fit its document, or None."""
    if table in _APPEND_ONLY:
        return "What happened is not rewritten: write what happened since."
    if _frozen_version(table, current, find):
        return _FROZEN
    if table == "comp_plan_version" and current.get("status") != "draft" and set(values) - {"status", "valid_to"}:
        return "A published plan does not change: write its next version."
    if table == "comp_line" and _is_closed(current, find):
        return "The period of this statement is closed."
    return _fault_of_version(current, values, base) if table == "quote_version" else None


def fault_of_deletion(table: str, current: Row, find: Find) -> str | None:
    """Return why a row of a document cannot go, or None."""
    if table in _STAYS:
        return _STAYS[table]
    if table == "invoice" and current.get("series"):
        return "An invoice stays in the book: credit it."
    if table == "quote_version" and current.get("sent_at"):
        return _FROZEN
    if table == "comp_line" and _is_closed(current, find):
        return "The period of this statement is closed."
    return _FROZEN if _frozen_version(table, current, find) else None


_STAYS = {
    "acceptance": "What a customer accepted stays accepted.",
    "comp_event": "What happened stays in the book: cancel the order, let goods come back, or credit the invoice.",
}
_FROZEN = "A sent quote does not change: revise it."


def _frozen_version(table: str, row: Row, find: Find) -> bool:
    column = _PARTS.get(table)
    version = find("quote_version", str(row.get(column))) if column else None
    return bool(version and version.get("sent_at"))


def _is_closed(line: Row, find: Find) -> bool:
    statement = find("comp_statement", str(line.get("statement_id")))
    return bool(statement and statement.get("status") in ("closed", "paid"))


def _fault_of_version(current: Row, values: Mapping[str, Any], base: Mapping[str, Any]) -> str | None:
    if current.get("sent_at"):
        late = [column for column in values if column not in _OPEN_IN_SENT and values[column] != current.get(column)]
        if late:
            return _FROZEN
    now = str(current.get("state"))
    if "state" not in values or base.get("state") == values["state"] == now:
        return None
    if base.get("state") != now:
        return f"This quote is {now} meanwhile."
    if values["state"] not in STEPS.get(now, frozenset()):
        return f"A quote that is {now} cannot become {values['state']}."
    return None
