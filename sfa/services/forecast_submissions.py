"""Submitted forecasts: the number that a person stands for, kept as it was said, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from db.queries import forecast as queries
from db.queries import reports
from sfa.domain.currencies import is_currency
from sfa.domain.forecast.book import Period, owned, take
from sfa.domain.forecast.submissions import CATEGORIES, COMMIT, EVERYBODY, Scope, Submission, Submissions
from sfa.domain.money import AmountError, Money, parse_amount
from sfa.errors import UsageError
from sfa.services.desk import Desk, Saved
from sfa.services.forecast_book import deals_until
from sfa.services.forecast_periods import label_of, period_of
from sfa.services.report_request import owners_of

OTHER_NAMES = {"best": "best_case", "total": "pipeline"}
"""How the sums of the roll-up are called, each with the category that it ends with."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A number as it is typed.

    Attributes:
        owner: whose deals it is about; "": everybody's; None: one's own, or everybody's where one has none.
    """

    period: str
    amount: str
    category: str = COMMIT
    low: str | None = None
    high: str | None = None
    owner: str | None = None
    is_rolled_up: bool = False
    currency: str = ""
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A submitted number with its people by name, and what the period brought.

    Attributes:
        horizon: days of the period that were over.
        actual_minor: what was won in it until today.
        is_over: whether that is all.
    """

    said: Submission
    id: str
    label: str
    person: str
    owner: str
    horizon: int
    note: str | None
    actual_minor: int
    is_over: bool

    @property
    def miss_minor(self) -> int | None:
        """Return by how much it was too high, or below 0 too low; None while the period lasts."""
        return self.said.point_minor - self.actual_minor if self.is_over else None


def scope_of(desk: Desk, owner: str | None, *, is_rolled_up: bool) -> Scope:
    """Return whose deals an owner means; everybody's without one.

    Raises:
        NotFoundError: nobody is called so.
        UsageError: there is nobody to begin with.
    """
    if not owner:
        if is_rolled_up:
            raise UsageError("With everybody below whom?", hint="Name the person: --owner NAME --roll-up")
        return EVERYBODY
    person, *_ = (found for found, _ in owners_of(desk, owner, is_rolled_up=False))
    everybody = tuple(found for found, _ in owners_of(desk, owner, is_rolled_up=True)) if is_rolled_up else (person,)
    return Scope(person, is_rolled_up, everybody)


def currency_named(desk: Desk, text: str) -> str:
    """Return a currency as typed; the desk's own where nothing is.

    Raises:
        UsageError: it is none.
    """
    code = text.strip().upper() or desk.currency
    if not is_currency(code):
        raise UsageError(f"“{text.strip()}” is no currency.", hint="Give its code, such as --currency EUR")
    return code


def submit(desk: Desk, wish: Wish, *, is_dry_run: bool = False) -> Saved:
    """Write down what somebody says that a period will bring; what was said before stays in the book behind it.

    Raises:
        UsageError: the period, the category or an amount cannot be, or the period is over.
        NotFoundError: nobody is called like the owner.
    """
    period = period_of(desk, wish.period)
    label = label_of(desk, period)
    if period.end <= desk.today:
        raise UsageError(
            f"{label} is over: what it brought is known.",
            hint=f"See how the methods did: sfa forecast backtest {label}",
        )
    category = _category(wish.category)
    owner = ("me" if _has_own(desk) else "") if wish.owner is None else wish.owner
    scope = scope_of(desk, owner, is_rolled_up=wish.is_rolled_up)
    code = currency_named(desk, wish.currency)
    point = _amount(wish.amount, code)
    low, high = (None if text is None else _amount(text, point.currency) for text in (wish.low, wish.high))
    if any(bound and bound.currency != point.currency for bound in (low, high)):
        raise UsageError(
            "The number and its range are in one currency.", hint=f"Write all of them in {point.currency}."
        )
    if (low and low.amount_minor > point.amount_minor) or (high and high.amount_minor < point.amount_minor):
        raise UsageError("The number lies within its range.", hint="Such as 120k --low 100k --high 150k")
    with desk.store.write("forecast.submit", is_dry_run=is_dry_run) as work:
        row_id = work.insert(
            "forecast_submission",
            {
                "user_id": desk.user_for(work),
                "owner_id": scope.owner,
                "is_rolled_up": int(scope.is_rolled_up),
                "starts_on": period.start.isoformat(),
                "ends_on": period.end.isoformat(),
                "horizon": (desk.today - period.start).days + 1,
                "category": category,
                "currency": point.currency,
                "point_minor": point.amount_minor,
                "p10_minor": low.amount_minor if low else None,
                "p90_minor": high.amount_minor if high else None,
                "note": wish.note,
                "at": work.at,
            },
        )
        work.summary = f"Submitted {point} ({category.replace('_', ' ')}) for {label}, {_whose(desk, scope)}"
    return Saved(work.summary, None if is_dry_run else work.operation_id, row_id, is_dry_run=is_dry_run)


