"""What a list tells its screen; each is also an attribute of `RecordTable`."""

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from screens.widgets.record_table import RecordTable


class TableMessage(Message):
    """Something that happened in `table`, which is also the message's control."""

    def __init__(self, table: "RecordTable") -> None:
        super().__init__()
        self.set_sender(table)  # whoever moved the cursor: a message that its own screen caused goes no further
        self.table = table

    @property
    def control(self) -> "RecordTable":
        """The list that it happened in."""
        return self.table


class RowOpened(TableMessage, namespace="record_table"):
    """Enter, or a double click, on the row of `key`."""

    def __init__(self, table: "RecordTable", key: str) -> None:
        super().__init__(table)
        self.key = key


class RowHighlighted(TableMessage, namespace="record_table"):
    """The cursor is on another row now; `key` is None where there are no rows."""

    def __init__(self, table: "RecordTable", key: str | None) -> None:
        super().__init__(table)
        self.key = key


class MarksChanged(TableMessage, namespace="record_table"):
    """Other rows are marked now: see `table.marks`."""


class SortRequested(TableMessage, namespace="record_table"):
    """A click on a heading. The screen answers with another source and `set_sorting`."""

    def __init__(self, table: "RecordTable", column_id: str) -> None:
        super().__init__(table)
        self.column_id = column_id


class SourceFailed(TableMessage, namespace="record_table"):
    """A read raised `error`; the list shows what it has. Told once, until the next `reload` or `set_source`."""

    def __init__(self, table: "RecordTable", error: Exception) -> None:
        super().__init__(table)
        self.error = error
