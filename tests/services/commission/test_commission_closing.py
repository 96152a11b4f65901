"""Periods closed by two people, disputes, adjustments: who may do what, and what stands in the way."""

import pytest

from db.driver import sqlite
from sfa.errors import ConflictError, NotAllowedError, UsageError
from sfa.services import (
    commission_closing,
    commission_disputes,
    commission_glance,
    commission_runs,
    commission_statements,
    history,
)
from sfa.services.desk import Desk
from tests.support.commissions import (
    BOSS,
    FLAT,
    ME,
    TIERS,
    a_plan,
    a_sale,
    at_the_desk,
    closed_quarter,
    payable,
)
from tests.support.factories import clock_of


def test_closing_needs_somebody_else(desk: Desk) -> None:
    a_plan(desk)
    a_sale(desk, 1_000_000)
    clock_of(desk).advance(days=40)
    with at_the_desk(desk, BOSS):
        commission_runs.run(desk)
        with pytest.raises(NotAllowedError, match=f"{BOSS} calculated it"):
            commission_closing.close(desk, "2026-Q1")


def test_closing_waits_for_the_end_of_the_period(desk: Desk) -> None:
    a_plan(desk)
    with at_the_desk(desk, BOSS):
        commission_runs.run(desk)
    with at_the_desk(desk, "Fay Finance"), pytest.raises(ConflictError, match="not over"):
        commission_closing.close(desk, "2026-Q1")


def test_closing_refuses_what_changed_since_it_was_calculated(desk: Desk) -> None:
    a_plan(desk)
    clock_of(desk).advance(days=40)
    with at_the_desk(desk, BOSS):
        commission_runs.run(desk)
    a_sale(desk, 1_000_000)
    with at_the_desk(desk, "Fay Finance"), pytest.raises(ConflictError, match="Something changed"):
        commission_closing.close(desk, "2026-Q1")


def test_a_missing_quota_is_acknowledged_before_closing(desk: Desk) -> None:
    a_plan(desk, TIERS)
    a_sale(desk, 1_000_000)
    view = commission_statements.statement(desk)
    assert [line.kind for line in view.lines] == ["no_quota"]
    with pytest.raises(ConflictError, match=f"{ME} has no quota for sales"):
        closed_quarter(desk)
    with at_the_desk(desk, "Fay Finance"):
        saved = commission_closing.close(desk, "2026-Q1", is_acknowledged=True)
    assert "Closed 2026-Q1" in saved.summary


def test_closing_is_undone(desk: Desk) -> None:
    a_plan(desk)
    a_sale(desk, 1_000_000)
    closed_quarter(desk)
    history.undo(desk)
    assert commission_statements.statement(desk, "2026-Q1").status == "calculated"


def test_a_dispute_keeps_the_period_open_until_a_line_settles_it(desk: Desk) -> None:
    a_plan(desk)
    a_sale(desk, 1_000_000)
    opened = commission_disputes.open_dispute(desk, "1", "Should be six per cent", "600")
    assert opened.ref
    with pytest.raises(ConflictError, match=f"Dispute {opened.ref} is open"):
        closed_quarter(desk)
    with at_the_desk(desk, BOSS):
        asked = commission_closing.adjust(desk, ME, "100", "Six per cent were promised", "2026-Q1")
    with at_the_desk(desk, "Fay Finance"):
        commission_closing.approve(desk, str(asked.ref))
    with at_the_desk(desk, BOSS):
        made = next(
            line for line in commission_statements.statement(desk, "2026-Q1", ME).lines if line.kind == "manual_adj"
        )
        commission_disputes.settle(desk, opened.ref, "accepted", line=made.key)
        commission_runs.run(desk)
    with at_the_desk(desk, "Fay Finance"):
        commission_closing.close(desk, "2026-Q1")
    assert payable(desk) == 60_000


def test_a_rejected_dispute_keeps_its_reason(desk: Desk) -> None:
    a_plan(desk)
    a_sale(desk, 1_000_000)
    opened = commission_disputes.open_dispute(desk, "1", "Too little")
    with at_the_desk(desk, BOSS):
        with pytest.raises(UsageError, match="Say why"):
            commission_disputes.settle(desk, str(opened.ref), "rejected")
        commission_disputes.settle(desk, str(opened.ref), "rejected", "It is what the plan says")
    (one,) = commission_disputes.disputes(desk, is_all=True)
    assert (one.status, one.resolution) == ("rejected", "It is what the plan says")
    history.undo(desk)
    assert commission_disputes.disputes(desk)[0].status == "open"


def test_a_dispute_goes_up_when_it_is_overdue(desk: Desk) -> None:
    a_plan(desk)
    a_sale(desk, 1_000_000)
    commission_disputes.open_dispute(desk, "1", "Too little")
    assert not commission_disputes.disputes(desk)[0].is_overdue
    clock_of(desk).advance(days=14)
    assert commission_disputes.disputes(desk)[0].is_overdue


def test_an_overdue_dispute_is_told_to_who_decides_it_and_to_nobody_else(desk: Desk) -> None:
    a_plan(desk)
    a_sale(desk, 1_000_000)
    a_sale(desk, 1_000_000, "2026-03-02")
    commission_disputes.open_dispute(desk, "1", "Too little")
    clock_of(desk).advance(days=14)
    commission_disputes.open_dispute(desk, "2", "Too little, too")
    assert [one.is_overdue for one in commission_disputes.disputes(desk)] == [True, False]
    assert "dispute" not in commission_glance.so_far(desk)
    with at_the_desk(desk, BOSS):
        assert commission_glance.so_far(desk) == "1 overdue dispute waits for you: sfa commission dispute list"
        commission_disputes.settle(desk, commission_disputes.overdue(desk)[0].ref, "rejected", "As the plan says")
        assert commission_glance.so_far(desk) == ""


def test_nobody_decides_their_own_dispute_and_nobody_withdraws_another_ones(desk: Desk) -> None:
    a_plan(desk, FLAT, ME, BOSS)
    a_sale(desk, 1_000_000)
    opened = commission_disputes.open_dispute(desk, "1", "Too little")
    with pytest.raises(NotAllowedError):
        commission_disputes.settle(desk, str(opened.ref), "rejected", "Why not")
    with at_the_desk(desk, BOSS), pytest.raises(NotAllowedError, match="Only Alex Rep"):
        commission_disputes.settle(desk, str(opened.ref), "withdrawn", "Changed my mind")
    commission_disputes.settle(desk, str(opened.ref), "withdrawn", "Changed my mind")
    assert commission_disputes.disputes(desk) == []


def test_nobody_approves_what_they_asked_for_in_sql_either(desk: Desk) -> None:
    a_plan(desk)
    with at_the_desk(desk, BOSS):
        asked = commission_closing.adjust(desk, ME, "100", "A bonus")
        with pytest.raises(NotAllowedError, match="Nobody approves"):
            commission_closing.approve(desk, str(asked.ref))
    with pytest.raises(sqlite.IntegrityError, match="four_eyes"):
        desk.store.connection.execute("UPDATE comp_adjustment SET approved_by_id = requested_by_id")
    assert payable(desk) == 0
