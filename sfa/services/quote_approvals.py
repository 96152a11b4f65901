"""Approvals of quotes: what needs whose yes, asked in sequence, decided by those above (domain.md 2.7).

A request is a row like any other: asked with no network, it waits until the approver's book has it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from db.queries import quotes as queries
from db.store import UnitOfWork
from sfa.domain.figures import PPM
from sfa.domain.pricing.amounts import divide
from sfa.domain.pricing.approval import MeasuredLine, Metric, Need, Values, measure, needed
from sfa.domain.pricing.headers import on_lines
from sfa.domain.quoting.states import State
from sfa.domain.quoting.totals import amounting, document_of, is_counted
from sfa.errors import NotAllowedError, NotFoundError, UsageError
from sfa.services.approval_rules import engine_rules
from sfa.services.costs import may_see_cost
from sfa.services.desk import Desk, Saved
from sfa.services.quote_sheet import Meant, Row, Sheet, load, move, numbered, require, settle, told
from sfa.services.quote_totals import retotal

RANKS: Final = {"rep": 0, "manager": 1, "director": 2, "finance": 3, "admin": 4}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that waits for somebody: which quote, why, and whether it is this person's turn."""

    quote_id: str
    number: str
    name: str
    account: str
    asked_by: str
    asked_at: str
    rule: str
    why: str
    approver: str
    sequence: int
    net_minor: int
    currency: str
    is_mine: bool


def metrics_of(sheet: Sheet) -> dict[Metric, int | None]:
    """Return what rules look at, of a version whose lines are priced; no margin where a cost is not known."""
    totals = retotal(sheet)
    shares = dict(zip((line.id for line in totals.lines), on_lines(document_of(sheet), totals).on_lines, strict=True))
    amounts = {line.id: line for line in totals.lines}
    is_inclusive = bool(sheet.version["is_tax_inclusive"])
    lines = []
    for line in amounting(sheet):
        if not is_counted(line):
            continue
        own = amounts[line["id"]]
        listed = _net_of(line["list_minor"], line, is_inclusive=is_inclusive)
        lines.append(MeasuredLine(listed, own.net_minor + shares[line["id"]], line["cost_minor"], is_below_floor(line)))
    found = measure(lines, sheet.version["payment_terms_days"] or 0, sheet.version["is_nonstandard"], totals.net_minor)
    if Metric.MARGIN in found and not lines:
        del found[Metric.MARGIN]
    return found


def _net_of(list_minor: int, line: Row, *, is_inclusive: bool) -> int:
    """Return the list amount without tax: a discount compares like with like."""
    return divide(list_minor * PPM, PPM + line["tax_rate_ppm"]) if is_inclusive else list_minor


def is_below_floor(line: Row) -> bool:
    """Tell whether the price of a line ends under its floor."""
    steps = json.loads(line["steps"] or "[]")
    return bool(steps) and bool(steps[-1].get("is_below_floor"))


def needs(desk: Desk, sheet: Sheet) -> list[Need]:
    """Return the approvals that a version needs and has not: none again for what was approved and is not worse now."""
    return needed(engine_rules(desk), metrics_of(sheet), _approved(desk, sheet.id))


def _approved(desk: Desk, quote_id: str) -> dict[str, Values]:
    """Return the values last approved, by rule, over all versions of a quote."""
    found = [row for row in queries.requests(desk.store, quote_id) if row["status"] == "approved"]
    found.sort(key=lambda row: (row["decided_at"] or "", row["id"]))
    return {
        row["rule_id"]: {Metric(name): value for name, value in json.loads(row["metrics"]).items()} for row in found
    }


def why_of(desk: Desk, need: Need, rule: str) -> str:
    """Return why an approval is needed; a margin is told only to who may see it."""
    is_hidden = any(metric is Metric.MARGIN for metric, _ in need.values) and not may_see_cost(desk)
    return rule if is_hidden else need.why


def reason_of(desk: Desk, row: Row) -> str:
    """Return why a stored request was made, in the same way."""
    is_hidden = Metric.MARGIN.value in json.loads(row["metrics"]) and not may_see_cost(desk)
    return str(row["rule_name"] if is_hidden else row["why"])


