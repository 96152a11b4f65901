"""Which events components take, under which version of a plan, and whether an event is what it says (domain.md 1.2, step 1)."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from sfa.domain.commission.case import CaseError
from sfa.domain.commission.credit import CreditError, base
from sfa.domain.commission.events import TAKING_BACK, Event, EventKind
from sfa.domain.commission.plan import Component, Kind, Measure, Plan, Trigger
from sfa.domain.commission.sums import rounded
from sfa.domain.figures import DEC6, PPM

ALONE = {
    EventKind.CANCELLED: EventKind.BOOKED,
    EventKind.RETURNED: EventKind.DELIVERED,
    EventKind.CREDITED: EventKind.INVOICED,
    EventKind.WRITTEN_OFF: EventKind.INVOICED,
}
TRIGGERS = {
    EventKind.BOOKED: Trigger.BOOKING,
    EventKind.DELIVERED: Trigger.DELIVERY,
    EventKind.INVOICED: Trigger.INVOICE,
    EventKind.PAID: Trigger.PAYMENT,
}


def versions_of(plans: Sequence[Plan]) -> Mapping[str, Sequence[Plan]]:
    """Return the versions of each plan.

    Raises:
        CaseError: two of them are valid on a day.
    """
    found: dict[str, list[Plan]] = {}
    for plan in sorted(plans, key=lambda plan: (plan.valid_from, plan.version)):
        rows = found.setdefault(plan.code, [])
        if rows and rows[-1].valid_to > plan.valid_from:
            raise CaseError(f"Versions {rows[-1].version} and {plan.version} of plan {plan.code} overlap.")
        rows.append(plan)
    return found


def check_direction(event: Event, sold_minor: int) -> None:
    """Refuse what takes a sale back and adds to it, or restores it and takes from it.

    Raises:
        CreditError: the amount has the wrong sign.
    """
    sign = -1 if event.kind in TAKING_BACK else int(event.kind == EventKind.REINSTATED)
    if sign * event.net_minor * sold_minor < 0:
        wanted = "below" if sign * sold_minor < 0 else "above"
        raise CreditError(f"Event {event.id} is {event.kind}: its amount must be {wanted} zero, not {event.net_minor}.")


def takes(component: Component, kind: EventKind, on: date) -> bool:
    """Tell whether a component looks at events of a kind on a day."""
    if component.kind in {Kind.BONUS, Kind.OVERRIDE_COMMISSION} or component.measure == Measure.KPI:
        return False
    if component.kind == Kind.SPIFF and not component.campaign.starts <= on < component.campaign.ends:
        return False
    if component.trigger == Trigger.PAYMENT and component.measure != Measure.PAID:
        return kind == EventKind.INVOICED
    return component.trigger == TRIGGERS.get(kind)


def campaign_base(event: Event, component: Component) -> int:
    """Return what a campaign pays for an event before it is divided; nothing for what takes a sale back."""
    campaign = component.campaign
    if event.kind in TAKING_BACK or event.kind == EventKind.REINSTATED:
        return 0
    if campaign.rate_ppm:
        return rounded(Fraction(base(event, component.measure) * campaign.rate_ppm, PPM))
    units = event.quantity if campaign.per_unit else DEC6
    return rounded(Fraction(campaign.amount_minor * units, DEC6))
