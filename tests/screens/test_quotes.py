"""Quotes on key 5: the list, the sheet at the keyboard, approvals, the page."""

from pathlib import Path

import pytest

from screens.quotes.approvals import ApprovalsScreen
from screens.quotes.preview import PreviewScreen
from screens.quotes.screen import QuotesScreen
from screens.quotes.sheet import QuoteScreen
from sfa.services import approval_rules, quote_acceptance, quote_approvals, quotes, users
from sfa.services.desk import Desk
from sfa.services.quote_line_text import LineText
from sfa.services.quote_reading import view
from sfa.services.quote_sheet import Meant
from tests.support.driver import SIZES, Driver, desk_driver
from tests.support.factories import a_user, an_opportunity
from tests.support.payloads import PAYLOADS
from tests.support.quotes import a_catalogue, a_quote, sent_quote

Size = tuple[int, int]


def one_quote(desk: Desk) -> None:
    a_quote(desk, LineText(product="PS-1", quantity="10"), LineText(product="V-2", quantity="2"))


def the_quote(drive: Driver) -> Meant:
    return Meant(str(drive.desk.store.value("SELECT max(id) FROM quote")))


def cells(drive: Driver, column: str) -> list[str]:
    return [row[column] for row in drive.rows]


async def opened(drive: Driver) -> None:
    await drive.press("5", "enter")
    assert isinstance(drive.screen, QuoteScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_the_list_tells_state_customer_and_worth(tmp_path: Path, size: Size) -> None:
    async with desk_driver(tmp_path, size=size, fill=one_quote) as drive:
        await drive.press("5")
        assert isinstance(drive.screen, QuotesScreen)
        row = drive.row("Acme GmbH")
        assert (row["state"], row["net"], row["valid_until"]) == ("draft", "1,040.00 EUR", "2026-04-09")
        assert "1,040.00 EUR" in drive.text
        await drive.press("slash", *"state=sent", "enter")
        assert drive.rows == []


async def test_an_empty_list_names_the_key_that_makes_a_quote(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_catalogue) as drive:
        await drive.press("5")
        assert "Press a to make one" in drive.text
        await drive.press("a", *"acme", "enter")
        assert isinstance(drive.screen, QuoteScreen)
        assert "Press a to add products" in drive.text


@pytest.mark.parametrize("size", SIZES)
async def test_lines_are_added_by_typing_quantity_and_name(tmp_path: Path, size: Size) -> None:
    def fill(desk: Desk) -> None:
        a_catalogue(desk)
        quotes.new(desk, {"account": "Acme GmbH"})

    async with desk_driver(tmp_path, size=size, fill=fill) as drive:
        await opened(drive)
        await drive.press("a", *"12 pressure")
        assert "100.00 EUR" in drive.choices[0]
        await drive.press("enter", *"3 valve 5%", "enter", "escape")
        assert cells(drive, "quantity") == ["12", "3"]
        assert cells(drive, "net") == ["1,200.00", "57.00"]
        assert "Net 1,257.00 EUR" in drive.text
        await drive.press("u")
        assert cells(drive, "quantity") == ["12"]


async def test_what_is_no_product_is_told_and_stays(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=one_quote) as drive:
        await opened(drive)
        await drive.press("a", *"2 zebra", "enter")
        assert drive.problem == "No product is called zebra."
        assert drive.typed == "2 zebra"


async def test_cells_are_typed_in_place(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=one_quote) as drive:
        await opened(drive)
        await drive.press("n", "backspace", *"20", "enter")
        assert (cells(drive, "quantity")[0], cells(drive, "net")[0]) == ("20", "2,000.00")
        await drive.press("d", *"5%", "enter", "down", "p", *"18", "enter")
        assert cells(drive, "off") == ["5%", "10%"]
        await drive.press("percent_sign", *"10%", "enter")
        assert "Discount -193.60" in drive.text
        assert "Net 1,742.40 EUR" in drive.text


async def test_a_cell_that_cannot_be_read_stays_to_be_mended(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=one_quote) as drive:
        await opened(drive)
        await drive.press("d", *"150%", "enter")
        assert "A discount of 150% is none." in drive.said
        assert drive.typed == "150%"
        await drive.press("escape")
        assert cells(drive, "off") == ["", ""]


async def test_marked_lines_are_changed_together(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=one_quote) as drive:
        await opened(drive)
        await drive.press("space", "space", "d", *"3%", "enter")
        assert cells(drive, "off") == ["3%", "3%"]


async def test_words_sections_and_lines_without_a_product(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=one_quote) as drive:
        await opened(drive)
        await drive.press("end", "h", *"Service", "enter", "end", "f", *"2 Installation = 250", "enter")
        await drive.press("end", "t", *"Within a week.", "enter")
        assert cells(drive, "what") == ["Pressure sensor", "Valve", "Service", "Installation", "Within a week."]
        assert drive.row("Service")["net"] == "500.00"
        await drive.press("f", *"Travel", "enter")
        assert "needs words and a price" in drive.said


async def test_lines_are_reordered_chosen_and_removed(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=one_quote) as drive:
        await opened(drive)
        await drive.press("J")
        assert cells(drive, "what") == ["Valve", "Pressure sensor"]
        await drive.press("K", "o", *"optional", "enter")
        assert drive.row("Pressure sensor (optional)")["net"] == "(1,000.00)"
        assert "Net 40.00 EUR" in drive.text
        await drive.press("o", *"chosen", "enter")
        assert "Net 1,040.00 EUR" in drive.text
        await drive.press("end", "x")
        assert len(drive.rows) == 1


async def test_enter_tells_how_a_price_came_about(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        earlier = sent_quote(desk, LineText(product="PS-1", quantity="5", price="90"))
        quote_acceptance.accept(desk, earlier, quote_acceptance.Signature("Jane"))
        a_quote(desk, LineText(product="PS-1", quantity="10", discount="4%"))

    async with desk_driver(tmp_path, fill=fill) as drive:
        await opened(drive)
        assert "Last paid 90.00 EUR on 2026-03-10" in drive.text
        await drive.press("enter")
        assert "Own discount: 4 % off" in drive.text
        assert "10 at 96.00 = 960.00 EUR" in drive.text


async def test_margins_are_for_those_who_may_see_them(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=one_quote, size=(120, 36)) as drive:
        await opened(drive)
        assert "margin" not in drive.text

    def promote(desk: Desk) -> None:
        users.become(desk, a_user(desk, name="Boss", role="admin"))

    async with desk_driver(tmp_path, fill=promote, size=(120, 36)) as drive:
        await opened(drive)
        assert "margin 40.8% (cost 616.00)" in drive.text
        assert cells(drive, "margin") == ["40%", "60%"]


async def test_a_discount_that_needs_a_yes_is_submitted_and_approved_in_the_inbox(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        approval_rules.add_usual(desk)
        a_quote(desk, LineText(product="PS-1", quantity="10", discount="15%"))

    async with desk_driver(tmp_path, fill=fill) as drive:
        await opened(drive)
        assert "The manager must approve: blended discount 15 % > 10 %." in drive.text
        await drive.press("greater_than_sign")
        assert drive.choices[0] == "Submit for approval"
        await drive.press("enter")
        assert "The manager is asked to approve" in drive.text

    def promote(desk: Desk) -> None:
        users.become(desk, a_user(desk, name="Boss", role="manager"))

    async with desk_driver(tmp_path, fill=promote) as drive:
        await drive.press("5", "i")
        assert isinstance(drive.screen, ApprovalsScreen)
        assert "for the manager: blended discount 15 % > 10 %" in drive.text
        await drive.press("y", "enter")
        assert "Nothing waits for your approval" in drive.text
        assert view(drive.desk, the_quote(drive)).state == "approved"


async def test_where_two_must_agree_both_are_asked(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        approval_rules.add_usual(desk)
        a_quote(desk, LineText(product="PS-1", quantity="10", discount="25%"))

    async with desk_driver(tmp_path, fill=fill) as drive:
        await opened(drive)
        await drive.press("greater_than_sign", "enter")
        assert "The manager and director are asked to approve" in " ".join(drive.text.split())


async def test_a_refusal_says_why(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        approval_rules.add_usual(desk)
        meant = a_quote(desk, LineText(product="PS-1", quantity="10", discount="15%"))
        quote_approvals.submit(desk, meant)
        users.become(desk, a_user(desk, name="Boss", role="manager"))

    async with desk_driver(tmp_path, fill=fill, size=(120, 36)) as drive:
        await drive.press("5", "i", "n", "enter")
        assert drive.problem == "Something is needed here."
        await drive.press(*"too thin", "enter", "5", "enter")
        assert "Refused by Boss: too thin" in drive.text


async def test_sent_accepted_and_the_deal_won(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        a_catalogue(desk)
        deal = an_opportunity(desk, name="Line 3", account="Acme GmbH")
        a_quote(desk, opportunity=deal)

    async with desk_driver(tmp_path, fill=fill) as drive:
        await opened(drive)
        await drive.press("greater_than_sign", "enter")
        assert drive.typed == "buy@acme.example"
        await drive.press("enter")
        names = {path.suffix for path in drive.desk.store.workspace.documents.iterdir()}
        assert names == {".pdf", ".eml"}
        await drive.press("n")
        assert "is sent: it stays as it is" in drive.said
        await drive.press("greater_than_sign", *"accepted", "enter", *"Jane Doe", "enter", "y")
        assert view(drive.desk, the_quote(drive)).state == "accepted"
        assert drive.desk.store.value("SELECT is_won FROM opportunity") == 1
        kept = drive.desk.store.rows("SELECT sha256 FROM paper_file")
        assert (drive.desk.store.value("SELECT document_sha256 FROM acceptance"),) in kept
        await drive.press("greater_than_sign", "enter")
        assert drive.desk.store.value("SELECT net_minor FROM sales_order") == 100_000
        await drive.press("u", "u")
        assert view(drive.desk, the_quote(drive)).state == "sent"


async def test_revised_and_compared(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=sent_quote) as drive:
        await opened(drive)
        await drive.press("greater_than_sign", *"revise", "enter", "n", "backspace", "backspace", *"8", "enter")
        assert "-R2" in drive.lines[2]
        await drive.press("greater_than_sign", *"compare", "enter")
        assert "1. Pressure sensor, quantity: 10 → 8" in drive.text


async def test_the_page_is_read_in_two_languages(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=one_quote, size=(120, 36)) as drive:
        await opened(drive)
        await drive.press("w")
        assert isinstance(drive.screen, PreviewScreen)
        assert "Pressure sensor" in drive.text
        await drive.press("l")
        assert "报价单" in drive.text
        target = tmp_path / "offer.html"
        await drive.press("s", "ctrl+u", *str(target), "enter")
        assert "报价单" in target.read_text(encoding="utf-8")


async def test_an_opportunity_makes_its_quote_and_opens_it_later(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        a_catalogue(desk)
        an_opportunity(desk, name="Line 3", account="Acme GmbH")

    async with desk_driver(tmp_path, fill=fill) as drive:
        await drive.press("4", "enter", "Q")
        assert isinstance(drive.screen, QuoteScreen)
        assert drive.screen.shown is not None
        assert drive.screen.shown.opportunity == "Line 3"
        await drive.press("escape", "Q")
        assert len(drive.choices) == 2


async def test_the_catalogue_adds_to_an_open_quote(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=one_quote) as drive:
        await drive.press("9", "n", "backspace", *"7", "enter")
        await drive.go_to("Valve")
        await drive.press("Q", "enter")
        assert [line.quantity for line in view(drive.desk, the_quote(drive)).lines] == ["10", "2", "7"]


async def test_a_bundle_is_configured_onto_the_sheet(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        one_quote(desk)
        folder = desk.store.workspace.folder / "bundles"
        folder.mkdir()
        (folder / "kit.toml").write_text(KIT, encoding="utf-8")

    async with desk_driver(tmp_path, fill=fill) as drive:
        await opened(drive)
        await drive.press("c", "ctrl+s")
        assert "is not valid" in drive.said
        await drive.press("space", "ctrl+s")
        assert cells(drive, "what")[2:] == ["Kit", "- Pressure sensor"]
        await drive.press("end", "c", "down", "space", "ctrl+s")
        assert cells(drive, "what")[2:] == ["Kit", "- Valve"]


KIT = """
name = "Kit"
currency = "EUR"

[[group]]
id = "part"
name = "Part"
min = 1
max = 1

[[group.option]]
id = "ps"
name = "Pressure sensor"
product = "PS-1"

[[group.option]]
id = "v"
name = "Valve"
product = "V-2"
"""


async def test_text_from_outside_is_shown_inert(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        lines = [LineText(kind="text", description=payload[:200]) for payload in list(PAYLOADS.values())[:8]]
        a_quote(desk, LineText(product="PS-1"), *lines, name=next(iter(PAYLOADS.values()))[:80])

    async with desk_driver(tmp_path, fill=fill) as drive:
        for keys in (("5",), ("enter",), ("down", "enter"), ("escape", "w")):
            await drive.press(*keys)
            assert drive.leaks() == []


async def test_a_quote_that_is_gone_closes_its_sheet(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=one_quote) as drive:
        await opened(drive)
        await drive.press("colon", *"quote remove 1", "enter")
        await drive.press("escape", "escape")
        assert isinstance(drive.screen, QuotesScreen)
        assert drive.rows == []
