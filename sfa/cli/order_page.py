"""An order or an invoice as a page for people and as JSON for programs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from typer.core import TyperCommand

from sfa.cli.building import argument, command, json_option
from sfa.cli.opening import open_desk
from sfa.cli.output import as_json, emit_facts, emit_json, emit_table, fact_text, say
from sfa.domain.figures import from_dec6
from sfa.domain.money import Money
from sfa.services import listing
from sfa.services.invoices import find as find_invoice
from sfa.services.order_reading import InvoiceView, OrderView, invoice_view, view
from sfa.services.order_sheet import find

_LINES = ("position", "code", "product", "quantity", "unit", "delivered", "returned", "invoiced", "net")
_BILLED = ("position", "code", "product", "quantity", "unit", "credited", "net")
_RIGHT = frozenset(
    {"position", "quantity", "delivered", "returned", "invoiced", "credited", "net", "gross", "owed", "amount"}
)


def show() -> TyperCommand:
    """Return `sfa order show`."""
    params = [
        argument("words", is_many=True, shown="ORDER", help="Number, its last digits, reference or name."),
        json_option("One JSON object."),
    ]
    return command("show", _show, params, "Show one order whole: lines, deliveries, invoices, payments, disputes.")


def _show(*, words: Sequence[str], is_json: bool) -> None:
    desk = open_desk()
    found = view(desk, find(desk, words))
    if is_json:
        emit_json(order_json(found))
        return
    _say_fields("order", found.fields)
    _say_table(found.lines, _LINES)
    _say_shipments(found.shipments)
    _say_table(found.invoices, ("number", "kind", "state", "issued", "due", "gross", "owed"))
    _say_table(found.payments, ("invoice", "on", "amount", "reference"))
    _say_table(found.disputes, ("ref", "state", "reason", "claimed", "opened", "resolution"))


def show_invoice() -> TyperCommand:
    """Return `sfa invoice show`."""
    params = [
        argument("words", is_many=True, shown="INVOICE", help="Number, its last digits or reference."),
        json_option("One JSON object."),
    ]
    return command("show", _show_invoice, params, "Show one invoice or credit note whole.")


def _show_invoice(*, words: Sequence[str], is_json: bool) -> None:
    desk = open_desk()
    found = invoice_view(desk, find_invoice(desk, words))
    if is_json:
        emit_json(invoice_json(found))
        return
    _say_fields("invoice", found.fields)
    _say_table(found.lines, _BILLED)
    say("")
    emit_facts([(f"Tax {one['category']} {_rate(one)} %", f"{one['tax']} of {one['taxable']}") for one in found.taxes])
    _say_table(found.payments, ("on", "amount", "reference"))
    _say_table(found.credits, ("number", "issued", "gross"))
    _say_table(found.disputes, ("ref", "state", "reason", "claimed", "opened", "resolution"))


def _rate(one: Mapping[str, Any]) -> str:
    return from_dec6(one["rate_ppm"] * 100)


def _kinds(noun: str) -> list[tuple[str, str, Any]]:
    return [(item.name, item.title, item.kind) for item in listing.read_noun(noun).fields.values()]


def _say_fields(noun: str, fields: listing.Record) -> None:
    emit_facts(
        [
            (title, fact_text(kind, fields.get(name)))
            for name, title, kind in _kinds(noun)
            if name not in ("id", "deleted_at")
        ]
    )


def _say_table(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> None:
    if not rows:
        return
    say("")
    titles = ["" if name == "position" else name.capitalize() for name in names]
    cells = [["" if row[name] is None else str(row[name]).replace("_", " ") for name in names] for row in rows]
    emit_table(titles, cells, [name in _RIGHT for name in names])


def _say_shipments(rows: Iterable[Mapping[str, Any]]) -> None:
    for number, row in enumerate(rows):
        if not number:
            say("")
        what = ", ".join(f"{one['quantity']} {one['product']}" for one in row["lines"])
        more = ", ".join(filter(None, (row["carrier"], row["tracking"], row["note"])))
        say(f"{row['on']}  {row['kind']:<8}  {what}{f' ({more})' if more else ''}")


def order_json(found: OrderView) -> dict[str, object]:
    """Return an order as JSON has it: money as decimal strings in the currency of the order."""
    names = ("lines", "shipments", "invoices", "payments", "disputes")
    parts = {name: [_plain(row) for row in getattr(found, name)] for name in names}
    return {**as_json(_kinds("order"), found.fields), **parts, "delivery": found.delivery, "invoicing": found.invoicing}


def invoice_json(found: InvoiceView) -> dict[str, object]:
    """Return an invoice as JSON has it, likewise."""
    names = ("lines", "taxes", "payments", "credits", "disputes")
    parts = {name: [_plain(row) for row in getattr(found, name)] for name in names}
    return {**as_json(_kinds("invoice"), found.fields), **parts}


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    shown = {name: value.decimal_string() if isinstance(value, Money) else value for name, value in row.items()}
    return {**shown, "rate": _rate(row)} if "rate_ppm" in row else shown
