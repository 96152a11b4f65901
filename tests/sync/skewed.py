"""A company whose laptops, and whose server, are of several versions of the schema and are upgraded in the middle."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from db.store import UnitOfWork
from sfa.server import catalog, checks, doubles, upgrading
from sfa.server.handle import Server
from sfa.sync.protocol import PATCH, TOO_OLD, Mutation, ProtocolError
from tests.sync.deeds import Deed, Laptop
from tests.sync.tongues import LOCAL, Tongue, go_on, newest_words, older, versions
from tests.sync.world import ORG, World

NEWEST = 3
Blanks = Sequence[Path]
"""Empty workspaces of the newest version, of the one before it, and of the first."""


@cache
def _program_of(blank: Path) -> tuple[Any, tuple[str, ...]]:
    """Return the tables of an older program, from an empty workspace of it: as SQLAlchemy and as SQLite have them."""
    from sqlalchemy import MetaData, create_engine  # noqa: PLC0415 - half a second
    from sqlcipher3 import dbapi2  # noqa: PLC0415 - as above

    with closing(dbapi2.connect(str(blank / "sales.db"))) as connection:
        shared = tuple(catalog.shared_tables())
        found = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall())
        old = MetaData()
        engine = create_engine("sqlite://", module=dbapi2, creator=lambda: connection)
        old.reflect(engine, only=lambda name, _: name in shared)
    for table in old.tables.values():
        for column in table.columns:
            column.info["local"] = column.name in LOCAL
    return old, tuple(found[name] for name in old.tables)


@contextmanager
def old_tables(blank: Path) -> Iterator[None]:
    """Let the server's program be the one whose empty workspace this is."""
    old, texts = _program_of(blank)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("db.tables.metadata", old)
        patch.setattr(checks, "_table_texts", lambda: texts)
        telling = {key: words for key, words in catalog.TELLING.items() if key[1] in old.tables[key[0]].columns}
        for module in (catalog, doubles):
            patch.setattr(module, "TELLING", telling)
        _forget()
        yield
    _forget()


def _forget() -> None:
    catalog.shared_tables.cache_clear()
    catalog.pointing_at.cache_clear()


