"""The worked examples of the domain's reference (domain.md 1.13), from the events to the statement."""

from typing import Any

import pytest

from sfa.domain.commission.credit import CreditError
from tests.domain.commission.simulating import lines_of, simulated

Row = dict[str, Any]
ANN: list[Row] = [{"participant": "ann", "plan": "AE"}]
Q4: Row = {"id": "2026-Q4", "from": "2026-10-01", "to": "2027-01-01"}
Q3: Row = {"id": "2026-Q3", "from": "2026-07-01", "to": "2026-10-01", "status": "closed", "closed_at": "2026-10-10"}
STEP: list[Row] = [{"lo": 0, "hi": 25_000_000, "rate_ppm": 60_000}, {"lo": 25_000_000, "rate_ppm": 100_000}]
FLAT: list[Row] = [{"lo": 0, "rate_ppm": 100_000}]


def tiers(*rows: tuple[int, int], retro: bool = False) -> list[Row]:
    """Return tiers from their starts and rates."""
    ends = [*[low for low, _ in rows[1:]], None]
    made = ({"lo": low, "hi": end, "rate_ppm": rate} for (low, rate), end in zip(rows, ends, strict=True))
    return [{**row, "retro": retro} for row in made]


def plan(**keys: Any) -> Row:  # noqa: ANN401 - whatever a component holds
    """Return a plan of one component."""
    return {"code": "AE", "version": 1, "currency": "USD", "component": [{"code": "base", **keys}]}


def sales(*amounts: int, month: int = 10) -> list[Row]:
    """Return sales of Ann, one a day."""
    return [
        {"id": f"e{day}", "on": f"2026-{month:02}-{day:02}", "net_minor": amount, "owner": "ann"}
        for day, amount in enumerate(amounts, 1)
    ]


def case(plan_: Row, events: list[Row], **parts: Any) -> Row:  # noqa: ANN401 - as above
    """Return a case of one quarter."""
    return {"plan": plan_, "periods": [Q4], "assignments": ANN, "events": events, **parts}


def quota(amount: int, window: str = "2026-Q4") -> list[Row]:
    """Return a quota of Ann."""
    return [{"participant": "ann", "window": window, "amount_minor": amount}]


def amounts(document: Row) -> list[int]:
    """Return what each line of Ann pays, memos left out."""
    return [amount for _, kind, amount in lines_of(document) if kind not in {"cap_withheld", "no_quota"}]


def pays(document: Row, person: str = "ann") -> list[int]:
    """Return what each statement of somebody pays."""
    return [row["payable_minor"] for row in simulated(document)["statements"] if row["participant"] == person]


def shares(*ppm: int) -> list[Row]:
    """Return the shares of ann, bob and eva in the first event."""
    return [
        {"event": "e1", "participant": name, "commission_ppm": part}
        for name, part in zip(("ann", "bob", "eva"), ppm, strict=False)
    ]


TEAM = [*ANN, {"participant": "bob", "plan": "AE"}, {"participant": "eva", "plan": "AE"}]


def test_c1_a_split() -> None:
    found = case(plan(tiers=tiers((0, 50_000))), sales(1_200_000), credits=shares(700_000, 300_000), assignments=TEAM)
    assert (pays(found), pays(found, "bob")) == ([42_000], [18_000])


def test_c2_and_c5_each_by_itself_and_together() -> None:
    deals = sales(20_000, 30_000, 150_000, 120_000, 200_000, 450_000)
    ladder = tiers((0, 10_000), (100_000, 20_000), (300_000, 30_000), (800_000, 50_000))
    assert amounts(case(plan(tiers=ladder, mode="per_event"), deals)) == [200, 300, 2000, 1400, 3000, 9500]
    assert amounts(case(plan(tiers=ladder), deals)) == [200, 300, 2500, 2600, 6000, 16_900]
    paid = (1000, 4000, 10_000, 200_000)
    full = [{**row, "amount_minor": amount} for row, amount in zip(ladder, paid, strict=True)]
    full = [{key: value for key, value in row.items() if key != "rate_ppm"} for row in full]
    full = [*full[:-1], {**full[-1], "hi": 2_000_000}, {"lo": 2_000_000}]
    assert pays(case(plan(function="interpolated", mode="per_event", tiers=full), deals)) == [14_900]


