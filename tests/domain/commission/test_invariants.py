"""What holds for every plan and every sale (domain.md 1.14)."""

import json
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sfa.domain.commission.credit import divide
from sfa.domain.commission.earnings import NO_QUOTA, Quota, above_threshold, earned
from sfa.domain.commission.events import Line, LineKind, Share, Side
from sfa.domain.commission.period import deferred, factors, payment_steps
from sfa.domain.commission.plan import Axis, Component, Mode, Plan, Tier
from sfa.domain.commission.plan_check import check
from sfa.domain.commission.rater import rater
from sfa.domain.commission.reversal import Return, at_original_rate
from sfa.domain.commission.settlement import Balances, Draw, Terms, settle
from sfa.domain.commission.sums import evaluate, rounded, whole
from tests.domain.commission.test_worked_examples import credit_of, rated_lines

AMOUNTS = st.integers(1, 10**9)
SALES = st.lists(AMOUNTS, min_size=1, max_size=6)
PPM = 1_000_000


@st.composite
def components(draw: st.DrawFn) -> Component:
    """Return rising tiers, some of them retroactive, with or without threshold and caps."""
    lows = [0, *sorted(draw(st.sets(st.integers(1, 2 * PPM), max_size=3)))]
    rates = sorted(draw(st.lists(st.integers(0, 300_000), min_size=len(lows), max_size=len(lows))))
    rows = zip(pairwise([*lows, None]), rates, strict=True)
    caps = st.none() | st.integers(0, 10**7)
    made = Component(
        "base",
        tiers=tuple(Tier(low or 0, high, rate, draw(st.booleans())) for (low, high), rate in rows),
        axis=Axis.ATTAINMENT,
        mode=draw(st.sampled_from(Mode)),
        threshold_ppm=draw(st.sampled_from([0, 500_000])),
        event_cap_minor=draw(caps),
        period_cap_minor=draw(caps),
        attainment_cap_ppm=draw(st.none() | st.integers(500_000, 3 * PPM)),
        weight_ppm=draw(st.sampled_from([PPM, 333_333])),
    )
    return check(Plan("p", 1, "USD", (made,))).components[0]


QUOTAS = st.builds(Quota, st.integers(1, 10**9))


def lines_of(component: Component, quota: Quota, amounts: list[int]) -> list[Line]:
    return rated_lines(component, quota, [credit_of(amount, number) for number, amount in enumerate(amounts)])


def paid(component: Component, quota: Quota, amounts: list[int]) -> int:
    return sum(line.amount_minor for line in lines_of(component, quota, amounts) if not line.is_memo)


@given(components(), QUOTAS, SALES)
def test_an_explanation_alone_comes_to_the_amount(component: Component, quota: Quota, amounts: list[int]) -> None:
    for line in lines_of(component, quota, amounts):
        assert whole(json.loads(json.dumps(line.explain))["sum"]) == line.amount_minor


@given(components(), QUOTAS, SALES)
def test_what_is_paid_and_what_a_cap_withholds_is_all(component: Component, quota: Quota, amounts: list[int]) -> None:
    bare = replace(component, event_cap_minor=None, period_cap_minor=None, attainment_cap_ppm=None)
    found = lines_of(component, quota, amounts)
    withheld = sum(line.amount_minor for line in found if line.kind == LineKind.CAP_WITHHELD)
    total = paid(component, quota, amounts)
    assert total + withheld == paid(bare, quota, amounts)
    if component.period_cap_minor is not None:
        assert total <= component.period_cap_minor


@given(components(), QUOTAS, AMOUNTS, AMOUNTS)
def test_one_sale_or_its_two_parts_earn_the_same_together(
    component: Component, quota: Quota, one: int, other: int
) -> None:
    together = replace(component, mode=Mode.CUMULATIVE, event_cap_minor=None)
    assert paid(together, quota, [one, other]) == paid(together, quota, [one + other])


@given(components(), QUOTAS, AMOUNTS)
def test_a_sale_and_its_whole_reversal_in_one_window_come_to_nothing(
    component: Component, quota: Quota, amount: int
) -> None:
    sale = credit_of(amount)
    back = credit_of(-amount, 1)._replace(side=Side(root=sale.event_id))
    assert sum(line.amount_minor for line in rated_lines(component, quota, [sale, back]) if not line.is_memo) == 0


