"""How far customers are identified, differentiated, talked to and treated each in its own way (domain.md 5.2)."""

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from db.queries import reports_value as queries
from sfa.domain.sentences import Sentence
from sfa.services.desk import Desk
from sfa.services.report_request import Request
from sfa.services.report_shelf import PLACES, book, told_report
from sfa.services.report_table import Column, Report
from sfa.services.visits import visits_kept

if TYPE_CHECKING:
    from sfa.services.report_table import Row

CURRENT_DAYS: Final = 31
"""Days for which a recorded class is current: classes are recorded once a month."""
COLUMNS: Final[tuple[Column, ...]] = (
    ("step", "Step", "text"), ("done", "Done", "integer"), ("whole", "Of", "integer"), ("rate", "Rate", "rate"),
    ("note", "", "text"),
)  # fmt: skip


def idic(desk: Desk, asked: Request) -> Report:
    """Return how many accounts each of the four steps has reached."""
    shelf = book(desk, asked)
    since = (shelf.last - timedelta(days=CURRENT_DAYS)).isoformat()
    accounts, identified, buying, classed = queries.steps(desk.store, since, shelf.last.isoformat())
    planned, kept = visits_kept(desk)
    partners, with_plan = queries.planned(desk.store, shelf.last.isoformat())
    told = (
        ("identify", identified, accounts, "owner, segment or industry, and a contact with phone or mail"),
        ("differentiate", classed, buying, "buyers with a class recorded in the last 31 days"),
        ("interact", kept, planned, "accounts with a class of visits that are not due for one"),
        ("customise", with_plan, partners, "key partners with an account plan that holds"),
    )
    rows: list[Row] = [
        {"step": step, "done": done, "whole": whole, "rate": round(done / whole, PLACES) if whole else None,
         "note": note, "where": None}
        for step, done, whole, note in told
    ]  # fmt: skip
    return told_report(shelf, COLUMNS, rows, "rate", Sentence("As of {day}.", {"day": f"{shelf.last}"}))
