"""Commission in a line, for places that show it beside other things: the engine is loaded only for those whom a plan pays."""

from db.queries.commission import has_overdue_disputes, is_paid
from sfa.domain.money import Money
from sfa.services.desk import Desk
from sfa.services.sheet_lines import Line, Section


def so_far(desk: Desk) -> str:
    """Return quota and commission of the present period in few words, and what waits for whoever keeps commissions."""
    told = []
    if is_paid(desk.store, desk.user_id):
        from sfa.services.commission_page import so_far as earned  # noqa: PLC0415 - the engine

        told = [earned(desk)]
    return "  ·  ".join(filter(None, [*told, overdue(desk)]))


def overdue(desk: Desk) -> str:
    """Return how many disputes nobody decided in time, for those who decide them; "" where there are none."""
    if not has_overdue_disputes(desk.store, desk.today.isoformat()):
        return ""
    from sfa.services.commission_disputes import overdue as waiting  # noqa: PLC0415 - the engine

    count = len(waiting(desk))
    if not count:
        return ""
    return f"{count} overdue {'dispute waits' if count == 1 else 'disputes wait'} for you: sfa commission dispute list"


def worth_section(desk: Desk, opportunity_id: str) -> Section:
    """Return what an open deal is worth to its owner, and how far the next tier is."""
    owner = desk.store.value("SELECT owner_id FROM opportunity WHERE id = ?", (opportunity_id,))
    if not is_paid(desk.store, owner):
        return Section("Commission", ())
    from sfa.services.commission_whatif import deal_worth  # noqa: PLC0415 - the engine

    found = deal_worth(desk, opportunity_id)
    if found is None:
        return Section("Commission", ())
    lines = [Line("If won", str(Money(found.estimate.together_minor, found.currency)))]
    for tier in found.estimate.next_tiers[:1]:
        distance = Money(tier.distance_minor, found.currency)
        lines.append(Line("Next tier", f"{tier.next_rate_ppm / 10_000:g} % after {distance} more"))
    return Section("Commission", tuple(lines))
