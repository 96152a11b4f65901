"""What is read: lists, filters, states of a past day, names, search, the day sheet, the board."""

from datetime import date

import pytest

from sfa.errors import ConflictError, NotFoundError, UsageError
from sfa.services import board, listing, opportunities, references, search, tasks
from sfa.services.brief import brief
from sfa.services.desk import Desk
from sfa.services.today import day_sheet
from tests.support.factories import (
    a_contact,
    a_note,
    a_product,
    a_task,
    a_user,
    an_account,
    an_activity,
    an_opportunity,
    clock_of,
)


def names(desk: Desk, noun: str, where: str, **asked: object) -> list[str]:
    return [row["name"] for row in listing.select(desk, noun, where=where, columns=("name",), **asked).rows]  # type: ignore[arg-type]


@pytest.fixture
def deals(desk: Desk) -> Desk:
    """Return a desk with three deals of two accounts and two owners."""
    acme = an_account(desk, name="Acme GmbH", industry="Tech")
    globex = an_account(desk, name="Globex")
    pat = a_user(desk, name="Pat Colleague")
    an_opportunity(desk, name="Small", account=acme, amount="5k", close_date="2026-03-20", tags="key,hot")
    an_opportunity(desk, name="Large", account=globex, amount="50k EUR", close_date="2026-06-30", owner=pat)
    an_opportunity(desk, name="Undated", account=acme, stage="Negotiation")
    return desk


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("", ["Large", "Small", "Undated"]),
        ("account=Acme", ["Small", "Undated"]),
        ('account="acme gmbh"', ["Small", "Undated"]),
        ("industry=tech", ["Small", "Undated"]),
        ("stage=nego", ["Undated"]),
        ("stage=Qualification,Negotiation", ["Large", "Small", "Undated"]),
        ("amount>4k", ["Large", "Small"]),
        ("amount>=5k amount<6k", ["Small"]),
        ("amount>4k EUR", ["Large"]),
        ("amount=", ["Undated"]),
        ("amount!=", ["Large", "Small"]),
        ("close<eom", ["Small"]),
        ("close=2026-03-20", ["Small"]),
        ("owner=me", ["Small", "Undated"]),
        ("owner!=me", ["Large"]),
        ('owner="Pat Colleague"', ["Large"]),
        ("tag=key", ["Small"]),
        ("tag!=key", ["Large", "Undated"]),
        ("name~arg", ["Large"]),
        ("probability>50%", ["Undated"]),
        ("not (amount>4k)", ["Undated"]),
        ("-account=Acme", ["Large"]),
        ("stage=Negotiation or amount>40k", ["Large", "Undated"]),
        ("small", ["Small"]),
        ("globex", ["Large"]),
        ("status=won", []),
        ("created=today", ["Large", "Small", "Undated"]),
    ],
)
def test_a_filter_finds_what_it_says(deals: Desk, where: str, found: list[str]) -> None:
    if where == "amount>4k EUR":
        where = 'amount>"4k EUR"'
    assert sorted(names(deals, "opportunity", where)) == found
    assert listing.count(deals, "opportunity", where) == len(found)
    assert len(listing.ids(deals, "opportunity", where)) == len(found)


@pytest.mark.parametrize(
    "where",
    ["colour=red", "stage=Shipping", "amount>lots", "close<someday", "(stage=Won", "status=maybe", "owner=Nobody"],
)
def test_a_filter_that_cannot_be_answered_says_why(deals: Desk, where: str) -> None:
    with pytest.raises(UsageError):
        listing.select(deals, "opportunity", where=where)


def test_lists_sort_by_any_field_and_leave_the_trash_out(deals: Desk) -> None:
    assert names(deals, "opportunity", "", sort="-amount") == ["Large", "Small", "Undated"]
    assert names(deals, "opportunity", "", sort="close_date,name") == ["Undated", "Small", "Large"]
    opportunities.remove(deals, [listing.ids(deals, "opportunity", "name=Small")[0]])
    assert names(deals, "opportunity", "") == ["Undated", "Large"]
    assert sorted(names(deals, "opportunity", "", include_deleted=True)) == ["Large", "Small", "Undated"]


def test_deals_are_shown_as_they_stood_on_a_day(desk: Desk) -> None:
    deal = an_opportunity(desk, name="Moving", amount="10k", close_date="2026-04-01")
    clock_of(desk).advance(days=5)
    opportunities.move(desk, [deal], "Negotiation")
    opportunities.edit(desk, [deal], {"amount": "20k"})
    clock_of(desk).advance(days=5)
    opportunities.win(desk, [deal])
    columns = ("stage", "amount", "status")

    def then(day: date) -> list[tuple[str, str, str]]:
        rows = listing.select(desk, "opportunity", as_of=day, columns=columns).rows
        return [(row["stage"], str(row["amount"]), row["status"]) for row in rows]

    assert then(date(2026, 3, 9)) == []
    assert then(date(2026, 3, 12)) == [("Qualification", "10,000.00 USD", "open")]
    assert then(date(2026, 3, 16)) == [("Negotiation", "20,000.00 USD", "open")]
    assert then(date(2026, 3, 20)) == [("Won", "20,000.00 USD", "won")]
    assert listing.select(desk, "opportunity", as_of=date(2026, 3, 12), where="stage=Qualification").rows


