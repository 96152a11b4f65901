"""What every screen with a list has: filter, sort, marks, add, edit, remove, bulk edit with a preview."""

from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Footer, Input

from screens.base import DeskScreen, bindings
from screens.modals.confirm import ConfirmModal
from screens.safe import safe
from screens.sources import open_source
from screens.widgets.columns import ColumnSpec
from screens.widgets.record_table import RecordTable
from sfa.commands import Command
from sfa.services import bulk, listing
from sfa.services.records import verbs_of

LIST_COMMANDS = (
    Command("list.filter", "Filter", "filter", "slash", "stage=Negotiation amount>10k owner=me, or plain words", True, "Filter"),
    Command("list.add", "Add", "add", "a", "A new record, in a form", True, "Add"),
    Command("list.edit", "Edit", "edit", "e", "The record in a form; with marks: one field of all of them", True, "Edit"),
    Command("list.remove", "Remove", "remove", "delete,D", "Into the trash; u brings it back"),
)


class ListScreen(DeskScreen):
    """A screen over one noun at a time.

    Attributes:
        noun: whose records are shown.
        list_title: what stands in the border.
        columns: their ids are field names of the noun.
        base_where: the filter that always holds, such as `status=open`; a user's filter narrows it.
        empty: what stands where there is nothing.
    """

    COMMANDS = LIST_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(LIST_COMMANDS)

    def __init__(self) -> None:
        super().__init__()
        self.noun = ""
        self.list_title = ""
        self.columns: tuple[ColumnSpec, ...] = ()
        self.base_where = ""
        self.empty = Text("Nothing here yet. Press a to add.", justify="center")
        self._sort = "name"
        self._filter = ""
        self._shown: tuple[str, str] | None = None

    def compose(self) -> ComposeResult:
        """Lay out the filter line over the body."""
        yield Input(placeholder="stage=Negotiation amount>10k owner=me, or words of a name", id="filter")
        yield from self.compose_body()

    def compose_body(self) -> ComposeResult:
        """Lay out the list; subclasses may show more."""
        yield self.make_table()
        yield Footer()

    def make_table(self) -> RecordTable:
        """Return the list, with its title and what it says while it is empty."""
        table = RecordTable(self.columns, empty_text=self.empty)
        table.border_title = self.list_title
        return table

    async def replace_table(self) -> None:
        """Show another list in the place of this one, with its own columns."""
        old = self.query_one(RecordTable)
        table = self.make_table()
        await self.mount(table, after=old)
        await old.remove()
        await self.refresh_data()
        table.focus()

    async def on_mount(self) -> None:
        """Show the first page."""
        await self.refresh_data()

    def where(self) -> str:
        """Return the filter that is in force."""
        return " ".join(f"({part})" for part in (self.base_where, self._filter) if part)

    async def refresh_data(self) -> None:
        """Read the list anew; the cursor stays on its record."""
        table = self.query_one(RecordTable)
        wanted = (self.where(), self._sort)
        if wanted == self._shown:
            table.reload()
            return
        columns = tuple(column.id for column in self.columns)
        opened = await self.ask(lambda desk: open_source(desk, self.noun, wanted[0], wanted[1], columns))
        if opened is None or wanted != (self.where(), self._sort):
            return
        self._shown = wanted
        table.set_source(*opened)
        table.set_sorting(self._sort.lstrip("-"), is_descending=self._sort.startswith("-"))
        self._tell_filter(table)

    def _tell_filter(self, table: RecordTable) -> None:
        table.border_title = safe(f"{self.list_title}: {self._filter}") if self._filter else self.list_title
        table.set_empty_text(
            Text("Nothing fits the filter. Press / to change it, esc in it to clear it.", justify="center")
            if self._filter
            else self.empty
        )

    def targets(self) -> list[str]:
        """Return the ids that a verb is for: the marked rows, else the one under the cursor."""
        table = self.query_one(RecordTable)
        if table.marks and not table.marks.is_everything:
            return sorted(table.marks.keys)
        key = table.cursor_key
        return [key] if key else []

    def open_record(self, record_id: str) -> None:
        """Show a record whole."""
        self.desk_app.open_hit((self.noun, record_id))

    @on(RecordTable.RowOpened)
    def open_row(self, event: RecordTable.RowOpened) -> None:
        """Show the record under the cursor whole."""
        self.open_record(event.key)

    @on(RecordTable.SourceFailed)
    def tell_failure(self, event: RecordTable.SourceFailed) -> None:
        """Say why the list could not be read."""
        self.desk_app.report_defect(event.error)

    @on(RecordTable.SortRequested)
    async def sort(self, event: RecordTable.SortRequested) -> None:
        """Sort by the column clicked; again: the other way round."""
        self._sort = f"-{event.column_id}" if self._sort == event.column_id else event.column_id
        await self.refresh_data()

    async def action_filter(self) -> None:
        """Open the filter line."""
        line = self.query_one("#filter", Input)
        line.add_class("-open")
        line.value = self._filter
        line.focus()

    @on(Input.Changed, "#filter")
    async def filter_live(self, event: Input.Changed) -> None:
        """Filter as one types, as far as the line can be understood."""
        if not event.input.has_class("-open"):
            return
        text = event.value.strip()
        if await self.desk_app.clerk.ask(lambda desk: listing.can_filter(desk, self.noun, text)):
            self._filter = text
            await self.refresh_data()

    @on(Input.Submitted, "#filter")
    async def filter_done(self, event: Input.Submitted) -> None:
        """Keep the filter and go to the list; one that cannot be understood says why."""
        self._filter = event.value.strip()
        self._shown = None
        await self.refresh_data()
        self._close_filter()

    def _close_filter(self) -> None:
        self.query_one("#filter", Input).remove_class("-open")
        self.query_one(RecordTable).focus()

    async def key_escape(self) -> None:
        """Close the filter line and clear the filter."""
        if self.query_one("#filter", Input).has_class("-open") or self._filter:
            self._filter = ""
            self._close_filter()
            await self.refresh_data()

    @work(group="dialog")
    async def action_add(self) -> None:
        """Open an empty form and save it."""
        from screens.modals.form import FormModal  # noqa: PLC0415 - opened by key

        saved = await self.app.push_screen_wait(FormModal(self.noun))
        await self._form_saved(saved)

    @work(group="dialog")
    async def action_edit(self) -> None:
        """Edit the record in a form, or one field of all marked ones."""
        from screens.modals.form import FormModal  # noqa: PLC0415 - as above

        ids = self.targets()
        if len(ids) > 1 or self.query_one(RecordTable).marks.is_everything:
            await self._edit_many(ids)
        elif ids:
            saved = await self.app.push_screen_wait(FormModal(self.noun, ids[0]))
            await self._form_saved(saved)

    async def _form_saved(self, saved: object) -> None:
        from sfa.services.desk import Saved  # noqa: PLC0415 - a type

        if isinstance(saved, Saved):
            self.desk_app.tell_saved(saved)
            await self.desk_app.refresh_screens()

    async def _edit_many(self, ids: list[str]) -> None:
        from screens.modals.bulk import BulkModal  # noqa: PLC0415 - opened by key

        chosen = ids
        if self.query_one(RecordTable).marks.is_everything:
            excluded = self.query_one(RecordTable).marks.excluded
            every = await self.ask(lambda desk: listing.ids(desk, self.noun, self.where()))
            chosen = [record_id for record_id in every or [] if record_id not in excluded]
        values = await self.app.push_screen_wait(BulkModal(self.noun, len(chosen)))
        if not values:
            return
        preview = await self.ask(lambda desk: bulk.preview(desk, self.noun, chosen, values))
        if preview is None:
            return
        lines = [f"{item.ref:<6} {item.field}: {item.old or '–'} → {item.new or '–'}" for item in preview]
        if await self.app.push_screen_wait(ConfirmModal(f"Change {len(chosen)} records?", lines[:200])):
            await self.save(lambda desk: verbs_of(self.noun).edit(desk, chosen, values))

    async def action_remove(self) -> None:
        """Put the record, or the marked ones, into the trash."""
        ids = self.targets()
        if ids:
            await self.save(lambda desk: verbs_of(self.noun).remove(desk, ids))

