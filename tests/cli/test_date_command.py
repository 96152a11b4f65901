"""`sfa date`: the grammar's own window."""

from pathlib import Path

import pytest

from tests.cli.test_entry import HEAVY, loaded_by
from tests.support.shell import Result, call_cli, run_cli

SEEN = ("--now", "2026-11-21T10:00", "--tz", "Europe/Berlin")
KEYS = ["start", "end", "all_day", "grain", "rule", "text", "rest"]


def date_of(home: Path, text: str, *more: str) -> Result:
    return call_cli(["date", text, *SEEN, *more], home)


def test_a_time_is_told_as_one_json_object(tmp_path: Path) -> None:
    told = date_of(tmp_path, "next tue 10am", "--json").value
    assert list(told) == KEYS
    assert told == {
        "start": "2026-11-24T10:00:00",
        "end": None,
        "all_day": False,
        "grain": "hour",
        "rule": None,
        "text": "next tue 10am",
        "rest": "",
    }


def test_whole_days_are_told_without_times_and_end_before_the_day_that_is_named(tmp_path: Path) -> None:
    told = date_of(tmp_path, "fair 3-5 march in Munich", "--json").value
    assert (told["start"], told["end"], told["all_day"]) == ("2027-03-03", "2027-03-06", True)
    assert told["rest"] == "fair in Munich"


def test_what_recurs_has_a_rule_and_its_first_day(tmp_path: Path) -> None:
    told = date_of(tmp_path, "report every other friday", "--json").value
    assert (told["start"], told["rule"], told["rest"]) == (
        "2026-11-27",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
        "report",
    )


def test_quotes_and_control_characters_stay_inside_their_string(tmp_path: Path) -> None:
    told = date_of(tmp_path, 'say "hi"\\ \x1b[31m\u2028 [bold]tomorrow', "--json")
    assert "\x1b" not in told.stdout
    assert told.value["rest"] == 'say "hi"\\ \x1b[31m [bold]'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("next tue 10am", "Tue 24 Nov 2026, 10:00"),
        ("tomorrow 14:00-15:30", "Sun 22 Nov 2026, 14:00 to 15:30"),
        ("next week", "Mon 23 Nov 2026 to Sun 29 Nov 2026"),
        ("下周二下午三点", "Tue 24 Nov 2026, 15:00"),
        ("every monday", "Mon 23 Nov 2026 (FREQ=WEEKLY;BYDAY=MO)"),
    ],
)
def test_people_are_told_in_a_line(tmp_path: Path, text: str, words: str) -> None:
    assert date_of(tmp_path, text) == Result(0, words + "\n", "")


@pytest.mark.parametrize("text", ["nothing of that kind", "", "\x1b[2J"])
def test_without_a_date_nothing_is_printed_and_the_code_is_3(tmp_path: Path, text: str) -> None:
    found = date_of(tmp_path, text, "--json")
    assert (found.code, found.stdout) == (3, "")
    assert found.stderr.startswith("sfa: No date is found in “")
    assert "\x1b" not in found.stderr
    assert found.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "word"),
    [("12 tomorrow", "12"), ("mon 3 wed", "wed"), ("明天 99", "99"), ("third day friday", "third")],
)
def test_a_date_that_is_read_by_half_is_none(tmp_path: Path, text: str, word: str) -> None:
    found = date_of(tmp_path, text)
    assert (found.code, found.stdout) == (3, "")
    assert found.stderr.startswith(f"sfa: “{word}” is not understood beside “")


