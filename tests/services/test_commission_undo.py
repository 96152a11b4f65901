"""Every verb of commission is one operation, and undone as one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sfa.services import commission_closing, commission_periods, commission_plans, commission_quotas, history
from sfa.services.desk import Desk
from tests.support.commissions import BOSS, ME, a_plan, a_sale, a_team, at_the_desk
from tests.support.factories import make_desk

TABLES = (
    "comp_plan",
    "comp_plan_version",
    "comp_assignment",
    "comp_quota",
    "comp_period",
    "comp_adjustment",
    "comp_dispute",
)


def kept(desk: Desk) -> list[object]:
    return [
        [
            {name: value for name, value in zip(names(desk, table), row, strict=True) if name != "updated_at"}
            for row in rows
        ]
        for table in TABLES
        for rows in [desk.store.rows(f"SELECT * FROM {table} ORDER BY id")]
    ]


def names(desk: Desk, table: str) -> list[str]:
    return [row[1] for row in desk.store.rows(f"PRAGMA table_info({table})")]


VERBS: dict[str, Callable[[Desk], object]] = {
    "quota": lambda desk: commission_quotas.set_quota(desk, commission_quotas.Wish(ME, "2026-Q1", "10k")),
    "assign": lambda desk: commission_plans.assign(desk, "FLAT", "Pat Peer", "2026-01-01"),
    "end": lambda desk: commission_plans.end(desk, "FLAT", ME, "2026-03-01"),
    "period": lambda desk: commission_periods.make(desk, 2026),
    "adjust": lambda desk: commission_closing.adjust(desk, ME, "100", "A promise"),
}


@pytest.mark.parametrize("verb", VERBS)
def test_undo_takes_it_back(tmp_path: Path, verb: str) -> None:
    desk = make_desk(tmp_path / "home")
    a_team(desk)
    a_plan(desk)
    a_sale(desk, 1_000)
    with at_the_desk(desk, BOSS):
        before = kept(desk)
        VERBS[verb](desk)
        assert kept(desk) != before
        history.undo(desk)
        assert kept(desk) == before
    desk.close()


def test_undo_takes_an_approval_back(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "home")
    a_team(desk)
    a_plan(desk)
    with at_the_desk(desk, BOSS):
        asked = commission_closing.adjust(desk, ME, "100", "A promise")
    with at_the_desk(desk, "Fay Finance"):
        before = kept(desk)
        commission_closing.approve(desk, str(asked.ref))
        history.undo(desk)
        assert kept(desk) == before
    desk.close()
