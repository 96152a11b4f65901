"""How contacts and accounts stand to each other, who reports to whom, and who was where."""

import json
from collections.abc import Sequence
from typing import Any

from db.store import Store

DEEPEST = 24


def relations(store: Store, noun: str, record_id: str) -> list[Any]:
    """Return kind, whether it goes out from the record, and id, ref, name of the other, note, id of the relation."""
    sql = f"""
        SELECT r.kind, 1 AS is_outgoing, o.id, o.ref, o.name, r.note, r.id FROM {noun}_relation r
        JOIN {noun} o ON o.id = r.other_id WHERE r.{noun}_id = ? AND o.deleted_at IS NULL
        UNION ALL
        SELECT r.kind, 0, o.id, o.ref, o.name, r.note, r.id FROM {noun}_relation r
        JOIN {noun} o ON o.id = r.{noun}_id WHERE r.other_id = ? AND o.deleted_at IS NULL
        ORDER BY 2 DESC, 1, 5
    """
    return store.rows(sql, (record_id, record_id))


def line_of_command(store: Store, contact_id: str) -> list[Any]:
    """Return id, ref, name, title, the superior's id of everybody under the one at the top of a contact's line."""
    sql = """
        WITH RECURSIVE up (id, level) AS (
            SELECT ?, 0 UNION ALL
            SELECT b.id, up.level + 1 FROM up CROSS JOIN contact c ON c.id = up.id
            CROSS JOIN contact b ON b.id = c.reports_to_id AND b.deleted_at IS NULL WHERE up.level < ?
        ), down (id, superior_id, level) AS (
            SELECT id, NULL, 0 FROM (SELECT id FROM up ORDER BY level DESC LIMIT 1) UNION ALL
            SELECT c.id, c.reports_to_id, down.level + 1 FROM down CROSS JOIN contact c ON c.reports_to_id = down.id
            WHERE c.deleted_at IS NULL AND down.level < ?
        )
        SELECT c.id, c.ref, c.name, c.title, down.superior_id FROM down CROSS JOIN contact c ON c.id = down.id
        ORDER BY down.level, c.name, c.id
    """
    return store.rows(sql, (contact_id, DEEPEST, DEEPEST))


def relations_from(store: Store, contact_ids: Sequence[str]) -> list[Any]:
    """Return contact id, kind, and id and name of the other, of what goes out from these people."""
    sql = """
        SELECT r.contact_id, r.kind, o.id, o.name FROM json_each(?) j CROSS JOIN contact_relation r ON r.contact_id = j.value
        JOIN contact o ON o.id = r.other_id WHERE o.deleted_at IS NULL ORDER BY r.kind, o.name
    """
    return store.rows(sql, (json.dumps(list(contact_ids)),))


def roles(store: Store, contact_id: str) -> list[Any]:
    """Return account id, ref, name, role, whether it is the primary one, from and to, the running ones first."""
    sql = """
        SELECT a.id, a.ref, a.name, k.role, k.is_primary, k.valid_from, k.valid_to FROM contact_role k
        JOIN account a ON a.id = k.account_id WHERE k.contact_id = ?
        ORDER BY k.valid_to IS NOT NULL, k.is_primary DESC, k.valid_to DESC, k.valid_from DESC, k.id
    """
    return store.rows(sql, (contact_id,))
