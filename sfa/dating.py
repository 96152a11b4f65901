"""Tells what the grammar of dates makes of a text, without any import that costs; for the fast door and the commands."""

import os
import sys
from datetime import UTC, datetime, timedelta, tzinfo

from sfa.domain.when.finding import find_when
from sfa.domain.when.leaving import rest_of
from sfa.domain.when.leftovers import unread
from sfa.domain.when.orders import local_order
from sfa.domain.when.values import When, WhenError

NOT_FOUND = 3
USAGE = 2
LANGUAGES = ("auto", "en", "zh")
ORDERS = ("dmy", "mdy", "ymd")
LEANINGS = ("future", "past")
DATE_FORMAT, MOMENT_FORMAT = "%a %d %b %Y", "%a %d %b %Y, %H:%M"
_CHOICES = {"--lang": LANGUAGES, "--order": ORDERS, "--prefer": LEANINGS}
VALUED = ("--now", "--tz", *_CHOICES)
_SHOWN_CHARACTERS = 60
_FIRST_PRINTABLE = 32
_C1 = range(0x7F, 0xA0)
_ESCAPES = {code: f"\\u{code:04x}" for code in (*range(_FIRST_PRINTABLE), *_C1, 0x2028, 0x2029)} | {
    ord('"'): '\\"', ord("\\"): "\\\\", ord("\n"): "\\n", ord("\t"): "\\t",
}  # fmt: skip
_INERT = dict.fromkeys((*range(_FIRST_PRINTABLE), *_C1, 0x2028, 0x2029), " ")


class LocalZone(tzinfo):
    """The zone of this machine, with its own rules of summer time."""

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        """Return how far a wall time here is ahead of UTC."""
        return moment.replace(tzinfo=None).astimezone().utcoffset() if moment else None

    def dst(self, moment: datetime | None) -> timedelta | None:
        """Return None: it is not known apart from the offset."""

    def tzname(self, moment: datetime | None) -> str | None:
        """Return None: it is not asked for."""

    def fromutc(self, moment: datetime) -> datetime:
        """Return the wall time here of a moment in UTC."""
        return moment.replace(tzinfo=UTC).astimezone().replace(tzinfo=self)


def tell_date(
    text: str, *, now: str | None, zone_name: str | None, language: str, order: str | None, prefers: str, is_json: bool
) -> int:
    """Print the date that is found in a text; return 0, 3 where there is none, 2 where it is impossible."""
    try:
        for name, value in (("--lang", language), ("--order", order), ("--prefer", prefers)):
            _check(name, value)
        zone = _zone(zone_name, now)
        found = find_when(
            text,
            _moment(now, zone),
            language=language,
            order=order or local_order(zone_name or "", _locale()),
            prefers=prefers,
            zone=zone,
        )
    except WhenError as error:
        return _refuse(str(error), USAGE)
    if found is None:
        shown = text.translate(_INERT).strip()
        shown = shown if len(shown) <= _SHOWN_CHARACTERS else f"{shown[:_SHOWN_CHARACTERS]}…"
        return _refuse(f"No date is found in “{shown}”: try tomorrow 10:00, next tue, 3 march.", NOT_FOUND)
    half = unread(text, found.spans)
    if half:
        return _refuse(
            f"“{half.translate(_INERT)}” is not understood beside “{found.text.translate(_INERT)}”.", NOT_FOUND
        )
    sys.stdout.write((as_json(found, text) if is_json else in_words(found)) + "\n")
    return 0


def _check(name: str, value: str | None) -> None:
    if value is not None and value not in _CHOICES[name]:
        raise WhenError(f"{name} “{value.translate(_INERT)}” is none of {', '.join(_CHOICES[name])}.")


def _refuse(sentence: str, code: int) -> int:
    sys.stderr.write(f"sfa: {sentence}\n")
    return code


def _locale() -> str:
    return os.environ.get("LC_ALL") or os.environ.get("LC_TIME") or os.environ.get("LANG") or ""


def _zone(name: str | None, now: str | None) -> tzinfo:
    """Return the zone that is named, else that of a moment which is given with its offset, else that of this machine."""
    if name is None:
        return _given_zone(now) or LocalZone()
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - only where a zone is named

    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        raise WhenError(f"There is no zone “{name.translate(_INERT)}”: write one such as Europe/Berlin.") from None


def _given_zone(now: str | None) -> tzinfo | None:
    try:
        return datetime.fromisoformat(now).tzinfo if now else None
    except ValueError:
        return None  # told where the moment itself is read


def _moment(text: str | None, zone: tzinfo) -> datetime:
    """Return the wall time in a zone from which dates are seen.

    Raises:
        WhenError: it is written in no form that is known.
    """
    if text is None:
        fixed = os.environ.get("SFA_TODAY")
        present = datetime.now(UTC).astimezone(zone).replace(tzinfo=None, microsecond=0)
        return datetime.combine(datetime.fromisoformat(fixed), present.time()) if fixed else present
    try:
        given = datetime.fromisoformat(text)
        return given if given.tzinfo is None else given.astimezone(zone).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise WhenError(f"--now “{text.translate(_INERT)}” is no moment: write 2026-11-21T10:00.") from None


def as_json(found: When, text: str) -> str:
    """Return a date as one line of JSON; wall times, days alone where it lasts whole days, `end` exclusive."""
    values = {
        "start": _quoted(_iso(found.start, is_day=found.all_day)),
        "end": _quoted(_iso(found.end, is_day=found.all_day)) if found.end else "null",
        "all_day": "true" if found.all_day else "false",
        "grain": _quoted(found.grain),
        "rule": _quoted(found.rule) if found.rule else "null",
        "text": _quoted(found.text),
        "rest": _quoted(rest_of(text, found.spans)),
    }
    return "{" + ", ".join(f'"{name}": {value}' for name, value in values.items()) + "}"


def _iso(moment: datetime, *, is_day: bool) -> str:
    return (moment.date() if is_day else moment).isoformat()


def _quoted(text: str) -> str:
    return f'"{text.encode("utf-8", "replace").decode().translate(_ESCAPES)}"'


def in_words(found: When) -> str:
    """Return a date as people read it; the last day of a range is told, not the day after it."""
    form = DATE_FORMAT if found.all_day else MOMENT_FORMAT
    told = found.start.strftime(form)
    if found.end is not None:
        last = found.end - timedelta(days=1) if found.all_day else found.end
        if last.date() != found.start.date():
            told += f" to {last.strftime(form)}"
        elif not found.all_day:
            told += f" to {last:%H:%M}"
    return f"{told} ({found.rule})" if found.rule else told
