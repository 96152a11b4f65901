"""Columns and texts in a given number of cells."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from screens.widgets.columns import GAP, ColumnSpec, fit, place
from sfa.domain.text import clean

NAME = ColumnSpec("name", "Name", 20, 3)
CITY = ColumnSpec("city", "City", 10, 1, priority=2)
NOTE = ColumnSpec("note", "Note", 30, priority=5)
TEXTS = st.text(st.characters() | st.sampled_from("王伟株式会社한국é👩‍🚀️ ́€"), max_size=60)


def widths(columns: tuple[ColumnSpec, ...], width: int) -> dict[str, int]:
    return {item.spec.id: item.width for item in place(columns, width)}


def test_the_least_important_column_goes_first() -> None:
    columns = (NOTE, NAME, CITY)
    assert list(widths(columns, 64)) == ["note", "name", "city"]
    assert list(widths(columns, 63)) == ["name", "city"]
    assert list(widths(columns, 31)) == ["name"]


def test_of_two_equal_columns_the_right_one_goes_first() -> None:
    columns = (NAME, ColumnSpec("a", "A", 10), ColumnSpec("b", "B", 10))
    assert list(widths(columns, 40)) == ["name", "a"]


def test_spare_cells_are_shared_by_weight_and_none_is_lost() -> None:
    assert widths((NAME, CITY, NOTE), 74) == {"name": 27, "city": 13, "note": 30}


def test_one_column_is_kept_however_narrow_the_screen() -> None:
    assert widths((NAME, CITY), 7) == {"name": 7}


@given(
    width=st.integers(1, 300), minimums=st.lists(st.integers(1, 40), min_size=1, max_size=8), weight=st.integers(0, 3)
)
def test_columns_never_reach_beyond_the_width(width: int, minimums: list[int], weight: int) -> None:
    columns = [ColumnSpec(str(index), "", minimum, weight, index) for index, minimum in enumerate(minimums)]
    placed = place(columns, width)
    assert placed
    assert placed[-1].start + placed[-1].width <= width
    assert all(after.start == before.start + before.width + GAP for before, after in pairwise(placed))


@given(text=TEXTS, width=st.integers(0, 40), align=st.sampled_from(["left", "right"]))
def test_a_text_takes_exactly_its_cells(text: str, width: int, align: str) -> None:
    fitted = fit(clean(text), width, "right" if align == "right" else "left")
    assert cell_len(fitted) == width


@given(text=TEXTS)
def test_a_text_that_fits_is_not_changed(text: str) -> None:
    cleaned = clean(text)
    assert fit(cleaned, cell_len(cleaned)) == cleaned


def test_a_wide_character_is_never_cut_in_half() -> None:
    assert fit("远东仪器", 8) == "远东仪器"
    assert fit("远东仪器", 7) == "远东仪…"
    assert fit("远东仪器", 6) == "远东… "
    assert fit("远东仪器", 6, "right") == " 远东…"


def test_an_accent_stays_with_its_letter() -> None:
    assert fit("Cafe\u0301s", 5) == "Cafe\u0301s"
    assert fit("Cafe\u0301 au lait", 5) == "Cafe\u0301…"
