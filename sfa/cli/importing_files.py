"""`sfa import` of calendars and address books: what was taken, what was not, and why."""

from collections import Counter
from pathlib import Path

from sfa.cli.output import tell
from sfa.cli.progress import progress
from sfa.domain.fields import NOUNS
from sfa.errors import NotFoundError, UsageError
from sfa.exchange.file_results import FileResult, Refusal
from sfa.exchange.sheets_encoding import read_head
from sfa.services.desk import Desk

LINES_SHOWN = 20
SUFFIXES = {".ics": "calendar", ".ical": "calendar", ".ifb": "calendar", ".vcf": "cards", ".vcard": "cards"}
_NOUNS = {"calendar": {"event", "task", "note"}, "cards": {"contact"}}


def kind_of(path: Path) -> str | None:
    """Return `calendar`, `cards`, or None for a table: by what a file holds, else by its ending."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        head = file.read(4096).replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").upper()
    if head.startswith(b"BEGIN:VCARD"):
        return "cards"
    if head.startswith((b"BEGIN:VCALENDAR", b"BEGIN:VEVENT", b"BEGIN:VTODO", b"BEGIN:VJOURNAL")):
        return "calendar"
    return SUFFIXES.get(path.suffix.lower())


def import_one(
    desk: Desk, path: Path, kind: str, *, noun: str | None, create: frozenset[str], is_dry_run: bool
) -> tuple[dict[str, object], bool]:
    """Import a calendar or address file; return what was done for programs, and whether nothing could be taken.

    Raises:
        UsageError: the rows are said to be something else, or the file holds nothing of its kind.
    """
    if noun is not None and noun not in _NOUNS[kind]:
        word = "appointments" if kind == "calendar" else "contacts"
        raise UsageError(f"{path.name} holds {word}, no {NOUNS[noun].plural}.", hint="Leave --as out.")
    if not path.exists():
        raise NotFoundError(f"There is no file {path}.")
    read_head(path)
    data = path.read_bytes()
    result = _calendar(desk, path, data, is_dry_run=is_dry_run) if kind == "calendar" else None
    if result is None:
        result = _cards(desk, path, data, create, is_dry_run=is_dry_run)
    _tell(result)
    summary = _summary(path, result, kind, is_dry_run=is_dry_run)
    told = _as_json(path, result, kind, summary, is_dry_run=is_dry_run)
    return told, bool(result.rejected and not result.taken)


def _calendar(desk: Desk, path: Path, data: bytes, *, is_dry_run: bool) -> FileResult:
    from sfa.exchange.calendar_import import read_calendars, run  # noqa: PLC0415 - each kind imports its own

    calendars = read_calendars(data)
    if not calendars:
        raise UsageError(f"{path.name} is no calendar file.", hint="Such files begin with BEGIN:VCALENDAR.")
    total = sum(len(calendar.children) for calendar in calendars)
    with progress(total * 2, path.name) as advance:
        return run(desk, path, calendars, is_dry_run=is_dry_run, on_progress=advance)


def _cards(desk: Desk, path: Path, data: bytes, create: frozenset[str], *, is_dry_run: bool) -> FileResult:
    from sfa.exchange.card_import import read_cards, run  # noqa: PLC0415 - as above

    cards = read_cards(data)
    if not cards:
        raise UsageError(f"{path.name} is no address file.", hint="Such files begin with BEGIN:VCARD.")
    with progress(len(cards) * 2, path.name) as advance:
        return run(desk, path, cards, create=create, is_dry_run=is_dry_run, on_progress=advance)


def _tell(result: FileResult) -> None:
    for note in result.notes:
        tell(f"  {note}")
    shown = result.rejected[:LINES_SHOWN]
    for item in shown:
        tell(f"  line {item.line:,}, {item.what}: {item.reason}")
    if len(result.rejected) > len(shown):
        reasons = Counter(item.reason for item in result.rejected[len(shown) :])
        for reason, count in reasons.most_common(LINES_SHOWN):
            tell(f"  ... {count:,} more: {reason}")
    for noun, count in result.created.items():
        tell(f"  Made on the way: {count:,} {NOUNS[noun].plural if count != 1 else noun}.")


def _summary(path: Path, result: FileResult, kind: str, *, is_dry_run: bool) -> str:
    parts = [
        f"{counts.taken:,} {NOUNS[noun].plural if counts.taken != 1 else noun}"
        f" ({counts.new:,} new, {counts.changed:,} changed, {counts.unchanged:,} unchanged)"
        for noun, counts in result.counts.items()
        if counts.taken
    ]
    if not parts:
        what = "appointments, tasks or notes" if kind == "calendar" else "cards"
        parts = ["nothing"] if result.rejected else [f"nothing: {path.name} holds no {what}"]
    rejected = f", {len(result.rejected):,} rejected" if result.rejected else ""
    undo = " Undo: sfa undo" if result.operation_id else ""
    return f"{'Would import' if is_dry_run else 'Imported'} {', '.join(parts)}{rejected}.{undo}"


def _as_json(path: Path, result: FileResult, kind: str, summary: str, *, is_dry_run: bool) -> dict[str, object]:
    first = "event" if kind == "calendar" else "contact"
    return {
        "file": str(path),
        "noun": first,
        "summary": summary,
        "new": sum(counts.new for counts in result.counts.values()),
        "changed": sum(counts.changed for counts in result.counts.values()),
        "unchanged": sum(counts.unchanged for counts in result.counts.values()),
        "counts": {
            noun: {"new": counts.new, "changed": counts.changed, "unchanged": counts.unchanged}
            for noun, counts in result.counts.items()
            if counts.taken
        },
        "created": result.created,
        "rejected": [_refusal(item) for item in result.rejected],
        "notes": result.notes,
        "operation": result.operation_id,
        "is_dry_run": is_dry_run,
    }


def _refusal(item: Refusal) -> dict[str, object]:
    return {"line": item.line, "what": item.what, "reason": item.reason}
