"""Imports a file: one transaction, one operation, repeatable; rows that cannot be taken are kept with their reasons."""

import hashlib
from collections.abc import Callable
from typing import Any

from db import search
from db.queries import names
from db.store import LINK_TABLES, UnitOfWork
from sfa.domain.fields import NOUNS
from sfa.exchange.import_changes import Present
from sfa.exchange.import_names import Names
from sfa.exchange.import_plan import Plan, Result
from sfa.exchange.import_rows import Built, RowBuilder, RowProblem
from sfa.exchange.records import Record
from sfa.exchange.writers import Rejected
from sfa.services.desk import Desk
from sfa.services.identity import folded_email
from sfa.services.records import verbs_of
from sfa.services.references import Ambiguous

BY_NAME = frozenset({"account", "contact", "product", "user"})
BATCH = 2000
Progress = Callable[[int], None]


def run(desk: Desk, plan: Plan, *, is_dry_run: bool = False, on_progress: Progress | None = None) -> Result:
    """Import a plan's rows; nothing or all of it is saved, and one undo takes it back.

    Raises:
        UsageError: a date can be read in two ways and nobody said which.
        StorageError: the disk is full or cannot be written.
    """
    records = plan.records(desk)
    with desk.store.write("import", is_dry_run=is_dry_run) as work:
        work.execute("PRAGMA defer_foreign_keys = ON")
        importer = _Import(desk, work, plan, records, on_progress)
        result = importer.run()
        words = NOUNS[plan.noun].plural if result.new + result.changed != 1 else plan.noun
        work.summary = f"Imported {result.new + result.changed:,} {words} from {plan.request.path.name}"
        if not is_dry_run:
            search.refresh_within(work.connection)
    result.operation_id = None if is_dry_run else work.operation_id
    return result


