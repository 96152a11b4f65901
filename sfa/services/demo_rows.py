"""Rows of a demo, collected table by table and written in the order of their parents."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from db.queries import demo as queries
from db.store import LINK_TABLES, UnitOfWork
from sfa.clock import instant_text
from sfa.services.desk import Desk

Row = dict[str, Any]
SATURDAY = 5
_ORDER = (
    "territory", "team", "app_user", "tax_code", "tax_rate", "fx_rate", "price_book", "product", "price_entry", "approval_rule", "tag",
    "account", "contract_price", "discount_schedule", "price_rule", "address", "contact", "contact_role", "phone",
    "email", "record_tag", "lead", "opportunity", "opportunity_history", "opportunity_line", "opportunity_contact",
    "activity", "activity_contact", "note", "task", "event",
)  # fmt: skip


class Rows:
    """What is to be written, and what all makers need: randomness, today, and instants.

    Attributes:
        random: seeded.
        today: the day on which the demo plays.
        yesterday: the last working day before it; nothing took place later.
        begun: how deals began, see `begin_histories`.
        counts: rows written by table.
    """

    def __init__(self, desk: Desk, work: UnitOfWork, random: Random) -> None:
        self.random = random
        self.today = desk.today
        self.yesterday = working_day(desk.today - timedelta(days=1))
        self.begun: list[tuple[object, ...]] = []
        self.counts: dict[str, int] = {}
        self._ids = desk.store.ids
        self._zone = desk.store.clock.zone()
        self._work = work
        self._tables: dict[str, list[Row]] = {}

    def add(self, table: str, **values: Any) -> Row:  # noqa: ANN401 - columns of any table
        """Collect a row, which may still be changed until it is written."""
        row = {"id": self._ids.new(), **values}
        if table not in LINK_TABLES:
            row.update(created_at=self._work.at, updated_at=self._work.at)
        self._tables.setdefault(table, []).append(row)
        return row

    def write(self) -> None:
        """Write what is collected, rows of the same columns together, and keep no journal of it."""
        for table in _ORDER:
            rows = self._tables.pop(table, [])
            groups: dict[tuple[str, ...], list[tuple[object, ...]]] = {}
            for row in rows:
                groups.setdefault(tuple(row), []).append(tuple(row.values()))
            for columns, group in groups.items():
                self._work.insert_many(table, columns, group)
            self.counts[table] = self.counts.get(table, 0) + len(rows)
        queries.begin_histories(self._work, self.begun)
        self.begun.clear()
        queries.forget_changes(self._work)

    def instant(self, day: date, at: time) -> str:
        """Return the instant of a wall time where the user is."""
        return instant_text(datetime.combine(day, at, self._zone))

    @property
    def zone(self) -> str:
        """Return the name of the user's zone."""
        return str(self._zone)

    def chance(self, per_cent: int) -> bool:
        """Tell, at random, whether something is so."""
        return self.random.randrange(100) < per_cent

    def day_between(self, first: date, last: date) -> date:
        """Return a working day from one day to another."""
        day = first + timedelta(days=self.random.randint(0, max((last - first).days, 0)))
        return max(working_day(day), first)


def working_day(day: date) -> date:
    """Return the day, or the Friday before a weekend."""
    return day - timedelta(days=max(day.weekday() - SATURDAY + 1, 0))
