"""What laptops get: for each bucket the rows that changed since their cursor, and those that left."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sfa.domain.sharing.access import Grant, masked
from sfa.server.catalog import shared_tables
from sfa.server.database import Database
from sfa.server.standing import Standing
from sfa.server.words import Words
from sfa.sync.protocol import Change

CHUNK = 500
_MASK = (1 << 64) - 1


def pull(
    database: Database, org: str, standing: Standing, cursors: Mapping[str, tuple[int, int, int]], limit: int
) -> tuple[list[Change], bool]:
    """Return the changes since the cursors, at most `limit` rows, and whether there are more.

    Args:
        database: where.
        org: the company.
        standing: of the device; a cursor of another epoch counts as none, one for a bucket without grant is not looked at.
        cursors: by bucket, epoch, version, and the floor when reading began.
        limit: most entries.
    """
    epoch, changes = standing.epoch, list[Change]()
    for bucket, (head, floor) in sorted(standing.ends.items()):
        seen_epoch, seen, began = cursors.get(bucket, (epoch, 0, floor))
        # Removals that were forgotten since the reading began would be missed by whoever is below the floor.
        is_reset = seen > 0 and (seen_epoch != epoch or (seen < floor and began < floor) or seen > head)
        after = 0 if is_reset else seen
        if head <= after and not is_reset:
            continue
        if limit <= 0:
            return changes, True
        grant = standing.grants[bucket]
        change = _bucket_changes(database, org, epoch, grant, after, (head, floor), limit, is_reset=is_reset)
        # A device that has pushed has rows of its own making, which may have moved before it saw them here.
        if not (after or is_reset or standing.last_n):
            change = replace(change, gone=())
        changes.append(change)
        limit -= sum(len(table["values"][0]) for table in change.rows.values()) + len(change.gone)
        if change.upto < head:
            return changes, True
    return changes, False


def renewed(
    database: Database,
    org: str,
    standing: Standing,
    wanted: Mapping[str, tuple[tuple[str, ...], int, int]],
    limit: int,
) -> tuple[list[Change], bool]:
    """Return rows that a laptop passed over while it had no words for them, and whether there are more.

    Args:
        database: where.
        org: the company.
        standing: of the device; what is wanted of buckets without grant is not looked at.
        wanted: by bucket, the tables, after which version, and up to which.
        limit: most rows.
    """
    changes: list[Change] = []
    for bucket in sorted(set(wanted) & set(standing.grants)):
        names, after, upto = wanted[bucket]
        tables = [table for table in names if table in shared_tables()]
        if limit <= 0:
            return changes, True
        sql = (
            "SELECT tbl, pk, ver FROM s_row WHERE org = ? AND bucket = ? AND ver > ? AND ver <= ? AND op = 'P'"
            f" AND tbl IN ({', '.join('?' * len(tables)) or 'NULL'}) ORDER BY ver LIMIT ?"
        )
        feed = database.rows(sql, (org, bucket, after, upto, *tables, limit))
        reached = feed[-1][2] if len(feed) == limit else upto
        rows = _rows(database, org, standing.grants[bucket], feed)
        changes.append(Change(bucket, standing.epoch, after, reached, rows, [], is_whole=reached == upto))
        limit -= len(feed)
        if reached < upto:
            return changes, True
    return changes, False


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
    head, floor = ends
    # Versions are given once: so few need no limit, which takes as long as all the rest of a short question.
    is_all = head - after <= limit
    sql = f"SELECT tbl, pk, ver, op, why FROM s_row WHERE org = ? AND bucket = ? AND ver > ? ORDER BY ver{'' if is_all else ' LIMIT ?'}"
    feed = database.rows(sql, (org, grant.bucket, after, *(() if is_all else (limit,))))
    upto = feed[-1][2] if len(feed) == limit and not is_all else head
    rows = _rows(database, org, grant, [entry[:3] for entry in feed if entry[3] == "P"])
    gone = [[table, pk, why] for table, pk, _, op, why in feed if op == "R"]
    return Change(grant.bucket, epoch, after, upto, rows, gone, is_reset, upto >= head, floor)


def _rows(database: Database, org: str, grant: Grant, feed: Iterable[Sequence[Any]]) -> dict[str, dict[str, Any]]:
    """Return the rows of feed entries by table, parents first."""
    by_table: dict[str, list[str]] = {}
    for table, pk, _ in feed:
        by_table.setdefault(table, []).append(pk)
    rows = {
        table: _table_rows(database, org, table, by_table[table], masked(grant.profile, table))
        for table in shared_tables()
        if table in by_table
    }
    return {table: data for table, data in rows.items() if data["values"][0]}


def _table_rows(database: Database, org: str, table: str, pks: Sequence[str], hidden: Sequence[str]) -> dict[str, Any]:
    columns = [column for column in shared_tables()[table].columns if column not in hidden]
    rows: list[tuple[Any, ...]] = []
    for start in range(0, len(pks), CHUNK):
        part = pks[start : start + CHUNK]
        sql = f"SELECT {', '.join(columns)} FROM {table} WHERE org = ? AND id IN ({', '.join('?' * len(part))})"
        rows += database.rows(sql, (org, *part))
    return {"columns": columns, "values": list(zip(*rows, strict=True)) if rows else [()] * len(columns)}


def digest(database: Database, org: str, grant: Grant, words: Words) -> dict[str, Any]:
    """Return count and order-free hash of the rows of a bucket, as its person sees them, in the words of their laptop."""
    feed = database.rows(
        "SELECT tbl, pk FROM s_row WHERE org = ? AND bucket = ? AND op = 'P' ORDER BY tbl", (org, grant.bucket)
    )
    by_table: dict[str, list[str]] = {}
    for table, pk in feed:
        by_table.setdefault(table, []).append(pk)
    count = total = 0
    for table, pks in by_table.items():
        data = _table_rows(database, org, table, pks, masked(grant.profile, table))
        for values in zip(*data["values"], strict=True):
            row = words.row(table, dict(zip(data["columns"], values, strict=True)))
            if row is not None:
                count += 1
                total = (total + row_hash(table, row)) & _MASK
    return {"count": count, "hash": f"{total:016x}"}


def row_hash(table: str, row: Mapping[str, Any]) -> int:
    """Return the hash of a row, the same on laptop and server: empty columns don't count."""
    text = json.dumps(
        [table, sorted((column, value) for column, value in row.items() if value is not None)], ensure_ascii=False
    )
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
