"""Reports: what counts, for whom, in which period; and that every number opens into its records."""

from datetime import date, timedelta
from typing import Any

import pytest

from sfa.domain.money import Money
from sfa.errors import NotFoundError, UsageError
from sfa.services import listing, opportunities, users
from sfa.services.desk import Desk
from sfa.services.reports import REPORTS, Report, request
from tests.support.factories import (
    TODAY,
    a_product,
    a_user,
    an_account,
    an_activity,
    an_opportunity,
    clock_of,
)

Row = dict[str, Any]


def report(desk: Desk, name: str, by: str = "", **words: Any) -> Report:  # noqa: ANN401 - see request
    return REPORTS[name](desk, request(desk, name, by=by, **words))


def rows(desk: Desk, name: str, by: str = "", **words: Any) -> list[Row]:  # noqa: ANN401 - as above
    return report(desk, name, by, **words).rows


def usd(amount: int) -> Money:
    return Money(amount * 100, "USD")


def won(desk: Desk, amount: str = "1000", on: str = "2026-02-15", **values: object) -> str:
    deal = an_opportunity(desk, amount=amount, created="2026-01-01", **values)
    opportunities.win(desk, [deal], on=on)
    return deal


def lost(desk: Desk, amount: str = "1000", on: str = "2026-02-15", **values: object) -> str:
    deal = an_opportunity(desk, amount=amount, created="2026-01-01", **values)
    opportunities.lose(desk, [deal], "price", on=on)
    return deal


def test_without_dimensions_there_is_one_row_even_of_nothing(desk: Desk) -> None:
    assert [(row["count"], row["amount"]) for row in rows(desk, "wins")] == [(0, usd(0))]
    won(desk, "1000")
    won(desk, "500.50")
    assert [(row["count"], row["amount"]) for row in rows(desk, "wins")] == [(2, Money(150050, "USD"))]
    assert rows(desk, "winrate")[0]["win_rate"] == 1
    assert rows(desk, "cycle", owner="me", period="2025")[0]["median_days"] is None


def test_wins_by_quarter_are_in_the_order_of_time_and_skip_what_is_open_or_lost(desk: Desk) -> None:
    won(desk, "100", on="2026-01-02")
    won(desk, "900", on="2025-12-31")
    lost(desk)
    an_opportunity(desk, amount="7")
    found = [(row["quarter"], row["count"], row["amount"]) for row in rows(desk, "wins", "quarter")]
    assert found == [("2025-Q4", 1, usd(900)), ("2026-Q1", 1, usd(100))]


def test_currencies_are_never_added(desk: Desk) -> None:
    won(desk, "100 USD")
    won(desk, "300 EUR")
    found = report(desk, "wins", "month")
    assert [str(row["amount"]) for row in found.rows] == ["300.00 EUR", "100.00 USD"]
    assert sorted(str(row["amount"]) for row in found.totals) == ["100.00 USD", "300.00 EUR"]


def test_a_deal_without_an_amount_counts_with_the_own_currency(desk: Desk) -> None:
    an_opportunity(desk, amount="100")
    an_opportunity(desk)
    assert [(row["count"], row["amount"]) for row in rows(desk, "pipeline")] == [(2, usd(100))]


def test_the_weighted_pipeline_of_the_worked_example(desk: Desk) -> None:
    for amount, probability in (("100k", "50 %"), ("40k", "75 %"), ("200k", "10 %")):  # domain.md 3.2, F1
        an_opportunity(desk, amount=amount, probability=probability)
    assert rows(desk, "pipeline")[0]["weighted"] == usd(100_000)


def test_weights_of_amounts_beyond_64_bits_are_exact_and_rounded_once(desk: Desk) -> None:
    for _ in range(12):
        an_opportunity(desk, amount="9,999,999,999,999.99", probability="99.9999 %")
    weighted = rows(desk, "pipeline")[0]["weighted"]
    assert weighted.amount_minor == (12 * 999_999_999_999_999 * 999_999 * 2 + 10**6) // (2 * 10**6)


