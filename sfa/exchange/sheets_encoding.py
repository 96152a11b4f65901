"""Which encoding a text file has, decided by its bytes and never by hope."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sfa.errors import SfaError, UsageError
from sfa.exchange.encoding_guess import guess_legacy
from sfa.exchange.limits import MAX_FILE_BYTES, MAX_LINE_BYTES, MEGABYTE

HEAD_BYTES: Final = 64 * 1024

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES: Final = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an old or protected Excel workbook"),
    (b"SQLite format 3", "a database"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"BEGIN:VCARD", "an address file (vCard)"),
    (b"BEGIN:VCALENDAR", "a calendar file (iCalendar)"),
    (b"<!DOCTYPE", "a web page"),
    (b"<html", "a web page"),
    (b"<?xml", "an XML file"),
)
_CONTROLS: Final = bytes(set(range(32)) - {9, 10, 12, 13, 26, 27})
_CONTROL_SHARE: Final = 100
_FEW_CONTROLS: Final = 8
_BROKEN_SHARE: Final = 5
_NO_CHARSETS: Final = frozenset({"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "utf-7"})
_HINT: Final = "Save it as CSV or .xlsx and import that."


@dataclass(frozen=True, slots=True)
class TextFile:
    """What one pass over the bytes of a file told.

    Attributes:
        encoding: a codec name of Python.
        lines: line ends in the file, close enough for a progress bar.
        is_guess: whether the encoding was guessed, so that a note is due.
        is_sound: whether every byte is known to be text in the encoding; if not, rows are to be looked at for gaps.
    """

    encoding: str
    lines: int
    is_guess: bool = False
    is_sound: bool = False


def read_head(path: Path) -> bytes:
    """Return the first bytes of a file; raises SfaError where it can't be read, is empty or too large."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError as error:
        raise SfaError(
            f"{path.name} can't be read: {error.strerror}.", "Check the path and its permissions."
        ) from error
    if not head:
        raise UsageError(f"{path.name} is empty.")
    if size > MAX_FILE_BYTES:
        raise UsageError(
            f"{path.name} has {size // MEGABYTE:,} MB; at most {MAX_FILE_BYTES // MEGABYTE} MB are read.",
            "Split it into several files.",
        )
    return head


def refuse_binary(path: Path, head: bytes) -> None:
    """Raise UsageError, with the kind of file, where the bytes are not a table in text."""
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    for signature, kind in _SIGNATURES:
        if start[: len(signature)].upper() == signature.upper():
            raise UsageError(f"{path.name} is {kind}, not a table.", _HINT)
    if any(head.startswith(bom) for bom, _ in _BOMS) or _utf16_without_bom(head):
        return
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if b"\0" in head or controls > max(_FEW_CONTROLS, len(head) // _CONTROL_SHARE):
        raise UsageError(f"{path.name} isn't text.", _HINT)


def detect_text(path: Path, head: bytes, encoding: str | None) -> TextFile:
    """Read the whole file once and name its encoding; a given one is taken at its word.

    Raises UsageError where the codec is unknown, or a line is longer than any table's.
    """
    lines, is_utf8 = _scan(path)
    if encoding is not None:
        return TextFile(_codec_named(encoding), lines)
    for bom, codec in _BOMS:
        if head.startswith(bom):
            return TextFile(codec, lines, is_sound=is_utf8)
    wide = _utf16_without_bom(head)
    if wide:
        return TextFile(wide, lines)
    if is_utf8:
        return TextFile("utf-8", lines, is_sound=True)
    sample = _lines_beyond_ascii(path)
    return TextFile("utf-8", lines) if _is_nearly_utf8(sample) else TextFile(guess_legacy(sample), lines, is_guess=True)


def _codec_named(encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
        is_charset = name not in _NO_CHARSETS and isinstance("".encode(name), bytes)
    except LookupError:
        is_charset = False
    if not is_charset:
        raise UsageError(f"No encoding is called {encoding}.", "Common ones: utf-8, windows-1252, gb18030, utf-16.")
    return "utf-8-sig" if name == "utf-8" else name


def _is_nearly_utf8(sample: bytes) -> bool:
    """Tell text with a few broken characters from text in another encoding."""
    text = sample.decode("utf-8", "replace")
    beyond, broken = sum(not character.isascii() for character in text), text.count("\ufffd")
    return broken * _BROKEN_SHARE < beyond


def _scan(path: Path) -> tuple[int, bool]:
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    lines, since_line_end, is_utf8 = 0, 0, True
    with path.open("rb") as file:
        for chunk in iter(lambda: file.read(MEGABYTE), b""):
            lines += chunk.count(b"\n") or chunk.count(b"\r")
            last = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
            since_line_end = since_line_end + len(chunk) if last < 0 else len(chunk) - last
            if since_line_end > MAX_LINE_BYTES:
                raise UsageError(
                    f"Line {lines + 1:,} of {path.name} is longer than {MAX_LINE_BYTES // MEGABYTE} MB.",
                    "Check that the file is a table with one record per line.",
                )
            is_utf8 = is_utf8 and _feeds(decoder, chunk)
    return lines, is_utf8 and _feeds(decoder, b"", is_final=True)


def _feeds(decoder: codecs.IncrementalDecoder, chunk: bytes, *, is_final: bool = False) -> bool:
    try:
        decoder.decode(chunk, is_final)
    except UnicodeDecodeError:
        return False
    return True


def _utf16_without_bom(head: bytes) -> str | None:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if not even + odd or min(even, odd) * 10 > max(even, odd):
        return None
    codec = "utf-16-le" if odd > even else "utf-16-be"
    try:
        text = head[: len(head) // 2 * 2].decode(codec)
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:
            return None
        text = head[: error.start].decode(codec)
    strange = sum(not character.isprintable() and not character.isspace() for character in text)
    return codec if strange * _CONTROL_SHARE <= len(text) and ("\n" in text or "\r" in text) else None


def _lines_beyond_ascii(path: Path, wanted: int = HEAD_BYTES) -> bytes:
    return b"".join(_up_to(wanted, path))


def _up_to(wanted: int, path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        for line in file:
            if not line.isascii():
                yield line[:4096]
                wanted -= len(line)
            if wanted <= 0:
                return
