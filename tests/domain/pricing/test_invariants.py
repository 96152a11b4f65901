"""What always holds for prices and totals (domain.md 2.10), drawn by hypothesis."""

from dataclasses import replace
from decimal import Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from sfa.domain import currencies
from sfa.domain.figures import DEC6
from sfa.domain.money import Rounding
from sfa.domain.pricing.amounts import FX, Effect, convert, divide, line_amount, spread, telescope
from sfa.domain.pricing.documents import Adjustment, Document, Line, Role, TaxMethod
from sfa.domain.pricing.headers import on_lines
from sfa.domain.pricing.lookup import (
    ContractPrice,
    Policy,
    PriceBook,
    PriceEntry,
    PriceQuery,
    choose_price,
    price_table,
)
from sfa.domain.pricing.rules import Discount, PriceRule
from sfa.domain.pricing.schedules import Schedule, ScheduleKind, Slice, Tier
from sfa.domain.pricing.totals import Totals, line_minor, total
from sfa.domain.pricing.waterfall import PricedLine, PriceRequest, Stage, price_line
from tests.support.pricing import (
    DAY,
    VAT19,
    adjustments,
    discounts,
    documents,
    in_major,
    lines,
    price_rules,
    prices,
    schedules,
)

QUICK = settings(max_examples=40, deadline=None)


def figures(found: Totals) -> tuple[int, ...]:
    """Return all totals, and the tax groups."""
    groups = [amount for group in found.tax_subtotals for amount in (group.taxable_minor, group.tax_minor)]
    return (
        *(found.lines_minor, found.allowances_minor, found.charges_minor, found.net_minor, found.tax_minor),
        *(found.gross_minor, found.rounding_minor, found.payable_minor, *groups),
    )


@QUICK
@given(documents())
def test_the_identities_of_the_totals(document: Document) -> None:
    found = total(document)
    assert found.lines_minor == sum(line.net_minor for line in found.lines if line.is_counted)
    assert found.allowances_minor == sum(record.net_minor for record in found.records if not record.is_charge)
    assert found.charges_minor == sum(record.net_minor for record in found.records if record.is_charge)
    assert found.net_minor == found.lines_minor - found.allowances_minor + found.charges_minor
    assert found.tax_minor == sum(group.tax_minor for group in found.tax_subtotals)
    assert found.gross_minor == found.net_minor + found.tax_minor
    assert found.payable_minor == found.gross_minor - found.prepaid_minor + found.rounding_minor
    assert not document.cash_minor or found.payable_minor % document.cash_minor == 0
    assert abs(found.rounding_minor) < max(1, document.cash_minor)


@QUICK
@given(documents(kinds=(False,)))
def test_the_tax_of_a_group_is_its_base_at_its_rate(document: Document) -> None:
    for group in total(document).tax_subtotals:
        exact = Decimal(group.taxable_minor * group.tax.rate_ppm) / 10**6
        if document.tax_method is TaxMethod.TOTAL:
            assert group.tax_minor == divide(group.taxable_minor * group.tax.rate_ppm, 10**6, document.rounding)
        elif document.rounding in (Rounding.HALF_UP, Rounding.HALF_EVEN):
            parts = sum(group.tax in line.taxes for line in document.lines) + len(document.adjustments)
            assert abs(group.tax_minor - exact) <= Decimal("0.5") * (parts + 1)


@QUICK
@given(documents(kinds=(True,)))
def test_prices_with_tax_keep_their_gross(document: Document) -> None:
    found = total(document)
    entered = sum(line.amount_minor for line in found.lines if line.is_counted)
    sums = replace(document, adjustments=())
    assert total(sums).gross_minor == entered
    assert all(line.net_minor + line.tax_minor == line.amount_minor for line in found.lines)


@QUICK
@given(documents(), st.randoms(use_true_random=False))
def test_the_order_of_lines_changes_no_total(document: Document, dice: Random) -> None:
    shuffled = list(document.lines)
    dice.shuffle(shuffled)
    assert figures(total(replace(document, lines=tuple(shuffled)))) == figures(total(document))


