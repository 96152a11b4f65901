"""The day sheet: what needs the rep today. Light enough for the fast door."""

from __future__ import annotations

from datetime import date, timedelta

from db.queries import agenda as agenda_queries
from db.queries import day as queries
from sfa.domain.currencies import shown_amount

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.store import Store
    from sfa.domain.money import Money
    from sfa.services.desk import Desk

SHOWN = 50
MONTHS_OF_QUARTER = 3


class Line:
    """One line of the sheet: the record behind it, when, what, and about whom."""

    __slots__ = ("detail", "id", "is_late", "noun", "ref", "title", "when")

    def __init__(
        self, noun: str, record_id: str, ref: str, when: str, title: str, detail: str, *, is_late: bool = False
    ) -> None:
        self.noun = noun
        self.id = record_id
        self.ref = ref
        self.when = when
        self.title = title
        self.detail = detail
        self.is_late = is_late

    def as_dict(self) -> dict[str, object]:
        """Return the fields by name."""
        names = ("noun", "id", "ref", "when", "title", "detail", "is_late")
        return {name: getattr(self, name) for name in names}


class DaySheet:
    """A day of one rep, or of everybody.

    Attributes:
        day: the local date.
        is_mine: whether it is the sheet of one person.
        appointments, tasks, next_steps, quotes, at_risk: the lines shown.
        tasks_due: how many tasks are due, shown or not; likewise the other counts.
        sums_won: what was won in this quarter: count, minor units, currency.
    """

    def __init__(self, store: Store, owner: str | None) -> None:
        self.day = store.clock.today()
        until = self.day.isoformat()
        self.is_mine = owner is not None
        self.open_deals, self.without_next_step, self.overdue_deals = queries.count_open(store, owner, until)
        self.is_empty_book = not self.open_deals and queries.is_empty(store)
        self.appointments = _appointments(store, owner, self.day)
        self.tasks = _tasks(store, owner, until)
        self.tasks_due = queries.count_tasks_due(store, owner, until)
        self.next_steps = _next_steps(store, owner, until)
        self.quotes = _quotes(store, owner, self.day)
        self.at_risk = _at_risk(store, owner, self.day)
        self.sums_won = _won(store, owner, self.day)

    @property
    def won(self) -> tuple[tuple[int, Money], ...]:
        """Return what was won in this quarter, by currency."""
        from sfa.domain.money import Money  # noqa: PLC0415 - only for those who count on

        return tuple((count, Money(minor, currency)) for count, minor, currency in self.sums_won)

    def as_dict(self) -> dict[str, object]:
        """Return the fields by name, for programs."""
        blocks = {
            name: [line.as_dict() for line in getattr(self, name)]
            for name in ("appointments", "tasks", "next_steps", "quotes", "at_risk")
        }
        counts = ("tasks_due", "open_deals", "without_next_step", "overdue_deals")
        won = [
            {"count": count, "amount": amount.decimal_string(), "currency": amount.currency}
            for count, amount in self.won
        ]
        told = {"day": self.day, "is_mine": self.is_mine, "is_empty_book": self.is_empty_book, "won": won}
        return {**told, **blocks, **{name: getattr(self, name) for name in counts}}


def day_sheet(desk: Desk, *, is_everybody: bool = False) -> DaySheet:
    """Return what needs the person at the desk today; of everybody where nobody is known yet."""
    return DaySheet(desk.store, None if is_everybody else desk.user_id)


def _appointments(store: Store, owner: str | None, today: date) -> tuple[Line, ...]:
    if not agenda_queries.may_hold(store, owner, *agenda_queries.bounds_of(today)):
        return ()
    from sfa.services.agenda import agenda_of  # noqa: PLC0415 - only where something is on

    zone = store.clock.zone()
    found = agenda_of(store, owner, today, today + timedelta(days=1)).appointments[:SHOWN]
    return tuple(
        Line(
            "event",
            item.id,
            item.ref,
            item.hours(zone),
            item.subject,
            ", ".join(filter(None, (item.account, item.place))),
        )
        for item in found
    )


