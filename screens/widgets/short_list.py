"""Lists that are in memory."""

from screens.widgets.paging import ListSource, Row
from screens.widgets.record_table import RecordTable


def show_rows(table: RecordTable, rows: list[Row]) -> None:
    """Show other rows in a list; the cursor stays on its row, or where it was."""
    key, position = table.cursor_key, table.cursor_position
    keys = [row.key for row in rows]
    table.set_source(ListSource(rows))
    table.move_to(keys.index(key) if key in keys else position)
