"""Add, edit, remove and restore, for every noun: one operation each, driven by the registry of fields."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from db.queries import records as queries
from db.store import UnitOfWork
from sfa.domain.fields import NOUNS, FieldSpec, NounSpec, command_of
from sfa.errors import ConflictError, NotFoundError, UsageError
from sfa.services.amounts import settle_amounts
from sfa.services.coercion import article, check_limits, read_values
from sfa.services.desk import Desk, Saved
from sfa.services.drafts import Draft, label_of
from sfa.services.parts import write_parts

FIELDS_SHOWN = 3
PLAIN = frozenset({"team", "territory", "pipeline"})
Values = Mapping[str, object]
Guard = Callable[[Desk, Sequence[dict[str, Any]], bool], None]


def _nothing(_draft: Draft) -> None:
    """Leave a draft as it is."""


def _no_guard(_desk: Desk, _rows: Sequence[dict[str, Any]], _is_forced: bool) -> None:  # noqa: FBT001 - the shape of a Guard
    """Let everything go."""


def _no_warnings(_desk: Desk, _record_id: str) -> list[str]:
    """Find nothing odd."""
    return []


@dataclass(frozen=True)
class RecordVerbs:
    """The verbs of one noun. A noun's module adds what the registry cannot say.

    Attributes:
        noun: as in NOUNS.
        complete: fills what the user left out and checks what belongs together, before the row is written.
        finish: writes the noun's own parts, after the row is written.
        guard: refuses a removal, given the desk, the records and whether the user insists.
        warnings: sentences on what is odd about a saved record and still allowed, given the desk and its id.
    """

    noun: str
    complete: Callable[[Draft], None] = _nothing
    finish: Callable[[Draft], None] = _nothing
    guard: Guard = _no_guard
    warnings: Callable[[Desk, str], list[str]] = _no_warnings

    @property
    def spec(self) -> NounSpec:
        """Return the noun's fields and table."""
        return NOUNS[self.noun]

    def add(self, desk: Desk, values: Values, *, is_dry_run: bool = False) -> Saved:
        """Add a record; `values` by field name, as typed or typed.

        Raises:
            UsageError: an unknown field, a value that does not fit, or a field that is missing.
            NotFoundError: a reference names nothing.
            ConflictError: a reference names several, or a rule of the schema is broken.
        """
        with desk.store.write(f"{self.noun}.add", is_dry_run=is_dry_run) as work:
            draft = self.add_within(desk, work, values)
            ref = ref_of(desk, self.spec, draft.id)
            work.summary = f"Added {self.noun.replace('_', ' ')} {draft.label} ({ref})"
        return saved(work, is_dry_run=is_dry_run, record_id=draft.id, ref=ref)

    def add_within(self, desk: Desk, work: UnitOfWork, values: Values) -> Draft:
        """Add a record inside an operation that does more; return it with its id."""
        owner = desk.user_for(work) if "owner" in self.spec.fields else None
        draft = Draft(desk, work, self.spec, desk.store.ids.new())
        self._take(draft, read_values(desk, self.spec, values))
        if owner:
            draft.fill("owner_id", owner)
        if "created" in self.spec.fields:
            draft.fill("created_on", desk.today.isoformat())
        self._check(draft)
        given = {column: value for column, value in draft.row.items() if value is not None}
        work.insert(self.spec.table, {"id": draft.id, **given})
        write_parts(draft)
        self.finish(draft)
        return draft

    def edit(self, desk: Desk, ids: Sequence[str], values: Values, *, is_dry_run: bool = False) -> Saved:
        """Set fields of one or several records, all of them or none; None or an empty text clears a field.

        Raises:
            UsageError: as for `add`, or no record or field is named.
            NotFoundError: a record is not there, or in the trash.
            ConflictError: as for `add`.
        """
        if not values:
            raise UsageError("Nothing to change was named.", hint=f"Its fields: {', '.join(self.spec.fields)}.")
        with desk.store.write(f"{self.noun}.edit", is_dry_run=is_dry_run) as work:
            drafts = self.edit_within(desk, work, ids, values)
            names = sorted({name for draft in drafts for name in draft.given})
            work.summary = f"Edited {_objects(desk, self.spec, [draft.id for draft in drafts])}: {_listed(names)}"
        return saved_all(work, [draft.id for draft in drafts], desk, self.spec, is_dry_run=is_dry_run)

    def edit_within(self, desk: Desk, work: UnitOfWork, ids: Sequence[str], values: Values) -> list[Draft]:
        """Set fields inside an operation that does more."""
        typed = read_values(desk, self.spec, values)
        drafts = [Draft(desk, work, self.spec, row["id"], before=row) for row in live(desk, self.spec, ids)]
        for draft in drafts:
            self._take(draft, typed)
            self._check(draft)
            work.update(self.spec.table, draft.id, draft.row)
            write_parts(draft)
            self.finish(draft)
        return drafts

    def remove(self, desk: Desk, ids: Sequence[str], *, is_forced: bool = False, is_dry_run: bool = False) -> Saved:
        """Put records into the trash.

        Raises:
            NotFoundError: a record is not there.
            ConflictError: others depend on it and the user does not insist.
        """
        with desk.store.write(f"{self.noun}.remove", is_dry_run=is_dry_run) as work:
            rows = live(desk, self.spec, ids)
            self.guard(desk, rows, is_forced)
            for row in rows:
                work.remove(self.spec.table, row["id"])
            found = [row["id"] for row in rows]
            work.summary = f"Removed {_objects(desk, self.spec, found)} to the trash"
        return saved_all(work, found, desk, self.spec, is_dry_run=is_dry_run)

    def restore(self, desk: Desk, ids: Sequence[str], *, is_dry_run: bool = False) -> Saved:
        """Bring records back from the trash.

        Raises:
            NotFoundError: a record is not there.
            ConflictError: it was merged into another one.
        """
        with desk.store.write(f"{self.noun}.restore", is_dry_run=is_dry_run) as work:
            rows = [_known(desk, self.spec, row_id) for row_id in unique(self.spec, ids)]
            found = [row["id"] for row in rows]
            for row in rows:
                _refuse_merged(desk, self.spec, row)
            for row_id in found:
                work.update(self.spec.table, row_id, {"deleted_at": None})
            work.summary = f"Restored {_objects(desk, self.spec, found)} from the trash"
        return saved_all(work, found, desk, self.spec, is_dry_run=is_dry_run)

    def _take(self, draft: Draft, typed: Mapping[FieldSpec, Any]) -> None:
        for field, value in typed.items():
            draft.put(field, value)
        draft.given = frozenset(field.name for field in typed)

    def _check(self, draft: Draft) -> None:
        """Complete a draft and see that it can be written."""
        settle_amounts(draft)
        self.complete(draft)
        for field in self.spec.fields.values():
            if field.is_required and field.column and not draft.value(field.column):
                raise UsageError(f"{article(self.noun)} needs a {field.name}.", hint=f"Give it as {field.name}=...")
        if not draft.is_new:
            _keep_obligatory(draft)
        check_limits(draft.desk, self.spec, draft.row)


