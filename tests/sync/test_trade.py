"""Whatever people of a simulated company do with the program goes through at least once: a deed that never succeeds is no test."""

from datetime import timedelta

from tests.sync import oracles, trade
from tests.sync.conftest import MakeWorld
from tests.sync.trade import DEEDS, Trade

YEARS = {
    "mia": (trade.agree, trade.promote),
    "ann": (
        trade.offer, trade.sell, trade.cancel, trade.order_the_rest, trade.deliver, trade.promise, trade.give_back,
        trade.complain, trade.answer_complaint, trade.forecast, trade.win, trade.lose, trade.plan_to_do, trade.tag, trade.undo,
        trade.redo, trade.merge, trade.undo_older, trade.take_away, trade.bring_back, trade.empty_trash, trade.dispute,
    ),
    "fin": (trade.invoice, trade.write_off, trade.pay, trade.credit, trade.adjust, trade.dispute, trade.calculate),
    "ada": (trade.close, trade.reprice, trade.plan, trade.move_rep, trade.adjust),
}  # fmt: skip
"""Who does what, in an order in which it can be done."""
TRIES = 12
MOST, TWICE = 2, 2


def test_all_that_people_do_is_done_and_all_laptops_agree(make_world: MakeWorld) -> None:
    world = make_world(6)
    people, world.is_healed = Trade(world, 6), True
    wanted = {deed.__name__ for deed, _ in DEEDS}
    for _ in range(MOST):
        for name, deeds in YEARS.items():
            for deed in deeds:
                for _ in range(TRIES):
                    if world.seen[f"work: {deed.__name__}"] < TWICE:
                        people.work(deed, name)
            world.now += timedelta(hours=3)
            world.heal()
    lacking = {one for one in wanted if not world.seen[f"work: {one}"]}
    # Nobody asks anything where nothing goes wrong: see the next test.
    assert lacking == {"answer"}, world.log
    oracles.check_all(world)
