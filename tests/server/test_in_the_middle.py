"""Whoever puts themselves between laptop and server, real TLS on loopback: hears nothing, breaks nothing."""

import gzip
import ssl
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
import trustme

from sfa.errors import ExitCode
from sfa.server import opening
from sfa.server.app import create_app
from sfa.server.settings import Limits, Settings
from sfa.sync import outbox, syncing
from sfa.sync.session import MOST_ANSWER
from sfa.sync.state import State
from tests.server.test_real_parts import names_on_server
from tests.support.factories import an_account, make_desk
from tests.support.front import Front, answer_of, behind, saved, with_certificate
from tests.support.shell import call_cli
from tests.support.sync_servers import Moment, a_company, code_for

SIGN_IN = b"<!doctype html><html><body>Welcome to the Grand Hotel. Room number?</body></html>"


@dataclass
class Trip:
    """A laptop on the way: it has joined, something waits, and between it and its server anybody may stand."""

    folder: Path
    place: opening.Place
    front: Front
    authority: trustme.CA
    name: str = ""

    def sync(self) -> tuple[int, str]:
        """Sync as it is typed; return the exit code and what was said."""
        done = call_cli(["sync"], self.folder)
        return done.code, done.stderr + done.stdout

    def write(self, name: str) -> None:
        self.name = name
        with closing(make_desk(self.folder, seed=self.front.knocks + 2)) as desk:
            an_account(desk, name=name)

    def waiting(self) -> int:
        with closing(make_desk(self.folder)) as desk:
            return outbox.waiting(desk.store) + outbox.not_gathered(desk.store, State(desk.store))


@pytest.fixture(scope="module")
def joined(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trip]:
    """Return a laptop that has joined a server; founding takes longer than all that happens to it here."""
    folder, authority, moment = tmp_path_factory.mktemp("middle"), trustme.CA(), Moment()
    place = opening.make(folder / "server", "server.db", "main")
    a_company(place)
    limits = Limits(sync_burst=1e9, enrol_burst=1e9)
    app = create_app(Settings(place.open, place.org, limits, now=moment.tell, steady=moment.steady))
    ca_file = saved(authority, folder / "ca.pem")
    with Front(with_certificate(authority, "localhost"), behind(app)) as front:
        with closing(make_desk(folder / "ann")) as desk:
            code = code_for(place, "Ann", moment.now)
            syncing.join(desk, f"https://localhost:{front.port}", code, str(ca_file))
            syncing.sync(desk)
        yield Trip(folder / "ann", place, front, authority)


@pytest.fixture
def trip(joined: Trip) -> Iterator[Trip]:
    """Return the laptop with something that waits; whatever comes, with the true server all is as if it had not been."""
    front = joined.front
    true = front.context, front.answer
    joined.write(f"Nordbau {front.knocks}")
    front.heard.clear()
    yield joined
    assert joined.waiting()
    front.context, front.answer = true
    assert joined.sync()[0] == 0
    assert joined.waiting() == 0
    assert names_on_server(joined.place).count(joined.name) == 1


def _expired(authority: trustme.CA) -> ssl.SSLContext:
    now = datetime.now(UTC)
    return with_certificate(authority, "localhost", not_before=now - timedelta(days=90), not_after=now - timedelta(1))


def _not_yet(authority: trustme.CA) -> ssl.SSLContext:
    now = datetime.now(UTC)
    return with_certificate(authority, "localhost", not_before=now + timedelta(9), not_after=now + timedelta(99))


def _of_another_host(authority: trustme.CA) -> ssl.SSLContext:
    return with_certificate(authority, "portal.hotel.example")


def _of_an_unknown_authority(_authority: trustme.CA) -> ssl.SSLContext:
    return with_certificate(trustme.CA(), "localhost")


def _of_old_tls(authority: trustme.CA) -> ssl.SSLContext:
    context = with_certificate(authority, "localhost")
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context


def _of_none(_authority: trustme.CA) -> None:
    return None


