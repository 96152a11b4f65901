"""What choices leave open, what completes them, and why nothing does (domain.md 2.8).

A valid list keeps every choice of the user and all that options bring along; defaults may give way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sfa.domain.configurator.compiling import Compiled, Constraint
from sfa.domain.configurator.formula import fitting
from sfa.domain.configurator.model import LARGEST, Default
from sfa.domain.configurator.settling import settle
from sfa.domain.configurator.solver import Budget, OpenError


@dataclass(frozen=True, slots=True)
class Left:
    """Quantities that an option may still have, as bits; they are not proven where the search was cut short."""

    quantities: int
    is_proven: bool = True

    @property
    def can_be_chosen(self) -> bool:
        """Whether it can be had at all."""
        return self.quantities > 1

    def ranges(self) -> list[tuple[int, int]]:
        """Return the quantities as ranges, both ends included."""
        found, rest, at = [], self.quantities, 0
        while rest:
            skip = (rest & -rest).bit_length() - 1
            rest, at = rest >> skip, at + skip
            run = (~rest & (rest + 1)).bit_length() - 1
            found.append((at, at + run - 1))
            rest, at = rest >> run, at + run
        return found


class _Question:
    """Domains and formulas that follow from choices; some options count as set by the user although open."""

    def __init__(
        self, compiled: Compiled, choices: Mapping[int, int], budget: Budget, opened: Sequence[int] = ()
    ) -> None:
        budget.spend(compiled.solver.weight)
        self.compiled = compiled
        self.domains = list(compiled.domains)
        is_set = [False] * len(self.domains)
        for place, quantity in choices.items():
            self.domains[place] = compiled.domains[place] & (1 << min(quantity, LARGEST + 1))
            is_set[place] = True
        for place in opened:
            self.domains[place], is_set[place] = compiled.domains[place], True
        self.active = compiled.active(is_set)
        self.active[: len(self.domains)] = bytes(len(self.domains))  # the domains hold these bounds already
        self.is_open = all(self.domains) and compiled.solver.narrow(self.domains, self.active)

    def solve(self, wish: Sequence[int], budget: Budget, *, is_wish_valid: bool = False) -> list[int] | None:
        """Return a valid list near a wish."""
        if not self.is_open:
            return None
        solver = self.compiled.solver
        return solver.solve(self.domains.copy(), self.active, wish, budget, is_wish_valid=is_wish_valid)

    def solve_with(self, place: int, domain: int, valid: Sequence[int], budget: Budget) -> list[int] | None:
        """Return a valid list near another one in which an option has a quantity of a domain."""
        domains = self.domains.copy()
        domains[place] = domain
        if not self.compiled.solver.narrow(domains, self.active, (place,)):
            return None
        return self.compiled.solver.solve(domains, self.active, valid, budget, is_wish_valid=True)

    def fitting(self, place: int, valid: Sequence[int], budget: Budget) -> int:
        """Return the quantities of an option that are valid while all others stay."""
        budget.spend(self.compiled.solver.weights[place])
        found = self.domains[place]
        for number in self.compiled.solver.about[place]:
            if self.active[number]:
                found = fitting(self.compiled.solver.formulas[number], place, valid, found)
        return found


def wished(compiled: Compiled, choices: Mapping[int, int]) -> list[int]:
    """Return the quantities that a valid list should be near to."""
    return [min(quantity, LARGEST) for quantity in settle(compiled, choices).quantities]


def remaining(compiled: Compiled, choices: Mapping[int, int], budget: Budget | None = None) -> list[Left]:
    """Return which quantities every option may still have, given what is chosen; of a chosen one, given the others.

    A quantity is left where some valid list has it.
    """
    budget = budget or Budget()
    found: list[Left | None] = [None] * len(compiled.domains)
    wish = wished(compiled, choices)
    plain = [place for place in range(len(found)) if place not in choices and place not in compiled.special]
    try:
        question = _Question(compiled, choices, budget)
        valid = question.solve(wish, budget)
    except OpenError:
        return [Left(domain, is_proven=False) for domain in compiled.domains]
    if valid is not None:
        _fill(question, plain, valid, found, budget)
    for place in range(len(found)):
        if place in choices or place in compiled.special:
            found[place] = _alone(compiled, choices, place, valid or wish, budget)
    return [left or Left(0) for left in found]


def _fill(
    question: _Question, places: Sequence[int], valid: list[int], found: list[Left | None], budget: Budget
) -> None:
    """Answer for options that share a question: what one valid list shows of them all is not asked again."""
    seen = {place: 1 << valid[place] for place in places}
    for place in places:
        try:
            _settle_one(question, place, valid, seen, budget)
            found[place] = Left(seen[place])
        except OpenError:
            found[place] = Left(question.domains[place], is_proven=False)


def _settle_one(question: _Question, place: int, valid: list[int], seen: dict[int, int], budget: Budget) -> None:
    """Find all quantities of an option that valid lists have; what the lists show of other options is noted as well."""
    seen[place] |= question.fitting(place, valid, budget)
    while doubtful := question.domains[place] & ~seen[place]:
        other = question.solve_with(place, doubtful, valid, budget)
        if other is None:
            question.domains[place] &= seen[place]
            return
        for at in seen:
            seen[at] |= 1 << other[at]
        seen[place] |= question.fitting(place, other, budget)


def _alone(compiled: Compiled, choices: Mapping[int, int], place: int, wish: Sequence[int], budget: Budget) -> Left:
    """Answer for an option that is set already, or for which it matters that the user sets it."""
    others = {at: quantity for at, quantity in choices.items() if at != place}
    found: list[Left | None] = [None] * len(compiled.domains)
    try:
        question = _Question(compiled, others, budget, (place,))
        valid = question.solve(wish, budget)
    except OpenError:
        return Left(compiled.domains[place], is_proven=False)
    if valid is None:
        return Left(0)
    _fill(question, (place,), valid, found, budget)
    return found[place] or Left(0)


def complete(compiled: Compiled, choices: Mapping[int, int], budget: Budget | None = None) -> dict[int, int] | None:
    """Return the choices with what makes them a valid list, changing as little as was seen to do; None if nothing does.

    Raises:
        OpenError: the budget ran out.
    """
    settled = settle(compiled, choices)
    if not compiled.broken(settled.quantities, settled.is_set):
        return dict(choices)
    budget = budget or Budget()
    found = _Question(compiled, choices, budget).solve(wished(compiled, choices), budget)
    if found is None:
        return None
    defaults = {compiled.model.at[rule.body.option] for rule in compiled.model.rules if isinstance(rule.body, Default)}
    made = {**choices, **{place: found[place] for place in defaults}}
    for place, quantity in enumerate(found):
        feed = compiled.feeds.get(place)
        if place not in made and quantity != (feed.quantity(found) if feed else 0):
            made[place] = quantity
    return made


@dataclass(frozen=True, slots=True)
class Reason:
    """Choices that cannot be had together, and the rules that say so; without one of them they could.

    Attributes:
        choices: positions of options.
        rules: what stands against them.
    """

    choices: tuple[int, ...]
    rules: tuple[Constraint, ...]


def why_none(compiled: Compiled, choices: Mapping[int, int], budget: Budget | None = None) -> Reason | None:
    """Return why no valid list holds these choices, None where one does.

    Raises:
        OpenError: the budget ran out.
    """
    budget = budget or Budget()
    needed = dict(choices)
    if not _is_impossible(compiled, needed, None, budget):
        return None
    while (fewer := _without_one(compiled, needed, budget)) is not None:
        needed = fewer
    kept = [number for number, counts in enumerate(compiled.active(_is_set(compiled, needed))) if counts]
    size = len(kept) // 2 or 1
    while size:  # many rules at once first: few of them matter
        at = 0
        while at < len(kept):
            fewer_rules = kept[:at] + kept[at + size :]
            if _is_impossible(compiled, needed, fewer_rules, budget):
                kept = fewer_rules
            else:
                at += size
        size //= 2
    return Reason(tuple(needed), tuple(compiled.constraints[number] for number in kept))


def _without_one(compiled: Compiled, choices: Mapping[int, int], budget: Budget) -> dict[int, int] | None:
    """Return the choices without one that does not matter, None where each does.

    Each is asked about again after one is gone: a no to what comes along may have made room for another choice.
    """
    for place in choices:
        fewer = {at: quantity for at, quantity in choices.items() if at != place}
        if _is_impossible(compiled, fewer, None, budget):
            return fewer
    return None


def _is_set(compiled: Compiled, choices: Mapping[int, int]) -> list[bool]:
    return [place in choices for place in range(len(compiled.domains))]


def _is_impossible(compiled: Compiled, choices: Mapping[int, int], only: Sequence[int] | None, budget: Budget) -> bool:
    """Tell whether no list holds the choices and obeys all rules, or only some, by number."""
    question = _Question(compiled, choices, budget)
    if only is not None:
        question.domains = [
            1 << min(choices[place], LARGEST + 1) if place in choices else domain
            for place, domain in enumerate(compiled.domains)
        ]
        question.active = bytearray(len(compiled.constraints))
        for number in only:
            question.active[number] = 1
        question.is_open = compiled.solver.narrow(question.domains, question.active)
    return question.solve(wished(compiled, choices), budget) is None
