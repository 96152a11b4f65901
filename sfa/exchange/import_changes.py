"""What a row of a file would change in a record that is there already."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from db.queries.nouns import READ_NOUNS
from sfa.clock import instant_text
from sfa.domain.fields import NOUNS
from sfa.domain.money import Money
from sfa.exchange.import_rows import RowBuilder
from sfa.exchange.records import Record
from sfa.services.desk import Desk

CHUNK = 500
_NOT_COMPARED = frozenset({"external_id", "account_key", "currency", "probability", "category"})
_IDS = {
    ("opportunity", "product"): "(SELECT n.product_id FROM opportunity_line n WHERE n.opportunity_id = o.id ORDER BY n.seq LIMIT 1)",
    ("opportunity", "contact"): "(SELECT n.contact_id FROM opportunity_contact n WHERE n.opportunity_id = o.id ORDER BY n.rowid LIMIT 1)",
    ("activity", "contact"): "(SELECT w.contact_id FROM activity_contact w WHERE w.activity_id = y.id ORDER BY w.rowid LIMIT 1)",
}  # fmt: skip
_DEAL_DAYS = {"closed": "closed_on", "close_date": "close_date", "created": "created_on"}


class Present:
    """The records of the book that a file names, by id, with the fields that can be compared."""

    def __init__(self, desk: Desk, noun: str, ids: Sequence[str], builder: RowBuilder) -> None:
        self._desk = desk
        self._noun = READ_NOUNS[noun]
        self._builder = builder
        self._stages = builder.stages
        self._fields = [name for name in NOUNS[noun].fields if name not in _NOT_COMPARED]
        self._rows: dict[str, dict[str, Any]] = {}
        for start in range(0, len(ids), CHUNK):
            self._read(ids[start : start + CHUNK])

    def _read(self, ids: Sequence[str]) -> None:
        parts = [self._noun.alias + ".id"]
        for name in self._fields:
            parts += self._expressions(name)
        marks = ", ".join("?" * len(ids))
        sql = f"SELECT {', '.join(parts)} FROM {self._noun.source} WHERE {self._noun.alias}.id IN ({marks})"  # noqa: S608 - our own names
        for row in self._desk.store.rows(sql, list(ids)):
            values = iter(row[1:])
            self._rows[row[0]] = {name: self._value(name, values) for name in self._fields}

    def _expressions(self, name: str) -> list[str]:
        override = _IDS.get((self._noun.name, name))
        if override:
            return [override]
        found = self._noun.field(name)
        if found is None:
            return ["NULL"]
        if found.target:
            return [found.id_sql]
        return [found.sql, found.currency_sql] if found.kind == "money" else [found.sql]

    def _value(self, name: str, values: Any) -> Any:  # noqa: ANN401 - an iterator over the columns of a row
        value = next(values)
        found = self._noun.field(name)
        if found is not None and found.kind == "money" and (self._noun.name, name) not in _IDS:
            currency = next(values)
            return Money(value, currency) if value is not None and currency else None
        return value

    def changes(self, record: Record, row_id: str) -> dict[str, object]:
        """Return the fields that the row gives another value; what it leaves out stays.

        Raises:
            RowProblem: a reference is missing.
        """
        before = self._rows[row_id]
        found: dict[str, object] = {}
        for name, value in record.values.items():
            if name not in before or (self._noun.name == "opportunity" and name in ("stage", "outcome", *_DEAL_DAYS)):
                continue
            spec = NOUNS[self._noun.name].fields[name]
            new = self._builder.reference(record, name) if spec.target else comparable(value)
            if name == "tags":
                new = sorted(value) if isinstance(value, list) else []
                before[name] = sorted(str(before[name] or "").split())
            if new is not None and new != before[name]:
                found[name] = value if not spec.target else new
        if self._noun.name == "opportunity":
            found |= self._deal_changes(record, before)
        return found

    def _deal_changes(self, record: Record, before: dict[str, Any]) -> dict[str, object]:
        """Return the fields of stage and dates that differ, as they would stand after an import anew."""
        named = {"stage", "outcome", *_DEAL_DAYS} & set(record.values)
        if not named:
            return {}
        values = {**{name: _as_day(before[name]) for name in _DEAL_DAYS if before.get(name)}, **record.values}
        if not {"stage", "outcome"} & set(record.values):
            return {
                name: value
                for name, value in record.values.items()
                if name in named and comparable(value) != before[name]
            }
        target = self._stages.columns(values, self._desk.today.isoformat())
        found: dict[str, object] = {}
        if target["stage_id"] != before["stage"]:
            found["stage"] = target["stage_id"]
        for name, column in _DEAL_DAYS.items():
            if name in record.values and target[column] != before[name]:
                found[name] = target[column]
        if "stage" in found and target["closed_on"]:
            found["closed"] = target["closed_on"]
        return found


def _as_day(value: object) -> object:
    return date.fromisoformat(value) if isinstance(value, str) else value


def comparable(value: object) -> Any:  # noqa: ANN401 - what a column holds
    """Return a value of a file as the query gives it."""
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return int(value)
    return value
