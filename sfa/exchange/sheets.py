"""Opens a table from outside, CSV or workbook, decided by its content and not by its name."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, NamedTuple, Self, TextIO

from sfa.errors import UsageError
from sfa.exchange.limits import MAX_ROWS
from sfa.exchange.sheets_encoding import HEAD_BYTES, TextFile, detect_text, read_head, refuse_binary
from sfa.exchange.sheets_layout import Layout, guess_delimiter, has_spaces, is_footer, read_layout, sample_records
from sfa.exchange.sheets_records import Record, RecordReader

_FOOTER_ROWS: Final = 20
_ZIP: Final = b"PK\x03\x04"


class SheetRow(NamedTuple):
    """One row of a table.

    Attributes:
        line: the line in the file where it begins, or the row of a workbook; from 1.
        cells: as many as the header has, untouched; more where the row has too many.
        problem: why the row can't be read as it stands, or None.
    """

    line: int
    cells: tuple[str, ...]
    problem: str | None


@dataclass(slots=True)
class Sheet:
    """A table that is read row by row, once.

    Attributes:
        rows: the records below the header; empty lines and the footer of a report are left out.
        estimated_rows: for a progress bar; exact for a workbook.
        notes: sentences on what was decided or left out; the footer's comes when the rows have been read.
    """

    path: Path
    kind: Literal["csv", "xlsx"]
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    rows: Iterator[SheetRow]
    estimated_rows: int
    notes: list[str] = field(default_factory=list)
    _file: TextIO | None = None

    def close(self) -> None:
        """Close the file; may be called twice."""
        if self._file is not None:
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_sheet(
    path: Path, *, delimiter: str | None = None, encoding: str | None = None, sheet: str | None = None
) -> Sheet:
    """Open a CSV file or a workbook for reading.

    Args:
        path: the file; its ending is not believed.
        delimiter: one character, or "tab"; guessed where not given.
        encoding: a codec name; found by the bytes where not given.
        sheet: the name of a workbook's sheet; the first one with rows where not given.

    Raises:
        UsageError: the file is no table, too large, or has no header.
        SfaError: the file can't be read.
    """
    head = read_head(path)
    if head.startswith(_ZIP):
        return _open_workbook(path, sheet)
    refuse_binary(path, head)
    if sheet is not None:
        raise UsageError(f"{path.name} is a text file and has no sheets.", "Leave out --sheet.")
    return _open_text(path, detect_text(path, head, encoding), _delimiter_named(delimiter))


def _delimiter_named(text: str | None) -> str | None:
    if text is None:
        return None
    given = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}.get(text.lower(), text)
    if len(given) != 1 or given in '"\r\n ' or given.isalnum():
        raise UsageError(f"A delimiter is one character, not {text!r}.", 'For example: --delimiter ";" or tab.')
    return given


def _open_text(path: Path, text: TextFile, delimiter: str | None) -> Sheet:
    file = path.open(encoding=text.encoding, errors="replace", newline="")
    try:
        sample = file.read(HEAD_BYTES)
        file.seek(0)
        stated = _stated_delimiter(sample)
        if stated:
            sample = sample[len(file.readline()) :]
        guessed, _ = guess_delimiter(sample)
        used = delimiter or stated or guessed
        reader = RecordReader(file, used, skips_space=has_spaces(sample, used), is_strict=not text.is_sound)
        layout = read_layout(_whole_records(sample, used), path.name)
        notes = [f"Read as {text.encoding}; if names look wrong, give --encoding."] if text.is_guess else []
        rows = _csv_rows(iter(reader), layout, notes, first_line=1 if stated else 0)
        return Sheet(
            path, "csv", text.encoding, used, layout.header, rows, max(text.lines - layout.skipped - 1, 0), notes, file
        )
    except BaseException:
        file.close()
        raise


def _stated_delimiter(sample: str) -> str | None:
    """Return the delimiter of a first line such as "sep=;", which spreadsheets write and read."""
    first = sample.split("\n", 1)[0].strip().strip('"')
    return first[4] if first.lower().startswith("sep=") and len(first) == len("sep=;") else None


def _whole_records(sample: str, delimiter: str) -> list[list[str]]:
    records = sample_records(sample, delimiter)
    return records[:-1] if len(sample) >= HEAD_BYTES and len(records) > 1 else records


def _csv_rows(records: Iterator[Record], layout: Layout, notes: list[str], first_line: int) -> Iterator[SheetRow]:
    skipped = layout.skipped + 1
    while skipped:
        skipped -= any(next(records).cells)
    return _without_footer(_fitted(records, layout, first_line), notes, layout)


def _fitted(records: Iterable[Record], layout: Layout, first_line: int) -> Iterator[SheetRow | None]:
    """Yield rows as wide as the header, and None for an empty line, which may part a footer from the rows."""
    width = len(layout.header)
    count = 0
    for line, cells, problem in records:
        if not any(cells):
            yield None
            continue
        count += 1
        if count > MAX_ROWS:
            raise UsageError(f"Line {line:,}: more than {MAX_ROWS:,} rows.", "Split the file into several.")
        if len(cells) == width:
            yield SheetRow(line + first_line, tuple(cells), problem)
        else:
            yield _misfit(SheetRow(line + first_line, tuple(cells), problem), layout)


def _misfit(row: SheetRow, layout: Layout) -> SheetRow:
    width, found = len(layout.header), len(row.cells)
    if found > width:
        if not any(row.cells[width:]):
            return row._replace(cells=row.cells[:width])
        return row._replace(problem=row.problem or f"{found} cells where the header has {width}")
    padded = row.cells + ("",) * (width - found)
    if layout.pads_short or row.problem:
        return row._replace(cells=padded)
    return row._replace(cells=padded, problem=f"only {found} cells where the header has {width}")


def _without_footer(rows: Iterable[SheetRow | None], notes: list[str], layout: Layout) -> Iterator[SheetRow]:
    if len(layout.header) < 3:  # noqa: PLR2004 - in a list of two columns a lone cell is a record
        yield from (row for row in rows if row is not None)
        return
    held: deque[SheetRow | None] = deque()
    for row in rows:
        if row is None or not any(row.cells[1:]):
            held.append(row)
            if len(held) > _FOOTER_ROWS:
                oldest = held.popleft()
                if oldest is not None:
                    yield oldest
            continue
        if held:
            yield from (waiting for waiting in held if waiting is not None)
            held.clear()
        yield row
    yield from _cut_footer(list(held), notes)


def _cut_footer(held: list[SheetRow | None], notes: list[str]) -> Iterator[SheetRow]:
    starts = [index for index, row in enumerate(held) if row is not None and is_footer(row.cells[0])]
    start = len(held)
    if starts:
        gap = next((index for index, row in enumerate(held) if row is None), starts[0])
        start = min(gap, starts[0])
    dropped = [row for row in held[start:] if row is not None]
    if dropped:
        notes.append(f"Left out {len(dropped)} lines of a report's footer from line {dropped[0].line:,} on.")
    yield from (row for row in held[:start] if row is not None)


def _open_workbook(path: Path, sheet: str | None) -> Sheet:
    from sfa.exchange.sheets_xlsx import read_workbook  # noqa: PLC0415 - the workbook reader is loaded for workbooks

    table = read_workbook(path, sheet)
    layout = read_layout([cells for cells in table.sample if any(cells)], f"Sheet {table.sheet} of {path.name}")
    notes = list(table.notes)
    if path.suffix.lower() not in {".xlsx", ".xlsm"}:
        notes.append(f"{path.name} is an Excel workbook and was read as one.")
    records = (Record(line, cells, None) for line, cells in table.rows)
    rows = _csv_rows(records, Layout(layout.header, layout.skipped, pads_short=True), notes, first_line=0)
    return Sheet(path, "xlsx", "", "", layout.header, rows, max(table.height - layout.skipped - 1, 0), notes)
