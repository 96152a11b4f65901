"""A sync with nothing to say on either side, as most are: answered from one question to the database."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sfa.clock import instant_text
from sfa.server.database import Database
from sfa.server.founding import hash_of, org_of
from sfa.server.standing import QUESTION, Standing, of_rows
from sfa.sync.protocol import CODECS, GZIP, PROTOCOL, SCHEMA, ProtocolError, decode, encode, mark_of

MOST_BYTES, MOST_UNPACKED = 4_096, 65_536
_USUAL: Mapping[str, Any] = {"mutations": [], "protocol": PROTOCOL, "schema": SCHEMA}
_OTHERS = {"seen_verdicts": int, "cursors": dict, "limit": int, "codecs": list}
_CURSOR = [int, int, int]


class Sent(NamedTuple):
    """What a device sent; `message` is what that says, None where it was not unpacked yet."""

    body: bytes
    message: dict[str, Any] | None


def read(body: bytes) -> Sent:
    """Unpack what is so short that nobody waits for that."""
    try:
        return Sent(body, decode(body, most=MOST_UNPACKED) if len(body) <= MOST_BYTES else None)
    except ProtocolError:
        return Sent(body, None)


def answer(database: Database, token: str, sent: Sent, now: datetime) -> tuple[bytes, str] | None:
    """Return the answer and the device where neither side has news, the same to the byte as `Server.handle` gives.

    None where there is anything else to it: news, a refusal, or an unusual message. It is then for `handle`.
    """
    message = sent.message
    rows = database.rows(_STANDING, (org_of(token), hash_of(token))) if message and _is_usual(message) else []
    standing = of_rows(rows) if rows else None
    if message is None or standing is None or not _is_up_to_date(standing, message["cursors"]):
        return None
    given = {
        "now": instant_text(now),
        "verdicts": [],
        "grants": standing.told_grants,
        "re": mark_of(sent.body),
        "last_n": standing.last_n,
        "lease_days": standing.lease_days,
        "changes": [],
        "more": False,
    }
    return encode(given, next((one for one in message["codecs"][::-1] if one in CODECS), GZIP)), standing.device


def _is_usual(message: Mapping[str, Any]) -> bool:
    """Tell whether a message brings nothing and is as a laptop of this program sends it."""
    return (
        all(message.get(name) == value for name, value in _USUAL.items())
        and message.keys() == _USUAL.keys() | _OTHERS.keys()
        and all(type(message[name]) is kind for name, kind in _OTHERS.items())
        and min(message["seen_verdicts"], message["limit"]) >= 0
        and all(type(one) is list and [*map(type, one)] == _CURSOR for one in message["cursors"].values())
    )


_STANDING = (
    f"{QUESTION} AND d.token_hash = ? AND d.status = 'active' AND u.is_active = 1"
    f" AND d.schema_no = {SCHEMA} AND o.schema_no = {SCHEMA} ORDER BY g.bucket"
)
"""Gives nothing for a device that was revoked, or whose person left, nor where book or device are of another schema."""


def _is_up_to_date(standing: Standing, cursors: Mapping[str, Sequence[int]]) -> bool:
    """Tell whether a device has seen all that there is; where removals were forgotten, `pull` looks more closely."""
    for bucket, (head, floor) in standing.ends.items():
        seen_epoch, seen, began = cursors.get(bucket, (standing.epoch, 0, 0))
        if seen != head or (seen and (seen_epoch != standing.epoch or began < floor)):
            return False
    return all(min(cursor) >= 0 for cursor in cursors.values())
