"""Tags and the records that carry them."""

from db.queries.records import Row, rows
from db.store import Store


def counts(store: Store) -> list[tuple[str, str, int]]:
    """Return id, name and number of records of every tag, by name."""
    sql = (
        "SELECT tag.id, tag.name, count(record_tag.id) FROM tag LEFT JOIN record_tag ON tag_id = tag.id"
        " WHERE deleted_at IS NULL GROUP BY tag.id ORDER BY lower(tag.name), tag.id"
    )
    return [(str(row[0]), str(row[1]), int(row[2])) for row in store.rows(sql)]


def links(store: Store, tag_id: str) -> list[Row]:
    """Return the links of a tag to records."""
    return rows(store, "SELECT * FROM record_tag WHERE tag_id = ? ORDER BY id", (tag_id,))
