"""One record: its facts, what belongs to it, and its timeline."""

from datetime import tzinfo
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from screens.base import DeskScreen, bindings
from screens.modals.form import FormModal, FormSpec
from screens.records.facts import Facts
from screens.safe import safe
from screens.widgets.columns import ColumnSpec
from screens.widgets.paging import ListSource, Row
from screens.widgets.record_table import RecordTable
from screens.words import local_text
from sfa.commands import Command
from sfa.errors import NotFoundError
from sfa.services import sheets
from sfa.services.timeline import TimelineEntry

VERBS = (
    Command("record.log", "Log a call or visit", "log", "l", "What was done, in one line", is_shown=True, label="Log"),
    Command("record.task", "Add a task", "task", "t", "What is to do, and when", is_shown=True, label="Task"),
    Command("record.note", "Write a note", "note", "N", "Something worth keeping", is_shown=True, label="Note"),
    Command("record.edit", "Edit", "edit", "e", "The record in a form", is_shown=True, label="Edit"),
    Command("record.back", "Back", "back", "escape,backspace", "To where you came from", is_shown=True, label="Back"),
    Command("record.remove", "Remove", "remove", "delete,D", "Into the trash; u brings it back"),
    Command(
        "record.done",
        "Tick the task off",
        "done",
        "d",
        "The task is done; u takes it back",
        is_shown=True,
        label="Done",
    ),
    Command("record.quote", "Quote", "quote", "Q", "Open a quote of this record, or make one"),
    Command("record.other", "Facts or timeline", "other_side", "tab", "Go to the other half"),
)
TIMELINE = (
    ColumnSpec("at", "When", 16, 0, 1),
    ColumnSpec("kind", "What", 7, 0, 2),
    ColumnSpec("title", "Title", 18, 2, 1),
    ColumnSpec("detail", "Detail", 16, 1, 3),
)
AREAS_OF = {
    "account": "accounts",
    "contact": "accounts",
    "opportunity": "pipeline",
    "lead": "leads",
    "event": "calendar",
    "product": "catalogue",
    "order": "orders",
}
WITH_TIMELINE = ("account", "contact", "opportunity")
WITH_QUOTES = ("account", "opportunity")
EMPTY = Text("Nothing happened yet. Press l to log a call, N for a note, t for a task.", justify="center")


