"""What a bundle must be before it is used: rules that can be kept together, options that can be had (domain.md 2.8)."""

from sfa.domain.configurator.answers import remaining, why_none
from sfa.domain.configurator.compiling import Compiled, compile_model
from sfa.domain.configurator.model import BundleError, Cardinality, Default, Hide, Model
from sfa.domain.configurator.reading import line_of, read_model
from sfa.domain.configurator.settling import settle
from sfa.domain.configurator.solver import Budget, OpenError


def load(text: str, bundle_id: str) -> Compiled:
    """Return a bundle ready for questions.

    Raises:
        BundleError: it cannot be read, or its rules make no sense together: a sentence with a line and a remedy.
    """
    model = read_model(text, bundle_id)
    try:
        return check(model)
    except BundleError as error:
        error.line = error.line or line_of(text, error.place, error.key)
        raise


def check(model: Model) -> Compiled:
    """Return the model ready for questions.

    Raises:
        BundleError: circles, contradictory numbers, defaults that cannot stand, options that nobody can ever have.
    """
    compiled = compile_model(model)
    _check_numbers(model)
    _check_defaults(compiled)
    _check_reachable(compiled)
    return compiled


def _check_numbers(model: Model) -> None:
    """No two rules about the same options leave nothing between them."""
    rules = [
        (Cardinality(tuple(option.id for option in group.options), group.least, group.most, group.name), ("group", at))
        for at, group in enumerate(model.groups)
    ] + [(rule.body, rule.place) for rule in model.rules if isinstance(rule.body, Cardinality)]
    for number, (later, place) in enumerate(rules):
        if not later.is_units and later.least > len(later.options):
            raise BundleError(
                f"{later.least} different options are wanted of {len(later.options)}.", "Lower min.", place, "min"
            )
        for earlier, _ in rules[:number]:
            if set(earlier.options) == set(later.options) and earlier.is_units == later.is_units:
                low, high = _both(earlier, later)
                if high is not None and low > high:
                    raise BundleError(
                        f"{later.subject}: at least {low} and at most {high} contradict each other.",
                        "Put the min or max of one of the rules right.",
                        place,
                        "min" if later.least == low else "max",
                    )


def _both(first: Cardinality, second: Cardinality) -> tuple[int, int | None]:
    tops = [rule.most for rule in (first, second) if rule.most is not None]
    return max(first.least, second.least), min(tops, default=None)


def _check_defaults(compiled: Compiled) -> None:
    """Each default stands at the start, and none is of an option that may be hidden."""
    model = compiled.model
    hidden = {option for rule in model.rules if isinstance(rule.body, Hide) for option in rule.body.options}
    seen: set[str] = set()
    start = settle(compiled, {})
    for rule in model.rules:
        if not isinstance(rule.body, Default):
            continue
        option = rule.body.option
        if option in hidden:
            raise BundleError(
                f"{option} is a default and hidden.", "Bring it along with auto_add instead.", rule.place, "option"
            )
        if option in seen:
            raise BundleError(f"{option} is a default twice.", "Take one of the rules out.", rule.place, "option")
        seen.add(option)
        if not start.quantities[model.at[option]]:
            raise BundleError(
                f"The default {option} has no room in its group.",
                "Raise the group's max or take the default out.",
                rule.place,
                "option",
            )


def _check_reachable(compiled: Compiled) -> None:
    """Every option is in some valid list, chosen or brought along."""
    model = compiled.model
    left = remaining(compiled, {})
    there = {place for place, item in enumerate(left) if item.can_be_chosen}
    for place, feed in compiled.feeds.items():
        if any(trigger in there for _, trigger, _ in feed.terms):
            there.add(place)
    for place, option in enumerate(model.options):
        if place in there:
            continue
        if not any(other.quantities for other in left):
            raise BundleError(f"No choice obeys all rules{_because(compiled, {})}.", "Loosen one of them.")
        raise BundleError(
            f"No valid list holds {option.id}{_because(compiled, {place: option.usual})}.",
            "Loosen a rule or take the option out.",
            *_place_of(model, option.id),
        )


def _because(compiled: Compiled, choices: dict[int, int]) -> str:
    try:
        reason = why_none(compiled, choices, Budget())
    except OpenError:
        return ""
    return f": {'; '.join(rule.words for rule in reason.rules)}" if reason and reason.rules else ""


def _place_of(model: Model, option_id: str) -> tuple[tuple[str | int, ...], str]:
    for number, group in enumerate(model.groups):
        for at, option in enumerate(group.options):
            if option.id == option_id:
                return ("group", number, "option", at), "id"
    return (), ""
