"""Orders: made of what a customer accepted, promised for a day, cancelled where nothing came of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from db.queries import orders as queries
from db.queries import quotes as quote_queries
from db.queries.records import record
from db.store import UnitOfWork
from sfa.domain.figures import AmountError, dec6, from_dec6
from sfa.domain.money import Money
from sfa.domain.order_sums import prepaid_part, sums_of_order
from sfa.domain.orders import OrderState, due
from sfa.domain.quoting.totals import is_counted, is_fixed_bundle
from sfa.domain.text import clean
from sfa.errors import ConflictError, NotFoundError, UsageError
from sfa.services import comp_events, opportunities
from sfa.services.desk import Desk, Saved
from sfa.services.drafts import Draft
from sfa.services.numbering import next_number
from sfa.services.order_copy import Copy
from sfa.services.order_sheet import (
    OrderSheet,
    Row,
    called,
    day_of,
    line_at,
    load,
    load_open,
    put,
    quantities,
    settle,
    told,
)
from sfa.services.quote_deals import deal_of
from sfa.services.quote_sheet import Meant, Sheet, load_version, numbered
from sfa.services.records import RecordVerbs

PREFIX: Final = "O"
LONGEST_REASON: Final = 500


@dataclass(frozen=True, slots=True)
class Wish:
    """What is ordered of a quote.

    Attributes:
        lines: `LINE` or `LINE=QUANTITY` of the quote; empty: everything that is not ordered yet.
        promised: the day of delivery, as typed.
        customer_ref: what the customer calls the order.
        ordered: the day of the order, as typed; today where it is empty.
    """

    lines: Sequence[str] = ()
    promised: str = ""
    customer_ref: str = ""
    ordered: str = ""
    ship_to: str = ""


def _complete(draft: Draft) -> None:
    if draft.is_new:
        raise UsageError("An order is made of an accepted quote.", hint="sfa order from-quote Q-...")


def _guard(_desk: Desk, rows: Sequence[dict[str, Any]], _is_forced: bool) -> None:  # noqa: FBT001 - the shape of a Guard
    raise ConflictError(
        f"{rows[0]['number']} stays in the book.", hint=f"Cancel it: sfa order cancel {rows[0]['number']}"
    )


VERBS: Final = RecordVerbs("order", complete=_complete, guard=_guard)
edit = VERBS.edit


def from_quote(
    desk: Desk, meant: Meant, wish: Wish | None = None, *, is_winning: bool = True, is_dry_run: bool = False
) -> Saved:
    """Make an order of the accepted version of a quote, every amount as it stands there; its deal is won by it.

    Args:
        desk: the desk.
        meant: which quote; a revision that was not accepted is refused.
        wish: which lines and quantities, and when.
        is_winning: whether an open deal of the quote is won.
        is_dry_run: whether only to say what would be done.

    Raises:
        ConflictError: nothing was accepted, or all of it is ordered.
        NotFoundError: the quote has no such line.
        UsageError: a quantity is none.
    """
    wish = wish or Wish()
    with desk.store.write("order.from_quote", is_dry_run=is_dry_run) as work:
        sheet = _accepted(desk, meant)
        wanted = _wanted(desk, sheet, wish.lines)
        order_id = _insert(desk, work, sheet, wish)
        Copy(desk, work, sheet, order_id).take(wanted)
        _take_prepaid(desk, work, sheet, order_id)
        order = load(desk, order_id)
        for line in order.counted:
            comp_events.booked(work, order, line)
        settle(desk, work, order)
        won = _win(desk, work, sheet) if is_winning else ""
        net = Money(order.order["net_minor"], order.currency)
        work.summary = f"Made order {order.number} of {sheet.number}, net {net}{won}"
    return told(desk, work, order_id, is_dry_run=is_dry_run)


def _accepted(desk: Desk, meant: Meant) -> Sheet:
    quote = record(desk.store, "quote", meant.id)
    if quote is None or quote["deleted_at"]:
        raise NotFoundError(f"No quote {meant.id}.", hint="List them with: sfa quote list")
    version = queries.accepted_version(desk.store, quote["id"])
    if version is None:
        raise ConflictError(
            f"{quote['number']} is not accepted, and an order is made of what was accepted.",
            hint=f'Write the acceptance down: sfa quote accept {quote["number"]} --signer "Jane Doe"',
        )
    if meant.revision not in (None, version["revision"]):
        raise ConflictError(
            f"{numbered(quote['number'], meant.revision or 1)} is not what was accepted.",
            hint=f"Order the accepted one: sfa order from-quote {numbered(quote['number'], version['revision'])}",
        )
    return load_version(desk, quote, version)


def _wanted(desk: Desk, sheet: Sheet, words: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return what is ordered before and after, by quote line, in millionths of the line's unit and without sign."""
    before = _ordered(desk, sheet)
    offered = {line["id"]: line for line in _offered(sheet)}
    if not words:
        rest = {key: (before.get(key, 0), abs(line["quantity_dec6"])) for key, line in offered.items()}
        found = {key: (done, whole) for key, (done, whole) in rest.items() if done < whole}
        if not found:
            numbers = ", ".join(row["number"] for row in queries.of_version(desk.store, sheet.version_id))
            raise ConflictError(
                f"Everything of {sheet.number} is ordered{f': {numbers}' if numbers else ''}.",
                hint=None if numbers else f"It has no line to order: sfa quote show {sheet.number}",
            )
        return found
    wanted: dict[str, tuple[int, int]] = {}
    for word in words:
        line, asked = _asked(sheet, word)
        key = line["id"]
        if key not in offered:
            why = "was not chosen" if line["kind"] == "product" else "is nothing to order"
            raise ConflictError(f"Line {line['ordinal']} of {sheet.number}, {called(line)}, {why}.")
        done, whole = before.get(key, 0), abs(line["quantity_dec6"])
        amount = whole - done if asked is None else asked
        if amount <= 0 or done + amount > whole:
            left = from_dec6(whole - done)
            raise ConflictError(
                f"Line {line['ordinal']}, {called(line)}: {left} of {from_dec6(whole)} can still be ordered."
            )
        wanted[key] = (done, done + amount)
    return wanted


