"""What stands below the line of quick entry, as text."""

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from rich.console import Group
from rich.style import Style
from rich.table import Table
from rich.text import Text

from screens.safe import safe
from sfa.domain.phrase.lines import forms
from sfa.services.desk import Saved
from sfa.services.entry_about import About
from sfa.services.entry_preview import Preview
from sfa.services.matching import Match

NOUN_CELLS = 12
INDENT = "  "
JOINT = " · "
CANDIDATES_SHOWN = 6
ENGLISH, CHINESE = 4, 2
DIM = "dim"
_MARK = "▸ "


def example_words(room: int) -> Text:
    """Return lines as one may type them, such as fit into so many cells."""
    fitting = [
        [line for line in forms(is_chinese=is_chinese) if cell_len(line) <= room - len(INDENT)]
        for is_chinese in (False, True)
    ]
    lines = (*fitting[0][:ENGLISH], *fitting[1][:CHINESE])
    return Text("\n").join([Text("As you would say it:", DIM), *(Text(f"{INDENT}{line}") for line in lines)])


def about_words(about: About | None, *, has_own: bool) -> Text | None:
    """Return what the line is about; where it names its own, that it is not."""
    if about is None:
        return None
    if has_own:
        return Text.assemble(safe(f"not about {about.name}: the line names its own", DIM))
    return Text.assemble(("about ", DIM), safe(about.name), ("  ·  ctrl+d drops it", DIM))


def waiting_words(waiting: Sequence[str], saved: Sequence[Saved]) -> Text | None:
    """Return what was saved of several lines, and how many wait."""
    lines = [safe(f"saved: {done.summary}") for done in saved]
    if waiting:
        lines.append(
            Text(f"{len(waiting)} more {'line waits' if len(waiting) == 1 else 'lines wait'}: enter saves all.")
        )
    return Text("\n").join(lines) if lines else None


def names_words(found: Sequence[Match], chosen: int) -> Table:
    """Return names one below the other, the chosen one marked."""
    rows = Table.grid(padding=(0, 2, 0, 0), expand=True)
    rows.add_column(width=len(_MARK) + NOUN_CELLS - 1, no_wrap=True)
    rows.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    rows.add_column(no_wrap=True)
    for place, name in enumerate(found):
        is_chosen = place == chosen
        noun = Text.assemble(_MARK if is_chosen else " " * len(_MARK), (name.noun, DIM))
        called = Text.assemble(safe(name.name, "bold" if is_chosen else ""), "  ", safe(name.detail or "", DIM))
        rows.add_row(noun, called, safe(name.ref, DIM))
    return rows


def seen_words(seen: Preview, style_of: Callable[[str], Style], room: int) -> Group | None:
    """Return who, when, what, how much; below it what would be saved, and what enter will ask.

    Args:
        seen: what the line means so far.
        style_of: the style of a group of pieces.
        room: cells in a row.
    """
    told = [
        Text.assemble((f"{piece.label} ", DIM), safe(piece.value), style=style_of(piece.group))
        for piece in seen.pieces
        if piece.value
    ]
    legend = _packed(told, room)
    records = Table.grid(padding=(0, 1, 0, 0))
    records.add_column(width=NOUN_CELLS, no_wrap=True)
    records.add_column(ratio=1, overflow="fold")
    for noun, words in seen.records:
        records.add_row(Text(noun, DIM), safe(words))
    for note in seen.notes:
        records.add_row(Text("?", "bold"), safe(note))
    for line in seen.candidates[:CANDIDATES_SHOWN]:
        records.add_row("", safe(line, DIM))
    if len(seen.candidates) > CANDIDATES_SHOWN:
        records.add_row("", Text(f"… and {len(seen.candidates) - CANDIDATES_SHOWN} more", DIM))
    parts: list[Text | Table] = [*legend, *([Text()] if legend and records.row_count else [])]
    parts += [records] if records.row_count else []
    return Group(*parts) if parts else None


def _packed(parts: Sequence[Text], room: int) -> list[Text]:
    """Return parts in as many lines as they need, each whole on its line."""
    lines: list[Text] = []
    for part in parts:
        if lines and lines[-1].cell_len + len(JOINT) + part.cell_len <= room:
            lines[-1] = Text.assemble(lines[-1], (JOINT, DIM), part)
        else:
            lines.append(part)
    return lines
