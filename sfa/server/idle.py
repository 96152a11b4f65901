"""A sync with nothing to say on either side, as most are: answered from one question to the database."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sfa.clock import instant_text
from sfa.server.database import Database
from sfa.server.founding import hash_of, org_of
from sfa.sync.protocol import CODECS, GZIP, PROTOCOL, SCHEMA, ProtocolError, decode, encode, mark_of

MOST_BYTES, MOST_UNPACKED = 4_096, 65_536
_USUAL: Mapping[str, Any] = {"protocol": PROTOCOL, "schema": SCHEMA, "mutations": []}
_OTHERS = {"seen_verdicts": int, "cursors": dict, "limit": int, "codecs": list}
_CURSOR = [int, int, int]


def answer(database: Database, token: str, body: bytes, now: datetime) -> tuple[bytes, str] | None:
    """Return the answer and the device where neither side has news, the same to the byte as `Server.handle` gives.

    None where there is anything else to it: news, a refusal, or an unusual message. It is then for `handle`.
    """
    message = _usual(body)
    rows = database.rows(_STANDING, (org_of(token), hash_of(token))) if message else []
    if message is None or not rows or not _is_up_to_date(rows, message["cursors"]):
        return None
    device, last_n, lease_days = rows[0][:3]
    given = {
        "now": instant_text(now),
        "verdicts": [],
        "grants": [list(row[4:7]) for row in rows if row[4] is not None],
        "re": mark_of(body),
        "last_n": last_n,
        "lease_days": lease_days,
        "changes": [],
        "more": False,
    }
    return encode(given, next((one for one in message["codecs"][::-1] if one in CODECS), GZIP)), device


def _usual(body: bytes) -> dict[str, Any] | None:
    """Return a message that brings nothing and is as a laptop of this program sends it."""
    if len(body) > MOST_BYTES:
        return None
    try:
        message = decode(body, most=MOST_UNPACKED)
    except ProtocolError:
        return None
    is_usual = (
        message.keys() == _USUAL.keys() | _OTHERS.keys()
        and all(message[name] == value for name, value in _USUAL.items())
        and all(type(message[name]) is kind for name, kind in _OTHERS.items())
        and min(message["seen_verdicts"], message["limit"]) >= 0
        and all(type(one) is list and [*map(type, one)] == _CURSOR for one in message["cursors"].values())
    )
    return message if is_usual else None


_STANDING = (
    "SELECT d.device, d.last_n, o.lease_days, o.epoch, g.bucket, g.is_writable, g.profile, b.head, b.floor FROM s_device d"
    " JOIN app_user u ON u.org = d.org AND u.id = d.usr JOIN s_org o ON o.org = d.org"
    " LEFT JOIN s_grant g ON g.org = d.org AND g.usr = d.usr"
    " LEFT JOIN s_bucket b ON b.org = g.org AND b.bucket = g.bucket"
    f" WHERE d.org = ? AND d.token_hash = ? AND d.status = 'active' AND u.is_active = 1 AND d.schema_no = {SCHEMA}"
    f" AND o.schema_no = {SCHEMA} ORDER BY g.bucket"
)
"""A row for each bucket that the device's person gets.

None for a device that was revoked, or whose person left; none where book or device are known with another schema.
"""


def _is_up_to_date(rows: Sequence[Sequence[Any]], cursors: Mapping[str, Sequence[int]]) -> bool:
    """Tell whether a device has seen all that there is; where removals were forgotten, `pull` looks more closely."""
    for _, _, _, epoch, bucket, _, _, head, floor in rows:
        seen_epoch, seen, began = cursors.get(bucket, (epoch, 0, 0))
        if seen != (head or 0) or (seen and (seen_epoch != epoch or began < floor)):
            return False
    return all(min(cursor) >= 0 for cursor in cursors.values())
