"""A company by seed: laptops, a server, a bad network; people edit, move, quote, quit; everything from one Random."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, cast

from db.driver import sqlite
from db.store import open_store
from sfa.errors import SfaError
from sfa.ids import RandomIds
from sfa.server import caring, founding
from sfa.server.database import Database
from sfa.server.handle import Server
from sfa.sync import syncing
from sfa.sync.protocol import DUP, Mutation, ProtocolError, decode
from sfa.sync.session import rounds
from sfa.sync.state import State
from tests.sync.deeds import Deeds, Laptop
from tests.sync.furniture import furnish
from tests.sync.mortal import CrashError, LostError, MortalConnection, MortalDatabase, SkewedClock
from tests.sync.papers import ORG, Papers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.driver import Connection
    from sfa.services.desk import Desk

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
HEAL_ROUNDS = 60


class World(Deeds, Papers):
    """One seed, one history.

    Args:
        seed: decides everything.
        folder: for the laptops' files.
        blank: a workspace as it is at birth, copied for each laptop.
        is_calm: the network loses nothing, nobody quits.
        database: the server's, empty; SQLite in memory if None.
    """

    def __init__(
        self, seed: int, folder: Path, blank: Path, *, is_calm: bool = False, database: Database | None = None
    ) -> None:
        self.random, self.now, self._folder, self._blank = Random(seed), START, folder, blank
        self.is_calm, self.is_healed = is_calm, False
        self.new_id = RandomIds(lambda: int(self.now.timestamp() * 1000), self.random.randbytes).new
        self.database = database or MortalDatabase(":memory:")
        founding.found(self.database)
        founding.add_company(self.database, ORG, "Acme", self.now)
        self.areas = [self._put("territory", name=name) for name in ("North", "South")]
        self.areas.append(self._put("territory", name="North-East", parent_id=self.areas[0]))
        self.server = Server(self.database, self.new_id)
        self.laptops: list[Laptop] = []
        manager = self._person("mia", "manager", self.areas[0])
        for name, area in (("ann", self.areas[0]), ("bob", self.areas[1]), ("cy", self.areas[2])):
            self._person(name, "rep", area, manager_id=manager)
        self._person("fin", "finance", None)
        self.furniture: Mapping[tuple[str, str], Mapping[str, object]] = {}
        """The rows that were there before, as they were, by table and id."""
        if not is_calm:
            self.furniture = furnish(
                self, [next(one.user for one in self.laptops if one.name == name) for name in ("ann", "bob", "cy")], ORG
            )
        self.seen: Counter[str] = Counter()
        """What the network, the machines and whoever keeps the server did, for those who count it."""
        self.visitors: list[Callable[[], None]] = []
        self.spied: Callable[[Laptop, dict[str, object]], None] = lambda _laptop, _answer: None
        self.eyes: Callable[[Laptop], Any] = lambda _laptop: None
        self.watched: Callable[..., None] = lambda *_: None
        self.synced: Callable[[Laptop], None] = lambda _laptop: None
        self.meanwhile: Callable[[Laptop], None] = lambda _laptop: None
        """Called while an answer is on its way."""
        self.log: list[str] = []
        self.copy: Connection | None = None
        self.judged: list[tuple[Laptop, Mutation, str]] = []
        self.in_parts: set[tuple[str, str, str]] = set()
        """Fields (table, id, column) of which somebody wrote a part: the judged mutations do not say the whole."""
        self._judged_in_copy = 0

    def _put(self, table: str, **values: object) -> str:
        row = {"id": self.new_id(), **values}
        founding.put(self.database, ORG, table, row, self.now)
        return str(row["id"])

    def _person(self, name: str, role: str, area: str | None, **more: object) -> str:
        user = self._put("app_user", name=name, role=role, territory_id=area, is_active=1, **more)
        home = self._folder / name
        shutil.copytree(self._blank, home)
        skew = timedelta(days=self.random.choice((0, 0, 0, -3, 3, 0.01)))
        ids = RandomIds(lambda: int(self.now.timestamp() * 1000), self.random.randbytes)
        store = open_store(home, SkewedClock(lambda: self.now, skew), ids)
        code = founding.issue_code(self.database, ORG, user, self.now)
        enrolled = founding.enrol(self.database, code, 1, self.now, self.new_id)
        State(store).keep(**{key: str(value) for key, value in enrolled.items()})
        store.connection.execute("INSERT OR REPLACE INTO setting (key, value) VALUES ('user_id', ?)", (user,))
        store.connection.execute("UPDATE setting SET value = ? WHERE key = 'device'", (str(enrolled["device"])[-8:],))
        self.laptops.append(Laptop(name, user, role, str(enrolled["device"]), store))
        return user

    # --- what people do

    def run(self, steps: int) -> None:
        """Let so many things happen."""
        for laptop in self.laptops:
            self.sync(laptop)
        for _ in range(steps):
            self.now += timedelta(minutes=self.random.randint(1, 90))
            laptop = self.random.choice(self.laptops)
            for visit in self.visitors:
                visit()
            chance = self.random.random()
            if chance < 0.62:
                self.edit(laptop)
            elif chance < 0.92:
                self.sync(laptop)
            elif not self.is_calm:
                self._disturb()

    def edit(self, laptop: Laptop) -> None:
        """Let a person do something; what the laptop's own rules refuse is not done."""
        deed = self.random.choice(self.all_deeds())
        try:
            with laptop.store.write(deed.__name__[1:]) as work:
                deed(laptop, work)
        except SfaError as error:
            self.log.append(f"{laptop.name} {deed.__name__}: {error}")

    def _disturb(self) -> None:
        """Somebody at the server moves a rep or revokes a laptop; an old request is repeated."""
        chance = self.random.random()
        rare = next((deed for above, deed in self._rare_deeds() if chance > above), None)
        if rare:
            rare()
            return
        reps = [laptop for laptop in self.laptops if laptop.role == "rep"]
        if chance < 0.4:
            self.seen["a rep is moved"] += 1
            values = {"territory_id": self.random.choice(self.areas)}
            founding.put(self.database, ORG, "app_user", {"id": self.random.choice(reps).user, **values}, self.now)
        elif chance < 0.45 and sum(laptop.is_revoked for laptop in reps) < 1:
            laptop = self.random.choice(reps)
            self.seen["a laptop is revoked"] += 1
            laptop.is_revoked = True
            founding.revoke(self.database, ORG, laptop.device)
        else:
            laptop = self.random.choice(self.laptops)
            if laptop.requests:
                self.seen["an old request comes again"] += 1
                self._replay(laptop, self.random.choice(laptop.requests))

    def _rare_deeds(self) -> tuple[tuple[float, Callable[[], None]], ...]:
        return (
            (0.94, self.restore), (0.89, self._put_back), (0.87, self._sleep), (0.85, self._forget),
            (0.75, self._copy_laptop), (0.65, self.copy_server),
        )  # fmt: skip

    def _forget(self) -> None:
        self.seen["removals are forgotten"] += 1
        caring.forget_removals(self.database, ORG, self.now - timedelta(days=1))

    def _sleep(self) -> None:
        """Let nobody sync for longer than removals are remembered; what waits on the laptops waits on."""
        self.now += caring.REMEMBERED + timedelta(days=20)
        self.seen["all were away for half a year"] += 1
        self.seen["outboxes of half a year"] += sum(
            bool(one.store.value("SELECT 1 FROM sync_out")) for one in self.laptops
        )
        caring.forget_removals(self.database, ORG, self.now - caring.REMEMBERED)
        self.copy = None

    def _copy_laptop(self) -> None:
        """Make a backup of a laptop."""
        laptop = self.random.choice(self.laptops)
        laptop.copy = sqlite.connect(":memory:")
        laptop.store.connection.backup(laptop.copy)

    def _put_back(self) -> None:
        """Put a laptop back to how it was when it was last copied; what it has not sent since is lost with it."""
        copied = [laptop for laptop in self.laptops if laptop.copy]
        if not copied:
            self._copy_laptop()
            return
        self.seen["a laptop is put back"] += 1
        laptop = self.random.choice(copied)
        copy, laptop.copy = cast("Connection", laptop.copy), None
        copy.backup(laptop.store.connection)
        copy.close()
        laptop.judged.clear()

    def _replay(self, laptop: Laptop, body: bytes) -> None:
        try:
            self._handle(laptop, body)
        except ProtocolError as error:
            self.log.append(f"replay of {laptop.name}: {error}")

    def copy_server(self) -> None:
        """Make a backup of the server."""
        if not isinstance(self.database, MortalDatabase):
            return  # of another kind of database the backups are its own
        self.copy = sqlite.connect(":memory:")
        self.database.connection.backup(self.copy)
        self._judged_in_copy = len(self.judged)

    def restore(self) -> None:
        """Put the server back to how it was when it was last copied; copy it where it never was."""
        if not isinstance(self.database, MortalDatabase):
            return
        if self.copy is None:
            self.copy_server()
            return
        self.seen["the server is put back"] += 1
        revoked = [laptop.device for laptop in self.laptops if laptop.is_revoked]
        self.copy.backup(self.database.connection)
        self.copy.close()
        self.copy = None
        del self.judged[self._judged_in_copy :]
        self.sent = self.sent_now()
        caring.begin_epoch(self.database, ORG)
        for device in revoked:
            founding.revoke(self.database, ORG, device)

    # --- the network

    def send(self, laptop: Laptop, body: bytes) -> bytes:
        """Carry a request to the server and its answer back, if all goes well."""
        if self._is_lost(0.1, "a request is lost"):
            raise LostError
        laptop.requests.append(body)
        if self._is_lost(0.05, "the server is to crash"):
            self.crash_server(self.random.randint(1, 150))
        if self._is_lost(0.15, "something is written meanwhile"):
            self.edit(laptop)  # while the request is on its way
        try:
            answer = self._handle(laptop, body)
            if self._is_lost(0.05, "a request comes twice"):
                answer = self._handle(laptop, body)
            if laptop.answers and self._is_lost(0.03, "an older answer comes"):
                return self.random.choice(laptop.answers)
            laptop.answers.append(answer)
        finally:
            self.crash_server(None)
        self.meanwhile(laptop)
        if self._is_lost(0.1, "an answer is lost"):
            raise LostError
        return answer

    def _handle(self, laptop: Laptop, body: bytes) -> bytes:
        """Let the server answer, and write down what it made of each mutation; none is judged twice."""
        before, mutations = self.eyes(laptop), {one[0]: self.read(one) for one in decode(body)["mutations"]}
        try:
            answer = self.server.handle(ORG, laptop.device, body, self.now)
        except LostError:
            self._look_at_crashed(laptop, mutations)
            raise
        except ProtocolError as error:
            self._write_down(laptop, mutations, error.detail.get("verdicts", ()))
            raise
        assert not laptop.is_revoked, f"{laptop.name} is served though revoked"
        laptop.tables |= {n: mutation.table for n, mutation in mutations.items()}
        message = decode(answer)
        self._write_down(laptop, mutations, message["verdicts"])
        self.watched(laptop, mutations, message, before)
        self._look_at_documents()
        self.spied(laptop, message)
        return answer

    def read(self, data: object) -> Mutation:
        """Return a mutation as it was sent, in the words of the newest schema."""
        return Mutation.from_json(data)

    def _write_down(self, laptop: Laptop, mutations: dict[int, Mutation], verdicts: Iterable[Sequence[Any]]) -> None:
        for n, status, _, _ in verdicts:
            again = [one[1] for one in self.judged if one[0] is laptop and one[1].n == n]
            if status == DUP:
                is_same = not again or self.are_same(again[0], mutations[n])
                assert is_same, f"{laptop.name}: {n} is answered as if it were another"
            else:
                assert not again, f"{laptop.name}: {n} was judged twice"
                self._note_once(laptop, mutations[n])
                self.judged.append((laptop, mutations[n], status))

    def _note_once(self, laptop: Laptop, mutation: Mutation) -> None:
        """Nothing is judged again under a new number; a laptop that was put back knows no better."""
        deed = mutation.hlc, mutation.op, mutation.table, mutation.row_id, str(mutation.values)
        first = laptop.judged.setdefault(deed, mutation.n)
        is_known = any(one[0] is laptop and one[1].n == first for one in self.judged)
        assert first == mutation.n or not is_known, f"{laptop.name}: {mutation} was judged before, as number {first}"

    def are_same(self, one: Mutation, other: Mutation) -> bool:
        """Tell whether two mutations with one number are the same."""
        return one == other

    def _look_at_crashed(self, laptop: Laptop, mutations: dict[int, Mutation]) -> None:
        """A server that died after its commit has judged all the same."""
        self.crash_server(None)
        self.seen["the server crashed"] += 1
        last = self.database.rows("SELECT last_n FROM s_device WHERE device = ?", (laptop.device,))[0][0]
        found: dict[int, str] = dict(
            self.database.rows("SELECT n, status FROM s_verdict WHERE device = ?", (laptop.device,))
        )
        known = {one[1].n for one in self.judged if one[0] is laptop}
        for n, mutation in mutations.items():
            if n <= last and n not in known:
                self.judged.append((laptop, mutation, found.get(n, "ok")))

    def crash_server(self, after: int | None) -> None:
        """Let the server die at its so-many-th statement, or live."""
        if isinstance(self.database, MortalDatabase):
            self.database.left = after

    def _is_lost(self, chance: float, what: str) -> bool:
        is_lost = not self.is_calm and not self.is_healed and self.random.random() < chance
        self.seen[what] += is_lost
        return is_lost

    def sync(self, laptop: Laptop) -> bool:
        """Let a laptop sync; return whether it did anything."""
        did, whole = False, laptop.store.connection
        if self._is_lost(0.06, "a laptop is to crash"):
            laptop.store.connection = cast("Connection", MortalConnection(whole, self.random.randint(1, 120)))
        try:
            with syncing.alone(cast("Desk", laptop)):
                for outcome in rounds(laptop.store, Line(self, laptop), _always, laptop.versions):
                    did = did or bool(outcome.sent or outcome.received or outcome.removed)
                    if self._is_lost(0.05, "a sync is cut off"):
                        break
        except (OSError, CrashError) as error:
            self.seen["a laptop crashed"] += isinstance(error, CrashError)
            return True
        except ProtocolError as error:
            if self.is_refused(laptop, error):
                return did
            if not (error.status == 400 and "another request" in str(error)):
                raise
            did = True
        finally:
            laptop.store.connection = whole
            self.synced(laptop)
        return did

    def is_refused(self, laptop: Laptop, error: ProtocolError) -> bool:
        """Tell whether the server is right to refuse a laptop."""
        return laptop.is_revoked and error.status == 401

    def heal(self) -> None:
        """Let the network be good until nobody has anything to say."""
        self.is_healed = True
        for _ in range(HEAL_ROUNDS):
            did = [self.sync(laptop) for laptop in self.active()]
            if not any(did):
                return
        raise AssertionError("The laptops never come to rest.")

    def active(self) -> Iterator[Laptop]:
        """Return the laptops that may still sync."""
        return (laptop for laptop in self.laptops if not laptop.is_revoked)

    def close(self) -> None:
        """Close all files."""
        for laptop in self.laptops:
            laptop.store.close()
            if laptop.copy:
                laptop.copy.close()
        self.database.close()


def _always(_gone: int, _held: int) -> bool:
    return True


class Line:
    """A laptop's way to the server."""

    def __init__(self, world: World, laptop: Laptop) -> None:
        self._world, self._laptop = world, laptop

    def send(self, path: str, body: bytes) -> bytes:
        assert path == "/v1/sync"
        return self._world.send(self._laptop, body)


__all__ = ["ORG", "Laptop", "Line", "World"]
