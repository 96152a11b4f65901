"""A plan as TOML text; a fault is named with its line (domain.md 1.1)."""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date
from enum import StrEnum
from itertools import accumulate
from typing import Any

from sfa.domain.commission import plan as parts
from sfa.domain.commission.plan import Campaign, Component, Decay, Plan, PlanError, Point, RateRule, Release, Tier
from sfa.domain.commission.plan_check import check
from sfa.domain.currencies import is_currency
from sfa.domain.text import is_broken, shown

_CHOICES: dict[str, type[StrEnum]] = {
    "function": parts.Function,
    "axis": parts.Axis,
    "mode": parts.Mode,
    "measure": parts.Measure,
    "trigger": parts.Trigger,
    "threshold_mode": parts.Threshold,
    "reversal": parts.Reversal,
    "kind": parts.Kind,
    "window": parts.Window,
    "gate_window": parts.Window,
    "on": parts.ReleaseOn,
    "fx": parts.FxPolicy,
    "proration": parts.Proration,
    "on_change": parts.OnChange,
}
_ROWS: dict[str, type[Tier | Point | Decay | RateRule]] = {
    "tiers": Tier,
    "points": Point,
    "decay": Decay,
    "rates": RateRule,
}
_TABLES: dict[str, type[Release | Campaign]] = {"release": Release, "campaign": Campaign}
_WORDS = {"code", "gate", "currency", "name", "terms", "product", "category"}
_FLAGS = {"extend_curve", "retro", "refundable_cap", "counts_to_quota", "per_unit", "include_self"}
_DAYS = {"valid_from", "valid_to", "starts", "ends"}
_HEADER = "[[component]]"


