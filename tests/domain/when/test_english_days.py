"""Days in English, as a rep writes them on Saturday, 21 November 2026, at ten."""

import pytest

from tests.support.dates import told


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("ring Ann today", "2026-11-21"),
        ("tmr", "2026-11-22"),
        ("send the offer tom.", "2026-11-22"),
        ("the day after tomorrow", "2026-11-23"),
        ("day before yesterday", "2026-11-19"),
        ("in 3 days", "2026-11-24"),
        ("ten days from now", "2026-12-01"),
        ("in a fortnight", "2026-12-05"),
        ("in two months' time", "2027-01-21"),
        ("2 weeks ago", "2026-11-07"),
        ("in 5 business days", "2026-11-27"),
        ("four days after tomorrow", "2026-11-26"),
        ("a week from today", "2026-11-28"),
        ("+3d", "2026-11-24"),
        ("next working day", "2026-11-23"),
        ("last business day", "2026-11-20"),
        ("a week from the day after tomorrow", "2026-11-30"),
        ("back for the 28 th", "2026-11-28"),
        ("june twenty two", "2027-06-22"),
        ("boston st. stephen's day", "2026-12-26"),
        ("a couple of days ago", "2026-11-19"),
    ],
)
def test_days_counted_from_today(text: str, day: str) -> None:
    assert told(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("fri", "2026-11-27"),
        ("on Tuesday", "2026-11-24"),
        ("wednesday after next", "2026-12-02"),
        ("monday week", "2026-11-30"),
        ("monday fortnight", "2026-12-07"),
        ("a week on tuesday", "2026-12-01"),
        ("friday in two weeks", "2026-12-04"),
        ("thursday next week", "2026-11-26"),
        ("next week's thursday", "2026-11-26"),
        ("3 mondays from now", "2026-12-07"),
        ("the second sunday from now", "2026-11-29"),
        ("two days before friday", "2026-11-25"),
        ("tuesday the 8th", "2026-12-08"),
        ("since monday", "2026-11-16"),
        ("the closest monday to may 5", "2027-05-03"),
        ("second nearest tuesday to 5 dec", "2026-12-01"),
        ("Friday the 11th", "2026-12-11"),
        ("call Ann week from friday", "2026-12-04"),
        ("tuesday last", "2026-11-17"),
        ("the monday after christmas", "2026-12-28"),
        ("the friday before the 15th", "2026-12-11"),
        ("march last year", "2025-03-01 > 2025-04-01"),
        ("june of next year", "2027-06-01 > 2027-07-01"),
        ("the weekend after next", "2026-12-05 > 2026-12-07"),
        ("the day before the 1st of march", "2027-02-28"),
        ("three days before end of month", "2026-11-27"),
        ("a week today", "2026-11-28"),
        ("two weeks tomorrow", "2026-12-06"),
        ("tomorrow week", "2026-11-29"),
        ("in two and a half weeks", "2026-12-08"),
        ("send the quote 28.3.", "2027-03-28"),
    ],
)
def test_weekdays(text: str, day: str) -> None:
    assert told(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 march", "2027-03-03"),
        ("the third of march", "2027-03-03"),
        ("Mar. 3rd, 2028", "2028-03-03"),
        ("14april", "2027-04-14"),
        ("12 jan '27", "2027-01-12"),
        ("9-Dec-26", "2026-12-09"),
        ("february twenty second", "2027-02-22"),
        ("4th of may two thousand and thirty", "2030-05-04"),
        ("2027, nov 3", "2027-11-03"),
        ("by the 5th", "2026-12-05"),
        ("on the 30th", "2026-11-30"),
        ("the 20th of next month", "2026-12-20"),
        ("2027-03-09", "2027-03-09"),
        ("20270309", "2027-03-09"),
        ("9.3.2027", "2027-03-09"),
        ("9/3", "2027-03-09"),
        ("due 05.12.", "2026-12-05"),
    ],
)
def test_days_of_a_month(text: str, day: str) -> None:
    assert told(text) == day


@pytest.mark.parametrize(
    ("order", "day"), [("dmy", "2027-04-03"), ("mdy", "2027-03-04"), ("ymd", "2027-03-04")], ids=str
)
def test_figures_are_read_in_the_order_of_the_place(order: str, day: str) -> None:
    assert told("3/4/2027", order=order) == day


def test_figures_that_fit_only_one_order_are_read_in_that_one() -> None:
    assert told("25/12/2026", order="mdy") == told("12/25/2026", order="dmy") == "2026-12-25"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("first monday of may", "2027-05-03"),
        ("last friday of the month", "2026-11-27"),
        ("second to last day of january", "2027-01-30"),
        ("last business day of december", "2026-12-31"),
        ("3rd last day of february 2028", "2028-02-27"),
        ("end of march", "2027-03-31"),
        ("eom", "2026-11-30"),
        ("month end", "2026-11-30"),
        ("by year-end", "2026-12-31"),
        ("eoy", "2026-12-31"),
        ("mid-june", "2027-06-15"),
        ("beginning of next quarter", "2027-01-01"),
        ("end of Q1", "2027-03-31"),
        ("end of next week", "2026-11-27"),
    ],
)
def test_counted_days_and_edges_of_periods(text: str, day: str) -> None:
    assert told(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("christmas", "2026-12-25"),
        ("new year's eve", "2026-12-31"),
        ("presidents' day", "2027-02-15"),
        ("thanksgiving 2027", "2027-11-25"),
        ("good friday", "2027-03-26"),
        ("easter monday 2028", "2028-04-17"),
        ("orthodox easter 2027", "2027-05-02"),
        ("chinese new year", "2027-02-06"),
        ("3 days after christmas", "2026-12-28"),
        ("a year from christmas", "2027-12-25"),
        ("remembrance sunday", "2027-11-14"),
        ("the day before new years day", "2026-12-31"),
        ("last thanksgiving", "2025-11-27"),
    ],
)
def test_feasts(text: str, day: str) -> None:
    assert told(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "call Tom at Acme",
        "May signed the contract",
        "met Sun Microsystems",
        "sat down with Bob",
        "order 24/7 support",
        "tel +49 30 1234 5678",
        "room 12.30",
        "version 2.1.3",
        "10-12 people",
        "the second call",
        "ratio 3:4",
        "€12,500 for 40 seats",
        "in the first place",
        "march on",
        "the closest office of Acme",
        "more than 2 weeks ago",
        "",
    ],
)
def test_words_and_figures_that_are_no_dates(text: str) -> None:
    assert told(text) is None
