"""dav: calendars and address books on CalDAV and CardDAV servers."""

import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from typer.core import TyperCommand

from db.queries.dav import Collection, Conflict
from sfa.cli.building import LazyGroup, argument, command, dry_run_option, flag, group, json_option, option
from sfa.cli.opening import open_desk
from sfa.cli.output import emit_json, emit_rows, say, tell
from sfa.cli.progress import progress
from sfa.dav.discovery import Found, discover
from sfa.dav.report import Report
from sfa.domain.text import fold
from sfa.errors import ConflictError, ExitCode, NotFoundError, SfaError, UsageError
from sfa.services import dav as service
from sfa.services.desk import Desk

PROBLEMS_SHOWN = 20
_KIND_WORDS = {"calendar": "calendar", "contacts": "address book"}
_CONFLICTS = {
    "edited": "changed here and there",
    "deleted_here": "removed here, changed there",
    "deleted_there": "changed here, removed there",
    "undone": "its pull was undone here, it is still there",
}


def dav() -> LazyGroup:
    """Return `sfa dav`."""
    makers = {"add": _add_command, "sync": _sync_command, "list": _list_command, "inbox": _inbox_command}
    words = "Keep calendar and contacts the same as a CalDAV or CardDAV server's."
    return group("dav", words, {**makers, "remove": _remove_command})


def _add_command() -> TyperCommand:
    params = [
        argument("url", shown="URL", help="Of the server, your account there, or one calendar or address book."),
        option("--user", "-u", "user", help="The name to sign in with."),
        option("--name", "name", help="What it is called here; the server's title where left out."),
        flag("--calendar", "is_calendar", help="Calendars alone."),
        flag("--contacts", "is_contacts", help="Address books alone."),
        option("--collection", "wanted", multiple=True, help="Which ones, by title; may be given several times."),
        option("--ca", "ca_file", help="Certificates (PEM) to trust instead of the system's.", shown="FILE"),
        flag("--insecure", "is_insecure", help="Allow http:// to another computer: the password goes in clear."),
        json_option("What was added, as JSON."),
    ]
    return command(
        "add",
        _add,
        params,
        "Find and add calendars and address books. The password is asked for, or read from SFA_DAV_PASSWORD or the"
        " system's keyring; it is never kept in the database.",
    )


def _add(
    *,
    url: str,
    user: str | None,
    name: str | None,
    is_calendar: bool,
    is_contacts: bool,
    wanted: Sequence[str],
    ca_file: str | None,
    is_insecure: bool,
    is_json: bool,
) -> None:
    from sfa.dav.opening import open_session  # noqa: PLC0415 - the network is for two verbs alone
    from sfa.dav.signing import keep_password, password_for  # noqa: PLC0415 - as above

    desk = open_desk()
    address, named = _address(url)
    user = user or named
    kinds = [kind for kind, is_wanted in (("calendar", is_calendar), ("contacts", is_contacts)) if is_wanted]
    ca_path = str(Path(ca_file).absolute()) if ca_file else None
    root = Collection("", address, "calendar", user, ca_file=ca_path, is_insecure=int(is_insecure))
    if is_insecure and address.startswith("http:"):
        tell("Warning: over http:// your password and your data can be read on the way.")
    password = password_for(address, user) if user else ""
    found = _chosen(discover(open_session(root, password), address, kinds or ("calendar", "contacts")), wanted)
    new = [
        Collection(name or item.title, item.url, item.kind, user, item.title, ca_path, int(is_insecure))
        for item in found
    ]
    saved = service.add(desk, new)
    if user and not keep_password(address, user, password):
        tell("The password is not kept: it is asked for at each sync, or read from SFA_DAV_PASSWORD.")
    if is_json:
        emit_json([_as_json(item) for item in new])
    else:
        say(f"{saved.summary}. Sync: sfa dav sync")


def _address(text: str) -> tuple[str, str | None]:
    """Return an address without a user in it, and that user; https where it says nothing else."""
    url = text if "://" in text else f"https://{text}"
    parts = urlsplit(url)
    if parts.username and parts.password is None:
        return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])), parts.username
    return url, None


