"""The score of domain.md 4.3 for companies and for people of a book, with reasons.

`0.5 name + 0.2 domain + 0.2 phone + 0.1 city`, over the fields that both records have. For a person the address of mail,
or else the employer, stands for the domain. Around it stand a few rules that no sum can express.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sfa.domain.duplicates.blocking import candidates
from sfa.domain.duplicates.likeness import (
    DIFFERENT,
    SAME,
    SIMILAR,
    company_likeness,
    compare_code,
    compare_date,
    name_likeness,
)
from sfa.domain.duplicates.normal import PHONE_TAIL, mail_domain, same_phone, sound
from sfa.domain.duplicates.pairs import Pair, Progress

NAME, DOMAIN, PHONE, CITY = 0.5, 0.2, 0.2, 0.1
HINT: Final = 0.91
"""The most that a name alone is worth, where it cannot be known whether namesakes are meant: it warns, and no more."""
UNLIKELY: Final = 0.79
SAME_MAIL: Final = 0.95
SAME_NUMBER: Final = 0.85
SAME_GIVEN: Final = 0.82
_NEAR: Final = 0.92
_LIKE: Final = 0.85
_OTHER_NAME: Final = 0.55
_PART: Final = 0.8


@dataclass(slots=True)
class Profile:
    """What a record is compared by, in normal form; empty where it says nothing.

    Attributes:
        name: a company's without its legal form; a person's whole name.
        form: a company's legal form.
        given: a person's given name.
        family: a person's family name.
        employer: the name of the company where a person is, without its legal form.
    """

    id: str
    name: str = ""
    form: str = ""
    given: str = ""
    family: str = ""
    tax_id: str = ""
    domains: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    city: str = ""
    employer: str = ""
    birthday: str = ""


Score = tuple[float, tuple[str, ...]]


class _Sum:
    """The weighted mean of the fields that both records have, and why."""

    def __init__(self) -> None:
        self.total = self.weight = 0.0
        self.reasons: list[str] = []

    def add(self, weight: float, likeness: float, reason: str, least: float = 1.0) -> None:
        self.total += weight * likeness
        self.weight += weight
        if likeness >= least:
            self.reasons.append(reason)

    @property
    def score(self) -> float:
        return self.total / self.weight if self.weight else 0.0


def score_accounts(one: Profile, other: Profile) -> Score:
    """Return how surely two companies are one, 0 to 1, and what they share."""
    found = _Sum()
    taxes = compare_code(one.tax_id, other.tax_id) if one.tax_id and other.tax_id else None
    if taxes == SAME:
        found.reasons.append("same tax id")
    _add_phones(found, one, other)
    if one.domains and other.domains:
        found.add(DOMAIN, float(not set(one.domains).isdisjoint(other.domains)), "same domain")
    has_more = bool(found.reasons)
    name = _add_name(found, company_likeness(one.name, other.name)) if one.name and other.name else 0.0
    _add_city(found, one, other)
    if taxes == SAME:
        return 1.0, tuple(found.reasons)
    score = found.score
    if taxes == DIFFERENT or (name and not has_more and _are_other_forms(one.form, other.form)):
        score = min(score, HINT)
    return score, tuple(found.reasons)


def _are_other_forms(one: str, other: str) -> bool:
    """Tell whether two companies of one name are two by law: `Acme GmbH` and `Acme Inc.`."""
    return bool(one and other and one != other)


def score_contacts(one: Profile, other: Profile) -> Score:
    """Return how surely two people are one, 0 to 1, and what they share."""
    found = _Sum()
    mail = _add_mails(found, one, other)
    has_phone = _add_phones(found, one, other)
    dates = compare_date(one.birthday, other.birthday) if one.birthday and other.birthday else None
    if dates is not None and dates >= SIMILAR:
        found.reasons.append("same birthday" if dates == SAME else "similar birthday")
    if mail is None and one.employer and other.employer:
        found.add(DOMAIN, float(company_likeness(one.employer, other.employer) >= _NEAR), "same employer")
    has_more = found.weight > 0 or dates is not None
    name = _add_name(found, person_likeness(one, other)) if one.name and other.name else 0.0
    _add_city(found, one, other)
    score = found.score
    if mail == 1 and name >= _LIKE:
        score = max(score, SAME_MAIL)
    elif mail == 1 and one.given and name_likeness(one.given, other.given) >= SAME_MAIL:
        score = max(score, SAME_GIVEN)  # the family name changed
    if has_phone and name >= SAME_MAIL:
        score = max(score, SAME_NUMBER)
    if not has_more:
        score = min(score, HINT)
    if dates == DIFFERENT:
        score = min(score, UNLIKELY)
    return score, tuple(found.reasons)


def person_likeness(one: Profile, other: Profile) -> float:
    """Return how alike two people's names are, 0 to 1; given and family name may be turned."""
    if one.name == other.name:
        return 1.0
    if not (one.given and one.family and other.given and other.family):
        return name_likeness(one.name, other.name)
    straight = _parts_likeness(one.given, other.given, one.family, other.family)
    if straight >= _NEAR:
        return straight
    return max(straight, _parts_likeness(one.given, other.family, one.family, other.given))


