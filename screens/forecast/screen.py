"""Forecast: the trusted number with its interval and reason; periods by category; the pipeline bridge; the methods' record."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from screens.base import DeskScreen, bindings
from screens.forecast import drawing
from screens.forecast.drill import FilteredScreen, NamedScreen
from screens.forecast.waterfall import waterfall_lines
from screens.modals.prompt import PromptModal
from screens.safe import safe_lines
from screens.widgets.columns import ColumnSpec
from screens.widgets.paging import Row
from screens.widgets.record_table import RecordTable
from screens.widgets.short_list import show_rows
from screens.words import short_money
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
COLUMNS = {
    "methods": (
        ColumnSpec("method", "Method", 17, 0, 1),
        ColumnSpec("point", "Forecast", 11, 0, 1, "right"),
        ColumnSpec("p10", "P10", 11, 0, 2, "right"),
        ColumnSpec("p90", "P90", 11, 0, 2, "right"),
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
EMPTY = Text("No deals yet. 4 shows the pipeline, a adds a deal there.", justify="center")


class ForecastScreen(DeskScreen):
    """What a period will bring."""

    TITLE = "Forecast"
    AREA = "forecast"
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
        self._sheet: service.Sheet | None = None
        self._bridge: moves.BridgeSheet | None = None
        self._records: dict[service.Asked, service.Record] = {}

    def compose_body(self) -> ComposeResult:
        """Lay out the headline, the list and the chart."""
        yield Static("", id="headline")
        yield RecordTable(COLUMNS[self._view], empty_text=EMPTY)
        yield Static("", id="chart")

    async def refresh_data(self) -> None:
        """Read the view that is shown."""
        if self._view == "grid":
            sheets = await self.ask(self._read_grid)
            if sheets:
                self._sheet = sheets[0]
                self._show(drawing.grid_rows(sheets))
        elif self._view == "bridge":
            self._bridge = await self.ask(self._read_bridge)
            if self._bridge is not None:
                self._show(drawing.bridge_rows(self._bridge))
        else:
            material = await self.ask(lambda desk: service.read(desk, self._asked(desk)))
            if material is not None:
                self._show_sheet(await asyncio.to_thread(service.sheet_of, material, self._records.get(material.asked)))
                if material.asked not in self._records:
                    self.run_worker(self._compare(material), group="compare", exclusive=True)

    async def _compare(self, material: service.Material) -> None:
        """Compare the methods beside the desk, which goes on; then show which one is trusted."""
        record = await asyncio.to_thread(service.compare, material, has_intervals=True)
        self._records[material.asked] = record
        if self._sheet is not None and self._sheet.asked == material.asked and self._view in ("methods", "accuracy"):
            self._show_sheet(replace(self._sheet, record=record))

    def _show_sheet(self, found: service.Sheet) -> None:
        self._sheet = found
        self._show(drawing.method_rows(found) if self._view == "methods" else drawing.score_rows(found))

    def expire(self) -> None:
        """Have everything read anew, and the methods compared anew."""
        self._records.clear()
        super().expire()

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

    def _show(self, rows: list[Row]) -> None:
        table = self.query_one(RecordTable)
        label, code = "", ""
        if self._view == "bridge" and self._bridge is not None:
            label, code = self._bridge.label, self._bridge.currency
        elif self._sheet is not None:
            label, code = self._sheet.label, self._sheet.asked.currency
        whose = "mine" if self._is_mine else "everybody's"
        table.border_title = f"{self._view.capitalize()} · {label} · {code} · {whose}"
        show_rows(table, rows)
        self._tell()

    def on_resize(self) -> None:
        """Draw for the width there is."""
        self._tell()

    def _tell(self) -> None:
        width = max(self.size.width - 4, 20)
        chart: list[Text] = []
        if self._view == "bridge" and self._bridge is not None:
            chart = waterfall_lines(self._bridge, width)
            words = _bridge_words(self._bridge)
        elif self._sheet is not None:
            chart = drawing.interval_lines(self._sheet, width) if self._view == "methods" else []
            words = _headline(self._sheet) if self._view != "grid" else _standing(self._sheet)
        else:
            words = ""
        self.query_one("#headline", Static).update(safe_lines(words))
        self.query_one("#chart", Static).update(Text("\n").join(chart))

    @on(RecordTable.RowOpened)
    def open_row(self, event: RecordTable.RowOpened) -> None:
        """Show the deals behind the number."""
        if self._view == "bridge" and self._bridge is not None:
            self._open_bucket(self._bridge, event.key)
        elif self._view == "grid":
            row = self.query_one(RecordTable).cursor_row
            if row is not None and isinstance(row.payload, Period):
                self._open_deals(row.payload, f"Deals dated into {event.key}")
        elif self._sheet is not None:
            self._open_method(self._sheet, event.key)

    def _open_deals(self, period: Period, title: str) -> None:
        last = period.end - timedelta(days=1)
        mine = " owner=me" if self._is_mine and self.desk_app.clerk.desk.user_id else ""
        where = f"close_date>={period.start} close_date<={last}{mine}"
        self.app.push_screen(FilteredScreen("opportunity", where, title))

    def _open_bucket(self, found: moves.BridgeSheet, bucket: str) -> None:
        title = moves.TITLES.get(bucket)
        if title is None:
            self.desk_app.tell("That is a sum. Enter on a step shows its deals.")
            return
        rows = [
            Row(f"opportunity:{deal.id}", (deal.name, deal.account or "", _amount(deal, found), _dates(deal)))
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
        old = self.query_one(RecordTable)
        table = RecordTable(COLUMNS[self._view], empty_text=EMPTY)
        await self.mount(table, after=old)
        await old.remove()
        await self.refresh_data()
        table.focus()

    async def action_toggle_scope(self) -> None:
        """Show one's own deals, or everybody's."""
        self._is_mine = not self._is_mine
        await self.refresh_data()

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
        await self.refresh_data()

    async def action_turn(self, count: int) -> None:
        """Show an earlier or later period."""
        self._turned += count
        await self.refresh_data()


def _headline(found: service.Sheet) -> str:
    trusted, code = found.trusted, found.asked.currency
    if found.is_empty:
        return f"No deals in {code} yet: there is nothing to forecast from."
    if found.record is None:
        return f"{_standing(found)}\nComparing the methods on past periods…"
    if trusted is None:
        return ""
    spread = trusted.interval
    amounts = [short_money(Money(minor, code)) for minor in (trusted.estimate.point_minor, spread.p10, spread.p90)]
    first = f"{found.label}: {amounts[0]} ({amounts[1]} to {amounts[2]}), won so far {Money(found.won_minor, code)}"
    if spread.reach is not None:
        first += f"; quota reached with {spread.reach:.0%}"
    return f"{first}\n{trusted.method.title} is trusted: {found.trust.reason}"


def _standing(found: service.Sheet) -> str:
    code = found.asked.currency
    told = f"{found.label}: won so far {Money(found.won_minor, code)}"
    if (said := found.submitted.get(COMMIT)) is not None:
        told += f"; submitted {Money(said.point_minor, code)} on {said.on}"
    return told


def _bridge_words(found: moves.BridgeSheet) -> str:
    return f"Deals dated into {found.label}, from {found.start} to {found.end}. Enter shows the deals of a step."


def _amount(deal: moves.Named, found: moves.BridgeSheet) -> str:
    minor = deal.after_minor if deal.after_minor is not None else deal.before_minor
    return "" if minor is None else str(Money(minor, found.currency))


def _dates(deal: moves.Named) -> str:
    old, new = deal.close_before, deal.close_after
    return f"{old or 'no date'} → {new or 'no date'}" if old != new else str(new or "no date")
