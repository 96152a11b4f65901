"""A stored appointment as a recurrence, and back: what its rule means, when it ends for ever."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any, Final

from sfa.clock import instant_text
from sfa.domain.recurrence.lines import read_lines, read_set
from sfa.domain.recurrence.plans import Plan
from sfa.domain.recurrence.values import Length, RecurrenceError, RecurrenceSet
from sfa.domain.recurrence.writing import write_set
from sfa.domain.recurrence.zones import instant, zone_of
from sfa.errors import UsageError
from sfa.services.walls import FLOATING, wall_of

PLANS_KEPT: Final = 20_000
_OWN: Final = ("RRULE", "RDATE", "EXDATE")


def set_of(row: Mapping[str, Any]) -> RecurrenceSet:
    """Return an appointment (columns of `event`) as a recurrence set; without a rule it has one instance.

    Raises:
        RecurrenceError: its rule cannot be read.
    """
    return _set(row["starts_wall"], row["ends_wall"], row["zone"], row["rule"] or "", bool(row["is_all_day"]))


@lru_cache(PLANS_KEPT)
def _set(starts: str, ends: str, zone: str, rule: str, is_all_day: bool) -> RecurrenceSet:  # noqa: FBT001 - one key of the cache
    start, end = wall_of(starts), wall_of(ends)
    if is_all_day:
        return read_set(read_lines(rule), start.date(), length=Length((end - start).days))
    named = "" if zone == FLOATING else zone
    return read_set(read_lines(rule), start, named or None, Length(0, _seconds(start, end, named)))


def _seconds(start: datetime, end: datetime, zone: str) -> int:
    where = zone_of(zone)
    exact = (instant(end, where).astimezone(UTC) - instant(start, where).astimezone(UTC)) if where else end - start
    return max(exact.days * 86_400 + exact.seconds, 0)


@lru_cache(PLANS_KEPT)
def _plan(starts: str, ends: str, zone: str, rule: str, is_all_day: bool, without: tuple[str, ...]) -> Plan:  # noqa: FBT001 - one key of the cache
    base = _set(starts, ends, zone, rule, is_all_day)
    if without:
        from dataclasses import replace  # noqa: PLC0415 - few series have exceptions

        base = replace(base, excluded=tuple(sorted({*base.excluded, *map(wall_of, without)}, key=_order)))
    return Plan(base)


def _order(moment: date) -> datetime:
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time())


def plan_of(row: Mapping[str, Any], without: Iterable[str] = ()) -> Plan:
    """Return the plan of a series without the instances that are records of their own (their original wall times).

    Raises:
        RecurrenceError: its rule cannot be read.
    """
    key = (row["starts_wall"], row["ends_wall"], row["zone"], row["rule"] or "", bool(row["is_all_day"]))
    return _plan(*key, tuple(without))


def read_rule_text(text: str, start: datetime, zone: str, *, is_all_day: bool) -> str:
    """Return the lines of a recurrence, RRULE, RDATE and EXDATE, as they are stored.

    The text holds such lines as people or programs write them, `RRULE:` left out or not; `start` is the wall time of the
    first instance in the zone.

    Raises:
        UsageError: a part is wrong; the sentence names it.
    """
    try:
        named = "" if zone == FLOATING or is_all_day else zone
        found = read_set(read_lines(text), start.date() if is_all_day else start, named or None)
    except RecurrenceError as error:
        raise UsageError(str(error), hint="Write it as “every monday” or RRULE:FREQ=WEEKLY;BYDAY=MO.") from error
    return rule_lines(found)


def rule_lines(found: RecurrenceSet) -> str:
    """Return the lines of a set that are stored as its rule; empty where it has one instance."""
    return "\n".join(line for line in write_set(found) if line.startswith(_OWN))


def until_of(row: Mapping[str, Any]) -> str | None:
    """Return the instant from which on a series cannot occur any more, as stored; None for ever."""
    plan = plan_of(row)
    last = plan.end
    if last is None:
        return None
    end = datetime.combine(date.fromordinal(min(last.toordinal() + plan.reach + 2, date.max.toordinal() - 400)), time())
    return instant_text(end.replace(tzinfo=UTC))
