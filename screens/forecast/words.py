"""What the forecast screen says over its lists, and what stands there while they are empty."""

from rich.text import Text

from screens.words import short_money
from sfa.domain.forecast.submissions import COMMIT
from sfa.domain.money import Money
from sfa.services.forecast import Sheet
from sfa.services.forecast_moves import BridgeSheet, Named

NO_DEALS = Text("No deals yet. 4 shows the pipeline, a adds a deal there.", justify="center")
SIGNS = [
    ("★", "the method that was closest in past periods"),
    ("├●┤", "the forecast; eight times in ten it ends between the two"),
    ("┊", "the quota"),
]


def headline(found: Sheet) -> str:
    """Return what the trusted method says, and why it is trusted."""
    trusted, code = found.trusted, found.asked.currency
    if found.is_empty:
        return standing(found)
    if found.record is None:
        return f"{standing(found)}\nComparing the methods on past periods…"
    if trusted is None:
        return ""
    spread = trusted.interval
    amounts = [short_money(Money(minor, code)) for minor in (trusted.estimate.point_minor, spread.p10, spread.p90)]
    first = f"{found.label}: {amounts[0]} ({amounts[1]} to {amounts[2]}), won so far {Money(found.won_minor, code)}"
    if spread.reach is not None:
        first += f"; quota reached with {spread.reach:.0%}"
    return f"{first}\n{trusted.method.title} is trusted: {found.trust.reason}"


def standing(found: Sheet) -> str:
    """Return what is won so far, and what somebody stands for."""
    code = found.asked.currency
    if found.is_empty:
        return f"No deals in {code} yet: there is nothing to forecast from."
    told = f"{found.label}: won so far {Money(found.won_minor, code)}"
    if (said := found.submitted.get(COMMIT)) is not None:
        told += f"; submitted {Money(said.point_minor, code)} on {said.on}"
    return told


def bridge_words(found: BridgeSheet) -> str:
    """Return what the bridge leads from and to."""
    return f"Deals dated into {found.label}, from {found.start} to {found.end}. Enter shows the deals of a step."


def nothing_moved(found: BridgeSheet) -> Text:
    """Return what stands in the place of a bridge without a deal."""
    return Text(f"No deals are dated into {found.label}. [ and ] turn to other periods.", justify="center")


def amount_of(deal: Named, found: BridgeSheet) -> str:
    """Return what a deal is worth now, else what it was worth."""
    minor = deal.after_minor if deal.after_minor is not None else deal.before_minor
    return "" if minor is None else str(Money(minor, found.currency))


def dates_of(deal: Named) -> str:
    """Return when a deal is to close; from when to when where that has changed."""
    old, new = deal.close_before, deal.close_after
    return f"{old or 'no date'} → {new or 'no date'}" if old != new else str(new or "no date")
