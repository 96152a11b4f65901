"""A quick entry is about the record that is looked at, and is found again in its list."""

from pathlib import Path

from tests.support.driver import desk_driver
from tests.support.entry_bar import a_book, count, namesakes


async def test_a_line_without_a_name_is_about_the_record_that_is_looked_at(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        acme = drive.desk.store.value("SELECT id FROM account WHERE name = 'Acme'")
        await drive.press("3")
        await drive.go_to("Acme")
        await drive.press("plus")
        await drive.write("called, no answer; send brochure friday")
        assert "about Acme  ·  ctrl+d drops it" in drive.text
        await drive.press("enter")
        assert drive.desk.store.value("SELECT account_id FROM activity") == acme
        assert drive.desk.store.value("SELECT account_id FROM task") == acme
        await drive.press("plus")
        await drive.write("task: buy stamps")
        await drive.press("ctrl+d")
        assert "about Acme" not in drive.text
        await drive.press("enter")
        assert drive.desk.store.value("SELECT account_id FROM task WHERE subject = 'buy stamps'") is None


async def test_a_line_that_names_somebody_is_not_about_the_record_behind_it(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press("3")
        await drive.go_to("Acme")
        await drive.press("plus")
        await drive.write("called Bob Ray")
        assert "not about Acme: the line names its own" in drive.text
        await drive.press("enter")
        borealis = drive.desk.store.value("SELECT id FROM account WHERE name = 'Borealis'")
        assert drive.desk.store.value("SELECT account_id FROM activity") == borealis


async def test_at_a_deal_an_amount_is_its_amount_and_what_is_done_hangs_on_it(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        deal = drive.desk.store.value("SELECT id FROM opportunity")
        drive.app.open_hit(("opportunity", str(deal)))
        await drive.settle()
        await drive.press("plus")
        await drive.write("called Jane Doe, wants more; 55k by end of june; note: price is fine")
        await drive.press("enter")
        assert count(drive, "opportunity") == 1
        assert drive.desk.store.value("SELECT amount_minor FROM opportunity") == 5_500_000
        assert drive.desk.store.value("SELECT opportunity_id FROM activity") == deal
        assert drive.desk.store.value("SELECT opportunity_id FROM note") == deal
        assert "price is fine" in drive.text


async def test_at_a_person_an_appointment_is_with_her(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        jane = drive.desk.store.value("SELECT id FROM contact WHERE name = 'Jane Doe'")
        drive.app.open_hit(("contact", str(jane)))
        await drive.settle()
        await drive.press("plus")
        await drive.write("demo tue 10:00")
        assert "about Jane Doe" in drive.text
        await drive.press("enter")
        assert drive.desk.store.rows("SELECT contact_id, starts_wall FROM event") == [(jane, "2026-03-17T10:00")]


async def test_the_first_name_of_somebody_at_the_company_that_is_looked_at_is_enough(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=namesakes) as drive:
        await drive.press("3")
        await drive.go_to("Borealis")
        await drive.press("plus")
        await drive.write("called Jane")
        assert "call Jane Roe at Borealis" in drive.text


async def test_what_was_entered_is_under_the_cursor_of_the_list(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press("4", "plus")
        await drive.write("new deal Borealis 12k, training")
        await drive.press("enter")
        assert drive.board.at_cursor == "Borealis, training"
        await drive.press("3", "plus")
        await drive.write("called @Cobalt")
        await drive.press("enter", "y")
        assert drive.table.cursor_key == drive.desk.store.value("SELECT id FROM account WHERE name = 'Cobalt'")