@pytest.mark.parametrize(
    ("context", "sentence", "remedy"),
    [
        (_expired, "has expired", "renews it"),
        (_not_yet, "not valid yet", "clock"),
        (_of_another_host, "certificate of another host", "sign in"),
        (_of_an_unknown_authority, "cannot be trusted", "--ca FILE"),
        (_of_old_tls, "speaks no TLS that can be used", "Check the address"),
        (_of_none, "speaks no TLS that can be used", "Check the address"),
    ],
)
def test_who_cannot_show_the_server_s_certificate_hears_not_a_word(
    context: Callable[[trustme.CA], ssl.SSLContext | None], sentence: str, remedy: str, trip: Trip
) -> None:
    trip.front.context, before = context(trip.authority), trip.front.knocks
    trip.front.answer = lambda _request: answer_of("200 OK", SIGN_IN)
    code, said = trip.sync()
    assert code == ExitCode.FAILURE
    assert sentence in said
    assert remedy in said
    assert trip.front.knocks > before
    heard = b"".join(trip.front.heard)
    # Whoever speaks no TLS gets the beginning of ours, which holds nothing.
    assert b"Bearer" not in heard
    assert b"POST" not in heard


def test_a_join_shows_its_code_to_nobody_without_the_certificate(trip: Trip, tmp_path: Path) -> None:
    trip.front.context = _of_another_host(trip.authority)
    address = f"https://localhost:{trip.front.port}"
    words = ["sync", "join", address, "ABCD-EFGH-JKLM-NPQR", "--ca", str(trip.folder.parent / "ca.pem")]
    make_desk(tmp_path / "bob", seed=2).close()
    done = call_cli(words, tmp_path / "bob")
    assert done.code == ExitCode.FAILURE
    assert "certificate of another host" in done.stderr
    assert trip.front.heard == []


@pytest.mark.parametrize(("status", "has_tls"), [("301 -", True), ("302 -", False), ("307 -", True), ("308 -", False)])
def test_nothing_follows_where_an_answer_sends_elsewhere(status: str, has_tls: bool, trip: Trip) -> None:  # noqa: FBT001
    context = with_certificate(trip.authority, "localhost") if has_tls else None
    with Front(context, lambda _: answer_of("200 OK", SIGN_IN)) as other:
        place = f"{'https' if has_tls else 'http'}://localhost:{other.port}/v1/sync"
        trip.front.answer = lambda _: answer_of(status, b"", f"Location: {place}")
        code, said = trip.sync()
        assert other.knocks == 0
    assert code == ExitCode.FAILURE
    assert "sends elsewhere" in said
    assert "browser" in said


@cache
def _bomb() -> bytes:
    return gzip.compress(bytes(MOST_ANSWER + 1), 1)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        # A proxy whose certificate the company's laptops trust, or the server's own front door.
        (lambda _: answer_of("200 OK", SIGN_IN, "Content-Type: text/html"), "answered with a web page"),
        (lambda _: answer_of("200 OK", b"\n  " + SIGN_IN), "answered with a web page"),
        (lambda _: answer_of("511 Network Authentication Required", SIGN_IN), "status 511"),
        (lambda _: answer_of("502 Bad Gateway", b"<h1>nginx</h1>"), "status 502"),
        (lambda _: answer_of("200 OK", gzip.compress(b'{"now": "2026'), length=500), "broke off"),
        (lambda _: answer_of("200 OK", gzip.compress(bytes(5_000))[:-9]), "broke off"),
        (lambda _: answer_of("200 OK", b""), "broke off"),
        (lambda _: b"", "broke off"),
        (lambda _: answer_of("200 OK", gzip.compress(b"[]")), "no answer of a server of sfa"),
        (lambda _: answer_of("200 OK", _bomb()), "too large"),
        (lambda _: answer_of("200 OK", gzip.compress(_bomb(), 9), "Content-Encoding: gzip"), "too large"),
    ],
)
def test_what_is_no_whole_answer_is_said_so_and_leaves_everything_as_it_was(
    answer: Callable[[bytes], bytes], sentence: str, trip: Trip
) -> None:
    trip.front.answer = answer
    code, said = trip.sync()
    assert code == ExitCode.FAILURE
    assert sentence in said
    assert "othing is lost" in said
    assert len(said.strip().splitlines()) <= 2


def test_an_answer_that_was_cut_after_the_server_judged_is_asked_for_again_and_nothing_is_there_twice(
    trip: Trip,
) -> None:
    true = trip.front.answer
    trip.front.answer = lambda request: true(request)[:-20]
    code, said = trip.sync()
    assert code == ExitCode.FAILURE
    assert "broke off" in said
    assert names_on_server(trip.place).count(trip.name) == 1
