"""A believable company with more than a year of history, made from a seed: the same every time for the same day."""

from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random

from db import search
from db.queries import demo as queries
from db.store import UnitOfWork
from sfa.domain.money import DEC6
from sfa.errors import ConflictError
from sfa.services import demo_words as words
from sfa.services import report_classes, settings
from sfa.services.approval_rules import usual_rows
from sfa.services.configuring import FOLDER, SUFFIX
from sfa.services.demo_accounts import Area, Companies, make_lead, make_people
from sfa.services.demo_commission import make_commission
from sfa.services.demo_deals import Client, make_deal
from sfa.services.demo_prices import make_agreements, make_prices
from sfa.services.demo_quotes import make_quotes
from sfa.services.demo_rows import Row, Rows
from sfa.services.demo_value import RATES
from sfa.services.desk import Desk
from sfa.services.report_request import Request

ACCOUNTS = 150
LEADS = 20
DEALS_PER_ACCOUNT = (1, 7)
BATCH = 500
COST_PER_MILLE = 620_000
MY_TASKS = (-4, -2, -1, 0, 0, 0, 1, 1, 2, 3, 5, 8)
"""Days from today on which something is to be done by the person at the desk."""
MY_APPOINTMENTS = ((0, 9), (0, 11), (0, 14), (1, 10), (1, 15), (2, 9))
"""Days from today, and hours."""
CLASSED_DAYS_AGO = 20
MARK = "demo"
BUNDLE = "test-cell"


def make_store(desk: Desk, scale: int = 1, seed: int = 7) -> dict[str, int]:
    """Fill an empty book and sit a rep down at its desk; return how many records of each table were made.

    No operation tells of it, so that no undo takes it away.

    Args:
        desk: a desk whose book is empty.
        scale: 1 makes about 150 accounts, 400 contacts, 600 deals and 3,000 activities; 10 and 100 multiply.
        seed: of the randomness.

    Raises:
        ConflictError: the book holds something.
    """
    if not is_empty(desk):
        raise ConflictError("This book holds records already.", hint="Make the demo in a folder of its own.")
    for name, rate in RATES.items():
        settings.change(desk, f"service_cost.{name}", rate)
    with desk.store.write("demo.make", f"Made a demo company of scale {scale}") as work:
        rows = Rows(desk, work, Random(seed))  # noqa: S311 - invented data, no secret
        _make_all(desk, rows, work, scale)
        search.refresh_within(work.connection)
        work.remember(MARK, f"scale {scale}, seed {seed}, {desk.today.isoformat()}")
    _write_bundle(desk)
    return rows.counts


def _write_bundle(desk: Desk) -> None:
    """Put a bundle to configure beside the book."""
    folder = desk.store.workspace.folder / FOLDER
    folder.mkdir(exist_ok=True)
    (folder / f"{BUNDLE}{SUFFIX}").write_bytes(Path(__file__).with_name("demo_bundle.toml").read_bytes())


def is_empty(desk: Desk) -> bool:
    """Tell whether nobody has written anything into a book, nor a demo been made in it."""
    return made_as(desk) is None and not queries.has_operations(desk.store)


def made_as(desk: Desk) -> str | None:
    """Return scale, seed and day of the demo that a book holds, None where it holds none."""
    return desk.store.setting(MARK)


def _make_all(desk: Desk, rows: Rows, work: UnitOfWork, scale: int) -> None:
    areas, me = _make_team(rows, work)
    products = [_make_product(rows, *told) for told in words.PRODUCTS]
    make_prices(rows, products)
    for rule in usual_rows(desk):
        rows.add("approval_rule", **rule)
    tags = [rows.add("tag", name=name) for name in words.TAGS]
    companies = Companies(rows, areas, tags)
    mine: list[Row] = []
    for number in range(ACCOUNTS * scale):
        account = _make_client(rows, companies, products)
        if account["owner_id"] == me["id"]:
            mine.append(account)
        if number == ACCOUNTS - 1:
            make_agreements(rows, mine, products)
        if number % BATCH == BATCH - 1:
            rows.write()
    for _ in range(LEADS * scale):
        make_lead(rows, areas)
    _make_my_day(rows, me, mine)
    rows.write()
    make_quotes(desk, work, me["id"], mine)
    report_classes.record_within(desk, work, Request(end=rows.today - timedelta(days=CLASSED_DAYS_AGO)))
    queries.forget_changes(work)


