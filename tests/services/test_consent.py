"""What contacts said about being reached: never changed, as of any day, heeded before one reaches out."""

from contextlib import closing

import pytest

from db.connection import connect
from db.driver import sqlite
from sfa.errors import NotAllowedError, UsageError
from sfa.services import consent, contacts, history, merging, quick_entry, trash
from sfa.services.consent import Word
from sfa.services.desk import Desk
from sfa.services.matching import Matcher
from tests.support.factories import a_contact, a_task, an_account, an_event, clock_of


@pytest.fixture
def jane(desk: Desk) -> str:
    """Return a contact who forbade e-mail and would rather not be called; she likes visits in the morning."""
    an_account(desk, name="Acme")
    person = a_contact(
        desk, name="Jane Doe", account="Acme", preferred_channel="visit", preferred_time="in the morning"
    )
    consent.say(desk, person, Word("email", "forbidden", source="web form", on="2026-01-15"))
    consent.say(desk, person, Word("call", "avoid", source="told me"))
    return person


def stances(desk: Desk, contact: str, on: str | None = None) -> dict[str, str]:
    return {item.channel: item.stance for item in consent.standing(desk, contact, on)}


def test_the_newest_word_counts_and_the_old_ones_stay(desk: Desk, jane: str) -> None:
    consent.say(desk, jane, Word("email", "allowed", source="signed the form", evidence="I agree to offers by e-mail"))
    assert stances(desk, jane) == {"email": "allowed", "call": "avoid"}
    assert [(item.channel, item.stance) for item in consent.history(desk, jane)][-1] == ("email", "forbidden")
    assert len(consent.history(desk, jane)) == 3


@pytest.mark.parametrize(
    ("day", "counted"),
    [
        ("2026-01-14", {}),
        ("2026-01-15", {"email": "forbidden"}),
        ("2026-03-09", {"email": "forbidden"}),
        ("2026-03-10", {"email": "forbidden", "call": "avoid"}),
    ],
)
def test_what_counted_on_a_day(desk: Desk, jane: str, day: str, counted: dict[str, str]) -> None:
    assert stances(desk, jane, day) == counted


def test_a_word_found_out_late_does_not_go_over_a_newer_one(desk: Desk, jane: str) -> None:
    consent.say(desk, jane, Word("email", "preferred", source="an old letter", on="2025-06-01"))
    assert stances(desk, jane)["email"] == "forbidden"


def test_each_purpose_has_its_own_answer(desk: Desk, jane: str) -> None:
    consent.say(desk, jane, Word("email", "allowed", purpose="service"))
    assert [(item.purpose, item.stance) for item in consent.standing(desk, jane) if item.channel == "email"] == [
        ("sales", "forbidden"),
        ("service", "allowed"),
    ]


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        (Word("pigeon", "allowed"), "Channel"),
        (Word("email", "maybe"), "Stance"),
        (Word("email", "allowed", purpose="fun"), "Purpose"),
        (Word("email", "allowed", on="2026-03-11"), "lies ahead"),
        (Word("email", "allowed", source="x" * 201), "Source"),
    ],
)
def test_what_nobody_can_have_said_is_refused(desk: Desk, jane: str, word: Word, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        consent.say(desk, jane, word)
    assert len(consent.history(desk, jane)) == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE consent_event SET stance = 'allowed'",
        "UPDATE consent_event SET said_at = '2020-01-01T00:00:00.000Z'",
        "UPDATE consent_event SET deleted_at = '2020-01-01T00:00:00.000Z'",
        "UPDATE consent_event SET contact_id = (SELECT id FROM contact WHERE name = 'Omar')",
        "DELETE FROM consent_event",
    ],
)
def test_no_door_changes_what_was_said(desk: Desk, jane: str, statement: str) -> None:
    a_contact(desk, name="Omar")
    with closing(connect(desk.store.workspace.database)) as shell, pytest.raises(sqlite.IntegrityError, match="final"):
        shell.execute(statement)
    assert stances(desk, jane) == {"email": "forbidden", "call": "avoid"}


