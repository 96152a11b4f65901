"""How SQLite answers what the screens ask most, without statistics, as on every laptop: by an index, in its order."""

from pathlib import Path

import pytest

from db.queries import board, day
from db.store import Store
from sfa.services.desk import Desk
from sfa.services.listing import RecordPages
from tests.support.factories import make_desk


@pytest.fixture
def plans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Desk, list[str]]:
    """Return a desk, and the steps of all queries that its store is asked from now on."""
    desk = make_desk(tmp_path)
    steps: list[str] = []
    ask = Store.rows

    def rows(store: Store, sql: str, parameters: object = ()) -> object:
        steps.extend(step[3] for step in ask(store, f"EXPLAIN QUERY PLAN {sql}", parameters))  # type: ignore[arg-type]
        return ask(store, sql, parameters)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "rows", rows)
    return desk, steps


def test_the_sums_of_a_pipeline_need_no_row(plans: tuple[Desk, list[str]]) -> None:
    desk, steps = plans
    board.stage_sums(desk.store, "me")
    assert steps[0].startswith("SEARCH opportunity USING COVERING INDEX opportunity_open")


@pytest.mark.parametrize("owner", ["me", None])
def test_what_was_won_needs_no_row(plans: tuple[Desk, list[str]], owner: str | None) -> None:
    desk, steps = plans
    day.won_between(desk.store, owner, "2026-01-01", "2026-04-01")
    assert steps[0].startswith("SEARCH opportunity USING COVERING INDEX opportunity_closed")


def test_the_next_steps_of_one_owner_are_found_in_order(plans: tuple[Desk, list[str]]) -> None:
    desk, steps = plans
    day.next_steps_due(desk.store, "me", "2026-03-10", 50)
    assert steps == ["SEARCH o USING INDEX opportunity_planned (owner_id=? AND next_step_on<?)"]


def test_deals_at_risk_are_chosen_by_an_index_before_their_rows_are_read(plans: tuple[Desk, list[str]]) -> None:
    desk, steps = plans
    day.overdue_deals(desk.store, "me", "2026-03-10", 50)
    day.stuck_deals(desk.store, "me", "2026-03-10", 50)
    chosen = [step for step in steps if step.startswith(("SEARCH opportunity ", "SCAN opportunity "))]
    assert len(chosen) == 2
    assert all("COVERING INDEX opportunity_open" in step for step in chosen)


def test_open_deals_come_in_the_order_of_their_close_dates(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    pages = RecordPages(desk, "opportunity", "status=open", "close_date", ("name", "account", "stage", "amount"))
    pages.read_from(None, 64)
    pager = pages._pager
    for condition, parameters in (*pager._segments(None), *pager._segments(("2026-03-10", 7))):
        steps = pager._pages.execute(  # type: ignore[union-attr]
            f"EXPLAIN QUERY PLAN SELECT {pager._query.columns} {pager._query.base} AND {condition}"
            " ORDER BY o.close_date ASC, o.rowid ASC LIMIT 64",
            parameters,
        ).fetchall()
        assert "opportunity_open_by_close" in steps[0][3]
        assert not any("TEMP B-TREE" in step[3] for step in steps)
