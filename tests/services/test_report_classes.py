"""Classes of customers: recorded once a month, and not left for a short while."""

import pytest

from sfa.errors import UsageError
from sfa.services import accounts, history, listing, report_classes, settings
from sfa.services.desk import Desk
from sfa.services.report_catalogue import CATALOGUE
from sfa.services.report_request import request
from tests.support.book_of_sales import a_sale
from tests.support.factories import a_contact, a_user, an_account, an_activity


def runs(desk: Desk) -> list[tuple[str, int, int]]:
    """Return day, side of value and runs across the limit of what is recorded, in order."""
    return [
        tuple(row) for row in desk.store.rows("SELECT recorded_on, is_valuable, value_runs FROM value_class ORDER BY 1")
    ]


def record(desk: Desk, end: str) -> None:
    report_classes.record(desk, request(desk, "value", start="2025-01-01", end=end))


def bought_instead(desk: Desk, account: str, minor: int) -> None:
    """Let the one order of an account, and its invoice, have come to something else."""
    with desk.store.write("order.edit", "") as work:
        for table in ("sales_order", "invoice"):
            row = desk.store.value(f"SELECT id FROM {table} WHERE account_id = ?", (account,))
            work.update(table, row, {"net_minor": minor})


@pytest.fixture
def acme(desk: Desk) -> str:
    """Return a customer whose value is a little above the limit: 55,000 of 100,000, and alone in its segment."""
    account = an_account(desk)
    a_sale(desk, account, "2025-06-01", (None, 52_000_00, None))
    return account


def test_a_class_is_recorded_and_taken_back(desk: Desk, acme: str) -> None:
    del acme
    saved = report_classes.record(desk, request(desk, "value"))
    assert saved.summary == "Recorded the class of 1 customers on 2026-03-10; 0 changed it"
    assert len(runs(desk)) == 1
    history.undo(desk)
    assert runs(desk) == []


def test_accounts_are_profiled_and_listed_by_the_class_that_was_recorded(desk: Desk, acme: str) -> None:
    accounts.edit(desk, [acme], {"segment": "Tools", "risk_band": "low"})
    an_account(desk, name="Nobody yet")
    record(desk, "2025-12-10")
    found = CATALOGUE["profiling"].run(desk, request(desk, "profiling"))
    told = [(row["segment"], row["value_class"], row["risk_band"], row["count"]) for row in found.rows]
    assert told == [(None, None, None, 1), ("Tools", "Win-over", "low", 1)]
    assert listing.count(desk, "account", 'value_class="Win-over"') == 1
    assert listing.count(desk, "account", "value_class=") == 1


def test_a_second_run_in_a_month_takes_the_place_of_the_first(desk: Desk, acme: str) -> None:
    del acme
    for end in ("2025-12-10", "2026-01-10", "2026-01-20"):
        record(desk, end)
    assert [row[0] for row in runs(desk)] == ["2025-12-10", "2026-01-20"]
    with pytest.raises(UsageError, match="A run of 2026-01-20"):
        record(desk, "2025-12-31")


def test_a_customer_a_little_below_the_limit_keeps_its_class_for_one_run(desk: Desk, acme: str) -> None:
    record(desk, "2025-12-10")
    assert runs(desk)[-1][1:] == (1, 0)
    bought_instead(desk, acme, 47_000_00)
    shown = CATALOGUE["value"].run(desk, request(desk, "value", start="2025-01-01", end="2026-01-10")).rows[0]
    assert shown["value"] < 50
    assert shown["quadrant"].startswith(("Win-over", "Key partner")), "looking at it is no run"
    record(desk, "2026-01-10")
    assert runs(desk)[-1][1:] == (1, 1)
    record(desk, "2026-02-10")
    assert runs(desk)[-1][1:] == (0, 0)


def test_a_customer_that_crosses_by_five_points_changes_at_once(desk: Desk, acme: str) -> None:
    record(desk, "2025-12-10")
    bought_instead(desk, acme, 10_000_00)
    record(desk, "2026-01-10")
    assert runs(desk)[-1][1:] == (0, 0)


def test_from_which_score_on_a_customer_is_valuable_is_a_setting(desk: Desk, acme: str) -> None:
    del acme
    shown = CATALOGUE["value"].run(desk, request(desk, "value", start="2025-01-01", end="2025-12-10")).rows[0]
    assert (shown["value"] > 50, shown["quadrant"][:8]) == (True, "Win-over")
    settings.change(desk, "value.high", "60")
    record(desk, "2025-12-10")
    assert runs(desk)[-1][1:] == (0, 0)


def test_equal_values_share_the_higher_fifth_where_that_is_set(desk: Desk) -> None:
    for number in range(6):
        a_sale(desk, an_account(desk, name=f"A{number}"), "2026-02-01")

    def scores() -> set[str]:
        return {row["rfm"] for row in CATALOGUE["rfm"].run(desk, request(desk, "rfm")).rows}

    assert len(scores()) == 5
    settings.change(desk, "value.exact_ties", "yes")
    assert scores() == {"555"}


def test_nothing_is_recorded_of_nobody_and_nothing_by_a_dry_run(desk: Desk) -> None:
    with pytest.raises(UsageError, match="Nobody bought anything"):
        report_classes.record(desk, request(desk, "value"))
    a_sale(desk, an_account(desk), "2026-02-01")
    saved = report_classes.record(desk, request(desk, "value"), is_dry_run=True)
    assert (saved.operation_id, runs(desk)) == (None, [])


def test_how_far_customers_are_known_classed_and_visited(desk: Desk, acme: str) -> None:
    accounts.edit(desk, [acme], {"segment": "A", "owner": a_user(desk, name="Ann")})
    an_account(desk, name="Nobody yet")

    def rates() -> list[tuple[str, int | None, int | None, float | None]]:
        rows = CATALOGUE["idic"].run(desk, request(desk, "idic")).rows
        return [(row["step"], row["done"], row["whole"], row["rate"]) for row in rows]

    assert rates() == [
        ("identify", 0, 2, 0), ("differentiate", 0, 1, 0), ("interact", 0, 1, 0), ("customise", 0, 0, None),
    ]  # fmt: skip
    jane = a_contact(desk, account="Acme", phone="+49 30 1234567")
    an_activity(desk, kind="visit", account=acme, started="2026-03-02T10:00")
    record(desk, "2026-03-10")
    assert [rate for *_, rate in rates()] == [0.5, 1, 1, None]
    with desk.store.write("test", "") as work:
        work.execute("UPDATE value_class SET is_loyal = 1")
        work.execute("UPDATE phone SET is_invalid = 1 WHERE contact_id = ?", (jane,))
    assert rates()[0][1] == 0
    accounts.edit(desk, [acme], {"plan": "A joint line", "plan_until": "2026-12-31", "retention_level": "structural"})
    assert rates()[-1] == ("customise", 1, 1, 1)
    accounts.edit(desk, [acme], {"plan_until": "2026-03-09"})
    assert rates()[-1] == ("customise", 0, 1, 0)
