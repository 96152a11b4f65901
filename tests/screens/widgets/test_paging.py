"""Sources of rows."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from screens.widgets.page_book import PAGES_KEPT, PageBook, keys_between
from screens.widgets.paging import PAGE_SIZE, Anchor, KeysetSource, ListSource, Row
from tests.support.table_app import NumberedSource, a_row


class SortedReader:
    """A table of numbers, read as a database would."""

    def __init__(self, total: int) -> None:
        self.numbers = list(range(total))
        self.interrupted = 0

    def read_from(self, anchor: Anchor | None, count: int) -> Sequence[Row]:
        start = anchor[0] if anchor else 0
        assert isinstance(start, int)
        return [a_row(number) for number in self.numbers if number >= start][:count]

    def read_anchors(self, step: int) -> tuple[int, Sequence[Anchor]]:
        return len(self.numbers), [(number,) for number in self.numbers[::step]]

    def interrupt(self) -> None:
        self.interrupted += 1


@given(total=st.integers(0, 300))
def test_the_pages_of_a_keyset_hold_each_row_once(total: int) -> None:
    source = KeysetSource(SortedReader(total))
    assert source.count is None
    assert [row.payload for row in source.first_page()] == list(range(min(total, PAGE_SIZE)))
    assert source.build_positions() == source.count == total
    rows = [row.payload for number in range(total // PAGE_SIZE + 2) for row in source.page(number)]
    assert rows == list(range(total))


def test_before_positions_are_built_only_the_first_page_can_be_read() -> None:
    source = KeysetSource(SortedReader(200))
    assert len(source.page(0)) == PAGE_SIZE
    assert source.page(1) == ()


def test_a_row_inserted_after_the_count_moves_no_page_boundary() -> None:
    reader = SortedReader(300)
    source = KeysetSource(reader)
    source.build_positions()
    reader.numbers.remove(10)
    assert source.page(1)[0].payload == PAGE_SIZE


def test_cancelling_a_source_interrupts_its_reader() -> None:
    reader = SortedReader(1)
    KeysetSource(reader).cancel()
    assert reader.interrupted == 1


def test_a_list_knows_its_count_and_its_pages() -> None:
    source = ListSource([a_row(number) for number in range(65)])
    assert source.count == source.build_positions() == 65
    assert [row.payload for row in source.page(1)] == [64]
    assert source.page(2) == []


def test_a_book_forgets_the_pages_not_looked_at_for_longest() -> None:
    book = PageBook()
    source = NumberedSource(100_000)
    book.open(source)
    book.take_count(source.build_positions(), None)
    for number in range(PAGES_KEPT + 1):
        assert book.row(number * PAGE_SIZE) == a_row(number * PAGE_SIZE)
    assert not book.has_page_of(0)
    assert book.has_page_of(PAGE_SIZE)


def test_keys_of_a_stretch_come_from_the_pages_it_touches() -> None:
    source = NumberedSource(1_000)
    assert keys_between(60, 130, source.page) == [f"id-{number}" for number in range(60, 130)]
    assert source.pages_read == [0, 1, 2]
    assert keys_between(64, 128, source.page) == [f"id-{number}" for number in range(64, 128)]


def test_rows_are_the_same_when_they_look_the_same() -> None:
    assert Row("a", ("x",), payload=[1]) == Row("a", ("x",), payload=[2])
    assert hash(Row("a", ("x",), payload=[1])) == hash(Row("a", ("x",)))
