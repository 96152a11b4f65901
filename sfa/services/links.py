"""What an activity, task, note or appointment hangs on: one named link tells the others."""

from db.queries import records as queries
from sfa.services.drafts import Draft, label_of


def fill_account(draft: Draft) -> None:
    """Take the account from the deal, or from where the contact is, where the user named none."""
    if not draft.is_new or draft.row.get("account_id"):
        return
    store = draft.desk.store
    deal = queries.record(store, "opportunity", draft.row.get("opportunity_id") or "")
    contacts = [draft.row.get("contact_id"), *as_list(draft.parts.get("contact"))]
    quote = queries.record(store, "quote", draft.row.get("quote_id") or "")
    found = deal["account_id"] if deal else quote["account_id"] if quote else None
    for contact in contacts:
        found = found or (queries.current_account(store, contact) if contact else None)
    draft.fill("account_id", found)


def who(draft: Draft) -> str:
    """Return the people, the account or the deal that a record is about, as one phrase; empty where there is none."""
    store = draft.desk.store
    people = [*as_list(draft.parts.get("contact")), *as_list(draft.row.get("contact_id"))]
    names = [label_of(queries.record(store, "contact", person) or {}) for person in people]
    if names:
        return ", ".join(names)
    for table in ("account", "opportunity"):
        row = queries.record(store, table, draft.row.get(f"{table}_id") or "")
        if row:
            return label_of(row)
    return ""


def as_list(value: object) -> list[str]:
    """Return one id or several as a list."""
    if value is None:
        return []
    return [str(item) for item in value] if isinstance(value, (list, tuple)) else [str(value)]
