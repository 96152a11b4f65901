"""Commission: what is paid for a period and why, how far the quota is, and what a deal would be worth."""

from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from screens.base import DeskScreen, bindings
from screens.commission import words
from screens.modals.prompt import PromptModal
from screens.safe import safe, safe_lines
from screens.widgets.columns import ColumnSpec
from screens.widgets.record_table import RecordTable
from screens.widgets.short_list import show_rows
from sfa.commands import Command
from sfa.errors import NotFoundError
from sfa.services import commission_page as service
from sfa.services.commission_statements import LineView
from sfa.services.desk import Desk, Saved

VERBS = (
    Command("commission.whatif", "What if", "whatif", "w", "What a deal would be worth to you", is_shown=True, label="What if"),
    Command("commission.explain", "Why this amount", "explain", "y", "Its sum, and its facts; enter too", is_shown=True, label="Why"),
    Command("commission.before", "Period before", "turn(-1)", "left_square_bracket", "An earlier one", is_shown=True, label="Before"),
    Command("commission.after", "The period after", "turn(1)", "right_square_bracket", "A later statement"),
    Command("commission.dispute", "Dispute the line", "dispute", "d", "Say what is wrong with it", is_shown=True, label="Dispute"),
    Command("commission.whose", "Whose statement", "whose", "o", "Somebody who reports to you", is_shown=True, label="Whose"),
    Command("commission.sale", "The sale", "sale", "s", "The deal or order behind the line"),
)  # fmt: skip
COLUMNS = (
    ColumnSpec("no", "#", 4, 0, 2, "right"),
    ColumnSpec("on", "Date", 10, 0, 2),
    ColumnSpec("sale", "Sale", 18, 3, 1),
    ColumnSpec("component", "For", 8, 1, 3),
    ColumnSpec("kind", "Kind", 12, 0, 2),
    ColumnSpec("amount", "Amount", 16, 0, 1, "right"),
)
NOTHING = Text("Nothing is earned in this period yet. Press w to see what a deal would bring.", justify="center")
NOT_YET = Text("\n".join(words.WELCOME), justify="left")


