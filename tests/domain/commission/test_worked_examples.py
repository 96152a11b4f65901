"""The worked examples of the domain's reference (domain.md 1.13), with its numbers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from sfa.domain.commission.credit import CreditError, base, check_shares, divide
from sfa.domain.commission.earnings import NO_QUOTA, Quota, earned
from sfa.domain.commission.events import Credit, Event, EventKind, Line, LineKind, Share
from sfa.domain.commission.fx import factor
from sfa.domain.commission.period import Target, deferred, payment_steps, prorate
from sfa.domain.commission.plan import Axis, Component, Function, Measure, Mode, Point, Threshold, Tier
from sfa.domain.commission.reversal import Return, at_original_rate, restatement
from sfa.domain.commission.rules import Rule
from sfa.domain.commission.settlement import Balances, Terms, settle
from sfa.domain.commission.sums import evaluate, rounded
from sfa.domain.commission.window import window_lines

DAY = date(2026, 1, 5)


def tiers(*rows: tuple[int, int], retro: Sequence[int] = ()) -> tuple[Tier, ...]:
    """Return tiers from their starts and rates."""
    ends = [*[low for low, _ in rows[1:]], None]
    return tuple(
        Tier(low, end, rate, index in retro) for index, ((low, rate), end) in enumerate(zip(rows, ends, strict=True))
    )


def sale(amount: int, number: int = 0, cost: int = 0) -> Event:
    return Event(f"e{number}", EventKind.BOOKED, DAY, amount, cost_minor=cost)


def credit_of(amount: int, number: int = 0, quota: int | None = None) -> Credit:
    return Credit(number, f"e{number}", DAY, amount, amount if quota is None else quota)


def rated_lines(
    component: Component, quota: Quota, credits_in: Sequence[Credit], gates: Sequence[bool] = ()
) -> list[Line]:
    return list(window_lines(Rule("ann", "AE/1", component, quota), credits_in, gates))


def lines_of(component: Component, quota: Quota, *amounts: int) -> list[Line]:
    return rated_lines(component, quota, [credit_of(x, n) for n, x in enumerate(amounts)])


def amounts_of(component: Component, quota: Quota, *amounts: int) -> list[int]:
    return [line.amount_minor for line in lines_of(component, quota, *amounts) if not line.is_memo]


def rated(component: Component, quota: Quota, x: int) -> int:
    return rounded(evaluate(earned(component, quota, x)))


LADDER = tiers((0, 10_000), (100_000, 20_000), (300_000, 30_000), (800_000, 50_000))
DEALS = (20_000, 30_000, 150_000, 120_000, 200_000, 450_000)
ABOVE_250 = Component("base", tiers=tiers((0, 60_000), (25_000_000, 100_000)))


def test_c1_a_flat_rate_on_a_split() -> None:
    shares = [Share("ann", 700_000, 700_000), Share("bob", 300_000, 300_000)]
    parts = [part.commission_minor for part in divide(1_200_000, shares)]
    assert parts == [840_000, 360_000]
    flat = Component("base", tiers=tiers((0, 50_000)))
    assert [amounts_of(flat, NO_QUOTA, part) for part in parts] == [[42_000], [18_000]]


def test_c2_each_sale_by_itself_and_all_together() -> None:
    alone = Component("base", tiers=LADDER, mode=Mode.PER_EVENT)
    assert amounts_of(alone, NO_QUOTA, *DEALS) == [200, 300, 2000, 1400, 3000, 9500]
    together = amounts_of(replace(alone, mode=Mode.CUMULATIVE), NO_QUOTA, *DEALS)
    assert together == [200, 300, 2500, 2600, 6000, 16_900]


@pytest.mark.parametrize(
    ("x", "retro", "marginal"),
    [(110_000, 8800, 6800), (100_000, 8000, 6000), (160_000, 16_000, 11_000)],
)
def test_c3_retroactive_and_marginal_tiers(x: int, retro: int, marginal: int) -> None:
    quota, rows = Quota(10_000_000), ((0, 60_000), (1_000_000, 80_000), (1_500_000, 100_000))
    whole = Component("base", tiers=tiers(*rows, retro=(0, 1, 2)), axis=Axis.ATTAINMENT)
    assert rated(whole, quota, x * 100) == retro * 100
    assert rated(replace(whole, tiers=tiers(*rows)), quota, x * 100) == marginal * 100
    assert rated(whole, quota, 9_999_900) == rated(replace(whole, tiers=tiers(*rows)), quota, 9_999_900) == 599_994


def test_c4_the_event_that_enters_a_retroactive_tier_is_shown_in_two_lines() -> None:
    rows = tiers((0, 50_000), (500_000, 100_000), (1_000_000, 200_000), retro=(1,))
    mixed = Component("base", tiers=rows, axis=Axis.ATTAINMENT)
    found = lines_of(mixed, Quota(3_300_000), 1_000_000, 800_000, 2_200_000)
    assert [(line.kind, line.amount_minor) for line in found] == [
        (LineKind.EARN, 50_000),
        (LineKind.EARN, 80_000),
        (LineKind.RETRO_TRUEUP, 50_000),
        (LineKind.EARN, 290_000),
    ]


def test_c5_amounts_between_the_ends_of_a_tier() -> None:
    paid = (1000, 4000, 10_000, 200_000, 0)
    edges = ((0, 100_000), (100_000, 300_000), (300_000, 800_000), (800_000, 2_000_000), (2_000_000, None))
    rows = tuple(Tier(low, high, amount_minor=amount) for (low, high), amount in zip(edges, paid, strict=True))
    component = Component("base", Function.INTERPOLATED, rows, mode=Mode.PER_EVENT)
    assert amounts_of(component, NO_QUOTA, *DEALS) == [200, 300, 2000, 1400, 3000, 8000]


@pytest.mark.parametrize(
    ("x", "gate", "above", "cap_withheld"),
    [(119_999, 0, 0, 0), (120_000, 7200, 0, 0), (260_000, 17_400, 10_200, 0), (420_000, 30_000, 24_600, 1800)],
)
def test_c6_threshold_accelerator_and_cap(x: int, gate: int, above: int, cap_withheld: int) -> None:
    rows = tiers((0, 60_000), (1_000_000, 90_000))
    component = Component("base", tiers=rows, axis=Axis.ATTAINMENT, threshold_ppm=600_000, period_cap_minor=3_000_000)
    found = lines_of(component, Quota(20_000_000), x * 100)
    assert sum(line.amount_minor for line in found if not line.is_memo) == gate * 100
    assert sum(line.amount_minor for line in found if line.kind == LineKind.CAP_WITHHELD) == cap_withheld * 100
    assert (
        sum(amounts_of(replace(component, threshold_mode=Threshold.ABOVE_ONLY), Quota(20_000_000), x * 100))
        == above * 100
    )


@pytest.mark.parametrize(
    ("cost", "measure", "commission", "net"),
    [
        (60_000, Measure.MARGIN, 4000, 100_000),
        (60_000, Measure.MARGIN, 0, 50_000),
        (60_000, Measure.SIGNED_MARGIN, -1000, 50_000),
    ],
)
def test_c7_margin(cost: int, measure: Measure, commission: int, net: int) -> None:
    flat = Component("base", tiers=tiers((0, 100_000)))
    assert sum(amounts_of(flat, NO_QUOTA, base(sale(net, cost=cost), measure))) == commission


def test_c8_three_equal_shares() -> None:
    shares = [Share(name, ppm, ppm) for name, ppm in (("a", 333_334), ("b", 333_333), ("c", 333_333))]
    parts = [part.commission_minor for part in divide(10_000, shares)]
    assert parts == [3334, 3333, 3333]
    flat = Component("base", tiers=tiers((0, 75_000)))
    assert [amounts_of(flat, NO_QUOTA, part) for part in parts] == [[250], [250], [250]]
    with pytest.raises(CreditError, match="add up to 999999 ppm"):
        check_shares("e", [Share(name, 333_333, 333_333) for name in "abc"])


def test_c10_a_recoverable_draw() -> None:
    balances, paid, owed = Balances(), [], []
    for earnings in (275_000, 300_000, 150_000, 237_500, 300_000, 275_000):
        done = settle(earnings, 0, balances, Terms(200_000))
        balances = done.closing
        paid.append(done.payable_minor)
        owed.append(balances.draw_minor)
    assert paid == [275_000, 300_000, 200_000, 200_000, 287_500, 275_000]
    assert owed == [0, 0, 50_000, 12_500, 0, 0]


def test_c11_clawback_by_restatement_and_at_the_original_rate() -> None:
    component = Component("base", tiers=tiers((0, 50_000), (45_000_000, 100_000)))
    posted = amounts_of(component, NO_QUOTA, 5_000_000, 38_000_000, 5_000_000)
    assert posted == [250_000, 1_900_000, 400_000]
    for rest in ((38_000_000, 5_000_000), (5_000_000, 38_000_000)):
        assert restatement(sum(amounts_of(component, NO_QUOTA, *rest)), sum(posted)) == -400_000
    assert at_original_rate(posted[0], 5_000_000, [Return(5_000_000, 100)], ()) == [-250_000]
    assert at_original_rate(posted[2], 5_000_000, [Return(5_000_000, 100)], ()) == [-400_000]


def test_c12_c13_payments_and_thirds_add_up() -> None:
    assert payment_steps(10_000, 100_000, [33_333, 33_333, 33_334]) == [3333, 3334, 3333]
    assert deferred(6000, 3) == [2000, 2000, 2000]
    assert deferred(10_000, 3) == [3333, 3334, 3333]


def test_c14_somebody_hired_in_the_middle_of_a_quarter() -> None:
    quota = prorate(Target(30_000_000), 53, 92)
    assert quota.amount_minor == 17_282_609
    component = Component("base", tiers=tiers((0, 80_000), (1_000_000, 120_000)), axis=Axis.ATTAINMENT)
    assert rated(component, quota, 19_000_000) == 1_588_696


@pytest.mark.parametrize(("won", "more"), [(60_000, 4800), (30_000, 1800), (90_000, 7800)])
def test_c15_what_a_deal_is_worth(won: int, more: int) -> None:
    before, after = (rated(ABOVE_250, NO_QUOTA, x * 100) for x in (220_000, 220_000 + won))
    assert after - before == more * 100


def test_c15_the_expected_commission_is_that_of_the_scenarios() -> None:
    odds = {0: Fraction(3, 10), 60_000: Fraction(3, 10), 30_000: Fraction(1, 5), 90_000: Fraction(1, 5)}
    assert sum(part * rated(ABOVE_250, NO_QUOTA, (220_000 + won) * 100) for won, part in odds.items()) == 1_656_000
    assert rated(ABOVE_250, NO_QUOTA, 26_200_000) == 1_620_000


@pytest.mark.parametrize(
    ("percent", "paid"), [(49, 0), (50, 2500), (80, 7000), (100, 10_000), (120, 14_000), (170, 20_000)]
)
def test_c16_a_payout_curve(percent: int, paid: int) -> None:
    points = (Point(500_000, 250_000), Point(1_000_000, 1_000_000), Point(1_500_000, 2_000_000))
    component = Component("kpi", Function.CURVE, points=points)
    assert rated(component, Quota(10_000, 1_000_000), percent * 100) == paid * 100


def test_c17_a_late_event_is_restated() -> None:
    posted = sum(amounts_of(ABOVE_250, NO_QUOTA, 24_000_000))
    assert posted == 1_440_000
    assert restatement(sum(amounts_of(ABOVE_250, NO_QUOTA, 24_000_000, 2_000_000)), posted) == 160_000


@pytest.mark.parametrize(
    ("recovery", "overpaid", "draws"),
    [(1_000_000, [0, 250_000, 0], [0, 200_000, 50_000]), (500_000, [0, 325_000, 25_000], [0, 125_000, 25_000])],
)
def test_c18_settlement(recovery: int, overpaid: list[int], draws: list[int]) -> None:
    balances, found = Balances(), []
    for earnings, taken in ((500_000, 0), (150_000, 400_000), (600_000, 0)):
        done = settle(earnings, taken, balances, Terms(200_000, recovery_ppm=recovery))
        balances = done.closing
        found.append((done.payable_minor, balances.overpaid_minor, balances.draw_minor))
    assert found == list(zip([500_000, 200_000, 200_000], overpaid, draws, strict=True))


def test_c19_another_currency() -> None:
    (part,) = divide(1_234_567, [Share("ann", 1_000_000, 1_000_000)], factor(1_084_200_000, "EUR", "USD"))
    assert part.commission_minor == 1_338_518
    assert amounts_of(Component("base", tiers=tiers((0, 70_000))), NO_QUOTA, part.commission_minor) == [93_696]
