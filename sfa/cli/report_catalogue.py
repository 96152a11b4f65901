"""`sfa report value`, `abc`, `leaderboard`, `measures`, the 7P set...: reports on customers and people by name."""

from typing import Any

from typer._click.types import IntRange
from typer.core import TyperCommand

from sfa.cli.building import command, dry_run_option, flag, form, limit_option, option, output_options
from sfa.cli.output import as_json, emit_json, emit_rows, say, tell
from sfa.cli.report_files import file_options, write_files
from sfa.errors import UsageError
from sfa.services import report_catalogue as service
from sfa.services import report_classes, report_team
from sfa.services.desk import Desk, open_desk
from sfa.services.references import resolve
from sfa.services.report_request import Request, dimensions_of, request
from sfa.services.report_table import Report

SHOWN = 50


def catalogue_command(name: str) -> TyperCommand:
    """Return `sfa report NAME`."""
    entry = service.CATALOGUE[name]
    params = [
        option("--from", "start", help="First day, or a period to begin with: 2017-03-01, 2017-Q1, last quarter."),
        option("--to", "end", help="Last day, which counts too, or a period to end with."),
        option("--period", "period", help="From first to last day of a period; else what the report is usually of."),
        *(_owner_options() if entry.group == "people" else []),
        *_kind_options(name),
        limit_option(f"Rows on the screen ({SHOWN}); JSON, CSV and workbook have all."),
        option("--drill", "-d", "drill", type=IntRange(min=1), help="The records behind the row of that number."),
        flag("--no-chart", "is_bare", help="The table alone."),
        *file_options(),
        *output_options(),
    ]
    return command(name, lambda **words: _run(name, **words), params, entry.words)


def _owner_options() -> list[Any]:
    return [
        option("--owner", "-o", "owner", help="Whose; with --roll-up everybody's below too."),
        flag("--roll-up", "is_rolled_up", help="With everybody below the owner."),
    ]


def _kind_options(name: str) -> list[Any]:
    """Return the options that one report has alone."""
    if name == "abc":
        by_revenue = flag("--by-revenue", "is_by_revenue", help="By revenue alone; short for --by revenue.")
        return [
            option("--by", "-b", "by", default="", help="What customers are classed by: profit or revenue."),
            by_revenue,
        ]
    if name == "value":
        words = f"What customers are compared within: {', '.join(dimensions_of(name))}."
        account = option(
            "--account", "-a", "account", help="Why that customer has its value: each indicator, score and weight."
        )
        record = flag("--record", "is_recording", help="Record the classes: once a month, so that they stay put.")
        return [option("--by", "-b", "by", default="", help=words), account, record, dry_run_option()]
    return []


def _run(
    name: str, *, drill: int | None, limit: int | None, xlsx: str, pdf: str, language: str, is_json: bool, is_csv: bool, is_bare: bool,
    is_by_revenue: bool = False, is_recording: bool = False, is_dry_run: bool = False,
    account: str | None = None, **words: Any,  # noqa: ANN401 - see request
) -> None:  # fmt: skip
    from sfa.cli.reports import report_json, tell_report  # noqa: PLC0415 - each needs the other

    desk = open_desk()
    try:
        asked = request(desk, name, **(words | {"by": "revenue"} if is_by_revenue else words))
        if is_recording or is_dry_run:
            _record(desk, asked, is_dry_run=is_dry_run)
            return
        found = _found(desk, name, asked, account)
        if drill is not None:
            _drill(desk, found, drill, is_json=is_json, is_csv=is_csv)
            return
        if write_files(desk, service.CATALOGUE[name].title, found, asked, xlsx=xlsx, pdf=pdf, language=language):
            return
    finally:
        desk.close()
    if form(is_json=is_json, is_csv=is_csv) == "json":
        emit_json([report_json(found, row, has_records=True) for row in found.rows])
    elif is_csv:
        tell_report(found, is_csv=True, is_bare=True)
    else:
        _tell(found, limit or SHOWN, is_bare=is_bare)


def _found(desk: Desk, name: str, asked: Request, account: str | None) -> Report:
    if not account:
        return service.CATALOGUE[name].run(desk, asked)
    from sfa.services.report_why import why  # noqa: PLC0415 - for this option alone

    return why(desk, asked, resolve(desk, "account", account).id)


def _record(desk: Desk, asked: Request, *, is_dry_run: bool) -> None:
    saved = report_classes.record(desk, asked, is_dry_run=is_dry_run)
    say(f"{saved.summary}." + (" Nothing was changed." if is_dry_run else " Undo: sfa undo"))


def _tell(found: Report, limit: int, *, is_bare: bool) -> None:
    from dataclasses import replace  # noqa: PLC0415 - for people alone

    from sfa.cli.reports import tell_report  # noqa: PLC0415 - as above

    if found.note:
        say(found.note)
    has_chart = next(kind for name, _, kind in found.columns if name == found.measure) != "text"
    tell_report(replace(found, rows=found.rows[:limit]), is_csv=False, is_bare=is_bare or not has_chart)
    if len(found.rows) > limit:
        tell(f"{len(found.rows) - limit:,} rows more: --limit {len(found.rows)}")


def _drill(desk: Desk, found: Report, number: int, *, is_json: bool, is_csv: bool) -> None:
    if number > len(found.rows):
        raise UsageError(f"There are {len(found.rows):,} rows, none of number {number:,}.", hint="Choose one of those.")
    _, listed = service.records_of(desk, found, found.rows[number - 1])
    shape = [(item.name, item.title, item.kind) for item in listed.columns]
    if is_json:
        emit_json([as_json(shape, record) for record in listed.rows])
    else:
        emit_rows(shape, listed.rows, form(is_json=False, is_csv=is_csv))


def baseline_command() -> TyperCommand:
    """Return `sfa report baseline`."""
    params = [
        option("--from", "start", help="First day, or a period to begin with."),
        option("--to", "end", help="Last day, which counts too."),
        option("--period", "period", help="The period whose measures are kept: 2026-01."),
        dry_run_option(),
    ]
    words = "Keep the measures of a period as what later ones are compared with (sfa report measures)."
    return command("baseline", _baseline, params, words)


def _baseline(*, is_dry_run: bool, **words: Any) -> None:  # noqa: ANN401 - see request
    desk = open_desk()
    try:
        asked = request(desk, "measures", **words)
        saved = report_team.keep_baseline(desk, asked, is_dry_run=is_dry_run)
    finally:
        desk.close()
    say(f"{saved.summary}." + (" Nothing was changed." if is_dry_run else " Undo: sfa undo"))
