"""The list as a person meets it: rows, cursor, pages, columns, another filter."""

import pytest
from rich.cells import cell_len
from rich.text import Text

from screens.widgets.paging import ListSource, Row
from tests.support.table_app import BrokenSource, Gate, NumberedSource, TableApp, a_row, settle

MILLION = 1_000_000
SIZES = [(80, 24), (120, 36)]


def a_list(count: int) -> ListSource:
    return ListSource([a_row(number) for number in range(count)])


@pytest.mark.parametrize("size", SIZES)
async def test_the_first_rows_are_there_before_the_rows_are_counted(size: tuple[int, int]) -> None:
    gate, source = Gate(), NumberedSource(MILLION)
    source.gate = gate
    app = TableApp(source)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "Account 0" in app.text()
        assert f"Account {size[1] - 4}" in app.text()
        assert "64+" in app.lines()[-1]
        gate.open()
        await settle(pilot)
        assert "1,000,000" in app.lines()[-1]


@pytest.mark.parametrize("size", SIZES)
async def test_keys_move_the_cursor_and_keep_it_in_view(size: tuple[int, int]) -> None:
    app = TableApp(a_list(500))
    rows_in_view = size[1] - 3
    async with app.run_test(size=size) as pilot:
        await pilot.press("j", "down", "k", "up", "down")
        assert app.table.cursor_key == "id-1"
        await pilot.press("pagedown")
        assert app.table.cursor_key == f"id-{1 + rows_in_view}"
        await pilot.press("G")
        assert app.table.cursor_key == "id-499"
        await pilot.pause()
        assert app.lines()[-2].startswith("│› ")
        assert "Account 499 " in app.lines()[-2]
        await pilot.press("up", "pageup", "home")
        await pilot.pause()
        assert app.lines()[2].startswith("│›  Account 0 ")
        await pilot.press("up")
        assert app.table.cursor_position == 0


async def test_the_end_of_a_million_rows_is_one_key_away() -> None:
    source = NumberedSource(MILLION)
    app = TableApp(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("end")
        await pilot.pause()
        assert app.table.cursor_key == "id-999999"
        assert "Account 999999" in app.lines()[-2]
        await pilot.press("down")
        assert app.table.cursor_position == MILLION - 1
        await pilot.press("g")
        await pilot.pause()
        assert app.table.cursor_key == "id-0"
    assert len(source.pages_read) <= 6


async def test_paging_through_a_long_list_leaves_no_row_out() -> None:
    app = TableApp(NumberedSource(2_000))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        seen: set[str] = set()
        for _ in range(2_000 // 21 + 2):
            await pilot.pause()
            seen.update(line.split()[2] for line in app.lines()[2:-1])
            await pilot.press("pagedown")
    assert seen == {str(number) for number in range(2_000)}


async def test_a_slow_source_shows_placeholders_and_then_its_rows() -> None:
    gate, source = Gate(), NumberedSource(10_000, is_quick=False)
    app = TableApp(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "Account 0" in app.text()
        source.gate = gate
        await pilot.press("end")
        await pilot.pause()
        assert app.table.cursor_key is None
        assert "…" in app.lines()[-2]
        gate.open()
        await settle(pilot)
        assert app.table.cursor_key == "id-9999"
        assert "Account 9999" in app.lines()[-2]
        assert app.highlighted[-1] == "id-9999"


async def test_the_screen_hears_of_every_row_the_cursor_reaches_and_of_the_one_opened() -> None:
    app = TableApp(a_list(3))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "down", "down", "enter")
        await pilot.pause()
    assert app.highlighted == ["id-0", "id-1", "id-2"]
    assert app.opened == ["id-2"]


@pytest.mark.parametrize(("size", "shown"), [((80, 24), ("name", "city", "amount")), ((120, 36), None)])
async def test_columns_that_matter_less_wait_for_a_wider_screen(
    size: tuple[int, int], shown: tuple[str, ...] | None
) -> None:
    app = TableApp(a_list(3))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert app.table.columns_shown == (shown or ("name", "city", "amount", "owner"))
        assert ("Jane Doe" in app.text()) == (shown is None)
        assert all(cell_len(line) == size[0] for line in app.lines())


async def test_the_columns_follow_a_screen_that_grows() -> None:
    app = TableApp(a_list(3))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "owner" not in app.table.columns_shown
        await pilot.resize_terminal(120, 36)
        await pilot.pause()
        assert "owner" in app.table.columns_shown
        assert "Jane Doe" in app.text()


async def test_chinese_names_align_and_are_never_cut_in_half() -> None:
    rows = [
        Row("1", ("远东仪器有限公司上海分公司驻北京市朝阳区办事处及其维修服务中心", "上海", "1.00", "")),
        Row("2", ("Müller & Söhne", "株式会社", "2.00", "")),
        Row("3", ("한국전자 a", "서울", "3.00", "")),
    ]
    app = TableApp(ListSource(rows))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        lines = app.lines()
    assert all(cell_len(line) == 80 for line in lines)
    ends = [cell_len(line[: line.index(".00")]) for line in lines[2:5]]
    assert len(set(ends)) == 1
    assert "…" in lines[2]


async def test_another_filter_starts_at_the_top_and_late_answers_of_the_old_one_are_dropped() -> None:
    gate, old = Gate(), NumberedSource(MILLION, name="Old")
    old.gate = gate
    app = TableApp(old)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "down")
        app.table.set_source(NumberedSource(70, name="New"))
        await pilot.pause()
        assert old.cancelled == 1
        assert "New 0" in app.text()
        gate.open()
        await settle(pilot)
        assert app.table.row_count == 70
        assert app.table.cursor_position == 0
        assert "Old" not in app.text()
        assert app.highlighted[-1] == "id-0"


async def test_rows_read_beforehand_are_not_read_again() -> None:
    source = NumberedSource(30, is_quick=False)
    app = TableApp()
    async with app.run_test(size=(80, 24)) as pilot:
        app.table.set_source(source, first_page=source.first_page())
        await pilot.pause()
        assert app.table.row_count == 30
        assert app.table.is_counted
        assert source.pages_read == []


async def test_an_empty_list_says_what_to_do() -> None:
    app = TableApp(ListSource([]))
    app.table.set_empty_text(Text("No accounts yet. Press n to add one."))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "space", "v", "enter")
        await pilot.pause()
        line = next(line for line in app.lines() if "Press n" in line)
        assert abs(line.index("No") - (79 - line.index("one.") - 4)) <= 2
        assert app.opened == []
        assert app.highlighted == [None]
        assert not app.table.marks


