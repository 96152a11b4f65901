"""Commission in the book: from sales to statements, the same every time, and closed for good."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.driver import sqlite
from sfa.domain.commission.sums import whole
from sfa.errors import ConflictError, NotAllowedError, NotFoundError, UsageError
from sfa.services import (
    commission_lines,
    commission_plans,
    commission_quotas,
    commission_runs,
    commission_splits,
    commission_statements,
    commission_whatif,
    history,
)
from sfa.services.commission_case import read_case
from sfa.services.commission_result import simulate
from sfa.services.desk import Desk
from tests.support.commissions import (
    BOSS,
    FLAT,
    ME,
    TIERS,
    a_plan,
    a_quota,
    a_sale,
    a_team,
    a_won_deal,
    at_the_desk,
    closed_quarter,
    payable,
    user_id,
)
from tests.support.factories import an_account, an_opportunity, make_desk

REST = ", ".join(name for name in commission_lines.COLUMNS if name not in ("id", "statement_id", "ordinal"))


def everything(desk: Desk) -> list[Any]:
    tables = ("comp_statement", "comp_line", "comp_balance", "comp_period")
    return [desk.store.rows(f"SELECT * FROM {table} ORDER BY id") for table in tables]


def test_a_sale_pays_what_the_plan_says(desk: Desk) -> None:
    a_plan(desk)
    a_sale(desk, 1_200_000)
    view = commission_statements.statement(desk)
    assert view.payable_minor == 60_000
    assert [line.kind for line in view.lines] == ["earn"]
    assert view.lines[0].sentence.endswith("earns 600.00 USD.")


def test_each_line_explains_itself_to_the_cent(desk: Desk) -> None:
    a_plan(desk, TIERS)
    a_quota(desk, "10k")
    for net in (700_000, 800_000, 123_457):
        a_sale(desk, net)
    view = commission_statements.statement(desk)
    assert all(whole(line.explain["sum"]) == line.amount_minor for line in view.lines)
    assert sum(line.amount_minor for line in view.lines if not line.is_memo) == view.payable_minor


def test_without_a_plan_it_says_how_to_publish_one(desk: Desk) -> None:
    with pytest.raises(NotFoundError) as told:
        commission_statements.statement(desk)
    assert "sfa commission plan publish FILE" in str(told.value.hint)


def test_a_won_deal_pays_once_whether_or_not_it_has_an_order(desk: Desk) -> None:
    a_plan(desk)
    deal = a_won_deal(desk, "Acme renewal", "1000", "2026-03-02")
    assert payable(desk) == 5_000
    account = an_account(desk, name="Acme")
    with desk.store.write("order.add") as work:
        values = {"number": "O-1", "name": "Order", "account_id": account, "opportunity_id": deal, "currency": "USD"}
        order = work.insert("sales_order", {**values, "ordered_on": "2026-03-03", "owner_id": user_id(desk)})
        event = {"type": "booked", "event_date": "2026-03-03", "recorded_at": work.at, "source_type": "sales_order"}
        own = {"source_id": order, "owner_id": user_id(desk), "net_minor": 100_000, "currency": "USD"}
        work.insert("comp_event", {**event, **own})
    view = commission_statements.statement(desk)
    assert view.payable_minor == 5_000
    assert [line.event for line in view.lines] == ["O-1"]


def test_a_reopened_deal_no_longer_pays(desk: Desk) -> None:
    a_plan(desk)
    a_won_deal(desk, "Acme renewal", "1000", "2026-03-02")
    history.undo(desk)
    assert payable(desk) == 0


def test_calculating_twice_writes_once(desk: Desk) -> None:
    a_plan(desk)
    a_sale(desk, 1_000_000)
    with at_the_desk(desk, BOSS):
        assert commission_runs.run(desk).count == 1
        before = everything(desk)
        again = commission_runs.run(desk)
    assert again.operation_id is None
    assert everything(desk) == before


def test_a_new_sale_adds_its_line_and_leaves_the_others_alone(desk: Desk) -> None:
    a_plan(desk)
    for _ in range(3):
        a_sale(desk, 1_000_000)
    before = [(line.key, line.hash) for line in commission_statements.statement(desk).lines]
    a_sale(desk, 500_000, "2026-02-20")
    after = [(line.key, line.hash) for line in commission_statements.statement(desk).lines]
    assert after[:3] == before
    assert len(after) == 4


def test_lines_are_kept_once_their_statement_is_closed(desk: Desk) -> None:
    a_plan(desk)
    a_sale(desk, 1_000_000)
    closed_quarter(desk)
    kept = desk.store.rows("SELECT amount_minor, explain, prev_hash, hash FROM comp_line ORDER BY ordinal")
    assert [amount for amount, *_ in kept] == [50_000]
    statement = desk.store.row("SELECT prev_hash, output_hash, payable_minor FROM comp_statement")
    assert statement == (kept[0][2], kept[-1][3], sum(amount for amount, *_ in kept))
    history.undo(desk)
    assert desk.store.value("SELECT count(*) FROM comp_line") == 0


def test_a_run_is_undone(desk: Desk) -> None:
    a_plan(desk)
    a_sale(desk, 1_000_000)
    before = everything(desk)
    with at_the_desk(desk, BOSS):
        commission_runs.run(desk)
        history.undo(desk)
    assert everything(desk) == before


def test_what_is_kept_is_what_is_shown(desk: Desk) -> None:
    a_plan(desk, TIERS)
    a_quota(desk, "10k")
    a_sale(desk, 1_500_000)
    shown = commission_statements.statement(desk, "2026-Q1")
    closed_quarter(desk)
    kept = commission_statements.statement(desk, "2026-Q1")
    assert kept.status == "closed"
    assert kept.hash == shown.hash
    assert [(line.key, line.amount_minor, line.sentence) for line in kept.lines] == [
        (line.key, line.amount_minor, line.sentence) for line in shown.lines
    ]
    assert all(whole(line.explain["sum"]) == line.amount_minor for line in kept.lines)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE comp_line SET amount_minor = 1",
        "DELETE FROM comp_line",
        f"INSERT INTO comp_line SELECT 'x' || substr(id, 2), statement_id, ordinal + 9, {REST} FROM comp_line",
        "UPDATE comp_statement SET payable_minor = 1",
        "UPDATE comp_statement SET status = 'open'",
        "UPDATE comp_balance SET opening = 1, closing = 1",
        "DELETE FROM comp_balance",
        "UPDATE comp_period SET status = 'open' WHERE code = '2026-Q1'",
        "UPDATE comp_plan_version SET terms = 'x'",
        "DELETE FROM comp_plan_version",
    ],
)
def test_what_is_closed_or_published_refuses_a_person_with_a_sql_shell(desk: Desk, statement: str) -> None:
    a_plan(desk)
    a_sale(desk, 1_000_000)
    closed_quarter(desk)
    with pytest.raises(sqlite.IntegrityError, match=r"statement_is_closed|period_is_closed|plan_is_published"):
        desk.store.connection.execute(statement)


def test_a_late_sale_is_restated_in_the_oldest_open_period(desk: Desk) -> None:
    a_plan(desk, TIERS)
    a_quota(desk, "2500")
    a_quota(desk, "2500", "2026-Q2")
    a_sale(desk, 240_000)
    closed_quarter(desk)
    assert payable(desk) == 14_400
    a_sale(desk, 20_000, "2026-03-20", recorded_at="2026-04-19T10:00:00.000Z")
    view = commission_statements.statement(desk, "2026-Q2")
    assert [(line.kind, line.amount_minor, line.earning_period) for line in view.lines] == [
        ("restatement", 1_600, "2026-Q1")
    ]
    assert payable(desk) == 14_400


def test_a_quota_that_is_changed_after_closing_restates_and_does_not_rewrite(desk: Desk) -> None:
    a_plan(desk, TIERS)
    a_quota(desk, "2500")
    a_sale(desk, 260_000)
    closed_quarter(desk)
    before = payable(desk)
    a_quota(desk, "1000")
    view = commission_statements.statement(desk, "2026-Q2")
    assert payable(desk) == before == 16_000
    assert [(line.kind, line.amount_minor) for line in view.lines] == [("restatement", 22_000 - 16_000)]


def test_hashes_go_on_from_the_closed_statement(desk: Desk) -> None:
    a_plan(desk, TIERS)
    a_quota(desk, "2500")
    a_sale(desk, 260_000)
    closed_quarter(desk)
    a_quota(desk, "1000")
    with at_the_desk(desk, BOSS):
        commission_runs.run(desk)
        assert commission_runs.run(desk).count == 0
    assert desk.store.value("SELECT count(DISTINCT output_hash) FROM comp_statement") == 2


def test_a_rep_sees_their_own_pay_and_a_manager_that_of_their_team(desk: Desk) -> None:
    a_plan(desk, FLAT, ME, "Pat Peer")
    a_sale(desk, 1_000_000, owner="Pat Peer")
    with pytest.raises(NotAllowedError, match="somebody else's pay"):
        commission_statements.statement(desk, user="Pat Peer")
    assert {one.name for one in commission_quotas.attainment(desk)} == {ME}
    for name in (BOSS, "Fay Finance"):
        with at_the_desk(desk, name):
            assert payable(desk, user="Pat Peer") == 50_000


def test_a_rep_cannot_pay_themselves(desk: Desk, tmp_path: Path) -> None:
    a_plan(desk)
    file = tmp_path / "more.toml"
    file.write_text(TIERS, encoding="utf-8")
    with pytest.raises(NotAllowedError):
        commission_plans.publish(desk, str(file))
    with pytest.raises(NotAllowedError):
        commission_quotas.set_quota(desk, commission_quotas.Wish(ME, "2026-Q1", "1"))
    with pytest.raises(NotAllowedError):
        commission_runs.run(desk)


def test_who_works_alone_keeps_their_own_plan(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "alone")
    an_opportunity(desk)
    file = tmp_path / "plan.toml"
    file.write_text(FLAT, encoding="utf-8")
    commission_plans.publish(desk, str(file))
    commission_plans.assign(desk, "FLAT", "me", None)
    assert payable(desk) == 0
    desk.close()


def test_a_published_version_stays_and_the_next_one_begins_where_it_ends(desk: Desk, tmp_path: Path) -> None:
    a_plan(desk)
    changed = tmp_path / "changed.toml"
    changed.write_text(FLAT.replace("50000", "70000"), encoding="utf-8")
    second = tmp_path / "second.toml"
    second.write_text(
        FLAT.replace("50000", "70000").replace("version = 1", 'version = 2\nvalid_from = "2026-03-01"'),
        encoding="utf-8",
    )
    with at_the_desk(desk, BOSS):
        with pytest.raises(ConflictError, match="stays as it is"):
            commission_plans.publish(desk, str(changed))
        commission_plans.publish(desk, str(second))
    a_sale(desk, 100_000, "2026-02-10")
    a_sale(desk, 100_000, "2026-03-10")
    assert payable(desk) == 5_000 + 7_000
    history.undo(desk)
    history.undo(desk)
    with at_the_desk(desk, BOSS):
        history.undo(desk)
    assert [(one.version, one.valid_to) for one in commission_plans.plans(desk)] == [(1, None)]


def test_a_plan_at_fault_is_refused_with_its_line(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "gap.toml"
    file.write_text(TIERS.replace("lo = 1000000", "lo = 1100000"), encoding="utf-8")
    with at_the_desk(desk, BOSS), pytest.raises(UsageError, match=r"line \d+"):
        commission_plans.publish(desk, str(file))
    assert commission_plans.plans(desk) == []


def test_shares_divide_a_sale_and_must_add_up(desk: Desk) -> None:
    a_plan(desk, FLAT, ME, "Pat Peer")
    a_won_deal(desk, "Acme renewal", "12000", "2026-03-02")
    with pytest.raises(UsageError, match="900000 ppm"):
        commission_splits.split(desk, "Acme renewal", [f"{ME} 70", "Pat Peer 20"])
    commission_splits.split(desk, "Acme renewal", [f"{ME} 70%", "Pat Peer 30%"])
    assert payable(desk) == 42_000
    with at_the_desk(desk, "Pat Peer"):
        assert payable(desk) == 18_000
    history.undo(desk)
    assert payable(desk) == 60_000


def test_the_worked_example_of_what_if(desk: Desk) -> None:
    """domain.md, C15."""
    a_plan(desk, TIERS)
    a_quota(desk, "250k")
    a_sale(desk, 22_000_000)
    an_opportunity(desk, name="Deal X", amount="60000", close_date="2026-03-31", probability="50%")
    an_opportunity(desk, name="Deal Y", amount="30000", close_date="2026-03-31", probability="40%")
    before = desk.store.value("SELECT count(*) FROM change")
    found = commission_whatif.whatif(desk, ["win Deal X", "win Deal Y"]).estimate
    assert list(found.alone_minor) == [480_000, 180_000]
    assert found.together_minor == 780_000
    assert found.expected_minor == 1_656_000 - 1_320_000
    assert (found.next_tiers[0].distance_minor, found.next_tiers[0].next_rate_ppm) == (3_000_000, 100_000)
    assert desk.store.value("SELECT count(*) FROM change") == before


def test_a_what_if_names_customer_month_and_amount(desk: Desk) -> None:
    a_plan(desk)
    an_account(desk, name="Acme")
    found = commission_whatif.whatif(desk, ["win Acme in april at 40k"])
    (wish,) = found.wishes
    assert (wish.label, wish.on.isoformat(), str(wish.amount)) == ("Acme", "2026-04-30", "40,000.00 USD")
    assert found.estimate.together_minor == 200_000


def test_attainment_rolls_up_to_the_manager(desk: Desk) -> None:
    a_plan(desk, TIERS, ME, "Pat Peer")
    for name in (ME, "Pat Peer"):
        a_quota(desk, "1000", user=name)
        a_sale(desk, 50_000, owner=name)
    with at_the_desk(desk, BOSS):
        rows = {one.name: one for one in commission_quotas.attainment(desk)}
    assert rows[ME].reached_ppm == 500_000
    assert (rows[f"{BOSS} and team"].reached_minor, rows[f"{BOSS} and team"].quota_minor) == (100_000, 200_000)


sales = st.lists(
    st.tuples(
        st.sampled_from([ME, "Pat Peer"]),
        st.integers(0, 5_000_000),
        st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 3, 10)),
        st.booleans(),
    ),
    max_size=12,
)


@given(found=sales)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_book_comes_to_what_simulate_comes_to(found: Any, tmp_path_factory: pytest.TempPathFactory) -> None:  # noqa: ANN401
    desk = make_desk(tmp_path_factory.mktemp("book") / "home")
    a_team(desk)
    a_plan(desk, TIERS, ME, "Pat Peer")
    a_quota(desk, "30k")
    rows = []
    for owner, net, on, is_back in found:
        sale = a_sale(desk, net, on.isoformat(), owner=owner)
        rows.append(event_row(sale, "booked", on.isoformat(), net, user_id(desk, owner)))
        if is_back:
            back = a_sale(desk, -net, on.isoformat(), owner=owner, kind="cancelled", reverses=sale)
            rows.append(event_row(back, "cancelled", on.isoformat(), -net, "") | {"reverses": sale})
    case = {
        "plan": TIERS,
        "periods": [{"id": "2026-Q1", "from": "2026-01-01", "to": "2026-04-01"}],
        "assignments": [
            {"participant": user_id(desk, name), "plan": "TIERS", "from": "2026-01-01"} for name in (ME, "Pat Peer")
        ],
        "quotas": [{"participant": user_id(desk), "window": "2026-Q1", "amount_minor": 3_000_000}],
        "events": rows,
    }
    expected = {one["participant"]: one for one in simulate(read_case(case))["statements"]} if rows else {}
    for name in (ME, "Pat Peer"):
        with at_the_desk(desk, name):
            view = commission_statements.statement(desk)
        told = expected.get(user_id(desk, name), {"lines": [], "payable_minor": 0, "hash": view.hash})
        assert view.payable_minor == told["payable_minor"]
        assert view.hash == told["hash"]
        assert [line.amount_minor for line in view.lines] == [line["amount_minor"] for line in told["lines"]]
    desk.close()


def event_row(event_id: str, kind: str, on: str, net: int, owner: str) -> dict[str, object]:
    recorded = f"{on}T10:00:00.000Z"
    return {"id": event_id, "kind": kind, "on": on, "net_minor": net, "owner": owner, "recorded_at": recorded,
            "currency": "USD"}  # fmt: skip
