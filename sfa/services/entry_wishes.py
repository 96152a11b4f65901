"""A line of quick entry and the wishes of the people that it names; how often and when they are reached."""

from __future__ import annotations

from sfa.clock import wall_now
from sfa.config import load_config
from sfa.errors import UsageError
from sfa.services.reach_limits import warnings as limits
from sfa.services.reaching import insisted, warnings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

    from db.store import Store
    from sfa.domain.phrase.values import Act
    from sfa.services.entry_values import Entry, Plan


def heed(store: Store, plan: Plan, *, is_reaching: bool = False, force: str | None = None) -> None:
    """Note who would rather not be reached so, or now; where the user insists, the records keep the reason.

    Raises:
        NotAllowedError: a contact, or the company's rule, forbids what is planned, or done now.
        UsageError: the reason is empty.
    """
    now = wall_now(store.clock)
    notes = list(plan.notes)
    for act, entry in zip(plan.line.acts, plan.entries, strict=True):
        if entry.noun in ("activity", "task", "event") and act.direction != "in" and entry.people:
            is_fact = entry.noun == "activity" and (not is_reaching or _is_past(act, now))
            found = warnings(
                store,
                entry.people,
                act.kind,
                str(entry.values["subject"]),
                is_fact=is_fact,
                is_forced=force is not None,
            )
            if entry.noun == "activity" and not is_fact:
                config = load_config(store.workspace.config)
                at = store.clock.now()
                found += limits(store, config, entry.people, act.kind, at, is_forced=force is not None)
            notes += found
            if found and force is not None:
                _keep_reason(entry, force)
    plan.notes = tuple(dict.fromkeys(notes))


def _is_past(act: Act, now: datetime) -> bool:
    when = act.when
    if when is None:
        return False
    return when.start.date() < now.date() if when.all_day else when.start < now


def _keep_reason(entry: Entry, force: str) -> None:
    if not force.strip():
        raise UsageError("Why, against their word?", hint='Give the reason: --force "asked for it on the phone"')
    said = entry.values.get("note")
    entry.values["note"] = f"{said}\n{insisted(force.strip())}" if said else insisted(force.strip())
