"""How long the configurator takes for a bundle of 12 groups of 6 options under 60 rules, against one look at all rules."""

import sys
import time
from collections.abc import Callable
from random import Random
from statistics import median

import pytest

from sfa.domain.configurator.answers import remaining
from sfa.domain.configurator.checks import load
from sfa.domain.configurator.compiling import Compiled
from sfa.domain.configurator.configuration import configure
from sfa.domain.configurator.settling import by_place, settle

GROUPS, OPTIONS, RULES = 12, 6, 60
ROUNDS = 9
MOST_RATIO = 500  # all that remains costs as much as this many looks at all rules, at most; 50 ms are about 1000


def cpu_ms(work: Callable[[], object]) -> float:
    """Return the median CPU time of several runs, in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        times.append((time.process_time() - started) * 1000)
    return median(times)


def bundle_text(seed: int = 3) -> str:
    """Return a bundle with rules of every kind over its groups."""
    random = Random(seed)
    lines = ['name = "Large"']
    for group in range(GROUPS):
        lines += ["[[group]]", f'id = "g{group}"', "min = 1" if group % 3 == 0 else "min = 0", f"max = {1 + group % 3}"]
        for option in range(OPTIONS):
            lines += ["[[group.option]]", f'id = "o{group}_{option}"', f"max = {1 + option}"]

    def one(group: int) -> str:
        return f"o{group}_{random.randrange(OPTIONS)}"

    for number in range(RULES):
        first, second, third = random.sample(range(GROUPS), 3)
        low, high = sorted((first, second))
        lines.append("[[rule]]")
        lines += [
            ['kind = "excludes"', f'options = ["{one(first)}", "{one(second)}"]'],
            ['kind = "requires"', f'option = "{one(first)}"', f'needs = ["{one(second)}", "{one(third)}"]'],
            ['kind = "condition"', f'if = "{one(first)} > 1 and {one(second)}"', f'then = "not {one(third)}"'],
            ['kind = "resource"', f'name = "power {number}"', f"supply = {{ {one(first)} = 4, {one(second)} = 3 }}",
             f"demand = {{ {one(third)} = 1 }}"],
            ['kind = "auto_add"', f'trigger = "o{low}_0"', f'option = "o{high}_5"', 'ratio = "1/2"'],
            ['kind = "requires"', f'option = "{one(first)}"', f'needs = "{one(second)}"', 'ratio = "1/3"'],
        ][number % 6]  # fmt: skip
    return "\n".join(lines)


@pytest.fixture(scope="module")
def large() -> Compiled:
    return load(bundle_text(), "large")


@pytest.mark.bench
@pytest.mark.parametrize("count", [0, 3, 8])
def test_all_remaining_options(large: Compiled, count: int) -> None:
    random = Random(count)
    choices: dict[str, int] = {}
    for group in random.sample(large.model.groups, count):
        free = [c.option for c in configure(large, choices).remaining if c.group == group.id and c.can_be_chosen]
        choices |= {random.choice(free): large.model.options[0].least} if free else {}
    at = by_place(large, choices)
    settled = settle(large, at)
    floor = cpu_ms(lambda: large.broken(settled.quantities, settled.is_set))
    spent = cpu_ms(lambda: remaining(large, at))
    ratio = spent / floor
    sys.stdout.write(f"{count} chosen, all that remains: {spent:.1f} ms, {ratio:.0f} times a look at all rules\n")
    assert ratio <= MOST_RATIO
