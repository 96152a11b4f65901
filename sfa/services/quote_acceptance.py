"""Acceptance: who signed which document of a version, and what follows for the quote and its deal (domain.md 2.9)."""

import re
from dataclasses import dataclass
from typing import Final

from db.queries import quotes as queries
from db.store import UnitOfWork
from sfa.domain.quoting.states import OPEN, State
from sfa.domain.text import clean
from sfa.errors import ConflictError, UsageError
from sfa.services import opportunities
from sfa.services.coercion import read_choice
from sfa.services.desk import Desk, Saved
from sfa.services.quote_deals import deal_of
from sfa.services.quote_sheet import Meant, Sheet, close_others, load, move, require, settle, state_of, told

METHODS: Final = ("typed", "drawn", "uploaded", "external")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Signature:
    """How a customer accepted.

    Attributes:
        signer: who, by name.
        sha256: of the document that they accepted; empty for the one that was made last.
    """

    signer: str
    method: str = "typed"
    sha256: str = ""
    note: str | None = None


def hashes_of(desk: Desk, sheet: Sheet) -> list[str]:
    """Return the hashes under which a version can be accepted: of its documents, the newest first, and of what it says."""
    return [row["sha256"] for row in queries.papers(desk.store, sheet.version_id)] + [sheet.version["content_hash"]]


def accept(
    desk: Desk, meant: Meant, signature: Signature, *, is_winning: bool = False, is_dry_run: bool = False
) -> Saved:
    """Write down that the customer accepted; other open versions are withdrawn, and the deal has the amount.

    Args:
        desk: the desk.
        meant: which quote.
        signature: who, how, and the hash of the document.
        is_winning: whether its deal is won by it.
        is_dry_run: whether only to say what would be done.

    Raises:
        ConflictError: it was not sent, has expired, or another document is meant.
        UsageError: nobody is named.
    """
    with desk.store.write("quote.accept", is_dry_run=is_dry_run) as work:
        sheet = load(desk, meant)
        settle(desk, work, sheet)
        _refuse_expired(desk, sheet)
        then = require(desk, sheet, "accept")
        signer = clean(signature.signer).strip()
        if not signer:
            raise UsageError("Who accepted?", hint='--signer "Jane Doe"')
        work.insert(
            "acceptance",
            {
                "version_id": sheet.version_id,
                "signer": signer,
                "method": read_choice(signature.method, METHODS),
                "signed_at": work.at,
                "document_sha256": _document(desk, sheet, signature.sha256),
                "note": signature.note,
            },
        )
        move(work, sheet, then, decided_on=desk.today.isoformat())
        close_others(desk, work, sheet, State.WITHDRAWN, origins=OPEN)
        won = _settle_deal(desk, work, sheet, is_winning=is_winning)
        work.summary = f"{sheet.number} was accepted by {signer}{won}"
    return told(desk, work, sheet.id, is_dry_run=is_dry_run)


def _refuse_expired(desk: Desk, sheet: Sheet) -> None:
    if state_of(desk, sheet.version) is State.EXPIRED:
        raise ConflictError(
            f"{sheet.number} has expired: it was valid until {sheet.version['extended_until'] or sheet.version['valid_until']}.",
            hint=f"A manager may allow it: sfa quote extend {sheet.number} +14d; or: sfa quote revise {sheet.number}",
        )


def _document(desk: Desk, sheet: Sheet, sha256: str) -> str:
    """Return the hash of the document that is accepted.

    Raises:
        ConflictError: it is of no document of this version.
    """
    known = hashes_of(desk, sheet)
    wanted = sha256.strip().lower()
    if not wanted:
        return str(known[0])
    if not _SHA256.fullmatch(wanted):
        raise UsageError("A SHA-256 has 64 digits and letters from a to f.", hint=f"Of this quote: {known[0]}")
    if wanted not in known:
        raise ConflictError(
            f"That is another document: its hash is of no document of {sheet.number}.",
            hint=f"It is {' or '.join(known)}.",
        )
    return wanted


def _settle_deal(desk: Desk, work: UnitOfWork, sheet: Sheet, *, is_winning: bool) -> str:
    """Let the deal have what was accepted; return what became of it, for people."""
    deal = deal_of(desk, sheet)
    if deal is None:
        return ""
    for row in queries.siblings(desk.store, deal["id"]):
        work.update("quote", row["id"], {"is_primary": int(row["id"] == sheet.id)})
    if deal["closed_on"] is None or deal["is_won"]:
        work.update("opportunity", deal["id"], {"amount_minor": sheet.version["net_minor"], "currency": sheet.currency})
    if deal["closed_on"] is not None or not is_winning:
        return ""
    values = {"outcome": "won", "win_reason": f"Quote {sheet.number} accepted"}
    opportunities.VERBS.edit_within(desk, work, [deal["id"]], values)
    return f"; {deal['name']} is won"
