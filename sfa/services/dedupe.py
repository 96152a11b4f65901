"""Doubles in the book: found by scanning it, and gathered into groups that can be merged."""

from collections.abc import Sequence
from dataclasses import dataclass

from db.queries import doubles as queries
from sfa.domain.duplicates.formula import find_pairs
from sfa.domain.duplicates.pairs import WARNS, Pair, Progress
from sfa.errors import UsageError
from sfa.services.desk import Desk
from sfa.services.normal_forms import profile

NOUNS = ("account", "contact")


@dataclass(frozen=True, slots=True)
class Label:
    """What people call a record."""

    id: str
    ref: str
    name: str


@dataclass(frozen=True, slots=True)
class Double:
    """Two records that may be one; `score` from 0 to 1."""

    a: Label
    b: Label
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Records that are one: all others are merged into the one that is kept.

    Attributes:
        keep: the record that stays, the one with the most pairs and of those the oldest.
        others: pairs of it with the records that go.
    """

    keep: Label
    others: tuple[Double, ...]


def require_noun(noun: str) -> str:
    """Return a noun of which doubles are looked for.

    Raises:
        UsageError: it is another one.
    """
    if noun not in NOUNS:
        raise UsageError(f"Duplicates of {noun} are not looked for.", hint="Use --as account or --as contact.")
    return noun


def require_score(score: float) -> float:
    """Return a score.

    Raises:
        UsageError: it is none.
    """
    if not 0 < score <= 1:
        raise UsageError(f"{score:g} is no score.", hint="Scores lie between 0 and 1, such as 0.8.")
    return score


def count(desk: Desk, noun: str) -> int:
    """Return how many records a scan looks at."""
    return int(desk.store.value(f"SELECT count(*) FROM {require_noun(noun)} WHERE deleted_at IS NULL"))  # noqa: S608 - a noun of ours


def scan(desk: Desk, noun: str, above: float = WARNS, on_progress: Progress | None = None) -> list[Double]:
    """Return the pairs of the book that score at least so much, the surest first.

    Raises:
        UsageError: the noun has no doubles, or the score is none.
    """
    require_score(above)
    known = queries.known(desk.store, require_noun(noun))
    labels = {item.id: Label(item.id, item.ref, item.label) for item in known}
    profiles = [profile(noun, item.id, item.texts) for item in known]
    return [_double(labels, pair) for pair in find_pairs(noun, profiles, above, on_progress)]


def _double(labels: dict[str, Label], pair: Pair) -> Double:
    return Double(labels[pair.a], labels[pair.b], pair.score, pair.reasons)


def groups(doubles: Sequence[Double]) -> list[Group]:
    """Return what would be merged into what: every record that goes is a pair with the one that stays.

    A chain (A like B, B like C, but A not like C) is no group: C is left for another time.
    """
    partners: dict[str, dict[str, Double]] = {}
    labels: dict[str, Label] = {}
    for double in doubles:
        for mine, its in ((double.a, double.b), (double.b, double.a)):
            labels[mine.id] = mine
            partners.setdefault(mine.id, {})[its.id] = double
    taken: set[str] = set()
    found = []
    for keep in sorted(partners, key=lambda record: (-len(partners[record]), record)):
        others = {record: double for record, double in partners[keep].items() if record not in taken}
        if keep in taken or not others:
            continue
        taken |= {keep, *others}
        made = [Double(labels[keep], labels[record], its.score, its.reasons) for record, its in sorted(others.items())]
        found.append(Group(labels[keep], tuple(made)))
    return found
