"""What laptops get: for each bucket the rows that changed since their cursor, and those that left."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sfa.domain.sharing.access import Grant, masked
from sfa.server.catalog import shared_tables
from sfa.server.database import Database
from sfa.sync.protocol import Change

CHUNK = 500
_MASK = (1 << 64) - 1


def pull(
    database: Database,
    org: str,
    epoch: int,
    granted: Mapping[str, Grant],
    cursors: Mapping[str, tuple[int, int, int]],
    limit: int,
    *,
    has_pushed: bool,
) -> tuple[list[Change], bool]:
    """Return the changes since the cursors, at most `limit` rows, and whether there are more.

    Args:
        database: where.
        org: the company.
        epoch: of the server's book; a cursor of another one counts as none.
        granted: buckets that the person gets; a cursor for any other is not looked at.
        cursors: by bucket, epoch, version, and the floor when reading began.
        limit: most entries.
        has_pushed: the device has rows of its own making, which may have moved before it saw them here.
    """
    if not granted:
        return [], False
    changes: list[Change] = []
    for bucket, head, floor in _heads(database, org, granted):
        seen_epoch, seen, began = cursors.get(bucket, (epoch, 0, floor))
        # Removals that were forgotten since the reading began would be missed by whoever is below the floor.
        is_reset = seen > 0 and (seen_epoch != epoch or (seen < floor and began < floor) or seen > head)
        after = 0 if is_reset else seen
        if head <= after and not is_reset:
            continue
        if limit <= 0:
            return changes, True
        change = _bucket_changes(database, org, epoch, granted[bucket], after, (head, floor), limit, is_reset=is_reset)
        if not (after or is_reset or has_pushed):
            change = replace(change, gone=())
        changes.append(change)
        limit -= sum(len(table["values"][0]) for table in change.rows.values()) + len(change.gone)
        if change.upto < head:
            return changes, True
    return changes, False


def _heads(database: Database, org: str, buckets: Iterable[str]) -> list[tuple[str, int, int]]:
    names = sorted(buckets)
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(names), CHUNK):
        part = names[start : start + CHUNK]
        sql = f"SELECT bucket, head, floor FROM s_bucket WHERE org = ? AND bucket IN ({', '.join('?' * len(part))})"
        found += database.rows(sql, (org, *part))
    # A bucket that a restored server has no more is empty, and whoever read it must hear that.
    given = {row[0]: (row[1], row[2]) for row in found}
    return [(name, *given.get(name, (0, 0))) for name in names]


def _bucket_changes(
    database: Database,
    org: str,
    epoch: int,
    grant: Grant,
    after: int,
    ends: tuple[int, int],
    limit: int,
    *,
    is_reset: bool,
) -> Change:
    feed = database.rows(
        "SELECT tbl, pk, ver, op, why FROM s_row WHERE org = ? AND bucket = ? AND ver > ? ORDER BY ver LIMIT ?",
        (org, grant.bucket, after, limit),
    )
    head, floor = ends
    upto = feed[-1][2] if len(feed) == limit else head
    by_table: dict[str, list[str]] = {}
    for table, pk, _, op, _ in feed:
        if op == "P":
            by_table.setdefault(table, []).append(pk)
    rows = {
        table: _table_rows(database, org, table, by_table[table], masked(grant.profile, table))
        for table in shared_tables()
        if table in by_table
    }
    gone = [[table, pk, why] for table, pk, _, op, why in feed if op == "R"]
    kept = {table: data for table, data in rows.items() if data["values"][0]}
    return Change(grant.bucket, epoch, after, upto, kept, gone, is_reset, upto >= head, floor)


def _table_rows(database: Database, org: str, table: str, pks: Sequence[str], hidden: Sequence[str]) -> dict[str, Any]:
    columns = [column for column in shared_tables()[table].columns if column not in hidden]
    rows: list[tuple[Any, ...]] = []
    for start in range(0, len(pks), CHUNK):
        part = pks[start : start + CHUNK]
        sql = f"SELECT {', '.join(columns)} FROM {table} WHERE org = ? AND id IN ({', '.join('?' * len(part))})"
        rows += database.rows(sql, (org, *part))
    return {"columns": columns, "values": list(zip(*rows, strict=True)) if rows else [()] * len(columns)}


def digest(database: Database, org: str, grant: Grant) -> dict[str, Any]:
    """Return count and order-free hash of the rows of a bucket, as its person sees them."""
    feed = database.rows(
        "SELECT tbl, pk FROM s_row WHERE org = ? AND bucket = ? AND op = 'P' ORDER BY tbl", (org, grant.bucket)
    )
    by_table: dict[str, list[str]] = {}
    for table, pk in feed:
        by_table.setdefault(table, []).append(pk)
    total = 0
    for table, pks in by_table.items():
        data = _table_rows(database, org, table, pks, masked(grant.profile, table))
        for row in zip(*data["values"], strict=True):
            total = (total + row_hash(table, dict(zip(data["columns"], row, strict=True)))) & _MASK
    return {"count": len(feed), "hash": f"{total:016x}"}


def row_hash(table: str, row: Mapping[str, Any]) -> int:
    """Return the hash of a row, the same on laptop and server: empty columns don't count."""
    text = json.dumps(
        [table, sorted((column, value) for column, value in row.items() if value is not None)], ensure_ascii=False
    )
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
