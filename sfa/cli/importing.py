"""`sfa import`: a file read, understood, told, and taken in as one operation."""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from typer.core import TyperCommand

from sfa.cli.asking import confirmed
from sfa.cli.building import argument, command, flag, listed, option
from sfa.cli.importing_files import import_one, kind_of
from sfa.cli.naming import noun_named
from sfa.cli.output import emit_json, say, tell
from sfa.cli.progress import progress
from sfa.domain.fields import NOUNS
from sfa.domain.text import clean
from sfa.errors import ConflictError, ExitCode, UsageError
from sfa.exchange.import_plan import Plan, Request, Result, make_plan, save_profile
from sfa.exchange.import_rejects import keep_rejected
from sfa.exchange.importer import run
from sfa.services.desk import Desk, open_desk

REASONS_SHOWN = 5
LINES_SHOWN = 3
ORDER_WORDS = {"d": "dmy", "m": "mdy", "y": "ymd"}


def import_file() -> TyperCommand:
    """Return `sfa import`."""
    return import_as(None)


def import_as(noun: str | None) -> TyperCommand:
    """Return the import of a noun's rows, or of whatever `--as` says."""
    params = [
        argument("files", is_many=True, help="CSV, XLSX, iCalendar (.ics) or vCard (.vcf)."),
        option("--as", "noun", default=noun, help="What the rows are; guessed where not given."),
        listed("--map", "-m", "columns", help='"Column=field,...": over the guess; "Column=" leaves one out.'),
        listed("--values", "values", between=";", help='"stage:Engaging=Qualification,Won=Won": words of the file.'),
        option("--dates", "date_order", help="dmy, mdy or ymd, for dates such as 03/04/2026."),
        listed("--create", "create", help="account,contact,user,product: make what is missing."),
        option("--source", "source", default="import", help="Which system the ids are of."),
        option("--currency", "currency", help="Of amounts that name none."),
        option("--profile", "profile", help="Begin with a saved mapping."),
        option("--save-profile", "saved_as", help="Keep this mapping under a name."),
        option("--rejects", "rejects", help="Where rejected rows go; beside the file where not given."),
        option("--delimiter", "delimiter", help="Of a CSV."),
        option("--encoding", "encoding", help="Of a CSV."),
        option("--sheet", "sheet", help="Of a workbook."),
        flag("--dry-run", "-n", "is_dry_run", help="Say what would be done; change nothing."),
        flag("--yes", "-y", "is_sure", help="Ask nothing; rename records whose ids the file has."),
        flag("--json", "is_json", help="The result as JSON."),
    ]
    return command(
        "import", _import, params, "Bring in tables, calendars and address books; sfa undo takes one back whole."
    )


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
    is_sure: bool,
    is_json: bool,
) -> int:
    if rejects and len(files) > 1:
        raise UsageError("--rejects names one file.", hint="Import the files one by one, or leave it out.")
    asked = Request(
        Path(),
        noun_named(noun) if noun else None,
        columns,
        values,
        date_order,
        frozenset(word.strip() for word in create.split(",") if word.strip()),
        source.strip(),
        currency.upper() if currency else None,
        delimiter,
        encoding,
        sheet,
        profile,
    )
    desk = open_desk()
    done: list[dict[str, object]] = []
    code = ExitCode.OK
    for name in files:
        one = replace(asked, path=Path(name))
        place = Path(rejects) if rejects else None
        told, is_failed = _import_any(desk, one, saved_as, place, is_dry_run=is_dry_run, is_sure=is_sure)
        done.append(told)
        if not is_json:
            say(str(told["summary"]))
        code = ExitCode.FAILURE if is_failed else code
    if is_json:
        emit_json(done if len(done) > 1 else done[0])
    return code


def _import_any(
    desk: Desk, asked: Request, saved_as: str | None, place: Path | None, *, is_dry_run: bool, is_sure: bool
) -> tuple[dict[str, object], bool]:
    """Import one file, whatever it is; return what was done for programs, and whether nothing could be taken."""
    kind = kind_of(asked.path)
    if kind:
        return import_one(desk, asked.path, kind, noun=asked.noun, create=asked.create, is_dry_run=is_dry_run)
    return _import_table(desk, asked, saved_as, place, is_dry_run=is_dry_run, is_sure=is_sure)


def _import_table(
    desk: Desk, asked: Request, saved_as: str | None, place: Path | None, *, is_dry_run: bool, is_sure: bool
) -> tuple[dict[str, object], bool]:
    """Import one table; return what was done for programs, and whether nothing could be taken."""
    plan = _asked(desk, make_plan(desk, asked), is_sure=is_sure)
    _tell_plan(plan)
    result = _run(desk, plan, is_dry_run=is_dry_run, is_sure=is_sure)
    if saved_as and not is_dry_run:
        save_profile(desk, saved_as, plan.mapping)
    kept = _keep_rejected(desk, plan, result, place) if result.rejected and not is_dry_run else None
    _tell_result(result, kept)
    summary = _summary(plan, result, is_dry_run=is_dry_run)
    told = _as_json(plan, result, kept, summary, is_dry_run=is_dry_run)
    return told, bool(result.rejected and not result.taken)


