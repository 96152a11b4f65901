"""One collection on a server: what changed, texts in batches, writes that refuse to overwrite what they have not seen."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit
from xml.sax.saxutils import escape

from sfa.dav.session import MULTISTATUS, Session
from sfa.dav.transport import DavError
from sfa.dav.xml import CALDAV, CARDDAV, DAV, NAMESPACES, SERVER, Answer

BATCH: Final = 50
MOST_PAGES: Final = 10_000
GONE: Final = (404, 410)
_OTHERWISE: Final = (404, 410, 412)
_NOT_TAKEN: Final = (*_OTHERWISE, 400, 403, 405, 409, 413, 415, 422, 507)
_HEAD: Final = '<?xml version="1.0" encoding="utf-8"?>'
_LISTED: Final = f"{_HEAD}<D:propfind {NAMESPACES}><D:prop><D:getetag/><D:resourcetype/></D:prop></D:propfind>"
_STATE: Final = f"{_HEAD}<D:propfind {NAMESPACES}><D:prop><S:getctag/></D:prop></D:propfind>"
_REFUSED: Final = (400, 403, 404, 405, 409, 410, 412, 415, 422, 501, 507)
_TRUNCATED: Final = 507
_REPORTS: Final = {
    "calendar": ("C:calendar-multiget", "C:calendar-data", f"{CALDAV}calendar-data", "text/calendar", ".ics"),
    "contacts": ("A:addressbook-multiget", "A:address-data", f"{CARDDAV}address-data", "text/vcard", ".vcf"),
}
_SAFE_NAME: Final = re.compile(r"[A-Za-z0-9._-]{1,80}")


class Fetched(NamedTuple):
    """A resource as it is on the server; text None where it is gone."""

    href: str
    etag: str | None
    text: str | None


@dataclass(slots=True)
class Changes:
    """What changed on a server since it was read last.

    Attributes:
        changed: hrefs with their etags, where the server tells them.
        gone: hrefs that are there no more.
        token, ctag: how far this reads; kept for the next time.
    """

    changed: dict[str, str | None] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    token: str | None = None
    ctag: str | None = None


class Remote:
    """A collection on a server; hrefs are paths, percent-decoded, so that servers' ways to write them do not matter."""

    def __init__(self, session: Session, url: str, kind: str) -> None:
        self._session = session
        self._url = url
        self._path = unquote(urlsplit(url).path)
        self._written: dict[str, str] = {}
        self._report, self._data, self._tag, self._type, self._suffix = _REPORTS[kind]

    def href_for(self, uid: str) -> str:
        """Return where a new record is put: always the same place for a UID, so that it is never made twice."""
        digest = hashlib.sha256(uid.encode()).hexdigest()
        plain = uid.removesuffix("@sfa")
        name = plain if _SAFE_NAME.fullmatch(plain) and plain.strip(".") else digest[:40]
        return f"{self._path}{name}{self._suffix}"

    def changes(self, token: str | None, ctag: str | None, known: Mapping[str, str | None]) -> Changes:
        """Return what changed: by sync token; where there are none by ctag and a listing of etags.

        Raises:
            SfaError: the server refuses, or cannot be reached.
        """
        if token:
            found = self._since(token)
            if found is not None:
                return found
        found = self._since("")
        if found is not None:
            return _compared(found, known)
        state = self._ctag()
        if state and state == ctag:
            return Changes(ctag=state)
        listed = Changes(ctag=state)
        _, status, told, _ = self._session.ask("PROPFIND", self._url, _LISTED, depth=1)
        if status != MULTISTATUS:
            raise DavError(f"{self._url} lists nothing (status {status}).", hint="Is it a calendar or an address book?")
        self._take(told, listed)
        return _compared(listed, known)

    def _since(self, token: str) -> Changes | None:
        """Return what changed since a token (empty: all there is), page by page; None where the server knows it not."""
        found = Changes()
        seen: set[str] = set()
        for _ in range(MOST_PAGES):
            body = (
                f"{_HEAD}<D:sync-collection {NAMESPACES}><D:sync-token>{escape(token)}</D:sync-token>"
                "<D:sync-level>1</D:sync-level><D:prop><D:getetag/><D:resourcetype/></D:prop></D:sync-collection>"
            )
            _, status, told, root = self._session.ask("REPORT", self._url, body, 0, _REFUSED)
            following = (root.findtext(f"{DAV}sync-token") or "").strip() if root is not None else ""
            if status != MULTISTATUS or not following:
                return None
            is_cut = any(answer.status == _TRUNCATED for answer in told)
            self._take(told, found)
            found.token = following
            if not is_cut:
                return found
            if following in seen:
                raise DavError(f"{self._url} repeats the same page of changes.", hint="Tell who runs the server.")
            seen.add(following)
            token = following
        raise DavError(f"{self._url} has no end of changes.", hint="Tell who runs the server.")

    def _take(self, told: Sequence[Answer], into: Changes) -> None:
        for answer in told:
            href = self._href(answer.href)
            if href.rstrip("/") == self._path.rstrip("/") or not href.startswith(self._path):
                continue
            kind = answer.properties.get(f"{DAV}resourcetype")
            if kind is not None and kind.find(f"{DAV}collection") is not None:
                continue
            if answer.status in GONE:
                into.gone.add(href)
                into.changed.pop(href, None)
            elif answer.status < 400:  # noqa: PLR2004 - HTTP's own number
                into.changed[href] = answer.text(f"{DAV}getetag") or None
                into.gone.discard(href)

    def _href(self, told: str) -> str:
        path = urlsplit(urljoin(self._url, told)).path
        found = unquote(path)
        self._written[found] = path
        return found

    def _url_of(self, href: str) -> str:
        from urllib.parse import quote  # noqa: PLC0415 - beside its only use

        return urljoin(self._url, self._written.get(href) or quote(href, safe="/~!$&'()*+,;=:@"))

    def _ctag(self) -> str | None:
        _, _, told, _ = self._session.ask("PROPFIND", self._url, _STATE, 0, _REFUSED)
        return (told[0].text(f"{SERVER}getctag") or None) if told else None

    def fetch(self, hrefs: Sequence[str]) -> Iterator[Fetched]:
        """Yield resources with their texts, many by one request; one by one where the server cannot."""
        for begin in range(0, len(hrefs), BATCH):
            batch = hrefs[begin : begin + BATCH]
            wanted = "".join(f"<D:href>{escape(urlsplit(self._url_of(href)).path)}</D:href>" for href in batch)
            body = f"{_HEAD}<{self._report} {NAMESPACES}><D:prop><D:getetag/><{self._data}/></D:prop>{wanted}</{self._report}>"
            _, _, told, _ = self._session.ask("REPORT", self._url, body, 1, _REFUSED)
            found = {self._href(answer.href): answer for answer in told}
            for href in batch:
                answer = found.get(href)
                data = answer.properties.get(self._tag) if answer else None
                if answer is None or data is None or not data.text:
                    yield self.get(href)
                else:
                    yield Fetched(href, answer.text(f"{DAV}getetag") or None, data.text)

    def get(self, href: str) -> Fetched:
        """Return one resource."""
        answer = self._session.send("GET", self._url_of(href), allowed=GONE)
        if answer.status in GONE:
            return Fetched(href, None, None)
        return Fetched(href, answer.headers.get("etag"), answer.body.decode("utf-8", "replace"))

    def put(self, href: str, text: str, etag: str | None, *, is_new: bool) -> tuple[int | None, str | None]:
        """Write a resource where it is as we know it (or is not there).

        Returns:
            the status, None where it is not as we know it; and its new etag, where the server tells it.
        """
        headers = {"Content-Type": f"{self._type}; charset=utf-8"}
        if is_new:
            headers["If-None-Match"] = "*"
        elif etag:
            headers["If-Match"] = etag
        answer = self._session.send("PUT", self._url_of(href), text, headers, _NOT_TAKEN)
        return None if answer.status in _OTHERWISE else answer.status, answer.headers.get("etag")

    def delete(self, href: str, etag: str | None) -> int | None:
        """Delete a resource where it is as we know it; return as `put` does."""
        headers = {"If-Match": etag} if etag else {}
        answer = self._session.send("DELETE", self._url_of(href), headers=headers, allowed=_NOT_TAKEN)
        if answer.status in GONE:
            return 204
        return None if answer.status in _OTHERWISE else answer.status


def _compared(listed: Changes, known: Mapping[str, str | None]) -> Changes:
    """Return what a whole listing changes in what is known."""
    changed = {href: etag for href, etag in listed.changed.items() if etag is None or known.get(href) != etag}
    return Changes(changed, set(known) - set(listed.changed), listed.token, listed.ctag)
