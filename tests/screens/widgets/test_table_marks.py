"""Marks of a list: one by one, by range, everything at once."""

from typing import ClassVar

import pytest
from textual.binding import BindingType

from screens.widgets import record_table
from screens.widgets.paging import ListSource
from screens.widgets.selection import Selection
from tests.support.table_app import NumberedSource, TableApp, a_row, settle


def an_app(count: int = 100) -> TableApp:
    return TableApp(ListSource([a_row(number) for number in range(count)]))


async def test_space_marks_a_row_and_goes_on_and_escape_takes_all_marks_away() -> None:
    app = an_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "space", "up", "space")
        await pilot.pause()
        assert app.table.marks.keys == {"id-0"}
        assert "✓" in app.lines()[2]
        assert "✓" not in app.lines()[3]
        assert "1 marked of 100" in app.lines()[-1]
        await pilot.press("escape")
        await pilot.pause()
        assert not app.table.marks
        assert "marked" not in app.lines()[-1]


async def test_a_range_marks_all_rows_between_its_ends_in_either_direction() -> None:
    app = an_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*["down"] * 5, "v", "up", "up")
        await pilot.pause()
        assert app.lines()[7].startswith("│ ┊")
        assert not app.table.marks
        await pilot.press("v")
        await pilot.pause()
        assert app.table.marks.keys == {"id-3", "id-4", "id-5"}
        await pilot.press("end", "v", "space")
        assert app.table.marks.keys == {"id-3", "id-4", "id-5", "id-99"}


async def test_a_range_over_rows_that_were_never_loaded_marks_them_all() -> None:
    app = TableApp(NumberedSource(9_000))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("down", "v", "end", "v")
        await settle(pilot)
        assert app.table.marks.keys == {f"id-{number}" for number in range(1, 9_000)}


async def test_a_range_too_long_to_gather_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(record_table, "RANGE_LIMIT", 10)
    app = an_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("v", "end", "v")
        await pilot.pause()
        assert not app.table.marks
        assert ["A range holds at most 10 rows" in notice.message for notice in app._notifications] == [True]


async def test_escape_leaves_a_range_before_it_takes_marks_away() -> None:
    app = an_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "v", "down", "escape")
        await pilot.pause()
        assert app.table.marks.keys == {"id-0"}
        assert "┊" not in app.text()


async def test_everything_is_a_predicate_from_which_rows_can_be_taken_out() -> None:
    app = TableApp(NumberedSource(1_000_000))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+a", "space")
        await pilot.pause()
        marks = app.table.marks
        assert marks.is_everything
        assert marks.excluded == {"id-0"}
        assert marks.keys == set()
        assert "id-999999" in marks
        assert "999,999 marked of 1,000,000" in app.lines()[-1]
        await pilot.press("g", "v", "down", "v")
        assert marks.count(1_000_000) == 1_000_000


async def test_another_filter_clears_the_marks_and_a_reload_keeps_them() -> None:
    app = an_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        app.table.reload()
        await settle(pilot)
        assert app.table.marks.keys == {"id-0"}
        app.table.set_source(ListSource([a_row(1)]))
        assert not app.table.marks


class EscapingApp(TableApp):
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "leave", "Leave")]
    left = 0

    def action_leave(self) -> None:
        self.left += 1


async def test_escape_belongs_to_the_screen_while_nothing_is_marked() -> None:
    app = EscapingApp(ListSource([a_row(0)]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "escape")
        assert app.left == 0
        await pilot.press("escape")
        assert app.left == 1


async def test_the_screen_hears_of_marks() -> None:
    app = an_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "ctrl+a", "escape")
        await pilot.pause()
    assert len([each for each in app.said if isinstance(each, record_table.RecordTable.MarksChanged)]) == 3


async def test_keys_can_be_given_to_other_actions_by_their_id() -> None:
    app = an_app()
    async with app.run_test(size=(80, 24)) as pilot:
        app.set_keymap({"table.toggle_mark": "x"})
        await pilot.press("space", "x")
        assert app.table.marks.keys == {"id-0"}


def test_marking_twice_takes_the_mark_away() -> None:
    marks = Selection()
    marks.toggle("a")
    marks.toggle("b")
    marks.toggle("a")
    assert (marks.keys, bool(marks), marks.count(9)) == ({"b"}, True, 1)
    marks.add_everything()
    assert (marks.keys, marks.count(9), "z" in marks) == (set(), 9, True)
    marks.toggle("z")
    marks.add(["y"])
    assert (marks.count(9), "z" in marks) == (8, False)
    marks.clear()
    assert not marks