class CommissionScreen(DeskScreen):
    """Somebody's statement."""

    TITLE = "Commission"
    AREA = "commission"
    IS_SLOW = True
    VERBS = VERBS
    BINDINGS: ClassVar[list[BindingType]] = bindings(VERBS)
    DEFAULT_CSS = """
    CommissionScreen {
        & #head { height: auto; max-height: 7; padding: 0 2; }
        &.-unpaid #head { max-height: 100%; }
        & #words { height: auto; max-height: 8; padding: 0 2; color: $foreground; }
        &.-explained #words { max-height: 14; }
        & RecordTable { height: 1fr; min-height: 5; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._page: service.Page | None = None
        self._period = ""
        self._user: str | None = None
        self._is_explained = False
        self._estimate: list[str] = []

    def compose_body(self) -> ComposeResult:
        """Lay out sums, lines, and words."""
        yield Static("", id="head")
        yield RecordTable(COLUMNS, empty_text=NOTHING)
        yield Static("", id="words")

    async def refresh_data(self) -> None:
        """Calculate the statement anew."""
        period, user = self._period, self._user
        asked = await self.ask(lambda desk: _read(desk, period, user))
        if asked is None:
            return
        found, others = asked
        self._page = found
        table = self.query_one(RecordTable)
        self.set_class(found is None, "-unpaid")
        if found is None:
            table.border_title = "Commission"
            self.query_one("#head", Static).update(words.of_others(others) if others else NOT_YET)
            table.display = False
            return
        table.display = True
        view = found.view
        table.border_title = safe(f"{view.person}: {view.period.id}")
        table.border_subtitle = "as of now" if view.status == "open" else view.status
        self.query_one("#head", Static).update(words.head(found))
        show_rows(table, words.rows(view))
        self._tell()

    def signs(self) -> list[tuple[str, str]]:
        """Return the signs of gauges and amounts."""
        return [(words.QUOTA, "the quota, where more is reached"), ("( )", "a memo: told, and not paid")]

    @property
    def _line(self) -> LineView | None:
        key = self.query_one(RecordTable).cursor_key
        if self._page is None or key is None or int(key) > len(self._page.view.lines):
            return None
        return self._page.view.lines[int(key) - 1]

    def _tell(self) -> None:
        """Say the line under the cursor in words, or what was asked."""
        line, told = self._line, self._estimate
        if not told and self._page is not None and line is not None:
            told = words.explanation(self._page.view, line) if self._is_explained else [words.sentence(line)]
        self.set_class(self._is_explained, "-explained")
        self.query_one("#words", Static).update(safe_lines("\n".join(told)))

    @on(RecordTable.RowHighlighted)
    def tell_line(self) -> None:
        """Say another line."""
        self._is_explained, self._estimate = False, []
        self._tell()

    @on(RecordTable.RowOpened)
    def explain_line(self, event: RecordTable.RowOpened) -> None:
        """Show all that the line was calculated from, or its sentence again."""
        event.prevent_default()
        self.action_explain()

    def action_explain(self) -> None:
        """Show all that the line was calculated from, or its sentence again."""
        self._is_explained, self._estimate = not self._is_explained, []
        self._tell()

    async def action_turn(self, step: int) -> None:
        """Show the statement of another period."""
        if self._page is None:
            return
        codes = [period.id for period in self._page.periods]
        place = codes.index(self._page.view.period.id) + step
        if not 0 <= place < len(codes):
            self.desk_app.tell("There is no other period that way.", severity="warning")
            return
        self._period, self._estimate = codes[place], []
        await self.read_anew()

    @work(group="dialog")
    async def action_whatif(self) -> None:
        """Ask for a sale, and say what it would be worth."""
        if self._page is None:
            self.desk_app.tell("No plan pays you yet.", severity="warning")
            return
        user = self._user

        def worth(desk: Desk, text: str) -> list[str]:
            from sfa.services.commission_whatif import whatif  # noqa: PLC0415 - asked by key

            return words.estimate(whatif(desk, [part for part in text.split(";") if part.strip()], user))

        hint = "win Acme in march at 40k; several: part them by ;"
        found = await self.app.push_screen_wait(PromptModal("What if", worth, hint=hint, enter="reckons"))
        if found is not None:
            self._estimate = found
            self._tell()

    @work(group="dialog")
    async def action_dispute(self) -> None:
        """Ask what is wrong with a line."""
        line = self._line
        if line is None:
            return

        def dispute(desk: Desk, text: str) -> Saved:
            from sfa.services.commission_disputes import open_dispute  # noqa: PLC0415 - asked by key

            return open_dispute(desk, line.key, text)

        title = f"What is wrong with line {line.ordinal}?"
        await self.finish(await self.app.push_screen_wait(PromptModal(title, dispute)))

    @work(group="dialog")
    async def action_whose(self) -> None:
        """Ask whose statement is wanted, of those whose pay may be seen."""
        from screens.modals.choose import ChooseModal  # noqa: PLC0415 - asked by key

        choices = await self.ask(service.payees)
        if not choices or (len(choices) == 1 and self._page is not None):
            self.desk_app.tell("There is no other statement that you may see.", severity="warning")
            return
        chosen = await self.app.push_screen_wait(ChooseModal("Whose statement", choices))
        if chosen is not None:
            self._user, self._period = chosen, ""
            await self.read_anew()

    def action_sale(self) -> None:
        """Show the deal behind a line."""
        line = self._line
        if line is not None and line.noun:
            self.desk_app.open_hit((line.noun, line.event_id))
        else:
            self.desk_app.tell("This line has no deal to show.", severity="warning")


def _read(desk: Desk, period: str, user: str | None) -> tuple[service.Page | None, list[str]]:
    """Return a page; for somebody whom no plan pays, the names of those whose pay they may see."""
    try:
        return service.page(desk, period, user), []
    except NotFoundError:
        others = [name for _, name in service.payees(desk)]
        if user is not None or not others:
            raise
        return None, others
