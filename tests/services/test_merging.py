"""Two records made one: what stays, what moves, what leads where, and that one undo takes it all back."""

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.queries.trash import referring
from sfa.errors import ConflictError, NotFoundError, UsageError
from sfa.services import contacts, dedupe, history, listing, merging, references, trash
from sfa.services.desk import Desk
from tests.support.contents import contents
from tests.support.factories import (
    a_contact,
    a_note,
    a_task,
    an_account,
    an_activity,
    an_event,
    an_opportunity,
    column_of,
    make_desk,
    ref_of,
)


def numbers(desk: Desk, table: str, column: str, owner: str, record_id: str) -> list[str]:
    return [
        row[0] for row in desk.store.rows(f"SELECT {column} FROM {table} WHERE {owner} = ? ORDER BY id", (record_id,))
    ]


def test_empty_fields_are_filled_and_others_kept(desk: Desk) -> None:
    keep = a_contact(desk, name="Jane Doe", title="Buyer", description="Met in Berlin.")
    lose = a_contact(desk, name="Janet Doe", title="Owner", birthday="1980-04-12", description="Likes tea.")
    saved = merging.merge(desk, "contact", keep, lose)
    assert saved.summary == f"Merged contact Janet Doe ({ref_of(desk, 'contact', lose)}) into Jane Doe ({saved.ref})"
    found = listing.record(desk, "contact", keep)
    assert (found["name"], found["title"], found["birthday"]) == ("Jane Doe", "Buyer", "1980-04-12")
    assert found["description"] == "Met in Berlin.\n\nLikes tea."


def test_a_field_can_be_taken_from_the_one_that_goes_with_what_belongs_to_it(desk: Desk) -> None:
    keep = a_contact(desk, name="J. Doe", title="Buyer")
    lose = a_contact(desk, name="Jane van Dyke", title="Owner")
    merging.merge(desk, "contact", keep, lose, ["name"])
    found = listing.record(desk, "contact", keep)
    assert (found["name"], found["given_name"], found["family_name"]) == ("Jane van Dyke", "Jane", "van Dyke")
    assert found["title"] == "Buyer"


def test_amounts_never_come_without_their_currency(desk: Desk) -> None:
    keep = an_account(desk, name="Acme", annual_revenue="10 EUR")
    lose = an_account(desk, name="Acme Inc", annual_revenue="20 USD", credit_limit="5 USD")
    merging.merge(desk, "account", keep, lose)
    assert [
        column_of(desk, "account", keep, name) for name in ("annual_revenue_minor", "credit_limit_minor", "currency")
    ] == [1000, None, "EUR"]
    other = an_account(desk, name="Empty")
    third = an_account(desk, name="Full", annual_revenue="20 USD", credit_limit="5 USD")
    merging.merge(desk, "account", other, third)
    assert [
        column_of(desk, "account", other, name) for name in ("annual_revenue_minor", "credit_limit_minor", "currency")
    ] == [2000, 500, "USD"]


def test_phones_mails_addresses_tags_and_ids_become_one_set(desk: Desk) -> None:
    keep = a_contact(
        desk, phone="+1 212 555 0100", email="jane@x.example", city="Berlin", tags=["vip"], external_id="A1"
    )
    lose = a_contact(
        desk, phone="212 555 0100", mobile="+1 212 555 0199", email="JANE@x.example", email_2="j@y.example",
        city="Paris", tags=["vip", "fair"], external_id="B2",
    )  # fmt: skip
    merging.merge(desk, "contact", keep, lose)
    assert numbers(desk, "phone", "number", "contact_id", keep) == ["+1 212 555 0100", "+1 212 555 0199"]
    assert numbers(desk, "email", "folded", "contact_id", keep) == ["jane@x.example", "j@y.example"]
    assert numbers(desk, "address", "city", "contact_id", keep) == ["Berlin", "Paris"]
    assert sorted(listing.record(desk, "contact", keep)["tags"].split()) == ["fair", "vip"]
    assert sorted(numbers(desk, "external_id", "value", "row_id", keep)) == ["A1", "B2"]
    assert desk.store.value("SELECT count(*) FROM phone WHERE contact_id = ? AND is_primary", (keep,)) == 1


