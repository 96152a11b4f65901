"""The administrators' page in a real browser, by keyboard alone."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sfa.ids import system_ids
from sfa.server import founding, opening
from sfa.server.admin.logins import Logins
from tests.support.browser import Browser, find_chromium
from tests.support.sync_servers import ADMIN, ADMIN_PASSWORD, Running, code_for, people_of, wait_until


@pytest.fixture
def running(sqlite_place: opening.Place, tmp_path: Path) -> Iterator[Running]:
    find_chromium()
    now = datetime.now(UTC)
    with closing(sqlite_place.open()) as book:
        admin = people_of(sqlite_place, book).find("app_user", ADMIN)
        Logins(book, sqlite_place.org, now).set_password(admin, ADMIN_PASSWORD)
        founding.enrol(book, code_for(sqlite_place, "Ann", now), 1, now, system_ids().new)
    server = Running(sqlite_place, tmp_path, is_tls=False)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    made = Browser(tmp_path)
    yield made
    made.close()


def test_an_administrator_does_everything_by_keyboard(running: Running, browser: Browser) -> None:
    browser.go(f"{running.url}/admin/login")
    wait_until(lambda: browser.focused() == "Name or e-mail")
    browser.type(ADMIN)
    browser.tab_to("Password")
    browser.type("wrong wrong wrong")
    browser.enter("/admin/login")
    assert "Name or password is wrong" in browser.text()
    browser.tab_to("Password")
    browser.type(ADMIN_PASSWORD)
    browser.enter("/admin/people")

    browser.tab_to("New code for Bob")
    browser.enter("/admin/people/code")
    assert "good for two days, once" in browser.text()

    browser.tab_to("Edit Cy")
    browser.press("Enter")
    browser.tab_to("E-mail")
    browser.type("cy@example.com")
    browser.enter("/admin/people?told=Changed")
    assert "Changed." in browser.text()

    browser.tab_to("Devices")
    browser.enter("/admin/devices")
    browser.tab_to("Revoke A1")
    browser.press("Space")
    browser.tab_to("Revoke A1 of Ann")
    browser.enter("/admin/devices")
    assert "revoked" in browser.text()

    browser.tab_to("Sync health")
    browser.enter("/admin/health")
    browser.tab_to("Audit")
    browser.enter("/admin/audit")
    assert "code issued" in browser.text()
    assert browser.tell("document.querySelectorAll('script').length") == 0
    assert browser.tell("getComputedStyle(document.body).maxWidth") != "none"  # the sheet was let in

    browser.tab_to(f"Log out {ADMIN}")
    browser.enter("/admin/login")
    assert [fault for fault in browser.faults if "401" not in fault] == []  # the browser itself notes a wrong password
    with closing(running.place.open()) as book:
        people = people_of(running.place, book)
        assert next(one["email"] for one in people.users() if one["name"] == "Cy") == "cy@example.com"
        assert people.devices()[0]["status"] == "revoked"
