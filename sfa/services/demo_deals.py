"""Deals of a demo: how they came through their stages, slipped, were won or lost, and what was done for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from db.seeds import PIPELINE_ID, STAGES, stage_id
from sfa.domain.currencies import exponent
from sfa.domain.money import DEC6
from sfa.services import demo_words as words
from sfa.services.demo_orders import make_order
from sfa.services.demo_rows import Row, Rows, working_day

HISTORY_DAYS = 480
RECENT_DAYS = 110
RECENT_PER_CENT = 30
CYCLE_DAYS = (20, 160)
WON_PER_CENT = 42
SECOND_LINE_PER_CENT = 15
NO_NEXT_STEP_PER_CENT = 25
OPEN_TASK_PER_CENT = 25
DONE_TASK_PER_CENT = 20
SLIPS = (0, 0, 0, 14, 30, 45)
LAST_OPEN, WON, LOST = 5, 6, 7
ACTIVITIES = (1, 9)
HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Client:
    """Whom deals are made with: the account, what deals call it, its country and people, and who looks after it."""

    account: Row
    short_name: str
    country: str
    owner_id: str
    people: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Course:
    """When a deal was created, has been or is to be closed, and in which stage it stands."""

    created: date
    close: date
    stage: int

    @property
    def is_closed(self) -> bool:
        """Tell whether it is won or lost."""
        return self.stage > LAST_OPEN


def price_in(currency: str, price_usd: int) -> int:
    """Return a list price in whole units of a currency, at the demo's own rates."""
    return price_usd * words.RATES_PER_CENT[currency] // HUNDRED


