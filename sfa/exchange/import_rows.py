"""A record of a file as rows of the store: what all nouns share; each noun's own rules are in its group's module."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from db.queries import imports
from db.queries.records import Limits, limits, record
from sfa.domain.currencies import is_currency
from sfa.domain.fields import NOUNS
from sfa.domain.money import Money
from sfa.domain.text import clean, fold
from sfa.errors import UsageError
from sfa.exchange.import_entries import Context, Entry, Link, RowProblem, stored
from sfa.exchange.import_names import Names
from sfa.exchange.values import MAX_TEXT
from sfa.services.identity import e164, folded_email
from sfa.services.parts import EMAIL_PLACES, PHONE_KINDS, PLACE, coordinates

PARENTS: Final = {"account": "parent", "user": "manager", "contact": "reports_to"}
"""The field by which a record names another of its own noun."""

LONGEST_PHONE: Final = 80
LONGEST_TAG: Final = 60
LONGEST_ID: Final = 200


class RowBuilder:
    """Builds rows of one noun; nouns with rules of their own override `complete` and `settle`."""

    def __init__(self, context: Context, names: Names) -> None:
        self.context = context
        self.names = names
        self.spec = NOUNS[context.noun]
        self._bounds = _bounds(limits(context.desk.store, self.spec.table))
        self._plain_columns = {
            field.name: field.column for field in self.spec.fields.values() if field.column and not field.target
        }
        self._parent = PARENTS.get(context.noun)
        self._country = context.desk.config.text("workspace.country")
        self._e164: dict[str, str | None] = {}
        self._references = [
            field
            for field in self.spec.fields.values()
            if field.target
            and field.column
            and field.target not in _OWN_WAY
            and field.name != PARENTS.get(context.noun)
        ]

    def build(self, entry: Entry) -> None:
        """Fill an entry's columns and links.

        Raises:
            RowProblem: a reference is missing, or values contradict each other.
        """
        self._plain(entry)
        self._currency(entry)
        self._refer(entry)
        self.complete(entry)
        self._reach(entry)
        self._check(entry)

    def complete(self, entry: Entry) -> None:
        """Fill what the noun needs beyond what the row says."""

    def settle(self, entry: Entry, before: Mapping[str, Any], changes: dict[str, Any]) -> None:
        """Let what follows from changes of a record that is there follow."""

    @property
    def notes(self) -> list[str]:
        """Return sentences on what was decided."""
        return []

    def account_of(self, entry_values: Mapping[str, Any]) -> str | None:
        """Return the account that a row names, if it is in the book already; no reason is given where not."""
        key, text = entry_values.get("account_key"), entry_values.get("account")
        try:
            found = self.names.by_key("account", str(key)) if key else None
            return found or (self.names.look("account", str(text)) if text else None)
        except RowProblem:
            return None

    def reference(self, entry: Entry, name: str, account_id: str | None = None) -> str | None:
        """Return the id that a reference of the row means, None where the row names none.

        Raises:
            RowProblem: nothing or several records are called so.
        """
        text = entry.text(name)
        if name == "account":
            key = entry.text("account_key")
            found = self.names.by_key("account", key) if key else None
            if found:
                return found
            if key and not text:
                raise RowProblem(f"no account has the id {key}")
        if not text:
            return None
        try:
            return self.names.find(entry, self.spec.fields[name].target or name, text, account_id=account_id)
        except RowProblem:
            if found := self.as_it_is(entry, name, text):
                return found
            raise

    def as_it_is(self, entry: Entry, name: str, text: str) -> str | None:
        """Return what the record names already, where that is called so: of several namesakes it is the one meant."""
        if entry.is_new:
            return None
        target, wanted = self.spec.fields[name].target or name, fold(" ".join(clean(text).split()))
        named = [now for now in self._named_now(entry.id, name) if fold(self.names.label(target, now)) == wanted]
        return named[0] if len(named) == 1 else None

    def _named_now(self, record_id: str, name: str) -> list[str]:
        """Return the ids that a record holds in a reference, or in the rows of its contacts."""
        store, noun, column = self.context.desk.store, self.spec.name, self.spec.fields[name].column
        if column:
            row = record(store, self.spec.table, record_id)
            return [row[column]] if row and row[column] else []
        if name != "contact" or noun not in ("opportunity", "activity"):
            return []
        found = imports.links(store, f"{noun}_contact", f"{noun}_id", [record_id])
        return [row["contact_id"] for row in found.get(record_id, [])]

    def _plain(self, entry: Entry) -> None:
        columns = self._plain_columns
        found = {
            columns[name]: value if type(value) is str else stored(value)
            for name, value in entry.record.values.items()
            if name in columns
        }
        entry.columns |= found
        entry.told |= found.keys()
        if self._parent:
            entry.parent = entry.text(self._parent)
        if len(entry.text("external_id")) > LONGEST_ID:
            raise RowProblem(f"the id is longer than {LONGEST_ID} characters")

    def _currency(self, entry: Entry) -> None:
        """Agree on the one currency of a record's amounts."""
        if "currency" not in self.spec.fields:
            return
        named = {value.currency for value in entry.values.values() if isinstance(value, Money)}
        if "currency" in entry.values:
            named.add(entry.text("currency"))
        if len(named) > 1:
            raise RowProblem(f"its amounts are in {' and '.join(sorted(named))}; a record has one currency")
        for currency in named:
            if not is_currency(currency):
                raise RowProblem(f"“{currency}” is no currency")
            entry.tell(currency=currency)

    def _refer(self, entry: Entry) -> None:
        problems = []
        for field in self._references:
            if field.name in entry.values or (field.name == "account" and "account_key" in entry.values):
                try:
                    found = self.reference(entry, field.name, entry.columns.get("account_id"))
                    entry.tell(**{str(field.column): found})
                except RowProblem as problem:
                    problems.append(str(problem))
        if problems:
            raise RowProblem("; ".join(problems))
        if "owner" in self.spec.fields:
            entry.fill(owner_id=self.context.owner_id)

    def _reach(self, entry: Entry) -> None:
        """Add phones, e-mails, the address and tags."""
        noun = self.context.noun
        if noun in ("account", "contact"):
            self._phones(entry, f"{noun}_id")
            self._emails(entry, f"{noun}_id")
            place: dict[str, object] = {name: entry.text(name) for name in PLACE if entry.text(name)}
            place |= self._coordinates(entry.text("coordinates"))
            if place:
                entry.links.append(Link("address", f"{noun}_id", {"kind": "work", **place}))
        for tag in entry.values.get("tags") or ():
            tag_id = self.names.find(entry, "tag", str(tag)[:LONGEST_TAG])
            entry.links.append(Link("record_tag", "row_id", {"table_name": self.spec.table, "tag_id": tag_id}))

    def _coordinates(self, text: str) -> dict[str, int | None]:
        try:
            return coordinates(text) if text else {}
        except UsageError as error:
            raise RowProblem(f"“{text}” are no coordinates: {error.hint}") from error

    def _phones(self, entry: Entry, owner: str) -> None:
        for (noun, name), kind in PHONE_KINDS.items():
            first = entry.text(name) if noun == self.context.noun else ""
            for number in [first, *entry.record.more.get(name, [])] if first else []:
                if len(number) > LONGEST_PHONE:
                    raise RowProblem(f"the phone number {number[:20]}… is longer than {LONGEST_PHONE} characters")
                row = {"number": number, "e164": self._as_e164(number), "is_primary": int(name == "phone")}
                entry.links.append(Link("phone", owner, {"kind": kind, **row}))

    def _as_e164(self, number: str) -> str | None:
        if number not in self._e164:
            self._e164[number] = e164(number, self._country)
        return self._e164[number]

    def _emails(self, entry: Entry, owner: str) -> None:
        seen: set[str] = set()
        for name in EMAIL_PLACES:
            first = entry.text(name)
            for address in [first, *entry.record.more.get(name, [])] if first else []:
                folded = folded_email(address)
                if folded not in seen:
                    row = {"kind": "other" if seen else "work", "address": address, "folded": folded}
                    entry.links.append(Link("email", owner, {**row, "is_primary": int(not seen)}))
                seen.add(folded)

    def _check(self, entry: Entry) -> None:
        """Refuse what the table's own rules would refuse."""
        for column, (is_text, least, most) in self._bounds.items():
            value = entry.columns.get(column)
            if value is None:
                continue
            if is_text and len(value) > most:
                raise RowProblem(f"{_words(column)} has {len(value)} characters, {most} at most")
            if not is_text and not least <= value <= most:
                raise RowProblem(f"{_words(column)} of {value:,} is out of bounds ({least:,} to {most:,})")


def _bounds(found: Limits) -> dict[str, tuple[bool, int, int]]:
    """Return the columns that are narrower than what a cell may hold: whether it is text, least, most."""
    texts = {name: (True, 0, most) for name, most in found.longest.items() if most < MAX_TEXT}
    names = set(found.least) | set(found.most)
    numbers = {name: (False, found.least.get(name, -_WIDEST), found.most.get(name, _WIDEST)) for name in names}
    return texts | {name: bounds for name, bounds in numbers.items() if not name.startswith("is_")}


def _words(column: str) -> str:
    return column.removesuffix("_minor").removesuffix("_ppm").replace("_", " ")


_OWN_WAY: Final = frozenset({"stage", "pipeline"})
_WIDEST: Final = 2**63 - 1
Builder = Callable[[Context, Names], RowBuilder]
