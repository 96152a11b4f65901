"""What stands below the line of quick entry, as text."""

from collections.abc import Sequence

from rich.text import Text

from screens.safe import safe
from sfa.domain.phrase.lines import forms
from sfa.services.desk import Saved
from sfa.services.entry_about import About
from sfa.services.entry_preview import Preview
from sfa.services.matching import Match

NOUN_CELLS = 13
CANDIDATES_SHOWN = 6
ENGLISH, CHINESE = 4, 2
DIM = "dim"
_MARK = "▸ "


def example_words() -> Text:
    """Return lines as one may type them."""
    lines = (*forms(is_chinese=False)[:ENGLISH], *forms(is_chinese=True)[:CHINESE])
    return Text("\n").join([Text("As you would say it:"), *(Text(f"  {line}") for line in lines)])


def about_words(about: About | None, seen: Preview | None) -> Text | None:
    """Return what the line is about; where it names its own, that it is not."""
    if about is None:
        return None
    if seen is not None and seen.records and not seen.is_about:
        return Text.assemble(safe(f"not about {about.name}: the line names its own", DIM))
    return Text.assemble(("about ", DIM), safe(about.name), ("  ·  ctrl+d drops it", DIM))


def waiting_words(waiting: Sequence[str], saved: Sequence[Saved]) -> Text | None:
    """Return what was saved of several lines, and how many wait."""
    lines = [safe(f"saved: {done.summary}") for done in saved]
    if waiting:
        lines.append(Text(f"{len(waiting)} more {'line waits' if len(waiting) == 1 else 'lines wait'}: enter saves all."))
    return Text("\n").join(lines) if lines else None


def names_words(found: Sequence[Match], chosen: int) -> Text:
    """Return names one below the other, the chosen one marked."""
    lines = []
    for place, name in enumerate(found):
        is_chosen = place == chosen
        mark = _MARK if is_chosen else " " * len(_MARK)
        detail = f"  {name.detail}" if name.detail else ""
        lines.append(
            Text.assemble(
                mark, (f"{name.noun:<{NOUN_CELLS}}", DIM), safe(name.name, "bold" if is_chosen else ""),
                safe(detail, DIM), safe(f"  {name.ref}", DIM),
            )
        )  # fmt: skip
    return Text("\n").join(lines)


def seen_words(seen: Preview) -> Text | None:
    """Return who, when, what, how much; below it what would be saved, and what enter will ask."""
    parts = [Text.assemble((f"{piece.label} ", DIM), safe(piece.value)) for piece in seen.pieces if piece.value]
    lines = [Text(" · ", DIM).join(parts), Text()] if parts else []
    lines += [Text.assemble((f"{noun:<{NOUN_CELLS}}", DIM), safe(words)) for noun, words in seen.records]
    lines += [Text.assemble((f"{'?':<{NOUN_CELLS}}", "bold"), safe(note)) for note in seen.notes]
    lines += [Text(" " * NOUN_CELLS) + safe(line, DIM) for line in seen.candidates[:CANDIDATES_SHOWN]]
    if len(seen.candidates) > CANDIDATES_SHOWN:
        lines.append(Text(f"{'':<{NOUN_CELLS}}… and {len(seen.candidates) - CANDIDATES_SHOWN} more", DIM))
    return Text("\n").join(lines) if lines else None
