"""Imports an address file: one operation, repeatable by UID; broken cards are told, the others come in."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from db import search
from db.queries import files
from db.queries.records import Row
from db.store import UnitOfWork
from sfa.exchange.card_matching import CardMatching
from sfa.exchange.card_reading import Card, CardProblem, read_card
from sfa.exchange.card_writing import CardEntry, CardWriter
from sfa.exchange.content_lines import Component, read_components
from sfa.exchange.file_results import FileResult, Progress, stamp
from sfa.services.desk import Desk

NOTES_SHOWN: Final = 20
VERB: Final = "import.cards"


def read_cards(data: bytes) -> list[Component]:
    """Return the cards of a file, broken ones among them."""
    return [component for component in read_components(data) if component.name == "VCARD"]


def run(
    desk: Desk,
    path: Path,
    components: Sequence[Component],
    *,
    create: frozenset[str] = frozenset(),
    is_dry_run: bool = False,
    on_progress: Progress | None = None,
) -> FileResult:
    """Import the cards of a file; nothing or all of it is saved, and one undo takes it back.

    Args:
        desk: whose book it is.
        path: the file, for its name.
        components: its cards.
        create: `account` where companies that the book does not have are to be made.
        is_dry_run: count, and take it back.
        on_progress: told how much was done since the last time, twice for each card.

    Raises:
        StorageError: the disk is full or cannot be written.
    """
    with desk.store.write(VERB, is_dry_run=is_dry_run) as work:
        importer = _Import(desk, work, create, on_progress or (lambda _count: None))
        importer.take(components)
        result = importer.finish()
        counts = result.of("contact")
        count = counts.new + counts.changed
        work.summary = f"Imported {count:,} contact{'' if count == 1 else 's'} from {path.name}"
        if not is_dry_run:
            search.refresh_within(work.connection)
    result.operation_id = None if is_dry_run else work.operation_id
    return result


class _Import:
    """One import of an address file."""

    def __init__(self, desk: Desk, work: UnitOfWork, create: frozenset[str], told: Progress) -> None:
        self._desk = desk
        self._told = told
        self._result = FileResult()
        self._writer = CardWriter(desk, work, create)
        self._left_out: list[tuple[int, str]] = []
        self._older = 0
        self._yours = 0
        self._by_name = 0

    def take(self, components: Sequence[Component]) -> None:
        """Import cards."""
        cards = self._read(components)
        matching = CardMatching(self._desk, cards)
        new: list[CardEntry] = []
        there: list[CardEntry] = []
        for card in cards:
            found, is_filling = matching.find(card)
            row = matching.row_of(card)
            if row is not None and row["deleted_at"]:
                reason = f"it is in the trash; sfa trash restore {row['ref']} brings it back"
                self._result.refuse(card.line, card.name, reason)
            elif found is None:
                new.append(CardEntry(card, self._desk.store.ids.new()))
            else:
                there.append(CardEntry(card, found, is_filling=is_filling))
        self._by_name = matching.by_name
        self._writer.insert(new, self._told)
        self._result.of("contact").new += len(new)
        self._update(there)

    def _read(self, components: Sequence[Component]) -> list[Card]:
        found: dict[str, Card] = {}
        for component in components:
            self._told(1)
            try:
                card = read_card(component)
            except CardProblem as problem:
                self._result.refuse(component.number, component.text("FN")[:80] or "VCARD", str(problem))
                continue
            other = found.get(card.uid)
            if other is not None:
                left, kept = (other, card) if card.revision > other.revision else (card, other)
                found[card.uid] = kept
                self._result.refuse(left.line, left.name, f"line {kept.line:,} has the same card")
                continue
            found[card.uid] = card
        for card in found.values():
            self._left_out += card.notes
        return list(found.values())

    def _update(self, entries: Sequence[CardEntry]) -> None:
        ids = [entry.id for entry in entries]
        present = {row["id"]: row for row in files.chosen_contacts(self._desk.store, ids)}
        yours = files.by_others(self._desk.store, "contact", ids, VERB)
        counts = self._result.of("contact")
        for entry in entries:
            entry.before = present[entry.id]
            is_yours, told = entry.id in yours, entry.card.revision
            known = revision_of(entry.before, is_own=is_yours)
            entry.is_settled = not entry.is_filling and (told <= known if told else is_yours)
            entry.is_whole = bool(told) and told > known and not entry.is_filling
            self._older += entry.is_settled and not is_yours and told < known
            self._yours += entry.is_settled and is_yours and told < known
        for is_changed in self._writer.update(entries):
            counts.changed += is_changed
            counts.unchanged += not is_changed
            self._told(1)

    def finish(self) -> FileResult:
        """Return what was done."""
        result = self._result
        for count, words in (
            (self._by_name, "of contacts in the book, by name and mail address or number; what was empty is filled."),
            (self._older, "older than the contact in the book, which stays."),
            (self._yours, "of contacts that were changed in the book since the last import; that stays."),
        ):
            if count:
                result.notes.append(f"{count:,} card{' is' if count == 1 else 's are'} {words}")
        result.notes += self._writer.notes
        result.created = self._writer.created
        notes = [f"line {line:,}: {words}." for line, words in sorted(self._left_out)]
        result.notes += notes[:NOTES_SHOWN]
        if len(notes) > NOTES_SHOWN:
            result.notes.append(f"... and {len(notes) - NOTES_SHOWN:,} more such notes.")
        result.rejected.sort()
        return result


def revision_of(row: Row, *, is_own: bool) -> str:
    """Return when a contact was changed last: as its card said, or in the book where it is the user's own doing."""
    found = next((line for line in (row["extra"] or "").split("\n") if line.startswith("REV")), "")
    told = str(found.partition(":")[2])
    return max(told, stamp(row["updated_at"])) if is_own else told
