"""The history of a record and the preview of an edit, in the user's words."""

import pytest

from sfa.errors import NotFoundError, UsageError
from sfa.services import accounts, bulk, contacts, history, opportunities
from sfa.services.desk import Desk
from tests.support.contents import contents
from tests.support.factories import USER_NAME, a_contact, a_product, an_account, an_opportunity, clock_of, ref_of


def told(desk: Desk, noun: str, record: str) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(line.verb, line.field, line.old, line.new) for line in history.record_history(desk, noun, record)]


def test_a_deal_tells_its_story_with_names_and_amounts(desk: Desk) -> None:
    account = an_account(desk, name="Acme")
    deal = an_opportunity(desk, amount="40k")
    clock_of(desk).advance(minutes=5)
    opportunities.edit(desk, [deal], {"amount": "50k EUR", "account": account, "probability": "12.5%"})
    lines = history.record_history(desk, "opportunity", deal)
    assert {line.actor for line in lines} == {USER_NAME}
    assert lines[0].at > lines[-1].at
    story = told(desk, "opportunity", deal)
    assert ("changed", "amount", "40,000.00 USD", "50,000.00 EUR") in story
    assert ("changed", "currency", "USD", "EUR") in story
    assert ("changed", "account", None, "Acme") in story
    assert ("changed", "probability", "10%", "12.5%") in story
    assert story[-1] == ("added", None, None, "Acme renewal")
    assert not any("id" in (field or "").split() for _, field, _, _ in story)


def test_a_stage_is_told_by_its_name(desk: Desk) -> None:
    deal = an_opportunity(desk)
    opportunities.move(desk, [deal], "nego")
    assert ("changed", "stage", "Qualification", "Negotiation") in told(desk, "opportunity", deal)


def test_what_hangs_on_a_record_is_part_of_its_story(desk: Desk) -> None:
    an_account(desk, name="Acme")
    jane = a_contact(
        desk, phone="+12125550100", account="Acme", role="buyer", tags="vip", city="Berlin", email="j@a.example"
    )
    contacts.edit(desk, [jane], {"phone": "+12125550199", "role": "signer"})
    contacts.edit(desk, [jane], {"phone": None, "tags": [], "account": None, "email": None})
    story = told(desk, "contact", jane)
    assert ("added", "phone", None, "+12125550100") in story
    assert ("changed", "phone", "+12125550100", "+12125550199") in story
    assert ("removed", "phone", "+12125550199", None) in story
    assert ("changed", "account role", "buyer", "signer") in story
    assert ("removed", "account", "Acme", None) in story
    assert ("removed", "tag", "vip", None) in story
    assert ("added", "address", None, "Berlin") in story
    assert ("removed", "email", "j@a.example", None) in story


def test_removing_and_restoring_are_told(desk: Desk) -> None:
    account = an_account(desk)
    accounts.remove(desk, [account])
    accounts.restore(desk, [account])
    assert [line[0] for line in told(desk, "account", account)] == ["restored", "removed", "added"]
    with pytest.raises(NotFoundError):
        history.record_history(desk, "account", "nobody")


def test_a_preview_tells_what_would_change_and_changes_nothing(desk: Desk) -> None:
    first = an_opportunity(desk, name="First", amount="40k")
    second = an_opportunity(desk, name="Second", amount="50k")
    widget = a_product(desk, name="Widget")
    before = contents(desk, with_local=True)
    planned = bulk.preview(desk, "opportunity", [first, second], {"amount": "50k", "product": widget, "tags": "q2"})
    assert [(change.ref, change.field, change.old, change.new) for change in planned if change.id == first] == [
        (ref_of(desk, "opportunity", first), "amount", "40,000.00 USD", "50,000.00 USD"),
        (ref_of(desk, "opportunity", first), "tag", None, "q2"),
        (ref_of(desk, "opportunity", first), "product", None, "Widget"),
    ]
    assert [change.field for change in planned if change.id == second] == ["tag", "product"]
    assert contents(desk, with_local=True) == before


def test_a_preview_refuses_what_the_edit_would_refuse(desk: Desk) -> None:
    deal = an_opportunity(desk)
    with pytest.raises(UsageError):
        bulk.preview(desk, "opportunity", [deal], {"amount": "much"})
