"""One quote as a sheet: lines that are typed in place, with totals, approvals and the next volume break beneath them."""

from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from screens.base import bindings
from screens.modals.form import FormModal, FormSpec
from screens.quotes.cell import CellLine
from screens.quotes.dialogs import ReadDialog
from screens.quotes.line_verbs import LINE_VERBS, LineVerbs
from screens.quotes.state_verbs import STATE_VERBS, QuoteVerbs
from screens.quotes.words import (
    LINES,
    approval_words,
    head_words,
    line_columns,
    line_name,
    line_rows,
    line_story,
    state_words,
    totals_words,
)
from screens.safe import safe
from screens.widgets.record_table import RecordTable
from screens.widgets.short_list import show_rows
from sfa.commands import Command
from sfa.errors import NotFoundError
from sfa.services.desk import Desk
from sfa.services.quote_aside import aside
from sfa.services.quote_reading import QuoteView, view
from sfa.services.quote_sheet import Meant

VERBS = (
    Command("quote.edit", "Edit the head", "edit_head", "e", "Contact, deal, last day, terms, cover, language"),
    Command("quote.revision", "Another revision", "revision", "R", "Show an earlier or later one"),
    Command("quote.account", "The customer", "account", "A", "The account's own record"),
    Command("quote.deal", "The deal", "deal", "O", "The deal's own record"),
    Command("quote.remove", "Remove the quote", "remove_quote", "", "Into the trash; u brings it back"),
    Command("quote.back", "Back", "back", "escape,backspace", "To where you came from"),
)
HEAD_FIELDS = (
    "name", "contact", "opportunity", "owner", "valid_until", "payment_terms_days", "book", "currency", "language",
    "cover", "terms", "prepaid", "cash_rounding", "nonstandard", "tax_method", "rounding", "is_template", "tags", "description",
)  # fmt: skip
NO_LINES = Text(
    "No lines yet. Press a to add products, f for a line without one, c to configure a bundle.", justify="center"
)


class QuoteScreen(LineVerbs, QuoteVerbs):
    """A quote at the keyboard.

    Args:
        quote_id: which one.
        revision: which version; None is the newest, whichever that is.
    """

    TITLE = "a quote"
    AREA = "quotes"
    AUTO_FOCUS = "#lines"
    VERBS: ClassVar[tuple[Command, ...]] = (
        *LINE_VERBS[:2],
        *STATE_VERBS[:2],
        *LINE_VERBS[2:],
        *STATE_VERBS[2:],
        *VERBS,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(VERBS)
    DEFAULT_CSS = """
    QuoteScreen {
        & #head { height: 1; padding: 0 2; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
        & #totals { height: auto; max-height: 3; padding: 0 2; }
        & #approval { height: auto; max-height: 3; padding: 0 2; color: $text-warning; display: none; }
        & #approval.-open { display: block; }
        & #beside { height: auto; min-height: 1; max-height: 2; padding: 0 2; color: $text-muted; }
    }
    """

    def __init__(self, quote_id: str, revision: int | None = None) -> None:
        super().__init__()
        self.quote_id = quote_id
        self.revision = revision

    def compose_body(self) -> ComposeResult:
        """Lay out the head, the lines, the cell that is typed, and what follows from the lines."""
        yield Static("", id="head")
        yield RecordTable(LINES, empty_text=NO_LINES, id="lines")
        yield CellLine()
        yield Static("", id="totals")
        yield Static("", id="approval")
        yield Static("", id="beside")

    def meant(self) -> Meant:
        """Return the version shown."""
        return Meant(self.quote_id, self.revision)

    def quote_meant(self) -> Meant:
        """Return the same."""
        return self.meant()

    def looked_at(self) -> tuple[str, str]:
        """Return the quote."""
        return "quote", self.quote_id

    async def refresh_data(self) -> None:
        """Read the quote anew; one that is gone closes its screen."""
        meant = self.meant()

        def read(desk: Desk) -> QuoteView | NotFoundError:
            try:
                return view(desk, meant)
            except NotFoundError as error:
                return error

        found = await self.ask(read)
        if isinstance(found, NotFoundError):
            if self.shown is None:
                self.show_error(found)
            self.call_later(self.action_back)
        if found is None or isinstance(found, NotFoundError):
            return
        self.shown = found
        table = self.lines_table
        table.border_title = safe(f"{found.number}: {found.name}")
        table.set_columns(line_columns(found))
        show_rows(table, line_rows(found))
        self.query_one("#head", Static).update(head_words(found))
        self.query_one("#totals", Static).update(totals_words(found))
        words, is_open = approval_words(found)
        place = self.query_one("#approval", Static)
        place.update(safe(words))
        place.set_class(is_open, "-open")
        await self.tell_beside()

    @on(RecordTable.RowHighlighted, "#lines")
    async def tell_beside(self) -> None:
        """Say what is to be told of the line under the cursor."""
        line, meant = self.line, self.meant()
        beside = await self.ask(lambda desk: aside(desk, meant, line.position)) if line else None
        if self.is_attached and line == self.line:
            self.query_one("#beside", Static).update(safe(beside.words if beside else ""))

    @on(RecordTable.RowOpened, "#lines")
    async def explain(self) -> None:
        """Tell how the price of the line came about."""
        line, meant, found = self.line, self.meant(), self.shown
        beside = await self.ask(lambda desk: aside(desk, meant, line.position)) if line else None
        if line is not None and found is not None and beside is not None:
            self.app.push_screen(
                ReadDialog(f"Line {line.position}: {line_name(line)}", line_story(found, line, beside))
            )

    def action_edit_head(self) -> None:
        """Edit what stands over the lines in a form."""
        if self.may_edit():
            self.app.push_screen(
                FormModal(FormSpec("quote", [self.quote_id], "The head of the quote", HEAD_FIELDS)), self.finish
            )

    @work(group="dialog")
    async def action_revision(self) -> None:
        """Show another revision."""
        from screens.modals.choose import ChooseModal  # noqa: PLC0415 - opened by key

        if self.shown is None:
            return
        choices = [
            (str(one.revision), f"{one.number}  {state_words(one.state)}  {one.net or ''}")
            for one in self.shown.versions
        ]
        chosen = await self.app.push_screen_wait(
            ChooseModal("Which revision?", choices, selected=str(self.shown.revision))
        )
        if chosen:
            newest = self.shown.versions[-1].revision
            self.revision = None if int(chosen) == newest else int(chosen)
            await self.refresh_data()

    def action_account(self) -> None:
        """Show the customer."""
        if self.shown is not None:
            self.desk_app.open_hit(("account", self.shown.account_id))

    def action_deal(self) -> None:
        """Show the deal."""
        if self.shown is not None and self.shown.opportunity_id:
            self.desk_app.open_hit(("opportunity", self.shown.opportunity_id))
        else:
            self.desk_app.tell("This quote belongs to no deal. Press e to give it one.", severity="warning")

    @work(group="dialog")
    async def action_remove_quote(self) -> None:
        """Put the quote into the trash and return."""
        if await self.remove_records("quote", [self.quote_id]) is not None:
            self.action_back()

    def action_back(self) -> None:
        """Return to where one came from."""
        if self.is_current:
            self.app.pop_screen()
