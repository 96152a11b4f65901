"""Customers by what they bring: ABC by profit or by revenue, concentration, the whale curve (domain.md 5.5 and 5.6)."""

from collections.abc import Iterator, Mapping
from typing import Final

from sfa.domain.money import Money
from sfa.domain.sentences import Sentence
from sfa.domain.value import customers
from sfa.services.desk import Desk
from sfa.services.report_costs import Services, services
from sfa.services.report_request import Request
from sfa.services.report_shelf import ACCOUNT, PLACES, Book, Earned, book, told_report, without_collector
from sfa.services.report_table import Column, Report, Row

REVENUE: Final = "revenue"
_CLASS: Final = ("class", "Class", "text")
_REVENUE: Final = ("revenue", "Revenue", "money")
_SHARES: Final = (("share", "Share", "rate"), ("cumulated", "Cumulated", "rate"))
BY_REVENUE: Final[tuple[Column, ...]] = (ACCOUNT, _CLASS, _REVENUE, *_SHARES)
BY_PROFIT: Final[tuple[Column, ...]] = (
    ACCOUNT, _CLASS, ("profit", "Profit", "money"), *_SHARES, _REVENUE, ("margin", "Margin", "money"),
    ("rebates", "Rebates", "money"), ("service", "To serve", "money"), ("revenue_rank", "Revenue rank", "integer"),
)  # fmt: skip


@without_collector
def abc(desk: Desk, asked: Request) -> Report:
    """Return customers by profit, or by revenue where that is asked for or no costs are kept, with class and shares."""
    shelf = book(desk, asked)
    bought = shelf.earned()
    if REVENUE in asked.by or not bought.margins:
        notes = [] if REVENUE in asked.by else [Sentence("No costs are kept: by revenue.")]
        told = _classed(shelf, bought.amounts, REVENUE)
        notes += _concentration(bought.amounts)
        return told_report(
            shelf, BY_REVENUE, shelf.rows(told, is_windowed=True), REVENUE, shelf.words, *notes, summed=(REVENUE,)
        )
    return _by_profit(shelf, bought, services(shelf))


def _by_profit(shelf: Book, bought: Earned, service: Services) -> Report:
    costs = {key: service.cost(key, bought.orders[key]) for key in bought.amounts}
    rebates = {key: service.of(key).rebate_minor for key in bought.amounts}
    profits = {key: margin - rebates[key] - costs[key] for key, margin in bought.margins.items()}
    ranks = {
        key: rank for rank, (_, key) in enumerate(sorted((-minor, key) for key, minor in bought.amounts.items()), 1)
    }
    told = _classed(shelf, profits, "profit")
    unknown = sorted((key for key in bought.amounts if key not in profits), key=ranks.__getitem__)
    told |= {key: dict.fromkeys(("class", "profit", "share", "cumulated")) for key in unknown}
    code, margins = shelf.currency, bought.margins
    for key, row in told.items():
        row[REVENUE] = Money(bought.amounts[key], code)
        row["margin"] = Money(margins[key], code) if key in margins else None
        row["rebates"] = Money(rebates[key], code)
        row["service"] = Money(costs[key], code)
        row["revenue_rank"] = ranks[key]
    notes = [*_concentration(profits), *_whale(profits), *_apart(profits, len(unknown))]
    if not service.is_known:
        notes.append(Sentence("No rates are set: nothing is counted as cost to serve."))
    rows = shelf.rows(told, is_windowed=True)
    summed = ("profit", REVENUE, "margin", "rebates", "service")
    return told_report(shelf, BY_PROFIT, rows, "profit", shelf.words, *notes, summed=summed)


def _classed(shelf: Book, amounts: Mapping[str, int], name: str) -> dict[str, Row]:
    """Return class, amount, share and cumulated share, the largest first; who brings nothing has a class alone."""
    classes, total = customers.abc(amounts), sum(minor for minor in amounts.values() if minor > 0)
    told: dict[str, Row] = {}
    before, code = 0, shelf.currency
    for minor, key in sorted((-minor, key) for key, minor in amounts.items()):
        before -= min(minor, 0)
        share, cumulated = (round(-minor / total, PLACES), round(before / total, PLACES)) if minor < 0 else (None, None)
        told[key] = {"class": classes[key], name: Money(-minor, code), "share": share, "cumulated": cumulated}
    return told


def _concentration(amounts: Mapping[str, int]) -> Iterator[Sentence]:
    hhi, top = customers.concentration(list(amounts.values()))
    if hhi is not None and top is not None:
        yield Sentence(
            "HHI {hhi}; the ten largest bring {top}.", {"hhi": f"{float(hhi):.3f}", "top": f"{float(top):.0%}"}
        )


def _whale(profits: Mapping[str, int]) -> Iterator[Sentence]:
    found = customers.whale(list(profits.values()))
    if found is not None:
        peak, count = found
        yield Sentence(
            "The whale curve peaks at {peak} after {count} customers.",
            {"peak": f"{float(peak):.1%}", "count": f"{count:,}"},
        )


def _apart(profits: Mapping[str, int], unknown: int) -> Iterator[Sentence]:
    losing = [profit for profit in profits.values() if profit < 0]
    if losing:
        yield Sentence(
            "{count} customers cost more than they bring: class C, listed after the others.",
            {"count": f"{len(losing):,}"},
        )
    if unknown:
        yield Sentence(
            "{count} customers have purchases without a cost: no class, listed last.", {"count": f"{unknown:,}"}
        )
