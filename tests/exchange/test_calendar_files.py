"""Calendar files come into the book: whole, once, with all that they say; what cannot come is told."""

import pytest

from sfa.exchange.calendar_export import write_calendar
from sfa.services import history
from sfa.services.desk import Desk
from tests.support.calendars import calendar, event, live_in, occurrences, spans, starts, take
from tests.support.contents import contents
from tests.support.factories import a_contact, an_account, an_event, clock_of

BERLIN = "Europe/Berlin"
MONDAYS = ("UID:mondays", f"DTSTART;TZID={BERLIN}:20260302T090000", f"DTEND;TZID={BERLIN}:20260302T100000")
ODD_ZONE = """BEGIN:VTIMEZONE
TZID:Our own summer
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE"""
NO_ZONE_OF_THIS_WORLD = """BEGIN:VTIMEZONE
TZID:Ship's time
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0317
TZOFFSETTO:+0317
END:STANDARD
END:VTIMEZONE"""


def value(desk: Desk, column: str, where: str = "1") -> object:
    return desk.store.value(f"SELECT {column} FROM event WHERE {where}")


@pytest.fixture
def berlin(desk: Desk) -> Desk:
    live_in(desk, BERLIN)
    return desk


def test_an_appointment_says_where_who_how_private_and_when_to_remind(berlin: Desk) -> None:
    account = an_account(berlin, name="Acme")
    jane = a_contact(berlin, name="Jane Doe", account=account, email="Jane@Acme.example")
    lines = (
        "UID:one",
        f"DTSTART;TZID={BERLIN}:20260311T100000",
        "DURATION:PT1H30M",
        "SUMMARY:Demo\\, second part",
        "LOCATION:Hall 3",
        "DESCRIPTION:Bring the\\nsamples",
        "URL:https://meet.example/x",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        "CATEGORIES:fair,Big deal",
        "ORGANIZER;CN=Boss:mailto:boss@we.example",
        "ATTENDEE;CN=Jane;PARTSTAT=ACCEPTED;ROLE=OPT-PARTICIPANT:mailto:jane@acme.EXAMPLE",
        "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT15M\nEND:VALARM",
        "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER;RELATED=END:-PT2H\nEND:VALARM",
        "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER;VALUE=DATE-TIME:20260311T080000Z\nEND:VALARM",
    )
    result = take(berlin, calendar(event(*lines)))
    assert (result.of("event").new, result.rejected) == (1, [])
    (found,) = occurrences(berlin, "2026-03-11", "2026-03-11")
    assert (found["start"], found["end"]) == ("2026-03-11T10:00:00+01:00", "2026-03-11T11:30:00+01:00")
    assert (found["summary"], found["place"]) == ("Demo, second part", "Hall 3")
    assert (found["busy"], found["privacy"], found["contact"], found["account"]) == (
        "free",
        "private",
        "Jane Doe",
        "Acme",
    )
    assert value(berlin, "note") == "Bring the\nsamples"
    people = berlin.store.rows(
        "SELECT contact_id, address, answer, is_organizer, is_optional FROM event_attendee ORDER BY 2"
    )
    assert people == [
        (None, "boss@we.example", "needs_action", 1, 0),
        (jane, "jane@acme.EXAMPLE", "accepted", 0, 1),
    ]
    minutes = berlin.store.rows("SELECT minutes_before FROM event_reminder ORDER BY 1")
    assert [row[0] for row in minutes] == [15, 30, 60]
    tags = berlin.store.rows("SELECT name FROM tag JOIN record_tag ON tag.id = tag_id ORDER BY name")
    assert [row[0] for row in tags] == ["Big deal", "fair"]


