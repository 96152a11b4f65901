"""Servers that misbehave: one clear sentence each, the book stays whole, and so does the server."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sfa.dav import transport as transports
from sfa.dav.session import Session, require_safe
from sfa.dav.transport import DavError, HttpTransport, Request, Response
from sfa.errors import ExitCode, NotAllowedError, NotFoundError, SfaError, UsageError
from tests.support.calendars import calendar, event
from tests.support.dav_homes import settle
from tests.support.dav_memory import ROOT, Answering, MemoryServer, home_at, through

DEMO = event("UID:demo", "DTSTAMP:20260101T000000Z", "DTSTART:20260312T100000Z", "SUMMARY:Demo", "X-OTHER:kept")


def text(*components: str) -> str:
    """Return a calendar as a server has it."""
    return calendar(*components).decode()


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (401, NotAllowedError, "does not accept"),
        (403, NotAllowedError, "does not let you"),
        (404, NotFoundError, "nothing at localhost/dav/cal/"),
        (500, DavError, "fault of its own (status 500)"),
        (418, DavError, "refuses"),
    ],
)
def test_a_refusal_is_one_sentence_and_changes_nothing(
    tmp_path: Path, status: int, kind: type[SfaError], words: str
) -> None:
    home = home_at(tmp_path, Answering(MemoryServer(), lambda _asked, _told: Response(status, {}, b"<html>")))
    home.add("event", subject="Mine", starts="2026-03-12T10:00")
    with pytest.raises(kind, match=words.replace("(", "\\(").replace(")", "\\)")):
        home.sync()
    assert home.column("Mine", "id") is not None


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<multistatus", "no XML"),
        (b"\xff\xfe\x00", "no XML"),
        (b"", "no XML"),
        (b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>', "document type"),
        (b"<a>" * 5_000, "nested too deeply"),
    ],
)
def test_xml_that_is_broken_or_dangerous_is_not_read(tmp_path: Path, body: bytes, words: str) -> None:
    home = home_at(tmp_path, Answering(MemoryServer(), lambda _asked, _told: Response(207, {}, body)))
    with pytest.raises(DavError, match=words):
        home.sync()


def test_an_item_that_cannot_be_read_is_told_of_and_left_alone(tmp_path: Path) -> None:
    memory = MemoryServer()
    memory.write("demo.ics", text(DEMO))
    memory.write("task.ics", text(event("UID:t", "SUMMARY:Buy", name="VTODO")))
    memory.write("noise.ics", "hello")
    memory.write("when.ics", text(event("UID:w", "SUMMARY:When", "DTSTART:yesterday")))
    before = dict(memory.texts)
    home = home_at(tmp_path, memory)
    (report,) = home.sync()
    assert home.column("Demo", "id") is not None
    assert len(report.problems) == 3
    assert all("stays on the server as it is" in problem for problem in report.problems)
    home.edit("event", home.id_of("Demo"), place="Bern")
    (report,) = home.sync()
    assert not report.problems
    assert {name: said for name, said in memory.texts.items() if "demo" not in name} == {
        name: said for name, said in before.items() if "demo" not in name
    }


def test_what_other_programs_wrote_and_the_book_cannot_hold_survives_an_edit(tmp_path: Path) -> None:
    memory = MemoryServer()
    memory.write("demo.ics", text(DEMO).replace("BEGIN:VEVENT", "X-CALENDAR-COLOUR:red\r\nBEGIN:VEVENT"))
    home = home_at(tmp_path, memory)
    home.sync()
    home.edit("event", home.id_of("Demo"), place="Bern")
    home.sync()
    (said,) = memory.texts.values()
    assert "X-OTHER:kept" in said
    assert "X-CALENDAR-COLOUR:red" in said
    assert "LOCATION:Bern" in said


def test_a_server_that_drops_what_it_does_not_know_does_not_make_the_book_forget(tmp_path: Path) -> None:
    memory = MemoryServer()

    def forgetful(asked: Request, told: Response) -> Response:
        for path, said in memory.texts.items():
            kept = [line for line in said.split("\r\n") if not line.startswith("X-")]
            memory.texts[path] = "\r\n".join(kept)
        return Response(told.status, {}, told.body) if asked.method == "PUT" else told

    home = home_at(tmp_path, Answering(memory, forgetful))
    demo = home.add("event", subject="Demo", starts="2026-03-12T10:00", kind="visit")
    home.edit("event", demo, status="held")
    home.sync()
    memory.write("else.ics", text(DEMO.replace("UID:demo", "UID:else").replace("Demo", "Else")))
    home.edit("event", demo, place="Bern")
    home.sync()
    (name,) = [path.rpartition("/")[2] for path in memory.texts if "else" not in path]
    memory.write(name, memory.texts[f"/dav/cal/{name}"].replace("Bern", "Basel"))
    home.sync()
    found = home.column("Demo", "place"), home.column("Demo", "status"), home.column("Demo", "kind")
    assert found == ("Basel", "held", "visit")


def test_etags_that_never_fit_end_in_a_sentence_not_in_circles(tmp_path: Path) -> None:
    memory = MemoryServer()
    home = home_at(tmp_path, memory)
    demo = home.add("event", subject="Demo", starts="2026-03-12T10:00")
    home.sync()
    home.edit("event", demo, place="Bern")
    asked_before = len(memory.asked)

    class Stubborn:
        def send(self, request: Request) -> Response:
            is_write = "If-Match" in request.headers
            return Response(412, {}, b"") if is_write else memory.send(request)

    (report,) = through(home, Stubborn()).sync()
    assert any("but not how" in problem for problem in report.problems)
    assert len(memory.asked) - asked_before < 20
    home.sync()
    assert "LOCATION:Bern" in next(iter(memory.texts.values()))


def test_servers_without_etags_in_their_answers_are_asked_again(tmp_path: Path) -> None:
    memory = MemoryServer()

    def silent(asked: Request, told: Response) -> Response:
        return Response(told.status, {}, told.body) if asked.method == "PUT" else told

    pair = home_at(tmp_path / "one", Answering(memory, silent), 1), home_at(tmp_path / "two", memory, 2)
    demo = pair[0].add("event", subject="Demo", starts="2026-03-12T10:00")
    settle(pair)
    pair[0].edit("event", demo, place="Bern")
    settle(pair)
    assert pair[1].column("Demo", "place") == "Bern"


def test_a_token_that_the_server_forgot_leads_to_a_whole_listing(tmp_path: Path) -> None:
    memory = MemoryServer()
    memory.write("demo.ics", text(DEMO))
    memory.write("gone.ics", text(DEMO.replace("UID:demo", "UID:gone").replace("Demo", "Gone")))
    home = home_at(tmp_path, memory)
    home.sync()
    memory.write("gone.ics", None)

    def forget(asked: Request, told: Response) -> Response:
        is_old = b"sync-collection" in asked.body and b"sync-token><" not in asked.body
        return Response(403, {}, b'<error xmlns="DAV:"><valid-sync-token/></error>') if is_old else told

    through(home, Answering(memory, forget)).sync()
    assert home.column("Gone", "id") is None
    assert home.column("Demo", "id") is not None


def test_a_busy_server_is_waited_for_as_long_as_it_says_and_not_for_ever(tmp_path: Path) -> None:
    pauses: list[float] = []
    answers = iter([429, 503])

    def busy(_asked: Request, told: Response) -> Response:
        status = next(answers, 207)
        return told if status == 207 else Response(status, {"retry-after": "7"}, b"")

    home_at(tmp_path, Answering(MemoryServer(), busy), pauses=pauses).sync()
    assert pauses == [7, 7]
    pauses.clear()
    always = home_at(tmp_path, Answering(MemoryServer(), lambda _asked, _told: Response(503, {}, b"")), pauses=pauses)
    with pytest.raises(DavError, match="too busy"):
        always.sync()
    assert pauses == [1, 2, 4]


def redirected(to: str) -> Callable[[Request, Response], Response]:
    """Return a server that sends on whoever asks at the old place."""

    def change(asked: Request, told: Response) -> Response:
        return told if "/new/" in asked.url else Response(301, {"location": to}, b"")

    return change


def test_a_redirect_within_the_host_is_followed_and_another_host_never_sees_the_password() -> None:
    seen: list[str] = []

    class Watching:
        def send(self, request: Request) -> Response:
            seen.append(request.url)
            return Response(200, {}, b"", request.url)

    def session(to: str) -> Session:
        return Session(Answering(Watching(), redirected(to)), ROOT, "jane", "secret", seen.append)  # type: ignore[arg-type]

    assert session("/new/place").send("GET", ROOT).url == "http://localhost/new/place"
    seen.clear()
    with pytest.raises(NotAllowedError, match=r"evil\.example, which would get your password"):
        session("http://evil.example/new/").send("GET", ROOT)
    assert all("evil" not in url for url in seen)
    with pytest.raises(DavError, match="circles"):
        session("/old").send("GET", ROOT)


def test_https_is_never_left_for_http() -> None:
    way = Answering(MemoryServer(), redirected("http://localhost/new/"))
    session = Session(way, "https://localhost/dav/", "jane", "secret", lambda _seconds: None)
    with pytest.raises(NotAllowedError, match="from https to http"):
        session.send("GET", "https://localhost/dav/")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://dav.example.com/", "in clear to dav.example.com"),
        ("https://jane:secret@dav.example.com/", "does not belong"),
        ("ftp://dav.example.com/", "no address"),
        ("https:///dav", "no address"),
    ],
)
def test_an_address_that_would_give_the_password_away_is_refused(url: str, words: str) -> None:
    with pytest.raises(UsageError, match=words) as refused:
        require_safe(url, is_insecure=False)
    assert refused.value.exit_code == ExitCode.USAGE
    assert "secret" not in str(refused.value)


def test_a_certificate_of_nobody_is_not_trusted_and_a_huge_answer_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.support.dav_servers import make_collection, radicale  # noqa: PLC0415 - real servers are for few tests

    with radicale(tmp_path, has_tls=True) as server:
        with pytest.raises(DavError, match=r"certificate of localhost:[0-9]+ cannot be trusted"):
            HttpTransport().send(Request("GET", server.url))
        url = make_collection(server, "jane/cal", "calendar", "Work")
        monkeypatch.setattr(transports, "LARGEST_BODY", 100)
        session = Session(
            HttpTransport(server.ca_file), server.url, server.user, server.password, lambda _seconds: None
        )
        with pytest.raises(DavError, match="larger than"):
            session.ask("PROPFIND", url, '<propfind xmlns="DAV:"><allprop/></propfind>')
    with pytest.raises(DavError, match="cannot be reached"):
        HttpTransport().send(Request("GET", "http://localhost:9/"))
    with pytest.raises(NotFoundError, match="cannot be read as certificates"):
        HttpTransport(tmp_path / "nothing.pem")
