"""Names in a file, found in the book or made on the way."""

from typing import Any

from db.store import UnitOfWork
from sfa.domain.fields import NOUNS
from sfa.domain.text import clean, company_key, person_name_parts
from sfa.services.desk import Desk
from sfa.services.identity import folded_email, person_key
from sfa.services.references import Ambiguous, NameIndex

ALWAYS_CREATED = frozenset({"team", "territory"})


class Names:
    """Finds records by name, external id or e-mail; new ones of this import are known too."""

    def __init__(self, desk: Desk, work: UnitOfWork, create: frozenset[str]) -> None:
        self._desk = desk
        self._work = work
        self._create = create | ALWAYS_CREATED
        self._indexes: dict[str, NameIndex] = {}
        self._external: dict[str, dict[str, str]] = {}
        self._found: dict[tuple[str, str], str] = {}
        self.created: dict[str, int] = {}
        self.loose: dict[str, str] = {}

    def index(self, noun: str) -> NameIndex:
        """Return all names of a noun, read once."""
        if noun not in self._indexes:
            self._indexes[noun] = NameIndex(self._desk, noun)
        return self._indexes[noun]

    def external(self, noun: str) -> dict[str, str]:
        """Return what other systems call the records of a noun, read once."""
        if noun not in self._external:
            sql = "SELECT value, row_id FROM external_id WHERE table_name = ?"
            self._external[noun] = {
                str(row[0]): str(row[1]) for row in self._desk.store.rows(sql, (NOUNS[noun].table,))
            }
        return self._external[noun]

    def add(self, noun: str, record_id: str, name: str, external_id: str | None = None) -> None:
        """Make a record of this import known."""
        self.index(noun).add(name, record_id)
        if external_id:
            self.external(noun)[external_id] = record_id

    def by_key(self, noun: str, key: str) -> str | None:
        """Return the record that another system calls so."""
        return self.external(noun).get(key)

    def find(self, noun: str, text: str, *, may_create: bool = False) -> str:
        """Return the id of the record that a name means.

        Raises:
            LookupError: nothing, or several records, are called so; the sentence says which.
        """
        wanted = " ".join(clean(text).split())
        known = self._found.get((noun, wanted))
        if known is None:
            known = self._found[noun, wanted] = self._look(noun, wanted, may_create=may_create)
        return known

    def _look(self, noun: str, wanted: str, *, may_create: bool) -> str:
        if noun == "user" and wanted.lower() == "me" and self._desk.user_id:
            return self._desk.user_id
        found = self.index(noun).find(wanted)
        if isinstance(found, Ambiguous):
            raise LookupError(f"{wanted} could be several {NOUNS[noun].plural}")  # noqa: TRY004 - no type is at fault
        if found is None:
            found = self.by_key(noun, wanted) or (self._by_email(wanted) if noun == "contact" else None)
        if found is not None:
            return found
        if may_create or noun in self._create:
            return self._make(noun, wanted)
        raise LookupError(f"no {noun} is called {wanted}; --create {noun} makes it")

    def _by_email(self, text: str) -> str | None:
        if "@" not in text:
            return None
        sql = "SELECT contact_id FROM email WHERE folded = ? AND contact_id IS NOT NULL"
        found = self._desk.store.value(sql, (folded_email(text),))
        return None if found is None else str(found)

    def _make(self, noun: str, name: str) -> str:
        values: dict[str, Any] = {"name": name}
        if noun == "account":
            values |= {"match_key": company_key(name), "created_on": self._desk.today.isoformat()}
        elif noun == "contact":
            given, family = person_name_parts(name)
            values |= {"given_name": given or None, "family_name": family or None, "match_key": person_key(name)}
        made = self._work.insert(NOUNS[noun].table, values)
        self.index(noun).add(name, made)
        self.created[noun] = self.created.get(noun, 0) + 1
        return made

    def make_manager(self, name: str) -> str:
        """Return the user of that name, made as a manager where there is none."""
        try:
            return self.find("user", name)
        except LookupError as error:
            if "several" in str(error):
                raise
        made = self._work.insert("app_user", {"name": " ".join(clean(name).split()), "role": "manager"})
        self.index("user").add(name, made)
        self._found["user", " ".join(clean(name).split())] = made
        self.created["user"] = self.created.get("user", 0) + 1
        return made