def _parts_likeness(given: str, its_given: str, family: str, its_family: str) -> float:
    """Return the mean of both parts; where one of them is quite another name, little speaks for one person."""
    first, second = name_likeness(given, its_given), name_likeness(family, its_family)
    mean = (first + second) / 2
    return mean if min(first, second) >= _PART else min(mean, _OTHER_NAME)


def _add_name(found: _Sum, score: float) -> float:
    found.add(NAME, score, "same name" if score == 1 else "similar name", _LIKE)
    return score


def _add_mails(found: _Sum, one: Profile, other: Profile) -> float | None:
    """Compare addresses: a private one beside one at work says nothing."""
    if not (one.emails and other.emails):
        return None
    if not set(one.emails).isdisjoint(other.emails):
        found.add(DOMAIN, 1.0, "same e-mail")
        return 1.0
    mine, its = ({mail_domain(address) for address in item.emails} for item in (one, other))
    if ("" in mine) != ("" in its):
        return None
    likeness = 0.5 if (mine & its) - {""} else 0.0
    found.add(DOMAIN, likeness, "same e-mail domain", 0.5)
    return likeness


def _add_phones(found: _Sum, one: Profile, other: Profile) -> bool:
    if not (one.phones and other.phones):
        return False
    is_same = any(same_phone(mine, its) for mine in one.phones for its in other.phones)
    found.add(PHONE, float(is_same), "same phone")
    return is_same


def _add_city(found: _Sum, one: Profile, other: Profile) -> None:
    if one.city and other.city:
        found.add(CITY, float(one.city == other.city or name_likeness(one.city, other.city) >= _NEAR), "same city")


def account_keys(item: Profile) -> Iterator[str]:
    """Yield what a company may be found by."""
    yield from _reach_keys(item)
    yield f"t{item.tax_id}" if item.tax_id else ""
    yield from (f"d{domain}" for domain in item.domains)
    if item.name:
        bare = item.name.replace(" ", "")
        yield f"n{bare}"
        yield f"w{' '.join(sorted(item.name.split()))}"
        yield f"b{bare[:5]}"
        yield f"c{bare[:4]}|{item.city}"


def contact_keys(item: Profile) -> Iterator[str]:
    """Yield what a person may be found by."""
    yield from _reach_keys(item)
    yield from (f"e{address}" for address in item.emails)
    heard = sorted(sound(part.partition(" ")[0]) for part in (item.given, item.family) if part)
    yield f"s{'+'.join(heard)}"
    if item.name:
        yield f"n{item.name}"
        yield f"c{item.name[:4]}|{item.city}"
    for part in heard:
        yield f"a{part}|{item.employer[:5]}" if item.employer else ""
        yield f"k{part}|{item.city[:4]}" if item.city else ""


def _reach_keys(item: Profile) -> Iterator[str]:
    return (f"p{number[-PHONE_TAIL:]}" for number in item.phones)


SCORES: Final = {"account": score_accounts, "contact": score_contacts, "lead": score_contacts}
KEYS: Final = {"account": account_keys, "contact": contact_keys, "lead": contact_keys}


def find_pairs(noun: str, profiles: Sequence[Profile], above: float, on_progress: Progress | None = None) -> list[Pair]:
    """Return the pairs of a noun that score at least so much, the surest first."""
    score, keys = SCORES[noun], KEYS[noun]
    own_keys = ({key for key in keys(item) if len(key) > 1} for item in profiles)
    pairs = []
    for place, others in candidates(own_keys, [f"{item.name} {item.city}" for item in profiles]):
        one = profiles[place]
        for other in others:
            value, reasons = score(one, profiles[other])
            if value >= above:
                pairs.append(Pair(one.id, profiles[other].id, round(value, 4), reasons))
        if on_progress:
            on_progress(1)
    return sorted(pairs, key=lambda pair: -pair.score)
