"""Cards written into the book: new contacts in batches, those that are there field by field."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from db.queries import files
from db.queries import imports as queries
from db.queries.records import Row, defaults
from db.store import UnitOfWork
from sfa.exchange.card_places import TABLES, key_of
from sfa.exchange.card_reading import FINGERPRINT, Card
from sfa.exchange.file_tags import Tags
from sfa.exchange.import_entries import Entry, RowProblem
from sfa.exchange.import_names import Names
from sfa.exchange.records import Record
from sfa.exchange.sheets import SheetRow
from sfa.services.desk import Desk
from sfa.services.identity import e164

BATCH: Final = 1000
LOOSE_SHOWN: Final = 10
SOURCE: Final = "vcard"
_COLUMNS: Final = {
    "phone": ("kind", "number", "is_primary", "e164"),
    "email": ("kind", "address", "folded", "is_primary"),
    "address": ("kind", "street", "city", "region", "postal_code", "country"),
}
_ROLE: Final = ("id", "contact_id", "account_id", "role", "is_primary", "valid_from")
_VOLATILE: Final = ("REV",)


@dataclass(slots=True)
class CardEntry:
    """A card and the contact that it becomes.

    Attributes:
        before: the contact that is there.
        is_filling: it was found by its name: only what is empty is filled.
        is_settled: nothing of its fields is to change; its company may still be made.
        is_whole: its file is newer, and has all that is to be there.
    """

    card: Card
    id: str
    before: Row | None = None
    is_filling: bool = False
    is_settled: bool = False
    is_whole: bool = False


class CardWriter:
    """Writes cards with what hangs on them.

    Attributes:
        notes: sentences on companies.
    """

    def __init__(self, desk: Desk, work: UnitOfWork, create: frozenset[str]) -> None:
        self._desk = desk
        self._work = work
        self._can_create = "account" in create
        self._names = Names(desk, work, SOURCE, create)
        self._columns = queries.columns(desk.store, "contact")
        self._defaults = defaults(desk.store, "contact")
        self._tags = Tags(desk, work, "contact")
        self._country = desk.config.text("workspace.country")
        self._accounts: dict[str, str | None] = {}
        self._missing: set[str] = set()
        self._today = desk.today.isoformat()
        self._owner = desk.user_id

    @property
    def created(self) -> dict[str, int]:
        """Return how many records were made on the way, by noun."""
        return {noun: count for noun, count in self._names.created.items() if count}

    @property
    def notes(self) -> list[str]:
        """Return sentences on which companies were taken for which, and which are not in the book."""
        loose = [f"“{text}” is taken as {noun} {name}." for (noun, text), name in self._names.loose.items()]
        found = loose[:LOOSE_SHOWN]
        if len(loose) > LOOSE_SHOWN:
            found.append(f"{len(loose) - LOOSE_SHOWN:,} more names differ from the book's by spaces and signs.")
        if self._missing:
            count = len(self._missing)
            words = "company is" if count == 1 else "companies are"
            found.append(f"{count:,} {words} not in the book and kept as words; --create account makes them.")
        return found

    def insert(self, entries: Sequence[CardEntry], told: Callable[[int], None]) -> None:
        """Write new contacts."""
        base = {name: self._defaults.get(name) for name in self._columns}
        base |= {"created_at": self._work.at, "updated_at": self._work.at}
        base |= {"created_on": self._today, "owner_id": self._owner}
        for start in range(0, len(entries), BATCH):
            batch = entries[start : start + BATCH]
            rows, roles = [], []
            for entry in batch:
                role = self._role(entry)
                roles += [role] if role else []
                given = {name: value for name, value in entry.card.columns.items() if value is not None}
                given["extra"] = self._extra(entry.card, has_role=role is not None)
                rows.append(tuple((base | given | {"id": entry.id}).values()))
            self._work.insert_many("contact", self._columns, rows)
            for table in _COLUMNS:
                self._insert_rows(table, [(entry.id, row) for entry in batch for row in entry.card.rows[table]])
            self._work.insert_many("contact_role", _ROLE, roles)
            self._tags.add((entry.id, tag) for entry in batch for tag in entry.card.tags)
            told(len(batch))

    def _insert_rows(self, table: str, found: Sequence[tuple[str, dict[str, Any]]]) -> None:
        names = _COLUMNS[table]
        new_id = self._desk.store.ids.new
        if table == "phone":
            for _, row in found:
                row["e164"] = e164(row["number"], self._country)
        rows = [(new_id(), owner, *(row.get(name) for name in names)) for owner, row in found]
        self._work.insert_many(table, ("id", "contact_id", *names), rows)

    def _role(self, entry: CardEntry) -> tuple[Any, ...] | None:
        """Return a row of `contact_role`; None where the company is not in the book."""
        account_id = self._account(entry.card)
        if account_id is None:
            return None
        role = entry.card.role or None
        return (self._desk.store.ids.new(), entry.id, account_id, role, 1, self._today)

    def _account(self, card: Card) -> str | None:
        name = card.organization
        if not name:
            return None
        if name not in self._accounts:
            entry = Entry(Record(SheetRow(card.line, (), None)))
            try:
                found = self._names.look("account", name)
                if found is None and self._can_create:
                    found = self._names.make(entry, "account", name)
            except RowProblem:
                found = None
            self._names.keep(entry.promised)
            self._accounts[name] = found
            if found is None:
                self._missing.add(name)
        return self._accounts[name]

    @staticmethod
    def _extra(card: Card, *, has_role: bool) -> str | None:
        """Return what a contact keeps; without a company of the book also what the card says of it."""
        text = card.columns["extra"]
        if has_role or not (card.org_line or card.role):
            return str(text) if text else None
        role = [f"ROLE:{card.role.replace(chr(92), chr(92) * 2)}"] if card.role else []
        own = [line for line in (card.org_line, *role) if line and line not in (text or "")]
        return "\n".join([*own, *([text] if text else [])])

    def update(self, entries: Sequence[CardEntry]) -> list[bool]:
        """Write what differs from contacts that are there; return for each whether anything did."""
        ids = [entry.id for entry in entries]
        present = {table: queries.links(self._desk.store, table, "contact_id", ids) for table in _COLUMNS}
        roles = files.current_roles(self._desk.store)
        done = []
        for entry in entries:
            role = self._role(entry) if entry.id not in roles else None
            is_changed = bool(role)
            if role:
                self._work.insert("contact_role", dict(zip(_ROLE, role, strict=True)))
            if not entry.is_settled or role:
                is_changed = self._fields(entry, has_role=bool(role) or entry.id in roles) or is_changed
            if not entry.is_settled:
                for table in _COLUMNS:
                    is_changed = self._rows(entry, table, present[table].get(entry.id, [])) or is_changed
                is_changed = self._tags.replace(entry.id, entry.card.tags, is_whole=entry.is_whole) or is_changed
            done.append(is_changed)
        return done

    def _fields(self, entry: CardEntry, *, has_role: bool) -> bool:
        before = entry.before or {}
        told = {**entry.card.columns, "extra": self._extra(entry.card, has_role=has_role)}
        if entry.is_settled:
            told = {"extra": told["extra"]}
        if before.get("uid") is None and entry.card.uid.removesuffix(files.OWN_UID) == entry.id:
            told.pop("uid", None)
        changes = {name: value for name, value in told.items() if before.get(name) != value}
        if entry.is_filling:
            changes = {name: value for name, value in changes.items() if before.get(name) is None}
            if (before.get("uid") or "").endswith(FINGERPRINT):
                changes["uid"] = entry.card.uid
        elif not entry.is_whole:
            changes = {name: value for name, value in changes.items() if value is not None or name == "extra"}
        if changes.keys() <= {"extra"} and _lasting(told["extra"]) == _lasting(before.get("extra")):
            return False
        self._work.update("contact", entry.id, changes)
        return bool(changes)

    def _rows(self, entry: CardEntry, table: str, present: Sequence[Row]) -> bool:
        """Add what a contact lacks; where the card is newer, take away what it has no more."""
        name = next(name for name, other in TABLES.items() if other == table)
        known = {key_of(name, row): row for row in present}
        wanted = {key_of(name, row): row for row in entry.card.rows[table]}
        missing = [row for key, row in wanted.items() if key not in known]
        gone = [row for key, row in known.items() if key not in wanted] if entry.is_whole else []
        for row in gone:
            self._work.remove(table, row["id"])
        if len(known) > len(gone):
            missing = [{**row, "is_primary": 0} if "is_primary" in row else row for row in missing]
        self._insert_rows(table, [(entry.id, row) for row in missing])
        return bool(missing or gone)


def _lasting(extra: str | None) -> list[str]:
    return sorted(line for line in (extra or "").split("\n") if line and not line.startswith(_VOLATILE))
