"""Passwords and sessions of administrators: argon2 for the one, hashed random keys for the other."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from sfa.clock import instant_text
from sfa.errors import UsageError
from sfa.server.database import Database
from sfa.server.failures import Failures
from sfa.sync.protocol import ProtocolError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 12, 200
_NOT_FOR_PAGE = "Name or password is wrong, or this is no administrator."


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is logged in; `form_key` must come with each of their forms."""

    user: str
    name: str
    form_key: str


class Logins:
    """Logs administrators of one company in and out.

    Args:
        database: where.
        org: the company.
        now: the instant.
        life: how long a session lasts.
    """

    def __init__(self, database: Database, org: str, now: datetime, life: timedelta = timedelta(hours=1)) -> None:
        self._database, self._org, self._now, self._life = database, org, now, life

    def set_password(self, user: str, password: str) -> None:
        """Set a user's password and end their sessions.

        Raises:
            UsageError: it is too short or too long.
        """
        if not SHORTEST <= len(password) <= LONGEST:
            raise UsageError(f"A password has {SHORTEST} to {LONGEST} characters.", hint="Four words make a good one.")
        hashed = _hasher().hash(password)
        with self._database.writing():
            self._database.execute(
                "INSERT INTO s_login (org, usr, password_hash, changed_at) VALUES (?, ?, ?, ?) ON CONFLICT (org, usr)"
                " DO UPDATE SET password_hash = excluded.password_hash, changed_at = excluded.changed_at",
                (self._org, user, hashed, instant_text(self._now)),
            )
            self._database.execute("DELETE FROM s_session WHERE org = ? AND usr = ?", (self._org, user))

    def log_in(self, name: str, password: str, address: str, failures: Failures) -> str:
        """Return the key of a new session, for a cookie; only its hash is kept.

        Raises:
            ProtocolError: 401, in the same words and time whatever was wrong; 429 after too many attempts.
        """
        who = f"login:{name.strip().casefold()[:100]}@{address}", f"ip:{address}"
        failures.require_few(*who)
        rows = self._database.rows(
            "SELECT u.id, l.password_hash FROM app_user u JOIN s_login l ON l.org = u.org AND l.usr = u.id"
            " WHERE u.org = ? AND (lower(u.name) = lower(?) OR lower(u.email) = lower(?)) AND u.role = 'admin'"
            " AND u.is_active = 1 AND u.deleted_at IS NULL ORDER BY u.id LIMIT 1",
            (self._org, name.strip(), name.strip()),
        )
        user, hashed = rows[0] if rows else ("", _nobody())
        if not _is_right(hashed, password[: LONGEST + 1]) or not user:
            failures.note(who)
            raise ProtocolError(401, _NOT_FOR_PAGE)
        return self._begin(user)

    def _begin(self, user: str) -> str:
        key = secrets.token_urlsafe(32)
        with self._database.writing():
            self._database.execute(
                "DELETE FROM s_session WHERE org = ? AND expires_at <= ?", (self._org, instant_text(self._now))
            )
            self._database.execute(
                "INSERT INTO s_session (org, id_hash, usr, form_key, expires_at) VALUES (?, ?, ?, ?, ?)",
                (self._org, _hash(key), user, secrets.token_urlsafe(32), instant_text(self._now + self._life)),
            )
        return key

    def session(self, key: str) -> Session | None:
        """Return whose session a key is; None where it ended, or its person is no active administrator any more."""
        rows = self._database.rows(
            "SELECT s.usr, u.name, s.form_key FROM s_session s JOIN app_user u ON u.org = s.org AND u.id = s.usr"
            " WHERE s.org = ? AND s.id_hash = ? AND s.expires_at > ? AND u.role = 'admin' AND u.is_active = 1"
            " AND u.deleted_at IS NULL",
            (self._org, _hash(key), instant_text(self._now)),
        )
        return Session(*rows[0]) if rows else None

    def log_out(self, key: str) -> None:
        """End a session."""
        with self._database.writing():
            self._database.execute("DELETE FROM s_session WHERE org = ? AND id_hash = ?", (self._org, _hash(key)))


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher  # noqa: PLC0415 - an extra

    return PasswordHasher()


@cache
def _nobody() -> str:
    """Return the hash of a password that nobody has, so that an unknown name takes as long as a known one."""
    return _hasher().hash(secrets.token_urlsafe(32))


def _is_right(hashed: str, password: str) -> bool:
    from argon2.exceptions import Argon2Error  # noqa: PLC0415 - an extra

    try:
        return _hasher().verify(hashed, password)
    except Argon2Error:
        return False


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