def test_an_undo_takes_a_word_back_and_a_redo_brings_it_back(desk: Desk, jane: str) -> None:
    history.undo(desk)
    assert stances(desk, jane) == {"email": "forbidden"}
    history.redo(desk)
    assert stances(desk, jane) == {"email": "forbidden", "call": "avoid"}


def test_a_merge_hands_the_words_over_and_its_undo_gives_them_back(desk: Desk, jane: str) -> None:
    other = a_contact(desk, name="J. Doe")
    merging.merge(desk, "contact", other, jane)
    assert stances(desk, other) == {"email": "forbidden", "call": "avoid"}
    history.undo(desk)
    assert stances(desk, jane) == {"email": "forbidden", "call": "avoid"}
    assert stances(desk, other) == {}


def test_a_contact_deleted_for_good_takes_the_words_along(desk: Desk, jane: str) -> None:
    contacts.remove(desk, [jane])
    trash.purge(desk, [("contact", jane)])
    assert desk.store.value("SELECT count(*) FROM consent_event") == 0
    history.undo(desk)
    assert stances(desk, jane) == {"email": "forbidden", "call": "avoid"}


@pytest.mark.parametrize(
    ("noun", "values"),
    [
        ("activity", {"kind": "email", "subject": "Offer"}),
        ("task", {"subject": "E-mail her the offer"}),
    ],
)
def test_reaching_out_by_what_they_forbade_is_refused_with_source_day_and_a_better_way(
    desk: Desk, jane: str, noun: str, values: dict[str, object]
) -> None:
    with pytest.raises(
        NotAllowedError, match=r"Jane Doe \(\w+\) must not get e-mails: web form, 2026-01-15"
    ) as refused:
        consent.heed(desk, noun, {**values, "contact": jane})
    assert "a visit, in the morning" in str(refused.value.hint)
    assert len(consent.heed(desk, noun, {**values, "contact": jane}, force="she asked")) == 1


@pytest.mark.parametrize(
    ("noun", "values"),
    [
        ("activity", {"kind": "call", "subject": "Chat"}),
        ("event", {"kind": "call", "subject": "Chat", "starts": "tomorrow 10:00"}),
        ("activity", {"kind": "email", "subject": "Offer", "started": "2026-03-09T10:00"}),
    ],
    ids=["disliked", "disliked and planned", "forbidden, but it took place"],
)
def test_what_they_dislike_and_what_took_place_are_warned_of(
    desk: Desk, jane: str, noun: str, values: dict[str, object]
) -> None:
    (warning,) = consent.heed(desk, noun, {**values, "contact": "Jane Doe"})
    assert "Better: a visit, in the morning." in warning


@pytest.mark.parametrize(
    ("noun", "values"),
    [
        ("activity", {"kind": "email", "direction": "in", "subject": "Her answer"}),
        ("activity", {"kind": "visit", "subject": "Coffee"}),
        ("activity", {"kind": "meeting", "subject": "Fair"}),
        ("event", {"kind": "demo", "subject": "Demo", "starts": "tomorrow 10:00"}),
        ("task", {"subject": "Prepare the offer"}),
        ("note", {"body": "Email her"}),
    ],
)
def test_what_reaches_nobody_or_is_welcome_passes(desk: Desk, jane: str, noun: str, values: dict[str, object]) -> None:
    assert consent.heed(desk, noun, {**values, "contact": jane}) == []


def test_of_several_people_each_is_heeded(desk: Desk, jane: str) -> None:
    omar = a_contact(desk, name="Omar Haddad")
    consent.say(desk, omar, Word("call", "forbidden"))
    with pytest.raises(NotAllowedError, match="Omar"):
        consent.heed(desk, "activity", {"kind": "call", "subject": "Call", "contact": [jane, omar]})


