"""Tasks: what is to be done, with or without a day."""

from collections.abc import Sequence
from typing import Final

from sfa.services.desk import Desk, Saved
from sfa.services.drafts import Draft
from sfa.services.links import fill_account
from sfa.services.moments import read_time
from sfa.services.records import RecordVerbs, described, saved_all


def _complete(draft: Draft) -> None:
    """Keep status and time of completion together; a time of day without a day means today."""
    row = draft.row
    fill_account(draft)
    if row.get("due_time"):
        row["due_time"] = read_time(row["due_time"]).strftime("%H:%M")
        if not draft.value("due_on"):
            row["due_on"] = draft.desk.today.isoformat()
    if "status" not in row and "done_at" in row:
        row["status"] = "done" if row["done_at"] else "open"
    if "status" in row:
        is_done = row["status"] == "done"
        row["done_at"] = (draft.value("done_at") or draft.work.at) if is_done else None


VERBS: Final = RecordVerbs("task", complete=_complete)
add, edit, remove, restore = VERBS.add, VERBS.edit, VERBS.remove, VERBS.restore


def complete(desk: Desk, ids: Sequence[str], *, is_dry_run: bool = False) -> Saved:
    """Tick tasks off, now."""
    return _set_status(desk, ids, "done", "complete", "Completed", is_dry_run=is_dry_run)


def reopen(desk: Desk, ids: Sequence[str], *, is_dry_run: bool = False) -> Saved:
    """Make tasks open again."""
    return _set_status(desk, ids, "open", "reopen", "Reopened", is_dry_run=is_dry_run)


def _set_status(desk: Desk, ids: Sequence[str], status: str, verb: str, words: str, *, is_dry_run: bool) -> Saved:
    with desk.store.write(f"task.{verb}", is_dry_run=is_dry_run) as work:
        drafts = VERBS.edit_within(desk, work, ids, {"status": status})
        only = described(desk, VERBS.spec, drafts[0].id)
        work.summary = f"{words} {only if len(drafts) == 1 else f'{len(drafts)} tasks'}"
    return saved_all(work, [draft.id for draft in drafts], desk, VERBS.spec, is_dry_run=is_dry_run)
