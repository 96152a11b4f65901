"""What comes on top: campaigns with a budget, bonuses, and what a team earns its manager (domain.md 1.4)."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from sfa.domain.commission.sums import rounded
from sfa.domain.figures import PPM


class TeamError(ValueError):
    """A team in which somebody reports to themselves."""


def spiff(amounts_minor: Sequence[int], budget_minor: int | None = None, most_minor: int | None = None) -> list[int]:
    """Return what each event of one person is paid, in their order; the one that exhausts a limit gets the rest."""
    limits = [limit for limit in (budget_minor, most_minor) if limit is not None]
    paid: list[int] = []
    for amount in amounts_minor:
        left = min((limit - sum(paid) for limit in limits), default=amount)
        paid.append(max(0, min(amount, left)))
    return paid


def bonus(target_minor: int, weight_ppm: int, score_ppm: int, most_ppm: int = PPM) -> int:
    """Return a bonus; a score lies between nothing and the most."""
    score = min(max(score_ppm, 0), most_ppm)
    return rounded(Fraction(target_minor * weight_ppm * score, PPM * PPM))


def team_of(manager: str, manager_of: Mapping[str, str], depth: int) -> set[str]:
    """Return who reports to a manager, up to a depth, without the manager.

    Raises:
        TeamError: somebody reports to themselves.
    """
    found: set[str] = set()
    for person in manager_of:
        seen, above, level = {person}, manager_of.get(person, ""), 1
        while above:
            if above in seen:
                raise TeamError(f"{above} reports to themselves.")
            if above == manager and level <= depth:
                found.add(person)
            seen.add(above)
            above, level = manager_of.get(above, ""), level + 1
    return found
