"""Forecast: the trusted number with its interval and reason; periods by category; the pipeline bridge; the methods' record."""

import asyncio
from dataclasses import replace
from typing import ClassVar, TypeAlias

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from screens.base import DeskScreen, bindings
from screens.forecast import drawing, words
from screens.forecast.drill import FilteredScreen, NamedScreen
from screens.forecast.waterfall import waterfall_lines
from screens.modals.prompt import PromptModal
from screens.safe import safe_lines
from screens.widgets.columns import ColumnSpec
from screens.widgets.paging import Row
from screens.widgets.record_table import RecordTable
from screens.widgets.short_list import show_rows
from sfa.commands import Command
from sfa.domain.forecast.book import DAY, Period
from sfa.domain.forecast.submissions import COMMIT, EVERYBODY, Scope
from sfa.domain.money import Money
from sfa.services import forecast as service
from sfa.services import forecast_moves as moves
from sfa.services.desk import Desk, Saved
from sfa.services.forecast_periods import before, label_of
from sfa.services.forecast_submissions import Wish
from sfa.services.forecast_submissions import submit as submit_number

VERBS = (
    Command("forecast.view", "Methods, periods, bridge, record", "next_view", "b", "The forecast another way", is_shown=True, label="View"),
    Command("forecast.scope", "Mine or everybody's", "toggle_scope", "o", "Whose deals", is_shown=True, label="Whose"),
    Command("forecast.submit", "Submit a number", "submit", "s", "The number that you stand for", is_shown=True, label="Submit"),
    Command("forecast.reports", "Reports", "app.go('reports')", "r", "Every report, open to its records", is_shown=True, label="Reports"),
    Command("forecast.earlier", "Earlier period", "turn(1)", "left_square_bracket,p", "The period before", is_shown=True, label="Earlier"),
    Command("forecast.later", "Later period", "turn(-1)", "right_square_bracket,n", "The period after", is_shown=True, label="Later"),
    Command("forecast.currency", "Other currency", "next_currency", "c", "Deals in another currency; none are converted"),
)  # fmt: skip
VIEWS = ("methods", "grid", "bridge", "accuracy")
READS = {"methods": "sheet", "grid": "grid", "bridge": "bridge", "accuracy": "sheet"}
"""What each view is made of."""
COLUMNS = {
    "methods": (
        ColumnSpec("method", "Method", 17, 0, 1),
        ColumnSpec("point", "Forecast", 11, 0, 1, "right"),
        ColumnSpec("p10", "Low (P10)", 11, 0, 2, "right"),
        ColumnSpec("p90", "High (P90)", 11, 0, 2, "right"),
        ColumnSpec("error", "Past error", 10, 0, 3, "right"),
        ColumnSpec("words", "What it does", 20, 4, 4),
    ),
    "grid": (
        ColumnSpec("period", "Period", 9, 1, 1),
        ColumnSpec("closed", "Won", 11, 0, 1, "right"),
        ColumnSpec("commit", "+ Commit", 11, 0, 1, "right"),
        ColumnSpec("best", "+ Best case", 11, 0, 2, "right"),
        ColumnSpec("total", "+ Pipeline", 11, 0, 2, "right"),
        ColumnSpec("submitted", "Submitted", 11, 0, 3, "right"),
        ColumnSpec("quota", "Quota", 11, 0, 4, "right"),
        ColumnSpec("attained", "Reached", 7, 0, 5, "right"),
        ColumnSpec("coverage", "Cover", 6, 0, 6, "right"),
    ),
    "accuracy": (
        ColumnSpec("method", "Method", 17, 1, 1),
        ColumnSpec("trials", "Tried", 6, 0, 2, "right"),
        ColumnSpec("error", "Error", 7, 0, 1, "right"),
        ColumnSpec("first", "First day", 9, 0, 3, "right"),
        ColumnSpec("bias", "Bias", 7, 0, 2, "right"),
        ColumnSpec("covered", "In P10-P90", 10, 0, 3, "right"),
        ColumnSpec("kind", "", 9, 0, 4),
    ),
    "bridge": (
        ColumnSpec("step", "Since the period began", 24, 1, 1),
        ColumnSpec("amount", "Amount", 18, 0, 1, "right"),
        ColumnSpec("deals", "Deals", 6, 0, 1, "right"),
    ),
}
PERIODS_SHOWN = 4
Answer: TypeAlias = service.Sheet | list[service.Sheet] | moves.BridgeSheet
"""A forecast, or those of some periods, or a bridge."""


