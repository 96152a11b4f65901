"""A laptop joins a company: its person becomes the server's, and what it has already is sent up."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from db.backup import make_backup
from db.lease import lasting, true_now
from db.store import Store, UnitOfWork
from sfa.domain.sharing.homes import LAPTOPS_OWN
from sfa.errors import ConflictError
from sfa.sync import outbox
from sfa.sync.protocol import CREATE, SCHEMA, Mutation, decode_answer, encode, lease_days_of
from sfa.sync.session import Transport
from sfa.sync.state import EXPORTS, State

_NOT_SENT = LAPTOPS_OWN | {"inbox_entry", "pipeline", "stage"}
"""The server writes the inbox, and has the pipeline that every book is born with."""
_REMEMBERED = (
    "url", "ca_file", "org", "device", "code", "token", "user", "next_n", "gathered", "last_at", "company", "wipe", "lease",
    "schema", "renew", EXPORTS,
)  # fmt: skip


def enrol(store: Store, transport: Transport, url: str, code: str, ca_file: str | None = None) -> dict[str, Any]:
    """Enrol this laptop with a one-time code, after a backup; return what the server said.

    Raises:
        ConflictError: it is enrolled already.
        ProtocolError: the code is not valid.
    """
    state = State(store)
    if state.is_enrolled:
        raise ConflictError(f"This laptop belongs to {state.get('url')} already.", hint="Leave it: sfa sync leave")
    make_backup(store.workspace, "before-joining", store.clock.now())
    answer = decode_answer(transport.send("/v1/enrol", encode({"code": code, "schema": SCHEMA})))
    with store.write(outbox.APPLIED, f"Joined {url}") as work:
        _become(work, answer)
        known = ("org", "device", "code", "token", "user")
        state.keep(url=url, ca_file=ca_file or "", **{key: str(answer[key]) for key in known})
        state.keep(schema=str(SCHEMA), company=str(answer.get("company", "")), wipe=str(answer.get("wipe", "")))
        days = lease_days_of(answer)
        if days:
            state.keep(lease=lasting(true_now(store.clock), days))
        for key in ("device", "device_code"):
            work.remember(key, str(answer["code"]))
        work.remember("user_id", str(answer["user"]))
        _send_all(work, state)
    return answer


def _become(work: UnitOfWork, answer: dict[str, Any]) -> None:
    """Let the laptop's person be the one whom the server knows."""
    new, old = str(answer["user"]), work.store.setting("user_id")
    if not work.execute("SELECT 1 FROM app_user WHERE id = ?", (new,)).fetchone():
        work.insert("app_user", {"id": new, "name": answer["name"], "role": answer["role"], "is_active": 1})
    if old and old != new:
        work.execute("UPDATE journal_state SET is_replay = 1")
        for table, column in _naming_users(work.store):
            work.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (new, old))
        work.execute("UPDATE journal_state SET is_replay = 0")
        work.execute("DELETE FROM app_user WHERE id = ?", (old,))


def _tables(store: Store) -> list[str]:
    """Return the shared tables, parents first (the order in which the schema makes them)."""
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql LIKE 'CREATE TABLE%' ORDER BY rowid"
    return [name for (name,) in store.rows(sql) if name not in _NOT_SENT and not name.startswith("search_index")]


def _naming_users(store: Store) -> Iterator[tuple[str, str]]:
    for table in _tables(store):
        for _, _, parent, column, *_ in store.rows(f"PRAGMA foreign_key_list({table})"):
            if parent == "app_user":
                yield table, column


def _send_all(work: UnitOfWork, state: State) -> None:
    """Put a creation of each row into the outbox: the server has none of them yet."""
    bodies = []
    for number, step in enumerate(outbox.in_order(_creations(work, state)), state.next_number()):
        _, table, pk, *_ = step
        bodies.append((number, "", table, pk, json.dumps(Mutation(number, *step, v=SCHEMA).as_json())))
    work.connection.executemany(
        "INSERT INTO sync_out (n, operation_id, table_name, row_id, body) VALUES (?, ?, ?, ?, ?)", bodies
    )
    newest = work.store.value("SELECT max(rowid) FROM operation") or 0
    state.keep(next_n=str(state.next_number() + len(bodies)), gathered=str(newest))


def _creations(work: UnitOfWork, state: State) -> Iterator[tuple[str, str, str, dict[str, Any], dict[str, Any]]]:
    for table in _tables(work.store):
        above = [row[3] for row in work.store.rows(f"PRAGMA foreign_key_list({table})") if row[2] == table]
        cursor = work.execute(f"SELECT * FROM {table} ORDER BY rowid")
        names = [column[0] for column in cursor.description]
        whole = [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
        for row in _parents_first(whole, above):
            values = {name: value for name, value in row.items() if value is not None and name not in outbox.LOCAL}
            pk = str(values.pop("id"))
            if table != "app_user" or pk != state.get("user"):
                yield CREATE, table, pk, values, {}


def _parents_first(rows: Sequence[dict[str, Any]], above: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Return the rows of a table that names itself so that a row comes after those that it names."""
    if not above:
        yield from rows
        return
    waiting = {str(row["id"]): row for row in rows}
    while waiting:
        ready = [pk for pk, row in waiting.items() if not any(row[column] in waiting for column in above)]
        # A ring cannot be: the schema refuses it. Should one be there all the same, it goes as it is.
        for pk in ready or list(waiting):
            yield waiting.pop(pk)


def leave(store: Store) -> None:
    """Let the laptop belong to no server any more; everything on it stays."""
    State(store).drop(*_REMEMBERED)
    for table in ("sync_out", "sync_done", "sync_row", "sync_gap", "sync_cursor"):
        store.connection.execute(f"DELETE FROM {table}")