def test_the_pipeline_by_stage_is_in_the_order_of_stages(desk: Desk) -> None:
    for stage in ("Negotiation", "Qualification", "Proposal / quote"):
        an_opportunity(desk, amount="10", stage=stage)
    assert [row["stage"] for row in rows(desk, "pipeline", "stage")] == [
        "Qualification",
        "Proposal / quote",
        "Negotiation",
    ]


def test_others_begin_with_the_largest_and_end_with_nobody(desk: Desk) -> None:
    small, large = an_account(desk, name="Acme"), an_account(desk, name="Zeta")
    won(desk, "10", account=small)
    won(desk, "20", account=large)
    won(desk, "99")
    assert [row["account"] for row in rows(desk, "wins", "account")] == ["Zeta", "Acme", None]


def test_two_accounts_of_one_name_stay_two(desk: Desk) -> None:
    for amount, city in (("10", "Bremen"), ("20", "Leeds")):
        won(desk, amount, account=an_account(desk, name="Acme", city=city))
    found = rows(desk, "wins", "account")
    assert [(row["account"], row["amount"]) for row in found] == [("Acme", usd(20)), ("Acme", usd(10))]
    assert [listing.count(desk, "opportunity", row["where"]) for row in found] == [1, 1]


def test_the_win_rate_leaves_out_open_deals(desk: Desk) -> None:
    for amount in ("100", "100", "200"):
        won(desk, amount)
    lost(desk, "1200")
    an_opportunity(desk, amount="5")
    row = rows(desk, "winrate", "month")[0]
    assert (row["month"], row["won"], row["lost"]) == ("2026-02", 3, 1)
    assert (row["win_rate"], row["value_rate"]) == (0.75, 0.25)


def test_there_is_no_rate_by_value_over_several_currencies(desk: Desk) -> None:
    won(desk, "100 EUR")
    lost(desk, "100 USD")
    row = rows(desk, "winrate", "owner")[0]
    assert (row["win_rate"], row["value_rate"]) == (0.5, None)


def test_the_cycle_is_the_median_of_days_from_creation_to_winning(desk: Desk) -> None:
    for day in ("2026-01-11", "2026-01-12", "2026-02-10", "2026-01-02"):
        won(desk, on=day)
    lost(desk, on="2026-01-03")
    row = rows(desk, "cycle")[0]
    assert (row["count"], row["median_days"], row["mean_days"]) == (4, 10.5, 15.5)


class TestPeriods:
    def test_first_and_last_day_count(self, desk: Desk) -> None:
        for day in ("2025-12-31", "2026-01-01", "2026-01-31", "2026-02-01"):
            won(desk, on=day)
        assert rows(desk, "wins", start="2026-01-01", end="2026-01-31")[0]["count"] == 2
        assert rows(desk, "wins", start="2026-01-01")[0]["count"] == 3
        assert rows(desk, "wins", end="2026-01-01")[0]["count"] == 2

    def test_words_name_periods(self, desk: Desk) -> None:
        for day in ("2025-10-01", "2025-12-31", "2026-01-01"):
            won(desk, on=day)
        assert rows(desk, "wins", period="last quarter")[0]["count"] == 2
        assert rows(desk, "wins", period="2025-Q4")[0]["count"] == 2
        assert rows(desk, "wins", start="2025-11", end="this quarter")[0]["count"] == 2

    def test_what_is_no_day_is_refused(self, desk: Desk) -> None:
        with pytest.raises(UsageError, match="soonish"):
            request(desk, "wins", start="soonish")
        with pytest.raises(UsageError, match="end before it begins"):
            request(desk, "wins", start="2026-02-01", end="2026-01-01")
        with pytest.raises(UsageError, match="period"):
            request(desk, "wins", start="2026-02-01", period="2026")


