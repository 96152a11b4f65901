"""Rules of a model as formulas, each with the words for what it asks and for how it is broken (domain.md 2.8)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from math import lcm

from sfa.domain.configurator.expression import ExpressionError, having, read_condition
from sfa.domain.configurator.formula import (
    All,
    Any,
    Formula,
    Term,
    at_least,
    at_most,
    holds,
    negation,
    total,
)
from sfa.domain.configurator.model import (
    AutoAdd,
    Body,
    BundleError,
    Cardinality,
    Condition,
    Excludes,
    Hide,
    Model,
    Requires,
    Resource,
    Rule,
    Table,
)
from sfa.domain.configurator.solver import Solver


class Counts(Enum):
    """For whom a formula counts: always, or where an option was or was not set by the user."""

    ALWAYS = "always"
    SET = "set"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Constraint:
    """A formula that must hold.

    Attributes:
        words: what it asks, as a clause: "A requires PSU2".
        formula: over positions of options.
        rule: where it comes from; None for the bounds of a quantity.
        counts: for whom, see `option`.
        option: the position that `counts` speaks of.
        is_floor: it only keeps what rules bring along, which settling does by itself.
    """

    words: str
    formula: Formula
    rule: Rule | None = None
    counts: Counts = Counts.ALWAYS
    option: int = -1
    is_floor: bool = False

    def broken_words(self, quantities: Sequence[int]) -> str:
        """Return how quantities break it: its words, with the numbers where it is about numbers."""
        body = self.rule.body if self.rule else None
        if isinstance(body, Resource) and self.rule and not self.rule.message:
            first = self.formula
            if not isinstance(first, All | Any):
                supplied = total([term for term in first.terms if term[0] > 0], quantities)
                demanded = -total([term for term in first.terms if term[0] < 0], quantities)
                return f"{body.name} {demanded} > {supplied}: {demanded} needed, {supplied} supplied"
        return self.words


@dataclass(frozen=True, slots=True)
class Feed:
    """What brings an option along: quantity is the sum of the terms over a common divisor, rounded up."""

    terms: tuple[Term, ...]
    divisor: int

    def quantity(self, quantities: Sequence[int]) -> int:
        """Return how many units are brought along."""
        return -(-total(self.terms, quantities) // self.divisor)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A model ready for questions.

    Attributes:
        constraints: first the bounds of each option, then the rest.
        feeds: by position of the option that is brought along, triggers before what they bring.
        domains: the quantities of each option, as bits.
        dependent: the constraints that do not always count.
        special: options for which it matters whether the user set them.
    """

    model: Model
    constraints: tuple[Constraint, ...]
    feeds: dict[int, Feed]
    domains: tuple[int, ...]
    dependent: tuple[int, ...]
    special: frozenset[int]
    solver: Solver = field(compare=False)

    def active(self, is_set: Sequence[bool]) -> bytearray:
        """Return which constraints count, given which options the user set."""
        found = bytearray(b"\x01" * len(self.constraints))
        for number in self.dependent:
            constraint = self.constraints[number]
            found[number] = is_set[constraint.option] is (constraint.counts is Counts.SET)
        return found

    def hidden(self, quantities: Sequence[int]) -> set[int]:
        """Return the options that are not offered beside these quantities."""
        found = set()
        for number in self.dependent:
            constraint = self.constraints[number]
            is_shown, *_ = constraint.formula.parts if isinstance(constraint.formula, Any) else (constraint.formula,)
            if constraint.counts is Counts.SET and not holds(is_shown, quantities):
                found.add(constraint.option)
        return found

    def broken(self, quantities: Sequence[int], is_set: Sequence[bool]) -> list[int]:
        """Return the constraints that quantities break, in the order of the model."""
        active = self.active(is_set)
        size = len(self.domains)
        return [number for number, domain in enumerate(self.domains) if not domain >> quantities[number] & 1] + [
            number
            for number, constraint in enumerate(self.constraints[size:], size)
            if active[number] and not constraint.is_floor and not holds(constraint.formula, quantities)
        ]


