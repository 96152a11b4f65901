"""The real program in a real terminal: the way of a rep through a deal, kept from one run to the next."""

from pathlib import Path

import pytest

from tests.support.factories import a_task, an_account, an_opportunity, make_desk
from tests.support.window import Window, open_window

SMALL, LARGE = (80, 24), (120, 36)
LEFT_THE_SCREEN = b"\x1b[?1049l"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a workspace with two deals and a task."""
    desk = make_desk(tmp_path)
    acme = an_account(desk, name="Acme")
    an_opportunity(desk, name="Acme renewal", account_id=acme, amount="40k USD", close_date="2026-03-31")
    an_opportunity(desk, name="Borealis pilot", amount="12k USD", close_date="2026-04-15")
    a_task(desk, subject="Send the quote", due="2026-03-10", account_id=acme)
    desk.close()
    return tmp_path


def find_the_deal(window: Window) -> None:
    """Filter the pipeline to one deal and open it."""
    window.press("4")
    window.wait_for("Qualification")
    window.press("/", "renewal")
    window.wait_for("renewal", without="Borealis")
    window.press("enter", "enter")
    window.wait_for("Opportunity: Acme renewal")


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_a_deal_is_worked_on_and_is_there_again_tomorrow(home: Path, size: tuple[int, int]) -> None:
    with open_window(home, size) as window:
        window.wait_for("Send the quote")
        find_the_deal(window)
        window.press("l")
        window.wait_for("Log what was done")
        window.press("Asked about the price", "enter")
        window.wait_for("Asked about the price", without="Log what was done")
        window.press("m")
        window.wait_for("Move to")
        window.press("nego", "enter")
        window.wait_for("Moved Acme renewal")
        window.wait_for("Negotiation")
        window.press("u")
        window.wait_for("Undid: Moved Acme renewal")
        window.press("U")
        window.wait_for("Redid")
        window.press("q")
        assert window.wait_for_the_end() == 0
        assert LEFT_THE_SCREEN in window.raw

    with open_window(home, size) as window:
        window.wait_for("Send the quote")
        find_the_deal(window)
        window.wait_for("Negotiation")
        window.wait_for("Asked about the price")
        window.press("ctrl+q")
        assert window.wait_for_the_end() == 0


def test_a_window_that_changes_its_size_keeps_the_place(home: Path) -> None:
    with open_window(home, LARGE) as window:
        window.wait_for("Send the quote")
        find_the_deal(window)
        window.press("e")
        window.wait_for("Edit opportunity")
        for size in (SMALL, (40, 12), LARGE):
            window.resize(*size)
            window.wait_for("Edit opportunity")
        window.press("escape")
        window.wait_for("Timeline", without="Edit opportunity")
        window.press("q")
        assert window.wait_for_the_end() == 0


def test_without_colours_the_words_and_signs_are_all_there(home: Path) -> None:
    with open_window(home, NO_COLOR="1") as window:
        window.wait_for("Send the quote")
        window.press("4", "b")
        window.wait_for("Closes↑")
        window.wait_for("late")
        window.press("q")
        assert window.wait_for_the_end() == 0


def test_a_first_run_welcomes_and_takes_the_first_account(tmp_path: Path) -> None:
    with open_window(tmp_path / "new") as window:
        window.wait_for("Welcome")
        window.press("3")
        window.wait_for("No accounts yet. Press a to add one")
        window.press("a")
        window.wait_for("Add account")
        window.press("远东仪器", "enter")
        window.wait_for("Added account 远东仪器", without="Add account")
        window.press("u")
        window.wait_for("No accounts yet")
        window.press("U")
        window.wait_for("›  远东仪器")
        window.press("q")
        assert window.wait_for_the_end() == 0
