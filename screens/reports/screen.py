"""Reports: the list of all; enter shows one, enter on a row shows the records behind it."""

from pathlib import Path
from typing import Any, ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from screens.base import DeskScreen, bindings
from screens.forecast.drill import BACK, FilteredScreen
from screens.modals.prompt import PromptModal
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
from sfa.services import report_classes, report_paper, reports
from sfa.services.desk import Desk, Saved
from sfa.services.report_chart import NOWHERE, charted, label_of, size_of
from sfa.services.report_request import Request
from sfa.services.report_table import Report
from sfa.services.report_why import why

BACK_TO_FORECAST = Command(
    "reports.back",
    "Forecast",
    "app.go('forecast')",
    "r,escape,backspace",
    "To the forecast",
    is_shown=True,
    label="Forecast",
)
REPORT_VERBS = (
    BACK,
    Command("report.period", "Period", "period", "p", "2026-Q1, last quarter; empty: the usual one", is_shown=True, label="Period"),
    Command("report.by", "Group by", "by", "b", "What rows are of; two by a comma", is_shown=True, label="By"),
    Command("report.save", "Save as", "save_as", "f", "One page as PDF, or a workbook", is_shown=True, label="File"),
    Command("report.why", "Why this value", "why", "w", "Each indicator of a customer's value (Customer value)"),
    Command("report.record", "Record classes", "record", "R", "Classes of customers, once a month (Customer value)"),
)  # fmt: skip
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
EMPTY = "Nothing to report here. Press p for another period."
MOST_BARS = 8
FIRST_COLUMN, WIDEST_COLUMN = 18, 26
MEASURED = 200
"""Rows whose texts decide how wide a column is."""


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

    VERBS: ClassVar[tuple[Command, ...]] = REPORT_VERBS
    BINDINGS: ClassVar[list[BindingType]] = bindings(VERBS)
    AREA = "forecast"
    IS_SLOW = True
    DEFAULT_CSS = """
    ReportScreen {
        & #note, & #bars { height: auto; max-height: 9; padding: 0 2; color: $text-muted; }
    }
    """

    def __init__(self, name: str, account: tuple[str, str] | None = None) -> None:
        """Show a report, or why an account (its id and name) stands in it as it does."""
        super().__init__()
        self._called = name
        self._account = account
        self._found: Report | None = None
        self._by = DEALS[name][1] if name in DEALS else ""
        self._period = ""

    def compose_body(self) -> ComposeResult:
        """Lay out the note, the list and the bars."""
        yield Static("", id="note")
        table = RecordTable((), empty_text=Text(EMPTY, justify="center"))
        table.border_title = safe(self._heading)
        yield table
        yield Static("", id="bars")

    async def refresh_data(self) -> None:
        """Read the report anew."""
        found = await self.ask_beside(self._read)
        if found is None:
            return
        self._found = found
        table = self.query_one(RecordTable)
        table.set_columns(_columns(found))
        table.border_title = safe(self._heading)
        show_rows(table, [_row(found, row, number) for number, row in enumerate(found.rows)])
        self.query_one("#note", Static).update(safe(" ".join(filter(None, (found.note, _totals(found))))))
        self._draw()

    @property
    def _title(self) -> str:
        return reports.TITLES[self._called] if self._called in DEALS else catalogue.CATALOGUE[self._called].title

    @property
    def _heading(self) -> str:
        title = f"{self._title}: {self._account[1]}" if self._account else self._title
        by = f"{title} by {self._by.replace(',', ', ')}" if self._by else title
        return f"{by} · {self._period}" if self._period else by

    def _request(self, desk: Desk, *, by: str | None = None, period: str | None = None) -> Request:
        """Return what is asked for, or would be with other words."""
        words = self._by if by is None else by
        when = self._period if period is None else period
        return reports.request(desk, self._called, by=words, period=when or None)

    def _read(self, desk: Desk) -> Report:
        if self._account:
            return why(desk, self._request(desk), self._account[0])
        run = reports.REPORTS[self._called] if self._called in DEALS else catalogue.CATALOGUE[self._called].run
        return run(desk, self._request(desk))

    @work(group="dialog")
    async def action_period(self) -> None:
        """Ask for a period."""

        def fits(desk: Desk, text: str) -> str:
            self._request(desk, period=text)
            return text

        hint = "2026-Q1, 2026-03, last quarter, 2026; empty: what the report is usually of."
        found = await self.app.push_screen_wait(
            PromptModal("Period", fits, value=self._period, hint=hint, is_required=False, enter="shows it")
        )
        if found is not None:
            self._period = found
            await self.read_anew()

    @work(group="dialog")
    async def action_by(self) -> None:
        """Ask what rows are of."""
        known = reports.dimensions_of(self._called)
        if self._called not in DEALS and self._called not in ("abc", "value"):
            self.desk_app.tell("This report has its groups: another one is of deals or activities.")
            return

        def fits(desk: Desk, text: str) -> str:
            self._request(desk, by=text)
            return text

        found = await self.app.push_screen_wait(
            PromptModal("Group by", fits, value=self._by, hint=", ".join(known), is_required=False, enter="shows it")
        )
        if found is not None:
            self._by = found
            await self.read_anew()

    @work(group="dialog")
    async def action_save_as(self) -> None:
        """Ask for a file, and write the report to it: a page, or a workbook."""
        title, name = self._title, self._called

        def made(desk: Desk, text: str) -> Saved:
            found = self._read(desk)
            if text.lower().endswith(".xlsx"):
                return _workbook(found, Path(text).expanduser())
            return report_paper.save_as(desk, title, found, self._request(desk), text)

        usual = await self.ask(lambda desk: str(report_paper.usual_file(desk, name)))
        hint = "Its ending says what is made: .pdf, one page to print; .xlsx, a workbook."
        saved = await self.app.push_screen_wait(
            PromptModal("Save as", made, value=usual or "", hint=hint, enter="writes it")
        )
        await self.finish(saved)

    def action_why(self) -> None:
        """Show why the customer under the cursor has its value."""
        key = self.query_one(RecordTable).cursor_key
        row = self._found.rows[int(key)] if self._found is not None and key else {}
        if self._called != "value" or "id" not in row:
            self.desk_app.tell("A customer of Customer value has one.")
            return
        self.app.push_screen(ReportScreen("value", (str(row["id"]), str(row["account"]))))

    async def action_record(self) -> None:
        """Record the classes of customers, once a month."""
        if self._called != "value":
            self.desk_app.tell("Classes are recorded from Customer value.")
            return
        await self.save(lambda desk: report_classes.record(desk, self._request(desk)))

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
                FilteredScreen(noun, where, f"{self._title}: {row[self._found.columns[0][0]] or NOWHERE}")
            )
        elif row.get("id"):
            self.desk_app.open_hit((noun, str(row["id"])))
        else:
            self.desk_app.tell("That row is a sum that no filter lists.")

    def action_back(self) -> None:
        """Go back to the list of reports."""
        self.app.pop_screen()


