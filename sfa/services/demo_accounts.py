"""Companies and people of a demo, in several countries and scripts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sfa.domain.text import company_key
from sfa.services import demo_words as words
from sfa.services.demo_rows import Row, Rows
from sfa.services.demo_value import tell_of
from sfa.services.identity import person_key

PEOPLE = (1, 2, 3, 3, 4)
CHILD_PER_CENT = 8
BOSS_PER_CENT = 40
MOBILE_PER_CENT = 35
TAG_PER_CENT = 15
NOTE_PER_CENT = 30


@dataclass(frozen=True, slots=True)
class Area:
    """A sales area: its territory, its team, and its reps."""

    territory_id: str
    team_id: str
    reps: Sequence[str]


class Companies:
    """Makes accounts with names of their own."""

    def __init__(self, rows: Rows, areas: dict[str, Area], tags: Sequence[Row]) -> None:
        self._rows = rows
        self._areas = areas
        self._tags = tags
        self._taken: set[str] = set()
        self._parents: dict[str, Row] = {}
        self._made: dict[str, list[Row]] = {}

    def make(self) -> tuple[Row, str, str]:
        """Return an account, what it is called for short, and its country."""
        rows, random = self._rows, self._rows.random
        country = random.choices(list(words.WEIGHTS), list(words.WEIGHTS.values()))[0]
        head, city = random.choice(list(words.COMPANY_HEADS[country])), random.choice(words.CITIES[country])
        parent = self._parents.get(country) if rows.chance(CHILD_PER_CENT) else None
        name = self._name(country, head, city)
        area = self._areas[words.AREA_OF[country]]
        since = rows.today - timedelta(days=random.randint(520, 1800))
        account = rows.add(
            "account",
            name=name,
            type="prospect",
            industry=random.choice(words.INDUSTRIES),
            employees=random.choice((18, 45, 120, 260, 700, 1900)),
            currency=words.CURRENCIES[country],
            owner_id=random.choice(area.reps),
            team_id=area.team_id,
            territory_id=area.territory_id,
            parent_id=parent["id"] if parent else None,
            source=random.choice(words.SOURCES),
            website=f"https://www.{words.COMPANY_HEADS[country][head]}.example",
            created_on=since.isoformat(),
            domain=f"{words.COMPANY_HEADS[country][head]}.example",
            match_key=company_key(name),
        )
        if parent is None:
            self._parents[country] = account
        own, earlier = words.AREA_OF[country], self._made.setdefault(country, [])
        tell_of(rows, account, [own, *(name for name in self._areas if name != own)], earlier)
        earlier.append(account)
        self._surround(account, country, city)
        return account, head, country

    def _name(self, country: str, head: str, city: str) -> str:
        """Return a name that nobody has: with the city where the plain one is taken, with a number at last."""
        tail = self._rows.random.choice(words.COMPANY_TAILS[country])
        is_joined = country in words.FAMILY_FIRST
        names = [f"{head}{tail}", f"{city}{head}{tail}"] if is_joined else [f"{head} {tail}", f"{head} {city} {tail}"]
        number = 2
        while names[0] in self._taken:
            names.pop(0)
            if not names:
                names = [f"{head}{city}{number}{tail}" if is_joined else f"{head} {city} {number} {tail}"]
                number += 1
        self._taken.add(names[0])
        return names[0]

    def _surround(self, account: Row, country: str, city: str) -> None:
        rows, random = self._rows, self._rows.random
        street = f"{random.choice(words.STREETS[country])} {random.randint(1, 180)}"
        rows.add("address", account_id=account["id"], kind="billing", street=street, city=city, country=country)
        rows.add("phone", account_id=account["id"], kind="main", is_primary=1, **phone(rows, country))
        if rows.chance(TAG_PER_CENT):
            tag = random.choice(self._tags)
            rows.add("record_tag", table_name="account", row_id=account["id"], tag_id=tag["id"])
        if rows.chance(NOTE_PER_CENT):
            body = random.choice(words.NOTES)
            rows.add("note", body=body, account_id=account["id"], owner_id=account["owner_id"])


def phone(rows: Rows, country: str, kind: str = "PHONES") -> dict[str, str]:
    """Return a phone number as written and in E.164."""
    template: str = getattr(words, kind)[country]
    number = "".join(str(rows.random.randrange(10)) if sign == "#" else sign for sign in template)
    return {"number": number, "e164": "+" + "".join(sign for sign in number if sign.isdigit())}


def make_people(rows: Rows, account: Row, country: str, domain: str) -> list[Row]:
    """Return the contacts of a new account; some report to its first."""
    people: list[Row] = []
    for _ in range(rows.random.choice(PEOPLE)):
        boss = people[0]["id"] if people and rows.chance(BOSS_PER_CENT) else None
        people.append(_person(rows, account, country, domain, boss))
    return people


def _person(rows: Rows, account: Row, country: str, domain: str, boss: str | None) -> Row:
    random = rows.random
    given, family = random.choice(list(words.GIVEN[country])), random.choice(list(words.FAMILY[country]))
    name = family + given if country in words.FAMILY_FIRST else f"{given} {family}"
    born = date(random.randint(1962, 1998), random.randint(1, 12), random.randint(1, 28))
    since = date.fromisoformat(account["created_on"])
    person = rows.add(
        "contact",
        name=name,
        given_name=given,
        family_name=family,
        title=random.choice(words.TITLES),
        reports_to_id=boss,
        birthday=born.isoformat(),
        language=words.LANGUAGES[country],
        preferred_channel=random.choice(("call", "email", "email", None)),
        owner_id=account["owner_id"],
        created_on=rows.day_between(since, rows.yesterday).isoformat(),
        match_key=person_key(name),
    )
    rows.add("contact_role", account_id=account["id"], contact_id=person["id"], role=random.choice(words.ROLES))
    rows.add("phone", contact_id=person["id"], kind="work", is_primary=1, **phone(rows, country))
    if rows.chance(MOBILE_PER_CENT):
        rows.add("phone", contact_id=person["id"], kind="mobile", is_primary=0, **phone(rows, country, "MOBILES"))
    box = mail_name(words.GIVEN[country][given], words.FAMILY[country][family])
    address = f"{box}{random.randint(1, 99)}@{domain}.example"
    rows.add("email", contact_id=person["id"], kind="work", address=address, folded=address, is_primary=1)
    return person


def mail_name(given: str, family: str) -> str:
    """Return the part of a mail address before the @."""
    return f"{given}.{family}"


def make_lead(rows: Rows, areas: dict[str, Area]) -> None:
    """Make somebody who is nobody's customer yet."""
    random = rows.random
    country = random.choices(list(words.WEIGHTS), list(words.WEIGHTS.values()))[0]
    given, family = random.choice(list(words.GIVEN[country])), random.choice(list(words.FAMILY[country]))
    head, tail = random.choice(list(words.COMPANY_HEADS[country])), random.choice(words.COMPANY_TAILS[country])
    is_joined = country in words.FAMILY_FIRST
    box = mail_name(words.GIVEN[country][given], words.FAMILY[country][family])
    rows.add(
        "lead",
        name=family + given if is_joined else f"{given} {family}",
        given_name=given,
        family_name=family,
        company=f"{head}{tail}" if is_joined else f"{head} {tail}",
        title=random.choice(words.TITLES),
        email=f"{box}@{words.COMPANY_HEADS[country][head]}.example",
        phone=phone(rows, country)["number"],
        industry=random.choice(words.INDUSTRIES),
        source=random.choice(words.SOURCES),
        status=random.choices(("new", "contacted", "qualified", "disqualified"), (5, 4, 2, 1))[0],
        owner_id=random.choice(areas[words.AREA_OF[country]].reps),
        created_on=rows.day_between(rows.today - timedelta(days=60), rows.yesterday).isoformat(),
    )
