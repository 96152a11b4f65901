"""One page about an account, before a visit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from db.queries import day as queries
from sfa.clock import instant_text, parse_instant_text
from sfa.domain.money import Money
from sfa.services import sheets
from sfa.services.desk import Desk
from sfa.services.people_lines import person_lines
from sfa.services.sheet_lines import Line, joined
from sfa.services.sheets import Sheet
from sfa.services.timeline import TimelineEntry, Wanted, timeline

LAST_CONTACTS = 5
MOST = 50
BIRTHDAY_DAYS = 30
_CONTACT_KINDS = frozenset({"call", "meeting", "visit", "email", "message", "letter", "demo"})
_VISITS = frozenset({"meeting", "visit", "demo"})
_PLANS = frozenset({"task", "event"})


@dataclass(frozen=True, slots=True)
class Brief:
    """What one wants to know at the door.

    Attributes:
        sheet: the account's page.
        people: role, reach, wishes and what they forbid.
        open_deals: stage, amount, close date and next step.
        promises: open tasks and next steps, the first due first.
        coming: appointments from now on, the next first.
        last_contacts: the last talks, the newest first.
        last_visit: the day of the last visit, meeting or demo.
        news: what happened since then, talks left out, the newest first.
        birthdays: those of the next weeks.
    """

    sheet: Sheet
    people: tuple[Line, ...]
    open_deals: tuple[Line, ...]
    promises: tuple[Line, ...]
    coming: tuple[TimelineEntry, ...]
    last_contacts: tuple[TimelineEntry, ...]
    last_visit: str | None
    news: tuple[TimelineEntry, ...]
    birthdays: tuple[Line, ...]


def brief(desk: Desk, account_id: str) -> Brief:
    """Return the page.

    Raises:
        NotFoundError: there is no such account.
    """
    page = sheets.sheet(desk, "account", account_id)
    now = instant_text(desk.store.clock.now())
    past = [entry for entry in page.timeline if entry.at <= now and entry.kind not in _PLANS]
    last_visit = next((entry.at for entry in past if entry.kind in _VISITS), None)
    ahead = timeline(desk, "account", account_id, MOST, Wanted(("event",), first=desk.today))
    deals = queries.deals_of(desk.store, account_id, MOST)
    return Brief(
        sheet=page,
        people=person_lines(desk, account_id),
        open_deals=tuple(_deal(row) for row in deals),
        promises=_promises(desk, account_id, deals),
        coming=tuple(sorted((entry for entry in ahead if entry.at >= now), key=lambda entry: entry.at)),
        last_contacts=tuple([entry for entry in past if entry.kind in _CONTACT_KINDS][:LAST_CONTACTS]),
        last_visit=_local_day(desk, last_visit) if last_visit else None,
        news=tuple(_news(past, last_visit)),
        birthdays=_birthdays(desk, account_id),
    )


def _deal(row: Sequence[object]) -> Line:
    deal_id, _, name, stage, minor, currency, close, step, step_on = row
    amount = str(Money(minor, str(currency))) if isinstance(minor, int) and currency else ""
    closes = f"closes {close}" if close else ""
    step_text = (
        f"next: {step or 'something'}{f' on {step_on}' if step_on else ''}" if step or step_on else "NO next step"
    )
    return Line(str(name), joined(str(stage), amount, closes, step_text), "opportunity", str(deal_id))


def _promises(desk: Desk, account_id: str, deals: Sequence[Sequence[object]]) -> tuple[Line, ...]:
    """Return open tasks and next steps as (day, what)."""
    today = desk.today.isoformat()
    tasks = [(row[2], row[3], "task", row[0]) for row in queries.tasks_of(desk.store, account_id, MOST)]
    steps = [
        (row[8], f"{row[7] or 'Next step'} ({row[2]})", "opportunity", row[0]) for row in deals if row[7] or row[8]
    ]
    found = sorted([*tasks, *steps], key=lambda item: (item[0] is None, item[0] or ""))
    return tuple(
        Line(f"{day}{' LATE' if day < today else ''}" if day else "no day", what, noun, record_id)
        for day, what, noun, record_id in found
    )


def _news(past: Iterable[TimelineEntry], last_visit: str | None) -> list[TimelineEntry]:
    return [entry for entry in past if entry.at > (last_visit or "") and entry.kind not in _CONTACT_KINDS]


def _local_day(desk: Desk, instant: str) -> str:
    return parse_instant_text(instant).astimezone(desk.store.clock.zone()).date().isoformat()


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
