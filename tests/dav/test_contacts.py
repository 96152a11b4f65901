"""Contacts through a real CardDAV server: people who are in both books already, companies, labels of other programs."""

from tests.support.calendars import card
from tests.support.dav_homes import Home, settle
from tests.support.dav_servers import Server, ask

Pair = tuple[Home, Home]


def put(server: Server, home: Home, name: str, text: str) -> str:
    """Let another program write a card; return its address."""
    base = home.desk.store.value("SELECT url FROM dav_collection WHERE kind = 'contacts'")
    ask(server, "PUT", f"{base}{name}", text, Content_Type="text/vcard")
    return f"{base}{name}"


def test_a_person_who_is_in_the_book_already_is_not_doubled(homes: Pair, server: Server) -> None:
    one, _ = homes
    one.add("contact", name="Ada Byron", email="ada@example.com")
    put(
        server,
        one,
        "x1.vcf",
        card("UID:x1", "FN:Ada Byron", "N:Byron;Ada;;;", "EMAIL:ada@example.com", "TEL:+493012345"),
    )
    settle(homes)
    for home in homes:
        assert home.desk.store.rows("SELECT name FROM contact WHERE deleted_at IS NULL") == [("Ada Byron",)]
        assert home.desk.store.value("SELECT number FROM phone") == "+493012345"


def test_an_edit_keeps_labels_and_all_that_the_book_cannot_hold(homes: Pair, server: Server) -> None:
    one, two = homes
    lines = ("UID:x2", "FN:Ada Byron", "N:Byron;Ada;;;", "item1.TEL:+49301", "item1.X-ABLABEL:Boat", "X-HOBBY:Engines")
    url = put(server, one, "x2.vcf", card(*lines))
    settle(homes)
    one.edit("contact", one.id_of("Ada Byron"), title="Buyer")
    two.edit("contact", two.id_of("Ada Byron"), description="met in Turin")
    settle(homes)
    said, _ = ask(server, "GET", url)
    for words in ("TITLE:Buyer", "NOTE:met in Turin", "X-HOBBY:Engines", "Boat", "+49301"):
        assert words in said
    assert one.said() == two.said()
    assert not one.inbox()
    assert not two.inbox()


def test_phones_that_change_on_one_side_change_on_the_other(homes: Pair) -> None:
    one, two = homes
    ada = one.add("contact", name="Ada Byron", phone="+49 30 111")
    settle(homes)
    one.edit("contact", ada, phone="+49 30 222")
    settle(homes)
    assert one.said() == two.said()
    assert "+49 30 222" in [row[0] for row in two.desk.store.rows("SELECT number FROM phone")]


def test_a_person_removed_here_goes_from_the_server_and_the_other_book(homes: Pair) -> None:
    one, two = homes
    one.add("contact", name="Ada Byron", email="ada@example.com")
    settle(homes)
    one.remove("contact", one.id_of("Ada Byron"))
    settle(homes)
    assert two.desk.store.value("SELECT count(*) FROM contact WHERE deleted_at IS NULL") == 0


def test_a_second_card_of_a_person_never_takes_the_place_of_the_one_that_is_synced(homes: Pair, server: Server) -> None:
    one, two = homes
    one.add("contact", name="Ada Byron", email="ada@example.com")
    settle(homes)
    url = put(server, one, "x3.vcf", card("UID:x3", "FN:Ada Byron", "N:Byron;Ada;;;", "EMAIL:ada@example.com"))
    settle(homes)
    assert one.said() == two.said()
    assert len(one.said()) == 2
    assert "Ada" in ask(server, "GET", url)[0]
