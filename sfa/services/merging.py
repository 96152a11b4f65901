"""Two records made one: field by field, with everything that hangs on either; one operation, undone as one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from db.queries import doubles as queries
from db.queries import records as record_queries
from db.queries import trash as link_queries
from db.store import LINK_TABLES, UnitOfWork
from sfa.domain.fields import NOUNS, NounSpec
from sfa.errors import UsageError
from sfa.services.coercion import field_named
from sfa.services.dedupe import Group, require_noun
from sfa.services.desk import Desk, Saved
from sfa.services.drafts import counted
from sfa.services.merged_links import is_same_link, without_self
from sfa.services.records import described, live, ref_of

Row = dict[str, Any]
TREES: Final = {"account": "parent_id", "contact": "reports_to_id"}
_APART: Final = frozenset(
    {"id", "ref", "created_at", "updated_at", "deleted_at", "merged_into", "custom", "description"}
)
_TOGETHER: Final = {
    "account": (
        ("name", "match_key"),
        ("website", "domain"),
        (
            *("annual_revenue_minor", "credit_limit_minor", "currency"),
            *("category_spend_minor", "spend_as_of", "spend_source"),
        ),
    ),
    "contact": (("name", "given_name", "family_name", "match_key"),),
}
"""Columns of which one says nothing without the others: they come from one record."""
_PRIMARY: Final = ("phone", "email", "contact_role")
_BETWEEN: Final = "\n\n"


def merge(
    desk: Desk, noun: str, keep_id: str, lose_id: str, taken: Iterable[str] = (), *, is_dry_run: bool = False
) -> Saved:
    """Merge a record into another one.

    The one that stays keeps its values; empty ones are filled from the other, notes of both stand below each other.
    Phones, e-mails, addresses, tags, ids and roles become one set; whatever named the other names the one that stays.
    The other becomes a tombstone: its id and reference lead to the one that stays.

    `taken` names the fields whose value comes from the record that goes.

    Raises:
        UsageError: a field is unknown, or lives in rows of its own; or both are one record.
        NotFoundError: a record is not there, or in the trash.
        ConflictError: a rule of the schema forbids it.
    """
    spec = NOUNS[require_noun(noun)]
    columns = chosen_columns(spec, taken)
    with desk.store.write(f"{noun}.merge", is_dry_run=is_dry_run) as work:
        work.summary = f"Merged {noun} {described(desk, spec, lose_id)} into {described(desk, spec, keep_id)}"
        merge_within(desk, work, noun, keep_id, lose_id, columns)
        ref = ref_of(desk, spec, keep_id)
    return Saved(work.summary, None if is_dry_run else work.operation_id, keep_id, ref, 1, is_dry_run)


def merge_groups(desk: Desk, noun: str, groups: Sequence[Group], *, is_dry_run: bool = False) -> Saved:
    """Merge the records of each group into the one that is kept; all of them in one operation."""
    spec = NOUNS[require_noun(noun)]
    pairs = [(group.keep.id, double.b.id) for group in groups for double in group.others]
    with desk.store.write(f"{noun}.merge", is_dry_run=is_dry_run) as work:
        for keep_id, lose_id in pairs:
            merge_within(desk, work, noun, keep_id, lose_id)
        many = noun if len(pairs) == 1 else spec.plural
        work.summary = f"Merged {len(pairs)} {many} into {counted(len(groups), 'other')}"
    operation = None if is_dry_run or not pairs else work.operation_id
    return Saved(work.summary, operation, count=len(pairs), is_dry_run=is_dry_run)


def chosen_columns(spec: NounSpec, taken: Iterable[str]) -> frozenset[str]:
    """Return the columns of fields by name, with those that go along.

    Raises:
        UsageError: a field is unknown, or lives in rows of its own.
    """
    found: set[str] = set()
    for name in taken:
        column = field_named(spec, name).column
        if column is None:
            raise UsageError(f"Both keep their {name.replace('_', ' ')}: there is nothing to choose.")
        found |= {column, *next((group for group in _TOGETHER[spec.name] if column in group), ())}
    return frozenset(found)


def merge_within(
    desk: Desk, work: UnitOfWork, noun: str, keep_id: str, lose_id: str, taken: frozenset[str] = frozenset()
) -> None:
    """Merge inside an operation that does more; `taken` are columns."""
    spec = NOUNS[noun]
    if keep_id == lose_id:
        raise UsageError(f"That is one {noun}, not two.", hint=f"Name both: sfa {noun} merge A B")
    keep, lose = live(desk, spec, [keep_id, lose_id])
    work.update(spec.table, keep_id, _merged_values(desk, spec, keep, lose, taken))
    work.update(spec.table, lose_id, {"deleted_at": work.at, "merged_into": keep_id})
    for table, column in link_queries.referring(desk.store, spec.table):
        _move(desk, work, table, {column: lose_id}, {column: keep_id})
    for table in queries.naming_tables(desk.store):
        name = {"table_name": spec.table}
        _move(desk, work, table, {**name, "row_id": lose_id}, {**name, "row_id": keep_id})


def _merged_values(desk: Desk, spec: NounSpec, keep: Row, lose: Row, taken: frozenset[str]) -> Row:
    """Return the columns of the record that stays which change."""
    found = _filled(desk, spec, keep, lose, taken)
    tree = TREES[spec.name]
    if found.get("referrer_id", keep.get("referrer_id")) in (keep["id"], lose["id"]):
        found["referrer_id"] = None  # one of the two referred the other
    found[tree] = _tree_value(desk, spec.table, tree, keep, lose, is_taken=tree in taken)
    found["description"] = _both_texts(keep, lose, is_taken="description" in taken)
    if lose["custom"]:
        found["custom"] = desk.store.value("SELECT json_patch(?, ?)", (lose["custom"], keep["custom"] or "{}"))
    if lose["created_on"] and (keep["created_on"] is None or lose["created_on"] < keep["created_on"]):
        found["created_on"] = lose["created_on"]
    return {column: value for column, value in found.items() if value != keep[column]}


def _filled(desk: Desk, spec: NounSpec, keep: Row, lose: Row, taken: frozenset[str]) -> Row:
    """Return columns that are chosen from the record that goes, or empty in the one that stays; groups go as one."""
    defaults = record_queries.defaults(desk.store, spec.table)
    found: Row = {}
    grouped = {column: group for group in _TOGETHER[spec.name] for column in group}
    for column in keep:
        if column in _APART or column == TREES[spec.name]:
            continue
        group = grouped.get(column, (column,))
        if column in taken or all(_is_empty(keep, name, defaults) for name in group):
            found[column] = lose[column] if lose[column] is not None else keep[column]
        elif _may_fill(keep, lose, column, group, defaults):
            found[column] = lose[column]
    return found


def _may_fill(keep: Row, lose: Row, column: str, group: Sequence[str], defaults: Mapping[str, Any]) -> bool:
    """Tell whether one empty column of a group can be filled: an amount of the same currency, a part of the same name."""
    if not _is_empty(keep, column, defaults) or column == "match_key":
        return False
    anchor = "currency" if "currency" in group else group[0]
    return bool(keep[anchor] == lose[anchor])


def _is_empty(row: Row, column: str, defaults: Mapping[str, Any]) -> bool:
    return row[column] is None or (column in defaults and row[column] == defaults[column])


def _both_texts(keep: Row, lose: Row, *, is_taken: bool) -> str | None:
    texts = [text for text in (keep["description"], lose["description"]) if text]
    if is_taken:
        return texts[-1] if texts else None
    if len(texts) > 1 and texts[1] in texts[0]:
        del texts[1]
    return _BETWEEN.join(texts) or None


def _tree_value(desk: Desk, table: str, column: str, keep: Row, lose: Row, *, is_taken: bool) -> str | None:
    """Return who stands above the one that stays: nobody who stands below it, and not the one that goes."""
    above: str | None = keep[column]
    other: str | None = lose[column]
    if other in (keep["id"], lose["id"]) or (other and keep["id"] in _line(desk, table, column, other)):
        other = None
    if above and lose["id"] in _line(desk, table, column, above):
        return other
    return other if is_taken or above is None else above


def _line(desk: Desk, table: str, column: str, record_id: str) -> list[str]:
    """Return a record and all those above it."""
    found = [record_id]
    while True:
        row = record_queries.record(desk.store, table, found[-1])
        above = row[column] if row else None
        if above is None or above in found:
            return found
        found.append(above)


def _move(desk: Desk, work: UnitOfWork, table: str, old: Mapping[str, str], new: Mapping[str, str]) -> None:
    """Let the rows that name one record name the other; a link that is there already is filled up instead."""
    rows = queries.rows_with(desk.store, table, old)
    if table not in LINK_TABLES:
        for row in rows:
            if row["id"] not in new.values():
                work.update(table, row["id"], dict(new))
        return
    present = queries.rows_with(desk.store, table, new)
    for row in rows:
        twin = next((other for other in present if is_same_link(table, other, {**row, **new})), None)
        if twin is not None:
            work.update(
                table, twin["id"], {name: row[name] for name in row if twin[name] is None and row[name] is not None}
            )
            work.remove(table, row["id"])
        elif without_self(row, old, new):
            work.remove(table, row["id"])
        else:
            work.update(table, row["id"], {**new, **_second_to(table, row, present)})
            present.append({**row, **new})


def _second_to(table: str, row: Row, present: Sequence[Row]) -> Row:
    """Return that a link is no longer the primary one, where there is one already."""
    if table in _PRIMARY and row["is_primary"] and any(other["is_primary"] for other in present):
        return {"is_primary": 0}
    return {}
