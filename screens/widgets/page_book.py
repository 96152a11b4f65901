"""The pages of a list that are in memory: the last 32 looked at, and which answers are still wanted."""

from collections.abc import Callable, Mapping, Sequence

from textual.cache import LRUCache

from screens.widgets.paging import PAGE_SIZE, ListSource, PageSource, Row

PAGES_KEPT = 32


def keys_between(start: int, stop: int, page: Callable[[int], Sequence[Row]]) -> list[str]:
    """Return the keys of positions start to stop - 1, page by page."""
    keys: list[str] = []
    for number in range(start // PAGE_SIZE, (stop - 1) // PAGE_SIZE + 1):
        first = number * PAGE_SIZE
        keys.extend(row.key for row in page(number)[max(start - first, 0) : stop - first])
    return keys


class PageBook:
    """Pages of the current source; answers of an earlier generation are not taken in.

    Attributes:
        source: where the pages come from.
        generation: grows with each source and each reload; an answer carries the one that it was asked in.
        count: rows known so far.
        is_counted: whether `count` is all of them.
        failure: what a read while painting raised last, until somebody takes it.
    """

    def __init__(self) -> None:
        self.source: PageSource = ListSource(())
        self.generation = 0
        self.count = 0
        self.is_counted = True
        self.failure: Exception | None = None
        self._pages: LRUCache[int, Sequence[Row]] = LRUCache(PAGES_KEPT)

    def open(self, source: PageSource) -> None:
        """Take a new source; nothing is read yet."""
        if source is not self.source:
            self.source.cancel()
        self.source = source
        self.generation += 1
        self._pages.clear()
        self.failure = None
        self.is_counted = source.count is not None
        self.count = source.count or 0

    def expire(self) -> None:
        """Count what is asked from now on as new; a quick source is read again at once, another one when answered."""
        self.generation += 1
        self.failure = None
        if self.source.is_quick:
            self._pages.clear()

    def take_first(self, rows: Sequence[Row]) -> None:
        """Take in the first page, read before the count is known; a short one is all there is."""
        self._pages[0] = rows
        if not self.is_counted:
            self.count = len(rows)
            self.is_counted = len(rows) < PAGE_SIZE

    def take_count(self, count: int, pages: Mapping[int, Sequence[Row]] | None) -> None:
        """Take in a count, with the pages that were read along with it: all others are out of date then."""
        self.count = count
        self.is_counted = True
        if pages is None:
            return
        self._pages.clear()
        for number, rows in pages.items():
            self._pages[number] = rows

    def take_page(self, number: int, rows: Sequence[Row]) -> None:
        """Take in one page."""
        self._pages[number] = rows

    def row(self, position: int) -> Row | None:
        """Return the row at `position`, from 0, or None while it is not in memory or no longer exists."""
        number, index = divmod(position, PAGE_SIZE)
        rows = self._pages.get(number)
        if rows is None:
            rows = self._read(number)
        return rows[index] if rows is not None and index < len(rows) else None

    def has_page_of(self, position: int) -> bool:
        """Tell whether the page of `position` is in memory; a row that is missing from it has gone since the count."""
        return position // PAGE_SIZE in self._pages

    def keys(self, start: int, stop: int) -> list[str] | None:
        """Return the keys of positions start to stop - 1, or None where a page of them is not in memory."""
        numbers = range(start // PAGE_SIZE, (stop - 1) // PAGE_SIZE + 1)
        if any(number not in self._pages for number in numbers):
            return None
        return keys_between(start, stop, self._pages.__getitem__)

    def position_of(self, key: str, near: int) -> int | None:
        """Return where `key` stands on the page of position `near`, or None."""
        number = near // PAGE_SIZE
        rows = self._pages.get(number) or self._read(number) or ()
        return next((number * PAGE_SIZE + index for index, row in enumerate(rows) if row.key == key), None)

    def _read(self, number: int) -> Sequence[Row] | None:
        if not self.source.is_quick or self.failure is not None or number * PAGE_SIZE >= self.count:
            return None
        try:
            rows = self.source.page(number)
        except Exception as failure:  # noqa: BLE001  # any source may sit below; the table reports what it raised
            self.failure = failure
            return None
        self._pages[number] = rows
        return rows
