"""Which columns fit a width, and text that fits a column, measured in terminal cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len, split_graphemes

GAP = 2
"""Cells between two columns."""

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column that a list can show.

    Attributes:
        id: what the column is called in messages and settings.
        title: its heading.
        minimum: cells below which it is dropped rather than narrowed.
        weight: its share of the cells left over; 0 keeps it at its minimum.
        priority: 1 is kept longest; where space is short, the highest number goes first.
        align: the side that its text leans to; numbers lean right.
    """

    id: str
    title: str
    minimum: int = 8
    weight: int = 0
    priority: int = 1
    align: Literal["left", "right"] = "left"


@dataclass(frozen=True, slots=True)
class PlacedColumn:
    """A column on the screen: which cell of a row it shows, from which cell of the line, how wide."""

    spec: ColumnSpec
    index: int
    start: int
    width: int


def place(columns: Sequence[ColumnSpec], width: int) -> tuple[PlacedColumn, ...]:
    """Choose the columns that fit into `width` cells and share the rest by weight; at least one is kept."""
    kept = _choose(columns, width)
    widths = _share(kept, width)
    placed: list[PlacedColumn] = []
    start = 0
    for (index, spec), cells in zip(kept, widths, strict=True):
        placed.append(PlacedColumn(spec, index, start, cells))
        start += cells + GAP
    return tuple(placed)


def _choose(columns: Sequence[ColumnSpec], width: int) -> list[tuple[int, ColumnSpec]]:
    kept = list(enumerate(columns))
    while len(kept) > 1 and _needed(kept) > width:
        kept.remove(max(kept, key=lambda item: (item[1].priority, item[0])))
    return kept


def _needed(kept: Sequence[tuple[int, ColumnSpec]]) -> int:
    return sum(spec.minimum for _, spec in kept) + GAP * (len(kept) - 1)


def _share(kept: Sequence[tuple[int, ColumnSpec]], width: int) -> list[int]:
    if len(kept) == 1 and kept[0][1].minimum > width:
        return [max(width, 1)]
    spare = width - _needed(kept)
    weights = sum(spec.weight for _, spec in kept)
    widths: list[int] = []
    for _, spec in kept:
        extra = spare * spec.weight // weights if weights else 0
        spare, weights = spare - extra, weights - spec.weight
        widths.append(spec.minimum + extra)
    return widths


def fit(text: str, width: int, align: Literal["left", "right"] = "left") -> str:
    """Return one line of exactly `width` cells: padded, or cut before a whole character and ended by an ellipsis.

    `text` must be clean already (`sfa.domain.text.clean`): a control character has no width to measure.
    """
    cells = cell_len(text)
    if cells > width:
        text, cells = _cut(text, width)
    pad = " " * (width - cells)
    return pad + text if align == "right" else text + pad


def _cut(text: str, width: int) -> tuple[str, int]:
    room = width - cell_len(ELLIPSIS)
    if room < 0:
        return "", 0
    # A pasted page in a cell is not measured to its end: clean text has at most a few marks on each character.
    spans, _ = split_graphemes(text[: room * 8 + 8])
    end = used = 0
    for _, stop, size in spans:
        if used + size > room:
            break
        end, used = stop, used + size
    return text[:end] + ELLIPSIS, used + 1
