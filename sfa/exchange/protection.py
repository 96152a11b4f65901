"""Keeps a cell from being run as a formula by the spreadsheet that opens an export."""

import re
from typing import Final

_DANGEROUS: Final = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_NUMBER: Final = re.compile(r"[+-]?([0-9]{1,15}|[0-9]{1,3}(,[0-9]{3}){1,4})(\.[0-9]{1,15})?%?")


def protected(cell: str) -> str:
    """Return the cell with a ' before it where a spreadsheet would take it for a formula; a number stays as it is.

    A cell that already looks protected gets one more, so that reading back is exact (reliability.md 3).
    """
    if _DANGEROUS.match(cell) and not _NUMBER.fullmatch(cell):
        return "'" + cell
    return cell


def unprotected(cell: str) -> str:
    """Return the cell as it was before `protected`; other cells stay as they are."""
    return cell[1:] if cell[:1] == "'" and _DANGEROUS.match(cell) else cell
