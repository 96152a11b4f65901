"""Who may see whose pay, and who keeps plans, quotas and statements: one place that commands and screens ask."""

from collections.abc import Mapping
from typing import Final

from db.queries import commission as queries
from db.queries.records import Row
from sfa.errors import NotAllowedError
from sfa.services.desk import Desk

KEEPERS: Final = frozenset({"manager", "director", "finance", "admin"})
ALL_PAY: Final = frozenset({"finance", "admin"})


def reports_to(people: Mapping[str, Row], person: str, manager: str) -> bool:
    """Tell whether somebody reports to a manager, at any distance."""
    seen: set[str] = set()
    above = people[person]["manager_id"] if person in people else None
    while above is not None and above not in seen:
        if above == manager:
            return True
        seen.add(above)
        above = people[above]["manager_id"] if above in people else None
    return False


def visible_people(desk: Desk, people: Mapping[str, Row] | None = None) -> list[str]:
    """Return the ids of those whose pay may be seen here: one's own, and that of those who report to one."""
    known = queries.people(desk.store) if people is None else people
    me = desk.user_id
    if me is None or me not in known:
        return []
    if known[me]["role"] in ALL_PAY:
        return list(known)
    is_manager = known[me]["role"] in KEEPERS
    return [name for name in known if name == me or (is_manager and reports_to(known, name, me))]


def require_pay(desk: Desk, person: str) -> None:
    """Refuse to show pay that is not for the eyes of who sits here.

    Raises:
        NotAllowedError: it is somebody else's, who does not report to them.
    """
    if person not in visible_people(desk):
        raise NotAllowedError(
            "That is somebody else's pay.", hint="You see your own, and that of those who report to you."
        )


def is_keeper(desk: Desk) -> bool:
    """Tell whether who sits here keeps commissions by their role."""
    own = queries.people(desk.store).get(desk.user_id or "")
    return own is not None and own["role"] in KEEPERS


def require_keeper(desk: Desk, what: str) -> None:
    """Refuse what only those do who keep commissions; who works alone keeps their own.

    Raises:
        NotAllowedError: a rep asks for it, and there is somebody who keeps them.
    """
    if is_keeper(desk):
        return
    people = queries.people(desk.store)
    keepers = [row["name"] for row in people.values() if row["role"] in KEEPERS and not row["deleted_at"]]
    if keepers:
        raise NotAllowedError(f"{what} is for managers and finance.", hint=f"Ask {min(keepers)}.")