class TestPeopleAboveAndBelow:
    @pytest.fixture(autouse=True)
    def company(self, desk: Desk) -> None:
        """Head above Manager above Rep; each won one deal, and so did Loner, whom nobody manages."""
        head = a_user(desk, name="Head")
        manager = a_user(desk, name="Manager", manager=head)
        people = {"Head": head, "Manager": manager, "Rep": a_user(desk, name="Rep", manager=manager)}
        people["Loner"] = a_user(desk, name="Loner")
        for name, amount in zip(people, ("1000", "200", "30", "4"), strict=True):
            won(desk, amount, owner=people[name])

    def test_a_manager_is_the_direct_one(self, desk: Desk) -> None:
        found = {row["manager"]: row["amount"] for row in rows(desk, "wins", "manager")}
        assert found == {"Head": usd(200), "Manager": usd(30), None: usd(1004)}

    def test_rolled_up_a_manager_has_everybody_below_and_what_is_their_own(self, desk: Desk) -> None:
        found = report(desk, "wins", "manager", is_rolled_up=True)
        assert {row["manager"]: row["amount"] for row in found.rows} == {
            "Head": usd(1230),
            "Manager": usd(230),
            None: usd(4),
        }
        assert [row["amount"] for row in found.totals] == [usd(1234)]
        assert [listing.count(desk, "opportunity", row["where"]) for row in found.rows] == [3, 2, 1]

    def test_one_owner_alone_or_with_everybody_below(self, desk: Desk) -> None:
        assert rows(desk, "wins", owner="manager")[0]["amount"] == usd(200)
        assert rows(desk, "wins", owner="Manager", is_rolled_up=True)[0]["amount"] == usd(230)
        with pytest.raises(NotFoundError):
            rows(desk, "wins", owner="Nobody at all")

    def test_a_parent_account_has_all_below(self, desk: Desk) -> None:
        group = an_account(desk, name="Group")
        plant = an_account(desk, name="Plant", parent=group)
        won(desk, "10", account=group)
        won(desk, "5", account=plant)
        plain = {row["account"]: row["amount"] for row in rows(desk, "wins", "account")}
        rolled = {row["account"]: row["amount"] for row in rows(desk, "wins", "account", is_rolled_up=True)}
        assert plain == {"Group": usd(10), "Plant": usd(5), None: usd(1234)}
        assert rolled == {"Group": usd(15), "Plant": usd(5), None: usd(1234)}


class TestProducts:
    def add_line(self, desk: Desk, deal: str, product: str, amount_minor: int | None) -> None:
        values = {"opportunity_id": deal, "product_id": product, "seq": 9, "quantity_dec6": 10**6}
        with desk.store.write("test", "Added a line") as work:
            work.insert("opportunity_line", {**values, "amount_minor": amount_minor})

    def test_products_add_up_to_the_whole(self, desk: Desk) -> None:
        bench, arm = a_product(desk, name="Bench", price="60 USD"), a_product(desk, name="Arm")
        deal = won(desk, "100", product=bench)
        self.add_line(desk, deal, arm, 30_00)
        won(desk, "7", product=arm)
        won(desk, "1")
        found = report(desk, "wins", "product")
        assert [(row["product"], row["count"], row["amount"].amount_minor) for row in found.rows] == [
            ("Bench", 1, 66_67),
            ("Arm", 2, 40_33),
            (None, 1, 1_00),
        ]
        assert [(row["count"], row["amount"]) for row in found.totals] == [(3, usd(108))]

    def test_lines_without_amounts_give_all_to_the_first(self, desk: Desk) -> None:
        bench, arm = a_product(desk, name="Bench"), a_product(desk, name="Arm")
        self.add_line(desk, deal := won(desk, "100", product=bench), arm, None)
        assert {row["product"]: row["amount"] for row in rows(desk, "wins", "product")} == {
            "Bench": usd(100),
            "Arm": usd(0),
        }
        row = rows(desk, "winrate", "product")[1]
        assert (row["product"], row["won"], row["value_rate"]) == ("Bench", 1, 1)
        assert {row["product"]: row["count"] for row in rows(desk, "cycle", "product")} == {"Bench": 1, "Arm": 1}
        assert deal

    def test_two_lines_of_one_product_are_one_deal(self, desk: Desk) -> None:
        bench = a_product(desk, name="Bench", price="60 USD")
        self.add_line(desk, won(desk, "100", product=bench), bench, 40_00)
        assert [(row["count"], row["amount"]) for row in rows(desk, "wins", "product,owner")] == [(1, usd(100))]
        assert rows(desk, "cycle", "product")[0]["count"] == 1


