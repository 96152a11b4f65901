"""The deals of the book as forecasts see them: how each stood, from the history, up to a day."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from db.queries import forecast as queries
from sfa.domain.forecast.book import Deal, State, size_band
from sfa.errors import UsageError
from sfa.services.amounts import line_amount
from sfa.services.desk import Desk

OF_DEALS = ("product", "industry")
"""Segments that are read by deal; the others follow from who had it at first, or from what it was worth then."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of deals at the end of a day.

    Attributes:
        deals: those of the currency asked for.
        others: open deals by other currencies, which are never converted.
    """

    deals: list[Deal] = field(repr=False)
    others: Counter[str]


def deals_until(desk: Desk, day: date, currency: str, segment: str = "") -> list[Deal]:
    """Return the deals of a currency with their states up to the end of a day, as `known_until` does."""
    return known_until(desk, day, currency, segment).deals


def known_until(desk: Desk, day: date, currency: str, segment: str = "") -> Known:
    """Return the deals with their states up to the end of a day; what was written later is not read.

    Args:
        desk: the desk.
        day: the last that counts.
        currency: which deals; it is that of the last state.
        segment: what conversion is told apart by: owner, team, product, industry, size; nothing: not at all.

    Raises:
        UsageError: an unknown segment.
    """
    if segment and segment not in queries.SEGMENTS:
        raise UsageError(f"Deals are not told apart by {segment}.", hint=f"One of: {', '.join(queries.SEGMENTS)}.")
    after = (day + timedelta(days=1)).isoformat()
    rows = queries.states(desk.store, after) + queries.untold(desk.store, after)
    listed = _list_values(desk, currency, day)
    groups = dict(queries.segments(desk.store, segment)) if segment else {}
    known = Known([], Counter())
    for deal_id, entered, parts in _by_deal(rows):
        code = parts[-1][-1] or desk.currency
        if code != currency:
            known.others[code] += parts[-1][-3] is None
            continue
        states = tuple(_state(part, currency, desk.currency) for part in parts)
        deal = Deal(deal_id, states, listed.of(deal_id, is_retold=entered > day), _is_retold(states, entered))
        known.deals.append(replace(deal, segment=_segment(deal, segment, groups)) if segment else deal)
    return known


def _by_deal(rows: Sequence[Sequence[Any]]) -> Iterator[tuple[str, date, list[Sequence[Any]]]]:
    """Yield each deal, the day on which it was entered, and its states."""
    for (deal_id, entered), parts in groupby(rows, key=lambda row: (row[0], row[1])):
        yield deal_id, date.fromisoformat(entered), [part[2:] for part in parts]


def _state(part: Sequence[Any], currency: str, own: str) -> State:
    """Return a state; an amount in another currency says nothing in this one."""
    on, stage, amount, close, ppm, category, won, owner, code = part
    if (code or own) != currency:
        amount = None
    return State(
        date.fromisoformat(on),
        stage,
        amount,
        date.fromisoformat(close) if close else None,
        ppm,
        category,
        None if won is None else bool(won),
        owner,
    )


def _is_retold(states: Sequence[State], entered: date) -> bool:
    """Tell whether a deal came into the book when it was closed, with nothing of its way there but the beginning."""
    closed = next((state.on for state in states if state.is_won is not None), None)
    is_bare = sum(state.is_won is None for state in states) <= 1
    return closed is not None and is_bare and entered >= closed


def _segment(deal: Deal, kind: str, groups: Mapping[str, str]) -> str:
    """Return the segment of a deal: whose it was and what it was worth at first, so that no later day decides it."""
    if kind in OF_DEALS:
        return groups.get(deal.id, "")
    first = deal.states[0]
    if kind == "size":
        return size_band(deal.list_minor if deal.is_retold or first.value_minor is None else first.value_minor)
    return (first.owner or "") if kind == "owner" else groups.get(first.owner or "", "")


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of deals at list prices: those known on the day, and all of them."""

    known: Mapping[str, int]
    all: Mapping[str, int]

    def of(self, deal_id: str, *, is_retold: bool) -> int | None:
        """Return the value of a deal's lines; a deal that was entered after the day is told with those it has now."""
        return (self.all if is_retold else self.known).get(deal_id)


def _list_values(desk: Desk, currency: str, day: date) -> _Lines:
    after = (day + timedelta(days=1)).isoformat()
    prices = dict(queries.list_prices(desk.store, currency, desk.currency, after))
    rows = {row[0]: (row[1], row[2], row[3]) for row in queries.lines(desk.store)}
    now = _summed(rows.values(), prices, currency)
    if day >= desk.today:
        return _Lines(now, now)
    for line, name, before in queries.lines_undone(desk.store, after):
        if name is None:
            whole = json.loads(before)
            rows[line] = whole["opportunity_id"], whole["product_id"], whole["quantity_dec6"]
        elif line in rows:
            deal, product, quantity = rows[line]
            rows[line] = (deal, before, quantity) if name == "product_id" else (deal, product, before)
    born = _first_id(day + timedelta(days=1))
    return _Lines(_summed((row for line, row in rows.items() if line < born), prices, currency), now)


def _first_id(day: date) -> str:
    """Return where ids of a day begin: they are ordered by the time of their making."""
    moment = int(datetime.combine(day, time(), UTC).timestamp() * 1000)
    return f"{moment >> 16:08x}-{moment & 0xFFFF:04x}"


def _summed(rows: Iterable[tuple[str, str, int]], prices: Mapping[str, int], currency: str) -> dict[str, int]:
    values: dict[str, int] = {}
    amounts: dict[tuple[int, int], int] = {}
    for deal, product, quantity in rows:
        if product not in prices:
            continue
        line = prices[product], quantity
        if line not in amounts:
            amounts[line] = line_amount(*line, currency)
        values[deal] = values.get(deal, 0) + amounts[line]
    return values
