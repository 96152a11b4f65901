"""What people do on their laptops, and the laptops."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from db.driver import Connection
from db.seeds import PIPELINE_ID, stage_id
from db.store import Store, UnitOfWork
from sfa.domain.sharing.versions import Versions
from tests.sync.offers import LINE, SUMS
from tests.sync.tongues import Tongue


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
    tables: dict[int, str] = field(default_factory=dict)
    tongue: Tongue = field(default_factory=Tongue)
    versions: Versions | None = None
    judged: dict[tuple[str, ...], int] = field(default_factory=dict)
    """What was judged, by what it is, with its number."""
    copy: Connection | None = None


Deed = Callable[[Laptop, UnitOfWork], None]


class Deeds:
    """Everything that a person may do in a simulated company."""

    random: Random
    areas: list[str]

    def all_deeds(self) -> tuple[Deed, ...]:
        """Return them; what is done more often stands there twice."""
        return (
            self._new_account, self._new_contact, self._new_deal, self._new_deal, self._rename, self._rename, self._amount,
            self._amount, self._amount, self._amount, self._note_and_go,
            self._note, self._stage, self._trash, self._phone, self._hang_up, self._quote, self._send, self._accept, self._move,
            self._move, self._move,
            self._scrap,
            self._parent, self._second_role,
            self._merge, self._merge_accounts, self._revise, self._accept, self._settle,
        )  # fmt: skip

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
        row = self._one(laptop, "opportunity", "id IN (SELECT id FROM opportunity ORDER BY id LIMIT 1)")
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
        self._version(work, quote, 1)

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
        if account and (laptop.role == "manager" or self.random.random() < 0.8):
            values = {"territory_id": self.random.choice(self.areas)}
            if laptop.role == "rep" and self.random.random() < 0.5:
                values = {"owner_id": str(self._one(laptop, "app_user"))}
            work.update("account", account, values)

    def _parent(self, laptop: Laptop, work: UnitOfWork) -> None:
        below, above = self._one(laptop, "account"), self._one(laptop, "account", "parent_id IS NULL")
        if below and above and below != above:
            work.update("account", below, {"parent_id": above})

    def _second_role(self, laptop: Laptop, work: UnitOfWork) -> None:
        account, contact = self._one(laptop, "account"), self._one(laptop, "contact")
        if account and contact:
            work.insert("contact_role", {"account_id": account, "contact_id": contact})

    def _merge(self, laptop: Laptop, work: UnitOfWork) -> None:
        keep, lose = (self._one(laptop, "contact", "merged_into IS NULL") for _ in range(2))
        if keep and lose and keep != lose and self.random.random() < 0.3:
            work.execute("UPDATE phone SET contact_id = ? WHERE contact_id = ?", (keep, lose))
            work.update("contact", lose, {"deleted_at": work.at, "merged_into": keep})

    def _merge_accounts(self, laptop: Laptop, work: UnitOfWork) -> None:
        keep, lose = (self._one(laptop, "account", "merged_into IS NULL AND parent_id IS NULL") for _ in range(2))
        if keep and lose and keep != lose and self.random.random() < 0.5:
            work.update("account", lose, {"deleted_at": work.at, "merged_into": keep})
            for table in ("contact_role", "opportunity", "note", "quote"):
                work.execute(f"UPDATE {table} SET account_id = ? WHERE account_id = ?", (keep, lose))
            work.execute("UPDATE account SET parent_id = ? WHERE parent_id = ?", (keep, lose))

    def _revise(self, laptop: Laptop, work: UnitOfWork) -> None:
        quote = self._one(laptop, "quote")
        if quote:
            last = laptop.store.value("SELECT max(revision) FROM quote_version WHERE quote_id = ?", (quote,)) or 0
            self._version(work, quote, last + 1)

    def _version(self, work: UnitOfWork, quote: str, revision: int) -> None:
        days = {"quoted_on": "2026-03-01", "priced_on": "2026-03-01"}
        version = work.insert("quote_version", {"quote_id": quote, "revision": revision, **days, **SUMS})
        work.insert("quote_line", {**LINE, "version_id": version, "description": self._word()})

    def _settle(self, laptop: Laptop, work: UnitOfWork) -> None:
        entry = self._one(laptop, "inbox_entry", f"status = 'open' AND user_id = '{laptop.user}'")
        if entry:
            work.update("inbox_entry", entry, {"status": self.random.choice(("theirs", "dismissed"))})

    def _note_and_go(self, laptop: Laptop, work: UnitOfWork) -> None:
        account = self._one(laptop, "account")
        if account and laptop.role == "manager":
            work.insert("note", {"body": self._word(), "account_id": account, "owner_id": laptop.user})
            work.update("account", account, {"territory_id": self.random.choice(self.areas)})

    def _scrap(self, laptop: Laptop, work: UnitOfWork) -> None:
        contact = self._one(laptop, "contact", "id NOT IN (SELECT contact_id FROM contact_role)")
        if contact:
            work.execute("DELETE FROM phone WHERE contact_id = ?", (contact,))
            work.execute("DELETE FROM contact WHERE id = ?", (contact,))

    def _word(self) -> str:
        return f"w{self.random.randrange(10**9)}"