def _asked(sheet: Sheet, word: str) -> tuple[Row, int | None]:
    place, _, amount = word.partition("=")
    line = next((row for row in sheet.lines if str(row["ordinal"]) == place.strip()), None)
    if line is None:
        raise NotFoundError(f"{sheet.number} has no line {place}.", hint=f"Show it: sfa quote show {sheet.number}")
    try:
        return line, dec6(amount) if amount else None
    except AmountError as error:
        raise UsageError(f"Line {place}: {error}") from error


def _ordered(desk: Desk, sheet: Sheet) -> dict[str, int]:
    done: dict[str, int] = {}
    for row in queries.ordered_of_version(desk.store, sheet.version_id):
        key = row["quote_line_id"]
        done[key] = done.get(key, 0) + row["quantity_dec6"] - row["cancelled_dec6"]
    return done


def _offered(sheet: Sheet) -> list[Row]:
    """Return the lines that can be ordered by themselves."""
    heads = {head["id"] for head in sheet.lines if is_fixed_bundle(head)}
    return [line for line in sheet.lines if is_counted(line) and line["parent_line_id"] not in heads]


def _insert(desk: Desk, work: UnitOfWork, sheet: Sheet, wish: Wish) -> str:
    quote, version = sheet.quote, sheet.version
    ordered = day_of(desk, wish.ordered)
    signed = quote_queries.acceptance(desk.store, sheet.version_id)
    owner = quote["owner_id"] or desk.user_for(work)
    return work.insert(
        "sales_order",
        {
            "number": next_number(desk, work, PREFIX, "sales_order"),
            **{name: quote[name] for name in ("name", "account_id", "contact_id", "opportunity_id", "currency")},
            "owner_id": owner,
            "version_id": sheet.version_id,
            "ordered_on": ordered,
            "promised_on": _promised(desk, sheet, wish, ordered),
            **{name: version[name] for name in _TERMS},
            "customer_ref": clean(wish.customer_ref).strip() or None,
            "ship_to": clean(wish.ship_to).strip() or None,
            "description": f"Accepted by {signed['signer']}" if signed else None,
        },
    )


_TERMS: Final = ("payment_terms_days", "tax_method", "is_tax_inclusive", "rounding", "cash_minor")


