"""Who must approve a quote, and what a revision needs again."""

from sfa.domain.pricing.approval import (
    ApprovalCondition,
    ApprovalRule,
    Comparison,
    MeasuredLine,
    Metric,
    measure,
    needed,
    undecided,
)


def rule(name: str, approver: str, sequence: int, *conditions: tuple[Metric, Comparison, int]) -> ApprovalRule:
    return ApprovalRule(name, approver, tuple(ApprovalCondition(*one) for one in conditions), sequence)


BLENDED = Metric.BLENDED_DISCOUNT
MATRIX = (
    rule("small", "manager", 1, (BLENDED, Comparison.OVER, 100_000), (BLENDED, Comparison.AT_MOST, 200_000)),
    rule("large", "director", 2, (BLENDED, Comparison.OVER, 200_000), (BLENDED, Comparison.AT_MOST, 300_000)),
    rule("huge", "finance", 3, (BLENDED, Comparison.OVER, 300_000)),
    rule("thin", "finance", 3, (Metric.MARGIN, Comparison.UNDER, 150_000)),
)


def approvers(listed: int, net: int, cost: int | None) -> list[str]:
    return [need.rule.approver for need in needed(MATRIX, measure([MeasuredLine(listed, net, cost)]))]


def test_the_matrix_of_the_reference() -> None:
    assert approvers(100_000, 90_000, 10_000) == []
    assert approvers(100_000, 85_000, 61_200) == ["manager"]
    assert approvers(100_000, 80_000, 10_000) == ["manager"]
    assert approvers(100_000, 79_999, 10_000) == ["director"]
    assert approvers(100_000, 60_000, 10_000) == ["finance"]
    assert approvers(100_000, 95_000, 90_000) == ["finance"]
    assert approvers(100_000, 85_000, 80_000) == ["manager", "finance"]


def test_an_undefined_margin_goes_to_the_highest_level() -> None:
    values = measure([MeasuredLine(10_000, 0, 5000)])
    found = needed(MATRIX[:2] + MATRIX[3:], values)
    assert [(need.rule.id, need.why) for need in found] == [("thin", "margin is undefined, because the net total is 0")]


def test_a_hidden_cost_leaves_the_rule_of_the_margin_to_the_server() -> None:
    values = measure([MeasuredLine(10_000, 9500, None)])
    assert Metric.MARGIN not in values
    assert needed(MATRIX, values) == []
    assert [one.id for one in undecided(MATRIX, values)] == ["thin"]


def test_the_metrics_of_a_quote() -> None:
    lines = [MeasuredLine(10_000, 8000, 5000), MeasuredLine(10_000, 10_000, 5000, is_below_floor=True)]
    assert measure(lines, payment_days=60, clauses=2) == {
        Metric.LINE_DISCOUNT: 200_000,
        BLENDED: 100_000,
        Metric.MARGIN: 444_444,
        Metric.TOTAL: 18_000,
        Metric.PAYMENT_DAYS: 60,
        Metric.FLOOR_BREACHES: 1,
        Metric.CLAUSES: 2,
    }


def test_terms_clauses_floor_and_value_have_their_rules() -> None:
    matrix = [
        rule("terms", "finance", 2, (Metric.PAYMENT_DAYS, Comparison.OVER, 45)),
        rule("clauses", "legal", 1, (Metric.CLAUSES, Comparison.AT_LEAST, 1)),
        rule("floor", "director", 3, (Metric.FLOOR_BREACHES, Comparison.AT_LEAST, 1)),
        rule("value", "board", 4, (Metric.TOTAL, Comparison.OVER, 10_000)),
    ]
    line = MeasuredLine(10_001, 10_001, is_below_floor=True)
    assert [need.rule.approver for need in needed(matrix, measure([line], 60, 1))] == [
        *("legal", "finance", "director", "board")
    ]
    assert needed(matrix, measure([MeasuredLine(10_000, 10_000)], 45)) == []


def approved_at(net: int, cost: int) -> dict[str, dict[Metric, int | None]]:
    """Return what is on record once all have said yes to 1,000.00 sold at a net."""
    return {need.rule.id: dict(need.values) for need in needed(MATRIX, measure([MeasuredLine(100_000, net, cost)]))}


def asked_again(net: int, cost: int, approved: dict[str, dict[Metric, int | None]]) -> list[str]:
    return [need.rule.id for need in needed(MATRIX, measure([MeasuredLine(100_000, net, cost)]), approved)]


def test_a_revision_asks_again_only_where_it_is_worse_than_what_was_approved() -> None:
    approved = approved_at(85_000, 10_000)
    assert asked_again(86_000, 10_000, approved) == []
    assert asked_again(85_000, 10_000, approved) == []
    assert asked_again(84_000, 10_000, approved) == ["small"]
    assert asked_again(86_000, 80_000, approved) == ["thin"]


def test_a_yes_from_above_covers_a_lower_band_and_never_the_other_way_round() -> None:
    assert asked_again(85_000, 10_000, approved_at(75_000, 10_000)) == []
    assert asked_again(78_000, 10_000, {"small": {BLENDED: 250_000}}) == ["large"]


def test_an_undefined_margin_is_approved_as_such() -> None:
    approved = approved_at(0, 5000)
    assert asked_again(0, 5000, approved) == []
    assert asked_again(0, 5000, {"thin": {Metric.MARGIN: 100_000}}) == ["huge", "thin"]


def test_a_clone_has_the_metrics_of_its_original() -> None:
    lines = [MeasuredLine(10_000, 8000, 5000), MeasuredLine(500, 500, 100)]
    assert measure(list(lines)) == measure(lines[::-1])
