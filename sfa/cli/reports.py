"""`sfa report`: a table and bars for people, JSON and CSV for programs."""

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import Any

from typer.core import TyperCommand, TyperGroup

from sfa.cli.building import command, flag, form, group, option, output_options
from sfa.cli.output import cell_text, emit_json, emit_rows, is_terminal, tell
from sfa.cli.report_catalogue import baseline_command, catalogue_command
from sfa.cli.report_files import file_options, write_files
from sfa.cli.report_moves import bridge_command, slippage_command
from sfa.domain.money import Money
from sfa.services import reports as service
from sfa.services.desk import open_desk
from sfa.services.report_catalogue import CATALOGUE
from sfa.services.reports import Report

MOST_BARS = 20
WIDEST_CHART = 100
THOUSANDTHS = 1000
NOWHERE = "(none)"
HELP = {
    "pipeline": "Open deals: number, amount, weighted by probability; periods are those of the close date.",
    "wins": "Won deals: number and amount; periods are those of the day of closing.",
    "winrate": "Won and lost, and won / (won + lost), by number and by value; open deals never count.",
    "cycle": "Days from creation to winning: median and mean.",
    "activity": "Calls, visits, mails by kind: number, minutes, accounts.",
    "stale": "Open deals on which nothing was done for long.",
}


def report() -> TyperGroup:
    """Return `sfa report` with its reports."""
    makers: dict[str, Any] = {name: partial(_command, name) for name in HELP}
    makers |= {"bridge": bridge_command, "slippage": slippage_command}
    makers |= {name: partial(catalogue_command, name) for name in CATALOGUE} | {"baseline": baseline_command}
    return group("report", "Pipeline, wins, win rate, cycle, activity, stale deals.", makers)


def _command(name: str) -> TyperCommand:
    what = "activities" if name == "activity" else "deals"
    days = option("--days", "stale_days", type=int, help="How many days nobody touched them.")
    params = [
        option("--by", "-b", "by", default="", help=f"One or two of: {', '.join(service.dimensions_of(name))}."),
        option("--from", "start", help="First day, or a period to begin with: 2017-03-01, 2017-Q1, last quarter."),
        option("--to", "end", help="Last day, which counts too, or a period to end with."),
        option("--period", "period", help="From first to last day of a period: 2017-Q1, 2017-03, last quarter."),
        option("--owner", "-o", "owner", help="Whose; with --roll-up everybody's below too."),
        option("--where", "-w", "where", default="", help=f"Only {what} that fit."),
        flag("--roll-up", "is_rolled_up", help="Managers with everybody below, accounts with all below."),
        flag("--no-chart", "is_bare", help="The table alone."),
        flag("--records", "has_records", help="With --json: beside each row the filter that lists its records."),
        *file_options(),
        *([days] if name == "stale" else []),
        *output_options(),
    ]
    return command(name, lambda **words: _run(name, **words), params, HELP[name])


def _run(
    name: str, *, is_json: bool, is_csv: bool, is_bare: bool, has_records: bool, xlsx: str, pdf: str, language: str, **words: Any  # noqa: ANN401 - see request
) -> None:  # fmt: skip
    desk = open_desk()
    try:
        asked = service.request(desk, name, **words)
        found = service.REPORTS[name](desk, asked)
        if write_files(desk, service.TITLES[name], found, asked, xlsx=xlsx, pdf=pdf, language=language):
            return
    finally:
        desk.close()
    shape = form(is_json=is_json, is_csv=is_csv)
    if shape == "json":
        emit_json([report_json(found, row, has_records=has_records) for row in found.rows])
    else:
        tell_report(found, is_csv=shape == "csv", is_bare=is_bare)


def tell_report(found: Report, *, is_csv: bool, is_bare: bool) -> None:
    """Print a report as a table with its chart, or as CSV."""
    if is_csv:
        emit_rows(found.columns, found.rows, "csv")
        return
    _show(found)
    if is_terminal() and not is_bare and found.by and found.rows:
        _draw(found)


def report_json(found: Report, row: dict[str, Any], *, has_records: bool) -> dict[str, Any]:
    """Return a row as JSON, with the filter that lists its records where that is asked for."""
    told: dict[str, Any] = {"id": row["id"]} if "id" in row else {}
    for key, _, _ in found.columns:
        value = row.get(key)
        told[key] = value.decimal_string() if isinstance(value, Money) else value
    currency = next((row[key].currency for key, _, _ in found.columns if isinstance(row.get(key), Money)), None)
    if currency:
        told["currency"] = currency
    return {**told, "where": row["where"]} if has_records and "where" in row else told


def _show(found: Report) -> None:
    """Print the table; a total stands below where there is something to total."""
    rows = [{**row, **{name: NOWHERE for name in found.by if row[name] is None}} for row in found.rows]
    if found.by and len(rows) > 1:
        rows += [{found.by[0]: "Total", **total} for total in found.totals]
    columns = [(key, title, "number" if kind == "rate" else kind) for key, title, kind in found.columns]
    rates = [key for key, _, kind in found.columns if kind == "rate"]
    shown = [{**row, **{key: _rate_text(row.get(key)) for key in rates}} for row in rows]
    emit_rows(columns, shown, "table")
    if not found.rows and all(found.period):
        tell(f"Nothing from {found.period[0]} to {found.period[1]}. Give another --period, such as: --period 2025")
    elif not found.rows:
        tell(f"Nothing fits. See what there is: sfa {found.noun} list")


def _rate_text(value: float | None) -> str | None:
    return None if value is None else f"{value:.1%}"


def _draw(found: Report) -> None:
    """Draw bars of the measure for the first groups; currencies have a scale of their own each."""
    from rich.console import Console  # noqa: PLC0415 - for people alone

    from screens.widgets.chart import bar_lines  # noqa: PLC0415 - as above

    console = Console(highlight=False)
    drawn = [row for row in found.rows if row[found.measure] is not None][:MOST_BARS]
    for _, rows in groupby(sorted(drawn, key=_currency), key=_currency):
        console.print()
        for line in bar_lines(_bars(found, list(rows)), min(console.width, WIDEST_CHART)):
            console.print(line)


def _currency(row: dict[str, Any]) -> str:
    return next((value.currency for value in row.values() if isinstance(value, Money)), "")


def _bars(found: Report, rows: Sequence[dict[str, Any]]) -> list[Any]:
    from screens.widgets.chart import Bar  # noqa: PLC0415 - for people alone

    kinds = {key: kind for key, _, kind in found.columns}
    bars = []
    for row in rows:
        value = row[found.measure]
        size = value.amount_minor if isinstance(value, Money) else int(value * THOUSANDTHS)
        is_rate = kinds[found.measure] == "rate"
        text = f"{value:.1%}" if is_rate else cell_text(kinds[found.measure], value)
        bars.append(Bar(" · ".join(str(row[name] or NOWHERE) for name in found.by), size, text))
    return bars
