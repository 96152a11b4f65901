"""What becomes of a field that two people changed (sync.md 6): per column, declared here and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Policy(StrEnum):
    """How two values of a field become one."""

    LWW = "lww"
    MANUAL = "manual"
    COUNTED = "counted"
    FROZEN = "frozen"


_MANUAL: Mapping[str, frozenset[str]] = {
    "opportunity": frozenset({"stage_id", "amount_minor", "close_date", "owner_id", "is_won", "closed_on"}),
    "account": frozenset({"owner_id", "territory_id", "credit_limit_minor"}),
}
_COUNTED: Mapping[str, frozenset[str]] = {
    "sales_order_line": frozenset({"delivered_dec6", "returned_dec6", "invoiced_dec6", "cancelled_dec6"}),
    "invoice": frozenset({"paid_minor", "credited_minor", "state"}),
    "invoice_line": frozenset({"credited_dec6"}),
}
"""Sums of papers that are written with them: of two who count on at once, the second counts anew, or a paper is counted never."""
FROZEN_TABLES = frozenset({"quote_version", "quote_line", "quote_allowance", "acceptance", "comp_line"})
"""Rows of these are parts of money documents: two changes of one field are never merged."""


def policy_of(table: str, column: str) -> Policy:
    """Return how a column is merged."""
    if table in FROZEN_TABLES:
        return Policy.FROZEN
    if column in _COUNTED.get(table, ()):
        return Policy.COUNTED
    return Policy.MANUAL if column in _MANUAL.get(table, ()) else Policy.LWW


@dataclass(slots=True)
class Merged:
    """What a patch comes to.

    Attributes:
        values: columns to set.
        conflicts: columns that stay as the server has them, with (mine, theirs, before).
        overwritten: columns in which an older value gave way, with the value that was.
        is_refused: a frozen field was changed by both.
    """

    values: dict[str, Any] = field(default_factory=dict)
    conflicts: dict[str, tuple[Any, Any, Any]] = field(default_factory=dict)
    overwritten: dict[str, Any] = field(default_factory=dict)
    is_refused: bool = False


def merge(
    table: str, current: Mapping[str, Any], wanted: Mapping[str, Any], base: Mapping[str, Any], *, is_newer: bool
) -> Merged:
    """Merge a patch into the server's row, field by field, three ways.

    Args:
        table: its table.
        current: the server's row.
        wanted: the changed fields.
        base: what those fields were when they were changed.
        is_newer: the patch's clock is after that of the server's last change of the row.
    """
    merged = Merged()
    for column, value in wanted.items():
        now, before, policy = current.get(column), base.get(column), policy_of(table, column)
        if now == value and (now == before or policy is not Policy.COUNTED):
            continue
        if now == before:
            merged.values[column] = value
            continue
        if policy in (Policy.FROZEN, Policy.COUNTED):
            merged.is_refused = True
            merged.conflicts[column] = (value, now, before)
        elif policy is Policy.MANUAL:
            merged.conflicts[column] = (value, now, before)
        elif is_newer:
            merged.values[column] = value
            merged.overwritten[column] = now
        else:
            merged.overwritten[column] = value
    return merged
