"""The classes of customers as monthly runs record them, so that nobody leaves one for a short while (domain.md 5.2)."""

from typing import Final

from db.queries import reports_value as queries
from db.store import UnitOfWork
from sfa.domain.value.scoring import Score
from sfa.errors import UsageError
from sfa.services.desk import Desk, Saved
from sfa.services.report_costs import services
from sfa.services.report_request import Request
from sfa.services.report_shelf import book
from sfa.services.report_value import POINT, Recorded, limit_of, recorded, score_all, sides

MONTH: Final = 7
"""The length of a year and month in an ISO day."""


def record(desk: Desk, asked: Request, *, is_dry_run: bool = False) -> Saved:
    """Record the class of every customer as of the end of the window; one run a month counts, the last of it stays.

    Raises:
        UsageError: nobody bought anything yet, or a later run is recorded already.
    """
    with desk.store.write("report.classes", "", is_dry_run=is_dry_run) as work:
        count = record_within(desk, work, asked)
        return Saved(work.summary, None if is_dry_run else work.operation_id, count=count, is_dry_run=is_dry_run)


def record_within(desk: Desk, work: UnitOfWork, asked: Request) -> int:
    """Record classes inside an operation, and return how many; errors as for `record`."""
    shelf = book(desk, asked)
    bought = shelf.windows()
    if not bought.ever:
        raise UsageError("Nobody bought anything yet.", hint="Classes follow from orders, or from won deals.")
    scores = score_all(shelf, bought, services(shelf))
    day = shelf.last.isoformat()
    later = queries.last_run(desk.store)
    if later is not None and later > day:
        raise UsageError(f"A run of {later} is recorded: classes go on from there.", hint="Choose a later --to.")
    queries.forget_classes(work, f"{day[:MONTH]}-01")
    known, limit = recorded(desk), limit_of(desk)
    rows = [
        {"id": desk.store.ids.new(), **_row(account, day, found, known.get(account), limit)}
        for account, found in scores.items()
    ]
    work.insert_many("value_class", list(rows[0]), [tuple(row.values()) for row in rows])
    changed = sum(_changed(row, known.get(str(row["account_id"]))) for row in rows)
    work.summary = f"Recorded the class of {len(rows):,} customers on {day}; {changed:,} changed it"
    return len(rows)


def _row(account: str, day: str, found: Score, known: Recorded | None, limit: float) -> dict[str, object]:
    value, loyalty = sides(found, known, limit, is_run=True)
    return {
        "account_id": account,
        "recorded_on": day,
        "value_score": round((found.value or 0.0) * POINT),
        "loyalty_score": round((found.loyalty or 0.0) * POINT),
        "is_valuable": int(value.is_high),
        "is_loyal": int(loyalty.is_high),
        "value_runs": value.runs,
        "loyalty_runs": loyalty.runs,
    }


def _changed(row: dict[str, object], known: Recorded | None) -> bool:
    now = (bool(row["is_valuable"]), bool(row["is_loyal"]))
    return known is not None and now != (known.value.is_high, known.loyalty.is_high)
