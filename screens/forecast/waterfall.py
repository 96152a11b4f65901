"""The pipeline bridge as a waterfall: each step begins where the one before ended."""

from collections.abc import Iterator

from rich.cells import cell_len
from rich.text import Text

from screens.widgets.columns import fit
from screens.words import short_money
from sfa.domain.forecast.bridge import ADDED, TAKEN
from sfa.domain.money import Money
from sfa.services.forecast_moves import TITLES, BridgeSheet

UP, DOWN, WHOLE = "▓", "░", "█"
LEAST_BAR = 10


def steps(found: BridgeSheet) -> Iterator[tuple[str, int, int, str]]:
    """Yield title, where the bar begins and ends in minor units, and the sign it is drawn with."""
    shown = found.bridge
    yield "Open before", 0, shown.begin_minor, WHOLE
    level = shown.begin_minor
    for names, sign in ((ADDED, 1), (TAKEN, -1)):
        for name in names:
            step = sign * shown.amounts[name]
            yield TITLES[name], level, level + step, UP if step >= 0 else DOWN
            level += step
    yield "Open after", 0, shown.end_minor, WHOLE


def waterfall_lines(found: BridgeSheet, width: int) -> list[Text]:
    """Draw one line of at most `width` cells for each step."""
    told = list(steps(found))
    if not any(begin or end for _, begin, end, _ in told):
        return []
    texts = [_text(step, found.currency) for step in told]
    label = max(cell_len(step[0]) for step in told)
    room = max(width - label - max(map(cell_len, texts)) - 2, LEAST_BAR)
    most = max((max(step[1], step[2]) for step in told), default=0) or 1
    lines = []
    for (title, begin, end, sign), text in zip(told, texts, strict=True):
        low, high = sorted((begin, end))
        left = low * room // most
        bar = max(-(-high * room // most) - left, 1 if high > low else 0)
        line = Text(f"{fit(title, label)} {' ' * left}{sign * bar}".ljust(label + 1 + room) + f" {text}", no_wrap=True)
        line.truncate(width)
        lines.append(line)
    return lines


def _text(step: tuple[str, int, int, str], currency: str) -> str:
    _, begin, end, sign = step
    if sign == WHOLE:
        return short_money(Money(end, currency))
    return f"{'+' if end >= begin else '-'}{short_money(Money(abs(end - begin), currency))}"