def test_everything_that_named_the_one_names_the_other(desk: Desk) -> None:
    keep, lose = an_account(desk, name="Acme"), an_account(desk, name="ACME Inc", employees=5)
    child = an_account(desk, name="Acme North", parent=lose)
    jane = a_contact(desk, name="Jane Doe", account=lose)
    deals = [an_opportunity(desk, account=account, amount="100 USD") for account in (keep, lose)]
    an_activity(desk, account=lose, contact=jane)
    a_task(desk, account=lose)
    a_note(desk, account=lose)
    an_event(desk, account=lose)
    before = desk.store.value("SELECT sum(amount_minor) FROM opportunity")
    merging.merge(desk, "account", keep, lose)
    for table, column in referring(desk.store, "account"):
        if column != "merged_into":
            assert desk.store.value(f"SELECT count(*) FROM {table} WHERE {column} = ?", (lose,)) == 0, (table, column)
    assert column_of(desk, "account", child, "parent_id") == keep
    assert {column_of(desk, "opportunity", deal, "account_id") for deal in deals} == {keep}
    assert desk.store.value("SELECT sum(amount_minor) FROM opportunity WHERE account_id = ?", (keep,)) == before
    assert listing.record(desk, "contact", jane)["account"] == "Acme"
    assert column_of(desk, "account", keep, "employees") == 5


def test_a_call_with_both_is_a_call_with_one_and_a_deal_names_a_person_once(desk: Desk) -> None:
    keep, lose = a_contact(desk, name="Jane Doe"), a_contact(desk, name="Jane D.")
    call = an_activity(desk, contact=[keep, lose])
    deal = an_opportunity(desk, contact=lose)
    merging.merge(desk, "contact", keep, lose)
    assert numbers(desk, "activity_contact", "contact_id", "activity_id", call) == [keep]
    assert numbers(desk, "opportunity_contact", "contact_id", "opportunity_id", deal) == [keep]


def test_the_old_id_and_reference_lead_to_the_one_that_stays_through_any_number_of_merges(desk: Desk) -> None:
    first, second, third = (an_account(desk, name=name) for name in ("Acme", "Acme Two", "Acme Three"))
    ref = ref_of(desk, "account", third)
    merging.merge(desk, "account", second, third)
    merging.merge(desk, "account", first, second)
    for name in (third, ref, second):
        assert references.resolve(desk, "account", name).id == first


def test_a_tombstone_is_no_trash(desk: Desk) -> None:
    keep, lose = an_account(desk, name="Acme"), an_account(desk, name="Acme Two")
    merging.merge(desk, "account", keep, lose)
    assert trash.trashed(desk) == []
    with pytest.raises(ConflictError, match="was merged into Acme"):
        trash.restore(desk, "account", [lose])
    with pytest.raises(NotFoundError):
        merging.merge(desk, "account", keep, lose)


def test_a_parent_and_its_child_become_one_without_a_circle(desk: Desk) -> None:
    top = an_account(desk, name="Top")
    lose = an_account(desk, name="Acme Holding", parent=top)
    between = an_account(desk, name="Acme Europe", parent=lose)
    keep = an_account(desk, name="Acme", parent=between)
    merging.merge(desk, "account", keep, lose)
    assert column_of(desk, "account", keep, "parent_id") == top
    assert column_of(desk, "account", between, "parent_id") == keep
    merging.merge(desk, "account", between, keep)
    assert column_of(desk, "account", between, "parent_id") == top


def test_a_person_reports_to_nobody_merged_into_them(desk: Desk) -> None:
    boss = a_contact(desk, name="Big Boss")
    keep = a_contact(desk, name="Jane Doe", reports_to=boss)
    merging.merge(desk, "contact", keep, boss)
    assert column_of(desk, "contact", keep, "reports_to_id") is None


def test_one_record_is_not_merged_with_itself_and_fields_have_names(desk: Desk) -> None:
    keep, lose = an_account(desk, name="Acme"), an_account(desk, name="Acme Two")
    with pytest.raises(UsageError, match="one account, not two"):
        merging.merge(desk, "account", keep, keep)
    with pytest.raises(UsageError, match="nothing to choose"):
        merging.merge(desk, "account", keep, lose, ["phone"])
    with pytest.raises(UsageError):
        merging.merge(desk, "account", keep, lose, ["colour"])
    with pytest.raises(UsageError, match="opportunity"):
        merging.merge(desk, "opportunity", keep, lose)


def test_the_history_tells_of_a_merge(desk: Desk) -> None:
    keep, lose = a_contact(desk, name="Jane Doe"), a_contact(desk, name="Jane D.", title="Buyer")
    merging.merge(desk, "contact", keep, lose)
    fields = {line.field: line.new for line in history.record_history(desk, "contact", lose)}
    assert fields["merged into"] == "Jane Doe"


