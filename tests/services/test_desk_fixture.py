"""The desk that tests are handed."""

from sfa.services.desk import Desk
from tests.support.factories import TODAY, an_account, ref_of


def test_a_desk_stands_still_at_its_day(desk: Desk) -> None:
    assert desk.today == TODAY
    assert desk.currency == "USD"


def test_a_record_has_a_reference_of_at_least_four_letters(desk: Desk) -> None:
    account = an_account(desk, name="Acme")
    assert account.endswith(ref_of(desk, "account", account))
    assert len(ref_of(desk, "account", account)) >= 4
