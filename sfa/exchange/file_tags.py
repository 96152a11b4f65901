"""Tags that a file gives to records: found or made once, put on many records at a time."""

from collections.abc import Iterable, Sequence

from db.queries import files
from db.queries.records import tag_named
from db.store import UnitOfWork
from sfa.domain.text import fold
from sfa.services.desk import Desk

_LINK = ("id", "table_name", "row_id", "tag_id")


class Tags:
    """The tags on the records of a table."""

    def __init__(self, desk: Desk, work: UnitOfWork, table: str) -> None:
        self._desk = desk
        self._work = work
        self._table = table
        self._ids: dict[str, str] = {}
        self._present = files.tags(desk.store, table)

    def add(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Put tags on new records: (record, tag)."""
        new_id = self._desk.store.ids.new
        wanted = dict.fromkeys((row_id, self._id(name)) for row_id, name in pairs)
        links = [(new_id(), self._table, row_id, tag_id) for row_id, tag_id in wanted]
        self._work.insert_many("record_tag", _LINK, links)

    def replace(self, row_id: str, names: Sequence[str], *, is_whole: bool = True) -> bool:
        """Let a record have exactly these tags, or these too; tell whether that changed anything."""
        present = {fold(row["name"]): row for row in self._present.get(row_id, [])}
        wanted = {fold(name): name for name in names}
        gone = [row for key, row in present.items() if key not in wanted] if is_whole else []
        for row in gone:
            self._work.remove("record_tag", row["id"])
        missing = [name for key, name in wanted.items() if key not in present]
        self.add((row_id, name) for name in missing)
        return bool(gone or missing)

    def _id(self, name: str) -> str:
        key = fold(name)
        if key not in self._ids:
            found = tag_named(self._desk.store, name)
            if found is None:
                self._ids[key] = self._work.insert("tag", {"name": name})
            else:
                if found["deleted_at"]:
                    self._work.update("tag", found["id"], {"deleted_at": None})
                self._ids[key] = str(found["id"])
        return self._ids[key]
