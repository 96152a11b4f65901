"""Companies, people, codes and devices: what somebody at the server's own shell sets up."""

import hashlib
import json
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from sfa.clock import instant_text
from sfa.errors import UsageError
from sfa.server import grants
from sfa.server.book import Book
from sfa.server.catalog import shared_tables, statements
from sfa.server.database import Database
from sfa.sync.protocol import LONGEST_LEASE, SCHEMA, ProtocolError

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
            "INSERT INTO s_org (org, name, created_at, epoch, schema_no, lease_days) VALUES (?, ?, ?, 1, ?, ?)",
            (org, name, instant_text(now), SCHEMA, LEASE_DAYS),
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
            (org, hash_of(code), user, instant_text(now + CODE_LIFE)),
        )
    return code


def enrol(database: Database, code: str, schema: int, now: datetime, new_id: Callable[[], str]) -> dict[str, object]:
    """Take a code and return what the new device needs: its id, its short code, its token, its person.

    `wipe` is the hash of a secret that only this server can show: whoever shows it may have the laptop wiped.

    Raises:
        ProtocolError: 401: the code is wrong, used or too old; all three sound alike.
    """
    code_hash, moment = hash_of(code.strip().upper()), instant_text(now)
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
        wipe_secret = secrets.token_urlsafe(32)
        # Short codes are counted: one enrolment of a company at a time.
        sql = f"SELECT name, lease_days FROM s_org WHERE org = ?{database.for_update}"
        company, lease_days = database.rows(sql, (org,))[0]
        count = database.rows("SELECT count(*) FROM s_device WHERE org = ?", (org,))[0][0]
        database.execute(
            "INSERT INTO s_device (org, device, usr, code, token_hash, last_n, schema_no, status, enrolled_at,"
            " wipe_secret) VALUES (?, ?, ?, ?, ?, 0, ?, 'active', ?, ?)",
            (org, device_id, user, _device_code(count), hash_of(token), schema, moment, wipe_secret),
        )
        name, role = database.rows("SELECT name, role FROM app_user WHERE org = ? AND id = ?", (org, user))[0]
    return {
        "org": org, "device": device_id, "code": _device_code(count), "token": token, "user": user, "name": name,
        "role": role, "company": company, "wipe": hash_of(wipe_secret), "lease_days": lease_days,
    }  # fmt: skip


def device_of_token(database: Database, token: str) -> tuple[str, str]:
    """Return company and device of a token.

    Raises:
        ProtocolError: 401.
    """
    sql = "SELECT org, device FROM s_device WHERE org = ? AND token_hash = ?"
    found_devices = database.rows(sql, (org_of(token), hash_of(token)))
    if not found_devices:
        raise ProtocolError(401, "This device is not known here.")
    return found_devices[0][0], found_devices[0][1]


def revoke(database: Database, org: str, device: str) -> None:
    """Let a device sync no more; it is told to wipe itself when it comes."""
    with database.writing():
        database.execute("UPDATE s_device SET status = 'revoked' WHERE org = ? AND device = ?", (org, device))


def note_wiped(database: Database, org: str, device: str, now: datetime) -> str:
    """Keep when a device that may sync no more first said that its book is gone, and return it.

    Raises:
        ProtocolError: 409: it may sync, so nobody told it to.
    """
    with database.writing():
        found_devices = database.rows(
            "SELECT d.status, u.is_active, d.wiped_at FROM s_device d JOIN app_user u ON u.org = d.org AND u.id = d.usr"
            " WHERE d.org = ? AND d.device = ?",
            (org, device),
        )
        status, is_active, wiped_at = found_devices[0]
        if status == "active" and is_active:
            raise ProtocolError(409, "This device was not told to remove its book.")
        database.execute(
            "UPDATE s_device SET wiped_at = ?, status = 'revoked' WHERE org = ? AND device = ?",
            (wiped_at or instant_text(now), org, device),
        )
    return str(wiped_at or instant_text(now))


def lease_days(database: Database, org: str) -> int:
    """Return for how many days without contact a laptop shows its book; 0: for ever."""
    return int(database.rows("SELECT lease_days FROM s_org WHERE org = ?", (org,))[0][0])


def set_lease_days(database: Database, org: str, days: int) -> None:
    """Let laptops show their book for so many days without contact; each hears of it at its next sync.

    Raises:
        UsageError: it is no number from 0 (for ever) to LONGEST_LEASE.
    """
    if not 0 <= days <= LONGEST_LEASE:
        raise UsageError(f"A lease has 0 to {LONGEST_LEASE} days.", hint="0 lets a laptop do without contact for ever.")
    with database.writing():
        database.execute("UPDATE s_org SET lease_days = ? WHERE org = ?", (days, org))


def note_seen(database: Database, org: str, device: str, now: datetime) -> None:
    """Write down that a device was here."""
    with database.writing():
        database.execute(
            "UPDATE s_device SET seen_at = ? WHERE org = ? AND device = ?", (instant_text(now), org, device)
        )


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


def org_of(token: str) -> str:
    """Return the company that a token names."""
    return token.rpartition(".")[0]


def hash_of(secret: str) -> str:
    """Return what is kept of a token, a code or a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
