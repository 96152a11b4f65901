"""Today: appointments, tasks, next steps, quotes to follow up and deals at risk, each opened with enter, ticked off with a key."""

from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Center, Middle
from textual.widgets import Static

from screens.base import DeskScreen, bindings
from screens.safe import safe
from screens.widgets.columns import ColumnSpec
from screens.widgets.paging import Row
from screens.widgets.record_table import RecordTable
from screens.widgets.short_list import show_rows
from screens.words import short_money
from sfa.commands import Command
from sfa.domain.pipeline import HealthFlag
from sfa.services.commission_glance import so_far
from sfa.services.today import DaySheet, Line, day_sheet

VERBS = (
    Command("today.done", "Tick the task off", "done", "d", "The task is done; u takes it back", is_shown=True, label="Done"),
    Command("today.scope", "Mine or everybody's", "toggle_scope", "o", "Whose day is shown", is_shown=True, label="Whose"),
)  # fmt: skip
COLUMNS = (
    ColumnSpec("kind", "", 11, 0, 1),
    ColumnSpec("when", "When", 14, 0, 1),
    ColumnSpec("title", "What", 20, 4, 1),
    ColumnSpec("detail", "Who", 16, 3, 2),
    ColumnSpec("ref", "Ref", 5, 0, 3),
)
WELCOME = (
    ("", "Welcome. The book is empty; here is how it is filled:"),
    ("+", "type one line, as you would say it:"),
    ("", "called @Acme, wants a quote; send quote friday"),
    ("", "(it asks before it makes a new company)"),
    ("3  a", "add your first account in a form"),
    (":", "import FILE  brings in accounts, contacts, deals (CSV, XLSX)"),
    ("", ""),
    ("?", "the keys that work here"),
    ("ctrl+p", "everything that can be done, by name"),
    ("q", "quit; to look around in a demo company: sfa demo"),
)
KEY_CELLS = 7
QUIET = "Nothing of yours is due. + enters something, o shows everybody's day."
QUIET_FOR_ALL = "Nothing is due today. + enters something, 4 shows the pipeline."
JOINT, TIGHT = "  ·  ", " · "


