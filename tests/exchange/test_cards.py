"""Address files come into the book: any version, any encoding, all that a card says; broken ones are told."""

import quopri
from typing import Any

import pytest

from sfa.exchange.card_export import write_cards
from sfa.exchange.card_view import card_of
from sfa.services import history
from sfa.services.desk import Desk
from tests.support.calendars import card, take_cards
from tests.support.contents import contents
from tests.support.factories import a_contact, an_account, clock_of

JANE = card(
    "UID:jane",
    "FN:Dr. Jane Q. Doe",
    "N:Doe;Jane;Q.;Dr.;",
    "NICKNAME:Janie,JD",
    "ORG:Acme Pumps;Sales;North",
    "TITLE:Head of Sales",
    "ROLE:Decides",
    "TEL;TYPE=WORK,VOICE:+49 511 123456",
    "TEL;TYPE=CELL,PREF:+49 171 1234567",
    "TEL;TYPE=HOME,FAX:+49 511 999",
    "EMAIL;TYPE=INTERNET,WORK:jane@acme.example",
    "EMAIL;TYPE=INTERNET,HOME:Jane@home.example",
    "ADR;TYPE=WORK:;;Main Street 1;Hannover;NI;30159;Germany",
    "BDAY:1980-03-21",
    "NOTE:First line\\nsecond\\, with a comma",
    "CATEGORIES:fair,VIP",
    "REV:20260101T000000Z",
)


def only(desk: Desk) -> dict[str, Any]:
    """Return the one contact of the book as programs read it."""
    (row,) = desk.store.rows("SELECT id FROM contact WHERE deleted_at IS NULL")
    return card_of(desk, row[0])


def value(desk: Desk, column: str) -> object:
    return desk.store.value(f"SELECT {column} FROM contact")


def test_a_card_becomes_a_contact_with_all_its_ways(desk: Desk) -> None:
    result = take_cards(desk, JANE, ("account",))
    assert (result.of("contact").new, result.created, result.rejected) == (1, {"account": 1}, [])
    found = only(desk)
    kept = ("name", "given", "family", "middle", "prefix", "nickname", "organization", "title", "birthday")
    assert [found[name] for name in kept] == [
        "Dr. Jane Q. Doe",
        "Jane",
        "Doe",
        "Q.",
        "Dr.",
        "Janie, JD",
        "Acme Pumps",
        "Head of Sales",
        "1980-03-21",
    ]
    assert [(item["kind"], item["value"]) for item in found["phones"]] == [
        ("mobile", "+49 171 1234567"),
        ("work", "+49 511 123456"),
        ("fax", "+49 511 999"),
    ]
    assert [(item["kind"], item["value"]) for item in found["emails"]] == [
        ("work", "jane@acme.example"),
        ("home", "Jane@home.example"),
    ]
    assert found["addresses"][0]["value"] == "Main Street 1, Hannover, NI, 30159, Germany"
    assert (value(desk, "department"), value(desk, "description")) == (
        "Sales, North",
        "First line\nsecond, with a comma",
    )
    assert desk.store.rows("SELECT role, is_primary FROM contact_role") == [("Decides", 1)]
    assert desk.store.rows("SELECT name FROM tag ORDER BY name") == [("VIP",), ("fair",)]


def test_a_company_that_is_not_in_the_book_stays_as_words_until_it_is_made(desk: Desk) -> None:
    result = take_cards(desk, JANE)
    assert result.of("contact").new == 1
    assert result.notes == ["1 company is not in the book and kept as words; --create account makes them."]
    assert only(desk)["organization"] == "Acme Pumps"
    assert take_cards(desk, JANE, ("account",)).of("contact").changed == 1
    assert desk.store.rows("SELECT a.name, k.role FROM contact_role k JOIN account a ON a.id = k.account_id") == [
        ("Acme Pumps", "Decides")
    ]
    assert take_cards(desk, JANE, ("account",)).operation_id is None


def test_a_company_of_the_book_is_the_one_that_is_meant(desk: Desk) -> None:
    account = an_account(desk, name="Acme Pumps")
    take_cards(desk, JANE)
    assert desk.store.value("SELECT account_id FROM contact_role") == account


def test_again_changes_nothing_and_undo_takes_all_of_it(desk: Desk) -> None:
    before = contents(desk)
    data = JANE + card("FN:No Uid", "TEL:123456") + card("FN:Only A Name")
    assert take_cards(desk, data, ("account",)).of("contact").new == 3
    again = take_cards(desk, data, ("account",))
    assert (again.of("contact").unchanged, again.operation_id) == (3, None)
    history.undo(desk)
    assert contents(desk) == before


def test_a_card_without_an_end_takes_none_of_those_after_it_along(desk: Desk) -> None:
    result = take_cards(desk, "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Torn\r\n" + card("FN:Second") + card("FN:Third"))
    assert [(item.line, item.what, item.reason) for item in result.rejected] == [
        (1, "Torn", "it has no end (END:VCARD)")
    ]
    assert desk.store.rows("SELECT name FROM contact ORDER BY name") == [("Second",), ("Third",)]


