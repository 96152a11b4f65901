"""Who must approve a quote, in which order, and what a revision needs again (domain.md 2.7)."""

import pytest

from sfa.errors import ConflictError, NotAllowedError, SfaError, UsageError
from sfa.services import approval_rules, quote_approvals, quote_copies, quote_headers, quote_lines, quote_states, users
from sfa.services.desk import Desk
from sfa.services.quote_headers import Header
from sfa.services.quote_line_text import LineText
from sfa.services.quote_sheet import Meant, load
from tests.support.factories import a_user
from tests.support.quotes import a_catalogue, a_quote, approve_as, as_user, seen, state, usual_rules


def _discounted(desk: Desk, share: str) -> Meant:
    return a_quote(desk, LineText(product="PS-1", quantity="10", discount=share))


@pytest.mark.parametrize(
    ("share", "approvers"),
    [
        ("10%", []),
        ("15%", ["manager"]),
        ("25%", ["manager", "director"]),
        ("35%", ["manager", "director", "finance", "finance"]),
    ],
)
def test_the_usual_matrix(desk: Desk, share: str, approvers: list[str]) -> None:
    a_catalogue(desk)
    usual_rules(desk)
    meant = _discounted(desk, share)
    assert [need.rule.approver for need in quote_approvals.needs(desk, load(desk, meant))] == approvers


def test_a_quote_that_needs_nobody_is_approved_at_once(desk: Desk) -> None:
    usual_rules(desk)
    meant = _discounted(desk, "5%")
    quote_approvals.submit(desk, meant)
    assert state(desk, meant) == "approved"


def test_a_header_discount_counts_too(desk: Desk) -> None:
    usual_rules(desk)
    meant = _discounted(desk, "8%")
    quote_headers.put(desk, meant, Header("5%"))
    with pytest.raises(ConflictError, match="needs the approval of manager"):
        quote_states.send(desk, meant)


def test_approvers_act_in_sequence(desk: Desk) -> None:
    usual_rules(desk)
    meant = _discounted(desk, "25%")
    quote_approvals.submit(desk, meant)
    with as_user(desk, "Dora", "director"):
        assert [one.approver for one in quote_approvals.waiting_for(desk, desk.user_id)] == ["manager"]
        quote_approvals.approve(desk, meant)
        assert state(desk, meant) == "in_approval"
        quote_approvals.approve(desk, meant, "as agreed")
    assert state(desk, meant) == "approved"
    assert [(one.status, one.decided_by) for one in seen(desk, meant).approvals] == [("approved", "Dora")] * 2


def test_nobody_approves_their_own_quote(desk: Desk) -> None:
    usual_rules(desk)
    meant = _discounted(desk, "15%")
    quote_approvals.submit(desk, meant)
    desk.store.connection.execute("UPDATE app_user SET role = 'admin'")
    with pytest.raises(NotAllowedError, match="their own"):
        quote_approvals.approve(desk, meant)
    assert quote_approvals.waiting_for(desk, desk.user_id) == []


def test_the_managers_above_decide_not_those_beside(desk: Desk) -> None:
    usual_rules(desk)
    meant = _discounted(desk, "15%")
    mine = a_user(desk, name="Mia", role="manager")
    desk.store.connection.execute("UPDATE app_user SET manager_id = ? WHERE id = ?", (mine, desk.user_id))
    quote_approvals.submit(desk, meant)
    with as_user(desk, "Otto", "manager"), pytest.raises(NotAllowedError, match="for the manager"):
        quote_approvals.approve(desk, meant)
    with as_user(desk, "Rita", "rep"), pytest.raises(NotAllowedError):
        quote_approvals.approve(desk, meant)
    approve_as(desk, meant, "Mia")
    assert state(desk, meant) == "approved"


def test_a_refusal_needs_a_reason_and_makes_it_a_draft_again(desk: Desk) -> None:
    usual_rules(desk)
    meant = _discounted(desk, "25%")
    quote_approvals.submit(desk, meant)
    with as_user(desk, "Boss"):
        with pytest.raises(UsageError, match="needs a reason"):
            quote_approvals.refuse(desk, meant, " ")
        quote_approvals.refuse(desk, meant, "too much")
    assert state(desk, meant) == "draft"
    assert {one.status for one in seen(desk, meant).approvals} == {"refused", "withdrawn", "needed"}


def test_an_edit_of_an_approved_quote_makes_it_a_draft_and_no_worse_needs_no_yes(desk: Desk) -> None:
    usual_rules(desk)
    meant = _discounted(desk, "15%")
    quote_approvals.submit(desk, meant)
    approve_as(desk, meant, "Boss")
    quote_lines.edit(desk, meant, [1], LineText(discount="14%"))
    assert state(desk, meant) == "draft"
    quote_states.send(desk, meant)
    assert state(desk, meant) == "sent"


def test_a_revision_needs_a_yes_again_only_where_it_is_worse(desk: Desk) -> None:
    usual_rules(desk)
    meant = _discounted(desk, "15%")
    quote_approvals.submit(desk, meant)
    approve_as(desk, meant, "Boss")
    quote_states.send(desk, meant)
    quote_copies.revise(desk, meant)
    assert quote_approvals.needs(desk, load(desk, meant)) == []
    quote_lines.edit(desk, meant, [1], LineText(discount="16%"))
    assert [need.rule.approver for need in quote_approvals.needs(desk, load(desk, meant))] == ["manager"]


def test_a_thin_margin_goes_to_finance_and_is_told_to_who_may_know(desk: Desk) -> None:
    a_catalogue(desk)
    approval_rules.add(desk, ["margin < 15%"], "finance", name="Thin")
    meant = a_quote(desk, LineText(product="PS-1", price="65"))
    (asked,) = seen(desk, meant).approvals
    assert (asked.approver, asked.why) == ("finance", "Thin")
    desk.store.connection.execute("UPDATE app_user SET role = 'finance'")
    assert seen(desk, meant).approvals[0].why.startswith("margin 7.69")


def test_an_empty_quote_cannot_be_submitted(desk: Desk) -> None:
    meant = a_quote(desk)
    quote_lines.remove(desk, meant, [1])
    with pytest.raises(UsageError, match="offers nothing"):
        quote_approvals.submit(desk, meant)


@pytest.mark.parametrize("condition", ["margin 15", "luck > 3", "margin < lots", ""])
def test_a_condition_that_is_none_is_refused(desk: Desk, condition: str) -> None:
    with pytest.raises(SfaError):
        approval_rules.add(desk, [condition], "manager")
    assert approval_rules.rules(desk) == []


def test_the_usual_rules_come_once(desk: Desk) -> None:
    usual_rules(desk)
    with pytest.raises(ConflictError, match="rules already"):
        usual_rules(desk)
    assert len(approval_rules.rules(desk)) == 4


def test_who_is_nobody_yet_has_nothing_waiting(desk: Desk) -> None:
    assert quote_approvals.waiting_for(desk, None) == []
    assert users.VERBS.noun == "user"
