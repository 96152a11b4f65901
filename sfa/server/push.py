"""What laptops send: each mutation judged once, in order, in one transaction (sync.md 5)."""

import hashlib
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from sfa.domain.sharing.access import Grant, masked
from sfa.server import doubles
from sfa.server import grants as all_grants
from sfa.server.book import Book, BucketMissing
from sfa.server.checks import Rules
from sfa.server.database import Database
from sfa.server.judging import Judge, Refusal
from sfa.server.words import Words
from sfa.sync.protocol import DELETE, DUP, MERGED, MOST_MUTATIONS, OK, REJECT, Mutation, ProtocolError, Verdict

LOG = logging.getLogger("sfa.server")
FAULTS = (ArithmeticError, LookupError, TypeError, ValueError)
RESTARTS = 12
_MARK = 8
_MOST_MARKS = _MARK * MOST_MUTATIONS
_ACCESS_TABLES = frozenset({"app_user", "territory", "team"})


@dataclass(frozen=True, slots=True)
class Device:
    """A laptop that was enrolled, with what its person may see."""

    org: str
    id: str
    user: str
    role: str
    last_n: int
    grants: dict[str, Grant]
    words: Words


class Pusher:
    """Takes the mutations of one request.

    Args:
        database: where.
        device: who sends.
        rules: the checks of rows.
        now: the instant, as text; `ceiling` the latest clock that is believed.
        new_id: makes ids.
    """

    def __init__(
        self, database: Database, device: Device, rules: Rules, now: str, ceiling: str, new_id: Callable[[], str]
    ) -> None:
        self._database, self._device, self._rules = database, device, rules
        self._now, self._ceiling, self._new_id = now, ceiling, new_id
        self.likely: frozenset[str] = frozenset()
        """Buckets that are locked from the beginning: those that the device needed last, so that nothing begins twice."""

    def push(self, mutations: Sequence[Mutation], seen_verdicts: int) -> list[Verdict]:
        """Judge mutations and return a verdict for each.

        Raises:
            ProtocolError: 409 where numbers are missing, with the one that is expected.
        """
        buckets = set(self.likely) if self._database.for_update else set()
        for _ in range(RESTARTS):
            try:
                with self._database.writing():
                    verdicts = self._judged(mutations, seen_verdicts, buckets)
                self.likely = frozenset(buckets)
                return verdicts  # noqa: TRY300 - the transaction is through only here
            except BucketMissing as missing:
                buckets.add(missing.bucket)
        raise ProtocolError(503, "Too much is moving; try again.", retry_after=1)

    def _judged(self, mutations: Sequence[Mutation], seen_verdicts: int, buckets: set[str]) -> list[Verdict]:
        device = self._device
        last_n, marks = self._lock_device()
        book = Book(self._database, device.org, self._now, buckets)
        if buckets:
            book.lock(buckets)
        fresh = [mutation for mutation in mutations if mutation.n > last_n]
        numbers = [mutation.n for mutation in mutations]
        if numbers != list(range(numbers[0], numbers[0] + len(numbers))) or (fresh and fresh[0].n != last_n + 1):
            raise ProtocolError(409, "Mutations are missing in between.", expected_n=last_n + 1)
        self._require_same(mutations, last_n, marks)
        book.read_ahead((mutation.table, mutation.row_id) for mutation in mutations)
        judge = Judge(book, device, self._rules, self._ceiling, self._new_id)
        verdicts = [self._again(mutation) for mutation in mutations if mutation.n <= last_n]
        for _, group in groupby(fresh, key=_group_key):
            verdicts += self._group(book, judge, list(group))
        doubles.ask(book, device, judge.changed)
        self._remember(fresh, verdicts, seen_verdicts, marks)
        # Only now: what a later mutation moved out of sight must not be shown by an earlier one's verdict.
        seen = book.seen_of(((one.table, one.row_id) for one in mutations), device.grants)
        return [
            self._told(book, verdict, mutation, is_seen=(mutation.table, mutation.row_id) in seen)
            for verdict, mutation in zip(verdicts, mutations, strict=True)
        ]

    def _told(self, book: Book, verdict: Verdict, mutation: Mutation, *, is_seen: bool) -> Verdict:
        """Return a verdict with the true row where the laptop's differs; what moved out of sight in the end is gone."""
        if verdict.status == OK and (is_seen or mutation.op == DELETE):
            return verdict
        status, code = (MERGED, "moved") if verdict.status == OK else (verdict.status, verdict.code)
        return replace(verdict, status=status, code=code, row=self._visible(book, mutation) if is_seen else None)

    def _lock_device(self) -> tuple[int, str]:
        """Lock the device's row; return the last number that was judged, and the marks of those up to it that may come again.

        What the device may see is read under the lock.
        """
        device = self._device
        sql = f"SELECT last_n, status, marks FROM s_device WHERE org = ? AND device = ?{self._database.for_update}"
        last_n, status, marks = self._database.rows(sql, (device.org, device.id))[0]
        if status != "active":
            raise ProtocolError(401, "This device may not sync any more.")
        device.grants.clear()
        device.grants.update(all_grants.grants(self._database, device.org, device.user))
        return int(last_n), str(marks or "")

    @staticmethod
    def _require_same(mutations: Sequence[Mutation], last_n: int, marks: str) -> None:
        """See that what comes again is what came before: a laptop that was put back from a backup begins to count anew."""
        for mutation in mutations:
            start = len(marks) - _MARK * (last_n + 1 - mutation.n)
            if mutation.n <= last_n and (start < 0 or marks[start : start + _MARK] != _mark(mutation)):
                raise ProtocolError(409, "This number was given to another mutation before.", expected_n=last_n + 1)

    def _again(self, mutation: Mutation) -> Verdict:
        """Answer what was answered already; the first answer may have been lost."""
        sql = "SELECT status, code FROM s_verdict WHERE org = ? AND device = ? AND n = ?"
        found = self._database.rows(sql, (self._device.org, self._device.id, mutation.n))
        status, code = found[0] if found else (OK, "")
        return Verdict(mutation.n, DUP, f"{status}:{code}")

    def _group(self, book: Book, judge: Judge, mutations: list[Mutation]) -> list[Verdict]:
        """Take a group whole, or refuse it whole; what is refused stays with its person as a draft."""
        self._database.execute("SAVEPOINT batch")
        made: list[Verdict] = []
        current = mutations[0]
        try:
            try:
                for mutation in mutations:
                    current = mutation
                    made.append(judge.take(mutation))
                judge.settle()
            except FAULTS as error:
                # One change that the program does not bear must not keep all that comes after it from the server.
                LOG.exception("fault", extra={"facts": {"device": self._device.id, "table": current.table}})
                raise Refusal("fault", "The server could not take this; its log says more.") from error
        except Refusal as refusal:
            self._database.execute("ROLLBACK TO SAVEPOINT batch")
            book.forget()
            judge.reset()
            for mutation in mutations:
                judge.keep_draft(mutation, refusal if mutation is current else Refusal("group", str(refusal)))
            judge.settle()
            codes = [refusal.code if mutation is current else "group" for mutation in mutations]
            made = [Verdict(mutation.n, REJECT, code) for mutation, code in zip(mutations, codes, strict=True)]
        self._database.execute("RELEASE SAVEPOINT batch")
        if any(mutation.table in _ACCESS_TABLES for mutation in mutations):
            self._refresh_grants()
        return made

    def _refresh_grants(self) -> None:
        """Who sees what may have changed for what follows, the sender included."""
        device = self._device
        all_grants.rebuild(self._database, device.org)
        granted = all_grants.grants(self._database, device.org, device.user)
        device.grants.clear()
        device.grants.update(granted)

    def _visible(self, book: Book, mutation: Mutation) -> dict[str, Any] | None:
        """Return the row of a mutation as the person may see it, None where there is none for them."""
        table, pk = mutation.table, mutation.row_id
        row = book.find(table, pk)
        if row is None:
            return None
        place = next((one for one in book.places(table, pk) if one in self._device.grants), None)
        if place is None:
            return None
        hidden = masked(self._device.grants[place].profile, table)
        seen = {column: value for column, value in row.items() if column not in hidden}
        return self._device.words.row(table, seen)

    def _remember(self, fresh: Sequence[Mutation], verdicts: Sequence[Verdict], seen: int, marks: str) -> None:
        device = self._device
        by_number = {verdict.n: verdict for verdict in verdicts}
        self._database.many(
            "INSERT INTO s_verdict (org, device, n, status, code, tbl, pk) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (device.org, device.id, one.n, by_number[one.n].status, by_number[one.n].code, one.table, one.row_id)
                for one in fresh
                if by_number[one.n].status != OK
            ],
        )
        self._database.execute(
            "DELETE FROM s_verdict WHERE org = ? AND device = ? AND n <= ?", (device.org, device.id, seen)
        )
        if fresh:
            last_n = fresh[-1].n
            kept = (marks + "".join(map(_mark, fresh)))[-min(_MOST_MARKS, _MARK * max(last_n - seen, 1)) :]
            self._database.execute(
                "UPDATE s_device SET last_n = ?, marks = ? WHERE org = ? AND device = ?",
                (last_n, kept, device.org, device.id),
            )


def _mark(mutation: Mutation) -> str:
    """Return what tells a mutation from another one with its number."""
    return hashlib.sha256(json.dumps(mutation.as_json()).encode()).hexdigest()[:_MARK]


def _group_key(mutation: Mutation) -> str:
    return mutation.group or f"#{mutation.n}"
