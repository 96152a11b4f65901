"""Guesses from a table's header what it holds and which column fills which field."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import PurePath
from typing import Final, NamedTuple

from sfa.domain.text import fold
from sfa.exchange.fields import ADDITIVE, fields_of
from sfa.exchange.header_fields import ADDRESS_PARTS, FILE_WORDS, MEANINGS, OWN, PLACED, SIGNS, WORDS
from sfa.exchange.header_words import FILLERS, KEY_WORDS, QUALIFIERS
from sfa.exchange.header_words_sales import REFERENCES

REJECT_COLUMNS: Final = ("reason", "line")
"""The first two columns of a file of rejected rows; ignored when it is imported again."""

_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_APOSTROPHE: Final = re.compile("['’`´]s?")
_EMAIL: Final = re.compile(r"\be mail")
_CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_CJK_GAP: Final = re.compile(r"(?<=[\u3040-\u30ff\u3400-\u9fff]) (?=[\u3040-\u30ff\u3400-\u9fff])")
_COUNTERS: Final = frozenset(map(str, range(1, 100)))
_MINIMUM_SCORE: Final = 3.0
_MINIMUM_LEAD: Final = 0.4


class Meaning(NamedTuple):
    """What a column is called: a meaning such as "phone.work", and how many of its kind stand before it."""

    name: str
    is_key: bool = False


def normalise(header: str) -> str:
    """Return a column name without case, accents, punctuation and camel case: "AccountId" and "account_id" are one."""
    text = fold(_CAMEL.sub(" ", _APOSTROPHE.sub("", header).replace("IDs", "Ids")))
    text = _EMAIL.sub("email", " ".join(re.sub(r"[\W_]+", " ", text).split()))
    return _CJK_GAP.sub("", text)


@cache
def _spellings() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meaning, spellings in WORDS.items():
        for spelling in spellings.split("|"):
            meanings = found.setdefault(normalise(spelling), [])
            if meaning not in meanings:
                meanings.append(meaning)
    return found


@cache
def _placeable() -> dict[str, str]:
    """Return spellings of channels and address parts, with and without their small words."""
    found: dict[str, str] = {}
    for spelling, meanings in _spellings().items():
        base = next((meaning for meaning in meanings if meaning.partition(".")[0] in PLACED), None)
        if base:
            found[spelling] = base
            found.setdefault(_without_fillers(spelling), base)
    return found


def _without_fillers(text: str) -> str:
    return " ".join(token for token in text.split() if token not in FILLERS)


@cache
def _qualifiers() -> dict[str, str]:
    return {normalise(word): place for place, words in QUALIFIERS.items() for word in words.split("|")}


def meanings_of(noun: str, header: str) -> list[Meaning]:
    """Return what a column name may mean among records of a noun; nothing where it is unknown."""
    words = normalise(header)
    tokens = words.split()
    if tokens and tokens[-1] in {"label", "type"} and any(token.isdigit() for token in tokens):
        return []
    found = [Meaning(name) for name in _plain(noun, words)]
    return found or _key(noun, tokens) or [Meaning(name) for name in _placed(tokens)]


def _plain(noun: str, words: str) -> list[str]:
    spellings = _spellings()
    found = spellings.get(words, [])
    if found:
        return found
    for own in OWN[noun]:
        for name in WORDS[own].split("|"):
            prefix = normalise(name)
            rest = words.removeprefix(prefix)
            if rest != words and rest.strip() in spellings and (rest.startswith(" ") or _CJK.search(prefix)):
                return spellings[rest.strip()]
    return []


def _key(noun: str, tokens: list[str]) -> list[Meaning]:
    """Read "Account Id", "ACCOUNTID", "account number", "Deal owner id": whose id it is."""
    if not tokens:
        return []
    rest = tokens[:-1] if tokens[-1] in KEY_WORDS else []
    if not rest and tokens[-1].endswith("id"):
        rest = [*tokens[:-1], tokens[-1].removesuffix("id")]
    named = _plain(noun, " ".join(rest))
    if any(own in named for own in OWN[noun]):
        return [Meaning("external_id")]
    if "company" in named:
        named = ["account"]
    return [Meaning(name, is_key=True) for name in named if name in REFERENCES][:1]


def _placed(tokens: list[str]) -> list[str]:
    """Read a channel or an address part with a place or a number: "Home Street", "Téléphone (bureau)", "商務 - 街"."""
    numbers = [int(token) for token in tokens if token in _COUNTERS]
    text = " ".join(token for token in tokens if not token.isdigit())
    place, text = _without_place(text)
    known = _placeable()
    found = known.get(text) or known.get(_without_fillers(text))
    if found is None:
        return []
    base = found.partition(".")[0]
    if numbers and numbers[-1] > 1:
        return [f"{base}.second"] if base in {"phone", "email", "mobile"} and place != "home" else []
    return [f"{base}.{place}" if place else found]


def _without_place(text: str) -> tuple[str, str]:
    qualifiers = _qualifiers()
    tokens = text.split()
    places = [qualifiers[token] for token in tokens if token in qualifiers]
    if places:
        return places[0], " ".join(token for token in tokens if token not in qualifiers)
    for word, place in qualifiers.items():
        if _CJK.search(word) and text.startswith(word):
            return place, text.removeprefix(word).strip()
    return "", text


def guess_mapping(noun: str, header: Sequence[str]) -> dict[str, str]:
    """Return column -> field for every column that is understood, in the order of the header.

    No field gets two columns, but e-mails, phones and tags. An id that only repeats a reference is left out where the
    name is there; the account's own id is kept beside it as `account_key`.
    """
    wishes = _wishes(noun, header)
    taken: dict[int, str] = {}
    used: set[str] = set()
    for _, column, field in sorted(wishes):
        if column not in taken and (field not in used or field in ADDITIVE):
            taken[column] = field
            used.add(field)
    return {header[column]: taken[column] for column in sorted(taken)}


def _wishes(noun: str, header: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return (rank, column, field), the best rank first."""
    columns = [[] if _is_report(header, index) else meanings_of(noun, name) for index, name in enumerate(header)]
    names = [_in_context(noun, index, columns) for index in range(len(columns))]
    place = _address_place({meaning.name for meanings in columns for meaning in meanings})
    ranks = _ranks(noun, place, has_stage=any(Meaning("stage") in meanings for meanings in columns))
    wishes = [
        (ranks[meaning.name][1], column, ranks[meaning.name][0])
        for column, meanings in enumerate(names)
        for meaning in meanings
        if not meaning.is_key and meaning.name in ranks
    ]
    mapped = {field for _, _, field in wishes}
    return [*wishes, *_key_wishes(noun, columns, mapped), *_first_id(header, columns, mapped)]


