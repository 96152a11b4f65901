"""What a deal hangs on: its account, its product, the people in it."""

from typing import Any

from db.queries import records as queries
from sfa.domain.money import DEC6
from sfa.services.amounts import line_amount
from sfa.services.drafts import Draft, label_of
from sfa.services.links import as_list


def complete(draft: Draft) -> None:
    """Fill the account from the contact, the currency, and a name where the user gave none."""
    if not draft.is_new:
        return
    for contact in as_list(draft.parts.get("contact")):
        draft.fill("account_id", queries.current_account(draft.desk.store, contact))
    draft.fill("currency", draft.desk.currency)
    draft.fill("created_on", draft.row.get("closed_on") or draft.desk.today.isoformat())
    if not draft.row.get("name"):
        draft.fill("name", _default_name(draft))


def _default_name(draft: Draft) -> str | None:
    account = _named(draft, "account", draft.row.get("account_id"))
    product = _named(draft, "product", draft.parts.get("product"))
    if account and product:
        return f"{account} - {product}"
    return f"{account} deal" if account else product


def _named(draft: Draft, table: str, row_id: str | None) -> str | None:
    row = queries.record(draft.desk.store, table, row_id) if row_id else None
    return label_of(row) if row else None


def write(draft: Draft) -> None:
    """Write the product's line and the contact."""
    if "product" in draft.parts:
        _write_product(draft, draft.parts["product"])
    first, *others = as_list(draft.parts.get("contact")) or [""]
    if first:
        _write_contact(draft, first)
    for contact in others:
        add_contact(draft, contact, None, None)


def _write_product(draft: Draft, product_id: str | None) -> None:
    """Set the product of the first line; a deal without an amount takes the product's price."""
    lines = queries.linked(draft.desk.store, "opportunity_line", "opportunity_id", draft.id)
    first = min(lines, key=lambda line: line["seq"], default=None)
    if product_id is None:
        if first:
            draft.work.remove("opportunity_line", first["id"])
        return
    product = queries.record(draft.desk.store, "product", product_id) or {}
    if first and first["product_id"] == product_id:
        return
    price = product.get("price_dec6") if product.get("currency") in (None, draft.value("currency")) else None
    quantity = first["quantity_dec6"] if first else DEC6
    line: dict[str, Any] = {"product_id": product_id, "unit_price_dec6": price, "amount_minor": None}
    if price is not None:
        line["amount_minor"] = line_amount(price, quantity, draft.value("currency"))
    if first:
        draft.work.update("opportunity_line", first["id"], line)
    else:
        draft.work.insert("opportunity_line", {"opportunity_id": draft.id, "seq": 1, "quantity_dec6": quantity, **line})


def _write_contact(draft: Draft, contact_id: str) -> None:
    """Make somebody the first contact of a deal; the others stay."""
    links = queries.linked(draft.desk.store, "opportunity_contact", "opportunity_id", draft.id)
    if any(link["contact_id"] == contact_id for link in links):
        return
    if links:
        fresh = {"contact_id": contact_id, "role": None, "stance": None}
        draft.work.update("opportunity_contact", links[0]["id"], fresh)
    else:
        draft.work.insert("opportunity_contact", {"opportunity_id": draft.id, "contact_id": contact_id})


def add_contact(draft: Draft, contact_id: str, role: str | None, stance: int | None) -> str:
    """Link a person to a deal, or change their part in it; return their name."""
    links = queries.linked(draft.desk.store, "opportunity_contact", "opportunity_id", draft.id)
    present = next((link for link in links if link["contact_id"] == contact_id), None)
    told = {name: value for name, value in (("role", role), ("stance", stance)) if value is not None}
    if present:
        draft.work.update("opportunity_contact", present["id"], told)
    else:
        link = {"opportunity_id": draft.id, "contact_id": contact_id, **told}
        draft.work.insert("opportunity_contact", link)
    return label_of(queries.record(draft.desk.store, "contact", contact_id) or {})
