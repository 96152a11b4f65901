"""What a laptop says and is told, in the words of its version of the schema."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sfa.domain.sharing.versions import Versions
from sfa.sync.protocol import Change, Mutation
from sfa.sync.upgrading import reworded

_TOLD_OF_FIELDS = ("mine", "theirs", "before")
"""Columns of the inbox that hold fields of another table, as JSON."""

_FAULTS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a change of the schema may raise over values that no laptop writes."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one laptop.

    Attributes:
        versions: those that this server knows.
        schema: that of the laptop.
    """

    versions: Versions
    schema: int

    @property
    def is_own(self) -> bool:
        """Tell whether the laptop has the very schema of the server."""
        return self.schema == self.versions.newest

    @property
    def is_served(self) -> bool:
        """Tell whether such a laptop gets rows."""
        return self.versions.oldest_served <= self.schema <= self.versions.newest

    def understands(self, mutation: Mutation) -> bool:
        """Tell whether a mutation is in words that this server knows."""
        return self.versions.oldest <= (mutation.v or self.schema) <= self.versions.newest

    def heard(self, mutation: Mutation, find: Callable[[str, str], dict[str, Any] | None]) -> Mutation:
        """Return a mutation in the server's words; one that cannot be turned as it is, for the rules to refuse."""
        version = mutation.v or self.schema
        if version == self.versions.newest:
            return mutation
        try:
            return reworded(self.versions, replace(mutation, v=version), find(mutation.table, mutation.row_id))
        except _FAULTS:
            return mutation

    def row(self, table: str, row: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return a row in the laptop's words, None where it has none for it."""
        if self.schema >= self.versions.newest:
            return dict(row)
        if not self.versions.has_table(table, self.schema):
            return None
        if table == "inbox_entry":
            return self._entry(row)
        return dict(self.versions.down(table, row, self.schema))

    def _entry(self, row: Mapping[str, Any]) -> dict[str, Any] | None:
        about = str(row["table_name"])
        if not self.versions.has_table(about, self.schema):
            return None
        told = {
            name: json.dumps(
                dict(self.versions.down(about, json.loads(row[name]), self.schema, is_whole=False)),
                ensure_ascii=False,
                separators=(",", ":"),
            )
            for name in _TOLD_OF_FIELDS
            if row.get(name)
        }
        return {**row, **told}

    def change(self, change: Change) -> Change:
        """Return what happened in a bucket in the laptop's words."""
        if self.is_own:
            return change
        tables = {table: self._by_column(table, data) for table, data in change.rows.items()}
        gone = [one for one in change.gone if self.versions.has_table(one[0], self.schema)]
        return replace(change, rows={table: data for table, data in tables.items() if data["columns"]}, gone=gone)

    def _by_column(self, table: str, data: Mapping[str, Sequence[Any]]) -> Mapping[str, Any]:
        if self.versions.has_table(table, self.schema) and not (
            table == "inbox_entry" or self.versions.is_other(table, self.schema)
        ):
            return data
        rows = [
            self.row(table, dict(zip(data["columns"], one, strict=True))) for one in zip(*data["values"], strict=True)
        ]
        told = [row for row in rows if row is not None]
        columns = list(told[0]) if told else []
        return {"columns": columns, "values": [[row[column] for row in told] for column in columns]}
