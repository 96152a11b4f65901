"""Quantities of an order's line, the states that follow, and parts that add up (domain.md 0.4, 2.9)."""

from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfa.domain.orders import (
    Extent,
    OrderState,
    Progress,
    Quantities,
    QuantityError,
    delivery,
    order_state,
    quote_progress,
    step,
)

WHOLE = 1_000_000
STEPS = st.lists(
    st.tuples(st.sampled_from(["ship", "take_back", "invoice", "cancel"]), st.integers(-1, 12 * WHOLE)), max_size=20
)


@given(st.integers(1, 10 * WHOLE), st.integers(0, WHOLE), STEPS)
def test_whatever_happens_a_line_keeps_within_what_was_ordered(
    ordered: int, tolerance: int, steps: list[tuple[str, int]]
) -> None:
    line = Quantities(ordered, tolerance=tolerance)
    for verb, amount in steps:
        try:
            line = line.cancel_rest() if verb == "cancel" else getattr(line, verb)(amount)
        except QuantityError:
            continue
        assert 0 <= line.returned <= line.delivered <= line.kept + line.tolerance
        assert 0 <= line.invoiced <= line.kept + line.tolerance
        assert 0 <= line.kept <= line.ordered


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 10**7), min_size=1, max_size=12))
def test_steps_of_a_whole_add_up_to_it(total: int, parts: list[int]) -> None:
    whole = sum(parts)
    worth = [step(total, whole, before, after) for before, after in pairwise(accumulate(parts, initial=0))]
    if whole:
        assert sum(worth) == total


@pytest.mark.parametrize(
    ("delivered", "invoiced", "is_settled", "state"),
    [
        (0, 0, False, OrderState.OPEN),
        (1, 0, False, OrderState.PART_DELIVERED),
        (5, 0, False, OrderState.DELIVERED),
        (5, 2, False, OrderState.PART_INVOICED),
        (0, 5, False, OrderState.INVOICED),
        (5, 5, True, OrderState.PAID),
    ],
)
def test_the_state_of_an_order_follows_from_quantities(
    delivered: int,
    invoiced: int,
    is_settled: bool,  # noqa: FBT001 - a case
    state: OrderState,
) -> None:
    assert order_state([Quantities(5, delivered, invoiced)], is_settled=is_settled) is state


def test_an_order_of_which_nothing_is_left_is_cancelled() -> None:
    lines = [Quantities(5).cancel_rest(), Quantities(2).cancel_rest()]
    assert order_state(lines, is_settled=False) is OrderState.CANCELLED
    assert delivery([Quantities(5, 2).cancel_rest()]) is Extent.FULL


@pytest.mark.parametrize(
    ("ordered", "states", "progress"),
    [
        ([(0, 5)], [], Progress.NOT_ORDERED),
        ([(3, 5)], ["open"], Progress.PARTLY_ORDERED),
        ([(5, 5)], ["delivered"], Progress.ORDERED),
        ([(3, 5)], ["paid"], Progress.PARTLY_INVOICED),
        ([(5, 5)], ["paid", "open"], Progress.PARTLY_INVOICED),
        ([(5, 5)], ["paid", "invoiced"], Progress.INVOICED),
        ([(5, 5)], ["paid", "paid"], Progress.PAID),
    ],
)
def test_a_quote_shows_how_far_it_was_ordered(
    ordered: list[tuple[int, int]], states: list[str], progress: Progress
) -> None:
    assert quote_progress(ordered, states) is progress
