"""The pipeline bridge and slippage as reports, row by row."""

from sfa.domain.forecast.bridge import ADDED, BESIDE, TAKEN
from sfa.domain.money import Money
from sfa.domain.sentences import Sentence
from sfa.services.forecast_moves import TITLES, BridgeSheet, SlipSheet
from sfa.services.report_table import Report, Row

BRIDGE = "Pipeline bridge"
SLIPPAGE = "Slippage"


def bridge_report(found: BridgeSheet) -> Report:
    """Return what became of a pipeline: its beginning, what was added and taken, its end, and what stands beside."""
    shown = found.bridge
    rows: list[Row] = [_step("Open at the beginning", shown.begin_minor, found.currency)]
    for names, sign in ((ADDED, 1), (TAKEN, -1)):
        rows += [
            _step(TITLES[name], sign * shown.amounts[name], found.currency, len(shown.deals[name])) for name in names
        ]
    rows.append(_step("Open at the end", shown.end_minor, found.currency))
    rows += [
        _step(f"({TITLES[name]})", shown.amounts[name], found.currency, len(shown.deals[name]))
        for name in BESIDE
        if shown.deals[name]
    ]
    columns = (("step", "", "text"), ("amount", "Amount", "money"), ("count", "Deals", "integer"))
    note = Sentence("Deals dated into {period}.", {"period": found.label})
    return Report(("step",), columns, rows, "amount", notes=(note,), period=(found.start, found.end))


def _step(title: str, minor: int, currency: str, count: int | None = None) -> Row:
    return {"step": title, "amount": Money(minor, currency), "count": count}


def slippage_report(found: SlipSheet) -> Report:
    """Return what became of the deals dated into a period."""
    shown = found.slip
    told = (
        ("Dated into it", len(shown.due)), ("Won", len(shown.won)), ("Lost", len(shown.lost)),
        ("Open with a later date", len(shown.slipped)), ("Open, date passed", len(shown.overdue)),
        ("Dates put off", found.pushes),
    )  # fmt: skip
    rate = [Sentence("{rate} slipped.", {"rate": f"{found.rate:.1%}"})] if found.rate is not None else []
    notes = (Sentence("Deals dated into {period}.", {"period": found.label}), *rate)
    rows: list[Row] = [{"step": title, "count": count} for title, count in told]
    columns = (("step", "", "text"), ("count", "Deals", "integer"))
    return Report(("step",), columns, rows, "count", notes=notes, period=(found.start, found.end))
