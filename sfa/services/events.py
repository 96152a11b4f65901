"""Events: appointments in wall time of a zone, or of whole days, once or again and again."""

from datetime import datetime, timedelta
from typing import Final

from db.queries.agenda import exceptions_of
from sfa.domain.recurrence.shifting import shift_set
from sfa.errors import UsageError
from sfa.services.drafts import Draft
from sfa.services.event_people import write_people_and_reminders
from sfa.services.event_times import DEFAULT_LENGTH, instant_of, own_zone, read_end, read_start, read_zone
from sfa.services.links import fill_account, who
from sfa.services.records import RecordVerbs
from sfa.services.series import read_rule_text, rule_lines, set_of, until_of
from sfa.services.walls import ONE_DAY, wall_of, wall_text

_TIMES: Final = ("starts_wall", "ends_wall", "zone", "rule")


def _complete(draft: Draft) -> None:
    """Settle when it begins and ends: ends an hour later, or that day, where the user does not say."""
    fill_account(draft)
    draft.fill("kind", "meeting")
    if draft.is_new and not draft.row.get("subject"):
        whom = who(draft)
        draft.fill("subject", f"{draft.row['kind'].capitalize()} with {whom}" if whom else None)
    if draft.is_new or any(name in draft.row for name in _TIMES):
        _settle_times(draft)


def _settle_times(draft: Draft) -> None:
    desk, row = draft.desk, draft.row
    if not draft.value("starts_wall"):
        raise UsageError("An event needs its beginning.", hint='Give it as starts="tue 10:00".')
    zone = read_zone(str(row["zone"])) if row.get("zone") else (draft.before.get("zone") or own_zone(desk))
    typed = read_start(desk, draft.value("starts_wall"), zone)
    ends, is_all_day = _end(draft, typed.start, typed.end, is_all_day=typed.is_all_day)
    if ends < typed.start or (ends == typed.start and is_all_day):
        raise UsageError("An event cannot end before it begins.")
    row |= {"zone": zone, "is_all_day": int(is_all_day)}
    row |= {
        "starts_wall": wall_text(typed.start, is_all_day=is_all_day),
        "ends_wall": wall_text(ends, is_all_day=is_all_day),
    }
    row |= {"starts_at": instant_of(desk, typed.start, zone), "ends_at": instant_of(desk, ends, zone)}
    _settle_rule(draft, typed.rule)


def _end(draft: Draft, start: datetime, told: datetime | None, *, is_all_day: bool) -> tuple[datetime, bool]:
    """Return the end (exclusive) and whether whole days are meant."""
    value = draft.row.get("ends_wall")
    if value is None and told is not None:
        return told, is_all_day
    if value is None and not draft.is_new and "starts_wall" in draft.row:
        return start + _former_length(draft, is_all_day=is_all_day), is_all_day
    if value is None and not draft.is_new:
        return wall_of(draft.before["ends_wall"]), is_all_day
    if value is None:
        return start + (ONE_DAY if is_all_day else DEFAULT_LENGTH), is_all_day
    return read_end(draft.desk, value, start, is_all_day=is_all_day)


def _former_length(draft: Draft, *, is_all_day: bool) -> timedelta:
    before = draft.before
    if before["is_all_day"] != int(is_all_day):
        return ONE_DAY if is_all_day else DEFAULT_LENGTH
    return wall_of(before["ends_wall"]) - wall_of(before["starts_wall"])


def _settle_rule(draft: Draft, told: str | None) -> None:
    """Keep the rule that was typed, or that the words of the beginning told, and until when it goes."""
    row = draft.row
    text = row["rule"] if "rule" in row else (told or _former_rule(draft))
    if text:
        start, is_all_day = wall_of(row["starts_wall"]), bool(row["is_all_day"])
        row["rule"] = read_rule_text(_as_rule(draft, str(text)), start, row["zone"], is_all_day=is_all_day)
        row["until_at"] = until_of(row)
    elif not draft.is_new and draft.before.get("rule"):
        row |= {"rule": None, "until_at": None}


def _former_rule(draft: Draft) -> str | None:
    """Return the rule that a series had, moved with its beginning: weekly on Monday becomes weekly on Tuesday."""
    before = draft.before
    if not before.get("rule"):
        return None
    shift = _shift(draft)
    if not shift:
        return str(before["rule"])
    moved = shift_set(set_of(before), shift)
    if moved.overrides:
        raise UsageError(
            "That series cannot be moved so: no rule says it.",
            hint="Give the new rule too: --repeats, or move one: --on DAY",
        )
    return rule_lines(moved)


def _shift(draft: Draft) -> timedelta:
    return wall_of(draft.row["starts_wall"]) - wall_of(draft.before["starts_wall"])


def _finish(draft: Draft) -> None:
    """Write who comes and the reminders; exceptions of a series that was moved stay with their instances."""
    write_people_and_reminders(draft)
    if draft.is_new or not draft.before.get("rule") or "starts_wall" not in draft.row:
        return
    shift, is_all_day = _shift(draft), bool(draft.row["is_all_day"])
    if shift:
        for exception in exceptions_of(draft.desk.store, draft.id):
            original = wall_text(wall_of(exception["original_wall"]) + shift, is_all_day=is_all_day)
            draft.work.update("event", exception["id"], {"original_wall": original})


def _as_rule(draft: Draft, text: str) -> str:
    """Return lines of a recurrence as they are; words as `every other friday` as the rule that they mean."""
    if "=" in text or ":" in text:
        return text
    found = read_start(draft.desk, text, draft.row["zone"])
    if found.rule is None:
        raise UsageError(f"“{text}” does not say how often.", hint="Write it as “every monday” or “monthly”.")
    return found.rule


VERBS: Final = RecordVerbs("event", complete=_complete, finish=_finish)
add, edit, remove, restore = VERBS.add, VERBS.edit, VERBS.remove, VERBS.restore
