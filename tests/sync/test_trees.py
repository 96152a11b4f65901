"""Records that stand under one another stay a tree, whoever turns it at the same time."""

from tests.sync.test_lessons import add_account, named
from tests.sync.world import World


def test_two_who_put_each_other_s_account_above_make_no_circle(world: World) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    one, two = add_account(world, mia, "One"), add_account(world, mia, "Two")
    world.heal()
    for laptop, below, above in ((mia, one, two), (ann, two, one)):
        with laptop.store.write("account edit") as work:
            work.update("account", below, {"parent_id": above})
    world.heal()
    for laptop in (mia, ann):
        assert laptop.store.rows("SELECT id FROM account WHERE parent_id IS NOT NULL") == [(one,)]
    assert ann.store.value("SELECT code FROM inbox_entry WHERE row_id = ?", (two,)) == "circle"


def test_a_tree_that_was_turned_over_comes_down_in_any_order(world: World) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    one, two = add_account(world, mia, "One"), add_account(world, mia, "Two")
    with mia.store.write("account edit") as work:
        work.update("account", one, {"parent_id": two})
    world.heal()
    for top, below in ((one, two), (two, one)):
        with mia.store.write("account edit") as work:
            work.update("account", top, {"parent_id": None})
            work.update("account", below, {"parent_id": top})
        world.heal()
        assert ann.store.rows("SELECT id, parent_id FROM account WHERE parent_id IS NOT NULL") == [(below, top)]
