"""sync: the company's server: join it, bring laptop and server together, settle what needs a person."""

from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

from typer.core import TyperCommand, TyperOption

from sfa.cli.building import LazyGroup, argument, command, flag, json_option, option
from sfa.cli.opening import open_desk
from sfa.cli.output import emit_json, emit_rows, say, tell
from sfa.cli.progress import progress
from sfa.errors import SignedOffError, UsageError
from sfa.sync import by_file, inbox, syncing
from sfa.sync.syncing import Report

_ALL = ""
_CHOICES = {
    inbox.MINE: "Write my value of FIELD again; without FIELD, of the whole entry.",
    inbox.THEIRS: "Keep what the server has.",
    inbox.BEFORE: "Write what was there before.",
}
_FLAGS = {f"--{name}" for name in _CHOICES}


class SyncGroup(LazyGroup):
    """Without a verb it syncs; `--now`, `--status` and `--inbox` are verbs too."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - Typer's own signature
        """Take the options that stand for verbs as verbs."""
        if not args or (args[0].startswith("--") and args[0] != "--help"):
            first = args[0][2:] if args else "now"
            args = [first, *args[1:]] if first in self.makers else ["now", *args]
        return super().parse_args(ctx, args)


def sync() -> LazyGroup:
    """Return `sfa sync`."""
    makers = {
        "now": _now_command,
        "join": _join_command,
        "status": _status_command,
        "inbox": _inbox_command,
        "export": _export_command,
        "import": _import_command,
        "leave": _leave_command,
    }
    return SyncGroup("sync", "Bring this laptop and the company's server together.", makers)


def _now_command() -> TyperCommand:
    return command(
        "now",
        _now,
        _placing_options(),
        "Sync now.",
    )


def _placing_options() -> list[TyperOption]:
    return [
        flag("--yes", "is_sure", help="Let much of the book leave this laptop, where the server says so."),
        json_option("What was done, as JSON."),
    ]


def _now(*, is_json: bool, is_sure: bool) -> None:
    desk = syncing.open_for_sync()
    with progress(None, "Syncing") as advance:
        report = syncing.sync(desk, advance, may_remove=lambda _gone, _held: is_sure)
    _tell_report(report, is_json=is_json)


def _tell_report(report: Report, *, is_json: bool) -> None:
    if is_json:
        emit_json(report.as_json())
        return
    say(report.sentence)
    if report.open_entries:
        tell(f"{report.open_entries} in the inbox need you: sfa sync inbox")


def _join_command() -> TyperCommand:
    params = [
        argument("url", shown="URL", help="Of the company's server."),
        argument("code", shown="CODE", help="The one-time code that you were given."),
        option("--ca", "ca_file", help="Certificates (PEM) to trust instead of the system's.", shown="FILE"),
    ]
    words = "Join the company's server: a backup is made, then what is here is sent, and what is yours there comes."
    return command("join", _join, params, words)


def _join(*, url: str, code: str, ca_file: str | None) -> None:
    desk = open_desk()
    name = syncing.join(desk, url, code, ca_file)
    say(f"This laptop is {name}'s now.")
    with progress(None, "First sync") as advance:
        report = syncing.sync(desk, advance)
    _tell_report(report, is_json=False)


def _export_command() -> TyperCommand:
    params = [argument("file", shown="FILE", help="Where to, such as a file on a stick.")]
    words = "Write what waits into a file for the server, where there is no network: locked and signed."
    return command("export", _export, params, words)


def _export(*, file: str) -> None:
    desk = syncing.open_for_sync()
    with progress(None, "Export") as advance:
        count = by_file.export(desk, Path(file), advance)
    say(f"Wrote {file}: {count:,} changes, which wait here until the answer comes.")
    tell("Then on the server: sfa server bundle REQUEST ANSWER; and here: sfa sync import ANSWER")


def _import_command() -> TyperCommand:
    file = argument("file", shown="FILE", help="What the server wrote: sfa server bundle REQUEST FILE.")
    words = "Put the server's answer from a file in place, all of it or nothing."
    return command("import", _import, [file, *_placing_options()], words)


def _import(*, file: str, is_json: bool, is_sure: bool) -> None:
    desk = syncing.open_for_sync()
    with progress(None, "Import") as advance:
        report = by_file.take(desk, Path(file), advance, may_remove=lambda _gone, _held: is_sure)
    _tell_report(report, is_json=is_json)


def _status_command() -> TyperCommand:
    words = "The server, when it was last reached, what waits, what needs you; asks no network."
    return command("status", _status, [json_option("The same as JSON.")], words)


def _status(*, is_json: bool) -> None:
    status = syncing.status(syncing.open_for_sync())
    if is_json:
        emit_json(status.as_json())
        return
    for line in status.lines():
        say(line)


class InboxCommand(TyperCommand):
    """A choice without the name of a field is for the whole entry."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - Typer's own signature
        """Name all fields where a choice names none."""
        whole: list[str] = []
        for word, following in zip_longest(args, args[1:], fillvalue="--"):
            whole.append(word)
            if word in _FLAGS and following.startswith("-"):
                whole.append(_ALL)
        return super().parse_args(ctx, whole)


def _inbox_command() -> TyperCommand:
    params = [
        argument("reference", is_required=False, shown="REF", help="The entry to settle; none lists them."),
        *(option(f"--{name}", name, help=words, multiple=True, shown="FIELD") for name, words in _CHOICES.items()),
        flag("--dismiss", "is_dismissed", help="Put it aside."),
        json_option("The entries as JSON."),
    ]
    words = "What was changed by two, or was not taken: mine, theirs, before; the whole entry, or field by field."
    return command("inbox", _inbox, params, words, InboxCommand)


def _inbox(*, reference: str | None, is_json: bool, is_dismissed: bool, **given: Sequence[str]) -> None:
    desk = open_desk()
    choices = [(field, choice) for choice, fields in given.items() for field in fields]
    if is_dismissed:
        choices.append((_ALL, inbox.DISMISSED))
    if not reference and not choices:
        _list_entries(inbox.entries(desk), is_json=is_json)
        return
    fields = [field for field, _ in choices]
    if not reference or not choices or len(set(fields)) < len(fields) or (_ALL in fields and len(fields) > 1):
        hint = "sfa sync inbox REF --mine, or: sfa sync inbox REF --mine FIELD --theirs FIELD"
        raise UsageError("Settle one entry at a time, and each field in one way.", hint=hint)
    is_whole = _ALL in fields
    saved = inbox.resolve(desk, reference, choices[0][1]) if is_whole else inbox.settle(desk, reference, dict(choices))
    say(f"{saved.summary}. Undo: sfa undo")


def _list_entries(found: Sequence[inbox.Entry], *, is_json: bool) -> None:
    if is_json:
        emit_json([entry.as_json() for entry in found])
        return
    if not found:
        say("Nothing needs you.")
        return
    rows = [
        {
            "ref": entry.ref,
            "record": entry.title,
            "what": entry.kind,
            **dict(zip(("field", "mine", "theirs", "before"), line, strict=True)),
        }
        for entry in found
        for line in entry.lines
    ]
    emit_rows([(name, name.capitalize(), "text") for name in rows[0]], rows, "table")
    tell("Settle one: sfa sync inbox REF --mine | --theirs | --before | --dismiss; a field: --mine FIELD")


def _leave_command() -> TyperCommand:
    words = "Belong to no server any more; everything on this laptop stays, what waits is not sent."
    return command("leave", _leave, [], words)


def _leave() -> None:
    try:
        desk = open_desk()
    except SignedOffError:
        say(syncing.begin_anew())
    else:
        say(syncing.leave(desk))
