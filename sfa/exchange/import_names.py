"""Names in a file, found in the book or made on the way."""

from contextlib import suppress
from typing import Any, Final

from db.queries import imports as queries
from db.queries.names import name_column
from db.queries.records import tag_named
from db.store import UnitOfWork
from sfa.domain.fields import NOUNS
from sfa.domain.text import clean, fold, person_name_parts
from sfa.errors import ConflictError
from sfa.exchange.import_entries import Entry, RowProblem
from sfa.services.desk import Desk
from sfa.services.identity import account_key, folded_email, person_key
from sfa.services.references import CODED, Ambiguous, NameIndex, contact_at

ALWAYS_CREATED: Final = frozenset({"team", "territory", "tag"})
_PEOPLE_AND_COMPANIES: Final = frozenset({"account", "contact", "user"})
_ME: Final = frozenset({"me", "我"})


class Names:
    """Finds records by name, id in another system, e-mail or code; records of this import are known too.

    Attributes:
        created: how many records of each noun were made on the way.
        loose: noun and text -> the name that it was taken for, where they differ by more than case.
    """

    def __init__(self, desk: Desk, work: UnitOfWork, source: str, create: frozenset[str]) -> None:
        self._desk = desk
        self._work = work
        self._source = source
        self._create = create | ALWAYS_CREATED
        self._indexes: dict[str, NameIndex] = {}
        self._keys: dict[str, dict[str, str]] = {}
        self._found: dict[tuple[str, str], str] = {}
        self._labels: dict[str, str] = {}
        self._promises: dict[str, tuple[str, dict[str, Any]]] = {}
        self.created: dict[str, int] = {}
        self.loose: dict[tuple[str, str], str] = {}

    def add(self, noun: str, record_id: str, name: str, key: str = "") -> None:
        """Make a record of this import known."""
        self._index(noun).add(name, record_id)
        self._labels[record_id] = name
        if key:
            self._keys_of(noun)[key] = record_id

    def by_key(self, noun: str, key: str) -> str | None:
        """Return the record that the source calls so, else another system, where no second one is called the same."""
        return self._keys_of(noun).get(key) or None

    def find(self, entry: Entry, noun: str, text: str, *, account_id: str | None = None) -> str:
        """Return the id of the record that a text means; one that may be made is promised to the entry.

        Raises:
            RowProblem: nothing, or several records, are called so.
        """
        found = self._found.get((noun, text))
        if found is None:
            wanted = " ".join(clean(text).split())
            found = self._found.get((noun, wanted)) or self.look(noun, wanted, account_id)
            found = found or self._promise(noun, wanted, {})
            if noun != "contact":
                self._found[noun, text] = self._found[noun, wanted] = found
        if found in self._promises:
            entry.promised.append(found)
        return found

    def look(self, noun: str, wanted: str, account_id: str | None = None) -> str | None:
        """Return the id of the record that a text means, None where there is none.

        Raises:
            RowProblem: several records are called so.
        """
        if noun == "user" and fold(wanted) in _ME and self._desk.user_id:
            return self._desk.user_id
        if noun == "tag":
            return self._tag(wanted)
        found = self._index(noun).find(wanted)
        if isinstance(found, Ambiguous):
            return self.by_key(noun, wanted) or self._of_several(noun, wanted, found, account_id)
        if found is None:
            return self._keys_of(noun).get(wanted) or self._keys_of(noun).get(folded_email(wanted)) or None
        name = self.label(noun, found)
        if fold(name) != fold(wanted):
            self.loose[noun, wanted] = name
        return found

    def _tag(self, wanted: str) -> str | None:
        """Return a tag, out of the trash where it lies there: its name is taken."""
        row = tag_named(self._desk.store, wanted)
        if row is None:
            return None
        if row["deleted_at"]:
            self._work.update("tag", row["id"], {"deleted_at": None})
        return str(row["id"])

    def _of_several(self, noun: str, wanted: str, found: Ambiguous, account_id: str | None) -> str:
        if noun == "contact" and account_id:
            with suppress(ConflictError):  # a namesake at the same account: told as a reason of the row
                there = contact_at(self._desk, wanted, account_id)
                if there:
                    return there.id
        hint = "; their ids in a column of its own tell them apart" if noun == "account" else ""
        raise RowProblem(
            f"{len(found.names)} {NOUNS[noun].plural if noun in NOUNS else noun} are called “{wanted}”{hint}"
        )

    def make(self, entry: Entry, noun: str, name: str, **values: object) -> str:
        """Return the id of a record that is to be made on the way, whether or not its noun may be created."""
        found = self._found.get((noun, name)) or self._promise(noun, name, values, is_asked=False)
        self._found[noun, name] = found
        entry.promised.append(found)
        return found

    def _promise(self, noun: str, name: str, values: dict[str, Any], *, is_asked: bool = True) -> str:
        if is_asked and name.isdigit() and noun in _PEOPLE_AND_COMPANIES:
            raise RowProblem(f"no {noun} has the id {name}")
        if is_asked and noun not in self._create:
            can = noun in ("account", "contact", "user", "product")
            raise RowProblem(
                f"no {noun.replace('_', ' ')} is called “{name}”" + (f"; --create {noun} makes it" if can else "")
            )
        record_id = self._desk.store.ids.new()
        self._promises[record_id] = (
            noun,
            {"id": record_id, "name": name[:200], **self._defaults(noun, name), **values},
        )
        self._labels[record_id] = name
        return record_id

    def _defaults(self, noun: str, name: str) -> dict[str, Any]:
        today = self._desk.today.isoformat()
        if noun == "account":
            return {"match_key": account_key(name), "created_on": today}
        if noun == "contact":
            given, family = person_name_parts(name)
            names = {"given_name": given or None, "family_name": family or None}
            return {**names, "match_key": person_key(name), "created_on": today}
        return {"currency": self._desk.currency} if noun == "product" else {}

    def keep(self, promised: list[str]) -> None:
        """Make the records that were promised to a row that is taken."""
        for record_id in promised:
            noun, row = self._promises.pop(record_id, ("", {}))
            if noun:
                self._work.insert(NOUNS[noun].table if noun in NOUNS else noun, row)
                if noun != "tag":
                    self._index(noun).add(row["name"], record_id)
                self.created[noun] = self.created.get(noun, 0) + (noun != "tag")

    def label(self, noun: str, record_id: str) -> str:
        """Return what a record is called."""
        if record_id not in self._labels:
            table = NOUNS[noun].table if noun in NOUNS else noun
            self._labels[record_id] = queries.label(self._desk.store, table, name_column(noun), record_id) or ""
        return self._labels[record_id]

    def _index(self, noun: str) -> NameIndex:
        if noun not in self._indexes:
            self._indexes[noun] = NameIndex(self._desk, noun)
        return self._indexes[noun]

    def _keys_of(self, noun: str) -> dict[str, str]:
        """Return ids of other systems, codes and e-mails of a noun's records; an empty one where several share it."""
        if noun not in self._keys:
            self._keys[noun] = self._read_keys(noun)
        return self._keys[noun]

    def _read_keys(self, noun: str) -> dict[str, str]:
        found: dict[str, str] = {}
        own: dict[str, str] = {}
        table = NOUNS[noun].table if noun in NOUNS else noun
        for known in queries.known_ids(self._desk.store, table):
            if known.ref is None or known.is_removed:
                continue
            if known.source == self._source:
                own[known.value] = known.row_id
            elif found.setdefault(known.value, known.row_id) != known.row_id:
                found[known.value] = ""
        others: list[tuple[str, str]] = []
        if noun == "user":
            others = [(folded_email(address), row_id) for address, row_id in queries.user_emails(self._desk.store)]
        elif noun in CODED:
            others = queries.codes(self._desk.store, table)
        elif noun == "contact":
            others = [(row[2], row[0]) for row in queries.people(self._desk.store) if row[2]]
        for key, row_id in others:
            if found.setdefault(key, row_id) != row_id:
                found[key] = ""
        return found | own
