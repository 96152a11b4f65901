"""One page about an account, before a visit."""

from dataclasses import dataclass
from datetime import date, timedelta

from db.queries import day as queries
from sfa.services import sheets
from sfa.services.desk import Desk
from sfa.services.sheets import Line, Sheet
from sfa.services.timeline import TimelineEntry

LAST_CONTACTS = 5
BIRTHDAY_DAYS = 30
_CONTACT_KINDS = frozenset({"call", "meeting", "visit", "email", "message", "letter", "demo"})


@dataclass(frozen=True, slots=True)
class Brief:
    """What one wants to know at the door: the account's page, the last contacts, birthdays to come."""

    sheet: Sheet
    last_contacts: tuple[TimelineEntry, ...]
    birthdays: tuple[Line, ...]


def brief(desk: Desk, account_id: str) -> Brief:
    """Return the page.

    Raises:
        NotFoundError: there is no such account.
    """
    page = sheets.sheet(desk, "account", account_id)
    contacts = [entry for entry in page.timeline if entry.kind in _CONTACT_KINDS]
    return Brief(page, tuple(contacts[:LAST_CONTACTS]), _birthdays(desk, account_id))


def _birthdays(desk: Desk, account_id: str) -> tuple[Line, ...]:
    found = []
    for row in queries.people_of(desk.store, account_id):
        day = _next_birthday(row[7], desk.today) if row[7] else None
        if day is not None and day <= desk.today + timedelta(days=BIRTHDAY_DAYS):
            found.append((day, Line(row[2], f"birthday on {day:%d %B}", "contact", row[0])))
    return tuple(line for _, line in sorted(found, key=lambda item: item[0]))


def _next_birthday(text: str, today: date) -> date:
    """Return the coming anniversary; one of 29 February falls on 1 March in other years."""
    born = date.fromisoformat(text)
    for year in (today.year, today.year + 1):
        try:
            day = born.replace(year=year)
        except ValueError:
            day = date(year, 3, 1)
        if day >= today:
            return day
    return born
