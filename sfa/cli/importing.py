"""`sfa import`: a file read, understood, told, and taken in as one operation."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from typer.core import TyperCommand

from sfa.cli.building import argument, command, flag, option
from sfa.cli.output import emit_json, say, tell
from sfa.domain.fields import NOUNS
from sfa.errors import ExitCode, UsageError
from sfa.exchange.import_plan import DATE_ORDERS, Plan, Request, Result, make_plan, save_profile
from sfa.exchange.importer import Progress, run
from sfa.exchange.writers import write_rejected
from sfa.services.desk import Desk, open_desk

REASONS_SHOWN = 5
ORDER_WORDS = {"d": "dmy", "m": "mdy", "y": "ymd"}


def import_file() -> TyperCommand:
    """Return `sfa import`."""
    params = [
        argument("files", is_many=True, help="CSV or XLSX."),
        option("--as", "noun", help="What the rows are; guessed where not given."),
        option(
            "--map", "-m", "columns", default="", help='"Column=field,...": over the guess; "Column=" leaves one out.'
        ),
        option("--values", "values", default="", help='"stage:Engaging=Qualification,Won=Won": words of the file.'),
        option("--dates", "date_order", help="dmy, mdy or ymd, for dates such as 03/04/2026."),
        option("--create", "create", default="", help="account,contact,user,product: make what is missing."),
        option("--source", "source", default="import", help="Which system the ids are of."),
        option("--currency", "currency", help="Of amounts that name none."),
        option("--profile", "profile", help="Begin with a saved mapping."),
        option("--save-profile", "saved_as", help="Keep this mapping under a name."),
        option("--rejects", "rejects", help="Where rejected rows go; beside the file where not given."),
        option("--delimiter", "delimiter", help="Of a CSV."),
        option("--encoding", "encoding", help="Of a CSV."),
        option("--sheet", "sheet", help="Of a workbook."),
        flag("--dry-run", "-n", "is_dry_run", help="Say what would be done; change nothing."),
        flag("--json", "is_json", help="The result as JSON."),
    ]
    return command("import", _import, params, "Bring in CSV or XLSX files; sfa undo takes one back whole.")


def _import(
    *,
    files: Sequence[str],
    noun: str | None,
    columns: str,
    values: str,
    date_order: str | None,
    create: str,
    source: str,
    currency: str | None,
    profile: str | None,
    saved_as: str | None,
    rejects: str | None,
    delimiter: str | None,
    encoding: str | None,
    sheet: str | None,
    is_dry_run: bool,
    is_json: bool,
) -> int:
    desk = open_desk()
    code = ExitCode.OK
    for name in files:
        request = Request(
            Path(name),
            noun,
            columns,
            values,
            date_order,
            frozenset(word.strip() for word in create.split(",") if word.strip()),
            source,
            currency.upper() if currency else None,
            delimiter,
            encoding,
            sheet,
            profile,
        )
        plan = _asked(desk, make_plan(desk, request))
        _tell_plan(plan)
        with _progress(len(plan.rows), plan.request.path.name) as advance:
            result = run(desk, plan, is_dry_run=is_dry_run, on_progress=advance)
        if saved_as and not is_dry_run:
            save_profile(desk, saved_as, plan.mapping)
        place = _keep_rejected(desk, plan, result, rejects) if result.rejected and not is_dry_run else None
        _tell_result(plan, result, place, is_dry_run=is_dry_run, is_json=is_json)
        if result.rejected and not (result.new or result.changed or result.unchanged):
            code = ExitCode.FAILURE
    return code


def _asked(desk: Desk, plan: Plan) -> Plan:
    """Ask for the order of dates where nobody said it and a person is there."""
    if not plan.questions or not sys.stdin.isatty():
        return plan
    for column, words in plan.questions.items():
        sys.stderr.write(f"{column}: {words} Which comes first: [d]ay, [m]onth or [y]ear? ")
        sys.stderr.flush()
        order = ORDER_WORDS.get(sys.stdin.readline().strip().lower()[:1])
        if order not in DATE_ORDERS:
            raise UsageError("That is no order of a date.", hint="Repeat with --dates dmy, mdy or ymd.")
        return make_plan(desk, replace(plan.request, date_order=order))
    return plan


def _tell_plan(plan: Plan) -> None:
    taken = ", ".join(f"{column} → {name}" for column, name in plan.mapping.columns.items())
    left = [column for column in plan.header if column not in plan.mapping.columns]
    tell(f"{plan.request.path.name}: {len(plan.rows):,} rows as {plan.noun}. Columns: {taken}.")
    if left:
        tell(f"  Left out: {', '.join(left)}.")
    for note in plan.notes:
        tell(f"  {note}")


@contextmanager
def _progress(total: int, name: str) -> Iterator[Progress | None]:
    """Show a bar to a person; a pipe sees nothing."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - for people alone
    from rich.progress import Progress as Bar  # noqa: PLC0415 - as above

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name.replace("[", "("), total=total)
        yield lambda count: bar.advance(task, count)


def _keep_rejected(desk: Desk, plan: Plan, result: Result, place: str | None) -> Path:
    """Write the rejected rows where they can be mended: beside the file, or in the workspace where that is read-only."""
    name = f"{plan.request.path.stem}.rejected.csv"
    for target in [Path(place)] if place else [plan.request.path.with_name(name), desk.store.workspace.folder / name]:
        try:
            with target.open("w", encoding="utf-8", newline="") as stream:
                write_rejected(result.rejected, plan.header, stream)
        except OSError:
            continue
        return target
    raise UsageError(f"The rejected rows cannot be written to {place or name}.", hint="Say where: --rejects FILE")


def _tell_result(plan: Plan, result: Result, place: Path | None, *, is_dry_run: bool, is_json: bool) -> None:
    if is_json:
        emit_json(_as_json(plan, result, place))
        return
    for note in result.notes[len(plan.notes) :]:
        tell(f"  {note}")
    for row in result.rejected[:REASONS_SHOWN]:
        tell(f"  line {row.line}: {row.reason}")
    if len(result.rejected) > REASONS_SHOWN:
        tell(f"  ... and {len(result.rejected) - REASONS_SHOWN:,} more.")
    if place:
        tell(f"  The rejected rows are in {place}; mend them there and import that file.")
    for noun, count in result.created.items():
        tell(f"  Made on the way: {count:,} {NOUNS[noun].plural if count != 1 and noun in NOUNS else noun}.")
    if result.without_account:
        tell(f'  {result.without_account:,} deals have no account: sfa opportunity list --where "account="')
    counts = f"{result.new:,} new, {result.changed:,} changed, {result.unchanged:,} unchanged, {len(result.rejected):,} rejected"
    total = result.new + result.changed + result.unchanged
    verb = "Would import" if is_dry_run else "Imported"
    undo = " Undo: sfa undo" if result.operation_id else ""
    say(f"{verb} {total:,} {NOUNS[plan.noun].plural}: {counts}.{undo}")


def _as_json(plan: Plan, result: Result, place: Path | None) -> dict[str, object]:
    return {
        "file": str(plan.request.path),
        "noun": plan.noun,
        "columns": plan.mapping.columns,
        "new": result.new,
        "changed": result.changed,
        "unchanged": result.unchanged,
        "without_account": result.without_account,
        "created": result.created,
        "rejected": [{"line": row.line, "reason": row.reason} for row in result.rejected],
        "rejects_file": str(place) if place else None,
        "operation": result.operation_id,
    }