def test_what_is_broken_is_told_line_by_line_and_the_rest_comes_in(desk: Desk) -> None:
    data = calendar(
        event("UID:1", "SUMMARY:No beginning"),
        event("UID:2", "SUMMARY:No such day", "DTSTART;VALUE=DATE:20260230"),
        event("UID:3", "SUMMARY:Good", "DTSTART;VALUE=DATE:20260311"),
        event("UID:4", "SUMMARY:Bad rule", "DTSTART;VALUE=DATE:20260311", "RRULE:FREQ=SOMETIMES"),
        event("UID:5", "SUMMARY:Backwards", "DTSTART:20260311T100000", "DTEND:20260311T090000"),
        event("X-A:1", name="VSTRANGE"),
    )
    result = take(desk, data)
    assert result.of("event").new == 1
    assert [(item.line, item.what) for item in result.rejected] == [
        (4, "No beginning"),
        (11, "No such day"),
        (22, "Bad rule"),
        (28, "Backwards"),
        (30, "VSTRANGE"),
    ]
    reasons = [item.reason for item in result.rejected]
    assert reasons[0] == "it has no beginning (DTSTART)"
    assert "20260230" in reasons[1]
    assert "SOMETIMES" in reasons[2]


def test_hostile_rules_end(desk: Desk) -> None:
    rules = ("FREQ=SECONDLY", "FREQ=SECONDLY;COUNT=999999999", "FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2")
    data = calendar(*(event(f"UID:{rule}", "DTSTART:20260101T000000Z", f"RRULE:{rule}") for rule in rules))
    assert take(desk, data).of("event").new == 3


def test_the_line_at_fault_is_found_among_thousands(desk: Desk) -> None:
    days = [f"EXDATE;VALUE=DATE:{2026 + at // 300}{at // 28 % 12 + 1:02d}{at % 28 + 1:02d}" for at in range(3000)]
    lines = ["UID:1", "DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=DAILY", *days, "EXDATE;VALUE=DATE:nonsense", *days]
    (refusal,) = take(desk, calendar(event(*lines))).rejected
    assert (refusal.line, "nonsense" in refusal.reason) == (3008, True)


def test_components_without_a_calendar_around_them(desk: Desk) -> None:
    result = take(desk, b"BEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:20260311\nEND:VEVENT\n")
    assert result.of("event").new == 1


def test_an_appointment_without_an_end_takes_none_of_those_after_it_along(desk: Desk) -> None:
    torn = "BEGIN:VEVENT\nSUMMARY:Torn\nDTSTART:20260302T090000Z"
    result = take(desk, calendar(torn, event(*MONDAYS)))
    assert [item.reason for item in result.rejected] == ["VEVENT has no end"]
    assert starts(desk, "2026-03-01", "2026-03-31") == ["2026-03-02T09:00:00+01:00"]


def test_a_file_that_ends_in_the_middle_gives_what_was_whole(desk: Desk) -> None:
    data = calendar(event("UID:1", "DTSTART;VALUE=DATE:20260311"), event("UID:2", "DTSTART;VALUE=DATE:20260312"))
    result = take(desk, data[: data.index(b"UID:2") + 6])
    assert result.of("event").new == 1
    assert [item.reason for item in result.rejected] == ["VEVENT has no end"]


def test_again_changes_nothing_and_undo_takes_all_of_it(berlin: Desk) -> None:
    an_account(berlin)
    before = contents(berlin)
    data = calendar(
        event(*MONDAYS, "RRULE:FREQ=WEEKLY", "SUMMARY:Round", "CATEGORIES:weekly", "ATTENDEE:mailto:a@b.example"),
        event(
            "UID:mondays", f"RECURRENCE-ID;TZID={BERLIN}:20260309T090000", "DTSTART:20260310T080000Z", "DURATION:PT1H"
        ),
        event("DTSTART;VALUE=DATE:20260311", "SUMMARY:Without a name of its own"),
        event("UID:todo", "SUMMARY:Call back", "DUE;VALUE=DATE:20260320", "PRIORITY:1", name="VTODO"),
        event("UID:diary", "SUMMARY:Fair", "DESCRIPTION:Many visitors", name="VJOURNAL"),
    )
    first = take(berlin, data)
    assert {noun: counts.new for noun, counts in first.counts.items()} == {"event": 3, "task": 1, "note": 1}
    again = take(berlin, data)
    assert again.operation_id is None
    assert {noun: counts.unchanged for noun, counts in again.counts.items()} == {"event": 3, "task": 1, "note": 1}
    history.undo(berlin)
    assert contents(berlin) == before


