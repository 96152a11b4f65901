"""Commission for tests: a plan, people, quotas and sales, told in few words."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from sfa.services import (
    commission_closing,
    commission_plans,
    commission_quotas,
    commission_runs,
    commission_statements,
    users,
)
from sfa.services.desk import Desk
from tests.support.factories import a_user, an_opportunity, clock_of

ME = "Alex Rep"
BOSS = "Mary Manager"
FLAT = """
code = "FLAT"
version = 1
currency = "USD"
[[component]]
code = "sales"
tiers = [{ lo = 0, rate_ppm = 50000 }]
"""
TIERS = """
code = "TIERS"
version = 1
currency = "USD"
[[component]]
code = "sales"
axis = "attainment"
tiers = [{ lo = 0, hi = 1000000, rate_ppm = 60000 }, { lo = 1000000, rate_ppm = 100000 }]
"""


def a_team(desk: Desk) -> None:
    """Sit a rep down at the desk, under a manager, beside a colleague; an officer of finance counts."""
    boss = a_user(desk, name=BOSS, role="manager")
    me = a_user(desk, name=ME, role="rep", manager_id=boss)
    a_user(desk, name="Pat Peer", role="rep", manager_id=boss)
    a_user(desk, name="Fay Finance", role="finance")
    users.become(desk, me)


@contextmanager
def at_the_desk(desk: Desk, name: str) -> Iterator[None]:
    """Let somebody sit at the desk for a while."""
    before = desk.user_id
    users.become(desk, str(desk.store.value("SELECT id FROM app_user WHERE name = ?", (name,))))
    try:
        yield
    finally:
        if before:
            users.become(desk, before)


def minor(amount: object) -> int:
    """Return an amount of a published case, in whole units there, in minor units."""
    return int(Decimal(str(amount)) * 100)


def user_id(desk: Desk, name: str = ME) -> str:
    """Return the id of a user."""
    return str(desk.store.value("SELECT id FROM app_user WHERE name = ?", (name,)))


def a_plan(desk: Desk, terms: str = FLAT, *people: str, start: str = "2026-01-01") -> None:
    """Publish a plan and let it pay people, the rep where none is named."""
    file = Path(desk.store.workspace.folder) / "plan.toml"
    file.write_text(terms, encoding="utf-8")
    with at_the_desk(desk, BOSS):
        commission_plans.publish(desk, str(file))
        code = terms.split('code = "')[1].split('"', maxsplit=1)[0]
        for name in people or (ME,):
            commission_plans.assign(desk, code, name, start)


def a_quota(desk: Desk, amount: str, window: str = "2026-Q1", user: str = ME) -> None:
    """Set a quota."""
    with at_the_desk(desk, BOSS):
        commission_quotas.set_quota(desk, commission_quotas.Wish(user, window, amount))


def a_sale(
    desk: Desk,
    net_minor: int,
    on: str = "2026-02-10",
    *,
    owner: str = ME,
    kind: str = "booked",
    reverses: str | None = None,
    recorded_at: str | None = None,
    product: str | None = None,
) -> str:
    """Append an event as an order would, and return its id."""
    with desk.store.write("order.confirm", "Confirmed an order") as work:
        values = {
            "type": kind,
            "event_date": on,
            "recorded_at": recorded_at or f"{on}T10:00:00.000Z",
            "source_type": "sales_order",
            "source_id": desk.store.ids.new(),
            "owner_id": user_id(desk, owner),
            "net_minor": net_minor,
            "currency": "USD",
            "reverses_event_id": reverses,
            "product_id": product,
        }
        return work.insert("comp_event", values)


def a_won_deal(desk: Desk, name: str, amount: str, on: str, owner: str = ME) -> str:
    """Add a deal that was won on a day."""
    from sfa.services import opportunities  # noqa: PLC0415 - only for deals

    deal = an_opportunity(desk, name=name, amount=amount, owner=owner)
    opportunities.win(desk, [deal], on=on)
    return deal


def payable(desk: Desk, period: str = "2026-Q1", user: str | None = None) -> int:
    """Return what somebody is paid for a period."""
    return commission_statements.statement(desk, period, user).payable_minor


def closed_quarter(desk: Desk) -> None:
    """The second quarter has come; the first one is calculated by the manager and closed by finance."""
    clock_of(desk).advance(days=40)
    with at_the_desk(desk, BOSS):
        commission_runs.run(desk)
    with at_the_desk(desk, "Fay Finance"):
        commission_closing.close(desk, "2026-Q1")
