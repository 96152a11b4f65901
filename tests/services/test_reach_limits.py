"""Too often, or at night where they are: told in one line before one calls or writes, refused where the rule says so."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sfa.domain.reach import Limits
from sfa.errors import NotAllowedError, UsageError
from sfa.services import consent, contacts, settings
from sfa.services.desk import Desk
from tests.support.factories import a_contact, an_account, an_activity, clock_of, column_of, make_desk
from tests.support.shell import call_cli

CALL = {"kind": "call", "subject": "Price", "contact": "Jane Doe"}


@pytest.fixture
def jane(desk: Desk) -> str:
    """Return a contact of a company in Japan."""
    an_account(desk, country="Japan")
    return a_contact(desk, account="Acme")


def at(desk: Desk, instant: str) -> None:
    clock_of(desk).moment = datetime.fromisoformat(instant).replace(tzinfo=UTC)


def heard(desk: Desk, **values: object) -> list[str]:
    return consent.heed(desk, "activity", {**CALL, **values})


@pytest.mark.parametrize(
    ("clock_time", "is_quiet"), [("19:59", False), ("20:00", True), ("00:00", True), ("07:59", True), ("08:00", False)]
)
def test_quiet_hours_go_over_midnight_and_end_on_the_minute(clock_time: str, is_quiet: bool) -> None:  # noqa: FBT001 - a table of cases
    assert Limits("20:00-08:00", 0, 0, "").is_quiet(datetime.fromisoformat(f"2026-03-10T{clock_time}")) == is_quiet
    assert Limits("", 0, 0, "").is_quiet(datetime.fromisoformat(f"2026-03-10T{clock_time}")) is False


def test_night_is_that_of_the_contact_s_country(desk: Desk, jane: str) -> None:
    del jane
    at(desk, "2026-03-10T12:30")
    assert [sentence.partition("): ")[2] for sentence in heard(desk)] == ["it is 21:30 there."]
    at(desk, "2026-03-10T03:00")
    assert heard(desk) == []
    assert heard(desk, started="2026-03-10T13:00") != [], "what begins later is at night"


def test_a_zone_of_their_own_goes_before_that_of_the_country(desk: Desk, jane: str) -> None:
    at(desk, "2026-03-10T12:30")
    contacts.edit(desk, [jane], {"time_zone": "europe/lisbon"})
    assert column_of(desk, "contact", jane, "time_zone") == "Europe/Lisbon"
    assert heard(desk) == []
    with pytest.raises(UsageError, match="no time zone Mars"):
        contacts.edit(desk, [jane], {"time_zone": "Mars"})


def test_in_a_country_of_many_zones_it_is_night_where_it_is_night_in_all(desk: Desk) -> None:
    a_contact(desk, country="US")
    at(desk, "2026-03-10T01:00")  # 21:00 in New York, 15:00 in Honolulu
    assert heard(desk) == []
    at(desk, "2026-03-10T11:30")
    assert heard(desk)[0].endswith("it is 07:30 there.")


def test_who_is_reached_too_often_is_told_of_once(desk: Desk, jane: str) -> None:
    at(desk, "2026-03-10T03:00")
    for day in range(5):
        an_activity(desk, kind="email", contact=jane, started=f"2026-03-0{day + 4}T03:00")
    an_activity(desk, kind="email", contact=jane, started="2026-03-05T04:00", direction="in")
    assert [sentence.partition("): ")[2] for sentence in heard(desk)] == ["reached 5 times in 7 days."]
    settings.change(desk, "reach.most", "6")
    assert heard(desk) == []
    settings.change(desk, "reach.most", "0")
    assert heard(desk) == []


def test_facts_visits_and_what_came_in_are_free(desk: Desk, jane: str) -> None:
    del jane
    at(desk, "2026-03-10T12:30")
    assert heard(desk, started="2026-03-10T11:00") == []
    assert heard(desk, direction="in") == []
    assert heard(desk, kind="visit") == []


def test_where_the_rule_says_so_it_is_refused_unless_one_insists(desk: Desk, jane: str) -> None:
    del jane
    at(desk, "2026-03-10T12:30")
    settings.change(desk, "reach.rule", "block")
    with pytest.raises(NotAllowedError, match="it is 21:30 there") as refusal:
        heard(desk)
    assert "--force" in str(refusal.value.hint)
    assert len(consent.heed(desk, "activity", CALL, "she asked for it")) == 1


def test_settings_that_are_none_are_refused(desk: Desk) -> None:
    for key, value in (("reach.quiet_hours", "late"), ("reach.quiet_hours", "25:00-08:00"), ("reach.rule", "shout")):
        with pytest.raises(UsageError):
            settings.change(desk, key, value)
    settings.change(desk, "reach.quiet_hours", "")


def test_both_doors_tell_it_and_save_all_the_same(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    a_contact(desk, time_zone="Asia/Tokyo")
    a_contact(desk, name="Omar Haddad", time_zone="Europe/Berlin")
    settings.change(desk, "reach.quiet_hours", "00:00-23:59")
    desk.close()
    for words in (["call", "Jane Doe"], ["activity", "add", "call", "Jane Doe", "Price"]):
        done = call_cli(words, tmp_path)
        assert done.code == 0
        assert "there." in done.stdout + done.stderr
    done = call_cli(["+", "called Jane Doe yesterday"], tmp_path)
    assert "there." not in done.stdout + done.stderr
