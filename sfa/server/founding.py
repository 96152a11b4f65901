"""Companies, people, codes and devices: what somebody at the server's own shell sets up."""

import hashlib
import json
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from sfa.clock import instant_text
from sfa.server import grants
from sfa.server.book import Book
from sfa.server.catalog import shared_tables, statements
from sfa.server.database import Database
from sfa.sync.protocol import SCHEMA, ProtocolError

CODE_LIFE = timedelta(days=2)
LEASE_DAYS = 30
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_ALPHABET = f"{_LETTERS}23456789"


def found(database: Database) -> None:
    """Make the tables of a new server."""
    with database.writing():
        for statement in statements():
            database.execute(statement)


def add_company(database: Database, org: str, name: str, now: datetime) -> None:
    """Add a company with the rows that every laptop has from its birth."""
    from db.seeds import PIPELINE_ID, STAGES, stage_id  # noqa: PLC0415 - once in the life of a company

    with database.writing():
        database.execute(
            "INSERT INTO s_org (org, name, created_at, epoch, schema_no) VALUES (?, ?, ?, 1, ?)",
            (org, name, instant_text(now), SCHEMA),
        )
        book = Book(database, org, instant_text(now))
        book.insert("pipeline", {"id": PIPELINE_ID, "name": "Sales", "seq": 1})
        book.place("pipeline", PIPELINE_ID, "", {"": ""})
        for seq, title, kind, probability, category, rot_days, checklist in STAGES:
            values = {
                "id": stage_id(seq), "pipeline_id": PIPELINE_ID, "seq": seq, "name": title, "type": kind,
                "probability_ppm": probability, "category": category, "rot_days": rot_days,
                "exit_checklist": json.dumps(checklist),
            }  # fmt: skip
            book.insert("stage", values)
            book.place("stage", stage_id(seq), "", {"": ""})


def put(database: Database, org: str, table: str, row: dict[str, object], now: datetime) -> None:
    """Write a row of a company from the server's shell: a user, a team, a territory."""
    with database.writing():
        book = Book(database, org, instant_text(now))
        whole = {**dict.fromkeys(shared_tables()[table].columns), **row}
        if book.find(table, str(row["id"])) is None:
            book.insert(table, whole)
        else:
            book.update(table, str(row["id"]), {key: value for key, value in row.items() if key != "id"})
        book.place(table, str(row["id"]), "", {"": ""})
        grants.rebuild(database, org)


def issue_code(database: Database, org: str, user: str, now: datetime) -> str:
    """Return a one-time code with which a person's laptop enrols; only its hash is kept."""
    code = "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))
    with database.writing():
        database.execute(
            "INSERT INTO s_code (org, code_hash, usr, expires_at) VALUES (?, ?, ?, ?)",
            (org, _hash(code), user, instant_text(now + CODE_LIFE)),
        )
    return code


def enrol(database: Database, code: str, schema: int, now: datetime, new_id: Callable[[], str]) -> dict[str, object]:
    """Take a code and return what the new device needs: its id, its short code, its token, its person.

    Raises:
        ProtocolError: 401: the code is wrong, used or too old; all three sound alike.
    """
    code_hash, moment = _hash(code.strip().upper()), instant_text(now)
    with database.writing():
        found_codes = database.rows(
            "SELECT c.org, c.usr FROM s_code c JOIN app_user u ON u.org = c.org AND u.id = c.usr"
            " WHERE c.code_hash = ? AND c.used_at IS NULL AND c.expires_at > ? AND u.is_active = 1",
            (code_hash, moment),
        )
        # Of two who come with one code at once only the one who marks it goes on.
        is_taken = found_codes and database.execute(
            "UPDATE s_code SET used_at = ? WHERE org = ? AND code_hash = ? AND used_at IS NULL",
            (moment, found_codes[0][0], code_hash),
        )
        if not is_taken:
            raise ProtocolError(401, "This code is not valid (any more): ask for a new one.")
        org, user = found_codes[0]
        token, device_id = f"{org}.{secrets.token_urlsafe(32)}", new_id()
        # Short codes are counted: one enrolment of a company at a time.
        database.rows(f"SELECT epoch FROM s_org WHERE org = ?{database.for_update}", (org,))
        count = database.rows("SELECT count(*) FROM s_device WHERE org = ?", (org,))[0][0]
        database.execute(
            "INSERT INTO s_device (org, device, usr, code, token_hash, last_n, schema_no, status, enrolled_at,"
            " lease_days) VALUES (?, ?, ?, ?, ?, 0, ?, 'active', ?, ?)",
            (org, device_id, user, _device_code(count), _hash(token), schema, moment, LEASE_DAYS),
        )
        name, role = database.rows("SELECT name, role FROM app_user WHERE org = ? AND id = ?", (org, user))[0]
    return {
        "org": org, "device": device_id, "code": _device_code(count), "token": token, "user": user, "name": name,
        "role": role,
    }  # fmt: skip


def device_of_token(database: Database, token: str) -> tuple[str, str]:
    """Return company and device of a token.

    Raises:
        ProtocolError: 401.
    """
    sql = "SELECT org, device FROM s_device WHERE org = ? AND token_hash = ?"
    found_devices = database.rows(sql, (token.rpartition(".")[0], _hash(token)))
    if not found_devices:
        raise ProtocolError(401, "This device is not known here.")
    return found_devices[0][0], found_devices[0][1]


def revoke(database: Database, org: str, device: str) -> None:
    """Let a device sync no more; it is told to wipe itself when it comes."""
    with database.writing():
        database.execute("UPDATE s_device SET status = 'revoked' WHERE org = ? AND device = ?", (org, device))


def _device_code(count: int) -> str:
    """Return the short code of the so-many-th device of a company: A1 to A9, B1... AA1...; none comes twice."""
    letters, digit = divmod(count, 9)
    code = ""
    while True:
        letters, rest = divmod(letters, len(_LETTERS))
        code = _LETTERS[rest] + code
        if not letters:
            return f"{code}{digit + 1}"
        letters -= 1


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
