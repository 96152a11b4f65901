"""What every screen with a list has: filter, sort, marks, add, edit, remove, bulk edit with a preview."""

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.widgets import Input, Static

from screens.base import DeskScreen, bindings
from screens.modals.choose import ChooseModal
from screens.safe import safe
from screens.sources import open_source
from screens.widgets.record_table import RecordTable
from sfa.commands import Command
from sfa.domain.fields import NOUNS
from sfa.errors import UsageError
from sfa.services import listing
from sfa.services.desk import Desk
from sfa.services.records import verbs_of

if TYPE_CHECKING:
    from screens.widgets.columns import ColumnSpec

EXAMPLES = {
    "opportunity": "stage=Negotiation amount>10k owner=me",
    "account": "type=customer city=Köln owner=me",
    "contact": "account=Acme title=buyer",
    "lead": "status=new source=web",
    "quote": "state=sent net>10k owner=me",
    "order": "state=open net>10k owner=me",
    "invoice": "state=open net>10k",
    "product": "price>1000 unit=piece",
    "activity": "kind=call owner=me",
}
"""What a filter may look like, by noun."""
PREVIEWED = 200
LIST_VERBS = (
    Command("list.filter", "Filter", "filter", "slash", "Words of a name, or fields: owner=me", is_shown=True, label="Filter"),
    Command("list.add", "Add", "add", "a", "A new record, in a form", is_shown=True, label="Add"),
    Command("list.edit", "Edit", "edit", "e", "In a form; of marked ones, one field", is_shown=True, label="Edit"),
    Command("list.sort", "Sort", "sort", "s", "By any column; the same one again turns it round", is_shown=True, label="Sort"),
    Command("list.remove", "Remove", "remove", "delete,D", "Into the trash; u brings it back"),
)  # fmt: skip


