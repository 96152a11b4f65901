"""One line becomes records: names found in the book, all of it one operation, never guessed in silence."""

import pytest

from sfa.errors import ConflictError, NotFoundError
from sfa.services import history, listing, quick_entry
from sfa.services.desk import Desk
from tests.support.contents import contents
from tests.support.factories import a_contact, an_account


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
        quick_entry.enter(book, "called Jane at Acme")


def test_chinese_lines_find_their_company(book: Desk) -> None:
    quick_entry.enter(book, "拜访了 远东仪器 谈续约; 明天 发报价")
    assert listing.select(book, "activity", columns=("account",)).rows[0]["account"] == "远东仪器有限公司"
    assert listing.select(book, "task", columns=("due",)).rows[0]["due"] == "2026-03-11"
