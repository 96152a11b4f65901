"""Reports on customers and people: what counts, what is not kept, and that each row opens into its records."""

from pathlib import Path

import pytest

from sfa.errors import UsageError
from sfa.exchange.report_xlsx import write_report
from sfa.services import history, listing, opportunities, report_team
from sfa.services.desk import Desk
from sfa.services.report_catalogue import CATALOGUE, noun_of, records_of
from sfa.services.report_request import request
from sfa.services.report_table import Report
from tests.support.factories import a_lead, a_user, an_account, an_activity, an_opportunity


def report(desk: Desk, name: str, period: str | None = None) -> Report:
    return CATALOGUE[name].run(desk, request(desk, name, period=period))


def sold(desk: Desk, account: str, amount: str, on: str, **values: object) -> str:
    deal = an_opportunity(desk, account=account, amount=amount, created=on, **values)
    opportunities.win(desk, [deal], on=on)
    return deal


def an_order(desk: Desk, account: str, minor: int, on: str, state: str = "open") -> str:
    with desk.store.write("order.add", "Added an order") as work:
        number = f"SO-{on}-{minor}"
        values = {"number": number, "name": number, "account_id": account, "state": state, "currency": "USD"}
        return work.insert("sales_order", {**values, "ordered_on": on, "net_minor": minor})


def test_abc_of_the_worked_example(desk: Desk) -> None:
    for name, amount in zip("abcdefg", ("400", "250", "150", "90", "60", "30", "20"), strict=True):
        sold(desk, an_account(desk, name=name), amount, "2026-02-01")
    found = report(desk, "abc")
    assert [(row["account"], row["class"]) for row in found.rows] == list(zip("abcdefg", "AAABBCC", strict=True))
    assert "HHI" in found.note


def test_orders_count_where_there_are_any_and_cancelled_ones_never_do(desk: Desk) -> None:
    acme = an_account(desk)
    sold(desk, acme, "999", "2026-02-01")
    an_order(desk, acme, 100_00, "2026-01-05")
    an_order(desk, acme, 50_00, "2026-02-05")
    an_order(desk, acme, 7_00, "2026-02-06", state="cancelled")
    row = report(desk, "persistence").rows[0]
    assert (row["account"], row["purchases"], row["active_months"], row["gap"]) == ("Acme", 2, 2, 31.0)
    assert str(report(desk, "abc").rows[0]["revenue"]) == "150.00 USD"


def test_customers_have_a_class_and_something_to_do(desk: Desk) -> None:
    for number in range(12):
        account = an_account(desk, name=f"A{number:02}", employees=10 * (number + 1))
        for month in range(1, 3):
            sold(desk, account, str(100 * (number + 1)), f"2026-{month:02}-01")
    rows = report(desk, "value").rows
    assert [row["value_rank"] for row in rows] == list(range(1, 13))
    assert rows[0]["account"] == "A11"
    assert rows[0]["quadrant"].endswith("(provisional)")
    assert {row["lifecycle"] for row in rows} == {"new"}


def test_retention_names_who_was_lost(desk: Desk) -> None:
    kept, lost = an_account(desk, name="Kept"), an_account(desk, name="Lost")
    sold(desk, kept, "100", "2025-10-15")
    sold(desk, lost, "300", "2025-11-15")
    sold(desk, kept, "80", "2026-01-15")
    found = report(desk, "retention", period="2026-Q1")
    told = {row["measure"]: row for row in found.rows}
    assert (told["customers before"]["count"], told["lost"]["count"], told["retention"]["rate"]) == (2, 1, 0.5)
    assert told["gross revenue retention"]["rate"] == 0.2
    assert str(told["lost: Lost"]["revenue"]) == "300.00 USD"


def test_the_leaderboard_opens_into_the_deals_that_were_won(desk: Desk) -> None:
    ann, bob = a_user(desk, name="Ann"), a_user(desk, name="Bob")
    sold(desk, an_account(desk), "100", "2026-02-01", owner=ann)
    sold(desk, an_account(desk, name="Beta"), "300", "2026-02-01", owner=bob)
    found = report(desk, "leaderboard")
    assert [(row["owner"], str(row["amount"]), row["win_rate"]) for row in found.rows] == [
        ("Bob", "300.00 USD", 1.0), ("Ann", "100.00 USD", 1.0),
    ]  # fmt: skip
    _, listed = records_of(desk, found, found.rows[0])
    assert [str(deal["amount"]) for deal in listed.rows] == ["300.00 USD"]


