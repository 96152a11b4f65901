"""The demo company: believable, the same every time, and nobody else's."""

from pathlib import Path
from typing import Any

import pytest

from sfa.domain.text import has_cjk
from sfa.errors import ConflictError
from sfa.services import configuring, demo, history, listing, today
from sfa.services.desk import Desk
from sfa.services.references import resolve
from sfa.services.reports import REPORTS, request
from sfa.services.similar import similar
from tests.support.factories import TODAY, an_account, make_desk


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A demo of scale 1; tests only read it."""
    desk = make_desk(tmp_path_factory.mktemp("company"))
    demo.make_store(desk)
    return desk


def values(desk: Desk, sql: str) -> list[Any]:
    return [row[0] for row in desk.store.rows(sql)]


def test_its_size_is_that_of_a_rep_s_company(company: Desk) -> None:
    sizes = {"account": (150, 150), "contact": (350, 450), "opportunity": (520, 680), "activity": (2500, 3500)}
    for table, (least, most) in sizes.items():
        assert least <= company.store.value(f"SELECT count(*) FROM {table}") <= most
    assert company.store.value("SELECT count(*) FROM product") == 12


def test_it_has_a_bundle_to_configure_whose_parts_have_prices(company: Desk) -> None:
    bundle = configuring.load_bundle(company.store.workspace.folder, "test-cell")
    choices = configuring.complete(bundle, {"tl250": 1, "ms3": 1})
    made = configuring.configure(bundle, choices, configuring.book_prices(company))
    assert made.is_valid
    assert made.unpriced == 0


def test_the_same_seed_makes_the_same_company(tmp_path: Path) -> None:
    def told(name: str, seed: int) -> list[Any]:
        desk = make_desk(tmp_path / name)
        demo.make_store(desk, seed=seed)
        tables = ("account", "contact", "opportunity", "activity", "task", "event", "lead")
        found = [desk.store.rows(f"SELECT * FROM {table} ORDER BY id") for table in tables]
        history = "SELECT opportunity_id, at, stage_id, close_date FROM opportunity_history ORDER BY 1, 2"
        found.append(desk.store.rows(history))
        desk.close()
        return found

    first = told("a", 3)
    assert told("b", 3) == first
    assert told("c", 4) != first


def test_the_rep_at_the_desk_is_one_of_the_company(company: Desk) -> None:
    me = resolve(company, "user", "me")
    assert me.label == "Alex Winter"
    sheet = today.day_sheet(company)
    assert len(sheet.appointments) == 3
    assert sheet.tasks_due >= 6


def test_there_are_tasks_overdue_and_due_today(company: Desk) -> None:
    me = "owner=me status=open"
    assert listing.count(company, "task", f"{me} due={TODAY}") >= 3
    assert listing.count(company, "task", f"{me} due<{TODAY}") >= 3


def test_names_are_of_several_scripts_and_none_comes_twice(company: Desk) -> None:
    accounts = values(company, "SELECT name FROM account")
    assert len(set(accounts)) == len(accounts)
    assert any(has_cjk(name) for name in accounts)
    assert any(not name.isascii() and not has_cjk(name) for name in accounts)
    assert any(has_cjk(name) for name in values(company, "SELECT name FROM app_user"))
    assert len(values(company, "SELECT DISTINCT currency FROM opportunity")) >= 4


def test_managers_territories_and_hierarchies_can_be_reported(company: Desk) -> None:
    for by in ("manager", "team", "territory", "product", "industry"):
        rows = REPORTS["wins"](company, request(company, "wins", by=by)).rows
        assert len({row[by] for row in rows}) >= 3
    assert company.store.value("SELECT count(*) FROM account WHERE parent_id IS NOT NULL") >= 5


def test_deals_are_won_and_lost_over_a_year(company: Desk) -> None:
    row = REPORTS["winrate"](company, request(company, "winrate")).rows[0]
    assert 0.3 < row["win_rate"] < 0.55
    months = REPORTS["winrate"](company, request(company, "winrate", by="month", start="2025-03-10")).rows
    assert len(months) == 13
    assert company.store.value("SELECT count(*) FROM opportunity WHERE is_won = 0 AND loss_reason IS NULL") == 0


def test_every_deal_came_through_stages_in_the_order_of_time(company: Desk) -> None:
    stages: dict[str, list[tuple[str, int]]] = {}
    sql = (
        "SELECT h.opportunity_id, h.at, s.seq FROM opportunity_history h JOIN stage s ON s.id = h.stage_id"
        " ORDER BY h.opportunity_id, h.at, h.rowid"
    )
    for deal, at, seq in company.store.rows(sql):
        stages.setdefault(deal, []).append((at, seq))
    assert len(stages) == company.store.value("SELECT count(*) FROM opportunity")
    for course in stages.values():
        assert [seq for _, seq in course] == sorted(seq for _, seq in course)
        assert course[0][1] == 1
    now = dict(company.store.rows("SELECT o.id, s.seq FROM opportunity o JOIN stage s ON s.id = o.stage_id"))
    assert all(course[-1][1] == now[deal] for deal, course in stages.items())


def test_close_dates_have_moved(company: Desk) -> None:
    sql = (
        "SELECT count(*) FROM (SELECT 1 FROM opportunity_history GROUP BY opportunity_id"
        " HAVING count(DISTINCT close_date) > 1)"
    )
    assert company.store.value(sql) > 50


def test_nothing_took_place_in_the_future_nor_before_its_deal(company: Desk) -> None:
    assert company.store.value("SELECT max(started_at) FROM activity") < f"{TODAY}T00"
    assert company.store.value("SELECT max(closed_on) FROM opportunity") < TODAY.isoformat()
    early = "SELECT count(*) FROM activity y JOIN opportunity o ON o.id = y.opportunity_id WHERE y.started_at < o.created_on"
    assert company.store.value(early) == 0


def test_lines_add_up_to_the_deal(company: Desk) -> None:
    sql = (
        "SELECT count(*) FROM opportunity o WHERE o.amount_minor <>"
        " (SELECT sum(n.amount_minor) FROM opportunity_line n WHERE n.opportunity_id = o.id)"
    )
    assert company.store.value(sql) == 0


def test_mail_addresses_are_plain_and_of_nobody(company: Desk) -> None:
    for address in values(company, "SELECT address FROM email"):
        assert address.isascii()
        assert address.endswith(".example")


def test_everything_is_found_and_linked(company: Desk) -> None:
    assert company.store.value("SELECT count(*) FROM search_queue") == 0
    assert listing.count(company, "account", "Oberrain") > 0
    assert company.store.rows("PRAGMA foreign_key_check") == []


def test_doubles_of_its_companies_and_people_are_noticed_as_those_of_any_other(company: Desk) -> None:
    for noun, known_by in (("account", ("name", "website")), ("contact", ("name",))):
        made = company.store.row(f"SELECT {', '.join(known_by)} FROM {noun} LIMIT 1")
        found = similar(company, noun, dict(zip(known_by, made, strict=True)))
        assert {reason for item in found for reason in item.reasons} >= (
            {"same name", "same domain"} if noun == "account" else {"same name"}
        )


def test_there_is_nothing_to_undo(company: Desk) -> None:
    assert list(history.operations(company)) == []
    assert company.store.value("SELECT count(*) FROM change") == 0


def test_it_is_made_in_an_empty_book_only(desk: Desk) -> None:
    account = an_account(desk)
    with pytest.raises(ConflictError):
        demo.make_store(desk)
    assert values(desk, "SELECT id FROM account") == [account]


def test_the_rep_has_quotes_in_every_state_that_a_rep_meets(company: Desk) -> None:
    pages = listing.RecordPages(company, "quote", "owner=me", "-number", ("state",))
    found = {record.get("state") for record in pages.read_from(None, 64)}
    assert found == {"draft", "in_approval", "approved", "sent", "expired", "accepted"}
    assert company.store.value("SELECT count(*) FROM quote_version WHERE state = 'sent' AND content_hash IS NULL") == 0
