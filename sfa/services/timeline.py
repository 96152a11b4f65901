"""What happened around a record and what is to come, in one list: the newest first, the future on top."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from db.queries import timeline as queries
from sfa.clock import instant_text
from sfa.domain.fields import ACTIVITY_KINDS
from sfa.domain.near import near_words
from sfa.errors import UsageError
from sfa.services.desk import Desk

SHOWN = 200
AHEAD_DAYS = 92
LONGEST_DAYS = 366
OTHER_KINDS = ("note", "task", "done", "event", "stage", "won", "lost", "consent", "role", "merged", "import", "quote")
KINDS = (*ACTIVITY_KINDS, *OTHER_KINDS)


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing: when (UTC instant, or a day), what, its title, and the record behind it."""

    at: str
    kind: str
    title: str
    detail: str
    noun: str
    id: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of a timeline: kinds (all where none), from a day on, to the end of a day, accounts below too."""

    kinds: Sequence[str] = ()
    first: date | None = None
    last: date | None = None
    has_children: bool = False


EVERYTHING = Wanted()


def timeline(
    desk: Desk, noun: str, record_id: str, limit: int = SHOWN, wanted: Wanted = EVERYTHING
) -> list[TimelineEntry]:
    """Return what belongs to a record: talks, notes, tasks, appointments, stage moves, consent, roles, merges, imports.

    Of an account everything of its people and deals, too. Series come with their occurrences of the next three months.

    Raises:
        UsageError: a kind that is none.
    """
    for kind in wanted.kinds:
        if kind not in KINDS:
            near = near_words(kind, KINDS)
            hint = f"Did you mean {' or '.join(near)}?" if near else f"Kinds: {', '.join(KINDS)}."
            raise UsageError(f"There is no kind {kind} in a timeline.", hint=hint)
    start = _instant(desk, wanted.first) if wanted.first else None
    end = _instant(desk, wanted.last + timedelta(days=1)) if wanted.last else None
    rows = queries.lines(
        desk.store,
        noun,
        record_id,
        limit,
        kinds=wanted.kinds,
        start=start,
        end=end,
        has_children=wanted.has_children,
    )
    found = [TimelineEntry(*(str(value or "") for value in row)) for row in rows]
    ahead = _occurrences(desk, noun, record_id, wanted) if not wanted.kinds or "event" in wanted.kinds else []
    if ahead:
        found = sorted([*found, *ahead], key=lambda entry: entry.at, reverse=True)
    return found[:limit]


def _occurrences(desk: Desk, noun: str, record_id: str, wanted: Wanted) -> list[TimelineEntry]:
    """Return the coming occurrences of the record's series."""
    series = queries.series_of(desk.store, noun, record_id, has_children=wanted.has_children)
    first = max(desk.today, wanted.first or desk.today)
    after = wanted.last + timedelta(days=1) if wanted.last else first + timedelta(days=AHEAD_DAYS)
    after = min(after, first + timedelta(days=LONGEST_DAYS))
    if not series or after <= first:
        return []
    from sfa.services.agenda import agenda_of  # noqa: PLC0415 - only where something repeats

    found = agenda_of(desk.store, None, first, after, only=series)
    return [
        TimelineEntry(instant_text(item.starts), "event", item.subject, item.place, "event", item.id)
        for item in found.appointments
    ]


def _instant(desk: Desk, day: date) -> str:
    return instant_text(datetime.combine(day, time(), desk.store.clock.zone()))
