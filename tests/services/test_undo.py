"""Anything can be undone, alone or together, or it is said why not."""

from contextlib import closing
from datetime import timedelta

import pytest

from db.connection import connect
from sfa.errors import ConflictError, NotFoundError
from sfa.services import accounts, history, opportunities, trash
from sfa.services.desk import Desk
from tests.support.contents import contents
from tests.support.factories import (
    USER_NAME,
    a_contact,
    an_account,
    an_activity,
    an_opportunity,
    clock_of,
    column_of,
    make_desk,
)


def test_an_undo_can_be_redone(desk: Desk) -> None:
    account = an_account(desk, name="Acme")
    accounts.edit(desk, [account], {"name": "Bcme", "city": "Berlin", "tags": "vip"})
    after = contents(desk)
    undone = history.undo(desk)
    assert undone.summary.startswith("Undid: Edited Bcme")
    assert column_of(desk, "account", account, "name") == "Acme"
    redone = history.redo(desk)
    assert redone.summary.startswith("Redid: Edited Bcme")
    assert contents(desk) == after


def test_there_may_be_nothing_to_undo_or_redo(desk: Desk) -> None:
    with pytest.raises(ConflictError, match="nothing to undo"):
        history.undo(desk)
    an_account(desk)
    history.undo(desk)
    an_account(desk)
    with pytest.raises(ConflictError, match="nothing to redo"):
        history.redo(desk)


def test_the_first_operation_is_undone_and_the_user_stays(desk: Desk) -> None:
    first = accounts.add(desk, {"name": "Acme"})
    accounts.add(desk, {"name": "Bcme"})
    history.undo(desk, first.operation_id)
    history.undo(desk)
    assert desk.store.rows("SELECT * FROM account") == []
    assert desk.store.rows("SELECT id FROM app_user") == [(desk.user_id,)]


def test_an_older_operation_is_undone_by_its_reference(desk: Desk) -> None:
    account = an_account(desk, name="Acme")
    saved = accounts.edit(desk, [account], {"industry": "Steel"})
    accounts.edit(desk, [account], {"city": "Berlin"})
    assert saved.operation_id
    history.undo(desk, saved.operation_id[-8:])
    assert column_of(desk, "account", account, "industry") is None
    assert desk.store.rows("SELECT city FROM address") == [("Berlin",)]
    with pytest.raises(NotFoundError):
        history.undo(desk, "zzzzzzzz")


def test_what_something_later_depends_on_is_not_undone(desk: Desk) -> None:
    account = an_account(desk, name="Acme")
    first = accounts.edit(desk, [account], {"name": "Bcme"})
    second = accounts.edit(desk, [account], {"name": "Ccme"})
    before = contents(desk)
    assert first.operation_id
    assert second.operation_id
    with pytest.raises(ConflictError, match="changed later") as error:
        history.undo(desk, first.operation_id)
    assert second.operation_id[-8:] in str(error.value.hint)
    assert contents(desk) == before
    history.undo(desk)
    history.undo(desk, first.operation_id)
    assert column_of(desk, "account", account, "name") == "Acme"


def test_a_record_that_others_name_since_is_not_taken_away(desk: Desk) -> None:
    saved = accounts.add(desk, {"name": "Acme"})
    an_opportunity(desk, account=saved.id)
    with pytest.raises(ConflictError):
        history.undo(desk, saved.operation_id)
    assert saved.id
    assert column_of(desk, "account", saved.id, "name") == "Acme"


def test_an_undone_move_takes_its_history_with_it(desk: Desk) -> None:
    deal = an_opportunity(desk, amount="40k")
    before = contents(desk)
    clock_of(desk).advance(days=3)
    opportunities.move(desk, [deal], "nego")
    assert len(contents(desk)["opportunity_history"]) == 2
    history.undo(desk)
    assert contents(desk) == before


def test_a_move_and_an_estimate_in_one_edit_are_undone_together(desk: Desk) -> None:
    deal = an_opportunity(desk)
    before = contents(desk)
    with desk.store.write("x", "Both") as work:
        stage = desk.store.value("SELECT id FROM stage WHERE seq = 4")
        work.update("opportunity", deal, {"stage_id": stage, "probability_ppm": 1, "category": "omitted"})
    history.undo(desk)
    assert contents(desk) == before


def test_a_win_is_undone_although_its_columns_bind_each_other(desk: Desk) -> None:
    deal = an_opportunity(desk, amount="40k")
    before = contents(desk)
    opportunities.win(desk, [deal], "price", "2026-03-05")
    history.undo(desk)
    assert contents(desk) == before
    history.redo(desk)
    assert column_of(desk, "opportunity", deal, "closed_on") == "2026-03-05"


