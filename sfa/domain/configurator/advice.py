"""What helps to choose: what completes choices, why something cannot be had, what takes whose place (domain.md 2.8)."""

from collections.abc import Mapping, Sequence

from sfa.domain.configurator.answers import complete, remaining, why_none
from sfa.domain.configurator.compiling import Compiled
from sfa.domain.configurator.configuration import Choice, ChoiceError, checked
from sfa.domain.configurator.model import Model
from sfa.domain.configurator.settling import by_id, by_place
from sfa.domain.configurator.solver import OpenError


def completed(compiled: Compiled, choices: Mapping[str, int]) -> dict[str, int]:
    """Return choices that make a valid list of these.

    Raises:
        ChoiceError: none does, with the choices and the rules that stand against each other; or a choice is unknown.
    """
    known = checked(compiled.model, choices)
    at = by_place(compiled, known)
    try:
        found = complete(compiled, at)
    except OpenError as error:
        raise ChoiceError(
            "Whether these choices can be completed was not found out in time; choose more of it."
        ) from error
    if found is None:
        raise ChoiceError(f"Nothing completes these choices: {explanation(compiled, known)}.")
    return by_id(compiled, found)


def explanation(compiled: Compiled, choices: Mapping[str, int], about: str = "") -> str:
    """Return why no valid list holds these choices, as a clause; "" where one does, or where it is not known.

    Args:
        compiled: the model.
        choices: by id.
        about: the option that is asked about, and so is not named.
    """
    try:
        reason = why_none(compiled, by_place(compiled, choices))
    except OpenError:
        return "it was not found out in time"
    if reason is None:
        return ""
    named = [place for place in reason.choices if compiled.model.options[place].id != about]
    names = [_counted(compiled.model, place, choices) for place in named]
    rules = "; ".join(rule.words for rule in reason.rules)
    return f"{'with ' if about else ''}{_listed(names)}: {rules}" if names else rules


def why_not(compiled: Compiled, choices: Mapping[str, int], option: str) -> str:
    """Return why an option cannot be had beside the other choices, as a clause; "" where it can."""
    usual = compiled.model.options[compiled.model.at[option]].usual
    return explanation(compiled, {**choices, option: usual}, option)


def taken(model: Model, choices: Mapping[str, int], option: str, quantity: int) -> dict[str, int]:
    """Return the choices with an option set; in a group of one it takes the place of the other."""
    return {**(given_up(model, choices, option) if quantity else choices), option: quantity}


def given_up(model: Model, choices: Mapping[str, int], option: str) -> dict[str, int]:
    """Return the choices without those whose place an option would take."""
    group = next(group for group in model.groups if group.id == model.options[model.at[option]].group)
    others = {other.id for other in group.options if group.most == 1 and other.id != option}
    return {other: quantity for other, quantity in choices.items() if other not in others}


def exchangeable(compiled: Compiled, choices: Mapping[str, int], group_id: str) -> set[str]:
    """Return the options of a group of one that could be had in the place of the one that is chosen."""
    group = next(group for group in compiled.model.groups if group.id == group_id)
    chosen = [option.id for option in group.options if choices.get(option.id)]
    if group.most != 1 or not chosen:
        return set()
    others = {option: quantity for option, quantity in choices.items() if option not in chosen}
    left = remaining(compiled, by_place(compiled, others))
    return {
        option.id
        for option in group.options
        if option.id not in chosen and left[compiled.model.at[option.id]].can_be_chosen
    }


def rules_out(compiled: Compiled, choices: Mapping[str, int], option: str, before: Sequence[Choice]) -> list[str]:
    """Return the names of options that could be had before, and no more once an option is taken.

    Others of its own group are not named.
    """
    model = compiled.model
    with_it = taken(model, choices, option, model.options[model.at[option]].usual)
    after = remaining(compiled, by_place(compiled, with_it))
    return [
        choice.name
        for choice, left in zip(before, after, strict=True)
        if choice.can_be_chosen and not left.can_be_chosen and choice.group != model.options[model.at[option]].group
    ]


def _counted(model: Model, place: int, choices: Mapping[str, int]) -> str:
    option = model.options[place]
    quantity = choices[option.id]
    if not quantity:
        return f"no {option.name}"
    return option.name if quantity == 1 else f"{quantity} {option.name}"


def _listed(names: Sequence[str]) -> str:
    return " with ".join(filter(None, (", ".join(names[:-1]), names[-1])))