class FilterLine(Input):
    """The line that a filter is typed in."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Keep the filter", tooltip="Keep it and go to the list", id="filter.keep"),
        Binding("escape", "screen.clear_filter", "Clear it", tooltip="Show everything again", id="filter.clear"),
    ]


class ListScreen(DeskScreen):
    """A screen over one noun at a time.

    Attributes:
        noun: whose records are shown.
        list_title: what stands in the border.
        columns: their ids are field names of the noun.
        base_where: the filter that always holds, such as `status=open`; a user's filter narrows it.
        empty: what stands where there is nothing.
    """

    VERBS: ClassVar[tuple[Command, ...]] = LIST_VERBS
    BINDINGS: ClassVar[list[BindingType]] = bindings(LIST_VERBS)

    def __init__(self) -> None:
        super().__init__()
        self.noun = ""
        self.list_title = ""
        self.columns: tuple[ColumnSpec, ...] = ()
        self.base_where = ""
        self.empty = Text("Nothing here yet. Press a to add.", justify="center")
        self._sort = "name"
        self._filter = ""
        self._filter_before = ""
        self._shown: tuple[str, str] | None = None

    def compose_body(self) -> ComposeResult:
        """Lay out the filter line over the list."""
        yield Static("", id="filter-problem")
        yield FilterLine(id="filter", select_on_focus=False)
        yield from self.compose_list()

    def compose_list(self) -> ComposeResult:
        """Lay out the list; subclasses may show more."""
        yield self.make_table()

    def make_table(self) -> RecordTable:
        """Return the list, with its title and what it says while it is empty."""
        table = RecordTable(self.columns, empty_text=self.empty)
        table.border_title = self.list_title
        return table

    @property
    def table(self) -> RecordTable:
        """The list."""
        return self.query_one(RecordTable)

    @property
    def filter_line(self) -> Input:
        """The line that the filter is typed in."""
        return self.query_one("#filter", Input)

    async def replace_table(self) -> None:
        """Show another list in the place of this one, with its own columns."""
        old = self.table
        table = self.make_table()
        await self.mount(table, after=old)
        await old.remove()
        await self.refresh_data()
        table.focus()

    def where(self) -> str:
        """Return the filter that is in force."""
        return " ".join(f"({part})" for part in (self.base_where, self._filter) if part)

    async def refresh_data(self) -> None:
        """Read the list anew; the cursor stays on its record."""
        wanted = (self.where(), self._sort)
        if wanted == self._shown:
            self.table.reload()
            return
        columns = tuple(column.id for column in self.columns)
        opened = await self.ask(lambda desk: open_source(desk, self.noun, wanted[0], wanted[1], columns))
        if opened is None or wanted != (self.where(), self._sort):
            return
        self._shown = wanted
        table = self.table
        table.set_source(*opened)
        table.set_sorting(self._sort.lstrip("-"), is_descending=self._sort.startswith("-"))
        self._tell_filter(table)

    def _tell_filter(self, table: RecordTable) -> None:
        table.border_title = safe(f"{self.list_title}: {self._filter}") if self._filter else self.list_title
        table.set_empty_text(
            Text("Nothing fits the filter. Press / to change it, esc to clear it.", justify="center")
            if self._filter
            else self.empty
        )

    def targets(self) -> list[str]:
        """Return the ids that a verb is for: the marked rows, else the one under the cursor."""
        table = self.table
        if table.marks and not table.marks.is_everything:
            return sorted(table.marks.keys)
        key = table.cursor_key
        return [key] if key else []

    def looked_at(self) -> tuple[str, str] | None:
        """Return the record under the cursor, or the one that is marked."""
        ids = self.targets()
        return (self.noun, ids[0]) if len(ids) == 1 else None

    def point_at(self, noun: str, record_id: str) -> bool:
        """Put the cursor on a record of this list."""
        if noun == self.noun:
            self.table.point_at(record_id)
        return noun == self.noun

    async def all_targets(self) -> list[str]:
        """Return the same, where everything shown may be marked, too."""
        marks = self.table.marks
        if not marks.is_everything:
            return self.targets()
        where, excluded = self.where(), set(marks.excluded)
        found = await self.ask(lambda desk: listing.ids(desk, self.noun, where))
        return [record_id for record_id in found or [] if record_id not in excluded]

    def open_record(self, record_id: str) -> None:
        """Show a record whole."""
        self.desk_app.open_hit((self.noun, record_id))

    @on(RecordTable.RowOpened)
    def open_row(self, event: RecordTable.RowOpened) -> None:
        """Show the record under the cursor whole."""
        self.open_record(event.key)

    @on(RecordTable.SortRequested)
    async def sort_by(self, event: RecordTable.SortRequested) -> None:
        """Sort by the column clicked; again: the other way round."""
        await self._sort_by(event.column_id)

    async def _sort_by(self, column: str) -> None:
        if any(spec.id == column for spec in self.columns) and column not in self.unsorted:
            self._sort = f"-{column}" if self._sort == column else column
            await self.refresh_data()

    @property
    def unsorted(self) -> tuple[str, ...]:
        """Columns that the list cannot be sorted by."""
        return ()

    @work(group="dialog")
    async def action_sort(self) -> None:
        """Ask for the column to sort by."""
        choices = [(spec.id, spec.title) for spec in self.columns if spec.id not in self.unsorted]
        chosen = await self.app.push_screen_wait(ChooseModal("Sort by", choices, selected=self._sort.lstrip("-")))
        if chosen:
            await self._sort_by(chosen)

    async def action_filter(self) -> None:
        """Open the filter line."""
        self._filter_before = self._filter
        line = self.filter_line
        line.add_class("-open")
        line.placeholder = f"{EXAMPLES.get(self.noun, 'owner=me')}, or words of a name"
        line.value = self._filter
        line.cursor_position = len(line.value)
        line.focus()

    @on(Input.Changed, "#filter")
    async def filter_live(self, event: Input.Changed) -> None:
        """Filter as one types, as far as the line can be understood."""
        text = event.value.strip()
        if not event.input.has_class("-open") or text == self._filter:
            return
        if await self.ask(lambda desk: listing.can_filter(desk, self.noun, text)) and event.input.has_class("-open"):
            self._filter = text
            self._tell_problem("")
            await self.refresh_data()

    @on(Input.Submitted, "#filter")
    async def filter_done(self, event: Input.Submitted) -> None:
        """Keep the filter and go to the list; one that cannot be understood says why, and the list stays."""
        text = event.value.strip()
        problem = await self.ask(lambda desk: _problem_with(desk, self.noun, text))
        if problem:
            self._filter = self._filter_before
            await self.refresh_data()
            self._tell_problem(problem)
            return
        self._filter = text
        await self.refresh_data()
        self._close_filter()

    def _tell_problem(self, words: str) -> None:
        line = self.query_one("#filter-problem", Static)
        line.update(safe(words))
        line.set_class(bool(words), "-open")

    def _close_filter(self) -> None:
        self._tell_problem("")
        self.filter_line.remove_class("-open")
        self.table.focus()

    async def key_escape(self, event: events.Key) -> None:
        """Close the filter line and clear the filter."""
        try:
            is_open = self.filter_line.has_class("-open")
        except NoMatches:
            return
        if is_open or self._filter:
            event.stop()
            await self.action_clear_filter()

    async def action_clear_filter(self) -> None:
        """Show everything again and go to the list."""
        self._filter = ""
        self._close_filter()
        await self.refresh_data()

    @work(group="dialog")
    async def action_add(self) -> None:
        """Open an empty form and save it."""
        from screens.modals.form import FormModal, FormSpec  # noqa: PLC0415 - opened by key

        await self.finish(await self.app.push_screen_wait(FormModal(FormSpec(self.noun))))

    @work(group="dialog")
    async def action_edit(self) -> None:
        """Edit the record in a form, or one field of all marked ones."""
        from screens.modals.form import FormModal, FormSpec  # noqa: PLC0415 - as above

        ids = await self.all_targets()
        if len(ids) > 1:
            await self._edit_many(ids)
        elif ids:
            await self.finish(await self.app.push_screen_wait(FormModal(FormSpec(self.noun, ids))))

    async def _edit_many(self, ids: list[str]) -> None:
        from screens.modals.bulk import BulkModal  # noqa: PLC0415 - opened by key
        from screens.modals.confirm import ConfirmModal  # noqa: PLC0415 - as above

        change = await self.app.push_screen_wait(BulkModal(self.noun, ids))
        if change is None:
            return
        lines = [BulkModal.words(item) for item in change.preview[:PREVIEWED]]
        if len(change.preview) > PREVIEWED:
            lines.append(f"… and {len(change.preview) - PREVIEWED:,} more")
        if await self.app.push_screen_wait(ConfirmModal(f"Change {len(ids):,} {NOUNS[self.noun].plural}?", lines)):
            await self.save(lambda desk: verbs_of(self.noun).edit(desk, ids, change.values))
            self.table.action_clear_marks()

    @work(group="dialog")
    async def action_remove(self) -> None:
        """Put the record, or the marked ones, into the trash."""
        ids = await self.all_targets()
        if ids and await self.remove_records(self.noun, ids):
            self.table.action_clear_marks()


def _problem_with(desk: Desk, noun: str, where: str) -> str:
    """Return why a filter cannot be read, or nothing."""
    try:
        listing.count(desk, noun, where)
    except UsageError as error:
        return f"{error.message} {error.hint or ''}".strip()
    return ""
