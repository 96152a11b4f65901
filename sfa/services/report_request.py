"""What is asked of a report, read from words."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from db.queries import reports as queries
from sfa.clock import instant_text
from sfa.domain.dates import DateError, resolve_day, resolve_period
from sfa.errors import UsageError
from sfa.services.desk import Desk
from sfa.services.references import resolve

DIMENSIONS = (
    "owner", "manager", "team", "stage", "product", "account", "industry", "size", "territory", "source", "month", "quarter",
)  # fmt: skip
ACTIVITY_DIMENSIONS = (
    "kind",
    "owner",
    "manager",
    "team",
    "account",
    "industry",
    "size",
    "territory",
    "month",
    "quarter",
)
MEASURED = ("profit", "revenue")
"""What customers are classed by."""
SEGMENTS = ("segment", "size", "industry")
"""What customers are compared within."""
MOST_DIMENSIONS = 2


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a report.

    Attributes:
        by: names of dimensions, at most two.
        start: the first day that counts; None: from the beginning.
        end: the day after the last; None: without end.
        owners: id and short reference of the people whose records count; none: everybody's.
        is_rolled_up: managers with everybody below them, accounts with all below them.
        where: the filter language, over deals (over activities for the report of those).
        stale_days: for stale deals: how long nobody touched them.
    """

    by: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    owners: tuple[tuple[str, str], ...] = ()
    is_rolled_up: bool = False
    where: str = ""
    stale_days: int | None = None


def dimensions_of(report: str) -> tuple[str, ...]:
    """Return what a report can be grouped by."""
    return {"activity": ACTIVITY_DIMENSIONS, "abc": MEASURED, "value": SEGMENTS}.get(report, DIMENSIONS)


def request(  # noqa: PLR0913 - what a person may say of a report, each by name
    desk: Desk,
    report: str,
    *,
    by: str = "",
    start: str | None = None,
    end: str | None = None,
    period: str | None = None,
    owner: str | None = None,
    is_rolled_up: bool = False,
    where: str = "",
    stale_days: int | None = None,
) -> Request:
    """Return what words ask for.

    Args:
        desk: the desk.
        report: the name of the report.
        by: dimensions, comma-separated.
        start: the first day; of a period (2017-Q1, last quarter) its first day.
        end: the last day, which counts too; of a period its last day.
        period: both at once.
        owner: whose records; with `is_rolled_up`, those of everybody below too.
        is_rolled_up: managers with everybody below, accounts with all below.
        where: the filter language.
        stale_days: for stale deals, instead of `pipeline.stale_days`.

    Raises:
        UsageError: an unknown dimension, more than two, or words that are no day.
        NotFoundError: nobody is called like the owner.
    """
    names = _dimension_names(report, by)
    if period is not None and (start is not None or end is not None):
        raise UsageError("A period has its first and last day.", hint="Give --period, or --from and --to.")
    begin, finish = (period, period) if period is not None else (start, end)
    first = None if begin is None else _days(desk, begin)[0]
    after = None if finish is None else _days(desk, finish)[1]
    if first and after and after <= first:
        raise UsageError("The report would end before it begins.", hint="Give --from an earlier day than --to.")
    if stale_days is not None and stale_days < 1:
        raise UsageError("A deal is stale after one day at least.", hint="Such as --days 14")
    owners = owners_of(desk, owner, is_rolled_up=is_rolled_up) if owner else ()
    return Request(names, first, after, owners, is_rolled_up, where, stale_days)


def _dimension_names(report: str, by: str) -> tuple[str, ...]:
    known = dimensions_of(report)
    names = tuple(name.strip().lower() for name in by.split(",") if name.strip())
    for name in names:
        if name not in known:
            what = "Activities are not" if report == "activity" else "Nothing is"
            raise UsageError(f"{what} reported by {name}.", hint=f"By one or two of: {', '.join(known)}.")
    if report in ("abc", "value") and len(names) > 1:
        raise UsageError(f"This report goes by one thing: {', '.join(known)}.", hint=f"Such as --by {known[0]}")
    if len(names) > MOST_DIMENSIONS or len(set(names)) < len(names):
        raise UsageError("A report is by one or two different things.", hint="Such as --by owner,quarter")
    return names


def _days(desk: Desk, text: str) -> tuple[date, date | None]:
    """Return first day and day after of a period, or of one day; None where no calendar goes so far."""
    try:
        return resolve_period(text, desk.today)
    except DateError:
        pass
    try:
        day = resolve_day(text, desk.today)
    except DateError as error:
        raise UsageError(str(error), hint="Write 2017-03-31, 2017-Q1, 2017, or last quarter.") from error
    return day, None if day == date.max else day + timedelta(days=1)


def owners_of(desk: Desk, text: str, *, is_rolled_up: bool) -> tuple[tuple[str, str], ...]:
    """Return id and reference of a person, with everybody below where it is rolled up.

    Raises:
        NotFoundError: nobody is called so.
    """
    found = resolve(desk, "user", text)
    if not is_rolled_up:
        return ((found.id, found.ref),)
    return tuple((row[0], row[1]) for row in queries.ancestors(desk.store, "manager") if row[2] == found.id)


def midnight(desk: Desk, day: date) -> str:
    """Return the instant at which a day begins where the user is, as the database keeps it."""
    try:
        return instant_text(datetime.combine(day, time(), desk.store.clock.zone()))
    except OverflowError:  # the first and last day of all calendars
        return f"{day.isoformat()}T00:00:00.000Z"
