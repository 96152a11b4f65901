"""The pipeline: board and list of deals, moved, won, lost and planned with one key each."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import ContentSwitcher, Static

from screens.base import bindings
from screens.lists import LIST_VERBS, ListScreen
from screens.pipeline.board import Board
from screens.pipeline.deal_verbs import DEAL_VERBS, DealVerbs
from screens.safe import safe
from screens.sources import HEALTH, health_words
from screens.widgets.columns import ColumnSpec
from screens.words import short_money
from sfa.commands import Command
from sfa.domain.money import Money
from sfa.domain.pipeline import HealthFlag
from sfa.services import board as board_service
from sfa.services.desk import Desk

VIEW_VERBS = (
    Command("opportunity.view", "Board or list", "toggle_view", "b", "The deals the other way", is_shown=True, label="List/board"),
    Command("opportunity.scope", "Mine or everybody's", "toggle_scope", "o", "Whose deals", is_shown=True, label="Whose"),
)  # fmt: skip
COLUMNS = (
    ColumnSpec("name", "Deal", 18, 4, 1),
    ColumnSpec("account", "Account", 14, 3, 3),
    ColumnSpec("stage", "Stage", 14, 2, 2),
    ColumnSpec("amount", "Amount", 14, 0, 1, "right"),
    ColumnSpec("close_date", "Closes", 10, 0, 1),
    ColumnSpec(HEALTH, "Health", 9, 0, 2),
    ColumnSpec("probability", "Prob.", 5, 0, 6, "right"),
    ColumnSpec("owner", "Owner", 12, 1, 4),
    ColumnSpec("next_step", "Next step", 14, 2, 7),
    ColumnSpec("ref", "Ref", 5, 0, 5),
)
EMPTY_LIST = Text("No deals here. Press a to add one, / to change the filter, o for everybody's.", justify="center")
EMPTY_BOARD, EMPTY_OF_ALL = "no open deals  ·  a adds one, o shows everybody's", "no open deals  ·  a adds one"


class PipelineScreen(ListScreen, DealVerbs):
    """Deals of one owner or of everybody, open ones unless the filter says otherwise."""

    TITLE = "Pipeline"
    AREA = "pipeline"
    VERBS = (*DEAL_VERBS[:4], *VIEW_VERBS, *LIST_VERBS, *DEAL_VERBS[4:])
    BINDINGS: ClassVar[list[BindingType]] = bindings(VIEW_VERBS)

    DEFAULT_CSS = """
    PipelineScreen {
        & ContentSwitcher { height: 1fr; }
        & #card {
            height: 1; padding: 0 2; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis;
        }
    }
    """

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

    def compose_list(self) -> ComposeResult:
        """Lay out board and list, one above the other."""
        with ContentSwitcher(initial="board"):
            with Vertical(id="board"):
                yield Board(id="cards")
                yield Static("", id="card")
            with Vertical(id="list"):
                yield self.make_table()

    async def on_mount(self) -> None:
        """Begin on the board."""
        self.query_one(Board).focus()

    @property
    def is_board(self) -> bool:
        """Tell whether the board is shown."""
        return self.query_one(ContentSwitcher).current == "board"

    async def refresh_data(self) -> None:
        """Read board or list anew, whichever is shown."""
        self.list_title = "My pipeline" if self._is_mine_only() else "Everybody's pipeline"
        if not self.is_board:
            await super().refresh_data()
            return
        answer = await self.ask(self._read_board)
        if answer is None:
            return
        self._stages, columns = answer
        cards = self.query_one(Board)
        cards.show(columns, follow=cards.card.id if cards.card else None)
        total = sum(column.count for column in columns)
        cards.border_title = self.list_title
        nothing = EMPTY_BOARD if self._is_mine_only() else EMPTY_OF_ALL
        cards.border_subtitle = f"{total:,} open · {_worth(columns)}" if total else nothing

    def _is_mine_only(self) -> bool:
        return self._is_mine and self.desk_app.clerk.desk.user_id is not None

    def _read_board(self, desk: Desk) -> tuple[list[board_service.StageChoice], list[board_service.StageColumn]]:
        return board_service.stage_choices(desk), board_service.read_board(
            desk, desk.user_id if self._is_mine else None
        )

    def where(self) -> str:
        """Return the filter of the list: the user's words, and whose deals."""
        return super().where() + (" owner=me" if self._is_mine_only() else "")

    @property
    def unsorted(self) -> tuple[str, ...]:
        """Health is worked out for a page at a time, so that no list can be sorted by it."""
        return (HEALTH,)

    def signs(self) -> list[tuple[str, str]]:
        """Return the signs of the board and the column Health."""
        return [(flag.glyph, flag.word) for flag in HealthFlag]

    def targets(self) -> list[str]:
        """Return the ids that a verb is for: the marked rows, else the one under the cursor."""
        if self.is_board:
            card = self.query_one(Board).card
            return [card.id] if card else []
        return super().targets()

    def point_at(self, noun: str, record_id: str) -> bool:
        """Put the cursor on a deal."""
        if noun == self.noun and self.is_board:
            self.query_one(Board).point_at(record_id)
            return True
        return super().point_at(noun, record_id)

    async def all_targets(self) -> list[str]:
        """Return the same, where everything shown may be marked, too; marks are of the list alone."""
        return self.targets() if self.is_board else await super().all_targets()

    @on(Board.CardHighlighted)
    def tell_card(self, event: Board.CardHighlighted) -> None:
        """Say in words what a card has no room for."""
        self.query_one("#card", Static).update(_card_words(event.card))

    @on(Board.CardOpened)
    def open_card(self, event: Board.CardOpened) -> None:
        """Show the deal whole."""
        self.open_record(event.card.id)

    async def action_toggle_view(self) -> None:
        """Show the deals the other way, with the cursor on the same one."""
        switcher = self.query_one(ContentSwitcher)
        switcher.current = "list" if self.is_board else "board"
        await self.refresh_data()
        (self.query_one(Board) if self.is_board else self.table).focus()

    async def action_toggle_scope(self) -> None:
        """Show one's own deals, or everybody's."""
        self._is_mine = not self._is_mine
        await self.refresh_data()

    async def action_filter(self) -> None:
        """Filter in the list; the board has none."""
        await self._show_list()
        await super().action_filter()

    @work(group="dialog")
    async def action_sort(self) -> None:
        """Sort the list; the board is sorted by close date."""
        await self._show_list()
        super().action_sort()

    async def _show_list(self) -> None:
        if self.is_board:
            await self.action_toggle_view()


def _card_words(card: board_service.Card | None) -> Text:
    if card is None:
        return Text()
    closes = f"closes {card.close_date}" if card.close_date else "no close date"
    parts = (health_words(card.flags), card.name, closes, card.account or "", card.next_step or "", card.ref)
    return Text("  ·  ").join(safe(part) for part in parts if part)


def _worth(columns: Sequence[board_service.StageColumn]) -> str:
    totals: dict[str, int] = {}
    for column in columns:
        for amount in column.sums:
            totals[amount.currency] = totals.get(amount.currency, 0) + amount.amount_minor
    return (
        " + ".join(short_money(Money(minor, currency)) for currency, minor in totals.items() if minor) or "no amounts"
    )
