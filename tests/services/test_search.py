"""Search finds every record by any of its words, best first, and shows where."""

import string
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.search import rebuild
from sfa.errors import UsageError
from sfa.services import accounts, contacts, history, notes, opportunities
from sfa.services.desk import Desk
from sfa.services.search import Hit, search, searched_noun
from tests.support.factories import (
    a_contact,
    a_lead,
    a_note,
    a_product,
    a_task,
    a_user,
    an_account,
    an_activity,
    an_event,
    an_opportunity,
    clock_of,
    make_desk,
    ref_of,
)


def titles(desk: Desk, words: str, limit: int = 50) -> list[str]:
    return [hit.title for hit in search(desk, words, limit=limit)]


def only(desk: Desk, words: str) -> Hit:
    (hit,) = search(desk, words)
    return hit


@pytest.mark.parametrize(
    "words",
    ["zür", "zurich", "ZÜRICH", "zuerich", "zürich kraft", "kraft zu", "Kraftwerk-Zürich"],
)
def test_words_and_beginnings_are_found_without_case_accents_or_order(desk: Desk, words: str) -> None:
    an_account(desk, name="Kraftwerk Zürich AG")
    an_account(desk, name="Somebody Else")
    assert titles(desk, words) == ["Kraftwerk Zürich AG"]


@pytest.mark.parametrize("words", ["TL-600", "TL 600", "TL600", "tl600", "tl60", "pump tl600"])
def test_a_code_is_found_however_its_parts_are_joined(desk: Desk, words: str) -> None:
    a_product(desk, name="Pump", code="TL-600")
    a_product(desk, name="Lamp", code="TL-200")
    assert titles(desk, words) == ["Pump"]


@pytest.mark.parametrize(
    "words", ["泰", "机", "华泰", "泰机", "華泰", "机械", "htjx", "jx", "huatai", "huataij", "jixie"]
)
def test_a_chinese_name_is_found_by_characters_of_either_form_and_by_its_sound(desk: Desk, words: str) -> None:
    an_account(desk, name="苏州华泰机械有限公司")
    an_account(desk, name="海天乳业")
    assert titles(desk, words) == ["苏州华泰机械有限公司"]


def test_characters_that_do_not_stand_together_are_not_found_as_a_pair(desk: Desk) -> None:
    an_account(desk, name="华东泰山")
    assert titles(desk, "华泰") in ([], ["华东泰山"])
    an_account(desk, name="华泰")
    assert titles(desk, "华泰")[0] == "华泰"


@pytest.mark.parametrize(
    "words",
    [
        "+14155550134",
        "(415) 555-0134",
        "415.555.0134",
        "1 415 555 0134",
        "0134",
        "5550134",
        "550134",
        "001 415 5550134",
    ],
)
def test_a_phone_number_is_found_in_any_form_and_by_its_last_digits(desk: Desk, words: str) -> None:
    a_contact(desk, name="Kim Right", phone="+1 415-555-0134")
    a_contact(desk, name="Kim Wrong", phone="+1 415-555-0199")
    hit = only(desk, words)
    assert (hit.title, hit.snippet) == ("Kim Right", "+14155550134")


@pytest.mark.parametrize("words", ["li.wei@example.cn", "li.wei", "example.cn", "LI.WEI@EXAMPLE"])
def test_an_address_is_found_whole_or_in_part(desk: Desk, words: str) -> None:
    a_contact(desk, name="Somebody", email="li.wei@example.cn")
    a_contact(desk, name="Nobody", email="zhao@sample.org")
    hit = only(desk, words)
    assert (hit.title, hit.snippet) == ("Somebody", "li.wei@example.cn")


