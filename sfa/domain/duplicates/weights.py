"""What agreement of a field is worth, learnt from the file itself (Fellegi and Sunter; EM as in Winkler 1988).

For each field and level of agreement `m` is its share among pairs of one person, `u` among pairs of two. `u` is counted
over pairs drawn evenly from the whole file, `m` and the number of pairs of one person are estimated by expectation and
maximisation over the candidates. Both begin with, and are held by, the shares of `PRIORS`, so that a file of three
rows is judged as well. The same file gives the same weights: nothing is random.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import Final

from sfa.domain.duplicates.likeness import DIFFERENT, MISSING

LEVELS: Final = 5
ROUNDS: Final = 40
SETTLED: Final = 1e-4
MATCH_WEIGHT: Final = 30.0
"""As how many pairs of one person the prior shares count."""
DRAWN_WEIGHT: Final = 2_000.0
"""As how many drawn pairs the prior shares count."""
FEWEST_SHARE: Final = 0.01
"""Pairs of one person to each record that are believed in before the file is seen."""
PAIRS_BEFORE: Final = 500
"""Pairs of two people that are believed in before the file is seen: a pair alone does not prove itself."""
LEAST_SHARE: Final = 1e-6
MOST_DIFFERENT: Final = 0.3
_FURTHEST: Final = 40.0

Shares = tuple[float, ...]
_MATCH: Final[Shares] = (0.0, 0.06, 0.04, 0.15, 0.75)
PRIORS: Final[dict[str, tuple[Shares, Shares]]] = {
    "given": (_MATCH, (0.0, 0.955, 0.025, 0.01, 0.01)),
    "family": (_MATCH, (0.0, 0.967, 0.02, 0.008, 0.005)),
    "date": (_MATCH, (0.0, 0.9847, 0.014, 0.001, 0.0003)),
    "code": (_MATCH, (0.0, 0.9847, 0.01, 0.005, 0.0003)),
    "place": (_MATCH, (0.0, 0.975, 0.005, 0.01, 0.01)),
    "house": (_MATCH, (0.0, 0.9817, 0.015, 0.003, 0.0003)),
    "text": (_MATCH, (0.0, 0.965, 0.02, 0.005, 0.01)),
    "reach": (_MATCH, (0.0, 0.998, 0.0008, 0.0007, 0.0005)),
}
"""Kind of field -> the shares of the levels (missing, different, similar, near, same) among pairs of one, of two."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What levels are worth, in natural logarithms of the odds that two records are one person.

    Attributes:
        prior: before anything is compared.
        by_field: for each field, by level.
    """

    prior: float
    by_field: tuple[Shares, ...]

    def odds(self, levels: Sequence[int]) -> float:
        """Return the logarithm of the odds of a pair."""
        return self.prior + sum(weights[level] for weights, level in zip(self.by_field, levels, strict=True))


def probability(odds: float) -> float:
    """Return the probability of logarithmic odds."""
    return 1 / (1 + exp(-max(-_FURTHEST, min(_FURTHEST, odds))))


def estimate(
    kinds: Sequence[str],
    patterns: Mapping[tuple[int, ...], int],
    drawn: Sequence[Sequence[int]],
    records: int,
) -> Weights:
    """Return the weights of a file.

    Args:
        kinds: of the fields, as in PRIORS.
        patterns: levels of the candidates, with how many pairs have them.
        drawn: for each field how many of the evenly drawn pairs have each level.
        records: how many there are.
    """
    pairs = PAIRS_BEFORE + records * (records - 1) / 2
    matches = FEWEST_SHARE * records
    same = [PRIORS[kind][0] for kind in kinds]
    weights = _weights(matches / pairs, same, kinds, drawn)
    for _ in range(ROUNDS):
        before = matches
        matches, same = _maximise(kinds, patterns, weights, records)
        weights = _weights(matches / pairs, same, kinds, drawn)
        if abs(matches - before) <= SETTLED * before:
            break
    return weights


def _maximise(
    kinds: Sequence[str], patterns: Mapping[tuple[int, ...], int], weights: Weights, records: int
) -> tuple[float, list[Shares]]:
    """Return how many pairs are of one person, and the shares of the levels among them."""
    sums = [[MATCH_WEIGHT * share for share in PRIORS[kind][0]] for kind in kinds]
    matches = FEWEST_SHARE * records
    for levels, count in patterns.items():
        weight = count * probability(weights.odds(levels))
        if weight < LEAST_SHARE:
            continue
        matches += weight
        for own, level in zip(sums, levels, strict=True):
            own[level] += weight
    return matches, [_normed(own) for own in sums]


def _normed(sums: Sequence[float]) -> Shares:
    """Return shares of the levels; of one person's fields most agree, else the rounds have run after another group."""
    agreeing = sum(sums[DIFFERENT + 1 :])
    different = min(sums[DIFFERENT], agreeing * MOST_DIFFERENT / (1 - MOST_DIFFERENT))
    total = different + agreeing
    return (0.0, different / total, *(value / total for value in sums[DIFFERENT + 1 :]))


def _weights(share: float, same: Sequence[Shares], kinds: Sequence[str], drawn: Sequence[Sequence[int]]) -> Weights:
    by_field = []
    for own, kind, counts in zip(same, kinds, drawn, strict=True):
        total = sum(counts[MISSING + 1 :])
        # Pairs of one person are among the drawn ones: what they add is taken off again.
        bare = [
            max(count - share * m * total, 0) + DRAWN_WEIGHT * u
            for count, m, u in zip(counts, own, PRIORS[kind][1], strict=True)
        ]
        whole = sum(bare[MISSING + 1 :])
        logs = [log(max(m, LEAST_SHARE) * whole / u) for m, u in zip(own[1:], bare[1:], strict=True)]
        by_field.append((0.0, *logs))
    return Weights(log(share / (1 - share)), tuple(by_field))
