"""Contacts and where they work; activities, tasks, notes and appointments."""

from datetime import timedelta, timezone

import pytest

from sfa.errors import ConflictError, UsageError
from sfa.services import accounts, activities, contacts, events, leads, tasks
from sfa.services.desk import Desk
from tests.support.factories import (
    a_contact,
    a_note,
    a_task,
    an_account,
    an_activity,
    an_event,
    an_opportunity,
    clock_of,
    column_of,
)


@pytest.mark.parametrize(
    ("values", "stored"),
    [
        ({"name": "Jane van Dyke"}, ("Jane van Dyke", "Jane", "van Dyke")),
        ({"name": "Doe, Jane"}, ("Jane Doe", "Jane", "Doe")),
        ({"given_name": "Jane", "family_name": "Doe"}, ("Jane Doe", "Jane", "Doe")),
        ({"name": "王小明"}, ("王小明", "小明", "王")),
        ({"given_name": "小明", "family_name": "王"}, ("王小明", "小明", "王")),
        ({"name": "Cher"}, ("Cher", "Cher", None)),
    ],
)
def test_a_name_and_its_parts_agree(desk: Desk, values: dict[str, object], stored: tuple[str | None, ...]) -> None:
    contact = contacts.add(desk, values).id
    assert contact
    assert desk.store.row("SELECT name, given_name, family_name FROM contact WHERE id = ?", (contact,)) == stored


def test_a_changed_family_name_changes_the_whole(desk: Desk) -> None:
    jane = a_contact(desk, name="Jane Doe")
    contacts.edit(desk, [jane], {"family_name": "Roe"})
    assert column_of(desk, "contact", jane, "name") == "Jane Roe"


def test_a_lead_may_go_by_its_company(desk: Desk) -> None:
    lead = leads.add(desk, {"company": "Acme"}).id
    assert lead
    assert column_of(desk, "lead", lead, "name") == "Acme"


def roles(desk: Desk, contact: str) -> list[tuple[object, ...]]:
    sql = (
        "SELECT a.name, r.role, r.valid_from, r.valid_to FROM contact_role r JOIN account a ON a.id = r.account_id"
        " WHERE contact_id = ? ORDER BY r.id"
    )
    return desk.store.rows(sql, (contact,))


def test_a_contact_changes_employers_and_the_old_one_is_remembered(desk: Desk) -> None:
    an_account(desk, name="Acme")
    an_account(desk, name="Bcme")
    jane = a_contact(desk, account="Acme", role="buyer")
    clock_of(desk).advance(days=30)
    contacts.edit(desk, [jane], {"account": "Bcme"})
    assert roles(desk, jane) == [
        ("Acme", "buyer", "2026-03-10", "2026-04-09"),
        ("Bcme", None, "2026-04-09", None),
    ]
    contacts.edit(desk, [jane], {"role": "head of purchasing"})
    contacts.edit(desk, [jane], {"account": "Bcme"})
    assert roles(desk, jane)[1:] == [("Bcme", "head of purchasing", "2026-04-09", None)]
    contacts.edit(desk, [jane], {"account": None})
    assert roles(desk, jane)[1][3] == "2026-04-09"
    with pytest.raises(UsageError, match="A role is one at an account"):
        contacts.edit(desk, [jane], {"role": "buyer"})


def test_an_edit_replaces_the_number_of_its_kind_and_no_other(desk: Desk) -> None:
    jane = a_contact(
        desk, phone="+12125550100", mobile="+12125550101", email="j@acme.example", email_2="jane@home.example"
    )
    contacts.edit(desk, [jane], {"phone": "+12125550199", "email": "jane@acme.example"})
    assert desk.store.rows("SELECT kind, number FROM phone ORDER BY kind") == [
        ("mobile", "+12125550101"),
        ("work", "+12125550199"),
    ]
    assert desk.store.rows("SELECT address FROM email ORDER BY is_primary DESC") == [
        ("jane@acme.example",),
        ("jane@home.example",),
    ]
    contacts.edit(desk, [jane], {"mobile": None})
    assert desk.store.rows("SELECT kind FROM phone") == [("work",)]


def test_an_address_changes_field_by_field_and_goes_when_empty(desk: Desk) -> None:
    account = an_account(desk, street="1 Main St", city="Springfield")
    accounts.edit(desk, [account], {"city": "Shelbyville", "country": "US"})
    assert desk.store.rows("SELECT street, city, country FROM address") == [("1 Main St", "Shelbyville", "US")]
    accounts.edit(desk, [account], {"street": None, "city": None, "country": None})
    assert desk.store.rows("SELECT * FROM address") == []


def test_an_account_with_open_deals_stays_unless_one_insists(desk: Desk) -> None:
    account = an_account(desk)
    deal = an_opportunity(desk, account=account)
    with pytest.raises(ConflictError, match="has 1 open deal"):
        accounts.remove(desk, [account])
    accounts.remove(desk, [account], is_forced=True)
    assert column_of(desk, "account", account, "deleted_at") is not None
    assert column_of(desk, "opportunity", deal, "deleted_at") is None