async def test_a_reload_keeps_the_cursor_on_its_record() -> None:
    source = NumberedSource(1_000)
    app = TableApp(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press(*["down"] * 30)
        source.skipped = {3, 4}
        app.table.reload()
        await settle(pilot)
        assert app.table.cursor_key == "id-30"
        assert app.table.cursor_position == 28
        assert app.table.row_count == 998
        assert "Account 3 " not in app.text()


async def test_a_reload_of_a_slow_source_never_shows_an_empty_list() -> None:
    gate, source = Gate(), NumberedSource(1_000, is_quick=False)
    app = TableApp(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        source.gate = gate
        app.table.reload()
        await pilot.pause()
        assert "Account 5 " in app.text()
        source.skipped = {5}
        gate.open()
        await settle(pilot)
        assert "Account 5 " not in app.text()


async def test_the_cursor_stays_at_its_height_when_its_record_is_gone() -> None:
    source = NumberedSource(10)
    app = TableApp(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end")
        source.skipped = {8, 9}
        app.table.reload()
        await settle(pilot)
        assert app.table.cursor_key == "id-7"
        app.table.reload(keep_cursor=False)
        assert app.table.cursor_key == "id-0"


async def test_rows_that_vanish_after_the_count_are_told_and_not_asked_for_again() -> None:
    source = NumberedSource(100, is_quick=False)
    app = TableApp(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        source.total = 90
        await pilot.press("end")
        await settle(pilot)
        assert "This row is gone" in app.text()
        assert source.pages_read == [1]


@pytest.mark.parametrize("is_quick", [True, False])
async def test_a_source_that_fails_is_reported_once(*, is_quick: bool) -> None:
    app = TableApp(BrokenSource(500, is_quick=is_quick))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("down", "end")
        await settle(pilot)
        assert [str(error) for error in app.failures] == ["the disk is gone"]
        app.table.set_source(a_list(2))
        await pilot.pause()
        assert "Account 1" in app.text()


@pytest.mark.parametrize("is_quick", [True, False])
async def test_a_page_that_fails_is_told_in_its_rows(*, is_quick: bool) -> None:
    source = NumberedSource(500, is_quick=is_quick)
    app = TableApp(source)

    def fail() -> None:
        raise OSError("the disk is gone")

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        source.gate = fail
        await pilot.press("end")
        await settle(pilot)
        assert "could not be read" in app.text()
        assert len(app.failures) == 1
        source.gate = lambda: None
        app.table.reload()
        await settle(pilot)
        assert "Account 499" in app.text()


async def test_the_mouse_goes_to_a_row_opens_it_marks_it_and_sorts() -> None:
    app = TableApp(a_list(100))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(app.table, offset=(20, 5))
        assert app.table.cursor_key == "id-3"
        assert app.opened == []
        await pilot.click(app.table, offset=(20, 6), times=2)
        assert app.opened == ["id-4"]
        await pilot.click(app.table, offset=(2, 8))
        assert app.table.marks.keys == {"id-6"}
        await pilot.click(app.table, offset=(6, 1))
        await pilot.click(app.table, offset=(74, 1))
        assert app.sorted_by == ["name", "amount"]
        app.table.set_sorting("amount", is_descending=True)
        await pilot.pause()
        assert "↓Amount" in app.lines()[1]


async def test_the_mouse_finds_rows_after_scrolling_and_ignores_the_space_below_them() -> None:
    app = TableApp(a_list(100))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end")
        await pilot.pause()
        await pilot.click(app.table, offset=(20, 2))
        assert app.table.cursor_key == "id-79"
        app.table.set_source(a_list(2))
        await pilot.pause()
        await pilot.click(app.table, offset=(20, 10))
        assert app.table.cursor_key == "id-0"


def test_every_key_can_be_given_another_and_says_what_it_does() -> None:
    bindings = [binding for _, binding in TableApp().table._bindings]
    assert len({binding.id for binding in bindings}) == 11
    assert all(binding.id and binding.tooltip for binding in bindings)
