"""What people said a period would bring: which of their numbers stands on a day, for whose deals (domain.md 3.6)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sfa.domain.forecast.book import Period

COMMIT = "commit"
CATEGORIES = (COMMIT, "best_case", "pipeline")
"""What is committed to; what may come at best; everything dated into the period. Each holds the one before."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose deals a number is about.

    Attributes:
        owner: id of a person; None: everybody's deals.
        is_rolled_up: with everybody below that person.
        owners: all ids that this comes to; none: everybody's.
    """

    owner: str | None = None
    is_rolled_up: bool = False
    owners: Collection[str] = ()

    @property
    def key(self) -> tuple[str | None, bool]:
        """Return what tells two scopes apart."""
        return self.owner, self.is_rolled_up


EVERYBODY = Scope()


@dataclass(frozen=True, slots=True)
class Submission:
    """A number that somebody submitted, in minor units of the whole period.

    Attributes:
        by: who said it; "" where it adds up what several said.
        scope: owner and whether it is rolled up, as `Scope.key`.
        on: the day on which it was said.
        low_minor: P10 where a range was given.
        high_minor: P90, likewise.
    """

    by: str
    scope: tuple[str | None, bool]
    period: Period
    on: date
    category: str
    point_minor: int
    low_minor: int | None = None
    high_minor: int | None = None


@dataclass(frozen=True, slots=True)
class Submissions:
    """All submitted numbers, the oldest first, and whose deals are asked for."""

    all: Sequence[Submission] = ()
    scope: Scope = EVERYBODY

    def standing(self, period: Period, day: date, category: str = COMMIT) -> Submission | None:
        """Return the number that stood for a period at the end of a day.

        It is the latest that is about just these deals; of several people's deals, else the sum of the latest that
        each of them said of their own.
        """
        known = [
            found for found in self.all if found.period == period and found.category == category and found.on <= day
        ]
        latest = {found.scope: found for found in known}
        if self.scope.key in latest or len(self.scope.owners) == 1:
            return latest.get(self.scope.key)
        return _sum(
            [
                found
                for (owner, is_rolled_up), found in latest.items()
                if owner and not is_rolled_up and (not self.scope.owners or owner in self.scope.owners)
            ]
        )


def _sum(own: Sequence[Submission]) -> Submission | None:
    if len(own) < 2:  # noqa: PLR2004 - one number is itself
        return own[0] if own else None
    newest = max(own, key=lambda found: found.on)
    return Submission(
        "", (None, False), newest.period, newest.on, newest.category, sum(found.point_minor for found in own)
    )
