"""`sfa +` and the verbs of the day, as the shell runs them."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sfa.cli.main import run_command
from sfa.cli.quick_entry import quick_command
from sfa.config import load_config
from sfa.paths import Workspace
from sfa.peek import peek
from sfa.quick import NOUNS, OF_NOUNS, entering, is_line
from sfa.quick.entering import Asked, read_arguments
from sfa.quick.printing import width
from sfa.quick.prompt import Editor, complete
from tests.support.factories import a_contact, a_product, an_account, make_desk
from tests.support.quotes import sent_quote
from tests.support.shell import Result, call_cli, run_on_terminal

NOW = ("--now", "2026-11-21T10:00", "--tz", "Europe/Berlin")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a workspace with a few people."""
    desk = make_desk(tmp_path)
    acme = an_account(desk, name="Acme GmbH")
    a_contact(desk, name="Jane Doe", account=acme)
    a_contact(desk, name="Peter Miller", account=acme)
    a_contact(desk, name="Ann Miller", account=an_account(desk, name="Globex"))
    desk.close()
    return tmp_path


def sfa(home: Path, *words: str, typed: str = "") -> Result:
    """Run a command in this process."""
    return call_cli(words, home, typed)


def count(home: Path, noun: str) -> int:
    """Return how many records of a noun there are."""
    return len(sfa(home, noun, "list", "--json").value)


def test_each_record_is_told_with_its_reference(home: Path) -> None:
    done = sfa(home, "+", "called Jane at Acme 15min; send quote friday")
    activity, task, undo = done.lines
    assert (activity.split()[0], task.split()[0], undo) == ("activity", "task", "Undo: sfa undo")
    assert sfa(home, "activity", "show", activity.split()[1], "--json").value["duration_min"] == 15
    assert sfa(home, "task", "show", task.split()[1], "--json").value["due"] == "2026-03-13"


def test_json_gives_the_parse_and_what_was_written(home: Path) -> None:
    told = sfa(home, "+", "called Jane at Acme 15min #fair", "--json").value
    assert [act["what"] for act in told["acts"]] == ["activity"]
    assert {span["kind"] for span in told["spans"]} >= {"verb", "who", "account", "duration"}
    assert all(told["text"][span["start"] : span["end"]].strip() for span in told["spans"])
    assert told["tags"] == ["fair"]
    (record,) = told["records"]
    shown = sfa(home, "activity", "show", record["ref"], "--json").value
    assert (record["noun"], record["id"]) == ("activity", shown["id"])
    assert sfa(home, "history", "--json").value[0]["id"] == told["operation"]


def test_a_dry_run_gives_the_parse_at_a_given_time_and_writes_nothing(home: Path) -> None:
    told = sfa(home, "+", "send quote to Jane tomorrow 10am", "-n", "--json", *NOW).value
    assert told["acts"][0]["when"]["start"] == "2026-11-22T10:00"
    assert told["operation"] is None
    assert count(home, "task") == 0


def test_the_same_is_written_at_that_time_in_that_zone(home: Path) -> None:
    assert sfa(home, "+", "demo at Acme tue 10:00; called Jane", *NOW).code == 0
    event = sfa(home, "event", "list", "--json").value[0]
    assert event["starts"] == "2026-11-24T10:00"
    assert sfa(home, "sql", "SELECT starts_at, zone FROM event", "--json").value == [
        {"starts_at": "2026-11-24T09:00:00.000Z", "zone": "Europe/Berlin"}
    ]


def test_the_parse_is_printed_though_the_book_knows_nobody(tmp_path: Path) -> None:
    told = sfa(tmp_path, "+", "called Bob at Nowhere 15min", "-n", "--json")
    assert (told.code, told.value["acts"][0]["company"]) == (0, "Nowhere")
    assert told.value["problem"]["exit_code"] == 3