@pytest.mark.parametrize(
    ("x", "retro", "marginal"),
    [(110_000, 8800, 6800), (100_000, 8000, 6000), (99_999, 5999.94, 5999.94), (160_000, 16_000, 11_000)],
)
def test_c3_retroactive_and_marginal(x: int, retro: float, marginal: float) -> None:
    rows = ((0, 60_000), (1_000_000, 80_000), (1_500_000, 100_000))
    for is_retro, amount in ((True, retro), (False, marginal)):
        rule = plan(axis="attainment", tiers=tiers(*rows, retro=is_retro))
        assert pays(case(rule, sales(x * 100), quotas=quota(10_000_000))) == [round(amount * 100)]


def test_c4_mixed_tiers_show_what_earlier_sales_gain() -> None:
    rows = tiers((0, 50_000), (500_000, 100_000), (1_000_000, 200_000))
    rows[1]["retro"] = True
    rule = plan(axis="attainment", window="month", tiers=rows)
    found = case(rule, sales(1_000_000, 800_000, 2_200_000), quotas=quota(3_300_000, "2026-10"))
    assert lines_of(found) == [
        ("e1", "earn", 50_000),
        ("e2", "earn", 80_000),
        ("e2", "retro_trueup", 50_000),
        ("e3", "earn", 290_000),
    ]


@pytest.mark.parametrize(
    ("x", "gate", "above", "withheld"),
    [(119_999, 0, 0, 0), (120_000, 7200, 0, 0), (260_000, 17_400, 10_200, 0), (420_000, 30_000, 24_600, 1800)],
)
def test_c6_threshold_accelerator_and_cap(x: int, gate: int, above: int, withheld: int) -> None:
    keys = {"axis": "attainment", "threshold_ppm": 600_000, "period_cap_minor": 3_000_000}
    rows = tiers((0, 60_000), (1_000_000, 90_000))
    found = case(plan(**keys, tiers=rows), sales(x * 100), quotas=quota(20_000_000))
    assert pays(found) == [gate * 100]
    assert sum(amount for _, kind, amount in lines_of(found) if kind == "cap_withheld") == withheld * 100
    other = plan(**keys, threshold_mode="above_only", tiers=rows)
    assert pays(case(other, sales(x * 100), quotas=quota(20_000_000))) == [above * 100]


def test_c7_margin() -> None:
    events = [{**sales(50_000)[0], "cost_minor": 60_000}]
    assert amounts(case(plan(measure="margin", tiers=FLAT), events)) == [0]
    assert amounts(case(plan(measure="signed_margin", tiers=FLAT), events))[0] == -1000
    assert amounts(case(plan(measure="margin", tiers=FLAT), [{**sales(100_000)[0], "cost_minor": 60_000}])) == [4000]


def test_c8_three_equal_shares_must_add_up() -> None:
    rule = plan(tiers=tiers((0, 75_000)))
    found = case(rule, sales(10_000), credits=shares(333_334, 333_333, 333_333), assignments=TEAM)
    assert [pays(found, name) for name in ("ann", "bob", "eva")] == [[250], [250], [250]]
    with pytest.raises(CreditError, match="e1: its shares add up to 999999 ppm"):
        simulated({**found, "credits": shares(333_333, 333_333, 333_333)})


def test_c9_an_override_on_what_the_team_sells() -> None:
    boss = {
        "code": "MGR",
        "version": 1,
        "currency": "USD",
        "component": [
            {
                "code": "team",
                "kind": "override_revenue",
                "axis": "attainment",
                "tiers": tiers((0, 10_000), (1_000_000, 15_000)),
            }
        ],
    }
    found = case(plan(tiers=FLAT), sales(18_000_000, 14_000_000, 5_000_000))
    found["plans"] = [found.pop("plan"), boss]
    found["assignments"] = [*TEAM, {"participant": "max", "plan": "MGR"}]
    found["events"][1]["owner"], found["events"][2]["owner"] = "bob", "max"
    found["hierarchy"] = [{"participant": name, "manager": "max"} for name in ("ann", "bob")]
    found["quotas"] = [{"participant": "max", "window": "2026-Q4", "amount_minor": 30_000_000}]
    assert pays(found, "max") == [330_000]


