"""All reports on customers and people by name, with the words that tell what they show."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sfa.errors import UsageError
from sfa.services import listing
from sfa.services import report_customers as customers
from sfa.services import report_people as people
from sfa.services import report_sevenp as sevenp
from sfa.services.desk import Desk
from sfa.services.report_idic import idic
from sfa.services.report_profit import abc
from sfa.services.report_request import Request
from sfa.services.report_table import Report, Row
from sfa.services.report_team import measures
from sfa.services.report_value import value


@dataclass(frozen=True, slots=True)
class Entry:
    """A report that is called by its name.

    Attributes:
        group: what it belongs to: customers, people, or the 7P set.
    """

    name: str
    title: str
    words: str
    group: str
    run: Callable[[Desk, Request], Report]


CATALOGUE = {
    entry.name: entry
    for entry in (
        Entry("value", "Customer value", "Value and loyalty of each customer, class, and what to do.", "customers", value),
        Entry("abc", "ABC", "Customers by profit or revenue: class, share, concentration.", "customers", abc),
        Entry("rfm", "RFM", "Recency, frequency and amount of customers in quintiles.", "customers", customers.rfm),
        Entry("retention", "Retention", "Customers kept, lost and new; revenue kept.", "customers", customers.retention),
        Entry("clv", "Lifetime value", "What each customer brings from now on.", "customers", customers.clv),
        Entry("idic", "IDIC", "How far customers are identified, differentiated, visited as planned.", "customers", idic),
        Entry("leaderboard", "Leaderboard", "People by what they won, with win rate and pipeline.", "people", people.leaderboard),
        Entry("coaching", "Coaching", "Per person: no next step, overdue, stale; beside the median.", "people", people.coaching),
        Entry("measures", "Ten measures", "Time with customers, contacts, revenue... against baselines.", "people", measures),
        Entry("profiling", "1 Profiling", "Accounts by segment, class of value, risk.", "7P", sevenp.profiling),
        Entry("persistence", "2 Persistence", "Purchases, active months, tenure of customers.", "7P", sevenp.persistence),
        Entry("profitability", "3 Profitability", "Revenue and margin by customer and product.", "7P", sevenp.profitability),
        Entry("performance", "4 Performance", "Net by category, channel, territory.", "7P", sevenp.performance),
        Entry("prospecting", "5 Prospecting", "Leads by month, source, segment, and converted ones.", "7P", sevenp.prospecting),
        Entry("products", "6 Products", "What is bought together, and by how much more than by chance.", "7P", sevenp.products),
        Entry("promotion", "7 Promotion", "Deals and won amount by campaign; costs are not kept.", "7P", sevenp.promotion),
    )
}  # fmt: skip


def records_of(desk: Desk, found: Report, row: Row) -> tuple[str, listing.Listing]:
    """Return noun and records behind a row.

    Raises:
        UsageError: no filter can list them.
    """
    noun, where = noun_of(found, row), where_of(row)
    if where is None:
        raise UsageError("That row is a sum that no filter lists.", hint="Choose another row.")
    return noun, listing.select(desk, noun, where=where)


def noun_of(found: Report, row: Row) -> str:
    """Return what a row opens into."""
    return str(row.get("opens", found.noun))


def where_of(row: Row) -> str | None:
    """Return the filter that lists the records behind a row, None where there is none."""
    where: Any = row.get("where")
    return None if where is None else str(where)
