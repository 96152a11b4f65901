"""What only the making of a demo asks of the database."""

from collections.abc import Sequence

from db.store import Store, UnitOfWork


def begin_histories(work: UnitOfWork, begun: Sequence[tuple[object, ...]]) -> None:
    """Let deals have begun otherwise than they stand now.

    Args:
        work: the operation that has inserted them.
        begun: stage, ppm, category and close date at first, and the deal, for each.
    """
    work.connection.executemany(
        "UPDATE opportunity_history SET stage_id = ?, probability_ppm = ?, category = ?, close_date = ?"
        " WHERE rowid = (SELECT h.rowid FROM opportunity_history h WHERE h.opportunity_id = ? ORDER BY h.at LIMIT 1)",
        begun,
    )


def forget_changes(work: UnitOfWork) -> None:
    """Let nothing tell of the operation: what it made was always there, and no undo takes it away."""
    work.execute("DELETE FROM change WHERE operation_id = ?", (work.operation_id,))


def deals_of(store: Store, owner_id: str, limit: int, *, is_won: bool = False) -> list[str]:
    """Return somebody's open deals that have lines, the next to close first; or those won last."""
    state = "is_won = 1 AND closed_on IS NOT NULL" if is_won else "closed_on IS NULL"
    order = "closed_on DESC" if is_won else "close_date"
    sql = (
        f"SELECT o.id FROM opportunity o JOIN account a ON a.id = o.account_id WHERE o.owner_id = ? AND {state}"
        " AND EXISTS (SELECT 1 FROM opportunity_line l WHERE l.opportunity_id = o.id)"
        f" ORDER BY {order}, o.id LIMIT ?"
    )
    return [row[0] for row in store.rows(sql, (owner_id, limit))]


def has_operations(store: Store) -> bool:
    """Tell whether anybody has ever written anything."""
    return store.value("SELECT 1 FROM operation LIMIT 1") is not None