class ForecastScreen(DeskScreen):
    """What a period will bring."""

    TITLE = "Forecast"
    AREA = "forecast"
    IS_SLOW = True
    VERBS = VERBS
    BINDINGS: ClassVar[list[BindingType]] = bindings(VERBS)
    DEFAULT_CSS = """
    ForecastScreen {
        & #headline { height: auto; max-height: 3; padding: 0 2; }
        & RecordTable { height: 1fr; min-height: 6; }
        & #chart { height: auto; max-height: 11; padding: 0 2; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._view = VIEWS[0]
        self._is_mine = True
        self._turned = self._currency = 0
        self._answers: dict[tuple[str, bool, int, int], Answer] = {}
        self._answer: Answer | None = None
        self._records: dict[service.Asked, service.Record] = {}
        self._uncompared: service.Material | None = None

    def compose_body(self) -> ComposeResult:
        """Lay out the headline, the list and the chart."""
        yield Static("", id="headline")
        yield RecordTable(COLUMNS[self._view], empty_text=words.NO_DEALS)
        yield Static("", id="chart")

    async def refresh_data(self) -> None:
        """Read what the view needs, unless it is known already."""
        answers = self._answers
        found = answers.get(self._place) or await self._read(self._view)
        if found is not None:
            answers[self._place] = self._answer = found  # whose deals there are may have been found out by the read
            self._show()
        if self._uncompared is not None:  # only now: two threads would share what one needs for the first answer
            material, self._uncompared = self._uncompared, None
            self.run_worker(self._compare(material), group="compare", exclusive=True)

    @property
    def _place(self) -> tuple[str, bool, int, int]:
        """What is looked at: two views are of the same forecast."""
        return (READS[self._view], self._is_mine, self._turned, self._currency)

    async def _read(self, view: str) -> Answer | None:
        if READS[view] == "grid":
            return await self.ask_beside(self._read_grid)
        if READS[view] == "bridge":
            return await self.ask_beside(self._read_bridge)
        material = await self.ask_beside(lambda desk: service.read(desk, self._asked(desk)))
        if material is None:
            return None
        record = self._records.get(material.asked)
        self._uncompared = material if record is None else None
        return await asyncio.to_thread(service.sheet_of, material, record)

    async def _compare(self, material: service.Material) -> None:
        """Compare the methods beside the desk, which goes on; then show which one is trusted."""
        answers, records = self._answers, self._records
        record = records[material.asked] = await asyncio.to_thread(service.compare, material, has_intervals=True)
        for place, found in answers.items():
            if isinstance(found, service.Sheet) and found.asked == material.asked:
                answers[place] = replace(found, record=record)
                if place == self._place:
                    self._answer = answers[place]
                    self._show()

    def expire(self) -> None:
        """Have everything read anew, and the methods compared anew."""
        self._answers, self._records = {}, {}
        super().expire()

    def show_waiting(self) -> None:
        """Say that another view, or another period, is still read; what was shown would be taken for it."""
        table = self.query_one(RecordTable)
        self._answer = None
        table.set_columns(COLUMNS[self._view])
        table.border_title = self._view.capitalize()
        show_rows(table, [])
        table.show_waiting()
        self._tell()

    def signs(self) -> list[tuple[str, str]]:
        """Return the signs of the charts."""
        return words.SIGNS

    def _asked(self, desk: Desk) -> service.Asked:
        known = service.currencies(desk, is_mine=self._is_mine)
        if not known and self._is_mine:
            self._is_mine = False  # nothing of one's own to show
            known = service.currencies(desk, is_mine=False)
        asked = service.ask(desk, currency=known[self._currency % len(known)] if known else "")
        scope = Scope(desk.user_id, owners=(desk.user_id,)) if self._is_mine and desk.user_id else EVERYBODY
        period = before(asked.period, self._turned) if self._turned else asked.period
        return replace(asked, scope=scope, period=period)

    def _read_grid(self, desk: Desk) -> list[service.Sheet]:
        asked = self._asked(desk)
        return service.outlook(desk, [replace(asked, period=before(asked.period, -at)) for at in range(PERIODS_SHOWN)])

    def _read_bridge(self, desk: Desk) -> moves.BridgeSheet:
        asked = self._asked(desk)
        start = min(asked.period.start - DAY, asked.day)
        return moves.bridge_of(desk, asked, start, min(asked.day, asked.period.end - DAY))

    def _show(self) -> None:
        table, found = self.query_one(RecordTable), self._answer
        if found is None:
            return
        first = found[0] if isinstance(found, list) else found
        code = first.currency if isinstance(first, moves.BridgeSheet) else first.asked.currency
        whose = "mine" if self._is_mine else "everybody's"
        table.border_title = f"{self._view.capitalize()} · {first.label} · {code} · {whose}"
        table.set_columns(COLUMNS[self._view])
        table.set_empty_text(words.nothing_moved(first) if isinstance(first, moves.BridgeSheet) else words.NO_DEALS)
        is_untouched = table.cursor_position == 0
        show_rows(table, self._rows(found))
        if is_untouched:
            table.move_to(0)  # not along with a row whose place another one has taken
        self._tell()

    def _rows(self, found: Answer) -> list[Row]:
        if isinstance(found, moves.BridgeSheet):
            return drawing.bridge_rows(found)
        if isinstance(found, list):
            return drawing.grid_rows(found)
        return drawing.method_rows(found) if self._view == "methods" else drawing.score_rows(found)

    def on_resize(self) -> None:
        """Draw for the width there is."""
        self._tell()

    def _tell(self) -> None:
        width, found = max(self.size.width - 4, 20), self._answer
        chart: list[Text] = []
        told = ""
        if isinstance(found, moves.BridgeSheet):
            told, chart = words.bridge_words(found), waterfall_lines(found, width)
        elif isinstance(found, list):
            told, chart = words.standing(found[0]), drawing.grid_lines(found, width)
        elif found is not None:
            told = words.headline(found)
            chart = drawing.interval_lines(found, width) if self._view == "methods" else []
        self.query_one("#headline", Static).update(safe_lines(told))
        self.query_one("#chart", Static).update(Text("\n").join(chart))

    @on(RecordTable.RowOpened)
    def open_row(self, event: RecordTable.RowOpened) -> None:
        """Show the deals behind the number."""
        found, row = self._answer, self.query_one(RecordTable).cursor_row
        if isinstance(found, moves.BridgeSheet):
            self._open_bucket(found, event.key)
        elif isinstance(found, service.Sheet):
            self._open_method(found, event.key)
        elif found and row is not None and isinstance(row.payload, Period):
            self._open_deals(row.payload, event.key, found[0].asked.currency)

    def _open_deals(self, period: Period, label: str, currency: str) -> None:
        """Show what was won in a period and what is dated into it: the deals that its numbers are made of."""
        last = period.end - DAY
        mine = " owner=me" if self._is_mine and self.desk_app.clerk.desk.user_id else ""
        won = f"(status=won closed>={period.start} closed<={last})"
        due = f"(status=open close_date>={period.start} close_date<={last})"
        where = f"({won} or {due}) currency={currency}{mine}"
        self.app.push_screen(FilteredScreen("opportunity", where, f"Won in {label}, or dated into it"))

    def _open_bucket(self, found: moves.BridgeSheet, bucket: str) -> None:
        title = moves.TITLES.get(bucket)
        if title is None:
            self.desk_app.tell("That is a sum. Enter on a step shows its deals.")
            return
        rows = [
            Row(
                f"opportunity:{deal.id}",
                (deal.name, deal.account or "", words.amount_of(deal, found), words.dates_of(deal)),
            )
            for deal in found.deals
            if deal.bucket == bucket
        ]
        self.app.push_screen(NamedScreen(title, rows))

    def _open_method(self, found: service.Sheet, name: str) -> None:
        item = next((item for item in found.forecasts if item.method.name == name), None)
        if item is None:
            return
        if not item.estimate.chances:
            notes = "; ".join(item.estimate.notes) or "it looks at totals"
            self.desk_app.tell(f"{item.method.title}: {item.method.words}. {notes.capitalize()}.", timeout=8)
            return
        self.run_worker(self._open_chances(found, name), group="dialog")

    async def _open_chances(self, found: service.Sheet, name: str) -> None:
        item = next(item for item in found.forecasts if item.method.name == name)
        chances = sorted(item.estimate.chances, key=lambda chance: (-chance.expected, chance.id))[: service.DRILLED]
        names = await self.ask(lambda desk: service.deal_names(desk, [chance.id for chance in chances]))
        rows = [
            Row(
                f"opportunity:{chance.id}",
                (
                    known[0],
                    known[2] or "",
                    str(Money(chance.value_minor, found.asked.currency)),
                    f"{chance.probability_ppm / 10_000:.1f} % in {found.label}",
                ),
            )
            for chance in chances
            if (known := (names or {}).get(chance.id))
        ]
        self.app.push_screen(NamedScreen(f"{item.method.title}: the deals it counts", rows))

    async def action_next_view(self) -> None:
        """Show the forecast another way."""
        self._view = VIEWS[(VIEWS.index(self._view) + 1) % len(VIEWS)]
        await self.read_anew()

    async def action_toggle_scope(self) -> None:
        """Show one's own deals, or everybody's."""
        self._is_mine = not self._is_mine
        await self.read_anew()

    @work(group="dialog")
    async def action_submit(self) -> None:
        """Ask for the number that somebody stands for, and keep it."""
        asked = await self.ask(self._asked)
        label = await self.ask(lambda desk: label_of(desk, asked.period)) if asked else None
        if asked is None or label is None:
            return
        code, whose = asked.currency, "my deals" if asked.scope.owner else "everybody's deals"

        def submit(desk: Desk, text: str) -> Saved:
            amount, _, category = text.rpartition(" ") if text.rpartition(" ")[2].isalpha() else (text, "", "")
            wish = Wish(
                label, amount or text, category or COMMIT, owner="me" if asked.scope.owner else "", currency=code
            )
            return submit_number(desk, wish)

        hint = "What the whole period brings, won deals too: 120k. Or 150k best, 200k total."
        await self.finish(
            await self.app.push_screen_wait(PromptModal(f"Submit {label} · {code} · {whose}", submit, hint=hint))
        )

    async def action_next_currency(self) -> None:
        """Show deals in another currency."""
        self._currency += 1
        await self.read_anew()

    async def action_turn(self, count: int) -> None:
        """Show an earlier or later period."""
        self._turned += count
        await self.read_anew()