def test_a_dry_run_tells_and_leaves_nothing(desk: Desk) -> None:
    before = contents(desk)
    result = take(desk, calendar(event("UID:1", "DTSTART;VALUE=DATE:20260311")), is_dry_run=True)
    assert (result.of("event").new, result.operation_id, contents(desk)) == (1, None, before)


def test_a_newer_version_changes_what_differs_and_an_older_one_nothing(desk: Desk) -> None:
    def version(sequence: int, place: str) -> bytes:
        return calendar(event("UID:1", "DTSTART;VALUE=DATE:20260311", f"SEQUENCE:{sequence}", f"LOCATION:{place}"))

    take(desk, version(1, "Hall 1"))
    assert take(desk, version(2, "Hall 2")).of("event").changed == 1
    assert value(desk, "place") == "Hall 2"
    older = take(desk, version(1, "Hall 1"))
    assert (older.of("event").unchanged, value(desk, "place")) == (1, "Hall 2")
    assert older.notes == ["1 appointment is older than the book's, which stays."]


def test_what_the_user_changed_since_is_not_overwritten_by_the_same_file(desk: Desk) -> None:
    data = calendar(event("UID:1", "DTSTART;VALUE=DATE:20260311", "SUMMARY:Fair", "LOCATION:Hall 1"))
    take(desk, data)
    clock_of(desk).advance(hours=1)
    with desk.store.write("event.edit", "Changed") as work:
        work.update("event", str(value(desk, "id")), {"place": "Hall 7"})
    result = take(desk, data)
    assert (result.of("event").unchanged, value(desk, "place")) == (1, "Hall 7")
    assert result.notes == ["1 appointment was changed in the book since; that stays."]


def test_an_older_export_does_not_undo_what_was_written_since(desk: Desk) -> None:
    made = an_event(desk, subject="Demo", place="Hall 1")
    text, _ = write_calendar(desk)
    clock_of(desk).advance(hours=1)
    with desk.store.write("event.edit", "Changed") as work:
        work.update("event", made, {"place": "Hall 7"})
    result = take(desk, text.encode())
    assert (result.of("event").unchanged, value(desk, "place")) == (1, "Hall 7")
    assert result.notes == ["1 appointment was changed in the book since; that stays."]


def test_an_answer_changes_what_was_answered_and_nothing_else(desk: Desk) -> None:
    asked = ("ATTENDEE:mailto:jane@acme.example", "ATTENDEE:mailto:bob@acme.example")
    take(desk, calendar(event("UID:1", "DTSTART;VALUE=DATE:20260311", "SUMMARY:Fair", *asked)))
    answer = event(
        "UID:1", "DTSTART;VALUE=DATE:20260312", "SUMMARY:Re", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:JANE@acme.example"
    )
    result = take(desk, calendar(answer, head="METHOD:REPLY"))
    assert result.of("event").changed == 1
    assert value(desk, "subject || starts_wall") == "Fair2026-03-11"
    rows = desk.store.rows("SELECT address, answer FROM event_attendee ORDER BY address")
    assert rows == [("bob@acme.example", "needs_action"), ("jane@acme.example", "accepted")]
    stranger = event(
        "UID:1", "DTSTART;VALUE=DATE:20260311", "SUMMARY:Re", "ATTENDEE;PARTSTAT=DECLINED:mailto:x@y.example"
    )
    (refusal,) = take(desk, calendar(stranger, head="METHOD:REPLY")).rejected
    assert refusal.reason == "x@y.example answers and was not asked"


