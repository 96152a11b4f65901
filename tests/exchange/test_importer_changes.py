"""A file that comes again: what it changes, what it leaves alone, and what it may not touch."""

from pathlib import Path
from typing import Any

import pytest

from sfa.errors import ConflictError
from sfa.exchange.import_plan import Request, Result, make_plan
from sfa.exchange.importer import run
from sfa.services import history, listing, opportunities, trash
from sfa.services.desk import Desk
from sfa.services.records import verbs_of
from tests.support.contents import contents
from tests.support.factories import a_contact, a_user, an_account, an_opportunity

DEAL_COLUMNS = "id=external_id,deal=name,stage=stage,worth=amount,made=created,done=closed,chance=probability"


class Inbox:
    """Takes texts in as if they were files."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk = desk
        self._folder = folder
        self._count = 0

    def take(self, noun: str, text: str, **asked: Any) -> Result:  # noqa: ANN401 - whatever a request holds
        self._count += 1
        is_sure = asked.pop("is_sure", False)
        path = self._folder / f"file{self._count}.csv"
        path.write_text(text, encoding="utf-8")
        return run(self.desk, make_plan(self.desk, Request(path, noun, **asked)), is_sure=is_sure)

    def deals(self, text: str) -> Result:
        return self.take("opportunity", f"id,deal,stage,worth,made,done,chance\n{text}", columns=DEAL_COLUMNS)

    def only(self, noun: str, *columns: str, where: str = "") -> tuple[Any, ...]:
        (row,) = listing.select(self.desk, noun, where=where, columns=columns).rows
        return tuple(row[name] for name in columns)


@pytest.fixture
def inbox(desk: Desk, tmp_path: Path) -> Inbox:
    (tmp_path / "in").mkdir()
    return Inbox(desk, tmp_path / "in")


def counts(result: Result) -> tuple[int, int, int, int]:
    return result.new, result.changed, result.unchanged, len(result.rejected)


def reasons(result: Result) -> list[str]:
    return [row.reason for row in result.rejected]


def test_a_deal_that_was_lost_since_is_lost_without_a_reason(inbox: Inbox) -> None:
    inbox.deals("1,Pumps,Negotiation,100,2026-01-05,,\n")
    assert counts(inbox.deals("1,Pumps,Lost,0,2026-01-05,2026-02-07,\n")) == (0, 1, 0, 0)
    assert inbox.only("opportunity", "status", "stage", "closed", "probability", "category") == (
        "lost",
        "Lost",
        "2026-02-07",
        0,
        "omitted",
    )
    assert inbox.only("opportunity", "amount")[0].amount_minor == 0


def test_a_won_deal_that_is_open_again_in_the_file_is_opened(inbox: Inbox) -> None:
    inbox.deals("1,Pumps,Won,100,2026-01-05,2026-02-01,\n")
    assert counts(inbox.deals("1,Pumps,Negotiation,100,2026-01-05,,\n")) == (0, 1, 0, 0)
    assert inbox.only("opportunity", "status", "closed", "probability") == ("open", None, 800_000)


def test_a_probability_of_ones_own_is_kept_and_one_of_the_stage_follows_it(inbox: Inbox) -> None:
    inbox.deals("1,Pumps,Negotiation,100,2026-01-05,,35%\n2,Valves,Negotiation,100,2026-01-05,,80%\n")
    flags = dict(inbox.desk.store.rows("SELECT name, is_probability_overridden FROM opportunity"))
    assert flags == {"Pumps": 1, "Valves": 0}
    assert counts(
        inbox.deals("1,Pumps,Negotiation,100,2026-01-05,,40%\n2,Valves,Negotiation,100,2026-01-05,,80%\n")
    ) == (0, 1, 1, 0)
    assert inbox.only("opportunity", "probability", where="Pumps") == (400_000,)


def test_the_day_of_closing_moves_with_its_history(inbox: Inbox) -> None:
    inbox.deals("1,Pumps,Won,100,2026-01-05,2026-02-10,\n")
    inbox.deals("1,Pumps,Won,100,2026-01-05,2026-02-01,\n")
    last = inbox.desk.store.value("SELECT max(at) FROM opportunity_history")
    assert (inbox.only("opportunity", "closed")[0], last[:10]) == ("2026-02-01", "2026-02-01")


def test_an_empty_cell_clears_nothing(inbox: Inbox) -> None:
    inbox.deals("1,Pumps,Negotiation,100,2026-01-05,,\n")
    assert counts(inbox.deals("1,Pumps,Negotiation,,,,\n")) == (0, 0, 1, 0)


def test_what_was_changed_here_stays_where_the_file_has_no_column_for_it(inbox: Inbox) -> None:
    inbox.deals("1,Pumps,Negotiation,100,2026-01-05,,\n")
    (deal,) = inbox.desk.store.row("SELECT id FROM opportunity")
    opportunities.edit(inbox.desk, [deal], {"next_step": "Call Jane", "tags": ["key"]})
    assert counts(inbox.deals("1,Pumps,Negotiation,200,2026-01-05,,\n")) == (0, 1, 0, 0)
    assert inbox.only("opportunity", "next_step", "tags") == ("Call Jane", "key")


def test_a_changed_row_is_undone_alone(inbox: Inbox) -> None:
    inbox.deals("1,Pumps,Negotiation,100,2026-01-05,,\n")
    before = contents(inbox.desk)
    inbox.deals("1,Pumps,Won,150,2026-01-05,2026-02-01,\n")
    history.undo(inbox.desk)
    assert contents(inbox.desk) == before


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1,Pumps,Won,1,2026-01-05,2031-01-01,", "lies ahead"),
        ("1,Pumps,Negotiation,1,2026-01-05,2026-02-01,", "no day of closing"),
        ("1,Pumps,Unheard of,1,2026-01-05,,", "stages: Qualification"),
        ("1,Pumps,Won,1,2026-02-05,2026-01-01,", "before it was created"),
    ],
)
def test_a_row_that_contradicts_itself_is_rejected_whether_its_deal_is_there_or_not(
    inbox: Inbox, row: str, reason: str
) -> None:
    assert reason in reasons(inbox.deals(f"{row}\n"))[0]
    inbox.deals("1,Pumps,Proposal,100,2026-01-05,,\n")
    before = contents(inbox.desk)
    result = inbox.deals(f"{row}\n")
    assert (counts(result), reason in reasons(result)[0]) == ((0, 0, 0, 1), True)
    assert contents(inbox.desk) == before


def test_outcome_and_stage_that_contradict_each_other_are_rejected(inbox: Inbox) -> None:
    result = inbox.take("opportunity", "name,stage,outcome\nA,Won,open\nB,Lost,won\nC,Negotiation,won\n")
    assert (counts(result), [row.line for row in result.rejected]) == ((1, 0, 0, 2), [2, 3])


def test_a_record_in_the_trash_is_not_taken_for_a_new_one(inbox: Inbox) -> None:
    inbox.take("account", "id,name\n7,Acme\n8,Globex\n", columns="id=external_id")
    (row_id,) = inbox.desk.store.row("SELECT id FROM account WHERE name = 'Acme'")
    verbs_of("account").remove(inbox.desk, [row_id])
    result = inbox.take("account", "id,name\n7,Acme\n8,Globex\n", columns="id=external_id")
    assert (counts(result), "trash restore" in reasons(result)[0]) == ((0, 0, 1, 1), True)
    trash.empty(inbox.desk)
    assert counts(inbox.take("account", "id,name\n7,Acme\n8,Globex\n", columns="id=external_id")) == (1, 0, 1, 0)


def test_ids_of_another_system_rewrite_nothing(inbox: Inbox) -> None:
    first = "id,name\n1,Acme\n2,Globex\n3,Initech\n"
    other = "id,name\n1,Umbrella\n2,Hooli\n3,Soylent\n"
    inbox.take("account", first, columns="id=external_id")
    before = contents(inbox.desk)
    with pytest.raises(ConflictError, match="other names"):
        inbox.take("account", other, columns="id=external_id")
    assert contents(inbox.desk) == before
    assert counts(inbox.take("account", other, columns="id=external_id", source="erp")) == (3, 0, 0, 0)
    assert counts(inbox.take("account", other, columns="id=external_id", is_sure=True)) == (0, 3, 0, 0)


def test_an_id_that_comes_later_is_given_to_the_record_of_that_name(inbox: Inbox) -> None:
    inbox.take("account", "name,industry\nAcme,Tools\n")
    assert counts(inbox.take("account", "id,name\n7,ACME\n", columns="id=external_id")) == (0, 1, 0, 0)
    assert inbox.only("account", "name", "external_id") == ("ACME", "7")


def test_two_accounts_of_one_name_need_ids(inbox: Inbox) -> None:
    twice = inbox.take("account", "name,city\nAcme,Bonn\nAcme,Ulm\n")
    assert (counts(twice), "line 2" in reasons(twice)[0]) == ((1, 0, 0, 1), True)
    apart = inbox.take("account", "id,name\n1,Globex\n2,Globex\n", columns="id=external_id")
    assert counts(apart) == (2, 0, 0, 0)
    deals = "account,key,deal\nGlobex,2,Valves\nGlobex,,Pumps\n"
    result = inbox.take("opportunity", deals, columns="key=account_key,deal=name,account=account")
    assert (counts(result), "2 accounts are called" in reasons(result)[0]) == ((1, 0, 0, 1), True)


def test_contacts_are_known_by_mail_or_by_name_and_account(inbox: Inbox) -> None:
    an_account(inbox.desk, name="Acme")
    a_contact(inbox.desk, name="Jane Doe", email="jane@acme.com", account="Acme")
    text = "name,email,account,phone\nJane Doe,jane@acme.com,Acme,+1 212 555 0100\nJane Doe,other@x.com,,\n"
    assert counts(inbox.take("contact", text)) == (1, 1, 0, 0)
    assert counts(inbox.take("contact", text)) == (0, 0, 2, 0)
    by_account = inbox.take("contact", "name,account,title\njane doe,ACME,Buyer\n")
    assert counts(by_account) == (0, 1, 0, 0)
    assert inbox.only("contact", "title", "phone", where="account=Acme") == ("Buyer", "+1 212 555 0100")


def test_two_people_may_share_a_mailbox(inbox: Inbox) -> None:
    text = "name,email\nAnn Lee,info@acme.com\nBob Ray,info@acme.com\n"
    assert counts(inbox.take("contact", text)) == (2, 0, 0, 0)
    assert counts(inbox.take("contact", text + "Cem Sol,info@acme.com\n")) == (1, 0, 2, 0)


def test_namesakes_at_accounts_that_are_made_on_the_way_are_two_people(inbox: Inbox) -> None:
    text = "name,account\nJane Doe,Acme\nJane Doe,Globex\n"
    assert counts(inbox.take("contact", text, create=frozenset({"account"}))) == (2, 0, 0, 0)
    assert counts(inbox.take("contact", text)) == (0, 0, 2, 0)


def test_phones_addresses_roles_and_tags_of_a_contact_change_in_place(inbox: Inbox) -> None:
    for name in ("Acme", "Globex"):
        an_account(inbox.desk, name=name)
    head = "id,name,account,role,phone,email,city,tags\n"
    columns = "id=external_id,role=role"
    inbox.take("contact", f"{head}1,Jane Doe,Acme,Buyer,+1 212 555 0100,jane@acme.com,Bonn,vip\n", columns=columns)
    verbs_of("contact").edit(
        inbox.desk, [inbox.desk.store.value("SELECT id FROM contact")], {"tags": ["vip", "my own tag"]}
    )
    moved = f"{head}1,Jane Doe,Globex,Chief,+1 212 555 0199,jane@globex.com,Ulm,vip\n"
    assert counts(inbox.take("contact", moved, columns=columns)) == (0, 1, 0, 0)
    assert inbox.only("contact", "account", "role", "phone", "email", "city") == (
        "Globex",
        "Chief",
        "+1 212 555 0199",
        "jane@globex.com",
        "Ulm",
    )
    assert inbox.desk.store.value("SELECT count(*) FROM record_tag") == 2
    assert inbox.desk.store.rows("SELECT count(*), count(valid_to) FROM contact_role") == [(2, 1)]
    assert counts(inbox.take("contact", moved, columns=columns)) == (0, 0, 1, 0)


def test_the_price_of_a_product_changes(inbox: Inbox) -> None:
    inbox.take("product", "name,price,currency\nPump,550,EUR\n")
    assert counts(inbox.take("product", "name,price,currency\nPump,600.50,EUR\n")) == (0, 1, 0, 0)
    assert inbox.desk.store.rows("SELECT price_dec6, currency FROM product") == [(600_500_000, "EUR")]


def test_the_product_of_a_deal_changes_in_its_line(inbox: Inbox) -> None:
    inbox.take("product", "name\nPump\nValve\n")
    inbox.take("opportunity", "id,deal,product\n1,Order,Pump\n", columns="id=external_id,deal=name")
    result = inbox.take("opportunity", "id,deal,product\n1,Order,Valve\n", columns="id=external_id,deal=name")
    assert (counts(result), inbox.only("opportunity", "product")) == ((0, 1, 0, 0), ("Valve",))


def test_a_task_that_was_done_since_is_done(inbox: Inbox) -> None:
    inbox.take("task", "id,subject,due,status\n1,Call,2026-03-01,open\n", columns="id=external_id")
    assert counts(inbox.take("task", "id,subject,due,status\n1,Call,2026-03-01,done\n", columns="id=external_id")) == (
        0,
        1,
        0,
        0,
    )
    status, done = inbox.only("task", "status", "done")
    assert (status, done[:10]) == ("done", "2026-03-01")


def test_deals_name_what_is_there_by_reference_words(inbox: Inbox) -> None:
    a_user(inbox.desk, name="Ann Lee", email="ann@desk.com")
    an_account(inbox.desk, name="Müller GmbH")
    inbox.take("product", "name,code\nGTX Pro,G-1\n")
    text = "deal,owner,account,product\nA,ANN LEE,muller gmbh,GTXPro\nB,ann@desk.com,Müller GmbH,G-1\n"
    result = inbox.take("opportunity", text, columns="deal=name")
    assert counts(result) == (2, 0, 0, 0)
    assert "“GTXPro” is taken as product GTX Pro." in result.notes
    rows = listing.select(inbox.desk, "opportunity", columns=("owner", "account", "product")).rows
    assert {(row["owner"], row["account"], row["product"]) for row in rows} == {("Ann Lee", "Müller GmbH", "GTX Pro")}


def test_nothing_is_made_on_the_way_for_a_row_that_is_rejected(inbox: Inbox) -> None:
    text = "deal,account,owner,stage\nA,Newcomer,Nobody,Won\n"
    result = inbox.take("opportunity", text, columns="deal=name", create=frozenset({"account"}))
    assert "--create user" in reasons(result)[0]
    assert (listing.count(inbox.desk, "account"), result.operation_id) == (0, None)


def test_an_unnamed_deal_is_called_by_account_and_product_or_by_its_id(inbox: Inbox) -> None:
    an_account(inbox.desk, name="Acme")
    inbox.take("product", "name\nPump\n")
    inbox.take("opportunity", "id,account,product\nX1,acme,PUMP\nX2,,Pump\nX3,Acme,\n", columns="id=external_id")
    names = {row[0] for row in inbox.desk.store.rows("SELECT name FROM opportunity")}
    assert names == {"Acme - Pump", "X2", "Acme deal"}


def test_work_hangs_on_the_account_of_its_deal(inbox: Inbox) -> None:
    account = an_account(inbox.desk, name="Acme")
    an_opportunity(inbox.desk, name="Pumps", account=account)
    inbox.take("activity", "subject,started,opportunity,kind\nVisit,2026-02-03 10:00,Pumps,visit\n")
    assert inbox.only("activity", "subject", "account", "kind", "started") == (
        "Visit",
        "Acme",
        "visit",
        "2026-02-03T10:00:00.000Z",
    )
    assert "day is missing" in reasons(inbox.take("activity", "subject,started\nCall,\n"))[0]


def test_a_number_that_is_nobodys_id_is_no_name_to_make_a_company_of(inbox: Inbox) -> None:
    for create in ("", "account"):
        result = inbox.take("contact", "name,account\nNils Berg,4093\n", create=frozenset({create} - {""}))
        assert reasons(result) == ["no account has the id 4093"]
