"""The demo company is believable, the same for the same day, and takes nobody's workspace."""

from pathlib import Path

import pytest

from sfa.services import reports
from sfa.services.demo import make_company
from sfa.services.desk import Desk
from sfa.services.report_request import request
from sfa.services.today import day_sheet
from tests.support.contents import contents
from tests.support.factories import make_desk
from tests.support.shell import call_cli


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a desk in the demo company."""
    desk = make_desk(tmp_path_factory.mktemp("demo"))
    make_company(desk)
    return desk


def test_there_is_a_year_of_deals_won_lost_open_and_slipped(company: Desk) -> None:
    outcomes = dict(company.store.rows("SELECT COALESCE(is_won, 'open'), count(*) FROM opportunity GROUP BY 1"))
    assert all(outcomes[key] > 50 for key in (1, 0, "open"))
    slipped = company.store.value(
        "SELECT count(DISTINCT a.opportunity_id) FROM opportunity_history a JOIN opportunity_history b"
        " ON a.opportunity_id = b.opportunity_id AND b.at > a.at AND b.close_date > a.close_date"
    )
    assert slipped > 50
    assert company.store.value("SELECT count(*) FROM opportunity WHERE is_won = 0 AND loss_reason IS NULL") == 0


def test_people_of_several_countries_and_scripts_are_there(company: Desk) -> None:
    countries = {row[0] for row in company.store.rows("SELECT DISTINCT country FROM address")}
    assert len(countries) >= 5
    assert company.store.value("SELECT count(*) FROM account WHERE name GLOB '*有限公司*'") > 0


def test_the_person_at_the_desk_has_a_day(company: Desk) -> None:
    sheet = day_sheet(company)
    assert sheet.is_mine
    assert sheet.appointments
    assert sheet.tasks
    assert sheet.at_risk


def test_managers_and_amounts_make_reports(company: Desk) -> None:
    rows = reports.wins(company, request(company, "wins", by="manager")).rows
    assert len({row["manager"] for row in rows}) == 3
    assert company.store.rows("PRAGMA foreign_key_check") == []


def test_the_same_seed_and_day_give_the_same_company(company: Desk, tmp_path: Path) -> None:
    again = make_desk(tmp_path)
    make_company(again)
    ours, theirs = contents(company), contents(again)
    moments = ("opportunity_history",)  # the triggers give its rows ids of their own
    assert {key: rows for key, rows in ours.items() if key not in moments} == {
        key: rows for key, rows in theirs.items() if key not in moments
    }


def test_the_command_makes_it_once_in_a_folder_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    made = call_cli(["demo", "--folder", str(folder), "--no-open"], tmp_path / "own")
    assert (made.code, "150 accounts" in made.stderr) == (0, True)
    again = call_cli(["demo", "--folder", str(folder), "--no-open"], tmp_path / "own")
    assert (again.code, "150 accounts" in again.stderr) == (0, False)
    assert not (tmp_path / "own" / "sales.db").exists()


def test_a_folder_with_other_data_is_left_alone(tmp_path: Path) -> None:
    call_cli(["account", "add", "Mine"], tmp_path)
    refused = call_cli(["demo", "--folder", str(tmp_path), "--no-open"], tmp_path / "own")
    assert (refused.code, "not the demo's" in refused.stderr) == (4, True)
