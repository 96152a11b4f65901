"""What is typed to add a line to a quote, and where a line goes that is moved."""

import pytest

from screens.quotes.line_verbs import place_after_move
from screens.quotes.typed import Typed, free_line, read_typed
from sfa.errors import UsageError
from sfa.services import quote_lines
from sfa.services.desk import Desk
from sfa.services.quote_line_text import LineText
from tests.support.quotes import a_quote, seen


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("12 pressure", Typed("pressure", "12")),
        ("12x PS-1 5%", Typed("PS-1", "12", "5%")),
        ("  pressure   sensor ", Typed("pressure sensor")),
        ("valve x 3", Typed("valve", "3")),
        ("2.5 cable -10 %", Typed("cable", "2.5", "10%")),
        ("PS-1", Typed("PS-1")),
        ("12", Typed("12")),
        ("3 压力传感器", Typed("压力传感器", "3")),
    ],
)
def test_quantity_name_and_discount_are_told_apart(text: str, wanted: Typed) -> None:
    assert read_typed(text) == wanted


def test_a_line_without_a_product_has_words_and_a_price() -> None:
    assert free_line("2 Installation on site = 250") == LineText(
        description="Installation on site", quantity="2", price="250"
    )
    for text in ("Installation", "= 250", "Installation ="):
        with pytest.raises(UsageError):
            free_line(text)


def test_a_bundle_moves_past_bundles_and_a_part_within_its_own(desk: Desk) -> None:
    meant = a_quote(desk, LineText(product="PS-1"), LineText(product="V-2"), LineText(product="PS-1", quantity="3"))
    quote_lines.add(desk, meant, LineText(product="V-2", quantity="7"), part_of=2)
    quote_lines.add(desk, meant, LineText(product="V-2", quantity="8"), part_of=2)

    def step(position: int, by: int) -> list[str]:
        lines = seen(desk, meant).lines
        place = place_after_move(lines, lines[position - 1], by)
        if place is not None:
            quote_lines.move(desk, meant, position, place)
        return [line.quantity for line in seen(desk, meant).lines]

    assert step(1, -1) == ["1", "1", "7", "8", "3"]
    assert step(1, 1) == ["1", "7", "8", "1", "3"]
    assert step(5, -1) == ["1", "7", "8", "3", "1"]
    assert step(1, 1) == ["3", "1", "7", "8", "1"]
    assert step(3, 1) == ["3", "1", "8", "7", "1"]
    assert step(4, 1) == ["3", "1", "8", "7", "1"]
    assert step(3, -1) == ["3", "1", "8", "7", "1"]
