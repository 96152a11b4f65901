"""Lists: filter, sort, marks, bulk edit with a preview, the trash."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from screens.lists import EXAMPLES
from screens.widgets.paging import ListSource, Row
from sfa.services import listing
from sfa.services.desk import Desk
from tests.support.driver import LARGE, SIZES, desk_driver
from tests.support.factories import a_contact, an_account, an_opportunity, make_desk

NAMES = ("Acme", "Borealis", "Cobalt", "Delta")


def four_accounts(desk: Desk) -> None:
    for number, name in enumerate(NAMES):
        an_account(desk, name=name, city="Köln" if number % 2 else "Lyon", type="prospect")


@pytest.mark.parametrize("noun", EXAMPLES)
def test_the_example_in_the_filter_line_can_be_typed(tmp_path: Path, noun: str) -> None:
    desk = make_desk(tmp_path)
    an_account(desk, name="Acme")
    assert listing.can_filter(desk, noun, EXAMPLES[noun])
    desk.close()


async def test_the_filter_line_has_an_example_for_the_list_that_is_shown(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=four_accounts) as drive:
        await drive.press("3", "slash")
        assert "type=customer city=Köln" in drive.text
        await drive.press("escape", "tab", "slash")
        assert "account=Acme title=buyer" in drive.text


async def test_a_bulk_edit_shows_what_it_would_do_and_is_one_undo(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=four_accounts) as drive:
        await drive.press("3", "space", "down", "space", "e")
        assert drive.dialog == "Change 2 accounts"
        await drive.write("type=customer")
        await drive.press("enter")
        assert drive.dialog == "Change 2 accounts?"
        assert drive.text.count("type: prospect → customer") == 2
        await drive.press("y")
        assert drive.names("type") == ["customer", "prospect", "customer", "prospect"]
        assert not drive.table.marks
        await drive.press("u")
        assert drive.names("type") == ["prospect"] * 4


async def test_a_bulk_edit_of_everything_shown_leaves_out_what_is_not_shown(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=four_accounts) as drive:
        await drive.press("3", "slash", *"city=Köln", "enter", "ctrl+a", "e", *"type=partner", "enter", "y", "escape")
        assert drive.names("type") == ["prospect", "partner", "prospect", "partner"]


async def test_no_bulk_edit_without_consent(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=four_accounts) as drive:
        await drive.press("3", "ctrl+a", "e", *"type=partner", "enter", "n")
        assert drive.names("type") == ["prospect"] * 4


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("type", "Write field=value, such as owner=me."),
        ("colour=red", "There is no field “colour”. Take one of those below."),
        ("type=prospect", "All of them have that already."),
        ("owner=Nobody", "No user is called Nobody."),
    ],
)
async def test_a_bulk_edit_that_cannot_be_says_why(tmp_path: Path, typed: str, told: str) -> None:
    async with desk_driver(tmp_path, fill=four_accounts) as drive:
        await drive.press("3", "ctrl+a", "e")
        await drive.write(typed)
        await drive.press("enter")
        assert drive.problem.startswith(told)
        assert drive.typed == typed


async def test_an_unknown_filter_says_why_and_keeps_the_list(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=four_accounts) as drive:
        await drive.press("3", "slash")
        await drive.write("colour=red")
        await drive.press("enter")
        assert "has no field colour" in drive.problem
        assert drive.typed == "colour=red"
        assert drive.names() == list(NAMES)
        await drive.press("escape")
        assert drive.problem == ""
        assert drive.names() == list(NAMES)


async def test_escape_in_the_list_takes_the_filter_away(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=four_accounts) as drive:
        await drive.press("3", "slash", *"cob", "enter")
        assert drive.names() == ["Cobalt"]
        assert "Accounts: cob" in drive.text
        await drive.press("escape")
        assert drive.names() == list(NAMES)


async def test_a_filter_that_nothing_fits_says_so(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=four_accounts) as drive:
        await drive.press("3", "slash", *"zzz", "enter")
        assert "Nothing fits the filter. Press / to change it, esc to clear it." in drive.text


async def test_a_list_is_sorted_by_a_column_and_turned_round(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=four_accounts) as drive:
        await drive.press("3", "s")
        assert drive.dialog == "Sort by"
        await drive.press(*"account", "enter")
        assert drive.names() == list(reversed(NAMES))
        await drive.press("s", *"city", "enter")
        assert drive.names("city") == ["Köln", "Köln", "Lyon", "Lyon"]
        assert "City↑" in drive.text


async def test_another_filter_forgets_the_marks(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=four_accounts) as drive:
        await drive.press("3", "space", "slash", *"b", "enter")
        assert not drive.table.marks


async def test_tab_turns_to_contacts_and_each_list_keeps_its_filter(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        four_accounts(desk)
        a_contact(desk, name="Jane Doe", account="Acme")

    async with desk_driver(tmp_path, fill=fill) as drive:
        await drive.press("3", "slash", *"cob", "enter", "tab")
        assert drive.row("Jane Doe")["account"] == "Acme"
        await drive.press("tab", "tab")
        assert drive.names() == ["Cobalt"]


async def test_what_was_removed_comes_back_from_the_trash(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=four_accounts) as drive:
        await drive.press("3", "D", "D")
        assert drive.names() == ["Cobalt", "Delta"]
        await drive.press("T")
        assert sorted(drive.names("label")) == ["Acme", "Borealis"]
        await drive.go_to("Acme")
        await drive.press("r")
        assert drive.names("label") == ["Borealis"]
        await drive.press("escape")
        assert drive.names() == ["Acme", "Cobalt", "Delta"]


async def test_an_account_with_open_deals_is_removed_only_on_demand(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        an_opportunity(desk, account_id=an_account(desk, name="Acme"))

    async with desk_driver(tmp_path, fill=fill) as drive:
        await drive.press("3", "D")
        assert drive.dialog == "Remove it all the same?"
        assert "has 1 open deal" in drive.text
        await drive.press("n")
        assert drive.names() == ["Acme"]
        await drive.press("D", "y")
        assert drive.names() == []


async def test_the_history_takes_back_any_change(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=four_accounts) as drive:
        await drive.press("3", "D", "down", "D", "Y")
        await drive.go_to("Removed Acme")
        await drive.press("enter", "y", "escape")
        assert "Acme" in drive.names()
        assert "Cobalt" not in drive.names()


async def test_deals_show_in_words_what_is_wrong_with_them(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        an_opportunity(desk, name="Late", close_date="2026-02-01", next_step="Call", next_step_on="2026-03-12")
        an_opportunity(desk, name="Idle", close_date="2026-04-01")

    async with desk_driver(tmp_path, size=LARGE, fill=fill) as drive:
        await drive.press("4")
        assert "! late" in drive.text
        await drive.press("b")
        assert drive.row("Late")["health"] == "! late"
        assert drive.row("Idle")["health"] == "○ no step"
        await drive.press("question_mark")
        assert "close date passed" in drive.text


@pytest.mark.parametrize("size", SIZES)
async def test_every_empty_list_names_a_key(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk_driver(tmp_path, size=size, fill=an_account) as drive:
        for keys in (["8"], ["3", "tab"], ["tab"], ["T"], ["1"]):
            await drive.press(*keys)
            assert drive.names(drive.table._painter.columns[0].id) == []
            assert any(word in drive.text for word in ("Press a ", "Press tab ", "Press esc ", "+ enters")), drive.text


class BrokenSource(ListSource):
    """Fails at its first read."""

    def first_page(self) -> Sequence[Row]:
        raise OSError("the disk is gone")


@pytest.mark.parametrize("area", ["1", "3", "8", "T", "Y"])
async def test_a_list_that_cannot_be_read_says_so_on_every_screen(tmp_path: Path, area: str) -> None:
    async with desk_driver(tmp_path, fill=four_accounts, is_defect_expected=True) as drive:
        await drive.press(area)
        drive.table.set_source(BrokenSource(()))
        await drive.settle()
        assert "OSError: the disk is gone" in drive.said
        assert drive.log.read_text(encoding="utf-8").count("OSError: ") == 1
