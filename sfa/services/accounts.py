"""Accounts: companies that buy, may buy, or stand beside those who do."""

from collections.abc import Sequence
from typing import Any, Final

from db.queries import records as queries
from sfa.errors import ConflictError
from sfa.services.desk import Desk
from sfa.services.drafts import Draft, counted
from sfa.services.identity import account_key, company_domain
from sfa.services.records import RecordVerbs


def _complete(draft: Draft) -> None:
    """Keep what duplicates are found by: the name's key and the company's domain."""
    if "name" in draft.row:
        draft.row["match_key"] = account_key(draft.row["name"] or "")
    if "website" in draft.row or ("email" in draft.parts and not draft.value("website")):
        draft.row["domain"] = company_domain(draft.value("website"), draft.parts.get("email") or _email_of(draft))


def _email_of(draft: Draft) -> str | None:
    rows = queries.linked(draft.desk.store, "email", "account_id", draft.id)
    return None if "email" in draft.parts or not rows else str(rows[0]["address"])


def _guard(desk: Desk, rows: Sequence[dict[str, Any]], is_forced: bool) -> None:  # noqa: FBT001 - the shape of a Guard
    """Keep an account with open deals, unless the user insists; its deals stay either way."""
    for row in rows:
        deals = 0 if is_forced else queries.open_deals(desk.store, row["id"])
        if deals:
            raise ConflictError(
                f"{row['name']} ({row['ref']}) has {counted(deals, 'open deal')}.",
                hint="Close or move them first, or insist with --force: the deals stay, without their account.",
            )


VERBS: Final = RecordVerbs("account", complete=_complete, guard=_guard)
add, edit, remove, restore = VERBS.add, VERBS.edit, VERBS.remove, VERBS.restore
