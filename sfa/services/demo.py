"""A believable company with a year of history, made from a seed: the same every time for the same day."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from db import search
from db.seeds import PIPELINE_ID, STAGES, stage_id
from db.store import UnitOfWork
from sfa.clock import instant_text
from sfa.domain.currencies import exponent
from sfa.domain.text import company_key, fold
from sfa.services import demo_words as words
from sfa.services.desk import Desk

ACCOUNTS = 150
CONTACTS_PER_ACCOUNT = (1, 2, 3, 3, 4)
DEALS_PER_ACCOUNT = 4
ACTIVITIES_PER_DEAL = 5
YEAR_DAYS = 365
WIN_SHARE = 0.42
CHILD_SHARE = 0.06
RATES = {"EUR": 0.92, "USD": 1.0, "GBP": 0.79, "CNY": 7.2, "JPY": 150.0}


def make_company(desk: Desk, scale: int = 1, seed: int = 7) -> dict[str, int]:
    """Fill an empty book; return how many records of each table were made.

    Args:
        desk: a desk whose book is empty.
        scale: 1 makes about 150 accounts and 600 deals; 10 and 100 multiply.
        seed: of the randomness.
    """
    with desk.store.write("demo.make", f"Made a demo company (scale {scale})") as work:
        maker = _Maker(desk, work, Random(seed))  # noqa: S311 - invented data, no secret
        maker.make(scale)
        search.refresh_within(work.connection)
    return maker.counts


class _Maker:
    """Collects rows table by table, then writes them in the order of their parents."""

    def __init__(self, desk: Desk, work: UnitOfWork, random: Random) -> None:
        self._desk = desk
        self._work = work
        self._random = random
        self._today = desk.today
        self._rows: dict[str, list[dict[str, Any]]] = {}
        self._owners: dict[str, list[str]] = {}
        self._products: list[tuple[str, str, int]] = []
        self._begun: list[tuple[str, int, str, str, str]] = []
        self.counts: dict[str, int] = {}

    def make(self, scale: int) -> None:
        """Make everything."""
        self._people()
        self._catalogue()
        self._flush()
        for number in range(ACCOUNTS * scale):
            self._account(number)
            if number % 500 == 499:  # noqa: PLR2004 - rows in memory stay few
                self._flush()
        self._flush()
        self._my_day()
        self._flush()

    def _put(self, table: str, **values: Any) -> str:  # noqa: ANN401 - columns of any table
        row_id = self._desk.store.ids.new()
        self._rows.setdefault(table, []).append({"id": row_id, **values})
        return row_id

    def _record(self, table: str, **values: Any) -> str:  # noqa: ANN401 - as above
        return self._put(table, created_at=self._work.at, updated_at=self._work.at, **values)

    def _flush(self) -> None:
        """Write what is collected; rows of one table share their columns."""
        for table in _ORDER:
            rows = self._rows.pop(table, [])
            groups: dict[tuple[str, ...], list[Sequence[object]]] = {}
            for row in rows:
                groups.setdefault(tuple(row), []).append(tuple(row.values()))
            for columns, group in groups.items():
                self._work.insert_many(table, columns, group)
            self.counts[table] = self.counts.get(table, 0) + len(rows)
        self._work.connection.executemany(
            "UPDATE opportunity_history SET stage_id = ?, probability_ppm = ?, category = ?, close_date = ?"
            " WHERE opportunity_id = ? AND is_won IS NULL AND rowid ="
            " (SELECT min(h.rowid) FROM opportunity_history h WHERE h.opportunity_id = opportunity_history.opportunity_id)",
            self._begun,
        )
        self._begun.clear()

    def _people(self) -> None:
        territories = {name: self._record("territory", name=name) for name in ("Europe", "Americas", "Asia")}
        teams = {name: self._record("team", name=f"Sales {name}") for name in territories}
        head = self._record("app_user", name=words.HEAD[0], role=words.HEAD[1])
        managers: dict[str, str] = {}
        for name, role, area in words.TEAM:
            user = self._record(
                "app_user",
                name=name,
                role=role,
                manager_id=head if role == "manager" else managers[area],
                team_id=teams[area],
                territory_id=territories[area],
                region=area,
            )
            if role == "manager":
                managers[area] = user
            else:
                self._owners.setdefault(area, []).append(user)
            if name == words.ME:
                self._work.remember("user_id", user)
                self._work.remember("user", name)
                self._me = user
        self._territories = territories

    def _catalogue(self) -> None:
        for code, name, category, price in words.PRODUCTS:
            product = self._record(
                "product", code=code, name=name, category=category, unit="piece", price_dec6=price * 10**6,
                cost_dec6=price * 620_000, currency="USD",
            )  # fmt: skip
            self._products.append((product, name, price))

    def _account(self, number: int) -> None:
        random = self._random
        country = random.choices(list(words.WEIGHTS), list(words.WEIGHTS.values()))[0]
        name = self._company_name(country, number)
        area = words.TERRITORY_OF[country]
        owner = random.choice(self._owners[area])
        since = self._today - timedelta(days=random.randint(200, 1500))
        account = self._record(
            "account",
            name=name,
            type=random.choices(("customer", "prospect", "partner"), (6, 4, 1))[0],
            industry=random.choice(words.INDUSTRIES),
            employees=random.choice((18, 45, 120, 260, 700, 1900)),
            currency=words.CURRENCIES[country],
            owner_id=owner,
            territory_id=self._territories[area],
            parent_id=self._parent(),
            source=random.choice(words.SOURCES),
            created_on=since.isoformat(),
            match_key=company_key(name),
        )
        self._last_accounts = [*getattr(self, "_last_accounts", [])[-8:], account]
        self._put(
            "address", account_id=account, kind="billing", city=random.choice(words.CITIES[country]), country=country
        )
        self._put("phone", account_id=account, kind="main", is_primary=1, **self._phone(country))
        people = [self._contact(account, country, owner) for _ in range(random.choice(CONTACTS_PER_ACCOUNT))]
        for _ in range(random.randint(1, 2 * DEALS_PER_ACCOUNT - 1)):
            self._deal(account, name, country, owner, people)
        if random.random() < 0.3:  # noqa: PLR2004 - about every third
            self._record("note", body=random.choice(words.NOTES), account_id=account, owner_id=owner)

    def _company_name(self, country: str, number: int) -> str:
        head = self._random.choice(words.COMPANY_HEADS[country])
        tail = self._random.choice(words.COMPANY_TAILS[country])
        glue = "" if country in words.FAMILY_FIRST else " "
        suffix = "" if number < ACCOUNTS // 2 else f"{glue}{number}"
        return f"{head}{glue}{tail}{suffix}" if country in words.FAMILY_FIRST else f"{head}{suffix} {tail}"

    def _parent(self) -> str | None:
        recent = getattr(self, "_last_accounts", [])
        is_child = len(recent) > 1 and self._random.random() < CHILD_SHARE
        return recent[0] if is_child else None

    def _phone(self, country: str) -> dict[str, str]:
        template = words.PHONES[country]
        digits = self._random.randint(0, 9999)
        number = template.format(digits // 100, digits % 100) if template.count("{") == 2 else template.format(digits)  # noqa: PLR2004 - two groups
        return {"number": number, "e164": "+" + "".join(sign for sign in number if sign.isdigit())}

    def _contact(self, account: str, country: str, owner: str) -> str:
        random = self._random
        given, family = random.choice(words.GIVEN[country]), random.choice(words.FAMILY[country])
        name = family + given if country in words.FAMILY_FIRST else f"{given} {family}"
        born = date(random.randint(1962, 1998), random.randint(1, 12), random.randint(1, 28))
        contact = self._record(
            "contact", name=name, given_name=given, family_name=family, title=random.choice(words.TITLES), owner_id=owner,
            birthday=born.isoformat(), created_on=self._today.isoformat(), match_key=fold(name),
        )  # fmt: skip
        self._put("contact_role", account_id=account, contact_id=contact, role=random.choice(words.ROLES), is_primary=1)
        self._put("phone", contact_id=contact, kind="work", is_primary=1, **self._phone(country))
        address = f"{_ascii(given)}.{_ascii(family)}{random.randint(1, 99)}@{_ascii(account[-6:])}.example"
        self._put("email", contact_id=contact, kind="work", address=address, folded=address.lower(), is_primary=1)
        return contact

    def _deal(self, account: str, name: str, country: str, owner: str, people: Sequence[str]) -> None:
        random = self._random
        product, product_name, price = random.choice(self._products)
        quantity = random.choice((1, 1, 1, 2, 3, 5))
        currency = words.CURRENCIES[country]
        amount = int(price * quantity * RATES[currency]) * 10 ** exponent(currency)
        created = self._today - timedelta(days=int(YEAR_DAYS * random.random() ** 0.8))
        length = random.randint(20, 160)
        age = (self._today - created).days
        is_closed = age > length and random.random() < 0.9  # noqa: PLR2004 - a few drag on
        is_won = is_closed and random.random() < WIN_SHARE
        stage = (6 if is_won else 7) if is_closed else min(1 + age * 5 // max(length, 1), 5)
        closed = created + timedelta(days=length) if is_closed else None
        close = closed or created + timedelta(days=length + random.randint(-10, 40))
        deal = self._record(
            "opportunity",
            name=f"{name.split(maxsplit=1)[0]} {product_name}",
            account_id=account,
            pipeline_id=PIPELINE_ID,
            stage_id=stage_id(stage),
            owner_id=owner,
            amount_minor=amount,
            currency=currency,
            close_date=close.isoformat(),
            created_on=created.isoformat(),
            closed_on=closed.isoformat() if closed else None,
            is_won=int(is_won) if is_closed else None,
            probability_ppm=STAGES[stage - 1][3],
            category=STAGES[stage - 1][4],
            type=random.choice(("new", "existing", "renewal")),
            source=random.choice(words.SOURCES),
            **self._closing(is_closed=is_closed, is_won=is_won),
            **self._next_step(is_closed=is_closed),
        )
        self._put(
            "opportunity_line", opportunity_id=deal, product_id=product, seq=1, quantity_dec6=quantity * 10**6,
            unit_price_dec6=price * 10**6, amount_minor=amount,
        )  # fmt: skip
        if people:
            stance = random.choice((-1, 0, 1, 1, 2))
            self._put(
                "opportunity_contact",
                opportunity_id=deal,
                contact_id=random.choice(people),
                role=random.choice(words.ROLES),
                stance=stance,
            )
        self._past(deal, stage, (amount, currency), owner, created, closed or self._today, close)
        self._activities(deal, account, owner, people, created, closed or self._today)

    def _past(
        self, deal: str, stage: int, worth: tuple[int, str], owner: str, created: date, end: date, close: date
    ) -> None:
        """Let the deal have come through its stages one by one, and sometimes slip: its close date moved on."""
        random = self._random
        first_close = close - timedelta(days=random.choice((0, 0, 0, 14, 30, 45)))
        self._begun.append((stage_id(1), STAGES[0][3], STAGES[0][4], first_close.isoformat(), deal))
        steps = min(stage, 5) if stage <= 5 else random.randint(2, 5)  # noqa: PLR2004 - the open stages
        days = max((end - created).days, 1)
        for step in range(2, steps + 1):
            day = created + timedelta(days=days * (step - 1) // (steps + 1))
            self._put(
                "opportunity_history",
                opportunity_id=deal,
                at=self._instant(day, time(11)),
                stage_id=stage_id(step),
                is_stage_change=1,
                amount_minor=worth[0],
                currency=worth[1],
                close_date=(close if step > 2 else first_close).isoformat(),  # noqa: PLR2004 - it slips in the third stage
                probability_ppm=STAGES[step - 1][3],
                category=STAGES[step - 1][4],
                owner_id=owner,
            )

    def _closing(self, *, is_closed: bool, is_won: bool) -> dict[str, object]:
        if not is_closed or is_won:
            return {}
        reason = self._random.choice(words.REASONS)
        competitor = self._random.choice(words.COMPETITORS) if reason in ("price", "competitor") else None
        return {"loss_reason": reason, "competitor": competitor}

    def _next_step(self, *, is_closed: bool) -> dict[str, object]:
        if is_closed or self._random.random() < 0.3:  # noqa: PLR2004 - some have none
            return {}
        day = self._today + timedelta(days=self._random.randint(-6, 25))
        return {"next_step": self._random.choice(words.STEPS), "next_step_on": day.isoformat()}

    def _activities(self, deal: str, account: str, owner: str, people: Sequence[str], start: date, end: date) -> None:
        random = self._random
        days = max((end - start).days, 1)
        for _ in range(random.randint(1, 2 * ACTIVITIES_PER_DEAL - 1)):
            kind = random.choices(list(words.SUBJECTS), (8, 6, 2, 2, 1))[0]
            day = min(start + timedelta(days=random.randint(0, days)), self._today)
            activity = self._record(
                "activity",
                kind=kind,
                direction=random.choice(("out", "out", "in")),
                subject=random.choice(words.SUBJECTS[kind]),
                outcome=random.choice(words.OUTCOMES),
                started_at=self._instant(day, time(random.randint(8, 16), random.choice((0, 15, 30, 45)))),
                duration_min=random.choice((5, 10, 15, 30, 45, 60)),
                account_id=account,
                opportunity_id=deal,
                owner_id=owner,
            )
            if people:
                self._put("activity_contact", activity_id=activity, contact_id=random.choice(people))

    def _instant(self, day: date, at: time) -> str:
        return instant_text(datetime.combine(day, at, self._desk.store.clock.zone()))

    def _my_day(self) -> None:
        """Give the person at the desk something to do today."""
        mine = self._desk.store.rows(
            "SELECT a.id, a.name FROM account a WHERE a.owner_id = ? ORDER BY a.rowid LIMIT 40", (self._me,)
        )
        zone = str(self._desk.store.clock.zone())
        for number, (account, name) in enumerate(mine[:24]):
            due = self._today + timedelta(days=self._random.randint(-4, 9))
            subject = f"{self._random.choice(words.TASKS)}: {name}"
            priority = self._random.choice(("normal", "normal", "normal", "high"))
            self._record(
                "task",
                subject=subject,
                due_on=due.isoformat(),
                priority=priority,
                account_id=account,
                owner_id=self._me,
            )
            if number < 6:  # noqa: PLR2004 - three appointments today, three tomorrow
                self._appointment(account, name, self._today + timedelta(days=number // 3), 9 + 2 * (number % 3), zone)

    def _appointment(self, account: str, name: str, day: date, hour: int, zone: str) -> None:
        start = datetime.combine(day, time(hour, 30))
        end = start + timedelta(hours=1)
        kind = self._random.choice(("visit", "meeting", "demo"))
        self._record(
            "event",
            subject=f"{kind.capitalize()} at {name}",
            kind=kind,
            starts_wall=start.isoformat(timespec="minutes"),
            ends_wall=end.isoformat(timespec="minutes"),
            zone=zone,
            starts_at=self._instant(day, start.time()),
            ends_at=self._instant(day, end.time()),
            account_id=account,
            owner_id=self._me,
        )


_ORDER = (
    "territory", "team", "app_user", "product", "account", "address", "contact", "contact_role", "phone", "email", "opportunity",
    "opportunity_history", "opportunity_line", "opportunity_contact", "activity", "activity_contact", "note", "task", "event",
)  # fmt: skip


def _ascii(text: str) -> str:
    """Return letters that a mail address may hold; other scripts become initials."""
    plain = "".join(sign for sign in fold(text) if sign.isascii() and sign.isalnum())
    return plain or search.initials(text) or "x"
