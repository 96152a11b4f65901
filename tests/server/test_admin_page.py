"""The administrators' page: who gets in, what a form may do, and that it holds nothing but its own."""

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from sfa.errors import UsageError
from sfa.server import opening
from sfa.server.admin.logins import Logins
from sfa.server.app import create_app
from sfa.server.settings import Limits, Settings
from tests.support.sync_servers import ADMIN, ADMIN_PASSWORD, Moment, people_of

LIMITS = Limits(connections=2, failures=4, enrol_burst=100)


@pytest.fixture
def client(place: opening.Place, moment: Moment) -> Iterator[TestClient]:
    book = place.open()
    people = people_of(place, book)
    logins = Logins(book, place.org, moment.now)
    for name in (ADMIN, "Ann"):
        logins.set_password(people.find("app_user", name), ADMIN_PASSWORD)
    app = create_app(Settings(place.open, place.org, LIMITS, moment.tell, moment.steady))
    with TestClient(app, base_url="https://sales.example.com", follow_redirects=False) as made:
        yield made
    book.close()


def log_in(client: TestClient, words: str = ADMIN_PASSWORD) -> int:
    return client.post("/admin/login", data={"name": ADMIN, "password": words}).status_code


def key_of(client: TestClient, page: str = "people") -> str:
    found = re.search(r'name="form_key" value="([^"]+)"', client.get(f"/admin/{page}").text)
    assert found
    return found[1]


def test_an_administrator_logs_in_and_out_and_the_cookie_is_out_of_reach(client: TestClient) -> None:
    answer = client.post("/admin/login", data={"name": ADMIN, "password": ADMIN_PASSWORD})
    assert (answer.status_code, answer.headers["location"]) == (303, "/admin/people")
    cookie = answer.headers["set-cookie"].lower()
    assert all(word in cookie for word in ("httponly", "samesite=strict", "secure", "path=/admin"))
    assert "Ann" in client.get("/admin/people").text
    client.post("/admin/logout", data={"form_key": key_of(client)})
    assert client.get("/admin/people").headers["location"] == "/admin/login"


def test_wrong_name_wrong_password_and_a_rep_get_the_same_answer(client: TestClient) -> None:
    given = [("Nobody", ADMIN_PASSWORD), (ADMIN, "wrong words are not right"), ("Ann", ADMIN_PASSWORD)]
    answers = [client.post("/admin/login", data={"name": name, "password": word}) for name, word in given]
    assert {one.status_code for one in answers} == {401}
    bodies = {one.text.replace(f'value="{name}"', "") for one, (name, _) in zip(answers, given, strict=True)}
    assert len(bodies) == 1


def test_after_some_wrong_passwords_the_right_one_does_not_help_for_a_while(client: TestClient, moment: Moment) -> None:
    for _ in range(4):
        assert log_in(client, "a wrong password") == 401
    assert log_in(client) == 429
    moment.advance(minutes=16)
    assert log_in(client) == 303


def test_a_session_ends_by_itself_and_with_the_role(client: TestClient, place: opening.Place, moment: Moment) -> None:
    log_in(client)
    moment.advance(minutes=61)
    assert client.get("/admin/people").status_code == 303
    log_in(client)
    book = place.open()
    people = people_of(place, book)
    people.save("app_user", people.find("app_user", ADMIN), {"role": "rep"})
    book.close()
    assert client.get("/admin/people").status_code == 303


@pytest.mark.parametrize("path", ["people/add", "people/edit", "people/code", "devices/revoke"])
def test_a_form_without_its_key_or_from_elsewhere_does_nothing(
    client: TestClient, place: opening.Place, path: str
) -> None:
    book = place.open()
    before = len(people_of(place, book).audit(100))
    assert client.post(f"/admin/{path}", data={"name": "Eve"}).status_code == 401
    log_in(client)
    assert client.post(f"/admin/{path}", data={"name": "Eve", "form_key": "x"}).status_code == 403
    elsewhere = {"Origin": "https://evil.example.com"}
    data = {"name": "Eve", "form_key": key_of(client)}
    assert client.post(f"/admin/{path}", data=data, headers=elsewhere).status_code == 403
    assert len(people_of(place, book).audit(100)) == before
    book.close()


def test_people_are_added_edited_and_get_codes_and_all_of_it_is_in_the_audit(
    client: TestClient, place: opening.Place
) -> None:
    log_in(client)
    book = place.open()
    people = people_of(place, book)
    north = people.find("territory", "North")
    form = {"form_key": key_of(client), "name": "Dee", "role": "rep", "territory_id": north, "email": "", "team_id": ""}
    assert client.post("/admin/people/add", data=form).status_code == 303
    dee = people.find("app_user", "Dee")
    told = client.post("/admin/people/code", data={"form_key": key_of(client), "id": dee}).text
    assert re.search(r"Code: ([A-Z2-9]{4}-){3}[A-Z2-9]{4}", told)
    edit = {"form_key": key_of(client), "id": dee, "name": "Dee Dee", "role": "manager"}
    assert client.post("/admin/people/edit", data=edit).status_code == 303
    changed = next(one for one in people.users() if one["id"] == dee)
    assert (changed["name"], changed["role"], changed["is_active"]) == ("Dee Dee", "manager", 0)
    page = client.get("/admin/audit", params={"user": ADMIN}).text
    assert all(what in page for what in ("added", "code issued", "changed"))
    assert "code issued</td>" not in client.get("/admin/audit", params={"what": "changed"}).text
    book.close()


def test_a_name_that_is_taken_or_a_role_that_is_none_is_said_on_the_page(client: TestClient) -> None:
    log_in(client)
    for form, words in (({"name": "Ann"}, "There is a user Ann already."), ({"name": "X", "role": "king"}, "no role")):
        answer = client.post("/admin/people/add", data={"form_key": key_of(client), **form})
        assert answer.status_code == 400
        assert words in answer.text


def test_names_are_text_and_pages_load_nothing_from_elsewhere(client: TestClient) -> None:
    log_in(client)
    evil = '<script>alert(1)</script>"&{{ 7*7 }}'
    client.post("/admin/people/add", data={"form_key": key_of(client), "name": evil, "role": "rep"})
    answer = client.get("/admin/people")
    assert "<script" not in answer.text
    assert "{{ 7*7 }}" in answer.text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r'\son\w+="|style="|https?://', answer.text)
    assert answer.headers["cache-control"] == "no-store"


def test_a_short_password_is_refused(place: opening.Place, moment: Moment) -> None:
    book = place.open()
    with pytest.raises(UsageError, match="12 to 200"):
        Logins(book, place.org, moment.now).set_password("x", "short")
    book.close()
