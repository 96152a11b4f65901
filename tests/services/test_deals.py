"""A deal: its stage decides probability, category and closing."""

import pytest

from db.seeds import stage_id
from sfa.errors import ConflictError, NotFoundError, UsageError
from sfa.services import history, opportunities, stages
from sfa.services.desk import Desk
from tests.support.contents import contents
from tests.support.factories import (
    TODAY,
    USER_NAME,
    a_contact,
    a_product,
    an_account,
    an_opportunity,
    clock_of,
    column_of,
    ref_of,
)


def state(desk: Desk, deal: str, *columns: str) -> tuple[object, ...]:
    return tuple(column_of(desk, "opportunity", deal, column) for column in columns)


def stages_told(desk: Desk, deal: str) -> list[tuple[str, str]]:
    sql = (
        "SELECT s.name, substr(h.at, 1, 10) FROM opportunity_history h JOIN stage s ON s.id = h.stage_id"
        " WHERE opportunity_id = ? AND is_stage_change ORDER BY at"
    )
    return desk.store.rows(sql, (deal,))


def test_a_new_deal_begins_in_the_first_stage_and_is_mine(desk: Desk) -> None:
    deal = an_opportunity(desk, amount="40k")
    assert state(desk, deal, "stage_id", "probability_ppm", "category") == (stage_id(1), 100_000, "pipeline")
    assert state(desk, deal, "currency", "created_on", "closed_on") == ("USD", TODAY.isoformat(), None)
    owner = desk.store.value("SELECT name FROM app_user WHERE id = ?", state(desk, deal, "owner_id"))
    assert owner == USER_NAME


def test_a_deal_without_a_name_is_called_after_account_and_product(desk: Desk) -> None:
    account = an_account(desk, name="Acme")
    product = a_product(desk, name="Widget", price="12.50 USD")
    deal = opportunities.add(desk, {"account": account, "product": product, "stage": "nego"})
    assert deal.id
    assert state(desk, deal.id, "name", "probability_ppm", "category") == ("Acme - Widget", 800_000, "commit")
    lines = desk.store.rows("SELECT product_id, quantity_dec6, unit_price_dec6, amount_minor FROM opportunity_line")
    assert lines == [(product, 1_000_000, 12_500_000, 1250)]


def test_a_deal_with_a_contact_is_of_the_contact_s_account(desk: Desk) -> None:
    account = an_account(desk)
    jane = a_contact(desk, account=account)
    deal = an_opportunity(desk, contact=jane)
    assert state(desk, deal, "account_id") == (account,)
    assert desk.store.rows("SELECT contact_id FROM opportunity_contact") == [(jane,)]


def test_next_and_back_walk_the_stages(desk: Desk) -> None:
    deal = an_opportunity(desk)
    opportunities.move(desk, [deal], "next")
    opportunities.move(desk, [deal], "next")
    saved = opportunities.move(desk, [deal], "back")
    assert saved.summary.endswith("from Solution / value to Needs analysis")
    opportunities.move(desk, [deal], "back")
    with pytest.raises(UsageError, match="no stage before Qualification"):
        opportunities.move(desk, [deal], "back")
    opportunities.move(desk, [deal], "Negotiation")
    opportunities.move(desk, [deal], "next")
    assert state(desk, deal, "is_won") == (1,)


def test_an_unknown_stage_lists_the_stages(desk: Desk) -> None:
    deal = an_opportunity(desk)
    with pytest.raises(NotFoundError) as error:
        opportunities.move(desk, [deal], "zzz")
    assert "Proposal / quote" in str(error.value.hint)


def test_an_own_estimate_stays_until_it_is_given_back(desk: Desk) -> None:
    deal = an_opportunity(desk)
    opportunities.edit(desk, [deal], {"probability": "35%", "category": "best case"})
    assert state(desk, deal, "probability_ppm", "is_probability_overridden") == (350_000, 1)
    opportunities.move(desk, [deal], "nego")
    assert state(desk, deal, "probability_ppm", "category") == (350_000, "best_case")
    opportunities.edit(desk, [deal], {"probability": None, "category": None})
    assert state(desk, deal, "probability_ppm", "category") == (800_000, "commit")
    assert state(desk, deal, "is_probability_overridden", "is_category_overridden") == (0, 0)


