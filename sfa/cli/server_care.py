"""server backup, restore, doctor, and passwords: care for the company's central server."""

import sys
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from typer.core import TyperCommand, TyperOption

from sfa.cli.asking import confirmed, sure_options
from sfa.cli.building import argument, command, json_option, option
from sfa.cli.output import emit_json, emit_rows, say, tell
from sfa.cli.progress import progress
from sfa.errors import ExitCode, UsageError
from sfa.ids import system_ids
from sfa.server import founding, opening
from sfa.server.database import Database
from sfa.server.people import People


def folder_option() -> TyperOption:
    """Return `--folder`."""
    return option(
        "--folder", "folder", help="The server's folder; the platform's own, or SFA_SERVER_HOME.", shown="DIR"
    )


def place_of(folder: str | None) -> opening.Place:
    """Return the server of a folder, of this machine where none is named."""
    return opening.find(Path(folder) if folder else None)


def book_of(place: opening.Place) -> Database:
    """Open the book of a server, whose schema must be this program's."""
    from db.migrations import shipped_versions  # noqa: PLC0415 - reads a folder
    from sfa.server.upgrading import require_current  # noqa: PLC0415 - imports the tables

    book = place.open()
    require_current(book, shipped_versions())
    return book


def backup() -> TyperCommand:
    """Return `sfa server backup`."""
    file = argument("file", is_required=False, shown="FILE", help="Where to; backups/ in the server's folder if none.")
    words = "Copy the book while the server runs, and verify the copy; PostgreSQL has pg_dump for it."
    return command("backup", _backup, [file, folder_option()], words)


def _backup(*, file: str | None, folder: str | None) -> None:
    from sfa.server import care  # noqa: PLC0415 - for these verbs alone

    path, digest = care.backup(place_of(folder), Path(file) if file else None, datetime.now(UTC))
    say(f"Made and verified {path} (sha256 {digest}). Restore: sfa server restore {path}")


def upgrade() -> TyperCommand:
    """Return `sfa server upgrade`."""
    words = "Bring a book that an older sfa made to this one's schema, after a backup; PostgreSQL has pg_dump for that."
    return command("upgrade", _upgrade, [*sure_options(), folder_option()], words)


def _upgrade(*, is_sure: bool, is_unattended: bool, folder: str | None) -> None:
    from sfa.server import care  # noqa: PLC0415 - as above

    place = place_of(folder)
    before, after = care.schemas(place)
    if before == after:
        say(f"The book has schema {after} already.")
        return
    question = "Was the book backed up with pg_dump?"
    if place.is_postgres and not is_sure and not confirmed(question, is_unattended=is_unattended):
        say("Nothing was done.")
        return
    kept = care.upgrade_book(place, datetime.now(UTC))
    say(f"Upgraded the book from schema {before} to {after}." + (f" As it was: {kept}" if kept else ""))


def lease() -> TyperCommand:
    """Return `sfa server lease`."""
    params = [
        argument("days", is_required=False, shown="DAYS", help="0: for ever. Left out: what it is now."),
        folder_option(),
    ]
    return command("lease", _lease, params, "For how many days without contact a laptop shows its book.")


def _lease(*, days: str | None, folder: str | None) -> None:
    if days is not None and not days.isdecimal():
        raise UsageError(f"“{days}” is no whole number of days.", hint="sfa server lease 30")
    place = place_of(folder)
    with closing(book_of(place)) as book:
        if days is not None:
            People(book, place.org, datetime.now(UTC), system_ids().new).set_lease(int(days))
        now = founding.lease_days(book, place.org)
    words = (
        f"A laptop that was not here for {now} days locks its book until it comes."
        if now
        else "No laptop locks itself."
    )
    say(f"{words} Each hears of a change at its next sync." if days is not None else words)


def restore() -> TyperCommand:
    """Return `sfa server restore`."""
    params = [
        argument("file", is_required=False, shown="FILE", help="A backup; with PostgreSQL none, after pg_restore."),
        *sure_options(),
        folder_option(),
    ]
    words = "Put a backup in the place of the book; laptops then send again what it lacks."
    return command("restore", _restore, params, words)


