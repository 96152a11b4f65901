"""Two laptops edit at random: both books agree in the end, and no edit is gone but by a choice that was offered."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

import pytest

from sfa.dav.inbox import choose
from tests.support.dav_homes import Home, settle

Pair = tuple[Home, Home]
FIELDS = {"event": ("place", "note"), "contact": ("title", "description")}
ROUNDS = 6
EDITS = 10
HOT = 2
"""So many records of a kind are edited: the fewer, the more often both sides edit one."""


@dataclass
class Book:
    """What was said on both laptops since they agreed: by record and field, who said what last."""

    said: dict[tuple[str, str], dict[int, str]] = field(default_factory=dict)
    removed: dict[str, set[int]] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(10_000)))


def act(home: Home, who: int, chance: Random, book: Book) -> None:
    """Let one laptop add, edit or remove a record."""
    noun = chance.choice(("event", "event", "contact"))
    table, naming = ("event", "subject") if noun == "event" else ("contact", "name")
    live = home.desk.store.rows(f"SELECT {naming} FROM {table} WHERE deleted_at IS NULL ORDER BY 1 LIMIT {HOT}")
    number = next(book.numbers)
    kind = chance.random()
    if not live or kind < 0.2:
        name = f"{noun.title()} {number} of {'AB'[who]}"
        starts = {"starts": f"2026-04-{chance.randint(1, 28):02d}T{chance.randint(7, 18):02d}:30"}
        repeats = {"repeats": "every week"} if chance.random() < 0.3 else {}
        home.add(noun, **({"subject": name, **starts, **repeats} if noun == "event" else {"name": name}))
        return
    name = chance.choice(live)[0]
    if kind < 0.27:
        home.remove(noun, home.id_of(name))
        book.removed.setdefault(name, set()).add(who)
        return
    if noun == "event" and kind < 0.4:
        home.edit("event", home.id_of(name), starts=f"2026-05-{chance.randint(1, 28):02d}T09:{number % 60:02d}")
        return
    what = chance.choice(FIELDS[noun])
    value = f"value {number} by {'AB'[who]}"
    home.edit(noun, home.id_of(name), **{what: value})
    book.said.setdefault((name, what), {})[who] = value


def texts(home: Home) -> str:
    """Return all that a laptop has: its book, and both versions of what waits in its inbox."""
    waiting = [str((item.mine, item.theirs)) for item in home.inbox()]
    return str(home.said()) + "".join(waiting)


@pytest.mark.parametrize("seed", range(3))
def test_random_edits_on_both_sides_converge_and_lose_nothing(homes: Pair, seed: int) -> None:
    chance = Random(seed)
    numbers = iter(range(10_000))
    choices = 0
    for _ in range(ROUNDS):
        book = Book(numbers=numbers)
        for _ in range(EDITS):
            who = chance.randrange(2)
            act(homes[who], who, chance, book)
            if chance.random() < 0.1:
                homes[who].sync()
        settle(homes)
        waiting = {item.uid for home in homes for item in home.inbox()}
        one, two = ({uid: said for uid, said in home.said().items() if uid not in waiting} for home in homes)
        assert one == two
        everything = [texts(home).replace("\\r\\n ", "") for home in homes]
        for (name, what), values in book.said.items():
            if name in book.removed or (len(values) > 1 and not waiting):
                continue
            for value in values.values():
                assert any(value in text for text in everything), f"{what} of {name}: {value} is nowhere"
        for home in homes:
            for item in home.inbox():
                choices += 1
                choose(home.desk, item, chance.choice(("mine", "theirs")))
        settle(homes)
        settle(homes)
        assert not [item for home in homes for item in home.inbox()]
        assert homes[0].said() == homes[1].said()
    assert choices > 0, "both sides never met"
    for report in (*homes[0].reports, *homes[1].reports):
        assert not report.problems
