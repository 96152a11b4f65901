"""Which record of the book a row is: by its id in the source, by name, or by what it says."""

import hashlib
from typing import Final

from db.queries import imports as queries
from db.queries.imports import MADE_UP, KnownId
from db.queries.names import all_names
from sfa.domain.fields import NOUNS
from sfa.domain.text import fold
from sfa.exchange.import_entries import Entry, RowProblem
from sfa.exchange.records import Record
from sfa.services.desk import Desk
from sfa.services.identity import folded_email
from sfa.services.parts import OWN_SOURCE

BY_NAME: Final = frozenset({"account", "contact", "product", "user"})
LENGTH_OF_AN_ID: Final = 36
_EVERYTHING: Final = 10_000_000


class Matching:
    """Gives every row of a file its record.

    Attributes:
        renamed: rows whose id belongs to a record of quite another name.
        matched: rows whose id is known.
    """

    def __init__(self, desk: Desk, noun: str, source: str) -> None:
        self._desk = desk
        self._noun = noun
        self._source = source
        self._lines: dict[str, int] = {}
        self._claimed: dict[str, int] = {}
        self._repeats: dict[str, int] = {}
        self._known = self._known_ids()
        self._keyed = {known.row_id for known in self._known.values() if known.source == source}
        self._by_name: dict[str, list[str]] = {}
        self._labels: dict[str, str] = {}
        if noun in BY_NAME:
            self._read_names()
        self.matched = 0
        self.renamed = 0

    def _known_ids(self) -> dict[str, KnownId]:
        """Return what the source calls the records, and what was typed by hand."""
        found = [
            known for known in queries.known_ids(self._desk.store, NOUNS[self._noun].table) if known.ref is not None
        ]
        by_hand = {known.value: known for known in found if known.source == OWN_SOURCE}
        return by_hand | {known.value: known for known in found if known.source == self._source}

    def _read_names(self) -> None:
        for item in all_names(self._desk.store, self._noun, _EVERYTHING):
            self._labels[item.id] = item.name
            if self._noun != "contact":
                self._by_name.setdefault(fold(item.name), []).append(item.id)
        if self._noun == "contact":
            for row_id, name, email, account_id in queries.people(self._desk.store):
                for key in _person_keys(name, email, account_id):
                    same = self._by_name.setdefault(key, [])
                    if row_id not in same:
                        same.append(row_id)

    def place(self, record: Record, account_id: str | None = None) -> Entry:
        """Return the entry of a row, with the record it is.

        Raises:
            RowProblem: another row is the same record, or the record is in the trash.
        """
        external = record.values.get("external_id")
        key = str(external) if external else self._made_up(record)
        entry = Entry(record)
        found = self._by_key(key, record, is_given=bool(external)) if key else None
        if found is None and self._noun in BY_NAME:
            found = self._same_name(record, account_id, has_key=bool(external))
        entry.is_new = found is None
        entry.id = found or self._desk.store.ids.new()
        entry.key = key if key and (key not in self._known or self._known[key].source != self._source) else ""
        self._claim(entry)
        return entry

    def _by_key(self, key: str, record: Record, *, is_given: bool) -> str | None:
        if key in self._lines:
            raise RowProblem(f"the id {key} stands in line {self._lines[key]:,} already")
        self._lines[key] = record.row.line
        known = self._known.get(key) or self._own(key)
        if known is None:
            return None
        if known.is_removed:
            raise RowProblem(f"it is in the trash; sfa trash restore {known.ref} brings it back")
        if is_given and self._noun in BY_NAME:
            self.matched += 1
            ours, theirs = (
                set(fold(self._labels.get(known.row_id, "")).split()),
                fold(str(record.values.get("name"))).split(),
            )
            self.renamed += not ours & set(theirs)
        return known.row_id

    def _own(self, key: str) -> KnownId | None:
        """Return the record whose own id this is, as a file has it that this book wrote; no other system calls it so."""
        found = queries.own_id(self._desk.store, NOUNS[self._noun].table, key) if len(key) == LENGTH_OF_AN_ID else None
        if found is not None:
            self._known[key] = found._replace(source=self._source)
        return self._known.get(key)

    def _claim(self, entry: Entry) -> None:
        """Let one row of the file be the record, and no second one."""
        if not entry.is_new and entry.id in self._claimed:
            raise RowProblem(f"it is the same record as line {self._claimed[entry.id]:,}")
        self._claimed[entry.id] = entry.record.row.line

    def _made_up(self, record: Record) -> str:
        """Return a fingerprint of what a row says, equal rows told apart by number; nothing where names tell rows."""
        if self._noun in BY_NAME:
            return ""
        said = "\x1f".join(f"{name}={value}" for name, value in sorted(record.values.items()))
        digest = hashlib.sha1(f"{self._noun}\x1f{said}".encode(), usedforsecurity=False).hexdigest()
        count = self._repeats[digest] = self._repeats.get(digest, 0) + 1
        return f"{MADE_UP}{digest}" + (f":{count}" if count > 1 else "")

    def _same_name(self, record: Record, account_id: str | None, *, has_key: bool) -> str | None:
        """Return the one record of that name; with an id of its own a row takes only records without one."""
        name = str(record.values.get("name") or "")
        if self._noun == "contact":
            email = record.values.get("email")
            keys = _person_keys(name, folded_email(str(email)) if email else None, account_id)
        else:
            keys = [fold(name)] if name else []
        if not has_key:
            self._refuse_twice(record, keys[0] if keys else "", name)
        for key in keys:
            free = [row_id for row_id in self._by_name.get(key, ()) if not (has_key and row_id in self._keyed)]
            free = [row_id for row_id in free if row_id not in self._claimed and self._may_be(row_id, name)]
            if len(free) == 1:
                return free[0]
            if len(free) > 1 and not has_key:
                raise RowProblem(
                    f"{len(free)} {NOUNS[self._noun].plural} are called “{name}”; an id would tell them apart"
                )
        return None

    def _may_be(self, row_id: str, name: str) -> bool:
        """Tell two people of one mailbox apart: their names share no word."""
        if self._noun != "contact" or not name:
            return True
        return bool(set(fold(self._labels[row_id]).split()) & set(fold(name).split()))

    def _refuse_twice(self, record: Record, key: str, name: str) -> None:
        if key and self._lines.setdefault(f"name:{key}", record.row.line) != record.row.line:
            line = self._lines[f"name:{key}"]
            raise RowProblem(f"“{name}” stands in line {line:,} already; an id would tell two of that name apart")


def _person_keys(name: str, email: str | None, account_id: str | None) -> list[str]:
    """Return what a person is known by, the surest first: name with e-mail, the e-mail alone, name with account."""
    keys = [f"{fold(name)}\x1f{email}", f"\x1f{email}"] if email else []
    return [*keys, f"{fold(name)}\x1f@{account_id or ''}"] if name else keys
