"""`sfa agenda`: the calendar of some days, every occurrence."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from typer.core import TyperCommand

from sfa.cli.building import argument, command, flag
from sfa.cli.opening import open_desk
from sfa.cli.output import emit_json, emit_table, say, tell
from sfa.services.agenda import Appointment


def agenda() -> TyperCommand:
    """Return `sfa agenda`."""
    params = [
        argument(
            "words",
            is_required=False,
            is_many=True,
            shown="WHEN",
            help="A day, week, next month, FROM..TO; empty: today.",
        ),
        flag("--all", "has_cancelled", help="Cancelled ones too."),
        flag("--everybody", "is_everybody", help="Everybody's, not only yours."),
        flag("--json", "is_json", help="One JSON array."),
    ]
    return command("agenda", _agenda, params, "Appointments of a day, a week or any days.")


def _agenda(*, words: Sequence[str], has_cancelled: bool, is_everybody: bool, is_json: bool) -> None:
    from sfa.services.agenda import agenda as read_agenda  # noqa: PLC0415 - each command imports its own
    from sfa.services.spans import read_span  # noqa: PLC0415 - as above

    desk = open_desk()
    first, after = read_span(desk, " ".join(words))
    found = read_agenda(desk, first, after, is_everybody=is_everybody, has_cancelled=has_cancelled)
    if is_json:
        emit_json([as_json(item) for item in found.appointments])
    else:
        zone = desk.store.clock.zone()
        for day, items in groupby(found.appointments, key=lambda item: max(item.starts.astimezone(zone).date(), first)):
            say(f"{day:%A, %d %B %Y}")
            emit_table(
                ("When", "What", "Who", "Where", "Ref"),
                [(item.hours(zone), _what(item), _who(item), item.place, item.ref) for item in items],
                (False, False, False, False, False),
            )
            say("")
        if not found.appointments:
            tell('Nothing is planned. Add something: sfa event add "Demo at Acme" --starts "tue 10:00"')
    for note in found.notes:
        tell(note)


def as_json(item: Appointment) -> dict[str, object]:
    """Return an occurrence as JSON has it: moments in its own zone with their offset, whole days as dates."""

    def moment(value: datetime) -> str:
        return str(value.date()) if item.is_all_day else value.isoformat(timespec="seconds")

    return {
        "uid": item.uid,
        "start": moment(item.starts),
        "end": moment(item.ends),
        "all_day": item.is_all_day,
        "summary": item.subject,
        "status": item.status,
        "kind": item.kind,
        "zone": item.zone,
        "original": item.original,
        "place": item.place or None,
        "url": item.url or None,
        "account": item.account or None,
        "contact": item.contact or None,
        "busy": item.busy,
        "privacy": item.privacy,
        "collides": item.collides,
        "ref": item.ref,
        "id": item.id,
    }


def _what(item: Appointment) -> str:
    marks = ("" if item.status == "planned" else f" ({item.status.replace('_', ' ')})") + (
        " ↻" if item.is_repeating else ""
    )
    return f"{'! ' if item.collides else ''}{item.subject}{marks}"


def _who(item: Appointment) -> str:
    return ", ".join(dict.fromkeys(name for name in (item.contact, item.account) if name))
