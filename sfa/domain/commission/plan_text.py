"""A plan as TOML text; a fault is named with its line (domain.md 1.1)."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from itertools import accumulate
from typing import Any

from sfa.domain.commission.plan import (
    Axis,
    Component,
    Decay,
    Function,
    Measure,
    Mode,
    Plan,
    PlanError,
    Point,
    Reversal,
    Threshold,
    Tier,
    Trigger,
    check,
)

_CHOICES: dict[str, type[StrEnum]] = {
    "function": Function,
    "axis": Axis,
    "mode": Mode,
    "measure": Measure,
    "trigger": Trigger,
    "threshold_mode": Threshold,
    "reversal": Reversal,
}
_ROWS: dict[str, type[Tier | Point | Decay]] = {"tiers": Tier, "points": Point, "decay": Decay}
_WORDS = {"code", "gate"}
_FLAGS = {"extend_curve", "retro"}
_HEADER = "[[component]]"


def read_plan(text: str) -> Plan:
    """Read and check a plan: keys are those of `Plan`, `Component`, `Tier`, `Point` and `Decay`.

    Raises:
        PlanError: a sentence that names the part, and the line of it where it can be told.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PlanError(f"The plan is no TOML: {error}.") from error
    try:
        return check(_plan(data))
    except PlanError as error:
        line = _line(text, data, error)
        place = f" (line {line})" if line else ""
        raise PlanError(f"{error}{place}", part=error.part, index=error.index) from error


def _plan(data: Mapping[str, Any]) -> Plan:
    for key in data:
        if key not in {"code", "version", "currency", "component"}:
            raise PlanError(f"“{key}” is no part of a plan.", part=key)
    rows = data.get("component")
    if not isinstance(rows, list) or not rows:
        raise PlanError(f"The plan has no {_HEADER}.")
    for key, kind in (("code", str), ("version", int), ("currency", str)):
        if not isinstance(data.get(key), kind):
            raise PlanError(f"The plan needs {key}, a {'whole number' if kind is int else 'text'}.", part=key)
    return Plan(data["code"], data["version"], data["currency"], tuple(map(_component, rows)))


def _component(row: Mapping[str, Any]) -> Component:
    code = row.get("code")
    if not isinstance(code, str) or not code:
        raise PlanError("A component has no code.")
    known = {field.name for field in fields(Component)}
    return Component(**{key: _value(code, key, value, known) for key, value in row.items()})


def _value(code: str, key: str, value: object, known: set[str]) -> Any:  # noqa: ANN401 - it fits the key
    """Return what a key of a component says, as the component holds it."""
    if key not in known:
        raise PlanError(f"“{key}” is no part of a component.", code, key)
    if key in _CHOICES:
        choices = [choice.value for choice in _CHOICES[key]]
        if value not in choices:
            raise PlanError(f"{key} is one of {', '.join(choices)}, not {value!r}.", code, key)
        return _CHOICES[key](value)
    if key in _ROWS:
        return _rows(code, key, value)
    if key == "only":
        return _only(code, value)
    _fits(code, key, value, key)
    return value


def _fits(code: str, key: str, value: object, part: str, index: int = -1) -> None:
    wanted: type = str if key in _WORDS else bool if key in _FLAGS else int
    if type(value) is not wanted:
        words = {str: "a text", bool: "true or false", int: "a whole number: minor units, or parts per million"}
        raise PlanError(f"{key} must be {words[wanted]}, not {value!r}.", code, part, index)


def _rows(code: str, key: str, value: object) -> tuple[Tier | Point | Decay, ...]:
    kind = _ROWS[key]
    known = {field.name for field in fields(kind)}
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise PlanError(f"{key} must be a list of tables.", code, key)
    found = []
    for index, row in enumerate(value):
        for name, cell in row.items():
            if name not in known:
                raise PlanError(f"“{name}” is no part of {key}.", code, key, index)
            _fits(code, name, cell, key, index)
        try:
            found.append(kind(**({"hi": None} | row if kind is Tier else row)))
        except TypeError as error:
            raise PlanError(f"{key} {index + 1} lacks one of its parts.", code, key, index) from error
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
