"""What laptops, and those who are none, get from the server over HTTP."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from sfa.server import founding, opening, quarantine
from sfa.server.app import create_app
from sfa.server.settings import Limits, Settings
from tests.support.sync_servers import ADMIN, Moment, code_for, people_of

LIMITS = Limits(connections=2, largest_body=20_000, failures=3, enrol_burst=100, sync_burst=20, sync_per_second=1)


@pytest.fixture
def client(place: opening.Place, moment: Moment) -> Iterator[TestClient]:
    app = create_app(Settings(place.open, place.org, LIMITS, moment.tell, moment.steady))
    with TestClient(app, raise_server_exceptions=False) as made:
        yield made


def joined(client: TestClient, place: opening.Place, moment: Moment, name: str = "Ann") -> dict[str, str]:
    answer = client.post("/v1/enrol", json={"code": code_for(place, name, moment.now), "schema": 1})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def message(*mutations: list[Any], **more: object) -> dict[str, Any]:
    return {"protocol": 1, "schema": 1, "mutations": list(mutations), **more}


def a_contact(number: int, name: str = "Jane") -> list[Any]:
    return [number, "create", "contact", f"0190{number:032}", {"name": name}, {}, "", "", "contact add"]


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_a_laptop_joins_syncs_and_gets_its_own_rows_back(
    client: TestClient, place: opening.Place, moment: Moment
) -> None:
    device = joined(client, place, moment)
    answer = client.post("/v1/sync", json=message(a_contact(1)), headers=bearer(device["token"])).json()
    assert answer["verdicts"] == [[1, "ok", "", None]]
    assert any("contact" in change["rows"] for change in answer["changes"])
    again = client.post("/v1/sync", json=message(a_contact(1)), headers=bearer(device["token"])).json()
    assert again["verdicts"][0][1] == "dup"


def test_a_code_is_good_once_and_wrong_used_and_old_codes_sound_alike(
    client: TestClient, place: opening.Place, moment: Moment
) -> None:
    used = code_for(place, "Ann", moment.now)
    assert client.post("/v1/enrol", json={"code": used, "schema": 1}).status_code == 200
    old = code_for(place, "Bob", moment.now)
    moment.advance(days=3)
    answers = [
        client.post("/v1/enrol", json={"code": code, "schema": 1}) for code in (used, old, "AAAA-AAAA-AAAA-AAAA")
    ]
    assert {(one.status_code, one.text) for one in answers} == {(401, answers[0].text)}


def test_who_guesses_codes_is_soon_not_listened_to(client: TestClient, place: opening.Place, moment: Moment) -> None:
    for _ in range(3):
        assert client.post("/v1/enrol", json={"code": "WRONG", "schema": 1}).status_code == 401
    good = {"code": code_for(place, "Ann", moment.now), "schema": 1}
    refused = client.post("/v1/enrol", json=good)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "900")
    moment.advance(minutes=16)
    assert client.post("/v1/enrol", json=good).status_code == 200


def test_a_device_that_asks_too_often_is_told_when_to_come_again(
    client: TestClient, place: opening.Place, moment: Moment
) -> None:
    token = joined(client, place, moment)["token"]
    statuses = [client.post("/v1/sync", json=message(), headers=bearer(token)).status_code for _ in range(21)]
    assert statuses == [200] * 20 + [429]
    moment.advance(seconds=2)
    assert client.post("/v1/sync", json=message(), headers=bearer(token)).status_code == 200


def test_only_an_administrator_revokes_and_what_a_revoked_device_sends_is_kept_aside(
    client: TestClient, place: opening.Place, moment: Moment
) -> None:
    ann, bob = joined(client, place, moment), joined(client, place, moment, "Bob")
    boss = joined(client, place, moment, ADMIN)
    path = f"/v1/devices/{ann['device']}/revoke"
    assert client.post(path, headers=bearer(bob["token"])).status_code == 403
    assert client.post("/v1/devices/nobody/revoke", headers=bearer(boss["token"])).status_code == 404
    assert client.post(path, headers=bearer(boss["token"])).json() == {"device": ann["device"], "user": "Ann"}
    for _ in range(2):
        refused = client.post("/v1/sync", json=message(a_contact(1, "unsent")), headers=bearer(ann["token"]))
        assert (refused.status_code, founding.hash_of(refused.json()["wipe"])) == (401, ann["wipe"])
    book = place.open()
    kept = quarantine.kept(book, place.org, ann["device"])
    assert [one["mutations"][0][4] for one in kept] == [{"name": "unsent"}]
    assert not book.rows("SELECT 1 FROM contact WHERE org = ?", (place.org,))
    assert people_of(place, book).audit(1)[0]["what"] == "revoked"
    book.close()


def test_it_is_known_when_a_device_was_here_last_but_not_to_the_second(
    client: TestClient, place: opening.Place, moment: Moment
) -> None:
    token = joined(client, place, moment)["token"]
    seen = []
    for minutes in (0, 1, 10):
        moment.advance(minutes=minutes)
        client.post("/v1/sync", json=message(), headers=bearer(token))
        book = place.open()
        seen.append(people_of(place, book).devices()[0]["seen_at"][:16])
        book.close()
    assert seen == ["2026-03-10T08:00", "2026-03-10T08:00", "2026-03-10T08:11"]


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 10_000,
        b'{"protocol":NaN}',
        b'{"protocol":1,"schema":1,"seen_verdicts":' + b"9" * 400 + b"}",
        b"[]",
        b'{"protocol":1,"schema":1,"mutations":[null]}',
        b'{"protocol":1,"schema":1,"cursors":"x"}',
        b'{"protocol":1,"schema":1,"cursors":{"g":[1,-1]}}',
        json.dumps(message([1, "create", "note", "\ud800", {}, {}, "", "", ""])).encode(),
        json.dumps(message([1, "create", "note", "n\0", {"body": "x"}, {}, "", "", ""])).encode(),
        b"\xff\xfe",
    ],
)
def test_what_is_no_message_is_refused_and_the_server_works_on(
    client: TestClient, place: opening.Place, moment: Moment, body: bytes
) -> None:
    token = joined(client, place, moment)["token"]
    headers = {**bearer(token), "Content-Type": "application/json"}
    answer = client.post("/v1/sync", content=body, headers=headers)
    assert answer.status_code == 400 or all(one[1] == "reject" for one in answer.json()["verdicts"])
    assert client.get("/health").json() == {"status": "ok"}
    following = 1 if answer.status_code == 400 else answer.json()["last_n"] + 1
    assert client.post("/v1/sync", json=message(a_contact(following)), headers=bearer(token)).status_code == 200


def test_a_character_that_no_text_has_is_refused_with_a_draft_and_does_not_block_what_follows(
    client: TestClient, place: opening.Place, moment: Moment
) -> None:
    token = joined(client, place, moment)["token"]
    sent = message(a_contact(1, "nul \0"), a_contact(2))
    answer = client.post("/v1/sync", json=sent, headers=bearer(token)).json()
    assert [one[1] for one in answer["verdicts"]] == ["reject", "ok"]


def test_too_large_a_body_is_refused(client: TestClient) -> None:
    answer = client.post("/v1/sync", content=b"x" * 20_001, headers=bearer("t"))
    assert answer.status_code == 413


@pytest.mark.parametrize(("part", "value"), [("protocol", 2), ("schema", 99)])
def test_another_version_is_told_to_upgrade(
    client: TestClient, place: opening.Place, moment: Moment, part: str, value: int
) -> None:
    token = joined(client, place, moment)["token"]
    assert client.post("/v1/sync", json={**message(), part: value}, headers=bearer(token)).status_code == 426


def test_without_a_token_or_with_a_wrong_one_nothing_is_told(client: TestClient) -> None:
    for headers in ({}, bearer("main.wrong"), bearer("wrong"), {"Authorization": "Basic eDp5"}):
        assert client.post("/v1/sync", json=message(), headers=headers).status_code == 401
        assert client.get("/v1/digest/g", headers=headers).status_code == 401
        assert client.post("/v1/devices/x/revoke", headers=headers).status_code == 401


def test_metrics_count_requests_by_route_without_tokens(
    client: TestClient, place: opening.Place, moment: Moment
) -> None:
    device = joined(client, place, moment)
    client.post("/v1/sync", json=message(), headers=bearer(device["token"]))
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers=bearer(device["token"])).status_code == 403
    boss = joined(client, place, moment, ADMIN)
    text = client.get("/metrics", headers=bearer(boss["token"])).text
    assert 'route="/v1/sync",status="200"' in text
    assert device["token"] not in text
    assert device["device"] not in text


@pytest.mark.parametrize(
    ("header", "status"), [({}, 200), ({"Via": "1.1 caddy"}, 401), ({"X-Forwarded-For": "::1"}, 401)]
)
def test_metrics_are_for_this_computer_alone_and_not_for_who_comes_through_a_proxy_on_it(
    place: opening.Place, moment: Moment, header: dict[str, str], status: int
) -> None:
    app = create_app(Settings(place.open, place.org, LIMITS, moment.tell, moment.steady))
    with TestClient(app, client=("127.0.0.1", 5)) as here:
        assert here.get("/metrics", headers=header).status_code == status


def test_a_device_that_was_revoked_says_that_its_book_is_gone_and_one_that_was_not_cannot(
    client: TestClient, place: opening.Place, moment: Moment
) -> None:
    ann, boss = joined(client, place, moment), joined(client, place, moment, ADMIN)
    assert client.post("/v1/wiped", headers=bearer(ann["token"])).status_code == 409
    client.post(f"/v1/devices/{ann['device']}/revoke", headers=bearer(boss["token"]))
    moment.advance(days=2)
    said = [client.post("/v1/wiped", headers=bearer(ann["token"])).json()["at"]]
    moment.advance(days=2)
    said.append(client.post("/v1/wiped", headers=bearer(ann["token"])).json()["at"])
    assert said == ["2026-03-12T08:00:00.000Z"] * 2
    book = place.open()
    wiped = {one["id"]: one["wiped_at"] for one in people_of(place, book).devices()}
    book.close()
    assert wiped == {ann["device"]: said[0], boss["device"]: None}
    assert client.post("/v1/wiped").status_code == 401
