"""A laptop of a company: what the server would not take of its person is refused before it is saved."""

from pathlib import Path

import pytest

from sfa.errors import NotAllowedError
from sfa.services import history
from sfa.services.desk import Desk
from sfa.sync.state import State
from tests.support.factories import a_product, a_task, a_user, an_account, make_desk


def a_desk_of(folder: Path, role: str) -> Desk:
    desk = make_desk(folder)
    user = a_user(desk, name="Ann", role=role)
    with desk.store.write("setup") as work:
        work.remember("user_id", user)
    State(desk.store).keep(user=user)
    return desk


@pytest.mark.parametrize("role", ["manager", "finance", "admin"])
def test_who_keeps_the_catalogue_adds_a_product(tmp_path: Path, role: str) -> None:
    desk = a_desk_of(tmp_path, role)
    a_product(desk, name="Drill")
    assert desk.store.value("SELECT count(*) FROM product") == 1


def test_a_rep_adds_none_and_is_told_so_at_once(tmp_path: Path) -> None:
    desk = a_desk_of(tmp_path, "rep")
    with pytest.raises(NotAllowedError, match="rep does not change a record of product"):
        a_product(desk, name="Drill")
    assert desk.store.value("SELECT count(*) FROM product") == 0


def test_a_rep_does_the_daily_work_and_takes_it_back(tmp_path: Path) -> None:
    desk = a_desk_of(tmp_path, "rep")
    an_account(desk, name="Acme")
    a_task(desk, subject="Call")
    history.undo(desk)
    assert [desk.store.value(f"SELECT count(*) FROM {table}") for table in ("account", "task")] == [1, 0]


def test_whoever_works_alone_writes_what_they_like(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    a_product(desk, name="Drill")
    assert desk.store.value("SELECT count(*) FROM product") == 1
