"""Sales added up where nothing but their sums matters: what a deal would earn needs no line for each.

The engine credits a sum as it credits a sale. Windows that are rated together come to the same whatever their parts; where
each sale is rated by itself, earlier ones come to something else, but to the same with and without the deal.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from db.queries import commission as queries
from sfa.domain.commission.eligible import CATEGORY
from sfa.domain.commission.events import NO_TRAITS, Event, EventKind
from sfa.domain.commission.plan import Component, Kind, Measure, OnChange, Plan
from sfa.services.commission_sales import Sales, deal_event


def adds_up(plans: Sequence[Plan]) -> bool:
    """Tell whether what a deal adds under plans follows from sums of amounts: one currency, no limit of a campaign."""
    is_one = len({plan.currency for plan in plans}) == 1 and all(plan.on_change == OnChange.RESET for plan in plans)
    return is_one and all(map(_adds_up, _components(plans)))


def _adds_up(component: Component) -> bool:
    if component.kind == Kind.BONUS or component.measure == Measure.KPI:
        return True
    if not {name for name, _ in component.only} <= queries.SUMMED_TRAITS.keys():
        return False
    if component.kind == Kind.SPIFF:
        return component.campaign.person_minor is None and component.campaign.budget_minor is None
    is_amount = component.kind == Kind.EARNINGS and component.measure in {Measure.NET, Measure.PAID}
    if not is_amount:
        return False
    if _is_joint(component):
        return component.event_cap_minor is None or component.period_cap_minor is None
    return not component.gate and not component.threshold_ppm and component.period_cap_minor is None


def _is_joint(component: Component) -> bool:
    return component.is_joint and component.counts_to_quota


def _components(plans: Sequence[Plan]) -> list[Component]:
    return [component for plan in plans for component in plan.components]


def sums(sales: Sales, person: str, plans: Sequence[Plan], first: date) -> list[Event] | None:
    """Return somebody's sales, those of a kind, a day and what plans are limited to as one; None where they cannot be added up.

    They cannot where a rate of exchange rounds each of them, where what takes one back is itself taken back, where one is
    negative, or where sales rated one by one lie behind the first day that is asked about.
    """
    traits = _traits(plans)
    rows = queries.sums_of_events(sales.store, sales.days, person, traits)
    deals = sales.own_deals()
    if any(row[6] for row in rows) or {row[0] for row in rows} - {plan.currency for plan in plans}:
        return None
    found = [_event(person, traits, row) for row in rows] + list(map(deal_event, deals))
    is_together = all(_is_joint(one) and one.event_cap_minor is None for one in _components(plans))
    if not is_together and any(event.on > first for event in found):
        return None
    return sorted(found, key=lambda event: event.order)


def _traits(plans: Sequence[Plan]) -> dict[str, list[str]]:
    """Return what plans are limited to, and by which values; by any where those below a category count, or none at all."""
    found: dict[str, list[str]] = {}
    for component in _components(plans):
        for name, allowed in component.only:
            found.setdefault(name, []).extend(allowed)
    return {name: [] if name == CATEGORY or "" in values else sorted({*values}) for name, values in found.items()}


def _event(person: str, names: Iterable[str], row: tuple[Any, ...]) -> Event:
    """Return a sum as an event; of those of a day, sales come before what takes them back."""
    _, kind, day, back, back_day, net, _, *values = row
    traits = {name: str(value) for name, value in zip(names, values, strict=True) if value}
    sale = f"0 {kind} {day} {'|'.join(map(str, values))}"
    if back is None or back_day is None:
        made = (sale, EventKind(kind), date.fromisoformat(day), net)
        return Event(*made, traits=traits or NO_TRAITS, owner=person)
    made = (f"1 {back} {back_day} {sale}", EventKind(back), date.fromisoformat(back_day), net)
    return Event(*made, traits=traits or NO_TRAITS, reverses=sale)