def test_every_noun_is_found_by_its_text(desk: Desk) -> None:
    acme = an_account(desk, name="Zebra Works")
    made = {
        "account": acme,
        "contact": a_contact(desk, name="Zebra Jones"),
        "lead": a_lead(desk, name="Zed", company="Zebra Ltd"),
        "opportunity": an_opportunity(desk, name="Zebra seats"),
        "product": a_product(desk, name="Stripes", description="for a zebra"),
        "activity": an_activity(desk, subject="Talked about the zebra"),
        "task": a_task(desk, subject="Feed the zebra"),
        "note": a_note(desk, body="A zebra is no horse."),
        "event": an_event(desk, subject="Visit", place="Zebra house"),
    }
    assert {hit.table: hit.id for hit in search(desk, "zebra")} == made
    for noun, record_id in made.items():
        assert [(hit.table, hit.id) for hit in search(desk, "zebra", nouns=[noun])] == [(noun, record_id)]


def test_a_reference_is_found_and_first(desk: Desk) -> None:
    first = an_account(desk, name="First")
    ref = ref_of(desk, "account", first)
    a_note(desk, body=f"see {ref}")
    assert [hit.title for hit in search(desk, ref.upper())] == ["First", f"see {ref}"]


@pytest.mark.parametrize("words", ["Kowalsky", "Kowlaski", "Kowalskii", "Kwalski", "kowalzki jan"])
def test_one_typing_error_in_a_word_is_forgiven_where_nothing_fits(desk: Desk, words: str) -> None:
    a_contact(desk, name="Jan Kowalski")
    a_contact(desk, name="Eve Other")
    assert titles(desk, words) == ["Jan Kowalski"]


def test_an_error_is_not_looked_for_where_the_words_fit(desk: Desk) -> None:
    a_contact(desk, name="Ann Mayer")
    a_contact(desk, name="Ann Meyer")
    assert titles(desk, "mayer") == ["Ann Mayer"]


def test_the_exact_name_is_first_then_names_then_contents(desk: Desk) -> None:
    an_account(desk, name="Nova")
    a_contact(desk, name="Sam Nova")
    an_account(desk, name="Nova Steel")
    a_note(desk, body="They asked what Nova pays.")
    found = titles(desk, "nova")
    assert found[:2] == ["Nova", "Nova Steel"]
    assert found[2:] == ["Sam Nova", "They asked what Nova pays."]


def test_open_deals_go_before_closed_ones_and_the_newest_before_older_ones(desk: Desk) -> None:
    for name in ("Kiwi one", "Kiwi two", "Kiwi three"):
        an_opportunity(desk, name=name)
        clock_of(desk).advance(days=1)
    newest = search(desk, "kiwi")[0]
    assert newest.title == "Kiwi three"
    opportunities.lose(desk, [newest.id], "price")
    assert titles(desk, "kiwi") == ["Kiwi two", "Kiwi one", "Kiwi three"]


def test_ones_own_records_go_before_a_colleagues(desk: Desk) -> None:
    mine = an_account(desk, name="Lotus mine")
    colleague = a_user(desk, name="Robin Colleague")
    clock_of(desk).advance(days=1)
    an_account(desk, name="Lotus theirs", owner_id=colleague)
    assert search(desk, "lotus")[0].id == mine


def test_an_old_name_is_found_among_many_newer_mentions(desk: Desk) -> None:
    old = an_account(desk, name="Quartz")
    for number in range(120):
        a_note(desk, body=f"Quartz again, {number}")
    found = search(desk, "quartz", limit=10)
    assert found[0].id == old
    assert len(found) == 10


def test_what_is_removed_is_not_found_until_it_is_brought_back(desk: Desk) -> None:
    made = an_account(desk, name="Mirage")
    accounts.remove(desk, [made])
    assert search(desk, "mirage") == []
    history.undo(desk)
    assert only(desk, "mirage").id == made


def test_what_is_changed_is_found_by_its_new_words_alone_and_undo_brings_the_old_ones_back(desk: Desk) -> None:
    made = an_account(desk, name="Granite", phone="+1 415 555 0134")
    accounts.edit(desk, [made], {"name": "Marble", "phone": "+1 212 555 7788"})
    assert (search(desk, "granite"), search(desk, "0134")) == ([], [])
    assert only(desk, "marble").id == only(desk, "7788").id == made
    history.undo(desk)
    assert (search(desk, "marble"), search(desk, "7788")) == ([], [])
    assert only(desk, "granite").id == only(desk, "0134").id == made


