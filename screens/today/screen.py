"""Today: appointments, tasks, next steps and deals at risk, each opened with enter, ticked off with a key."""

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Footer, Static

from screens.base import DeskScreen, bindings
from screens.pipeline.board import short_money
from screens.safe import safe
from screens.widgets.columns import ColumnSpec
from screens.widgets.paging import ListSource, Row
from screens.widgets.record_table import RecordTable
from sfa.commands import Command
from sfa.services import tasks
from sfa.services.today import DaySheet, Line, day_sheet

COMMANDS = (
    Command("today.done", "Tick the task off", "done", "d", "The task is done; u takes it back", True, "Done"),
    Command("today.scope", "Mine or everybody's", "toggle_scope", "o", "Whose day is shown"),
)
COLUMNS = (
    ColumnSpec("kind", "", 12, 0, 1),
    ColumnSpec("when", "When", 13, 0, 1),
    ColumnSpec("title", "What", 24, 4, 1),
    ColumnSpec("detail", "Who", 16, 3, 2),
    ColumnSpec("ref", "Ref", 5, 0, 3),
)
WELCOME = """Welcome. The book is empty.

  +   type one line:  called Jane at Acme, wants a quote; send quote friday
  3   then a          adds your first account in a form
  :   import FILE     brings in a CSV or XLSX file of accounts, contacts, deals...
  ?   shows the keys that work here, ctrl+p lists everything by name

To look around first, quit with q and run: sfa demo"""
QUIET = "Nothing needs you today. + enters what you did, 4 shows the pipeline."


class TodayScreen(DeskScreen):
    """The day of the person at the desk."""

    TITLE = "Today"
    AREA = "today"
    COMMANDS = COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    DEFAULT_CSS = """
    TodayScreen #numbers { height: auto; padding: 0 2; color: $text-muted; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._is_everybody = False

    def compose(self) -> ComposeResult:
        """Lay out the numbers over the list."""
        yield Static("", id="numbers")
        yield RecordTable(COLUMNS, empty_text=Text(QUIET, justify="center"))
        yield Footer()

    async def on_mount(self) -> None:
        """Show the day."""
        await self.refresh_data()

    async def refresh_data(self) -> None:
        """Read the day anew."""
        is_everybody = self._is_everybody
        sheet = await self.ask(lambda desk: day_sheet(desk, is_everybody=is_everybody))
        if sheet is None:
            return
        table = self.query_one(RecordTable)
        table.border_title = f"{sheet.day:%A, %d %B %Y}" + ("" if sheet.is_mine else " · everybody")
        table.set_empty_text(Text(WELCOME) if sheet.is_empty_book else Text(QUIET, justify="center"))
        key = table.cursor_key
        table.set_source(ListSource(_rows(sheet)))
        self._follow(table, key, sheet)
        self.query_one("#numbers", Static).update(_numbers(sheet))

    def _follow(self, table: RecordTable, key: str | None, sheet: DaySheet) -> None:
        keys = [row.key for row in _rows(sheet)]
        if key in keys:
            table.move_to(keys.index(key))

    @on(RecordTable.RowOpened)
    def open_row(self, event: RecordTable.RowOpened) -> None:
        """Show the record behind the line."""
        _, noun, record_id = event.key.split(":")
        self.desk_app.open_hit((noun, record_id))

    async def action_done(self) -> None:
        """Tick off the task under the cursor, or the marked ones."""
        table = self.query_one(RecordTable)
        keys = sorted(table.marks.keys) or ([table.cursor_key] if table.cursor_key else [])
        ids = [key.split(":")[2] for key in keys if key.split(":")[1] == "task"]
        if ids:
            await self.save(lambda desk: tasks.complete(desk, ids))
        elif keys:
            self.app.notify("Only tasks are ticked off. Enter opens this record.", severity="warning", markup=False)

    async def action_toggle_scope(self) -> None:
        """Show one's own day, or everybody's."""
        self._is_everybody = not self._is_everybody
        await self.refresh_data()


def _rows(sheet: DaySheet) -> list[Row]:
    blocks = (
        ("Appointment", "accent", sheet.appointments),
        ("Task", "", sheet.tasks),
        ("Next step", "", sheet.next_steps),
        ("At risk", "warning", sheet.at_risk),
    )
    return [_row(kind, tone, line) for kind, tone, lines in blocks for line in lines]


def _row(kind: str, tone: str, line: Line) -> Row:
    cells = (kind, line.when, line.title, line.detail, line.ref)
    when = "bad" if line.is_late else tone
    return Row(f"{kind}:{line.noun}:{line.id}", cells, ("muted", when, "", "", "muted"))


def _numbers(sheet: DaySheet) -> Text:
    won = " + ".join(f"{count} for {short_money(amount)}" for count, amount in sheet.won) or "nothing yet"
    parts = [
        f"{sheet.open_deals:,} open deals",
        f"{sheet.without_next_step:,} without next step",
        f"{sheet.overdue_deals:,} past close date",
        f"{sheet.tasks_due:,} tasks due",
        f"won this quarter: {won}",
    ]
    return safe("  ·  ".join(parts))
