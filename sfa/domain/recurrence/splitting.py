"""A set cut in two before one of its instances."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from sfa.domain.recurrence.beats import Beat, wall_until
from sfa.domain.recurrence.days import Budget, OutOfStepsError, implied
from sfa.domain.recurrence.expanding import MOST_OCCURRENCES, expand
from sfa.domain.recurrence.plans import Plan
from sfa.domain.recurrence.values import (
    FIRST_MOMENT,
    LAST_MOMENT,
    Extra,
    Override,
    RecurrenceError,
    RecurrenceSet,
    Rule,
    order_of,
)
from sfa.domain.recurrence.zones import instant, zone_of

ONE_SECOND = timedelta(0, 1)


def split(found: RecurrenceSet, original: datetime) -> tuple[RecurrenceSet | None, RecurrenceSet]:
    """Return what of a set comes before an instance (None where nothing does), and the instance with what follows.

    Together they have the instances of the set, each once; overrides stay with theirs; COUNT is shared out.

    Args:
        found: the set.
        original: where the rules put the instance, in wall time.

    Raises:
        RecurrenceError: there is no such instance, or the rules take too many steps to count.
    """
    check_instance(found, original)
    try:
        head = _head(found, original)
        return head, _tail(found, original, head)
    except OutOfStepsError as error:
        raise RecurrenceError("The rule takes too many steps to cut it here; edit all of it.") from error


def check_instance(found: RecurrenceSet, original: datetime) -> None:
    """Refuse a moment at which the set has no instance.

    Raises:
        RecurrenceError: there is none.
    """
    plan = Plan(replace(found, overrides=()))
    if not expand(plan, original, original + ONE_SECOND).occurrences:
        raise RecurrenceError(f"Nothing of this appointment falls on {original:%Y-%m-%d %H:%M}.")


def instances_before(found: RecurrenceSet, original: datetime) -> list[datetime]:
    """Return the originals before an instance, exclusions left out.

    Raises:
        OutOfStepsError: they are too many.
    """
    expansion = expand(Plan(replace(found, overrides=())), FIRST_MOMENT, original)
    if expansion.stopped:
        raise OutOfStepsError(expansion.stopped)
    return [item.start for item in expansion.occurrences]


def _head(found: RecurrenceSet, original: datetime) -> RecurrenceSet | None:
    rules = tuple(filter(None, (_cut(rule, found, original) for rule in found.rules)))
    extras = tuple(extra for extra in found.extras if extra.start < original)
    if original <= found.start and not extras:
        return None
    head = replace(
        found,
        rules=rules,
        extras=extras,
        excluded=tuple(_before(found.excluded, original)),
        overrides=tuple(item for item in found.overrides if item.original < original),
    )
    return head if Plan(head).has_start or extras else None


def _before(excluded: Iterable[date], original: datetime) -> Iterable[date]:
    """Yield the exclusions that an instance before the cut can meet; a whole day can meet both sides."""
    for day in excluded:
        if day < original if isinstance(day, datetime) else day <= original.date():
            yield day


def _cut(rule: Rule, base: RecurrenceSet, original: datetime) -> Rule | None:
    """Return the rule as it ends before an instance; None where it has no hit before."""
    count = _counted_before(rule, base, original)
    if rule.count is not None:
        return replace(rule, count=count) if count else None
    end = original - ONE_SECOND
    if base.is_all_day:
        return replace(rule, until=_earlier(rule.until, end.date(), base))
    zone = zone_of(base.zone)
    return replace(rule, until=_earlier(rule.until, instant(end, zone).astimezone(UTC) if zone else end, base))


def _earlier(until: date | None, cut: date, base: RecurrenceSet) -> date:
    """Return the earlier end, as it was written where it was earlier already."""
    if until is None:
        return cut
    return until if wall_until(until, base) <= wall_until(cut, base) else cut


def _counted_before(rule: Rule, base: RecurrenceSet, original: datetime) -> int:
    """Return how many of a rule's COUNT lie before an instance; the start is one of them. 0 without a COUNT."""
    if rule.count is None:
        return 0
    return len(_hits(rule, base, original) | ({base.start} if base.start < original else set()))


def _hits(rule: Rule, base: RecurrenceSet, original: datetime) -> set[datetime]:
    beat = Beat(rule, base)
    found = set(islice(beat.moments(base.start, original, Budget()), MOST_OCCURRENCES + 1))
    if len(found) > MOST_OCCURRENCES:
        raise OutOfStepsError("There are too many occurrences.")
    return found


def _tail(found: RecurrenceSet, original: datetime, head: RecurrenceSet | None) -> RecurrenceSet:
    if head is None:
        return found
    overrides = tuple(item for item in found.overrides if item.original >= original)
    onward = [item for item in found.overrides if item.is_onward and item.original < original]
    if onward and not any(item.is_onward and item.original == original for item in overrides):
        last = max(onward, key=lambda item: item.original)
        moved = Override(original, original + last.shift, last.length, last.is_cancelled, is_onward=True)
        overrides = (moved, *overrides)
    rules = [_rest(rule, found, original) for rule in found.rules]
    if None in rules:
        return _all_but(found, original, overrides)
    return replace(
        found,
        start=original,
        rules=tuple(rule for rule in rules if rule is not None and rule.count != 0),
        extras=_extras_from(found, original),
        excluded=tuple(day for day in found.excluded if not isinstance(day, datetime) or day >= original),
        overrides=overrides,
    )


def _extras_from(found: RecurrenceSet, original: datetime) -> tuple[Extra, ...]:
    """Return the extra dates from the cut on; the one that is the new start stays where it has a length of its own."""
    kept = (extra for extra in found.extras if extra.start >= original)
    return tuple(extra for extra in kept if extra.start > original or extra.length is not None)


def _all_but(found: RecurrenceSet, original: datetime, overrides: tuple[Override, ...]) -> RecurrenceSet:
    """Return the set with all instances before the cut excluded one by one, where no other start gives its rules."""
    excluded = sorted({*found.excluded, *instances_before(found, original)}, key=order_of)
    extras = tuple(extra for extra in found.extras if extra.start >= original)
    return replace(found, extras=extras, excluded=tuple(excluded), overrides=overrides)


def _rest(rule: Rule, base: RecurrenceSet, original: datetime) -> Rule | None:
    """Return the rule as it goes on from an instance as its start; count 0: it has ended; None: no start there gives it."""
    beat = Beat(rule, base)
    is_hit = any(True for _ in beat.moments(original, original + ONE_SECOND, Budget()))
    if not is_hit:
        is_over = not any(True for _ in beat.moments(original, LAST_MOMENT, Budget()))
        return replace(rule, count=0, until=None) if is_over else None
    rest = rule if implied(rule, base.start) == implied(rule, original) else implied(rule, base.start)
    if rule.count is None:
        return rest
    return replace(rest, count=rule.count - _counted_before(rule, base, original))
