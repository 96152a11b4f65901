"""A small DAV server in this process, which can be broken in every way a real one cannot be brought to."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from db.queries.dav import Collection
from sfa.dav.opening import open_session
from sfa.dav.transport import DavError, Request, Response, Transport
from sfa.services import dav as service
from tests.support.dav_homes import Home
from tests.support.factories import make_desk

ROOT = "http://localhost/dav/cal/"
NAMES = 'xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:S="http://calendarserver.org/ns/"'


@dataclass
class MemoryServer:
    """A calendar: texts by path; `log` tells of each change of a path; `asked` of each request."""

    texts: dict[str, str] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def write(self, name: str, text: str | None) -> None:
        """Let another program write (None: remove) an item."""
        path = f"{urlsplit(ROOT).path}{name}"
        self.log.append(path)
        if text is None:
            del self.texts[path]
        else:
            self.texts[path] = text

    def etag(self, path: str) -> str:
        """Return the etag of an item."""
        return f'"{sha256(self.texts[path].encode()).hexdigest()[:12]}"'

    def send(self, request: Request) -> Response:
        """Answer a request."""
        self.asked.append(request.method)
        path = urlsplit(request.url).path
        if request.method == "REPORT":
            is_sync = b"sync-collection" in request.body
            return self._changes(request.body.decode()) if is_sync else self._many(request.body.decode())
        if request.method == "GET":
            return self._one(path)
        return self._write(request, path) if request.method in ("PUT", "DELETE") else Response(207, {}, b"<x/>")

    def _one(self, path: str) -> Response:
        if path not in self.texts:
            return Response(404, {}, b"")
        return Response(200, {"etag": self.etag(path)}, self.texts[path].encode())

    def _write(self, request: Request, path: str) -> Response:
        known = request.headers.get("If-Match")
        is_there = path in self.texts
        if (request.headers.get("If-None-Match") and is_there) or (
            known and not (is_there and self.etag(path) == known)
        ):
            return Response(412, {}, b"")
        self.write(path.rpartition("/")[2], request.body.decode() if request.method == "PUT" else None)
        return Response(201, {"etag": self.etag(path)} if path in self.texts else {}, b"")

    def _changes(self, body: str) -> Response:
        token = re.search(r"sync-token>(\d*)<", body)
        since = self.log[int(token[1]) :] if token and token[1] else list(self.texts)
        told = "".join(self._told(path, "") for path in dict.fromkeys(since))
        return self._multistatus(f"{told}<sync-token>{len(self.log)}</sync-token>")

    def _many(self, body: str) -> Response:
        wanted = re.findall(r"href>([^<]+)<", body)
        return self._multistatus("".join(self._told(path, self.texts.get(path, "")) for path in wanted))

    def _told(self, path: str, text: str) -> str:
        if path not in self.texts:
            return f"<response><href>{path}</href><status>HTTP/1.1 404 Not Found</status></response>"
        data = f"<C:calendar-data>{escape(text)}</C:calendar-data>" if text else ""
        inner = f"<prop><getetag>{escape(self.etag(path))}</getetag>{data}</prop><status>HTTP/1.1 200 OK</status>"
        return f"<response><href>{path}</href><propstat>{inner}</propstat></response>"

    @staticmethod
    def _multistatus(inner: str) -> Response:
        return Response(207, {}, f"<multistatus {NAMES}>{inner}</multistatus>".encode())


@dataclass
class Breaking:
    """A network that breaks once: before or after the request of a number reached the server."""

    behind: Transport
    at: int
    is_after: bool
    count: int = 0

    def send(self, request: Request) -> Response:
        """Send a request, or break."""
        self.count += 1
        if self.count != self.at:
            return self.behind.send(request)
        if self.is_after:
            self.behind.send(request)
        raise DavError("localhost cannot be reached.")


@dataclass
class Answering:
    """A server whose answers are changed on the way."""

    behind: Transport
    change: Callable[[Request, Response], Response]

    def send(self, request: Request) -> Response:
        """Send a request and change the answer."""
        return self.change(request, self.behind.send(request))


def home_at(folder: Path, transport: Transport, seed: int = 1, pauses: list[float] | None = None) -> Home:
    """Open a laptop that syncs a calendar over a transport; what it waits for is written to `pauses`."""
    desk = make_desk(folder, seed=seed)
    collection = Collection("Work", ROOT, "calendar", "jane")
    if not service.collections(desk):
        service.add(desk, [collection])
    waited = pauses if pauses is not None else []
    return Home(desk, open_session(collection, "correct horse", transport, waited.append))


def through(home: Home, transport: Transport) -> Home:
    """Return the same laptop on another network."""
    collection = service.collections(home.desk)[0]
    return Home(home.desk, open_session(collection, "correct horse", transport, lambda _seconds: None))
