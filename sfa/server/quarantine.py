"""What a revoked laptop still sends: kept aside for whoever keeps the server, never put into the book."""

import hashlib
import json
from datetime import datetime
from typing import Any

from sfa.clock import instant_text
from sfa.server.database import Database
from sfa.sync.protocol import MOST_MUTATIONS, ProtocolError, decode

MOST_KEPT = 50
"""Messages of one device: no more than a laptop offline for long has; a thief does not fill the disk."""


def keep(database: Database, org: str, device: str, body: bytes, now: datetime) -> bool:
    """Keep the mutations of a message, once, and tell whether there were any."""
    try:
        mutations = decode(body).get("mutations")
    except ProtocolError:
        return False
    if not isinstance(mutations, list) or not 0 < len(mutations) <= MOST_MUTATIONS:
        return False
    text = json.dumps(mutations, ensure_ascii=True, separators=(",", ":"))
    name = hashlib.sha256(f"{device}:{text}".encode()).hexdigest()
    with database.writing():
        sql = "SELECT count(*) FROM s_quarantine WHERE org = ? AND device = ?"
        if database.rows(sql, (org, device))[0][0] >= MOST_KEPT:
            return False
        kept = database.execute(
            "INSERT INTO s_quarantine (org, id, device, at, body) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (org, id) DO NOTHING",
            (org, name, device, instant_text(now), text),
        )
    return bool(kept)


def kept(database: Database, org: str, device: str) -> list[dict[str, Any]]:
    """Return what a device sent after it was revoked, oldest first; mutations as the protocol has them."""
    sql = "SELECT at, body FROM s_quarantine WHERE org = ? AND device = ? ORDER BY at, id"
    return [{"at": at, "mutations": json.loads(body)} for at, body in database.rows(sql, (org, device))]