@pytest.mark.parametrize(
    ("words", "message"),
    [(("--now", "yesterdayish"), "no time"), (("--tz", "Mars/Base"), "no time zone"), (("--lang", "xx"), "not known")],
)
def test_a_wrong_time_zone_or_language_is_refused(home: Path, words: tuple[str, ...], message: str) -> None:
    done = sfa(home, "+", "called Jane", *words)
    assert (done.code, message in done.stderr) == (2, True)


def test_lines_of_a_file_are_told_by_number_where_they_fail_and_stop_nothing(home: Path) -> None:
    file = home / "day.txt"
    file.write_text("called Jane at Acme\n\nqqq zzz\ncalled Bob at Nowhere\nsend brochure friday\n", encoding="utf-8")
    done = sfa(home, "+", "-f", str(file))
    assert done.code == 3
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == ["line 3", "line 4"]
    assert (count(home, "activity"), count(home, "task")) == (1, 1)


def test_each_line_of_a_pipe_is_undone_alone(home: Path) -> None:
    assert sfa(home, "+", "-", typed="called Jane\nsend brochure friday\n").code == 0
    sfa(home, "undo")
    assert (count(home, "activity"), count(home, "task")) == (1, 0)


def test_a_file_that_is_not_there_or_no_text_is_refused(home: Path) -> None:
    assert sfa(home, "+", "--file", str(home / "none.txt")).code == 3
    (home / "bad.txt").write_bytes(b"\xff\xfe\x00bad")
    assert sfa(home, "+", "--file", str(home / "bad.txt")).code == 2


def test_a_name_that_several_have_is_refused_in_a_pipe_with_the_candidates(home: Path) -> None:
    done = sfa(home, "+", "called Miller")
    assert (done.code, count(home, "activity")) == (4, 0)
    assert "Peter Miller" in done.stderr
    assert "Ann Miller" in done.stderr


@pytest.mark.parametrize(("key", "code", "written"), [("1", 0, 1), ("2", 0, 1), ("\x1b", 130, 0), ("7", 130, 0)])
def test_on_a_terminal_one_key_chooses_or_leaves(home: Path, key: str, code: int, written: int) -> None:
    done = run_on_terminal(["+", "called Miller"], home, key)
    assert (done.code, count(home, "activity")) == (code, written)
    assert "1  " in done.stdout


@pytest.mark.parametrize(("key", "written"), [("y", 1), ("n", 0)])
def test_on_a_terminal_a_new_company_is_made_after_a_yes(home: Path, key: str, written: int) -> None:
    run_on_terminal(["+", "called @Initech, wants a demo"], home, key)
    assert len(sfa(home, "account", "list", "--where", "name=Initech", "--json").value) == written
    assert count(home, "activity") == written


def test_in_a_pipe_a_new_company_needs_to_be_asked_for(home: Path) -> None:
    refused = sfa(home, "+", "called @Initech")
    assert (refused.code, "--create" in refused.stderr) == (3, True)
    assert sfa(home, "+", "called @Initech", "--create").code == 0
    sfa(home, "undo")
    assert sfa(home, "account", "list", "--where", "name=Initech", "--json").value == []


def test_the_prompt_shows_what_is_understood_and_saves_with_enter(home: Path) -> None:
    done = run_on_terminal(["+"], home, "called Jane Do\t 15min\r")
    assert done.code == 0
    assert "call Jane Doe at Acme GmbH 15 min" in done.stdout
    assert count(home, "activity") == 1


def test_the_prompt_is_left_without_a_trace(home: Path) -> None:
    done = run_on_terminal(["+"], home, "called Jane\x1b")
    assert (done.code, count(home, "activity")) == (130, 0)


def test_without_a_terminal_the_prompt_is_refused(home: Path) -> None:
    assert sfa(home, "+").code == 2


def test_a_line_is_edited_with_the_usual_keys() -> None:
    editor = Editor("called Jaen")
    for key in ("left", "backspace", "right", "e", "home", "delete", "C", "end", "ctrl+w", "M", "e"):
        editor.press(key)
    assert (editor.text, editor.at) == ("Called Me", 9)
    editor.press("ctrl+u")
    assert editor.text == ""