def test_a_cancellation_cancels(desk: Desk) -> None:
    take(desk, calendar(event("UID:1", "DTSTART;VALUE=DATE:20260311", "SEQUENCE:0")))
    take(desk, calendar(event("UID:1", "DTSTART;VALUE=DATE:20260311", "SEQUENCE:1"), head="METHOD:CANCEL"))
    assert value(desk, "status") == "cancelled"


def test_what_lies_in_the_trash_stays_there(desk: Desk) -> None:
    data = calendar(event("UID:1", "DTSTART;VALUE=DATE:20260311"))
    take(desk, data)
    with desk.store.write("event.remove", "Removed") as work:
        work.remove("event", str(value(desk, "id")))
    (refusal,) = take(desk, data).rejected
    assert refusal.reason.startswith("it is in the trash; sfa trash restore ")


def test_exclusions_extra_dates_and_periods(berlin: Desk) -> None:
    take(
        berlin,
        calendar(
            event(
                *MONDAYS,
                "RRULE:FREQ=WEEKLY;COUNT=4",
                "EXDATE:20260309T080000Z",
                f"RDATE;TZID={BERLIN}:20260304T120000",
                "RDATE;VALUE=PERIOD:20260305T120000Z/PT3H",
            )
        ),
    )
    assert spans(berlin, "2026-03-01", "2026-03-31") == [
        ("2026-03-02T09:00:00+01:00", "2026-03-02T10:00:00+01:00"),
        ("2026-03-04T12:00:00+01:00", "2026-03-04T13:00:00+01:00"),
        ("2026-03-05T13:00:00+01:00", "2026-03-05T16:00:00+01:00"),
        ("2026-03-16T09:00:00+01:00", "2026-03-16T10:00:00+01:00"),
        ("2026-03-23T09:00:00+01:00", "2026-03-23T10:00:00+01:00"),
    ]


def test_an_instance_and_all_that_follow_are_moved(berlin: Desk) -> None:
    data = calendar(
        event(*MONDAYS, "RRULE:FREQ=WEEKLY;COUNT=5", "SUMMARY:Round"),
        event(
            "UID:mondays",
            f"RECURRENCE-ID;RANGE=THISANDFUTURE;TZID={BERLIN}:20260316T090000",
            f"DTSTART;TZID={BERLIN}:20260317T110000",
            f"DTEND;TZID={BERLIN}:20260317T113000",
            "SUMMARY:Round on Tuesdays",
        ),
        event(
            "UID:mondays", f"RECURRENCE-ID;TZID={BERLIN}:20260323T090000", "DTSTART:20260325T080000Z", "DURATION:PT1H"
        ),
    )
    take(berlin, data)
    expected = [
        "2026-03-02T09:00:00+01:00",
        "2026-03-09T09:00:00+01:00",
        "2026-03-17T11:00:00+01:00",
        "2026-03-25T08:00:00+00:00",
        "2026-03-31T11:00:00+02:00",
    ]
    assert starts(berlin, "2026-03-01", "2026-05-31") == expected
    assert take(berlin, data).operation_id is None


def test_an_instance_that_came_before_its_series_joins_it(berlin: Desk) -> None:
    moved = event(
        "UID:mondays", "RECURRENCE-ID:20260309T080000Z", "DTSTART:20260310T080000Z", "DURATION:PT1H", "SEQUENCE:1"
    )
    take(berlin, calendar(moved))
    assert len(occurrences(berlin, "2026-03-01", "2026-03-31")) == 1
    take(berlin, calendar(event(*MONDAYS, "RRULE:FREQ=WEEKLY;COUNT=3"), moved))
    assert starts(berlin, "2026-03-01", "2026-03-31") == [
        "2026-03-02T09:00:00+01:00",
        "2026-03-10T08:00:00+00:00",
        "2026-03-16T09:00:00+01:00",
    ]


