"""Chooses between two versions of a record: the book's or the server's."""

from db import search
from db.queries import dav
from db.queries.dav import Collection, Conflict, Item
from db.store import UnitOfWork
from sfa.dav.books import Book, ItemProblem, book_of
from sfa.errors import ConflictError, UsageError
from sfa.services import dav as service
from sfa.services.desk import Desk, Saved


def choose(desk: Desk, conflict: Conflict, which: str, *, is_dry_run: bool = False) -> Saved:
    """Let one version hold: `theirs` is taken into the book now (one undo takes it back), `mine` goes out with the next sync.

    Raises:
        UsageError: it is neither.
        ConflictError: the server's version cannot be in the book.
    """
    if which not in service.WHICH:
        raise UsageError(f"“{which}” is no choice.", hint="Say mine or theirs.")
    collection = service.named(desk, conflict.collection)
    book = book_of(desk, collection.kind)
    item = next(item for item in dav.items(desk.store, collection.name) if item.href == conflict.href)
    words = f"Took {'the server' if which == 'theirs' else 'the book'}'s version of {conflict.title}"
    with desk.store.write("dav.choose", words, is_dry_run=is_dry_run) as work:
        if which == "mine":
            _keep_mine(work, item, conflict)
        else:
            _take_theirs(work, book, item, conflict)
        dav.drop_conflict(work, conflict.collection, conflict.href)
        _look_again(work, collection)
        search.refresh_within(work.connection)
    return Saved(words, work.operation_id, is_dry_run=is_dry_run)


def _keep_mine(work: UnitOfWork, item: Item, conflict: Conflict) -> None:
    """Let the next sync write the book's version, whole, over the server's that was seen."""
    if conflict.theirs is None:
        dav.drop_item(work, item.collection, item.href)  # it is new to the server then
        return
    item.base, item.told, item.etag, item.pulled_by = conflict.theirs, None, conflict.etag, None
    dav.save(work, item)


def _take_theirs(work: UnitOfWork, book: Book, item: Item, conflict: Conflict) -> None:
    if conflict.theirs is None:
        book.remove(work, conflict.uid)
        dav.drop_item(work, item.collection, item.href)
        return
    try:
        book.take(work, conflict.theirs)
    except ItemProblem as problem:
        raise ConflictError(f"The server's version cannot be in the book: {problem}.", hint="Choose mine.") from problem
    item.base, item.told, item.etag = conflict.theirs, book.texts([conflict.uid]).get(conflict.uid), conflict.etag
    item.pulled_by, item.problem = work.operation_id, None
    dav.save(work, item)


def _look_again(work: UnitOfWork, collection: Collection) -> None:
    collection.seen_seq = None
    dav.save(work, collection)
