"""The prices, taxes and costs of a quote's lines: all of a version at once, on the day of its prices."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from db.queries import prices as queries
from db.queries.quotes import tax_named
from sfa.domain.figures import DEC6
from sfa.domain.pricing.amounts import Effect, PricingError, line_amount
from sfa.domain.pricing.documents import Tax
from sfa.domain.pricing.lookup import Candidate, PriceChoice, PriceQuery
from sfa.domain.pricing.rules import Discount
from sfa.domain.pricing.taxes import TaxCode, TaxRate
from sfa.domain.pricing.waterfall import PricedLine, PriceRequest, price_line
from sfa.domain.quoting.totals import rounding_of
from sfa.errors import NotFoundError, UsageError
from sfa.services.desk import Desk
from sfa.services.pricing import LineWish, cost_of, price_all, price_each
from sfa.services.quote_sheet import Row, Sheet

STANDARD_RATE = "S"
"""The category of EN 16931 that needs no reason on the page."""
UNTAXED = Tax("Z", 0)
"""The tax of a line for which nobody named one."""


def price_lines(desk: Desk, sheet: Sheet) -> None:
    """Give every line of a version its price with its steps, its tax and its cost, in memory.

    Raises:
        UsageError: a line has no price, no tax rate, or a discount that is none; it names the line.
    """
    priced = [line for line in sheet.lines if line["kind"] == "product"]
    listed = [line for line in priced if line["product_id"]]
    wishes = list(wishes_of(sheet).values())
    for line, found in zip(listed, _priced(desk, sheet, listed, wishes), strict=True):
        _take(line, found)
    for line in priced:
        if not line["product_id"]:
            _take(line, _typed(sheet, line))
    _set_inclusive(sheet, listed, priced)
    costs = cost_of(desk, [_times(wish) for wish in wishes])
    for line, cost in zip(listed, costs, strict=True):
        line["cost_minor"] = cost
    for line in priced:
        if line["cost_dec6"] is not None:
            line["cost_minor"] = _typed_cost(sheet, line)
    _tax_lines(desk, sheet, priced)


def wishes_of(sheet: Sheet) -> dict[str, LineWish]:
    """Return the lines that have a product as the price service takes them, by their ids."""
    sections = _sections(sheet)
    priced = [line for line in sheet.lines if line["kind"] == "product" and line["product_id"]]
    return {line["id"]: _wish(sheet, line, sections[line["id"]]) for line in priced}


def day_of(sheet: Sheet) -> date:
    """Return the day whose prices and taxes hold."""
    return date.fromisoformat(sheet.version["priced_on"])


def discounts_of(line: Row, stage: str) -> tuple[Discount, ...]:
    """Return the own discounts of a line that stand in a stage."""
    return tuple(
        Discount(stage, Effect(one["effect"]), one["value"], one.get("why") or "Own discount")
        for one in json.loads(line["discounts"] or "[]")
        if one["stage"] == stage
    )


def _wish(sheet: Sheet, line: Row, section: str | None) -> LineWish:
    quote = sheet.quote
    return LineWish(
        product_id=line["product_id"],
        quantity_dec6=line["quantity_dec6"],
        account_id=quote["account_id"],
        on=day_of(sheet),
        currency=quote["currency"],
        book_id=quote["price_book_id"],
        unit=line["unit"],
        representative=_checked(line, "representative"),
        partner=_checked(line, "partner"),
        fixed_dec6=line["fixed_dec6"],
        term=line["periods"],
        section=section,
        rate_e9=quote["fx_rate_e9"],
        rounding=rounding_of(sheet.version),
    )


def _checked(line: Row, stage: str) -> tuple[Discount, ...]:
    try:
        return discounts_of(line, stage)
    except PricingError as error:
        raise UsageError(str(error)) from error


def _sections(sheet: Sheet) -> dict[str, str | None]:
    """Return the section that each line stands in, by the ids of both."""
    found: dict[str, str | None] = {}
    head = None
    for line in sheet.lines:
        head = line["id"] if line["kind"] == "section" else head
        found[line["id"]] = head
    return found


def _times(wish: LineWish) -> LineWish:
    return wish if wish.term is None else replace(wish, quantity_dec6=wish.quantity_dec6 * wish.term)


def _priced(desk: Desk, sheet: Sheet, lines: Sequence[Row], wishes: Sequence[LineWish]) -> Sequence[PricedLine]:
    """Price lines of products; one that no book has a price for goes by the price that was typed on it."""
    try:
        return price_all(desk, wishes)
    except UsageError:
        plain = price_each(desk, [replace(wish, fixed_dec6=None, representative=(), partner=()) for wish in wishes])
        bare = [found is None and line["fixed_dec6"] is not None for line, found in zip(lines, plain, strict=True)]
        if not any(bare):
            raise
    rest = iter(price_all(desk, [wish for wish, is_bare in zip(wishes, bare, strict=True) if not is_bare]))
    return [_typed(sheet, line) if is_bare else next(rest) for line, is_bare in zip(lines, bare, strict=True)]


def _typed(sheet: Sheet, line: Row) -> PricedLine:
    """Price a line of words alone: its list price is what was typed."""
    query = PriceQuery("", day_of(sheet), sheet.currency, line["quantity_dec6"], uom=line["unit"] or "")
    choice = Candidate("typed", (), line["fixed_dec6"] or 0, DEC6, "typed on the line")
    own = _checked(line, "representative")
    partner = _checked(line, "partner")
    try:
        return price_line(
            PriceRequest(
                query,
                PriceChoice(choice, choice, ()),
                representative=own,
                partner=partner,
                rounding=rounding_of(sheet.version),
            )
        )
    except PricingError as error:
        raise UsageError(f"Line {line['ordinal']}: {error}") from error


def _take(line: Row, found: PricedLine) -> None:
    times = 1 if line["periods"] is None else line["periods"]
    line |= {
        "base_dec6": found.base_dec6,
        "list_dec6": found.list_dec6,
        "net_dec6": found.net_dec6,
        "list_minor": found.list_minor * times,
        "steps": json.dumps([_step(step) for step in found.steps], ensure_ascii=False),
        "slices": json.dumps([[part.quantity_dec6, part.price_dec6] for part in found.slices]),
        "is_tax_inclusive": found.is_tax_inclusive,
        "cost_minor": None,
    }


def _step(step: Any) -> dict[str, Any]:  # noqa: ANN401 - a Step of the waterfall
    told = {
        "stage": step.stage.value,
        "source": step.source_id,
        "before": step.before_dec6,
        "after": step.after_dec6,
        "why": step.why,
    }
    marks = {"is_blended": step.is_blended, "is_below_floor": step.is_below_floor}
    return {**told, **{name: True for name, value in marks.items() if value}}


def _set_inclusive(sheet: Sheet, listed: Sequence[Row], priced: Sequence[Row]) -> None:
    """A document's prices contain the tax, or none does: lines of words alone follow the products."""
    kinds = {bool(line["is_tax_inclusive"]) for line in listed}
    if len(kinds) > 1:
        inside = next(line for line in listed if line["is_tax_inclusive"])
        raise UsageError(
            f"Line {inside['ordinal']} has a price with tax in it, others have none.",
            hint="Quote them from one price book: sfa quote edit NUMBER --price-book BOOK",
        )
    if kinds:
        sheet.version["is_tax_inclusive"] = int(kinds.pop())
    for line in priced:
        line.pop("is_tax_inclusive", None)


