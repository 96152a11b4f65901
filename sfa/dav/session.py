"""Requests to one server: signed, repeated when it is busy, redirected within its host, refused in sentences."""

import base64
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from sfa.dav.transport import DavError, Request, Response, Transport
from sfa.dav.xml import Answer, answers, parse
from sfa.errors import NotAllowedError, NotFoundError, SfaError, UsageError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MULTISTATUS: Final = 207
_REDIRECTS: Final = (301, 302, 303, 307, 308)
_BUSY: Final = (429, 503)
_MOST_REDIRECTS: Final = 5
_TRIES: Final = 4
_LONGEST_PAUSE_S: Final = 60
_LOCAL: Final = ("localhost", "127.0.0.1", "::1")


def require_safe(url: str, *, is_insecure: bool) -> None:
    """Refuse an address over which a password would go in clear.

    Raises:
        UsageError: it is no address, or plain http to another computer.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"“{url}” is no address of a server.", hint="Write it as https://dav.example.com/")
    if parts.password is not None:
        raise UsageError(
            "A password does not belong into an address.", hint="It is asked for, or read from SFA_DAV_PASSWORD."
        )
    if parts.scheme == "http" and parts.hostname not in _LOCAL and not is_insecure:
        raise UsageError(
            f"http:// would send your password in clear to {parts.hostname}.",
            hint="Use https://, or --insecure where you know the network.",
        )


class Session:
    """A signed-in way to one server.

    Args:
        transport: what sends.
        url: any address there; other hosts are refused.
        user: the name to sign in with, empty for none.
        password: its password.
        pause: waits so many seconds.
        is_insecure: plain http is allowed.
    """

    def __init__(
        self,
        transport: Transport,
        url: str,
        user: str,
        password: str,
        pause: Callable[[float], None],
        *,
        is_insecure: bool = False,
    ) -> None:
        self._transport = transport
        self._host = urlsplit(url).hostname or ""
        self._is_secure = urlsplit(url).scheme == "https"
        self._user = user
        self._pause = pause
        self._is_insecure = is_insecure
        self._headers = {"User-Agent": "sfa"}
        if user:
            token = base64.b64encode(f"{user}:{password}".encode()).decode()
            self._headers["Authorization"] = f"Basic {token}"

    def send(
        self,
        method: str,
        url: str,
        body: str = "",
        headers: dict[str, str] | None = None,
        allowed: Collection[int] = (),
    ) -> Response:
        """Send a request and return the answer, which is a success or has one of the statuses that are allowed.

        Raises:
            SfaError: the server refuses, or cannot be reached; one sentence.
        """
        sent = {**self._headers, **(headers or {})}
        if body:
            sent.setdefault("Content-Type", "application/xml; charset=utf-8")
        for _ in range(_MOST_REDIRECTS + 1):
            self._check(url)
            answer = self._patiently(Request(method, url, sent, body.encode()))
            target = answer.headers.get("location", "")
            if answer.status in _REDIRECTS and target:
                url = urljoin(url, target)
                continue
            if answer.status // 100 == 2 or answer.status in allowed:  # noqa: PLR2004 - HTTP's own number
                return Response(answer.status, answer.headers, answer.body, url)
            raise self._refusal(answer.status, url)
        raise DavError(f"{self._host} redirects in circles.", hint="Give the address of the calendar itself.")

    def ask(
        self, method: str, url: str, body: str, depth: int = 0, allowed: Collection[int] = ()
    ) -> tuple[str, int, list[Answer], "Element | None"]:
        """Ask for properties or a report.

        Returns:
            where the answer came from, its status, the resources it tells of, and its root (None where it is no multistatus).
        """
        answer = self.send(method, url, body, {"Depth": str(depth)}, allowed)
        if answer.status != MULTISTATUS:
            return answer.url, answer.status, [], None
        root = parse(answer.body)
        return answer.url, answer.status, list(answers(root)), root

    def _check(self, url: str) -> None:
        host = urlsplit(url).hostname or ""
        if host != self._host:
            raise NotAllowedError(
                f"{self._host} sends us on to {host}, which would get your password.",
                hint=f"If that is right, add {urlsplit(url).scheme}://{host}/ itself.",
            )
        if self._is_secure and urlsplit(url).scheme != "https":
            raise NotAllowedError(f"{self._host} sends us on from https to http, where passwords go in clear.")
        require_safe(url, is_insecure=self._is_insecure)

    def _patiently(self, request: Request) -> Response:
        """Send; wait and send again where the server is busy."""
        for attempt in range(_TRIES):
            answer = self._transport.send(request)
            if answer.status not in _BUSY or attempt == _TRIES - 1:
                break
            told = answer.headers.get("retry-after", "")
            self._pause(min(int(told) if told.isascii() and told.isdigit() else 2**attempt, _LONGEST_PAUSE_S))
        return answer

    def _refusal(self, status: int, url: str) -> SfaError:
        place = f"{self._host}{urlsplit(url).path}"
        if status == 401:  # noqa: PLR2004 - HTTP's own numbers
            who = f"the name {self._user} or its password" if self._user else "us without a name"
            return NotAllowedError(f"{self._host} does not accept {who}.", hint="Check --user and the password.")
        if status == 403:  # noqa: PLR2004
            return NotAllowedError(
                f"{self._host} does not let you do that at {place}.", hint="Ask who runs the server."
            )
        if status in (404, 410):
            return NotFoundError(f"There is nothing at {place}.", hint="Check the address.")
        if status == 507:  # noqa: PLR2004
            return DavError(f"{self._host} has no room left for {place}.")
        if status in _BUSY:
            return DavError(f"{self._host} is too busy (status {status}).", hint="Try again later; nothing is lost.")
        if status >= 500:  # noqa: PLR2004
            return DavError(
                f"{self._host} has a fault of its own (status {status}) at {place}.", hint="Try again later."
            )
        return DavError(f"{self._host} refuses what was asked at {place} (status {status}).")
