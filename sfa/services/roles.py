"""Roles over time: where a contact was, as what, from when to when; and the move to another account."""

from dataclasses import dataclass
from typing import Any

from db.queries import records as record_queries
from db.queries import relations as queries
from db.store import UnitOfWork
from sfa.domain.fields import NOUNS
from sfa.domain.text import clean
from sfa.errors import UsageError
from sfa.services.desk import Desk, Saved
from sfa.services.moments import read_day
from sfa.services.records import described, live, saved


@dataclass(frozen=True, slots=True)
class Role:
    """What a contact is or was at an account; without `valid_to` it still runs."""

    account_id: str
    account_ref: str
    account: str
    role: str | None
    is_primary: bool
    valid_from: str | None
    valid_to: str | None


def roles(desk: Desk, contact_id: str) -> list[Role]:
    """Return where a contact is and was, the running ones first, then the last ones first."""
    return [
        Role(account, ref, name, role, bool(is_primary), first, last)
        for account, ref, name, role, is_primary, first, last in queries.roles(desk.store, contact_id)
    ]


def move(
    desk: Desk,
    contact_id: str,
    account_id: str,
    *,
    on: str | None = None,
    role: str | None = None,
    is_dry_run: bool = False,
) -> Saved:
    """Let a contact leave their account and begin at another one on a day; the old role stays in the history.

    Raises:
        UsageError: the day lies ahead, or before the present role began; or the contact is there already.
        NotFoundError: contact or account are not there.
    """
    day = (read_day(desk, on, is_past=True) if on else desk.today).isoformat()
    if day > desk.today.isoformat():
        raise UsageError(f"{day} lies ahead: move them when it is so.", hint='Until then: sfa task add "..." --due')
    spec, said = NOUNS["contact"], clean(role or "").strip()
    with desk.store.write("contact.move", is_dry_run=is_dry_run) as work:
        (row,) = live(desk, spec, [contact_id])
        live(desk, NOUNS["account"], [account_id])
        _close_roles(desk, work, row, account_id, day)
        begun = {"account_id": account_id, "contact_id": contact_id, "is_primary": 1, "valid_from": day}
        work.insert("contact_role", {**begun, **({"role": said} if said else {})})
        where = described(desk, NOUNS["account"], account_id)
        work.summary = f"Moved {described(desk, spec, contact_id)} to {where}{f' as {said}' if said else ''} on {day}"
    return saved(work, is_dry_run=is_dry_run, record_id=contact_id, ref=row["ref"])


def _close_roles(desk: Desk, work: UnitOfWork, row: dict[str, Any], account_id: str, day: str) -> None:
    """End the primary role of a contact on a day.

    Raises:
        UsageError: they are at the account already, or their role began later than that.
    """
    links = record_queries.linked(desk.store, "contact_role", "contact_id", row["id"])
    running = [link for link in links if link["valid_to"] is None]
    if any(link["account_id"] == account_id for link in running):
        raise UsageError(
            f"{row['name']} ({row['ref']}) is there already.",
            hint=f"Change the role: sfa contact edit {row['ref']} --role ...",
        )
    for link in running:
        if link["is_primary"] and (link["valid_from"] or "") > day:
            raise UsageError(f"The role that ends began on {link['valid_from']} only.", hint="Give a later day.")
        if link["is_primary"]:
            work.update("contact_role", link["id"], {"valid_to": day})
