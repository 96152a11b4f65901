"""A scroll view over pages of rows: reads them as they come into view and never waits for one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial

from textual import on, work
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView

from screens.widgets.page_book import PageBook, keys_between
from screens.widgets.paging import PAGE_SIZE, PageSource, Row


class _Answer(Message, bubble=False):
    """What a thread has read: taken in by `take` in the main thread, unless the list has gone on to something else."""

    def __init__(self, generation: int, take: Callable[[], None]) -> None:
        super().__init__()
        self.generation = generation
        self.take = take


class PagedView(ScrollView, inherit_bindings=False):
    """The reading half of a list. What it shows, and the cursor, are its subclass's."""

    HEADER_LINES = 0
    """Lines above the first row that do not scroll."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id, classes=classes)
        self.book = PageBook()
        self._asked: int | None = None
        self._is_first_wanted = False
        self._reported: Exception | None = None

    @property
    def row_count(self) -> int:
        """How many rows are known; all of them once `is_counted`."""
        return self.book.count

    @property
    def is_counted(self) -> bool:
        """Whether `row_count` is final."""
        return self.book.is_counted

    @property
    def is_waiting(self) -> bool:
        """Whether the first rows of the source are still under way."""
        return self._is_first_wanted

    def set_source(self, source: PageSource, first_page: Sequence[Row] | None = None) -> None:
        """Show another source from its first row.

        Args:
            source: where the rows come from; the one before is cancelled.
            first_page: its first rows, where they have been read already. A quick source is read here and now, any
                other in a thread.
        """
        self.book.open(source)
        self._forget_requests()
        self._is_first_wanted = first_page is None
        if first_page is None and source.is_quick:
            first_page = self._read_first_now(source)
        if first_page is not None:
            self.book.take_first(first_page)
            self._is_first_wanted = False
        self.rows_replaced()
        self._start_counting()

    def reload(self) -> None:
        """Read everything in view again, then count again; what is shown stays until its answer has come."""
        self.book.source.cancel()
        self.book.expire()
        self._forget_requests()
        self.rows_changed()
        if self.is_running:
            self._is_first_wanted = False
            self._recount_rows(self.book.generation, self.book.source, self._pages_in_view())

    def rows_replaced(self) -> None:
        """React to another source: the cursor goes to the top."""

    def rows_changed(self) -> None:
        """React to rows or a count that have arrived."""

    def ask_for(self, position: int) -> None:
        """Have the page of `position` read in a thread, one page at a time; the next paint asks for what it lacks."""
        if self._asked is None and self.book.failure is None and self.is_running:
            self._asked = position // PAGE_SIZE
            self._read_page(self.book.generation, self.book.source, self._asked)

    def gather_keys(self, start: int, stop: int) -> None:
        """Call `keys_arrived` with the keys of positions start to stop - 1, at once where they are in memory."""
        keys = self.book.keys(start, stop)
        if keys is None:
            self._read_keys(self.book.generation, self.book.source, start, stop)
        else:
            self.keys_arrived(keys)

    def keys_arrived(self, keys: Sequence[str]) -> None:
        """React to keys that were gathered."""

    def report_failure(self) -> None:
        """Call `read_failed` with what a read raised, once."""
        failure = self.book.failure
        if failure is not None and failure is not self._reported:
            self._reported = failure
            self.read_failed(failure)

    def read_failed(self, error: Exception) -> None:
        """React to a read that raised."""

    def resize_content(self) -> None:
        """Make the scroll bar fit the rows known."""
        size = Size(0, self.book.count + self.HEADER_LINES)
        if size != self.virtual_size:
            self.virtual_size = size

    def on_mount(self) -> None:
        """Start what had to wait for the application."""
        self._start_counting()

    def on_unmount(self) -> None:
        """Stop what nobody waits for any more."""
        self.book.source.cancel()

    def _start_counting(self) -> None:
        if not self.is_running:
            return
        if self._is_first_wanted:
            self._count_rows(self.book.generation, self.book.source, needs_first=True)
        elif not self.book.is_counted:
            # The thread would slow down the paint of the rows that are there already.
            self.call_after_refresh(self._count_later, self.book.generation)

    def _count_later(self, generation: int) -> None:
        if generation == self.book.generation:
            self._count_rows(generation, self.book.source, needs_first=False)

    def _forget_requests(self) -> None:
        self._asked = None
        self._reported = None

    def _read_first_now(self, source: PageSource) -> Sequence[Row]:
        try:
            return source.first_page()
        except Exception as failure:  # noqa: BLE001  # any source may sit below; the screen is told what it raised
            self.book.failure = failure
            self.book.is_counted = True
            return ()

    def _pages_in_view(self) -> tuple[int, ...]:
        first = self.scroll_offset.y // PAGE_SIZE
        last = (self.scroll_offset.y + self.size.height) // PAGE_SIZE
        return tuple(range(first, last + 1))

    @work(thread=True, exit_on_error=False, group="rows")
    def _count_rows(self, generation: int, source: PageSource, *, needs_first: bool) -> None:
        with self._answering(generation) as answer:
            if needs_first:
                rows = source.first_page()
                answer(partial(self._take_first, rows))
                if len(rows) < PAGE_SIZE:
                    return
            answer(partial(self.count_arrived, source.build_positions(), None))

    @work(thread=True, exit_on_error=False, group="rows")
    def _recount_rows(self, generation: int, source: PageSource, numbers: Sequence[int]) -> None:
        with self._answering(generation) as answer:
            count = source.build_positions()
            pages = {} if source.is_quick else {number: source.page(number) for number in numbers}
            answer(partial(self.count_arrived, count, pages))

    @work(thread=True, exit_on_error=False, group="rows")
    def _read_page(self, generation: int, source: PageSource, number: int) -> None:
        with self._answering(generation) as answer:
            answer(partial(self._take_page, number, source.page(number)))

    @work(thread=True, exit_on_error=False, group="rows")
    def _read_keys(self, generation: int, source: PageSource, start: int, stop: int) -> None:
        with self._answering(generation) as answer:
            answer(partial(self.keys_arrived, keys_between(start, stop, source.page)))

    @contextmanager
    def _answering(self, generation: int) -> Iterator[Callable[[Callable[[], None]], None]]:
        def answer(take: Callable[[], None]) -> None:
            self.post_message(_Answer(generation, take))

        try:
            yield answer
        except Exception as error:  # noqa: BLE001  # any source may sit below; the screen is told what it raised
            answer(partial(self._take_failure, error))

    @on(_Answer)
    def _take_answer(self, answer: _Answer) -> None:
        if answer.generation == self.book.generation:
            answer.take()

    def _take_first(self, rows: Sequence[Row]) -> None:
        self._is_first_wanted = False
        self.book.take_first(rows)
        self.rows_changed()

    def count_arrived(self, count: int, pages: Mapping[int, Sequence[Row]] | None) -> None:
        """Take in a count; after a reload also fresh pages, and those of before are forgotten."""
        self.book.take_count(count, pages)
        self.rows_changed()

    def _take_page(self, number: int, rows: Sequence[Row]) -> None:
        self._asked = None
        self.book.take_page(number, rows)
        self.rows_changed()

    def _take_failure(self, error: Exception) -> None:
        self._asked = None
        self._is_first_wanted = False
        self.book.failure = error
        self.rows_changed()
        self.report_failure()
