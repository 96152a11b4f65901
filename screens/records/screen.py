"""One record: its facts, what belongs to it, and its timeline."""

from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Footer, Static

from screens.base import DeskScreen, bindings
from screens.modals.choose import ChooseModal
from screens.modals.prompt import PromptModal
from screens.safe import safe
from screens.widgets.columns import ColumnSpec
from screens.widgets.paging import ListSource, Row
from screens.widgets.record_table import RecordTable
from sfa.commands import Command
from sfa.domain.fields import ACTIVITY_KINDS
from sfa.services import activities, notes, sheets, tasks
from sfa.services.desk import Desk, Saved
from sfa.services.records import verbs_of

COMMANDS = (
    Command("record.edit", "Edit", "edit", "e", "The record in a form", True, "Edit"),
    Command("record.log", "Log a call or visit", "log", "l", "What was done, in one line", True, "Log"),
    Command("record.note", "Write a note", "note", "N", "Something worth keeping", True, "Note"),
    Command("record.task", "Add a task", "task", "t", "What is to do, and when", True, "Task"),
    Command("record.remove", "Remove", "remove", "delete,D", "Into the trash; u brings it back"),
    Command("record.back", "Back", "back", "escape,backspace", "To where you came from"),
)
TIMELINE = (
    ColumnSpec("at", "When", 16, 0, 1),
    ColumnSpec("kind", "What", 9, 0, 1),
    ColumnSpec("title", "Title", 24, 3, 1),
    ColumnSpec("detail", "Detail", 20, 4, 2),
)
EMPTY = Text("Nothing happened yet. Press l to log a call, N for a note, t for a task.", justify="center")


class RecordScreen(DeskScreen):
    """A record of any noun."""

    TITLE = "Record"
    COMMANDS = COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS), Binding("tab", "app.focus_next", show=False)]
    DEFAULT_CSS = """
    RecordScreen {
        & #facts { width: 2fr; min-width: 30; }
        & RecordTable { width: 3fr; }
        &.-narrow #facts { width: 30; }
    }
    """

    def __init__(self, noun: str, record_id: str) -> None:
        super().__init__()
        self._noun = noun
        self._id = record_id
        self._sheet: sheets.Sheet | None = None

    def compose(self) -> ComposeResult:
        """Lay out facts beside the timeline."""
        with Horizontal():
            with VerticalScroll(id="facts", classes="panel", can_focus=True):
                yield Static("", id="body")
            table = RecordTable(TIMELINE, empty_text=EMPTY)
            table.border_title = "Timeline"
            yield table
        yield Footer()

    async def on_mount(self) -> None:
        """Read the record."""
        await self.refresh_data()

    async def refresh_data(self) -> None:
        """Read the record anew; one that is gone closes its screen."""
        sheet = await self.ask(lambda desk: sheets.sheet(desk, self._noun, self._id))
        if sheet is None:
            self.call_later(self.action_back)
            return
        self._sheet = sheet
        panel = self.query_one("#facts")
        panel.border_title = safe(f"{self._noun.capitalize()}: {sheet.label}")
        panel.border_subtitle = safe(sheet.ref)
        self.query_one("#body", Static).update(_facts(sheet))
        rows = [Row(str(index), (item.at, item.kind, item.title, item.detail)) for index, item in enumerate(sheet.timeline)]
        self.query_one(RecordTable).set_source(ListSource(rows))

    @on(RecordTable.RowOpened)
    def open_entry(self, event: RecordTable.RowOpened) -> None:
        """Show the record behind a line of the timeline."""
        if self._sheet is None:
            return
        entry = self._sheet.timeline[int(event.key)]
        if entry.noun and entry.id:
            self.desk_app.open_hit((entry.noun, entry.id))

    def action_back(self) -> None:
        """Return to where one came from."""
        if self.is_current:
            self.app.pop_screen()

    def links(self) -> dict[str, object]:
        """Return the references that a new activity, note or task about this record carries."""
        return dict(self._sheet.links) if self._sheet else {}

    @work(group="dialog")
    async def action_edit(self) -> None:
        """Edit in a form."""
        from screens.modals.form import FormModal  # noqa: PLC0415 - opened by key

        saved = await self.app.push_screen_wait(FormModal(self._noun, self._id))
        if saved is not None:
            self.desk_app.tell_saved(saved)
            await self.desk_app.refresh_screens()

    @work(group="dialog")
    async def action_log(self) -> None:
        """Ask for the kind and one line, and log it."""
        kinds = [(kind, kind.capitalize()) for kind in ACTIVITY_KINDS]
        kind = await self.app.push_screen_wait(ChooseModal("What did you do?", kinds))
        if kind is None:
            return
        subject = await self.app.push_screen_wait(PromptModal("What was it about?", hint="One line; details go into a note"))
        if subject is not None:
            values: dict[str, object] = {**self.links(), "kind": kind, "subject": subject}
            await self.save(lambda desk: activities.add(desk, values))

    @work(group="dialog")
    async def action_note(self) -> None:
        """Ask for a line, and keep it as a note."""
        body = await self.app.push_screen_wait(PromptModal("Note"))
        if body is not None:
            values: dict[str, object] = {**self.links(), "body": body}
            await self.save(lambda desk: notes.add(desk, values))

    @work(group="dialog")
    async def action_task(self) -> None:
        """Ask what is to do and when."""
        subject = await self.app.push_screen_wait(PromptModal("What is to do?"))
        if subject is None:
            return
        due = await self.app.push_screen_wait(PromptModal("When?", value="tomorrow", hint="friday, +3d, 12 march, eom"))
        if due is not None:
            values: dict[str, object] = {**self.links(), "subject": subject, "due": due}
            await self.save(lambda desk: tasks.add(desk, values))

    async def action_remove(self) -> None:
        """Put the record into the trash and return."""
        if await self.save(self._remove) is not None:
            self.action_back()

    def _remove(self, desk: Desk) -> Saved:
        return verbs_of(self._noun).remove(desk, [self._id])


def _facts(sheet: sheets.Sheet) -> Table:
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(style="dim", no_wrap=True, max_width=16)
    table.add_column(ratio=1)
    for section in sheet.sections:
        if section.title:
            table.add_row(Text(), Text())
            table.add_row(safe(section.title, "bold"), safe(str(len(section.lines)), "dim"))
        for line in section.lines:
            table.add_row(safe(line.label), safe(line.text))
    return table