def test_coaching_shows_what_lies_about_beside_the_median(desk: Desk) -> None:
    ann, bob = a_user(desk, name="Ann"), a_user(desk, name="Bob")
    an_opportunity(desk, owner=ann, close_date="2026-01-01", created="2025-12-01")
    an_opportunity(desk, owner=bob, next_step="call", close_date="2026-09-01")
    rows = {row["owner"]: row for row in report(desk, "coaching").rows}
    assert (rows["Ann"]["without_step"], rows["Ann"]["overdue"], rows["Ann"]["stale"]) == (1, 1, 1)
    assert rows["(median)"]["overdue"] == 0.5


def test_the_ten_measures_say_what_is_not_kept(desk: Desk) -> None:
    acme = an_account(desk)
    sold(desk, acme, "100", "2026-01-15")
    an_activity(desk, account=acme, outcome="connected", duration_min=48, started="2026-02-02T10:00")
    rows = report(desk, "measures", period="2026-02").rows
    assert [row["measure"].split()[0] for row in rows[:10]] == [str(number) for number in range(1, 11)]
    assert rows[0]["now"] == "2.4"  # 48 minutes over the 20 working days of February
    assert [rows[at]["note"] for at in (3, 8, 9)] == [
        "no data kept yet: cases", "no data kept yet: surveys", "no data kept yet: requests",
    ]  # fmt: skip
    assert rows[10]["note"] == "" or "small sample" in rows[10]["note"]


def test_a_baseline_is_kept_compared_with_and_taken_back(desk: Desk) -> None:
    acme = an_account(desk)
    for day, minutes in (("2026-01-12", 44), ("2026-02-02", 80)):
        sold(desk, acme, "100", "2026-01-02")
        an_activity(desk, account=acme, outcome="connected", duration_min=minutes, started=f"{day}T10:00")
    saved = report_team.keep_baseline(desk, request(desk, "measures", period="2026-01"))
    assert saved.operation_id is not None
    row = report(desk, "measures", period="2026-02").rows[0]
    assert (row["baseline"], row["now"], row["change"]) == ("2.0", "4.0", 1.0)
    report_team.keep_baseline(desk, request(desk, "measures", period="2026-01"))
    history.undo(desk)
    assert report(desk, "measures", period="2026-02").rows[0]["baseline"] is None
    with pytest.raises(UsageError, match="Nothing can be measured"):
        report_team.keep_baseline(desk, request(desk, "measures", period="2019-01"))


def test_every_report_runs_on_an_empty_book_and_on_a_small_one(desk: Desk) -> None:
    for name in CATALOGUE:
        report(desk, name)
    a_lead(desk, source="fair", created="2026-02-01")
    sold(desk, an_account(desk, industry="Tech", segment="A"), "100", "2026-02-01", campaign="Spring")
    an_activity(desk)
    for name in CATALOGUE:
        found = report(desk, name)
        for row in found.rows:
            if row.get("where") is not None:
                assert listing.count(desk, noun_of(found, row), row["where"]) >= 0
    assert report(desk, "promotion").rows[0]["campaign"] == "Spring"
    assert report(desk, "prospecting").rows[0]["leads"] == 1
    profile = report(desk, "profiling")
    assert records_of(desk, profile, profile.rows[0])[1].rows[0]["name"] == "Acme"


def test_a_workbook_sums_by_formula(desk: Desk, tmp_path: Path) -> None:
    sold(desk, an_account(desk, name="=1+1"), "100.50", "2026-02-01")
    sold(desk, an_account(desk, name="Beta"), "9", "2026-02-01")
    found = report(desk, "abc")
    assert write_report(tmp_path / "abc.xlsx", found.columns, found.rows, found.totals) == 2
    from zipfile import ZipFile  # noqa: PLC0415 - a workbook is a zip

    with ZipFile(tmp_path / "abc.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>SUM(C2:C3)</f>" in sheet
    assert "<v>100.5" in sheet
    assert "1+1</f>" not in sheet
