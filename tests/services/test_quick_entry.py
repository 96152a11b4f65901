"""One line becomes records: names found in the book, all of it one operation, never guessed in silence."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sfa.domain.text import clean
from sfa.errors import ConflictError, NotFoundError, SfaError, UsageError
from sfa.services import history, listing, quick_entry
from sfa.services.desk import Desk
from sfa.services.matching import AmbiguousNameError
from tests.support.contents import contents
from tests.support.factories import a_contact, an_account, an_opportunity, make_desk


@pytest.fixture
def book(desk: Desk) -> Desk:
    """Return a desk that knows Jane at Acme."""
    acme = an_account(desk, name="Acme GmbH")
    a_contact(desk, name="Jane Doe", account=acme)
    an_account(desk, name="远东仪器有限公司")
    return desk


def test_an_activity_a_task_and_an_appointment_from_one_line(book: Desk) -> None:
    saved = quick_entry.enter(book, "called Jane at Acme 15min, wants a quote; send quote friday; demo tue 10:00")
    activity = listing.select(book, "activity", columns=("kind", "account", "contact", "duration_min", "outcome")).rows[
        0
    ]
    assert (activity["kind"], activity["account"], activity["contact"]) == ("call", "Acme GmbH", "Jane Doe")
    assert (activity["duration_min"], activity["outcome"], saved.count) == (15, "positive", 3)
    task = listing.select(book, "task", columns=("subject", "due", "account")).rows[0]
    assert (task["subject"], task["due"], task["account"]) == ("send quote", "2026-03-13", "Acme GmbH")
    assert listing.select(book, "event", columns=("starts",)).rows[0]["starts"] == "2026-03-17T10:00"


@pytest.mark.parametrize(
    "line", ["called chloe martin", "chloe martin called", "met Chloe Martin", "called chloe martin about prices"]
)
def test_a_person_is_known_without_the_accents_of_the_name(book: Desk, line: str) -> None:
    a_contact(book, name="Chloé Martin")
    quick_entry.enter(book, line)
    assert listing.select(book, "activity", columns=("contact",)).rows[0]["contact"] == "Chloé Martin"


def test_a_reference_stands_for_a_name(book: Desk) -> None:
    for count in range(40):
        a_contact(book, name=f"Person {count}")
    people = {row["ref"]: row["name"] for row in listing.select(book, "contact", columns=("ref", "name")).rows}
    ref = next(ref for ref in people if not str(ref).isalpha())
    quick_entry.enter(book, f"called {ref} 15min")
    row = listing.select(book, "activity", columns=("contact", "duration_min")).rows[0]
    assert (row["contact"], row["duration_min"]) == (people[ref], 15)


def test_digits_that_refer_to_nobody_stay_in_the_note(book: Desk) -> None:
    quick_entry.enter(book, "called Jane, 99 seats")
    assert "99 seats" in str(listing.select(book, "activity", columns=("note", "subject")).rows[0])


def test_one_of_several_deals_is_meant_by_a_word_of_its_name(book: Desk) -> None:
    for name in ("TL-100 line", "TL-600 pumps"):
        an_opportunity(book, name=name, account="Acme GmbH")
    quick_entry.enter(book, "Acme TL-100 to proposal")
    stages = {row["name"]: row["stage"] for row in listing.select(book, "opportunity", columns=("name", "stage")).rows}
    assert str(stages["TL-100 line"]).startswith("Proposal")
    assert not str(stages["TL-600 pumps"]).startswith("Proposal")


def test_one_undo_takes_the_whole_line_back(book: Desk) -> None:
    before = contents(book)
    quick_entry.enter(book, "called Jane at Acme; send quote friday; demo tue 10:00")
    history.undo(book)
    assert contents(book) == before


def test_a_name_alone_may_be_a_person_or_a_company(book: Desk) -> None:
    quick_entry.enter(book, "called Jane")
    quick_entry.enter(book, "visited Acme")
    rows = listing.select(book, "activity", columns=("account", "contact"), sort="subject").rows
    assert {row["account"] for row in rows} == {"Acme GmbH"}


def test_somebody_unknown_at_a_known_company_stays_in_the_text_and_is_told(book: Desk) -> None:
    plan = quick_entry.understand(book, "called Peter Pan at Acme")
    assert any("Peter Pan is not in the book" in line for line in plan.lines())
    quick_entry.enter(book, "called Peter Pan at Acme")
    assert "Peter Pan" in listing.select(book, "activity", columns=("subject",)).rows[0]["subject"]


def test_an_unknown_company_is_refused_and_made_only_when_asked(book: Desk) -> None:
    before = contents(book)
    with pytest.raises(NotFoundError, match="Nowhere"):
        quick_entry.enter(book, "called Bob at Nowhere Ltd")
    assert contents(book) == before
    quick_entry.enter(book, "called Bob at Nowhere Ltd", is_creating=True)
    assert listing.count(book, "account", 'name="Nowhere Ltd"') == 1


def test_a_name_that_several_have_is_never_guessed(book: Desk) -> None:
    an_account(book, name="Acme Ltd")
    with pytest.raises(ConflictError):
        quick_entry.enter(book, "called Peter at Acme")


def test_chinese_lines_find_their_company(book: Desk) -> None:
    quick_entry.enter(book, "拜访了 远东仪器 谈续约; 明天 发报价")
    assert listing.select(book, "activity", columns=("account",)).rows[0]["account"] == "远东仪器有限公司"
    assert listing.select(book, "task", columns=("due",)).rows[0]["due"] == "2026-03-11"


def test_a_new_account_is_taken_back_with_the_line_that_made_it(book: Desk) -> None:
    before = contents(book)
    quick_entry.enter(book, "called @Nowhere Ltd, wants a quote; send quote friday", is_creating=True)
    assert listing.count(book, "task", 'account="Nowhere Ltd"') == 1
    history.undo(book)
    assert contents(book) == before


def test_what_more_than_the_name_decided_is_said(book: Desk) -> None:
    plan = quick_entry.understand(book, "called Jnae at Acme")
    assert any("Jnae is taken as Jane Doe" in line for line in plan.lines())


def test_an_unknown_company_names_those_that_are_like_it(book: Desk) -> None:
    an_account(book, name="Nowhereland Trading")
    with pytest.raises(NotFoundError, match="Nowherland Tradin") as raised:
        quick_entry.understand(book, "called Bob at Nowherland Tradin Company of the South")
    assert "Nowhereland Trading" in (raised.value.hint or "")


def test_a_deal_of_the_book_is_changed_and_a_new_one_beside_it_is_told(book: Desk) -> None:
    quick_entry.enter(book, "new deal Acme 20k")
    changed = quick_entry.understand(book, "Acme to negotiation")
    assert [(entry.noun, entry.target is not None) for entry in changed.entries] == [("opportunity", True)]
    second = quick_entry.understand(book, "new deal Acme 30k")
    assert any("has open deals already" in note for note in second.notes)


def test_tags_go_to_deals_and_are_told_where_nothing_carries_them(book: Desk) -> None:
    quick_entry.enter(book, "new deal Acme 20k #fair")
    assert listing.select(book, "opportunity", columns=("tags",)).rows[0]["tags"] == "fair"
    plan = quick_entry.understand(book, "called Jane at Acme #fair")
    assert any("#fair stays in the text" in note for note in plan.notes)


@pytest.mark.parametrize(
    ("line", "told"),
    [("", "nothing to read"), ("zzz qqq", "Nothing was understood"), ("called Jane " * 2000, "characters")],
)
def test_what_cannot_be_read_is_refused_with_the_nearest_form(book: Desk, line: str, told: str) -> None:
    before = contents(book)
    with pytest.raises(UsageError, match=told):
        quick_entry.enter(book, line)
    assert contents(book) == before


@pytest.mark.parametrize("payload", ["\x1b[2J", "[red]x[/red]", "\x07\x9b31m", "\u202egnp.exe", "\x00", "[/]"])
def test_hostile_words_are_kept_inert(book: Desk, payload: str) -> None:
    quick_entry.save(book.store, quick_entry.understand(book, f"called Jane at Acme, said {payload} twice"))
    subject = str(book.store.value("SELECT subject FROM activity"))
    assert clean(subject) == subject
    assert "\x1b" not in str(book.store.value("SELECT note FROM activity"))


@given(st.text(max_size=300))
def test_plain_text_is_what_cleaning_leaves_as_it_is(text: str) -> None:
    assert quick_entry.inert(text) == clean(text)


@pytest.mark.parametrize(("setting", "due"), [("dmy", "2026-05-04"), ("mdy", "2026-04-05")])
def test_dates_in_figures_are_read_as_the_settings_say(tmp_path: Path, setting: str, due: str) -> None:
    desk = make_desk(tmp_path, settings={"workspace.dates": setting})
    plan = quick_entry.understand(desk, "send brochure 4/5/2026")
    assert plan.entries[0].values["due"] == due


WORDS = st.sampled_from(
    [
        *(
            "called",
            "met",
            "send",
            "call",
            "note:",
            "won",
            "lost",
            "new",
            "deal",
            "Jane",
            "Doe",
            "Acme",
            "at",
            "with",
            "@Acme",
            "@",
        ),
        *(
            "friday",
            "tomorrow",
            "10:00",
            "15min",
            "40k",
            "EUR",
            "20万",
            "60%",
            ";",
            ",",
            "#tag",
            "!high",
            "then",
            "+49 30 901820",
        ),
        *(
            "jane@acme.example",
            "31 feb",
            "拜访",
            "远东仪器",
            "打电话给",
            "王经理",
            "明天",
            "谈续约",
            "；",
            "，",
            "[b]",
            "\x1b[31m",
            '"',
            "'",
            "-",
        ),
    ]
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(line=st.lists(WORDS | st.text(max_size=8), max_size=14).map(" ".join), is_creating=st.booleans())
def test_any_line_is_planned_or_refused_with_a_sentence(book: Desk, line: str, is_creating: bool) -> None:  # noqa: FBT001 - drawn
    try:
        plan = quick_entry.understand(book, line, is_creating=is_creating)
    except SfaError as refused:
        told = [refused.message] if refused.exit_code in (2, 3, 4) else []
    else:
        told = [entry.words for entry in plan.entries]
    assert told
    assert all(words.strip() for words in told)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(line=st.lists(WORDS, min_size=2, max_size=10).map(" ".join))
def test_what_is_planned_is_saved_whole_and_taken_back_whole(book: Desk, line: str) -> None:
    before = contents(book)
    try:
        plan = quick_entry.understand(book, line, is_creating=True)
        operation, written = quick_entry.save(book.store, plan)
    except SfaError:
        assert contents(book) == before
        return
    assert len(written) == len(plan.entries) + bool(plan.new_account)
    if operation:
        history.undo(book)
    assert contents(book) == before


def test_a_person_tells_companies_of_one_name_apart(book: Desk) -> None:
    for place in ("Nord", "Süd"):
        an_account(book, name=f"Cobalt {place}")
    a_contact(book, name="Ada Lund", account="Cobalt Süd")
    with pytest.raises(AmbiguousNameError):
        quick_entry.enter(book, "called Bob at Cobalt")
    plan = quick_entry.understand(book, "called Ada Lund at Cobalt")
    assert [entry.words for entry in plan.entries] == ["call Ada Lund at Cobalt Süd"]
    assert any("Ada Lund is there" in note for note in plan.notes)


def test_of_very_many_namesakes_the_one_at_the_company_is_meant(book: Desk) -> None:
    for first in ("Ada", "Bea", "Cleo", "Dora", "Elsa", "Fay", "Gina", "Hope", "Ida", "Joy", "Kay"):
        a_contact(book, name=f"{first} Lund")
    a_contact(book, name="Zoe Lund", account="Acme")
    assert "Zoe Lund at Acme" in quick_entry.enter(book, "called Lund at Acme").summary


def test_an_address_alone_tells_whom_a_line_is_about(book: Desk) -> None:
    a_contact(book, name="Ada Lund", account="Acme", email="ada@acme.example")
    assert "email Ada Lund at Acme" in quick_entry.enter(book, "emailed ada@acme.example the brochure").summary
    assert "Ada" not in quick_entry.enter(book, "emailed bob@nowhere.example the brochure").summary


def test_the_words_of_a_deal_tell_it_from_others_of_the_company(book: Desk) -> None:
    quick_entry.enter(book, "new deal Acme 20k, training")
    quick_entry.enter(book, "new deal Acme 30k, spare parts")
    assert "Acme GmbH, spare parts (" in quick_entry.enter(book, "Acme spare parts to negotiation").summary
    with pytest.raises(AmbiguousNameError, match="2 open deals"):
        quick_entry.enter(book, "Acme to negotiation")


def test_a_deal_that_is_called_new_is_one_even_where_another_has_its_words(book: Desk) -> None:
    quick_entry.enter(book, "new deal Acme 20k, training")
    quick_entry.enter(book, "new deal Acme 30k, training")
    assert listing.count(book, "opportunity", "") == 2


def test_a_part_of_a_stage_s_name_is_enough(book: Desk) -> None:
    quick_entry.enter(book, "new deal Acme 20k")
    quick_entry.enter(book, "Acme to proposal")
    assert listing.select(book, "opportunity", columns=("stage",)).rows[0]["stage"] == "Proposal / quote"


def test_a_deal_that_is_named_behind_its_company_is_never_another_company_s(book: Desk) -> None:
    an_account(book, name="Cobalt")
    quick_entry.enter(book, "new deal Cobalt 20k, spare parts")
    with pytest.raises(NotFoundError, match="Acme GmbH has no deal called spare parts"):
        quick_entry.understand(book, "won Acme spare parts")
    quick_entry.enter(book, "new deal Acme 30k, spare parts 2026")
    won = quick_entry.understand(book, "won Acme spare parts")
    assert won.entries[0].words.startswith("won Acme GmbH, spare parts 2026 (")


@pytest.mark.parametrize(
    ("words", "day"), [("in q2", "2026-06-30"), ("next month", "2026-04-30"), ("by 15 april", "2026-04-15")]
)
def test_a_deal_closes_on_the_last_day_of_what_is_named(book: Desk, words: str, day: str) -> None:
    quick_entry.enter(book, f"new deal Acme 20k, closes {words}")
    assert book.store.value("SELECT close_date FROM opportunity") == day


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        ("meeting Acme next wed 2-4pm in Köln", "Meeting in Köln (Acme GmbH)"),
        ("demo Acme tue 10:00 about spare parts", "Demo about spare parts (Acme GmbH)"),
    ],
)
def test_an_appointment_is_called_what_it_is(book: Desk, line: str, subject: str) -> None:
    quick_entry.enter(book, line)
    assert book.store.value("SELECT subject FROM event") == subject


@pytest.mark.parametrize("line", ["called", "40k", "met 20min; send quote friday"])
def test_a_line_that_tells_neither_whom_nor_what_is_refused(book: Desk, line: str) -> None:
    before = contents(book)
    with pytest.raises(UsageError, match="whom or what"):
        quick_entry.enter(book, line)
    assert contents(book) == before


def test_a_new_person_gets_company_and_title(book: Desk) -> None:
    quick_entry.enter(book, "Ann Smith, buyer at Acme, +44 20 7946 0958")
    row = listing.select(book, "contact", where='name="Ann Smith"', columns=("account", "title")).rows[0]
    assert (row["account"], row["title"]) == ("Acme GmbH", "buyer")


def test_a_number_that_nobody_has_is_told_and_stays_in_the_text(book: Desk) -> None:
    line = "called +49 30 9999999, no answer"
    plan = quick_entry.understand(book, line)
    assert any("+49 30 9999999" in note for note in plan.notes)
    quick_entry.enter(book, line)
    assert "+49 30 9999999" in str(listing.select(book, "activity", columns=("note",)).rows[0]["note"])