def mirrored(line: Line) -> Line:
    own = tuple(replace(part, amount_minor=-part.amount_minor) for part in line.adjustments)
    slices = tuple(Slice(-part.quantity_dec6, part.price_dec6) for part in line.slices)
    return replace(line, slices=slices, adjustments=own)


@QUICK
@given(documents())
def test_a_credit_note_mirrors_its_invoice(document: Document) -> None:
    mirror = replace(
        document,
        lines=tuple(map(mirrored, document.lines)),
        adjustments=tuple(replace(part, amount_minor=-part.amount_minor) for part in document.adjustments),
        prepaid_minor=-document.prepaid_minor,
    )
    assert figures(total(mirror)) == tuple(-amount for amount in figures(total(document)))


@QUICK
@given(documents())
def test_a_header_discount_of_nothing_changes_nothing(document: Document) -> None:
    nothing = Adjustment(is_charge=False, reason="none", percent_ppm=0)
    more = replace(document, adjustments=(*document.adjustments, nothing))
    assert figures(total(more)) == figures(total(document))


@QUICK
@given(lines(), st.sampled_from(Rounding))
def test_merging_two_equal_lines_changes_the_net_by_the_rounding_of_its_parts_at_most(
    line: Line, mode: Rounding
) -> None:
    bare = replace(line, adjustments=())
    once = line_minor(bare, "EUR", mode)
    double = tuple(Slice(2 * part.quantity_dec6, part.price_dec6) for part in bare.slices)
    parts = 2 if bare.recurrence and bare.recurrence.days else 1
    assert abs(line_minor(replace(bare, slices=double), "EUR", mode) - 2 * once) <= parts


@QUICK
@given(documents())
def test_an_optional_line_that_was_not_chosen_is_in_no_total(document: Document) -> None:
    chosen = replace(document, lines=tuple(line for line in document.lines if line.is_counted))
    assert figures(total(chosen)) == figures(total(document))


@QUICK
@given(documents(), st.lists(adjustments(is_header=True).map(lambda part: replace(part, taxes=())), max_size=2))
def test_header_discounts_on_lines_agree_with_those_on_tax_groups(
    document: Document, spread_out: list[Adjustment]
) -> None:
    positive = tuple(
        replace(line, slices=tuple(Slice(abs(part.quantity_dec6), part.price_dec6 + 1) for part in line.slices))
        for line in document.lines
    )
    plain = replace(
        document, lines=tuple(replace(line, adjustments=()) for line in positive), adjustments=tuple(spread_out)
    )
    if not sum(line_minor(line, plain.currency, plain.rounding) for line in plain.lines if line.is_counted):
        return
    found = total(plain)
    shares = on_lines(plain, found)
    assert sum(shares.on_lines) + sum(record.signed_minor for record in shares.left) == (
        found.charges_minor - found.allowances_minor
    )
    for group in found.tax_subtotals:
        bearing = [place for place, line in enumerate(plain.lines) if line.is_counted and group.tax in line.taxes]
        left = sum(record.signed_minor for record in shares.left if group.tax in record.taxes)
        after = sum(found.lines[place].net_minor + shares.on_lines[place] for place in bearing)
        assert after + left == group.taxable_minor


@QUICK
@given(st.integers(-(10**7), 10**7), st.lists(st.integers(0, 10**6), min_size=1, max_size=8).filter(any))
def test_an_allocation_is_whole_fair_and_mirrored(amount: int, weights: list[int]) -> None:
    parts, whole = spread(amount, weights), sum(weights)
    assert sum(parts) == amount
    assert all(abs(part * whole - amount * weight) < whole for part, weight in zip(parts, weights, strict=True))
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)
    assert spread(-amount, weights) == [-part for part in parts]


@QUICK
@given(st.integers(-(10**9), 10**9), st.lists(st.integers(1, 10**6), min_size=1, max_size=9), st.sampled_from(Rounding))
def test_steps_of_an_amount_add_up_to_it(amount: int, steps: list[int], mode: Rounding) -> None:
    assert sum(telescope(amount, sum(steps), steps, mode)) == amount


