"""Files become records: once, whole, repeatable; what cannot be taken is told and kept."""

import csv
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from sfa.errors import UsageError
from sfa.exchange.import_plan import Request, Result, make_plan
from sfa.exchange.importer import run
from sfa.services import history, listing
from sfa.services.desk import Desk
from tests.support.contents import contents
from tests.support.factories import a_task

PIPELINE = (
    "opportunity_id=external_id,sales_agent=owner,product=product,account=account,deal_stage=stage,engage_date=created,"
    "close_date=closed,close_value=amount"
)
STAGES = "stage:Prospecting=Qualification,Engaging=Needs analysis"


def take(desk: Desk, path: Path, noun: str, **asked: object) -> Result:
    return run(desk, make_plan(desk, Request(path, noun, **asked)))  # type: ignore[arg-type]


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


DEALS = """id,company,deal,stage,worth,made,done
1,Acme,Acme pumps,Won,"1,200.50",2026-01-05,2026-02-01
2,Acme,Acme valves,Lost,300,2026-01-05,2026-02-03
3,Globex,Globex pumps,Proposal,5k EUR,2026-02-01,
4,,Orphan deal,,70,2026-02-01,
"""
COLUMNS = "id=external_id,company=account,deal=name,stage=stage,worth=amount,made=created,done=closed"


@pytest.fixture
def deals(desk: Desk, tmp_path: Path) -> tuple[Desk, Path]:
    return desk, write(tmp_path, "deals.csv", DEALS)


def test_deals_come_with_their_accounts_stages_amounts_and_days(deals: tuple[Desk, Path]) -> None:
    desk, path = deals
    result = take(desk, path, "opportunity", columns=COLUMNS, create=frozenset({"account"}))
    assert (result.new, result.without_account, result.created, result.rejected) == (4, 1, {"account": 2}, [])
    rows = listing.select(
        desk, "opportunity", sort="name", columns=("name", "account", "status", "amount", "closed")
    ).rows
    assert [(row["name"], row["account"], row["status"], str(row["amount"]), row["closed"]) for row in rows] == [
        ("Acme pumps", "Acme", "won", "1,200.50 USD", "2026-02-01"),
        ("Acme valves", "Acme", "lost", "300.00 USD", "2026-02-03"),
        ("Globex pumps", "Globex", "open", "5,000.00 EUR", None),
        ("Orphan deal", None, "open", "70.00 USD", None),
    ]


def test_the_same_file_again_changes_nothing_and_leaves_no_operation(deals: tuple[Desk, Path]) -> None:
    desk, path = deals
    take(desk, path, "opportunity", columns=COLUMNS, create=frozenset({"account"}))
    before = contents(desk)
    again = take(desk, path, "opportunity", columns=COLUMNS, create=frozenset({"account"}))
    assert (again.new, again.changed, again.unchanged, again.operation_id) == (0, 0, 4, None)
    assert contents(desk) == before


def test_without_ids_the_same_rows_again_change_nothing_and_equal_rows_stay_two(desk: Desk, tmp_path: Path) -> None:
    path = write(tmp_path, "tasks.csv", "subject,due\nCall,2026-03-01\nCall,2026-03-01\nWrite,2026-03-02\n")
    assert take(desk, path, "task").new == 3
    assert (take(desk, path, "task").unchanged, listing.count(desk, "task")) == (3, 3)


def test_one_undo_takes_everything_back_and_redo_brings_it_again(deals: tuple[Desk, Path]) -> None:
    desk, path = deals
    a_task(desk)  # from now on somebody sits at this desk, whom no undo takes away
    before = contents(desk)
    take(desk, path, "opportunity", columns=COLUMNS, create=frozenset({"account"}))
    after = contents(desk)
    history.undo(desk)
    assert contents(desk) == before
    history.redo(desk)
    assert contents(desk) == after


def test_changed_rows_change_their_records(deals: tuple[Desk, Path], tmp_path: Path) -> None:
    desk, path = deals
    take(desk, path, "opportunity", columns=COLUMNS, create=frozenset({"account"}))
    newer = write(
        tmp_path, "newer.csv", DEALS.replace("Proposal,5k EUR,2026-02-01,", "Won,6k EUR,2026-02-01,2026-03-01")
    )
    result = take(desk, newer, "opportunity", columns=COLUMNS)
    assert (result.changed, result.unchanged) == (1, 3)
    row = listing.select(desk, "opportunity", where='"Globex pumps"', columns=("status", "amount", "closed")).rows[0]
    assert (row["status"], str(row["amount"]), row["closed"]) == ("won", "6,000.00 EUR", "2026-03-01")