def test_numbers_beside_other_words_are_left_to_them(tmp_path: Path) -> None:
    assert date_of(tmp_path, "buy 12 eggs tomorrow", "--json").value["rest"] == "buy 12 eggs"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["31 feb"], "sfa: There is no 31 February.\n"),
        (["at 25:00"], "sfa: 25:00 is no time of day.\n"),
        (["fri", "--tz", "Nowhere/X"], "sfa: There is no zone “Nowhere/X”: write one such as Europe/Berlin.\n"),
        (["fri", "--now", "soon"], "sfa: --now “soon” is no moment: write 2026-11-21T10:00.\n"),
        (["fri", "--lang", "fr"], "sfa: --lang “fr” is none of auto, en, zh.\n"),
        (["fri", "--order=xyz"], "sfa: --order “xyz” is none of dmy, mdy, ymd.\n"),
    ],
)
def test_what_cannot_be_is_a_usage_error(tmp_path: Path, words: list[str], sentence: str) -> None:
    assert call_cli(["date", *words], tmp_path) == Result(2, "", sentence)


@pytest.mark.parametrize("words", [["date"], ["date", "fri", "--wrong"]], ids=" ".join)
def test_wrong_words_are_told_with_the_way_to_the_help(tmp_path: Path, words: list[str]) -> None:
    found = call_cli(words, tmp_path)
    assert (found.code, found.stdout) == (2, "")
    assert "sfa date --help" in found.stderr


def test_an_option_without_its_value_is_told(tmp_path: Path) -> None:
    assert call_cli(["date", "fri", "--now"], tmp_path) == Result(2, "", "sfa: Option '--now' requires an argument.\n")


def test_options_choose_language_order_and_leaning(tmp_path: Path) -> None:
    assert date_of(tmp_path, "3/4/2027", "--order", "mdy").stdout == "Thu 04 Mar 2027\n"
    assert date_of(tmp_path, "3/4/2027").stdout == "Sat 03 Apr 2027\n"
    assert date_of(tmp_path, "friday", "--prefer", "past").stdout == "Fri 20 Nov 2026\n"
    assert date_of(tmp_path, "明天", "--lang", "en").code == 3


def test_words_may_stand_without_quotes_and_behind_two_dashes(tmp_path: Path) -> None:
    assert call_cli(["date", "next", "tue", *SEEN], tmp_path).stdout == "Tue 24 Nov 2026\n"
    assert call_cli(["date", *SEEN, "--", "-2hr"], tmp_path).stdout == "Sat 21 Nov 2026, 08:00\n"


def test_without_a_moment_the_day_is_seen_from_now_here(tmp_path: Path) -> None:
    told = run_cli(["date", "tomorrow", "--json"], tmp_path, SFA_TODAY="2026-02-27").value
    assert told["start"] == "2026-02-28"


def test_a_time_with_its_zone_is_told_here(tmp_path: Path) -> None:
    assert date_of(tmp_path, "monday 16:00 GMT").stdout == "Mon 23 Nov 2026, 17:00\n"
    summer = ["date", "14 july 2027 12:00 UTC", "--now", "2026-11-21T10:00"]
    assert run_cli(summer, tmp_path, TZ="Europe/Berlin").stdout == "Wed 14 Jul 2027, 14:00\n"


def test_a_moment_with_its_offset_tells_the_zone_where_none_is_named(tmp_path: Path) -> None:
    told = call_cli(["date", "4pm CET", "--now", "2013-02-12T04:30:00-02:00"], tmp_path)
    assert told.stdout == "Tue 12 Feb 2013, 13:00\n"
    named = call_cli(["date", "4pm CET", "--now", "2013-02-12T04:30:00-02:00", "--tz", "Europe/Berlin"], tmp_path)
    assert named.stdout == "Tue 12 Feb 2013, 16:00\n"


def test_nothing_heavy_is_loaded_and_no_book_is_made(tmp_path: Path) -> None:
    for text in ("next tue 10am", "下周二下午三点", "every other friday"):
        loaded = loaded_by(["date", text, "--json"], tmp_path)
        assert not loaded & (HEAVY | {"typer", "rich", "re", "json", "enum", "dataclasses", "typing", "sqlite3"})
    assert list(tmp_path.iterdir()) == []