@given(components(), QUOTAS, AMOUNTS, AMOUNTS)
def test_more_credit_never_earns_less(component: Component, quota: Quota, x: int, more: int) -> None:
    rising = replace(component, tiers=tuple(replace(tier, retro=True) for tier in component.tiers))
    flat = replace(component, tiers=tuple(replace(tier, retro=False) for tier in component.tiers))
    for one in (rising, flat):
        assert evaluate(earned(one, quota, x)) <= evaluate(earned(one, quota, x + more))
    assert evaluate(earned(rising, quota, x)) >= evaluate(earned(flat, quota, x))
    steepest = max(tier.rate_ppm for tier in flat.tiers)
    rise = evaluate(earned(flat, quota, x + more)) - evaluate(earned(flat, quota, x))
    assert rise * PPM <= steepest * more


@given(components(), QUOTAS, AMOUNTS, st.integers(2, 50))
def test_earnings_by_attainment_scale_with_amount_and_quota(
    component: Component, quota: Quota, x: int, times: int
) -> None:
    larger = Quota(quota.amount_minor * times)
    assert evaluate(earned(component, larger, x * times)) == times * evaluate(earned(component, quota, x))


@given(st.integers(0, 10**9), st.lists(st.integers(0, PPM), max_size=4))
def test_primary_credits_add_up_to_the_base(amount: int, cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), PPM]
    shares = [Share(str(n), high - low, high - low) for n, (low, high) in enumerate(pairwise(edges))]
    assert sum(part.commission_minor for part in divide(amount, shares)) == amount


@given(st.integers(0, 10**9), SALES, st.integers(1, 24))
def test_steps_add_up(amount: int, payments: list[int], parts: int) -> None:
    assert sum(payment_steps(amount, sum(payments), payments)) == amount
    assert sum(deferred(amount, parts)) == amount
    assert sum(factors(payments)) == PPM
    back = at_original_rate(amount, sum(payments), [Return(one, 1) for one in payments], ())
    assert sum(back) == -amount


@given(
    st.lists(st.tuples(st.integers(-(10**6), 10**7), st.integers(0, 10**7)), max_size=8),
    st.integers(0, 10**6),
    st.integers(0, PPM),
    st.integers(0, PPM),
    st.sampled_from(Draw),
)
def test_settlement_pays_never_less_than_nothing_and_loses_nothing(
    periods: list[tuple[int, int]], guarantee: int, recovery: int, draw_recovery: int, draw: Draw
) -> None:
    balances, total, gifts = Balances(), 0, 0
    for number, (earned_minor, taken) in enumerate(periods, 1):
        terms = Terms(guarantee, draw, recovery, draw_recovery, is_end_of_term=number == len(periods))
        done = settle(earned_minor, taken, balances, terms)
        balances = done.closing
        total += done.payable_minor
        gifts += done.forgiven_minor + (done.draw_advance_minor if draw == Draw.NON_RECOVERABLE else 0)
        assert done.payable_minor >= 0
        assert min(balances.overpaid_minor, balances.draw_minor) >= 0
    net = sum(earned_minor - taken for earned_minor, taken in periods)
    assert total == net + balances.overpaid_minor + balances.draw_minor + gifts


@given(SALES)
def test_pay_without_quota_credit_earns_at_the_rate_reached(amounts: list[int]) -> None:
    flat = Component("base", tiers=(Tier(0, None, 50_000),))
    (line,) = rated_lines(flat, NO_QUOTA, [credit_of(amounts[0], quota=0)])
    assert line.amount_minor == (amounts[0] * 50_000 * 2 + PPM) // (2 * PPM)


@given(components(), QUOTAS, st.integers(-(10**9), 2 * 10**9), st.booleans())
def test_whole_numbers_rate_as_the_explaining_sums_do(
    component: Component,
    quota: Quota,
    x: int,
    is_limited: bool,  # noqa: FBT001
) -> None:
    most = component.attainment_cap_ppm if is_limited else None
    counted = x if most is None else min(Fraction(x), Fraction(quota.amount_minor * most, PPM))
    exact = evaluate(above_threshold(component, quota, counted)) * component.weight_ppm / PPM
    assert rater(component, quota, is_limited=is_limited).value(x) == rounded(exact)
