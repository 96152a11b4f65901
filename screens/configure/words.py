"""What the configuring dialog writes: groups, options, parts, what is broken."""

from collections.abc import Collection

from rich.text import Text

from screens.safe import safe
from screens.widgets.columns import fit
from sfa.domain.configurator.configuration import Choice, Configuration
from sfa.domain.configurator.model import Group
from sfa.domain.configurator.wording import MARKS, mark, range_words, total_words

NAME = 24


def group_line(group: Group, made: Configuration) -> str:
    """Return a group with a sign: something is chosen, something is missing, nothing is."""
    count = sum(choice.quantity > 0 for choice in made.remaining if choice.group == group.id)
    sign = "!" if count < group.least else "●" if count else "○"
    return f"{sign} {group.name}"


def option_line(choice: Choice, exchanged: Collection[str]) -> str:
    """Return an option with its sign, its quantity and the quantities that it may have."""
    count = f"{choice.quantity} × " if choice.quantity > 1 else ""
    left = "instead" if choice.option in exchanged else range_words(choice)
    beside = f" {MARKS[choice.source]}" if choice.source in MARKS else ""
    return f"{mark(choice, exchanged)} {fit(safe(count + choice.name).plain, NAME)} {left}{beside}"


def outcome(made: Configuration, keys: str) -> Text:
    """Return what is broken with the keys of the first one's repairs, then the total and the parts."""
    text = Text()
    for number, item in enumerate(made.violations):
        text.append_text(safe(f"! {item.message}", "bold")).append("\n")
        for key, repair in zip(keys, item.repairs if number == 0 else (), strict=False):
            text.append_text(safe(f"  {key}  {repair.words}")).append("\n")
    text.append_text(safe(total_words(made), "bold")).append("\n")
    for part in made.parts:
        amount = str(part.price.net) if part.price else "no price"
        beside = f" ({MARKS[part.source]})" if part.source in MARKS else ""
        text.append_text(safe(f"{part.quantity} × {part.product} {amount}{beside}")).append("\n")
    if not made.parts:
        text.append("Nothing is chosen yet.\n")
    return text
