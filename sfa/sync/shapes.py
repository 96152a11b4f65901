"""What this laptop's shared tables look like, and answers held to it: names in SQL never come from a server."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import NoneType
from typing import Any

from db.store import Store
from sfa.sync.outbox import LOCAL
from sfa.sync.protocol import ProtocolError

LARGEST = 2**53
"""Numbers and versions that a server may name: no laptop counts that far."""
_CELLS = {str, int, NoneType}


@dataclass(frozen=True, slots=True)
class Shape:
    """A shared table of this laptop.

    Attributes:
        columns: those that a server may write.
        required: those that are never empty.
        links: columns that name a row, and its table.
    """

    columns: frozenset[str]
    required: frozenset[str]
    links: Mapping[str, str]


Shapes = Mapping[str, Shape]


def shapes_of(store: Store) -> Shapes:
    """Return the shared tables by name, parents first: those that are journaled."""
    names = [
        row[0]
        for row in store.rows(
            "SELECT t.name FROM sqlite_master t JOIN sqlite_master v ON v.type = 'view' AND v.name = 'whole_' || t.name"
            " WHERE t.type = 'table' ORDER BY t.rowid"
        )
    ]
    return {name: _shape(store, name) for name in names}


def _shape(store: Store, name: str) -> Shape:
    columns = [(row[1], row[3]) for row in store.rows(f"PRAGMA table_info({name})") if row[1] not in LOCAL]
    links = {row[3]: row[2] for row in store.rows(f"PRAGMA foreign_key_list({name})")}
    required = frozenset(column for column, is_required in columns if is_required)
    return Shape(frozenset(column for column, _ in columns), required, links)


def checked(answer: Mapping[str, Any], shapes: Shapes) -> dict[str, Any]:
    """Return an answer with what this laptop knows of it; tables and columns of a newer schema are left out.

    Raises:
        ProtocolError: a part has another shape or type than the protocol says.
    """
    try:
        grants = [_typed(grant, str, int, str) for grant in _list(answer["grants"])]
        known = {grant[0] for grant in grants}
        return {
            "more": bool(answer["more"]),
            "last_n": _whole(answer["last_n"]),
            "grants": grants,
            "verdicts": [_verdict(one) for one in _list(answer["verdicts"])],
            "changes": [_change(one, known, shapes) for one in _list(answer["changes"])],
            "renewed": [_change(one, known, shapes) for one in _list(answer["renewed"])],
            "schema": _whole(answer["schema"]),
        }
    except (KeyError, TypeError, ValueError) as error:
        raise ProtocolError(400, "The server's answer is none of this protocol; nothing of it was taken.") from error


def known_part(row: Mapping[str, Any], shape: Shape) -> dict[str, Any]:
    """Return the columns of a row that a table of this laptop has."""
    return {name: value for name, value in row.items() if name in shape.columns}


def _verdict(data: object) -> list[Any]:
    verdict = _typed(data, int, str, str, dict | None)
    if verdict[3] is not None and not set(map(type, verdict[3].values())) <= _CELLS:
        raise TypeError
    return verdict


def _change(data: Mapping[str, Any], granted: set[str], shapes: Shapes) -> dict[str, Any]:
    if data["bucket"] not in granted:
        raise ValueError
    numbers = {key: _whole(data[key]) for key in ("epoch", "from", "to", "floor")}
    rows = {name: _table(table, shapes[name]) for name, table in data["rows"].items() if name in shapes}
    gone = [_typed(one, str, str, str) for one in _list(data["gone"])]
    return {
        **numbers,
        "bucket": data["bucket"],
        "reset": bool(data["reset"]),
        "whole": bool(data["whole"]),
        "rows": rows,
        "gone": [one for one in gone if one[0] in shapes],
    }


def _table(data: Mapping[str, Any], shape: Shape) -> dict[str, Any]:
    columns, values = data["columns"], data["values"]
    if len(columns) != len(values) or len(set(columns)) != len(columns):
        raise ValueError
    kept = {name: column for name, column in zip(columns, values, strict=True) if name in shape.columns}
    if set(map(type, kept["id"])) != {str} or len({len(column) for column in kept.values()}) != 1:
        raise ValueError
    if any(not set(map(type, _list(column))) <= _CELLS for column in kept.values()):
        raise TypeError
    return {"columns": list(kept), "values": list(kept.values())}


def _typed(data: object, *kinds: Any) -> list[Any]:  # noqa: ANN401 - types and unions of them
    parts = _list(data)
    if len(parts) != len(kinds) or not all(map(isinstance, parts, kinds)):
        raise TypeError
    return parts


def _list(data: object) -> list[Any]:
    if not isinstance(data, list):
        raise TypeError
    return data


def _whole(data: object) -> int:
    if not isinstance(data, int) or isinstance(data, bool) or not 0 <= data <= LARGEST:
        raise TypeError
    return data
