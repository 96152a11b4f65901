"""Reports on how customers buy: recency and frequency, retention, lifetime (domain.md 5.3 and 5.4)."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Final

from sfa.domain.sentences import Sentence
from sfa.domain.value import customers, lifetime
from sfa.services.desk import Desk
from sfa.services.report_request import Request
from sfa.services.report_shelf import ACCOUNT, PLACES, Book, Bought, book, told_report, without_collector
from sfa.services.report_table import Report, Row

WEEK: Final = 7
YEAR_DAYS: Final = 365
MOST_FITTED: Final = 250
"""Buyers that the lifetime fit draws on at most: every so many of them, which is quick and tells as much."""
DISCOUNT: Final = Fraction(1, 10)


def rfm(desk: Desk, asked: Request) -> Report:
    """Return recency, frequency and amount of customers in quintiles."""
    shelf = book(desk, asked)
    window = shelf.bought(shelf.start)
    has_ties = bool(desk.config.get("value.exact_ties"))
    recent, often, much = (
        customers.quintiles({key: bought.last for key, bought in window.items()}, has_exact_ties=has_ties),
        customers.quintiles({key: bought.times for key, bought in window.items()}, has_exact_ties=has_ties),
        customers.quintiles({key: bought.minor for key, bought in window.items()}, has_exact_ties=has_ties),
    )
    scores = {key: f"{recent[key]}{often[key]}{much[key]}" for key in window}
    order = sorted(window, key=lambda key: (scores[key], window[key].minor), reverse=True)
    told: dict[str, Row] = {
        key: {
            "rfm": scores[key],
            "days": (shelf.last - window[key].last).days,
            "purchases": window[key].times,
            "revenue": shelf.money(window[key].minor),
        }
        for key in order
    }
    columns = (
        ACCOUNT, ("rfm", "RFM", "text"), ("days", "Days since", "integer"), ("purchases", "Purchases", "integer"),
        ("revenue", "Revenue", "money"),
    )  # fmt: skip
    rows = shelf.rows(told, is_windowed=True)
    return told_report(shelf, columns, rows, "revenue", shelf.words, summed=("purchases", "revenue"))


def retention(desk: Desk, asked: Request) -> Report:
    """Return how customers of the period before stayed, and what they brought."""
    shelf = book(desk, asked)
    before, after = shelf.bought(shelf.before, shelf.start), shelf.bought(shelf.start)
    found = _kept(before, after)
    told = (
        ("customers before", found.start, None), ("lost", found.lost, None), ("new", found.new, None),
        ("retention", None, found.retention), ("churn", None, found.churn),
        ("gross revenue retention", None, found.grr), ("net revenue retention", None, found.nrr),
    )  # fmt: skip
    rows: list[Row] = [
        {"measure": name, "count": count, "rate": None if rate is None else round(float(rate), PLACES), "where": None}
        for name, count, rate in told
    ]
    lost = sorted((key for key in before if key not in after), key=lambda key: -before[key].minor)
    rows += shelf.rows(
        {
            key: {
                "measure": f"lost: {shelf.names[key][1]}",
                "count": before[key].times,
                "revenue": shelf.money(before[key].minor),
            }
            for key in lost
        }
    )
    columns = (
        ("measure", "Measure", "text"), ("count", "Count", "integer"), ("rate", "Rate", "rate"),
        ("revenue", "Revenue before", "money"),
    )  # fmt: skip
    since = Sentence("Before: from {start}.", {"start": f"{shelf.before}"})
    return told_report(shelf, columns, rows, "count", shelf.words, since)


def _kept(before: Mapping[str, Bought], after: Mapping[str, Bought]) -> customers.Retention:
    return customers.retention(*({key: bought.minor for key, bought in part.items()} for part in (before, after)))


@without_collector
def clv(desk: Desk, asked: Request) -> Report:
    """Return what each customer brings in the next year: by BG/NBD with 200 customers and a year, else by retention."""
    shelf = book(desk, asked)
    ever = shelf.bought()
    first = min((bought.first for bought in ever.values()), default=shelf.end)
    if len(ever) >= lifetime.LEAST_CUSTOMERS and (shelf.end - first).days > YEAR_DAYS:
        return _by_purchases(shelf, ever)
    return _by_retention(shelf)


def _by_purchases(shelf: Book, ever: Mapping[str, Bought]) -> Report:
    chosen = list(ever.values())[:: max(len(ever) // MOST_FITTED, 1)]
    model = lifetime.fit([_buyer(bought, shelf.end) for bought in chosen])
    spent = [(bought.times - 1, bought.minor / bought.times) for bought in chosen if bought.times > 1]
    spend = lifetime.fit_spend(spent) if any(mean > 0 for _, mean in spent) else None
    told: dict[str, Row] = {}
    for key, bought in ever.items():
        alive, orders = model.outlook(_buyer(bought, shelf.end), YEAR_DAYS / WEEK)
        mean = bought.minor / bought.times
        worth = spend.expected(bought.times - 1, mean) if spend and spend.q > 1 else mean
        told[key] = {
            "alive": round(alive, PLACES),
            "state": "lost" if alive < lifetime.DEAD else "alive",
            "orders": round(orders, 1),
            "lifetime": shelf.money(round(orders * worth)),
        }
    columns = (
        ACCOUNT, ("alive", "P(alive)", "rate"), ("state", "State", "text"), ("orders", "Purchases", "number"),
        ("lifetime", "Revenue", "money"),
    )  # fmt: skip
    note = Sentence("BG/NBD and Gamma-Gamma: purchases and revenue expected in the next year.")
    return told_report(shelf, columns, shelf.rows(_largest(told)), "lifetime", note, summed=("lifetime",))


def _largest(told: Mapping[str, Row]) -> dict[str, Row]:
    """Return rows with the largest lifetime first, equal ones by key, and last those whose lifetime is not known."""
    known = sorted((-row["lifetime"].amount_minor, key) for key, row in told.items() if row["lifetime"])
    return {key: told[key] for _, key in known} | dict(told)


def _buyer(bought: Bought, end: date) -> lifetime.Buyer:
    return lifetime.Buyer(
        bought.times - 1, (bought.last - bought.first).days / WEEK, max((end - bought.first).days, 1) / WEEK
    )


def _by_retention(shelf: Book) -> Report:
    bought = shelf.earned()
    found = _kept(shelf.bought(shelf.before, shelf.start), shelf.bought(shelf.start))
    kept = found.retention if found.retention is not None else Fraction(1, 2)
    yearly = bought.margins or bought.amounts
    told: dict[str, Row] = {
        key: {
            "revenue": shelf.money(minor),
            "margin": shelf.money(bought.margins[key]) if key in bought.margins else None,
            "lifetime": shelf.money(lifetime.by_retention(yearly[key], kept, DISCOUNT)) if key in yearly else None,
        }
        for key, minor in bought.amounts.items()
    }
    columns = (
        ACCOUNT, ("revenue", "Revenue", "money"), ("margin", "Margin", "money"), ("lifetime", "Lifetime", "money"),
    )  # fmt: skip
    rows = shelf.rows(_largest(told), is_windowed=True)
    notes = (shelf.words, *_method(found.retention, is_margin=bool(bought.margins)))
    return told_report(shelf, columns, rows, "lifetime", *notes, summed=("revenue", "margin", "lifetime"))


def _method(kept: Fraction | None, *, is_margin: bool) -> Iterator[Sentence]:
    if is_margin:
        yield Sentence("m r / (1 + d - r) of the margin, 10 % discount; BG/NBD needs 200 customers and a year.")
    else:
        yield Sentence("m r / (1 + d - r) of revenue, 10 % discount; BG/NBD needs 200 customers and a year.")
    if kept is None:
        yield Sentence("No earlier period: 50 % retention is assumed.")
    else:
        yield Sentence("Retention {rate}.", {"rate": f"{float(kept):.0%}"})