class _Import:
    """One import: first every row gets its id, so that rows may refer to later ones; then rows are built and written."""

    def __init__(
        self, desk: Desk, work: UnitOfWork, plan: Plan, records: list[Record], on_progress: Progress | None
    ) -> None:
        self._desk = desk
        self._work = work
        self._plan = plan
        self._records = records
        self._tell = on_progress
        self._noun = plan.noun
        self._names = Names(desk, work, plan.request.create)
        self._builder = RowBuilder(desk, self._names, plan.noun, work.at)
        self._pending: dict[str, list[dict[str, Any]]] = {}
        self._result = Result(plan.noun, notes=list(plan.notes))

    def run(self) -> Result:
        """Import all rows."""
        known = self._names_of_source()
        chosen = self._choose_ids(known)
        present = Present(
            self._desk, self._noun, [row_id for _, row_id, _, is_new in chosen if not is_new], self._builder
        )
        for number, (record, row_id, key, is_new) in enumerate(chosen):
            self._take(record, row_id, key, present, is_new=is_new)
            if number % BATCH == BATCH - 1:
                self._flush()
                if self._tell:
                    self._tell(BATCH)
        self._flush()
        self._result.created = self._names.created
        self._result.notes += self._builder.stages.notes
        return self._result

    def _names_of_source(self) -> dict[str, str]:
        return names.keys_of_source(self._desk.store, NOUNS[self._noun].table, self._plan.request.source)

    def _choose_ids(self, known: dict[str, str]) -> list[tuple[Record, str, str, bool]]:
        """Return each good record with its id, its key in the source, and whether it is new."""
        chosen: list[tuple[Record, str, str, bool]] = []
        lines: dict[str, int] = {}
        claimed: set[str] = set()
        repeats: dict[str, int] = {}
        for record in self._records:
            if record.problems:
                self._reject(record, "; ".join(record.problems))
                continue
            key = self._key(record, repeats)
            if key in lines:
                self._reject(record, f"the id {key} stands in line {lines[key]} already")
                continue
            lines[key] = record.row.line
            row_id = known.get(key) or self._same_name(record, claimed)
            is_new = row_id is None
            row_id = row_id or self._desk.store.ids.new()
            claimed.add(row_id)
            if is_new and self._noun in BY_NAME:
                name = str(record.values.get("name") or record.values.get("email") or "")
                external = record.values.get("external_id")
                self._names.add(self._noun, row_id, name, str(external) if external else None)
            chosen.append((record, row_id, key if key not in known else "", is_new))
        return chosen

    def _key(self, record: Record, repeats: dict[str, int]) -> str:
        """Return the record's external id, or a fingerprint of its row; equal rows are told apart by number."""
        external = record.values.get("external_id")
        if external:
            return str(external)
        text = "\x1f".join(f"{name}={value}" for name, value in sorted(record.values.items()))
        digest = hashlib.sha1(f"{self._noun}\x1f{text}".encode(), usedforsecurity=False).hexdigest()
        repeats[digest] = repeats.get(digest, 0) + 1
        return f"row:{digest}:{repeats[digest]}"

    def _same_name(self, record: Record, claimed: set[str]) -> str | None:
        """Return the record of the book that is the same one by name (a contact: by e-mail), where it is no other's."""
        if self._noun not in BY_NAME:
            return None
        if self._noun == "contact":
            found = self._contact_by_email(record)
        else:
            by_name = self._names.index(self._noun).find(str(record.values["name"]))
            found = None if isinstance(by_name, Ambiguous) else by_name
        if found is None or found in claimed:
            return None
        if record.values.get("external_id") and self._has_other_key(found):
            return None
        return found

    def _contact_by_email(self, record: Record) -> str | None:
        email = record.values.get("email")
        if not email:
            return None
        sql = (
            "SELECT e.contact_id FROM email e JOIN contact c ON c.id = e.contact_id WHERE e.folded = ?"
            " AND c.deleted_at IS NULL AND c.name = ?"
        )
        found = self._desk.store.value(sql, (folded_email(str(email)), record.values.get("name")))
        return None if found is None else str(found)

    def _has_other_key(self, row_id: str) -> bool:
        return names.has_key(self._desk.store, NOUNS[self._noun].table, self._plan.request.source, row_id)

    def _take(self, record: Record, row_id: str, key: str, present: Present, *, is_new: bool) -> None:
        try:
            if is_new:
                self._put(self._builder.build(record, row_id))
                self._result.new += 1
                if self._noun == "opportunity" and not (
                    record.values.get("account") or record.values.get("account_key")
                ):
                    self._result.without_account += 1
            else:
                self._update(record, row_id, present)
        except RowProblem as problem:
            self._reject(record, str(problem))
            return
        if key:
            row = {
                "table_name": NOUNS[self._noun].table,
                "row_id": row_id,
                "source": self._plan.request.source,
                "value": key,
            }
            self._pending.setdefault("external_id", []).append({"id": self._desk.store.ids.new(), **row})

    def _put(self, built: Built) -> None:
        table = NOUNS[self._noun].table
        self._pending.setdefault(table, []).append({"id": built.id, **built.columns})
        for part, columns in built.parts:
            self._pending.setdefault(part, []).append({"id": self._desk.store.ids.new(), **columns})

    def _update(self, record: Record, row_id: str, present: Present) -> None:
        """Write the fields that differ from what is there, by the same rules as an edit by hand."""
        changes = present.changes(record, row_id)
        if not changes:
            self._result.unchanged += 1
            return
        self._flush()
        verbs_of(self._noun).edit_within(self._desk, self._work, [row_id], changes)
        self._result.changed += 1

    def _flush(self) -> None:
        """Write what is pending; rows of one table that share their columns go together."""
        for table in sorted(self._pending, key=lambda name: name in LINK_TABLES):
            groups: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
            for row in self._pending[table]:
                groups.setdefault(tuple(row), []).append(tuple(row.values()))
            for columns, rows in groups.items():
                self._work.insert_many(table, columns, rows)
        self._pending.clear()

    def _reject(self, record: Record, reason: str) -> None:
        self._result.rejected.append(Rejected(record.row.line, record.row.cells, reason))
