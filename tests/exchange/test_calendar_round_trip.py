"""What goes out as a calendar comes back: every occurrence, every word, however it was made."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from sfa.domain.recurrence.expanding import expand
from sfa.domain.recurrence.plans import Plan
from sfa.domain.recurrence.values import Length, RecurrenceSet
from sfa.domain.recurrence.writing import write_set
from sfa.domain.recurrence.zones import located, zone_of
from sfa.exchange.calendar_export import write_calendar
from sfa.services.desk import Desk
from tests.domain.recurrence.strategies import rules, starts_of_sets
from tests.support.calendars import calendar, event, live_in, occurrences, take
from tests.support.factories import an_account, an_event, make_desk

FAST = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ZONES = ("", "UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC-0741")
DAILY_OR_LONGER = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40).filter(str.strip)


@contextmanager
def a_desk() -> Iterator[Desk]:
    with TemporaryDirectory() as folder:
        desk = make_desk(Path(folder))
        yield desk
        desk.close()


@st.composite
def sets(draw: st.DrawFn) -> RecurrenceSet:
    """Return an appointment or a series: whole days or times, dates left out and dates of their own."""
    start = draw(starts_of_sets())
    is_all_day = draw(st.booleans())
    zone = "" if is_all_day else draw(st.sampled_from(ZONES))
    start = datetime.combine(start.date(), datetime.min.time()) if is_all_day else start
    length = Length(draw(st.integers(1, 3))) if is_all_day else Length(0, 900 * draw(st.integers(0, 200)))
    found = RecurrenceSet(start, is_all_day, zone, length)
    if draw(st.booleans()):
        rule = draw(rules(start, DAILY_OR_LONGER))
        rule = replace(rule, by_hour=(), by_minute=(), by_second=(), by_set_pos=()) if is_all_day else rule
        found = replace(found, rules=(rule,))
    has_days_out = draw(st.booleans())
    if found.rules and has_days_out:
        left_out = draw(st.lists(st.integers(1, 60), max_size=3, unique=True))
        found = replace(found, excluded=tuple(sorted(start + timedelta(days) for days in left_out)))
    return found


def window(desk: Desk, first: str, last: str) -> list[dict[str, object]]:
    kept = ("uid", "start", "end", "all_day", "summary", "status", "busy", "privacy", "place", "url", "kind")
    return [{name: item[name] for name in kept} for item in occurrences(desk, first, last, has_cancelled=True)]


@FAST
@given(sets(), TEXTS)
def test_a_calendar_of_any_program_means_the_same_after_each_way(found: RecurrenceSet, words: str) -> None:
    summary = words.replace("\\", "/").replace(",", " ").replace(";", " ")
    data = calendar(event("UID:any", *write_set(found), f"SUMMARY:{summary}"))
    first, last = found.start.date(), (found.start + timedelta(120)).date()
    hits = expand(Plan(found), found.start, datetime.combine(last, datetime.max.time())).occurrences
    with a_desk() as one, a_desk() as other:
        assert take(one, data).rejected == []
        # Asked for two days more on either side: the days of another zone begin and end at other moments.
        wide = window(one, str(first - timedelta(2)), str(last + timedelta(2)))
        starts = (str(item["start"]) for item in wide)
        expected = (_shown(found, hit.start) for hit in hits)
        assert _within(starts, first, last) == _within(expected, first, last)
        text, _ = write_calendar(one)
        assert take(other, text.encode()).rejected == []
        assert window(other, str(first), str(last)) == window(one, str(first), str(last))
        assert write_calendar(one)[0] == text
        assert take(one, text.encode()).operation_id is None, "one's own export changes nothing"
        Calendar.from_ical(text)


def _within(starts: Iterable[str], first: date, last: date) -> set[str]:
    return {start for start in starts if str(first) <= start[:10] <= str(last)}


def _shown(found: RecurrenceSet, start: datetime) -> str:
    if found.is_all_day:
        return str(start.date())
    hit = next(
        iter(expand(Plan(replace(found, rules=(), start=start, excluded=())), start, start + timedelta(1)).occurrences)
    )
    aware, _ = located(hit, zone_of(found.zone))
    return (aware if aware.tzinfo else aware.replace(tzinfo=UTC)).isoformat(timespec="seconds")


@FAST
@given(
    TEXTS, TEXTS, TEXTS, st.sampled_from(["busy", "free", "tentative", "away"]), st.sampled_from(["public", "private"])
)
def test_an_appointment_made_here_comes_back_with_its_words(
    subject: str, place: str, note: str, busy: str, privacy: str
) -> None:
    with a_desk() as one, a_desk() as other:
        made = an_event(one, subject=subject, place=place, note=note, busy=busy, privacy=privacy, kind="visit")
        text, count = write_calendar(one)
        assert count == 1
        take(other, text.encode())
        columns = "subject, place, note, busy, privacy, kind, starts_wall, ends_wall, zone, is_all_day"
        sql = f"SELECT {columns} FROM event"
        assert other.store.rows(sql) == one.store.rows(sql)
        assert occurrences(other, "2026-03-11", "2026-03-11")[0]["uid"] == f"{made}@sfa"
        assert write_calendar(other)[0].count("BEGIN:VEVENT") == 1


@pytest.fixture
def two_desks(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    one, other = make_desk(tmp_path / "one"), make_desk(tmp_path / "other", seed=2)
    yield one, other
    one.close()
    other.close()


def test_a_series_goes_with_its_exceptions_people_and_alarms(two_desks: tuple[Desk, Desk]) -> None:
    one, other = two_desks
    data = calendar(
        event(
            "UID:s",
            "DTSTART;TZID=Europe/Berlin:20260302T090000",
            "DURATION:PT1H",
            "RRULE:FREQ=WEEKLY;COUNT=4",
            "ATTENDEE;CUTYPE=ROOM;PARTSTAT=TENTATIVE;CN=Room:mailto:room@we.example",
            "BEGIN:VALARM\nACTION:EMAIL\nTRIGGER:-P1D\nATTENDEE:mailto:me@we.example\nEND:VALARM",
            "GEO:52.5;13.4",
            'X-ODD;X-P="a;b":kept\\, as it is',
            "ATTACH;FMTTYPE=text/plain;ENCODING=BASE64;VALUE=BINARY:SGVsbG8=",
        ),
        event("UID:s", "RECURRENCE-ID:20260309T080000Z", "DTSTART:20260310T080000Z", "DURATION:PT2H"),
        event("UID:s", "RECURRENCE-ID:20260316T080000Z", "DTSTART:20260316T080000Z", "STATUS:CANCELLED"),
    )
    take(one, data)
    text, count = write_calendar(one)
    assert count == 3
    unfolded = text.replace("\r\n ", "")
    for line in (
        "GEO:52.5;13.4",
        'X-ODD;X-P="a;b":kept\\, as it is',
        "ATTACH;FMTTYPE=text/plain;ENCODING=BASE64;VALUE=BINARY:SGVsbG8=",
        "ACTION:EMAIL",
        "TRIGGER:-PT1440M",
        "RECURRENCE-ID;TZID=Europe/Berlin:20260309T090000",
    ):
        assert f"\r\n{line}\r\n" in unfolded
    assert "ATTENDEE;CUTYPE=ROOM;ROLE=REQ-PARTICIPANT;PARTSTAT=TENTATIVE;CN=Room:mailto:room@we.example" in unfolded
    take(other, text.encode())
    assert window(other, "2026-03-01", "2026-03-31") == window(one, "2026-03-01", "2026-03-31")
    assert take(one, text.encode()).operation_id is None


def test_the_zones_that_are_used_are_defined_as_another_program_reads_them(desk: Desk) -> None:
    live_in(desk, "Europe/Berlin")
    take(desk, calendar(event("UID:1", "DTSTART;TZID=America/New_York:20260701T100000", "DURATION:PT1H")))
    text, _ = write_calendar(desk)
    read = Calendar.from_ical(text)
    assert [str(zone["TZID"]) for zone in read.walk("VTIMEZONE")] == ["America/New_York"]
    (found,) = read.walk("VEVENT")
    starts: Any = found.decoded("DTSTART")
    assert starts.astimezone(UTC) == datetime(2026, 7, 1, 14, 0, tzinfo=UTC)


def test_only_some_days_go_out_and_series_go_whole(desk: Desk) -> None:
    an_account(desk)
    take(
        desk,
        calendar(
            event("UID:old", "DTSTART;VALUE=DATE:20260110", "SUMMARY:Old"),
            event("UID:now", "DTSTART;VALUE=DATE:20260310", "SUMMARY:Now"),
            event("UID:ever", "DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=WEEKLY", "SUMMARY:Ever"),
            event("UID:later", "DTSTART;VALUE=DATE:20260601", "SUMMARY:Later"),
        ),
    )
    day = datetime(2026, 3, 1, tzinfo=UTC).date()
    text, _ = write_calendar(desk, day, day + timedelta(31))
    assert [line[8:] for line in text.splitlines() if line.startswith("SUMMARY:")] == ["Ever", "Now"]
