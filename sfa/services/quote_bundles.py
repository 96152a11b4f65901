"""A configured bundle on a quote: a line for the whole that keeps the choices, and a line for each part (domain.md 2.8)."""

import json
from collections.abc import Sequence

from db.queries import quotes as queries
from db.queries.records import record
from db.store import UnitOfWork
from sfa.domain.configurator.configuration import Configuration, Part, Price, Prices, Wanted
from sfa.domain.configurator.model import PriceMode
from sfa.domain.figures import DEC6, from_dec6
from sfa.domain.money import Money
from sfa.domain.pricing.amounts import FX, divide
from sfa.errors import ConflictError, UsageError
from sfa.services.configuring import Bundle, Kept, read_saved
from sfa.services.desk import Desk, Saved
from sfa.services.prices_choosing import rate_on
from sfa.services.pricing import LineWish, price_each
from sfa.services.quote_editing import begin_edit
from sfa.services.quote_line_text import LineText, columns_of
from sfa.services.quote_lines import LONGEST, line_at, renumber
from sfa.services.quote_prices import day_of
from sfa.services.quote_sheet import Meant, Row, Sheet, load, told
from sfa.services.quote_totals import recalculate


def prices_for(desk: Desk, meant: Meant) -> Prices:
    """Return what parts cost the customer of a quote on its day, by the code of the product; see `configure`."""
    sheet = load(desk, meant)

    def found(wanted: Sequence[Wanted]) -> list[Price | None]:
        ids = queries.products_of(desk.store, [one.product for one in wanted])
        known = [one for one in wanted if one.product in ids]
        lines = price_each(desk, [_wish(sheet, ids[one.product], one.quantity) for one in known])
        prices = {
            one.product: Price(line.net_dec6, Money(line.amount_minor, line.currency)) if line else None
            for one, line in zip(known, lines, strict=True)
        }
        return [prices.get(one.product) for one in wanted]

    return found


def _wish(sheet: Sheet, product_id: str, quantity: int) -> LineWish:
    quote = sheet.quote
    return LineWish(
        product_id,
        quantity * DEC6,
        quote["account_id"],
        day_of(sheet),
        quote["currency"],
        quote["price_book_id"],
        rate_e9=quote["fx_rate_e9"],
    )


def kept(desk: Desk, meant: Meant, position: int) -> Kept | None:
    """Return the configuration that a line keeps, None where it keeps none.

    Raises:
        NotFoundError: there is no such line.
        UsageError: it cannot be read.
    """
    stored = line_at(load(desk, meant), position)["options"]
    return read_saved(stored) if stored and "bundle" in json.loads(stored) else None


def put(
    desk: Desk,
    meant: Meant,
    bundle: Bundle,
    made: Configuration,
    position: int | None = None,
    *,
    is_dry_run: bool = False,
) -> Saved:
    """Put a configured bundle on a quote, at the end, or in the place of the one on a line.

    Args:
        desk: the desk.
        meant: which quote.
        bundle: its rules.
        made: what was chosen.
        position: the line of the bundle that is configured anew; None for a new one.
        is_dry_run: whether only to say what would be done.

    Raises:
        ConflictError: it breaks a rule of the bundle, or the version was sent.
        UsageError: it has no parts, or one of them has no price.
        NotFoundError: there is no such line, or no product of a code.
    """
    _refuse_broken(made)
    with desk.store.write("quote.configure", is_dry_run=is_dry_run) as work:
        sheet = load(desk, meant)
        begin_edit(desk, work, sheet)
        if len(sheet.lines) + len(made.parts) >= LONGEST:
            raise UsageError(f"{sheet.number} would have more than {LONGEST:,} lines: that is the most.")
        head = _new_head(desk, work, sheet, made) if position is None else _cleared(work, sheet, made, position)
        _add_parts(desk, work, sheet, bundle, made, head)
        recalculate(desk, work, sheet)
        work.summary = f"Put {made.name} with {len(made.parts)} parts on {sheet.number}"
    return told(desk, work, sheet.id, is_dry_run=is_dry_run)


