"""The totals of a version: lines priced, summed and taxed by the engine, and written where they changed."""

from typing import Final

from db.queries import quotes as queries
from db.store import UnitOfWork
from sfa.domain.money import Money
from sfa.domain.pricing.amounts import PricingError
from sfa.domain.pricing.totals import Totals
from sfa.domain.quoting import totals
from sfa.errors import UsageError
from sfa.services import quote_prices
from sfa.services.desk import Desk
from sfa.services.quote_deals import follow
from sfa.services.quote_sheet import Sheet, load_version

DERIVED: Final = (
    "base_dec6", "list_dec6", "net_dec6", "steps", "slices", "list_minor", "net_minor", "cost_minor", "tax_category",
    "tax_rate_ppm", "tax_reason", "tax_minor",
)  # fmt: skip
SUMS: Final = (
    "is_tax_inclusive", "list_minor", "line_sum_minor", "net_minor", "tax_minor", "gross_minor",
    "payable_rounding_minor", "payable_minor", "cost_minor",
)  # fmt: skip


def recalculate(desk: Desk, work: UnitOfWork, sheet: Sheet) -> Totals:
    """Price and total a version anew, write what changed, and let the deal follow.

    Raises:
        UsageError: a line cannot be priced, or the document cannot be totalled; nothing is changed then.
    """
    quote, version = sheet.quote, sheet.version
    fresh = load_version(desk, quote, dict(version))
    before = {line["id"]: dict(line) for line in fresh.lines}
    quote_prices.price_lines(desk, fresh)
    found = retotal(fresh)
    changed = [line for line in fresh.lines if any(line[name] != before[line["id"]][name] for name in DERIVED)]
    if changed:
        queries.write_lines(work, DERIVED, changed)
    sums = {name: fresh.version[name] for name in SUMS}
    if any(version[name] != value for name, value in sums.items()):
        work.update("quote_version", sheet.version_id, sums)
    sheet.version, sheet.lines, sheet.allowances = fresh.version, fresh.lines, fresh.allowances
    follow(desk, work, sheet)
    return found


def retotal(sheet: Sheet) -> Totals:
    """Total the priced lines of a version, in memory: amounts of lines and sums of the version.

    Raises:
        UsageError: a header allowance has nothing to be spread over, or two alternatives of a choice are chosen.
    """
    try:
        return totals.retotal(sheet)
    except PricingError as error:
        raise UsageError(str(error)) from error


def commission_estimate(desk: Desk, sheet: Sheet) -> Money | None:
    """Return what a version would earn its owner if it were accepted today; None where no plan pays them for it."""
    from sfa.services.commission_whatif import offer_worth  # noqa: PLC0415 - the engine, only where an offer is looked at

    net = sheet.version["net_minor"]
    if not net or net < 0:
        return None
    return offer_worth(desk, sheet.quote, Money(net, sheet.currency), sheet.version["cost_minor"])
