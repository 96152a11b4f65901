"""Whether the rows of a case fit together: each is there once, and what it names is there."""

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import pairwise

from sfa.domain.commission.case import Case
from sfa.domain.commission.events import TAKING_BACK, Event, EventKind
from sfa.domain.text import shown
from sfa.services.case_fields import refused

_WINDOW = re.compile(r"\d{4}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]))?")


def once(part: str, keys: Iterable[Hashable]) -> None:
    """Refuse a part in which two rows are about the same.

    Raises:
        UsageError: the later row, by its number.
    """
    seen: dict[Hashable, int] = {}
    for number, key in enumerate(keys, 1):
        if key in seen:
            names = [shown(one) for one in (key if isinstance(key, tuple) else (key,)) if one]
            raise refused(f"{part} {number}", f"{' '.join(names)} stands in {part} {seen[key]} too")
        seen[key] = number


def check_case(case: Case) -> None:
    """Refuse rows of a case that name what is not there, or end before they begin.

    Raises:
        UsageError: a row, by its number.
    """
    once("periods", (period.id for period in case.calendar.periods))
    once("scores", ((row.participant, row.component, row.window) for row in case.scores))
    once("adjustments", (row.id for row in case.adjustments))
    once("posted", ((row.participant, row.component, row.period, row.event_id) for row in case.posted))
    once("fx", ((row.kind, row.source, row.target, row.on, row.window) for row in case.fx))
    plans = {plan.code for plan in case.plans}
    components = {"", *(component.code for plan in case.plans for component in plan.components)}
    for number, row in enumerate(case.assignments, 1):
        if row.plan not in plans:
            raise refused(f"assignments {number}", f"there is no plan {shown(row.plan)}")
    declared = {span.id for spans in case.calendar.declared.values() for span in spans}
    quotas = [(row.component, row.window) for row in case.quotas]
    for part, rows in (("quotas", quotas), ("scores", [(row.component, row.window) for row in case.scores])):
        for number, (component, window) in enumerate(rows, 1):
            if component not in components:
                raise refused(f"{part} {number}", f"no plan has a component {shown(component)}")
            if window not in declared and not _WINDOW.fullmatch(window):
                raise refused(f"{part} {number}", f"{shown(window)} is no window, as 2026-03, 2026-Q1 or 2026")
    _check_days(case)
    begin, end = case.calendar.periods[0].start, case.calendar.periods[-1].end
    for event in case.events:
        if not begin <= event.on < end:
            raise refused(f"event {shown(event.id)}", f"{event.on} lies outside of the periods, {begin} to {end}")


def _check_days(case: Case) -> None:
    rows = (
        ("assignments", [(row.starts, row.ends) for row in case.assignments]),
        ("leaves", [(row.starts, row.ends) for row in case.leaves]),
        ("hierarchy", [(row.starts, row.ends) for row in case.hierarchy]),
        ("draws", [(row.starts, row.ends) for row in case.draws]),
    )
    for part, spells in rows:
        for number, (starts, ends) in enumerate(spells, 1):
            if ends <= starts:
                raise refused(f"{part} {number}", f"to, {ends}, does not lie behind from, {starts}")
    for person in {row.participant for row in case.draws}:
        own = sorted((row for row in case.draws if row.participant == person), key=lambda row: row.starts)
        for before, after in pairwise(own):
            if after.starts < before.ends:
                raise refused("draws", f"{shown(person)} has two of them on {after.starts}")


def check_returns(events: Sequence[Event], known: Mapping[str, Event]) -> None:
    """Refuse what takes back more of a sale than there is; `known` are the events as they were written.

    Raises:
        UsageError: an event, by its id.
    """
    taken: dict[str, int] = {}
    back = [event for event in events if event.reverses and event.kind in TAKING_BACK]
    again = [event for event in events if event.reverses and event.kind == EventKind.REINSTATED]
    for event in again:
        root = _sold(event, known)
        taken[root.id] = taken.get(root.id, 0) - abs(event.net_minor)
    for event in back:
        root = _sold(event, known)
        taken[root.id] = taken.get(root.id, 0) + abs(event.net_minor)
        if root.net_minor and taken[root.id] > abs(root.net_minor):
            raise refused(f"event {shown(event.id)}", f"it takes back more of {shown(root.id)} than there is")
    for event in again:
        root = _sold(event, known)
        if root.net_minor and taken[root.id] < 0:
            raise refused(f"event {shown(event.id)}", f"it restores more of {shown(root.id)} than was taken back")


def _sold(event: Event, known: Mapping[str, Event]) -> Event:
    root = known[event.reverses]
    while root.reverses and root.kind != EventKind.PAID:
        root = known[root.reverses]
    return root