def test_a_closed_deal_spends_the_own_estimate(desk: Desk) -> None:
    deal = an_opportunity(desk, stage="prop", probability="35%")
    opportunities.win(desk, [deal])
    assert state(desk, deal, "probability_ppm", "category", "is_won") == (1_000_000, "closed", 1)
    with pytest.raises(ConflictError, match="probability and category of its stage"):
        opportunities.edit(desk, [deal], {"probability": "10%"})
    opportunities.reopen(desk, [deal])
    assert state(desk, deal, "stage_id", "probability_ppm") == (stage_id(4), 600_000)


def test_closed_is_no_category_of_an_open_deal(desk: Desk) -> None:
    with pytest.raises(UsageError, match="for won deals"):
        an_opportunity(desk, category="closed")


def test_a_loss_needs_a_reason_and_other_a_note(desk: Desk) -> None:
    deal = an_opportunity(desk)
    with pytest.raises(UsageError, match="A lost deal needs a reason") as error:
        opportunities.move(desk, [deal], "lost")
    assert "competitor" in str(error.value.hint)
    with pytest.raises(UsageError, match="not among the choices"):
        opportunities.lose(desk, [deal], "weather")
    with pytest.raises(UsageError, match="needs a note"):
        opportunities.lose(desk, [deal], "other")
    saved = opportunities.lose(desk, [deal], "comp", competitor="Bcme")
    assert saved.summary == f"Lost Acme renewal ({saved.ref}): competitor"
    assert state(desk, deal, "is_won", "loss_reason", "competitor") == (0, "competitor", "Bcme")
    assert state(desk, deal, "probability_ppm", "category") == (0, "omitted")
    with pytest.raises(ConflictError, match="is lost already"):
        opportunities.lose(desk, [deal], "price")


def test_the_same_stage_by_edit_follows_the_same_rules(desk: Desk) -> None:
    deal = an_opportunity(desk)
    with pytest.raises(UsageError, match="needs a reason"):
        opportunities.edit(desk, [deal], {"outcome": "lost"})
    opportunities.edit(desk, [deal], {"stage": "lost", "loss_reason": "price"})
    assert state(desk, deal, "is_won") == (0,)
    opportunities.edit(desk, [deal], {"outcome": "won", "amount": "41k"})
    assert state(desk, deal, "is_won", "amount_minor", "loss_reason") == (1, 4_100_000, None)


def test_reopening_keeps_the_history(desk: Desk) -> None:
    deal = an_opportunity(desk, stage="prop")
    clock_of(desk).advance(days=1)
    opportunities.lose(desk, [deal], "price")
    clock_of(desk).advance(days=1)
    saved = opportunities.reopen(desk, [deal])
    assert saved.summary == f"Reopened Acme renewal ({saved.ref}) in Proposal / quote"
    assert state(desk, deal, "closed_on", "is_won", "loss_reason", "category") == (None, None, None, "best_case")
    assert [name for name, _ in stages_told(desk, deal)] == ["Proposal / quote", "Lost", "Proposal / quote"]
    with pytest.raises(ConflictError, match="is open"):
        opportunities.reopen(desk, [deal])


def test_a_win_told_late_ends_the_history_on_its_day(desk: Desk) -> None:
    deal = an_opportunity(desk)
    opportunities.move(desk, [deal], "nego")
    opportunities.win(desk, [deal], on="fri", amount="44k")
    assert state(desk, deal, "closed_on", "created_on", "amount_minor") == ("2026-03-06", "2026-03-06", 4_400_000)
    assert stages_told(desk, deal)[-1] == ("Won", "2026-03-06")
    assert {day for _, day in stages_told(desk, deal)} == {"2026-03-06"}


