"""Bars and sparklines made of block characters, measured in terminal cells; for screens and shell alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rich.cells import cell_len
from rich.text import Text

from screens.widgets.columns import fit
from sfa.domain.text import clean

EIGHTHS = " ▏▎▍▌▋▊▉"
LEVELS = "▁▂▃▄▅▆▇█"
FULL = "█"
RIGHT_HALF = "▐"
LABEL_SHARE = 3
"""A label takes at most one part in three of the width."""

Number = int | Decimal


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes:
        label: what it stands for, at its left.
        value: its length, in whatever unit the other bars have too.
        text: the value in words, at its right.
        style: a Rich style for the bar itself, never its only message.
    """

    label: str
    value: Number
    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class _Scale:
    """Cells left and right of zero, and the value that fills the whole of them."""

    left: int
    right: int
    span: Number


def bar_lines(items: Sequence[Bar], width: int) -> list[Text]:
    """Draw one line of at most `width` cells for each bar: label, bar, text.

    All bars share one scale. Negative values grow to the left from a common zero, in half cells, since there are no
    eighths for that side. Where there is no room for bars, labels and texts remain.
    """
    if not items:
        return []
    labels = [clean(item.label) for item in items]
    texts = [clean(item.text) for item in items]
    label_width = min(max(map(cell_len, labels)), max(width // LABEL_SHARE, 1))
    text_width = min(max(map(cell_len, texts)), max(width - label_width - 2, 0))
    scale = _scale([item.value for item in items], max(width - label_width - text_width - 2, 0))
    return [
        _line(fit(label, label_width), item, fit(text, text_width, "right"), scale, width)
        for item, label, text in zip(items, labels, texts, strict=True)
    ]


def spark(values: Sequence[Number]) -> str:
    """Return one character for each value, from ▁ (the lowest, or zero) to █ (the highest, or zero)."""
    low = min((*values, 0))
    span = max((*values, 0)) - low
    if not span:
        return LEVELS[0] * len(values)
    top = len(LEVELS) - 1
    return "".join(LEVELS[_floor((value - low) * top * 2 + span, span * 2)] for value in values)


def _floor(part: Number, whole: Number) -> int:
    return int(part // whole)  # never a float: the values are money


def _scale(values: Sequence[Number], cells: int) -> _Scale:
    low, high = min((*values, 0)), max((*values, 0))
    span = high - low
    if not span:
        return _Scale(0, cells, 1)
    left = _floor(-low * cells, span)
    if low and cells > 1:
        left = min(max(left, 1), cells - (1 if high else 0))
    return _Scale(left, cells - left, span)


def _line(label: str, item: Bar, text: str, scale: _Scale, width: int) -> Text:
    line = Text(f"{label} ", no_wrap=True)
    line.append(_below_zero(item.value, scale) + _above_zero(item.value, scale), style=item.style or None)
    line.append(f" {text}")
    line.truncate(width)
    return line


def _below_zero(value: Number, scale: _Scale) -> str:
    if value >= 0 or not scale.left:
        return " " * scale.left
    halves = _floor(-value * 2 * (scale.left + scale.right), scale.span)
    full, half = divmod(min(max(halves, 1), scale.left * 2), 2)
    return (RIGHT_HALF * half + FULL * full).rjust(scale.left)


def _above_zero(value: Number, scale: _Scale) -> str:
    if value <= 0 or not scale.right:
        return " " * scale.right
    eighths = _floor(value * 8 * (scale.left + scale.right), scale.span)
    full, part = divmod(min(max(eighths, 1), scale.right * 8), 8)
    return (FULL * full + (EIGHTHS[part] if part else "")).ljust(scale.right)
