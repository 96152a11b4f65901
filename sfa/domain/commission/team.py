"""Who reports to whom on a day (domain.md 1.4)."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from sfa.domain.commission.case import CaseError, ReportsTo


class Hierarchy:
    """Managers above somebody, nearest first, as of a day.

    Raises:
        CaseError: somebody reports to themselves, or to two people at a time.
    """

    def __init__(self, rows: Sequence[ReportsTo]) -> None:
        self._changes = sorted({day for row in rows for day in (row.starts, row.ends)})
        self._above = [_managers(rows, day) for day in self._changes]
        self._chains: dict[tuple[str, int], tuple[str, ...]] = {}
        for index, (above, day) in enumerate(zip(self._above, self._changes, strict=True)):
            for person in above:
                self._chains[person, index] = _chain(person, above, day)

    def above(self, person: str, day: date) -> tuple[str, ...]:
        """Return the managers above somebody on a day, nearest first."""
        return self._chains.get((person, bisect_right(self._changes, day) - 1), ())


def _managers(rows: Sequence[ReportsTo], day: date) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows:
        if row.starts <= day < row.ends:
            if found.get(row.participant, row.manager) != row.manager:
                raise CaseError(f"{row.participant} reports to {found[row.participant]} and {row.manager} on {day}.")
            found[row.participant] = row.manager
    return found


def _chain(person: str, above: dict[str, str], day: date) -> tuple[str, ...]:
    chain: list[str] = []
    boss = above.get(person)
    while boss is not None:
        if boss == person or boss in chain:
            circle = " → ".join([person, *chain, boss])
            raise CaseError(f"{boss} reports to themselves on {day}: {circle}.")
        chain.append(boss)
        boss = above.get(boss)
    return tuple(chain)
