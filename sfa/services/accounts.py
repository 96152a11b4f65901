"""Accounts: companies that buy, may buy, or stand beside those who do."""

import re
from collections.abc import Sequence
from typing import Any, Final

from db.queries import records as queries
from db.queries.names import all_names
from sfa.errors import ConflictError, UsageError
from sfa.services.desk import Desk
from sfa.services.drafts import Draft, counted
from sfa.services.identity import account_key, company_domain
from sfa.services.records import RecordVerbs


def _complete(draft: Draft) -> None:
    """Keep what duplicates are found by, the name's key and the company's domain, and the day of an estimate."""
    if "name" in draft.row:
        draft.row["match_key"] = account_key(draft.row["name"] or "")
    if "website" in draft.row or ("email" in draft.parts and not draft.value("website")):
        draft.row["domain"] = company_domain(draft.value("website"), draft.parts.get("email") or _email_of(draft))

    spend = "category_spend_minor"
    if spend in draft.row and draft.row[spend] != draft.before.get(spend):
        _date_estimate(draft)
    if (draft.row.get("spend_as_of") or "") > draft.desk.today.isoformat():
        raise UsageError(f"{draft.row['spend_as_of']} lies ahead: nobody can have estimated it yet.")
    if draft.row.get("operates_in"):
        draft.row["operates_in"] = territories_in(draft.desk, draft.row["operates_in"])
    if draft.row.get("referrer_id") == draft.id:
        raise UsageError(f"{draft.label} did not refer itself.", hint="Name the account that brought it to you.")


def _date_estimate(draft: Draft) -> None:
    """An estimate is of today where no day is given; without an estimate there is neither day nor source."""
    if draft.value("category_spend_minor") is None:
        draft.row |= dict.fromkeys(("spend_as_of", "spend_source"))
    elif "spend_as_of" not in draft.row:
        draft.row["spend_as_of"] = draft.desk.today.isoformat()


def territories_in(desk: Desk, text: str) -> str:
    """Return our territories by their names, each once, parted by commas.

    Raises:
        UsageError: one of them is none, where there are any.
    """
    known = {found.name.casefold(): found.name for found in all_names(desk.store, "territory")}
    said = list(dict.fromkeys(" ".join(part.split()) for part in re.split(r"[,;，、]", text) if part.strip()))
    strange = [name for name in said if known and name.casefold() not in known]
    if strange:
        raise UsageError(
            f"Operates in: no territory is called {strange[0]}.",
            hint=f"There are: {', '.join(sorted(known.values()))}.",
        )
    return ", ".join(dict.fromkeys(known.get(name.casefold(), name) for name in said))


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
