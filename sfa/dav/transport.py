"""The seam to the network: one request, one answer; urllib3 behind it."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from sfa.clock import stopwatch
from sfa.errors import NotFoundError, SfaError

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

CONNECT_TIMEOUT_S: Final = 10
READ_TIMEOUT_S: Final = 60
WHOLE_TIMEOUT_S: Final = 300
LARGEST_BODY: Final = 64 * 1024 * 1024
_PIECE: Final = 65_536
SIGN_IN: Final = "Where the network wants you to sign in, do that in a browser, then try again; nothing is lost."
"""What to do where somebody else answers in a server's place: a hotel, a train, a company's proxy."""
_BROKEN: Final = ("The connection to {host} broke off.", "Try again; nothing is lost.")
_SIGNS: Final = (
    (
        "certificate has expired",
        "The certificate of {host} has expired.",
        "Whoever keeps the server renews it; is this computer's clock right?",
    ),
    ("certificate is not yet valid", "The certificate of {host} is not valid yet.", "Is this computer's clock right?"),
    ("mismatch, certificate is not valid for", "{host} shows the certificate of another host.", SIGN_IN),
    ("certificate", "The certificate of {host} cannot be trusted.", f"{SIGN_IN} With a CA of your own: --ca FILE"),
    ("timed out", "{host} did not answer in time.", "Try again later; nothing is lost."),
    ("eof occurred", *_BROKEN),
    ("connection aborted", *_BROKEN),
    ("connection broken", *_BROKEN),
    ("ssl", "{host} speaks no TLS that can be used.", "Check the address; http:// is for this computer alone."),
)
"""By what stands in the error of the library, the first that fits: a sentence and a remedy."""


class DavError(SfaError):
    """A server, or the way to it, stops us."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked; header names in any case."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Response:
    """What is answered; header names in small letters. `url` is where it came from."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str = ""


class Transport(Protocol):
    """Sends a request and returns the answer, whatever its status; follows nothing, repeats nothing."""

    def send(self, request: Request) -> Response:
        """Send one request.

        Raises:
            DavError: no whole answer came.
        """


class HttpTransport:
    """HTTP and HTTPS with the certificate verified, time and size limited.

    Args:
        ca_file: certificates to trust instead of the system's.

    Raises:
        NotFoundError: that file cannot be read.
    """

    def __init__(self, ca_file: Path | None = None) -> None:
        import urllib3  # noqa: PLC0415 - for the network alone

        try:
            context = ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
        except (OSError, ssl.SSLError) as error:
            raise NotFoundError(f"{ca_file} cannot be read as certificates.", hint="--ca wants a PEM file.") from error
        timeout = urllib3.Timeout(connect=CONNECT_TIMEOUT_S, read=READ_TIMEOUT_S)
        self._pool = urllib3.PoolManager(ssl_context=context, timeout=timeout, retries=False)

    def send(self, request: Request) -> Response:
        """Send one request."""
        from urllib3.exceptions import HTTPError  # noqa: PLC0415 - as above

        begun = stopwatch()
        try:
            answer = self._pool.request(
                request.method,
                request.url,
                body=request.body or None,
                headers=dict(request.headers),
                redirect=False,
                preload_content=False,
            )
            body = _read(answer, begun)
        except (HTTPError, OSError, ValueError) as error:
            raise DavError(*_explained(request.url, error)) from error
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Response(answer.status, headers, body, request.url)


def _read(answer: "BaseHTTPResponse", begun: float) -> bytes:
    pieces, size = [], 0
    for piece in answer.stream(_PIECE, decode_content=True):
        size += len(piece)
        pieces.append(piece)
        if size > LARGEST_BODY:
            answer.close()
            raise DavError(f"The server's answer is larger than {LARGEST_BODY // 1024**2} MB; it was not read.")
        if stopwatch() - begun > WHOLE_TIMEOUT_S:
            answer.close()
            raise DavError(f"The server's answer took longer than {WHOLE_TIMEOUT_S // 60} minutes; it was not read.")
    answer.release_conn()
    return b"".join(pieces)


def _explained(url: str, error: Exception) -> tuple[str, str]:
    from urllib.parse import urlsplit  # noqa: PLC0415 - for sentences alone

    host = urlsplit(url).netloc.rpartition("@")[2]
    words = str(error).lower()
    for sign, sentence, hint in _SIGNS:
        if sign in words:
            return sentence.format(host=host), hint
    return f"{host} cannot be reached.", "Check the address and the network; nothing is lost."
