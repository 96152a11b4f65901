"""The server as one function: a device, bytes and an instant in, bytes out; nothing else has a part in it."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from sfa.clock import instant_text
from sfa.domain.sharing.versions import Versions
from sfa.server.checks import Rules
from sfa.server.database import Database
from sfa.server.pull import pull, renewed
from sfa.server.push import Device, Pusher
from sfa.server.standing import Standing, standing_of
from sfa.server.words import Words
from sfa.sync.protocol import (
    CODECS,
    GZIP,
    MOST_BYTES,
    MOST_MUTATIONS,
    MOST_ROWS,
    MOST_ROWS_AT_ONCE,
    PROTOCOL,
    TOO_OLD,
    Mutation,
    ProtocolError,
    Verdict,
    decode,
    encode,
    mark_of,
)

MOST_REMEMBERED, FEW = 10_000, 3
MOST_VERSIONS = 10_000
CLOCK_TOLERANCE = timedelta(minutes=5)


class Server:
    """One server over one database.

    Args:
        database: where the books are.
        new_id: makes ids.
        versions: of the schema, that this server knows; those that are shipped if None.
    """

    def __init__(self, database: Database, new_id: Callable[[], str], versions: Versions | None = None) -> None:
        from db.migrations import shipped_versions  # noqa: PLC0415 - reads a folder

        self.database, self._new_id = database, new_id
        self.versions = versions or shipped_versions()
        self._rules = Rules()
        self._likely: dict[str, frozenset[str]] = {}

    def handle(
        self, org: str, device_id: str, body: bytes, now: datetime, message: dict[str, Any] | None = None
    ) -> bytes:
        """Take what a device sends and return what it gets; who it is was shown by its token before.

        Args:
            org: its company.
            device_id: its id.
            body: what it sends.
            now: the instant.
            message: the body unpacked, where it was already.

        Raises:
            ProtocolError: 400, 401, 409, 413 or 503; 426, with the verdicts, where it may send but gets no rows.
        """
        message = _checked(decode(body) if message is None else message)
        device = self.device(org, device_id, message["schema"])
        verdicts = self._push(device, message, now, moment := instant_text(now))
        with self.database.reading():
            # A push may have changed who sees what.
            standing = standing_of(self.database, org, device_id)
            answer: dict[str, Any] = {
                "now": moment,
                "verdicts": [verdict.as_json() for verdict in verdicts],
                "grants": standing.told_grants,
                "re": mark_of(body),
                "last_n": standing.last_n,
                "lease_days": standing.lease_days,
            }
            self.require_served(device.words, answer)
            answer |= self._pull(device, standing, message)
        return encode(answer, next((one for one in message["codecs"][::-1] if one in CODECS), GZIP))

    def _pull(self, device: Device, standing: Standing, message: Mapping[str, Any]) -> dict[str, Any]:
        org, words = device.org, device.words
        limit = min(int(message["limit"]), MOST_ROWS_AT_ONCE)
        changes, is_more = pull(self.database, org, standing, message["cursors"], limit)
        answer = {"changes": [words.change(change).as_json() for change in changes], "more": is_more}
        if message["renew"] and not is_more:
            again, is_more = renewed(self.database, org, standing, message["renew"], limit)
            answer |= {"renewed": [words.change(change).as_json() for change in again], "more": is_more}
        return answer

    def require_served(self, words: Words, answer: Mapping[str, Any] | None = None) -> None:
        """Refuse rows to a laptop whose schema is not this one or the one before it.

        Raises:
            ProtocolError: 426, with what was answered all the same.
        """
        if words.is_served:
            return
        newest, oldest = self.versions.newest, self.versions.oldest_served
        sentence = (
            f"This server has an older sfa than this laptop (schema {newest}): whoever keeps it updates it."
            if words.schema > newest
            else f"This laptop's sfa is too old for the server, which needs schema {oldest} or newer."
        )
        raise ProtocolError(TOO_OLD, sentence, schema=newest, oldest=oldest, **(answer or {}))

    def device(self, org: str, device_id: str, schema: int | None = None) -> Device:
        """Return a device; what its person may see is read where it counts, in the transaction.

        Args:
            org: its company.
            device_id: its id.
            schema: what it says that it has; what it said last if None.

        Raises:
            ProtocolError: 401: there is none, it was revoked, or its person is not active; 503: the book was upgraded
                by another program, and this one must go.
        """
        found = self.database.rows(
            "SELECT d.usr, d.last_n, d.status, u.role, u.is_active, d.wipe_secret, d.schema_no, o.schema_no"
            " FROM s_device d JOIN s_org o ON o.org = d.org JOIN app_user u"
            " ON u.org = d.org AND u.id = d.usr WHERE d.org = ? AND d.device = ?",
            (org, device_id),
        )
        if not found or found[0][2] != "active" or not found[0][4]:
            secret = {"wipe": found[0][5]} if found else {}
            raise ProtocolError(401, "This device may not sync any more.", **secret)
        user, last_n, _, role, _, _, known, of_book = found[0]
        if of_book != self.versions.newest:
            raise ProtocolError(503, "The server is being updated; try again later.", retry_after=60)
        words = Words(self.versions, schema or known)
        if words.is_served and words.schema != known:
            with self.database.writing():
                sql = "UPDATE s_device SET schema_no = ? WHERE org = ? AND device = ?"
                self.database.execute(sql, (schema, org, device_id))
        return Device(org, device_id, user, role, last_n, {}, words)

    def _push(self, device: Device, message: Mapping[str, Any], now: datetime, moment: str) -> list[Verdict]:
        sent = [Mutation.from_json(one) for one in message["mutations"]]
        mutations = list(takewhile(device.words.understands, sent))
        if len(mutations) < len(sent) and device.words.is_served:
            raise ProtocolError(400, "A mutation is in the words of no version that is known here.")
        if not mutations:
            return []
        ceiling = f"{int((now + CLOCK_TOLERANCE).timestamp() * 1000):012x}"
        pusher = Pusher(self.database, device, self._rules, moment, ceiling, self._new_id)
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
    message = dict(message)  # a transaction that comes second is done again, with the same message
    schema = message.get("schema")
    if not isinstance(schema, int) or isinstance(schema, bool) or not 0 < schema <= MOST_VERSIONS:
        raise ProtocolError(400, "The schema is a number.")
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
    message["renew"] = _renewal(message.get("renew_tables", []), message.get("renew", {}))
    return message


def _renewal(tables: object, buckets: object) -> dict[str, tuple[tuple[str, ...], int, int]]:
    """Return by bucket which tables are wanted anew, after which version and up to which."""
    if not isinstance(tables, list) or not all(isinstance(table, str) for table in tables):
        raise ProtocolError(400, "The tables that are wanted anew are a list.")
    if not isinstance(buckets, dict):
        raise ProtocolError(400, "The buckets that are wanted anew are an object.")
    return {bucket: (tuple(tables), *_span(ends)) for bucket, ends in buckets.items()}


def _span(value: object) -> tuple[int, int]:
    match value:
        case [int(after), int(upto)] if 0 <= after <= upto:
            return after, upto
    raise ProtocolError(400, "A bucket is wanted anew after a version and up to one.")


def _cursor(value: object) -> tuple[int, int, int]:
    match value:
        case [int(epoch), int(version), int(floor)] if min(epoch, version, floor) >= 0:
            return epoch, version, floor
    raise ProtocolError(400, "A cursor is an epoch, a version and a floor.")


__all__ = ["MOST_BYTES", "Server"]
