"""What follows from the user's choices alone: defaults once, then what options bring along (domain.md 2.8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sfa.domain.configurator.compiling import Compiled
from sfa.domain.configurator.model import Default


class Source(StrEnum):
    """Who set a quantity: the user, a default, options that bring it along; nobody."""

    CHOSEN = "chosen"
    DEFAULT = "default"
    AUTO = "auto"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Settled:
    """Quantities and who set them, by position of the option."""

    quantities: tuple[int, ...]
    sources: tuple[Source, ...]

    @property
    def is_set(self) -> list[bool]:
        """Whether the user set it, by position."""
        return [source is Source.CHOSEN for source in self.sources]


def settle(compiled: Compiled, choices: Mapping[int, int]) -> Settled:
    """Return all quantities that follow from choices, in whatever order they were made.

    A default yields to the user: who set the option itself, or filled its group with others, goes without it.

    Args:
        compiled: the model.
        choices: quantities that the user set, 0 included, by position.
    """
    quantities = [0] * len(compiled.domains)
    sources = [Source.NONE] * len(compiled.domains)
    for place, quantity in _defaults(compiled, choices).items():
        quantities[place], sources[place] = quantity, Source.DEFAULT
    for place, quantity in choices.items():
        quantities[place], sources[place] = quantity, Source.CHOSEN
    for place, feed in compiled.feeds.items():
        if place not in choices:
            quantity = feed.quantity(quantities)
            if quantity > quantities[place]:
                quantities[place], sources[place] = quantity, Source.AUTO
    return Settled(tuple(quantities), tuple(sources))


def _defaults(compiled: Compiled, choices: Mapping[int, int]) -> dict[int, int]:
    model = compiled.model
    rules = [rule.body for rule in model.rules if isinstance(rule.body, Default)]
    if not rules:
        return {}
    room: dict[str, int | None] = {}
    for group in model.groups:
        taken = sum(choices.get(model.at[option.id], 0) > 0 for option in group.options)
        room[group.id] = None if group.most is None else group.most - taken
    found: dict[int, int] = {}
    for rule in rules:
        place = model.at[rule.option]
        left = room[model.options[place].group]
        if place not in choices and (left is None or left > 0):
            found[place] = rule.quantity
            room[model.options[place].group] = None if left is None else left - 1
    return found


def by_place(compiled: Compiled, choices: Mapping[str, int]) -> dict[int, int]:
    """Return choices by id as choices by position, in the order of the model."""
    return {place: choices[option.id] for place, option in enumerate(compiled.model.options) if option.id in choices}


def by_id(compiled: Compiled, choices: Mapping[int, int]) -> dict[str, int]:
    """Return choices by position as choices by id, in the order of the model."""
    return {compiled.model.options[place].id: choices[place] for place in sorted(choices)}


def triggers_of(compiled: Compiled, places: Sequence[int]) -> set[int]:
    """Return these options and all that bring any of them along, directly or through others."""
    found = set(places)
    for place in reversed(compiled.feeds):
        if place in found:
            found.update(at for _, at, _ in compiled.feeds[place].terms)
    return found
