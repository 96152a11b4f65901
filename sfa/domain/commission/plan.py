"""A commission plan: its components, and what is refused before one is used (domain.md 1.1, 1.3)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from sfa.domain.figures import PPM


class PlanError(ValueError):
    """A plan that cannot be used: a sentence that names the part, and where it stands.

    Attributes:
        component: code of the component, "" for the plan.
        part: the key in it that is at fault, as a plan's text spells it.
        index: which tier or point of it, from 0; -1 where it is none.
    """

    def __init__(self, sentence: str, component: str = "", part: str = "", index: int = -1) -> None:
        super().__init__(f"Component {component}: {sentence}" if component else sentence)
        self.component, self.part, self.index = component, part, index


class Function(StrEnum):
    """How credit becomes earnings (domain.md 1.3)."""

    TIERS = "tiers"
    INTERPOLATED = "interpolated"
    CURVE = "curve"
    MULTIPLIER = "multiplier"
    MATRIX = "matrix"


class Axis(StrEnum):
    """What tiers are bounded by: minor units of credit, or ppm of the quota."""

    AMOUNT = "amount"
    ATTAINMENT = "attainment"


class Mode(StrEnum):
    """Whether each event is rated by itself or all of a window together."""

    CUMULATIVE = "cumulative"
    PER_EVENT = "per_event"


class Measure(StrEnum):
    """What of a sale counts; a margin below zero counts as zero unless it is signed."""

    NET = "net"
    MARGIN = "margin"
    SIGNED_MARGIN = "signed_margin"


class Trigger(StrEnum):
    """Which kind of event pays."""

    BOOKING = "booking"
    DELIVERY = "delivery"
    INVOICE = "invoice"


class Threshold(StrEnum):
    """What a threshold pays once it is reached: all from the first unit, or only what lies above it."""

    GATE = "gate"
    ABOVE_ONLY = "above_only"


class Reversal(StrEnum):
    """How a sale that is taken back is taken back (domain.md 1.8)."""

    RESTATE = "restate"
    ORIGINAL_RATE = "original_rate"
    CURRENT_PERIOD = "current_period"


@dataclass(frozen=True, slots=True)
class Tier:
    """From `lo` to below `hi` (None: open): minor units or ppm of the quota; a matrix has cells by band as well."""

    lo: int
    hi: int | None
    rate_ppm: int = 0
    retro: bool = False
    amount_minor: int = 0
    multiple_ppm: int = 0
    band_lo: int = 0
    band_hi: int | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a payout curve."""

    attainment_ppm: int
    payout_ppm: int


@dataclass(frozen=True, slots=True)
class Decay:
    """How much of a commission is taken back up to so many days after it was earned; nothing after the last step."""

    until_day: int
    share_ppm: int


@dataclass(frozen=True, slots=True)
class Component:
    """One rule of a plan; amounts in minor units of the plan's currency, shares in ppm."""

    code: str
    function: Function = Function.TIERS
    tiers: tuple[Tier, ...] = ()
    points: tuple[Point, ...] = ()
    extend_curve: bool = False
    axis: Axis = Axis.AMOUNT
    mode: Mode = Mode.CUMULATIVE
    measure: Measure = Measure.NET
    trigger: Trigger = Trigger.BOOKING
    only: tuple[tuple[str, tuple[str, ...]], ...] = ()
    threshold_ppm: int = 0
    threshold_mode: Threshold = Threshold.GATE
    gate: str = ""
    gate_ppm: int = PPM
    event_cap_minor: int | None = None
    period_cap_minor: int | None = None
    attainment_cap_ppm: int | None = None
    weight_ppm: int = PPM
    holdback_ppm: int = 0
    reversal: Reversal = Reversal.RESTATE
    decay: tuple[Decay, ...] = ()

    @property
    def needs_quota(self) -> bool:
        """Return whether it says nothing without a quota."""
        of_quota = self.axis == Axis.ATTAINMENT or self.function in {Function.CURVE, Function.MULTIPLIER}
        return of_quota or bool(self.threshold_ppm) or self.attainment_cap_ppm is not None


@dataclass(frozen=True, slots=True)
class Plan:
    """A version of a plan."""

    code: str
    version: int
    currency: str
    components: tuple[Component, ...]


def check(plan: Plan) -> Plan:
    """Return the plan.

    Raises:
        PlanError: a component is at fault, or gates wait for each other.
    """
    codes = [component.code for component in plan.components]
    for component in plan.components:
        if codes.count(component.code) > 1:
            raise PlanError("its code is used twice.", component.code, "code")
        _check_component(component)
    in_order(plan)
    return plan


