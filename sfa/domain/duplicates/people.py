"""Files of people, field by field: what is compared, how, and which pairs are candidates at all."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from sfa.domain.duplicates.blocking import candidates
from sfa.domain.duplicates.likeness import (
    DIFFERENT,
    MISSING,
    NEAR,
    SAME,
    SIMILAR,
    compare_code,
    compare_date,
    compare_name,
    compare_text,
    name_likeness,
)
from sfa.domain.duplicates.normal import PHONE_TAIL, same_phone, sound
from sfa.domain.duplicates.pairs import Pair, Progress
from sfa.domain.duplicates.weights import LEVELS, estimate, probability

DRAWN: Final = 60_000
PERSONAL: Final = ("given", "date", "code", "reach")
"""Kinds of fields that a person has alone; one of them must agree where both records have any."""
QUITE_ANOTHER: Final = 0.7
"""Given names less alike than this are no slip of the hand."""
_GOLDEN: Final = 0.6180339887
_DATE: Final = 8

Value = str | tuple[str, ...]
Row = Sequence[Value]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a file of people.

    Attributes:
        label: in the words of reasons.
        kind: as in `weights.PRIORS`; decides how values are compared.
        turned_with: place of the field that it is mistaken for, such as the given name for the family name.
    """

    label: str
    kind: str
    turned_with: int | None = None


@dataclass(slots=True)
class People:
    """A file: its fields, and for each record its id and its values in normal form, empty where it has none."""

    fields: tuple[Field, ...]
    ids: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