def _columns(found: Report) -> tuple[ColumnSpec, ...]:
    """Return columns as wide as what stands in them, within limits; the first one takes what room is left."""
    return tuple(
        ColumnSpec(
            name, title, _width(found, place), 3 if place == 0 else 0, place + 1, "left" if kind == "text" else "right"
        )
        for place, (name, title, kind) in enumerate(found.columns)
    )


def _width(found: Report, place: int) -> int:
    name, title, kind = found.columns[place]
    if place == 0:
        return FIRST_COLUMN
    widest = max((cell_len(_cell(kind, row.get(name))) for row in found.rows[:MEASURED]), default=0)
    return min(max(widest, cell_len(title)), WIDEST_COLUMN)


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
    return [
        Bar(label_of(found, row), size_of(row[found.measure]) or 0, _cell(kind, row[found.measure]))
        for row in charted(found, MOST_BARS)
    ]


def _workbook(found: Report, file: Path) -> Saved:
    from sfa.exchange.report_xlsx import write_report  # noqa: PLC0415 - loaded when a workbook is written

    count = write_report(file, found.columns, found.rows, found.totals if found.by else [])
    return Saved(f"Wrote {count:,} rows to {file}", count=count)


def _totals(found: Report) -> str:
    """Return the sums of all rows, one after the other."""
    kinds = {name: (title, kind) for name, title, kind in found.columns}
    told = [
        f"{kinds[name][0].lower()} {_cell(kinds[name][1], value)}"
        for total in found.totals
        for name, value in total.items()
        if name in kinds and value is not None
    ]
    return f"Total: {', '.join(told)}." if told and len(found.rows) > 1 else ""