def test_parents_make_no_circle(desk: Desk) -> None:
    mother = an_account(desk, name="Mother")
    daughter = an_account(desk, name="Daughter", parent=mother)
    with pytest.raises(ConflictError, match="circle among parents"):
        accounts.edit(desk, [mother], {"parent": daughter})
    with pytest.raises(ConflictError):
        accounts.edit(desk, [mother], {"parent": mother})


def test_an_activity_fills_what_one_link_tells(desk: Desk) -> None:
    account = an_account(desk)
    deal = an_opportunity(desk, account=account)
    visit = activities.add(desk, {"kind": "visit", "opportunity": deal}).id
    assert visit
    assert column_of(desk, "activity", visit, "account_id") == account
    assert column_of(desk, "activity", visit, "subject") == "Visit to Acme"
    assert column_of(desk, "activity", visit, "started_at") == "2026-03-10T12:00:00.000Z"
    incoming = activities.add(desk, {"kind": "call", "direction": "in"}).id
    assert incoming
    assert column_of(desk, "activity", incoming, "subject") == "Call"


def test_internal_talks_count_as_internal(desk: Desk) -> None:
    talk = an_activity(desk, kind="coaching")
    assert column_of(desk, "activity", talk, "is_internal") == 1
    activities.edit(desk, [talk], {"kind": "call"})
    assert column_of(desk, "activity", talk, "is_internal") == 0


def test_exactly_the_named_people_took_part(desk: Desk) -> None:
    jane, ann, bob = (a_contact(desk, name=name) for name in ("Jane Doe", "Ann Roe", "Bob Poe"))
    call = an_activity(desk, contact=[jane, ann, jane])
    activities.edit(desk, [call], {"contact": [ann, bob]})
    assert {row[0] for row in desk.store.rows("SELECT contact_id FROM activity_contact")} == {ann, bob}


def test_a_task_keeps_status_and_time_together(desk: Desk) -> None:
    task = a_task(desk, due_time="9:30")
    assert desk.store.row("SELECT due_on, due_time, status FROM task") == ("2026-03-10", "09:30", "open")
    tasks.edit(desk, [task], {"done": "yesterday"})
    assert desk.store.row("SELECT status, done_at FROM task") == ("done", "2026-03-09T12:00:00.000Z")
    tasks.reopen(desk, [task])
    assert desk.store.row("SELECT status, done_at FROM task") == ("open", None)
    assert tasks.reopen(desk, [task]).count == 0
    with pytest.raises(UsageError, match="time of day"):
        tasks.edit(desk, [task], {"due_time": "soon"})


def test_a_note_keeps_its_lines(desk: Desk) -> None:
    note = a_note(desk, body="one\r\ntwo")
    assert column_of(desk, "note", note, "body") == "one\ntwo"


def event_times(desk: Desk, event: str) -> tuple[object, ...]:
    sql = "SELECT starts_wall, ends_wall, is_all_day, starts_at, ends_at FROM event WHERE id = ?"
    return tuple(desk.store.row(sql, (event,)))


@pytest.mark.parametrize(
    ("starts", "ends", "wall"),
    [
        ("tue 10:00", None, ("2026-03-17T10:00", "2026-03-17T11:00", 0)),
        ("tue 10:00", "11:30", ("2026-03-17T10:00", "2026-03-17T11:30", 0)),
        ("tue 10:00", "90min", ("2026-03-17T10:00", "2026-03-17T11:30", 0)),
        ("2026-03-12", None, ("2026-03-12", "2026-03-13", 1)),
        ("2026-03-12", "2026-03-14", ("2026-03-12", "2026-03-15", 1)),
    ],
)
def test_an_appointment_ends_when_one_expects(
    desk: Desk, starts: str, ends: str | None, wall: tuple[object, ...]
) -> None:
    event = an_event(desk, starts=starts, ends=ends)
    assert event_times(desk, event)[:3] == wall


def test_an_appointment_moves_with_its_length(desk: Desk) -> None:
    clock_of(desk)._zone = timezone(timedelta(hours=8))
    event = an_event(desk, starts="2026-03-11T10:00", ends="2h")
    events.edit(desk, [event], {"starts": "2026-03-12T09:00"})
    assert event_times(desk, event) == (
        "2026-03-12T09:00", "2026-03-12T11:00", 0, "2026-03-12T01:00:00.000Z", "2026-03-12T03:00:00.000Z",
    )  # fmt: skip
    with pytest.raises(UsageError, match="cannot end before it begins"):
        events.edit(desk, [event], {"ends": "2026-03-12T08:00"})


def test_an_appointment_needs_its_beginning(desk: Desk) -> None:
    with pytest.raises(UsageError, match="An event needs its beginning"):
        events.add(desk, {"subject": "Demo"})
