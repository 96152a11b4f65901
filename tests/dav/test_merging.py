"""Three-way merge of texts: what one side changed is taken, what both changed is disputed, and nothing else is touched."""

from hypothesis import given
from hypothesis import strategies as st

from sfa.dav.merging import merge
from sfa.dav.parts import Parts, part_of, parts_of_calendar, parts_of_card, written
from sfa.exchange.calendar_import import read_calendars
from sfa.exchange.card_import import read_cards
from tests.support.calendars import calendar, card, event

NAMES = ("SUMMARY", "LOCATION", "DESCRIPTION", "URL", "X-COLOUR")
VALUES = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(("a", "b", "c")))


def parts(*components: str) -> Parts:
    """Return a calendar in parts, its instances by their RECURRENCE-ID."""
    (found,) = read_calendars(calendar(*components))
    return parts_of_calendar(found, lambda item: item.text("RECURRENCE-ID"))


def one(values: dict[str, str], *more: str) -> Parts:
    """Return one appointment with some properties."""
    return parts(event("UID:u", *(f"{name}:{value}" for name, value in values.items()), *more))


def fields(found: Parts, key: str = "") -> dict[str, str]:
    """Return the properties of a component by name."""
    return {name: "".join(item.lines) for name, item in found.parts[key].items() if name}


@given(VALUES, VALUES, VALUES)
def test_what_only_one_side_changed_is_taken_and_both_orders_agree(
    base: dict[str, str], theirs: dict[str, str], mine: dict[str, str]
) -> None:
    found = merge(one(base), one(theirs), one(base), one(mine))
    there = merge(one(base), one(mine), one(base), one(theirs))
    assert set(found.disputed) == set(there.disputed)
    disputed = {name for name in NAMES if base.get(name) != theirs.get(name) != mine.get(name) != base.get(name)}
    assert set(found.disputed) == disputed
    for name in set(NAMES) - disputed:
        wanted = mine.get(name) if base.get(name) == theirs.get(name) else theirs.get(name)
        assert fields(found.parts).get(name) == (None if wanted is None else f"{name}:{wanted}")


@given(VALUES, VALUES)
def test_an_unchanged_side_changes_nothing(base: dict[str, str], theirs: dict[str, str]) -> None:
    found = merge(one(base), one(theirs), one({}, "X-FORM:own"), one({}, "X-FORM:own"))
    assert not found.disputed
    assert found.parts.value == one(theirs).value


def test_an_instance_that_one_side_added_is_there_and_one_that_it_took_away_is_not() -> None:
    series, first, second = (
        event("UID:u", "DTSTART:20260301T100000", "RRULE:FREQ=DAILY"),
        event("UID:u", "RECURRENCE-ID:20260302T100000", "SUMMARY:first"),
        event("UID:u", "RECURRENCE-ID:20260303T100000", "SUMMARY:second"),
    )
    found = merge(parts(series, first), parts(series), parts(series, first), parts(series, first, second))
    assert not found.disputed
    assert set(found.parts.parts) == {"", "20260303T100000"}


def test_a_series_that_moved_on_one_side_while_its_instances_changed_on_the_other_is_disputed() -> None:
    before = event("UID:u", "DTSTART:20260301T100000", "RRULE:FREQ=DAILY")
    moved = event("UID:u", "DTSTART:20260301T110000", "RRULE:FREQ=DAILY")
    first = event("UID:u", "RECURRENCE-ID:20260302T100000", "SUMMARY:first")
    assert merge(parts(before), parts(moved), parts(before), parts(before, first)).disputed == ["time"]
    assert merge(parts(before), parts(before, first), parts(before), parts(moved)).disputed == ["time"]


def test_start_length_and_rule_are_one_field() -> None:
    base = event("UID:u", "DTSTART:20260301T100000", "DTEND:20260301T110000")
    later = event("UID:u", "DTSTART:20260301T120000", "DTEND:20260301T130000")
    longer = event("UID:u", "DTSTART:20260301T100000", "DTEND:20260301T140000")
    assert merge(parts(base), parts(later), parts(base), parts(longer)).disputed == ["time"]


def test_order_escapes_and_stamps_say_nothing() -> None:
    one_way = event("UID:u", "SUMMARY:a\\, b", "LOCATION:x", "DTSTAMP:20260101T000000Z", "SEQUENCE:1")
    other_way = event("UID:u", "LOCATION:x", "SUMMARY:a, b", "DTSTAMP:20270101T000000Z", "SEQUENCE:9")
    assert parts(one_way).value == parts(other_way).value


def test_labels_go_with_their_numbers_and_never_to_those_of_others() -> None:
    def of(text: str) -> Parts:
        return parts_of_card(read_cards(text.encode())[0])

    base = of(card("UID:u", "FN:Ada", "item1.TEL:1", "item1.X-ABLABEL:Boat"))
    theirs = of(
        card("UID:u", "FN:Ada", "item1.URL:http://a", "item1.X-ABLABEL:Blog", "item2.TEL:1", "item2.X-ABLABEL:Boat")
    )
    mine = of(card("UID:u", "FN:Ada", "item1.TEL:2", "item1.X-ABLABEL:Boat"))
    found = merge(base, theirs, base, mine)
    assert not found.disputed
    lines = written(found.parts).split("\r\n")
    assert {"item1.URL:http://a", "item1.X-ABLABEL:Blog", "sfaitem1.TEL:2", "sfaitem1.X-ABLABEL:Boat"} <= set(lines)
    assert "item2.TEL:1" not in lines


def test_a_text_written_from_its_parts_says_the_same() -> None:
    zone = event(
        "TZID:Here",
        event("DTSTART:19700101T000000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0100", name="STANDARD"),
        name="VTIMEZONE",
    )
    alarm = event("ACTION:DISPLAY", "TRIGGER:-PT5M", name="VALARM")
    found = parts(zone, event("UID:u", "DTSTART;TZID=Here:20260301T100000", "SUMMARY:Ünï" + "x" * 200, alarm))
    (again,) = read_calendars(written(found).encode())
    assert parts_of_calendar(again, lambda _item: "").value == found.value
    assert again.children[0].name == "VTIMEZONE"
    assert part_of(again.children[1])["VALARM"].value == found.parts[""]["VALARM"].value
