"""Reports: the list of all; enter shows one, enter on a row shows the records behind it."""

from typing import Any, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from screens.base import DeskScreen, bindings
from screens.forecast.drill import BACK, FilteredScreen
from screens.safe import safe
from screens.widgets.chart import Bar, bar_lines
from screens.widgets.columns import ColumnSpec
from screens.widgets.paging import Row
from screens.widgets.record_table import RecordTable
from screens.widgets.short_list import show_rows
from screens.words import short_money
from sfa.commands import Command
from sfa.domain.money import Money
from sfa.services import report_catalogue as catalogue
from sfa.services import reports
from sfa.services.desk import Desk
from sfa.services.report_table import Report

BACK_TO_FORECAST = Command(
    "reports.back", "Forecast", "app.go('forecast')", "r,backspace", "To the forecast", is_shown=True, label="Forecast"
)
COLUMNS = (
    ColumnSpec("title", "Report", 18, 1, 1),
    ColumnSpec("group", "On", 10, 0, 2),
    ColumnSpec("words", "What it shows", 30, 4, 1),
)
DEALS = {
    "pipeline": ("Pipeline by stage", "stage", "Open deals: number, amount, weighted."),
    "wins": ("Wins by month", "month", "Won deals: number and amount."),
    "winrate": ("Win rate by owner", "owner", "Won and lost, by number and by value."),
    "cycle": ("Cycle by quarter", "quarter", "Days from creation to winning."),
    "activity": ("Activities", "kind", "Calls, visits, mails by kind."),
    "stale": ("Stale deals", "owner", "Open deals on which nothing was done for long."),
}
MOST_BARS = 8
THOUSANDTHS = 1000
LEFT_COLUMN = 18
NUMBER_COLUMN = 12


class ReportsScreen(DeskScreen):
    """All reports by name."""

    TITLE = "Reports"
    AREA = "forecast"
    VERBS: ClassVar[tuple[Command, ...]] = (BACK_TO_FORECAST,)
    BINDINGS: ClassVar[list[BindingType]] = bindings(VERBS)

    def compose_body(self) -> ComposeResult:
        """Lay out the list."""
        table = RecordTable(COLUMNS)
        table.border_title = "Reports"
        yield table

    async def refresh_data(self) -> None:
        """Show the list."""
        rows = [Row(name, (title, "deals", words)) for name, (title, _, words) in DEALS.items()]
        rows += [Row(entry.name, (entry.title, entry.group, entry.words)) for entry in catalogue.CATALOGUE.values()]
        show_rows(self.query_one(RecordTable), rows)

    @on(RecordTable.RowOpened)
    def open_row(self, event: RecordTable.RowOpened) -> None:
        """Show the report."""
        self.app.push_screen(ReportScreen(event.key))


class ReportScreen(DeskScreen):
    """One report; its columns are those of the report."""

    VERBS: ClassVar[tuple[Command, ...]] = (BACK,)
    BINDINGS: ClassVar[list[BindingType]] = bindings(VERBS)
    AREA = "forecast"
    DEFAULT_CSS = """
    ReportScreen {
        & #note, & #bars { height: auto; max-height: 9; padding: 0 2; color: $text-muted; }
    }
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self._called = name
        self._found: Report | None = None

    def compose_body(self) -> ComposeResult:
        """Lay out the note, the list and the bars."""
        yield Static("", id="note")
        yield RecordTable(COLUMNS, empty_text=Text("Nothing to report yet.", justify="center"))
        yield Static("", id="bars")

    async def refresh_data(self) -> None:
        """Read the report anew."""
        found = await self.ask(self._read)
        if found is None:
            return
        is_first, self._found = self._found is None, found
        table = self.query_one(RecordTable)
        if is_first:
            table = await self._with_columns(found)
        table.border_title = safe(self._title)
        show_rows(table, [_row(found, row, number) for number, row in enumerate(found.rows)])
        self.query_one("#note", Static).update(safe(found.note))
        self._draw()

    @property
    def _title(self) -> str:
        return DEALS[self._called][0] if self._called in DEALS else catalogue.CATALOGUE[self._called].title

    def _read(self, desk: Desk) -> Report:
        if self._called in DEALS:
            return reports.REPORTS[self._called](desk, reports.request(desk, self._called, by=DEALS[self._called][1]))
        return catalogue.CATALOGUE[self._called].run(desk, reports.request(desk, self._called))

    async def _with_columns(self, found: Report) -> RecordTable:
        old = self.query_one(RecordTable)
        table = RecordTable(_columns(found), empty_text=Text("Nothing to report yet.", justify="center"))
        await self.mount(table, after=old)
        await old.remove()
        table.focus()
        return table

    def on_resize(self) -> None:
        """Draw for the width there is."""
        self._draw()

    def _draw(self) -> None:
        if self._found is not None:
            lines = bar_lines(_bars(self._found), max(self.size.width - 4, 20))
            self.query_one("#bars", Static).update(Text("\n").join(lines))

    @on(RecordTable.RowOpened)
    def open_row(self, event: RecordTable.RowOpened) -> None:
        """Show the records behind the row."""
        if self._found is None:
            return
        row = self._found.rows[int(event.key)]
        where, noun = catalogue.where_of(row), catalogue.noun_of(self._found, row)
        if where is not None:
            self.app.push_screen(
                FilteredScreen(noun, where, f"{self._title}: {row[self._found.columns[0][0]] or 'none'}")
            )
        elif row.get("id"):
            self.desk_app.open_hit((noun, str(row["id"])))
        else:
            self.desk_app.tell("That row is a sum that no filter lists.")

    def action_back(self) -> None:
        """Go back to the list of reports."""
        self.app.pop_screen()


def _columns(found: Report) -> tuple[ColumnSpec, ...]:
    return tuple(
        ColumnSpec(
            name,
            title,
            (LEFT_COLUMN if place == 0 else NUMBER_COLUMN) if kind == "text" else max(NUMBER_COLUMN - 1, len(title)),
            3 if place == 0 else 1 if kind == "text" else 0,
            place + 1,
            "left" if kind == "text" else "right",
        )
        for place, (name, title, kind) in enumerate(found.columns)
    )


def _row(found: Report, row: dict[str, Any], number: int) -> Row:
    return Row(str(number), tuple(_cell(kind, row.get(name)) for name, _, kind in found.columns))


def _cell(kind: str, value: Any) -> str:  # noqa: ANN401 - whatever a report holds
    if value is None:
        return ""
    if isinstance(value, Money):
        return short_money(value)
    return f"{value:.1%}" if kind == "rate" else f"{value:,}" if kind in ("integer", "number") else str(value)


def _bars(found: Report) -> list[Bar]:
    kind = next(kind for name, _, kind in found.columns if name == found.measure)
    if kind == "text":
        return []
    bars = []
    for row in found.rows[:MOST_BARS]:
        value = row.get(found.measure)
        if value is not None:
            size = value.amount_minor if isinstance(value, Money) else int(value * THOUSANDTHS)
            bars.append(Bar(str(row.get(found.columns[0][0]) or "(none)"), size, _cell(kind, value)))
    return bars