def compile_model(model: Model) -> Compiled:
    """Return the model with its rules as formulas.

    Raises:
        BundleError: a rule names what is not there, or options bring each other along in a circle.
    """
    feeds = _feeds(model)
    constraints = [_bounds(model, place) for place in range(len(model.options))]
    for group in model.groups:
        if group.least or group.most is not None:
            body = Cardinality(tuple(option.id for option in group.options), group.least, group.most, group.name)
            place = ("group", model.groups.index(group))
            constraints.append(_always(model, Rule(body, place=place)))
    for rule in model.rules:
        if isinstance(rule.body, Hide):
            constraints += _hidden(model, rule, rule.body, feeds)
        elif isinstance(rule.body, Cardinality | Requires | Excludes | Condition | Table | Resource):
            constraints.append(_always(model, rule))
    constraints += [_floor(model, place, feed) for place, feed in feeds.items()]
    dependent = [at for at, constraint in enumerate(constraints) if constraint.counts is not Counts.ALWAYS]
    return Compiled(
        model,
        tuple(constraints),
        feeds,
        tuple((2 << option.most) - (1 << option.least) | 1 for option in model.options),
        tuple(dependent),
        frozenset(constraints[number].option for number in dependent),
        Solver([constraint.formula for constraint in constraints], len(model.options)),
    )


def _bounds(model: Model, place: int) -> Constraint:
    option = model.options[place]
    within = All((at_least([(1, place, False)], option.least), at_most([(1, place, False)], option.most)))
    words = f"at most {option.most}" if option.least <= 1 else f"{option.least} to {option.most}"
    return Constraint(f"{option.name}: {words}", Any((at_most([(1, place, True)], 0), within)))


def _floor(model: Model, place: int, feed: Feed) -> Constraint:
    formula = at_least([(feed.divisor, place, False), *_minus(feed.terms)], 0)
    triggers = " or ".join(dict.fromkeys(model.options[at].name for _, at, _ in feed.terms))
    words = f"{triggers} brings {model.options[place].name} along"
    return Constraint(words, formula, None, Counts.LEFT, place, is_floor=True)


def _minus(terms: Sequence[Term]) -> list[Term]:
    return [(-factor, place, is_once) for factor, place, is_once in terms]


def _hidden(model: Model, rule: Rule, body: Hide, feeds: dict[int, Feed]) -> list[Constraint]:
    """Who set a hidden option must not have it; left alone it is there only as far as other options bring it."""
    is_shown = negation(_condition(model, rule, body.condition, "if"))
    found = []
    for option in body.options:
        place = model.at[option]
        words = rule.message or f"{model.name_of(option)} is not offered" + (
            f" if {body.condition}" if body.condition else ""
        )
        without = at_most([(1, place, True)], 0)
        feed = feeds.get(place)
        only_fed = at_most([(feed.divisor, place, False), *_minus(feed.terms)], feed.divisor - 1) if feed else without
        found.append(Constraint(words, Any((is_shown, without)), rule, Counts.SET, place))
        found.append(Constraint(words, Any((is_shown, only_fed)), rule, Counts.LEFT, place))
    return found


def _always(model: Model, rule: Rule) -> Constraint:
    return Constraint(rule.message or _words(model, rule.body), _formula(model, rule), rule)


def _formula(model: Model, rule: Rule) -> Formula:
    body = rule.body
    if isinstance(body, Cardinality):
        terms = [(1, model.at[option], not body.is_units) for option in body.options]
        top = (at_most(terms, body.most),) if body.most is not None else ()
        return All((at_least(terms, body.least), *top))
    if isinstance(body, Requires):
        ratio = body.ratio or Fraction(1)
        needs = [(ratio.denominator, model.at[option], body.ratio is None) for option in body.needs]
        return at_least([*needs, (-ratio.numerator, model.at[body.option], body.ratio is None)], 0)
    if isinstance(body, Excludes):
        return at_most([(1, model.at[option], True) for option in body.options], 1)
    if isinstance(body, Resource):
        supply = [(amount, model.at[option], False) for option, amount in body.supply.items()]
        return at_least(supply + [(-amount, model.at[option], False) for option, amount in body.demand.items()], 0)
    if isinstance(body, Table):
        return Any(tuple(_row(model, rule, body, row) for row in body.rows))
    if isinstance(body, Condition):
        premise = _condition(model, rule, body.premise, "if")
        return Any((negation(premise), _condition(model, rule, body.conclusion, "then")))
    raise TypeError(f"{type(body).__name__} is no constraint")


