"""`sfa report`: a table and bars for people, JSON and CSV for programs."""

from typing import Any

from typer.core import TyperCommand, TyperGroup

from sfa.cli.building import command, flag, form, group, option, output_options
from sfa.cli.output import cell_text, emit_json, emit_rows, is_terminal, tell
from sfa.domain.money import Money
from sfa.services import reports as service
from sfa.services.desk import open_desk
from sfa.services.reports import Report

MOST_BARS = 20
HELP = {
    "pipeline": "Open deals: number, amount, weighted by probability.",
    "wins": "Won deals: number and amount.",
    "winrate": "Won and lost, and won / (won + lost).",
    "cycle": "Days from creation to winning.",
    "activity": "Calls, visits, mails: number, minutes, accounts.",
    "stale": "Open deals that nobody touched for long.",
}


def report() -> TyperGroup:
    """Return `sfa report` with its reports."""
    return group(
        "report", "Pipeline, wins, win rate, cycle, activity, stale deals.", {name: _command(name) for name in HELP}
    )


def _command(name: str) -> TyperCommand:
    params = [
        option("--by", "-b", "by", default="", help=f"One or two of: {', '.join(service.DIMENSIONS)}."),
        option("--from", "start", help="First day, or a period: 2017-03-01, 2017-Q1, last quarter."),
        option("--to", "end", help="Last day, or a period."),
        option("--where", "-w", "where", default="", help="Only deals that fit."),
        flag("--roll-up", "is_rolled_up", help="Managers with everybody below, accounts with all below."),
        flag("--no-chart", "is_bare", help="The table alone."),
        *output_options(),
    ]
    return command(name, lambda **words: _run(name, **words), params, HELP[name])


def _run(
    name: str,
    *,
    by: str,
    start: str | None,
    end: str | None,
    where: str,
    is_rolled_up: bool,
    is_bare: bool,
    is_json: bool,
    is_csv: bool,
) -> None:
    desk = open_desk()
    asked = service.request(desk, by=by, start=start, end=end, is_rolled_up=is_rolled_up, where=where)
    found = service.REPORTS[name](desk, asked)
    shape = form(is_json=is_json, is_csv=is_csv)
    if shape == "json":
        emit_json([_as_json(found, row) for row in found.rows])
        return
    if shape == "csv":
        emit_rows(found.columns, found.rows, "csv")
        return
    rows = [
        {**row, **{key: f"{row[key]:.1%}" for key, _, kind in found.columns if kind == "rate" and row[key] is not None}}
        for row in found.rows
    ]
    shown = [
        {key: "(none)" if value is None and key in asked.by else value for key, value in row.items()} for row in rows
    ]
    if found.totals and len(shown) > 1 and asked.by:
        shown.append({asked.by[0]: "Total", **found.totals})
    emit_rows(
        [(key, title, "number" if kind == "rate" else kind) for key, title, kind in found.columns], shown, "table"
    )
    if not found.rows:
        tell("Nothing fits. See what there is: sfa opportunity list")
    elif is_terminal() and not is_bare and asked.by:
        _draw(found, asked.by)


def _as_json(found: Report, row: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for key, _, _ in found.columns:
        value = row.get(key)
        told[key] = value.decimal_string() if isinstance(value, Money) else value
    currency = next((row[key].currency for key, _, _ in found.columns if isinstance(row.get(key), Money)), None)
    return {**told, "currency": currency} if currency else told


def _draw(found: Report, by: tuple[str, ...]) -> None:
    """Draw bars of the measure, the first MOST_BARS groups."""
    from rich.console import Console  # noqa: PLC0415 - for people alone

    from screens.widgets.chart import Bar, bar_lines  # noqa: PLC0415 - as above

    kinds = {key: kind for key, _, kind in found.columns}
    bars = []
    for row in found.rows[:MOST_BARS]:
        value = row[found.measure]
        if value is None:
            continue
        size = value.amount_minor if isinstance(value, Money) else int(value * 1000)
        text = f"{value:.1%}" if kinds[found.measure] == "rate" else cell_text(kinds[found.measure], value)
        bars.append(Bar(" · ".join(str(row[name] or "(none)") for name in by), size, text))
    console = Console(highlight=False)
    console.print()
    for line in bar_lines(bars, min(console.width, 100)):
        console.print(line)