def test_c10_a_recoverable_draw() -> None:
    months = [{"id": f"2026-{n:02}", "from": f"2026-{n:02}-01", "to": f"2026-{n + 1:02}-01"} for n in range(4, 10)]
    earned = (2_750_000, 3_000_000, 1_500_000, 2_375_000, 3_000_000, 2_750_000)
    events = [{"id": f"e{n}", "on": f"2026-{n:02}-05", "net_minor": x, "owner": "ann"} for n, x in enumerate(earned, 4)]
    found = case(plan(window="month", tiers=FLAT), events, periods=months)
    found["draws"] = [{"participant": "ann", "guarantee_minor": 200_000}]
    assert pays(found) == [275_000, 300_000, 200_000, 200_000, 287_500, 275_000]
    owed = [row["balances"][1]["closing_minor"] for row in simulated(found)["statements"]]
    assert owed == [0, 0, 50_000, 12_500, 0, 0]


@pytest.mark.parametrize(
    ("method", "event", "taken"),
    [("restate", "e1", -400_000), ("original_rate", "e1", -250_000)]
    + [(method, "e3", -400_000) for method in ("restate", "original_rate")],
)
def test_c11_a_sale_taken_back(method: str, event: str, taken: int) -> None:
    rule = plan(reversal=method, tiers=tiers((0, 50_000), (45_000_000, 100_000)))
    events = sales(5_000_000, 38_000_000, 5_000_000, month=8)
    back = {"id": "c", "kind": "cancelled", "on": "2026-11-02", "reverses": event}
    found = simulated(case(rule, [*events, back], periods=[Q3, Q4]))["statements"]
    assert [line["amount_minor"] for line in found[0]["lines"]] == [250_000, 1_900_000, 400_000]
    assert found[1]["lines"][0]["amount_minor"] == taken


def test_c12_payments_add_up() -> None:
    events = [{**sales(100_000)[0], "kind": "invoiced"}]
    events += [
        {"id": f"p{n}", "kind": "paid", "on": f"2026-10-{n:02}", "net_minor": x, "reverses": "e1"}
        for n, x in enumerate((33_333, 33_333, 33_334), 5)
    ]
    assert amounts(case(plan(trigger="payment", tiers=FLAT), events)) == [3333, 3334, 3333]


@pytest.mark.parametrize(("rate", "thirds"), [(60_000, [2000, 2000, 2000]), (100_000, [3333, 3334, 3333])])
def test_c13_thirds(rate: int, thirds: list[int]) -> None:
    rule = plan(tiers=tiers((0, rate)), holdback_ppm=1_000_000, release={"on": "schedule", "parts": 3})
    months = [{"id": f"{n}", "from": f"2026-{n:02}-01", "to": f"2026-{n + 1:02}-01"} for n in (9, 10, 11)]
    assert pays(case(rule, sales(100_000, month=9), periods=months)) == thirds


def test_c14_hired_in_the_middle() -> None:
    rule = plan(axis="attainment", tiers=tiers((0, 80_000), (1_000_000, 120_000)))
    found = case(rule, sales(19_000_000, month=12), quotas=quota(30_000_000))
    found["assignments"] = [{**ANN[0], "from": "2026-11-09"}]
    assert pays(found) == [1_588_696]


def test_c15_what_deals_are_worth() -> None:
    deals = [
        {"id": name, "on": "2026-11-05", "net_minor": x, "probability_ppm": odds}
        for name, x, odds in (("x", 6_000_000, 500_000), ("y", 3_000_000, 400_000))
    ]
    found = case(plan(tiers=STEP), sales(22_000_000), whatif={"participant": "ann", "deals": deals})
    told = simulated(found)["whatif"]
    assert [deal["alone_minor"] for deal in told["deals"]] == [480_000, 180_000]
    assert (told["together_minor"], told["expected_minor"] + 1_320_000) == (780_000, 1_656_000)
    assert told["next_tiers"][0] | {"distance_minor": 3_000_000, "pays_minor": 180_000} == told["next_tiers"][0]


