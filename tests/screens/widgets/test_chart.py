"""Bars and sparklines."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from screens.widgets.chart import Bar, bar_lines, spark
from screens.widgets.chart_widget import BarChart
from tests.support.table_app import TableApp

AMOUNTS = st.integers(-(10**15), 10**15) | st.decimals(-(10**9), 10**9, places=6)


def plain(bars: list[Bar], width: int) -> list[str]:
    return [line.plain for line in bar_lines(bars, width)]


def test_the_longest_bar_fills_its_space_and_the_others_are_in_proportion() -> None:
    assert plain([Bar("Won", 80, "80"), Bar("Lost", 20, "20"), Bar("Open", 0, "0")], 16) == [
        "Won  ████████ 80",
        "Lost ██       20",
        "Open           0",
    ]


def test_a_bar_ends_in_eighths_of_a_cell() -> None:
    bars = [Bar("a", 16, ""), Bar("b", 1, ""), Bar("c", 3, "")]
    assert [line[2:4] for line in plain(bars, 5)] == ["██", "▏ ", "▍ "]


def test_the_smallest_amount_can_still_be_seen() -> None:
    assert "▏" in plain([Bar("a", 10**15, ""), Bar("b", 1, "")], 20)[1]


def test_losses_grow_to_the_left_from_the_same_zero() -> None:
    assert plain([Bar("Jan", -50, "-50"), Bar("Feb", 100, "100"), Bar("Mar", -25, "-25")], 20) == [
        "Jan ████         -50",
        "Feb     ████████ 100",
        "Mar   ██         -25",
    ]


def test_only_losses_use_the_whole_width() -> None:
    assert plain([Bar("a", Decimal("-2.5"), "")], 10) == ["a ███████ "]


def test_chinese_labels_align() -> None:
    lines = plain([Bar("谈判中", 2, "2"), Bar("Won", 1, "1")], 30)
    assert [cell_len(line[: line.index("█")]) for line in lines] == [7, 7]


def test_labels_and_values_are_data() -> None:
    line = bar_lines([Bar("[red]Acme[/] \x1b[2J", 1, "1\x9b2J")], 70)[0]
    assert line.plain.startswith("[red]Acme[/] \ufffd[2J")
    assert "\x9b" not in line.plain


@given(values=st.lists(AMOUNTS, max_size=8), width=st.integers(1, 120), label=st.text(max_size=20))
def test_no_line_is_wider_than_asked(values: list[int | Decimal], width: int, label: str) -> None:
    lines = bar_lines([Bar(label, value, str(value)) for value in values], width)
    assert len(lines) == len(values)
    assert all(cell_len(line.plain) <= width for line in lines)


@given(values=st.lists(AMOUNTS, min_size=1, max_size=30))
def test_a_sparkline_has_a_character_for_each_value_and_keeps_their_order(values: list[int | Decimal]) -> None:
    drawn = spark(values)
    assert len(drawn) == len(values)
    by_value = [mark for _, mark in sorted(zip(values, drawn, strict=True))]
    assert by_value == sorted(by_value)


@pytest.mark.parametrize(
    ("values", "drawn"),
    [
        ([], ""),
        ([0, 0], "▁▁"),
        ([5, 5], "██"),
        ([0, 1, 2, 3, 4, 5, 6, 7], "▁▂▃▄▅▆▇█"),
        ([-7, 0, Decimal("7.0")], "▁▅█"),
    ],
)
def test_a_sparkline_starts_at_zero(values: list[int | Decimal], drawn: str) -> None:
    assert spark(values) == drawn


class ChartApp(TableApp):
    def __init__(self, bars: list[Bar]) -> None:
        super().__init__()
        self.chart = BarChart(bars)

    def on_mount(self) -> None:
        self.mount(self.chart)


async def test_a_chart_is_as_high_as_its_bars_and_follows_them() -> None:
    app = ChartApp([Bar("Won", 3, "3"), Bar("[b]Lost", 1, "1")])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.chart.size.height == 2
        assert "[b]Lost" in app.text()
        app.chart.bars = (Bar("谈判中", 3, "3"),)
        await pilot.pause()
        assert app.chart.size.height == 1
        assert "谈判中 ███" in app.text()
