"""Two versions of the schema that exist for the tests alone, before the one that is: their tables, words and steps.

The newest one's tables are the program's own. What a version says is turned here by hand, without the program's code.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.migrations import Step, run_steps
from db.triggers import TableShape, all_triggers
from sfa.domain.sharing.versions import Change, NewTable, Versions, added, joined, removed, renamed, split

if TYPE_CHECKING:
    from alembic.operations import Operations

    from db.driver import Connection

FRESH = "attachment"
"""The table that the first version has not."""
LOCAL = frozenset({"ref", "created_at", "updated_at"})


def apart(label: str | None) -> tuple[str | None, str | None]:
    """Return title and suffix of a label: `Dr|jr`."""
    before, bar, after = (label or "").partition("|")
    return (before or None, (after or None) if bar else None)


def together(prefix: str | None, suffix: str | None) -> str | None:
    """Return the label of title and suffix."""
    return f"{prefix or ''}|{suffix}" if suffix else prefix


def dialled(area: str | None, line: str | None) -> str | None:
    """Return a number of its area and line."""
    return None if area is None and line is None else f"{area or ''}-{line or ''}"


def undialled(number: str | None) -> tuple[str | None, str | None]:
    """Return area and line of a number."""
    area, _, line = (number or "").partition("-")
    return area or None, line or None


LAST: tuple[Change, ...] = (
    renamed("account", "remark", "description"),
    removed("account", "fax", "none"),
    added("opportunity", "type", "new"),
    split("contact", "label", ("prefix", "suffix"), apart, together),
    joined("phone", ("area", "line"), "e164", dialled, undialled),
)
FIRST: tuple[Change, ...] = (NewTable(FRESH), renamed("opportunity", "story", "description"))

BACK = (
    (
        "ALTER TABLE account RENAME COLUMN description TO remark",
        "ALTER TABLE account ADD COLUMN fax TEXT NOT NULL DEFAULT 'none'",
        "ALTER TABLE opportunity DROP COLUMN type",
        "ALTER TABLE contact DROP COLUMN prefix",
        "ALTER TABLE contact DROP COLUMN suffix",
        "ALTER TABLE contact ADD COLUMN label TEXT",
        "DROP INDEX ix_phone_e164",
        "ALTER TABLE phone DROP COLUMN e164",
        "ALTER TABLE phone ADD COLUMN area TEXT",
        "ALTER TABLE phone ADD COLUMN line TEXT",
    ),
    ("ALTER TABLE opportunity RENAME COLUMN description TO story", "DROP TABLE attachment"),
)
"""How the newest tables become those of the version before it, and these the ones of the first."""


def to_last(operations: "Operations") -> None:
    """Bring tables of the version before to the newest."""
    for statement in (
        "ALTER TABLE account RENAME COLUMN remark TO description",
        "ALTER TABLE account DROP COLUMN fax",
        "ALTER TABLE opportunity ADD COLUMN type TEXT CHECK (type IN ('new', 'existing', 'renewal'))",
        "UPDATE opportunity SET type = 'new'",
        "ALTER TABLE contact ADD COLUMN prefix TEXT",
        "ALTER TABLE contact ADD COLUMN suffix TEXT",
        (
            "UPDATE contact SET prefix = nullif(substr(label, 1, instr(label || '|', '|') - 1), ''),"
            " suffix = nullif(substr(label, instr(label || '|', '|') + 1), '')"
        ),
        "ALTER TABLE contact DROP COLUMN label",
        "ALTER TABLE phone ADD COLUMN e164 TEXT",
        (
            "UPDATE phone SET e164 = coalesce(area, '') || '-' || coalesce(line, '')"
            " WHERE area IS NOT NULL OR line IS NOT NULL"
        ),
        "ALTER TABLE phone DROP COLUMN area",
        "ALTER TABLE phone DROP COLUMN line",
        "CREATE INDEX ix_phone_e164 ON phone (e164)",
    ):
        operations.execute(statement.replace(":", "\\:"))


def to_middle(operations: "Operations") -> None:
    """Bring tables of the first version to those of the one after it."""
    operations.execute("ALTER TABLE opportunity RENAME COLUMN story TO description")
    for statement in _made_of(FRESH):
        operations.execute(statement.replace(":", "\\:"))


def _made_of(table: str) -> Iterable[str]:
    from db.founding import script  # noqa: PLC0415 - where a laptop is upgraded

    whole = script().split(";\n\n")
    return (text for text in whole if text.startswith(f"CREATE TABLE {table} (") or f" ON {table} (" in text)


def versions(newest: int) -> Versions:
    """Return what a program knows whose newest version is the first, second or third, and has the newest tables."""
    changes = {number: LAST if number == newest else FIRST for number in range(2, newest + 1)}
    return Versions(newest, changes)


def older(newest: int) -> Versions:
    """Return what a program knows of the second version or the first one of three, with their own tables."""
    return Versions(newest, {2: FIRST} if newest == 2 else {})


def go_back(connection: "Connection", layers: int) -> None:
    """Turn the empty tables of a laptop into those of a version so many before."""
    for kind, name in connection.execute(
        "SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view')"
    ).fetchall():
        connection.execute(f'DROP {kind} IF EXISTS "{name}"')
    for statements in BACK[:layers]:
        for statement in statements:
            connection.execute(statement)
    for statement in all_triggers(_shapes(connection)):
        connection.execute(statement)


def _shapes(connection: "Connection") -> list[TableShape]:
    from db.schema import journaled_tables  # noqa: PLC0415 - half a second

    shapes = []
    for table in journaled_tables():
        columns = tuple(row[1] for row in connection.execute(f"PRAGMA table_info({table.name})").fetchall())
        if columns:
            shapes.append(TableShape(table.name, columns, LOCAL & set(columns)))
    return shapes


def go_on(connection: "Connection", layers: int, newest: int = 3) -> None:
    """Upgrade a laptop to the newest tables, as the program does it."""
    steps = [Step(newest - 1, "First", to_middle, FIRST), Step(newest, "Last", to_last, LAST)]
    run_steps(connection, steps[2 - layers :], newest)


@dataclass(slots=True)
class Tongue:
    """The words of a laptop, so many versions before the newest."""

    layers: int = 0

    def has(self, table: str) -> bool:
        return self.layers < 2 or table != FRESH

    def column(self, table: str, column: str) -> str:
        """Return how a column of the newest version is called here."""
        if self.layers and (table, column) == ("account", "description"):
            return "remark"
        return "story" if self.layers == 2 and (table, column) == ("opportunity", "description") else column

    def read(self, version: int, table: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return fields that were written here, perhaps before an upgrade, in the words of now."""
        return values if self.layers else newest_words(version, table, values)

    def told(self, table: str, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return a row of the newest version as it is here."""
        if table == "inbox_entry":
            parts = {name: json.loads(row[name]) for name in ("mine", "theirs", "before") if row[name]}
            told = {name: self._fields(str(row["table_name"]), fields) for name, fields in parts.items()}
            return {**row, **{name: json.dumps(fields, separators=(",", ":")) for name, fields in told.items()}}
        told = self._fields(table, row)
        return {**told, "fax": "none"} if self.layers and table == "account" else told

    def _fields(self, table: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        told = {self.column(table, name): value for name, value in fields.items()}
        if not self.layers:
            return told
        if table == "opportunity":
            told.pop("type", None)
        elif table == "contact" and {"prefix", "suffix"} & set(told):
            label = together(told.pop("prefix", None), told.pop("suffix", None))
            # A part alone says nothing of the whole.
            told |= {"label": label} if {"prefix", "suffix"} <= set(fields) else {}
        elif table == "phone" and "e164" in told:
            told["area"], told["line"] = undialled(told.pop("e164"))
        return told


def newest_words(version: int, table: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields of a mutation of some version in the newest words; numbers that are joined are left out."""
    said = dict(values)
    if version <= 2:
        if table == "account":
            said.pop("fax", None)
            if "remark" in said:
                said["description"] = said.pop("remark")
        elif table == "contact" and "label" in said:
            said["prefix"], said["suffix"] = apart(said.pop("label"))
        elif table == "phone":
            said.pop("area", None)
            said.pop("line", None)
    if version == 1 and table == "opportunity" and "story" in said:
        said["description"] = said.pop("story")
    return said