def _chosen(found: Sequence[Found], wanted: Sequence[str]) -> list[Found]:
    if wanted:
        return [item for text in wanted for item in _called(found, text)]
    if all(sum(other.kind == item.kind for other in found) == 1 for item in found):
        return list(found)
    lines = [f"{number}  {_KIND_WORDS[item.kind]}  {item.title}  {item.url}" for number, item in enumerate(found, 1)]
    if not sys.stdin.isatty():
        raise ConflictError("Several were found.", hint='Name them: --collection "TITLE"', candidates=lines)
    for line in lines:
        tell(line)
    tell("Which ones? Their numbers, or nothing for all:")
    numbers = sys.stdin.readline().replace(",", " ").split()
    if not all(number.isdigit() and 0 < int(number) <= len(found) for number in numbers):
        raise UsageError("These are no numbers of the list; nothing was added.")
    return [found[int(number) - 1] for number in numbers] or list(found)


def _called(found: Sequence[Found], text: str) -> list[Found]:
    same = [item for item in found if fold(text) in (fold(item.title), fold(item.url.rstrip("/").rpartition("/")[2]))]
    if not same:
        titles = ", ".join(item.title for item in found)
        raise NotFoundError(f"The server has no {text}.", hint=f"It has: {titles}.")
    return same


def _sync_command() -> TyperCommand:
    params = [
        argument("name", is_required=False, help="Which one; all where none is named."),
        dry_run_option(),
        json_option("One JSON array of reports."),
    ]
    return command("sync", _sync, params, "Make the book and the servers the same, two ways.")


def _sync(*, name: str | None, is_dry_run: bool, is_json: bool) -> int:
    from sfa.dav.opening import alone  # noqa: PLC0415 - as above

    desk = open_desk()
    wanted = [service.named(desk, name)] if name else service.collections(desk)
    if not wanted:
        raise NotFoundError("There is no calendar or address book to sync.", hint="Add one: sfa dav add URL")
    reports: list[Report] = []
    failed: list[tuple[str, SfaError]] = []
    with alone(desk):
        for item in wanted:
            try:
                reports.append(_sync_one(desk, item, is_dry_run=is_dry_run))
            except SfaError as error:
                if len(wanted) == 1:
                    raise
                failed.append((item.name, error))
    if is_json:
        emit_json([report.as_json() for report in reports] + [_failure(*pair) for pair in failed])
    else:
        for report in reports:
            _tell(report)
    for title, failure in failed:
        tell(f"{title}: {failure.message} {failure.hint or ''}".rstrip())
    return ExitCode.FAILURE if failed else ExitCode.OK


def _failure(name: str, error: SfaError) -> dict[str, object]:
    return {"name": name, "error": error.message, "hint": error.hint}


def _sync_one(desk: Desk, item: Collection, *, is_dry_run: bool) -> Report:
    from sfa.dav.opening import open_session  # noqa: PLC0415 - as above
    from sfa.dav.sync import sync  # noqa: PLC0415 - as above

    session = open_session(item)
    with progress(None, item.name) as advance:
        return sync(desk, item, session, is_dry_run=is_dry_run, on_progress=advance)


def _tell(report: Report) -> None:
    sides = [(report.pulled.words(), "here"), (report.pushed.words(), "there")]
    parts = [f"{words} {where}" for words, where in sides if words] or ["nothing to do"]
    if report.merged:
        parts.append(f"{report.merged:,} merged")
    undo = " Undo: sfa undo" if report.operations else ""
    say(f"{'Would sync' if report.is_dry_run else 'Synced'} {report.name}: {'; '.join(parts)}.{undo}")
    for problem in report.problems[:PROBLEMS_SHOWN]:
        tell(f"  {problem}")
    if len(report.problems) > PROBLEMS_SHOWN:
        tell(f"  ... and {len(report.problems) - PROBLEMS_SHOWN:,} more.")
    if report.conflicts:
        tell(f"  {report.conflicts:,} to choose: sfa dav inbox")