def test_a_card_within_a_card_is_the_agent_of_a_person_and_goes_out_again(desk: Desk) -> None:
    agent = "AGENT:\r\n" + card("FN:Sue", "AGENT:\r\n" + card("FN:Tim", version="2.1").strip(), version="2.1").strip()
    take_cards(desk, card("FN:Boss", agent, "EMAIL:boss@acme.example", version="2.1"))
    written, _ = write_cards(desk, "", "3.0")
    assert written.count("AGENT:\r\nBEGIN:VCARD") == written.count("AGENT:") == 2
    again = take_cards(desk, written)
    assert (again.of("contact").unchanged, again.rejected) == (1, [])


def test_a_birthday_whose_year_the_phone_does_not_know_has_none(desk: Desk) -> None:
    take_cards(desk, card("FN:Ann", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-06"))
    assert only(desk)["birthday"] == "--0506"


def test_broken_cards_are_told_with_their_line_and_the_others_come(desk: Desk) -> None:
    data = card("FN:Good") + card("NOTE:nobody") + JANE + JANE + "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Torn"
    result = take_cards(desk, data)
    assert result.of("contact").new == 2
    assert [(item.line, item.what, item.reason) for item in result.rejected] == [
        (5, "VCARD", "it has no name"),
        (29, "Dr. Jane Q. Doe", "line 9 has the same card"),
        (49, "Torn", "it has no end (END:VCARD)"),
    ]


def test_a_group_of_cards_is_no_contact(desk: Desk) -> None:
    (refusal,) = take_cards(desk, card("FN:Friends", "KIND:group", "MEMBER:urn:uuid:1", version="4.0")).rejected
    assert refusal.reason == "a group of cards has no place in the book"


def test_vcard_2_1_with_quoted_printable_latin_letters(desk: Desk) -> None:
    def quoted(text: str) -> str:
        return quopri.encodestring(text.encode("latin-1"), quotetabs=True).decode()

    data = card(
        f"N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:{quoted('Müller;Jörg')}",
        f"FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:{quoted('Jörg Müller')}",
        "TEL;WORK;VOICE:0511 1234567",
        "TEL;HOME:0511 7654321",
        "EMAIL;PREF;INTERNET:joerg@acme.example",
        "NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0Atwo =\r\nlines",
        version="2.1",
    )
    take_cards(desk, data)
    found = only(desk)
    assert (found["name"], found["given"], found["family"]) == ("Jörg Müller", "Jörg", "Müller")
    assert [item["kind"] for item in found["phones"]] == ["work", "home"]
    assert value(desk, "description") == "one\ntwo lines"


@pytest.mark.parametrize("codec", ["utf-16", "cp1252", "utf-8-sig"])
def test_cards_in_other_encodings(desk: Desk, codec: str) -> None:
    data = card("FN:Jürgen Größe", "N:Größe;Jürgen;;;", "NOTE:für die Straße nach Köln").encode(codec)
    take_cards(desk, data)
    assert only(desk)["family"] == "Größe"


@pytest.mark.parametrize(
    ("lines", "name", "given", "family"),
    [
        (("FN:山田太郎", "N:山田;太郎;;;"), "山田太郎", "太郎", "山田"),
        (("N:山田;太郎;;;",), "山田太郎", "太郎", "山田"),
        (("FN:欧阳小明",), "欧阳小明", "小明", "欧阳"),
        (("FN:최유림",), "최유림", "유림", "최"),
        (("N:van Dyke;Jane;;;",), "Jane van Dyke", "Jane", "van Dyke"),
        (("FN:Jane van Dyke",), "Jane van Dyke", "Jane", "van Dyke"),
        (("FN:Acme Pumps", "ORG:Acme Pumps"), "Acme Pumps", None, None),
        (("EMAIL:jane@acme.example",), "jane@acme.example", None, None),
    ],
)
def test_names_in_the_order_of_their_language(
    desk: Desk, lines: tuple[str, ...], name: str, given: str | None, family: str | None
) -> None:
    take_cards(desk, card(*lines))
    found = only(desk)
    assert (found["name"], found["given"], found["family"]) == (name, given, family)


def test_apple_labels_pictures_and_unknown_words_come_out_again(desk: Desk) -> None:
    lines = (
        "item1.TEL:+1 555 1111",
        "item1.X-ABLABEL:Boat",
        "item2.ADR;TYPE=HOME:Box 7;;Quay 1;Kiel;;24103;Germany",
        "X-SOCIALPROFILE;TYPE=twitter:https://example.com/jane",
        "GEO:geo:52.5,13.4",
        "ANNIVERSARY:20010203",
        "BDAY:--0203",
        "KEY;ENCODING=b:QUJD",
    )
    take_cards(desk, card("UID:1", "FN:Jane Doe", "N:Doe;Jane;;;", *lines, "PHOTO;ENCODING=b;TYPE=PNG:iVBORw0KGgo="))
    assert only(desk)["birthday"] == "--0203"
    four, three = (write_cards(desk, "", version)[0].splitlines() for version in ("4.0", "3.0"))
    for line in lines:
        assert line in four
        assert line in three
    assert "PHOTO:data:image/png;base64,iVBORw0KGgo=" in four
    assert "PHOTO;ENCODING=b;TYPE=PNG:iVBORw0KGgo=" in three


def test_a_picture_of_half_a_megabyte_is_kept_and_one_beyond_that_is_told(desk: Desk) -> None:
    small, large = "QUFB" * 125_000, "QUFB" * 300_000
    take_cards(desk, card("UID:1", "FN:Jane Doe", f"PHOTO;ENCODING=b;TYPE=JPEG:{small}"))
    assert small in write_cards(desk, "", "3.0")[0].replace("\r\n ", "")
    result = take_cards(desk, card("UID:2", "FN:John Doe", f"PHOTO;ENCODING=b;TYPE=JPEG:{large}"))
    assert result.of("contact").new == 1
    assert result.notes == ["line 5: PHOTO has 1,200,029 characters, too many to be kept; it was left out."]


def test_a_person_of_the_book_is_filled_and_not_made_twice(desk: Desk) -> None:
    jane = a_contact(desk, name="Jane Doe", email="jane@acme.example", title="CEO")
    data = card("UID:x", "FN:Jane Doe", "TITLE:Clerk", "NICKNAME:JD", "EMAIL:JANE@acme.example", "TEL:555 123")
    result = take_cards(desk, data)
    assert (result.of("contact").changed, result.of("contact").new) == (1, 0)
    assert "by name and mail address" in result.notes[0]
    expected = [(jane, "CEO", "JD", "x")]
    assert desk.store.rows("SELECT id, title, nickname, uid FROM contact") == expected
    assert desk.store.rows("SELECT number FROM phone") == [("555 123",)]
    take_cards(desk, data)
    assert desk.store.rows("SELECT id, title, nickname, uid FROM contact") == expected, "again neither"


def test_an_older_export_does_not_undo_what_was_written_since(desk: Desk) -> None:
    a_contact(desk, name="Jane Doe", title="Buyer")
    text, _ = write_cards(desk, "", "4.0")
    clock_of(desk).advance(hours=1)
    with desk.store.write("contact.edit", "Changed") as work:
        work.update("contact", str(value(desk, "id")), {"title": "Boss"})
    result = take_cards(desk, text)
    assert (result.of("contact").unchanged, value(desk, "title")) == (1, "Boss")


def test_two_people_of_one_mailbox_are_two(desk: Desk) -> None:
    a_contact(desk, name="Jane Doe", email="office@acme.example")
    assert take_cards(desk, card("FN:John Smith", "EMAIL:office@acme.example")).of("contact").new == 1


def test_a_later_revision_replaces_and_an_earlier_one_does_not(desk: Desk) -> None:
    def version(day: int, number: str) -> str:
        return card("UID:1", "FN:Jane Doe", f"TEL;TYPE=WORK:{number}", f"REV:202601{day:02d}T000000Z")

    take_cards(desk, version(1, "111 111"))
    take_cards(desk, version(2, "222 222"))
    assert desk.store.rows("SELECT number FROM phone") == [("222 222",)]
    older = take_cards(desk, version(1, "111 111"))
    assert (older.of("contact").unchanged, older.operation_id) == (1, None)


def test_what_the_user_changed_since_is_not_overwritten(desk: Desk) -> None:
    data = card("UID:1", "FN:Jane Doe", "TITLE:Buyer")
    take_cards(desk, data)
    clock_of(desk).advance(hours=1)
    with desk.store.write("contact.edit", "Changed") as work:
        work.update("contact", str(value(desk, "id")), {"title": "Boss"})
    assert take_cards(desk, data).of("contact").unchanged == 1
    assert value(desk, "title") == "Boss"


@pytest.mark.parametrize("line", ["EMAIL:jane@acme.example", "TEL:+1 555 1234", "NICKNAME:Jane B", "ORG:Acme Pumps"])
def test_a_card_that_goes_by_something_else_than_a_name_comes_back_as_it_was(desk: Desk, line: str) -> None:
    take_cards(desk, card(line))
    assert take_cards(desk, write_cards(desk, "", "3.0")[0]).operation_id is None


def test_what_is_longer_than_its_place_is_told(desk: Desk) -> None:
    street = "S" * 600
    result = take_cards(desk, card("FN:" + "J" * 300, f"ADR;TYPE=WORK:;;{street};Bonn;;;"))
    assert result.notes == ["line 3: FN has 300 characters; 200 are kept."]
    assert street in write_cards(desk, "", "4.0")[0].replace("\r\n ", "")


def test_controls_and_markup_in_a_name_are_words(desk: Desk) -> None:
    take_cards(desk, card("FN:\x1b[31mRed [/bold]", "TEL:12\x0734"))
    assert only(desk)["name"] == "\ufffd[31mRed [/bold]"


def test_a_dry_run_leaves_nothing(desk: Desk) -> None:
    before = contents(desk)
    assert take_cards(desk, JANE, ("account",), is_dry_run=True).of("contact").new == 1
    assert contents(desk) == before