def submit(desk: Desk, meant: Meant, *, is_dry_run: bool = False) -> Saved:
    """Ask for the approvals that a draft needs; it is approved at once where it needs none.

    Raises:
        ConflictError: it is no draft.
        UsageError: it has no lines.
    """
    with desk.store.write("quote.submit", is_dry_run=is_dry_run) as work:
        sheet = load(desk, meant)
        settle(desk, work, sheet)
        then = require(desk, sheet, "submit")
        require_lines(sheet)
        wanted = needs(desk, sheet)
        asker = desk.user_for(work)
        for need in wanted:
            work.insert("approval_request", request_of(sheet, need, asker))
        move(work, sheet, then if wanted else State.APPROVED)
        work.summary = (
            f"Submitted {sheet.number}: {_whom(wanted)} must approve"
            if wanted
            else f"{sheet.number} needs no approval: it may be sent"
        )
    return told(desk, work, sheet.id, is_dry_run=is_dry_run)


def require_lines(sheet: Sheet) -> None:
    """See that a version offers something.

    Raises:
        UsageError: no line of it counts.
    """
    if not any(is_counted(line) for line in sheet.lines):
        raise UsageError(
            f"{sheet.number} offers nothing yet.", hint=f"Add a line: sfa quote line add {sheet.number} PRODUCT"
        )


def request_of(sheet: Sheet, need: Need, asker: str) -> dict[str, object]:
    """Return the row of a request for an approval that a version needs."""
    return {
        "version_id": sheet.version_id,
        "rule_id": need.rule.id,
        "metrics": json.dumps({metric.value: value for metric, value in need.values}),
        "why": need.why,
        "approver_role": need.rule.approver,
        "sequence": need.rule.sequence,
        "asked_by_id": asker,
    }


def _whom(wanted: Sequence[Need]) -> str:
    return ", then ".join(dict.fromkeys(need.rule.approver for need in wanted))


def approve(desk: Desk, meant: Meant, note: str | None = None, *, is_dry_run: bool = False) -> Saved:
    """Say yes, as far as it is this person's turn; the last yes makes the version approved.

    Raises:
        ConflictError: it waits for nobody.
        NotAllowedError: it is somebody else's to decide, or one's own.
    """
    return _decide(desk, meant, "approve", note, is_dry_run=is_dry_run)


def refuse(desk: Desk, meant: Meant, note: str, *, is_dry_run: bool = False) -> Saved:
    """Say no, and why: the version is a draft again.

    Raises:
        ConflictError: it waits for nobody.
        NotAllowedError: it is somebody else's to decide, or one's own.
        UsageError: no reason is given.
    """
    if not note.strip():
        raise UsageError("A refusal needs a reason.", hint='sfa quote refuse NUMBER --note "margin too thin"')
    return _decide(desk, meant, "refuse", note, is_dry_run=is_dry_run)


def _decide(desk: Desk, meant: Meant, verb: str, note: str | None, *, is_dry_run: bool) -> Saved:
    with desk.store.write(f"quote.{verb}", is_dry_run=is_dry_run) as work:
        sheet = load(desk, meant)
        settle(desk, work, sheet)
        then = require(desk, sheet, verb)
        user = desk.user_for(work)
        mine = _my_turn(desk, sheet, user)
        decision = {"decided_by_id": user, "decided_at": work.at, "note": note}
        for request in mine:
            status = "approved" if verb == "approve" else "refused"
            work.update("approval_request", request["id"], {"status": status, **decision})
        left = [row for row in _open_requests(desk, sheet) if row["id"] not in {one["id"] for one in mine}]
        if verb == "refuse":
            _withdraw(work, left)
            left = []
        if not left:
            move(work, sheet, then)
        work.summary = _sentence(sheet, verb, left)
    return told(desk, work, sheet.id, is_dry_run=is_dry_run)


def _withdraw(work: UnitOfWork, rows: Sequence[Row]) -> None:
    for row in rows:
        work.update("approval_request", row["id"], {"status": "withdrawn"})


def _sentence(sheet: Sheet, verb: str, left: Sequence[Row]) -> str:
    if verb == "refuse":
        return f"Refused {sheet.number}: it is a draft again"
    if left:
        return f"Approved {sheet.number}; {left[0]['approver_role']} comes next"
    return f"Approved {sheet.number}: it may be sent"


