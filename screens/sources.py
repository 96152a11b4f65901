"""Lists of records as rows of a table: texts for people, tones for what needs care."""

from collections.abc import Iterable, Sequence
from datetime import timedelta, tzinfo

from screens.widgets.paging import PAGE_SIZE, Anchor, KeysetSource, Row
from screens.words import local_day
from sfa.clock import stopwatch
from sfa.domain.money import Money
from sfa.domain.pipeline import HealthFlag
from sfa.services.deal_health import HealthPages
from sfa.services.desk import Desk
from sfa.services.listing import Column, Record, RecordPages, percent_text

SOON_DAYS = 7
QUICK_S = 0.005
HEALTH = "health"
"""The one column of a list of deals that is no field: what is wrong with the deal."""

SHORT_WORDS = {HealthFlag.OVERDUE: "late", HealthFlag.ROTTING: "stuck", HealthFlag.NO_NEXT_STEP: "no step"}
"""In the order of their weight."""


class _Reader:
    """Reads pages of records and turns them into rows; may be called from any thread."""

    def __init__(self, desk: Desk, pages: RecordPages, names: Sequence[str]) -> None:
        self._pages = pages
        self._names = names
        self._columns = {column.name: column for column in pages.columns}
        self._health = HealthPages(desk) if HEALTH in names else None
        self._zone = desk.store.clock.zone()
        self._today = desk.today.isoformat()
        self._soon = (desk.today + timedelta(days=SOON_DAYS)).isoformat()

    def read_from(self, anchor: Anchor | None, count: int) -> Sequence[Row]:
        """Read `count` rows from the anchor on."""
        records = self._pages.read_from(anchor, count)
        flags = self._health.of([record.id for record in records]) if self._health else {}
        return [self._row(record, flags.get(record.id, frozenset())) for record in records]

    def read_anchors(self, step: int) -> tuple[int, Sequence[Anchor]]:
        """Return the count and the anchors."""
        return self._pages.read_anchors(step)

    def interrupt(self) -> None:
        """Stop a count that is under way."""
        self._pages.interrupt()

    def _row(self, record: Record, flags: frozenset[HealthFlag]) -> Row:
        cells = tuple(
            short_health(flags) if name == HEALTH else cell(self._columns[name], record.get(name), self._zone)
            for name in self._names
        )
        return Row(record.id, cells, tuple(self._tone(name, record) for name in self._names))

    def _tone(self, name: str, record: Record) -> str:
        """Return a tone for what is late or soon; the words beside it say the same."""
        value = record.get(name)
        if name in ("close_date", "due", "next_step_on") and value and record.get("status", "open") == "open":
            return "bad" if str(value) < self._today else "warning" if str(value) <= self._soon else ""
        return "warning" if name == HEALTH else "muted" if name == "ref" else ""


def health_words(flags: Iterable[HealthFlag]) -> str:
    """Return signs and words of what is wrong, the gravest first: `!~ late, stuck`."""
    found = [flag for flag in SHORT_WORDS if flag in set(flags)]
    signs = "".join(flag.glyph for flag in found)
    return f"{signs} {', '.join(SHORT_WORDS[flag] for flag in found)}" if found else ""


def short_health(flags: Iterable[HealthFlag]) -> str:
    """Return the signs of all that is wrong and a word for the gravest, which fits a narrow column: `!~ late`."""
    signs, _, words = health_words(flags).partition(" ")
    return f"{signs} {words.partition(',')[0]}".strip()


def cell(column: Column, value: object, zone: tzinfo) -> str:
    """Return a value as a cell shows it."""
    if value is None:
        return ""
    if isinstance(value, Money):
        return str(value)
    if column.kind == "percent" and isinstance(value, int):
        return percent_text(value).replace(" ", "")
    if column.kind == "instant":
        return local_day(str(value), zone)
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
    fields = [name for name in columns if name != HEALTH]
    reader = _Reader(desk, RecordPages(desk, noun, where, sort, fields), columns)
    started = stopwatch()
    first = reader.read_from(None, PAGE_SIZE)
    return KeysetSource(reader, is_quick=stopwatch() - started < QUICK_S), first