def _restore(*, file: str | None, is_sure: bool, is_unattended: bool, folder: str | None) -> None:
    from sfa.server import care  # noqa: PLC0415 - as above

    place = place_of(folder)
    if not is_sure and not confirmed(f"Replace the book of {place.folder}?", is_unattended=is_unattended):
        say("Nothing was done.")
        return
    aside = care.restore(place, Path(file) if file else None, datetime.now(UTC))
    say("Restored; laptops send again what it lacks at their next sync.")
    if aside:
        tell(f"What stood there before is in {aside}")


def bundle() -> TyperCommand:
    """Return `sfa server bundle`."""
    params = [
        argument("request", shown="REQUEST", help="What a laptop wrote: sfa sync export REQUEST."),
        argument("answer", shown="ANSWER", help="Where the answer goes, for: sfa sync import ANSWER."),
        folder_option(),
    ]
    words = "Take what a laptop sends on a stick, and write the answer for it; the server may run meanwhile."
    return command("bundle", _bundle, params, words)


def _bundle(*, request: str, answer: str, folder: str | None) -> None:
    from sfa.server import bundles  # noqa: PLC0415 - as above
    from sfa.server.handle import Server  # noqa: PLC0415 - as above

    with closing(book_of(place_of(folder))) as book, progress(None, "Answering") as advance:
        server = Server(book, system_ids().new)
        taken = bundles.answer(server, Path(request), Path(answer), datetime.now(UTC), advance)
    say(
        f"Wrote {answer}: {taken.judged:,} changes judged, {taken.given:,} rows for {taken.user}'s laptop {taken.code}."
    )
    tell(f"Then on that laptop: sfa sync import {answer}")


def doctor() -> TyperCommand:
    """Return `sfa server doctor`."""
    words = "Look at the server's folder and book; changes nothing."
    return command("doctor", _doctor, [json_option("The same as JSON."), folder_option()], words)


def _doctor(*, is_json: bool, folder: str | None) -> int:
    from sfa.server import care  # noqa: PLC0415 - as above

    found = list(care.look(place_of(folder)))
    if is_json:
        emit_json([asdict(one) for one in found])
    else:
        rows = [{"what": one.name, "good": "yes" if one.is_good else "no", "words": one.words} for one in found]
        emit_rows([("what", "What", "text"), ("good", "Good", "text"), ("words", "Found", "text")], rows, "table")
    return ExitCode.OK if all(one.is_good for one in found) else ExitCode.FAILURE


def password() -> TyperCommand:
    """Return `sfa server user password`."""
    words = "Set the password with which an administrator logs in to the server's page (/admin)."
    return command("password", _password, [argument("name", help="Whose."), folder_option()], words)


def _password(*, name: str, folder: str | None) -> None:
    from sfa.server.admin.logins import Logins  # noqa: PLC0415 - as above

    place, now = place_of(folder), datetime.now(UTC)
    with closing(book_of(place)) as book:
        user = People(book, place.org, now, system_ids().new).find("app_user", name)
        Logins(book, place.org, now).set_password(user, _typed())
    say(f"{name} may log in at /admin now, as an administrator.")


def _typed() -> str:
    """Return a password that somebody types unseen, or the first line of what is piped in."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    from getpass import getpass  # noqa: PLC0415 - where a person types

    first = getpass("Password: ")
    if getpass("Again: ") != first:
        raise UsageError("The two are not the same.", hint="Nothing was changed.")
    return first


def quarantine() -> TyperCommand:
    """Return `sfa server device quarantine`."""
    words = "What a revoked laptop still sent, as JSON; it is not in the book."
    return command(
        "quarantine", _quarantine, [argument("device", help="Its code, such as A1."), folder_option()], words
    )


def _quarantine(*, device: str, folder: str | None) -> None:
    from sfa.server import quarantine as aside  # noqa: PLC0415 - as above

    place = place_of(folder)
    with closing(book_of(place)) as book:
        found = People(book, place.org, datetime.now(UTC), system_ids().new).device_id(device)
        emit_json(aside.kept(book, place.org, found))
