"""The numbers of a pipeline (domain.md 3.2) and the health of a deal."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

PPM = 1_000_000
FRESH_DAYS = 7


class HealthFlag(Enum):
    """What is wrong with a deal: a glyph and a word, so that colour never stands alone."""

    NO_NEXT_STEP = ("○", "no next step")
    OVERDUE = ("!", "close date passed")
    ROTTING = ("~", "stuck")

    @property
    def glyph(self) -> str:
        """Return the sign shown on the board."""
        return self.value[0]

    @property
    def word(self) -> str:
        """Return what the sign means."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class DealState:
    """What the health of a deal depends on; days are local dates.

    Attributes:
        planned_on: the next day with an activity or task planned.
        rot_days: the limit of its stage; None where a deal may stand as long as it likes.
    """

    is_open: bool
    close_date: date | None
    next_step: str | None
    next_step_on: date | None
    stage_entered_on: date | None
    last_activity_on: date | None
    planned_on: date | None
    rot_days: int | None


def health(state: DealState, today: date) -> frozenset[HealthFlag]:
    """Return what is wrong with an open deal; a closed one is never ill (domain.md 3.2)."""
    if not state.is_open:
        return frozenset()
    planned = [day for day in (state.planned_on, state.next_step_on) if day is not None and day >= today]
    found = {
        HealthFlag.NO_NEXT_STEP: not (state.next_step or "").strip() and not planned,
        HealthFlag.OVERDUE: state.close_date is not None and state.close_date < today,
        HealthFlag.ROTTING: _is_rotting(state, today) and not any((day - today).days <= FRESH_DAYS for day in planned),
    }
    return frozenset(flag for flag, is_ill in found.items() if is_ill)


def _is_rotting(state: DealState, today: date) -> bool:
    """Tell whether it stands longer in its stage than the limit, and no activity was completed within the limit."""
    if not state.rot_days or state.stage_entered_on is None:
        return False
    touched = max(state.stage_entered_on, state.last_activity_on or state.stage_entered_on)
    return (today - touched).days > state.rot_days


def win_rate(won: int, lost: int) -> Fraction | None:
    """Return won / (won + lost), None where nothing was closed; open deals never count."""
    return Fraction(won, won + lost) if won + lost else None


def weighted(deals: Iterable[tuple[int, int]]) -> int:
    """Return the sum of amount times probability, in minor units, rounded half away from zero.

    Args:
        deals: amount in minor units and probability in ppm; a won deal has 1,000,000.
    """
    total = sum(amount * probability for amount, probability in deals)
    size = (2 * abs(total) + PPM) // (2 * PPM)
    return size if total >= 0 else -size


def roll_up(by_category: Mapping[str, int]) -> dict[str, int]:
    """Return closed, commit, best and total, each holding the one before (domain.md 3.2)."""
    closed = by_category.get("closed", 0)
    commit = closed + by_category.get("commit", 0)
    best = commit + by_category.get("best_case", 0)
    return {"closed": closed, "commit": commit, "best": best, "total": best + by_category.get("pipeline", 0)}


def coverage(open_minor: int, quota_minor: int, won_minor: int) -> Fraction | None:
    """Return open pipeline over what is missing to the quota; None where the quota is met."""
    missing = max(quota_minor - won_minor, 0)
    return Fraction(open_minor, missing) if missing else None


def median_cycle(days: Sequence[int]) -> Fraction | None:
    """Return the median of days from creation to winning; None where nothing was won."""
    if not days:
        return None
    ordered = sorted(days)
    half = len(ordered) // 2
    return Fraction(ordered[half] + ordered[-half - 1], 2)


def velocity(count: int, average_minor: int, rate: Fraction, cycle_days: Fraction | int) -> Fraction | None:
    """Return minor units per day: deals, average and win rate over the cycle; None for a cycle of no days."""
    return count * average_minor * rate / Fraction(cycle_days) if cycle_days else None


def slippage(due: int, slipped: int) -> Fraction | None:
    """Return the share of deals dated into a period that are open after it with a later date."""
    return Fraction(slipped, due) if due else None