def _run(desk: Desk, plan: Plan, *, is_dry_run: bool, is_sure: bool) -> Result:
    """Import with a bar; ask where ids seem to be another system's."""
    try:
        with progress(len(plan.rows), plan.request.path.name) as advance:
            return run(desk, plan, is_dry_run=is_dry_run, is_sure=is_sure, on_progress=advance)
    except ConflictError as error:
        if is_sure or error.candidates or not sys.stdin.isatty():
            raise
        tell(error.message)
        if not confirmed("Are they the same records under new names?"):
            raise
    return run(desk, plan, is_dry_run=is_dry_run, is_sure=True)


def _asked(desk: Desk, plan: Plan, *, is_sure: bool) -> Plan:
    """Ask for the order of dates where nobody said it and a person is there."""
    if not plan.questions or is_sure or not sys.stdin.isatty():
        plan.require_answers()
        return plan
    column, words = next(iter(plan.questions.items()))
    sys.stderr.write(f"{clean(column)}: {clean(words)} Which comes first: [d]ay, [m]onth or [y]ear? ")
    sys.stderr.flush()
    order = ORDER_WORDS.get(sys.stdin.readline().strip().lower()[:1])
    if order is None:
        raise UsageError("That is no order of a date.", hint="Repeat with --dates dmy, mdy or ymd.")
    return make_plan(desk, replace(plan.request, date_order=order))


def _tell_plan(plan: Plan) -> None:
    taken = ", ".join(f"{column} → {name}" for column, name in plan.mapping.columns.items())
    left = [column for column in plan.header if column not in plan.mapping.columns]
    tell(f"{plan.request.path.name}: {len(plan.rows):,} rows as {plan.noun}. Columns: {taken}.")
    if left:
        tell(f"  Left out: {', '.join(left)}.")
    for note in plan.notes:
        tell(f"  {note}")


def _keep_rejected(desk: Desk, plan: Plan, result: Result, place: Path | None) -> Path:
    return keep_rejected(result.rejected, plan.header, plan.request.path, place, desk.store.workspace.folder)


def _tell_result(result: Result, kept: Path | None) -> None:
    for note in result.notes[result.notes_before :]:
        tell(f"  {note}")
    reasons = Counter(row.reason for row in result.rejected)
    for reason, count in reasons.most_common(REASONS_SHOWN):
        lines = [f"{row.line:,}" for row in result.rejected if row.reason == reason][:LINES_SHOWN]
        more = f" and {count - LINES_SHOWN:,} more" if count > LINES_SHOWN else ""
        tell(f"  line {', '.join(lines)}{more}: {reason}")
    if len(reasons) > REASONS_SHOWN:
        tell(f"  ... and {len(reasons) - REASONS_SHOWN:,} more reasons.")
    if kept:
        words = "1 rejected row is" if len(result.rejected) == 1 else f"{len(result.rejected):,} rejected rows are"
        tell(f"  {words} in {kept}; mend there what is wrong and import that file.")
    for noun, count in result.created.items():
        tell(f"  Made on the way: {count:,} {NOUNS[noun].plural if count != 1 else noun}.")
    if result.without_account:
        tell(f'  {result.without_account:,} without account: sfa opportunity list --where "account="')


def _summary(plan: Plan, result: Result, *, is_dry_run: bool) -> str:
    counts = (
        f"{result.new} new, {result.changed} changed, {result.unchanged} unchanged, {len(result.rejected)} rejected"
    )
    verb = "Would import" if is_dry_run else "Imported"
    words = NOUNS[plan.noun].plural if result.taken != 1 else plan.noun
    undo = " Undo: sfa undo" if result.operation_id else ""
    return f"{verb} {result.taken} {words}: {counts}.{undo}"


def _as_json(plan: Plan, result: Result, kept: Path | None, summary: str, *, is_dry_run: bool) -> dict[str, object]:
    return {
        "file": str(plan.request.path),
        "noun": plan.noun,
        "summary": summary,
        "columns": plan.mapping.columns,
        "new": result.new,
        "changed": result.changed,
        "unchanged": result.unchanged,
        "without_account": result.without_account,
        "created": result.created,
        "rejected": [{"line": row.line, "reason": row.reason} for row in result.rejected],
        "rejects_file": str(kept) if kept else None,
        "notes": result.notes,
        "operation": result.operation_id,
        "is_dry_run": is_dry_run,
    }
