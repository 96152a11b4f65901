"""`sfa order import`: orders of an ERP from tables."""

from collections.abc import Callable, Sequence
from pathlib import Path

from typer.core import TyperCommand

from sfa.cli.building import argument, command, flag, listed, option
from sfa.cli.opening import open_desk
from sfa.cli.order_verbs import common
from sfa.cli.output import emit_json, say, tell
from sfa.errors import ExitCode, NotFoundError
from sfa.exchange.bill_import import run as run_bills
from sfa.exchange.import_rejects import keep_rejected
from sfa.exchange.order_import import OrdersResult, run
from sfa.services.desk import Desk

REASONS_SHOWN = 5


def import_orders() -> TyperCommand:
    """Return `sfa order import`."""
    params = [
        argument("files", is_many=True, help="CSV or XLSX; orders first, then their lines."),
        listed("--map", "-m", "columns", help='"Column=field,...": over the guess.'),
        option("--source", "source", default="import", help="Which system the ids are of."),
        *common(),
    ]
    return command("import", _import, params, "Bring in orders of an ERP and their lines; repeatable.")


def import_invoices() -> TyperCommand:
    """Return `sfa invoice import`."""
    params = [
        argument("files", is_many=True, help="CSV or XLSX."),
        listed("--map", "-m", "columns", help='"Column=field,...": over the guess.'),
        option("--source", "source", default="import", help="Which system the ids are of."),
        flag("--payments", "is_payment", help="The rows are payments."),
        *common(),
    ]
    return command(
        "import", _import_bills, params, "Bring in invoices of an ERP, or with --payments payments; repeatable."
    )


def _import_bills(
    *, files: Sequence[str], columns: str, source: str, is_payment: bool, is_dry_run: bool, is_json: bool
) -> int:
    def take(desk: Desk, path: Path) -> OrdersResult:
        return run_bills(desk, path, source, columns, is_payment=is_payment, is_dry_run=is_dry_run)

    return _each(files, take, is_dry_run=is_dry_run, is_json=is_json)


def _import(*, files: Sequence[str], columns: str, source: str, is_dry_run: bool, is_json: bool) -> int:
    def take(desk: Desk, path: Path) -> OrdersResult:
        return run(desk, path, source, columns, is_dry_run=is_dry_run)

    return _each(files, take, is_dry_run=is_dry_run, is_json=is_json)


def _each(files: Sequence[str], take: Callable[[Desk, Path], OrdersResult], *, is_dry_run: bool, is_json: bool) -> int:
    desk = open_desk()
    done, code = [], ExitCode.OK
    for name in files:
        path = Path(name)
        if not path.is_file():
            raise NotFoundError(f"There is no file {path}.")
        result = take(desk, path)
        kept = None
        if result.rejected and not is_dry_run:
            kept = keep_rejected(result.rejected, result.header, path, None, desk.store.workspace.folder)
        summary = _summary(path, result, is_dry_run=is_dry_run)
        _tell(result, kept)
        if not is_json:
            say(summary)
        done.append(_as_json(path, result, kept, summary))
        code = ExitCode.FAILURE if result.rejected and not result.taken else code
    if is_json:
        emit_json(done if len(done) > 1 else done[0])
    return code


def _tell(result: OrdersResult, kept: Path | None) -> None:
    tell(f"Columns: {', '.join(f'{column} → {name}' for name, column in result.columns.items())}.")
    for reason, count in result.reasons.most_common(REASONS_SHOWN):
        tell(f"  {count:,} rows: {reason}")
    if kept:
        tell(f"  {len(result.rejected):,} rejected rows are in {kept}; mend there what is wrong and import that file.")


def _summary(path: Path, result: OrdersResult, *, is_dry_run: bool) -> str:
    counts = (
        f"{result.new} new, {result.changed} changed, {result.unchanged} unchanged, {len(result.rejected)} rejected"
    )
    undo = " Undo: sfa undo" if result.operation_id else ""
    return f"{'Would import' if is_dry_run else 'Imported'} {result.taken} rows of {path.name}: {counts}.{undo}"


def _as_json(path: Path, result: OrdersResult, kept: Path | None, summary: str) -> dict[str, object]:
    return {
        "file": str(path),
        "summary": summary,
        "columns": {column: name for name, column in result.columns.items()},
        "new": result.new,
        "changed": result.changed,
        "unchanged": result.unchanged,
        "rejected": [{"line": row.line, "reason": row.reason} for row in result.rejected],
        "rejects_file": str(kept) if kept else None,
        "operation": result.operation_id,
    }
