"""What becomes of a quote: sent, extended, rejected, withdrawn (domain.md 2.7); accepted: `quote_acceptance`."""

from datetime import timedelta
from typing import Any

from db.queries import quotes as queries
from db.queries.records import record
from db.store import UnitOfWork
from sfa.domain.quoting.content import content_hash
from sfa.domain.quoting.states import State
from sfa.domain.sharing.sums import fault_of_offer
from sfa.domain.text import clean
from sfa.errors import ConflictError, NotAllowedError, UsageError
from sfa.services import records
from sfa.services.approval_rules import rule_name
from sfa.services.desk import Desk, Saved
from sfa.services.identity import require_email
from sfa.services.moments import read_day
from sfa.services.quote_approvals import RANKS, needs, require_lines, why_of
from sfa.services.quote_deals import follow
from sfa.services.quote_sheet import Meant, Sheet, close_others, load, move, require, settle, take_requests_back, told

LONGEST_REASON = 500


def send(desk: Desk, meant: Meant, to: str | None = None, *, is_dry_run: bool = False) -> Saved:
    """Freeze a version as it is sent: hash, day, addressee; a mail is logged and a task to ask about it made.

    Older versions that are still open are superseded.

    Args:
        desk: the desk.
        meant: which quote.
        to: e-mail address; that of its contact or account where none is given.
        is_dry_run: whether only to say what would be done.

    Raises:
        ConflictError: it needs an approval, or is sent already, or its last day is past.
        UsageError: it offers nothing.
    """
    with desk.store.write("quote.send", is_dry_run=is_dry_run) as work:
        sheet = send_within(desk, work, meant, to)
    return told(desk, work, sheet.id, is_dry_run=is_dry_run)


def send_within(desk: Desk, work: UnitOfWork, meant: Meant, to: str | None = None) -> Sheet:
    """Do the same inside an operation; return the version as it was sent."""
    sheet = load(desk, meant)
    settle(desk, work, sheet)
    then = require(desk, sheet, "send")
    require_lines(sheet)
    _refuse_unlike(sheet)
    _refuse_unapproved(desk, sheet)
    _refuse_past(desk, sheet)
    address = (
        require_email(to) if to else queries.mail_of(desk.store, sheet.quote["contact_id"], sheet.quote["account_id"])
    )
    said = content_hash(sheet.quote, sheet.version, sheet.lines, sheet.allowances)
    move(work, sheet, then, content_hash=said, sent_at=work.at, sent_to=address)
    older = (State.DRAFT, State.IN_APPROVAL, State.APPROVED, State.SENT, State.EXPIRED)
    close_others(desk, work, sheet, State.SUPERSEDED, origins=older)
    follow(desk, work, sheet)
    _log_mail(desk, work, sheet)
    asked = _ask_later(desk, work, sheet)
    work.summary = f"Sent {sheet.number}{f' to {address}' if address else ''}{asked}"
    return sheet


def _refuse_unlike(sheet: Sheet) -> None:
    """What two people wrote apart may not add up; the server would refuse it."""
    sentence = fault_of_offer(sheet)
    if sentence:
        raise ConflictError(sentence, hint=f"sfa quote reprice {sheet.number}")


def _refuse_unapproved(desk: Desk, sheet: Sheet) -> None:
    if sheet.version["state"] == State.APPROVED:
        return
    wanted = needs(desk, sheet)
    if wanted:
        why = why_of(desk, wanted[0], rule_name(desk, wanted[0].rule.id))
        raise ConflictError(
            f"{sheet.number} needs the approval of {wanted[0].rule.approver}: {why}.",
            hint=f"Ask for it: sfa quote submit {sheet.number}",
        )


def _refuse_past(desk: Desk, sheet: Sheet) -> None:
    last = sheet.version["valid_until"]
    if last is not None and last < desk.today.isoformat():
        raise ConflictError(
            f"{sheet.number} was valid until {last}.", hint=f"sfa quote edit {sheet.quote['number']} --valid-until +30d"
        )


