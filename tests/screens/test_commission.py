"""Commission on key 6: the statement, its lines in words, what if, how far the quota is."""

from pathlib import Path

import pytest

from screens.commission.screen import CommissionScreen
from sfa.services import users
from sfa.services.desk import Desk
from tests.support.commissions import BOSS, FLAT, ME, TIERS, a_plan, a_quota, a_sale, a_team, a_won_deal
from tests.support.driver import SIZES, Driver, desk_driver
from tests.support.factories import an_account, an_opportunity
from tests.support.payloads import PAYLOADS


def a_quarter(desk: Desk) -> None:
    a_team(desk)
    a_plan(desk, TIERS, ME, "Pat Peer")
    a_quota(desk, "10k")
    an_account(desk, name="Acme")
    a_won_deal(desk, "Acme renewal", "8000", "2026-02-10")
    a_won_deal(desk, "Acme upgrade", "4000", "2026-02-20")


def words(drive: Driver) -> str:
    return str(drive.screen.query_one("#words").render())


@pytest.mark.parametrize("size", SIZES)
async def test_the_statement_says_what_is_paid_and_how_far_the_quota_is(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk_driver(tmp_path, size=size, fill=a_quarter) as drive:
        await drive.press("6")
        assert isinstance(drive.screen, CommissionScreen)
        assert "Payable 800.00 USD" in drive.text
        assert "████████████████████┊███ 120 %" in drive.text
        assert "Alex Rep: 2026-Q1" in drive.text
        assert drive.row("Acme renewal")["amount"] == "480.00 USD"
        assert drive.row("Acme upgrade")["amount"] == "320.00 USD"


async def test_a_line_is_told_in_words_and_with_enter_in_full(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_quarter) as drive:
        await drive.press("6")
        assert "8,000.00 USD credited for Acme renewal earns 480.00 USD." in words(drive)
        await drive.press("enter")
        assert "Plan: TIERS/1" in words(drive)
        await drive.press("down")
        assert "Acme upgrade earns 320.00 USD" in words(drive)
        assert "y Why" in drive.footer
        await drive.press("y")
        assert "Plan: TIERS/1" in words(drive)


async def test_what_if_tells_what_a_deal_would_bring(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_quarter) as drive:
        await drive.press("6", "w", *"win Acme in march at 40k", "enter")
        assert "Acme, 40,000.00 USD on 2026-03-31: 4,000.00 USD" in words(drive)


async def test_what_cannot_be_understood_is_told_in_the_dialog(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_quarter) as drive:
        await drive.press("6", "w", *"nobody at all", "enter")
        assert drive.is_dialog_open
        assert "nobody" in drive.problem.lower()


async def test_a_line_is_disputed_and_undone(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_quarter) as drive:
        await drive.press("6", "d", *"too little", "enter")
        assert "Disputed line" in drive.said
        await drive.press("u")
        assert drive.desk.store.value("SELECT count(*) FROM comp_dispute") == 0


async def test_without_a_plan_it_says_how_to_publish_one(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_team) as drive:
        await drive.press("6")
        assert "commission plan publish FILE" in drive.text
        assert "docs/plans/tiers.toml" in drive.text
        await drive.press("enter", "w", "d", "s", "o")
        assert not drive.is_dialog_open


async def test_an_empty_period_names_a_key(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        a_team(desk)
        a_plan(desk)

    async with desk_driver(tmp_path, fill=fill) as drive:
        await drive.press("6")
        assert "Press w" in drive.text
        await drive.press("o")
        assert drive.said == "There is no other statement that you may see."


async def test_the_deal_and_today_tell_what_they_bring(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        a_quarter(desk)
        an_opportunity(desk, name="Big one", amount="10000", close_date="2026-03-20", next_step_on="2026-03-09")

    async with desk_driver(tmp_path, size=(120, 36), fill=fill) as drive:
        assert "commission 2026-Q1: 800.00 USD, 120 % of quota" in drive.text
        await drive.go_to("Big one")
        await drive.press("enter")
        assert "If won" in drive.text
        assert "1,000.00 USD" in drive.text


@pytest.mark.parametrize("payload", list(PAYLOADS.values())[:6])
async def test_hostile_names_stay_text(tmp_path: Path, payload: str) -> None:
    def fill(desk: Desk) -> None:
        a_team(desk)
        a_plan(desk, FLAT)
        a_won_deal(desk, f"x {payload}"[:150], "1000", "2026-02-10")
        a_sale(desk, 1_000)

    async with desk_driver(tmp_path, fill=fill) as drive:
        await drive.press("6", "enter")
        assert drive.leaks() == []


async def test_a_name_that_means_several_is_told_with_what_tells_them_apart(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        a_quarter(desk)
        an_account(desk, name="Borealis Bremen", city="Bremen")
        an_account(desk, name="Borealis Köln", city="Köln")

    async with desk_driver(tmp_path, fill=fill) as drive:
        await drive.press("6", "w")
        assert "enter reckons" in drive.text
        await drive.press(*"win Borealis at 40k", "enter")
        assert "could be several accounts" in drive.problem
        (line,) = [line for line in drive.problem.splitlines() if "Borealis Köln" in line]
        reference = line.split()[0]
        await drive.press("ctrl+u", *f"win {reference} at 40k", "enter")
        assert "Borealis Köln, 40,000.00 USD" in words(drive)


async def test_a_manager_whom_no_plan_pays_is_told_whose_statements_she_may_see(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        a_quarter(desk)
        users.become(desk, str(desk.store.value("SELECT id FROM app_user WHERE name = ?", (BOSS,))))

    async with desk_driver(tmp_path, fill=fill) as drive:
        await drive.press("6")
        assert "No plan pays you." in drive.text
        assert f"o  shows the statements of {ME}, Pat Peer" in drive.text
        assert "Nothing is earned" not in drive.text
        await drive.press("o", *"alex", "enter")
        assert "Payable 800.00 USD" in drive.text
