"""Sales added up where a window asks for nothing but their sum: what a deal would earn needs no line for each.

The engine credits a sum as it credits a sale; windows whose earnings follow from their credit alone come to the same.
"""

from collections.abc import Sequence
from datetime import date

from db.queries import commission as queries
from sfa.domain.commission.events import Event, EventKind
from sfa.domain.commission.plan import Component, Kind, Measure, OnChange, Plan
from sfa.services.commission_sales import Sales, deal_event


def adds_up(plans: Sequence[Plan]) -> bool:
    """Tell whether what plans pay follows from sums of amounts: one currency, no product, no gate, no campaign."""
    components = [component for plan in plans for component in plan.components]
    is_one = len({plan.currency for plan in plans}) == 1 and all(plan.on_change == OnChange.RESET for plan in plans)
    return is_one and all(map(_adds_up, components))


def _adds_up(component: Component) -> bool:
    if component.kind == Kind.BONUS:
        return True
    is_amount = component.kind == Kind.EARNINGS and component.measure in {Measure.NET, Measure.PAID}
    is_plain = component.is_joint and component.counts_to_quota and not component.only
    return is_amount and is_plain and not component.gate and component.event_cap_minor is None


def sums(sales: Sales, person: str, plans: Sequence[Plan]) -> list[Event] | None:
    """Return somebody's sales, those of a kind and a day as one; None where they cannot be added up.

    They cannot where a rate of exchange rounds each of them, where what takes one back is itself taken back, or where an
    amount has a sign that the engine refuses.
    """
    rows = queries.sums_of_events(sales.store, sales.days, person)
    deals = sales.own_deals()
    if any(row[-1] for row in rows) or {row[0] for row in rows} - {plan.currency for plan in plans}:
        return None
    found = [_event(person, *row[1:-1]) for row in rows]
    return sorted([*found, *map(deal_event, deals)], key=lambda event: event.order)


def _event(person: str, kind: str, day: str, back: str | None, back_day: str | None, net: int) -> Event:
    """Return a sum as an event; of those of a day, sales come before what takes them back."""
    sale = f"0 {kind} {day}"
    if back is None or back_day is None:
        return Event(sale, EventKind(kind), date.fromisoformat(day), net, owner=person)
    return Event(f"1 {back} {back_day} {sale}", EventKind(back), date.fromisoformat(back_day), net, reverses=sale)
