"""A company by seed: laptops, a server, a bad network; people edit, move, quote, quit; everything from one Random."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from db.seeds import PIPELINE_ID, stage_id
from db.store import Store, UnitOfWork, open_store
from sfa.errors import SfaError
from sfa.ids import RandomIds
from sfa.server import founding
from sfa.server.database import Database, SqliteDatabase
from sfa.server.handle import Server
from sfa.sync import outbox
from sfa.sync.protocol import ProtocolError, decode
from sfa.sync.session import rounds
from sfa.sync.state import State

if TYPE_CHECKING:
    from collections.abc import Callable

ORG = "acme"
START = datetime(2026, 3, 2, 8, tzinfo=UTC)
HEAL_ROUNDS = 60


class LostError(OSError):
    """The network swallowed it."""


class SkewedClock:
    """A laptop's clock, off by days."""

    def __init__(self, world: "World", skew: timedelta) -> None:
        self._world, self._skew = world, skew

    def now(self) -> datetime:
        return self._world.now + self._skew

    def today(self) -> date:
        return self.now().date()

    def zone(self) -> tzinfo:
        return UTC


@dataclass
class Laptop:
    """A person's laptop, enrolled."""

    name: str
    user: str
    role: str
    device: str
    store: Store
    is_revoked: bool = False
    answers: list[bytes] = field(default_factory=list)
    requests: list[bytes] = field(default_factory=list)


