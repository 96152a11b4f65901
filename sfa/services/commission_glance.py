"""Commission in a line, for places that show it beside other things: the engine is loaded only for those whom a plan pays."""

from db.queries.commission import is_paid
from sfa.domain.money import Money
from sfa.services.desk import Desk
from sfa.services.sheet_lines import Line, Section


def so_far(desk: Desk) -> str:
    """Return quota and commission of the present period in few words; nothing where no plan pays who sits here."""
    if not is_paid(desk.store, desk.user_id):
        return ""
    from sfa.services.commission_page import so_far as told  # noqa: PLC0415 - the engine

    return told(desk)


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