def test_a_deal_created_earlier_begins_its_history_there(desk: Desk) -> None:
    deal = an_opportunity(desk)
    clock_of(desk).advance(days=1)
    opportunities.move(desk, [deal], "nego")
    opportunities.edit(desk, [deal], {"created": "2026-01-15"})
    assert stages_told(desk, deal) == [("Qualification", "2026-01-15"), ("Negotiation", "2026-03-11")]
    opportunities.edit(desk, [deal], {"created": "2026-12-31"})
    assert stages_told(desk, deal)[0] == ("Qualification", "2026-03-11")


def test_a_deal_may_have_several_people(desk: Desk) -> None:
    a_contact(desk, name="Jane Doe")
    a_contact(desk, name="Ann Roe")
    an_opportunity(desk, contact="Jane Doe, Ann Roe")
    assert desk.store.value("SELECT count(*) FROM opportunity_contact") == 2
    with pytest.raises(UsageError, match="Only one record"):
        an_opportunity(desk, account=["Acme", "Bcme"])


def test_no_deal_is_closed_ahead_of_time(desk: Desk) -> None:
    deal = an_opportunity(desk)
    with pytest.raises(UsageError, match="ahead of time"):
        opportunities.win(desk, [deal], on="2026-04-01")
    with pytest.raises(UsageError, match="open deal has no day of closing"):
        opportunities.edit(desk, [deal], {"closed": "2026-03-01"})


def test_many_deals_move_as_one(desk: Desk) -> None:
    deals = [an_opportunity(desk, name=f"Deal {number}") for number in range(3)]
    saved = opportunities.move(desk, deals, "nego")
    assert saved.summary == "Moved 3 opportunities to Negotiation"
    assert saved.count == 3
    before = contents(desk)
    opportunities.win(desk, deals)
    history.undo(desk)
    assert contents(desk) == before


def test_a_next_step_is_told(desk: Desk) -> None:
    deal = an_opportunity(desk)
    saved = opportunities.set_next_step(desk, [deal], "Call Jane", "fri")
    assert saved.summary == f"Next step of Acme renewal ({saved.ref}): Call Jane on 2026-03-13"
    saved = opportunities.set_next_step(desk, [deal], None)
    assert saved.summary == f"No next step of Acme renewal ({saved.ref})"
    assert state(desk, deal, "next_step", "next_step_on") == (None, None)


def test_people_of_a_deal_have_a_part_in_it(desk: Desk) -> None:
    deal, jane = an_opportunity(desk), a_contact(desk)
    saved = opportunities.add_contact(desk, deal, jane, "signer", 2)
    assert saved.summary == f"Jane Doe is signer of Acme renewal ({saved.ref})"
    opportunities.add_contact(desk, deal, jane, stance=-2)
    assert desk.store.rows("SELECT role, stance FROM opportunity_contact") == [("signer", -2)]
    with pytest.raises(UsageError, match="stance of 7"):
        opportunities.add_contact(desk, deal, jane, stance=7)


def test_a_dry_run_tells_the_same_and_leaves_the_file_as_it_was(desk: Desk) -> None:
    deal = an_opportunity(desk)
    before, file = contents(desk, with_local=True), desk.store.workspace.database.read_bytes()
    saved = opportunities.win(desk, [deal], is_dry_run=True)
    assert (saved.is_dry_run, saved.operation_id) == (True, None)
    assert saved.summary == f"Won Acme renewal ({ref_of(desk, 'opportunity', deal)})"
    assert opportunities.add(desk, {"name": "New"}, is_dry_run=True).is_dry_run
    assert contents(desk, with_local=True) == before
    assert desk.store.workspace.database.read_bytes() == file


def test_a_new_stage_stands_before_the_closing_ones(desk: Desk) -> None:
    stages.add(desk, {"name": "Legal review"})
    names = [name for (name,) in desk.store.rows("SELECT name FROM stage ORDER BY seq")]
    assert names[4:] == ["Negotiation", "Legal review", "Won", "Lost"]
    deal = an_opportunity(desk, stage="legal")
    assert state(desk, deal, "probability_ppm") == (800_000,)
    with pytest.raises(ConflictError, match="Legal review holds 1 deal"):
        stages.remove(desk, [str(column_of(desk, "opportunity", deal, "stage_id"))])
    with pytest.raises(ConflictError, match="closes deals"):
        stages.remove(desk, [stage_id(6)])