def _make_team(rows: Rows, work: UnitOfWork) -> tuple[dict[str, Area], Row]:
    """Return the areas with their reps, and the person at the desk."""
    names = {area: rows.add("territory", name=area) for area in sorted({area for _, _, area in words.TEAM})}
    teams = {area: rows.add("team", name=f"Sales {area}") for area in names}
    head = rows.add("app_user", name=words.HEAD[0], role=words.HEAD[1])
    users: dict[str, list[Row]] = {area: [] for area in names}
    for name, role, area in words.TEAM:
        manager = users[area][0] if users[area] else head
        user = rows.add("app_user", name=name, role=role, manager_id=manager["id"], team_id=teams[area]["id"],
                        territory_id=names[area]["id"], region=area)  # fmt: skip
        users[area].append(user)
    make_commission(rows, [user for found in users.values() for user in found[1:]])
    me = next(user for user in users["Europe"] if user["name"] == words.ME)
    work.remember("user_id", me["id"])
    work.sign(me["name"])
    areas = {
        area: Area(names[area]["id"], teams[area]["id"], [user["id"] for user in users[area][1:]]) for area in names
    }
    return areas, me


def _make_product(rows: Rows, code: str, name: str, category: str, price: int) -> Row:
    return rows.add("product", code=code, name=name, category=category, unit="piece", price_dec6=price * DEC6,
                    cost_dec6=price * COST_PER_MILLE, currency="USD")  # fmt: skip


def _make_client(rows: Rows, companies: Companies, products: list[Row]) -> Row:
    """Return an account with its people and deals; whoever bought is a customer."""
    account, short_name, country = companies.make()
    account["price_group"] = None  # some get one later, and rows of the same columns are written in their order
    people = make_people(rows, account, country, words.COMPANY_HEADS[country][short_name])
    client = Client(account, short_name, country, account["owner_id"], people)
    wins = [make_deal(rows, client, products) for _ in range(rows.random.randint(*DEALS_PER_ACCOUNT))]
    if any(wins):
        account["type"] = "customer"
    return account


def _make_my_day(rows: Rows, me: Row, mine: list[Row]) -> None:
    """Give the person at the desk something to do: overdue, today and soon."""
    for number, (days, account) in enumerate(zip(MY_TASKS, _cycled(mine, len(MY_TASKS)), strict=True)):
        subject = f"{rows.random.choice(words.TASKS)}: {account['name']}"
        due = rows.today + timedelta(days=days)
        created = min(due, rows.yesterday) - timedelta(days=6)
        rows.add("task", subject=subject, due_on=due.isoformat(), priority="normal" if number % 4 else "high",
                 account_id=account["id"], owner_id=me["id"], created_on=created.isoformat())  # fmt: skip
    for (days, hour), account in zip(MY_APPOINTMENTS, _cycled(mine[3:], len(MY_APPOINTMENTS)), strict=True):
        start = datetime.combine(rows.today + timedelta(days=days), time(hour, 30))
        _make_appointment(rows, me, account, start)


def _cycled(accounts: list[Row], count: int) -> list[Row]:
    return [accounts[index % len(accounts)] for index in range(count)]


def _make_appointment(rows: Rows, me: Row, account: Row, start: datetime) -> None:
    kind = rows.random.choice(("visit", "meeting", "demo"))
    end = start + timedelta(hours=1)
    rows.add(
        "event",
        subject=f"{kind.capitalize()} at {account['name']}",
        kind=kind,
        starts_wall=start.isoformat(timespec="minutes"),
        ends_wall=end.isoformat(timespec="minutes"),
        zone=rows.zone,
        starts_at=rows.instant(start.date(), start.time()),
        ends_at=rows.instant(end.date(), end.time()),
        account_id=account["id"],
        owner_id=me["id"],
    )