class World:
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
        self.database = database or SqliteDatabase(":memory:")
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
        self.sent_hashes: dict[str, str] = {}
        self.spied: Callable[[Laptop, dict[str, object]], None] = lambda _laptop, _answer: None
        self.log: list[str] = []

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
        store = open_store(home, SkewedClock(self, skew), ids)
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
            chance = self.random.random()
            if chance < 0.62:
                self.edit(laptop)
            elif chance < 0.92:
                self.sync(laptop)
            elif not self.is_calm:
                self._disturb()

    def edit(self, laptop: Laptop) -> None:
        """Let a person do something; what the laptop's own rules refuse is not done."""
        deeds = (
            self._new_account, self._new_contact, self._new_deal, self._new_deal, self._rename, self._rename, self._amount, self._amount,
            self._note, self._stage, self._trash, self._phone, self._hang_up, self._quote, self._send, self._accept, self._move, self._undo,
        )  # fmt: skip
        deed = self.random.choice(deeds)
        try:
            with laptop.store.write(deed.__name__[1:]) as work:
                deed(laptop, work)
        except SfaError as error:
            self.log.append(f"{laptop.name} {deed.__name__}: {error}")

    def _one(self, laptop: Laptop, table: str, where: str = "1") -> str | None:
        found = laptop.store.rows(f"SELECT id FROM {table} WHERE {where} ORDER BY id")
        return str(self.random.choice(found)[0]) if found else None

    def _new_account(self, laptop: Laptop, work: UnitOfWork) -> None:
        area = laptop.store.value("SELECT territory_id FROM app_user WHERE id = ?", (laptop.user,))
        own = area if self.random.random() < 0.7 else None
        work.insert("account", {"name": self._word(), "territory_id": own, "owner_id": laptop.user})

    def _new_contact(self, laptop: Laptop, work: UnitOfWork) -> None:
        contact = work.insert("contact", {"name": self._word(), "owner_id": laptop.user})
        account = self._one(laptop, "account")
        if account and self.random.random() < 0.8:
            work.insert("contact_role", {"account_id": account, "contact_id": contact})

    def _new_deal(self, laptop: Laptop, work: UnitOfWork) -> None:
        account = self._one(laptop, "account")
        if account:
            values = {
                "name": self._word(), "account_id": account, "pipeline_id": PIPELINE_ID, "stage_id": stage_id(1),
                "created_on": "2026-03-01",
                "probability_ppm": 100_000, "category": "pipeline", "amount_minor": 100, "currency": "EUR", "owner_id": laptop.user,
            }  # fmt: skip
            work.insert("opportunity", values)

    def _rename(self, laptop: Laptop, work: UnitOfWork) -> None:
        table = self.random.choice(("account", "contact", "opportunity"))
        row = self._one(laptop, table)
        if row:
            column = self.random.choice(("name", "description"))
            work.update(table, row, {column: self._word()})

    def _amount(self, laptop: Laptop, work: UnitOfWork) -> None:
        row = self._one(laptop, "opportunity")
        if row:
            work.update("opportunity", row, {"amount_minor": self.random.randint(1, 10**6)})

    def _stage(self, laptop: Laptop, work: UnitOfWork) -> None:
        row = self._one(laptop, "opportunity")
        if row:
            work.update("opportunity", row, {"stage_id": stage_id(self.random.randint(1, 7))})

    def _note(self, laptop: Laptop, work: UnitOfWork) -> None:
        account = self._one(laptop, "account")
        if account:
            work.insert("note", {"body": self._word(), "account_id": account, "owner_id": laptop.user})

    def _trash(self, laptop: Laptop, work: UnitOfWork) -> None:
        table = self.random.choice(("note", "contact", "opportunity"))
        row = self._one(laptop, table)
        if row:
            work.remove(table, row)

    def _phone(self, laptop: Laptop, work: UnitOfWork) -> None:
        contact = self._one(laptop, "contact")
        if contact:
            work.insert("phone", {"contact_id": contact, "number": self._word(), "kind": "work"})

    def _hang_up(self, laptop: Laptop, work: UnitOfWork) -> None:
        row = self._one(laptop, "phone")
        if row:
            work.remove("phone", row) if self.random.random() < 0.5 else work.execute(
                "DELETE FROM phone WHERE id = ?", (row,)
            )

    def _quote(self, laptop: Laptop, work: UnitOfWork) -> None:
        account = self._one(laptop, "account")
        if account is None:
            return
        values = {
            "number": f"Q-2026-{laptop.name}-{self.random.randrange(10**6):06}", "name": self._word(), "account_id": account,
            "currency": "EUR", "created_on": "2026-03-01", "owner_id": laptop.user,
        }  # fmt: skip
        quote = work.insert("quote", values)
        version = work.insert("quote_version", {"quote_id": quote, "revision": 1, "quoted_on": "2026-03-01"})
        line = {"version_id": version, "ordinal": 1, "kind": "text", "description": self._word(), "net_minor": 5}
        work.insert("quote_line", line)

    def _send(self, laptop: Laptop, work: UnitOfWork) -> None:
        version = self._one(laptop, "quote_version", "state = 'draft'")
        if version:
            values = {"state": "sent", "sent_at": work.at, "content_hash": f"{self.random.getrandbits(256):064x}"}
            work.update("quote_version", version, values)

    def _accept(self, laptop: Laptop, work: UnitOfWork) -> None:
        version = self._one(laptop, "quote_version", "state = 'sent'")
        if version:
            work.update("quote_version", version, {"state": "accepted", "decided_on": "2026-03-05"})

    def _move(self, laptop: Laptop, work: UnitOfWork) -> None:
        account = self._one(laptop, "account")
        if account and (laptop.role == "manager" or self.random.random() < 0.1):
            work.update("account", account, {"territory_id": self.random.choice(self.areas)})

    def _undo(self, laptop: Laptop, work: UnitOfWork) -> None:
        contact = self._one(laptop, "contact", "id NOT IN (SELECT contact_id FROM contact_role)")
        if contact:
            work.execute("DELETE FROM phone WHERE contact_id = ?", (contact,))
            work.execute("DELETE FROM contact WHERE id = ?", (contact,))

    def _word(self) -> str:
        return f"w{self.random.randrange(10**9)}"

    def _disturb(self) -> None:
        """Somebody at the server moves a rep or revokes a laptop; an old request is repeated."""
        chance = self.random.random()
        reps = [laptop for laptop in self.laptops if laptop.role == "rep"]
        if chance < 0.4:
            values = {"territory_id": self.random.choice(self.areas)}
            founding.put(self.database, ORG, "app_user", {"id": self.random.choice(reps).user, **values}, self.now)
        elif chance < 0.45 and sum(laptop.is_revoked for laptop in reps) < 1:
            laptop = self.random.choice(reps)
            laptop.is_revoked = True
            founding.revoke(self.database, ORG, laptop.device)
        else:
            laptop = self.random.choice(self.laptops)
            if laptop.requests:
                self._replay(laptop, self.random.choice(laptop.requests))

    def _replay(self, laptop: Laptop, body: bytes) -> None:
        try:
            self.spied(laptop, decode(self.server.handle(ORG, laptop.device, body, self.now)))
        except ProtocolError as error:
            self.log.append(f"replay of {laptop.name}: {error}")

    # --- the network

    def send(self, laptop: Laptop, body: bytes) -> bytes:
        """Carry a request to the server and its answer back, if all goes well."""
        if self._is_lost(0.1):
            raise LostError
        laptop.requests.append(body)
        answer = self.server.handle(ORG, laptop.device, body, self.now)
        self.spied(laptop, decode(answer))
        if self._is_lost(0.05):
            answer = self.server.handle(ORG, laptop.device, body, self.now)
            self.spied(laptop, decode(answer))
        if self._is_lost(0.1):
            raise LostError
        return answer

    def _is_lost(self, chance: float) -> bool:
        return not self.is_calm and not self.is_healed and self.random.random() < chance

    def sync(self, laptop: Laptop) -> bool:
        """Let a laptop sync; return whether it did anything."""
        did = False
        try:
            for outcome in rounds(laptop.store, _Line(self, laptop)):
                did = did or bool(outcome.sent or outcome.received or outcome.removed)
                if self._is_lost(0.05):
                    break
        except OSError:
            return True
        except ProtocolError as error:
            if not (laptop.is_revoked and error.status == 401):
                raise
        return did

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
        self.database.close()


class _Line:
    def __init__(self, world: World, laptop: Laptop) -> None:
        self._world, self._laptop = world, laptop

    def send(self, path: str, body: bytes) -> bytes:
        assert path == "/v1/sync"
        return self._world.send(self._laptop, body)


__all__ = ["ORG", "Laptop", "World", "outbox"]
