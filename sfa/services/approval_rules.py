"""The matrix of approvals: rules added, listed, removed, and the usual ones (domain.md 2.7)."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from db.queries import quotes as queries
from db.queries.records import record
from sfa.domain.figures import AmountError, from_dec6, ppm
from sfa.domain.money import parse_amount
from sfa.domain.pricing.approval import SHARES, ApprovalCondition, ApprovalRule, Comparison, Metric
from sfa.errors import ConflictError, NotFoundError, UsageError
from sfa.services.coercion import read_choice
from sfa.services.desk import Desk, Saved
from sfa.services.records import saved

APPROVERS: Final = ("manager", "director", "finance", "admin")
USUAL: Final = (
    ("Discount over 10 %", "blended_discount > 10%", "manager", 1),
    ("Discount over 20 %", "blended_discount > 20%", "director", 2),
    ("Discount over 30 %", "blended_discount > 30%", "finance", 3),
    ("Margin under 15 %", "margin < 15%", "finance", 3),
)
"""The matrix of domain.md 2.7."""
_CONDITION = re.compile(r"\s*([a-z_ ]+?)\s*(>=|<=|>|<)\s*(.+?)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A rule as people read it."""

    id: str
    ref: str
    name: str
    conditions: str
    approver: str
    sequence: int
    is_active: bool


def engine_rules(desk: Desk) -> list[ApprovalRule]:
    """Return the rules in force, for the engine."""
    return [
        ApprovalRule(row["id"], row["approver_role"], conditions_of(row["conditions"]), row["sequence"])
        for row in queries.rules(desk.store)
    ]


def conditions_of(text: str) -> tuple[ApprovalCondition, ...]:
    """Return stored conditions."""
    return tuple(
        ApprovalCondition(Metric(one["metric"]), Comparison(one["op"]), one["threshold"]) for one in json.loads(text)
    )


def rules(desk: Desk) -> list[RuleShown]:
    """Return all rules, in the order in which approvers act."""
    return [
        RuleShown(
            row["id"], row["ref"], row["name"], " and ".join(map(condition_text, conditions_of(row["conditions"]))),
            row["approver_role"], row["sequence"], bool(row["is_active"]),
        )
        for row in queries.rules(desk.store, only_active=False)
    ]  # fmt: skip


def condition_text(condition: ApprovalCondition) -> str:
    """Return a condition as people write it."""
    value = condition.threshold
    shown = f"{from_dec6(value * 100)}%" if condition.metric in SHARES else str(value)
    return f"{condition.metric.value} {condition.comparison.value} {shown}"


def add(
    desk: Desk, conditions: Sequence[str], approver: str, *, sequence: int = 1, name: str = "", is_dry_run: bool = False
) -> Saved:
    """Add a rule: where all conditions hold, the approver must agree.

    Args:
        desk: the desk.
        conditions: such as `blended_discount > 10%`, `margin < 15%`, `payment_days > 60`.
        approver: the role that decides; `sequence` says who comes first.
        sequence: a number from 1 on.
        name: what it is called; its conditions where none is given.
        is_dry_run: whether only to say what would be done.

    Raises:
        UsageError: a condition that cannot be read, or no such role.
    """
    role = read_choice(approver, APPROVERS)
    if sequence < 1:
        raise UsageError("The order of approvers begins with 1.")
    with desk.store.write("quote.rule", is_dry_run=is_dry_run) as work:
        row = _row(desk, conditions, role, sequence, name)
        rule_id = work.insert("approval_rule", row)
        work.summary = f"Added the approval rule {row['name']}: {role}"
    return saved(work, is_dry_run=is_dry_run, record_id=rule_id)


def add_usual(desk: Desk, *, is_dry_run: bool = False) -> Saved:
    """Add the usual matrix; where there are rules already, nothing is added.

    Raises:
        ConflictError: there are rules.
    """
    if queries.rules(desk.store, only_active=False):
        raise ConflictError("There are approval rules already.", hint="See them: sfa quote rule list")
    with desk.store.write("quote.rule", is_dry_run=is_dry_run) as work:
        for row in usual_rows(desk):
            work.insert("approval_rule", row)
        work.summary = f"Added the usual {len(USUAL)} approval rules"
    return saved(work, is_dry_run=is_dry_run)


def usual_rows(desk: Desk) -> list[dict[str, object]]:
    """Return the usual matrix as rows."""
    return [_row(desk, [condition], role, sequence, name) for name, condition, role, sequence in USUAL]


def remove(desk: Desk, text: str, *, is_dry_run: bool = False) -> Saved:
    """Take a rule out of force, by its reference or name; what was decided by it stays.

    Raises:
        NotFoundError: there is none.
    """
    wanted = text.strip().casefold()
    found = [rule for rule in rules(desk) if wanted in (rule.ref, rule.id, rule.name.casefold())]
    if not found:
        raise NotFoundError(f"There is no approval rule {text}.", hint="List them with: sfa quote rule list")
    with desk.store.write("quote.rule", is_dry_run=is_dry_run) as work:
        work.remove("approval_rule", found[0].id)
        work.summary = f"Removed the approval rule {found[0].name}"
    return saved(work, is_dry_run=is_dry_run, record_id=found[0].id)


def _row(desk: Desk, conditions: Sequence[str], role: str, sequence: int, name: str) -> dict[str, object]:
    if not conditions:
        raise UsageError(
            "When does the rule apply?", hint='Such as: sfa quote rule add "margin < 15%" --approver finance'
        )
    read = [_condition(desk, text) for text in conditions]
    stored = [{"metric": one.metric.value, "op": one.comparison.value, "threshold": one.threshold} for one in read]
    shown = name.strip() or " and ".join(map(condition_text, read))
    return {"name": shown, "conditions": json.dumps(stored), "approver_role": role, "sequence": sequence}


def _condition(desk: Desk, text: str) -> ApprovalCondition:
    found = _CONDITION.fullmatch(text)
    if not found:
        raise UsageError(f"“{text}” is no condition.", hint=f"Such as margin < 15%; of: {', '.join(Metric)}.")
    metric = Metric(read_choice(found[1], tuple(one.value for one in Metric)))
    try:
        value = _threshold(desk, metric, found[3])
    except (AmountError, ValueError) as error:
        raise UsageError(f"“{text}”: {found[3]} is no threshold of {metric.value.replace('_', ' ')}.") from error
    return ApprovalCondition(metric, Comparison(found[2]), value)


def _threshold(desk: Desk, metric: Metric, text: str) -> int:
    if metric in SHARES:
        return ppm(text if text.endswith("%") else f"{text}%")
    if metric is Metric.TOTAL:
        return parse_amount(text, desk.currency).amount_minor
    return int(text)


def rule_name(desk: Desk, rule_id: str) -> str:
    """Return what a rule is called, in force or not."""
    return str((record(desk.store, "approval_rule", rule_id) or {}).get("name"))
