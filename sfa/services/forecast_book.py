"""The deals of the book as forecasts see them: how each stood, from the history, up to a day."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from db.queries import forecast as queries
from sfa.domain.forecast.book import Deal, State
from sfa.errors import UsageError
from sfa.services.amounts import line_amount
from sfa.services.desk import Desk

OUTCOME = 6


def deals_until(desk: Desk, day: date, currency: str, segment: str = "") -> list[Deal]:
    """Return the deals of a currency with their states up to the end of a day.

    Args:
        desk: the desk.
        day: the last that counts; what was written of later days is not read.
        currency: amounts in others are not converted: their deals are left out.
        segment: what conversion is told apart by: owner, team, product, industry; nothing: not at all.

    Raises:
        UsageError: an unknown segment.
    """
    if segment and segment not in queries.SEGMENTS:
        raise UsageError(f"Deals are not told apart by {segment}.", hint=f"One of: {', '.join(queries.SEGMENTS)}.")
    after = (day + timedelta(days=1)).isoformat()
    rows = queries.states(desk.store, currency, desk.currency, after)
    rows += queries.untold(desk.store, currency, desk.currency, after)
    listed = _list_values(queries.list_lines(desk.store, currency, desk.currency), currency)
    groups = dict(queries.segments(desk.store, segment)) if segment else {}
    return list(_deals(rows, listed, groups))


def _list_values(lines: Iterable[Sequence[int]], currency: str) -> dict[str, int]:
    values: dict[str, int] = {}
    for deal, quantity, price in lines:
        values[str(deal)] = values.get(str(deal), 0) + line_amount(quantity, price, currency)
    return values


def _deals(rows: Sequence[Sequence[Any]], listed: dict[str, int], groups: dict[str, str]) -> Iterator[Deal]:
    days: dict[str, date] = {}

    def day(text: str | None) -> date | None:
        if text is None:
            return None
        known = days.get(text)
        if known is None:
            known = days[text] = date.fromisoformat(text)
        return known

    for (deal_id, entered), parts in groupby(rows, key=lambda row: (row[0], row[1])):
        states = tuple(
            State(
                day(on) or date.min, stage, amount, day(close), ppm, category, None if won is None else bool(won), owner
            )
            for _, _, on, stage, amount, close, ppm, category, won, owner in parts
        )
        yield Deal(deal_id, states, listed.get(deal_id), _is_retold(states, day(entered)), groups.get(deal_id, ""))


def _is_retold(states: Sequence[State], entered: date | None) -> bool:
    """Tell whether a deal came into the book when it was closed, with nothing of its way there but the beginning."""
    closed = next((state.on for state in states if state.is_won is not None), None)
    is_bare = sum(state.is_won is None for state in states) <= 1
    return closed is not None and is_bare and entered is not None and entered >= closed
