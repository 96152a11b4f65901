"""What is found behind an address: well-known places, principals, homes; and where passwords come from."""

import sys
from types import SimpleNamespace

import pytest

from sfa.dav.discovery import Found, discover
from sfa.dav.session import Session
from sfa.dav.signing import keep_password, password_for
from sfa.dav.transport import Request, Response
from sfa.errors import NotAllowedError, NotFoundError, UsageError

ROOT = "https://dav.example.com/"
NAMES = 'xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"'


def told(*members: tuple[str, str]) -> bytes:
    """Return a multistatus of resources, each with its properties."""
    inner = "".join(
        f"<response><href>{href}</href><propstat><prop>{said}</prop><status>HTTP/1.1 200 OK</status></propstat></response>"
        for href, said in members
    )
    return f"<multistatus {NAMES}>{inner}</multistatus>".encode()


class Pages:
    """A server of a few pages; a text is where to go instead."""

    def __init__(self, pages: dict[str, bytes | str]) -> None:
        self._pages = pages

    def send(self, request: Request) -> Response:
        """Answer what is asked of a page."""
        page = self._pages.get(request.url.removeprefix(ROOT.rstrip("/")))
        if page is None:
            return Response(404, {}, b"")
        if isinstance(page, str):
            return Response(301, {"location": page}, b"")
        return Response(207, {}, page)


def session(pages: dict[str, bytes | str]) -> Session:
    """Return a way to such a server."""
    return Session(Pages(pages), ROOT, "jane", "secret", lambda _seconds: None)


CALENDAR = "<resourcetype><collection/><C:calendar/></resourcetype><displayname>Work</displayname>"
TASKS = (
    "<resourcetype><collection/><C:calendar/></resourcetype>"
    '<C:supported-calendar-component-set><C:comp name="VTODO"/></C:supported-calendar-component-set>'
)
PRINCIPAL = "<current-user-principal><href>/people/jane/</href></current-user-principal>"


def homes(at: str) -> dict[str, bytes | str]:
    """Return a server whose well-known place leads to a principal with its calendars at an address."""
    home = f"<C:calendar-home-set><href>{at}</href></C:calendar-home-set>"
    return {
        "/.well-known/caldav": "/dav/",
        "/dav/": told(("/dav/", PRINCIPAL)),
        "/people/jane/": told(("/people/jane/", home)),
        "/cals/": told(("/cals/", "<resourcetype><collection/></resourcetype>"), ("work", CALENDAR), ("todo/", TASKS)),
    }


def test_a_bare_host_leads_by_its_well_known_place_to_the_calendars_and_not_to_lists_of_tasks() -> None:
    found = discover(session(homes("/cals/")), ROOT, ["calendar"])
    assert found == [Found("https://dav.example.com/cals/work/", "calendar", "Work")]


def test_calendars_on_another_host_are_refused_with_its_name() -> None:
    with pytest.raises(NotAllowedError, match=r"other\.example\.com") as refused:
        discover(session(homes("https://other.example.com/cals/")), ROOT, ["calendar"])
    assert refused.value.hint == "If that is right, add https://other.example.com/ itself."


def test_an_address_with_nothing_behind_it_is_a_sentence() -> None:
    with pytest.raises(NotFoundError, match="no calendar or address book"):
        discover(session({}), ROOT)


def test_the_password_comes_from_the_keyring_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[tuple[str, str], str] = {}
    ring = SimpleNamespace(
        get_password=lambda service, name: kept.get((service, name)),
        set_password=lambda service, name, password: kept.update({(service, name): password}),
    )
    monkeypatch.delenv("SFA_DAV_PASSWORD", raising=False)
    monkeypatch.setitem(sys.modules, "keyring", ring)
    assert keep_password(ROOT, "jane", "correct horse")
    assert password_for(f"{ROOT}cals/work/", "jane") == "correct horse"
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert not keep_password(ROOT, "jane", "correct horse")
    with pytest.raises(UsageError, match="password of jane is not known"):
        password_for(ROOT, "jane")
