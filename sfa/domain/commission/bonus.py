"""A bonus: a target, weighed and scored (domain.md 1.4)."""

from fractions import Fraction

from sfa.domain.commission.sums import rounded
from sfa.domain.figures import PPM


def bonus(target_minor: int, weight_ppm: int, score_ppm: int, most_ppm: int = PPM) -> int:
    """Return a bonus; a score lies between nothing and the most."""
    score = min(max(score_ppm, 0), most_ppm)
    return rounded(Fraction(target_minor * weight_ppm * score, PPM * PPM))
