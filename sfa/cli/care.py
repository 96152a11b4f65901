"""backup, restore, doctor."""

from typer.core import TyperCommand

from sfa.cli.asking import confirmed
from sfa.cli.building import argument, command, flag
from sfa.cli.output import emit_json, emit_rows, say, tell
from sfa.errors import ExitCode
from sfa.services import care
from sfa.services.desk import open_desk


def backup() -> TyperCommand:
    """Return `sfa backup`."""
    params = [flag("--list", "is_list", help="List them instead."), flag("--json", "is_json", help="As JSON.")]
    return command("backup", _backup, params, "Make a verified backup, or list them.")


def _backup(*, is_list: bool, is_json: bool) -> None:
    desk = open_desk()
    if not is_list:
        made = care.back_up(desk)
        say(
            f"Made and verified backup {made.name} ({made.size / 1e6:.1f} MB). Put it back with: sfa restore {made.name}"
        )
        return
    rows = [
        {"name": info.name, "at": info.at.isoformat(), "reason": info.reason, "megabytes": f"{info.size / 1e6:.1f}"}
        for info in care.list_backups(desk)
    ]
    columns = [
        ("name", "Backup", "text"),
        ("at", "When", "instant"),
        ("reason", "Why", "text"),
        ("megabytes", "MB", "number"),
    ]
    emit_rows(columns, rows, "json" if is_json else "table")
    if not rows:
        tell("No backups yet. Make one: sfa backup")


def restore() -> TyperCommand:
    """Return `sfa restore`."""
    params = [
        argument("name", is_required=False, help="Which backup; the newest where none is given."),
        flag("--yes", "-y", "is_sure", help="Do not ask."),
    ]
    return command(
        "restore", _restore, params, "Put a backup in the place of the database; what is there now is kept as a backup."
    )


def _restore(*, name: str | None, is_sure: bool) -> None:
    from db import backup as backups  # noqa: PLC0415 - the database itself may be unreadable here
    from sfa.clock import SystemClock  # noqa: PLC0415 - as above
    from sfa.paths import Workspace  # noqa: PLC0415 - as above

    workspace = Workspace.default()
    info = backups.find_backup(workspace, name)
    if not is_sure and not confirmed(f"Replace the database by the backup of {info.at.astimezone():%Y-%m-%d %H:%M}?"):
        return
    kept = backups.restore(workspace, info, SystemClock().now())
    say(f"Restored {info.name}." + (f" What was there before is kept as {kept.name}." if kept else ""))


def doctor() -> TyperCommand:
    """Return `sfa doctor`."""
    params = [
        flag("--deep", "is_deep", help="Read every page of the file."),
        flag("--json", "is_json", help="As JSON."),
    ]
    return command(
        "doctor", _doctor, params, "See whether everything is in order; mend what can be mended without a loss."
    )


def _doctor(*, is_deep: bool, is_json: bool) -> int:
    found = list(care.examine(open_desk(), is_deep=is_deep))
    if is_json:
        emit_json([{"subject": item.subject, "is_good": item.is_good, "words": item.words} for item in found])
    else:
        for item in found:
            say(f"{'ok ' if item.is_good else 'BAD'}  {item.subject:<9}  {item.words}")
    return ExitCode.OK if all(item.is_good for item in found) else ExitCode.FAILURE
