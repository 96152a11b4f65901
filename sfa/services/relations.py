"""Relations: how contacts and accounts stand to each other, and the tree of who reports to whom."""

from dataclasses import dataclass

from db.queries import records as record_queries
from db.queries import relations as queries
from db.store import UnitOfWork
from sfa.domain.fields import NOUNS
from sfa.domain.relations import KINDS, MUTUAL, words
from sfa.domain.text import clean
from sfa.errors import ConflictError, NotFoundError, UsageError
from sfa.services import contacts
from sfa.services.coercion import read_choice
from sfa.services.desk import Desk, Saved
from sfa.services.records import described, live, saved

REPORTS_TO = "reports_to"
LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation as one of the two sees it.

    Attributes:
        words: what stands between them: `is influenced by`.
        id: of the other one.
        is_outgoing: whether it was said of the one looked at.
    """

    kind: str
    words: str
    id: str
    ref: str
    name: str
    note: str | None
    is_outgoing: bool


@dataclass(frozen=True, slots=True)
class Person:
    """One of a tree: `level` 0 at the top; `marks` tell whom they influence, block, assist..."""

    id: str
    ref: str
    name: str
    title: str
    level: int
    superior_id: str | None
    marks: tuple[str, ...]


def relations(desk: Desk, noun: str, record_id: str) -> list[Relation]:
    """Return the relations of a contact or an account, those said of it first."""
    return [
        Relation(kind, words(kind, is_outgoing=bool(is_out)), other, ref, name, note, bool(is_out))
        for kind, is_out, other, ref, name, note, _ in queries.relations(desk.store, noun, record_id)
    ]


def relate(
    desk: Desk,
    noun: str,
    record_id: str,
    kind: str,
    other_id: str,
    *,
    note: str | None = None,
    is_dry_run: bool = False,
) -> Saved:
    """Write down how one stands to another; `reports_to` sets a contact's superior.

    Raises:
        UsageError: no such kind, or both are one.
        NotFoundError: one of them is not there.
        ConflictError: it is there already.
    """
    meant = _kind(noun, kind)
    if meant == REPORTS_TO:
        return contacts.edit(desk, [record_id], {"reports_to": other_id}, is_dry_run=is_dry_run)
    if record_id == other_id:
        raise UsageError(f"That is one {noun}, not two.")
    spec = NOUNS[noun]
    said = clean(note or "").strip()
    if len(said) > LONGEST_NOTE:
        raise UsageError(f"Note: at most {LONGEST_NOTE} characters.")
    with desk.store.write(f"{noun}.relate", is_dry_run=is_dry_run) as work:
        one, _ = live(desk, spec, [record_id, other_id])
        _refuse_twice(desk, noun, record_id, meant, other_id)
        link = {f"{noun}_id": record_id, "other_id": other_id, "kind": meant}
        work.insert(f"{noun}_relation", {**link, **({"note": said} if said else {})})
        work.summary = f"{described(desk, spec, record_id)} {words(meant)} {described(desk, spec, other_id)}"
    return saved(work, is_dry_run=is_dry_run, record_id=record_id, ref=one["ref"])


def unrelate(
    desk: Desk, noun: str, record_id: str, other_id: str, kind: str | None = None, *, is_dry_run: bool = False
) -> Saved:
    """Take back what relates two, whichever of them it was said of; with a kind, only that.

    Raises:
        UsageError: no such kind.
        NotFoundError: nothing of the kind relates them.
    """
    meant = _kind(noun, kind) if kind else None
    spec = NOUNS[noun]
    with desk.store.write(f"{noun}.unrelate", is_dry_run=is_dry_run) as work:
        found = [
            row[6]
            for row in queries.relations(desk.store, noun, record_id)
            if row[2] == other_id and meant in (None, row[0])
        ]
        count = len(found)
        for link in found:
            work.remove(f"{noun}_relation", link)
        if noun == "contact" and meant in (None, REPORTS_TO):
            count += _forget_superior(desk, record_id, other_id, work)
        names = f"{described(desk, spec, record_id)} and {described(desk, spec, other_id)}"
        if not count:
            raise NotFoundError(f"Nothing{f' like {meant}' if meant else ''} relates {names}.")
        work.summary = f"No longer related: {names}"
    ref = (record_queries.record(desk.store, spec.table, record_id) or {}).get("ref")
    return saved(work, is_dry_run=is_dry_run, record_id=record_id, ref=ref)


def tree(desk: Desk, contact_id: str) -> list[Person]:
    """Return everybody under the one at the top of a contact's line, each right behind their superior."""
    rows = queries.line_of_command(desk.store, contact_id)
    marks: dict[str, list[str]] = {}
    for person_id, kind, _, name in queries.relations_from(desk.store, [row[0] for row in rows]):
        marks.setdefault(person_id, []).append(f"{words(kind)} {name}")
    below: dict[str | None, list[tuple[str, ...]]] = {}
    for row in rows:
        below.setdefault(row[4], []).append(row)
    found: list[Person] = []
    waiting = [(row, 0) for row in reversed(below.get(None, []))]
    while waiting:
        (row_id, ref, name, title, superior), level = waiting.pop()
        found.append(Person(row_id, ref, name, title or "", level, superior, tuple(marks.get(row_id, ()))))
        waiting += [(row, level + 1) for row in reversed(below.get(row_id, []))]
    return found


def _kind(noun: str, text: str) -> str:
    kinds = (*KINDS[noun], REPORTS_TO) if noun == "contact" else KINDS[noun]
    try:
        return read_choice(text, kinds)
    except UsageError as error:
        raise UsageError(f"Kind of relation: {error.message}", hint=error.hint) from error


def _refuse_twice(desk: Desk, noun: str, record_id: str, kind: str, other_id: str) -> None:
    for row in queries.relations(desk.store, noun, record_id):
        if row[2] == other_id and row[0] == kind and (row[1] or kind in MUTUAL):
            spec = NOUNS[noun]
            names = f"{described(desk, spec, record_id)} {words(kind)} {described(desk, spec, other_id)}"
            raise ConflictError(f"That is there already: {names}.", hint=f"Take it back: sfa {noun} unrelate")


def _forget_superior(desk: Desk, one: str, other: str, work: UnitOfWork) -> int:
    """Let neither report to the other; return how many did."""
    count = 0
    for person, superior in ((one, other), (other, one)):
        row = record_queries.record(desk.store, "contact", person) or {}
        if row.get("reports_to_id") == superior:
            work.update("contact", person, {"reports_to_id": None})
            count += 1
    return count
