"""Which contact of the book a card is: by its UID, else by name and mail address or number; never by a guess."""

from collections.abc import Iterable
from typing import Any

from db.queries import files
from db.queries.records import Row
from sfa.domain.text import fold
from sfa.exchange.card_places import key_of
from sfa.exchange.card_reading import FINGERPRINT, Card
from sfa.services.desk import Desk


class CardMatching:
    """Finds the contacts of a file's cards.

    Attributes:
        by_name: how many cards were found by other than their UID.
    """

    def __init__(self, desk: Desk, cards: Iterable[Card]) -> None:
        self._desk = desk
        uids = list({card.uid for card in cards})
        self._by_uid = {self._uid(row): row for row in files.cards_named(desk.store, uids)}
        self._by_key: dict[str, set[str]] | None = None
        self._names: dict[str, set[str]] = {}
        self._from_files: set[str] = set()
        self._claimed: dict[str, int] = {row["id"]: 0 for row in self._by_uid.values()}
        self.by_name = 0

    @staticmethod
    def _uid(row: Row) -> str:
        return str(row["uid"] or f"{row['id']}{files.OWN_UID}")

    def row_of(self, card: Card) -> Row | None:
        """Return the contact of a card's UID."""
        return self._by_uid.get(card.uid)

    def find(self, card: Card) -> tuple[str | None, bool]:
        """Return the id of the contact that a card is (None for a new one), and whether no file has told of it yet."""
        row = self._by_uid.get(card.uid)
        if row is not None:
            return row["id"], False
        found = self._same_person(card)
        if found is None:
            return None, False
        self._claimed[found] = card.line
        is_own = found not in self._from_files
        self.by_name += is_own
        return found, is_own

    def _same_person(self, card: Card) -> str | None:
        if self._by_key is None:
            self._read()
        keys = _keys(card.name, card.rows["email"], card.rows["phone"], card.organization)
        for key, needs_name in keys:
            free = [row_id for row_id in (self._by_key or {}).get(key, ()) if row_id not in self._claimed]
            if needs_name:
                free = [row_id for row_id in free if self._names[row_id] & set(fold(card.name).split())]
            if len(free) == 1:
                return free[0]
        return None

    def _read(self) -> None:
        """Read who the book has that no UID of another program names."""
        self._by_key = {}
        for person in files.people(self._desk.store, FINGERPRINT):
            emails = [{"folded": address} for address in person.emails]
            phones = [{"number": number} for number in person.phones]
            self._names[person.id] = set(fold(person.name).split())
            if person.is_from_file:
                self._from_files.add(person.id)
            for key, _ in _keys(person.name, emails, phones, person.account):
                self._by_key.setdefault(key, set()).add(person.id)


def _keys(
    name: str, emails: Iterable[dict[str, Any]], phones: Iterable[dict[str, Any]], organization: str
) -> list[tuple[str, bool]]:
    """Return what a person is known by, the surest first, each with whether the names must share a word."""
    folded = fold(name)
    mails = [row["folded"] for row in emails]
    numbers = [str(key_of("TEL", row)[0]) for row in phones]
    keys = [(f"{folded}\x1f{mail}", False) for mail in mails] + [(f"\x1f{mail}", True) for mail in mails]
    keys += [(f"{folded}\x1f{number}", False) for number in numbers]
    if not mails and not numbers:
        keys.append((f"{folded}\x1f@{fold(organization)}", False))
    return keys
