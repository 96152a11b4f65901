"""A commission plan: what its components say, in minor units and parts per million (domain.md 1.1, 1.3)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

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


class Kind(StrEnum):
    """What a component is: credit that earns, a campaign, a bonus, or what a team earns its manager."""

    EARNINGS = "earnings"
    SPIFF = "spiff"
    BONUS = "bonus"
    OVERRIDE_REVENUE = "override_revenue"
    OVERRIDE_COMMISSION = "override_commission"


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
    """What of a sale counts; a margin below zero counts as zero unless it is signed.

    Quantities and counts are in millionths of a unit, so that a tier's `per_unit_minor` is a rate like any other.
    """

    NET = "net"
    MARGIN = "margin"
    SIGNED_MARGIN = "signed_margin"
    QUANTITY = "quantity"
    COUNT = "count"
    PAID = "paid"
    KPI = "kpi"

    @property
    def is_money(self) -> bool:
        """Return whether it is an amount of money, which has a currency."""
        return self not in {Measure.QUANTITY, Measure.COUNT, Measure.KPI}


class Trigger(StrEnum):
    """Which kind of event pays."""

    BOOKING = "booking"
    DELIVERY = "delivery"
    INVOICE = "invoice"
    PAYMENT = "payment"


class Window(StrEnum):
    """How long credit is added up before it starts anew."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"

    @property
    def months(self) -> int:
        """Return how many months it has."""
        return {"month": 1, "quarter": 3, "half": 6, "year": 12}[self.value]


class Threshold(StrEnum):
    """What a threshold pays once it is reached: all from the first unit, or only what lies above it."""

    GATE = "gate"
    ABOVE_ONLY = "above_only"


class Reversal(StrEnum):
    """How a sale that is taken back is taken back (domain.md 1.8)."""

    RESTATE = "restate"
    ORIGINAL_RATE = "original_rate"
    CURRENT_PERIOD = "current_period"


class ReleaseOn(StrEnum):
    """What releases what is held back (domain.md 1.7)."""

    PAYMENT = "payment"
    DATE = "date"
    SCHEDULE = "schedule"


class FxPolicy(StrEnum):
    """Which rate turns another currency into the plan's (domain.md 1.2, step 5)."""

    EVENT_DATE = "event_date"
    PERIOD_AVERAGE = "period_average"
    PERIOD_END = "period_end"
    PLAN_BUDGET = "plan_budget"


class Proration(StrEnum):
    """What the active part of a window is counted in (domain.md 1.5)."""

    DAYS = "days"
    FULL_MONTHS = "full_months"
    WORKING_DAYS = "working_days"


class OnChange(StrEnum):
    """What becomes of attainment where a new version or plan begins inside a window."""

    RESET = "reset"
    CARRY = "carry"


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
    per_unit_minor: int = 0


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
class RateRule:
    """A rate for a product, or for a category and all below it (`Hardware/Servers`)."""

    rate_ppm: int
    product: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """When what is held back is paid: with payments, on a date named later, or in equal parts month by month.

    Attributes:
        parts: how many equal steps a schedule has.
        after_months: how many months after the sale its first step lies; 0 is the day of the sale.
    """

    on: ReleaseOn = ReleaseOn.PAYMENT
    parts: int = 1
    after_months: int = 0


@dataclass(frozen=True, slots=True)
class Campaign:
    """What a SPIFF pays: an amount for each deal or unit, or a rate; within its days and limits (domain.md 1.4)."""

    amount_minor: int = 0
    rate_ppm: int = 0
    per_unit: bool = False
    starts: date = date.min
    ends: date = date.max
    budget_minor: int | None = None
    person_minor: int | None = None


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
    kind: Kind = Kind.EARNINGS
    window: Window = Window.QUARTER
    gate_window: Window | None = None
    refundable_cap: bool = False
    review_over_minor: int | None = None
    target_minor: int = 0
    most_ppm: int = PPM
    counts_to_quota: bool = True
    rates: tuple[RateRule, ...] = ()
    release: Release = Release()
    campaign: Campaign = Campaign()
    depth: int = 1
    include_self: bool = False

    @property
    def needs_quota(self) -> bool:
        """Return whether it says nothing without a quota."""
        of_quota = self.axis == Axis.ATTAINMENT or self.function in {Function.CURVE, Function.MULTIPLIER}
        return of_quota or bool(self.threshold_ppm) or self.attainment_cap_ppm is not None

    @property
    def is_joint(self) -> bool:
        """Return whether all credit of a window is rated together, where commission and quota credit are equal."""
        return self.mode == Mode.CUMULATIVE and self.function != Function.MATRIX and not self.rates


@dataclass(frozen=True, slots=True)
class Plan:
    """A version of a plan, valid from a day until before another."""

    code: str
    version: int
    currency: str
    components: tuple[Component, ...]
    name: str = ""
    valid_from: date = date.min
    valid_to: date = date.max
    fx: FxPolicy = FxPolicy.EVENT_DATE
    proration: Proration = Proration.DAYS
    on_change: OnChange = OnChange.RESET
    terms: str = ""
