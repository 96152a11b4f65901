"""Calendars and address books on the command line: in, out, and what is said of them."""

from pathlib import Path

import pytest

from tests.support.calendars import calendar, card, event
from tests.support.shell import call_cli, run_on_terminal

WEEKLY = (
    "UID:w",
    "DTSTART;TZID=Europe/Berlin:20260309T090000",
    "DURATION:PT1H",
    "RRULE:FREQ=WEEKLY;COUNT=3",
    "SUMMARY:Round",
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


def write(folder: Path, name: str, data: bytes | str) -> str:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return str(path)


def test_a_calendar_comes_in_is_shown_and_undone(home: Path, tmp_path: Path) -> None:
    path = write(tmp_path, "mine.ics", calendar(event(*WEEKLY), event("SUMMARY:Broken")))
    done = call_cli(["import", path], home)
    assert done.code == 0
    assert done.stdout == "Imported 1 event (1 new, 0 changed, 0 unchanged), 1 rejected. Undo: sfa undo\n"
    assert "line 11, Broken: it has no beginning (DTSTART)" in done.stderr
    found = call_cli(["agenda", "2026-03-01..2026-03-31", "--json"], home).value
    assert [item["start"] for item in found] == [
        "2026-03-09T09:00:00+01:00",
        "2026-03-16T09:00:00+01:00",
        "2026-03-23T09:00:00+01:00",
    ]
    call_cli(["undo"], home)
    assert call_cli(["agenda", "2026-03-01..2026-03-31", "--json"], home).value == []


def test_half_a_century_of_a_calendar_is_listed_at_once(home: Path, tmp_path: Path) -> None:
    old = event("UID:old", "DTSTART:19700102T090000Z", "DURATION:PT1H", "SUMMARY:Old")
    call_cli(["import", write(tmp_path, "mine.ics", calendar(old, event(*WEEKLY)))], home)
    found = call_cli(["agenda", "1970-01-01..2030-12-31", "--json"], home).value
    assert [item["summary"] for item in found] == ["Old", "Round", "Round", "Round"]
    refused = call_cli(["agenda", "1700-01-01..2030-12-31"], home)
    assert refused.code == 2
    assert "longer than a hundred years" in refused.stderr


def test_what_a_file_is_shows_by_its_content_whatever_it_is_called(home: Path, tmp_path: Path) -> None:
    names = [
        write(tmp_path, "download.txt", calendar(event(*WEEKLY))),
        write(tmp_path, "people", "\n\n" + card("FN:Jane Doe")),
        write(tmp_path, "accounts.csv", "name\nAcme\n"),
    ]
    done = call_cli(["import", *names, "--json"], home)
    assert [(item["noun"], item["new"]) for item in done.value] == [("event", 1), ("contact", 1), ("account", 1)]


def test_as_says_what_is_expected(home: Path, tmp_path: Path) -> None:
    path = write(tmp_path, "mine.ics", calendar(event(*WEEKLY)))
    assert call_cli(["import", path, "--as", "event"], home).code == 0
    refused = call_cli(["import", path, "--as", "account"], home)
    assert (refused.code, "holds appointments, no accounts" in refused.stderr) == (2, True)


def test_nothing_in_a_calendar_is_said(home: Path, tmp_path: Path) -> None:
    done = call_cli(["import", write(tmp_path, "mine.ics", calendar())], home)
    assert (done.code, done.stdout) == (0, "Imported nothing: mine.ics holds no appointments, tasks or notes.\n")


def test_a_file_of_which_nothing_could_be_taken_fails(home: Path, tmp_path: Path) -> None:
    done = call_cli(["import", write(tmp_path, "torn.vcf", "BEGIN:VCARD\nFN:Torn\n")], home)
    assert (done.code, done.stdout) == (1, "Imported nothing, 1 rejected.\n")
    assert "line 1, Torn: it has no end (END:VCARD)" in done.stderr


@pytest.mark.parametrize("name", ["empty.ics", "empty.vcf"])
def test_an_empty_file_is_told(home: Path, tmp_path: Path, name: str) -> None:
    refused = call_cli(["import", write(tmp_path, name, "")], home)
    assert (refused.code, f"{name} is empty" in refused.stderr) == (2, True)


@pytest.mark.parametrize(("name", "word"), [("a.ics", "calendar"), ("a.vcf", "address")])
def test_something_else_under_such_a_name_is_told(home: Path, tmp_path: Path, name: str, word: str) -> None:
    refused = call_cli(["import", write(tmp_path, name, "name;city\nAcme;Bonn\n")], home)
    assert (refused.code, f"{name} is no {word} file" in refused.stderr) == (2, True)


def test_a_dry_run_only_tells(home: Path, tmp_path: Path) -> None:
    path = write(tmp_path, "a.vcf", card("FN:Jane Doe"))
    assert call_cli(["import", path, "--dry-run"], home).stdout.startswith("Would import 1 contact (1 new")
    assert call_cli(["contact", "list", "--json"], home).value == []


def test_a_contact_shows_all_its_ways(home: Path, tmp_path: Path) -> None:
    lines = ("FN:Jane Doe", "N:Doe;Jane;;;", "ORG:Acme", "TITLE:CEO", "BDAY:1980-03-21", "TEL;TYPE=CELL:+49 171 1")
    more = ("EMAIL;TYPE=HOME:jane@home.example", "ADR;TYPE=HOME:;;Main 1;Bonn;;53111;Germany")
    call_cli(["import", write(tmp_path, "a.vcf", card(*lines, *more)), "--create", "account"], home)
    shown = call_cli(["contact", "show", "Jane", "Doe", "--json"], home).value
    kept = ("name", "given", "family", "organization", "title", "birthday", "account", "mobile")
    assert {name: shown[name] for name in kept} == {
        "name": "Jane Doe",
        "given": "Jane",
        "family": "Doe",
        "organization": "Acme",
        "title": "CEO",
        "birthday": "1980-03-21",
        "account": "Acme",
        "mobile": "+49 171 1",
    }
    assert shown["phones"] == [{"kind": "mobile", "value": "+49 171 1", "is_primary": True, "is_invalid": False}]
    assert (shown["emails"][0]["kind"], shown["emails"][0]["value"]) == ("home", "jane@home.example")
    assert (shown["addresses"][0]["value"], shown["addresses"][0]["city"]) == ("Main 1, Bonn, 53111, Germany", "Bonn")


def test_calendar_and_contacts_go_out_to_files_and_come_back(home: Path, tmp_path: Path) -> None:
    call_cli(["import", write(tmp_path, "a.ics", calendar(event(*WEEKLY)))], home)
    call_cli(["import", write(tmp_path, "a.vcf", card("FN:Jane Doe"))], home)
    ics, vcf = tmp_path / "out.ics", tmp_path / "out.vcf"
    done = call_cli(["export", "calendar", "--format", "ics", str(ics)], home)
    assert (done.code, done.stderr) == (0, f"Wrote 1 event to {ics}.\n")
    assert call_cli(["export", "contacts", str(vcf), "--version", "3"], home).code == 0
    assert b"\r\nBEGIN:VEVENT\r\n" in ics.read_bytes()
    assert "VERSION:3.0" in vcf.read_text()
    other = tmp_path / "other"
    other.mkdir()
    for path in (ics, vcf):
        assert call_cli(["import", str(path), "--json"], other).value["new"] == 1
    span = ["agenda", "2026-03-01..2026-03-31", "--json"]
    assert [item["start"] for item in call_cli(span, other).value] == [
        item["start"] for item in call_cli(span, home).value
    ]


def test_only_the_days_that_are_asked_for_go_out(home: Path, tmp_path: Path) -> None:
    days = [event(f"UID:{day}", f"DTSTART;VALUE=DATE:202603{day}", f"SUMMARY:Day {day}") for day in (10, 11, 12)]
    call_cli(["import", write(tmp_path, "a.ics", calendar(*days))], home)
    done = call_cli(["export", "calendar", "--from", "2026-03-11", "--to", "2026-03-11"], home)
    assert [line for line in done.lines if line.startswith("SUMMARY")] == ["SUMMARY:Day 11"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["account", "--format", "vcf"], "vcf is no format for that"),
        (["contacts", "--format", "ics"], "ics is no format for that"),
        (["contacts", "--format", "vcf", "--version", "2"], "vCard 2 is not written"),
        (["calendar", "--where", "kind=visit"], "A calendar is chosen by days"),
    ],
)
def test_what_cannot_go_out_is_told(home: Path, words: list[str], said: str) -> None:
    refused = call_cli(["export", *words], home)
    assert (refused.code, said in refused.stderr) == (2, True)


def test_a_person_who_waits_sees_a_bar(home: Path, tmp_path: Path) -> None:
    data = "".join(card(f"UID:{at}", f"FN:Person {at}") for at in range(300))
    shown = run_on_terminal(["import", write(tmp_path, "many.vcf", data)], home)
    assert "many.vcf" in shown.stdout
    assert "300 contacts" in shown.stdout
