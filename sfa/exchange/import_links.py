"""Rows that hang on a record (phones, roles, lines...): which of a file's are there already, and how the others come."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from db.queries import imports as queries
from db.queries.records import Row
from db.store import UnitOfWork
from sfa.exchange.import_entries import Entry, Link

Rows = Sequence[Row]
_NEVER: Final = frozenset({"kind", "is_primary", "valid_from", "seq", "quantity_dec6"})
"""Columns that tell how a row comes, not whether it is there."""


class PresentLinks:
    """The rows that hang on the records of a batch."""

    def __init__(self, work: UnitOfWork, entries: Iterable[Entry]) -> None:
        self._work = work
        self._rows: dict[str, dict[str, list[Row]]] = {}
        wanted: dict[tuple[str, str], list[str]] = {}
        for entry in entries:
            for link in entry.links:
                wanted.setdefault((link.table, link.owner), []).append(entry.id)
        for (table, owner), ids in wanted.items():
            self._rows[table] = queries.links(work.store, table, owner, list(dict.fromkeys(ids)))

    def missing(self, entry: Entry) -> list[Link]:
        """Return the links of a row that are not there as the row has them."""
        return [link for link in entry.links if not self._is_there(link, self._rows[link.table].get(entry.id, []))]

    @staticmethod
    def _is_there(link: Link, rows: Rows) -> bool:
        same = _IDENTITY[link.table]
        said = {name: value for name, value in link.columns.items() if name not in _NEVER}
        if link.table == "opportunity_line":
            said.pop("amount_minor")
        if link.table == "phone":
            return any(same(link, row) for row in rows)
        return any(same(link, row) and all(row[name] == value for name, value in said.items()) for row in rows)

    def write(self, entry: Entry, links: Iterable[Link], today: str) -> None:
        """Bring links to a record that is there: in the place of the row that they replace, or beside the others."""
        for link in links:
            rows = self._rows[link.table].get(entry.id, [])
            if link.table == "contact_role":
                self._write_role(entry, link, rows, today)
                continue
            place = self._place(entry, link, rows)
            if place is None:
                self._work.insert(link.table, {link.owner: entry.id, **link.columns})
            else:
                self._work.update(link.table, place["id"], _replacing(link))

    def _place(self, entry: Entry, link: Link, rows: Rows) -> Row | None:
        """Return the row that a link replaces: of its kind, and not one that the file has as well."""
        if link.table in ("address", "opportunity_line"):
            return rows[0] if rows else None
        if link.table not in ("phone", "email"):
            return None
        ours = [other for other in entry.links if other.table == link.table]
        same = _IDENTITY[link.table]
        free = [
            row for row in rows if row["kind"] == link.columns["kind"] and not any(same(other, row) for other in ours)
        ]
        first = next((other for other in ours if other.columns["kind"] == link.columns["kind"]), None)
        return free[0] if free and link is first else None

    def _write_role(self, entry: Entry, link: Link, rows: Rows, today: str) -> None:
        """Change what somebody is at an account, or end that role today and begin another."""
        current = [row for row in rows if row["valid_to"] is None]
        here = next((row for row in current if row["account_id"] == link.columns["account_id"]), None)
        role = {"role": link.columns["role"]} if "role" in link.columns else {}
        if here:
            self._work.update("contact_role", here["id"], {"is_primary": 1, **role})
            return
        for row in current:
            if row["is_primary"]:
                ended = {"valid_to": max(today, row["valid_from"] or "")}
                self._work.update("contact_role", row["id"], ended)
        self._work.insert("contact_role", {"contact_id": entry.id, **link.columns, "valid_from": today})


def _replacing(link: Link) -> dict[str, Any]:
    columns = {name: value for name, value in link.columns.items() if name not in _NEVER}
    if link.table in ("phone", "email"):
        return {**columns, "is_invalid": 0}
    return {**columns, "unit_price_dec6": None} if link.table == "opportunity_line" else columns


def _same(*names: str) -> Callable[[Link, Row], bool]:
    return lambda link, row: all(row[name] == link.columns[name] for name in names)


def _same_phone(link: Link, row: Row) -> bool:
    number = link.columns["e164"]
    return row["number"] == link.columns["number"] or (number is not None and row["e164"] == number)


def _current_role(link: Link, row: Row) -> bool:
    return bool(row["account_id"] == link.columns["account_id"] and row["valid_to"] is None)


def _any_row(_link: Link, _row: Row) -> bool:
    return True


_IDENTITY: Final[dict[str, Callable[[Link, Row], bool]]] = {
    "phone": _same_phone,
    "email": _same("folded"),
    "address": _any_row,
    "record_tag": _same("tag_id"),
    "contact_role": _current_role,
    "opportunity_line": _same("product_id"),
    "opportunity_contact": _same("contact_id"),
    "activity_contact": _same("contact_id"),
}
