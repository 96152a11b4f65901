"""Finds calendars and address books behind an address (RFC 6764, RFC 4791, RFC 6352)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from sfa.dav.session import MULTISTATUS, Session
from sfa.dav.xml import CALDAV, CARDDAV, DAV, NAMESPACES, Answer
from sfa.domain.text import clean
from sfa.errors import NotFoundError

_ASKED: Final = (
    f'<?xml version="1.0" encoding="utf-8"?><D:propfind {NAMESPACES}><D:prop><D:resourcetype/><D:displayname/>'
    "<D:current-user-principal/><C:calendar-home-set/><A:addressbook-home-set/><C:supported-calendar-component-set/>"
    "</D:prop></D:propfind>"
)
_HOMES: Final = {"calendar": f"{CALDAV}calendar-home-set", "contacts": f"{CARDDAV}addressbook-home-set"}
_TYPES: Final = {"calendar": f"{CALDAV}calendar", "contacts": f"{CARDDAV}addressbook"}
_KNOWN: Final = {"calendar": "/.well-known/caldav", "contacts": "/.well-known/carddav"}
_TOLERATED: Final = (301, 302, 400, 403, 404, 405, 410, 501)


@dataclass(frozen=True, slots=True)
class Found:
    """A collection on a server: kind is `calendar` or `contacts`."""

    url: str
    kind: str
    title: str


def discover(session: Session, url: str, kinds: Iterable[str] = ("calendar", "contacts")) -> list[Found]:
    """Return the collections of some kinds behind an address, each once.

    Raises:
        NotFoundError: there is none.
        SfaError: the server refuses.
    """
    wanted = tuple(kinds)
    place, here = _look(session, url)
    direct = [item for kind in wanted for answer in here[:1] if (item := _found(place, answer, kind))]
    if direct:
        return direct
    found: dict[tuple[str, str], Found] = {}
    for kind in wanted:
        for home in _homes(session, place, here, kind):
            _, members = _look(session, home, depth=1)
            for answer in members:
                item = _found(home, answer, kind)
                if item:
                    found[item.url, kind] = item
    if not found:
        words = " or ".join("calendar" if kind == "calendar" else "address book" for kind in wanted)
        raise NotFoundError(f"There is no {words} at {url}.", hint="Give the address of the collection itself.")
    return list(found.values())


def _look(session: Session, url: str, depth: int = 0) -> tuple[str, list[Answer]]:
    place, status, found, _ = session.ask("PROPFIND", url, _ASKED, depth, _TOLERATED)
    return place, found if status == MULTISTATUS else []


def _homes(session: Session, place: str, here: list[Answer], kind: str) -> list[str]:
    """Return where the collections of a kind are kept: as the resource says, its principal, or the well-known place."""
    for answer in here:
        if answer.href_in(_HOMES[kind]):
            return _hrefs(place, answer, kind)
    tried = [(place, here)]
    root = urljoin(place, "/")
    tried += [_look(session, urljoin(place, path)) for path in (_KNOWN[kind], "/") if urljoin(root, path) != place]
    for base, answers in tried:
        for answer in answers:
            principal = answer.href_in(f"{DAV}current-user-principal")
            if not principal:
                continue
            at, said = _look(session, urljoin(base, principal))
            homes = [home for item in said for home in _hrefs(at, item, kind)]
            if homes:
                return homes
    return [place]


def _hrefs(place: str, answer: Answer, kind: str) -> list[str]:
    held = answer.properties.get(_HOMES[kind])
    return [] if held is None else [urljoin(place, (item.text or "").strip()) for item in held.iter(f"{DAV}href")]


def _found(place: str, answer: Answer, kind: str) -> Found | None:
    types = answer.properties.get(f"{DAV}resourcetype")
    if types is None or types.find(_TYPES[kind]) is None:
        return None
    parts = answer.properties.get(f"{CALDAV}supported-calendar-component-set")
    names = [item.get("name", "").upper() for item in parts] if parts is not None else []
    if kind == "calendar" and names and "VEVENT" not in names:
        return None
    url = urljoin(place, answer.href)
    title = " ".join(clean(answer.text(f"{DAV}displayname")).split()) or url.rstrip("/").rpartition("/")[2]
    return Found(url if url.endswith("/") else f"{url}/", kind, title[:200])
