"""The pipeline: board and list of deals, moved, won, lost and planned with one key each."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import ContentSwitcher, Footer

from screens.base import bindings
from screens.lists import ListScreen
from screens.modals.choose import ChooseModal
from screens.modals.prompt import PromptModal
from screens.pipeline.board import Board, short_money
from screens.widgets.columns import ColumnSpec
from screens.widgets.record_table import RecordTable
from sfa.commands import Command
from sfa.domain.fields import LOSS_REASONS
from sfa.domain.money import Money
from sfa.services import board as board_service
from sfa.services import opportunities
from sfa.services.desk import Desk, Saved

COMMANDS = (
    Command("opportunity.move", "Move to a stage", "move", "m", "Choose the stage for this deal or the marked ones", True, "Move"),
    Command("opportunity.next", "Move to the next stage", "next_stage", "greater_than_sign,L", "One stage on"),
    Command("opportunity.back", "Move a stage back", "stage_back", "less_than_sign,H", "One stage back"),
    Command("opportunity.win", "Win", "win", "w", "The deal is won; a reason helps the next one", True, "Win"),
    Command("opportunity.lose", "Lose", "lose", "x", "The deal is lost; the reason is needed", True, "Lose"),
    Command("opportunity.step", "Next step and its day", "next_step", "n", "What happens next, and when", True, "Next step"),
    Command("opportunity.close", "Close date", "close_date", "c", "When the deal will be decided"),
    Command("opportunity.amount", "Amount", "amount", "dollar_sign", "What the deal is worth"),
    Command("opportunity.view", "Board or list", "toggle_view", "b", "Show the deals the other way", True, "Board/list"),
    Command("opportunity.scope", "Mine or everybody's", "toggle_scope", "o", "Whose deals are shown"),
)
COLUMNS = (
    ColumnSpec("name", "Deal", 20, 4, 1),
    ColumnSpec("account", "Account", 14, 3, 2),
    ColumnSpec("stage", "Stage", 14, 1, 2),
    ColumnSpec("amount", "Amount", 15, 0, 1, "right"),
    ColumnSpec("close_date", "Closes", 10, 0, 2),
    ColumnSpec("probability", "Prob.", 5, 0, 4, "right"),
    ColumnSpec("owner", "Owner", 12, 1, 5),
    ColumnSpec("next_step", "Next step", 14, 2, 6),
    ColumnSpec("ref", "Ref", 5, 0, 3),
)
EMPTY_LIST = Text("No deals here. Press a to add one, or / to change the filter.", justify="center")
LOST_NOTE_NEEDED = "other"


class PipelineScreen(ListScreen):
    """Deals of one owner or of everybody, open ones unless the filter says otherwise."""

    TITLE = "Pipeline"
    AREA = "pipeline"
    COMMANDS = (*COMMANDS, *ListScreen.COMMANDS)
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)

    def __init__(self) -> None:
        super().__init__()
        self.noun = "opportunity"
        self.list_title = "Pipeline"
        self.columns = COLUMNS
        self.base_where = "status=open"
        self.empty = EMPTY_LIST
        self._sort = "close_date"
        self._is_mine = True
        self._stages: list[board_service.StageChoice] = []

    def compose_body(self) -> ComposeResult:
        """Lay out board and list, one above the other."""
        with ContentSwitcher(initial="board"):
            with Vertical(id="board"):
                yield Board(id="cards")
            with Vertical(id="list"):
                yield self.make_table()
        yield Footer()

    async def on_mount(self) -> None:
        """Show what there is."""
        await self.refresh_data()
        self.query_one(Board).focus()

    @property
    def is_board(self) -> bool:
        """Tell whether the board is shown."""
        return self.query_one(ContentSwitcher).current == "board"

    async def refresh_data(self) -> None:
        """Read board or list anew, whichever is shown."""
        if not self.is_board:
            await super().refresh_data()
            return
        answer = await self.ask(self._read_board)
        if answer is None:
            return
        self._stages, columns, whose = answer
        cards = self.query_one(Board)
        followed = cards.card.id if cards.card else None
        cards.show(columns, follow=followed)
        total = sum(column.count for column in columns)
        cards.border_title = f"Pipeline of {whose}"
        cards.border_subtitle = f"{total} open · {_worth(columns)}" if total else "no open deals · + enters one"

    def _read_board(
        self, desk: Desk
    ) -> tuple[list[board_service.StageChoice], list[board_service.StageColumn], str]:
        owner = desk.user_id if self._is_mine else None
        columns = board_service.read_board(desk, owner)
        return board_service.stage_choices(desk), columns, "mine" if owner else "everybody"

    def where(self) -> str:
        """Return the filter of the list: the user's words, and whose deals."""
        mine = " owner=me" if self._is_mine and self.desk_app.clerk.desk.user_id else ""
        return super().where() + mine

    def targets(self) -> list[str]:
        """Return the ids that a verb is for: the marked rows, else the one under the cursor."""
        if self.is_board:
            card = self.query_one(Board).card
            return [card.id] if card else []
        return super().targets()

    @on(Board.CardOpened)
    def open_card(self, event: Board.CardOpened) -> None:
        """Show the deal whole."""
        self.open_record(event.card.id)

    async def action_toggle_view(self) -> None:
        """Show the deals the other way."""
        switcher = self.query_one(ContentSwitcher)
        switcher.current = "list" if self.is_board else "board"
        await self.refresh_data()
        (self.query_one(Board) if self.is_board else self.query_one(RecordTable)).focus()

    async def action_toggle_scope(self) -> None:
        """Show one's own deals, or everybody's."""
        self._is_mine = not self._is_mine
        await self.refresh_data()

    async def action_filter(self) -> None:
        """Filter in the list; the board has none."""
        if self.is_board:
            await self.action_toggle_view()
        await super().action_filter()

    @work(group="dialog")
    async def action_move(self) -> None:
        """Ask for the stage and move."""
        ids = self.targets()
        if not ids:
            return
        stages = self._stages or await self.ask(board_service.stage_choices) or []
        chosen = await self.app.push_screen_wait(ChooseModal("Move to", [(item.name, item.name) for item in stages]))
        kind = next((item.type for item in stages if item.name == chosen), None)
        if kind == "lost":
            await self._lose(ids)
        elif chosen:
            await self.save(lambda desk: opportunities.move(desk, ids, chosen))

    async def action_next_stage(self) -> None:
        """Move one stage on."""
        await self._move("next")

    async def action_stage_back(self) -> None:
        """Move one stage back."""
        await self._move("back")

    async def _move(self, stage: str) -> None:
        ids = self.targets()
        if ids:
            await self.save(lambda desk: opportunities.move(desk, ids, stage))

    @work(group="dialog")
    async def action_win(self) -> None:
        """Ask for a reason, which may stay empty, and win."""
        ids = self.targets()
        if not ids:
            return
        reason = await self.app.push_screen_wait(
            PromptModal("Won: what decided it?", hint="May stay empty.", is_required=False)
        )
        if reason is not None:
            await self.save(lambda desk: opportunities.win(desk, ids, reason=reason or None))

    @work(group="dialog")
    async def action_lose(self) -> None:
        """Ask for the reason, which is needed, and lose."""
        ids = self.targets()
        if ids:
            await self._lose(ids)

    async def _lose(self, ids: Sequence[str]) -> None:
        reason = await self.app.push_screen_wait(
            ChooseModal("Lost: why?", [(reason, reason.capitalize()) for reason in LOSS_REASONS])
        )
        if reason is None:
            return
        note = None
        if reason == LOST_NOTE_NEEDED:
            note = await self.app.push_screen_wait(PromptModal("What was the reason?"))
            if note is None:
                return
        await self.save(lambda desk: opportunities.lose(desk, ids, reason, note=note))

    @work(group="dialog")
    async def action_next_step(self) -> None:
        """Ask for the next step and its day."""
        ids = self.targets()
        if not ids:
            return
        step = await self.app.push_screen_wait(PromptModal("Next step", hint="Such as: send the quote"))
        if step is None:
            return
        day = await self.app.push_screen_wait(PromptModal("When?", value="tomorrow", hint="friday, +3d, 12 march, eom"))
        if day is not None:
            await self.save(lambda desk: opportunities.set_next_step(desk, ids, step, day))

    @work(group="dialog")
    async def action_close_date(self) -> None:
        """Ask for the close date."""
        await self._edit("close_date", "Close date", "friday, +3d, 12 march, eom, 2026-12-31")

    @work(group="dialog")
    async def action_amount(self) -> None:
        """Ask for the amount."""
        await self._edit("amount", "Amount", "40k, 12,500 EUR, 20万")

    async def _edit(self, field: str, title: str, hint: str) -> None:
        ids = self.targets()
        if not ids:
            return
        text = await self.app.push_screen_wait(PromptModal(title, hint=hint))
        if text is not None:
            await self.save(_editing(ids, field, text))


def _editing(ids: Sequence[str], field: str, text: str) -> Callable[[Desk], Saved]:
    return lambda desk: opportunities.edit(desk, ids, {field: text})


def _worth(columns: Sequence[board_service.StageColumn]) -> str:
    totals: dict[str, int] = {}
    for column in columns:
        for amount in column.sums:
            totals[amount.currency] = totals.get(amount.currency, 0) + amount.amount_minor
    return " + ".join(short_money(Money(minor, currency)) for currency, minor in totals.items()) or "no amounts"