def _tasks(store: Store, owner: str | None, today: str) -> tuple[Line, ...]:
    rows = queries.tasks_due(store, owner, today, SHOWN)
    return tuple(
        Line(
            "task",
            row[0],
            row[1],
            _day_words(row[2], today),
            _urgent(row[3], row[4]),
            row[5] or "",
            is_late=row[2] < today,
        )
        for row in rows
    )


def _urgent(subject: str, priority: str) -> str:
    return f"! {subject}" if priority in ("high", "urgent") else subject


def _day_words(day: str, today: str) -> str:
    if day == today:
        return "today"
    late = (date.fromisoformat(today) - date.fromisoformat(day)).days
    return f"{late} d late" if late > 0 else day


def _next_steps(store: Store, owner: str | None, today: str) -> tuple[Line, ...]:
    rows = queries.next_steps_due(store, owner, today, SHOWN)
    return tuple(
        Line(
            "opportunity",
            row[0],
            row[1],
            _day_words(row[2], today),
            row[3] or "next step",
            row[4],
            is_late=row[2] < today,
        )
        for row in rows
    )


def _quotes(store: Store, owner: str | None, day: date) -> tuple[Line, ...]:
    """Return the quotes that expire soon or did so lately, and those that nobody has answered."""
    if not queries.has_sent_quotes(store):
        return ()
    from sfa.peek import peek_number  # noqa: PLC0415 - only where something was sent

    expiring, unanswered = (
        peek_number(store.workspace, "quotes", name) for name in ("expiring_days", "unanswered_days")
    )
    first, last = _around(day, expiring) if expiring else (day, day - timedelta(days=1))
    sent = _around(day, unanswered)[0].isoformat() if unanswered else ""
    rows = queries.quotes_out(store, owner, (first.isoformat(), last.isoformat(), sent), SHOWN)
    return tuple(_quote_line(row, day, last) for row in rows)


def _around(day: date, days: int) -> tuple[date, date]:
    """Return the days so many before and after; a number that no calendar has is as good as a year."""
    span = timedelta(days=min(days, 366))
    return day - span, day + span


def _quote_line(row: Sequence[str], day: date, last: date) -> Line:
    record_id, ref, number, name, account, ends, sent = row
    left = (date.fromisoformat(ends) - day).days if ends else None
    if left is None or ends > last.isoformat():
        when = f"sent {_days_since(sent, day)} ago"
    elif left < 0:
        when = f"! expired {-left} d"
    else:
        when = f"expires in {left} d" if left else "expires today"
    return Line("quote", record_id, ref, when, f"{number} {name}", account, is_late=left is not None and left < 0)


def _at_risk(store: Store, owner: str | None, day: date) -> tuple[Line, ...]:
    today = day.isoformat()
    late = [
        Line(
            "opportunity",
            row[0],
            row[1],
            f"! {_day_words(row[3], today)}",
            row[2],
            _money(row[4], row[5]),
            is_late=True,
        )
        for row in queries.overdue_deals(store, owner, today, SHOWN)
    ]
    known = {line.id for line in late}
    stuck = [
        Line("opportunity", row[0], row[1], f"~ stuck {_days_since(row[4], day)}", row[2], _money(row[5], row[6]))
        for row in queries.stuck_deals(store, owner, today, SHOWN)
        if row[0] not in known
    ]
    return tuple((late + stuck)[:SHOWN])


def _days_since(instant: str | None, today: date) -> str:
    return f"{(today - date.fromisoformat(instant[:10])).days} d" if instant else ""


def _money(minor: int | None, currency: str | None) -> str:
    return shown_amount(minor, currency) if minor is not None and currency else ""


def _won(store: Store, owner: str | None, today: date) -> tuple[tuple[int, int, str], ...]:
    """Return count, minor units and currency of what was won in the quarter of a day."""
    start, end = _quarter(today)
    rows = queries.won_between(store, owner, start.isoformat(), end.isoformat())
    return tuple((row[0], row[1], row[2]) for row in rows if row[2])


def _quarter(day: date) -> tuple[date, date]:
    """Return the first day of a day's quarter and of the next one; words for periods would slow the first paint."""
    first = day.replace(month=day.month - (day.month - 1) % MONTHS_OF_QUARTER, day=1)
    return first, (first + timedelta(days=95)).replace(day=1)
