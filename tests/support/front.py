"""An address with a certificate: the true server behind it, or whoever put themselves in its place."""

import socket
import ssl
from collections.abc import Callable
from pathlib import Path

import trustme
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.support.listener import Listener

Answer = Callable[[bytes], bytes]
_HANDSHAKE = b"\x16\x03"


def with_certificate(authority: trustme.CA, *names: str, **more: object) -> ssl.SSLContext:
    """Return what shows a certificate for some hosts, issued by an authority."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names, **more).configure_cert(context)  # type: ignore[arg-type] # its dates
    return context


def saved(authority: trustme.CA, path: Path) -> Path:
    """Return the file with an authority's own certificate."""
    authority.cert_pem.write_to_path(str(path))
    return path


def answer_of(status: str, body: bytes, *headers: str, length: int | None = None) -> bytes:
    """Return an HTTP answer as it goes over the line; `length` is what it says of its body, if not the truth."""
    told = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers]
    return "\r\n".join((*told, "Connection: close", "", "")).encode() + body


def behind(app: FastAPI) -> Answer:
    """Return what lets an application answer."""
    client = TestClient(app, base_url="https://localhost")

    def answer(request: bytes) -> bytes:
        head, _, body = request.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        method, path, _ = first.split(" ")
        headers = dict(line.split(": ", 1) for line in lines)
        given = client.request(method, path, content=body, headers=headers)
        return answer_of(f"{given.status_code} -", given.content)

    return answer


class Front(Listener):
    """Listens on a port of its own, one connection after the other, one request on each.

    Attributes:
        context: its certificate; None for no TLS at all.
        answer: makes the bytes of an answer from those of a request.
        heard: the requests that came, as they were before they were encrypted.
        knocks: how many connections were begun.
    """

    def __init__(self, context: ssl.SSLContext | None, answer: Answer) -> None:
        super().__init__()
        self.context, self.answer = context, answer
        self.heard: list[bytes] = []
        self.knocks = 0

    def _speak(self, line: socket.socket) -> None:
        self.knocks += 1
        if self.context is None:
            self._take(line)
            return
        with self.context.wrap_socket(line, server_side=True) as safe:
            self._take(safe)

    def _take(self, line: socket.socket) -> None:
        request = b""
        while (part := line.recv(65_536)) and not _is_whole(request := request + part):
            pass
        self.heard.append(request)
        line.sendall(self.answer(request))


def _is_whole(request: bytes) -> bool:
    if request.startswith(_HANDSHAKE):  # to somebody who speaks no TLS: no words will come
        return True
    head, found, body = request.partition(b"\r\n\r\n")
    sizes = [int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return bool(found) and len(body) >= sum(sizes)
