"""Credit notes: the mirror of an invoice, whole or in parts that add up to it (domain.md 0.2, 2.5, 2.6 P14)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.queries import orders as queries
from db.store import UnitOfWork
from sfa.domain.figures import AmountError, dec6, from_dec6
from sfa.domain.money import Money, Rounding
from sfa.domain.order_sums import groups_of, next_rounding, payable
from sfa.domain.orders import step, tax_due
from sfa.domain.text import clean
from sfa.errors import ConflictError, NotFoundError, UsageError
from sfa.services import comp_events
from sfa.services.comp_events import INVOICE, Cause
from sfa.services.desk import Desk, Saved
from sfa.services.invoices import COPIED, invoice_of, next_number, settle_invoice, told
from sfa.services.order_sheet import OrderSheet, Row, called, day_of, load


@dataclass(frozen=True, slots=True)
class Credit:
    """What a credit note takes back.

    Attributes:
        lines: `LINE=QUANTITY` of the invoice; empty: what came back and is not credited yet.
        is_whole: all of the invoice that is not credited yet.
        on: the day, as typed; today where it is empty.
        number: the number that the ERP gave; empty to take the next one of this desk.
    """

    lines: Sequence[str] = ()
    is_whole: bool = False
    on: str = ""
    number: str = ""
    reason: str = ""


def credit(desk: Desk, invoice_id: str, wish: Credit | None = None, *, is_dry_run: bool = False) -> Saved:
    """Issue a credit note; all of an invoice credited step by step mirrors it to the cent.

    Raises:
        ConflictError: nothing came back, more than invoiced, or it is a credit note itself.
        NotAllowedError: this desk gives no numbers of invoices, and none was named.
        UsageError: a quantity or the day is none.
        NotFoundError: there is no such line.
    """
    wish = wish or Credit()
    with desk.store.write("invoice.credit", is_dry_run=is_dry_run) as work:
        bill = invoice_of(desk, invoice_id)
        if bill["kind"] != "invoice":
            raise ConflictError(f"{bill['number']} is a credit note itself.")
        lines = queries.invoice_lines(desk.store, invoice_id)
        wanted = _to_credit(desk, bill, lines, wish)
        on = day_of(desk, wish.on, least=bill["issued_on"], why="the day of the invoice")
        row = _write_credit(desk, work, bill, wanted, on, wish)
        amount = Money(-row["gross_minor"], bill["currency"])
        work.summary = f"Credit note {row['number']} of {bill['number']}: {amount}"
    return told(desk, work, str(row["id"]), is_dry_run=is_dry_run)


def _to_credit(desk: Desk, bill: Row, lines: list[Row], wish: Credit) -> list[tuple[Row, int]]:
    left = {line["id"]: abs(line["quantity_dec6"]) - line["credited_dec6"] for line in lines}
    if wish.lines:
        return [_named(bill, lines, left, word) for word in wish.lines]
    found = list(left.items()) if wish.is_whole else _came_back(desk, bill, lines, left)
    wanted = [(next(line for line in lines if line["id"] == key), amount) for key, amount in found if amount > 0]
    if not wanted:
        if not any(left.values()):
            raise ConflictError(f"All of {bill['number']} is credited.")
        raise ConflictError(
            f"Nothing of {bill['number']} came back that is not credited.",
            hint=f"Name lines: sfa invoice credit {bill['number']} 1=2; or all of it: --all",
        )
    return wanted


def _named(bill: Row, lines: list[Row], left: Mapping[str, int], word: str) -> tuple[Row, int]:
    place, _, amount = word.partition("=")
    line = next((row for row in lines if str(row["ordinal"]) == place.strip()), None)
    if line is None:
        raise NotFoundError(f"{bill['number']} has no line {place}.", hint=f"sfa invoice show {bill['number']}")
    try:
        quantity = dec6(amount) if amount else left[line["id"]]
    except AmountError as error:
        raise UsageError(f"Line {place}: {error}") from error
    if not 0 < quantity <= left[line["id"]]:
        raise ConflictError(
            f"Line {place}, {called(line)}: {from_dec6(left[line['id']])} can still be credited, {from_dec6(quantity)} cannot."
        )
    return line, quantity


def _came_back(desk: Desk, bill: Row, lines: list[Row], left: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return what of an invoice's lines came back and no credit note has yet."""
    if not bill["order_id"]:
        return []
    order = {line["id"]: line for line in queries.lines(desk.store, bill["order_id"])}
    open_returns = {key: line["returned_dec6"] for key, line in order.items()}
    for line in queries.invoiced_of_order(desk.store, bill["order_id"]):
        if line["order_line_id"] in open_returns:
            open_returns[line["order_line_id"]] -= line["credited_dec6"]
    found = []
    for line in lines:
        amount = min(left[line["id"]], open_returns.get(line["order_line_id"], 0))
        found.append((line["id"], amount))
        if amount > 0:
            open_returns[line["order_line_id"]] -= amount
    return found


