"""A file that this book wrote comes back: its ids are the book's own, so that nothing is there twice."""

from pathlib import Path

import pytest

from sfa.services import listing, trash
from sfa.services.desk import Desk
from sfa.services.records import verbs_of
from tests.exchange.test_importer_changes import Inbox, counts, reasons
from tests.support.contents import contents
from tests.support.factories import a_contact, an_account, an_opportunity, ref_of


@pytest.fixture
def inbox(desk: Desk, tmp_path: Path) -> Inbox:
    (tmp_path / "in").mkdir()
    return Inbox(desk, tmp_path / "in")


def written(desk: Desk, noun: str, *columns: str) -> str:
    rows = listing.select(desk, noun, columns=columns).rows
    lines = [",".join(str(row[name] or "") for name in columns) for row in rows]
    return "\n".join([",".join(columns), *lines, ""])


@pytest.mark.parametrize("noun", ["account", "contact", "opportunity"])
def test_what_the_book_wrote_changes_nothing_when_it_comes_back(inbox: Inbox, noun: str) -> None:
    account = an_account(inbox.desk, name="Lakeside Mills")
    a_contact(inbox.desk, name="Nils Berg", account=account)
    for _ in range(2):
        an_opportunity(inbox.desk, name="Looms", account=account)
    before = contents(inbox.desk)
    assert counts(inbox.take(noun, written(inbox.desk, noun, "id", "name"))) == (
        0,
        0,
        len(before[noun]),
        0,
    )
    assert contents(inbox.desk) == before


def test_a_line_of_an_export_that_was_edited_changes_its_own_record(inbox: Inbox) -> None:
    first, second = an_opportunity(inbox.desk, name="Looms"), an_opportunity(inbox.desk, name="Looms")
    result = inbox.take("opportunity", f"id,name,next_step\n{second},Looms,send the drawing\n{first},Looms,\n")
    assert counts(result) == (0, 1, 1, 0)
    assert inbox.only("opportunity", "next_step", "external_id", where=f"id={second}") == ("send the drawing", None)


def test_a_record_of_an_export_that_lies_in_the_trash_is_not_made_again(inbox: Inbox) -> None:
    deal = an_opportunity(inbox.desk, name="Looms")
    ref = ref_of(inbox.desk, "opportunity", deal)
    verbs_of("opportunity").remove(inbox.desk, [deal])
    result = inbox.take("opportunity", f"id,name\n{deal},Looms\n")
    assert reasons(result) == [f"it is in the trash; sfa trash restore {ref} brings it back"]
    assert [item.id for item in trash.trashed(inbox.desk)] == [deal]


def test_a_deal_whose_contact_has_a_namesake_at_the_account_is_rejected_and_stops_no_other(inbox: Inbox) -> None:
    account = an_account(inbox.desk, name="Lakeside Mills")
    for title in ("Buyer", "Fitter"):
        a_contact(inbox.desk, name="Nils Berg", account=account, title=title)
    text = "id,name,account,contact\n1,Looms,Lakeside Mills,Nils Berg\n2,Bobbins,Lakeside Mills,\n"
    result = inbox.take("opportunity", text)
    assert counts(result) == (1, 0, 0, 1)
    assert reasons(result) == ["2 contacts are called “Nils Berg”"]


def test_of_several_namesakes_the_one_is_meant_that_the_record_names_already(inbox: Inbox) -> None:
    account = an_account(inbox.desk, name="Lakeside Mills")
    people = [a_contact(inbox.desk, name="Nils Berg", account=account) for _ in range(2)]
    deal = an_opportunity(inbox.desk, name="Looms", account=account, contact=people[1])
    assert counts(inbox.take("opportunity", f"id,name,contact\n{deal},Looms,Nils Berg\n")) == (0, 0, 1, 0)
    assert counts(inbox.take("opportunity", "id,name,contact\nA7,Looms,Nils Berg\n")) == (0, 0, 0, 1)


def test_of_several_namesakes_above_a_person_the_one_is_meant_that_stands_there(inbox: Inbox) -> None:
    chiefs = [a_contact(inbox.desk, name="Greta Holm") for _ in range(2)]
    below = a_contact(inbox.desk, name="Nils Berg", reports_to=chiefs[1])
    before = contents(inbox.desk)
    assert counts(inbox.take("contact", f"id,name,reports_to\n{below},Nils Berg,Greta Holm\n")) == (0, 0, 1, 0)
    assert contents(inbox.desk) == before