def test_tab_completes_a_name_as_far_as_the_names_agree(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    for name in ("Globex North", "Globex Norway", "远东仪器"):
        an_account(desk, name=name)
    for typed, completed in (
        ("visited glo", "visited Globex Nor"),
        ("拜访远东", "拜访远东仪器"),
        ("visited zzz", "visited zzz"),
    ):
        editor = Editor(typed)
        complete(desk.store, editor)
        assert editor.text == completed


def test_wide_characters_take_two_cells() -> None:
    assert (width("ab"), width("远东"), width("e\u0301")) == (2, 4, 1)


@pytest.mark.parametrize(
    ("words", "noun", "values"),
    [
        (
            ("call", "Acme", "-m", "wants [blue]", "-d", "15"),
            "activity",
            {"kind": "call", "duration_min": 15, "account": "Acme GmbH"},
        ),
        (("call", "Jane at Acme", "--on", "yesterday"), "activity", {"kind": "call", "contact": "Jane Doe"}),
        (("call", "Acme", "20min,", "no", "answer"), "activity", {"outcome": "no_answer", "duration_min": 20}),
        (("met", "Jane", "--min", "1h30"), "activity", {"kind": "meeting", "duration_min": 90}),
        (("mail", "Jane", "-m", "the offer"), "activity", {"kind": "email", "contact": "Jane Doe"}),
        (("visit", "Globex", "yesterday"), "activity", {"kind": "visit", "account": "Globex"}),
        (
            ("task", "Send it", "--for", "Jane at Acme", "--on", "friday"),
            "task",
            {"subject": "Send it (Jane Doe at Acme GmbH)", "due": "2026-03-13"},
        ),
        (("task", "send the offer to Jane friday"), "task", {"due": "2026-03-13"}),
        (("note", "Acme", "likes blue"), "note", {"body": "likes blue", "account": "Acme GmbH"}),
        (("note", "--for", "Jane", "-m", "likes green"), "note", {"body": "likes green", "contact": "Jane Doe"}),
    ],
)
def test_the_verbs_of_the_day(home: Path, words: tuple[str, ...], noun: str, values: dict[str, object]) -> None:
    done = sfa(home, *words)
    assert done.code == 0, done.stderr
    record = sfa(home, noun, "list", "--json", "--columns", ",".join(values)).value[0]
    assert {name: record[name] for name in values} == values


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("call",), 2),
        (("call", "Acme", "--colour", "red"), 2),
        (("call", "Acme", "-d", "soon"), 2),
        (("call", "Acme", "--on", "someday"), 2),
        (("task", "Send it", "--min", "5"), 2),
        (("task", "Send it", "--colour", "x"), 2),
        (("task", "shwo"), 2),
        (("call", "Nobody Knows Ltd"), 3),
        (("call", "Miller"), 4),
        (("call", "--help"), 0),
        (("+", "--help"), 0),
        (("task", "--help"), 0),
    ],
)
def test_what_is_not_understood_is_refused_and_help_is_there(home: Path, words: tuple[str, ...], code: int) -> None:
    assert sfa(home, *words).code == code
    assert (count(home, "activity"), count(home, "task")) == (0, 0)


def test_a_verb_of_the_noun_is_never_taken_for_a_line(home: Path) -> None:
    for noun in NOUNS:
        assert set(sfa(home, "--complete", noun, "").lines) <= OF_NOUNS
        assert not is_line([noun, "list"])
    assert is_line(["task", "send", "it"])
    assert not is_line(["task"])


def test_today_is_the_same_through_both_doors(home: Path) -> None:
    for line in (
        "send brochure to Globex today !high",
        "meeting with Jane today 15:00",
    ):
        assert sfa(home, "+", line).code == 0
    assert sfa(home, "opportunity", "add", "Late one", "--amount", "12.5k", "--close-date", "2026-03-01").code == 0
    desk = make_desk(home)
    a_product(desk, code="PS-1", price="100")
    sent_quote(desk, name="Sensors", valid_until="2026-03-12")
    desk.close()
    fast, full = sfa(home, "today"), sfa(home, "today", "--all")
    assert (fast.code, fast.stdout) == (0, full.stdout)
    assert "Tasks due (1)" in fast.stdout
    assert "Quotes to follow up (1)\n" in fast.stdout
    assert "expires in 2 d" in fast.stdout
    assert sfa(home, "today", "--json").value["tasks_due"] == 1


