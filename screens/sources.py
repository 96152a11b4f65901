"""Lists of records as rows of a table: texts for people, tones for what needs care."""

from collections.abc import Sequence
from datetime import date, timedelta

from screens.widgets.paging import PAGE_SIZE, Anchor, KeysetSource, Row
from sfa.clock import stopwatch
from sfa.domain.money import Money
from sfa.services.desk import Desk
from sfa.services.listing import Column, Record, RecordPages, percent_text

SOON_DAYS = 7
QUICK_S = 0.005


class _Reader:
    """Reads pages of records and turns them into rows; may be called from any thread."""

    def __init__(self, pages: RecordPages, today: date) -> None:
        self._pages = pages
        self._today = today.isoformat()
        self._soon = (today + timedelta(days=SOON_DAYS)).isoformat()

    def read_from(self, anchor: Anchor | None, count: int) -> Sequence[Row]:
        """Read `count` rows from the anchor on."""
        return [self._row(record) for record in self._pages.read_from(anchor, count)]

    def read_anchors(self, step: int) -> tuple[int, Sequence[Anchor]]:
        """Return the count and the anchors."""
        return self._pages.read_anchors(step)

    def interrupt(self) -> None:
        """Stop a count that is under way."""
        self._pages.interrupt()

    def _row(self, record: Record) -> Row:
        columns = self._pages.columns
        cells = tuple(cell(column, record.get(column.name)) for column in columns)
        return Row(record.id, cells, tuple(self._tone(column.name, record) for column in columns))

    def _tone(self, name: str, record: Record) -> str:
        """Return a tone for what is late or soon; the words beside it say the same."""
        value = record.get(name)
        if name in ("close_date", "due", "next_step_on") and value and record.get("status", "open") == "open":
            return "bad" if str(value) < self._today else "warning" if str(value) <= self._soon else ""
        return "muted" if name == "ref" else ""


def cell(column: Column, value: object) -> str:
    """Return a value as a cell shows it."""
    if value is None:
        return ""
    if isinstance(value, Money):
        return str(value)
    if column.kind == "percent" and isinstance(value, int):
        return percent_text(value).replace(" ", "")
    if column.kind == "instant":
        return str(value)[:10]
    if column.kind == "bool":
        return "yes" if value else "no"
    return str(value)


def open_source(
    desk: Desk, noun: str, where: str, sort: str, columns: Sequence[str]
) -> tuple[KeysetSource, Sequence[Row]]:
    """Return a source of rows and its first page, read here, off the event loop.

    A list whose first page took long (its filter has no index) is read in a thread from then on.

    Raises:
        UsageError: the filter cannot be read.
    """
    reader = _Reader(RecordPages(desk, noun, where, sort, columns), desk.today)
    started = stopwatch()
    first = reader.read_from(None, PAGE_SIZE)
    return KeysetSource(reader, is_quick=stopwatch() - started < QUICK_S), first
