"""A server's changes taken into the book, inside one operation; what both sides changed is merged, or waits in the inbox."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from db.connection import storage_errors
from db.queries import dav
from db.queries.dav import Collection, Conflict, Item
from db.store import UnitOfWork
from sfa.dav.books import Book, ItemProblem
from sfa.dav.merging import changed, merge
from sfa.dav.parts import Parts, written
from sfa.dav.remote import Fetched
from sfa.dav.report import Report
from sfa.domain.text import clean
from sfa.errors import ConflictError
from sfa.services.desk import Desk

UNTITLED: Final = "(untitled)"


@dataclass(slots=True)
class _Arrival:
    """An item with the text that a server has for it now, and the merge of both sides' changes where there is one."""

    item: Item
    text: str
    is_new: bool = False
    merged: Parts | None = None


@dataclass(slots=True)
class _Waiting:
    """What the items of one pull become."""

    takes: list[_Arrival] = field(default_factory=list)
    strangers: list[_Arrival] = field(default_factory=list)


class Pull:
    """One pull of one collection."""

    def __init__(self, desk: Desk, work: UnitOfWork, book: Book, collection: Collection, report: Report) -> None:
        self._desk = desk
        self._work = work
        self._book = book
        self._name = collection.name
        self._report = report
        self._items = {item.href: item for item in dav.items(desk.store, collection.name)}
        self._by_uid = {item.uid: item for item in self._items.values() if item.uid}
        self._elsewhere = dav.uids_elsewhere(desk.store, collection.name, collection.kind)
        self._conflicts = {item.href: item for item in dav.conflicts(desk.store, collection.name)}
        self._mine: dict[str, str] = {}
        self._waiting = _Waiting()

    def run(self, fetched: Iterable[Fetched], gone: Iterable[str]) -> None:
        """Take what a server has now, and what it has no more."""
        left = {href for href in gone if href in self._items}
        arrived = []
        for one in fetched:
            if one.text is None:
                left |= {one.href} & self._items.keys()
                continue
            item = self._named(one, left)
            if item is not None:
                arrived.append(_Arrival(item, one.text, is_new=item.base is None))
        uids = [arrival.item.uid for arrival in arrived] + [self._items[href].uid for href in left]
        self._mine = self._book.texts([uid for uid in uids if uid])
        for arrival in arrived:
            self._decide(arrival)
        self._take_all()
        for href in sorted(left):
            self._lose(self._items[href])

    def _named(self, one: Fetched, left: set[str]) -> Item | None:
        """Return the item of a text; None where it is left alone."""
        item = self._items.get(one.href) or Item(self._name, one.href)
        item.etag = one.etag
        try:
            uid = self._book.uid_of(one.text or "")
            if uid in self._elsewhere:
                raise ItemProblem(f"{self._elsewhere[uid]} has the same UID")  # noqa: TRY301 - told as the others are
            other = self._by_uid.get(uid)
            if other is not None and other.href != one.href:
                if other.href not in left:
                    raise ItemProblem("another item of the collection has the same UID")  # noqa: TRY301 - as above
                left.discard(other.href)
                dav.drop_item(self._work, self._name, other.href)
                other.href, other.etag = one.href, one.etag
                item = other
        except ItemProblem as problem:
            self._leave(item, one.text or "", str(problem))
            return None
        item.uid = uid
        self._by_uid[uid] = item
        return item

    def _leave(self, item: Item, text: str, reason: str) -> None:
        """Leave an item alone as it is on the server, and say so."""
        item.problem = reason
        dav.save(self._work, item)
        title = self._book.title_of(text) or item.href.rpartition("/")[2]
        self._report.problems.append(clean(f"{title}: {reason}; it stays on the server as it is"))

    def _decide(self, arrival: _Arrival) -> None:
        item, uid = arrival.item, str(arrival.item.uid)
        theirs = self._book.parts(arrival.text)
        if item.sent and self._says(item.sent, theirs):  # it arrived, though we were not told
            item.base, item.told = item.sent, item.sent_told
        item.sent = item.sent_told = None
        mine = self._mine.get(uid)
        if item.href in self._conflicts:
            self._refresh(arrival, self._conflicts[item.href])
        elif item.base is not None and self._says(item.base, theirs):
            item.problem = None
            dav.save(self._work, item)
        elif mine is None and item.base is not None:
            self._dispute(item, "deleted_here", arrival.text, None)
        elif mine is None:
            self._waiting.strangers.append(arrival)
        elif item.base is None:
            self._meet(arrival, mine)
        elif item.told is not None and self._says(item.told, self._book.parts(mine)):
            self._waiting.takes.append(arrival)
        else:
            self._merge(arrival, theirs, mine)

    def _says(self, text: str, parts: Parts) -> bool:
        return self._book.parts(text).value == parts.value

    def _merge(self, arrival: _Arrival, theirs: Parts, mine: str) -> None:
        item = arrival.item
        base = self._book.parts(item.base) if item.base else None
        told = self._book.parts(item.told) if item.told else None
        result = merge(base, theirs, told, self._book.parts(mine))
        if result.disputed:
            self._dispute(item, "edited", arrival.text, mine, result.disputed)
            return
        arrival.merged = result.parts
        self._waiting.takes.append(arrival)

    def _meet(self, arrival: _Arrival, mine: str) -> None:
        """See whether a record that the book has already says the same as the server's; where not, somebody has to choose."""
        before = self._book.parts(mine)
        uid = str(arrival.item.uid)
        if not self._take(arrival, arrival.text, is_trial=True):
            return
        after = self._book.parts(self._book.texts([uid]).get(uid, mine))
        self._end_trial()
        if after.value == before.value:
            item = arrival.item
            item.base, item.told, item.problem = arrival.text, mine, None
            dav.save(self._work, item)
            return
        keys = before.parts.keys() | after.parts.keys()
        fields = {name for key in keys for name in changed(before.parts.get(key), after.parts.get(key))}
        self._dispute(arrival.item, "edited", arrival.text, mine, sorted(fields))

    def _take_all(self) -> None:
        """Take what came, all first; then the merges of both sides, onto what the book says then."""
        strangers = {str(arrival.item.uid): arrival for arrival in self._waiting.strangers}
        synced = {*self._by_uid, *self._elsewhere} - strangers.keys()
        filled = self._book.filled(self._work, {uid: arrival.text for uid, arrival in strangers.items()}, synced)
        taken = [arrival for uid, arrival in strangers.items() if uid in filled]
        self._report.pulled.changed += len(taken)
        for arrival in (*(arrival for uid, arrival in strangers.items() if uid not in filled), *self._waiting.takes):
            if self._take(arrival, arrival.text):
                self._report.pulled.new += arrival.is_new
                self._report.pulled.changed += not arrival.is_new
                taken.append(arrival)
        told = self._book.texts([str(arrival.item.uid) for arrival in taken])
        for arrival in taken:
            item = arrival.item
            mine = self._mine.get(str(item.uid))
            item.base, item.told, item.problem = arrival.text, told.get(str(item.uid)), None
            item.pulled_by = self._work.operation_id
            dav.save(self._work, item)
            if arrival.merged is not None:
                self._book.forget()
                if self._take(arrival, written(arrival.merged)):
                    self._report.merged += 1
                else:
                    self._dispute(item, "edited", arrival.text, mine)

    def _take(self, arrival: _Arrival, text: str, *, is_trial: bool = False) -> bool:
        """Take a text into the book; what cannot be taken leaves no trace. A trial stays open until it is ended."""
        self._work.execute("SAVEPOINT dav_item")
        try:
            with storage_errors():
                self._book.take(self._work, text)
        except (ItemProblem, ConflictError) as problem:
            self._end_trial()
            self._leave(arrival.item, text, str(problem).rstrip("."))
            return False
        if not is_trial:
            self._work.execute("RELEASE dav_item")
        return True

    def _end_trial(self) -> None:
        self._work.execute("ROLLBACK TO dav_item")
        self._work.execute("RELEASE dav_item")
        self._book.forget()

    def _lose(self, item: Item) -> None:
        """Let go of an item that the server has no more."""
        mine = self._mine.get(item.uid or "")
        conflict = self._conflicts.get(item.href)
        if mine is None or item.base is None:
            dav.drop_item(self._work, self._name, item.href)
        elif conflict is not None:
            conflict.kind, conflict.theirs, conflict.etag = "deleted_there", None, None
            dav.save(self._work, conflict)
        elif item.told is not None and self._says(item.told, self._book.parts(mine)):
            self._book.remove(self._work, str(item.uid))
            dav.drop_item(self._work, self._name, item.href)
            self._report.pulled.removed += 1
        else:
            self._dispute(item, "deleted_there", None, mine)

    def _refresh(self, arrival: _Arrival, conflict: Conflict) -> None:
        """Let what waits for a choice show what the server has now."""
        conflict.theirs, conflict.etag = arrival.text, arrival.item.etag
        if conflict.kind == "deleted_there":
            conflict.kind = "edited"
        dav.save(self._work, conflict)
        dav.save(self._work, arrival.item)

    def _dispute(self, item: Item, kind: str, theirs: str | None, mine: str | None, fields: Iterable[str] = ()) -> None:
        """Let a person choose: both versions are kept whole."""
        title = self._book.title_of(theirs or mine or item.base or "") or UNTITLED
        named = ", ".join(sorted({name.lower() for name in fields})) or None
        dav.save(self._work, item)
        dav.save(
            self._work,
            Conflict(self._name, item.href, str(item.uid), kind, title, self._work.at, named, mine, theirs, item.etag),
        )
        self._report.conflicts += 1