def make_deal(rows: Rows, client: Client, products: Sequence[Row]) -> bool:
    """Make one deal with everything around it; tell whether it was won."""
    random = rows.random
    course = _course(rows)
    currency = words.CURRENCIES[client.country]
    chosen = random.sample(products, 2 if rows.chance(SECOND_LINE_PER_CENT) else 1)
    lines = [(product, random.choice((1, 1, 1, 2, 3, 5))) for product in chosen]
    worths = [price_in(currency, product["price_dec6"] // DEC6) * quantity for product, quantity in lines]
    minor = 10 ** exponent(currency)
    deal = rows.add(
        "opportunity",
        name=f"{client.short_name} {chosen[0]['name']}",
        account_id=client.account["id"],
        pipeline_id=PIPELINE_ID,
        owner_id=client.owner_id,
        amount_minor=sum(worths) * minor,
        currency=currency,
        type=random.choice(("new", "existing", "renewal")),
        source=random.choice(words.SOURCES),
        **_state(course),
        **_words(rows, course),
    )
    for position, ((product, quantity), worth) in enumerate(zip(lines, worths, strict=True), 1):
        rows.add(
            "opportunity_line", opportunity_id=deal["id"], product_id=product["id"], seq=position,
            quantity_dec6=quantity * DEC6, unit_price_dec6=worth // quantity * DEC6, amount_minor=worth * minor,
        )  # fmt: skip
    for person in random.sample(client.people, min(len(client.people), random.choice((1, 1, 2)))):
        stance, role = random.choice((-1, 0, 1, 1, 2)), random.choice(words.ROLES)
        rows.add("opportunity_contact", opportunity_id=deal["id"], contact_id=person["id"], role=role, stance=stance)
    _make_past(rows, deal, course)
    _make_activities(rows, client, deal, course)
    _make_tasks(rows, deal, course)
    if course.stage == WON:
        ordered = [(product, many, worth * minor) for (product, many), worth in zip(lines, worths, strict=True)]
        make_order(rows, deal, course.close, ordered)
    return course.stage == WON


def _course(rows: Rows) -> Course:
    random = rows.random
    age = random.randint(1, RECENT_DAYS if rows.chance(RECENT_PER_CENT) else HISTORY_DAYS)
    created = working_day(rows.today - timedelta(days=age))
    length = random.randint(*CYCLE_DAYS)
    close = max(working_day(created + timedelta(days=length)), created)
    if close < rows.today and rows.chance(95):
        return Course(created, close, WON if rows.chance(WON_PER_CENT) else LOST)
    stage = min(1 + age * LAST_OPEN // length, LAST_OPEN)
    if close < rows.today:
        close = rows.today + timedelta(days=random.randint(-20, 30))
    return Course(created, working_day(close + timedelta(days=random.randint(0, 20))), stage)


def _state(course: Course) -> Row:
    stage = STAGES[course.stage - 1]
    return {
        "stage_id": stage_id(course.stage),
        "close_date": course.close.isoformat(),
        "created_on": course.created.isoformat(),
        "closed_on": course.close.isoformat() if course.is_closed else None,
        "is_won": int(course.stage == WON) if course.is_closed else None,
        "probability_ppm": stage[3],
        "category": stage[4],
    }


def _words(rows: Rows, course: Course) -> Row:
    """Return why a deal was won or lost, or what comes next in it."""
    random = rows.random
    if course.stage == LOST:
        reason = random.choice(words.REASONS)
        competitor = random.choice(words.COMPETITORS) if reason in ("price", "competitor") else None
        return {"loss_reason": reason, "competitor": competitor}
    if course.stage == WON:
        return {"win_reason": random.choice(words.WIN_REASONS)}
    if rows.chance(NO_NEXT_STEP_PER_CENT):
        return {}
    day = rows.today + timedelta(days=random.randint(-4, 25))
    return {"next_step": random.choice(words.STEPS), "next_step_on": day.isoformat()}


def _make_past(rows: Rows, deal: Row, course: Course) -> None:
    """Let the deal have come through its stages one by one, and its close date have moved on at one of them."""
    random = rows.random
    first_close = max(course.close - timedelta(days=random.choice(SLIPS)), course.created).isoformat()
    _, _, _, ppm, category, *_ = STAGES[0]
    rows.begun.append((stage_id(1), ppm, category, first_close, deal["id"]))
    steps = random.randint(2, LAST_OPEN) if course.is_closed else course.stage
    end = course.close if course.is_closed else rows.today
    slips_at = random.randint(2, max(steps, 2))
    for step in range(2, steps + 1):
        day = course.created + timedelta(days=(end - course.created).days * (step - 1) // (steps + 1))
        rows.add(
            "opportunity_history",
            opportunity_id=deal["id"],
            at=rows.instant(day, time(10 + step % 7, 5 * step)),
            stage_id=stage_id(step),
            is_stage_change=1,
            amount_minor=deal["amount_minor"],
            currency=deal["currency"],
            close_date=first_close if step < slips_at else deal["close_date"],
            probability_ppm=STAGES[step - 1][3],
            category=STAGES[step - 1][4],
            owner_id=deal["owner_id"],
        )


def _make_activities(rows: Rows, client: Client, deal: Row, course: Course) -> None:
    random = rows.random
    end = min(course.close if course.is_closed else rows.yesterday, rows.yesterday)
    for _ in range(random.randint(*ACTIVITIES) if end >= course.created else 0):
        kind = random.choices(list(words.SUBJECTS), (8, 6, 2, 2, 1))[0]
        at = time(random.randint(8, 16), random.choice((0, 15, 30, 45)))
        activity = rows.add(
            "activity",
            kind=kind,
            direction=random.choice(("out", "out", "in")),
            subject=random.choice(words.SUBJECTS[kind]),
            outcome=random.choice(words.OUTCOMES),
            started_at=rows.instant(rows.day_between(course.created, end), at),
            duration_min=random.choice((5, 10, 15) if kind in ("call", "email") else (30, 45, 60, 90)),
            account_id=deal["account_id"],
            opportunity_id=deal["id"],
            owner_id=deal["owner_id"],
        )
        if client.people:
            rows.add("activity_contact", activity_id=activity["id"], contact_id=random.choice(client.people)["id"])


def _make_tasks(rows: Rows, deal: Row, course: Course) -> None:
    random = rows.random
    subject = f"{random.choice(words.TASKS)}: {deal['name']}"
    common = {"subject": subject, "owner_id": deal["owner_id"], "account_id": deal["account_id"]}
    if course.is_closed and rows.chance(DONE_TASK_PER_CENT):
        due = rows.day_between(course.created, course.close)
        done = rows.instant(min(due, rows.yesterday), time(15, 20))
        rows.add("task", **common, opportunity_id=deal["id"], due_on=due.isoformat(), status="done", done_at=done,
                 created_on=course.created.isoformat())  # fmt: skip
    elif not course.is_closed and rows.chance(OPEN_TASK_PER_CENT):
        due = rows.today + timedelta(days=random.randint(-3, 14))
        rows.add("task", **common, opportunity_id=deal["id"], due_on=due.isoformat(),
                 created_on=max(course.created, due - timedelta(days=10)).isoformat())  # fmt: skip