def test_pages_give_every_record_once_in_order_whatever_has_no_date(desk: Desk) -> None:
    for number in range(150):
        an_opportunity(desk, name=f"Deal {number}", close_date=f"2026-04-{number % 28 + 1:02d}" if number % 3 else None)
    for sort in ("close_date", "-close_date"):
        pages = listing.RecordPages(desk, "opportunity", "", sort, ("name", "close_date"))
        count, anchors = pages.read_anchors(64)
        read = [record for anchor in anchors for record in pages.read_from(anchor, 64)]
        assert count == len(read) == len({record.id for record in read}) == 150
        days = [record["close_date"] or "" for record in read]
        assert days == sorted(days, reverse=sort.startswith("-"))
        assert [record.id for record in pages.read_from(None, 64)] == [record.id for record in read[:64]]


@pytest.mark.parametrize("text", ["Acme GmbH", "acme gmbh", "ACME", "acme", "Acme Gmbhh"])
def test_an_account_is_found_by_what_people_call_it(desk: Desk, text: str) -> None:
    acme = an_account(desk, name="Acme GmbH")
    an_account(desk, name="Globex")
    assert references.resolve(desk, "account", text).id == acme


def test_records_are_found_by_reference_id_code_and_other_order_of_names(desk: Desk) -> None:
    product = a_product(desk, name="GTX Pro", code="G-7")
    jane = a_contact(desk, name="Jane Doe")
    ref = str(desk.store.value("SELECT ref FROM product"))
    assert {references.resolve(desk, "product", text).id for text in (ref, product, "g-7", "GTXPro")} == {product}
    assert {references.resolve(desk, "contact", text).id for text in ("Doe, Jane", "doe jane", "Jane")} == {jane}


def test_a_name_of_several_is_refused_with_all_of_them_and_an_unknown_one_with_what_is_near(desk: Desk) -> None:
    an_account(desk, name="Acme France")
    an_account(desk, name="Acme Spain")
    with pytest.raises(ConflictError) as several:
        references.resolve(desk, "account", "Acme")
    assert len(several.value.candidates) == 2
    with pytest.raises(NotFoundError) as unknown:
        references.resolve(desk, "account", "Acmo Frunce Nord")
    assert "Acme France" in str(unknown.value.hint)


@pytest.mark.parametrize(
    "words",
    [
        "mull",
        "MÜLLER",
        "Muller",
        "straße",
        "strasse",
        "2671",
        "(415) 555",
        "ydyq",
        "远东",
        "仪器",
        "jane",
        "quote",
        "müler",
    ],
)
def test_search_finds_everything_by_any_part(desk: Desk, words: str) -> None:
    an_account(desk, name="Müller Straße KG", phone="+1 415 555 2671")
    an_account(desk, name="远东仪器有限公司")
    a_contact(desk, name="Jane Doe")
    a_note(desk, body="Wants the quote by Friday")
    assert search.search(desk, words), words


def test_search_puts_the_exact_title_first_and_forgets_what_was_removed(desk: Desk) -> None:
    an_account(desk, name="Acme Holding")
    acme = an_account(desk, name="Acme")
    assert search.search(desk, "acme")[0].id == acme
    from sfa.services import accounts  # noqa: PLC0415 - only here

    accounts.remove(desk, [acme])
    assert [hit.title for hit in search.search(desk, "acme")] == ["Acme Holding"]
    accounts.restore(desk, [acme])
    assert len(search.search(desk, "acme")) == 2


def test_the_day_sheet_tells_tasks_next_steps_and_deals_at_risk(desk: Desk) -> None:
    late = a_task(desk, subject="Late", due="2026-03-08")
    a_task(desk, subject="Later", due="2026-03-30")
    an_opportunity(desk, name="Overdue", close_date="2026-03-01", next_step="call", next_step_on="2026-03-10")
    sheet = day_sheet(desk)
    assert [(line.title, line.when, line.is_late) for line in sheet.tasks] == [("Late", "2 d late", True)]
    assert [line.title for line in sheet.next_steps] == ["call"]
    assert [line.title for line in sheet.at_risk] == ["Overdue"]
    tasks.complete(desk, [late])
    assert day_sheet(desk).tasks == ()


def test_a_brief_holds_what_one_wants_to_know_at_the_door(desk: Desk) -> None:
    acme = an_account(desk, name="Acme")
    a_contact(desk, name="Jane Doe", account=acme, birthday="1980-03-20")
    an_opportunity(desk, name="Renewal", account=acme, amount="5k")
    for number in range(7):
        an_activity(desk, subject=f"Call {number}", account=acme)
    page = brief(desk, acme)
    titles = {section.title: [line.label for line in section.lines] for section in page.sheet.sections}
    assert (titles["People"], titles["Open deals"]) == (["Jane Doe"], ["Renewal"])
    assert len(page.last_contacts) == 5
    assert [line.label for line in page.birthdays] == ["Jane Doe"]


def test_the_board_counts_all_and_a_planned_task_keeps_a_deal_fresh(desk: Desk) -> None:
    old = an_opportunity(desk, name="Old", amount="5k", close_date="2026-06-01")
    clock_of(desk).advance(days=40)
    an_opportunity(desk, name="New", amount="7k")
    a_task(desk, subject="Overdue", opportunity=old, due="2026-03-11")
    column = board.read_board(desk)[0]
    assert (column.count, [str(amount) for amount in column.sums]) == (2, ["12,000.00 USD"])
    assert {flag.word for card in column.cards if card.name == "Old" for flag in card.flags} >= {"stuck"}
    a_task(desk, subject="Soon", opportunity=old, due="2026-04-20")
    column = board.read_board(desk)[0]
    assert not {flag.word for card in column.cards if card.name == "Old" for flag in card.flags}
