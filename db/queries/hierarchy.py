"""Accounts below an account, to any depth, with what each of them brings."""

from typing import Any

from db.store import Store

DEEPEST = 24
_BELOW = f"""
    tree (id, parent_id, level) AS (
        SELECT id, NULL, 0 FROM account WHERE id = :root UNION ALL
        SELECT a.id, a.parent_id, tree.level + 1 FROM tree CROSS JOIN account a ON a.parent_id = tree.id
        WHERE a.deleted_at IS NULL AND tree.level < {DEEPEST}
    )
"""


def below(store: Store, root_id: str, year_start: str, year_end: str) -> list[Any]:
    """Return a row for each account (the root first) and each currency of its deals.

    Columns: id, parent id, level, ref, name, type, its contacts' ids as a JSON list, last touch, currency, open amount,
    open deals, amount won in [year_start, year_end), deals won then. Without deals the last five are NULL.
    """
    sql = f"""
        WITH RECURSIVE {_BELOW}, deals AS (
            SELECT o.account_id, o.currency,
                COALESCE(sum(CASE WHEN o.closed_on IS NULL THEN o.amount_minor END), 0) AS open_minor,
                sum(o.closed_on IS NULL) AS open_count,
                COALESCE(sum(CASE WHEN o.closed_on IS NOT NULL THEN o.amount_minor END), 0) AS won_minor,
                sum(o.closed_on IS NOT NULL) AS won_count
            FROM tree CROSS JOIN opportunity o ON o.account_id = tree.id
            WHERE o.deleted_at IS NULL
                AND (o.closed_on IS NULL OR (o.is_won = 1 AND o.closed_on >= :start AND o.closed_on < :end))
            GROUP BY o.account_id, o.currency
        )
        SELECT tree.id, tree.parent_id, tree.level, a.ref, a.name, a.type,
            (SELECT json_group_array(DISTINCT k.contact_id) FROM contact_role k JOIN contact c ON c.id = k.contact_id
                WHERE k.account_id = tree.id AND k.valid_to IS NULL AND c.deleted_at IS NULL),
            (SELECT max(y.started_at) FROM activity y WHERE y.account_id = tree.id AND y.deleted_at IS NULL),
            d.currency, d.open_minor, d.open_count, d.won_minor, d.won_count
        FROM tree CROSS JOIN account a ON a.id = tree.id LEFT JOIN deals d ON d.account_id = tree.id
        ORDER BY tree.level, a.name, a.id, d.currency
    """
    return store.rows(sql, {"root": root_id, "start": year_start, "end": year_end})


def ultimate_parent(store: Store, account_id: str) -> Any:  # noqa: ANN401 - a row
    """Return id, ref, name of the account at the top."""
    sql = """
        WITH RECURSIVE up (id, level) AS (
            SELECT ?, 0 UNION ALL
            SELECT p.id, up.level + 1 FROM up CROSS JOIN account a ON a.id = up.id
            CROSS JOIN account p ON p.id = a.parent_id AND p.deleted_at IS NULL WHERE up.level < ?
        )
        SELECT a.id, a.ref, a.name FROM up CROSS JOIN account a ON a.id = up.id ORDER BY up.level DESC LIMIT 1
    """
    return store.row(sql, (account_id, DEEPEST))
