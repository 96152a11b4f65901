"""The appointments of a file by UID: series, their instances that differ, and series that change from a day on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from sfa.domain.recurrence.shifting import shift_set
from sfa.domain.recurrence.splitting import split
from sfa.domain.recurrence.values import Occurrence, RecurrenceError, RecurrenceSet
from sfa.domain.recurrence.zones import located, wall_time, zone_of
from sfa.exchange.calendar_reading import Happening
from sfa.exchange.calendar_times import TimeProblem, original_of
from sfa.exchange.calendar_zones import Zones
from sfa.exchange.content_lines import Line, unparsed
from sfa.exchange.file_results import FileResult
from sfa.services.series import set_of
from sfa.services.walls import wall_text


@dataclass(slots=True)
class Planned:
    """An appointment on its way into the book.

    Attributes:
        uid: what names it, with `original`.
        original: the wall time that its series gives it; None for a single one or a series.
        series: the series in the same file that it belongs to.
        series_id: the series of the book that it belongs to.
        recurrence: its RECURRENCE-ID, where neither file nor book has its series.
    """

    told: Happening
    uid: str
    base: RecurrenceSet
    original: str | None = None
    series: "Planned | None" = None
    series_id: str | None = None
    recurrence: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Return what names it in a calendar."""
        return self.uid, self.original or self.recurrence


@dataclass(slots=True)
class _Stretch:
    """A part of a series: the appointment, from which wall time of the whole on, and by how much it was moved."""

    plan: Planned
    since: datetime
    shift: timedelta = timedelta(0)


def plan_all(
    happenings: Iterable[Happening], book: dict[str, dict[str, Any]], zones: Zones, result: FileResult
) -> list[Planned]:
    """Return what a file's appointments become; `book` has the series that are there already, by UID."""
    by_uid: dict[str, list[Happening]] = {}
    for happening in happenings:
        by_uid.setdefault(happening.uid, []).append(happening)
    found: list[Planned] = []
    for uid, group in by_uid.items():
        if len(group) == 1 and group[0].original is None:
            found.append(Planned(group[0], uid, group[0].base))
        else:
            found += _plan(uid, group, book.get(uid), zones, result)
    return found


def _plan(
    uid: str, group: Sequence[Happening], row: dict[str, Any] | None, zones: Zones, result: FileResult
) -> list[Planned]:
    master = _newest([item for item in group if item.original is None], result)
    instances = [item for item in group if item.original is not None]
    if master is not None and master.base.is_recurring:
        whole = Planned(master, uid, master.base)
        return _with_instances(whole, instances, zones, result)
    if master is None and row is not None and row["rule"]:
        return _of_the_book(uid, row, instances, zones, result)
    found = [Planned(master, uid, master.base)] if master else []
    for item in instances:
        assert item.original is not None  # noqa: S101 - they were chosen so
        if master is not None and _is_at(item.original, master, zones):
            found[0] = Planned(item, uid, item.base)  # the one instance that there is, as it became
        else:
            found.append(Planned(item, uid, item.base, recurrence=unparsed(item.original)))
    return _each_once(found, result)


def _is_at(line: Line, master: Happening, zones: Zones) -> bool:
    try:
        return original_of(line, master.base, zones) == master.base.start
    except TimeProblem:
        return False


def _newest(masters: Sequence[Happening], result: FileResult) -> Happening | None:
    """Return the newest of those that have one UID, the first of equals; the others are refused."""
    newest = max(masters, key=attrgetter("version"), default=None)
    for item in masters:
        if item is not newest and newest is not None:
            _refuse_double(item, newest, result)
    return newest


def _refuse_double(item: Happening, kept: Happening, result: FileResult) -> None:
    reason = f"line {kept.line:,} has the same appointment (UID {item.uid[:60]})"
    result.refuse(item.line, item.columns["subject"], reason)


def _each_once(found: Sequence[Planned], result: FileResult) -> list[Planned]:
    by_key: dict[tuple[str, str], Planned] = {}
    for item in found:
        other = by_key.get(item.key)
        if other is None:
            by_key[item.key] = item
            continue
        kept, left = (item, other) if item.told.version > other.told.version else (other, item)
        by_key[item.key] = kept
        _refuse_double(left.told, kept.told, result)
    return list(by_key.values())


def _timed(
    base: RecurrenceSet, instances: Iterable[Happening], zones: Zones, result: FileResult
) -> list[tuple[datetime, Happening]]:
    """Return instances with the wall times that their series gives them, by time; what cannot be read is refused."""
    found = []
    for item in instances:
        assert item.original is not None  # noqa: S101 - they were chosen so
        try:
            found.append((original_of(item.original, base, zones), item))
        except TimeProblem as problem:
            result.refuse(problem.line, item.columns["subject"], str(problem))
    return sorted(found, key=lambda pair: pair[0])


def _with_instances(whole: Planned, instances: Sequence[Happening], zones: Zones, result: FileResult) -> list[Planned]:
    stretches = [_Stretch(whole, whole.base.start)]
    others: list[tuple[datetime, Happening]] = []
    for original, item in _timed(whole.base, instances, zones, result):
        if not item.is_onward:
            others.append((original, item))
            continue
        try:
            _cut(stretches, original, item)
        except RecurrenceError as error:
            result.refuse(item.line, item.columns["subject"], str(error).rstrip("."))
    found = [stretch.plan for stretch in stretches]
    for original, item in others:
        stretch = [candidate for candidate in stretches if candidate.since <= original or candidate.plan is whole][-1]
        series = stretch.plan
        text = wall_text(original + stretch.shift, is_all_day=series.base.is_all_day)
        found.append(Planned(item, series.uid, item.base, text, series))
    return _each_once(found, result)


def _cut(stretches: list[_Stretch], original: datetime, item: Happening) -> None:
    """Let a series end before an instance, and another one begin there as that instance has it.

    Raises:
        RecurrenceError: there is no such instance, or no rule says what is to follow.
    """
    last = stretches[-1]
    head, tail = split(last.plan.base, original + last.shift)
    shift = _start_in(item.base, tail.zone) - tail.start
    moved = replace(shift_set(tail, shift), length=item.base.length)
    if moved.overrides or item.base.is_all_day != tail.is_all_day:
        raise RecurrenceError("No rule says how this instance and those that follow it repeat.")
    if head is not None:
        last.plan.base = head
    if item.columns["status"] == "cancelled":
        return
    name = wall_text(original, is_all_day=tail.is_all_day)
    plan = Planned(item, f"{stretches[0].plan.uid}/{name}", moved)
    stretches.append(_Stretch(plan, original, last.shift + shift))


def _start_in(base: RecurrenceSet, zone: str) -> datetime:
    """Return the beginning by the wall clock of another zone."""
    if base.zone == zone or not base.zone or not zone:
        return base.start
    aware, _ = located(Occurrence(base.start, base.length, base.start), zone_of(base.zone))
    return wall_time(aware, zone_of(zone))


def _of_the_book(
    uid: str, row: dict[str, Any], instances: Sequence[Happening], zones: Zones, result: FileResult
) -> list[Planned]:
    """Return instances whose series the book has."""
    base = set_of(row)
    found = []
    for original, item in _timed(base, instances, zones, result):
        if item.is_onward:
            result.refuse(item.line, item.columns["subject"], "it changes a series that is not in the file")
            continue
        text = wall_text(original, is_all_day=base.is_all_day)
        found.append(Planned(item, uid, item.base, text, series_id=row["id"]))
    return _each_once(found, result)
