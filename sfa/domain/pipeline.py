"""The numbers of a pipeline (domain.md 3.2) and the health of a deal."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction
from statistics import median

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
    """What the health of a deal depends on; days are local dates."""

    is_open: bool
    close_date: date | None
    next_step: str | None
    next_step_on: date | None
    stage_entered_on: date | None
    last_activity_on: date | None
    planned_on: date | None
    rot_days: int | None


def health(state: DealState, today: date) -> frozenset[HealthFlag]:
    """Return what is wrong with an open deal; a closed one is never ill.

    It rots where it stands longer in its stage than the limit, and had no completed activity within the limit; something
    planned within a week keeps it fresh.
    """
    if not state.is_open:
        return frozenset()
    flags = set()
    planned = [day for day in (state.planned_on, state.next_step_on) if day is not None and day >= today]
    if not state.next_step and not planned:
        flags.add(HealthFlag.NO_NEXT_STEP)
    if state.close_date is not None and state.close_date < today:
        flags.add(HealthFlag.OVERDUE)
    is_planned_soon = any(day <= today + timedelta(days=FRESH_DAYS) for day in planned)
    if state.rot_days and not is_planned_soon:
        limit = today - timedelta(days=state.rot_days)
        touched = max((day for day in (state.stage_entered_on, state.last_activity_on) if day), default=None)
        if touched is not None and touched < limit:
            flags.add(HealthFlag.ROTTING)
    return frozenset(flags)


def win_rate(won: int, lost: int) -> Fraction | None:
    """Return won / (won + lost), None where nothing was closed; open deals never count."""
    return Fraction(won, won + lost) if won + lost else None


def weighted(deals: Iterable[tuple[int, int]]) -> int:
    """Return the sum of amount times probability, in minor units, rounded half away from zero.

    Args:
        deals: amount in minor units and probability in ppm.
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


def median_cycle(days: Sequence[int]) -> float | None:
    """Return the median of days from creation to winning."""
    return float(median(days)) if days else None


def velocity(count: int, average_minor: int, rate: Fraction, cycle_days: Fraction | int) -> Fraction | None:
    """Return minor units per day: count, average deal and win rate over the cycle."""
    return Fraction(count) * average_minor * rate / Fraction(cycle_days) if cycle_days else None


def slippage(due: int, slipped: int) -> Fraction | None:
    """Return the share of deals dated into a period that are open after it with a later date."""
    return Fraction(slipped, due) if due else None
