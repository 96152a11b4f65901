"""Imports a file: one transaction, one operation, repeatable; rows that cannot be taken are kept with their reasons."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from db import search
from db.queries import imports as queries
from db.queries.records import defaults
from db.store import UnitOfWork
from sfa.domain.fields import NOUNS
from sfa.domain.text import fold
from sfa.errors import ConflictError
from sfa.exchange.import_deals import DealRows
from sfa.exchange.import_entries import Context, Entry, RowProblem
from sfa.exchange.import_links import PresentLinks
from sfa.exchange.import_matching import BY_NAME, Matching
from sfa.exchange.import_names import Names
from sfa.exchange.import_people import AccountRows, ContactRows, LeadRows, ProductRows, UserRows
from sfa.exchange.import_plan import Plan, Result
from sfa.exchange.import_prices import PriceRows
from sfa.exchange.import_rows import PARENTS, Builder
from sfa.exchange.import_tree import Tree
from sfa.exchange.import_work import ActivityRows, TaskRows
from sfa.exchange.records import Record
from sfa.exchange.sheets import SheetRow
from sfa.exchange.writers import Rejected
from sfa.services import deal_stages
from sfa.services.desk import Desk
from sfa.services.drafts import Draft

BATCH: Final = 2000
LEAST_RENAMED: Final = 3
LOOSE_SHOWN: Final = 10
Progress = Callable[[int], None]
_BUILDERS: Final[dict[str, Builder]] = {
    "account": AccountRows,
    "contact": ContactRows,
    "lead": LeadRows,
    "opportunity": DealRows,
    "product": ProductRows,
    "user": UserRows,
    "activity": ActivityRows,
    "task": TaskRows,
    "price_entry": PriceRows,
}


def run(
    desk: Desk, plan: Plan, *, is_dry_run: bool = False, is_sure: bool = False, on_progress: Progress | None = None
) -> Result:
    """Import a plan's rows; nothing or all of it is saved, and one undo takes it back.

    Args:
        desk: whose book it is.
        plan: a file understood.
        is_dry_run: count, and take it back.
        is_sure: go on where the ids of the file belong to records of other names.
        on_progress: told how many rows were done since the last time.

    Raises:
        UsageError: a date can be read in two ways and nobody said which.
        ConflictError: most ids of the file belong to records of other names.
        StorageError: the disk is full or cannot be written.
    """
    plan.require_answers()
    with desk.store.write("import", is_dry_run=is_dry_run) as work:
        importer = _Import(desk, work, plan)
        for rows in importer.batches():
            importer.take(rows)
            if on_progress:
                on_progress(len(rows))
        result = importer.finish()
        if not is_sure:
            importer.refuse_strangers()
        work.summary = _summary(result, plan)
        if not is_dry_run:
            search.refresh_within(work.connection)
    result.operation_id = None if is_dry_run else work.operation_id
    return result


def _summary(result: Result, plan: Plan) -> str:
    count = result.new + result.changed
    words = NOUNS[plan.noun].plural if count != 1 else plan.noun
    return f"Imported {count:,} {words} from {plan.request.path.name}"


class _Import:
    """One import: rows are matched with the book, built, and written in batches."""

    def __init__(self, desk: Desk, work: UnitOfWork, plan: Plan) -> None:
        self._desk = desk
        self._work = work
        self._plan = plan
        self._noun = plan.noun
        self._table = NOUNS[plan.noun].table
        self._reader = plan.reader(desk)
        mapped = set(plan.mapping.columns.values())
        needs_owner = "owner" in NOUNS[plan.noun].fields and "owner" not in mapped
        is_work = plan.noun in ("opportunity", "lead", "activity", "task")
        context = Context(
            desk,
            work,
            plan.noun,
            desk.today.isoformat(),
            plan.mapping.currency or desk.currency,
            (desk.user_for(work) if is_work else desk.user_id) if needs_owner else None,
        )
        self._matching = Matching(desk, plan.noun, plan.request.source)
        self._names = Names(desk, work, plan.request.source, plan.request.create)
        self._builder = _BUILDERS[plan.noun](context, self._names)
        self._tree = Tree(desk, plan.noun, self._names) if PARENTS.get(plan.noun, "") in mapped else None
        self._columns = queries.columns(desk.store, self._table)
        self._defaults = defaults(desk.store, self._table)
        self._result = Result(plan.noun, notes=list(plan.notes), notes_before=len(plan.notes))

    def batches(self) -> Iterator[Sequence[SheetRow]]:
        """Yield the rows in batches; all at once where rows may name later ones."""
        rows = self._plan.rows
        size = max(len(rows), 1) if self._tree else BATCH
        for start in range(0, len(rows), size):
            yield rows[start : start + size]

    def take(self, rows: Sequence[SheetRow]) -> None:
        """Import some rows."""
        entries = [entry for entry in map(self._entry, rows) if entry is not None]
        if self._tree:
            for entry in entries:
                if entry.is_new:
                    self._names.add(self._noun, entry.id, entry.columns["name"], entry.text("external_id"))
            entries, refused = self._tree.grow(entries)
            for entry, reason in refused:
                self._reject(entry.record, reason)
        for entry in entries:
            self._names.keep(entry.promised)
        self._insert([entry for entry in entries if entry.is_new])
        self._update([entry for entry in entries if not entry.is_new])
        self._remember_keys([entry for entry in entries if entry.key])

    def finish(self) -> Result:
        """Return what was done."""
        result = self._result
        result.created = {noun: count for noun, count in self._names.created.items() if count}
        result.notes += self._builder.notes
        loose = [f"“{text}” is taken as {noun} {name}." for (noun, text), name in self._names.loose.items()]
        result.notes += loose[:LOOSE_SHOWN]
        if len(loose) > LOOSE_SHOWN:
            result.notes.append(f"{len(loose) - LOOSE_SHOWN:,} more names differ from the book's by spaces and signs.")
        if self._tree and self._tree.own:
            result.notes.append(
                f"{self._tree.own:,} name themselves as their {PARENTS[self._noun]}; that was left out."
            )
        result.rejected.sort(key=lambda row: row.line)
        return result

    def refuse_strangers(self) -> None:
        """Stop where ids of this file are another system's: they would rewrite records that they don't mean.

        Raises:
            ConflictError: most ids belong to records of quite other names.
        """
        matching = self._matching
        if matching.renamed >= LEAST_RENAMED and matching.renamed * 2 > matching.matched:
            raise ConflictError(
                f"{matching.renamed:,} ids of {self._plan.request.path.name} belong to {NOUNS[self._noun].plural} of other"
                " names in the book.",
                hint="If the file comes from another system, name that: --source NAME. If all were renamed, add --yes.",
            )

    def _entry(self, row: SheetRow) -> Entry | None:
        """Return a row as an entry, or None where it is rejected."""
        record = self._reader.read(row)
        if record.problems:
            self._reject(record, "; ".join(record.problems))
            return None
        try:
            entry = self._matching.place(record, self._account_of(record) if self._noun == "contact" else None)
            self._builder.build(entry)
        except RowProblem as problem:
            self._reject(record, str(problem))
            return None
        return entry

    def _account_of(self, record: Record) -> str | None:
        """Return what tells the account of a contact: its id, or its name where it is yet to be made."""
        found = self._builder.account_of(record.values)
        return found or fold(str(record.values.get("account") or record.values.get("account_key") or "")) or None

    def _insert(self, entries: Sequence[Entry]) -> None:
        """Write new records and what hangs on them, table by table."""
        at = self._work.at
        base = {name: self._defaults.get(name) for name in self._columns} | {"created_at": at, "updated_at": at}
        rows = []
        links: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
        new_id = self._desk.store.ids.new
        for entry in entries:
            given = {name: value for name, value in entry.columns.items() if value is not None}
            rows.append(tuple((base | given | {"id": entry.id}).values()))
            for link in entry.links:
                shape = (link.table, "id", link.owner, *link.columns)
                links.setdefault(shape, []).append((new_id(), entry.id, *link.columns.values()))
        if rows:
            self._work.insert_many(self._table, self._columns, rows)
        for (table, *names), linked in links.items():
            self._work.insert_many(table, names, linked)
        self._result.new += len(rows)
        if self._noun == "opportunity":
            self._result.without_account += sum(entry.columns.get("account_id") is None for entry in entries)

    def _update(self, entries: Sequence[Entry]) -> None:
        """Write what differs from records that are there."""
        if not entries:
            return
        known = queries.present(self._desk.store, self._table, [entry.id for entry in entries])
        links = PresentLinks(self._work, entries)
        for entry in entries:
            before = known[entry.id]
            changes = {name: entry.columns[name] for name in entry.told if before[name] != entry.columns[name]}
            missing = links.missing(entry)
            try:
                self._builder.settle(entry, before, changes)
            except RowProblem as problem:
                self._reject(entry.record, str(problem))
                continue
            if not changes and not missing:
                self._result.unchanged += 1
                continue
            self._work.update(self._table, entry.id, changes)
            links.write(entry, missing, self._desk.today.isoformat())
            if self._noun == "opportunity":
                deal_stages.backdate(
                    Draft(self._desk, self._work, NOUNS[self._noun], entry.id, before=before, row=changes)
                )
            self._result.changed += 1

    def _remember_keys(self, entries: Sequence[Entry]) -> None:
        """Keep what the source calls the records."""
        source, new_id = self._plan.request.source, self._desk.store.ids.new
        rows = [(new_id(), self._table, entry.id, source, entry.key) for entry in entries]
        self._work.insert_many("external_id", ("id", "table_name", "row_id", "source", "value"), rows)

    def _reject(self, record: Record, reason: str) -> None:
        self._result.rejected.append(Rejected(record.row.line, record.row.cells, reason))


__all__ = ["BY_NAME", "Progress", "run"]