def test_who_attends_is_reached_too(desk: Desk, jane: str) -> None:
    consent.say(desk, jane, Word("visit", "forbidden"))
    visit = {"kind": "visit", "subject": "Visit", "starts": "tomorrow 10:00", "attendees": "bob@acme.example, Jane Doe"}
    with pytest.raises(NotAllowedError, match="Jane"):
        consent.heed(desk, "event", visit)


@pytest.mark.parametrize("change", [{"kind": "visit"}, {"kind": "visit", "attendees": "Jane Doe", "contact": None}])
def test_an_appointment_that_becomes_what_they_forbade_is_refused(
    desk: Desk, jane: str, change: dict[str, object]
) -> None:
    consent.say(desk, jane, Word("visit", "forbidden"))
    chat = an_event(desk, subject="Chat", contact=jane, note="at the fair")
    with pytest.raises(NotAllowedError, match="Jane"):
        consent.heed_change(desk, "event", [chat], change)
    minded, values = consent.heed_change(desk, "event", [chat], change, force="she asked")
    assert len(minded) == 1
    assert values["note"] == "at the fair\nReached out all the same: she asked"
    assert consent.heed_change(desk, "event", [chat], {"place": "Berlin"}) == ([], {"place": "Berlin"})


def test_a_task_handed_to_who_forbade_it_is_refused(desk: Desk, jane: str) -> None:
    task = a_task(desk, subject="Email the offer")
    with pytest.raises(NotAllowedError, match="Jane"):
        consent.heed_change(desk, "task", [task], {"contact": "Jane Doe"})


def test_one_query_is_asked_where_nobody_minds(desk: Desk) -> None:
    omar = a_contact(desk, name="Omar Haddad")
    from sfa.services import reaching  # noqa: PLC0415 - looked at here alone

    asked: list[str] = []
    desk.store.connection.set_trace_callback(asked.append)
    assert reaching.warnings(desk.store, [omar], "call") == []
    desk.store.connection.set_trace_callback(None)
    assert len(asked) == 1
    plan = " ".join(str(row[3]) for row in desk.store.rows(f"EXPLAIN QUERY PLAN {asked[0]}"))
    assert "consent_of_contact" in plan or "consent_event_contact_id" in plan


def test_a_line_that_plans_what_they_forbade_is_refused_whole(desk: Desk, jane: str) -> None:
    with pytest.raises(NotAllowedError):
        quick_entry.enter(desk, "met Jane Doe; email Jane tomorrow")
    assert desk.store.value("SELECT count(*) FROM activity") == 0
    assert jane


def test_a_line_that_tells_what_took_place_is_kept_with_a_note(desk: Desk, jane: str) -> None:
    assert jane
    plan = quick_entry.understand(desk, "emailed Jane Doe about the renewal")
    assert any("must not get e-mails" in note for note in plan.notes)
    quick_entry.write(desk, plan)
    assert desk.store.value("SELECT kind FROM activity") == "email"


def test_what_comes_in_is_nobodys_reaching_out(desk: Desk, jane: str) -> None:
    assert jane
    assert quick_entry.understand(desk, "Jane called, asked for a quote").notes == ()


def test_the_reason_of_one_who_insists_is_kept_with_the_record(desk: Desk, jane: str) -> None:
    assert jane
    matcher = Matcher(desk.store)
    line = quick_entry.read(desk.store, "email Jane tomorrow", matcher)
    plan = quick_entry.plan(desk.store, line, matcher, force="she asked for the price list")
    quick_entry.save(desk.store, plan)
    assert desk.store.value("SELECT note FROM task") == "Reached out all the same: she asked for the price list"
    with pytest.raises(UsageError, match="Why"):
        quick_entry.plan(desk.store, quick_entry.read(desk.store, "email Jane tomorrow", matcher), matcher, force=" ")


def test_a_wish_is_heeded_from_the_day_on_which_it_was_said(desk: Desk, jane: str) -> None:
    clock_of(desk).advance(days=1)
    consent.say(desk, jane, Word("email", "allowed"))
    assert consent.heed(desk, "activity", {"kind": "email", "subject": "Offer", "contact": jane}) == []