def _take_prepaid(desk: Desk, work: UnitOfWork, sheet: Sheet, order_id: str) -> None:
    """Let an order take what was paid before: the first ones of a quote up to what they are worth, the last the rest."""
    others = [row for row in queries.of_version(desk.store, sheet.version_id) if row["id"] != order_id]
    given = sum(row["prepaid_minor"] or 0 for row in others if row["state"] != OrderState.CANCELLED)
    left = (sheet.version["prepaid_minor"] or 0) - given
    if left:
        order, done = load(desk, order_id), _ordered(desk, sheet)
        is_last = all(done.get(line["id"], 0) >= abs(line["quantity_dec6"]) for line in _offered(sheet))
        gross = sums_of_order(order.order, order.lines)["gross_minor"] or 0
        work.update("sales_order", order_id, {"prepaid_minor": prepaid_part(left, gross, is_last=is_last) or None})


def _promised(desk: Desk, sheet: Sheet, wish: Wish, ordered: str) -> str | None:
    if wish.promised:
        return day_of(desk, wish.promised, least=ordered, why="the day of the order")
    days = [line["delivery_on"] for line in sheet.lines if line["delivery_on"] and is_counted(line)]
    return max(days, default=None)


def _win(desk: Desk, work: UnitOfWork, sheet: Sheet) -> str:
    deal = deal_of(desk, sheet)
    if deal is None or deal["closed_on"] is not None:
        return ""
    values = {"amount": Money(sheet.version["net_minor"], sheet.currency), "outcome": "won"}
    opportunities.VERBS.edit_within(desk, work, [deal["id"]], {**values, "win_reason": f"Quote {sheet.number} ordered"})
    return f"; {deal['name']} is won"


def promise(desk: Desk, order_id: str, day: str, line: int | None = None, *, is_dry_run: bool = False) -> Saved:
    """Promise a day of delivery for an order, or for one of its lines; the order's is the latest of them.

    Raises:
        UsageError: it is no day, or before the order.
        NotFoundError: there is no such line.
        ConflictError: the order is cancelled.
    """
    with desk.store.write("order.promise", is_dry_run=is_dry_run) as work:
        sheet = load_open(desk, order_id)
        on = day_of(desk, day, least=sheet.order["ordered_on"], why="the day of the order")
        if line is None:
            for row in sheet.lines:
                work.update("sales_order_line", row["id"], {"promised_on": on})
            latest = on
        else:
            own = line_at(sheet, line)
            work.update("sales_order_line", own["id"], {"promised_on": on})
            days = [row["promised_on"] for row in sheet.counted if row is not own and row["promised_on"]]
            latest = max([on, *days])
        work.update("sales_order", sheet.id, {"promised_on": latest})
        what = sheet.number if line is None else f"Line {line} of {sheet.number}"
        work.summary = f"{what} is promised for {on}"
    return told(desk, work, order_id, is_dry_run=is_dry_run)


def cancel(desk: Desk, order_id: str, reason: str = "", *, is_dry_run: bool = False) -> Saved:
    """Cancel an order, or of one that something came of what is neither delivered nor invoiced.

    Raises:
        ConflictError: nothing is left to cancel.
    """
    with desk.store.write("order.cancel", is_dry_run=is_dry_run) as work:
        sheet = load_open(desk, order_id)
        on = desk.today.isoformat()
        is_any = False
        for line in sheet.counted:
            before = quantities(line)
            after = before.cancel_rest()
            if after.kept == before.kept:
                continue
            is_any = True
            put(work, line, after)
            comp_events.cancelled(desk, work, sheet, line, on, (before.kept, after.kept))
            _cancel_parts(work, sheet, line)
        if not is_any:
            raise ConflictError(f"Nothing of {sheet.number} is left to cancel.", hint=f"sfa order show {sheet.number}")
        why = clean(reason).strip()[:LONGEST_REASON]
        work.update("sales_order", sheet.id, {"cancelled_on": on, "cancel_reason": why or None})
        settle(desk, work, sheet)
        is_whole = sheet.order["state"] == OrderState.CANCELLED
        rest = "" if is_whole else " what was neither delivered nor invoiced of"
        work.summary = f"Cancelled{rest} {sheet.number}{f': {why}' if why else ''}"
    return told(desk, work, order_id, is_dry_run=is_dry_run)


def _cancel_parts(work: UnitOfWork, sheet: OrderSheet, line: Row) -> None:
    for part in sheet.parts_of(line):
        gone = due(part["quantity_dec6"], line["quantity_dec6"], line["cancelled_dec6"])
        work.update("sales_order_line", part["id"], {"cancelled_dec6": gone})