def verbs_of(noun: str) -> RecordVerbs:
    """Return the verbs of a noun, with what its module adds to them."""
    if noun in PLAIN:
        return RecordVerbs(noun)
    verbs = import_module(f"sfa.services.{NOUNS[noun].plural.replace(' ', '_')}").VERBS
    assert isinstance(verbs, RecordVerbs)  # noqa: S101 - tells the type checker what every noun's module holds
    return verbs


def add_within(desk: Desk, work: UnitOfWork, noun: str, values: Values) -> str:
    """Add a record inside an operation that does more; return its id. Errors as for `RecordVerbs.add`."""
    return verbs_of(noun).add_within(desk, work, values).id


def edit_within(desk: Desk, work: UnitOfWork, noun: str, ids: Sequence[str], values: Values) -> None:
    """Set fields of records inside an operation that does more. Errors as for `RecordVerbs.edit`."""
    verbs_of(noun).edit_within(desk, work, ids, values)


def live(desk: Desk, spec: NounSpec, ids: Sequence[str]) -> list[dict[str, Any]]:
    """Return the records of these ids, each once.

    Raises:
        UsageError: none is named.
        NotFoundError: one does not exist, or is in the trash.
    """
    rows = [_known(desk, spec, row_id) for row_id in unique(spec, ids)]
    for row in rows:
        if row["deleted_at"]:
            raise NotFoundError(
                f"{label_of(row)} ({row['ref']}) is in the trash.",
                hint=f"Bring it back: sfa trash restore {row['ref']}",
            )
    return rows