def _list_command() -> TyperCommand:
    return command("list", _list, [json_option("One JSON array.")], "Calendars and address books that are synced.")


def _as_json(item: Collection) -> dict[str, object]:
    return {
        "name": item.name,
        "kind": item.kind,
        "url": item.url,
        "user": item.user,
        "takes_new": bool(item.takes_new),
        "synced_at": item.synced_at,
    }


def _list(*, is_json: bool) -> None:
    found = service.collections(open_desk())
    if is_json:
        emit_json([_as_json(item) for item in found])
        return
    columns = [("name", "Name", "text"), ("kind", "Kind", "text"), ("url", "Address", "text")]
    columns += [("user", "User", "text"), ("new", "New ones", "text"), ("synced_at", "Synced", "instant")]
    rows = [{**_as_json(item), "new": "go here" if item.takes_new else ""} for item in found]
    emit_rows(columns, rows, "table")
    if not found:
        tell("None yet. Add one: sfa dav add URL")


def _remove_command() -> TyperCommand:
    params = [argument("name", help="Which one.")]
    return command("remove", _remove, params, "Stop syncing one; its records stay here and on the server.")


def _remove(*, name: str) -> None:
    say(f"{service.remove(open_desk(), name).summary}.")


def _inbox_command() -> TyperCommand:
    params = [
        argument(
            "number", is_required=False, help="Which one of the inbox; it is shown whole where nothing is chosen."
        ),
        argument("which", is_required=False, shown="mine|theirs", help="The version that is to hold."),
        dry_run_option(),
        json_option("As JSON."),
    ]
    return command("inbox", _inbox, params, "What was changed here and on a server: list, look, choose mine or theirs.")


def _inbox(*, number: str | None, which: str | None, is_dry_run: bool, is_json: bool) -> None:
    desk = open_desk()
    if number is None:
        _list_inbox(service.inbox(desk), is_json=is_json)
        return
    conflict = service.waiting(desk, number)
    if which is None:
        _show(conflict, is_json=is_json)
        return
    from sfa.dav.inbox import choose  # noqa: PLC0415 - it reads and writes files' forms

    saved = choose(desk, conflict, which, is_dry_run=is_dry_run)
    undo = " Undo: sfa undo" if saved.operation_id and not is_dry_run else " It goes out with the next sync."
    say(f"{'Would do: ' if is_dry_run else ''}{saved.summary}.{'' if is_dry_run else undo}")


def _conflict_json(item: Conflict) -> dict[str, object]:
    return {
        "number": item.id,
        "collection": item.collection,
        "title": item.title,
        "kind": item.kind,
        "fields": (item.fields or "").split(", ") if item.fields else [],
        "at": item.at,
        "mine": item.mine,
        "theirs": item.theirs,
    }


def _list_inbox(found: Sequence[Conflict], *, is_json: bool) -> None:
    if is_json:
        emit_json([_conflict_json(item) for item in found])
        return
    columns = [("number", "No.", "integer"), ("title", "What", "text"), ("why", "Why", "text")]
    columns += [("fields", "Fields", "text"), ("collection", "Where", "text")]
    rows = [{**_conflict_json(item), "why": _CONFLICTS[item.kind], "fields": item.fields} for item in found]
    emit_rows(columns, rows, "table")
    tell(f"Choose: sfa dav inbox {found[0].id} mine, or theirs" if found else "Nothing waits for a choice.")


def _show(item: Conflict, *, is_json: bool) -> None:
    if is_json:
        emit_json(_conflict_json(item))
        return
    say(f"{item.title}: {_CONFLICTS[item.kind]}")
    for title, text in (("Mine", item.mine), ("Theirs", item.theirs)):
        say(f"\n{title}:\n{text.strip() if text else '(removed)'}")
    tell(f"Choose: sfa dav inbox {item.id} mine, or theirs")