def compare_reach(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how e-mails or phone numbers agree: one in common is enough; neither is empty."""
    if any(same_phone(mine, its) if mine.isdigit() else mine == its for mine in one for its in other):
        return SAME
    return NEAR if any(compare_code(mine, its) == NEAR for mine in one for its in other) else DIFFERENT


def compare_place(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how towns agree: city and postcode say the same thing, so that both count once; a region only speaks against.

    Args:
        one: city, postcode and region.
        other: the same of the other record.
    """
    city = compare_text(one[0], other[0]) if one[0] and other[0] else MISSING
    code = compare_code(one[1], other[1]) if one[1] and other[1] else MISSING
    low, high = min(city, code), max(city, code)
    if high == MISSING:
        return DIFFERENT if one[2] and other[2] and compare_text(one[2], other[2]) == DIFFERENT else MISSING
    if low == MISSING:
        return high
    if low == DIFFERENT:
        return SIMILAR if high == SAME else DIFFERENT
    return low if high == low else NEAR


def compare_house(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how street addresses agree; the number alone says little, a second line may stand for the first.

    Args:
        one: house number, street and second line.
        other: the same of the other record.
    """
    number = compare_code(one[0], other[0]) if one[0] and other[0] else MISSING
    street = max(
        compare_text(mine, its) if mine and its else MISSING for mine, its in zip(one[1:], other[1:], strict=True)
    )
    if street < SIMILAR:
        crossed = ((one[1], other[2]), (one[2], other[1]))
        street = max([street, *(min(NEAR, compare_text(mine, its)) for mine, its in crossed if mine and its)])
    if street == MISSING:
        return SIMILAR if number == SAME else number and DIFFERENT
    if street < SIMILAR:
        return DIFFERENT
    if number in (MISSING, SAME):
        return street
    return NEAR if number >= SIMILAR else SIMILAR


_COMPARE: Final[dict[str, Callable[..., int]]] = {
    "given": compare_name,
    "family": compare_name,
    "date": compare_date,
    "code": compare_code,
    "place": compare_place,
    "house": compare_house,
    "text": compare_text,
    "reach": compare_reach,
}


class Comparison:
    """Compares rows of a file of people, level by level."""

    def __init__(self, fields: Sequence[Field]) -> None:
        self._fields = fields
        self._compare = [_COMPARE[item.kind] for item in fields]
        kinds = [item.kind for item in fields]
        self._personal = [place for place, kind in enumerate(kinds) if kind in PERSONAL]
        self._codes = [place for place, kind in enumerate(kinds) if kind == "code"]
        self._date = kinds.index("date") if "date" in kinds else None
        self._given = kinds.index("given") if "given" in kinds else None
        self._turns = [
            (place, item.turned_with)
            for place, item in enumerate(fields)
            if item.turned_with is not None and item.turned_with > place
        ]

    def levels(self, one: Row, other: Row) -> list[int]:
        """Return the level of each field."""
        found = [
            compare(mine, its) if mine and its else MISSING
            for compare, mine, its in zip(self._compare, one, other, strict=True)
        ]
        for first, second in self._turns:
            if found[first] <= DIFFERENT and found[second] <= DIFFERENT and self._is_turned(first, second, one, other):
                found[first] = found[second] = NEAR
        return found

    def contradicts(self, levels: Sequence[int], one: Row, other: Row) -> bool:
        """Tell whether two rows are two people whatever else they share.

        Name and address make relatives, so that something of a person's own must agree. Another birthday beside another
        number makes father and son, quite another given name beside another number makes twins.
        """
        own = [levels[place] for place in self._personal]
        if own and max(own) <= DIFFERENT:
            return True
        numbers = max([levels[place] for place in self._codes], default=MISSING)
        if numbers != DIFFERENT:
            return False
        if self._date is not None and levels[self._date] == DIFFERENT:
            return True
        given = self._given
        if given is None or levels[given] != DIFFERENT:
            return False
        return name_likeness(str(one[given]), str(other[given])) < QUITE_ANOTHER

    def _is_turned(self, first: int, second: int, one: Row, other: Row) -> bool:
        compare = self._compare[first]
        crossed = ((one[first], other[second]), (one[second], other[first]))
        levels = [compare(mine, its) for mine, its in crossed if mine and its]
        return len(levels) == len(crossed) and min(levels) >= SIMILAR and max(levels) >= NEAR

    def reasons(self, one: Row, other: Row) -> tuple[str, ...]:
        """Return what two rows share, in words, the sure ones first."""
        levels = self.levels(one, other)
        turned = {
            place
            for first, second in self._turns
            if levels[first] == levels[second] == NEAR and self._is_turned(first, second, one, other)
            for place in (first, second)
        }
        words = [
            (levels[place], place, self._words(place, levels[place]))
            for place in range(len(levels))
            if place not in turned
        ]
        words += [(NEAR, first, self._turned_words(first, second)) for first, second in self._turns if first in turned]
        return tuple(text for level, _, text in sorted(words, key=lambda item: (-item[0], item[1])) if level >= SIMILAR)

    def _words(self, place: int, level: int) -> str:
        return f"{'same' if level == SAME else 'similar'} {self._fields[place].label}"

    def _turned_words(self, first: int, second: int) -> str:
        return f"{self._fields[first].label} and {self._fields[second].label} turned"


def find_pairs(people: People, above: float, on_progress: Progress | None = None) -> list[Pair]:
    """Return the pairs that are one person with at least that probability, the surest first."""
    if len(people.rows) < 2:  # noqa: PLR2004 - a pair
        return []
    comparison = Comparison(people.fields)
    kinds = [item.kind for item in people.fields]
    compared = _compare_all(people, comparison, on_progress)
    weights = estimate(kinds, compared.counts(), _drawn(people, comparison), len(people.rows))
    scores = [round(probability(weights.odds(levels)), 4) for levels in compared.patterns]
    pairs = []
    for first, second, number in zip(compared.first, compared.second, compared.pattern, strict=True):
        if scores[number] >= above:
            reasons = comparison.reasons(people.rows[first], people.rows[second])
            pairs.append(Pair(people.ids[first], people.ids[second], scores[number], reasons))
    return sorted(pairs, key=lambda pair: -pair.score)


@dataclass(slots=True)
class _Compared:
    """All candidates with the number of their pattern of levels; arrays, for there are millions."""

    first: "array[int]" = field(default_factory=lambda: array("L"))
    second: "array[int]" = field(default_factory=lambda: array("L"))
    pattern: "array[int]" = field(default_factory=lambda: array("L"))
    patterns: dict[tuple[int, ...], int] = field(default_factory=dict)

    def add(self, first: int, second: int, levels: tuple[int, ...]) -> None:
        self.first.append(first)
        self.second.append(second)
        self.pattern.append(self.patterns.setdefault(levels, len(self.patterns)))

    def counts(self) -> dict[tuple[int, ...], int]:
        known = Counter(self.pattern)
        return {levels: known[number] for levels, number in self.patterns.items()}


def _compare_all(people: People, comparison: Comparison, on_progress: Progress | None) -> _Compared:
    rows = people.rows
    compared = _Compared()
    for place, others in candidates(_all_keys(people), _order(people)):
        for other in others:
            levels = comparison.levels(rows[place], rows[other])
            if not comparison.contradicts(levels, rows[place], rows[other]):
                compared.add(place, other, tuple(levels))
        if on_progress:
            on_progress(1)
    return compared


def _drawn(people: People, comparison: Comparison) -> list[list[int]]:
    """Return for each field how many pairs of each level there are among pairs drawn evenly from the file."""
    rows, count = people.rows, len(people.rows)
    counts = [[0] * LEVELS for _ in people.fields]
    steps = max(1, min(count // 2, DRAWN // max(count, 1)))
    stride = max(1, count // DRAWN)
    for step in range(steps):
        offset = 1 + int((step + 1) * _GOLDEN * count) % max(count // 2, 1)
        for place in range(0, count - offset, stride):
            levels = comparison.levels(rows[place], rows[place + offset])
            for own, level in zip(counts, levels, strict=True):
                own[level] += 1
    return counts


def _order(people: People) -> list[str]:
    """Return what neighbours in a great block are told by: family name, given name, birthday, town."""
    kinds = [item.kind for item in people.fields]
    places = [kinds.index(kind) for kind in ("family", "given", "date", "place") if kind in kinds]
    return [" ".join(str(row[place]) for place in places) for row in people.rows]


def _all_keys(people: People) -> Iterator[set[str]]:
    """Yield the keys of each record: what tells it alone, and how its names sound beside each other thing."""
    kinds = [item.kind for item in people.fields]
    names = [place for place, kind in enumerate(kinds) if kind in ("given", "family")]
    others = [place for place, kind in enumerate(kinds) if kind not in ("given", "family")]
    for row in people.rows:
        heard = sorted(sound(str(row[place]).partition(" ")[0]) for place in names if row[place])
        keys = {"+".join(heard)} if len(heard) > 1 else set()
        for place in others:
            if not row[place]:
                continue
            whole, parts = _KEYS[kinds[place]](row[place])
            keys.update(f"{place}={value}" for value in whole)
            keys.update(f"{name}/{place}={value}" for name in heard for value in parts)
        keys.update(_neighbour_keys(kinds, row))
        yield keys


_OwnKeys = tuple[tuple[str, ...], tuple[str, ...]]


def _neighbour_keys(kinds: Sequence[str], row: Row) -> Iterator[str]:
    """Yield a street beside its town, for people of whom no name is left."""
    if "house" in kinds and "place" in kinds:
        house, place = row[kinds.index("house")], row[kinds.index("place")]
        if house and place:
            towns, words = _place_keys(place)[1], _house_keys(house)[1]
            yield from (f"{town}&{word}" for town in towns for word in words)


def _date_keys(value: str) -> _OwnKeys:
    return (value,), (value[:4], value[4:]) if len(value) == _DATE else ()


def _code_keys(value: str) -> _OwnKeys:
    return (value,), (value[:4], value[-4:])


def _text_keys(value: str) -> _OwnKeys:
    return (), (value[:5],)


def _reach_keys(value: Sequence[str]) -> _OwnKeys:
    return tuple(item[-PHONE_TAIL:] if item.isdigit() else item for item in value), ()


def _place_keys(value: Sequence[str]) -> _OwnKeys:
    city, code, _ = value
    return (), tuple(part for part in (city[:4], code) if part)


def _house_keys(value: Sequence[str]) -> _OwnKeys:
    number, street, line = value
    words = [word[:6] for text in (street, line) for word in text.split()[:2] if len(word) > 2]  # noqa: PLR2004 - st, rd
    return tuple(f"{number}&{word}" for word in words if number), tuple(words)


_KEYS: Final[dict[str, Callable[..., _OwnKeys]]] = {
    "date": _date_keys,
    "code": _code_keys,
    "text": _text_keys,
    "reach": _reach_keys,
    "place": _place_keys,
    "house": _house_keys,
}
"""Kind of field -> what is a key alone, and what is one beside the sound of a name."""