def test_five_hundred_edited_records_are_one_undo(desk: Desk) -> None:
    with desk.store.write("x", "Many") as work:
        ids = [opportunities.VERBS.add_within(desk, work, {"name": f"Deal {number}"}).id for number in range(500)]
    before = contents(desk)
    saved = opportunities.edit(desk, ids, {"amount": "50k", "next_step": "Call", "tags": "q2"})
    assert saved.summary == "Edited 500 opportunities: amount, next step, tags"
    assert saved.count == 500
    history.undo(desk)
    assert contents(desk) == before


def test_a_change_by_a_sql_shell_is_journaled_and_undone(desk: Desk) -> None:
    deal = an_opportunity(desk, account=an_account(desk, name="Acme"))
    before = contents(desk)
    with closing(connect(desk.store.workspace.database)) as shell:
        shell.execute("UPDATE account SET name = 'By hand'")
        shell.execute("UPDATE opportunity SET stage_id = (SELECT id FROM stage WHERE type = 'won')")
    assert column_of(desk, "opportunity", deal, "is_won") == 1
    direct = next(line for line in history.operations(desk) if line.verb == "sql")
    assert direct.actor == "sql"
    history.undo(desk, direct.id)
    assert contents(desk) == before


def test_the_last_operation_is_the_last_one_although_the_clock_was_set_back(desk: Desk) -> None:
    account = an_account(desk, name="Acme")
    folder, clock = desk.store.workspace.folder, clock_of(desk)
    desk.close()
    again = make_desk(folder, clock.today() - timedelta(days=2), seed=2)
    try:
        accounts.edit(again, [account], {"name": "Bcme"})
        accounts.edit(again, [account], {"name": "Ccme"})
        assert [line.verb for line in history.operations(again)] == ["account.edit", "account.edit", "account.add"]
        history.undo(again)
        assert column_of(again, "account", account, "name") == "Bcme"
        history.redo(again)
        assert column_of(again, "account", account, "name") == "Ccme"
    finally:
        again.close()


def test_a_dry_undo_changes_nothing(desk: Desk) -> None:
    an_account(desk)
    before = contents(desk, with_local=True)
    saved = history.undo(desk, is_dry_run=True)
    assert (saved.is_dry_run, saved.operation_id) == (True, None)
    assert contents(desk, with_local=True) == before
    assert not history.operations(desk)[0].is_undone


def test_undo_survives_a_restart(desk: Desk) -> None:
    account = an_account(desk, name="Acme")
    accounts.edit(desk, [account], {"name": "Bcme"})
    folder = desk.store.workspace.folder
    desk.close()
    again = make_desk(folder, seed=2)
    try:
        history.undo(again)
        assert column_of(again, "account", account, "name") == "Acme"
    finally:
        again.close()


def test_what_was_deleted_for_good_comes_back_with_everything_on_it(desk: Desk) -> None:
    account = an_account(desk, phone="+12125550100", tags="vip", external_id="7", city="Berlin")
    jane = a_contact(desk, account=account)
    an_activity(desk, account=account, contact=jane)
    an_opportunity(desk, account=account)
    accounts.remove(desk, [account], is_forced=True)
    before = contents(desk, with_local=True)
    saved = trash.purge(desk, [("account", account)])
    assert saved.summary.startswith("Deleted Acme (")
    assert desk.store.rows("SELECT * FROM phone") == []
    assert desk.store.rows("SELECT account_id FROM opportunity") == [(None,)]
    history.undo(desk)
    after = contents(desk, with_local=True)
    changed = {table for table in before if before[table] != after[table]}
    assert changed <= {"opportunity", "activity"}  # they alone were touched: their time of change is this laptop's own
    assert column_of(desk, "account", account, "ref") == account[-4:]


def test_the_journal_lists_what_was_done(desk: Desk) -> None:
    account = an_account(desk, name="Acme")
    clock_of(desk).advance(minutes=1)
    accounts.edit(desk, [account], {"industry": "Steel"})
    history.undo(desk)
    lines = history.operations(desk)
    assert {line.actor for line in lines} == {USER_NAME}
    assert [line.verb for line in lines] == ["undo", "account.edit", "account.add"]
    assert [line.is_undone for line in lines] == [False, True, False]
    assert lines[0].undoes == lines[1].ref
    assert history.operations(desk, limit=1, before=lines[1].id)[0].verb == "account.add"
