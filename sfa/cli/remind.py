"""`sfa remind`: reminders that are due, once each, for cron, systemd, launchd and the Task Scheduler."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING

from sfa.cli.agenda import as_json
from sfa.cli.building import command, flag, json_option, option
from sfa.cli.opening import open_desk
from sfa.cli.output import emit_json, say

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from typer.core import TyperCommand

    from sfa.services.reminders import Reminder

TELLER = "shell"


def remind() -> TyperCommand:
    """Return `sfa remind`."""
    params = [
        option("--within", "within", default="", shown="TIME", help="Also what becomes due in that time: 15min."),
        flag("--every", "has_told", help="Every one that is due, those that were told before too."),
        flag("--quiet", "is_quiet", help="No bell and no desktop notification."),
        json_option("One JSON array."),
    ]
    return command("remind", _remind, params, "Tell what is due to be reminded of, once; for cron and its kin.")


def _remind(*, within: str, has_told: bool, is_quiet: bool, is_json: bool) -> None:
    from sfa.services.moments import read_minutes  # noqa: PLC0415 - each command imports its own
    from sfa.services.reminders import due, mark_told  # noqa: PLC0415 - as above

    desk = open_desk()
    minutes = read_minutes(within) if within else 0
    found = due(desk, TELLER, within=timedelta(minutes=minutes), has_told=has_told)
    now, zone = desk.store.clock.now(), desk.store.clock.zone()
    lines = [_line(item, now, zone) for item in found]
    if is_json:
        emit_json(
            [
                {**as_json(item.item), "minutes_before": item.minutes, "due": item.at.isoformat(timespec="seconds")}
                for item in found
            ]
        )
    else:
        for line in lines:
            say(line)
    mark_told(desk, TELLER, found)
    if lines and not is_quiet:
        _ring(lines)


def _ring(lines: list[str]) -> None:
    from sfa.cli.notifying import notify  # noqa: PLC0415 - only where something is due

    if sys.stderr.isatty():
        sys.stderr.write("\a")
        sys.stderr.flush()
    for line in lines:
        notify("sfa", line)


def _line(reminder: Reminder, now: datetime, zone: tzinfo) -> str:
    from sfa.services.countdown import how_soon  # noqa: PLC0415 - as above

    item = reminder.item
    starts = item.starts.astimezone(zone)
    is_today = starts.date() == now.astimezone(zone).date()
    when = f"{starts:%a %d %b}" if item.is_all_day else f"{starts:%H:%M}" if is_today else f"{starts:%a %d %b %H:%M}"
    return f"{when} {reminder.words} ({how_soon(starts, now)}, {item.ref})"
