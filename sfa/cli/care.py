"""backup, restore, doctor."""

from typer.core import TyperCommand

from db.backup import BackupInfo
from sfa.cli.asking import confirmed, sure_options
from sfa.cli.building import argument, command, flag, json_option
from sfa.cli.opening import open_desk
from sfa.cli.output import emit_json, emit_rows, say, tell
from sfa.errors import ExitCode
from sfa.services import care
from sfa.services import desk as service

COLUMNS = [
    ("name", "Backup", "text"),
    ("at", "When", "instant"),
    ("reason", "Why", "text"),
    ("megabytes", "MB", "number"),
]


def backup() -> TyperCommand:
    """Return `sfa backup`."""
    params = [flag("--list", "is_list", help="List them instead."), json_option("As JSON.")]
    return command("backup", _backup, params, "Make a verified backup, or list them.")


def _backup(*, is_list: bool, is_json: bool) -> None:
    desk = open_desk()
    if is_list:
        rows = [_row(info) for info in care.list_backups(desk)]
        emit_rows(COLUMNS, rows, "json" if is_json else "table")
        if not rows:
            tell("No backups yet. Make one: sfa backup")
        return
    made = care.back_up(desk)
    if is_json:
        emit_json(_row(made))
        return
    say(f"Made and verified backup {made.name} ({made.size / 1e6:.1f} MB). Put it back with: sfa restore {made.name}")


def _row(info: BackupInfo) -> dict[str, object]:
    return {
        "name": info.name,
        "at": info.at.isoformat(),
        "reason": info.reason,
        "megabytes": f"{info.size / 1e6:.1f}",
    }


def restore() -> TyperCommand:
    """Return `sfa restore`."""
    params = [
        argument("name", is_required=False, help="Which backup; the newest where none is given."),
        *sure_options(),
    ]
    return command(
        "restore", _restore, params, "Put a backup in the place of the database; what is there now is kept as a backup."
    )


def _restore(*, name: str | None, is_sure: bool, is_unattended: bool) -> None:
    info = care.find_backup(name)
    question = f"Replace the database by the backup of {info.at.astimezone():%Y-%m-%d %H:%M}?"
    if not is_sure and not confirmed(question, is_unattended=is_unattended):
        return
    kept = care.restore(info)
    before = f" What was there before is kept as {kept.name}." if kept else ""
    say(f"Restored {info.name}.{before}")


def doctor() -> TyperCommand:
    """Return `sfa doctor`."""
    params = [flag("--deep", "is_deep", help="Read every page of the file."), json_option("As JSON.")]
    return command(
        "doctor", _doctor, params, "See whether everything is in order; mend what can be mended without a loss."
    )


def _doctor(*, is_deep: bool, is_json: bool) -> int:
    found = list(care.examine(service.open_desk(), is_deep=is_deep))
    if is_json:
        emit_json([{"subject": item.subject, "is_good": item.is_good, "words": item.words} for item in found])
    else:
        for item in found:
            say(f"{'ok ' if item.is_good else 'BAD'}  {item.subject:<9}  {item.words}")
    return ExitCode.OK if all(item.is_good for item in found) else ExitCode.FAILURE
