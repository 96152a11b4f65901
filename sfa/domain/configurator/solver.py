"""Finds quantities that satisfy formulas: bounds are propagated, then the options of broken formulas are parted.

The search is exact and complete; a budget of work bounds it, and who asks is told where it ran out.
"""

from collections.abc import Iterable, Sequence

from sfa.domain.configurator.formula import (
    All,
    Any,
    Formula,
    Sum,
    fitting,
    highest,
    holds,
    options_in,
    possible,
    terms_in,
)

WORK = 8_000_000
"""How many terms may be looked at for one question before it stays open: about a second."""


class OpenError(Exception):
    """The budget ran out before the answer was known."""


class Budget:
    """Work that is left."""

    def __init__(self, work: int = WORK) -> None:
        self.left = work

    def spend(self, work: int) -> None:
        """Take some of it.

        Raises:
            OpenError: none is left.
        """
        if self.left <= 0:
            raise OpenError
        self.left -= work


class Solver:
    """Formulas, and which of them speak of which option.

    Attributes:
        weight: how many terms they have, which is the work of looking at all of them.
        weights: the same of those that speak of an option.

    Args:
        formulas: all that may ever count; which ones do, each question says.
        size: how many options there are.
    """

    def __init__(self, formulas: Sequence[Formula], size: int) -> None:
        self.formulas = formulas
        self.weight = sum(map(terms_in, formulas))
        self.options = [sorted(options_in(formula)) for formula in formulas]
        self.about: list[list[int]] = [[] for _ in range(size)]
        self.weights = [0] * size
        for number, options in enumerate(self.options):
            for place in options:
                self.about[place].append(number)
                self.weights[place] += terms_in(formulas[number])

    def narrow(self, domains: list[int], active: bytearray, changed: Iterable[int] | None = None) -> bool:
        """Take impossible quantities out of the domains, in place; tell whether a solution may be left.

        Args:
            domains: by option.
            active: which formulas count.
            changed: the options that were narrowed since the last time; None for all formulas.
        """
        waiting = bytearray(len(self.formulas))
        queue = [number for number in range(len(waiting)) if active[number]] if changed is None else []
        for place in changed or ():
            queue += [number for number in self.about[place] if active[number]]
        for number in queue:
            waiting[number] = 1
        while queue:
            number = queue.pop()
            if not waiting[number]:
                continue
            waiting[number] = 0
            touched: list[int] = []
            if not _enforce(self.formulas[number], domains, touched):
                return False
            for place in touched:
                for other in self.about[place]:
                    if active[other] and not waiting[other]:
                        waiting[other] = 1
                        queue.append(other)
        return True

    def solve(
        self,
        domains: list[int],
        active: bytearray,
        wish: Sequence[int],
        budget: Budget,
        *,
        is_wish_valid: bool = False,
    ) -> list[int] | None:
        """Return quantities that satisfy the active formulas, near those wished for; None where there are none.

        Args:
            domains: by option, narrowed.
            active: which formulas count.
            wish: quantities by option.
            budget: of work.
            is_wish_valid: the wish satisfies the formulas, so that only what differs need be looked at.

        Raises:
            OpenError: the budget ran out.
        """
        branches = [domains]
        while branches:
            current = branches.pop()
            pick = [
                want if domain >> want & 1 else _nearest(domain, want)
                for domain, want in zip(current, wish, strict=True)
            ]
            broken = self._broken(pick, active, wish if is_wish_valid else None)
            if broken is None:
                return pick
            budget.spend(self.weight)
            place, first = self._parting(broken, pick, current)
            for part in (current[place] & ~first, first):
                branch = current.copy()
                branch[place] = part
                if part and self.narrow(branch, active, (place,)):
                    branches.append(branch)
        return None

    def _broken(self, pick: list[int], active: bytearray, valid: Sequence[int] | None) -> int | None:
        """Return a formula that the pick breaks, None where there is none."""
        if valid is None:
            numbers: Iterable[int] = range(len(self.formulas))
        else:
            numbers = [
                number
                for place, (is_now, was) in enumerate(zip(pick, valid, strict=True))
                if is_now != was
                for number in self.about[place]
            ]
        for number in numbers:
            if active[number] and not holds(self.formulas[number], pick):
                return number
        return None

    def _parting(self, broken: int, pick: list[int], domains: list[int]) -> tuple[int, int]:
        """Return an option of a broken formula and the quantities to try first: such that mend it, if there are any."""
        formula = self.formulas[broken]
        free = [place for place in self.options[broken] if domains[place] & (domains[place] - 1)]
        for place in free:
            if mending := fitting(formula, place, pick, domains[place]):
                return place, mending
        place = free[0]
        half = domains[place].bit_length() // 2 or 1
        lower = _lower_part(domains[place], half)
        return place, domains[place] & ~lower if lower >> pick[place] & 1 else lower


def _lower_part(domain: int, half: int) -> int:
    """Return the lower of two parts of a domain with at least two quantities, neither of them empty."""
    lower = domain & ((1 << half) - 1)
    return lower if lower and lower != domain else domain & -domain


def _nearest(domain: int, wish: int) -> int:
    """Return the quantity of a domain that is nearest to a wish, the lower of two."""
    below = (domain & ((1 << wish) - 1)).bit_length() - 1
    above = domain >> wish
    if not above:
        return below
    up = (above & -above).bit_length() - 1
    return below if below >= 0 and wish - below <= up else wish + up


def _enforce(formula: Formula, domains: list[int], touched: list[int]) -> bool:
    """Narrow domains so that the formula may hold; tell whether it may."""
    if isinstance(formula, Sum):
        return _enforce_sum(formula, domains, touched)
    if isinstance(formula, All):
        return all(_enforce(part, domains, touched) for part in formula.parts)
    return _enforce_any(formula, domains, touched)


def _enforce_any(formula: Any, domains: list[int], touched: list[int]) -> bool:
    last: Formula | None = None
    for part in formula.parts:
        if possible(part, domains):
            if last is not None:
                return True
            last = part
    return last is not None and _enforce(last, domains, touched)


def _enforce_sum(formula: Sum, domains: list[int], touched: list[int]) -> bool:
    slack = highest(formula.terms, domains) - formula.bound
    if slack < 0:
        return False
    for factor, place, is_once in formula.terms:
        before = domains[place]
        if not before & (before - 1):
            continue
        after = before
        if is_once:
            if factor > slack:
                after = before & ~1
            elif -factor > slack:
                after = before & 1 or before
        elif factor > 0:
            lowest = before.bit_length() - 1 - slack // factor
            if lowest > 0:
                after = before >> lowest << lowest
        else:
            least = (before & -before).bit_length() - 1
            after = before & ((2 << (least + slack // -factor)) - 1)
        if after != before:
            domains[place] = after
            touched.append(place)
    return True