def test_history_follows_from_imported_dates(deals: tuple[Desk, Path]) -> None:
    desk, path = deals
    take(desk, path, "opportunity", columns=COLUMNS, create=frozenset({"account"}))
    then = listing.select(desk, "opportunity", where="status=open", as_of=date(2026, 1, 15), columns=("name",)).rows
    assert sorted(row["name"] for row in then) == ["Acme pumps", "Acme valves"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("9,Nobody Ltd,Deal,Won,1,2026-01-01,2026-02-01", "--create account"),
        ("9,,Deal,Shipping,1,2026-01-01,", "no stage is called Shipping"),
        ("9,,Deal,Won,a lot,2026-01-01,2026-02-01", "a lot"),
        ("9,,Deal,Won,1,2026-02-30,2026-02-01", "2026-02-30"),
        ("9,,Deal,Won,1,2026-03-01,2026-02-01", "before it was created"),
        ("1,,Deal,Won,1,2026-01-01,2026-02-01", "line 2"),
        ("9,,Deal,Won,1,2026-01-01,2026-02-01,too,many", "cells"),
    ],
)
def test_a_row_that_cannot_be_taken_is_told_and_stops_nothing(
    desk: Desk, tmp_path: Path, row: str, reason: str
) -> None:
    good = "1,,Good,,5,2026-01-01,"
    path = write(tmp_path, "deals.csv", f"id,company,deal,stage,worth,made,done\n{good}\n{row}\n")
    result = take(desk, path, "opportunity", columns=COLUMNS)
    assert (result.new, [item.line for item in result.rejected]) == (1, [3])
    assert reason in result.rejected[0].reason


def test_a_stage_of_another_system_is_taken_by_its_number_and_told(desk: Desk, tmp_path: Path) -> None:
    path = write(tmp_path, "deals.csv", "name,stage\nOne,2-Develop\n")
    result = take(desk, path, "opportunity")
    assert listing.select(desk, "opportunity", columns=("stage",)).rows[0]["stage"] == "Needs analysis"
    assert any("2-Develop is taken as Needs analysis" in note for note in result.notes)


def test_ambiguous_dates_are_asked_never_guessed(desk: Desk, tmp_path: Path) -> None:
    path = write(tmp_path, "deals.csv", "name,created\nOne,03/04/2026\nTwo,05/06/2026\n")
    with pytest.raises(UsageError, match="ambiguous"):
        take(desk, path, "opportunity")
    assert take(desk, path, "opportunity", date_order="dmy").new == 2
    assert listing.select(desk, "opportunity", where="created=2026-04-03").rows[0]["name"] == "One"


def test_users_come_with_managers_and_accounts_with_parents_that_stand_later_in_the_file(
    desk: Desk, tmp_path: Path
) -> None:
    take(desk, write(tmp_path, "users.csv", "name,manager\nAnn,Zoe\nBob,Ann\n"), "user")
    managers = {row["name"]: row["manager"] for row in listing.select(desk, "user", columns=("name", "manager")).rows}
    assert managers == {"Ann": "Zoe", "Bob": "Ann", "Zoe": None}
    take(desk, write(tmp_path, "accounts.csv", "name,parent\nBranch,Head\nHead,\n"), "account")
    assert listing.count(desk, "account") == 2
    assert listing.select(desk, "account", where="parent=Head").rows[0]["name"] == "Branch"


def test_the_whole_example_of_a_reseller(desk: Desk, shared_data: Path, tmp_path: Path) -> None:
    folder = shared_data / "maven_crm"
    take(desk, folder / "sales_teams.csv", "user")
    take(desk, folder / "accounts.csv", "account")
    take(desk, folder / "products.csv", "product")
    source = folder / "sales_pipeline_asof_2017-06-30.csv"
    result = take(desk, source, "opportunity", columns=PIPELINE, values=STAGES)
    assert (result.new, result.rejected) == (4365, [])
    won: dict[str, list[Any]] = defaultdict(lambda: [0, Decimal()])
    with source.open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            if row["deal_stage"] == "Won":
                won[row["sales_agent"]][0] += 1
                won[row["sales_agent"]][1] += Decimal(row["close_value"])
    counted = desk.store.rows(
        "SELECT u.name, count(*), sum(o.amount_minor) FROM opportunity o JOIN app_user u ON u.id = o.owner_id"
        " WHERE o.is_won = 1 GROUP BY 1"
    )
    assert {name: [count, Decimal(minor) / 100] for name, count, minor in counted} == dict(won)
    for name, form in (("mdy", "{0.month}/{0.day}/{0.year}"), ("dmy", "{0:%d-%m-%y}")):
        other = _rewritten(source, tmp_path / f"{name}.csv", form)
        again = take(desk, other, "opportunity", columns=PIPELINE, values=STAGES)
        assert (again.new, again.changed, again.unchanged) == (0, 0, 4365)


def _rewritten(source: Path, target: Path, form: str) -> Path:
    with source.open(encoding="utf-8") as stream, target.open("w", encoding="utf-8", newline="") as out:
        reader, writer = csv.reader(stream), csv.writer(out)
        writer.writerow(next(reader))
        for row in reader:
            row[5:7] = [form.format(date.fromisoformat(cell)) if cell else "" for cell in row[5:7]]
            writer.writerow(row)
    return target


def test_twenty_thousand_deals_and_a_whole_export_are_taken_with_every_refusal_explained(
    desk: Desk, shared_data: Path
) -> None:
    regional = shared_data / "ms_regional_sales"
    for name, noun in (
        ("owners", "user"),
        ("products", "product"),
        ("accounts", "account"),
        ("opportunities", "opportunity"),
    ):
        result = take(desk, regional / f"{name}.csv", noun)
        assert result.rejected == []
    assert listing.count(desk, "opportunity") == 20_000
    zoho = shared_data / "zoho_crm"
    for name in ("Users", "Accounts", "Contacts", "Products", "Leads_first400", "Tasks_first300"):
        plan = make_plan(desk, Request(zoho / f"{name}.csv", source="zoho"))
        result = run(desk, plan)
        assert result.new + result.changed + result.unchanged + len(result.rejected) == len(plan.rows)
        assert all(row.reason for row in result.rejected)
