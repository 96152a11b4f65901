"""What the design of sync promises for a bad network: each promise by itself, on laptops and a server in one process."""

from typing import Any
from unittest.mock import MagicMock

import pytest

from sfa.server import founding
from sfa.sync import outbox
from sfa.sync.protocol import ProtocolError
from sfa.sync.session import rounds
from tests.sync.test_lessons import Line, add_account, name_of, named, rename, send
from tests.sync.world import ORG, World


def test_design_1_a_lost_answer_loses_neither_a_row_nor_a_removal(world: World) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    gone = add_account(world, mia, "Gone")
    world.heal()
    new = add_account(world, mia, "New")
    with mia.store.write("account edit") as work:
        work.update("account", gone, {"territory_id": world.areas[1]})
    world.sync(mia)
    send(world, ann)
    world.sync(ann)
    assert (name_of(ann.store, gone), name_of(ann.store, new)) == (None, "New")


def test_design_2_of_two_answers_to_repeated_requests_only_the_one_that_was_asked_for_counts(world: World) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    pk = add_account(world, mia)
    world.sync(mia)
    _, old = send(world, ann)
    rename(mia, pk, "Newer")
    world.sync(mia)
    world.sync(ann)

    class Late:
        def send(self, _path: str, _body: bytes) -> bytes:
            return old

    with pytest.raises(ProtocolError, match="another request"):
        list(rounds(ann.store, Late()))
    assert name_of(ann.store, pk) == "Newer"


def test_an_answer_from_before_makes_nothing_that_was_judged_wait_again(world: World) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    pk = add_account(world, mia, "As it was")
    world.heal()
    _, old = send(world, ann)
    for name in ("Ann's", "Ann's second thought"):
        rename(ann, pk, name)
        world.heal()
    rename(mia, pk, "As it was")
    world.heal()
    late = MagicMock()
    late.send.return_value = old
    with pytest.raises(ProtocolError, match="another request"):
        list(rounds(ann.store, late))
    assert outbox.waiting(ann.store) == 0
    world.heal()
    assert [name_of(one.store, pk) for one in (mia, ann)] == ["As it was"] * 2


def test_b4_and_design_3_what_was_made_here_leaves_with_its_area_though_it_never_came_back(world: World) -> None:
    ann = named(world, "ann")
    pk = add_account(world, ann)

    def nothing_comes(answer: dict[str, Any]) -> None:
        answer["changes"], answer["more"] = [], False

    list(rounds(ann.store, Line(world, ann, nothing_comes)))
    assert (name_of(ann.store, pk), outbox.waiting(ann.store)) == ("Nordbau", 0)
    founding.put(world.database, ORG, "app_user", {"id": ann.user, "territory_id": world.areas[1]}, world.now)
    world.sync(ann)
    assert name_of(ann.store, pk) is None


def test_design_4_what_waits_and_is_in_the_row_already_counts_once(world: World) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    pk = add_account(world, ann)
    send(world, ann)
    rename(ann, pk, "Twice?")
    world.heal()
    assert name_of(mia.store, pk) == "Twice?"
    assert world.database.rows("SELECT count(*) FROM account WHERE org = ?", (ORG,)) == [(1,)]