def _log_mail(desk: Desk, work: UnitOfWork, sheet: Sheet) -> None:
    values = {"kind": "email", "subject": f"Quote {sheet.number} sent", **_links(sheet)}
    if sheet.quote["contact_id"]:
        values["contact"] = sheet.quote["contact_id"]
    records.add_within(desk, work, "activity", values)


def _ask_later(desk: Desk, work: UnitOfWork, sheet: Sheet) -> str:
    days = desk.config.number("quotes.follow_up_days")
    if not days:
        return ""
    due = desk.today + timedelta(days=days)
    values: dict[str, Any] = {"subject": f"Ask about quote {sheet.number}", "due": due.isoformat(), **_links(sheet)}
    if sheet.quote["contact_id"]:
        values["contact"] = sheet.quote["contact_id"]
    records.add_within(desk, work, "task", values)
    return f"; a task asks about it on {due}"


def _links(sheet: Sheet) -> dict[str, object]:
    found = {name: sheet.quote[f"{name}_id"] for name in ("account", "opportunity")}
    return {name: value for name, value in found.items() if value}


def extend(desk: Desk, meant: Meant, until: str, *, is_dry_run: bool = False) -> Saved:
    """Let a sent version be accepted for longer; what it says stays as it was.

    Raises:
        NotAllowedError: only a manager, or who stands above, may.
        ConflictError: it was not sent, or its fate is decided.
        UsageError: that day is no later one.
    """
    with desk.store.write("quote.extend", is_dry_run=is_dry_run) as work:
        sheet = load(desk, meant)
        settle(desk, work, sheet)
        then = require(desk, sheet, "extend")
        user = record(desk.store, "app_user", desk.user_for(work)) or {}
        if RANKS[user["role"]] < RANKS["manager"]:
            raise NotAllowedError(
                "Only a manager lets a quote be accepted for longer.",
                hint=f"Or make a new one: sfa quote revise {sheet.number}",
            )
        day = read_day(desk, until)
        before = sheet.version["extended_until"] or sheet.version["valid_until"]
        if day < desk.today or (before and day.isoformat() <= before):
            raise UsageError(f"{day} is no longer time: it is valid until {before}.")
        move(work, sheet, then, extended_until=day.isoformat(), extended_by_id=user["id"])
        work.summary = f"{sheet.number} may be accepted until {day}"
    return told(desk, work, sheet.id, is_dry_run=is_dry_run)


def reject(desk: Desk, meant: Meant, reason: str, *, is_dry_run: bool = False) -> Saved:
    """Write down that the customer said no, and why.

    Raises:
        ConflictError: it was not sent, or has expired.
        UsageError: no reason is given.
    """
    if not reason.strip():
        raise UsageError("A rejection needs a reason.", hint='sfa quote reject NUMBER --reason "price"')
    with desk.store.write("quote.reject", is_dry_run=is_dry_run) as work:
        sheet = load(desk, meant)
        settle(desk, work, sheet)
        then = require(desk, sheet, "reject")
        move(work, sheet, then, decided_on=desk.today.isoformat(), decision_reason=_reason(reason))
        work.summary = f"{sheet.number} was rejected: {_reason(reason)}"
    return told(desk, work, sheet.id, is_dry_run=is_dry_run)


def withdraw(desk: Desk, meant: Meant, reason: str | None = None, *, is_dry_run: bool = False) -> Saved:
    """Take a version back, sent or not; an earlier one stays as it is.

    Raises:
        ConflictError: its fate is decided.
    """
    with desk.store.write("quote.withdraw", is_dry_run=is_dry_run) as work:
        sheet = load(desk, meant)
        settle(desk, work, sheet)
        then = require(desk, sheet, "withdraw")
        take_requests_back(desk, work, sheet)
        move(work, sheet, then, decided_on=desk.today.isoformat(), decision_reason=_reason(reason) if reason else None)
        work.summary = f"Withdrew {sheet.number}"
    return told(desk, work, sheet.id, is_dry_run=is_dry_run)


def _reason(text: str) -> str:
    return clean(text).strip()[:LONGEST_REASON]
