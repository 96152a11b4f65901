"""What comes down is put in place: grants, verdicts, rows, removals, cursors, in one transaction (sync.md 9)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from db.store import Store, UnitOfWork
from sfa.clock import instant_text
from sfa.sync import outbox
from sfa.sync.placing import Key, Placing
from sfa.sync.protocol import CREATE, DUP, MERGED, OK, Mutation, ProtocolError, lease_days_of
from sfa.sync.shapes import Shapes, checked, known_part, shapes_of
from sfa.sync.state import EXPORTS, State

FEW = 50
OWN = "-"
"""No bucket: where rows are that were made here and did not come back yet."""
MOST_REMOVED = 0.2
"""More rows than a few, and a larger share of the book than this, leave a laptop only after somebody said yes."""
KEPT = timedelta(days=30)
MayRemove = Callable[[int, int], bool]


class TooManyGone(Exception):  # noqa: N818 - a question
    """The server takes away much of the book at once, and nobody has said yes to that."""

    def __init__(self, gone: int, held: int) -> None:
        super().__init__(f"The server would take away {gone:,} of {held:,} rows.")
        self.gone, self.held = gone, held


@dataclass(slots=True)
class Outcome:
    """What a round of sync did.

    Attributes:
        sent: mutations that were judged.
        refused: how many of them were not taken, or only in part.
        received: rows that came.
        removed: rows that left.
        is_more: there is more to come.
        lease_days: for how many days the book may be shown from now on; 0: for ever.
        is_silent: neither side had anything to say, and nothing was written, not even that they spoke.
    """

    sent: int = 0
    refused: int = 0
    received: int = 0
    removed: int = 0
    is_more: bool = False
    lease_days: int = 0
    is_silent: bool = False


def apply(
    store: Store, state: State, sent: Sequence[Mutation], answer: Mapping[str, Any], may_remove: MayRemove
) -> Outcome:
    """Put an answer in place.

    Args:
        store: the laptop's.
        state: its memory of sync.
        sent: the mutations that the answer judges.
        answer: as the server sent it.
        may_remove: asked where many rows would leave: how many, of how many.

    Raises:
        ProtocolError: the answer is none of this protocol.
        TooManyGone: it was asked, and the answer was no; nothing is changed.
    """
    try:
        if _is_empty(store, state, answer):
            return Outcome(lease_days=lease_days_of(answer), is_silent=True)
        return apply_all(store, state, [answer], lambda _: sent, may_remove)
    except (KeyError, OverflowError) as error:
        raise ProtocolError(400, "The server's answer is none of this protocol; nothing of it was taken.") from error


def apply_all(
    store: Store,
    state: State,
    answers: Iterable[Mapping[str, Any]],
    sent_of: Callable[[Iterable[int]], Sequence[Mutation]],
    may_remove: MayRemove,
) -> Outcome:
    """Put answers in place that follow upon each other, all or none; see `apply`.

    Args:
        store: the laptop's.
        state: its memory of sync.
        answers: as the server sent them.
        sent_of: returns the mutations of some numbers.
        may_remove: as above.
    """
    outcome, shapes = Outcome(), shapes_of(store)
    with store.write(outbox.APPLIED, "Brought up to date by the server") as work:
        for answer in answers:
            known = checked({"schema": state.versions.newest, "renewed": [], **answer}, shapes)
            sent = sent_of(verdict[0] for verdict in known["verdicts"])
            _Applying(work, state, sent, outcome, shapes).run(known)
            outcome.is_more, outcome.lease_days = known["more"], lease_days_of(answer)
        state.met(store.clock, outcome.lease_days)  # here, and not after: each transaction waits for the disk
        # What comes now makes earlier exports old: their answers would set this laptop back.
        state.drop(EXPORTS)
        if outcome.removed > FEW:
            held = int(store.value("SELECT count(*) FROM sync_row")) + outcome.removed
            if outcome.removed > held * MOST_REMOVED and not may_remove(outcome.removed, held):
                raise TooManyGone(outcome.removed, held)
    return outcome


def _is_empty(store: Store, state: State, answer: Mapping[str, Any]) -> bool:
    """Tell whether there is nothing to do, without touching a table that a person writes."""
    if (
        answer["verdicts"]
        or answer["changes"]
        or answer["more"]
        or answer.get("renewed")
        or answer["last_n"] != state.acknowledged()
    ):
        return False
    rows = store.rows("SELECT bucket, is_writable, profile FROM sync_cursor ORDER BY bucket")
    return bool([list(row) for row in rows] == answer["grants"])


def wait_again(store: Store, state: State, last_n: int) -> bool:
    """Let what a server that was put back from a backup has forgotten wait again; return whether there is any."""
    with store.write(outbox.APPLIED, "What the server has forgotten waits again") as work:
        _replay(work)
        forgotten = outbox.take_back(store, last_n)
        placing = Placing(work, shapes_of(store), state.versions)
        placing.show(forgotten)
        placing.finish()
        work.execute("UPDATE journal_state SET is_replay = 0")
    return bool(forgotten)


def _replay(work: UnitOfWork) -> None:
    """Let what is written be the server's word, and rows come before those that they name."""
    work.execute("UPDATE journal_state SET is_replay = 2")
    work.execute("PRAGMA defer_foreign_keys = ON")


