"""What a person does to a recurring appointment: this one, this and those that follow, all."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sfa.domain.recurrence.expanding import is_excluded
from sfa.domain.recurrence.plans import Plan
from sfa.domain.recurrence.reading import check_all_day
from sfa.domain.recurrence.shifting import shift_set, with_length
from sfa.domain.recurrence.splitting import check_instance, split
from sfa.domain.recurrence.values import Length, Override, RecurrenceError, RecurrenceSet, Rule
from sfa.domain.recurrence.zones import zone_named

NO_SHIFT = timedelta(0)


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of instances; what is None or nothing stays.

    Attributes:
        shift: by how much of the wall clock they move.
        length: how long they last.
        rules: the rules in the place of those there are; exceptions that fit no instance any more go with them.
        zone: an IANA or Windows name; the wall times stay.
    """

    shift: timedelta = NO_SHIFT
    length: Length | None = None
    rules: tuple[Rule, ...] | None = None
    zone: str | None = None


def change_this(
    found: RecurrenceSet, original: datetime, start: datetime | None = None, length: Length | None = None
) -> RecurrenceSet:
    """Return the set with one instance moved to `start` or made `length` long; what is None stays as it is.

    Raises:
        RecurrenceError: there is no such instance.
    """
    own = _own(found, original)
    if found.is_all_day and start is not None and start.time() != datetime.min.time():
        raise RecurrenceError("An appointment of whole days moves by whole days.")
    changed = replace(own, start=start or own.start, length=length if length is not None else own.length)
    return _with_override(found, changed)


def cancel_this(found: RecurrenceSet, original: datetime) -> RecurrenceSet:
    """Return the set with one instance cancelled; `restore_this` takes it back.

    Raises:
        RecurrenceError: there is no such instance.
    """
    return _with_override(found, replace(_own(found, original), is_cancelled=True))


def restore_this(found: RecurrenceSet, original: datetime) -> RecurrenceSet:
    """Return the set with a cancelled or excluded instance back, as it was before.

    Raises:
        RecurrenceError: there is no such instance.
    """
    kept = tuple(day for day in found.excluded if day not in (original, original.date()))
    found = replace(found, excluded=kept)
    return _with_override(found, replace(_own(found, original), is_cancelled=False))


def _own(found: RecurrenceSet, original: datetime) -> Override:
    """Return the override of one instance, or an empty one."""
    for item in found.overrides:
        if item.original == original and not item.is_onward:
            return item
    check_instance(found, original)
    return Override(original)


def _with_override(found: RecurrenceSet, own: Override) -> RecurrenceSet:
    """Put an override in its place; one that says nothing goes."""
    is_same = [item.original == own.original and not item.is_onward for item in found.overrides]
    if own == Override(own.original):
        kept = [item for item, same in zip(found.overrides, is_same, strict=True) if not same]
    elif any(is_same):
        kept = [own if same else item for item, same in zip(found.overrides, is_same, strict=True)]
    else:
        kept = [*found.overrides, own]
    return replace(found, overrides=tuple(kept))


def change_all(found: RecurrenceSet, change: Change) -> RecurrenceSet:
    """Return the set with all instances changed.

    Raises:
        RecurrenceError: the change cannot be.
    """
    changed = shift_set(found, change.shift)
    if change.length is not None:
        changed = with_length(changed, change.length)
    if change.zone is not None and not found.is_all_day:
        changed = replace(changed, zone=zone_named(change.zone))
    return changed if change.rules is None else _with_rules(changed, change.rules)


def _with_rules(found: RecurrenceSet, rules: tuple[Rule, ...]) -> RecurrenceSet:
    for rule in rules:
        if found.is_all_day:
            check_all_day(rule)
    changed = replace(found, rules=rules)
    bare = Plan(replace(changed, overrides=(), excluded=()))
    return replace(
        changed,
        excluded=tuple(day for day in changed.excluded if not isinstance(day, datetime) or _hits(bare, day)),
        overrides=tuple(item for item in changed.overrides if item.is_onward or _hits(bare, item.original)),
    )


def _hits(plan: Plan, moment: datetime) -> bool:
    try:
        check_instance(plan.base, moment)
    except RecurrenceError:
        return False
    return not is_excluded(plan, moment)


def change_following(
    found: RecurrenceSet, original: datetime, change: Change
) -> tuple[RecurrenceSet | None, RecurrenceSet]:
    """Return what comes before an instance, untouched (None where nothing does), and the changed rest as a set of its own.

    Raises:
        RecurrenceError: there is no such instance, or the change cannot be.
    """
    head, tail = split(found, original)
    return head, change_all(tail, change)


def cancel_following(found: RecurrenceSet, original: datetime) -> RecurrenceSet | None:
    """Return what comes before an instance; None where nothing does.

    Raises:
        RecurrenceError: there is no such instance.
    """
    return split(found, original)[0]
