"""Splits lines of text into records; a broken quotation mark costs one row, not the rest of the file."""

import csv
from collections import deque
from collections.abc import Iterator
from typing import Final, NamedTuple

from sfa.errors import UsageError
from sfa.exchange.limits import MAX_FIELD_CHARACTERS, MEGABYTE
from sfa.exchange.protection import unprotected

_REPEAT_BUDGET: Final = 20 * MEGABYTE
_REPLACEMENT: Final = "\ufffd"


class Record(NamedTuple):
    """One record as it stands in the file, before it is fitted to the header."""

    line: int
    cells: list[str]
    problem: str | None


class RecordReader:
    """Reads records from lines.

    A quotation mark that is never closed would swallow every line below it. Here its own line becomes a record with
    a problem, and reading goes on with the next line.

    Attributes:
        is_strict: whether the replacement character marks bytes that the encoding doesn't know.
    """

    def __init__(
        self, lines: Iterator[str], delimiter: str, *, skips_space: bool = False, is_strict: bool = False
    ) -> None:
        csv.field_size_limit(MAX_FIELD_CHARACTERS)
        self._source = lines
        self._delimiter = delimiter
        self._skips_space = skips_space
        self._is_strict = is_strict
        self._again: deque[str] = deque()
        self._taken: list[str] = []
        self._repeated = 0

    def __iter__(self) -> Iterator[Record]:
        line = 1
        taken = self._taken
        reader = csv.reader(self._feed(), delimiter=self._delimiter, skipinitialspace=self._skips_space, strict=True)
        while True:
            taken.clear()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield self._broken(line, str(error))
                reader = csv.reader(
                    self._feed(), delimiter=self._delimiter, skipinitialspace=self._skips_space, strict=True
                )
                line += 1
                continue
            text = taken[0] if len(taken) == 1 else "".join(taken)
            if "'" in text:
                cells = [unprotected(cell) for cell in cells]
            problem = self._unknown_bytes(text) if self._is_strict else None
            yield Record(line, cells, problem)
            line += len(taken)

    def _feed(self) -> Iterator[str]:
        while True:
            if self._again:
                text = self._again.popleft()
            else:
                following = next(self._source, None)
                if following is None:
                    return
                text = following
            self._taken.append(text)
            yield text

    def _broken(self, line: int, reason: str) -> Record:
        first, rest = self._taken[0], self._taken[1:]
        self._repeated += sum(map(len, rest))
        if self._repeated > _REPEAT_BUDGET:
            raise UsageError(
                f"Line {line:,}: a quotation mark is opened and never closed, and so it goes on.",
                "Give the delimiter with --delimiter, or save the file anew from a spreadsheet.",
            )
        self._again.extendleft(reversed(rest))
        return Record(line, self._leniently(first), self._reason(reason, is_long=len(first) > MAX_FIELD_CHARACTERS))

    def _reason(self, reason: str, *, is_long: bool) -> str:
        if is_long:
            return f"a cell is longer than {MAX_FIELD_CHARACTERS:,} characters"
        if "expected after" in reason:
            return 'a quotation mark stands inside a quoted cell; there it is written twice ("")'
        return "a quotation mark is opened and never closed"

    def _leniently(self, text: str) -> list[str]:
        try:
            return next(csv.reader([text], delimiter=self._delimiter, skipinitialspace=self._skips_space))
        except (csv.Error, StopIteration):
            return [text[:200]]

    @staticmethod
    def _unknown_bytes(text: str) -> str | None:
        return "some characters can't be read in this encoding" if _REPLACEMENT in text else None
