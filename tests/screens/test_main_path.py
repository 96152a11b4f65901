"""The way of a rep through a day, by keys: what is done is there, can be undone, and is there again tomorrow."""

from pathlib import Path

import pytest

from sfa.services.desk import Desk
from tests.support.driver import SIZES, desk_driver
from tests.support.factories import a_task, an_account, an_opportunity, column_of


def a_small_book(desk: Desk) -> None:
    acme = an_account(desk, name="Acme")
    borealis = an_account(desk, name="Borealis")
    an_opportunity(desk, name="Acme renewal", account_id=acme, amount="40k USD", close_date="2026-03-31")
    an_opportunity(desk, name="Borealis pilot", account_id=borealis, amount="12k USD", close_date="2026-04-15")
    a_task(desk, subject="Send the quote", due="2026-03-10", account_id=acme)


@pytest.mark.parametrize("size", SIZES)
async def test_a_day_at_the_desk(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk_driver(tmp_path, size=size, fill=a_small_book) as drive:
        assert "Send the quote" in drive.text

        await drive.press("4", "slash")
        await drive.write("renewal")
        assert drive.names() == ["Acme renewal"]

        await drive.press("enter", "enter")
        assert "Opportunity: Acme renewal" in drive.text
        await drive.press("l")
        await drive.write("Talked about the price")
        await drive.press("enter")
        assert drive.row("Talked about the price")["kind"] == "call"
        assert drive.row("Talked about the price")["at"] == "2026-03-10 12:00"

        await drive.press("escape", "m", *"nego", "enter")
        assert drive.row("Acme renewal")["stage"] == "Negotiation"
        assert drive.said.startswith("Moved Acme renewal")
        await drive.press("u")
        assert drive.row("Acme renewal")["stage"] == "Qualification"
        assert "U brings it back" in drive.said
        await drive.press("U")
        assert drive.row("Acme renewal")["stage"] == "Negotiation"
        await drive.press("q")

    async with desk_driver(tmp_path, size=size) as drive:
        await drive.press("4")
        assert drive.board.card("Acme renewal").stage == "Negotiation"
        await drive.press("slash", *"renewal", "enter", "enter")
        assert drive.row("Talked about the price")


async def test_a_task_is_ticked_off_where_it_stands(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_small_book) as drive:
        await drive.go_to("Send the quote")
        await drive.press("d")
        assert "Send the quote" not in drive.names("title")
        await drive.press("u")
        assert "Send the quote" in drive.names("title")


async def test_only_tasks_are_ticked_off(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        an_opportunity(desk, next_step="Call", next_step_on="2026-03-10")

    async with desk_driver(tmp_path, fill=fill) as drive:
        await drive.press("d")
        assert drive.said == "Only tasks are ticked off. Enter opens this record."


async def test_a_deal_is_won_with_a_reason(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_small_book) as drive:
        await drive.press("4", "w")
        assert drive.dialog == "Won: what decided it?"
        await drive.write("the service")
        await drive.press("enter")
        won = drive.desk.store.row("SELECT name, is_won, win_reason FROM opportunity WHERE closed_on IS NOT NULL")
        assert won == ("Acme renewal", 1, "the service")
        assert "Acme renewal" not in drive.board.names["Qualification"]


async def test_a_deal_is_lost_only_with_a_reason(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_small_book) as drive:
        await drive.press("4", "x", "escape")
        assert drive.board.card("Acme renewal").stage == "Qualification"
        await drive.press("x", *"other", "enter", "enter")
        assert drive.problem == "Something is needed here."
        await drive.write("moved abroad")
        await drive.press("enter")
        assert drive.desk.store.row(
            "SELECT name, is_won, loss_reason, loss_note FROM opportunity WHERE is_won = 0"
        ) == (
            "Acme renewal",
            0,
            "other",
            "moved abroad",
        )


async def test_a_move_to_lost_asks_why(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_small_book) as drive:
        await drive.press("4", "m", *"lost", "enter")
        assert drive.dialog == "Lost: why?"
        await drive.press(*"price", "enter")
        assert drive.desk.store.value("SELECT loss_reason FROM opportunity WHERE is_won = 0") == "price"


async def test_one_key_moves_a_stage_on_and_back(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_small_book) as drive:
        await drive.press("4", "greater_than_sign")
        assert drive.board.card("Acme renewal").stage == "Needs analysis"
        assert drive.board.at_cursor == "Acme renewal"
        await drive.press("less_than_sign")
        assert drive.board.card("Acme renewal").stage == "Qualification"


async def test_the_next_step_and_its_day_are_asked_together(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_small_book) as drive:
        await drive.press("4", "n")
        assert drive.dialog == "Next step"
        await drive.write("send the quote")
        await drive.press("tab")
        await drive.write("no day")
        await drive.press("enter")
        assert "no day" in drive.problem
        assert drive.typed == "no day"
        await drive.press(*["backspace"] * 6)
        await drive.write("friday")
        await drive.press("enter")
        assert drive.board.card("Acme renewal").card.next_step == "send the quote"
        deal_id = drive.board.card("Acme renewal").card.id
        assert column_of(drive.desk, "opportunity", deal_id, "next_step_on") == "2026-03-13"


@pytest.mark.parametrize(
    ("key", "wrong", "right", "column", "kept"),
    [
        ("c", "soon-ish", "2026-05-01", "close_date", "2026-05-01"),
        ("dollar_sign", "a lot", "50k", "amount_minor", 5_000_000),
    ],
)
async def test_what_cannot_be_read_stays_with_a_sentence(
    tmp_path: Path, key: str, wrong: str, right: str, column: str, kept: object
) -> None:
    async with desk_driver(tmp_path, fill=a_small_book) as drive:
        await drive.press("4", key, "ctrl+u" if key == "c" else "home", *(["delete"] * 12))
        await drive.write(wrong)
        await drive.press("enter")
        assert wrong in drive.problem
        assert drive.typed == wrong
        await drive.press(*["backspace"] * len(wrong))
        await drive.write(right)
        await drive.press("enter")
        assert not drive.is_dialog_open
        assert column_of(drive.desk, "opportunity", drive.board.card("Acme renewal").card.id, column) == kept


async def test_an_unknown_stage_is_told_in_the_dialog(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_small_book) as drive:
        await drive.press("4", "m", *"nowhere", "enter")
        assert drive.problem == "None of them is called “nowhere”. Clear the line to see all."
        assert drive.typed == "nowhere"


async def test_a_write_is_seen_on_every_screen(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_small_book) as drive:
        await drive.press("3")
        assert drive.row("Acme")["open_deals"] == "1"
        await drive.press("4", "w", "enter", "3")
        assert drive.row("Acme")["open_deals"] == "0"
        await drive.press("1")
        assert "won 40k USD" in drive.text
