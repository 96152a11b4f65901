"""A company's rows inside one transaction: read once, written, put into their buckets with the next version."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sfa.domain.sharing import homes
from sfa.server.catalog import SharedTable, pointing_at, shared_tables
from sfa.server.database import Database

CHUNK = 500
_CHILDREN = homes.children()


@cache
def _children_of(table: str, *, is_new: bool) -> tuple[tuple[str, ...], str]:
    """Return the tables whose rows may follow a row, and one question for all of them: company and id, for each.

    One, because most rows have no child, and a database may be far. Nothing links to a row before it is there, and
    nothing that is linked to goes; only what names its record by table and id may come before it.
    """
    wheres = [(child, f"{column} = ?") for child, column in (() if is_new else _CHILDREN.get(table, ()))]
    for child in sorted(homes.NAMED):
        column = "record_id" if child == "paper_file" else "row_id"
        wheres.append((child, f"table_name = '{table}' AND {column} = ?"))
    sql = " UNION ALL ".join(f"SELECT '{child}', id FROM {child} WHERE org = ? AND {where}" for child, where in wheres)
    return tuple(child for child, _ in wheres), sql


class BucketMissing(Exception):  # noqa: N818 - no error: the transaction begins again with one lock more
    """A bucket is needed that is not locked yet."""

    def __init__(self, bucket: str) -> None:
        super().__init__(bucket)
        self.bucket = bucket


class Book:
    """Reads and writes of one company in one transaction.

    Args:
        database: where.
        org: the company.
        now: the instant, as text.
        locked: the buckets whose rows are locked; None where the database has one writer at a time anyway.
    """

    def __init__(self, database: Database, org: str, now: str, locked: Iterable[str] | None = None) -> None:
        self.database, self.org, self.now = database, org, now
        self._locked = None if locked is None or not database.for_update else frozenset(locked)
        self._rows: dict[tuple[str, str], dict[str, Any] | None] = {}
        self._places: dict[tuple[str, str], tuple[str, ...]] = {}
        self._firsts: dict[str, str | None] = {}
        self._heads: dict[str, int] = {}
        self._bumped: set[str] = set()

    def lock(self, buckets: Iterable[str]) -> None:
        """Lock buckets in the order of their names, making those that are new."""
        wanted = sorted(buckets)
        marks = ", ".join("?" * len(wanted))
        sql = f"SELECT bucket, head FROM s_bucket WHERE org = ? AND bucket IN ({marks}) ORDER BY bucket"
        self._heads.update(self.database.rows(f"{sql}{self.database.for_update}", (self.org, *wanted)))
        for bucket in (one for one in wanted if one not in self._heads):
            self.database.execute(
                "INSERT INTO s_bucket (org, bucket, head, floor) VALUES (?, ?, 0, 0) ON CONFLICT (org, bucket) DO NOTHING",
                (self.org, bucket),
            )
            sql = f"SELECT head FROM s_bucket WHERE org = ? AND bucket = ?{self.database.for_update}"
            self._heads[bucket] = self.database.rows(sql, (self.org, bucket))[0][0]

    def hold(self, bucket: str) -> None:
        """See that nobody else changes a bucket's rows until the end, though nothing is written there."""
        if self._locked is not None and bucket not in self._locked:
            raise BucketMissing(bucket)

    # --- rows

    def find(self, table: str, pk: str) -> dict[str, Any] | None:
        """Return a row, or None."""
        key = table, pk
        if key not in self._rows:
            shape = shared_tables().get(table)
            found = self._select(shape, [pk]) if shape else []
            self._rows[key] = found[0] if found else None
        return self._rows[key]

    def _select(self, shape: SharedTable, pks: Sequence[str]) -> list[dict[str, Any]]:
        marks = ", ".join("?" * len(pks))
        sql = f"SELECT {', '.join(shape.columns)} FROM {shape.name} WHERE org = ? AND id IN ({marks})"
        return [dict(zip(shape.columns, row, strict=True)) for row in self.database.rows(sql, (self.org, *pks))]

    def read_ahead(self, keys: Iterable[tuple[str, str]]) -> None:
        """Read many rows with one query per table."""
        wanted: dict[str, list[str]] = {}
        for table, pk in keys:
            if table in shared_tables() and (table, pk) not in self._rows:
                wanted.setdefault(table, []).append(pk)
                self._rows[table, pk] = None
        for table, pks in wanted.items():
            for start in range(0, len(pks), CHUNK):
                for row in self._select(shared_tables()[table], pks[start : start + CHUNK]):
                    self._rows[table, str(row["id"])] = row

    def insert(self, table: str, row: Mapping[str, Any]) -> None:
        """Write a new row."""
        filled = {column: value for column, value in row.items() if value is not None}
        names = ", ".join(("org", *filled))
        marks = ", ".join("?" * (len(filled) + 1))
        self.database.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", (self.org, *filled.values()))
        whole, key = dict.fromkeys(shared_tables()[table].columns), (table, str(row["id"]))
        self._rows[key], self._places[key] = {**whole, **row}, ()
        self._forget_firsts(table)

    def update(self, table: str, pk: str, values: Mapping[str, Any]) -> None:
        """Set columns of a row."""
        pairs = ", ".join(f"{column} = ?" for column in values)
        self.database.execute(f"UPDATE {table} SET {pairs} WHERE org = ? AND id = ?", (*values.values(), self.org, pk))
        self._rows[table, pk] = {**(self.find(table, pk) or {}), **values}
        self._forget_firsts(table)

    def delete(self, table: str, pk: str, writer: str) -> None:
        """Delete a row and say so in its buckets; what was somewhere because of it is placed anew."""
        row = self.find(table, pk) or {}
        self.database.execute(f"DELETE FROM {table} WHERE org = ? AND id = ?", (self.org, pk))
        self._rows[table, pk] = None
        for bucket in self.places(table, pk):
            self._feed(bucket, table, pk, "R", "deleted")
        self.database.execute("DELETE FROM s_loc WHERE org = ? AND tbl = ? AND pk = ?", (self.org, table, pk))
        self._places[table, pk] = ()
        self._forget_firsts(table)
        for other in self._followers(table, row):
            self.place(*other, writer)

    def _forget_firsts(self, table: str) -> None:
        if table == "contact_role":
            self._firsts.clear()

    def is_pointed_at(self, table: str, pk: str) -> bool:
        """Tell whether another row names this one."""
        return any(
            self.database.rows(f"SELECT 1 FROM {child} WHERE org = ? AND {column} = ? LIMIT 1", (self.org, pk))
            for child, column in pointing_at().get(table, ())
        )

    def forget(self) -> None:
        """Forget what was read: a part of the transaction was taken back."""
        self._rows.clear()
        self._places.clear()
        self._firsts.clear()
        if self._locked is None:
            self._heads.clear()

    # --- places

    def places(self, table: str, pk: str) -> tuple[str, ...]:
        """Return the buckets of a row, its home first."""
        key = table, pk
        if key not in self._places:
            sql = "SELECT bucket FROM s_loc WHERE org = ? AND tbl = ? AND pk = ? ORDER BY is_home DESC, bucket"
            self._places[key] = tuple(row[0] for row in self.database.rows(sql, (self.org, *key)))
        return self._places[key]

    def seen_of(self, keys: Iterable[tuple[str, str]], granted: Iterable[str]) -> set[tuple[str, str]]:
        """Return those of many rows that are in one of some buckets, with a query for many."""
        asked, buckets = set(keys), frozenset(granted)
        seen = {key for key in asked if not buckets.isdisjoint(self._places.get(key, ()))}
        wanted = sorted(asked - self._places.keys())
        for start in range(0, len(wanted), CHUNK):
            tables, pks = (sorted(set(names)) for names in zip(*wanted[start : start + CHUNK], strict=True))
            sql = (
                f"SELECT tbl, pk, bucket FROM s_loc WHERE org = ? AND tbl IN ({', '.join('?' * len(tables))})"
                f" AND pk IN ({', '.join('?' * len(pks))})"
            )
            found = self.database.rows(sql, (self.org, *tables, *pks))
            seen.update((table, pk) for table, pk, bucket in found if bucket in buckets)
        return seen

    def clocks(self, table: str, pk: str) -> dict[str, str]:
        """Return the clock of the last change of each column; that of the creation under the empty name."""
        sql = "SELECT hlc FROM s_loc WHERE org = ? AND tbl = ? AND pk = ? AND is_home = 1"
        found = self.database.rows(sql, (self.org, table, pk))
        return json.loads(found[0][0]) if found else {}

    def home(self, table: str, row: Mapping[str, Any], writer: str) -> str:
        """Return the bucket where a row belongs now."""
        return homes.home_of(table, row, self.find, self._first_account, writer)

    def _first_account(self, contact: str) -> str | None:
        if contact in self._firsts:
            return self._firsts[contact]
        sql = (
            "SELECT account_id FROM contact_role WHERE org = ? AND contact_id = ?"
            " ORDER BY CASE WHEN valid_to IS NULL THEN 0 ELSE 1 END, is_primary DESC, id LIMIT 1"
        )
        found = self.database.rows(sql, (self.org, contact))
        self._firsts[contact] = found[0][0] if found else None
        return self._firsts[contact]

    def extras(self, table: str, row: Mapping[str, Any]) -> set[str]:
        """Return further buckets of a row: a plan goes to those who are paid by it."""
        if table not in homes.OF_FINANCE:
            return set()
        plan = row["id"] if table == "comp_plan" else row["plan_id"]
        sql = "SELECT DISTINCT participant_id FROM comp_assignment WHERE org = ? AND plan_id = ?"
        return {f"p:{person}" for (person,) in self.database.rows(sql, (self.org, plan))}

    def place(self, table: str, pk: str, writer: str, clocks: Mapping[str, str] | None = None) -> None:
        """Give a changed row its next version in each of its buckets; move it, and what follows it, where it belongs."""
        row = self.find(table, pk)
        if row is None:
            return
        before = self.places(table, pk)
        home = self.home(table, row, self._keeper(before, writer))
        wanted = (home, *sorted(self.extras(table, row) - {home}))
        for bucket in set(before) - set(wanted):
            self._feed(bucket, table, pk, "R", "moved")
        for bucket in wanted:
            self._feed(bucket, table, pk, "P", "")
        self._locate(table, pk, before, wanted, clocks)
        if not before or before[0] != home:
            self._move_children(table, pk, writer, is_new=not before)
        for other in self._followers(table, row):
            self.place(*other, writer)

    def _keeper(self, before: Sequence[str], writer: str) -> str:
        """Return who keeps a row that belongs to nobody: whoever kept it before, else its writer."""
        return before[0][2:] if before and before[0].startswith("u:") else writer

    def _locate(
        self, table: str, pk: str, before: Sequence[str], wanted: Sequence[str], clocks: Mapping[str, str] | None
    ) -> None:
        if tuple(before) == tuple(wanted) and clocks is None:
            return
        kept = {**(self.clocks(table, pk) if before else {}), **(clocks or {})}
        if before:
            self.database.execute("DELETE FROM s_loc WHERE org = ? AND tbl = ? AND pk = ?", (self.org, table, pk))
        text = json.dumps(kept, separators=(",", ":"))
        for rank, bucket in enumerate(wanted):
            self.database.execute(
                "INSERT INTO s_loc (org, tbl, pk, bucket, is_home, hlc) VALUES (?, ?, ?, ?, ?, ?)",
                (self.org, table, pk, bucket, int(not rank), "{}" if rank else text),
            )
        self._places[table, pk] = tuple(wanted)

    def _move_children(self, table: str, pk: str, writer: str, *, is_new: bool) -> None:
        names, sql = _children_of(table, is_new=is_new)
        found = self.database.rows(sql, (self.org, pk) * len(names))
        for child, other in sorted(found, key=lambda one: names.index(one[0])):
            self._place_if_moved(child, other, writer)
        if table == "account" and not is_new:
            sql = "SELECT DISTINCT contact_id FROM contact_role WHERE org = ? AND account_id = ?"
            for (other,) in self.database.rows(sql, (self.org, pk)):
                self._place_if_moved("contact", other, writer)

    def _place_if_moved(self, table: str, pk: str, writer: str) -> None:
        row, before = self.find(table, pk), self.places(table, pk)
        if row is not None and (not before or self.home(table, row, self._keeper(before, writer)) != before[0]):
            self.place(table, pk, writer)

    def _followers(self, table: str, row: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Return rows whose place hangs on this one though they are no children of it."""
        if table == "contact_role":
            contact = str(row["contact_id"])
            found, before = self.find("contact", contact), self.places("contact", contact)
            if found and before and self.home("contact", found, self._keeper(before, "")) != before[0]:
                return [("contact", contact)]
        if table == "comp_assignment":
            plan = str(row["plan_id"])
            sql = "SELECT id FROM comp_plan_version WHERE org = ? AND plan_id = ?"
            return [
                ("comp_plan", plan),
                *(("comp_plan_version", one) for (one,) in self.database.rows(sql, (self.org, plan))),
            ]
        return []

    # --- versions

    def _next(self, bucket: str) -> int:
        self.hold(bucket)
        if bucket not in self._heads:
            self.lock([bucket])
        self._heads[bucket] += 1
        self.database.execute(
            "UPDATE s_bucket SET head = ? WHERE org = ? AND bucket = ?", (self._heads[bucket], self.org, bucket)
        )
        return self._heads[bucket]

    def _feed(self, bucket: str, table: str, pk: str, op: str, why: str) -> None:
        self.database.execute(
            "INSERT INTO s_row (org, bucket, tbl, pk, ver, op, why, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (org, bucket, tbl, pk) DO UPDATE SET ver = excluded.ver, op = excluded.op,"
            " why = excluded.why, at = excluded.at",
            (self.org, bucket, table, pk, self._next(bucket), op, why, self.now),
        )
