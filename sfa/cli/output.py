"""Everything that is printed: data on the standard output, words on the standard error, all of it made inert."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Literal

from sfa.domain.money import Money
from sfa.domain.text import clean

Format = Literal["table", "json", "csv"]
GAP = "  "
PPM = 1_000_000
LONGEST_CELL = 60


def say(text: str) -> None:
    """Print a line of data; terminal control in it is made visible, never obeyed."""
    _write(sys.stdout, clean(text, multiline=True) + "\n")


def tell(text: str) -> None:
    """Print a line of words for people, below the data printed so far."""
    with suppress(OSError):  # told at the end, when the program leaves
        sys.stdout.flush()
    _write(sys.stderr, clean(text, multiline=True) + "\n")


def _write(stream: Any, text: str) -> None:  # noqa: ANN401 - a text stream of any kind
    try:
        stream.write(text)
    except UnicodeEncodeError:
        stream.write(text.encode(stream.encoding or "ascii", "replace").decode(stream.encoding or "ascii"))


def is_terminal() -> bool:
    """Tell whether a person reads the output."""
    return sys.stdout.isatty()


def emit_json(value: object) -> None:
    """Print one JSON value."""
    say(json.dumps(value, ensure_ascii=False, indent=2 if is_terminal() else None, default=str))


def emit_rows(columns: Sequence[tuple[str, str, str]], rows: Iterable[Mapping[str, Any]], form: Format) -> None:
    """Print rows.

    Args:
        columns: name, title and kind of each.
        rows: values by name.
        form: a table for people, one JSON array, or CSV.
    """
    if form == "json":
        emit_json([as_json(columns, row) for row in rows])
    elif form == "csv":
        _emit_csv(columns, rows)
    else:
        texts = [[cell_text(kind, row.get(name)) for name, _, kind in columns] for row in rows]
        emit_table([title for _, title, _ in columns], texts, [_leans_right(kind) for _, _, kind in columns])


def as_json(columns: Sequence[tuple[str, str, str]], row: Mapping[str, Any]) -> dict[str, object]:
    """Return a row as JSON has it: money as a decimal string with its currency beside it, shares as numbers."""
    found: dict[str, object] = {}
    if "id" in row and all(name != "id" for name, _, _ in columns):
        found["id"] = row["id"]
    for name, _, kind in columns:
        value = row.get(name)
        found[name] = json_value(kind, value)
        if isinstance(value, Money) and all(other != "currency" for other, _, _ in columns):
            found["currency"] = value.currency
    return found


def json_value(kind: str, value: Any) -> Any:  # noqa: ANN401 - whatever a field holds
    """Return one value as JSON has it."""
    if isinstance(value, Money):
        return value.decimal_string()
    if value is None:
        return [] if kind == "tags" else None
    if kind == "percent":
        return value / PPM
    if kind == "bool":
        return bool(value)
    if kind == "tags":
        return str(value).split()
    return value


def cell_text(kind: str, value: Any) -> str:  # noqa: ANN401 - whatever a field holds
    """Return one value as people read it, on one line."""
    if value is None:
        return ""
    if isinstance(value, Money):
        return str(value)
    if kind == "percent":
        return f"{value / PPM:.0%}" if value % 10_000 == 0 else f"{value / PPM:.2%}"
    if kind == "bool":
        return "yes" if value else "no"
    if kind == "instant":
        return local_time(str(value))
    return clean(str(value))


def fact_text(kind: str, value: Any) -> str:  # noqa: ANN401 - whatever a field holds
    """Return one value as people read it; a text keeps its lines."""
    return clean(value, multiline=True) if kind == "text" and isinstance(value, str) else cell_text(kind, value)


def local_time(text: str) -> str:
    """Return a stored instant as local wall time, `2026-03-10 14:05`."""
    from datetime import datetime  # noqa: PLC0415 - only where an instant is shown

    return datetime.fromisoformat(text).astimezone().strftime("%Y-%m-%d %H:%M")


def _leans_right(kind: str) -> bool:
    return kind in ("money", "integer", "percent", "dec6", "number")


def _emit_csv(columns: Sequence[tuple[str, str, str]], rows: Iterable[Mapping[str, Any]]) -> None:
    from sfa.exchange.protection import protected  # noqa: PLC0415 - only for CSV

    names = [name for name, _, _ in columns]
    has_money = any(kind == "money" for _, _, kind in columns) and "currency" not in names
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*names, "currency"] if has_money else names)
    for row in rows:
        found = as_json(columns, row)
        cells = [found.get(name) for name in names] + ([found.get("currency")] if has_money else [])
        writer.writerow(
            [
                protected(" ".join(cell) if isinstance(cell, list) else "" if cell is None else str(cell))
                for cell in cells
            ]
        )
    _write(sys.stdout, clean(stream.getvalue(), multiline=True))


def emit_table(titles: Sequence[str], rows: Sequence[Sequence[str]], rights: Sequence[bool]) -> None:
    """Print aligned columns: coloured and cut to the width on a terminal, plain and whole in a pipe."""
    if is_terminal():
        _emit_rich(titles, rows, rights)
        return
    widths = [max([_cells(title), *(_cells(row[index]) for row in rows)]) for index, title in enumerate(titles)]
    for line in [titles, *rows]:
        parts = [_padded(cell, width, is_right=right) for cell, width, right in zip(line, widths, rights, strict=True)]
        say(GAP.join(parts).rstrip())


def _cells(text: str) -> int:
    """Return the width in terminal cells: wide characters count two."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width  # noqa: PLC0415 - only for other scripts

    return sum(0 if combining(character) else 2 if east_asian_width(character) in "WF" else 1 for character in text)


def _padded(text: str, width: int, *, is_right: bool) -> str:
    pad = " " * (width - _cells(text))
    return pad + text if is_right else text + pad


def _emit_rich(titles: Sequence[str], rows: Sequence[Sequence[str]], rights: Sequence[bool]) -> None:
    from rich.console import Console  # noqa: PLC0415 - a pipe must not pay for it
    from rich.table import Table  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for title, right in zip(titles, rights, strict=True):
        table.add_column(Text(title), justify="right" if right else "left", overflow="ellipsis", no_wrap=True)
    for row in rows:
        table.add_row(*(Text(clean(cell)) for cell in row))
    Console(highlight=False).print(table)


def emit_facts(facts: Sequence[tuple[str, str]]) -> None:
    """Print labels with their values, all below each other, so that no value looks like a label; empty ones are left out."""
    shown = [(label, text) for label, text in facts if text]
    width = max((_cells(label) for label, _ in shown), default=0)
    for label, text in shown:
        first, *rest = text.split("\n")
        say(f"{_padded(label, width, is_right=False)}{GAP}{first}")
        for line in rest:
            say(f"{' ' * width}{GAP}{line}")
