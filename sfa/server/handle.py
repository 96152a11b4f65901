"""The server as one function: a device, bytes and an instant in, bytes out; nothing else has a part in it."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sfa.clock import instant_text
from sfa.server import grants as all_grants
from sfa.server.checks import Rules
from sfa.server.database import Database
from sfa.server.pull import pull
from sfa.server.push import Device, Pusher
from sfa.sync.protocol import (
    CODECS,
    GZIP,
    MOST_BYTES,
    MOST_MUTATIONS,
    MOST_ROWS,
    MOST_ROWS_AT_ONCE,
    OLDEST_SCHEMA,
    PROTOCOL,
    SCHEMA,
    Mutation,
    ProtocolError,
    Verdict,
    decode,
    encode,
    mark_of,
)

MOST_REMEMBERED, FEW = 10_000, 3
CLOCK_TOLERANCE = timedelta(minutes=5)


class Server:
    """One server over one database.

    Args:
        database: where the books are.
        new_id: makes ids.
    """

    def __init__(self, database: Database, new_id: Callable[[], str]) -> None:
        self.database, self._new_id = database, new_id
        self._rules = Rules()
        self._likely: dict[str, frozenset[str]] = {}

    def handle(self, org: str, device_id: str, body: bytes, now: datetime) -> bytes:
        """Take what a device sends and return what it gets; who it is was shown by its token before.

        Raises:
            ProtocolError: 400, 401, 409, 413, 426 or 503.
        """
        message = _checked(decode(body))
        device = self.device(org, device_id)
        verdicts = self._push(device, message, now)
        # A push may have changed who sees what.
        granted = all_grants.grants(self.database, org, device.user) if verdicts else device.grants
        with self.database.reading():
            sql = "SELECT epoch, lease_days FROM s_org WHERE org = ?"
            epoch, lease_days = self.database.rows(sql, (org,))[0]
            limit = min(int(message["limit"]), MOST_ROWS_AT_ONCE)
            sql = "SELECT last_n FROM s_device WHERE org = ? AND device = ?"
            last_n = self.database.rows(sql, (org, device_id))[0][0]
            changes, is_more = pull(
                self.database, org, epoch, granted, message["cursors"], limit, has_pushed=last_n > 0
            )
        return encode(
            {
                "now": instant_text(now),
                "verdicts": [verdict.as_json() for verdict in verdicts],
                "grants": [[grant.bucket, int(grant.is_writable), grant.profile] for grant in granted.values()],
                "changes": [change.as_json() for change in changes],
                "more": is_more,
                "last_n": last_n,
                "lease_days": lease_days,
                "re": mark_of(body),
            },
            next((one for one in message["codecs"][::-1] if one in CODECS), GZIP),
        )

    def device(self, org: str, device_id: str) -> Device:
        """Return a device with its person's grants.

        Raises:
            ProtocolError: 401: there is none, it was revoked, or its person is not active.
        """
        found = self.database.rows(
            "SELECT d.usr, d.last_n, d.status, u.role, u.is_active, d.wipe_secret FROM s_device d JOIN app_user u"
            " ON u.org = d.org AND u.id = d.usr WHERE d.org = ? AND d.device = ?",
            (org, device_id),
        )
        if not found or found[0][2] != "active" or not found[0][4]:
            secret = {"wipe": found[0][5]} if found else {}
            raise ProtocolError(401, "This device may not sync any more.", **secret)
        user, last_n, _, role, *_ = found[0]
        return Device(org, device_id, user, role, last_n, all_grants.grants(self.database, org, user))

    def _push(self, device: Device, message: Mapping[str, Any], now: datetime) -> list[Verdict]:
        mutations = [Mutation.from_json(one) for one in message["mutations"]]
        if not mutations:
            return []
        ceiling = f"{int((now + CLOCK_TOLERANCE).timestamp() * 1000):012x}"
        pusher = Pusher(self.database, device, self._rules, instant_text(now), ceiling, self._new_id)
        pusher.likely = self._likely.get(device.id, frozenset())
        verdicts = pusher.push(mutations, int(message["seen_verdicts"]))
        if len(self._likely) >= MOST_REMEMBERED:
            self._likely.clear()
        self._likely[device.id] = pusher.likely if len(pusher.likely) <= FEW else frozenset()
        return verdicts


def _checked(message: dict[str, Any]) -> dict[str, Any]:
    """Return a message whose parts have the right types.

    Raises:
        ProtocolError: 400, 413 or 426.
    """
    if message.get("protocol") != PROTOCOL:
        raise ProtocolError(426, "This server speaks another version of the protocol.", protocol=PROTOCOL)
    schema = message.get("schema")
    if not isinstance(schema, int) or not OLDEST_SCHEMA <= schema <= SCHEMA:
        raise ProtocolError(426, "This server needs another version of sfa.", schema=SCHEMA, oldest=OLDEST_SCHEMA)
    mutations, cursors = message.get("mutations", []), message.get("cursors", {})
    if not isinstance(mutations, list) or not isinstance(cursors, dict):
        raise ProtocolError(400, "Mutations are a list, cursors an object.")
    if len(mutations) > MOST_MUTATIONS:
        raise ProtocolError(413, f"At most {MOST_MUTATIONS} mutations at a time.", most=MOST_MUTATIONS)
    for key, default in (("seen_verdicts", 0), ("limit", MOST_ROWS)):
        value = message.setdefault(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise ProtocolError(400, f"{key} is a whole number.")
    codecs = message.setdefault("codecs", [GZIP])
    if not isinstance(codecs, list):
        raise ProtocolError(400, "codecs is a list.")
    message["mutations"], message["cursors"] = mutations, {bucket: _cursor(at) for bucket, at in cursors.items()}
    return message


def _cursor(value: object) -> tuple[int, int, int]:
    match value:
        case [int(epoch), int(version), int(floor)] if min(epoch, version, floor) >= 0:
            return epoch, version, floor
    raise ProtocolError(400, "A cursor is an epoch, a version and a floor.")


__all__ = ["MOST_BYTES", "Server"]