def in_order(plan: Plan) -> list[Component]:
    """Return the components, each behind the one that its gate waits for.

    Raises:
        PlanError: a gate names no component, or gates wait for each other.
    """
    by_code = {component.code: component for component in plan.components}
    found: dict[str, Component] = {}
    for component in plan.components:
        trail: list[str] = []
        for behind in _behind(component, by_code, trail):
            found.setdefault(behind.code, behind)
    return list(found.values())


def _behind(component: Component, by_code: dict[str, Component], trail: list[str]) -> Iterator[Component]:
    if component.code in trail:
        circle = " → ".join([*trail[trail.index(component.code) :], component.code])
        raise PlanError(f"its gate waits for itself: {circle}.", component.code, "gate")
    trail.append(component.code)
    if component.gate:
        if component.gate not in by_code:
            raise PlanError(f"its gate “{component.gate}” is no component of the plan.", component.code, "gate")
        yield from _behind(by_code[component.gate], by_code, trail)
    yield component


def _check_component(component: Component) -> None:
    code = component.code
    if component.function == Function.CURVE:
        _check_curve(component)
    elif component.function == Function.MATRIX:
        _check_matrix(component)
    else:
        _check_tiers(component.tiers, code, list(range(len(component.tiers))))
    if component.mode == Mode.PER_EVENT and component.threshold_ppm and component.threshold_mode != Threshold.GATE:
        raise PlanError("a threshold that pays above only needs mode = “cumulative”.", code, "threshold_mode")
    shares = {
        "threshold_ppm": component.threshold_ppm,
        "event_cap_minor": component.event_cap_minor,
        "period_cap_minor": component.period_cap_minor,
        "attainment_cap_ppm": component.attainment_cap_ppm,
        "weight_ppm": component.weight_ppm,
        "holdback_ppm": component.holdback_ppm,
        "gate_ppm": component.gate_ppm,
    }
    for part, value in shares.items():
        if value is not None and value < 0:
            raise PlanError(f"{part} must not be negative.", code, part)
    if component.holdback_ppm > PPM:
        raise PlanError("holdback_ppm must not be over 1000000.", code, "holdback_ppm")
    for index, (before, after) in enumerate(pairwise(component.decay), 1):
        if after.until_day <= before.until_day:
            raise PlanError(f"decay step {index + 1} ends no later than the one before.", code, "decay", index)


def _check_tiers(tiers: Sequence[Tier], code: str, places: Sequence[int], part: str = "tiers") -> None:
    """Tiers are contiguous from 0, and the last is open."""
    if not tiers:
        raise PlanError("it has no tiers.", code, part)
    if tiers[0].lo != 0:
        raise PlanError(f"tier {places[0] + 1} starts at {tiers[0].lo}, not at 0.", code, part, places[0])
    for place, tier in zip(places, tiers, strict=True):
        if tier.hi is not None and tier.hi <= tier.lo:
            raise PlanError(f"tier {place + 1} ends at {tier.hi}, which is not above its start.", code, part, place)
    for place, (before, after) in zip(places[1:], pairwise(tiers), strict=True):
        if before.hi is None:
            raise PlanError(f"tier {place + 1} stands behind an open tier.", code, part, place)
        if after.lo > before.hi:
            raise PlanError(
                f"there is a gap from {before.hi} to {after.lo} before tier {place + 1}.", code, part, place
            )
        if after.lo < before.hi:
            raise PlanError(f"tier {place + 1} overlaps the one before, which ends at {before.hi}.", code, part, place)
    if tiers[-1].hi is not None:
        raise PlanError(f"the last tier ends at {tiers[-1].hi}; it must be open.", code, part, places[-1])


def _check_matrix(component: Component) -> None:
    """The bands are contiguous from 0, and so are the tiers within each."""
    cells: dict[tuple[int, int | None], list[int]] = {}
    for index, tier in enumerate(component.tiers):
        cells.setdefault((tier.band_lo, tier.band_hi), []).append(index)
    bands = sorted(cells, key=lambda band: band[0])
    for places in cells.values():
        _check_tiers([component.tiers[place] for place in places], component.code, places)
    _check_tiers([Tier(lo, hi) for lo, hi in bands], component.code, [cells[band][0] for band in bands], "tiers")


def _check_curve(component: Component) -> None:
    code = component.code
    if not component.points:
        raise PlanError("its curve has no points.", code, "points")
    for index, (before, after) in enumerate(pairwise(component.points), 1):
        if after.attainment_ppm <= before.attainment_ppm:
            raise PlanError(f"point {index + 1} does not lie to the right of the one before.", code, "points", index)
    if component.mode == Mode.PER_EVENT:
        raise PlanError("a curve needs mode = “cumulative”.", code, "mode")
