"""What happened, who is credited for it, and the lines of a statement that come of it (domain.md 1.1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sfa.domain.commission.sums import Term, whole


class EventKind(StrEnum):
    """What happened to a sale."""

    BOOKED = "booked"
    DELIVERED = "delivered"
    INVOICED = "invoiced"
    CANCELLED = "cancelled"
    RETURNED = "returned"
    CREDITED = "credited"
    WRITTEN_OFF = "written_off"
    REINSTATED = "reinstated"


class LineKind(StrEnum):
    """Kinds of a statement's lines; the last three are memos and count in no total."""

    EARN = "earn"
    RETRO_TRUEUP = "retro_trueup"
    BONUS = "bonus"
    SPIFF = "spiff"
    OVERRIDE = "override"
    CLAWBACK = "clawback"
    RESTATEMENT = "restatement"
    HOLDBACK_WITHHOLD = "holdback_withhold"
    HOLDBACK_RELEASE = "holdback_release"
    CAP_WITHHELD = "cap_withheld"
    NO_QUOTA = "no_quota"
    NOT_ELIGIBLE = "not_eligible"


MEMOS = frozenset({LineKind.CAP_WITHHELD, LineKind.NO_QUOTA, LineKind.NOT_ELIGIBLE})


@dataclass(frozen=True, slots=True)
class Event:
    """A fact about a sale.

    Attributes:
        recorded_at: when it was entered, UTC in ISO 8601; it orders events of one day.
        net_minor: amount in the event's currency, negative where a sale is taken back; so is `cost_minor`.
        fx_e9: units of the plan's currency for one of the event's, scaled by 10^9.
        band: the second dimension of a rate matrix.
        reverses: id of the event that this one takes back or restores, "" for a sale.
        traits: product, region, channel..., for the filters of components.
    """

    id: str
    kind: EventKind
    on: date
    net_minor: int
    recorded_at: str = ""
    cost_minor: int = 0
    currency: str = ""
    fx_e9: int = 1_000_000_000
    band: int = 0
    reverses: str = ""
    traits: Mapping[str, str] = field(default_factory=dict)

    @property
    def order(self) -> tuple[date, str, str]:
        """Return what events are ordered by (domain.md 1.2)."""
        return (self.on, self.recorded_at, self.id)


@dataclass(frozen=True, slots=True)
class Share:
    """A participant's part in an event; overlays come on top of the primary shares, which make up the whole."""

    participant: str
    commission_ppm: int
    quota_ppm: int
    is_overlay: bool = False


@dataclass(frozen=True, slots=True)
class Credit:
    """What a participant is credited with for an event, in minor units of the plan's currency."""

    event: Event
    participant: str
    commission_minor: int
    quota_minor: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a statement; its sum comes to its amount."""

    participant: str
    component: str
    event_id: str
    kind: LineKind
    sum: Term
    facts: Mapping[str, object]

    @property
    def amount_minor(self) -> int:
        """Return the amount that its explanation comes to."""
        return whole(self.sum)

    @property
    def is_memo(self) -> bool:
        """Return whether it counts in no total."""
        return self.kind in MEMOS

    @property
    def explain(self) -> dict[str, object]:
        """Return the explanation as plain data."""
        return {"kind": self.kind.value, "sum": self.sum, **self.facts}
