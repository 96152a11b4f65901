"""Laptops that sync with one server: desks of their own, the same collections, and what is found on them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from db.queries import dav as rows
from db.queries.dav import Collection
from sfa.dav.books import book_of
from sfa.dav.discovery import discover
from sfa.dav.opening import open_session
from sfa.dav.report import Report
from sfa.dav.session import Session
from sfa.dav.sync import sync
from sfa.dav.transport import HttpTransport, Request, Response, Transport
from sfa.services import dav as service
from sfa.services import event_changes, writing
from sfa.services.desk import Desk
from tests.support.dav_servers import Server
from tests.support.factories import clock_of, make_desk


class WithoutTokens:
    """A server as old ones are: it knows no sync-collection, and perhaps no multiget."""

    def __init__(self, behind: Transport, *, has_multiget: bool = True) -> None:
        self._behind = behind
        self._has_multiget = has_multiget

    def send(self, request: Request) -> Response:
        """Send what an old server understands."""
        is_known = b"sync-collection" not in request.body and (self._has_multiget or b"multiget" not in request.body)
        return self._behind.send(request) if is_known else Response(501, {}, b"", request.url)


@dataclass
class Home:
    """One laptop with what it syncs."""

    desk: Desk
    session: Session
    reports: list[Report] = field(default_factory=list)

    def sync(self, *, is_dry_run: bool = False) -> list[Report]:
        """Sync every collection and return what each sync did."""
        clock_of(self.desk).advance(minutes=1)
        self.reports = [
            sync(self.desk, item, self.session, is_dry_run=is_dry_run) for item in service.collections(self.desk)
        ]
        return self.reports

    def add(self, noun: str, **values: object) -> str:
        """Add a record as the user would."""
        return str(writing.add(self.desk, noun, values).id)

    def edit(self, noun: str, record_id: str, **values: object) -> None:
        """Edit a record as the user would, a minute later."""
        clock_of(self.desk).advance(minutes=1)
        if noun == "event":
            event_changes.change(self.desk, record_id, values)
        else:
            writing.edit(self.desk, noun, [record_id], values)

    def remove(self, noun: str, record_id: str) -> None:
        """Put a record into the trash."""
        writing.remove(self.desk, noun, [record_id])

    def said(self) -> dict[str, Any]:
        """Return what the book says of every appointment and contact, by UID."""
        found: dict[str, Any] = {}
        for kind in ("calendar", "contacts"):
            book = book_of(self.desk, kind)
            found |= {uid: book.parts(text).value for uid, text in book.texts([], has_own=True).items()}
        return found

    def column(self, subject: str, column: str) -> Any:  # noqa: ANN401 - whatever the column holds
        """Return what an appointment of a subject holds."""
        sql = f"SELECT {column} FROM event WHERE subject = ? AND deleted_at IS NULL"
        return self.desk.store.value(sql, (subject,))

    def id_of(self, name: str) -> str:
        """Return the id of the live appointment or contact of a name."""
        sql = (
            "SELECT id FROM event WHERE subject = :name AND deleted_at IS NULL AND series_id IS NULL"
            " UNION SELECT id FROM contact WHERE name = :name AND deleted_at IS NULL"
        )
        return str(self.desk.store.value(sql, {"name": name}))

    def inbox(self) -> list[rows.Conflict]:
        """Return what waits for a choice."""
        return service.inbox(self.desk)


def make_home(
    folder: Path, server: Server, seed: int, through: Callable[[Transport], Transport] = lambda plain: plain
) -> Home:
    """Open a laptop and add all that a server has; `through` stands between it and the network."""
    desk = make_desk(folder, seed=seed)
    root = Collection("", server.url, "calendar", server.user, ca_file=str(server.ca_file) if server.ca_file else None)
    session = open_session(root, server.password, through(HttpTransport(server.ca_file)), _no_pause)
    found = discover(session, server.url)
    service.add(desk, [Collection(item.title, item.url, item.kind, server.user) for item in found])
    return Home(desk, session)


def _no_pause(seconds: float) -> None:
    raise AssertionError(f"a server of this computer is too busy for {seconds} s")


def settle(homes: Sequence[Home]) -> None:
    """Sync all homes until each has what the others had."""
    for _ in range(2):
        for home in homes:
            home.sync()
