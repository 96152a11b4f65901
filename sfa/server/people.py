"""Users, teams, territories and devices, for the server's shell and its page."""

from datetime import datetime
from typing import Any

from sfa.errors import ConflictError, NotFoundError
from sfa.server import founding
from sfa.server.database import Database
from sfa.server.grants import rebuild


class People:
    """The people and devices of one company."""

    def __init__(self, database: Database, org: str, now: datetime, new_id: Any) -> None:  # noqa: ANN401 - a function
        self._database, self._org, self._now, self._new_id = database, org, now, new_id

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
        """Add or change a user, team or territory and return its id."""
        row = {"id": row_id or self._new_id(), **values}
        founding.put(self._database, self._org, table, row, self._now)
        return str(row["id"])

    def names(self, table: str) -> list[dict[str, Any]]:
        """Return teams or territories."""
        above = "parent_id" if table == "territory" else "NULL"
        rows = self._database.rows(f"SELECT id, name, {above} FROM {table} WHERE org = ? ORDER BY name", (self._org,))
        return [{"id": row[0], "name": row[1], "parent": row[2]} for row in rows]

    def devices(self) -> list[dict[str, Any]]:
        """Return all devices, the one that was seen last first."""
        rows = self._database.rows(
            "SELECT d.device, d.code, u.name, d.status, d.enrolled_at, d.seen_at, d.last_n FROM s_device d"
            " JOIN app_user u ON u.org = d.org AND u.id = d.usr WHERE d.org = ?"
            " ORDER BY COALESCE(d.seen_at, d.enrolled_at) DESC, d.device",
            (self._org,),
        )
        names = ("id", "code", "user", "status", "enrolled_at", "seen_at", "mutations")
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
        return str(found[0]["user"])

    def code_for(self, user: str) -> str:
        """Return a one-time code for a user."""
        return founding.issue_code(self._database, self._org, self.find("app_user", user), self._now)

    def audit(self, limit: int) -> list[dict[str, Any]]:
        """Return what was deleted or overwritten, newest first."""
        rows = self._database.rows(
            "SELECT s.at, u.name, s.what, s.tbl, s.pk, s.detail FROM s_audit s LEFT JOIN app_user u"
            " ON u.org = s.org AND u.id = s.usr WHERE s.org = ? ORDER BY s.at DESC, s.id DESC LIMIT ?",
            (self._org, limit),
        )
        names = ("at", "user", "what", "table", "id", "detail")
        return [dict(zip(names, row, strict=True)) for row in rows]

    def rebuild_grants(self) -> None:
        """Make all grants anew."""
        with self._database.writing():
            rebuild(self._database, self._org)


_WORDS = {"app_user": "user", "team": "team", "territory": "territory"}
