"""All that the screen of commissions shows of somebody, of one calculation; and a line for Today."""

from collections.abc import Sequence
from dataclasses import dataclass

from db.queries import commission as queries
from sfa.domain.commission.periods import Period
from sfa.domain.commission.whatif import Estimator, NextTier
from sfa.domain.money import Money
from sfa.errors import SfaError
from sfa.services import commission_periods, commission_quotas, commission_statements
from sfa.services.commission_access import visible_people
from sfa.services.commission_glance import overdue
from sfa.services.commission_quotas import Attainment
from sfa.services.commission_runs import calculate
from sfa.services.commission_statements import StatementView
from sfa.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Page:
    """Somebody's statement with how far they have come.

    Attributes:
        periods: all of them, the oldest first.
        attainment: in the windows that hold the last day of the period, or today.
        next_tiers: how far the next ones are; only of the present period.
        overdue: what waits for who sits here to decide it, in words.
    """

    view: StatementView
    periods: Sequence[Period]
    attainment: Sequence[Attainment]
    next_tiers: Sequence[NextTier]
    overdue: str = ""


def page(desk: Desk, period: str = "", user: str | None = None) -> Page | None:
    """Return the page of somebody; None where no plan pays anybody yet.

    Raises:
        NotFoundError: nobody is called so, no plan pays them, or there is no such period.
        NotAllowedError: it is not for the eyes of who sits here.
        ConflictError: the facts do not fit together.
    """
    if not queries.assignments(desk.store) or (user is None and desk.user_id is None):
        return None
    person = commission_statements.person_of(desk, user)
    found = calculate(desk, [person])
    periods = found.book.case.calendar.periods
    chosen = commission_periods.find(periods, period, desk.today)
    if chosen.is_closed:
        view = commission_statements.statement(desk, chosen.id, person)
    else:
        view = commission_statements.open_statement(desk, found, person, chosen.id)
    day = min(max(desk.today, chosen.start), commission_periods.last_day(chosen))
    is_now = chosen.start <= desk.today < chosen.end
    tiers = list(Estimator(found.ready, person).next_tiers()) if is_now else []
    own = [one for _, one in commission_quotas.own_attainment(found, day, [person])]
    return Page(view, periods, own, tiers, overdue(desk))


def so_far(desk: Desk) -> str:
    """Return quota and commission of the present period in few words; nothing where no plan pays who sits here."""
    try:
        found = page(desk)
    except SfaError:
        return ""
    if found is None:
        return ""
    earned = f"commission {found.view.period.id}: {Money(found.view.payable_minor, found.view.currency)}"
    reached = next((one.reached_ppm for one in found.attainment if one.reached_ppm is not None), None)
    return earned if reached is None else f"{earned}, {reached // 10_000} % of quota"


def payees(desk: Desk) -> list[tuple[str, str]]:
    """Return id and name of those whose pay may be seen here and whom a plan pays."""
    people = queries.people(desk.store)
    paid = {row["participant_id"] for row in queries.assignments(desk.store)}
    return [(one, str(people[one]["name"])) for one in visible_people(desk, people) if one in paid]
