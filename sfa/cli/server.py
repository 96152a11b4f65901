"""server: the company's central server: make it, run it, people, devices."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from typer.core import TyperCommand, TyperOption

from sfa.cli.building import LazyGroup, argument, command, flag, group, json_option, limit_option, option
from sfa.cli.output import emit_json, emit_rows, say, tell
from sfa.cli.server_care import (
    backup,
    book_of,
    bundle,
    doctor,
    folder_option,
    lease,
    password,
    place_of,
    quarantine,
    restore,
    upgrade,
)
from sfa.ids import system_ids
from sfa.server import founding, opening
from sfa.server.people import ROLES, People


def server() -> LazyGroup:
    """Return `sfa server`."""
    makers = {
        "init": _init_command,
        "start": _start_command,
        "user": _user_group,
        "team": lambda: _names_group("team"),
        "territory": lambda: _names_group("territory"),
        "device": _device_group,
        "lease": lease,
        "audit": _audit_command,
        "bundle": bundle,
        "backup": backup,
        "restore": restore,
        "upgrade": upgrade,
        "doctor": doctor,
    }
    return group("server", "The company's central server: make it, run it, people, devices.", makers)


def _people(folder: str | None) -> People:
    place = place_of(folder)
    return People(book_of(place), place.org, datetime.now(UTC), system_ids().new)


def _init_command() -> TyperCommand:
    params = [
        argument("name", help="Of the company."),
        option(
            "--database",
            "database",
            default="server.db",
            help="postgresql://...; SQLite in the folder where left out.",
            shown="URL",
        ),
        option("--admin", "admin", default="Admin", help="The name of the first user, an administrator."),
        folder_option(),
    ]
    return command("init", _init, params, "Make a server; prints the code with which its administrator joins.")


def _init(*, name: str, database: str, admin: str, folder: str | None) -> None:
    home = Path(folder) if folder else opening.default_folder()
    place = opening.make(home, database, "main")
    book, now, ids = place.open(), datetime.now(UTC), system_ids()
    founding.found(book)
    founding.add_company(book, place.org, name, now)
    people = People(book, place.org, now, ids.new)
    people.save("app_user", None, {"name": admin, "role": "admin", "is_active": 1})
    say(f"Made the server of {name} in {home}.")
    say(f"Code for {admin}: {people.code_for(admin)} (good for two days, once)")
    tell("Start it: sfa server start; then on the laptop: sfa sync join URL CODE")


def _start_command() -> TyperCommand:
    params = [
        option(
            "--host", "host", default="127.0.0.1", help="Address to listen on; others than this computer's need TLS."
        ),
        option("--port", "port", type=int, default=8470, help="Port to listen on."),
        option("--cert", "cert", help="Certificate (PEM) for TLS.", shown="FILE"),
        option("--key", "key", help="Its key (PEM).", shown="FILE"),
        option("--workers", "workers", type=int, default=1, help="Processes; several need PostgreSQL."),
        folder_option(),
    ]
    return command("start", _start, params, "Run the server until it is interrupted.")


def _start(*, host: str, port: int, cert: str | None, key: str | None, workers: int, folder: str | None) -> None:
    from sfa.server.running import run  # noqa: PLC0415 - for this verb alone

    place = place_of(folder)
    scheme = "https" if cert else "http"
    tell(f"Serving {place.folder} on {scheme}://{host}:{port}; stop with ctrl+c.")
    certificate, secret = (Path(one) if one else None for one in (cert, key))
    run(place, host=host, port=port, cert=certificate, key=secret, workers=workers)


# --- people


def _user_group() -> LazyGroup:
    makers = {"add": _user_add, "edit": _user_edit, "code": _user_code, "list": _user_list, "password": password}
    return group("user", "The people of the company.", makers)


def _user_options() -> list[TyperOption]:
    return [
        option("--role", "role", help=f"One of {', '.join(ROLES)}."),
        option("--email", "email", help="Their address."),
        option("--manager", "manager", help="Whom they report to."),
        option("--team", "team", help="Their team."),
        option("--territory", "territory", help="Their sales area."),
        folder_option(),
    ]


def _user_add() -> TyperCommand:
    words = "Add a person; prints the one-time code with which their laptop joins."
    return command("add", _add_user, [argument("name", help="Their name."), *_user_options()], words)


def _add_user(*, name: str, folder: str | None, **given: str | None) -> None:
    people = _people(folder)
    values = {"role": "rep", "is_active": 1, **_values(people, given)}
    people.save("app_user", None, {"name": name, **values})
    say(f"Added {name} ({values['role']}). Code: {people.code_for(name)} (good for two days, once)")


def _user_edit() -> TyperCommand:
    switch = flag("--inactive", "is_inactive", help="They see nothing any more.")
    params = [argument("name", help="Whom."), *_user_options(), switch]
    return command("edit", _edit_user, params, "Change a person; a new territory or role shows at the next sync.")


def _edit_user(*, name: str, folder: str | None, is_inactive: bool, **given: str | None) -> None:
    people = _people(folder)
    values = _values(people, given) | ({"is_active": 0} if is_inactive else {})
    people.save("app_user", people.find("app_user", name), values)
    say(f"Changed {name}.")


def _values(people: People, given: dict[str, str | None]) -> dict[str, Any]:
    targets = {"manager": "app_user", "team": "team", "territory": "territory"}
    values: dict[str, Any] = {key: given[key] for key in ("role", "email") if given.get(key)}
    for key, table in targets.items():
        word = given.get(key)
        if word:
            values[f"{key}_id"] = people.find(table, word)
    return values


def _user_code() -> TyperCommand:
    params = [argument("name", help="Whose laptop."), folder_option()]
    return command("code", _new_code, params, "A new one-time code for a person's laptop.")


def _new_code(*, name: str, folder: str | None) -> None:
    say(f"Code for {name}: {_people(folder).code_for(name)} (good for two days, once)")


def _user_list() -> TyperCommand:
    return command("list", _list_users, [json_option("The same as JSON."), folder_option()], "List the people.")


def _list_users(*, is_json: bool, folder: str | None) -> None:
    _emit(_people(folder).users(), ("name", "role", "team", "territory", "manager", "devices"), is_json=is_json)


def _names_group(kind: str) -> LazyGroup:
    makers = {"add": lambda: _name_add(kind), "edit": lambda: _name_edit(kind), "list": lambda: _name_list(kind)}
    return group(kind, f"The {'teams' if kind == 'team' else 'sales areas'} of the company.", makers)


def _above(kind: str) -> list[TyperOption]:
    return [option("--under", "under", help="The area above.")] if kind == "territory" else []


def _name_add(kind: str) -> TyperCommand:
    def add(*, name: str, folder: str | None, under: str | None = None) -> None:
        people = _people(folder)
        values = {"parent_id": people.find("territory", under)} if under else {}
        people.save(kind, None, {"name": name, **values})
        say(f"Added {kind} {name}.")

    return command("add", add, [argument("name", help="Its name."), *_above(kind), folder_option()], f"Add a {kind}.")


def _name_edit(kind: str) -> TyperCommand:
    def edit(*, name: str, new_name: str | None, folder: str | None, under: str | None = None) -> None:
        people = _people(folder)
        values = {"name": new_name} if new_name else {}
        if under:
            values["parent_id"] = people.find("territory", under)
        people.save(kind, people.find(kind, name), values)
        say(f"Changed {kind} {new_name or name}.")

    named = option("--name", "new_name", help="Its new name.")
    params = [argument("name", help="Which."), named, *_above(kind), folder_option()]
    return command("edit", edit, params, f"Change a {kind}; it shows at the next sync.")


def _name_list(kind: str) -> TyperCommand:
    def show(*, is_json: bool, folder: str | None) -> None:
        _emit(_people(folder).names(kind), ("name",), is_json=is_json)

    return command("list", show, [json_option("The same as JSON."), folder_option()], "List them.")


# --- devices and audit


def _device_group() -> LazyGroup:
    return group(
        "device", "Laptops that joined.", {"list": _device_list, "revoke": _device_revoke, "quarantine": quarantine}
    )


def _device_list() -> TyperCommand:
    return command("list", _list_devices, [json_option("The same as JSON."), folder_option()], "List the devices.")


def _list_devices(*, is_json: bool, folder: str | None) -> None:
    _emit(
        _people(folder).devices(),
        ("code", "user", "status", "enrolled_at", "seen_at", "wiped_at", "mutations"),
        is_json=is_json,
    )


def _device_revoke() -> TyperCommand:
    params = [argument("device", help="Its code, such as A1."), folder_option()]
    return command("revoke", _revoke, params, "Let a device sync no more.")


def _revoke(*, device: str, folder: str | None) -> None:
    say(f"{_people(folder).revoke(device)}'s device {device} may not sync any more.")


def _audit_command() -> TyperCommand:
    params = [
        limit_option("At most so many.", 50),
        option("--what", "what", default="", help="Only these, such as deleted, overwritten, revoked."),
        option("--user", "user", default="", help="Only what this person did."),
        json_option("The same as JSON."),
        folder_option(),
    ]
    return command("audit", _audit, params, "What was deleted, overwritten or done by administrators, newest first.")


def _audit(*, limit: int, what: str, user: str, is_json: bool, folder: str | None) -> None:
    _emit(_people(folder).audit(limit, what, user), ("at", "user", "what", "table", "id", "detail"), is_json=is_json)


def _emit(rows: Sequence[dict[str, Any]], names: Sequence[str], *, is_json: bool) -> None:
    if is_json:
        emit_json(list(rows))
    else:
        emit_rows([(name, name.replace("_", " ").capitalize(), "text") for name in names], rows, "table")
