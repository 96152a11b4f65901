"""What-if answers that are no figure: what is missing, in one sentence with a remedy."""

import pytest

from sfa.errors import ConflictError, UsageError
from sfa.services import commission_statements, commission_whatif
from sfa.services.desk import Desk
from tests.support.commissions import FLAT, ME, TIERS, a_plan, a_quota, a_won_deal


def test_a_missing_quota_is_told_with_the_command_that_sets_it(desk: Desk) -> None:
    a_plan(desk, TIERS)
    found = commission_whatif.whatif(desk, ["win a deal in april at 40k"])
    assert found.estimate.together_minor == 0
    assert list(found.notes) == [
        f'{ME} has no quota for sales in 2026-Q2, so nothing is paid for it: sfa quota set "{ME}" 2026-Q2 AMOUNT'
    ]
    a_quota(desk, "10k", "2026-Q2")
    assert list(commission_whatif.whatif(desk, ["win a deal in april at 40k"]).notes) == []


def test_a_missing_rate_of_exchange_is_told_with_the_command_that_gives_it(desk: Desk) -> None:
    a_plan(desk, FLAT)
    with pytest.raises(ConflictError, match="is in EUR, and no rate of exchange to USD") as told:
        commission_whatif.whatif(desk, ["win a deal in april at 500 EUR"])
    assert told.value.hint == "Give one: sfa price rate EUR USD RATE --on 2026-04-30"
    a_won_deal(desk, "Acme renewal", "500 EUR", "2026-03-02")
    with pytest.raises(ConflictError, match="Acme renewal of 2026-03-02 is in EUR"):
        commission_statements.statement(desk)


def test_a_deal_below_zero_is_refused(desk: Desk) -> None:
    a_plan(desk, FLAT)
    with pytest.raises(UsageError, match="not below zero"):
        commission_whatif.whatif(desk, ["win a deal at -40k"])