def test_an_instance_whose_series_is_in_the_book_alone(berlin: Desk) -> None:
    take(berlin, calendar(event(*MONDAYS, "RRULE:FREQ=WEEKLY;COUNT=3")))
    gone = event("UID:mondays", "RECURRENCE-ID:20260309T080000Z", "DTSTART:20260309T080000Z", "STATUS:CANCELLED")
    take(berlin, calendar(gone))
    assert starts(berlin, "2026-03-01", "2026-03-31") == ["2026-03-02T09:00:00+01:00", "2026-03-16T09:00:00+01:00"]


@pytest.mark.parametrize(
    ("zone", "definition", "expected", "is_told"),
    [
        ("W. Europe Standard Time", "", "2026-07-01T10:00:00+02:00", False),
        ("/example.org/2025/Europe/Berlin", "", "2026-07-01T10:00:00+02:00", False),
        ("Our own summer", ODD_ZONE, "2026-07-01T10:00:00+02:00", True),
        ("Ship's time", NO_ZONE_OF_THIS_WORLD, "2026-07-01T10:00:00+03:17", True),
        ("(UTC+09:30) Adelaide", "", "2026-07-01T10:00:00+09:30", True),
        ("UTC-03", "", "2026-07-01T10:00:00-03:00", True),
        ("Neverland", "", "2026-07-01T10:00:00+00:00", True),
    ],
)
def test_zones_by_any_name(desk: Desk, zone: str, definition: str, expected: str, is_told: bool) -> None:  # noqa: FBT001 - a case
    data = calendar(event("UID:1", f'DTSTART;TZID="{zone}":20260701T100000'), head=definition)
    result = take(desk, data)
    assert starts(desk, "2026-06-30", "2026-07-02") == [expected]
    assert bool(result.notes) == is_told


def test_a_series_in_a_zone_of_no_name_keeps_its_wall_time_in_winter(desk: Desk) -> None:
    lines = ("UID:1", "DTSTART;TZID=Our own summer:20260701T100000", "RRULE:FREQ=MONTHLY;COUNT=6")
    take(desk, calendar(event(*lines), head=ODD_ZONE))
    assert starts(desk, "2026-10-01", "2026-11-30") == ["2026-10-01T10:00:00+02:00", "2026-11-01T10:00:00+01:00"]


def test_floating_times_are_the_same_on_every_clock(desk: Desk) -> None:
    take(desk, calendar(event("UID:1", "DTSTART:20260701T100000", "DTEND:20260701T110000")))
    live_in(desk, "Asia/Tokyo")
    assert starts(desk, "2026-07-01", "2026-07-01") == ["2026-07-01T10:00:00+09:00"]


def test_a_name_of_a_sheet_is_no_markup_and_no_control(desk: Desk) -> None:
    take(desk, calendar(event("UID:1", "DTSTART;VALUE=DATE:20260311", "SUMMARY:\x1b[31mred [/bold]")))
    assert occurrences(desk, "2026-03-11", "2026-03-11")[0]["summary"] == "\ufffd[31mred [/bold]"


def test_tasks_have_their_day_priority_and_state(desk: Desk) -> None:
    take(
        desk,
        calendar(
            event("UID:1", "SUMMARY:Quote", "DUE:20260320T150000Z", "PRIORITY:2", name="VTODO"),
            event("UID:2", "SUMMARY:Sent", "STATUS:COMPLETED", "COMPLETED:20260301T120000Z", name="VTODO"),
        ),
    )
    rows = desk.store.rows("SELECT subject, due_on, due_time, priority, status, done_at FROM task ORDER BY subject")
    assert rows == [
        ("Quote", "2026-03-20", "15:00", "high", "open", None),
        ("Sent", None, None, "normal", "done", "2026-03-01T12:00:00.000Z"),
    ]