def _has_own(desk: Desk) -> bool:
    return bool(desk.user_id and queries.currencies(desk.store, desk.currency, desk.user_id))


def _category(text: str) -> str:
    name = text.strip().lower().replace("-", "_").replace(" ", "_")
    found = OTHER_NAMES.get(name, name)
    if found not in CATEGORIES:
        raise UsageError(f"Nothing is submitted as {text.strip()}.", hint=f"One of: {', '.join(CATEGORIES)}.")
    return found


def _amount(text: str, currency: str) -> Money:
    try:
        found = parse_amount(text, currency)
    except AmountError as error:
        raise UsageError(str(error), hint="Such as 120k, or 95,500.00 EUR") from error
    return found


def _whose(desk: Desk, scope: Scope) -> str:
    if scope.owner is None:
        return "everybody's deals"
    name = str(desk.store.value("SELECT name FROM app_user WHERE id = ?", (scope.owner,)))
    return f"deals of {name}{' and all below' if scope.is_rolled_up else ''}"


def said_until(desk: Desk, day: date, currency: str, scope: Scope) -> Submissions:
    """Return what was submitted until the end of a day, for whose deals it is asked."""
    rows = queries.submissions(desk.store, currency, (day + timedelta(days=2)).isoformat())
    found = [_submission(row) for row in rows]
    return Submissions([said for said in found if said.on <= day], scope)


def _submission(row: Sequence[object]) -> Submission:
    _, by, _, owner, _, is_rolled_up, starts_on, ends_on, horizon, category, point, low, high, _ = row
    period = Period(date.fromisoformat(str(starts_on)), date.fromisoformat(str(ends_on)))
    on = period.start + timedelta(days=int(str(horizon)) - 1)
    scope = (None if owner is None else str(owner), bool(is_rolled_up))
    return Submission(str(by), scope, period, on, str(category), int(str(point)), _whole(low), _whole(high))


def _whole(value: object) -> int | None:
    return None if value is None else int(str(value))


def submissions(
    desk: Desk, period: str = "", *, owner: str | None = None, is_rolled_up: bool = False, currency: str = ""
) -> list[Told]:
    """Return what was submitted, the newest first, of all periods or of one, with what came of it.

    Raises:
        UsageError: words that are no period or currency.
        NotFoundError: nobody is called like the owner.
    """
    code = currency_named(desk, currency)
    wanted = period_of(desk, period) if period else None
    scope = scope_of(desk, owner, is_rolled_up=is_rolled_up) if owner else None
    rows = queries.submissions(desk.store, code, (desk.today + timedelta(days=2)).isoformat())
    seen, below = take(deals_until(desk, desk.today, code), desk.today), _below(desk)
    found = []
    for row in reversed(rows):
        said = _submission(row)
        if (wanted and said.period != wanted) or (scope and said.scope != scope.key):
            continue
        person, has_team = said.scope
        owners = below.get(person or "", ()) if has_team else {person or ""}
        won = (owned(seen, owners) if person else seen).won_between(said.period.start, said.period.end)
        is_over = said.period.end <= desk.today
        told = f"{row[4]}{' and all below' if has_team else ''}" if person else "everybody"
        found.append(
            Told(said, str(row[0]), label_of(desk, said.period), str(row[2]), told, int(row[8]), row[13], won, is_over)
        )
    return found


def _below(desk: Desk) -> dict[str, set[str]]:
    """Return everybody with all below them, themselves too."""
    found: dict[str, set[str]] = {}
    for person, _, above, _ in reports.ancestors(desk.store, "manager"):
        found.setdefault(above, set()).add(person)
    return found
