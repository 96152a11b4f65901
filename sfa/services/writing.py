"""The verbs that every noun has, for whoever holds the noun in a variable: forms, lists, bulk edits."""

from collections.abc import Mapping, Sequence

from sfa.services.desk import Desk, Saved
from sfa.services.records import verbs_of

__all__ = ["Saved", "add", "edit", "remove", "restore"]


def add(desk: Desk, noun: str, values: Mapping[str, object], *, is_dry_run: bool = False) -> Saved:
    """Add a record; errors as `RecordVerbs.add`."""
    return verbs_of(noun).add(desk, values, is_dry_run=is_dry_run)


def edit(desk: Desk, noun: str, ids: Sequence[str], values: Mapping[str, object], *, is_dry_run: bool = False) -> Saved:
    """Set fields of records; errors as `RecordVerbs.edit`."""
    return verbs_of(noun).edit(desk, ids, values, is_dry_run=is_dry_run)


def remove(desk: Desk, noun: str, ids: Sequence[str], *, is_forced: bool = False, is_dry_run: bool = False) -> Saved:
    """Put records into the trash; errors as `RecordVerbs.remove`."""
    return verbs_of(noun).remove(desk, ids, is_forced=is_forced, is_dry_run=is_dry_run)


def restore(desk: Desk, noun: str, ids: Sequence[str], *, is_dry_run: bool = False) -> Saved:
    """Bring records back from the trash; errors as `RecordVerbs.restore`."""
    return verbs_of(noun).restore(desk, ids, is_dry_run=is_dry_run)
