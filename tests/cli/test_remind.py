"""`sfa remind`: told once, on request again, quietly empty; and the commands that show notifications."""

import json
from pathlib import Path

import pytest

from sfa.cli.notifying import command_for, notify
from tests.support.factories import an_event, make_desk
from tests.support.shell import run_cli

HOSTILE = "$(touch x); `id` --help <b>\x1b[2J"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a workspace with one appointment far ahead of any clock, so that its reminder is not due."""
    desk = make_desk(tmp_path)
    an_event(desk, subject="Demo", starts="2099-03-11T09:00", zone="UTC", reminders="1 day")
    desk.close()
    return tmp_path


def test_it_tells_once_and_on_request_again(home: Path) -> None:
    first = run_cli(["event", "add", "Soon", "--starts", "in 20 minutes", "--reminders", "1h"], home)
    assert first.code == 0
    told = run_cli(["remind", "--quiet"], home)
    assert (told.code, told.stderr) == (0, "")
    assert "Soon (in " in told.stdout
    assert run_cli(["remind"], home).stdout == ""
    again = json.loads(run_cli(["remind", "--every", "--quiet", "--json"], home).stdout)
    assert [(item["summary"], item["minutes_before"]) for item in again] == [("Soon", 60)]


def test_nothing_due_is_no_error(tmp_path: Path) -> None:
    assert run_cli(["remind"], tmp_path).code == 0
    assert run_cli(["remind", "--json"], tmp_path).stdout.strip() == "[]"


def test_looking_ahead_needs_a_length_of_time(tmp_path: Path) -> None:
    done = run_cli(["remind", "--within", "soon"], tmp_path)
    assert done.code == 2
    assert "15min" in done.stderr


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32", "freebsd14"])
def test_what_is_told_is_never_code_for_the_command_that_shows_it(platform: str) -> None:
    words = command_for(platform, "sfa", HOSTILE)
    assert all(HOSTILE not in word or word == HOSTILE for word in words)
    if platform == "linux":
        assert words[-3:] == ["--", "sfa", HOSTILE]
    if platform == "win32":
        assert HOSTILE not in words


def test_a_platform_without_notifications_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert notify("sfa", "Demo") is False


def test_a_command_that_fails_or_hangs_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "notify-send"
    program.write_text("#!/bin/sh\nexit 3\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert notify("sfa", "Demo") is False
