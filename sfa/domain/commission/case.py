"""All that a calculation is told: plans, people, periods, facts; a run is a pure function of it (domain.md 1.2)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sfa.domain.commission.events import Event, Share
from sfa.domain.commission.periods import Calendar
from sfa.domain.commission.plan import Plan
from sfa.domain.commission.settlement import Balances, Draw
from sfa.domain.figures import PPM

NOTHING_OWED = Balances()


class CaseError(ValueError):
    """A case that does not fit together."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who is paid by which plan, from a day until before another."""

    participant: str
    plan: str
    starts: date = date.min
    ends: date = date.max


@dataclass(frozen=True, slots=True)
class QuotaRow:
    """What somebody is measured by in a window; component "" is every one of the plan's."""

    participant: str
    window: str
    amount_minor: int
    component: str = ""
    target_minor: int | None = None
    ramp_ppm: int = PPM


@dataclass(frozen=True, slots=True)
class Leave:
    """Days on which somebody is assigned and not active."""

    participant: str
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class ReportsTo:
    """Who reports to whom, from a day until before another."""

    participant: str
    manager: str
    starts: date = date.min
    ends: date = date.max


@dataclass(frozen=True, slots=True)
class FxRate:
    """Units of one currency for one of another, scaled by 10^9.

    Attributes:
        kind: `day` (on), `average` or `end` (window), or `budget`.
    """

    source: str
    target: str
    rate_e9: int
    kind: str = "day"
    on: date = date.min
    window: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """A rating of a bonus in ppm, or the value of a KPI, for a window."""

    participant: str
    component: str
    window: str
    value: int


@dataclass(frozen=True, slots=True)
class DatedRelease:
    """What of a sale's holdback is let go on a day: going live, acceptance."""

    event_id: str
    on: date
    share_ppm: int = PPM
    is_forfeit: bool = False


@dataclass(frozen=True, slots=True)
class Adjustment:
    """An amount that somebody asked for and somebody else approved."""

    id: str
    participant: str
    period: str
    amount_minor: int
    reason: str
    requested_by: str
    approved_by: str = ""
    recorded_at: str = ""


@dataclass(frozen=True, slots=True)
class DrawTerms:
    """A guarantee for each statement period, and how much of earnings may be recovered."""

    participant: str
    guarantee_minor: int = 0
    draw: Draw = Draw.RECOVERABLE
    recovery_ppm: int = PPM
    draw_recovery_ppm: int = PPM
    starts: date = date.min
    ends: date = date.max
    recovery_from: date = date.min


@dataclass(frozen=True, slots=True)
class Posted:
    """What earlier statements hold for an earning period; with an event, what its own line came to.

    Whoever has a row without an event gets no statement for closed periods: balances open with the oldest open one.

    Attributes:
        is_held: whether it is what was let go, less what was withheld.
        rule: plan and version that it came of, where known.
    """

    participant: str
    component: str
    period: str
    amount_minor: int
    event_id: str = ""
    is_held: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """Balances before the first statement, and the hash of the one before it."""

    owed: Balances = NOTHING_OWED
    holdback_minor: int = 0
    hash: str = ""


@dataclass(frozen=True, slots=True)
class SplitRow:
    """The shares of an event as they were recorded at a time; later ones take their place."""

    recorded_at: str
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """All that a run is told.

    Attributes:
        events: in total order, `Event.order`; an iterator is read once.
        splits: the shares of events that are not all their owner's.
        referred: ids of events that later ones take back, restore or pay; None: they are looked up in `events`.
        is_whole: whether all that was posted comes of these events, so that what is gone is taken back.
        as_of: the day behind the last one that counts, for what falls due by itself; None: all periods.
    """

    plans: Sequence[Plan]
    calendar: Calendar
    assignments: Sequence[Assignment]
    events: Iterable[Event]
    splits: Mapping[str, Sequence[SplitRow]] = field(default_factory=dict)
    quotas: Sequence[QuotaRow] = ()
    leaves: Sequence[Leave] = ()
    holidays: frozenset[date] = frozenset()
    hierarchy: Sequence[ReportsTo] = ()
    fx: Sequence[FxRate] = ()
    scores: Sequence[Score] = ()
    releases: Sequence[DatedRelease] = ()
    adjustments: Sequence[Adjustment] = ()
    draws: Sequence[DrawTerms] = ()
    posted: Sequence[Posted] = ()
    openings: Mapping[str, Opening] = field(default_factory=dict)
    referred: frozenset[str] | None = None
    is_whole: bool = False
    as_of: date | None = None
