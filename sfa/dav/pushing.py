"""The book's changes brought to a server: never over what we have not seen, never twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from db.queries import dav
from db.queries.dav import Collection, Conflict, Item
from db.store import UnitOfWork
from sfa.clock import instant_text
from sfa.dav.books import Book
from sfa.dav.merging import merge
from sfa.dav.parts import written
from sfa.dav.remote import Remote
from sfa.dav.report import Report
from sfa.domain.text import clean
from sfa.exchange.file_results import Progress
from sfa.services.desk import Desk

VERB: Final = "dav.sync"


@dataclass(slots=True)
class Parcel:
    """One write to come: `text` for the server, None to delete; `told` as the book says it."""

    item: Item
    text: str | None
    told: str | None = None
    is_new: bool = False


class Push:
    """One push of one collection.

    Attributes:
        report: what was done, counted there.
        stale: hrefs that are not on the server as we knew them.
        created: hrefs that we made there.
        has_written: whether the server was changed.
        is_whole: nothing was left undone.
    """

    def __init__(self, desk: Desk, book: Book, collection: Collection, remote: Remote, report: Report) -> None:
        self._desk = desk
        self._book = book
        self._collection = collection
        self._remote = remote
        self.report = report
        self.stale: set[str] = set()
        self.created: set[str] = set()
        self.has_written = False
        self.is_whole = True

    def planned(self) -> tuple[list[Parcel], list[Item]]:
        """Return what is to be written, and the items that the book lacks only because their pull was undone."""
        store, name = self._desk.store, self._collection.name
        items = dav.items(store, name)
        waiting = {conflict.href for conflict in dav.conflicts(store, name) if conflict.kind != "undone"}
        texts = self._book.texts([item.uid for item in items if item.uid], has_own=True)
        undone = dav.undone(store, {item.pulled_by for item in items if item.pulled_by})
        parcels, held = [], []
        for item in items:
            if item.href in waiting or item.problem or not item.uid:
                continue
            mine = texts.get(item.uid)
            if mine is None and item.pulled_by in undone:
                held.append(item)
            elif mine is None:
                parcels.append(Parcel(item, None))
            elif item.told is None or not self._is_same(item.told, mine):
                parcels.append(Parcel(item, self._patched(item, mine), mine, is_new=item.base is None))
        if self._collection.takes_new:
            parcels += self._new(texts, {item.uid for item in items})
        return parcels, held

    def _new(self, texts: dict[str, str], known: set[str | None]) -> Iterator[Parcel]:
        elsewhere = dav.uids_elsewhere(self._desk.store, self._collection.name, self._collection.kind)
        for uid, text in texts.items():
            if uid not in known and uid not in elsewhere:
                item = Item(self._collection.name, self._remote.href_for(uid), uid)
                yield Parcel(item, text, text, is_new=True)

    def _is_same(self, one: str, other: str) -> bool:
        return one == other or self._book.parts(one).value == self._book.parts(other).value

    def _patched(self, item: Item, mine: str) -> str:
        """Return the server's text with what the book changed; all else in it stays as other programs wrote it."""
        if item.base is None or item.told is None:
            return mine
        base = self._book.parts(item.base)
        return written(merge(base, base, self._book.parts(item.told), self._book.parts(mine)).parts)

    def run(self, on_progress: Progress) -> None:
        """Write to the server; each write is noted before and after, so that a broken sync goes on where it was.

        What was made after a token and removed by somebody else before the next one, no server tells of: until the
        server was read again the token does not count, and a sync that breaks here is followed by a whole listing.
        """
        store, name = self._desk.store, self._collection.name
        seq = dav.last_change(store)
        parcels, held = self.planned()
        self._hold(held)
        if parcels:
            with store.write(VERB) as work:
                dav.mark(work, name, sync_token=None, ctag=None)
        for parcel in parcels:
            self._send(parcel)
            on_progress(1)
        self.has_written = bool(parcels)
        if self.is_whole and not self.stale:
            self._collection.seen_seq = seq
            with store.write(VERB) as work:
                dav.mark(work, name, seen_seq=seq)

    def count(self) -> None:
        """Count what would be written."""
        for parcel in self.planned()[0]:
            self._count(parcel)

    def _count(self, parcel: Parcel) -> None:
        counts = self.report.pushed
        counts.new += parcel.is_new
        counts.removed += parcel.text is None
        counts.changed += parcel.text is not None and not parcel.is_new

    def _hold(self, items: list[Item]) -> None:
        """Let a person say what is to become of items whose pull was undone; drop those that are back."""
        store, name = self._desk.store, self._collection.name
        held = {item.href for item in items}
        waiting = {conflict.href for conflict in dav.conflicts(store, name) if conflict.kind == "undone"}
        if held == waiting:
            return
        with store.write(VERB) as work:
            for href in waiting - held:
                dav.drop_conflict(work, name, href)
            for item in items:
                if item.href not in waiting:
                    self._keep_undone(work, item)

    def _keep_undone(self, work: UnitOfWork, item: Item) -> None:
        title = self._book.title_of(item.base or "") or item.href
        at = instant_text(self._desk.store.clock.now())
        dav.save(
            work,
            Conflict(item.collection, item.href, str(item.uid), "undone", title, at, None, None, item.base, item.etag),
        )
        self.report.conflicts += 1

    def _send(self, parcel: Parcel) -> None:
        item = parcel.item
        if not parcel.is_new and not self._is_as_known(item):
            self.stale.add(item.href)
            return
        status = self._delete(item) if parcel.text is None else self._put(parcel, parcel.text)
        if status is None:
            self.stale.add(item.href)
        elif status >= 400:  # noqa: PLR2004 - HTTP's own number
            self.is_whole = False
            title = self._book.title_of(parcel.text or item.base or "") or item.href
            self.report.problems.append(
                clean(f"{title}: the server does not take it (status {status}); the book keeps it")
            )
        else:
            self.created |= {item.href} if parcel.is_new else set()
            self._count(parcel)

    def _is_as_known(self, item: Item) -> bool:
        """Look at an item whose etag says nothing for sure (none, or a weak one) before it is written over."""
        if item.etag and not item.etag.startswith("W/"):
            return True
        found = self._remote.get(item.href)
        if found.text is None:
            return False
        item.etag = None if (found.etag or "W/").startswith("W/") else found.etag
        return item.base is not None and self._is_same(item.base, found.text)

    def _delete(self, item: Item) -> int | None:
        status = self._remote.delete(item.href, item.etag)
        if status is not None and status < 400:  # noqa: PLR2004 - as above
            with self._desk.store.write(VERB) as work:
                dav.drop_item(work, item.collection, item.href)
        return status

    def _put(self, parcel: Parcel, text: str) -> int | None:
        item = parcel.item
        item.sent, item.sent_told = text, parcel.told
        self._note(item)
        status, etag = self._remote.put(item.href, text, item.etag, is_new=parcel.is_new)
        if status is None or status >= 400:  # noqa: PLR2004 - as above
            return status
        item.base, item.told, item.etag = text, parcel.told, etag
        item.sent = item.sent_told = None
        if etag is None:
            found = self._remote.get(item.href)
            if found.text is not None and self._is_same(found.text, text):
                item.etag, item.base = found.etag, found.text
        self._note(item)
        return status

    def _note(self, item: Item) -> None:
        with self._desk.store.write(VERB) as work:
            dav.save(work, item)
