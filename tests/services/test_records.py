"""Adding, editing, removing and restoring records of every noun."""

import pytest

from sfa.errors import NotFoundError, UsageError
from sfa.services import accounts, activities, contacts, opportunities, tasks
from sfa.services.desk import Desk
from tests.support.factories import TODAY, column_of


def test_an_account_is_added_with_what_hangs_on_it(desk: Desk) -> None:
    saved = accounts.add(
        desk,
        {
            "name": "Acme GmbH",
            "phone": "+1 212 555 0100",
            "email": "info@Acme.com",
            "city": "Berlin",
            "tags": "vip, key account",
            "annual_revenue": "5m EUR",
            "type": "cust",
            "external_id": "17",
        },
    )
    assert saved.id
    assert saved.summary == f"Added account Acme GmbH ({saved.ref})"
    assert column_of(desk, "account", saved.id, "type") == "customer"
    assert column_of(desk, "account", saved.id, "annual_revenue_minor") == 500_000_000
    assert column_of(desk, "account", saved.id, "currency") == "EUR"
    assert column_of(desk, "account", saved.id, "domain") == "acme.com"
    assert column_of(desk, "account", saved.id, "match_key") == "acme"
    assert column_of(desk, "account", saved.id, "created_on") == TODAY.isoformat()
    assert desk.store.rows("SELECT number, e164, is_primary FROM phone") == [("+1 212 555 0100", "+12125550100", 1)]
    assert desk.store.rows("SELECT address, folded FROM email") == [("info@Acme.com", "info@acme.com")]
    assert desk.store.rows("SELECT city FROM address") == [("Berlin",)]
    assert desk.store.rows("SELECT name FROM tag ORDER BY name") == [("key account",), ("vip",)]


def test_an_unknown_field_names_the_near_ones(desk: Desk) -> None:
    with pytest.raises(UsageError) as error:
        accounts.add(desk, {"name": "Acme", "webiste": "acme.com"})
    assert error.value.hint == "Did you mean website?"


def test_a_text_that_is_too_long_names_field_and_limit(desk: Desk) -> None:
    with pytest.raises(UsageError, match="Name is too long: 201 characters, 200 at most"):
        accounts.add(desk, {"name": "x" * 201})


def test_a_deal_goes_its_way(desk: Desk) -> None:
    account = accounts.add(desk, {"name": "Acme"}).id
    deal = opportunities.add(desk, {"account": account, "amount": "40k", "close_date": "2026-06-30"})
    assert deal.id
    assert column_of(desk, "opportunity", deal.id, "name") == "Acme deal"
    moved = opportunities.move(desk, [deal.id], "nego")
    assert moved.summary == f"Moved Acme deal ({deal.ref}) from Qualification to Negotiation"
    assert column_of(desk, "opportunity", deal.id, "probability_ppm") == 800_000
    won = opportunities.win(desk, [deal.id], reason="price")
    assert won.summary == f"Won Acme deal ({deal.ref})"
    assert column_of(desk, "opportunity", deal.id, "closed_on") == TODAY.isoformat()
    opportunities.reopen(desk, [deal.id])
    assert column_of(desk, "opportunity", deal.id, "is_won") is None
    assert column_of(desk, "opportunity", deal.id, "probability_ppm") == 800_000


def test_a_record_in_the_trash_comes_back(desk: Desk) -> None:
    account = accounts.add(desk, {"name": "Acme"}).id
    assert account
    accounts.remove(desk, [account])
    with pytest.raises(NotFoundError, match="in the trash"):
        accounts.edit(desk, [account], {"name": "Bcme"})
    accounts.restore(desk, [account])
    accounts.edit(desk, [account], {"name": "Bcme"})
    assert column_of(desk, "account", account, "name") == "Bcme"


def test_an_activity_names_itself_after_its_people(desk: Desk) -> None:
    account = accounts.add(desk, {"name": "Acme"}).id
    jane = contacts.add(desk, {"name": "Jane Doe", "account": account}).id
    ann = contacts.add(desk, {"name": "Ann Roe"}).id
    call = activities.add(desk, {"kind": "call", "contact": [jane, ann], "duration_min": "1h30"})
    assert call.id
    assert column_of(desk, "activity", call.id, "subject") == "Call with Jane Doe, Ann Roe"
    assert column_of(desk, "activity", call.id, "duration_min") == 90
    assert column_of(desk, "activity", call.id, "account_id") == account


def test_a_task_is_ticked_off(desk: Desk) -> None:
    task = tasks.add(desk, {"subject": "Send quote", "due": "tomorrow"})
    assert task.id
    done = tasks.complete(desk, [task.id])
    assert done.summary == f"Completed Send quote ({task.ref})"
    assert column_of(desk, "task", task.id, "status") == "done"
    assert column_of(desk, "task", task.id, "done_at") is not None
