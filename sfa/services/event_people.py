"""Who is asked to an appointment, and how long before it the rep is reminded."""

import re
from typing import Any, Final

from db.queries import records as queries
from sfa.domain.text import clean
from sfa.errors import NotFoundError, UsageError
from sfa.services.desk import Desk
from sfa.services.drafts import Draft
from sfa.services.identity import folded_email
from sfa.services.references import resolve

ANSWERS: Final = ("needs_action", "accepted", "declined", "tentative", "delegated")
MOST_REMINDERS: Final = 20
LONGEST_MIN: Final = 60 * 24 * 366
_UNITS: Final = {"m": 1, "h": 60, "d": 60 * 24, "w": 60 * 24 * 7, "分": 1, "小": 60, "天": 60 * 24, "周": 60 * 24 * 7}
_REMINDER: Final = re.compile(r"(\d{1,6})\s*(m|min|mins|minutes?|h|hrs?|hours?|d|days?|w|weeks?|分钟|小时|天|周)?")
_ANSWERED: Final = re.compile(r"(.*)\(([\w ]+)\)")
_MAILBOX: Final = re.compile(r"(?:(.*?)\s*<)?([^\s<>@]+@[^\s<>@]+)>?")


def read_attendees(desk: Desk, value: object) -> list[dict[str, Any]]:
    """Return columns of `event_attendee` for people as typed: `Jane Doe (accepted), bob@acme.com`; or such columns.

    A name or an address of the book becomes its contact; others stay as they are typed.

    Raises:
        UsageError: an answer that is none.
        ConflictError: a name means several contacts.
    """
    parts = re.split(r"[,;，；]", value) if isinstance(value, str) else value
    if not isinstance(parts, (list, tuple)):
        raise UsageError(f"{value!r} is no list of people.")
    return [dict(part) if isinstance(part, dict) else _attendee(desk, part) for part in parts if part]


def _attendee(desk: Desk, text: object) -> dict[str, Any]:
    words = clean(str(text)).strip()
    found: dict[str, Any] = {}
    answered = _ANSWERED.fullmatch(words)
    if answered:
        words = answered[1].strip()
        found["answer"] = _answer(answered[2])
    mailbox = _MAILBOX.fullmatch(words)
    if mailbox:
        found |= {"name": mailbox[1] or None, "address": mailbox[2]}
        found["contact_id"] = queries.contact_at(desk.store, folded_email(mailbox[2]))
        return found
    try:
        found["contact_id"] = resolve(desk, "contact", words).id
    except NotFoundError:
        found["name"] = words
    return found


def _answer(text: str) -> str:
    words = text.strip().lower().replace(" ", "_")
    if words not in ANSWERS:
        raise UsageError(f"“{text}” is no answer.", hint=f"Choose from: {', '.join(ANSWERS)}.")
    return words


def read_reminders(value: object) -> list[int]:
    """Return minutes before the beginning, the longest first: `15min, 1h, 1 day`; a list of minutes as it is.

    Raises:
        UsageError: one is no length of time, too long, or they are too many.
    """
    parts = re.split(r"[,;，；]", value) if isinstance(value, str) else value
    if not isinstance(parts, (list, tuple)):
        parts = [value]
    found = {part if isinstance(part, int) else _minutes(str(part)) for part in parts if part != ""}
    if any(not 0 <= minutes <= LONGEST_MIN for minutes in found):
        raise UsageError("A reminder comes a year before at most.")
    if len(found) > MOST_REMINDERS:
        raise UsageError(f"{len(found)} reminders are too many: {MOST_REMINDERS} at most.")
    return sorted(found, reverse=True)


def _minutes(text: str) -> int:
    match = _REMINDER.fullmatch(text.strip().lower())
    if match is None:
        raise UsageError(f"“{text.strip()}” is no time before an appointment.", hint="Write it as 15min, 2h or 1 day.")
    return int(match[1]) * (_UNITS[match[2][0]] if match[2] else 1)


def reminder_words(minutes: int) -> str:
    """Return how long before: `15 min`, `2 h`, `1 day`, `2 weeks`."""
    for unit, length in (("week", 60 * 24 * 7), ("day", 60 * 24)):
        if minutes and minutes % length == 0:
            count = minutes // length
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return f"{minutes // 60} h" if minutes and minutes % 60 == 0 else f"{minutes} min"


def write_people_and_reminders(draft: Draft) -> None:
    """Let exactly the named people be asked, and exactly these reminders be there."""
    if "attendees" in draft.parts:
        _replace(draft, "event_attendee", draft.parts["attendees"] or [], _who)
    if "reminders" in draft.parts:
        wanted = [{"minutes_before": minutes} for minutes in draft.parts["reminders"] or []]
        _replace(draft, "event_reminder", wanted, _how_long)


def _replace(draft: Draft, table: str, wanted: list[dict[str, Any]], key: Any) -> None:  # noqa: ANN401 - a function of a row
    """Make the rows of a table be the wanted ones: those that stay are changed, not made anew."""
    present = {key(row): row for row in queries.linked(draft.desk.store, table, "event_id", draft.id)}
    kept = {key(values): values for values in wanted}
    for name, row in present.items():
        if name not in kept:
            draft.work.remove(table, row["id"])
    for name, values in kept.items():
        if name in present:
            draft.work.update(table, present[name]["id"], {k: v for k, v in values.items() if present[name][k] != v})
        else:
            given = {column: value for column, value in values.items() if value is not None}
            draft.work.insert(table, {"event_id": draft.id, **given})


def _who(row: dict[str, Any]) -> object:
    return row.get("contact_id") or (row.get("address") or row.get("name") or "").lower()


def _how_long(row: dict[str, Any]) -> object:
    return row["minutes_before"]
