"""Forecasts of the book: what counts, as of which day, for whom; and the record of a reseller's deals."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sfa.errors import UsageError
from sfa.exchange.import_plan import Request, make_plan
from sfa.exchange.importer import run
from sfa.services import forecast as service
from sfa.services import forecast_moves as moves
from sfa.services import opportunities, products
from sfa.services.desk import Desk
from sfa.services.forecast_book import deals_until
from sfa.services.forecast_periods import label_of, past_of, period_of
from sfa.services.forecast_submissions import Wish, submit
from tests.support.factories import TODAY, a_product, a_user, an_opportunity, clock_of, make_desk

if TYPE_CHECKING:
    from collections.abc import Callable

PIPELINE = (
    "opportunity_id=external_id,sales_agent=owner,product=product,account=account,deal_stage=stage,engage_date=created,"
    "close_date=closed,close_value=amount"
)
STAGES = "stage:Prospecting=Qualification,Engaging=Needs analysis"


def test_periods_in_words(desk: Desk) -> None:
    for words, label in (
        ("", "2026-Q1"), ("this quarter", "2026-Q1"), ("q3", "2026-Q3"), ("2017-Q3", "2017-Q3"), ("2026-03", "2026-03"),
        ("last year", "2025"),
    ):  # fmt: skip
        assert label_of(desk, period_of(desk, words)) == label
    with pytest.raises(UsageError, match="is no period"):
        period_of(desk, "soonish")


def test_a_fiscal_year_is_called_by_the_year_in_which_it_ends(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, settings={"workspace.fiscal_year_start": 4})
    found = period_of(desk, "2027-Q1")
    assert (found.start, found.end, label_of(desk, found)) == (date(2026, 4, 1), date(2026, 7, 1), "2027-Q1")
    assert period_of(desk, "this quarter").start == date(2026, 1, 1)
    assert period_of(desk, "2026").start == date(2025, 4, 1)
    assert period_of(desk, "2026-03").start == date(2026, 3, 1)
    assert label_of(desk, past_of(found, date(2026, 8, 1))[0]) == "2026-Q4"
    desk.close()


def test_the_weighted_forecast_is_that_of_the_report_to_the_cent(desk: Desk) -> None:
    for amount, probability in (("100k", "50 %"), ("40k", "75 %"), ("200k", "10 %"), ("0.01", "50 %")):
        an_opportunity(desk, amount=amount, probability=probability, close_date="2026-03-31")
    an_opportunity(desk, amount="7 EUR", close_date="2026-03-31")
    found = service.sheet(desk, service.ask(desk, method="weighted"))
    assert found.forecasts[0].estimate.point_minor == 100_000_01
    assert found.left_out == (("EUR", 1),)


def test_a_forecast_of_a_past_day_knows_nothing_of_what_came_after(desk: Desk) -> None:
    clock = clock_of(desk)
    deal = an_opportunity(desk, amount="1000", close_date="2026-03-20", created="2026-03-01")
    before = service.sheet(desk, service.ask(desk, as_of="2026-03-10"))
    clock.advance(days=5)
    opportunities.edit(desk, [deal], {"amount": "9000", "probability": "100 %"})
    an_opportunity(desk, amount="77k", close_date="2026-03-20")
    clock.advance(days=1)
    opportunities.win(desk, [deal], on="2026-03-16")
    after = service.sheet(desk, service.ask(desk, as_of="2026-03-10"))
    assert [found.estimate for found in after.forecasts] == [found.estimate for found in before.forecasts]
    assert [found.interval for found in after.forecasts] == [found.interval for found in before.forecasts]
    now = service.sheet(desk, service.ask(desk))
    assert now.won_minor == 9_000_00


def test_nothing_that_happens_later_changes_the_forecast_of_a_day(desk: Desk) -> None:
    cheap, dear = a_product(desk, name="Cheap", price="500"), a_product(desk, name="Dear", price="9000")
    colleague = a_user(desk)
    bare = an_opportunity(desk, name="bare", close_date="2026-03-20", owner="me")
    listed = an_opportunity(desk, name="listed", product=cheap, owner="me", close_date="2026-03-20")
    opportunities.edit(desk, [listed], {"amount": None})
    others = [an_opportunity(desk, name=name, amount="1k", close_date="2026-03-20", owner="me") for name in "abcd"]
    opportunities.win(desk, others[:1])
    clock_of(desk).advance(days=3)
    later: dict[str, Callable[[], object]] = {
        "an edit": lambda: opportunities.edit(desk, others[1:2], {"amount": "9k", "close_date": "2026-09-01"}),
        "another product": lambda: opportunities.edit(desk, [listed], {"product": dear}),
        "a first product": lambda: opportunities.edit(desk, [bare], {"product": cheap}),
        "a product taken out": lambda: opportunities.edit(desk, [listed], {"product": None}),
        "another list price": lambda: products.edit(desk, [cheap], {"price": "700"}),
        "another currency": lambda: opportunities.edit(desk, others[1:2], {"amount": "9k EUR"}),
        "another owner": lambda: opportunities.edit(desk, others[2:3], {"owner": colleague}),
        "a deal won": lambda: opportunities.win(desk, others[1:2]),
        "a deal lost": lambda: opportunities.lose(desk, others[2:3], "price"),
        "a deal removed": lambda: opportunities.remove(desk, others[3:]),
        "a new deal": lambda: an_opportunity(desk, name="new", amount="77k", close_date="2026-03-20"),
        "a foreign deal": lambda: an_opportunity(desk, name="foreign", amount="7 EUR", close_date="2026-03-20"),
        "a number": lambda: submit(desk, Wish("2026-Q1", "5k")),
    }
    before = {segment: known(desk, segment) for segment in ("", "owner", "product", "size")}
    assert before[""]["open"] == 3_000_00 + 500_00
    for name, happens in later.items():
        happens()
        for segment, told in before.items():
            if (name, segment) not in UNDATED:
                assert known(desk, segment) == told, f"{name} is seen by segment {segment or 'none'}"


UNDATED = {("another product", "product"), ("a first product", "product"), ("a product taken out", "product")}
"""Product lines tell deals apart as they are now."""


def known(desk: Desk, segment: str) -> dict[str, object]:
    """Return what the forecast of 10 March says."""
    found = service.sheet(desk, service.ask(desk, as_of="2026-03-10", segment=segment))
    methods = {item.method.name: (item.estimate, item.interval) for item in found.forecasts}
    return {**methods, "open": found.open_minor, "left out": found.left_out, "roll-up": found.rolled_up}


def test_a_deal_in_another_currency_than_before_brings_nothing_of_the_old_amount(desk: Desk) -> None:
    deal = an_opportunity(desk, amount="1000", close_date="2026-03-20")
    clock_of(desk).advance(days=1)
    opportunities.edit(desk, [deal], {"amount": "800 EUR"})
    assert [(state.value_minor, state.on.day) for state in deals_until(desk, desk.today, "EUR")[0].states] == [
        (None, 10), (800_00, 11),
    ]  # fmt: skip
    assert deals_until(desk, desk.today, "USD") == []


def test_deals_are_told_apart_by_what_they_were_worth_at_first(desk: Desk) -> None:
    small, large = an_opportunity(desk, amount="50"), an_opportunity(desk, amount="5000")
    opportunities.edit(desk, [small], {"amount": "90k"})
    found = {deal.id: deal.segment for deal in deals_until(desk, TODAY, "USD", "size")}
    assert found == {small: "3000", large: "300000"}


def test_a_deal_won_before_it_was_entered_lends_its_amount_to_no_earlier_day(desk: Desk) -> None:
    product = a_product(desk, price="500")
    values = {"amount": "123456", "product": product, "stage": "won", "created": "2026-01-05", "closed": "2026-02-20"}
    an_opportunity(desk, **values)
    deal = deals_until(desk, TODAY, "USD")[0]
    assert (deal.is_retold, deal.list_minor) == (True, 500_00)


def test_a_quota_is_covered_and_reached_with_some_chance(desk: Desk) -> None:
    owner = a_user(desk)
    an_opportunity(desk, amount="800k", close_date="2026-03-20", owner=owner)
    with desk.store.write("quota.set", "Set a quota") as work:
        quota = {"participant_id": owner, "period_code": "2026-Q1", "amount": 320_000_00, "currency": "USD"}
        work.insert("comp_quota", {**quota, "recorded_at": "2026-01-01T00:00:00.000Z"})
    found = service.sheet(desk, service.ask(desk, owner="Pat Colleague"))
    assert (found.quota_minor, found.coverage) == (320_000_00, 2.5)
    assert found.trusted is not None
    assert 0 < (found.trusted.interval.reach or 0) < 1
    assert service.sheet(desk, service.ask(desk, period="2026-Q2")).quota_minor is None


def test_words_that_mean_nothing_are_refused(desk: Desk) -> None:
    for words in (
        {"method": "wieghted"},
        {"as_of": "2027-01-01"},
        {"period": "soon"},
        {"as_of": "soonish"},
        {"currency": "XXQ"},
    ):
        with pytest.raises(UsageError):
            service.ask(desk, **words)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="told apart"):
        service.sheet(desk, service.ask(desk, segment="moon"))


def test_the_bridge_names_the_deals_behind_each_number(desk: Desk) -> None:
    clock = clock_of(desk)
    for name in ("grown", "won", "gone", "later"):
        an_opportunity(desk, name=name, amount="100", close_date="2026-03-20")
    ids = {row[1]: row[0] for row in desk.store.rows("SELECT id, name FROM opportunity")}
    clock.advance(days=2)
    opportunities.edit(desk, [ids["grown"]], {"amount": "150"})
    opportunities.win(desk, [ids["won"]])
    opportunities.lose(desk, [ids["gone"]], "price")
    opportunities.edit(desk, [ids["later"]], {"close_date": "2026-06-01"})
    an_opportunity(desk, name="new", amount="30", close_date="2026-03-25")
    found = moves.bridge_sheet(desk, "2026-03-10", period="2026-Q1")
    told = {deal.name: deal.bucket for deal in found.deals}
    assert told == {
        "grown": "amount_changes", "won": "won", "gone": "lost", "later": "pushed_out", "new": "created",
    }  # fmt: skip
    shown = found.bridge
    assert (shown.begin_minor, shown.end_minor, shown.difference) == (400_00, 180_00, 0)
    assert shown.amounts["amount_changes"] == 50_00


def test_a_bridge_that_ends_before_it_begins_is_refused(desk: Desk) -> None:
    with pytest.raises(UsageError, match="before it begins"):
        moves.bridge_sheet(desk, "2026-03-10", "2026-03-01")


def test_slipped_deals_are_named_with_their_pushes(desk: Desk) -> None:
    clock = clock_of(desk)
    clock.moment = clock.moment.replace(month=1, day=1)
    slow, done = (an_opportunity(desk, name=name, amount="10", close_date="2026-02-01") for name in ("slow", "done"))
    clock.advance(days=30)
    opportunities.edit(desk, [slow], {"close_date": "2026-05-01"})
    opportunities.win(desk, [done])
    found = moves.slip_sheet(desk, "2026-Q1")
    assert (found.rate, found.pushes) == (0.5, 1)
    assert [(deal.name, deal.bucket) for deal in found.deals] == [("slow", "slipped"), ("done", "won")]
    with pytest.raises(UsageError, match="not begun"):
        moves.slip_sheet(desk, "2026-Q2")


@pytest.fixture(scope="module")
def reseller(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Desk:
    """Return a desk with the deals of a reseller as they stood on 2017-06-30."""
    desk = make_desk(tmp_path_factory.mktemp("reseller"))
    folder = shared_data / "maven_crm"
    for name, noun in (("sales_teams", "user"), ("accounts", "account"), ("products", "product")):
        run(desk, make_plan(desk, Request(folder / f"{name}.csv", noun)))
    source = folder / "sales_pipeline_asof_2017-06-30.csv"
    run(desk, make_plan(desk, Request(source, "opportunity", columns=PIPELINE, values=STAGES)))
    return desk


def test_a_resellers_next_quarter_has_a_number_and_an_interval_by_each_method(reseller: Desk) -> None:
    found = service.sheet(reseller, service.ask(reseller, period="2017-Q3", as_of="2017-06-30"))
    by_name = {item.method.name: item for item in found.forecasts}
    for name in ("combined", "flow", "history", "pace", "list_times_win_rate"):
        shown = by_name[name].interval
        assert 0 < shown.p10 < shown.p50 < shown.p90
    assert found.trusted is not None
    # Deals that lie dead do not count at list price times win rate.
    assert by_name["flow"].estimate.open_minor < 0.7 * by_name["list_times_win_rate"].estimate.open_minor


def test_the_trusted_method_would_have_beaten_list_price_times_win_rate_twofold(reseller: Desk) -> None:
    found = service.backtest(reseller, service.ask(reseller, period="2017-Q3", as_of="2017-06-30"))
    assert found.trust == service.sheet(reseller, found.asked).trust
    error = {score.method: score for score in found.scores}
    best, naive = error[found.trust.method], error["list_times_win_rate"]
    assert best.wape is not None
    assert naive.wape is not None
    assert naive.wape >= 2 * best.wape
    firsts = [score.first_wape for score in found.scores if score.first_wape is not None]
    assert (naive.first_wape or 0) >= 2 * min(firsts)
    assert found.labels == ("2017-Q2", "2017-Q1")
