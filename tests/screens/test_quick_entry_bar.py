"""The + bar: what is understood while one types, completion, questions, the draft, what a line is about."""

from pathlib import Path

import pytest

from screens.modals import quick_entry as bar
from sfa.services.desk import Desk
from tests.support.driver import SIZES, desk_driver
from tests.support.entry_bar import a_book, coloured, count, namesakes, until_told
from tests.support.factories import a_contact


@pytest.mark.parametrize("size", SIZES)
async def test_a_line_is_coloured_and_told_in_words_as_it_is_typed(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk_driver(tmp_path, fill=a_book, size=size) as drive:
        await drive.press("plus")
        assert "called Jane at Acme 15min" in drive.text
        assert "打电话给" in drive.text
        await drive.write("demo Jane Doe tue 10:00; Acme renewal 12500 EUR")
        assert coloured(drive)["tue 10:00"] == "when"
        assert coloured(drive)["Jane Doe"] == "who"
        assert coloured(drive)["12500 EUR"] == "much"
        for words in ("what demo", "who Jane Doe", "when Tue 17 Mar 10:00", "how much 12,500 EUR"):
            assert words in drive.text
        assert "event        Demo (Jane Doe at Acme)" in drive.text
        assert drive.problem == ""
        assert drive.leaks() == []


async def test_chinese_is_coloured_where_it_stands(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press("plus")
        await drive.write("明天下午3点 拜访 远东仪器 王小明 谈续约")
        assert coloured(drive) == {"明天下午3点": "when", "拜访": "what", "远东仪器": "who", "王小明": "who"}
        assert "when Wed 11 Mar 15:00" in drive.text


async def test_what_is_typed_is_only_read_until_enter_saves_it_as_one_operation(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        before = drive.desk.store.connection.total_changes
        await drive.press("plus")
        await drive.write("called Jane Doe at Acme 15min; send quote friday; called @Cobalt; met Jnae")
        await drive.press("ctrl+u")
        await drive.write("called Jane Doe at Acme 15min; send quote friday")
        assert "activity     call" in drive.text
        assert drive.desk.store.connection.total_changes == before
        await drive.press("enter")
        assert not drive.is_dialog_open
        assert drive.desk.store.value("SELECT due_on FROM task") == "2026-03-13"
        ref = drive.desk.store.value("SELECT ref FROM activity")
        assert f"activity {ref} call Jane Doe at Acme 15 min" in drive.said
        assert "u undoes it" in drive.said
        await drive.press("u")
        assert (count(drive, "activity"), count(drive, "task")) == (0, 0)


async def test_nothing_is_called_wrong_while_a_word_is_unfinished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bar, "PAUSE_S", 600)
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press("plus")
        await drive.write("Jane")
        assert drive.problem == ""
        monkeypatch.setattr(bar, "PAUSE_S", 0.001)
        await drive.write(" Doe")
        await until_told(drive)
        assert "not what was done" in drive.problem
        assert drive.app.screen.query_one("#problem").has_class("-quiet")


async def test_a_line_that_cannot_be_saved_stays_with_one_sentence(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press("plus")
        await drive.write("called Jane Doe at Nowhere Ltd")
        await drive.press("enter")
        assert drive.problem == "No account is called Nowhere Ltd. Write @Nowhere Ltd to make it."
        assert not drive.app.screen.query_one("#problem").has_class("-quiet")
        assert drive.typed == "called Jane Doe at Nowhere Ltd"
        assert count(drive, "activity") == 0
        await drive.press("ctrl+u")
        assert drive.problem == ""


async def test_tab_completes_the_name_before_the_cursor_and_tab_again_takes_the_next(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=namesakes) as drive:
        await drive.press("plus")
        await drive.write("call jan tomorrow")
        await drive.press(*["left"] * 9, "tab")
        assert drive.typed == "call Jane Doe tomorrow"
        assert "▸ contact      Jane Doe  Acme" in drive.text
        await drive.press("tab")
        assert drive.typed == "call Jane Roe tomorrow"
        assert "▸ contact      Jane Roe  Borealis" in drive.text
        await drive.press("tab", "shift+tab", "down", "up")
        assert drive.typed == "call Jane Roe tomorrow"
        await drive.press("escape")
        assert drive.typed == "call jan tomorrow"
        await drive.press("tab", "space")
        assert drive.typed == "call Jane Doe  tomorrow"
        assert "▸" not in drive.text


async def test_tab_completes_companies_behind_the_sign_deals_and_chinese_by_sound(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        for typed, completed in (
            ("called @b", "called @Borealis"),
            ("won acme r", "won Acme renewal"),
            ("拜访 远", "拜访 远东仪器"),
            ("called ydyq", "called 远东仪器"),
            ("called wangxiaoming", "called 王小明"),
        ):
            await drive.press("plus")
            await drive.write(typed)
            await drive.press("tab")
            assert drive.typed == completed
            await drive.press("ctrl+u", "escape")
        await drive.press("plus")
        await drive.write("called zzzz")
        await drive.press("tab")
        assert drive.typed == "called zzzz"
        assert drive.problem == "No name in the book goes on like this."


async def test_of_namesakes_the_completed_one_is_meant(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        a_book(desk)
        a_contact(desk, name="Jane Doe", account="Borealis")

    async with desk_driver(tmp_path, fill=fill) as drive:
        await drive.press("plus")
        await drive.write("called jan")
        await drive.press("tab", "tab")
        assert "Jane Doe  Borealis" in drive.text
        await drive.write(" 5min")
        await drive.press("enter")
        assert "call Jane Doe at Borealis 5 min" in drive.said


async def test_a_name_that_means_several_is_asked_for_by_one_key(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=namesakes) as drive:
        await drive.press("plus")
        await drive.write("called Jane")
        assert "Jane could be several contacts. Enter asks which one." in drive.text
        await drive.press("enter")
        assert drive.dialog == "Jane could be several contacts."
        assert [line.partition("  ")[0] for line in drive.choices] == ["1", "2"]
        await drive.press("9", "escape")
        assert (drive.dialog, drive.typed) == ("Quick entry", "called Jane")
        await drive.press("enter")
        number = next(at for at, line in enumerate(drive.choices, 1) if "Jane Roe" in line)
        await drive.press(str(number))
        assert not drive.is_dialog_open
        assert "call Jane Roe at Borealis" in drive.said
        assert count(drive, "activity") == 1


async def test_a_question_is_answered_by_keys_that_were_typed_ahead(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=namesakes) as drive:
        for key in ("plus", *"called Jane", "enter", "1"):
            drive._send(key)
        await drive.settle()
        assert not drive.is_dialog_open
        assert count(drive, "activity") == 1


async def test_a_new_company_is_made_after_a_yes(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press("plus")
        await drive.write("called @Cobalt, wants a quote; send quote friday")
        assert "account      Cobalt (new)" in drive.text
        assert "Cobalt is new: enter asks before it is made." in drive.text
        await drive.press("enter")
        assert drive.dialog == "Make the account Cobalt?"
        await drive.press("n")
        assert (drive.dialog, drive.typed) == ("Quick entry", "called @Cobalt, wants a quote; send quote friday")
        await drive.press("enter", "y")
        assert not drive.is_dialog_open
        cobalt = drive.desk.store.value("SELECT id FROM account WHERE name = 'Cobalt'")
        assert drive.desk.store.value("SELECT account_id FROM activity") == cobalt
        await drive.press("u")
        assert drive.desk.store.value("SELECT count(*) FROM account WHERE deleted_at IS NULL") == 3


async def test_a_name_that_is_only_alike_is_shown_before_it_is_saved(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press("plus")
        await drive.write("visited Boraelis")
        await drive.press("enter")
        assert count(drive, "activity") == 0
        assert "Boraelis is taken as Borealis" in drive.text
        assert drive.problem == "A name is only like one in the book: enter once more saves it so."
        await drive.press("enter")
        assert count(drive, "activity") == 1


async def test_the_draft_is_kept_with_the_cursor_at_its_end_until_it_is_saved_or_cleared(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press("plus")
        await drive.write("called Jane")
        await drive.press("escape", "4", "plus")
        await drive.write(" Doe")
        assert drive.typed == "called Jane Doe"
        await drive.press("home", "ctrl+u")
        assert drive.typed == ""
        await drive.press("escape", "plus")
        assert drive.typed == ""


async def test_the_lines_of_this_session_come_back(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        for line in ("visited Acme", "visited Borealis"):
            await drive.press("plus")
            await drive.write(line)
            await drive.press("enter")
        await drive.press("plus")
        await drive.write("call")
        await drive.press("up")
        assert drive.typed == "visited Borealis"
        await drive.press("up", "up")
        assert drive.typed == "visited Acme"
        await drive.press("down", "down")
        assert drive.typed == "call"