def _refuse_broken(made: Configuration) -> None:
    if made.violations:
        first = made.violations[0]
        repairs = "; ".join(repair.words for repair in first.repairs)
        raise ConflictError(
            f"{made.name} is not valid: {first.message}", hint=f"It helps: {repairs}." if repairs else None
        )
    if not made.parts:
        raise UsageError(f"{made.name} has no parts: nothing is chosen.", hint=f"See: sfa configure {made.bundle}")


def _new_head(desk: Desk, work: UnitOfWork, sheet: Sheet, made: Configuration) -> Row:
    text = LineText(description=made.name, price="0", options=made.option_json)
    row = {**columns_of(desk, sheet, text), "version_id": sheet.version_id, "ordinal": len(sheet.lines) + 1}
    head: Row = {**row, "parent_line_id": None, "tax_code_id": None, "id": work.insert("quote_line", row)}
    sheet.lines.append(head)
    return head


def _cleared(work: UnitOfWork, sheet: Sheet, made: Configuration, position: int) -> Row:
    """Return the line of a bundle without its parts, with the new choices."""
    head = line_at(sheet, position)
    if not head["options"] or "bundle" not in json.loads(head["options"]):
        raise UsageError(f"Line {position} of {sheet.number} is no configured bundle.")
    work.update("quote_line", head["id"], {"options": made.option_json})
    for line in reversed([one for one in sheet.lines if one["parent_line_id"] == head["id"]]):
        for row in sheet.allowances:
            if row["line_id"] == line["id"]:
                work.remove("quote_allowance", row["id"])
        work.remove("quote_line", line["id"])
        sheet.lines.remove(line)
    return head


def _add_parts(desk: Desk, work: UnitOfWork, sheet: Sheet, bundle: Bundle, made: Configuration, head: Row) -> None:
    """Add the parts right behind their bundle, each for as many bundles as there are."""
    at = sheet.lines.index(head) + 1
    own = bundle.model.currency or sheet.currency
    rate = _rate(desk, sheet, own) if any(_mode(bundle, part) is PriceMode.FIXED for part in made.parts) else FX
    tax = _tax(desk, made)
    if tax and head["tax_code_id"] is None:
        work.update("quote_line", head["id"], {"tax_code_id": tax})
    new: list[Row] = []
    for part in made.parts:
        row = columns_of(desk, sheet, _text(bundle, part, head["quantity_dec6"], rate))
        if tax and "product_id" not in row:
            row["tax_code_id"] = tax
        row |= {"version_id": sheet.version_id, "ordinal": LONGEST * 2 + len(new), "parent_line_id": head["id"]}
        new.append({**row, "id": work.insert("quote_line", row)})
    sheet.lines[at:at] = new
    renumber(work, sheet, sheet.lines)


def _tax(desk: Desk, made: Configuration) -> str | None:
    """Return the tax of the first part that is a product: what has no tax of its own in a bundle is taxed like it."""
    ids = queries.products_of(desk.store, [part.product for part in made.parts])
    found = [record(desk.store, "product", ids[part.product]) for part in made.parts if part.product in ids][:1]
    return str(found[0]["tax_code_id"]) if found and found[0] and found[0]["tax_code_id"] else None


def _mode(bundle: Bundle, part: Part) -> PriceMode:
    return bundle.model.options[bundle.model.at[part.option]].mode


def _rate(desk: Desk, sheet: Sheet, own: str) -> int:
    """Return the stored rate from the currency of a bundle to that of the quote, scaled by 10^9.

    Raises:
        UsageError: none is stored.
    """
    found = rate_on(desk, own, sheet.currency, day_of(sheet))
    if found is None:
        raise UsageError(
            f"The bundle fixes prices in {own}, the quote is in {sheet.currency}, and no rate is stored.",
            hint=f"Store one: sfa price rate {own} {sheet.currency} 0.92",
        )
    return found


def _text(bundle: Bundle, part: Part, times_dec6: int, rate_e9: int) -> LineText:
    option = bundle.model.options[bundle.model.at[part.option]]
    quantity = from_dec6(part.quantity * times_dec6)
    if option.mode is PriceMode.LIST:
        return LineText(product=part.product, quantity=quantity)
    fixed = 0 if option.mode is PriceMode.INCLUDED else divide(option.price_dec6 * rate_e9, FX)
    return LineText(description=f"{part.name} ({part.product})", quantity=quantity, price=from_dec6(fixed))
