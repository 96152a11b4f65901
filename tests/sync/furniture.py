"""What a simulated company has from before: customers in each area with deals and quotes, some of them sent."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import DefaultClause, Integer

import db.tables
from db.seeds import PIPELINE_ID, stage_id
from sfa.clock import instant_text
from sfa.server.book import Book

if TYPE_CHECKING:
    from tests.sync.world import World

ACCOUNTS = 2
SENT = {"state": "sent", "sent_at": "2026-02-02T08:00:00.000Z", "content_hash": "0" * 64}


def furnish(world: "World", owners: list[str], org: str) -> Mapping[tuple[str, str], Mapping[str, object]]:
    """Write it, the accounts of each area owned by one of the people; return the rows by table and id."""
    with world.database.writing():
        carrier = _Carrier(world, Book(world.database, org, instant_text(world.now)))
        carrier.put("product", code="P1", name="Pump", unit="piece", cost_dec6=7_000_000)
        for area, owner in zip(world.areas, owners, strict=True):
            for number in range(ACCOUNTS):
                _customer(carrier, area, owner, number)
    return carrier.made


class _Carrier:
    def __init__(self, world: "World", book: Book) -> None:
        self._world, self._book = world, book
        self.made: dict[tuple[str, str], Mapping[str, object]] = {}

    def put(self, table: str, **values: object) -> str:
        pk = self._world.new_id()
        self._book.insert(table, {**_defaults(table), "id": pk, **values})
        self.made[table, pk] = self._book.find(table, pk) or {}
        self._book.place(table, pk, "", {"": ""})
        return pk


def _defaults(table: str) -> Mapping[str, object]:
    """Return what a laptop's schema gives to columns that nobody sets."""
    shared = db.tables.metadata.tables[table].columns
    given = [
        (one, str(one.server_default.arg).strip("'")) for one in shared if isinstance(one.server_default, DefaultClause)
    ]
    return {one.name: int(text) if isinstance(one.type, Integer) else text for one, text in given}


def _customer(carrier: _Carrier, area: str, owner: str, number: int) -> None:
    name = f"Customer {area[-4:]} {number}"
    account = carrier.put("account", name=name, territory_id=area, owner_id=owner, type="customer")
    contact = carrier.put("contact", name=f"Buyer of {name}", owner_id=owner)
    carrier.put("contact_role", account_id=account, contact_id=contact)
    carrier.put("phone", contact_id=contact, number="+49 30 1", kind="work")
    deal = {
        "name": f"Deal with {name}", "account_id": account, "pipeline_id": PIPELINE_ID, "stage_id": stage_id(1),
        "created_on": "2026-02-01", "probability_ppm": 100_000, "category": "pipeline", "amount_minor": 100,
        "currency": "EUR", "owner_id": owner,
    }  # fmt: skip
    carrier.put("opportunity", **deal)
    head = {"name": name, "account_id": account, "currency": "EUR", "created_on": "2026-02-01", "owner_id": owner}
    quote = carrier.put("quote", number=f"Q-2025-{area[-4:]}-{number}", **head)
    revisions = (SENT, {"state": "draft"} if number else {**SENT, "content_hash": "1" * 64})
    for revision, state in enumerate(revisions, start=1):
        _version(carrier, quote, revision, state)


def _version(carrier: _Carrier, quote: str, revision: int, state: dict[str, str]) -> None:
    days = {"quoted_on": "2026-02-01", "priced_on": "2026-02-01"}
    version = carrier.put("quote_version", quote_id=quote, revision=revision, cost_minor=3, **days, **state)
    line = {"ordinal": 1, "kind": "text", "description": "Work", "cost_minor": 3}
    carrier.put("quote_line", version_id=version, **line)