def _write_credit(desk: Desk, work: UnitOfWork, bill: Row, wanted: list[tuple[Row, int]], on: str, wish: Credit) -> Row:
    sheet = load(desk, bill["order_id"]) if bill["order_id"] else None
    mode = sheet.mode if sheet else Rounding.HALF_UP
    number, series = (clean(wish.number).strip(), None) if wish.number else next_number(desk, on)
    if desk.store.value("SELECT 1 FROM invoice WHERE number = ?", (number,)):
        raise ConflictError(f"There is an invoice {number} already.", hint="Give another number.")
    owns = [_credited_line(line, quantity, mode) for line, quantity in wanted]
    taxes = _credited_taxes(desk, bill, owns, mode)
    net = sum(own["net_minor"] + own["share_minor"] for own in owns)
    tax = sum(group["tax_minor"] for group in taxes)
    row: Row = {
        "number": number, "series": series, "kind": "credit_note", "corrects_id": bill["id"], "state": "settled",
        **{name: bill[name] for name in ("order_id", "account_id", "owner_id", "currency", "channel")},
        "issued_on": on, "net_minor": net, "tax_minor": tax, "gross_minor": net + tax, "taxes": json.dumps(taxes),
        "note": clean(wish.reason).strip() or None, "prepaid_minor": 0,
    }  # fmt: skip
    row["payable_rounding_minor"] = _rounding_back(desk, bill, row, sheet)
    row["id"] = work.insert("invoice", row)
    for ordinal, ((line, quantity), own) in enumerate(zip(wanted, owns, strict=True), 1):
        own["id"] = work.insert("invoice_line", {"invoice_id": row["id"], "ordinal": ordinal, **own})
        comp_events.credited(desk, work, Cause(row, on, INVOICE), own, line, line["credited_dec6"])
        work.update("invoice_line", line["id"], {"credited_dec6": line["credited_dec6"] + quantity})
    settle_invoice(desk, work, bill["id"], credited=bill["credited_minor"] - payable(row))
    return row


def _rounding_back(desk: Desk, bill: Row, note: Row, sheet: OrderSheet | None) -> int:
    """Return what a coin adds to a credit note, so that all of them together take back what the invoice's added."""
    before = queries.corrections(desk.store, bill["id"])
    if sum(one["gross_minor"] for one in (*before, note)) == -bill["gross_minor"]:
        return -sum(int(one["payable_rounding_minor"]) for one in (bill, *before))
    coin = sheet.order["cash_minor"] if sheet else 0
    return next_rounding(before, note["gross_minor"], coin, sheet.mode if sheet else Rounding.HALF_UP)


def _credited_line(line: Row, quantity: int, mode: Rounding) -> Row:
    """Return the mirror of some of a line, by what is credited after it less what was before (domain.md 2.6, P14)."""
    whole, before = abs(line["quantity_dec6"]), line["credited_dec6"]
    moved = (whole, before, before + quantity, mode)
    shares = [{**one, "minor": -step(one["minor"], *moved)} for one in json.loads(line["shares"] or "[]")]
    return {
        **{name: line[name] for name in COPIED},
        "order_line_id": line["order_line_id"],
        "corrects_line_id": line["id"],
        "quantity_dec6": -quantity if line["quantity_dec6"] > 0 else quantity,
        "net_minor": -step(line["net_minor"], *moved),
        "shares": json.dumps(shares) if shares else None,
        "share_minor": sum(one["minor"] for one in shares),
        "cost_minor": None if line["cost_minor"] is None else -step(line["cost_minor"], *moved),
    }


def _credited_taxes(desk: Desk, bill: Row, owns: list[Row], mode: Rounding) -> list[Row]:
    before: dict[tuple[str, int], tuple[int, int]] = {}
    for note in queries.corrections(desk.store, bill["id"]):
        for group in json.loads(note["taxes"] or "[]"):
            key = (group["category"], group["rate_ppm"])
            base, tax = before.get(key, (0, 0))
            before[key] = (base - group["taxable_minor"], tax - group["tax_minor"])
    bases, found = groups_of(owns), []
    for group in json.loads(bill["taxes"] or "[]"):
        key = (group["category"], group["rate_ppm"])
        if key not in bases:
            continue
        done, given = before.get(key, (0, 0))
        until = tax_due(group["tax_minor"], group["taxable_minor"], key[1], done - bases[key], mode)
        found.append({**group, "taxable_minor": bases[key], "tax_minor": given - until})
    return found