def _typed_cost(sheet: Sheet, line: Row) -> int:
    times = 1 if line["periods"] is None else line["periods"]
    mode = rounding_of(sheet.version)
    return line_amount(line["cost_dec6"], line["quantity_dec6"] * times, DEC6, sheet.currency, mode)


def _tax_lines(desk: Desk, sheet: Sheet, priced: Sequence[Row]) -> None:
    codes = _codes(desk, priced)
    country = queries.countries(desk.store, [sheet.quote["account_id"]]).get(sheet.quote["account_id"], "")
    where = (country or desk.config.text("workspace.country")).upper()
    default = desk.config.text("quotes.tax").strip()
    taxes: dict[str, Tax] = {}
    for line in priced:
        key = line["tax_code_id"] or line["product_tax_code_id"] or default
        if key and key not in taxes:
            taxes[key] = _on(codes, key, day_of(sheet), where)
        tax = taxes[key] if key else UNTAXED
        line |= {
            "tax_category": tax.category,
            "tax_rate_ppm": tax.rate_ppm,
            "tax_reason": (tax.reason or None) if tax.category != STANDARD_RATE else None,
        }


def _codes(desk: Desk, priced: Sequence[Row]) -> dict[str, TaxCode]:
    """Return the tax codes that lines name, by id; that of the settings by its code too."""
    wanted = {line["tax_code_id"] or line["product_tax_code_id"] for line in priced} - {None}
    default = desk.config.text("quotes.tax").strip()
    if default:
        found = tax_named(desk.store, default)
        if found is None:
            raise NotFoundError(
                f"There is no tax {default}, which the settings name.", hint="sfa config quotes.tax CODE"
            )
        wanted.add(str(found))
    rows: dict[str, list[Sequence[Any]]] = {}
    for row in queries.taxes(desk.store, wanted):
        rows.setdefault(row[0], []).append(row)
    codes = {code_id: _code(found) for code_id, found in rows.items()}
    return codes | ({default: codes[str(found)]} if default else {})


def _code(rows: Sequence[Sequence[Any]]) -> TaxCode:
    _, code, name, category, reason, *_ = rows[0]
    rates = tuple(
        TaxRate(row[6], _day(row[7]), _day(row[8]), (row[5] or "").upper()) for row in rows if row[6] is not None
    )
    return TaxCode(str(code), str(category), rates, reason=str(reason or name))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _on(codes: dict[str, TaxCode], key: str, on: date, where: str) -> Tax:
    try:
        return codes[key].on(on, where)
    except PricingError as error:
        raise UsageError(str(error)) from error


__all__ = ["UNTAXED", "day_of", "discounts_of", "price_lines", "wishes_of"]