@QUICK
@given(
    st.integers(-(10**10), 10**10),
    st.sampled_from(["EUR", "JPY", "KWD"]),
    st.sampled_from(["EUR", "JPY", "KWD"]),
    st.integers(1, 10**12),
    st.sampled_from(Rounding),
)
def test_a_converted_amount_is_off_by_less_than_a_minor_unit_and_mirrored(
    minor: int, source: str, target: str, rate: int, mode: Rounding
) -> None:
    found = convert(minor, source, target, rate, mode)
    exact = Decimal(minor * rate).scaleb(currencies.exponent(target) - currencies.exponent(source)) / FX
    assert abs(found - exact) < 1
    assert convert(-minor, source, target, rate, mode) == -found


TYPED = (Effect.PERCENT, Effect.PRICE)
"""What one may draw without looking at the price: an amount that takes more than that is refused."""


@st.composite
def requests(draw: st.DrawFn) -> PriceRequest:
    """Draw a line with contracts, a schedule, rules and discounts; prices are of single units."""
    holders = [("A", "P"), ("parent", "P"), ("G", "P"), ("A", "deep"), ("A", "wide"), ("G", "deep")]
    contracts = [
        ContractPrice(
            f"c{number}",
            *draw(st.sampled_from(holders)),
            *draw(st.tuples(st.just(Effect.PRICE), prices) | st.tuples(st.just(Effect.PERCENT), st.integers(0, 10**6))),
            currency="EUR",
            priority=draw(st.integers(0, 1)),
        )
        for number in range(draw(st.integers(0, 4)))
    ]
    entries = [PriceEntry("e1", "std", "P", draw(prices)), PriceEntry("e2", "own", "P", draw(prices))]
    draw(st.randoms(use_true_random=False)).shuffle(contracts)
    query = PriceQuery(
        "P",
        DAY,
        "EUR",
        draw(st.integers(1, 40)) * DEC6,
        accounts=("A", "parent"),
        groups=("G",),
        categories=("deep", "wide"),
        books=draw(st.sampled_from([(), ("own",)])),
        standard_book="std",
    )
    table = price_table([PriceBook("std", "EUR"), PriceBook("own", "EUR", parent_id="std")], entries, contracts)
    policy = draw(st.sampled_from(Policy))
    return PriceRequest(
        query,
        choose_price(query, table, policy),
        draw(st.none() | schedules()),
        rules=draw(price_rules()),
        representative=tuple(draw(st.lists(discounts(effects=TYPED), max_size=2))),
        partner=tuple(draw(st.lists(discounts(name="p", effects=TYPED), max_size=1))),
        floor_dec6=draw(st.none() | prices),
        policy=policy,
        rounding=draw(st.sampled_from(Rounding)),
    )


@QUICK
@given(requests())
def test_a_price_is_reproduced_from_its_steps_and_from_its_explanation(request: PriceRequest) -> None:
    line = price_line(request)
    worth = in_major(line.slices)
    assert line.amount_minor == divide(int(worth * DEC6**2) * 100, DEC6**2, request.rounding)
    sum_of_terms, _, amount = line.explain()[-1].partition(" = ")
    terms = [term.split(" x ") for term in sum_of_terms.split(" + ")]
    assert sum((Decimal(quantity) * Decimal(price) for quantity, price in terms), Decimal(0)) == worth
    assert Decimal(amount.removesuffix(" EUR").replace(",", "")) * 100 == line.amount_minor
    if not line.is_blended:
        assert line.net_dec6 == line.slices[0].price_dec6


@QUICK
@given(requests())
def test_every_step_has_a_source_and_begins_where_the_one_before_it_ended(request: PriceRequest) -> None:
    line = price_line(request)
    assert [step.seq for step in line.steps] == list(range(1, len(line.steps) + 1))
    assert all(step.source_id and step.why for step in line.steps)
    assert all(
        after.before_dec6 == before.after_dec6 for before, after in zip(line.steps, line.steps[1:], strict=False)
    )
    assert list(line.steps) == sorted(line.steps, key=lambda step: list(Stage).index(step.stage))
    assert sum(part.quantity_dec6 for part in line.slices) == line.quantity_dec6


