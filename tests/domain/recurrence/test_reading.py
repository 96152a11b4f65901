"""Rules and lines are read as the RFC writes them, or refused with the part at fault."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfa.domain.recurrence.lines import read_length, read_lines, read_set
from sfa.domain.recurrence.reading import read_rule
from sfa.domain.recurrence.values import Length, RecurrenceError
from sfa.domain.recurrence.writing import write_length, write_rule, write_set
from tests.domain.recurrence.support import a_set, starts


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("RRULE:FREQ=WEEKLY;BYDAY=WE,MO", "FREQ=WEEKLY;BYDAY=MO,WE"),
        ("freq=weekly; interval=1 ;wkst=mo;", "FREQ=WEEKLY"),
        ("BYDAY=-1fr,+2MO;FREQ=MONTHLY", "FREQ=MONTHLY;BYDAY=-1FR,2MO"),
        ("FREQ=DAILY;UNTIL=20270331", "FREQ=DAILY;UNTIL=20270331"),
        ("FREQ=DAILY;UNTIL=20270331T100000Z;WKST=SU", "FREQ=DAILY;UNTIL=20270331T100000Z;WKST=SU"),
        ("FREQ=YEARLY;BYMONTHDAY=31,-1;BYMONTH=12,2", "FREQ=YEARLY;BYMONTH=2,12;BYMONTHDAY=-1,31"),
        ("RSCALE=GREGORIAN;FREQ=DAILY;SKIP=OMIT", "FREQ=DAILY"),
    ],
)
def test_a_rule_has_one_canonical_form(text: str, canonical: str) -> None:
    assert write_rule(read_rule(text)) == canonical


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "FREQ"),
        ("INTERVAL=2", "FREQ"),
        ("FREQ=FORTNIGHTLY", "FREQ=FORTNIGHTLY"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL=0"),
        ("FREQ=DAILY;COUNT=-1", "COUNT=-1"),
        ("FREQ=DAILY;COUNT=ten", "COUNT holds TEN"),
        ("FREQ=DAILY;COUNT=１", "COUNT"),
        ("FREQ=DAILY;COUNT=99999999999999999999", "COUNT"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20270101", "COUNT and UNTIL"),
        ("FREQ=DAILY;UNTIL=20270230", "UNTIL holds 20270230"),
        ("FREQ=DAILY;UNTIL=tomorrow", "UNTIL"),
        ("FREQ=DAILY;UNTIL=20270101T250000", "UNTIL"),
        ("FREQ=WEEKLY;BYDAY=XX", "BYDAY holds XX"),
        ("FREQ=WEEKLY;BYDAY=", "BYDAY"),
        ("FREQ=WEEKLY;BYDAY=1MO", "BYDAY takes numbers"),
        ("FREQ=MONTHLY;BYDAY=0MO", "0MO"),
        ("FREQ=MONTHLY;BYDAY=54MO", "54MO"),
        ("FREQ=YEARLY;BYDAY=1MO;BYWEEKNO=3", "BYWEEKNO"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY holds 32"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY holds 0"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY"),
        ("FREQ=MONTHLY;BYYEARDAY=1", "BYYEARDAY"),
        ("FREQ=MONTHLY;BYWEEKNO=1", "BYWEEKNO"),
        ("FREQ=YEARLY;BYMONTH=13", "BYMONTH holds 13"),
        ("FREQ=DAILY;BYHOUR=24", "BYHOUR holds 24"),
        ("FREQ=DAILY;BYSETPOS=1", "BYSETPOS"),
        ("FREQ=DAILY;FREQ=WEEKLY", "FREQ stands twice"),
        ("FREQ=DAILY;INTERVALL=2", "INTERVAL is"),
        ("FREQ=DAILY;hello", "HELLO"),
        ("FREQ=DAILY;WKST=1", "WKST"),
        ("FREQ=YEARLY;RSCALE=CHINESE", "RSCALE=CHINESE"),
        ("FREQ=DAILY;BYHOUR=" + ",".join(["1"] * 10_000), "longer than"),
    ],
)
def test_a_bad_rule_is_one_sentence_with_its_fault(text: str, fault: str) -> None:
    with pytest.raises(RecurrenceError) as refused:
        read_rule(text)
    sentence = str(refused.value)
    assert fault in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (["RRULE:FREQ=DAILY"], "no start"),
        (["DTSTART:20261102", "DTSTART:20261103"], "twice"),
        (["DTSTART:20261102", "RRULE:FREQ=HOURLY"], "FREQ=HOURLY"),
        (["DTSTART:20261102T090000", "EXRULE:FREQ=DAILY"], "EXRULE"),
        (["DTSTART:20261102T090000", "RULE:FREQ=DAILY"], "RRULE was expected"),
        (["DTSTART:20261102T090000", "hello"], "hello"),
        (["DTSTART:20261102T090000", "RDATE:yesterday"], "RDATE holds yesterday"),
        (["DTSTART:20261102T090000", "EXDATE;TZID=Mars/Olympus:20261102T090000"], "Mars/Olympus"),
        (["DTSTART:20261102T090000", "DTEND:20261101T090000"], "before the start"),
        (["DTSTART:20261102T090000", "DTEND:20261103T090000", "DURATION:PT1H"], "twice"),
        (["DTSTART:20261102", "DURATION:PT1H"], "whole days"),
        (["DTSTART:00010101T000000"], "DTSTART lies in the year 1"),
        (["DTSTART:20261102T090000", "DURATION:P99999W"], "ten years"),
    ],
)
def test_bad_lines_are_one_sentence_with_their_fault(lines: list[str], fault: str) -> None:
    with pytest.raises(RecurrenceError) as refused:
        read_set(read_lines("\n".join(lines)))
    assert fault in str(refused.value)


@given(st.text(alphabet="FREQ=DAILYWKMONTH;BYUS,:-+0123456789TZP/\n é", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    sentence = "Read."
    try:
        read_set(read_lines(text + "\nDTSTART:20261102T090000"))
    except RecurrenceError as refused:
        sentence = str(refused)
    assert sentence.endswith(".")


def test_lines_are_unfolded_and_parameters_may_be_quoted() -> None:
    found = a_set(
        'DTSTART;TZID="Europe/Berlin";X-A="b:c;d":20261102T090000', "RRULE:FREQ=WEEKLY;BYD", " AY=MO,TU;COUNT=4"
    )
    assert [moment.day for moment in starts(found)] == [2, 3, 9, 10]


def test_dtstart_is_the_first_occurrence_even_off_its_rule() -> None:
    assert [
        moment.day for moment in starts(a_set("DTSTART:20261121T090000", "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3"))
    ] == [
        21,
        23,
        30,
    ]


def test_a_rule_that_ended_before_its_start_leaves_nothing() -> None:
    assert starts(a_set("DTSTART:20261121T090000", "RRULE:FREQ=WEEKLY;UNTIL=20261120T000000")) == []


def test_a_week_number_alone_keeps_the_weekday_of_the_start() -> None:
    found = starts(a_set("DTSTART:20260102T090000", "RRULE:FREQ=YEARLY;BYWEEKNO=1;COUNT=3"))
    assert [f"{moment:%a %Y-%m-%d}" for moment in found] == ["Fri 2026-01-02", "Fri 2027-01-08", "Fri 2028-01-07"]


def test_week_one_may_begin_in_december() -> None:
    found = starts(a_set("DTSTART:20241230T090000", "RRULE:FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO;COUNT=3"))
    assert [f"{moment:%Y-%m-%d}" for moment in found] == ["2024-12-30", "2025-12-29", "2027-01-04"]


def test_the_twenty_ninth_of_february_comes_every_four_years_and_not_in_2100() -> None:
    found = starts(a_set("DTSTART:20920229T090000", "RRULE:FREQ=YEARLY;COUNT=4"))
    assert [moment.year for moment in found] == [2092, 2096, 2104, 2108]


def test_bysetpos_counts_the_whole_of_the_first_week() -> None:
    found = starts(a_set("DTSTART:20261104T090000", "RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=1;COUNT=3"))
    assert [moment.day for moment in found] == [4, 9, 16]


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("PT1H30M", Length(0, 5400)),
        ("P1D", Length(1)),
        ("P2W", Length(14)),
        ("P1DT12H", Length(1, 43_200)),
        ("PT0S", Length()),
    ],
)
def test_durations_are_read_and_written(text: str, length: Length) -> None:
    assert read_length(text) == length
    assert read_length(write_length(length)) == length


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "1H", "-PT1H", "PT1H1H", "PT1M1H", "P1H", "PTH", "PT1", "P1DT", "PT٣H"]
)
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(RecurrenceError, match="no duration"):
        read_length(text)


@pytest.mark.parametrize(
    "lines",
    [
        (
            "DTSTART;TZID=Europe/Berlin:20261102T090000",
            "DURATION:PT1H",
            "RRULE:FREQ=WEEKLY",
            "RRULE:FREQ=MONTHLY;COUNT=3",
        ),
        ("DTSTART:20261102T090000Z", "RDATE:20261103T090000Z,20261105T090000Z", "EXDATE:20261102T090000Z"),
        ("DTSTART;VALUE=DATE:20261102", "RRULE:FREQ=YEARLY", "RDATE;VALUE=DATE:20261224", "EXDATE;VALUE=DATE:20271102"),
        (
            "DTSTART:20261102T090000",
            "RRULE:FREQ=DAILY",
            "RDATE;VALUE=PERIOD:20261103T100000/PT30M",
            "EXDATE;VALUE=DATE:20261104",
        ),
    ],
)
def test_a_set_written_and_read_is_the_set(lines: tuple[str, ...]) -> None:
    found = a_set(*lines)
    assert a_set(*write_set(found)) == found
