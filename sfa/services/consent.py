"""Consent: what a contact said about being reached by a channel for a purpose, and what counts on a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from db.queries import consent as queries
from sfa.clock import instant_text, parse_instant_text
from sfa.domain.consent import CHANNELS, PURPOSES, SALES, STANCES, Said, newest
from sfa.domain.fields import NOUNS
from sfa.domain.text import clean
from sfa.errors import UsageError
from sfa.services import reach_limits, reaching
from sfa.services.coercion import read_choice, read_values
from sfa.services.desk import Desk, Saved
from sfa.services.links import as_list
from sfa.services.moments import read_day, read_instant
from sfa.services.records import described, live, saved

REACHING = ("activity", "task", "event")
WHOM = ("contact", "attendees")
TELLING = frozenset({"kind", "subject", *WHOM})
LONGEST_SOURCE = 200
LONGEST_EVIDENCE = 65536


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing said; `said_at` is the UTC instant from which on it holds."""

    said_at: str
    channel: str
    purpose: str
    stance: str
    source: str
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """What a contact said, as typed; `on` the day when they said it, today where it is empty."""

    channel: str
    stance: str
    purpose: str = SALES
    source: str = ""
    evidence: str = ""
    on: str = ""


def say(desk: Desk, contact_id: str, word: Word, *, is_dry_run: bool = False) -> Saved:
    """Write down what a contact said; nothing said before is changed, the newest counts.

    Raises:
        UsageError: no such channel, purpose or stance, or a day that lies ahead.
        NotFoundError: there is no such contact.
    """
    values = _columns(desk, word)
    spec = NOUNS["contact"]
    with desk.store.write("contact.consent", is_dry_run=is_dry_run) as work:
        (row,) = live(desk, spec, [contact_id])
        work.insert("consent_event", {"contact_id": contact_id, **values})
        told = f"{values['channel']} for {values['purpose']} {values['stance']} since {values['said_at'][:10]}"
        work.summary = f"Consent of {described(desk, spec, contact_id)}: {told}"
    return saved(work, is_dry_run=is_dry_run, record_id=contact_id, ref=row["ref"])


def _columns(desk: Desk, word: Word) -> dict[str, str]:
    now = instant_text(desk.store.clock.now())
    said_at = read_instant(desk, word.on, is_past=True) if word.on else now
    if said_at > now and read_day(desk, word.on, is_past=True) > desk.today:
        raise UsageError(f"{said_at[:10]} lies ahead: nobody can have said it yet.")
    source = clean(word.source).strip() or "told me"
    if len(source) > LONGEST_SOURCE:
        raise UsageError(f"Source: at most {LONGEST_SOURCE} characters.", hint="The rest belongs into --evidence.")
    evidence = clean(word.evidence, multiline=True).strip()
    if len(evidence) > LONGEST_EVIDENCE:
        raise UsageError(f"Evidence: at most {LONGEST_EVIDENCE:,} characters.")
    return {
        "channel": _choice("Channel", word.channel, CHANNELS),
        "purpose": _choice("Purpose", word.purpose, PURPOSES),
        "stance": _choice("Stance", word.stance, STANCES),
        "said_at": said_at,
        "source": source,
        **({"evidence": evidence} if evidence else {}),
    }


def standing(desk: Desk, contact_id: str, on: str | None = None) -> list[Statement]:
    """Return what counts, now or at the end of a day, by purpose and channel."""
    said = (Said(*row) for row in queries.said(desk.store, [contact_id], _end_of(desk, on) if on else None))
    found = newest(said).values()
    ordered = sorted(found, key=lambda item: (-PURPOSES.index(item.purpose), CHANNELS.index(item.channel)))
    return [Statement(item.said_at, item.channel, item.purpose, item.stance, item.source) for item in ordered]


def history(desk: Desk, contact_id: str) -> list[Statement]:
    """Return all that was ever said, the newest first."""
    return [Statement(*row[:6]) for row in queries.history(desk.store, contact_id)]