class TodayScreen(DeskScreen):
    """The day of the person at the desk."""

    TITLE = "Today"
    AREA = "today"
    VERBS = VERBS
    BINDINGS: ClassVar[list[BindingType]] = bindings(VERBS)
    DEFAULT_CSS = """
    TodayScreen {
        & #numbers { height: 1; padding: 0 2; color: $text-muted; }
        & #earned { display: none; height: 1; padding: 0 2; color: $text-muted; }
        & #welcome { display: none; }
        & #welcome Static { width: auto; border: round $border-blurred; padding: 1 3; border-title-color: $foreground; }
        &.-empty #welcome { display: block; }
        &.-empty RecordTable, &.-empty #numbers { display: none; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._is_everybody = False
        self._sheet: DaySheet | None = None
        self._earned = ""

    def compose_body(self) -> ComposeResult:
        """Lay out the numbers over the list."""
        yield Static("", id="numbers")
        yield Static("", id="earned")
        yield RecordTable(COLUMNS, empty_text=Text(QUIET, justify="center"))

    async def refresh_data(self) -> None:
        """Read the day anew."""
        is_everybody = self._is_everybody
        sheet = await self.ask(lambda desk: day_sheet(desk, is_everybody=is_everybody))
        if sheet is None:
            return
        self._sheet = sheet
        table = self.query_one(RecordTable)
        table.border_title = f"{sheet.day:%A, %d %B %Y}" + ("" if sheet.is_mine else " · everybody")
        table.set_empty_text(Text(QUIET if sheet.is_mine else QUIET_FOR_ALL, justify="center"))
        was_empty = self.has_class("-empty")
        if sheet.is_empty_book and not was_empty:
            await self._welcome_once()
        self.set_class(sheet.is_empty_book, "-empty")
        show_rows(table, _rows(sheet))
        self._tell_numbers()
        if was_empty and not sheet.is_empty_book:
            table.focus()
        if not sheet.is_empty_book:
            self._tell_commission()

    @work(exclusive=True, group="commission", exit_on_error=False)
    async def _tell_commission(self) -> None:
        """Say quota and commission so far, once the day stands: the engine comes after the first paint."""
        earned = await self.desk_app.clerk.ask(so_far)
        if earned != self._earned and self.is_attached:
            self._earned = earned
            line = self.query_one("#earned", Static)
            line.update(safe(earned))
            line.display = bool(earned)

    async def _welcome_once(self) -> None:
        """Put the welcome in the place of the list; it is made only where the book is empty."""
        if not self.query("#welcome"):
            welcome = Static(_welcome())
            welcome.border_title = "sfa"
            await self.mount(Middle(Center(welcome), id="welcome"))

    def on_resize(self) -> None:
        """Say as much as fits."""
        self._tell_numbers()

    def _tell_numbers(self) -> None:
        if self._sheet is not None:
            self.query_one("#numbers", Static).update(numbers(self._sheet, self.size.width - 4))

    def signs(self) -> list[tuple[str, str]]:
        """Return the signs in front of lines."""
        return [("!", "urgent, or its date has passed"), (HealthFlag.ROTTING.glyph, HealthFlag.ROTTING.word)]

    @on(RecordTable.RowOpened)
    def open_row(self, event: RecordTable.RowOpened) -> None:
        """Show the record behind the line."""
        _, noun, record_id = event.key.split(":")
        self.desk_app.open_hit((noun, record_id))

    def point_at(self, noun: str, record_id: str) -> bool:
        """Put the cursor on a record of the day."""
        keys = [row.key for row in _rows(self._sheet)] if self._sheet else []
        place = next((at for at, key in enumerate(keys) if key.endswith(f":{noun}:{record_id}")), None)
        if place is not None:
            self.query_one(RecordTable).move_to(place)
        return place is not None

    async def action_done(self) -> None:
        """Tick off the task under the cursor, or the marked ones."""
        table = self.query_one(RecordTable)
        keys = [row.key for row in _rows(self._sheet) if row.key in table.marks] if self._sheet else []
        keys = keys or ([table.cursor_key] if table.cursor_key else [])
        ids = [key.split(":")[2] for key in keys if key.split(":")[1] == "task"]
        if ids:
            from sfa.services import tasks  # noqa: PLC0415 - the first paint does not need it

            await self.save(lambda desk: tasks.complete(desk, ids))
        elif keys:
            self.desk_app.tell("Only tasks are ticked off. Enter opens this record.", severity="warning")

    async def action_toggle_scope(self) -> None:
        """Show one's own day, or everybody's."""
        self._is_everybody = not self._is_everybody
        await self.refresh_data()


def _rows(sheet: DaySheet) -> list[Row]:
    blocks = (
        ("Appointment", "accent", sheet.appointments),
        ("Task", "", sheet.tasks),
        ("Next step", "", sheet.next_steps),
        ("Quote", "warning", sheet.quotes),
        ("At risk", "warning", sheet.at_risk),
    )
    return [_row(kind, tone, line) for kind, tone, lines in blocks for line in lines]


def _row(kind: str, tone: str, line: Line) -> Row:
    cells = (kind, line.when, line.title, line.detail, line.ref)
    when = "bad" if line.is_late else tone
    return Row(f"{kind}:{line.noun}:{line.id}", cells, ("muted", when, "", "", "muted"))


def numbers(sheet: DaySheet, width: int) -> Text:
    """Return the day's numbers in one line of so many cells: in full words, else in short ones, else cut."""
    won = " + ".join(short_money(amount) for _, amount in sheet.won)
    count = sum(count for count, _ in sheet.won)
    full = (
        f"{sheet.open_deals:,} open deals",
        f"{sheet.without_next_step:,} without next step",
        f"{sheet.overdue_deals:,} past close date",
        f"{sheet.tasks_due:,} tasks due",
        f"won this quarter: {won} ({count})" if count else "nothing won this quarter yet",
    )
    short = (
        f"{sheet.open_deals:,} open",
        f"{sheet.without_next_step:,} no next step",
        f"{sheet.overdue_deals:,} overdue",
        f"{sheet.tasks_due:,} tasks",
        f"won {won}" if count else "nothing won yet",
    )
    choices = (JOINT.join(full), JOINT.join(short), TIGHT.join(short))
    line = safe(next((words for words in choices if cell_len(words) <= width), choices[-1]))
    line.truncate(max(width, 1), overflow="ellipsis")
    return line


def _welcome() -> Text:
    return Text("\n").join(
        Text.assemble((f"{key:<{KEY_CELLS}}", "bold"), words)
        if key
        else Text(" " * (KEY_CELLS if number else 0) + words)
        for number, (key, words) in enumerate(WELCOME)
    )