class TestActivities:
    def test_of_nothing_there_are_no_rows(self, desk: Desk) -> None:
        assert rows(desk, "activity", "month") == []

    def test_are_counted_by_kind_with_their_minutes_and_accounts(self, desk: Desk) -> None:
        acme = an_account(desk, name="Acme")
        an_activity(desk, kind="visit", account=acme, duration_min=60)
        an_activity(desk, kind="call", account=acme, duration_min=10)
        an_activity(desk, kind="call", account=acme)
        an_activity(desk, kind="call", account=an_account(desk, name="Zeta"))
        found = report(desk, "activity")
        assert [(row["kind"], row["count"], row["minutes"], row["accounts"]) for row in found.rows] == [
            ("call", 3, 10, 2),
            ("visit", 1, 60, 1),
        ]
        assert found.totals == [{"count": 4, "minutes": 70, "accounts": 2}]
        assert [listing.count(desk, "activity", row["where"]) for row in found.rows] == [3, 1]

    def test_a_filter_is_over_activities(self, desk: Desk) -> None:
        an_activity(desk, kind="call")
        an_activity(desk, kind="visit", outcome="positive")
        assert [row["kind"] for row in rows(desk, "activity", where="outcome=positive")] == ["visit"]

    def test_months_are_those_where_the_user_is(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        from zoneinfo import ZoneInfo  # noqa: PLC0415 - only here

        an_activity(desk, started_at="2026-01-31T16:00:00.000Z")  # one o'clock on the first of February in Tokyo
        monkeypatch.setattr(clock_of(desk), "_zone", ZoneInfo("Asia/Tokyo"))
        assert [row["month"] for row in rows(desk, "activity", "month")] == ["2026-02"]
        assert [row["quarter"] for row in rows(desk, "activity", "quarter", start="2026-02-01")] == ["2026-Q1"]
        assert rows(desk, "activity", end="2026-01-31") == []


class TestStale:
    def test_are_open_deals_on_which_nothing_was_done_for_long(self, desk: Desk) -> None:
        old = (TODAY - timedelta(days=90)).isoformat()
        quiet = an_opportunity(desk, name="Quiet", amount="10", created=old)
        busy = an_opportunity(desk, name="Busy", amount="20", created=old)
        an_opportunity(desk, name="Young", amount="30")
        opportunities.win(desk, [an_opportunity(desk, name="Won", created=old)])
        an_activity(desk, opportunity=busy, started=TODAY - timedelta(days=3))
        an_activity(desk, opportunity=quiet, started=TODAY - timedelta(days=60))
        assert [row["name"] for row in rows(desk, "stale")] == ["Quiet"]
        assert rows(desk, "stale")[0]["last_activity"].startswith("2026-01-09")
        assert [row["name"] for row in rows(desk, "stale", stale_days=2)] == ["Busy", "Quiet"]

    def test_what_was_cancelled_or_is_still_to_come_is_not_done(self, desk: Desk) -> None:
        deal = an_opportunity(desk, created="2025-06-01")
        an_activity(desk, opportunity=deal, started=TODAY - timedelta(days=2), outcome="cancelled")
        an_activity(desk, opportunity=deal, started=TODAY + timedelta(days=2))
        assert [row["last_activity"] for row in rows(desk, "stale")] == [None]

    def test_are_summed_by_owner_where_asked(self, desk: Desk) -> None:
        an_opportunity(desk, amount="10", created="2025-06-01")
        an_opportunity(desk, amount="15", created="2025-06-01")
        assert [(row["count"], row["amount"]) for row in rows(desk, "stale", "owner")] == [(2, usd(25))]


class TestEveryNumberOpens:
    @pytest.fixture
    def book(self, desk: Desk) -> Desk:
        """A small book with gaps: no owner's manager, no account, no amount, other currencies, capitals."""
        boss = a_user(desk, name="Boss")
        owners = [a_user(desk, name="Ann", manager=boss), a_user(desk, name="Bob")]
        accounts = [an_account(desk, name="Acme (North)", industry="Energy"), an_account(desk, name="none"), None]
        products = [None, *(a_product(desk, name=name) for name in ("Bench", "Arm", "Cell", 'Arm "2"'))]
        deals = [
            {
                "owner": owners[number % 2],
                "account": accounts[number % 3],
                "amount": (None, "100", "250 EUR", "7")[number % 4],
                "source": ("web", "Web", 'a "fair"', None)[number % 4],
                "close_date": date(2026, 1 + number % 5, 3) if number % 4 else None,
                "product": products[number % 5],
            }
            for number in range(24)
        ]
        for number, values in enumerate(deals):
            told = {name: value for name, value in values.items() if value is not None}
            deal = an_opportunity(desk, created="2025-12-01", **told)
            if number % 3 == 0:
                opportunities.win(desk, [deal], on=date(2026, 1, 1) + timedelta(days=number))
            if number % 3 == 1:
                opportunities.lose(desk, [deal], "price", on=date(2026, 1, 1) + timedelta(days=2 * number))
        return desk

    @pytest.mark.parametrize("name", ["pipeline", "wins", "winrate", "cycle"])
    @pytest.mark.parametrize(
        "by",
        ["owner", "manager", "team", "stage", "account", "industry", "source", "month", "product", "quarter,owner", ""],
    )
    def test_into_the_deals_that_it_counts(self, book: Desk, name: str, by: str) -> None:
        found = rows(
            book, name, by, where="amount<5000 or amount=none", end="2026-12-31" if name != "pipeline" else None
        )
        assert found
        for row in found:
            if by == "product" and row["product"] == "Arm":
                assert row["where"] is None  # its name is part of another's
                continue
            assert listing.count(book, "opportunity", row["where"]) == row.get(
                "count", row.get("won", 0) + row.get("lost", 0)
            )

    @pytest.mark.parametrize("name", ["pipeline", "wins"])
    @pytest.mark.parametrize("by", ["owner", "manager", "stage", "account", "industry", "source", "month", "product"])
    def test_groups_add_up_to_the_total(self, book: Desk, name: str, by: str) -> None:
        found = report(book, name, by)
        for total in found.totals:
            parts = [row for row in found.rows if row["amount"].currency == total["amount"].currency]
            assert sum(row["amount"].amount_minor for row in parts) == total["amount"].amount_minor
            assert sum(row["count"] for row in parts) == total["count"]

    def test_a_filter_narrows_a_report_and_is_kept_in_its_rows(self, book: Desk) -> None:
        found = rows(book, "wins", "owner", where="source=web", owner="Ann")
        assert [row["owner"] for row in found] == ["Ann"]
        assert listing.count(book, "opportunity", found[0]["where"]) == found[0]["count"]
        with pytest.raises(UsageError, match="colour"):
            rows(book, "wins", where="colour=red")

    def test_deals_in_the_trash_count_nowhere(self, book: Desk) -> None:
        before = rows(book, "wins")
        opportunities.remove(book, [won(book)])
        assert rows(book, "wins") == before


def test_what_cannot_be_grouped_by_is_refused(desk: Desk) -> None:
    for name, by in (
        ("wins", "colour"),
        ("wins", "kind"),
        ("activity", "stage"),
        ("wins", "owner,owner"),
        ("wins", "owner,team,stage"),
    ):
        with pytest.raises(UsageError):
            request(desk, name, by=by)


def test_my_own_deals(desk: Desk) -> None:
    me = a_user(desk, name="Ann")
    users.become(desk, me)
    won(desk, "5")
    assert rows(desk, "wins", owner="me")[0]["count"] == 1
