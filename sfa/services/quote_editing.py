"""How a version is opened for a change: only one that is not sent, and an approved one is a draft again."""

from datetime import timedelta
from typing import Any

from db.store import UnitOfWork
from sfa.domain.quoting.states import State
from sfa.services.desk import Desk
from sfa.services.quote_sheet import Sheet, move, require, settle, take_requests_back


def begin_edit(desk: Desk, work: UnitOfWork, sheet: Sheet) -> None:
    """Let a version be changed: what was approved, or asked for approval, is a draft again.

    Raises:
        ConflictError: it was sent; a change is a new revision.
    """
    settle(desk, work, sheet)
    then = require(desk, sheet, "edit")
    if sheet.version["state"] != then.value:
        take_requests_back(desk, work, sheet)
        move(work, sheet, then)


def version_defaults(desk: Desk) -> dict[str, Any]:
    """Return what a version that is made today begins with."""
    config, today = desk.config, desk.today
    return {
        "state": State.DRAFT.value,
        "quoted_on": today.isoformat(),
        "priced_on": today.isoformat(),
        "valid_until": (today + timedelta(days=config.number("quotes.valid_days"))).isoformat(),
        "tax_method": config.text("quotes.tax_method"),
        "rounding": config.text("quotes.rounding"),
        "terms": config.text("quotes.terms") or None,
    }
