"""Which pairs are worth comparing: records that share a key, in blocks that never grow beyond a limit."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

LARGEST: Final = 30
"""Records of a block in which each is compared with each."""
WINDOW: Final = 12
"""Records of a window: a greater block is cut into windows of neighbours that overlap by half."""

Keys = Iterable[str]


def candidates(keys: Iterable[Keys], order: Sequence[str]) -> Iterator[tuple[int, list[int]]]:
    """Yield each record with those after it that share a key, by their places; each pair comes once.

    The work grows with the number of keys, whatever the keys are: a key that a thousand records share compares each
    with its neighbours in the order alone.

    Args:
        keys: the keys of each record; an empty one is none.
        order: what neighbours are told by in a block that is too great, such as the sorted name.
    """
    blocks, count = _blocks(keys, order)
    of_record: list[list[int] | None] = [None] * count
    for number, block in enumerate(blocks):
        for place in block:
            own = of_record[place]
            if own is None:
                of_record[place] = [number]
            else:
                own.append(number)
    for place, own in enumerate(of_record):
        found: set[int] = set()
        for number in own or ():
            found.update(blocks[number])
        yield place, sorted(other for other in found if other > place)


def _members(keys: Iterable[Keys]) -> tuple[dict[int, list[int] | int], int]:
    """Return who has a key, by its hash, which is half as long; a place alone where it is one, as it is for most."""
    members: dict[int, list[int] | int] = {}
    count = 0
    for place, own in enumerate(keys):
        count += 1
        for key in map(hash, own):
            known = members.get(key)
            if known is None:
                members[key] = place
            elif isinstance(known, list):
                if known[-1] != place:
                    known.append(place)
            elif known != place:
                members[key] = [known, place]
    return members, count


def _blocks(keys: Iterable[Keys], order: Sequence[str]) -> tuple[list[list[int]], int]:
    """Return the blocks, each of two records at least, and how many records there are."""
    members, count = _members(keys)
    blocks: list[list[int]] = []
    for block in members.values():
        if not isinstance(block, list):
            continue
        if len(block) <= LARGEST:
            blocks.append(block)
            continue
        block.sort(key=lambda place: (order[place], place))
        blocks += [block[start : start + WINDOW] for start in range(0, len(block) - WINDOW // 2, WINDOW // 2)]
    return blocks, count