class _Applying:
    def __init__(
        self, work: UnitOfWork, state: State, sent: Sequence[Mutation], outcome: Outcome, shapes: Shapes
    ) -> None:
        self._work, self._state, self._outcome, self._shapes = work, state, outcome, shapes
        self._sent = {mutation.n: mutation for mutation in sent}
        self._has_own = bool(work.store.value("SELECT 1 FROM sync_row WHERE bucket = ? LIMIT 1", (OWN,)))

    def run(self, answer: Mapping[str, Any]) -> None:
        work = self._work
        # What was written while the request was on its way is pending too.
        outbox.gather_within(work, self._state)
        _replay(work)
        truth = self._judge(answer["verdicts"])
        forgotten = outbox.take_back(work.store, answer["last_n"])
        # Numbers that were given before this laptop was put back from a backup are not given again.
        if answer["last_n"] >= self._state.next_number() and not outbox.waiting(work.store):
            self._state.keep(next_n=str(answer["last_n"] + 1))
        placing = Placing(work, self._shapes, self._state.versions)
        placing.show(forgotten)
        lost = self._grants(answer["grants"])
        for key, row in truth.items():
            self._settle(placing, key, row, answer["schema"])
        # What moved from one bucket into another comes before it goes, so that it stays.
        for change in answer["changes"]:
            self._come(placing, change)
        for change in answer["changes"]:
            self._go(placing, change)
        self._renewed(placing, answer["renewed"], {grant[0] for grant in answer["grants"]})
        self._hold_own(answer["verdicts"])
        self._sweep(placing, lost)
        placing.finish()
        work.execute("UPDATE journal_state SET is_replay = 0")
        self._outcome.removed += placing.removed

    # --- verdicts

    def _judge(self, verdicts: Iterable[Sequence[Any]]) -> dict[Key, Mapping[str, Any] | None]:
        """Take judged mutations out of the outbox; return the true rows of those that were not taken as they were."""
        truth: dict[Key, Mapping[str, Any] | None] = {}
        judged: list[int] = []
        for n, status, code, row in verdicts:
            mutation = self._sent.get(n)
            if mutation is None:
                continue
            judged.append(n)
            if status != OK:
                truth[mutation.table, mutation.row_id] = row
            # What moved out of sight was taken whole; the rest was not, or only in part.
            self._outcome.refused += status not in (OK, DUP) and (status, code) != (MERGED, "moved")
        self._outcome.sent += len(judged)
        outbox.acknowledge(self._work, judged)
        return truth

    def _settle(self, placing: Placing, key: Key, row: Mapping[str, Any] | None, schema: int) -> None:
        if row is None:
            placing.remove(key)
        else:
            row = self._state.versions.up(key[0], row, schema, is_whole=True)
            part = {**known_part(row, self._shapes[key[0]]), "id": key[1]}
            placing.put(key[0], list(part), [[value] for value in part.values()])

    # --- grants

    def _grants(self, grants: Sequence[Sequence[Any]]) -> list[str]:
        """Write the grants down, and return the buckets that are no longer given."""
        work = self._work
        had = {row[0]: list(row) for row in work.execute("SELECT bucket, is_writable, profile FROM sync_cursor")}
        changed = [grant for grant in grants if had.get(grant[0]) != grant]
        work.connection.executemany(
            "INSERT INTO sync_cursor (bucket, epoch, version, floor, is_resetting, is_writable, profile)"
            " VALUES (?, 0, 0, 0, 0, ?, ?) ON CONFLICT (bucket)"
            " DO UPDATE SET is_writable = excluded.is_writable, profile = excluded.profile",
            changed,
        )
        return sorted(set(had) - {grant[0] for grant in grants})

    def _sweep(self, placing: Placing, lost: Sequence[str]) -> None:
        """Take away what was in buckets that are no longer given, cursor and all.

        What was made here and did not come back yet may be in one of them: it goes too, and comes if it is in another.
        """
        for bucket in (*lost, *([OWN] if lost else [])):
            self._leave(placing, bucket, self._rows_in("bucket = ?", bucket))
            self._work.execute("DELETE FROM sync_cursor WHERE bucket = ?", (bucket,))

    # --- buckets

    def _come(self, placing: Placing, change: Mapping[str, Any]) -> None:
        bucket, epoch, work = change["bucket"], change["epoch"], self._work
        if change["reset"]:
            work.execute("UPDATE sync_row SET epoch = -1 WHERE bucket = ?", (bucket,))
            work.execute("UPDATE sync_cursor SET is_resetting = 1 WHERE bucket = ?", (bucket,))
            self._renew_no_more({bucket})
        self._put(placing, bucket, epoch, change["rows"])

    def _put(self, placing: Placing, bucket: str, epoch: int, tables: Mapping[str, Mapping[str, Any]]) -> None:
        for table, data in tables.items():
            ids = data["values"][data["columns"].index("id")]
            placing.put(table, data["columns"], data["values"])
            if self._has_own:
                sql = "DELETE FROM sync_row WHERE row_id = ? AND table_name = ? AND bucket = ?"
                self._work.connection.executemany(sql, [(pk, table, OWN) for pk in ids])
            self._work.connection.executemany(
                "INSERT OR REPLACE INTO sync_row (row_id, table_name, bucket, epoch) VALUES (?, ?, ?, ?)",
                [(pk, table, bucket, epoch) for pk in ids],
            )
            self._outcome.received += len(ids)

    def _renewed(self, placing: Placing, changes: Sequence[Mapping[str, Any]], granted: set[str]) -> None:
        """Put in place what was asked for anew since an upgrade, and remember how far that went."""
        asked = self._state.renewing()
        buckets = {bucket: ends for bucket, ends in asked["buckets"].items() if bucket in granted}
        for change in changes:
            bucket = change["bucket"]
            if bucket in buckets:
                self._put(placing, bucket, change["epoch"], change["rows"])
                buckets[bucket] = [change["to"], buckets[bucket][1]]
        done = {bucket for bucket, (after, upto) in buckets.items() if after >= upto}
        if changes or len(buckets) < len(asked["buckets"]):
            self._state.renew(asked["tables"], {bucket: ends for bucket, ends in buckets.items() if bucket not in done})

    def _renew_no_more(self, gone: set[str]) -> None:
        asked = self._state.renewing()
        if gone & set(asked["buckets"]):
            kept = {bucket: ends for bucket, ends in asked["buckets"].items() if bucket not in gone}
            self._state.renew(asked["tables"], kept)

    def _go(self, placing: Placing, change: Mapping[str, Any]) -> None:
        bucket, epoch, work = change["bucket"], change["epoch"], self._work
        self._leave(placing, bucket, [(table, pk) for table, pk, _ in change["gone"]])
        if change["from"] == 0:
            work.execute("UPDATE sync_cursor SET floor = ? WHERE bucket = ?", (change["floor"], bucket))
        work.execute("UPDATE sync_cursor SET epoch = ?, version = ? WHERE bucket = ?", (epoch, change["to"], bucket))
        if change["whole"] and self._is_resetting(bucket):
            self._leave(placing, bucket, self._rows_in("bucket = ? AND epoch = -1", bucket))
            work.execute("UPDATE sync_cursor SET is_resetting = 0 WHERE bucket = ?", (bucket,))

    def _hold_own(self, verdicts: Iterable[Sequence[Any]]) -> None:
        """Count what was made here as held from the moment that the server has it, though it did not come back yet."""
        made = [self._sent[n] for n, status, _, row in verdicts if n in self._sent and (status == OK or row)]
        self._work.connection.executemany(
            "INSERT INTO sync_row (row_id, table_name, bucket, epoch) SELECT ?1, ?2, ?3, 0"
            " WHERE NOT EXISTS (SELECT 1 FROM sync_row WHERE row_id = ?1 AND table_name = ?2)",
            [(one.row_id, one.table, OWN) for one in made if one.op == CREATE],
        )

    def _is_resetting(self, bucket: str) -> bool:
        return bool(self._work.store.value("SELECT is_resetting FROM sync_cursor WHERE bucket = ?", (bucket,)))

    def _rows_in(self, where: str, bucket: str) -> list[Key]:
        return self._work.store.rows(f"SELECT table_name, row_id FROM sync_row WHERE {where}", (bucket,))

    def _leave(self, placing: Placing, bucket: str, keys: Iterable[Key]) -> None:
        """Take rows out of a bucket; what is in no other one leaves the laptop."""
        for table, pk in keys:
            key = "row_id = ? AND table_name = ?"
            self._work.execute(f"DELETE FROM sync_row WHERE {key} AND bucket IN (?, ?)", (pk, table, bucket, OWN))
            if self._work.execute(f"SELECT 1 FROM sync_row WHERE {key} LIMIT 1", (pk, table)).fetchone() is None:
                placing.remove((table, pk))


def forget_old(store: Store) -> None:
    """Forget judged mutations that no backup of a server can ask for any more."""
    limit = instant_text(store.clock.now() - KEPT)
    store.connection.execute("DELETE FROM sync_done WHERE judged_at < ?", (limit,))
