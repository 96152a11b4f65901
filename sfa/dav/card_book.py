"""The book's contacts as a CardDAV server has them: one card each."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from db.queries import dav, files
from db.store import UnitOfWork
from sfa.dav.books import ItemProblem
from sfa.dav.parts import Parts, parts_of_card
from sfa.exchange.card_export import cards_text
from sfa.exchange.card_import import read_cards
from sfa.exchange.card_matching import CardMatching
from sfa.exchange.card_reading import FINGERPRINT, CardProblem, read_card
from sfa.exchange.card_writing import CardEntry, CardWriter
from sfa.exchange.content_lines import Component, folded, unparsed_component
from sfa.services.desk import Desk

VERSION: Final = "3.0"


class CardBook:
    """The contacts of a desk."""

    noun = "contact"

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._writer: tuple[UnitOfWork, CardWriter] | None = None

    def texts(self, uids: Sequence[str], *, has_own: bool = False) -> dict[str, str]:
        """Return the cards of live contacts by UID."""
        ids = [row["id"] for row in files.cards_named(self._desk.store, uids) if row["deleted_at"] is None]
        if has_own:
            ids = list({*ids, *dav.own_contacts(self._desk.store, self._desk.user_id)})
        cards = read_cards(cards_text(self._desk, ids, VERSION).encode())
        return {card.text("UID"): folded(unparsed_component(card)) for card in cards}

    def parts(self, text: str) -> Parts:
        """Return a card in parts."""
        return parts_of_card(self._card(text))

    def uid_of(self, text: str) -> str:
        """Return the UID of the one card in a text."""
        try:
            uid = read_card(self._card(text)).uid
        except CardProblem as problem:
            raise ItemProblem(str(problem)) from problem
        if uid.endswith(FINGERPRINT):
            raise ItemProblem("it has no UID of its own")
        return uid

    def title_of(self, text: str) -> str:
        """Return the name."""
        try:
            return self._card(text).text("FN")[:200]
        except ItemProblem:
            return ""

    def filled(self, work: UnitOfWork, texts: Mapping[str, str], synced: Collection[str]) -> set[str]:
        """Let contacts that have the name and a mail address or number of cards take their UIDs and what is empty."""
        cards = [read_card(self._card(text)) for text in texts.values()]
        matching = CardMatching(self._desk, cards)
        found: list[CardEntry] = []
        for card in cards:
            contact_id, _ = matching.find(card)
            is_free = contact_id is not None and f"{contact_id}{files.OWN_UID}" not in synced
            if contact_id is not None and is_free and matching.row_of(card) is None:
                before = files.chosen_contacts(self._desk.store, [contact_id])[0]
                found.append(CardEntry(card, contact_id, before=before, is_filling=True))
        if found:
            self._writer_for(work).update(found)
        return {entry.card.uid for entry in found}

    def take(self, work: UnitOfWork, text: str) -> None:
        """Let the book have a contact as a card says it."""
        try:
            card = read_card(self._card(text))
        except CardProblem as problem:
            raise ItemProblem(str(problem)) from problem
        writer = self._writer_for(work)
        rows = files.cards_named(self._desk.store, [card.uid])
        if not rows:
            writer.insert([CardEntry(card, self._desk.store.ids.new())], lambda _count: None)
            return
        row = rows[0]
        if row["deleted_at"]:
            work.update("contact", row["id"], {"deleted_at": None})
        writer.update([CardEntry(card, row["id"], before=row, is_whole=True)])

    def _writer_for(self, work: UnitOfWork) -> CardWriter:
        if self._writer is None or self._writer[0] is not work:
            self._desk.user_for(work)
            self._writer = work, CardWriter(self._desk, work, frozenset())
        return self._writer[1]

    def forget(self) -> None:
        """Forget what was written so far: it was taken back."""
        self._writer = None

    def remove(self, work: UnitOfWork, uid: str) -> None:
        """Put a contact into the trash."""
        for row in files.cards_named(self._desk.store, [uid]):
            if row["deleted_at"] is None:
                work.remove("contact", row["id"])

    @staticmethod
    def _card(text: str) -> Component:
        found = read_cards(text.encode())
        if len(found) != 1 or not found[0].is_whole:
            raise ItemProblem("it is no whole card")
        return found[0]
