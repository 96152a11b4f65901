"""Tells from a column of dates in figures whether days, months or years come first."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sfa.domain.written_dates import DAYS_IN_MONTH, FIGURES, MONTHS_IN_YEAR, YEAR_FIRST, DateOrder, bare_date, shown

_WORDS: dict[DateOrder, str] = {"dmy": "the day first", "mdy": "the month first", "ymd": "the year first"}


@dataclass(frozen=True, slots=True)
class OrderGuess:
    """What the samples of a column say of their order.

    Attributes:
        order: the order that fits, None where none or several do.
        is_certain: whether the samples leave no other; also where none of them depends on an order.
        evidence: a sentence for the user, naming a sample, or two that contradict each other.
    """

    order: DateOrder | None
    is_certain: bool
    evidence: str


def guess_order(samples: Iterable[str]) -> OrderGuess:
    """Tell the order of a column of dates from all of its samples; what does not decide is left out."""
    deciding: dict[DateOrder, str] = {}
    undecided = year_first = ""
    for sample in samples:
        bare = bare_date(sample)
        orders = _orders(bare)
        if len(orders) == 1:
            deciding.setdefault(orders[0], sample)
        elif orders:
            undecided = undecided or sample
        elif re.fullmatch(YEAR_FIRST, bare):
            year_first = year_first or sample
    return _judged(deciding, undecided, year_first)


def _orders(bare: str) -> list[DateOrder]:
    """Return the orders that a date in figures can have; none where it reads the same in all, or in no way."""
    match = re.fullmatch(FIGURES, bare)
    if match is None:
        return []
    first, second = int(match["first"]), int(match["second_part"])
    if first > DAYS_IN_MONTH:
        return ["ymd"] if len(match["year"]) < len("2026") and second <= MONTHS_IN_YEAR else []
    if first == second or min(first, second) > MONTHS_IN_YEAR:
        return []
    if first > MONTHS_IN_YEAR:
        return ["dmy"]
    return ["mdy"] if second > MONTHS_IN_YEAR else ["dmy", "mdy"]


def _judged(deciding: dict[DateOrder, str], undecided: str, year_first: str) -> OrderGuess:
    says = [f"{shown(sample)} has {_WORDS[order]}" for order, sample in deciding.items()]
    if len(deciding) > 1:
        return OrderGuess(order=None, is_certain=False, evidence=f"{says[0]}, {says[1]}.")
    if deciding:
        return OrderGuess(order=next(iter(deciding)), is_certain=True, evidence=f"{says[0]}.")
    if undecided:
        return OrderGuess(order=None, is_certain=False, evidence=f"{shown(undecided)} can be read in two ways.")
    if year_first:
        return OrderGuess(order="ymd", is_certain=True, evidence=f"{shown(year_first)} has the year first.")
    return OrderGuess(order=None, is_certain=True, evidence="No date depends on an order.")
