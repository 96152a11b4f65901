"""Makes book and server the same: pull, then push, and again where the server changed in between."""

from collections.abc import Callable

from db import search
from db.queries import dav
from db.queries.dav import Collection
from sfa.clock import instant_text
from sfa.dav.books import Book, book_of
from sfa.dav.pulling import Pull
from sfa.dav.pushing import VERB, Push
from sfa.dav.remote import Changes, Fetched, Remote
from sfa.dav.report import Report
from sfa.dav.session import Session
from sfa.services.desk import Desk

ROUNDS = 4


def sync(
    desk: Desk,
    collection: Collection,
    session: Session,
    *,
    is_dry_run: bool = False,
    on_progress: Callable[[int], None] | None = None,
) -> Report:
    """Sync a collection, two ways; a pull is one operation, and nothing of it is kept where it breaks.

    Args:
        desk: whose book it is.
        collection: which one; its state is kept in it and in the database.
        session: the way to its server.
        is_dry_run: count what would be done; nothing is changed on either side.
        on_progress: told how many items more were read or written.

    Raises:
        SfaError: the server refuses, or cannot be reached; what was done so far stays, and the next sync goes on.
    """
    book = book_of(desk, collection.kind)
    remote = Remote(session, collection.url, collection.kind)
    report = Report(collection.name, is_dry_run=is_dry_run)
    told = on_progress or (lambda _count: None)
    push = Push(desk, book, collection, remote, report)
    for _ in range(ROUNDS):
        changes, fetched = _read(desk, collection, remote, push, told)
        has_written, push = push.has_written, Push(desk, book, collection, remote, report)
        _pull(desk, book, collection, changes, fetched, push, is_needed=has_written)
        if is_dry_run:
            return report
        if collection.seen_seq != dav.last_change(desk.store):
            push.run(told)
        if not push.has_written:
            break
    for href in sorted(push.stale):
        report.problems.append(
            f"{href}: the server says that it was changed, but not how; the book's version waits here."
        )
    return report


def _read(
    desk: Desk, collection: Collection, remote: Remote, last: Push, told: Callable[[int], None]
) -> tuple[Changes, list[Fetched]]:
    """Return what changed on the server, and the texts of what did; what the last push made must be told of."""
    known = {item.href: item.etag for item in dav.items(desk.store, collection.name)}
    changes = remote.changes(collection.sync_token, collection.ctag, known)
    wanted = {href for href, etag in changes.changed.items() if etag is None or known.get(href) != etag}
    fetched = []
    unsure = last.stale | (last.created - changes.changed.keys())
    for one in remote.fetch(sorted(wanted | (unsure - changes.gone))):
        fetched.append(one)
        told(1)
    return changes, fetched


def _pull(
    desk: Desk,
    book: Book,
    collection: Collection,
    changes: Changes,
    fetched: list[Fetched],
    push: Push,
    *,
    is_needed: bool,
) -> None:
    """Take the server's changes in one operation; in a dry run also count what would go out, and take all back."""
    report = push.report
    is_same = (collection.sync_token, collection.ctag) == (changes.token, changes.ctag) and collection.synced_at
    if is_same and not (fetched or changes.gone or report.is_dry_run or is_needed):
        return
    with desk.store.write(VERB, is_dry_run=report.is_dry_run) as work:
        Pull(desk, work, book, collection, report).run(fetched, changes.gone)
        if report.is_dry_run:
            push.count()
        else:
            collection.sync_token, collection.ctag = changes.token, changes.ctag
            collection.synced_at = instant_text(desk.store.clock.now())
            dav.save(work, collection)
            search.refresh_within(work.connection)
        work.summary = f"Synced {collection.name}: {report.pulled.words() or 'nothing new'} from the server"
    if work.operation_id and not report.is_dry_run:
        report.operations.append(work.operation_id)
