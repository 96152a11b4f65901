"""Which pairs are compared: those that share a key, and never too many."""

from hypothesis import given
from hypothesis import strategies as st

from sfa.domain.duplicates.blocking import LARGEST, WINDOW, candidates

KEYS = st.lists(st.lists(st.sampled_from("abcde"), max_size=3), max_size=LARGEST)


@given(KEYS)
def test_small_blocks_are_compared_whole_and_each_pair_once(keys: list[list[str]]) -> None:
    found = [(one, other) for one, others in candidates(keys, [""] * len(keys)) for other in others]
    expected = {
        (one, other)
        for one in range(len(keys))
        for other in range(one + 1, len(keys))
        if set(keys[one]) & set(keys[other])
    }
    assert len(found) == len(set(found))
    assert set(found) == expected


def test_one_giant_block_grows_with_its_records_and_keeps_neighbours_together() -> None:
    count = 5_000
    order = [f"{number // 2:06}" for number in range(count)]
    found = {(one, other) for one, others in candidates([["same"]] * count, order) for other in others}
    assert len(found) <= count * WINDOW
    assert {(number, number + 1) for number in range(0, count, 2)} <= found
