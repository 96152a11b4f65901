"""The 7P set: profiling, persistence, profitability, performance, prospecting, products, promotion (domain.md 5.7)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Final

from db.queries import reports_customers as queries
from db.queries import reports_lines as lines
from sfa.domain.filters import Comparison, Expression
from sfa.domain.sentences import Sentence
from sfa.services.desk import Desk
from sfa.services.report_groups import days_within, in_currency, month_within
from sfa.services.report_request import Request
from sfa.services.report_shelf import (
    ACCOUNT,
    DAYS_OF_YEAR,
    EPOCH,
    Book,
    book,
    bought_of,
    gaps,
    rounded,
    told_report,
)
from sfa.services.report_table import Report, all_of

if TYPE_CHECKING:
    from sfa.services.report_table import Row

PAIRS: Final = 50


def profiling(desk: Desk, asked: Request) -> Report:
    """Return accounts by segment, size, lifecycle and industry."""
    shelf = book(desk, asked)
    names = ("segment", "size", "lifecycle", "industry")
    rows: list[Row] = [
        {**dict(zip(names, found, strict=False)), "count": found[-1],
         "where": all_of(_is(name, text) for name, text in zip(names, found, strict=False))}
        for found in queries.profile(desk.store)
    ]  # fmt: skip
    columns = (
        ("segment", "Segment", "text"), ("size", "Employees", "text"), ("lifecycle", "Lifecycle", "text"),
        ("industry", "Industry", "text"), ("count", "Accounts", "integer"),
    )  # fmt: skip
    return told_report(shelf, columns, rows, "count", summed=("count",))


def _is(name: str, text: str | None) -> Comparison:
    return Comparison(name, "=", () if text is None else (text,))


def persistence(desk: Desk, asked: Request) -> Report:
    """Return purchases, active months, tenure and days between purchases of customers."""
    shelf = book(desk, asked)
    days = (EPOCH, shelf.start.isoformat(), shelf.end.isoformat())
    found = queries.active(desk.store, shelf.source, desk.currency, days)
    told: dict[str, Row] = {}
    for row in found:
        if row[0] in shelf.names:
            bought = bought_of(row)
            told[row[0]] = {
                "purchases": bought.times,
                "active_months": row[5],
                "years": round((shelf.end - bought.first).days / DAYS_OF_YEAR, 1),
                "gap": rounded(gaps(bought, shelf.end).median_gap),
            }
    columns = (
        ACCOUNT, ("purchases", "Purchases", "integer"), ("active_months", "Active months", "integer"),
        ("years", "Years", "number"), ("gap", "Days between", "number"),
    )  # fmt: skip
    order = sorted((-row["purchases"], key) for key, row in told.items())
    rows = shelf.rows({key: told[key] for _, key in order})
    return told_report(shelf, columns, rows, "purchases", shelf.words, summed=("purchases",))


def profitability(desk: Desk, asked: Request) -> Report:
    """Return revenue and margin of invoiced lines by customer and product, the most revenue first."""
    shelf = book(desk, asked)
    found = lines.profits(desk.store, desk.currency, shelf.start.isoformat(), shelf.end.isoformat())
    common = _said(days_within("issued", shelf.start, shelf.last), _is("currency", desk.currency))
    rows: list[Row] = [
        {"account": account, "product": product, "revenue": shelf.money(net),
         "margin": None if margin is None else shelf.money(margin),
         "where": f"{_said(_is('account', ref), _sold(product, product_ref))} {common}"}
        for account, product, net, margin, ref, product_ref in found
    ]  # fmt: skip
    columns = (
        ACCOUNT, ("product", "Product", "text"), ("revenue", "Revenue", "money"), ("margin", "Margin", "money"),
    )  # fmt: skip
    cut = [Sentence("The largest {count} alone.", {"count": f"{len(rows):,}"})] if len(rows) == lines.MOST_ROWS else []
    summed = () if cut else ("revenue", "margin")
    return told_report(shelf, columns, rows, "revenue", _window(shelf), *cut, summed=summed, noun="invoice")


def _sold(words: str | None, product_ref: str | None) -> Comparison:
    return _is("product", product_ref) if product_ref else _is("item", words)


def _said(*parts: Expression) -> str:
    return all_of(parts) or ""


def performance(desk: Desk, asked: Request) -> Report:
    """Return net of invoiced lines by category, channel and industry."""
    shelf = book(desk, asked)
    found = lines.performance(desk.store, desk.currency, shelf.start.isoformat(), shelf.end.isoformat())
    common = _said(days_within("issued", shelf.start, shelf.last), _is("currency", desk.currency))
    names = ("product_category", "channel", "industry")
    rows: list[Row] = [
        {"category": row[0], "channel": row[1], "industry": row[2], "net": shelf.money(row[3]),
         "where": f"{_said(*map(_is, names, row[:3]))} {common}"}
        for row in found
    ]  # fmt: skip
    columns = (
        ("category", "Category", "text"), ("channel", "Channel", "text"), ("industry", "Industry", "text"),
        ("net", "Net", "money"),
    )  # fmt: skip
    return told_report(shelf, columns, rows, "net", _window(shelf), summed=("net",), noun="invoice")


def prospecting(desk: Desk, asked: Request) -> Report:
    """Return leads by month and source, and how many were converted."""
    shelf = book(desk, asked)
    rows: list[Row] = [
        {"month": month, "source": source, "leads": count, "converted": converted,
         "where": _said(month_within("created", month, shelf.start, shelf.last), _is("source", source))}
        for month, source, count, converted in queries.leads(desk.store, shelf.start.isoformat(), shelf.end.isoformat())
    ]  # fmt: skip
    columns = (
        ("month", "Month", "text"), ("source", "Source", "text"), ("leads", "Leads", "integer"),
        ("converted", "Converted", "integer"),
    )  # fmt: skip
    return told_report(shelf, columns, rows, "leads", _window(shelf), summed=("leads", "converted"), noun="lead")


def products(desk: Desk, asked: Request) -> Report:
    """Return what is bought together most, and by how much more than by chance: lift = P(A,B) / (P(A) P(B))."""
    shelf = book(desk, asked)
    baskets = Counter(lines.baskets(desk.store, shelf.start.isoformat(), shelf.end.isoformat()))
    pairs, single, orders = _counted((sorted(set(ids.split(","))), count) for ids, count in baskets.items())
    names = lines.products(desk.store)
    common = _said(days_within("ordered", shelf.start, shelf.last), Comparison("state", "!=", ("cancelled",)))
    most = sorted(pairs, key=lambda pair: (-pairs[pair], names[pair[0]], names[pair[1]]))[:PAIRS]
    rows: list[Row] = [
        {"product": names[one][0], "other": names[other][0], "together": pairs[one, other],
         "lift": round(pairs[one, other] * orders / (single[one] * single[other]), 2),
         "where": f"{_said(_is('product', names[one][1]), _is('product', names[other][1]))} {common}"}
        for one, other in most
    ]  # fmt: skip
    columns = (
        ("product", "Product", "text"), ("other", "Bought with", "text"), ("together", "In orders", "integer"),
        ("lift", "Lift", "number"),
    )  # fmt: skip
    return told_report(shelf, columns, rows, "together", _window(shelf), noun="order")


Pair = tuple[str, str]


def _counted(baskets: Iterable[tuple[Sequence[str], int]]) -> tuple[Mapping[Pair, int], Mapping[str, int], int]:
    """Return in how many orders two products, and each of them, are; and the number of orders."""
    pairs, single, orders = Counter[Pair](), Counter[str](), 0
    for held, count in baskets:
        orders += count
        for product in held:
            single[product] += count
        for pair in combinations(held, 2):
            pairs[pair] += count
    return pairs, single, orders


def promotion(desk: Desk, asked: Request) -> Report:
    """Return deals and won amount by campaign; what campaigns cost is not kept."""
    shelf = book(desk, asked)
    found = queries.campaigns(desk.store, desk.currency, shelf.start.isoformat(), shelf.end.isoformat())
    common = (days_within("created", shelf.start, shelf.last), in_currency(desk.currency, desk.currency))
    rows: list[Row] = [
        {"campaign": campaign, "deals": deals, "won": won, "lost": lost, "amount": shelf.money(amount),
         "where": _said(_is("campaign", campaign), *common)}
        for campaign, deals, won, lost, amount in found
    ]  # fmt: skip
    columns = (
        ("campaign", "Campaign", "text"), ("deals", "Deals", "integer"), ("won", "Won", "integer"),
        ("lost", "Lost", "integer"), ("amount", "Won amount", "money"),
    )  # fmt: skip
    summed = ("deals", "won", "lost", "amount")
    return told_report(shelf, columns, rows, "amount", _window(shelf), summed=summed, noun="opportunity")


def _window(shelf: Book) -> Sentence:
    words = {"start": f"{shelf.start}", "end": f"{shelf.last}", "currency": shelf.currency}
    return Sentence("From {start} to {end}, {currency}.", words)