def heed(
    desk: Desk, noun: str, values: Mapping[str, object], force: str | None = None, *, is_fact: bool = False
) -> list[str]:
    """Return a sentence for each contact who would rather not be reached so, or is too often, before a record is added.

    An activity that began before now is a fact, as is what the caller says is one: facts are never refused.
    `force` is the reason of a user who insists.

    Raises:
        NotAllowedError: somebody forbade it.
        UsageError, NotFoundError, ConflictError: as for `read_values`.
    """
    if noun not in REACHING or not any(values.get(name) for name in WHOM):
        return []
    typed = {spec.name: value for spec, value in read_values(desk, NOUNS[noun], values).items()}
    if typed.get("direction") == "in" or typed.get("status") in ("done", "held", "cancelled", "not_held"):
        return []
    kind, whom = "" if noun == "task" else str(typed.get("kind") or "other"), _whom(typed)
    is_fact = is_fact or (noun == "activity" and _is_past(desk, typed))
    said = str(typed.get("subject") or "")
    found = reaching.warnings(desk.store, whom, kind, said, is_fact=is_fact, is_forced=force is not None)
    if noun == "activity" and not is_fact:
        started = typed.get("started")
        at = parse_instant_text(str(started)) if started else desk.store.clock.now()
        found += reach_limits.warnings(desk.store, desk.config, whom, kind, at, is_forced=force is not None)
    return found


def _whom(typed: Mapping[str, Any]) -> list[str]:
    """Return the contacts whom a record reaches: its own and those who attend, each once."""
    attending = [row["contact_id"] for row in typed.get("attendees") or () if row.get("contact_id")]
    return list(dict.fromkeys([*as_list(typed.get("contact")), *attending]))


def heed_change(
    desk: Desk, noun: str, ids: Sequence[str], values: Mapping[str, object], force: str | None = None
) -> tuple[list[str], dict[str, object]]:
    """Return what `heed` says of tasks or appointments that become others, and the values with the reason of who insists.

    A change that tells neither whom nor how one reaches out is free.

    Raises:
        NotAllowedError: somebody forbade it.
        UsageError: several are changed at once against somebody's word.
    """
    if noun not in ("task", "event") or not TELLING & values.keys():
        return [], dict(values)
    minded: list[str] = []
    note: object = None
    for record_id in ids:
        before = queries.to_be_reached(desk.store, noun, record_id)
        note = before.pop("note")
        after = {**before, **values}
        minded += heed(desk, noun, {name: after[name] for name in before}, force)
    if not minded or force is None:
        return minded, dict(values)
    if len(ids) > 1:
        raise UsageError("One insists on one record at a time.", hint="Change them one by one.")
    return minded, with_reason({"note": note, **values}, force)


def with_reason(values: Mapping[str, object], reason: str) -> dict[str, object]:
    """Return the values of a record, with why it was made against a wish in its note.

    Raises:
        UsageError: there is no reason.
    """
    said = clean(reason).strip()
    if not said:
        raise UsageError("Why, against their word?", hint='Give the reason: --force "asked for it on the phone"')
    note = "\n".join(str(part) for part in (values.get("note"), reaching.insisted(said)) if part)
    return {**values, "note": note}


def _is_past(desk: Desk, typed: Mapping[str, Any]) -> bool:
    started = typed.get("started")
    return bool(started) and str(started) < instant_text(desk.store.clock.now())


def _end_of(desk: Desk, day: str) -> str:
    after = read_day(desk, day, is_past=True) + timedelta(days=1)
    return instant_text(datetime.combine(after, time(), desk.store.clock.zone()))


def _choice(label: str, text: str, choices: tuple[str, ...]) -> str:
    try:
        return read_choice(text, choices)
    except UsageError as error:
        raise UsageError(f"{label}: {error.message}", hint=error.hint) from error
