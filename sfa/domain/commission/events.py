"""What happened, who is credited for it, and the lines of a statement that come of it (domain.md 1.1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple, Protocol

from sfa.domain.commission.sums import Term


class EventKind(StrEnum):
    """What happened to a sale."""

    BOOKED = "booked"
    DELIVERED = "delivered"
    INVOICED = "invoiced"
    PAID = "paid"
    CANCELLED = "cancelled"
    RETURNED = "returned"
    CREDITED = "credited"
    WRITTEN_OFF = "written_off"
    REINSTATED = "reinstated"


TAKING_BACK = frozenset({EventKind.CANCELLED, EventKind.RETURNED, EventKind.CREDITED, EventKind.WRITTEN_OFF})


class LineKind(StrEnum):
    """Kinds of a statement's lines; the last three are memos and count in no total."""

    EARN = "earn"
    RETRO_TRUEUP = "retro_trueup"
    BONUS = "bonus"
    SPIFF = "spiff"
    OVERRIDE = "override"
    CLAWBACK = "clawback"
    RESTATEMENT = "restatement"
    MANUAL_ADJ = "manual_adj"
    HOLDBACK_WITHHOLD = "holdback_withhold"
    HOLDBACK_RELEASE = "holdback_release"
    OVERPAY_BALANCE = "overpay_balance"
    DRAW_ADVANCE = "draw_advance"
    DRAW_RECOVERY = "draw_recovery"
    CAP_WITHHELD = "cap_withheld"
    NO_QUOTA = "no_quota"
    NOT_ELIGIBLE = "not_eligible"


MEMOS = frozenset({LineKind.CAP_WITHHELD, LineKind.NO_QUOTA, LineKind.NOT_ELIGIBLE})
SETTLING = frozenset({LineKind.OVERPAY_BALANCE, LineKind.DRAW_ADVANCE, LineKind.DRAW_RECOVERY})


NO_TRAITS: Mapping[str, str] = MappingProxyType({})


class Event(NamedTuple):
    """A fact about a sale.

    Attributes:
        recorded_at: when it was entered, UTC in ISO 8601, its day where it is empty; it orders events of one day.
        net_minor: amount in the event's currency, negative where a sale is taken back; so is `cost_minor`.
        quantity: in millionths of a unit.
        gross_minor: with tax, what payments are measured by, or what was paid; the net amount where None.
        fx_e9: units of the plan's currency for one of the event's, scaled by 10^9; 0 where a table says it.
        band: the second dimension of a rate matrix.
        reverses: id of the event that this one takes back, restores or pays; "" for a sale.
        traits: product, category, region, channel..., for the filters of components.
        owner: who is credited with all of it where no shares are given.
    """

    id: str
    kind: EventKind
    on: date
    net_minor: int
    recorded_at: str = ""
    cost_minor: int = 0
    currency: str = ""
    fx_e9: int = 0
    band: int = 0
    reverses: str = ""
    traits: Mapping[str, str] = NO_TRAITS
    quantity: int = 0
    gross_minor: int | None = None
    owner: str = ""

    @property
    def order(self) -> tuple[date, str, str]:
        """Return what events are ordered by (domain.md 1.2)."""
        return (self.on, self.recorded_at or self.on.isoformat(), self.id)

    @property
    def gross(self) -> int:
        """Return the amount with tax, in minor units."""
        return self.net_minor if self.gross_minor is None else self.gross_minor


@dataclass(frozen=True, slots=True)
class Share:
    """A participant's part in an event; overlays come on top of the primary shares, which make up the whole."""

    participant: str
    commission_ppm: int
    quota_ppm: int
    is_overlay: bool = False


class Side(NamedTuple):
    """What many credits have in common, kept once.

    Attributes:
        root: id of the event that this one takes back, "" where it is a sale.
        rate_ppm: the rate of its product or category, -1 where it has none of its own.
        earning: number of the statement period that it is earned in.
        posting: number of the one that its line is posted in.
    """

    band: int = 0
    root: str = ""
    rate_ppm: int = -1
    earning: int = 0
    posting: int = 0
    share_ppm: int = 1_000_000
    fx_e9: int = 1_000_000_000


PLAIN = Side()


class Credit(NamedTuple):
    """What a participant is credited with for an event, in minor units of the plan's currency.

    Attributes:
        sequence: place in the order of all events.
        on: the day that it counts for, which for a restated reversal is that of the sale.
    """

    sequence: int
    event_id: str
    on: date
    commission_minor: int
    quota_minor: int
    side: Side = PLAIN


class Basis(Protocol):
    """Where a line comes from: it tells its sum when it is asked to."""

    def term(self, kind: LineKind) -> Term:
        """Return the sum that comes to the line's amount."""

    def facts(self) -> Mapping[str, object]:
        """Return what else explains it."""


@dataclass(frozen=True, slots=True)
class Given:
    """A sum and facts that are at hand."""

    sum: Term
    said: Mapping[str, object] = field(default_factory=dict)

    def term(self, kind: LineKind) -> Term:  # noqa: ARG002 - one basis, one line
        """Return the sum."""
        return self.sum

    def facts(self) -> Mapping[str, object]:
        """Return what is said beside it."""
        return self.said


class Line(NamedTuple):
    """A line of a statement; its sum comes to its amount.

    Attributes:
        rule: plan, version and component, "" where it comes of none.
        earning: number of the statement period that it is earned in; `posting`: that it is posted in.
    """

    participant: str
    rule: str
    component: str
    event_id: str
    kind: LineKind
    amount_minor: int
    on: date
    earning: int
    posting: int
    basis: Basis

    @property
    def sum(self) -> Term:
        """Return the sum that comes to its amount."""
        return self.basis.term(self.kind)

    @property
    def is_memo(self) -> bool:
        """Return whether it counts in no total."""
        return self.kind in MEMOS

    @property
    def explain(self) -> dict[str, object]:
        """Return the explanation as plain data."""
        return {"kind": self.kind.value, "sum": self.sum, **self.basis.facts()}
