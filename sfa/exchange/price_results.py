"""Prices a case and tells the result as JSON and in words: steps, amounts, totals, approvals (docs/pricing.md)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sfa.domain.figures import DEC6, PPM, from_dec6
from sfa.domain.money import Money
from sfa.domain.pricing.amounts import divide, to_minor
from sfa.domain.pricing.approval import SHARES, MeasuredLine, Metric, Need, measure, needed, undecided
from sfa.domain.pricing.breaks import NextBreak, next_break
from sfa.domain.pricing.bundles import bundle_amounts, returned_minor
from sfa.domain.pricing.checks import rule_warnings, schedule_warnings
from sfa.domain.pricing.documents import Document, Line
from sfa.domain.pricing.headers import on_lines
from sfa.domain.pricing.schedules import Slice
from sfa.domain.pricing.totals import LineTotal, Totals, total
from sfa.domain.pricing.waterfall import PricedLine, Step, counted_quantities, price_line
from sfa.errors import UsageError
from sfa.exchange.price_cases import Case, CaseLine
from sfa.exchange.priced_documents import counted_line, framed, placed, totals_json, untaxed


@dataclass(frozen=True, slots=True)
class Simulation:
    """What came of a case; `breaks`, `priced` and `after_header` go with its lines."""

    case: Case
    priced: tuple[PricedLine, ...]
    breaks: tuple[NextBreak | None, ...]
    totals: Totals
    after_header: tuple[int, ...]
    values: dict[Metric, int | None]
    needs: tuple[Need, ...]
    returned: tuple[tuple[str, tuple[int, ...]], ...]
    warnings: tuple[str, ...]


def run_case(case: Case) -> Simulation:
    """Return prices, totals and approvals of a case.

    Raises:
        UsageError: something cannot be priced or totalled; it names the place.
    """
    requests = [line.request for line in case.lines]
    priced = []
    for line, counted in zip(case.lines, counted_quantities(requests), strict=True):
        with placed(line.node.place):
            priced.append(price_line(line.request, counted))
    document = _document(case, priced)
    with placed(""):
        found = total(document)
    allowances = replace(found, records=tuple(record for record in found.records if not record.is_charge))
    shares = on_lines(document, found).on_lines
    values = _measured(case, priced, document, allowances)
    return Simulation(
        case,
        tuple(priced),
        tuple(next_break(requests, place, line.table) for place, line in enumerate(case.lines)),
        found,
        tuple(line.net_minor + part for line, part in zip(found.lines, shares, strict=True)),
        values,
        tuple(needed(case.matrix, values, case.approved)),
        tuple(_returned(case, found)),
        tuple(_warnings(case, document)),
    )


def _document(case: Case, priced: Sequence[PricedLine]) -> Document:
    inclusive = {line.is_tax_inclusive for line in priced}
    if len(inclusive) > 1:
        raise UsageError("lines: prices with and without tax are mixed; take the books of one kind.")
    fixed = _bundled(case, priced)
    lines = [_line(line, one, fixed.get(line.id)) for line, one in zip(case.lines, priced, strict=True)]
    found = framed(case.node, case.currency, tuple(lines))
    if case.node.has("tax_inclusive") and inclusive and {found.is_tax_inclusive} != inclusive:
        raise case.node.wrong("tax_inclusive", "the price book says otherwise; leave it out, or change the book.")
    return replace(found, is_tax_inclusive=True in inclusive)


def _line(line: CaseLine, priced: PricedLine, fixed_minor: int | None) -> Line:
    if priced.is_whole_term and line.node.has("periods"):
        raise line.node.wrong("periods", "leave it out: the schedule prices the whole term.")
    slices, base = priced.slices, priced.base_dec6
    if fixed_minor is not None:
        unit = to_minor(DEC6, DEC6, priced.currency)
        slices, base = (Slice(DEC6 if fixed_minor >= 0 else -DEC6, abs(fixed_minor) * DEC6 // unit),), DEC6
    return counted_line(line.node, line.id, (slices, base), priced.currency)


def _bundled(case: Case, priced: Sequence[PricedLine]) -> dict[str, int]:
    """Return what the components of bundles of a fixed price are worth, by line."""
    listed = {line.id: one.list_minor for line, one in zip(case.lines, priced, strict=True)}
    fixed: dict[str, int] = {}
    for node in case.node.nodes("bundles"):
        parts = node.only("id", "price", "lines").texts("lines")
        unknown = next((part for part in parts if part not in listed or part in fixed), None)
        if unknown is not None:
            raise node.wrong("lines", f"{unknown} is no line, or it is in two bundles.")
        with placed(node.place):
            amounts = bundle_amounts(node.minor("price", case.currency), [listed[part] for part in parts])
        fixed.update(zip(parts, amounts, strict=True))
    return fixed


def _measured(
    case: Case, priced: Sequence[PricedLine], document: Document, allowances: Totals
) -> dict[Metric, int | None]:
    """Return the metrics of the lines that count, net of header allowances; prices with tax are taken without."""
    shares = on_lines(document, allowances).on_lines
    node = case.node.node("approval")
    lines = [
        _measured_line(line, one, own, own.net_minor + part)
        for line, one, own, part in zip(case.lines, priced, allowances.lines, shares, strict=True)
        if own.is_counted
    ]
    return measure(lines, node.whole("payment_days", 0), node.whole("clauses", 0))


def _measured_line(line: CaseLine, priced: PricedLine, own: LineTotal, net_minor: int) -> MeasuredLine:
    quantity, runs = sum(part.quantity_dec6 for part in priced.slices), own.line.recurrence
    whole = (runs.days_in_period if runs else 0) or 1
    times = runs.periods * whole + runs.days if runs else 1
    listed = divide(priced.list_minor * times, whole)
    if priced.is_tax_inclusive:
        listed = divide(listed * PPM, PPM + sum(tax.rate_ppm for tax in own.line.taxes))
    cost = line.cost_dec6
    if cost is not None:
        cost = to_minor(cost * quantity * times, DEC6**2 * whole, priced.currency)
    return MeasuredLine(listed, net_minor, cost, priced.is_below_floor)


def _returned(case: Case, found: Totals) -> Sequence[tuple[str, tuple[int, ...]]]:
    """Return what partial returns of lines are worth, in their order."""
    sold = {line.id: (line, own) for line, own in zip(found.lines, case.lines, strict=True)}
    told = []
    for node in case.node.nodes("returns"):
        name = node.only("line", "quantities").text("line")
        if name not in sold:
            raise node.wrong("line", f"there is no line {name}.")
        line, own = sold[name]
        before, amounts = 0, []
        for one in node.nodes("quantities", "quantity"):
            quantity = one.only("quantity").dec6("quantity")
            with placed(one.place):
                amounts.append(
                    returned_minor(
                        line.net_minor, own.request.query.quantity_dec6, before, quantity, own.request.rounding
                    )
                )
            before += quantity
        told.append((name, tuple(amounts)))
    return told


def _warnings(case: Case, document: Document) -> Sequence[str]:
    told = rule_warnings(case.rules)
    for schedule in case.schedules.values():
        users = [line.request.choice.winner for line in case.lines if line.request.schedule == schedule]
        if users:
            told += schedule_warnings(schedule, users[0].price_dec6 * DEC6 // users[0].base_dec6)
    if untaxed(document):
        told.append(f"No tax is named on line {', '.join(untaxed(document))}: counted as out of scope (O).")
    return told


def case_json(found: Simulation) -> dict[str, object]:
    """Return a simulation as JSON: the totals as of any document, its lines with their prices and steps."""
    told = totals_json(found.totals)
    shown = _money(found.case.currency)
    lines = told["lines"]
    whole = [{**own, **_line_json(found, place)} for place, own in enumerate(lines if isinstance(lines, list) else [])]
    return {
        **told,
        "lines": whole,
        "returns": [{"line": name, "amounts": list(map(shown, amounts))} for name, amounts in found.returned],
        "approval": {
            "metrics": {metric.value: _metric(metric, value, shown) for metric, value in found.values.items()},
            "needed": [
                {
                    "rule": need.rule.id,
                    "approver": need.rule.approver,
                    "sequence": need.rule.sequence,
                    "why": need.why,
                    "metrics": {metric.value: _metric(metric, value, shown) for metric, value in need.values},
                }
                for need in found.needs
            ],
            "undecided": [rule.id for rule in undecided(found.case.matrix, found.values)],
        },
        "warnings": list(found.warnings),
    }


def _money(currency: str) -> Callable[[int], str]:
    return lambda minor: Money(minor, currency).decimal_string()


def _metric(metric: Metric, value: int | None, shown: Callable[[int], str]) -> object:
    if value is None:
        return None
    if metric in SHARES:
        return from_dec6(value * 100)
    return shown(value) if metric is Metric.TOTAL else value


def _line_json(found: Simulation, place: int) -> dict[str, object]:
    line, priced, shown = found.case.lines[place], found.priced[place], _money(found.case.currency)
    discount, ahead = priced.discount_ppm, found.breaks[place]
    return {
        "product": line.request.query.product_id,
        "quantity": from_dec6(priced.quantity_dec6),
        "base_quantity": from_dec6(priced.base_dec6),
        "list_price": from_dec6(priced.list_dec6),
        "system_price": from_dec6(priced.system_dec6),
        "net_price": from_dec6(priced.net_dec6),
        "is_blended": priced.is_blended,
        "is_below_floor": priced.is_below_floor,
        "is_whole_term": priced.is_whole_term,
        "discount_percent": None if discount is None else from_dec6(discount * 100),
        "list_amount": shown(priced.list_minor),
        "priced_amount": shown(priced.amount_minor),
        "net_after_header": shown(found.after_header[place]),
        "slices": [
            {"quantity": from_dec6(part.quantity_dec6), "price": from_dec6(part.price_dec6)} for part in priced.slices
        ],
        "steps": [_step_json(step) for step in priced.steps],
        "next_break": None if ahead is None else _break_json(ahead, shown),
        "explanation": list(priced.explain()),
    }


def _step_json(step: Step) -> dict[str, object]:
    return {
        "seq": step.seq,
        "stage": step.stage.value,
        "source": step.source_id,
        "before": from_dec6(step.before_dec6),
        "after": from_dec6(step.after_dec6),
        "why": step.why,
        "is_blended": step.is_blended,
        "is_below_floor": step.is_below_floor,
    }


def _break_json(ahead: NextBreak, shown: Callable[[int], str]) -> dict[str, str]:
    return {
        "missing": from_dec6(ahead.missing_dec6),
        "quantity": from_dec6(ahead.quantity_dec6),
        "amount": shown(ahead.amount_minor),
        "more": shown(ahead.more_minor),
        "saved": shown(ahead.saved_minor),
    }


def case_words(found: Simulation) -> list[str]:
    """Return a simulation in sentences: how each price came about, the totals, who must approve."""
    told = []
    for line, priced, ahead in zip(found.case.lines, found.priced, found.breaks, strict=True):
        told += [f"{line.id}  {line.request.query.product_id}", *(f"  {words}" for words in priced.explain())]
        if ahead:
            saved = Money(ahead.saved_minor, found.case.currency)
            told.append(f"  {from_dec6(ahead.missing_dec6)} more would save {saved}")
    told += ["", *found.totals.explain()]
    return told + [f"approval by {need.rule.approver}: {need.why}" for need in found.needs]
