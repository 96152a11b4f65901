"""export, sql, config."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from typer.core import TyperCommand

from sfa.cli.building import argument, command, flag, form, option, output_options
from sfa.cli.naming import counted, noun_named
from sfa.cli.opening import open_desk
from sfa.cli.output import as_json, emit_json, emit_rows, say, tell
from sfa.errors import SfaError, UsageError
from sfa.services import listing

FORMATS = ("csv", "json", "xlsx")
FILE_FORMATS = {"ics": ("calendar", "event"), "vcf": ("contact",)}


def export() -> TyperCommand:
    """Return `sfa export`."""
    params = [
        argument("noun", help="What: account, contact, opportunity..."),
        argument("file", is_required=False, help="Where to; the standard output where none is given."),
        option("--where", "-w", "where", default="", help="Which ones."),
        option(
            "--columns", "-c", "columns", default="", help="Fields, comma-separated; all of them where none are given."
        ),
        option(
            "--format",
            "-f",
            "format",
            help=f"One of {', '.join((*FORMATS, *FILE_FORMATS))}; by the file's ending where not given.",
        ),
        option("--from", "first", help="Of a calendar: not what is over before that day."),
        option("--to", "last", help="Of a calendar: not what begins after that day."),
        option("--version", "version", help="Of vCards: 3 or 4."),
    ]
    words = "Write records to CSV, JSON, XLSX, a calendar (.ics) or cards (.vcf); they can be imported again."
    return command("export", _export, params, words)


def _export(
    *,
    noun: str,
    file: str | None,
    where: str,
    columns: str,
    format: str | None,  # noqa: A002 - the option's name
    first: str | None,
    last: str | None,
    version: str | None,
) -> None:
    is_calendar = noun.strip().lower() == "calendar"
    chosen = format or (Path(file).suffix.lstrip(".").lower() if file else "ics" if is_calendar else "csv")
    if chosen in FILE_FORMATS or is_calendar:
        from sfa.cli.exporting_files import export_file  # noqa: PLC0415 - each kind imports its own

        export_file("event" if is_calendar else noun_named(noun), file, chosen, where, first, last, version)
        return
    if chosen not in FORMATS:
        raise UsageError(f"{chosen} is no format of ours.", hint=f"Choose from: {', '.join(FORMATS)}.")
    noun = noun_named(noun)
    desk = open_desk()
    names = [name for name in columns.split(",") if name] or list(listing.seen_noun(desk, noun).fields)
    found = listing.select(desk, noun, where=where, columns=names)
    shape = [(item.name, item.title, item.kind) for item in found.columns]
    if file is None:
        emit_rows(shape, found.rows, "json" if chosen == "json" else "csv")
        return
    _write(Path(file), chosen, [as_json(shape, row) for row in found.rows])
    tell(f"Wrote {counted(len(found.rows), noun)} to {file}.")


def _write(path: Path, chosen: str, rows: Sequence[dict[str, Any]]) -> None:
    """Write beside the target and rename: a file that is there already is whole, old or new."""
    from sfa.exchange import writers  # noqa: PLC0415 - only for files

    names = list(dict.fromkeys(name for row in rows for name in row)) or ["id"]
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.touch()  # the writer of XLSX has errors of its own for a folder that is not there
        if chosen == "json":
            draft.write_text(json.dumps(list(rows), ensure_ascii=False, indent=2), encoding="utf-8")
        elif chosen == "xlsx":
            writers.write_xlsx(draft, names, [[_cell(row.get(name)) for name in names] for row in rows])
        else:
            with draft.open("w", encoding="utf-8", newline="") as stream:
                writers.write_csv([[_cell(row.get(name)) for name in names] for row in rows], names, stream)
        draft.replace(path)
    except OSError as error:
        raise SfaError(f"{path} cannot be written: {error.strerror or error}.", hint="Choose another place.") from error
    finally:
        draft.unlink(missing_ok=True)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return " ".join(value) if isinstance(value, list) else str(value)


def sql() -> TyperCommand:
    """Return `sfa sql`."""
    params = [argument("statement", help="One SELECT."), *output_options()]
    return command("sql", _sql, params, "Ask the database, read-only; the tables are described in docs/data-model.md.")


def _sql(*, statement: str, is_json: bool, is_csv: bool) -> None:
    from sfa.services.asking_sql import ask  # noqa: PLC0415 - only here

    desk = open_desk()
    names, rows = ask(desk, statement)
    emit_rows(
        [(name, name, "text") for name in names],
        [dict(zip(names, row, strict=True)) for row in rows],
        form(is_json=is_json, is_csv=is_csv),
    )


def config() -> TyperCommand:
    """Return `sfa config`."""
    params = [
        argument("key", is_required=False, help="Such as workspace.currency."),
        argument("value", is_required=False, help="What it becomes."),
        flag("--reset", "is_reset", help="Back to the default."),
        flag("--json", "is_json", help="As JSON."),
    ]
    return command("config", _config, params, "Show or set settings.")


def _config(*, key: str | None, value: str | None, is_reset: bool, is_json: bool) -> None:
    from sfa.services import settings  # noqa: PLC0415 - only here

    desk = open_desk()
    if key and is_reset:
        say(f"{settings.reset(desk, key).summary}.")
    elif key and value is not None:
        say(f"{settings.change(desk, key, value).summary}.")
    elif key:
        found_value = settings.setting(desk, key).value
        if is_json:
            emit_json({key: found_value})
        else:
            say(settings.value_text(found_value))
    else:
        found = settings.settings(desk)
        if is_json:
            emit_json({item.key: item.value for item in found})
            return
        rows = [
            {"key": item.key, "value": settings.value_text(item.value), "own": "yours" if item.is_own else ""}
            for item in found
        ]
        emit_rows([("key", "Setting", "text"), ("value", "Value", "text"), ("own", "", "text")], rows, "table")
        tell(f"Your own settings are in {desk.store.workspace.config}.")