def _open_requests(desk: Desk, sheet: Sheet) -> list[Row]:
    return [
        row
        for row in queries.requests(desk.store, sheet.id)
        if row["version_id"] == sheet.version_id and row["status"] == "waiting"
    ]


def _my_turn(desk: Desk, sheet: Sheet, user_id: str) -> list[Row]:
    """Return the requests that this person may decide now."""
    waiting = _open_requests(desk, sheet)
    if not waiting:
        raise NotFoundError(f"{sheet.number} waits for no approval.", hint="See: sfa quote approvals")
    first = min(row["sequence"] for row in waiting)
    turn = [row for row in waiting if row["sequence"] == first]
    if any(user_id in (row["asked_by_id"], sheet.quote["owner_id"]) for row in turn):
        raise NotAllowedError(
            "Nobody approves their own quote.", hint=f"Ask {_roles(turn)}: sfa quote show {sheet.number}"
        )
    people = queries.people(desk.store)
    mine = [row for row in turn if may_decide(people, user_id, sheet.quote["owner_id"], row["approver_role"])]
    if not mine:
        raise NotAllowedError(f"{sheet.number} is for {_roles(turn)} to decide.", hint="See who you are: sfa user list")
    return mine


def _roles(rows: Sequence[Row]) -> str:
    return " or ".join(dict.fromkeys(f"the {row['approver_role']}" for row in rows))


def may_decide(people: Mapping[str, Row], user_id: str, owner_id: str | None, role: str) -> bool:
    """Tell whether a user decides what is for a role: those above the owner first, else whoever has the role.

    A higher rank of the line (manager, director) stands in for a lower one; finance and admin are roles of their own.

    Args:
        people: all users by id, with role and manager.
        user_id: who wants to decide.
        owner_id: whose quote it is.
        role: whose yes is asked for.
    """
    own = str(people.get(user_id, {}).get("role"))
    if own == "admin":
        return True
    if role in ("finance", "admin"):
        return own == role
    above = _above(people, owner_id)
    if role == "manager" and user_id in above:
        return True
    if own not in ("manager", "director") or RANKS[own] < RANKS[role]:
        return False
    ranks = [RANKS[people[one]["role"]] for one in above if people[one]["role"] in ("manager", "director")]
    return user_id in above or not any(rank >= RANKS[role] for rank in ranks)


def _above(people: Mapping[str, Row], user_id: str | None) -> list[str]:
    """Return the people above somebody, the nearest first."""
    found: list[str] = []
    at = str(people.get(user_id or "", {}).get("manager_id"))
    while at in people and at not in found:
        found.append(at)
        at = str(people[at]["manager_id"])
    return found


def waiting_for(desk: Desk, user_id: str | None, *, is_all: bool = False) -> list[Waiting]:
    """Return what waits for a person now, or with `is_all` whatever waits; the oldest first."""
    rows = queries.waiting(desk.store)
    turn: dict[str, int] = {}
    for row in rows:
        turn[row["version_id"]] = min(row["sequence"], turn.get(row["version_id"], row["sequence"]))
    asked = {(row["owner_id"], row["approver_role"]) for row in rows}
    people = queries.people(desk.store) if asked else {}
    mine = {key for key in asked if user_id and may_decide(people, user_id, *key)}
    found = [_shown(desk, row, user_id, mine, is_turn=row["sequence"] == turn[row["version_id"]]) for row in rows]
    return found if is_all else [one for one in found if one.is_mine]


def _shown(desk: Desk, row: Row, user_id: str | None, mine: set[tuple[str | None, str]], *, is_turn: bool) -> Waiting:
    is_own = user_id in (row["asked_by_id"], row["owner_id"])
    is_mine = is_turn and not is_own and (row["owner_id"], row["approver_role"]) in mine
    return Waiting(
        row["quote_id"], numbered(row["number"], row["revision"]), row["name"], row["account"], row["asked_by"] or "",
        row["created_at"], row["rule_name"], reason_of(desk, row), row["approver_role"], row["sequence"], row["net_minor"] or 0,
        row["currency"], is_mine,
    )  # fmt: skip