def test_people_and_deals_are_found_by_the_name_that_their_account_has_now(desk: Desk) -> None:
    account = an_account(desk, name="Oldname")
    jane = a_contact(desk, name="Jane Doe", account=account)
    deal = an_opportunity(desk, name="Seats", account=account)
    accounts.edit(desk, [account], {"name": "Newname"})
    assert search(desk, "oldname") == []
    assert {hit.id for hit in search(desk, "newname")} == {account, jane, deal}


def test_a_person_is_found_by_the_account_where_they_come_to_work(desk: Desk) -> None:
    an_account(desk, name="Harbour")
    jane = a_contact(desk, name="Jane Doe")
    search(desk, "jane")
    contacts.edit(desk, [jane], {"account": "Harbour"})
    assert only(desk, "jane harbour").id == jane


def test_the_snippet_shows_the_words_within_a_long_text(desk: Desk) -> None:
    a_note(desk, body=f"{'Much was said. ' * 40}The turbine is loud. {'More was said. ' * 40}")
    snippet = only(desk, "turbine").snippet
    assert "The turbine is loud." in snippet
    assert snippet.startswith("…")
    assert snippet.endswith("…")
    assert len(snippet) < 100


def test_money_is_a_decimal_string_with_its_currency(desk: Desk) -> None:
    an_opportunity(desk, name="Ropes", amount="1234.5 EUR")
    fields = only(desk, "ropes").fields()
    assert (fields["amount"], fields["currency"]) == ("1234.50", "EUR")


@pytest.mark.parametrize(
    "words", ['"', "'", "*", "a*b", "NEAR(", "AND", "OR NOT", "(", "^x", "{a}:b", "\x00", "\u202e", "-"]
)
def test_signs_of_the_query_language_mean_nothing(desk: Desk, words: str) -> None:
    an_account(desk, name="Plain")
    assert titles(desk, words) == []


def test_what_search_does_not_look_for_is_told() -> None:
    with pytest.raises(UsageError, match="Search does not look for stage"):
        searched_noun("stage")


WORD = st.text(string.ascii_letters + "äöüßéçñøł王伟远东國", min_size=1, max_size=8)


@settings(max_examples=40, deadline=None)
@given(st.lists(WORD, min_size=1, max_size=5))
def test_every_word_of_a_record_finds_it(words: list[str]) -> None:
    with TemporaryDirectory() as folder:
        desk = make_desk(Path(folder))
        made = notes_add(desk, " ".join(words))
        for word in words:
            assert made in {hit.id for hit in search(desk, word)}, word
            assert made in {hit.id for hit in search(desk, word.upper())}, word
        desk.close()


def notes_add(desk: Desk, body: str) -> str:
    saved = notes.add(desk, {"body": body})
    assert saved.id
    return saved.id


def test_an_index_built_anew_finds_the_same(desk: Desk) -> None:
    for number in range(30):
        an_account(desk, name=f"Firm {number}")
    before = titles(desk, "firm", limit=100)
    with desk.store.write("search.rebuild") as work:
        rebuild(work.connection)
    assert sorted(titles(desk, "firm", limit=100)) == sorted(before)


def test_a_beginning_of_very_many_records_goes_on_to_their_commonest_words(desk: Desk) -> None:
    for number in range(3000):
        desk.store.connection.execute(
            "INSERT INTO note (id, ref, created_at, updated_at, body) VALUES (?, ?, '2026-03-10T00:00:00.000Z',"
            " '2026-03-10T00:00:00.000Z', ?)",
            (f"01980000-0000-7000-8000-{number:012x}", f"r{number}", f"Purchasing number {number}"),
        )
    an_account(desk, name="Purchaser")
    assert len(search(desk, "purch", limit=60)) == 60
    assert titles(desk, "purch")[0] == "Purchaser"
    assert titles(desk, "purchaser") == ["Purchaser"]
    assert titles(desk, "purch 2977") == ["Purchasing number 2977"]
