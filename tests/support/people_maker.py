"""Files of made-up people in which some stand twice, spoilt by typing errors: the truth is known."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

_SYLLABLES = """
ba be bo da de do fa fe ga go ha he ka ko la le li lo ma me mi mo na ne ni no pa pe ra re ri ro sa se so ta te
to va ve wa we
"""
SYLLABLES = _SYLLABLES.split()
ENDINGS = ["n", "r", "s", "l", "th", "ck", "nd", "rt", "ll", "ng", "m", "x"]
_GIVEN = """
william bill john jack james robert bob thomas emily sarah joshua lachlan olivia sophie hannah jessica daniel
ethan mia chloe georgia ruby noah liam isabella elizabeth liz katherine kate michael mike samuel sam alexander
alex benjamin ben charlotte grace matthew matt nicholas nick jacob rebecca rachel harry henry max lucas
"""
GIVEN = _GIVEN.split()
STREETS = ["street", "road", "avenue", "place", "crescent", "court", "drive", "lane", "close"]
STATES = ["nsw", "vic", "qld", "wa", "sa", "tas", "act", "nt"]
COLUMNS = (
    "given_name",
    "surname",
    "street_number",
    "address_1",
    "address_2",
    "suburb",
    "postcode",
    "state",
    "date_of_birth",
    "soc_sec_id",
)
SHORT = {
    "william": "bill", "robert": "bob", "elizabeth": "liz", "katherine": "kate", "michael": "mike", "samuel": "sam",
    "alexander": "alex", "benjamin": "ben", "matthew": "matt", "nicholas": "nick",
}  # fmt: skip
KEYS_BESIDE = {
    letter: row[at + 1] for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm") for at, letter in enumerate(row[:-1])
}
HEARD = (("ph", "f"), ("ck", "k"), ("ll", "l"), ("th", "t"), ("ei", "ie"), ("y", "i"), ("c", "k"), ("s", "z"))

Person = list[str]


@dataclass(frozen=True, slots=True)
class Made:
    """A file of people.

    Attributes:
        ids: of the rows.
        rows: values in the order of COLUMNS.
        same: pairs of ids, sorted, that are one person.
    """

    ids: list[str]
    rows: list[Person]
    same: set[tuple[str, str]]


def make_people(seed: int, originals: int, *, doubled: float, copies: int, errors: int, relatives: float = 0.1) -> Made:
    """Return people of whom a share stands again, up to `copies` times with up to `errors` errors each.

    Args:
        doubled: share of the people that stand again.
        relatives: share of the people who live with somebody else of the file: same family name and address.
    """
    random = Random(seed)
    towns = [
        (_word(random, 3), str(random.randint(1000, 9999)), random.choice(STATES)) for _ in range(originals // 12 + 3)
    ]
    families = [_word(random, random.randint(2, 3)) for _ in range(originals // 6 + 5)]
    people: list[Person] = []
    for _ in range(originals):
        if people and random.random() < relatives:
            people.append(_relative(random, random.choice(people)))
        else:
            people.append(_person(random, families, towns))
    ids, rows = [f"p{number}" for number in range(originals)], list(people)
    clusters = {f"p{number}": [f"p{number}"] for number in range(originals)}
    for number in random.sample(range(originals), int(doubled * originals)):
        for copy in range(random.randint(1, copies)):
            clusters[f"p{number}"].append(f"p{number}c{copy}")
            ids.append(f"p{number}c{copy}")
            rows.append(_spoilt(random, people[number], random.randint(1, errors)))
    order = list(range(len(ids)))
    random.shuffle(order)
    same = {
        (min(a, b), max(a, b)) for group in clusters.values() for at, a in enumerate(group) for b in group[at + 1 :]
    }
    return Made([ids[at] for at in order], [rows[at] for at in order], same)


def _word(random: Random, length: int) -> str:
    return "".join(random.choice(SYLLABLES) for _ in range(length)) + random.choice(ENDINGS)


def _zipf(random: Random, items: Sequence[str]) -> str:
    """Return one of the items, the first ones much more often than the last."""
    return items[min(int(len(items) * random.random() ** 2.2), len(items) - 1)]


def _person(random: Random, families: Sequence[str], towns: Sequence[tuple[str, str, str]]) -> Person:
    town, postcode, state = random.choice(towns)
    born = date(1910, 1, 1) + timedelta(days=random.randrange(33_000))
    person = [
        _zipf(random, GIVEN),
        _zipf(random, families),
        str(random.randint(1, 250)),
        f"{_word(random, 2)} {random.choice(STREETS)}",
        _word(random, 3) if random.random() < 0.6 else "",
        town,
        postcode,
        state,
        born.strftime("%Y%m%d"),
        str(random.randint(1_000_000, 9_999_999)),
    ]
    return [value if random.random() > 0.04 else "" for value in person]


def _relative(random: Random, other: Person) -> Person:
    """Return somebody of the same family name and address; now and then a twin."""
    born = (
        other[8]
        if random.random() < 0.02
        else (date(1910, 1, 1) + timedelta(days=random.randrange(33_000))).strftime("%Y%m%d")
    )
    given = random.choice(
        [name for name in GIVEN if name not in SHORT and name not in SHORT.values() and name != other[0]]
    )
    return [given, *other[1:8], born, str(random.randint(1_000_000, 9_999_999))]


def _spoilt(random: Random, person: Person, errors: int) -> Person:
    copy = list(person)
    for _ in range(errors):
        random.choice(SPOILERS)(random, copy)
    return copy


def _typo(random: Random, copy: Person) -> None:
    place = random.choice([at for at, value in enumerate(copy) if len(value) > 1] or [0])
    copy[place] = slip(random, copy[place])


def slip(random: Random, text: str) -> str:
    """Return a text with one letter left out, put in, replaced or turned with the next."""
    if not text:
        return text
    at = random.randrange(len(text))
    kind = random.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :] if len(text) > 1 else text
    beside = KEYS_BESIDE.get(text[at], str(random.randrange(10)) if text[at].isdigit() else "e")
    if kind == 1:
        return text[:at] + beside + text[at:]
    if kind == 2:
        return text[:at] + beside + text[at + 1 :]
    return text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]


def _misheard(random: Random, copy: Person) -> None:
    place = random.choice((0, 1, 3, 5))
    old, new = random.choice(HEARD)
    copy[place] = copy[place].replace(old, new, 1)


def _lost(random: Random, copy: Person) -> None:
    copy[random.randrange(len(copy))] = ""


def _turned_names(random: Random, copy: Person) -> None:
    copy[0], copy[1] = copy[1], copy[0]


def _turned_streets(random: Random, copy: Person) -> None:
    copy[3], copy[4] = copy[4], copy[3]


def _turned_date(random: Random, copy: Person) -> None:
    born = copy[8]
    copy[8] = born[:4] + born[6:] + born[4:6]


def _moved(random: Random, copy: Person) -> None:
    copy[2], copy[3] = str(random.randint(1, 250)), f"{_word(random, 2)} {random.choice(STREETS)}"


def _short_name(random: Random, copy: Person) -> None:
    copy[0] = SHORT.get(copy[0], copy[0][:1])


def _other_word(random: Random, copy: Person) -> None:
    """Put something quite different into a field."""
    place = random.choice((0, 1, 2, 4, 5))
    copy[place] = _word(random, 2) if place != 2 else str(random.randint(1, 250))


SPOILERS: tuple[Callable[[Random, Person], None], ...] = (
    _typo, _typo, _typo, _typo, _misheard, _misheard, _lost, _turned_names, _turned_streets, _turned_date, _moved,
    _short_name, _other_word,
)  # fmt: skip
