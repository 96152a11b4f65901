"""Cards go out and come back with every value, in both versions."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Component

from sfa.exchange.card_export import write_cards
from sfa.exchange.card_view import card_of
from sfa.exchange.content_lines import escaped, folded, write_line
from sfa.services.desk import Desk
from tests.support.calendars import card, take_cards
from tests.support.factories import a_contact, an_account, make_desk

FAST = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=25).filter(str.strip)
TYPES = st.sampled_from([["WORK"], ["HOME"], ["CELL"], ["FAX"], ["HOME", "FAX"], ["PAGER"], ["WORK", "VIDEO"], []])
PLACES = st.lists(st.one_of(st.just(""), WORDS), min_size=7, max_size=7).filter(any)


@st.composite
def cards(draw: st.DrawFn) -> bytes:
    """Return one card with names, ways to reach somebody, places, dates, and words that nobody knows."""
    lines = ["BEGIN:VCARD", "VERSION:3.0", "UID:one", f"FN:{escaped(draw(WORDS))}"]
    lines.append("N:" + ";".join(escaped(draw(st.one_of(st.just(""), WORDS))) for _ in range(5)))
    numbers = draw(st.lists(st.tuples(st.integers(10**6, 10**12), TYPES), max_size=3, unique_by=lambda pair: pair[0]))
    lines += [write_line("TEL", str(number), {"TYPE": types} if types else {}) for number, types in numbers]
    kinds = draw(st.lists(st.sampled_from(["WORK", "HOME"]), max_size=3))
    lines += [write_line("EMAIL", f"mail{at}@acme.example", {"TYPE": [kind]}) for at, kind in enumerate(kinds)]
    places = draw(st.lists(PLACES, max_size=2))
    lines += [write_line("ADR", ";".join(map(escaped, parts)), {"TYPE": ["WORK"]}) for parts in places]
    names = draw(st.lists(st.sampled_from(["NOTE", "TITLE", "ORG", "NICKNAME", "X-ODD", "ROLE"]), unique=True))
    lines += [f"{name}:{escaped(draw(WORDS))}" for name in names]
    if draw(st.booleans()):
        lines.append(f"BDAY:{draw(st.dates()).isoformat()}")
    return folded([*lines, "END:VCARD"]).encode()


def values(desk: Desk) -> list[dict[str, Any]]:
    """Return all contacts as programs read them."""
    found = [card_of(desk, row[0]) for row in desk.store.rows("SELECT id FROM contact ORDER BY name, uid")]
    for item in found:
        del item["uid"]
    return found


@FAST
@given(cards(), st.sampled_from(["3.0", "4.0"]), st.booleans())
def test_every_value_comes_back(data: bytes, version: str, has_accounts: bool) -> None:  # noqa: FBT001 - drawn
    create = ("account",) if has_accounts else ()
    with TemporaryDirectory() as folder:
        one, other = make_desk(Path(folder) / "one"), make_desk(Path(folder) / "other", seed=2)
        try:
            assert take_cards(one, data, create).rejected == []
            text, count = write_cards(one, "", version)
            assert count == 1
            assert take_cards(other, text, create).rejected == []
            assert values(other) == values(one)
            assert take_cards(one, text, create).operation_id is None, "one's own export changes nothing"
            assert write_cards(one, "", version)[0] == text
        finally:
            one.close()
            other.close()


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_a_contact_made_here_goes_out_as_another_program_reads_it(desk: Desk, version: str) -> None:
    account = an_account(desk, name="Müller, Söhne & Co; KG")
    a_contact(
        desk,
        name="Jane Doe",
        account=account,
        role="Decides",
        title="CEO",
        email="jane@acme.example",
        mobile="+49 171 123",
        birthday="1980-03-21",
        street="Main 1",
        city="Hannover",
        description="one\ntwo",
    )
    text, _ = write_cards(desk, "", version)
    (found,) = Component.from_ical(text, multiple=True)
    assert str(found["FN"]) == "Jane Doe"
    assert str(found["EMAIL"]) == "jane@acme.example"
    assert "ORG:Müller\\, Söhne & Co\\; KG" in text
    assert f"BDAY:{'1980-03-21' if version == '3.0' else '19800321'}" in text


def test_only_some_go_out(desk: Desk) -> None:
    take_cards(desk, card("FN:Jane Doe", "TITLE:CEO") + card("FN:John Doe"))
    text, count = write_cards(desk, "title=CEO", "4.0")
    assert (count, "FN:Jane Doe" in text, "John" in text) == (1, True, False)