def unique(spec: NounSpec, ids: Sequence[str]) -> list[str]:
    """Return ids without repetitions, in their order."""
    if not ids:
        raise UsageError(f"No {spec.name.replace('_', ' ')} was named.")
    return list(dict.fromkeys(ids))


def ref_of(desk: Desk, spec: NounSpec, row_id: str) -> str:
    """Return the short reference of a record."""
    return str((queries.record(desk.store, spec.table, row_id) or {}).get("ref"))


def saved(work: UnitOfWork, *, is_dry_run: bool, record_id: str | None = None, ref: str | None = None) -> Saved:
    """Return what an operation on one record did."""
    if work.operation_id is None:
        return Saved("Nothing changed: it is so already", None, record_id, ref, 0, is_dry_run)
    return Saved(work.summary, None if is_dry_run else work.operation_id, record_id, ref, 1, is_dry_run)


def saved_all(work: UnitOfWork, ids: Sequence[str], desk: Desk, spec: NounSpec, *, is_dry_run: bool) -> Saved:
    """Return what an operation on several records did."""
    only = ids[0] if len(ids) == 1 else None
    one = saved(work, is_dry_run=is_dry_run, record_id=only, ref=ref_of(desk, spec, only) if only else None)
    if one.count == 0 or only:
        return one
    return Saved(one.summary, one.operation_id, None, None, len(ids), is_dry_run)


def described(desk: Desk, spec: NounSpec, row_id: str) -> str:
    """Return a record as summaries name it: `Acme (a3f9)`."""
    row = queries.record(desk.store, spec.table, row_id) or {}
    return f"{label_of(row)} ({row.get('ref')})"


def _known(desk: Desk, spec: NounSpec, row_id: str) -> dict[str, Any]:
    row = queries.record(desk.store, spec.table, row_id)
    if row is None:
        raise NotFoundError(f"No {spec.name} {row_id}.", hint=f"List them with: sfa {command_of(spec.name)} list")
    return row


def _refuse_merged(desk: Desk, spec: NounSpec, row: dict[str, Any]) -> None:
    """A record that became part of another one comes back with an undo of the merge alone."""
    if row.get("merged_into"):
        into = described(desk, spec, row["merged_into"])
        raise ConflictError(f"{label_of(row)} ({row['ref']}) was merged into {into}.", hint="Take that back: sfa undo")


def _objects(desk: Desk, spec: NounSpec, ids: Sequence[str]) -> str:
    if len(ids) == 1:
        return described(desk, spec, ids[0])
    return f"{len(ids)} {spec.plural}"


def _listed(names: Sequence[str]) -> str:
    words = [name.replace("_", " ") for name in names[:FIELDS_SHOWN]]
    more = len(names) - FIELDS_SHOWN
    return ", ".join(words) + (f" and {more} more" if more > 0 else "")


def _keep_obligatory(draft: Draft) -> None:
    """Clearing a column that cannot be empty gives it back its default, or is refused."""
    defaults = queries.defaults(draft.desk.store, draft.noun.table)
    for column, value in list(draft.row.items()):
        if value is not None or column not in defaults:
            continue
        if defaults[column] is None:
            raise UsageError(f"{column.removesuffix('_id').replace('_', ' ').capitalize()} cannot be empty.")
        draft.row[column] = defaults[column]