class SkewedWorld(World):
    """A company of the newest server and older laptops.

    Args:
        blanks: a workspace as it is at birth, by layers.
        layers: of the server's tables; they must be those of the program just now (`old_tables`).
        behind: by whose name, by how many versions their laptop is behind the server; by chance if None.
    """

    def __init__(
        self,
        seed: int,
        folder: Path,
        blanks: Blanks,
        *,
        layers: int = 0,
        behind: Mapping[str, int] | None = None,
        is_calm: bool = False,
    ) -> None:
        self.layers, self._blanks, self._behind = layers, blanks, behind
        super().__init__(seed, folder, blanks[0], is_calm=is_calm)
        self._serve()

    def _person(self, name: str, role: str, area: str | None, **more: object) -> str:
        behind = self.random.choice((0, 1, 1)) if self._behind is None else self._behind.get(name, 0)
        layers = self.layers + behind
        self._blank = self._blanks[layers]
        user = super()._person(name, role, area, **more)
        laptop = self.laptops[-1]
        laptop.tongue = Tongue(layers)
        laptop.versions = older(NEWEST - layers) if layers else versions(NEWEST)
        return user

    def _serve(self) -> None:
        known = older(NEWEST - self.layers) if self.layers else versions(NEWEST)
        self.server = Server(self.database, self.new_id, known)
        self.database.execute("UPDATE s_org SET schema_no = ? WHERE org = ?", (known.newest, ORG))

    def upgrade(self, laptop: Laptop) -> None:
        """Let somebody upgrade their laptop."""
        if laptop.tongue.layers:
            for book in filter(None, (laptop.store.connection, laptop.copy)):
                go_on(book, laptop.tongue.layers, NEWEST)
            laptop.tongue, laptop.versions = Tongue(), versions(NEWEST)

    def upgrade_server(self) -> None:
        """Upgrade the server to the newest program, whose tables are there just now."""
        self.furniture = {
            (table, pk): newest_words(NEWEST - self.layers, table, row) for (table, pk), row in self.furniture.items()
        }
        self.layers = 0
        upgrading.upgrade(self.database, versions(NEWEST))
        self._serve()

    def restore(self) -> None:
        """Put the server back, and upgrade what comes back, if it is older than the program."""
        super().restore()
        if not self.layers:
            upgrading.upgrade(self.database, versions(NEWEST))

    def _disturb(self) -> None:
        if not self.layers and self.random.random() < 0.3:
            self.upgrade(self.random.choice(self.laptops))
        super()._disturb()

    def read(self, data: object) -> Mutation:
        """Return a mutation in the newest words; of a value that the server has in parts only the part that was changed."""
        said = Mutation.from_json(data)
        if said.table == "phone" and {"area", "line"} & set(said.values):
            self.in_parts.add(("phone", said.row_id, "e164"))
        values, base = (newest_words(said.v, said.table, part) for part in (said.values, said.base))
        if said.op == PATCH and not self.layers:
            values = {name: value for name, value in values.items() if name not in base or base[name] != value}
        return replace(said, values=values, base=base)

    def are_same(self, one: Mutation, other: Mutation) -> bool:
        """Tell whether two mutations are the same, though one was read before an upgrade of the server."""
        return replace(one, values={}, base={}) == replace(other, values={}, base={})

    def is_refused(self, laptop: Laptop, error: ProtocolError) -> bool:
        """Tell whether the server is right to refuse a laptop: revoked, or too old or too new for it."""
        skew = laptop.tongue.layers - self.layers
        return super().is_refused(laptop, error) or (error.status == TOO_OLD and skew not in (0, 1))

    # --- what people do

    def all_deeds(self) -> tuple[Deed, ...]:
        """Return them; what is written differently in older versions stands there often."""
        return (*super().all_deeds(), self._label, self._label, self._dial, self._dial, self._own, self._attach)

    def _attach(self, laptop: Laptop, work: UnitOfWork) -> None:
        account = self._one(laptop, "account")
        if account and laptop.tongue.has("attachment"):
            work.insert("attachment", {"name": self._word(), "path": self._word(), "account_id": account})

    def _rename(self, laptop: Laptop, work: UnitOfWork) -> None:
        table = self.random.choice(("account", "contact", "opportunity"))
        row = self._one(laptop, table)
        if row:
            column = self.random.choice(("name", "description"))
            work.update(table, row, {laptop.tongue.column(table, column): self._word()})

    def _label(self, laptop: Laptop, work: UnitOfWork) -> None:
        row = self._one(laptop, "contact")
        if row is None:
            return
        part = self.random.choice(("prefix", "suffix"))
        if laptop.tongue.layers:
            before, _, after = str(
                laptop.store.value("SELECT label FROM contact WHERE id = ?", (row,)) or ""
            ).partition("|")
            label = f"{self._word()}|{after}" if part == "prefix" else f"{before}|{self._word()}"
            work.update("contact", row, {"label": label.removesuffix("|")})
        else:
            work.update("contact", row, {part: self._word()})

    def _dial(self, laptop: Laptop, work: UnitOfWork) -> None:
        row = self._one(laptop, "phone")
        if row and laptop.tongue.layers:
            work.update("phone", row, {self.random.choice(("area", "line")): str(self.random.randrange(100))})
        elif row:
            work.update("phone", row, {"e164": f"{self.random.randrange(100)}-{self.random.randrange(100)}"})

    def _own(self, laptop: Laptop, work: UnitOfWork) -> None:
        """Write a field that only one of two versions has."""
        row = self._one(laptop, "account" if laptop.tongue.layers else "opportunity")
        if row and laptop.tongue.layers:
            work.update("account", row, {"fax": self._word()})
        elif row:
            work.update("opportunity", row, {"type": self.random.choice(("existing", "renewal"))})
