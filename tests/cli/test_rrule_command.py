"""`sfa rrule` as the shell sees it."""

from pathlib import Path

import pytest

from tests.support.shell import call_cli

MONDAYS = ["rrule", "RRULE:FREQ=WEEKLY;BYDAY=MO", "--start", "20261123T090000", "--tz", "Europe/Berlin"]
WINDOW = ["--from", "2026-12-01", "--to", "2026-12-15"]


def test_occurrences_have_start_and_end_with_the_offset_of_their_zone(tmp_path: Path) -> None:
    told = call_cli([*MONDAYS, *WINDOW, "--duration", "PT1H30M", "--json"], tmp_path)
    assert (told.code, told.stderr) == (0, "")
    assert told.value == [
        {"start": "2026-12-07T09:00:00+01:00", "end": "2026-12-07T10:30:00+01:00", "all_day": False},
        {"start": "2026-12-14T09:00:00+01:00", "end": "2026-12-14T10:30:00+01:00", "all_day": False},
    ]
    assert list(tmp_path.iterdir()) == []


def test_whole_days_are_dates_alone(tmp_path: Path) -> None:
    words = ["rrule", "FREQ=MONTHLY;COUNT=2", "--start", "2026-11-23", "--tz", "Asia/Shanghai", "--json"]
    assert call_cli(words, tmp_path).value == [
        {"start": "2026-11-23", "end": "2026-11-24", "all_day": True},
        {"start": "2026-12-23", "end": "2026-12-24", "all_day": True},
    ]


def test_lines_may_come_in_several_words_or_in_one(tmp_path: Path) -> None:
    lines = [
        "DTSTART;TZID=W. Europe Standard Time:20261123T090000",
        "RRULE:FREQ=DAILY;COUNT=3",
        "EXDATE;TZID=W. Europe Standard Time:20261124T090000",
        "RDATE:20261201T080000Z",
    ]
    several = call_cli(["rrule", *lines, "--json"], tmp_path)
    single = call_cli(["rrule", "\n".join(lines), "--json"], tmp_path)
    starts = [row["start"] for row in several.value]
    assert starts == ["2026-11-23T09:00:00+01:00", "2026-11-25T09:00:00+01:00", "2026-12-01T09:00:00+01:00"]
    assert single.stdout == several.stdout


def test_the_window_is_half_open_and_may_be_given_in_another_zone(tmp_path: Path) -> None:
    exact = call_cli([*MONDAYS, "--from", "2026-11-30T09:00", "--to", "2026-12-07T09:00", "--json"], tmp_path)
    assert [row["start"][:10] for row in exact.value] == ["2026-11-30"]
    utc = call_cli([*MONDAYS, "--from", "2026-11-30T08:00Z", "--to", "2026-12-07T08:00Z", "--json"], tmp_path)
    assert utc.value == exact.value


def test_hours_that_a_clock_change_makes_one_are_one(tmp_path: Path) -> None:
    words = ["rrule", "FREQ=HOURLY;COUNT=4", "--start", "20270328T010000", "--tz", "Europe/Berlin", "--json"]
    starts = [row["start"] for row in call_cli(words, tmp_path).value]
    assert starts == ["2027-03-28T01:00:00+01:00", "2027-03-28T03:00:00+02:00", "2027-03-28T04:00:00+02:00"]


def test_people_get_it_in_words_and_a_table(tmp_path: Path) -> None:
    told = call_cli([*MONDAYS, *WINDOW], tmp_path)
    assert told.lines[0] == "Every week on Mon."
    assert told.lines[1].split() == ["Start", "End"]
    assert len(told.lines) == 4


def test_a_start_off_its_rule_is_told(tmp_path: Path) -> None:
    told = call_cli(["rrule", "FREQ=WEEKLY;BYDAY=MO", "--start", "20261121T090000", "--tz", "UTC", "--json"], tmp_path)
    assert told.value[0]["start"] == "2026-11-21T09:00:00+00:00"
    assert "off the rule" in told.stderr


def test_every_second_for_ever_is_cut_and_said(tmp_path: Path) -> None:
    told = call_cli(
        ["rrule", "FREQ=SECONDLY", "--start", "19700101T000000", "--tz", "UTC", *WINDOW, "--json"], tmp_path
    )
    assert (told.code, len(told.value)) == (0, 10_000)
    assert told.value[0]["start"] == "2026-12-01T00:00:00+00:00"
    assert "Only the first 10000" in told.stderr


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["FREQ=WEEKLY;BYDAY=XX", "--start", "20261123T090000"], "BYDAY holds XX"),
        (["FREQ=DAILY"], "no start"),
        (["FREQ=DAILY", "--start", "soon"], "--start holds soon"),
        (["FREQ=DAILY", "--start", "20261123T090000", "--tz", "Europe/Berln"], "Europe/Berlin is one"),
        (["FREQ=DAILY", "--start", "20261123T090000", "--from", "20270101", "--to", "20260101"], "lies before"),
        (["FREQ=DAILY", "--start", "20261123T090000", "--duration", "1h"], "no duration"),
        (["FREQ=DAILY", "DTSTART:20261123T090000", "--start", "20261123T090000"], "twice"),
        (["FREQ=HOURLY", "--start", "20261123"], "whole days"),
    ],
)
def test_what_is_wrong_is_one_sentence(tmp_path: Path, words: list[str], fault: str) -> None:
    refused = call_cli(["rrule", *words, "--json"], tmp_path)
    assert (refused.code, refused.stdout) == (2, "")
    assert fault in refused.stderr.splitlines()[0]
    assert list(tmp_path.iterdir()) == []
