"""Events: appointments in wall time of the user's zone, or of whole days."""

import re
from datetime import UTC, datetime, time, timedelta
from typing import Final

from sfa.clock import instant_text
from sfa.errors import UsageError
from sfa.services.desk import Desk
from sfa.services.drafts import Draft
from sfa.services.links import fill_account, who
from sfa.services.moments import read_day_and_time, read_minutes, read_time
from sfa.services.records import RecordVerbs

DEFAULT_LENGTH: Final = timedelta(hours=1)
ONE_DAY: Final = timedelta(days=1)
_WALL: Final = "%Y-%m-%dT%H:%M"


def _complete(draft: Draft) -> None:
    """Settle when it begins and ends: ends an hour later, or that day, where the user does not say."""
    fill_account(draft)
    draft.fill("kind", "meeting")
    if draft.is_new and not draft.row.get("subject"):
        whom = who(draft)
        draft.fill("subject", f"{draft.row['kind'].capitalize()} with {whom}" if whom else None)
    if draft.is_new or "starts_wall" in draft.row or "ends_wall" in draft.row:
        _settle_times(draft)


def _settle_times(draft: Draft) -> None:
    desk, row = draft.desk, draft.row
    if not draft.value("starts_wall"):
        raise UsageError("An event needs its beginning.", hint='Give it as starts="tue 10:00".')
    day, clock_time = read_day_and_time(desk, draft.value("starts_wall"))
    starts = datetime.combine(day, clock_time or time())
    ends, is_all_day = _end(draft, starts, is_all_day=clock_time is None)
    if ends <= starts:
        raise UsageError("An event cannot end before it begins.")
    row |= {"starts_wall": _wall(starts, is_all_day=is_all_day), "ends_wall": _wall(ends, is_all_day=is_all_day)}
    row |= {"is_all_day": int(is_all_day), "zone": _zone_name(desk)}
    row |= {"starts_at": _instant(desk, starts), "ends_at": _instant(desk, ends)}


def _end(draft: Draft, starts: datetime, *, is_all_day: bool) -> tuple[datetime, bool]:
    """Return the end (exclusive) and whether whole days are meant."""
    text = draft.row.get("ends_wall")
    if text is None and not draft.is_new and "starts_wall" in draft.row:
        return starts + _former_length(draft), is_all_day
    if text is None:
        return starts + (ONE_DAY if is_all_day else DEFAULT_LENGTH), is_all_day
    text = str(text)
    if re.fullmatch(r"\d{1,2}[:.h]\d{2}|\d{1,2}\s*[ap]m", text.strip(), re.IGNORECASE):
        return datetime.combine(starts.date(), read_time(text)), False
    if re.fullmatch(r"[\d.,]+\s*(h|hours?|m|min|minutes?)(\s*\d+\s*(m|min)?)?", text.strip(), re.IGNORECASE):
        return starts + timedelta(minutes=read_minutes(text)), False
    day, clock_time = read_day_and_time(draft.desk, text)
    if clock_time is None:
        return datetime.combine(day, time()) + ONE_DAY, is_all_day
    return datetime.combine(day, clock_time), False


def _former_length(draft: Draft) -> timedelta:
    before = draft.before
    if before["is_all_day"] != int(len(str(draft.row["starts_wall"])) == len("2026-01-01")):
        return DEFAULT_LENGTH
    return datetime.fromisoformat(before["ends_wall"]) - datetime.fromisoformat(before["starts_wall"])


def _wall(moment: datetime, *, is_all_day: bool) -> str:
    """Return wall time as stored; the end of whole days is the day after the last one."""
    return moment.date().isoformat() if is_all_day else moment.strftime(_WALL)


def _instant(desk: Desk, moment: datetime) -> str:
    return instant_text(moment.replace(tzinfo=desk.store.clock.zone()).astimezone(UTC))


def _zone_name(desk: Desk) -> str:
    zone = desk.store.clock.zone()
    return str(getattr(zone, "key", None) or zone)


VERBS: Final = RecordVerbs("event", complete=_complete)
add, edit, remove, restore = VERBS.add, VERBS.edit, VERBS.remove, VERBS.restore
