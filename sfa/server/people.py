"""Users, teams, territories and devices, for the server's shell and its page."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sfa.clock import instant_text
from sfa.domain.text import clean
from sfa.errors import ConflictError, NotFoundError, UsageError
from sfa.server import between, founding
from sfa.server.book import Book
from sfa.server.database import Database

ROLES = ("rep", "manager", "finance", "admin")


class People:
    """The people and devices of one company.

    Args:
        database: where.
        org: the company.
        now: the instant.
        new_id: makes ids.
        by: who does it, for the audit; empty at the server's own shell.
    """

    def __init__(self, database: Database, org: str, now: datetime, new_id: Callable[[], str], by: str = "") -> None:
        self._database, self._org, self._now, self._new_id, self._by = database, org, now, new_id, by

    def users(self) -> list[dict[str, Any]]:
        """Return all users with team, territory, manager and how many devices sync."""
        rows = self._database.rows(
            "SELECT u.id, u.name, u.email, u.role, u.is_active, m.name, t.name, a.name,"
            " (SELECT count(*) FROM s_device d WHERE d.org = u.org AND d.usr = u.id AND d.status = 'active')"
            " FROM app_user u LEFT JOIN app_user m ON m.org = u.org AND m.id = u.manager_id"
            " LEFT JOIN team t ON t.org = u.org AND t.id = u.team_id"
            " LEFT JOIN territory a ON a.org = u.org AND a.id = u.territory_id WHERE u.org = ? ORDER BY u.name, u.id",
            (self._org,),
        )
        names = ("id", "name", "email", "role", "is_active", "manager", "team", "territory", "devices")
        return [dict(zip(names, row, strict=True)) for row in rows]

    def find(self, table: str, word: str) -> str:
        """Return the id of a user, team or territory by its name, the beginning of it, or its id.

        Raises:
            NotFoundError: there is none.
            ConflictError: there are several.
        """
        rows = self._database.rows(f"SELECT id, name FROM {table} WHERE org = ? ORDER BY name", (self._org,))
        wanted = word.casefold()
        exact = [row for row in rows if row[0] == word or row[1].casefold() == wanted]
        found = exact or [row for row in rows if row[1].casefold().startswith(wanted)]
        if not found:
            raise NotFoundError(
                f"There is no {_WORDS[table]} “{word}” on this server.", hint=f"sfa server {_WORDS[table]} list"
            )
        if len(found) > 1:
            raise ConflictError(f"“{word}” may be several.", candidates=[row[1] for row in found])
        return str(found[0][0])

    def save(self, table: str, row_id: str | None, values: dict[str, Any]) -> str:
        """Add or change a user, team or territory and return its id.

        Raises:
            UsageError: there is no such role, or the name is empty or taken.
            ConflictError: somebody would be above themselves.
        """
        inert = {key: clean(value).strip() if isinstance(value, str) else value for key, value in values.items()}
        row = {"id": row_id or self._new_id(), **inert}
        self._require_sound(table, row)
        circle = between.fault_of_tree(Book(self._database, self._org, ""), table, str(row["id"]), row)
        if circle:
            raise ConflictError(circle, hint="See who is above whom: sfa server user list")
        founding.put(self._database, self._org, table, row, self._now)
        self._record("changed" if row_id else "added", table, str(row["id"]), values)
        return str(row["id"])

    def _require_sound(self, table: str, row: Mapping[str, Any]) -> None:
        if row.get("role", "rep") not in ROLES:
            raise UsageError(f"There is no role {row['role']}.", hint=f"Use {', '.join(ROLES)}.")
        if "name" not in row:
            return
        name = str(row["name"])
        if not name or len(name) > LONGEST_NAME:
            raise UsageError(f"A name has 1 to {LONGEST_NAME} characters.")
        rows = self._database.rows(f"SELECT id, name FROM {table} WHERE org = ?", (self._org,))
        if any(other != row["id"] and taken.casefold() == name.casefold() for other, taken in rows):
            raise UsageError(f"There is a {_WORDS[table]} {name} already.", hint="Names tell people apart here.")

    def _record(self, what: str, table: str, row_id: str, detail: Mapping[str, Any]) -> None:
        """Write down who did what, for the audit."""
        with self._database.writing():
            self._database.execute(
                "INSERT INTO s_audit (org, id, at, device, usr, what, tbl, pk, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(self._org, self._new_id(), instant_text(self._now), "", self._by, what, table, row_id),
                    json.dumps(dict(detail), ensure_ascii=False),
                ),
            )

    def names(self, table: str) -> list[dict[str, Any]]:
        """Return teams or territories."""
        above = "parent_id" if table == "territory" else "NULL"
        rows = self._database.rows(f"SELECT id, name, {above} FROM {table} WHERE org = ? ORDER BY name", (self._org,))
        return [{"id": row[0], "name": row[1], "parent": row[2]} for row in rows]

    def devices(self) -> list[dict[str, Any]]:
        """Return all devices, the one that was seen last first."""
        rows = self._database.rows(
            "SELECT d.device, d.code, u.name, d.status, d.enrolled_at, d.seen_at, d.wiped_at, d.last_n,"
            " (SELECT count(*) FROM s_verdict v WHERE v.org = d.org AND v.device = d.device),"
            " (SELECT count(*) FROM s_quarantine q WHERE q.org = d.org AND q.device = d.device) FROM s_device d"
            " JOIN app_user u ON u.org = d.org AND u.id = d.usr WHERE d.org = ?"
            " ORDER BY COALESCE(d.seen_at, d.enrolled_at) DESC, d.device",
            (self._org,),
        )
        names = (
            "id",
            "code",
            "user",
            "status",
            "enrolled_at",
            "seen_at",
            "wiped_at",
            "mutations",
            "verdicts",
            "quarantined",
        )
        return [dict(zip(names, row, strict=True)) for row in rows]

    def revoke(self, word: str) -> str:
        """Revoke a device by its short code or id, and return whose it was.

        Raises:
            NotFoundError: there is none.
        """
        found = [one for one in self.devices() if word in (one["id"], one["code"])]
        if not found:
            raise NotFoundError(f"There is no device {word}.", hint="sfa server device list")
        founding.revoke(self._database, self._org, found[0]["id"])
        self._record("revoked", "device", found[0]["id"], {"code": found[0]["code"], "user": found[0]["user"]})
        return str(found[0]["user"])

    def set_lease(self, days: int) -> None:
        """Let laptops show their book for so many days without contact.

        Raises:
            UsageError: it is no number of days that is allowed.
        """
        founding.set_lease_days(self._database, self._org, days)
        self._record("lease changed", "company", self._org, {"days": days})

    def code_for(self, user: str) -> str:
        """Return a one-time code for a user."""
        found = self.find("app_user", user)
        code = founding.issue_code(self._database, self._org, found, self._now)
        self._record("code issued", "app_user", found, {})
        return code

    def device_id(self, word: str) -> str:
        """Return the id of a device by its short code.

        Raises:
            NotFoundError: there is none.
        """
        found = [one["id"] for one in self.devices() if word in (one["id"], one["code"])]
        if not found:
            raise NotFoundError(f"There is no device {word}.", hint="sfa server device list")
        return str(found[0])

    def audit(self, limit: int, what: str = "", user: str = "") -> list[dict[str, Any]]:
        """Return what was deleted, overwritten or done by administrators, newest first.

        Args:
            limit: at most so many.
            what: only this kind; all if empty.
            user: only what this person did, by name; all if empty.
        """
        rows = self._database.rows(
            "SELECT s.at, u.name, s.what, s.tbl, s.pk, s.detail FROM s_audit s LEFT JOIN app_user u"
            " ON u.org = s.org AND u.id = s.usr WHERE s.org = ? AND (s.what = ? OR ? = '') AND (u.name = ? OR ? = '')"
            " ORDER BY s.at DESC, s.id DESC LIMIT ?",
            (self._org, what, what, user, user, limit),
        )
        names = ("at", "user", "what", "table", "id", "detail")
        return [dict(zip(names, row, strict=True)) for row in rows]


LONGEST_NAME = 200
_WORDS = {"app_user": "user", "team": "team", "territory": "territory"}