def test_today_fits_a_narrow_terminal_with_its_references(home: Path) -> None:
    sfa(home, "task", "add", "A very long thing to do " * 6, "--due", "2026-03-10")
    shown = run_on_terminal(["today"], home, columns=60, SFA_TODAY="2026-03-10").stdout
    ref = sfa(home, "task", "list", "--json").value[0]["ref"]
    row = next(line for line in shown.splitlines() if line.rstrip().endswith(ref))
    assert width(row.rstrip()) <= 60


CORPUS = [
    ["+", "called Jane", "-n"],
    ["+", "--json", "called", "Jane"],
    ["+", "--file=day.txt"],
    ["+", "-f", "day.txt", "--create"],
    ["+", "--", "-5% on the renewal"],
    ["call", "Acme", "--note=wants -5%", "-d", "15"],
    ["call", "Acme", "-m", "--on", "--on", "friday"],
    ["met", "Jane at Acme", "--now", "2026-11-21T10:00", "--tz=UTC", "--lang", "en"],
    ["task", "send it", "--for", "Acme", "--no-input"],
    ["note", "Acme", "likes blue", "--dry-run"],
]


@pytest.mark.parametrize("words", CORPUS, ids=" ".join)
def test_both_doors_read_the_same_words_alike(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Asked] = []
    monkeypatch.setattr("sfa.cli.quick_entry.run", heard.append)
    fast = read_arguments(words)
    command = quick_command(words[0])
    with command.make_context("sfa", words[1:]) as context:
        command.invoke(context)
    assert fast is not None
    assert [getattr(heard[0], name) for name in Asked.__slots__] == [getattr(fast, name) for name in Asked.__slots__]


def test_what_the_fast_door_does_not_know_goes_to_the_full_one() -> None:
    assert read_arguments(["call", "Acme", "--colour"]) is None
    assert read_arguments(["+", "-h"]) is None
    assert callable(run_command)
    assert entering.PLUS == "+"


def test_a_character_that_the_terminal_cannot_show_stops_nothing(home: Path) -> None:
    done = run_on_terminal(["+", "-n", "拜访了 Acme 谈续约"], home, PYTHONIOENCODING="ascii")
    assert done.code == 0


NAMES = st.text(
    st.characters(codec="utf-8", exclude_characters='"\\\r\n', exclude_categories=["C", "Zl", "Zp"]), max_size=12
)


@settings(deadline=None)
@given(currency=NAMES, other=NAMES)
def test_a_setting_peeked_at_is_the_setting(
    tmp_path_factory: pytest.TempPathFactory, currency: str, other: str
) -> None:
    workspace = Workspace(tmp_path_factory.mktemp("peek"))
    for text in (
        f'[workspace]\ncurrency = "{currency}" # mine\n[user]\nname = "{other}"\n',
        f'workspace.currency = "{currency}"\n',
        f'[user]\nname = "{other}"\n',
        f"[ workspace ]\ncurrency = {json.dumps(currency, ensure_ascii=False)}\n",
        "",
    ):
        workspace.config.write_text(text, encoding="utf-8")
        assert peek(workspace, "workspace", "currency") == load_config(workspace.config).text("workspace.currency")


@pytest.mark.parametrize(("zone", "day"), [("Europe/Berlin", "2026-12-03"), ("America/New_York", "2027-03-12")])
def test_dates_in_figures_are_read_as_the_zone_that_is_asked_for_writes_them(home: Path, zone: str, day: str) -> None:
    told = sfa(home, "+", "-n", "--json", "--now", "2026-12-01T10:00", "--tz", zone, "visit Acme on 3/12").value
    assert told["records"][0]["values"]["due"] == day
