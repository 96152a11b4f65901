"""A laptop without a network and a server's shell: the real commands, on both databases."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sfa.ids import system_ids
from sfa.server import founding, opening
from sfa.sync import enrolling
from sfa.sync.protocol import decode, encode
from tests.support.factories import an_account, make_desk
from tests.support.shell import Result, run_cli
from tests.support.sync_servers import code_for


class Door:
    """The one time that a laptop comes into the office."""

    def __init__(self, place: opening.Place) -> None:
        self._place = place

    def send(self, path: str, body: bytes) -> bytes:
        assert path == "/v1/enrol"
        with closing(self._place.open()) as book:
            code = decode(body)["code"]
            return encode(founding.enrol(book, code, 1, datetime.now(UTC), system_ids().new))


def joined(place: opening.Place, home: Path, name: str, *accounts: str) -> Path:
    desk = make_desk(home, seed=len(name))
    for account in accounts:
        an_account(desk, name=account)
    enrolling.enrol(desk.store, Door(place), "https://sales.example.com", code_for(place, name))
    desk.close()
    return home


def by_stick(place: opening.Place, home: Path) -> list[Result]:
    """Export, answer, import."""
    request, answer = str(home / "request.sfa"), str(home / "answer.sfa")
    lines = (
        ["sync", "export", request],
        ["server", "bundle", request, answer, "--folder", str(place.folder)],
        ["sync", "import", answer],
    )
    return [run_cli(line, home) for line in lines]


def test_what_a_rep_has_goes_to_the_server_and_on_to_a_colleague(place: opening.Place, tmp_path: Path) -> None:
    ann = joined(place, tmp_path / "ann", "Ann", "Nordbau", "Südbau")
    mia = joined(place, tmp_path / "mia", "Mia")
    exported, answered, imported = by_stick(place, ann)
    assert [one.code for one in (exported, answered, imported)] == [0, 0, 0], (exported, answered, imported)
    assert f"Wrote {ann / 'request.sfa'}" in exported.stdout
    assert "changes judged" in answered.stdout
    assert "Ann's laptop A1" in answered.stdout
    assert imported.stdout.startswith("Synced: sent ")
    assert run_cli(["sync", "status", "--json"], ann).value["waiting"] == 0
    assert [one.code for one in by_stick(place, mia)] == [0, 0, 0]
    assert {one["name"] for one in run_cli(["account", "list", "--json"], mia).value} == {"Nordbau", "Südbau"}
    again = run_cli(["sync", "import", str(mia / "answer.sfa")], mia)
    assert (again.code, "put in place already" in again.stderr) == (4, True)


def test_who_leads_is_asked_about_a_company_that_two_reps_have(place: opening.Place, tmp_path: Path) -> None:
    homes = [joined(place, tmp_path / name, name, "Nordbau GmbH") for name in ("Ann", "Cy")]
    mia = joined(place, tmp_path / "Mia", "Mia")
    for home in (*homes, mia):
        assert [one.code for one in by_stick(place, home)] == [0, 0, 0]
    (entry,) = run_cli(["sync", "inbox", "--json"], mia).value
    assert (entry["kind"], entry["title"][:12]) == ("perhaps twice", "Nordbau GmbH")
    assert [run_cli(["sync", "inbox", "--json"], home).value for home in homes] == [[], []]
    refused = run_cli(["sync", "inbox", entry["id"], "--mine"], mia)
    assert (refused.code, "sfa account merge A B" in refused.stderr) == (4, True)


def test_a_revoked_laptop_hears_of_it(sqlite_place: opening.Place, tmp_path: Path) -> None:
    ann = joined(sqlite_place, tmp_path / "ann", "Ann", "Nordbau")
    folder = ["--folder", str(sqlite_place.folder)]
    assert run_cli(["server", "device", "revoke", "A1", *folder], ann).code == 0
    exported, answered, imported = by_stick(sqlite_place, ann)
    assert (exported.code, answered.code, imported.code) == (0, 5, 5)
    assert "quarantine A1" in answered.stderr
    assert "may not sync any more" in imported.stderr
    kept = run_cli(["server", "device", "quarantine", "A1", *folder], ann)
    assert "Nordbau" in kept.stdout


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        (["sync", "export", "x.sfa"], 2, "belongs to no server"),
        (["sync", "import", "x.sfa"], 2, "belongs to no server"),
        (["server", "bundle", "pyproject.toml", "x.sfa"], 2, "is no bundle of sfa"),
        (["server", "bundle", "nowhere", "x.sfa"], 3, "There is no file nowhere"),
    ],
)
def test_mistakes_are_said_in_a_sentence(
    sqlite_place: opening.Place, tmp_path: Path, line: list[str], code: int, words: str
) -> None:
    done = run_cli(line, tmp_path / "home", SFA_SERVER_HOME=str(sqlite_place.folder))
    assert (done.code, words in done.stderr) == (code, True), done.stderr
