"""Users: the people who sell, and which of them sits at this laptop."""

from collections.abc import Sequence
from typing import Any, Final

from sfa.errors import ConflictError
from sfa.services.desk import Desk, Saved
from sfa.services.records import RecordVerbs, live


def _guard(desk: Desk, rows: Sequence[dict[str, Any]], _is_forced: bool) -> None:  # noqa: FBT001 - the shape of a Guard
    """Keep the person at this laptop."""
    for row in rows:
        if row["id"] == desk.user_id:
            raise ConflictError(
                f"{row['name']} is you; you cannot remove yourself.",
                hint="Become somebody else first: sfa user me NAME",
            )


VERBS: Final = RecordVerbs("user", guard=_guard)
add, edit, remove, restore = VERBS.add, VERBS.edit, VERBS.remove, VERBS.restore


def become(desk: Desk, user_id: str) -> Saved:
    """Let a user be the one at this laptop ("me"); what they write from now on carries their name.

    Raises:
        NotFoundError: no such user.
    """
    row = live(desk, VERBS.spec, [user_id])[0]
    with desk.store.write("user.become") as work:
        work.remember("user_id", user_id)
        work.sign(row["name"])
    return Saved(f"You are {row['name']} now ({row['ref']})", None, user_id, row["ref"])
