"""A few quotes of a demo: of the rep's own deals and customers, in every state that a rep meets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from db.queries import demo as queries
from db.store import UnitOfWork
from sfa.domain.quoting.content import content_hash
from sfa.domain.quoting.states import State
from sfa.services import quotes
from sfa.services.demo_rows import Row, working_day
from sfa.services.desk import Desk
from sfa.services.quote_approvals import needs, request_of
from sfa.services.quote_line_text import LineText, columns_of
from sfa.services.quote_sheet import Meant, Sheet, load, move
from sfa.services.quote_totals import recalculate

VALID_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class _Course:
    """What became of a quote: how many days ago it was made, and in which state it is."""

    age: int
    state: State


DEALS: Final = (
    _Course(1, State.DRAFT),
    _Course(3, State.APPROVED),
    _Course(9, State.SENT),
    _Course(27, State.SENT),
    _Course(45, State.SENT),
)
"""Of open deals; of the sent ones one expires in three days, and one has expired."""
OFFERS: Final = (
    (_Course(0, State.DRAFT), (LineText(product="TL-250", quantity="2", discount="12%"), LineText(product="TR-2"))),
    (_Course(1, State.IN_APPROVAL), (LineText(product="MS-3", quantity="2", discount="22%"),)),
)
"""Of customers without a deal, with discounts that somebody must approve."""
SERVICE: Final = (LineText(kind="section", description="Service"), LineText(product="SV-A", role="optional"))


def make_quotes(desk: Desk, work: UnitOfWork, owner_id: str, accounts: Sequence[Row]) -> None:
    """Make the quotes of the person at the desk, as if they had always been there.

    Args:
        desk: the desk.
        work: the operation of the demo, whose deals and prices are written.
        owner_id: who that is.
        accounts: theirs.
    """
    for course, deal_id in zip(DEALS, queries.deals_of(desk.store, owner_id, len(DEALS)), strict=False):
        _make(desk, work, {"opportunity": deal_id}, SERVICE if course.state is State.DRAFT else (), course)
    for deal_id in queries.deals_of(desk.store, owner_id, 1, is_won=True):
        _make(desk, work, {"opportunity": deal_id}, (), _Course(VALID_DAYS, State.ACCEPTED))
    for (course, lines), account in zip(OFFERS, accounts, strict=False):
        _make(desk, work, {"account": account["id"]}, lines, course)
    queries.forget_changes(work)


def _make(desk: Desk, work: UnitOfWork, values: dict[str, object], lines: Sequence[LineText], course: _Course) -> None:
    draft = quotes.VERBS.add_within(desk, work, values)
    sheet = load(desk, Meant(draft.id))
    made_on = working_day(desk.today - timedelta(days=course.age))
    days = {"quoted_on": made_on.isoformat(), "valid_until": (made_on + timedelta(days=VALID_DAYS)).isoformat()}
    work.update("quote_version", sheet.version_id, days)
    work.update("quote", sheet.id, {"created_on": made_on.isoformat()})
    sheet.version |= days
    for line in lines:
        place = {"version_id": sheet.version_id, "ordinal": len(sheet.lines) + 1}
        work.insert("quote_line", {**columns_of(desk, sheet, line), **place})
        sheet = load(desk, Meant(draft.id))
    recalculate(desk, work, sheet)
    _settle(desk, work, load(desk, Meant(draft.id)), course.state)


def _settle(desk: Desk, work: UnitOfWork, sheet: Sheet, state: State) -> None:
    """Put a quote into its state, with what goes along with it."""
    if state is State.IN_APPROVAL:
        for need in needs(desk, sheet):
            work.insert("approval_request", request_of(sheet, need, str(sheet.quote["owner_id"])))
    values: dict[str, object] = {}
    if state in (State.SENT, State.ACCEPTED):
        said = content_hash(sheet.quote, sheet.version, sheet.lines, sheet.allowances)
        sent_at = f"{sheet.version['quoted_on']}T09:00:00.000Z"
        values = {"content_hash": said, "sent_at": sent_at}
    if state is State.ACCEPTED:
        values["decided_on"] = working_day(desk.today - timedelta(days=1)).isoformat()
        row = {"signer": "The head of purchasing", "method": "typed", "signed_at": work.at}
        work.insert("acceptance", {"version_id": sheet.version_id, "document_sha256": values["content_hash"], **row})
    move(work, sheet, state, **values)