def read_plan(text: str) -> Plan:
    """Read and check a plan: keys are those of `Plan`, `Component` and what they hold.

    Raises:
        PlanError: a sentence that names the part, and the line of it where it can be told.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PlanError(f"The plan is no TOML: {error}.") from error
    try:
        return plan_of(data)
    except PlanError as error:
        line = _line(text, data, error)
        place = f" (line {line})" if line else ""
        raise PlanError(f"{error}{place}", part=error.part, index=error.index) from error


def plan_of(data: Mapping[str, Any]) -> Plan:
    """Return the checked plan that the keys of a text say.

    Raises:
        PlanError: a sentence that names the part.
    """
    if not isinstance(data, Mapping):
        raise PlanError(f"A plan is TOML text or a table, not {shown(data)}.")
    known = {field.name for field in fields(Plan)} - {"components"} | {"component"}
    for key in data:
        if key not in known:
            raise PlanError(f"“{key}” is no part of a plan.", part=key)
    rows = data.get("component")
    if isinstance(rows, list) and (lacking := next((n for n, row in enumerate(rows, 1) if not _has_code(row)), 0)):
        raise PlanError(f"Component {lacking} has no code.")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, Mapping) for row in rows):
        raise PlanError(f"The plan has no {_HEADER}.")
    for key, kind in (("code", str), ("version", int), ("currency", str)):
        if not isinstance(data.get(key), kind):
            raise PlanError(f"The plan needs {key}, a {'whole number' if kind is int else 'text'}.", part=key)
    if not is_currency(data["currency"]):
        raise PlanError(f"{shown(data['currency'])} is no currency.", part="currency")
    plain = {key: _value("", key, value) for key, value in data.items() if key != "component"}
    return check(Plan(**plain, components=tuple(map(_component, rows))))


def _has_code(row: object) -> bool:
    return not isinstance(row, Mapping) or (isinstance(row.get("code"), str) and bool(row["code"]))


def _component(row: Mapping[str, Any]) -> Component:
    code = row["code"]
    known = {field.name for field in fields(Component)}
    for key in row:
        if key not in known:
            raise PlanError(f"“{key}” is no part of a component.", code, key)
    return Component(**{key: _value(code, key, value) for key, value in row.items()})


def _value(code: str, key: str, value: object, part: str = "", index: int = -1) -> Any:  # noqa: ANN401 - it fits the key
    """Return what a key says, as the plan holds it."""
    if key in _CHOICES:
        choices = [choice.value for choice in _CHOICES[key]]
        if value not in choices:
            raise PlanError(f"{key} is one of {', '.join(choices)}, not {shown(value)}.", code, part or key, index)
        return _CHOICES[key](value)
    if key in _ROWS:
        return _rows(code, key, value)
    if key in _TABLES:
        return _table(code, key, value)
    if key == "only":
        return _only(code, value)
    if key in _DAYS:
        return _day(code, key, value, part or key)
    _fits(code, key, value, part or key, index)
    return value


def _day(code: str, key: str, value: object, part: str) -> date:
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise PlanError(f"{key} must be a day as 2026-01-31, not {shown(value)}.", code, part) from None


def _fits(code: str, key: str, value: object, part: str, index: int = -1) -> None:
    wanted: type = str if key in _WORDS else bool if key in _FLAGS else int
    if type(value) is not wanted or (isinstance(value, str) and is_broken(value)):
        words = {
            str: "a text",
            bool: "true or false",
            int: "a whole number: minor units, or parts per million",
        }
        place = f"{part} {index + 1}: " if index >= 0 else ""
        raise PlanError(f"{place}{key} must be {words[wanted]}, not {shown(value)}.", code, part, index)


def _table(code: str, key: str, value: object) -> Release | Campaign:
    kind = _TABLES[key]
    known = {field.name for field in fields(kind)}
    if not isinstance(value, Mapping):
        raise PlanError(f"{key} must be a table.", code, key)
    for name in value:
        if name not in known:
            raise PlanError(f"“{name}” is no part of {key}.", code, key)
    return kind(**{name: _value(code, name, cell, key) for name, cell in value.items()})


def _rows(code: str, key: str, value: object) -> tuple[Tier | Point | Decay | RateRule, ...]:
    kind = _ROWS[key]
    known = {field.name for field in fields(kind)}
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise PlanError(f"{key} must be a list of tables.", code, key)
    found = []
    for index, row in enumerate(value):
        for name, cell in row.items():
            if name not in known:
                raise PlanError(f"{key} {index + 1}: “{name}” is no part of it.", code, key, index)
            if not (name in {"hi", "band_hi"} and cell is None):
                _fits(code, name, cell, key, index)
        for field in fields(kind):
            if field.default is MISSING and field.name not in row and field.name != "hi":
                raise PlanError(f"{key} {index + 1} lacks {field.name}.", code, key, index)
        found.append(kind(**({"hi": None} | row if kind is Tier else row)))
    return tuple(found)


def _only(code: str, value: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(value, dict) or not all(isinstance(allowed, list) for allowed in value.values()):
        raise PlanError("only must be a table of lists: what it is limited to.", code, "only")
    return tuple((key, tuple(map(str, allowed))) for key, allowed in value.items())


def _line(text: str, data: Mapping[str, Any], error: PlanError) -> int:
    """Return the line of a fault, counted from 1; 0 where it cannot be told."""
    lines = [line.split("#")[0].replace(" ", "") for line in text.splitlines()]
    starts = [number for number, line in enumerate(lines) if line == _HEADER]
    start, end = 0, starts[0] if starts else len(lines)
    if error.component:
        codes = [row.get("code") for row in data["component"]]
        found = [index for index, code in enumerate(codes) if code == error.component][-1]
        if found >= len(starts):
            return 0
        start, end = starts[found], [*starts[1:], len(lines)][found]
    if not error.part:
        return start + 1 if error.component else 0
    return _line_of_part(lines, start, end, error) or (start + 1 if error.component else 0)


def _line_of_part(lines: list[str], start: int, end: int, error: PlanError) -> int:
    tables = [number for number in range(start, end) if lines[number] == f"[[component.{error.part}]]"]
    if tables:
        return tables[max(error.index, 0)] + 1
    keys = (f"{error.part}=", f"[component.{error.part}")
    first = next((number for number in range(start, end) if lines[number].startswith(keys)), None)
    if first is None:
        return 0
    seen = accumulate(lines[number].count("{") for number in range(first, end))
    rows = (number for number, count in enumerate(seen, first) if count > error.index)
    return (next(rows, first) if error.index >= 0 else first) + 1
