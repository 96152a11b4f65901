"""Looks into a workbook before anything unpacks it, so that a small file can't fill the memory."""

import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from sfa.errors import UsageError
from sfa.exchange.limits import (
    MAX_SHEET_CELLS,
    MAX_SHEET_TEXT,
    MAX_ZIP_BYTES,
    MAX_ZIP_MEMBERS,
    MAX_ZIP_RATIO,
    MEGABYTE,
)

_LOCAL_HEADER: Final = struct.Struct("<26xHH")
_RATIO_MATTERS: Final = MEGABYTE
_CELL: Final = re.compile(rb"""<(?:\w+:)?c\s(?:[^<>]*?\s)?r\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["'][^<>]*(?<!/)>""")
_SHARED: Final = re.compile(rb"""\bt\s*=\s*["']s["'][^<>]*>\s*<(?:\w+:)?v>([0-9]{1,8})<""")
_ITEM_END: Final = re.compile(rb"</(?:\w+:)?si>")
_OVERLAP: Final = 400


def check_workbook(path: Path) -> None:
    """Raise UsageError where a zip file is no workbook, or unpacks to more than an honest one does."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
        raise UsageError(
            f"{path.name} is a damaged workbook or archive.", "Save it anew from the spreadsheet."
        ) from error
    _check_kind(path, {member.filename for member in members})
    if len(members) > MAX_ZIP_MEMBERS:
        raise UsageError(f"{path.name} packs {len(members):,} files; a workbook has at most {MAX_ZIP_MEMBERS}.")
    with path.open("rb") as file:
        _check_members(path, file, members)


def _check_kind(path: Path, names: set[str]) -> None:
    if "xl/workbook.xml" in names:
        return
    hint = "Save it as CSV or .xlsx and import that."
    if "word/document.xml" in names:
        raise UsageError(f"{path.name} is a Word document, not a table.", hint)
    if "content.xml" in names:
        raise UsageError(f"{path.name} is an OpenDocument file, which isn't read.", hint)
    if "xl/workbook.bin" in names:
        raise UsageError(f"{path.name} is a binary Excel workbook (.xlsb), which isn't read.", hint)
    raise UsageError(f"{path.name} is a zip archive, not a table.", "Unpack it and import the files in it.")


def _check_members(path: Path, file: BinaryIO, members: list[zipfile.ZipInfo]) -> None:
    total = 0
    references: Counter[int] = Counter()
    lengths: list[int] = []
    for member in members:
        size = 0
        extent = _Extent()
        shared = _ItemLengths(lengths) if member.filename.lower().endswith("sharedstrings.xml") else None
        is_sheet = member.filename.lower().startswith("xl/worksheets/")
        for chunk in _unpacked(path, file, member):
            size += len(chunk)
            if size > _RATIO_MATTERS and size > member.compress_size * MAX_ZIP_RATIO:
                raise _bomb(path, f"{member.filename} unpacks to more than {MAX_ZIP_RATIO} times its size")
            if total + size > MAX_ZIP_BYTES:
                raise _bomb(path, f"it unpacks to more than {MAX_ZIP_BYTES // MEGABYTE} MB")
            if is_sheet:
                extent.add(chunk, references)
            if extent.is_strange:
                raise _bomb(path, f"{member.filename} is no sheet")
            if shared:
                shared.add(chunk)
        total += size
        extent.finish(references)
        if extent.cells > MAX_SHEET_CELLS:
            raise UsageError(
                f"{path.name} spans {extent.rows:,} rows by {extent.columns:,} columns.",
                "Delete what lies far outside the table, or save the sheet as CSV.",
            )
    if sum(count * lengths[item] for item, count in references.items() if item < len(lengths)) > MAX_SHEET_TEXT:
        raise _bomb(path, "its cells repeat too much text")


def _bomb(path: Path, reason: str) -> UsageError:
    return UsageError(f"{path.name} isn't opened: {reason}.", "Save the sheet as CSV and import that.")


def _unpacked(path: Path, file: BinaryIO, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a member's true content in pieces; its declared size is not believed."""
    if member.flag_bits & 1:
        raise UsageError(f"{path.name} is protected by a password.", "Save it without one.")
    if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise _bomb(path, "it is packed in an unusual way")
    file.seek(max(member.header_offset, 0))
    head = file.read(30)
    if len(head) < 30 or not head.startswith(b"PK\x03\x04"):  # noqa: PLR2004 - the length of a local header
        raise UsageError(f"{path.name} is a damaged workbook.", "Save it anew from the spreadsheet.")
    file.seek(sum(_LOCAL_HEADER.unpack(head)), 1)
    remaining = member.compress_size
    inflate = zlib.decompressobj(-15) if member.compress_type == zipfile.ZIP_DEFLATED else None
    while remaining > 0:
        packed = file.read(min(remaining, 1 << 16))
        if not packed:
            return
        remaining -= len(packed)
        if inflate is None:
            yield packed
        else:
            yield from _inflated(path, inflate, packed)


def _inflated(path: Path, inflate: "zlib._Decompress", packed: bytes) -> Iterator[bytes]:
    try:
        while packed and not inflate.eof:
            yield inflate.decompress(packed, MEGABYTE)
            packed = inflate.unconsumed_tail
    except zlib.error as error:
        raise UsageError(f"{path.name} is a damaged workbook.", "Save it anew from the spreadsheet.") from error


class _Extent:
    """The rectangle that a sheet's filled cells span, from pieces of its XML."""

    def __init__(self) -> None:
        self.rows = 0
        self.columns = 0
        self._columns: set[bytes] = set()
        self._tail = b""

    @property
    def cells(self) -> int:
        return self.rows * self.columns

    def add(self, chunk: bytes, references: Counter[int]) -> None:
        text = self._tail + chunk
        cut = max(text.rfind(b"<", 0, max(len(text) - _OVERLAP, 0)), 0)
        self._tail = text[cut:]
        self._count(text[:cut], references)

    def finish(self, references: Counter[int]) -> None:
        self._count(self._tail, references)
        self._tail = b""

    @property
    def is_strange(self) -> bool:
        """A megabyte without a tag is no sheet."""
        return len(self._tail) > 2 * MEGABYTE

    def _count(self, text: bytes, references: Counter[int]) -> None:
        found = _CELL.findall(text)
        if found:
            columns, rows = zip(*found, strict=True)
            self._columns.update(columns)
            self.rows = max(self.rows, *map(int, rows))
            self.columns = max(map(_column_number, self._columns))
        references.update(map(int, _SHARED.findall(text)))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


class _ItemLengths:
    """The lengths of shared strings, markup included, from pieces of their XML."""

    def __init__(self, lengths: list[int]) -> None:
        self._lengths = lengths
        self._open = 0
        self._tail = b""

    def add(self, chunk: bytes) -> None:
        text = self._tail + chunk
        start = 0
        for match in _ITEM_END.finditer(text):
            self._lengths.append(self._open + match.end() - start)
            start, self._open = match.end(), 0
        keep = min(20, len(text) - start)
        self._open += len(text) - start - keep
        self._tail = text[len(text) - keep :] if keep else b""