def _is_report(header: Sequence[str], index: int) -> bool:
    return tuple(header[:2]) == REJECT_COLUMNS and index < len(REJECT_COLUMNS)


def _ranks(noun: str, place: str, *, has_stage: bool) -> dict[str, tuple[str, int]]:
    """Return meaning -> (field, rank) for a noun; a meaning goes to the first field that wants it."""
    ranks: dict[str, tuple[str, int]] = {}
    for field in fields_of(noun):
        names = MEANINGS[noun].get(field, (field,))
        if field == "street":
            names = ("street", "address")
        if field in ADDRESS_PARTS and place:
            names = (*(f"{name}.{place}" for name in names), *names)
        for rank, name in enumerate(names):
            ranks.setdefault(name, (field, rank))
    if noun == "opportunity":
        ranks["status"] = ("outcome" if has_stage else "stage", 1)
    return ranks


def _address_place(names: set[str]) -> str:
    """Return whose address is taken where several are there: work, then the plain one, home, other."""
    for place in ("work", "", "home", "other"):
        suffix = f".{place}" if place else ""
        if {f"street{suffix}", f"address{suffix}", f"city{suffix}"} & names:
            return place
    return ""


def _in_context(noun: str, index: int, columns: list[list[Meaning]]) -> list[Meaning]:
    """Settle words that mean one thing or another by the columns beside them."""
    names = {meaning.name for meanings in columns for meaning in meanings}
    meanings = columns[index]
    if "given_name" not in fields_of(noun):
        return [Meaning("name") if meaning.name.startswith("name_or_") else meaning for meaning in meanings]
    own = {meaning.name for meaning in meanings}
    has_given, has_family = "given_name" in names, "family_name" in names
    if ("name_or_given" in own and not has_family) or ("name_or_family" in own and not has_given):
        return [Meaning("name")]
    if "name" in own and has_given and not has_family and "name_or_family" not in names:
        return [Meaning("family_name")]
    following = {meaning.name for meaning in columns[index + 1]} if index + 1 < len(columns) else set()
    if "title" in own and "job_title" not in own and following & {"given_name", "salutation"}:
        return []
    return meanings


def _key_wishes(noun: str, columns: list[list[Meaning]], mapped: set[str]) -> list[tuple[int, int, str]]:
    fields = fields_of(noun)
    wishes = []
    for column, meanings in enumerate(columns):
        for meaning in meanings:
            if not meaning.is_key or meaning.name not in fields:
                continue
            if meaning.name not in mapped:
                wishes.append((0, column, meaning.name))
            elif meaning.name == "account" and "account_key" in fields:
                wishes.append((0, column, "account_key"))
    return wishes


def _first_id(header: Sequence[str], columns: list[list[Meaning]], mapped: set[str]) -> list[tuple[int, int, str]]:
    """A first column ending in "id" that is nobody else's is the record's own."""
    if "external_id" in mapped or not header or columns[0]:
        return []
    return [(0, 0, "external_id")] if normalise(header[0]).split()[-1:] in (["id"], ["key"]) else []


def guess_noun(header: Sequence[str], filename: str = "") -> str | None:
    """Return what the rows of a table are, or None where that isn't clear enough to go on unasked."""
    scores = sorted(((_score(noun, header, filename), noun) for noun in SIGNS), reverse=True)
    (best, noun), (second, _) = scores[0], scores[1]
    return noun if best >= _MINIMUM_SCORE and best - second >= _MINIMUM_LEAD else None


def _score(noun: str, header: Sequence[str], filename: str) -> float:
    mapping = guess_mapping(noun, header)
    if not mapping or not _is_complete(noun, set(mapping.values())):
        return 0.0
    score = 2 * len(mapping) / max(len(header), 1)
    score += sum(SIGNS[noun].get(field, 0) for field in set(mapping.values()))
    own = next((column for column, field in mapping.items() if field == "external_id"), "")
    score += 2 * any(field == "owner" and normalise(column) not in _spellings() for column, field in mapping.items())
    return score + _file_score(noun, filename) + 1.5 * (own == header[0] and _names_itself(noun, own))


def _file_score(noun: str, filename: str) -> float:
    words = normalise(PurePath(filename).stem)
    known = FILE_WORDS[noun].split()
    if words in known or any(_CJK.search(word) and word in words for word in known):
        return 3.0
    return 0.9 if any(word in known for word in words.split()) else 0.0


def _names_itself(noun: str, column: str) -> bool:
    return _key(noun, normalise(column).split()) == [Meaning("external_id")]


def _is_complete(noun: str, mapped: set[str]) -> bool:
    if noun in {"contact", "lead", "user"}:
        return bool(mapped & {"name", "given_name", "family_name"}) or (noun != "user" and "email" in mapped)
    return all(field.name in mapped for field in fields_of(noun).values() if field.is_required)
