"""Tags: words of the company's own to sort records by."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from db.queries import records as record_queries
from db.queries import tags as queries
from db.store import UnitOfWork
from sfa.domain.text import clean, fold
from sfa.errors import NotFoundError, UsageError
from sfa.services.desk import Desk, Saved
from sfa.services.drafts import counted
from sfa.services.records import verbs_of

LONGEST = 60


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag, and how many records carry it."""

    id: str
    name: str
    count: int


def tags(desk: Desk) -> list[TagCount]:
    """Return all tags by name."""
    return [TagCount(*row) for row in queries.counts(desk.store)]


def put_on(desk: Desk, noun: str, ids: Sequence[str], names: Sequence[str], *, is_dry_run: bool = False) -> Saved:
    """Add tags to records; those that they have stay."""
    return verbs_of(noun).edit(desk, ids, {"tags": [f"+{_bare(name)}" for name in names]}, is_dry_run=is_dry_run)


def take_off(desk: Desk, noun: str, ids: Sequence[str], names: Sequence[str], *, is_dry_run: bool = False) -> Saved:
    """Take tags from records; others stay."""
    return verbs_of(noun).edit(desk, ids, {"tags": [f"-{_bare(name)}" for name in names]}, is_dry_run=is_dry_run)


def rename(desk: Desk, old: str, new: str, *, is_dry_run: bool = False) -> Saved:
    """Give a tag another name; where that one exists, both become one.

    Raises:
        NotFoundError: there is no tag of the old name.
        UsageError: the new name is empty or too long.
    """
    name = _bare(new)
    if not name or len(name) > LONGEST:
        raise UsageError(f"A tag has 1 to {LONGEST} characters.")
    with desk.store.write("tag.rename", f"Renamed tag {_bare(old)} to {name}", is_dry_run=is_dry_run) as work:
        tag = _known(desk, old)
        other = record_queries.tag_named(desk.store, name)
        if other is None or other["id"] == tag["id"]:
            work.update("tag", tag["id"], {"name": name})
        else:
            _merge(desk, work, tag, other)
    return Saved(work.summary, None if is_dry_run else work.operation_id, tag["id"], tag["ref"], 1, is_dry_run)


def remove(desk: Desk, name: str, *, is_dry_run: bool = False) -> Saved:
    """Remove a tag from every record.

    Raises:
        NotFoundError: there is no such tag.
    """
    with desk.store.write("tag.remove", is_dry_run=is_dry_run) as work:
        tag = _known(desk, name)
        links = queries.links(desk.store, tag["id"])
        for link in links:
            work.remove("record_tag", link["id"])
        work.remove("tag", tag["id"])
        work.summary = f"Removed tag {tag['name']} from {counted(len(links), 'record')}"
    return Saved(work.summary, None if is_dry_run else work.operation_id, tag["id"], tag["ref"], 1, is_dry_run)


def _merge(desk: Desk, work: UnitOfWork, tag: dict[str, Any], other: dict[str, Any]) -> None:
    """Give the records of one tag another one, and remove the first."""
    if other["deleted_at"]:
        work.update("tag", other["id"], {"deleted_at": None})
    carrying = {(link["table_name"], link["row_id"]) for link in queries.links(desk.store, other["id"])}
    for link in queries.links(desk.store, tag["id"]):
        if (link["table_name"], link["row_id"]) in carrying:
            work.remove("record_tag", link["id"])
        else:
            work.update("record_tag", link["id"], {"tag_id": other["id"]})
    work.remove("tag", tag["id"])


def _known(desk: Desk, name: str) -> dict[str, Any]:
    found = record_queries.tag_named(desk.store, _bare(name))
    if found is None or found["deleted_at"]:
        near = [tag.name for tag in tags(desk) if fold(_bare(name)) in fold(tag.name)]
        raise NotFoundError(
            f"There is no tag “{_bare(name)}”.", hint=f"Did you mean {' or '.join(near)}?" if near else None
        )
    return found


def _bare(name: str) -> str:
    return clean(name).strip().lstrip("#").strip()
