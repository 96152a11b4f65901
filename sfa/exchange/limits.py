"""How large a file from outside may be; beyond these an import stops with one sentence."""

from typing import Final

MEGABYTE: Final = 1 << 20

MAX_FILE_BYTES: Final = 200 * MEGABYTE
MAX_LINE_BYTES: Final = 2 * MEGABYTE
MAX_FIELD_CHARACTERS: Final = MEGABYTE
MAX_ROWS: Final = 1_000_000
MAX_COLUMNS: Final = 1_000

MAX_ZIP_MEMBERS: Final = 200
MAX_ZIP_RATIO: Final = 100
MAX_ZIP_BYTES: Final = 300 * MEGABYTE
MAX_SHEET_CELLS: Final = 12_000_000
"""A workbook reader holds the whole rectangle in memory, empty cells too."""

MAX_SHEET_TEXT: Final = 500 * MEGABYTE
"""Characters of a workbook once every shared string stands in each cell that names it."""
