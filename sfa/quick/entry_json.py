"""What a line of quick entry was understood as, and what was written, as JSON."""

import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from sfa.domain.phrase.values import Act, Line
    from sfa.errors import SfaError
    from sfa.services.entry_values import Plan


def as_json(
    line: "Line",
    plan: "Plan | None",
    written: "Sequence[tuple[str, str, str]]",
    operation: str | None,
    problem: "SfaError | None",
) -> str:
    """Return one JSON object on one line.

    Args:
        line: as read.
        plan: what it means in the book, where that is known.
        written: noun, id and reference of what was written, in the order of the plan.
        operation: the journal's name for it.
        problem: why nothing would be written.
    """
    found: dict[str, object] = {
        "text": line.text,
        "acts": [_act(act) for act in line.acts],
        "spans": [{name: getattr(span, name) for name in ("kind", "start", "end", "value")} for span in line.spans],
        "tags": list(line.tags),
        "records": _records(plan, written) if plan else [],
        "notes": list(plan.notes) if plan else [],
        "operation": operation,
    }
    if problem:
        candidates = list(getattr(problem, "candidates", ()))
        told = {"message": problem.message, "hint": problem.hint, "exit_code": int(problem.exit_code)}
        found["problem"] = {**told, "candidates": candidates}
    return json.dumps(found, ensure_ascii=False)


def _act(act: "Act") -> dict[str, object]:
    return {name: _plain(getattr(act, name)) for name in act.__slots__}


def _plain(value: object) -> object:
    """Return a value of the grammar as JSON has it."""
    if hasattr(value, "all_day"):
        names = ("start", "end", "all_day", "grain", "text", "rule")
        return {name: _plain(getattr(value, name)) for name in names}
    if hasattr(value, "isoformat"):
        return value.isoformat(timespec="minutes")
    if hasattr(value, "currency"):
        return {name: getattr(value, name) for name in ("value", "currency")}
    return list(value) if isinstance(value, tuple) else value


def _records(plan: "Plan", written: "Sequence[tuple[str, str, str]]") -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    if plan.new_account:
        found.append({"noun": "account", "text": f"{plan.new_account} (new)", "values": {"name": plan.new_account}})
    made = written[0][1] if written and plan.new_account else None
    for entry in plan.entries:
        values = {name: _plain(value) for name, value in entry.values_with(made).items() if value is not None}
        found.append({"noun": entry.noun, "text": entry.words, "values": values})
        if entry.target:
            found[-1]["id"] = entry.target
    for record, (_, row_id, ref) in zip(found, written, strict=False):
        record |= {"id": row_id, "ref": ref}
    return found
