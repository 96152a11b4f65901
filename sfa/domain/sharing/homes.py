"""Where a row lives: the bucket that decides who gets it.

Buckets: `g` the company, `t:<territory>`, `m:<team>`, `u:<user>` a person's own, `p:<user>` a person's pay, `f` finance.
A row has one home; children follow their parent. Plans have further places: the pay of those who are paid by them.
"""

from collections.abc import Callable, Mapping
from typing import Any

Row = Mapping[str, Any]
Find = Callable[[str, str], Row | None]
"""Returns the row of a table by its id, or None."""

COMPANY = "g"
FINANCE = "f"
LAPTOPS_OWN = frozenset(
    {
        "billed_item", "change", "dav_collection", "dav_conflict", "dav_item", "import_profile", "journal_state",
        "operation", "ordered_item", "paid_item", "search_entry", "search_queue", "search_word", "setting", "sync_cursor", "sync_done",
        "sync_gap", "sync_out", "sync_row",
    }
)  # fmt: skip
"""The store's own tables: not journaled, and never shared."""
SHARED = frozenset(
    {
        "app_user", "approval_rule", "comp_period", "contract_price", "discount_schedule", "fx_rate", "kpi_baseline", "pipeline",
        "price_book", "price_entry", "price_rule", "product", "stage", "tag", "tax_code", "tax_rate", "team", "territory",
    }
)  # fmt: skip
OF_FINANCE = frozenset({"comp_plan", "comp_plan_version"})
PAY: Mapping[str, str] = {
    "comp_assignment": "participant_id",
    "comp_quota": "participant_id",
    "comp_event": "owner_id",
    "comp_credit": "participant_id",
    "comp_statement": "participant_id",
    "comp_balance": "participant_id",
    "comp_dispute": "participant_id",
    "comp_adjustment": "participant_id",
}
"""Tables of pay, and the column of the person."""

PARENTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "contact_role": (("account_id", "account"),),
    "address": (("account_id", "account"), ("contact_id", "contact")),
    "phone": (("account_id", "account"), ("contact_id", "contact")),
    "email": (("account_id", "account"), ("contact_id", "contact")),
    "consent_event": (("contact_id", "contact"),),
    "contact_relation": (("contact_id", "contact"),),
    "account_relation": (("account_id", "account"),),
    "opportunity": (("account_id", "account"),),
    "opportunity_contact": (("opportunity_id", "opportunity"),),
    "opportunity_line": (("opportunity_id", "opportunity"),),
    "opportunity_history": (("opportunity_id", "opportunity"),),
    "activity": (("account_id", "account"), ("opportunity_id", "opportunity"), ("lead_id", "lead")),
    "activity_contact": (("activity_id", "activity"),),
    "task": (
        ("account_id", "account"), ("opportunity_id", "opportunity"), ("contact_id", "contact"), ("lead_id", "lead"),
    ),
    "note": (
        ("account_id", "account"), ("opportunity_id", "opportunity"), ("contact_id", "contact"), ("lead_id", "lead"),
    ),
    "attachment": (
        ("account_id", "account"), ("opportunity_id", "opportunity"), ("contact_id", "contact"),
        ("activity_id", "activity"),
    ),
    "event": (("account_id", "account"), ("opportunity_id", "opportunity"), ("contact_id", "contact")),
    "event_attendee": (("event_id", "event"),),
    "event_reminder": (("event_id", "event"),),
    "quote": (("account_id", "account"),),
    "quote_version": (("quote_id", "quote"),),
    "quote_line": (("version_id", "quote_version"),),
    "quote_allowance": (("version_id", "quote_version"),),
    "approval_request": (("version_id", "quote_version"),),
    "acceptance": (("version_id", "quote_version"),),
    "sales_order": (("account_id", "account"),),
    "sales_order_line": (("order_id", "sales_order"),),
    "shipment": (("order_id", "sales_order"),),
    "invoice": (("account_id", "account"),),
    "invoice_line": (("invoice_id", "invoice"),),
    "payment": (("invoice_id", "invoice"),),
    "dispute": (("order_id", "sales_order"), ("invoice_id", "invoice")),
    "comp_line": (("statement_id", "comp_statement"),),
    "value_class": (("account_id", "account"),),
}  # fmt: skip
"""Tables whose rows follow another: the first column that is not empty names it."""

NAMED = frozenset({"record_tag", "external_id", "paper_file"})
"""Tables that name their record by table and id."""

OWNED: Mapping[str, str] = {"forecast_submission": "user_id", "inbox_entry": "user_id"}
"""Tables that are a person's own, and the column of the person; others fall back on `owner_id`."""

_DEPTH = 12


def home_of(table: str, row: Row, find: Find, first_account: Callable[[str], str | None], writer: str) -> str:
    """Return the home bucket of a row.

    Args:
        table: its table.
        row: its columns.
        find: reads a row of the server.
        first_account: the account of a contact's first role, by the contact's id.
        writer: the user who wrote it, for rows that belong to nobody else.
    """
    for _ in range(_DEPTH):
        fixed = _fixed(table, row)
        if fixed:
            return fixed
        parent = _parent(table, row, first_account)
        found = find(*parent) if parent else None
        if parent is None or found is None:
            break
        table, row = parent[0], found
    return _own(table, row, writer)


def _fixed(table: str, row: Row) -> str | None:
    if table in SHARED:
        return COMPANY
    if table in OF_FINANCE:
        return FINANCE
    if table in PAY:
        person = row.get(PAY[table])
        return f"p:{person}" if person else FINANCE
    return None


def _parent(table: str, row: Row, first_account: Callable[[str], str | None]) -> tuple[str, str] | None:
    if table in NAMED:
        record = row.get("row_id") or row.get("record_id")
        return (str(row["table_name"]), str(record)) if record else None
    if table == "contact":
        account = first_account(str(row["id"]))
        return ("account", account) if account else None
    for column, parent in PARENTS.get(table, ()):
        if row.get(column):
            return parent, str(row[column])
    return None


def _own(table: str, row: Row, writer: str) -> str:
    if table == "account" and row.get("territory_id"):
        return f"t:{row['territory_id']}"
    if table == "account" and row.get("team_id"):
        return f"m:{row['team_id']}"
    person = row.get(OWNED.get(table, "owner_id")) or writer
    return f"u:{person}"


def children() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return for each table the tables and columns that follow it: what moves with a row."""
    found: dict[str, list[tuple[str, str]]] = {}
    for table, links in PARENTS.items():
        for column, parent in links:
            found.setdefault(parent, []).append((table, column))
    return {parent: tuple(links) for parent, links in found.items()}