def _book(desk: Desk, random: Random) -> dict[str, list[str]]:
    """Fill a desk with accounts and contacts that hang together at random."""
    accounts: list[str] = []
    for number in range(4):
        values: dict[str, object] = {
            "name": random.choice(["Acme", "Acme GmbH", f"Firm {number}"]),
            "parent": random.choice([None, *accounts]),
            "city": "Berlin",
            "phone": random.choice(["+49 30 1234567", f"+49 30 765432{number}"]),
            "tags": random.choice([["vip"], ["a", "b"]]),
            "annual_revenue": random.choice(["5 EUR", "7 USD", None]),
            "website": random.choice(["acme.example", None]),
        }
        accounts.append(an_account(desk, **values))
    people: list[str] = []
    for number in range(4):
        values = {
            "name": random.choice(["Jane Doe", f"Max Roe {number}"]),
            "account": random.choice([None, *accounts]),
            "email": random.choice(["j@x.example", f"m{number}@x.example"]),
            "reports_to": random.choice([None, *people]),
            "external_id": f"C{number}",
        }
        people.append(a_contact(desk, **values))
    for _ in range(4):
        account, person = random.choice(accounts), random.choice(people)
        an_activity(desk, account=account, contact=random.sample(people, 2))
        an_opportunity(desk, account=account, contact=person, amount="9 EUR")
        a_task(desk, account=account, contact=person)
        a_note(desk, contact=person)
    return {"account": accounts, "contact": people}


DEALS = (
    "SELECT count(*), sum(amount_minor) FROM opportunity JOIN account ON account.id = account_id"
    " WHERE account.deleted_at IS NULL"
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**6))
def test_merge_then_undo_is_the_identity_and_redo_merges_again(seed: int) -> None:
    with TemporaryDirectory() as folder:
        desk, random = make_desk(Path(folder), seed=seed + 1), Random(seed)
        try:
            ids = _book(desk, random)
            states = [contents(desk)]
            before = desk.store.row(DEALS)
            for noun in random.choices(["account", "contact"], k=3):
                keep, lose = random.sample(ids[noun], 2)
                ids[noun].remove(lose)
                merging.merge(desk, noun, keep, lose, random.sample(["name", "owner", "description"], 1))
                states.append(contents(desk))
            assert desk.store.row(DEALS) == before
            assert desk.store.rows("PRAGMA foreign_key_check") == []
            for state in reversed(states[:-1]):
                history.undo(desk)
                assert contents(desk) == state
            for state in states[1:]:
                history.redo(desk)
                assert contents(desk) == state
        finally:
            desk.close()


def test_the_book_is_scanned_with_reasons(desk: Desk) -> None:
    an_account(desk, name="Acme")
    first = a_contact(desk, name="William Smith", account="Acme", email="w@acme.example")
    second = a_contact(desk, name="Bill Smith", account="Acme", email="w@acme.example")
    a_contact(desk, name="Max Roe", account="Acme", email="max@acme.example")
    (double,) = dedupe.scan(desk, "contact")
    assert {double.a.id, double.b.id} == {first, second}
    assert double.reasons[0] == "same e-mail"
    contacts.remove(desk, [second])
    assert dedupe.scan(desk, "contact") == []


def test_groups_are_merged_in_one_operation_and_undone_in_one(desk: Desk) -> None:
    for name in ("Acme", "ACME Inc.", "Acme, Inc", "Globex", "Globex", "Initech"):
        an_account(desk, name=name, website=f"{name[:4].lower()}.example")
    before = contents(desk)
    groups = dedupe.groups(dedupe.scan(desk, "account", 0.97))
    assert sorted(len(group.others) for group in groups) == [1, 2]
    preview = merging.merge_groups(desk, "account", groups, is_dry_run=True)
    assert preview.summary == "Merged 3 accounts into 2 others"
    assert contents(desk) == before
    merging.merge_groups(desk, "account", groups)
    assert desk.store.value("SELECT count(*) FROM account WHERE deleted_at IS NULL") == 3
    history.undo(desk)
    assert contents(desk) == before


def test_a_chain_is_no_group(desk: Desk) -> None:
    a, b, c = (dedupe.Label(name, name, name) for name in "abc")
    chain = [dedupe.Double(a, b, 0.99, ()), dedupe.Double(b, c, 0.98, ())]
    (group,) = dedupe.groups(chain)
    assert group.keep == b
    chain.append(dedupe.Double(c, dedupe.Label("d", "d", "d"), 0.97, ()))
    assert [(group.keep.id, [double.b.id for double in group.others]) for group in dedupe.groups(chain)] == [
        ("b", ["a", "c"])
    ]


@pytest.mark.parametrize("is_first_kept", [True, False])
def test_an_account_that_referred_the_one_it_is_merged_with_refers_nobody(desk: Desk, *, is_first_kept: bool) -> None:
    acme = an_account(desk, name="Acme")
    beta = an_account(desk, name="Acme Inc", referrer="Acme")
    friend = an_account(desk, name="Friend", referrer="Acme")
    keep, lose = (acme, beta) if is_first_kept else (beta, acme)
    merging.merge(desk, "account", keep, lose)
    assert column_of(desk, "account", keep, "referrer_id") is None
    assert column_of(desk, "account", friend, "referrer_id") == keep
    history.undo(desk)
    assert column_of(desk, "account", beta, "referrer_id") == acme
