"""Why a customer has its value: what is known of it, and what would tell the rest."""

import pytest

from sfa.errors import ConflictError
from sfa.services.desk import Desk
from sfa.services.report_catalogue import records_of
from sfa.services.report_request import request
from sfa.services.report_table import Report, Row
from sfa.services.report_why import why
from tests.support.book_of_sales import a_sale
from tests.support.factories import an_account


def told(desk: Desk, account: str) -> Report:
    return why(desk, request(desk, "value"), account)


def by_indicator(found: Report) -> dict[str, Row]:
    return {row["indicator"]: row for row in found.rows}


def test_each_indicator_says_what_it_is_and_the_missing_ones_what_would_tell_them(desk: Desk) -> None:
    acme = an_account(desk, category_spend="400", spend_source="their buyer", influence=4)
    a_sale(desk, acme, "2026-02-01", (None, 100_00, None))
    found = told(desk, acme)
    rows = by_indicator(found)
    assert len(rows) == 18
    assert sum(row["weight"] for row in rows.values()) == 400
    assert (rows["purchase volume"]["is"], rows["industry influence"]["is"]) == ("100.00 USD", "4 of 5")
    assert (rows["share of wallet"]["is"], rows["share of wallet"]["score"]) == ("25.0%", 25.0)
    assert (rows["management level"]["score"], rows["management level"]["from"]) == (None, "management level, 1 to 5")
    assert [row["score"] is None for row in found.rows] == sorted(row["score"] is None for row in found.rows)
    # volume 0.1 of 25, wallet 25 of 15, influence 75 of 10; growth and strength are not known
    assert "Acme: Economise" in found.note
    assert "Value 22.6: contribution 22.6 (0.6), growth - (0.2)" in found.note
    assert "estimated 2026-03-10, by their buyer" in found.note


def test_an_indicator_opens_into_what_it_was_counted_from(desk: Desk) -> None:
    acme = an_account(desk)
    a_sale(desk, acme, "2026-02-01")
    a_sale(desk, acme, "2019-02-01")
    a_sale(desk, acme, "2026-02-02", state="cancelled")
    friend = an_account(desk, name="Friend", referrer="Acme")
    a_sale(desk, friend, "2026-02-01", (None, 100_00, 60_00))
    found = told(desk, acme)
    rows = by_indicator(found)

    def behind(indicator: str) -> list[object]:
        noun, listed = records_of(desk, found, rows[indicator])
        return [record[{"account": "name"}.get(noun, "number")] for record in listed.rows]

    assert behind("repeat purchase") == ["SO-1"]
    assert behind("years with us") == ["SO-1", "SO-2"]
    assert behind("purchase volume") == ["I-SO-1"]
    assert behind("referral value") == ["Friend"]
    assert behind("switching cost") == ["Acme"]


def test_who_never_bought_has_no_value_to_explain(desk: Desk) -> None:
    with pytest.raises(ConflictError, match="Acme has not bought yet"):
        told(desk, an_account(desk))