@pytest.mark.parametrize(
    ("percent", "paid"), [(49, 0), (50, 2500), (80, 7000), (100, 10_000), (120, 14_000), (170, 20_000)]
)
def test_c16_a_payout_curve(percent: int, paid: int) -> None:
    points = [(500_000, 250_000), (1_000_000, 1_000_000), (1_500_000, 2_000_000)]
    rule = plan(
        function="curve",
        target_minor=1_000_000,
        points=[{"attainment_ppm": one, "payout_ppm": other} for one, other in points],
    )
    assert pays(case(rule, sales(percent * 100_000), quotas=quota(10_000_000))) == [paid * 100]


def test_c17_a_late_event() -> None:
    late = {**sales(2_000_000, month=9)[0], "id": "late", "recorded_at": "2026-11-03T10:00:00Z"}
    found = simulated(case(plan(tiers=STEP), [*sales(24_000_000, month=8), late], periods=[Q3, Q4]))["statements"]
    (line,) = found[1]["lines"]
    assert (found[0]["payable_minor"], line["kind"], line["amount_minor"]) == (1_440_000, "restatement", 160_000)
    assert (line["earning_period"], line["posting_period"]) == ("2026-Q3", "2026-Q4")


@pytest.mark.parametrize(
    ("recovery", "overpaid", "draws"),
    [(1_000_000, [0, 250_000, 0], [0, 200_000, 50_000]), (500_000, [0, 325_000, 25_000], [0, 125_000, 25_000])],
)
def test_c18_settlement(recovery: int, overpaid: list[int], draws: list[int]) -> None:
    months = [{"id": f"{n}", "from": f"2026-{n:02}-01", "to": f"2026-{n + 1:02}-01"} for n in (9, 10, 11)]
    events = [
        {"id": f"e{n}", "on": f"2026-{n:02}-05", "net_minor": x, "owner": "ann"}
        for n, x in ((9, 5_000_000), (10, 1_500_000), (11, 6_000_000))
    ]
    back = {"id": "c", "kind": "cancelled", "on": "2026-10-20", "net_minor": -4_000_000, "reverses": "e9"}
    rule = plan(window="month", reversal="original_rate", tiers=FLAT)
    found = case(rule, [*events, back], periods=months)
    found["draws"] = [{"participant": "ann", "guarantee_minor": 200_000, "recovery_ppm": recovery}]
    assert pays(found) == [500_000, 200_000, 200_000]
    balances = [row["balances"] for row in simulated(found)["statements"]]
    assert [row[0]["closing_minor"] for row in balances] == overpaid
    assert [row[1]["closing_minor"] for row in balances] == draws


def test_c19_another_currency() -> None:
    event = {**sales(1_234_567)[0], "currency": "EUR", "fx_rate": 1.0842}
    found = simulated(case(plan(tiers=tiers((0, 70_000))), [event]))["statements"][0]["lines"][0]
    assert (found["explain"]["commission_credit_minor"], found["amount"]) == (1_338_518, "936.96")


@pytest.mark.parametrize("measure", ["net", "paid"])
def test_money_that_went_back_takes_its_commission_with_it(measure: str) -> None:
    invoice = {"id": "i1", "kind": "invoiced", "on": "2026-10-01", "net_minor": 100_000, "owner": "ann"}
    moved = [
        {"id": f"p{day}", "kind": "paid", "on": f"2026-10-{day}", "net_minor": amount, "reverses": "i1"}
        for day, amount in ((11, 100_000), (12, -40_000))
    ]
    rule = plan(trigger="payment", measure=measure, tiers=tiers((0, 100_000)))
    assert amounts(case(rule, [invoice, *moved])) == [10_000, -4_000]