@QUICK
@given(requests())
def test_a_return_is_priced_as_its_sale(request: PriceRequest) -> None:
    back = replace(request, query=replace(request.query, quantity_dec6=-request.query.quantity_dec6))
    sold, returned = price_line(request), price_line(back)
    assert (returned.amount_minor, returned.list_minor) == (-sold.amount_minor, -sold.list_minor)
    assert [step.after_dec6 for step in returned.steps] == [step.after_dec6 for step in sold.steps]


def chosen(request: PriceRequest, policy: Policy) -> PricedLine:
    """Price a line under another policy, from the prices that were looked at."""
    candidates = request.choice.candidates
    best = min(candidates, key=lambda found: (found.price_dec6, found.specific_order))
    winner = candidates[0] if policy is Policy.MOST_SPECIFIC else best
    return price_line(replace(request, choice=replace(request.choice, winner=winner), policy=policy))


@QUICK
@given(requests())
def test_the_best_price_is_never_above_the_most_specific_one(request: PriceRequest) -> None:
    assert chosen(request, Policy.BEST_PRICE).net_dec6 <= chosen(request, Policy.MOST_SPECIFIC).net_dec6


@QUICK
@given(
    prices,
    st.lists(st.integers(0, 10**6), min_size=1, max_size=4).map(sorted),
    st.integers(1, 60),
    st.sampled_from([Effect.PERCENT, Effect.AMOUNT]),
)
def test_a_slab_costs_no_less_than_a_range_where_discounts_grow_with_the_quantity(
    price: int, values: list[int], units: int, effect: Effect
) -> None:
    rows = tuple(Tier((1 + 7 * place) * DEC6, value) for place, value in enumerate(values))
    worth = {
        kind: in_major(Schedule("V", kind, effect, rows).slices(price, DEC6, units * DEC6)) for kind in ScheduleKind
    }
    assert worth[ScheduleKind.SLAB] >= worth[ScheduleKind.RANGE]


@QUICK
@given(st.lists(st.tuples(st.integers(0, 2), st.booleans(), st.sampled_from(["", "x"])), max_size=5), st.data())
def test_rules_apply_in_one_order_whatever_the_order_of_the_rows(
    rows: list[tuple[int, bool, str]], data: st.DataObject
) -> None:
    rules = [
        PriceRule(
            Discount(f"r{number}", Effect.PERCENT, 10_000 * (number % 3)),
            priority,
            is_stackable=ok,
            exclusive_group=group,
        )
        for number, (priority, ok, group) in enumerate(rows)
    ]
    request = data.draw(requests())
    shuffled = data.draw(st.permutations(rules))
    one = price_line(replace(request, rules=tuple(rules)))
    assert one == price_line(replace(request, rules=tuple(shuffled)))


@QUICK
@given(st.integers(0, 10**9), st.integers(1, 10**9), st.sampled_from([1, 12, 1000]), st.sampled_from(Rounding))
def test_the_amount_of_a_line_is_rounded_once(price: int, quantity: int, base: int, mode: Rounding) -> None:
    found = line_amount(price, quantity, base * DEC6, "EUR", mode)
    exact = Decimal(price * quantity) / (DEC6**2 * base) * 100
    assert abs(found - exact) <= (Decimal("0.5") if mode in (Rounding.HALF_UP, Rounding.HALF_EVEN) else 1)


@QUICK
@given(st.lists(lines(), min_size=1, max_size=4))
def test_alternatives_count_only_where_they_are_chosen(found: list[Line]) -> None:
    plain = [replace(line, role=Role.ALTERNATIVE, choice="way", is_chosen=False) for line in found]
    taken = [replace(plain[0], is_chosen=True), *plain[1:]]
    document = Document("EUR", tuple(taken))
    assert total(document).lines_minor == total(document).lines[0].net_minor
    assert total(replace(document, lines=tuple(plain))).net_minor == 0


@QUICK
@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=10), st.sampled_from(Rounding))
def test_taxes_shown_per_line_add_up_to_the_tax(cents: list[int], mode: Rounding) -> None:
    rows = tuple(Line(str(place), (Slice(DEC6, cent * 10_000),), (VAT19,)) for place, cent in enumerate(cents))
    for method in TaxMethod:
        found = total(Document("EUR", rows, tax_method=method, rounding=mode))
        assert sum(line.tax_minor for line in found.lines) == found.tax_minor
