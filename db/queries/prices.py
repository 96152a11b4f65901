"""What the book says that products cost."""

import json
from collections.abc import Sequence

from db.queries.records import Row, rows
from db.store import Store


def prices_of(store: Store, codes: Sequence[str]) -> list[Row]:
    """Return code, price per unit scaled by 10^6 and currency of the products that are sold under these codes."""
    sql = (
        "SELECT code, price_dec6, currency FROM product WHERE code IN (SELECT value FROM json_each(?))"
        " AND deleted_at IS NULL AND is_active = 1 AND price_dec6 IS NOT NULL ORDER BY id"
    )
    return rows(store, sql, (json.dumps(list(codes)),))