def _row(model: Model, rule: Rule, table: Table, row: Sequence[str]) -> Formula:
    """A row holds where nothing is chosen that it does not name."""
    groups = {group.id: group for group in model.groups}
    others: list[Term] = []
    for column, cell in zip(table.columns, row, strict=True):
        group_id, _, attribute = column.partition(".")
        if cell == "*":
            continue
        group = groups[group_id]
        if attribute:
            fitting = having(model, group, attribute, cell)
        else:
            fitting = [model.at[cell]] if cell in {option.id for option in group.options} else None
        if fitting is None:
            raise BundleError(
                f"The table's “{cell}” is no value of the column “{column}”.",
                "Name an option of the group, a value of its attribute, or * for any.",
                rule.place,
                "rows",
            )
        others += [(1, model.at[option.id], True) for option in group.options if model.at[option.id] not in fitting]
    return at_most(others, 0)


def _condition(model: Model, rule: Rule, text: str, key: str) -> Formula:
    try:
        return read_condition(text, model)
    except ExpressionError as error:
        sentence = str(error)
        raise BundleError(
            f"{sentence[0].upper()}{sentence[1:]}.",
            "A condition is made of options, count(group), units(group), group.attribute, numbers, + - *,"
            " = != < <= > >=, and, or, not.",
            rule.place,
            key,
        ) from error


def _words(model: Model, body: Body) -> str:
    """Return what a rule without a message asks, as a clause."""
    if isinstance(body, Cardinality):
        return f"{body.subject}: {_range_words(body)}"
    if isinstance(body, Requires):
        needs = " or ".join(map(model.name_of, body.needs))
        ratio = f", {body.ratio} for each" if body.ratio else ""
        return f"{model.name_of(body.option)} requires {needs}{ratio}"
    if isinstance(body, Excludes):
        first, *rest = map(model.name_of, body.options)
        return f"{first} excludes {rest[0]}" if len(rest) == 1 else f"only one of {', '.join([first, *rest])}"
    if isinstance(body, Resource):
        return f"{body.name}: no more needed than supplied"
    if isinstance(body, Table):
        return f"{', '.join(body.columns)} do not go together"
    if isinstance(body, Condition):
        return f"if {body.premise} then {body.conclusion}"
    return ""


def _range_words(body: Cardinality) -> str:
    if body.most is None:
        return f"choose at least {body.least}"
    if body.least == body.most:
        return f"choose exactly {body.most}"
    return f"choose {body.least} to {body.most}" if body.least else f"choose at most {body.most}"


def _feeds(model: Model) -> dict[int, Feed]:
    """Return what is brought along, in an order in which triggers are known first."""
    by_target: dict[int, list[Rule]] = {}
    for rule in model.rules:
        if isinstance(rule.body, AutoAdd):
            by_target.setdefault(model.at[rule.body.option], []).append(rule)
    found: dict[int, Feed] = {}
    for target in by_target:
        _place_feed(model, by_target, target, found, [])
    return found


def _place_feed(
    model: Model, rules: dict[int, list[Rule]], target: int, found: dict[int, Feed], trail: list[int]
) -> None:
    if target in trail:
        circle = " → ".join(model.options[place].id for place in [*trail[trail.index(target) :], target][::-1])
        raise BundleError(
            f"Options bring each other along in a circle: {circle}.",
            "Take one of these auto_add rules out.",
            rules[target][0].place,
        )
    if target in found:
        return
    bodies = [rule.body for rule in rules[target] if isinstance(rule.body, AutoAdd)]
    for body in bodies:
        trigger = model.at[body.trigger]
        if trigger in rules:
            _place_feed(model, rules, trigger, found, [*trail, target])
    divisor = lcm(*(body.amount.denominator for body in bodies))
    terms = [(int(body.amount * divisor), model.at[body.trigger], not body.is_ratio) for body in bodies]
    found[target] = Feed(at_least(terms, 0).terms, divisor)
