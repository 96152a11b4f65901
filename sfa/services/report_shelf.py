"""What customers bought in a window: the ground of all reports on customers (domain.md 5).

Amounts are those of the desk's own currency. Where the book keeps no orders, won deals are what customers bought.
"""

import gc
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import wraps
from typing import Any, NamedTuple

from db.queries import reports_customers as queries
from db.queries.reports_customers import Source
from sfa.domain.filters import Comparison
from sfa.domain.money import Money
from sfa.domain.sentences import Sentence
from sfa.domain.value import scoring
from sfa.services.desk import Desk
from sfa.services.forecast_periods import moved
from sfa.services.report_groups import days_within, in_currency
from sfa.services.report_request import Request
from sfa.services.report_table import Column, Report, Row, all_of, summed_up

YEAR = 12
EPOCH = "0000-01-01"
PLACES = 4
DAYS_OF_YEAR = 365.25
ACCOUNT = ("account", "Account", "text")


class Bought(NamedTuple):
    """What an account bought in a window, and how many times."""

    times: int
    minor: int
    first: date
    last: date


class Span(NamedTuple):
    """How many times an account bought, and between which days."""

    times: int
    first: date
    last: date


class Windows(NamedTuple):
    """When each account ever bought, and what in the window.

    Attributes:
        begun: the first day in the window.
        now: amounts in the window, `before` in one as long before it, `orders` how many purchases.
        listed: amounts by list price, beside those at which they sold.
    """

    ever: dict[str, Span]
    begun: dict[str, date]
    now: dict[str, int]
    before: dict[str, int]
    orders: dict[str, int]
    listed: dict[str, tuple[int, int]]


class Earned(NamedTuple):
    """What each account brought in the window: amounts, how many purchases, and amounts less cost where all are known."""

    amounts: dict[str, int]
    orders: dict[str, int]
    margins: dict[str, int]


@dataclass(frozen=True, slots=True)
class Book:
    """Purchases of a window, with the accounts that made them.

    Attributes:
        start: the first day of the window; `end` the day after its last.
        names: what `queries.accounts` returns, by id.
    """

    desk: Desk
    currency: str
    source: Source
    start: date
    end: date
    names: Mapping[str, Sequence[Any]]

    @property
    def last(self) -> date:
        """Return the last day of the window."""
        return self.end - timedelta(days=1)

    @property
    def before(self) -> date:
        """Return the first day of a window as long before this one."""
        return self.start - (self.end - self.start)

    def bought(self, start: date | None = None, end: date | None = None) -> dict[str, Bought]:
        """Return what each account bought in `[start, end)`; of the whole record up to the end where no start is told."""
        first = EPOCH if start is None else start.isoformat()
        rows = queries.purchases(self.desk.store, self.source, self.currency, first, (end or self.end).isoformat())
        return {row[0]: bought_of(row) for row in rows if row[0] in self.names}

    def windows(self) -> Windows:
        """Return when each account ever bought, and its amounts in the window and in the one before."""
        days = (EPOCH, self.before.isoformat(), self.start.isoformat(), self.end.isoformat())
        rows = queries.windows(self.desk.store, self.source, self.currency, days)
        known = [row for row in rows if row[0] in self.names]
        ever = {row[0]: Span(row[1], date.fromisoformat(row[2]), date.fromisoformat(row[3])) for row in known}
        begun = {row[0]: date.fromisoformat(row[4]) for row in known if row[4]}
        now = {row[0]: row[6] for row in known if row[6] is not None}
        before = {row[0]: row[5] - (row[6] or 0) for row in known if row[5] is not None}
        orders = {row[0]: row[7] for row in known}
        listed = {row[0]: (row[8], row[6] - (row[9] or 0)) for row in known if row[8] and row[6] is not None}
        return Windows(ever, begun, now, before, orders, listed)

    def earned(self) -> Earned:
        """Return what each account brought in the window."""
        days = (self.start.isoformat(), self.end.isoformat())
        rows = queries.earned(self.desk.store, self.source, self.currency, *days)
        known = [row for row in rows if row[0] in self.names]
        return Earned(
            {row[0]: row[2] for row in known if row[2] is not None},
            {row[0]: row[1] for row in known},
            {row[0]: row[2] - row[3] for row in known if row[2] is not None and row[4] == 0},
        )

    def money(self, minor: int) -> Money:
        """Return an amount."""
        return Money(minor, self.currency)

    def rows(self, told: Mapping[str, Row], *, is_windowed: bool = False) -> list[Row]:
        """Return rows of accounts, each of which opens into its purchases up to the end, or in the window alone."""
        kept, noun, names = self._kept(is_windowed=is_windowed), self.source.noun, self.names
        rows = []
        for key, row in told.items():
            _, name, ref = names[key][:3]
            rows.append({"account": name, **row, "id": key, "opens": noun, "where": f"account={ref} {kept}"})
        return rows

    def _kept(self, *, is_windowed: bool) -> str:
        """Return the filter that lists what counts as bought."""
        state = (
            Comparison("status", "=", ("won",))
            if self.source is queries.DEALS
            else Comparison("state", "!=", ("cancelled",))
        )
        first = self.start if is_windowed else None
        code = (
            in_currency(self.currency, self.currency)
            if self.source is queries.DEALS
            else Comparison("currency", "=", (self.currency,))
        )
        return all_of((state, days_within(self.source.day_field, first, self.last), code)) or ""

    @property
    def words(self) -> Sentence:
        """Return whence and when, in one sentence."""
        return Sentence(
            "{source} in {currency} from {start} to {end}.",
            {"source": self.source.name, "currency": self.currency, "start": f"{self.start}", "end": f"{self.last}"},
        )


def bought_of(row: Sequence[Any]) -> Bought:
    """Return what stands behind the account in a row."""
    return Bought(row[1], row[2], date.fromisoformat(row[3]), date.fromisoformat(row[4]))


def book(desk: Desk, asked: Request) -> Book:
    """Return the purchases of the period asked for; of the last twelve months where none is."""
    end = asked.end or desk.today + timedelta(days=1)
    start = asked.start or moved(end, -YEAR)
    names = {row[0]: row for row in queries.accounts(desk.store)}
    return Book(desk, desk.currency, queries.source(desk.store), start, end, names)


def without_collector(run: Callable[[Desk, Request], Report]) -> Callable[[Desk, Request], Report]:
    """Return a report that is made without looking for cycles: of very many rows none is one, and each look sees all."""

    @wraps(run)
    def paused(desk: Desk, asked: Request) -> Report:
        was_on = gc.isenabled()
        gc.disable()
        try:
            return run(desk, asked)
        finally:
            if was_on:
                gc.enable()

    return paused


def told_report(
    shelf: Book,
    columns: Sequence[Column],
    rows: Iterable[Row],
    measure: str,
    *notes: Sentence,
    summed: Sequence[str] = (),
    noun: str = "account",
) -> Report:
    """Return a report of rows; the columns that are `summed` have their sums beneath."""
    told = list(rows)
    totals = summed_up(told, summed)
    return Report((columns[0][0],), tuple(columns), told, measure, totals, noun, notes, (shelf.start, shelf.last))


def rounded(score: float | None) -> float | None:
    """Return a score to a tenth."""
    return None if score is None else round(score, 1)


def gaps(bought: Bought | Span, day: date) -> scoring.Purchases:
    """Return when an account bought, seen from a day."""
    gap = (bought.last - bought.first).days / (bought.times - 1) if bought.times > 1 else None
    return scoring.Purchases(bought.times, (day - bought.first).days, (day - bought.last).days, gap)
