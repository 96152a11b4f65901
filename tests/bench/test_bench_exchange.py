"""Calendar and address files against the parser library alone, in the same run: at most three times it, and linear."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from icalendar import Component

from tests.support.calendars import calendar, card, event, take, take_cards
from tests.support.factories import make_desk

pytestmark = pytest.mark.bench
CARDS, EVENTS, PART = 5000, 4400, 4
MOST = 3.0
STEEPEST = 1.5
"""How much longer a record may take in the whole file than in a quarter of it."""


def cards(count: int) -> bytes:
    """Return a file of cards of 500 companies."""
    return "".join(
        card(
            f"UID:card-{at}",
            f"FN:Given{at % 977} Family{at}",
            f"N:Family{at};Given{at % 977};;;",
            f"ORG:Company {at % 500};Sales",
            "TITLE:Buyer",
            f"TEL;TYPE=WORK:+49 511 {1_000_000 + at}",
            f"TEL;TYPE=CELL:+49 171 {2_000_000 + at}",
            f"EMAIL;TYPE=WORK:given{at}@company{at % 500}.example",
            f"ADR;TYPE=WORK:;;Street {at};City {at % 90};;{10_000 + at};Germany",
            f"NOTE:Met at the fair\\, wants a quote {at}",
            "CATEGORIES:fair,prospect",
            "REV:20260101T000000Z",
        )
        for at in range(count)
    ).encode()


def events(count: int) -> bytes:
    """Return a calendar of which each tenth appointment repeats and each third has somebody asked."""
    return calendar(
        *(
            event(
                f"UID:{at}@bench",
                f"DTSTART;TZID=Europe/Berlin:2026{at % 12 + 1:02d}{at % 28 + 1:02d}T{8 + at % 9:02d}0000",
                f"DTEND;TZID=Europe/Berlin:2026{at % 12 + 1:02d}{at % 28 + 1:02d}T{9 + at % 9:02d}0000",
                f"SUMMARY:Meeting {at}",
                f"DESCRIPTION:some words that make it as long as such things are {at}",
                f"LOCATION:Hall {at % 50}",
                "DTSTAMP:20260101T000000Z",
                "STATUS:CONFIRMED",
                *(["RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=20"] if at % 10 == 0 else []),
                *([f"ATTENDEE;CN=Guest {at % 300}:mailto:guest{at % 300}@firm.example"] if at % 3 == 0 else []),
                "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT15M\nDESCRIPTION:Soon\nEND:VALARM",
            )
            for at in range(count)
        )
    )


@pytest.mark.parametrize(("make", "count"), [(cards, CARDS), (events, EVENTS)])
def test_a_file_takes_at_most_three_times_the_parser_alone(
    tmp_path: Path, make: Callable[[int], bytes], count: int
) -> None:
    whole, part = make(count), make(count // PART)
    alone = _timed(lambda: Component.from_ical(whole.decode(), multiple=True))
    small = _import(tmp_path / "part", part)
    ours = _import(tmp_path / "whole", whole)
    sys.stdout.write(
        f"\n{count:,} {make.__name__}, {len(whole) / 1e6:.1f} MB: {ours:.2f} s, parser alone {alone:.2f} s,"
        f" ratio {ours / alone:.2f}; a record {ours / small / PART:.2f} times as slow as in a quarter of it"
    )
    assert ours / alone <= MOST
    assert ours / small / PART <= STEEPEST


def _import(folder: Path, data: bytes) -> float:
    desk = make_desk(folder)
    try:
        if data.startswith(b"BEGIN:VCARD"):
            return _timed(lambda: take_cards(desk, data, ("account",)))
        return _timed(lambda: take(desk, data))
    finally:
        desk.close()


def _timed(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started
