"""`sfa route` and `sfa route due` as they are typed and printed."""

from pathlib import Path

import pytest

from tests.support.factories import an_account, an_activity, an_event, make_desk
from tests.support.payloads import PAYLOADS
from tests.support.shell import call_cli

DAY = "2026-03-12"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a book with a day that has an appointment, a due customer and one that nobody can find."""
    desk = make_desk(tmp_path, settings={"visits.start": "Ulm, Germany"})
    acme = an_account(desk, name="Acme", segment="A", city="Augsburg", country="Germany")
    an_account(desk, name="Globex", segment="B", city="Ulm", country="Germany")
    an_account(desk, name="Nowhere", segment="C")
    an_activity(desk, kind="visit", subject="Talk", account=acme, started="2026-01-02")
    an_event(desk, subject="Demo", kind="demo", account=acme, starts=f"{DAY} 10:00", ends=f"{DAY} 11:00")
    desk.close()
    return tmp_path


def test_a_day_is_printed_in_order_with_drives_and_totals(home: Path) -> None:
    result = call_cli(["route", DAY, "--add", "Globex"], home)
    assert result.code == 0
    lines = result.lines
    assert lines[0] == "Thursday, 12 March 2026"
    assert "start: Ulm, Germany" in lines[2]
    assert any("Demo · Acme" in line for line in lines)
    assert any(line.startswith("2 visits, ") for line in lines)
    assert "An estimate" in result.stderr


def test_json_holds_the_visits_and_what_is_left_out(home: Path) -> None:
    value = call_cli(["route", "day", DAY, "--add", "Globex", "--add", "Nowhere", "--json"], home).value
    assert {visit["account"] for visit in value["visits"]} == {"Acme", "Globex"}
    demo = next(visit for visit in value["visits"] if visit["subject"] == "Demo")
    assert (demo["agreed"], demo["late_min"]) == ("2026-03-12T10:00:00+00:00", 0)
    assert [item["subject"] for item in value["unplaced"]] == ["Nowhere"]


def test_an_appointment_out_of_reach_carries_a_clear_mark(home: Path) -> None:
    result = call_cli(["route", DAY, "--start", "Hamburg, Germany", "--from", "9:00"], home)
    assert "min late for 10:00" in result.stdout
    assert "too late" in result.stdout


def test_what_has_no_place_is_told_with_a_remedy(home: Path) -> None:
    result = call_cli(["route", DAY, "--add", "Nowhere"], home)
    assert "Not in the order: Nowhere" in result.stderr
    assert "--city TOWN" in result.stderr


def test_customers_that_are_due_are_listed_and_counted(home: Path) -> None:
    value = call_cli(["route", "due", "--json"], home).value
    assert [(row["name"], row["class"], row["last_visit"], row["weeks_overdue"]) for row in value] == [
        ("Acme", "A", "2026-01-02", 5.6),
        ("Globex", "B", None, None),
        ("Nowhere", "C", None, None),
    ]
    assert value[0]["planned"] == DAY
    limited = call_cli(["route", "due", "--limit", "1"], home)
    assert "The first 1 of 3" in limited.stderr


def test_customers_near_a_place_come_with_their_distance(home: Path) -> None:
    result = call_cli(["route", "due", "--near", "Ulm, Germany", "--json"], home)
    assert [(row["name"], row["km"]) for row in result.value] == [("Globex", 0)]
    assert "1 more are due" in call_cli(["route", "due", "--near", "Ulm, Germany"], home).stderr


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["route", "--start", "Zyxwvut"], 3, "not known"),
        (["route", "someday maybe"], 2, "someday maybe"),
        (["route", "--from", "early"], 2, "no time of day"),
        (["route", "--add", "Zyxwvut"], 3, "No account is called"),
        (["route", "due", "--class", "X"], 2, "no class X"),
        (["route", "due", "--near", "Zyxwvut"], 3, "not known"),
        (["route", "--within", "0"], 2, "within"),
    ],
)
def test_a_mistake_gets_one_sentence_and_its_exit_code(home: Path, words: list[str], code: int, told: str) -> None:
    result = call_cli(words, home)
    assert result.code == code
    assert told in result.stderr
    assert "Traceback" not in result.stderr


def test_a_day_without_visits_says_what_to_do(home: Path) -> None:
    result = call_cli(["route"], home)
    assert result.code == 0
    assert "--add ACCOUNT" in result.stderr


def test_text_from_outside_is_inert(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    for number, payload in enumerate(PAYLOADS.values()):
        an_event(desk, subject=f"{number} {payload}"[:200], kind="visit", starts=f"{DAY} 10:00", place="48.4,9.99")
        an_event(desk, subject=f"{number}", kind="visit", starts=f"{DAY} 11:00", place=f"x {payload}"[:200])
    desk.close()
    result = call_cli(["route", DAY], tmp_path)
    assert result.code == 0
    assert "\x1b" not in result.stdout + result.stderr


def test_coordinates_of_an_account_are_kept_and_leave_with_its_address(home: Path) -> None:
    def coordinates() -> object:
        return call_cli(["account", "show", "Globex", "--json"], home).value["coordinates"]

    assert call_cli(["account", "edit", "Globex", "--coordinates", "48.401, 9.987"], home).code == 0
    assert coordinates() == "48.401,9.987"
    assert call_cli(["account", "edit", "Globex", "--street", "Hafenbad 1"], home).code == 0
    assert coordinates() == "48.401,9.987"
    assert call_cli(["account", "edit", "Globex", "--city", "Memmingen"], home).code == 0
    assert coordinates() is None
    assert call_cli(["undo"], home).code == 0
    assert coordinates() == "48.401,9.987"
    refused = call_cli(["account", "edit", "Globex", "--coordinates", "95,0"], home)
    assert (refused.code, "nowhere on earth" in refused.stderr) == (2, True)


def test_coordinates_are_imported_and_bad_ones_reported(home: Path) -> None:
    table = home / "places.csv"
    table.write_text('name,coordinates\nGood,"48.40,9.99"\nBad,"95,0"\n', encoding="utf-8")
    result = call_cli(["import", str(table), "--as", "account"], home)
    assert "no coordinates" in result.stdout + result.stderr
    assert call_cli(["account", "show", "Good", "--json"], home).value["coordinates"] == "48.4,9.99"