class RecordScreen(DeskScreen):
    """A record of any noun.

    Attributes:
        record_id: which one.
    """

    TITLE = "a record"
    AUTO_FOCUS = "Facts"
    VERBS: ClassVar[tuple[Command, ...]] = VERBS
    BINDINGS: ClassVar[list[BindingType]] = bindings(VERBS)
    DEFAULT_CSS = """
    RecordScreen {
        & Facts { width: 1fr; min-width: 40; }
        & RecordTable { width: 2fr; }
        & #halves { layout: horizontal; }
        &.-narrow #halves { layout: vertical; }
        &.-narrow Facts, &.-narrow RecordTable { width: 1fr; min-width: 0; height: 2fr; }
        &.-narrow Facts:focus, &.-narrow RecordTable:focus { height: 3fr; }
    }
    """

    def __init__(self, noun: str, record_id: str) -> None:
        super().__init__()
        self._noun = noun
        self.record_id = record_id
        self._sheet: sheets.Sheet | None = None

    @property
    def area(self) -> str:
        """The area of its noun."""
        return AREAS_OF.get(self._noun, "")

    def compose_body(self) -> ComposeResult:
        """Lay out facts beside the timeline."""
        with Container(id="halves"):
            yield Facts()
            if self._noun in WITH_TIMELINE:
                table = RecordTable(TIMELINE, empty_text=EMPTY)
                table.border_title = "Timeline"
                yield table

    def looked_at(self) -> tuple[str, str]:
        """Return the record."""
        return self._noun, self.record_id

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out what makes no sense about a record that nothing happens around."""
        if action in ("log", "task", "note", "other_side"):
            return self._noun in WITH_TIMELINE
        if action == "quote":
            return self._noun in WITH_QUOTES
        if action == "done":
            return self._noun == "task"
        return super().check_action(action, parameters)

    async def refresh_data(self) -> None:
        """Read the record anew; one that is gone closes its screen."""
        try:
            sheet = await self.desk_app.clerk.ask(lambda desk: sheets.sheet(desk, self._noun, self.record_id))
        except NotFoundError as error:
            if self._sheet is None:
                self.show_error(error)
            self.call_later(self.action_back)
            return
        self._sheet = sheet
        facts = self.query_one(Facts)
        facts.border_title = safe(f"{self._noun.capitalize().replace('_', ' ')}: {sheet.label}")
        facts.border_subtitle = safe(sheet.ref)
        facts.show(sheet)
        if self._noun not in WITH_TIMELINE:
            return
        zone = self.desk_app.clerk.desk.store.clock.zone()
        rows = [self._row(number, item, zone) for number, item in enumerate(sheet.timeline)]
        self.query_one(RecordTable).set_source(ListSource(rows))

    def _row(self, number: int, item: TimelineEntry, zone: tzinfo) -> Row:
        is_own = item.id == self.record_id
        title, detail = (item.detail, "") if is_own else (item.title, item.detail)
        return Row(str(number), (local_text(item.at, zone), item.kind, title, detail), ("muted", "", "", "muted"))

    @on(RecordTable.RowOpened)
    def open_entry(self, event: RecordTable.RowOpened) -> None:
        """Show the record behind a line of the timeline."""
        entry = self._sheet.timeline[int(event.key)] if self._sheet else None
        if entry and entry.noun and entry.id != self.record_id:
            self.desk_app.open_hit((entry.noun, entry.id))

    @on(Facts.Chosen)
    def open_line(self, event: Facts.Chosen) -> None:
        """Show what a line leads to; a mere fact is edited."""
        if event.line.noun:
            self.desk_app.open_hit((event.line.noun, event.line.id))
        else:
            self.action_edit()

    def action_back(self) -> None:
        """Return to where one came from."""
        if self.is_current:
            self.app.pop_screen()

    def action_other_side(self) -> None:
        """Go to the other half."""
        facts = self.query_one(Facts)
        (self.query_one(RecordTable) if facts.has_focus else facts).focus()

    def action_edit(self) -> None:
        """Edit in a form."""
        self._open_form(FormSpec(self._noun, [self.record_id]))

    def action_log(self) -> None:
        """Ask what was done, and log it."""
        only = ("subject", "kind", "outcome", "started", "duration_min", "note")
        self._open_form(FormSpec("activity", (), "Log what was done", only, {"kind": "call"}, self._links()))

    def action_note(self) -> None:
        """Ask for some lines, and keep them as a note."""
        self._open_form(FormSpec("note", (), "Note", ("body",), {}, self._links()))

    def action_task(self) -> None:
        """Ask what is to do and when."""
        only = ("subject", "due", "due_time", "priority", "note")
        self._open_form(FormSpec("task", (), "Task", only, {"due": "tomorrow"}, self._links()))

    async def action_done(self) -> None:
        """Tick the task off."""
        from sfa.services import tasks  # noqa: PLC0415 - of all records, only a task needs it

        await self.save(lambda desk: tasks.complete(desk, [self.record_id]))

    @work(group="dialog")
    async def action_quote(self) -> None:
        """Open a quote of the deal or account, or make one for it."""
        from screens.quotes.making import quote_of  # noqa: PLC0415 - opened by key

        await quote_of(self, self._noun, self.record_id)

    def _links(self) -> dict[str, object]:
        """Return the references that a new activity, note or task about this record carries."""
        return dict(self._sheet.links) if self._sheet else {}

    def _open_form(self, spec: FormSpec) -> None:
        self.app.push_screen(FormModal(spec), self.finish)

    @work(group="dialog")
    async def action_remove(self) -> None:
        """Put the record into the trash and return."""
        if await self.remove_records(self._noun, [self.record_id]) is not None:
            self.action_back()
