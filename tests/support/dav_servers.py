"""Real CalDAV and CardDAV servers as processes of their own, on a port of this computer; made for one test run."""

import base64
import re
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from select import select
from urllib.parse import urljoin
from urllib.request import Request, urlopen

import pytest

from tests.support.ports import hold_port

USER = "jane"
PASSWORD = "correct horse"  # noqa: S105 - of servers that live as long as a test
STARTING_S = 60
RADICALE = """[server]
hosts = 127.0.0.1:{port}
ssl = {ssl}
certificate = {folder}/server.pem
key = {folder}/server.key
[auth]
type = htpasswd
htpasswd_filename = {folder}/users
htpasswd_encryption = plain
delay = 0
[storage]
filesystem_folder = {folder}/collections
[rights]
type = owner_only
[logging]
level = warning
"""


@dataclass(frozen=True)
class Server:
    """A running server: its address, who signs in, and the certificate that it is trusted by."""

    url: str
    user: str
    password: str
    ca_file: Path | None = None


@contextmanager
def radicale(folder: Path, *, has_tls: bool = False) -> Iterator[Server]:
    """Run Radicale; with TLS under a certificate of our own making."""
    pytest.importorskip("radicale", reason="Radicale is not installed")
    ca_file = folder / "ca.pem"
    if has_tls:
        _certify(folder, ca_file)
    (folder / "users").write_text(f"{USER}:{PASSWORD}\n")
    config, (port, held) = folder / "config", hold_port()
    config.write_text(RADICALE.format(port=port, folder=folder, ssl=has_tls))
    url = f"{'https' if has_tls else 'http'}://localhost:{port}/"
    with held, _running([sys.executable, "-m", "radicale", "-C", str(config)], port, folder):
        yield Server(url, USER, PASSWORD, ca_file if has_tls else None)


@contextmanager
def xandikos(folder: Path) -> Iterator[Server]:
    """Run Xandikos, with a calendar and an address book; it asks for no password."""
    pytest.importorskip("xandikos", reason="Xandikos is not installed")
    port, held = hold_port()
    words = ["serve", "-d", str(folder / "dav"), "-l", "127.0.0.1", "-p", str(port), "--defaults"]
    words += ["--state-dir", str(folder / "state"), "--current-user-principal", "/user/"]
    with held, _running([sys.executable, "-m", "xandikos", *words], port, folder):
        yield Server(f"http://127.0.0.1:{port}/", "", "")


@contextmanager
def _running(words: list[str], port: int, folder: Path) -> Iterator[None]:
    log = folder / "server.log"
    with log.open("wb") as stream, subprocess.Popen(words, stdout=stream, stderr=stream, cwd=folder) as process:
        try:
            _wait(process, port, log)
            yield
        finally:
            process.terminate()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(STARTING_S * 10):
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        select([], [], [], 0.1)  # another process starts: there is nothing to be told by
    pytest.fail(f"The server did not start: {log.read_text()[-2000:]}")


def _certify(folder: Path, ca_file: Path) -> None:
    trustme = pytest.importorskip("trustme", reason="trustme is not installed")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(ca_file))
    issued = authority.issue_cert("localhost")
    issued.private_key_pem.write_to_path(str(folder / "server.key"))
    (folder / "server.pem").write_bytes(b"".join(blob.bytes() for blob in issued.cert_chain_pems))


def make_collection(server: Server, path: str, kind: str, title: str) -> str:
    """Make a calendar or an address book on Radicale and return its address."""
    kinds = {
        "calendar": ("urn:ietf:params:xml:ns:caldav", "calendar"),
        "contacts": ("urn:ietf:params:xml:ns:carddav", "addressbook"),
    }
    space, name = kinds[kind]
    body = (
        f'<D:mkcol xmlns:D="DAV:" xmlns:X="{space}"><D:set><D:prop><D:resourcetype><D:collection/><X:{name}/>'
        f"</D:resourcetype><D:displayname>{title}</D:displayname></D:prop></D:set></D:mkcol>"
    )
    url = f"{server.url}{path}/"
    ask(server, "MKCOL", url, body)
    return url


def ask(server: Server, method: str, url: str, body: str = "", **headers: str) -> tuple[str, str]:
    """Ask a server as another program would; return the text of the answer and its etag."""
    token = base64.b64encode(f"{server.user}:{server.password}".encode()).decode()
    sent = {"Content-Type": "text/calendar" if "VCALENDAR" in body else "text/vcard" if "VCARD" in body else "text/xml"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    if server.user:
        sent["Authorization"] = f"Basic {token}"
    context = ssl.create_default_context(cafile=str(server.ca_file)) if server.ca_file else None
    request = Request(url, body.encode() or None, sent, method=method)  # noqa: S310 - of this computer
    with urlopen(request, context=context) as answer:  # noqa: S310 - as above
        return answer.read().decode(), answer.headers.get("ETag", "")


def empty(server: Server) -> None:
    """Take everything out of the calendar and the address book that Xandikos makes itself."""
    body = '<D:propfind xmlns:D="DAV:"><D:prop><D:getetag/></D:prop></D:propfind>'
    for path in ("user/calendars/calendar/", "user/contacts/addressbook/"):
        listed, _ = ask(server, "PROPFIND", f"{server.url}{path}", body, Depth="1")
        for href in re.findall(r"href>([^<]+\.(?:ics|vcf))<", listed):
            ask(server, "DELETE", urljoin(server.url, href))
