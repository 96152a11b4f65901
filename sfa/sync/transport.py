"""The way to the server: HTTPS with its certificate verified, one connection kept for all rounds."""

import json
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from sfa.dav.transport import HttpTransport, Request
from sfa.errors import UsageError
from sfa.sync.protocol import ProtocolError, decode

OK: Final = 200
ELSEWHERE: Final = range(300, 400)
LONGEST_SENTENCE: Final = 500
_SAFE_HOSTS = ("localhost", "127.0.0.1", "::1")


def checked_url(url: str) -> str:
    """Return a server's address without a path; https where it says nothing else.

    Raises:
        UsageError: it would send your data in clear over a network.
    """
    parts = urlsplit(url if "://" in url else f"https://{url}")
    if parts.scheme == "http" and parts.hostname not in _SAFE_HOSTS:
        raise UsageError(
            "http:// is for this computer alone.", hint="Use https://, with --ca FILE for a CA of your own."
        )
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"“{url}” is no address of a server.", hint="Write it as https://sales.example.com")
    return f"{parts.scheme}://{parts.netloc}"


class HttpLine:
    """Carries messages of sync over HTTP.

    Args:
        url: the server's address.
        token: of this device; empty before it is enrolled.
        ca_file: certificates to trust instead of the system's.
    """

    def __init__(self, url: str, token: str = "", ca_file: str | None = None) -> None:
        self._url, self._http = url, HttpTransport(Path(ca_file) if ca_file else None)
        self._headers = {"Content-Type": "application/octet-stream", "Accept-Encoding": "identity"}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"

    def send(self, path: str, body: bytes) -> bytes:
        """Send a message and return the answer.

        Raises:
            ProtocolError: the server refused.
            SfaError: there is no way to it just now.
        """
        answer = self._http.send(Request("POST", self._url + path, self._headers, body))
        if answer.status == OK:
            return answer.body
        if answer.status in ELSEWHERE:
            host = urlsplit(self._url).netloc
            raise ProtocolError(answer.status, f"{host} sends elsewhere; nothing was sent there.")
        raise _refusal(answer.status, answer.body)


def _refusal(status: int, body: bytes) -> ProtocolError:
    try:
        told = json.loads(body)
        detail: dict[str, Any] = told if isinstance(told, dict) else {}
    except (ValueError, RecursionError):
        try:
            detail = decode(body)
        except ProtocolError:
            detail = {}
    sentence = str(detail.pop("error", f"The server answered with status {status}."))[:LONGEST_SENTENCE]
    return ProtocolError(
        status, sentence, **{key: value for key, value in detail.items() if key not in ("self", "status", "sentence")}
    )
