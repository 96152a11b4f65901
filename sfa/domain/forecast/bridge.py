"""What became of a pipeline between two days, to the last unit (domain.md 3.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from sfa.domain.forecast.book import Period, Seen, Snapshot

ADDED = ("created", "pulled_in", "amount_changes")
TAKEN = ("won", "lost", "pushed_out")
BESIDE = ("created_and_won", "won_undated")
BUCKETS = (*ADDED, *TAKEN, *BESIDE, "outside")


@dataclass(frozen=True, slots=True)
class Bridge:
    """From one amount of open deals dated into a period to the other.

    `end = begin + created + pulled_in + amount_changes - won - lost - pushed_out`, always.

    Attributes:
        begin_minor: deals dated into the period on the first day.
        end_minor: those on the last.
        amounts: by bucket, in minor units; `created_and_won` (both inside the window) and `won_undated` (open before,
            dated elsewhere, won in the period) stand beside the sum.
        deals: the ids of each bucket; every deal is in exactly one.
    """

    begin_minor: int
    end_minor: int
    amounts: Mapping[str, int]
    deals: Mapping[str, tuple[str, ...]]

    @property
    def difference(self) -> int:
        """Return what the steps leave unexplained; it is 0."""
        steps = sum(self.amounts[name] for name in ADDED) - sum(self.amounts[name] for name in TAKEN)
        return self.end_minor - self.begin_minor - steps


def bridge(before: Snapshot, after: Snapshot, period: Period) -> Bridge:
    """Return what happened to deals dated into a period between two snapshots.

    Raises:
        ValueError: the second snapshot is older than the first.
    """
    if after.day < before.day:
        raise ValueError("a bridge leads from the older day to the newer")
    earlier = {deal.id: deal for deal in before.deals}
    amounts = dict.fromkeys(BUCKETS, 0)
    deals: dict[str, list[str]] = {name: [] for name in BUCKETS}
    for deal in after.deals:
        bucket, minor = _placed(earlier.get(deal.id), deal, before, period)
        amounts[bucket] += minor
        deals[bucket].append(deal.id)
    begin, end = (sum(_value(deal) for deal in day.open if deal.is_due(period)) for day in (before, after))
    return Bridge(begin, end, amounts, {name: tuple(ids) for name, ids in deals.items()})


def _placed(was: Seen | None, now: Seen, before: Snapshot, period: Period) -> tuple[str, int]:
    """Return the bucket of a deal, and its amount there."""
    was_due, is_due = was is not None and was.is_due(period), now.is_due(period)
    if was is not None and was_due:
        if is_due:
            return "amount_changes", _value(now) - _value(was)
        left = "pushed_out" if now.is_open else "won" if now.is_won else "lost"
        return left, _value(was)
    if is_due:
        return "created" if was is None else "pulled_in", _value(now)
    is_new_win = now.is_won and now.closed_on in period and (now.closed_on or before.day) > before.day
    if is_new_win:
        return "created_and_won" if was is None else "won_undated", _value(now)
    return "outside", 0


def _value(deal: Seen) -> int:
    return deal.value_minor or 0


@dataclass(frozen=True, slots=True)
class Slip:
    """What became of the deals that were dated into a period on a day (domain.md 3.2).

    Attributes:
        due: those deals.
        slipped: the ones open at the end with a later date.
        overdue: the ones open with a date that has passed.
        pushes: how often each deal's date was put off until then, for those that were.
    """

    due: tuple[Seen, ...]
    won: tuple[str, ...]
    lost: tuple[str, ...]
    slipped: tuple[str, ...]
    overdue: tuple[str, ...]
    pushes: Mapping[str, int]


def slip(before: Snapshot, after: Snapshot, period: Period) -> Slip:
    """Return how the deals dated into a period went."""
    now = {deal.id: deal for deal in after.deals}
    due = tuple(deal for deal in before.open if deal.is_due(period))
    groups: dict[str, list[str]] = {"won": [], "lost": [], "slipped": [], "overdue": [], "": []}
    for deal in due:
        found = now.get(deal.id)
        groups[_fate(found, period, after)].append(deal.id)
    pushes = {deal.id: count for deal in due if (count := pushed(deal, after))}
    won, lost, slipped, overdue = (tuple(groups[name]) for name in ("won", "lost", "slipped", "overdue"))
    return Slip(due, won, lost, slipped, overdue, pushes)


def _fate(deal: Seen | None, period: Period, after: Snapshot) -> str:
    if deal is None:
        return ""
    if not deal.is_open:
        return "won" if deal.is_won else "lost"
    close = deal.state.close_date
    if close is not None and close >= period.end:
        return "slipped"
    return "overdue" if close is not None and close <= after.day else ""


def pushed(deal: Seen, until: Snapshot) -> int:
    """Return how often the close date of a deal was put off."""
    days = [state.close_date for state in deal.deal.states if state.on <= until.day and state.is_won is None]
    return sum(1 for old, new in pairwise(days) if old and new and new > old)
