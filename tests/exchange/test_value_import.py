"""What is told of customers' value comes with a table of companies, and goes out and in again."""

from pathlib import Path

import pytest

from sfa.services.desk import Desk
from sfa.services.records import add_within
from tests.exchange.test_importer_changes import Inbox, counts, reasons
from tests.support.factories import an_account

HEADER = (
    "Company,Referred By,Wallet,Estimated On,Spend Source,Operates In,Industry Influence,Competitor Relation,"
    "Switching Cost,Management Level,Credit Rating,Risk"
)
SEEN = ("category_spend", "spend_as_of", "operates_in", "influence", "switching_effort", "credit_rating", "risk_band")


@pytest.fixture
def inbox(desk: Desk, tmp_path: Path) -> Inbox:
    with desk.store.write("territory.add", "") as work:
        for name in ("Asia", "Europe"):
            add_within(desk, work, "territory", {"name": name})
    (tmp_path / "in").mkdir()
    return Inbox(desk, tmp_path / "in")


def test_ratings_estimates_and_regions_come_with_their_columns(inbox: Inbox) -> None:
    an_account(inbox.desk, name="Friend")
    found = inbox.take(
        "account",
        f"{HEADER}\nAcme,Friend,400 USD,2026-01-05,their buyer,europe; Asia,4,3,5,2,1,low\n"
        "Beta,,,,,Mars,1,,,,,\nGamma,,,,,,9,,,,,\n",
    )
    assert (counts(found)[0], reasons(found)) == (
        1, ["Operates in: no territory is called Mars.", "influence of 9 is out of bounds (1 to 5)"],
    )  # fmt: skip
    told = inbox.only("account", "referrer", *SEEN, where="name=Acme")
    assert [str(value) for value in told] == [
        "Friend", "400.00 USD", "2026-01-05", "Europe, Asia", "4", "5", "1", "low",
    ]  # fmt: skip


def test_a_new_estimate_without_a_day_is_of_today_and_the_same_one_stays_as_it_was(inbox: Inbox) -> None:
    an_account(inbox.desk, category_spend="400", spend_as_of="2026-01-05")
    same = inbox.take("account", "Company,Wallet\nAcme,400 USD\n")
    assert (counts(same)[1], inbox.only("account", "spend_as_of")) == (0, ("2026-01-05",))
    inbox.take("account", "Company,Wallet\nAcme,500 USD\n")
    assert inbox.only("account", "spend_as_of") == ("2026-03-10",)


def test_who_refers_itself_is_refused_and_who_stands_in_the_file_is_found_by_its_rest(inbox: Inbox) -> None:
    an_account(inbox.desk)
    assert reasons(inbox.take("account", "Company,Referrer\nAcme,Acme\n")) == ["an account does not refer itself"]
    rows = "Company,Referrer\nBeta,Gamma\nGamma,Acme\n"
    assert counts(inbox.take("account", rows))[0] == 1
    assert counts(inbox.take("account", rows))[0] == 1
    assert inbox.only("account", "referrer", where="name=Beta") == ("Gamma",)
