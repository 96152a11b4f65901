"""The 7P set: profiling, persistence, profitability, performance, prospecting, products, promotion (domain.md 5.7)."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from db.queries import reports_customers as queries
from sfa.services.desk import Desk
from sfa.services.report_customers import ACCOUNT, book, gaps, rounded, told_report, window_words
from sfa.services.report_request import Request
from sfa.services.report_table import Column, Report

if TYPE_CHECKING:
    from sfa.services.report_table import Row

PAIRS = 50


def profiling(desk: Desk, asked: Request) -> Report:
    """Return accounts by segment, lifecycle and industry."""
    del asked
    rows: list[Row] = [
        {"segment": segment, "lifecycle": stands, "industry": industry, "count": count,
         "where": " ".join(_is(name, text) for name, text in
                           (("segment", segment), ("lifecycle", stands), ("industry", industry)))}
        for segment, stands, industry, count in queries.profile(desk.store)
    ]  # fmt: skip
    columns = (
        ("segment", "Segment", "text"), ("lifecycle", "Lifecycle", "text"), ("industry", "Industry", "text"),
        ("count", "Accounts", "integer"),
    )  # fmt: skip
    return told_report(columns, rows, "count")


def _is(name: str, text: str | None) -> str:
    from sfa.domain.filters import Comparison, render  # noqa: PLC0415 - where rows open into records

    return render(Comparison(name, "=", (text,) if text is not None else ()))


def persistence(desk: Desk, asked: Request) -> Report:
    """Return purchases, active months, tenure and repeat rate of customers."""
    shelf = book(desk, asked)
    start, end, code = shelf.start.isoformat(), shelf.end.isoformat(), desk.currency
    months = queries.active_months(desk.store, shelf.source, code, code, start, end)
    ever = shelf.bought()
    rows = [
        shelf.row(
            key,
            purchases=bought.count,
            active_months=months.get(key, 0),
            years=round((shelf.end - bought.first).days / 365.25, 1),
            gap=rounded(gaps(bought, shelf.end).median_gap),
        )
        for key, bought in ever.items()
    ]
    rows.sort(key=lambda row: (-row["purchases"], row["account"]))
    columns = (
        ACCOUNT, ("purchases", "Purchases", "integer"), ("active_months", "Active months", "integer"),
        ("years", "Years", "number"), ("gap", "Days between", "number"),
    )  # fmt: skip
    return told_report(columns, rows, "purchases", window_words(shelf))


def _plain(
    read: Callable[..., list[Any]], columns: Sequence[Column], measure: str, desk: Desk, asked: Request
) -> Report:
    """Return a report of rows as a query gives them, amounts in the desk's own currency."""
    shelf = book(desk, asked)
    rows: list[Row] = []
    for values in read(desk, shelf.start.isoformat(), shelf.end.isoformat()):
        told = {name: value for (name, _, _), value in zip(columns, values, strict=False)}
        for name, _, kind in columns:
            if kind == "money" and told[name] is not None:
                told[name] = shelf.money(told[name])
        rows.append({**told, "where": None})
    return told_report(
        columns, rows, measure, f"From {shelf.start} to {shelf.end - timedelta(days=1)}, {desk.currency}."
    )


def _profits(desk: Desk, start: str, end: str) -> list[Any]:
    return queries.profits(desk.store, desk.currency, start, end)


def _performance(desk: Desk, start: str, end: str) -> list[Any]:
    return queries.performance(desk.store, desk.currency, start, end)


def _leads(desk: Desk, start: str, end: str) -> list[Any]:
    return queries.leads(desk.store, start, end)


def _together(desk: Desk, start: str, end: str) -> list[Any]:
    rows = queries.bought_together(desk.store, start, end, PAIRS)
    return [(x, y, both, round(both * whole / (one * two), 2)) for x, y, both, one, two, whole in rows]


def _campaigns(desk: Desk, start: str, end: str) -> list[Any]:
    return queries.campaigns(desk.store, desk.currency, desk.currency, start, end)


_NET = ("net", "Net", "money")
profitability = partial(
    _plain,
    _profits,
    (ACCOUNT, ("product", "Product", "text"), ("revenue", "Revenue", "money"), ("margin", "Margin", "money")),
    "revenue",
)
performance = partial(
    _plain,
    _performance,
    (("category", "Category", "text"), ("channel", "Channel", "text"), ("industry", "Industry", "text"), _NET),
    "net",
)
prospecting = partial(
    _plain,
    _leads,
    (("month", "Month", "text"), ("source", "Source", "text"), ("leads", "Leads", "integer"),
     ("converted", "Converted", "integer")),
    "leads",
)  # fmt: skip
products = partial(
    _plain,
    _together,
    (("product", "Product", "text"), ("other", "Bought with", "text"), ("together", "Orders", "integer"),
     ("lift", "Lift", "number")),
    "together",
)  # fmt: skip
promotion = partial(
    _plain,
    _campaigns,
    (("campaign", "Campaign", "text"), ("deals", "Deals", "integer"), ("won", "Won", "integer"),
     ("lost", "Lost", "integer"), ("amount", "Won amount", "money")),
    "amount",
)  # fmt: skip
