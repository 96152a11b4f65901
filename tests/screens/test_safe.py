"""Text from outside stays text: in our own lists, and in any widget or console that was handed it as it came."""

import re
import subprocess
import sys
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.strip import Strip
from textual.widgets import DataTable, Input, Static

from screens.safe import install_choke_points, safe
from screens.widgets.chart import Bar
from screens.widgets.chart_widget import BarChart
from screens.widgets.columns import ColumnSpec
from screens.widgets.paging import ListSource, Row
from sfa.errors import SfaError
from tests.support.table_app import TableApp

HOSTILE = (
    "\x1b]52;c;aGFja2Vk\x07",
    "\x1b]0;owned\x07",
    "\x1b[2J\x1b[H",
    "\x1b[6n",
    "\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "\x1bP+q544e\x1b\\",
    "\x1bc",
    "\x9b31m\x9d0;x\x9c",
    "a\rOVERWRITTEN",
    "a\x08\x08b\x7f\x00",
    "two\nlines\x0bhere\x0c",
    "tab\tbed",
    "\u202egnp.exe",
    "\u2066x\u2069\u200f\u061c",
    "zero\u200bwidth\ufeff",
    "line\u2028break\u2029",
    "tag\U000e0041\U000e007f",
    "lone \ud800 surrogate",
    "ACME [/red] Ltd",
    "[@click=app.bell]Acme[/]",
    "[link=javascript:x]y[/link]",
    "$primary %s {0}",
    "Za\u0300\u0301\u0302\u0303\u0304\u0305\u0306lgo",
)
OUR_OWN = re.compile(r"\x1b\[[0-9;]*[mH]|\x1b\]8;(?:id=[\d-]+;[^\x00-\x1f\x7f-\x9f]*|;)\x1b\\|\n")
"""Colours, cursor positions, and links that Rich numbered."""
UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f\ud800-\udfff]"
)


def unsafe_in(output: str) -> list[str]:
    """Return what the terminal would obey or choke on, beyond colours and the cursor."""
    return UNSAFE.findall(OUR_OWN.sub("", output))


@pytest.fixture
def guarded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Guard the process for one test."""
    monkeypatch.setattr(Strip, "render", Strip.render)
    monkeypatch.setattr(Console, "_render_buffer", Console._render_buffer)
    install_choke_points()


class HostileApp(TableApp):
    """One payload wherever a widget takes text, as it came."""

    def __init__(self, payload: str) -> None:
        columns = (ColumnSpec("a", payload, 10, 1), ColumnSpec("b", "B", 10, 1, align="right"))
        super().__init__(ListSource([Row(payload, (payload, payload), ("good", "")), Row("2", ("x",))]), columns)
        self.payload = payload

    def compose(self) -> ComposeResult:
        yield self.table
        with Vertical():
            yield Static(Text(self.payload))
            yield Static(Content(self.payload))
            yield Static(Text("a link", style=Style(link=self.payload)))
            yield Static(self.payload, markup=False)
            yield BarChart([Bar(self.payload, 3, self.payload)])
            yield Input(self.payload)
            yield DataTable()

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_column(Text(self.payload))
        table.add_row(Text(self.payload))
        self.table.set_empty_text(Text(self.payload))

    def output(self) -> str:
        """Return the bytes that a terminal would get for the whole screen."""
        update = self.screen._compositor.render_full_update()
        return update.render_segments(Console(force_terminal=True, color_system="truecolor", file=StringIO()))


@pytest.mark.usefixtures("guarded")
@pytest.mark.parametrize("payload", HOSTILE)
async def test_no_widget_lets_data_command_the_terminal(payload: str) -> None:
    app = HostileApp(payload)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("down", "up", "space", "enter")
        await pilot.pause()
        assert unsafe_in(app.output()) == []
        assert app.table.marks.keys == {payload}
        app.table.set_source(ListSource([]))
        await pilot.pause()
        assert unsafe_in(app.output()) == []


@pytest.mark.parametrize("payload", HOSTILE)
async def test_a_list_is_inert_by_itself_and_stays_aligned(payload: str) -> None:
    app = TableApp(ListSource([Row("1", (payload * 3, payload, "1.00")), Row("2", ("Acme", "Berlin", "2.00"))]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        lines = app.lines()
    assert unsafe_in("\n".join(lines)) == []
    assert all(cell_len(line) == 80 for line in lines)
    assert lines[3].count("Acme") == lines[3].count("Berlin") == 1


def test_brackets_are_shown_as_they_are() -> None:
    assert safe("ACME [/red] [b]Ltd[/b]").plain == "ACME [/red] [b]Ltd[/b]"
    assert safe("ACME", "bold").style == "bold"
    assert safe("[b]x").spans == []


def test_anything_can_be_shown() -> None:
    assert safe(None).plain == ""
    assert safe(12).plain == "12"
    assert safe("a\nb\x1b[2J").plain == "a b\ufffd[2J"


def printed(console_text: object) -> str:
    out = StringIO()
    Console(file=out, force_terminal=True, color_system="truecolor", width=200).print(console_text, markup=False)
    return out.getvalue()


@pytest.mark.usefixtures("guarded")
@pytest.mark.parametrize("payload", HOSTILE)
def test_no_console_lets_data_command_the_terminal(payload: str) -> None:
    for shown in (payload, Text(payload), Text(payload, style="bold red"), Text("x", style=Style(link=payload))):
        assert unsafe_in(printed(shown).replace("\t", " ")) == []


@pytest.mark.usefixtures("guarded")
def test_our_own_links_and_colours_pass() -> None:
    assert "\x1b]8;" in printed(Text("home", style=Style(link="https://example.com")))
    assert "\x1b[1m" in printed(Text("bold", style="bold"))
    assert Strip([Segment("Größe 王伟 é", Style(bold=True))]).render(Console()) == "\x1b[1mGröße 王伟 é\x1b[0m"


@pytest.mark.usefixtures("guarded")
@given(text=st.text(max_size=40))
def test_the_guard_keeps_widths_and_harmless_text(text: str) -> None:
    strip = Strip([Segment(text)])
    width = strip.cell_length
    rendered = strip.render(Console())
    assert cell_len(rendered) == width
    assert rendered == text or UNSAFE.search(text)


@pytest.mark.usefixtures("guarded")
def test_guarding_twice_wraps_once() -> None:
    before = Strip.render, Console._render_buffer
    install_choke_points()
    assert (Strip.render, Console._render_buffer) == before


@pytest.mark.parametrize(("owner", "name"), [(Console, "_render_buffer"), (Strip, "render")])
def test_a_version_without_the_guarded_place_is_refused(
    owner: type, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Console, "_render_buffer", Console._render_buffer)
    monkeypatch.setattr(Strip, "render", Strip.render)
    monkeypatch.delattr(owner, name)
    with pytest.raises(SfaError, match=f"has no {name}"):
        install_choke_points()


def test_the_guarded_places_are_where_they_were() -> None:
    strip = Strip([Segment("a", None)])
    assert strip._render_cache is None
    assert strip._segments == [Segment("a", None)]
    assert strip.render(Console()) == strip._render_cache == "a"
    assert Console()._render_buffer([Segment("a")]) == "a"


@pytest.mark.parametrize("module", ["screens.safe", "screens.widgets.chart"])
def test_the_shell_can_use_them_without_loading_the_screens(module: str) -> None:
    code = f"import sys, {module} as used; getattr(used, 'guard_console', int)(); sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
