"""Where credits are kept: by participant, component and window (domain.md 1.2, step 6)."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sfa.domain.commission.events import Credit, Event
from sfa.domain.commission.periods import Span
from sfa.domain.commission.plan import Component, Plan


@dataclass(slots=True)
class Stretch:
    """Credits of one window under one version of a plan, in the order of their events."""

    plan: Plan
    component: Component
    credits: list[Credit] = field(default_factory=list)


@dataclass(slots=True)
class Box:
    """The credits of one participant and component in one window; several stretches where a plan carries on."""

    participant: str
    code: str
    span: Span
    stretches: list[Stretch]
    has_late: bool = False
    is_mixed: bool = False


class Route(NamedTuple):
    """Where the credits of a participant's events of a day and kind go."""

    plan: Plan
    component: Component
    box: Box
    stretch: Stretch
    is_simple: bool = False


class Back(NamedTuple):
    """A sale taken back at its original rate, or restored."""

    route: Route
    event: Event
    root: Event
    sequence: int
    posting: int


class CampaignCredit(NamedTuple):
    """What a campaign would pay somebody for an event, before its limits."""

    route: Route
    credit: Credit


class Refused(NamedTuple):
    """An event that a component does not take."""

    route: Route
    event_id: str
    on: date
    earning: int
    posting: int
    why: dict[str, object]


@dataclass(slots=True)
class Credited:
    """All credits of a case."""

    boxes: dict[tuple[str, ...], Box] = field(default_factory=dict)
    campaigns: list[CampaignCredit] = field(default_factory=list)
    backs: list[Back] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    originals: dict[str, Event] = field(default_factory=dict)
    followers: dict[str, list[tuple[int, Event]]] = field(default_factory=dict)
    participants: dict[str, None] = field(default_factory=dict)
