"""Dialogs: search, command line, help, palette, forms."""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING

import pytest
from textual.binding import Binding
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget

import screens.modals
from screens.app import AREAS, _make_screen
from screens.base import GENERAL
from screens.records.screen import RecordScreen
from sfa.services.desk import Desk
from tests.support.driver import SIZES, desk_driver
from tests.support.factories import a_contact, an_account, an_opportunity, column_of

if TYPE_CHECKING:
    from screens.base import DeskScreen


def a_book(desk: Desk) -> None:
    acme = an_account(desk, name="Acme")
    an_account(desk, name="Borealis", description="first line\nsecond line")
    a_contact(desk, name="Jane Doe", account="Acme")
    an_opportunity(desk, name="Acme renewal", account_id=acme, amount="40k USD", close_date="2026-03-31")


async def test_search_finds_any_record_and_opens_it(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press("ctrl+o")
        await drive.write("jane")
        assert drive.choices[0].startswith("contact     Jane Doe")
        await drive.press("enter")
        assert "Contact: Jane Doe" in drive.text
        await drive.press("escape")
        assert drive.screen.title == "Today"


async def test_search_says_what_it_did_not_find(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press("ctrl+o", *"zebra")
        assert drive.problem == "Nothing found for zebra."
        await drive.press("enter")
        assert drive.dialog == "Search everything"


async def test_the_command_line_runs_the_verbs_of_the_shell(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press("3", "colon")
        await drive.write("account add Zenith")
        await drive.press("enter")
        assert "Added account Zenith" in drive.text
        await drive.press("escape")
        assert "Zenith" in drive.names()


async def test_the_command_line_says_what_it_cannot_read(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press("colon")
        await drive.write('account add "Zenith')
        await drive.press("enter")
        assert drive.problem.startswith("The line cannot be read: No closing quotation.")
        assert drive.typed == 'account add "Zenith'


@pytest.mark.parametrize("area", ["1", "3", "4", "8", "T", "Y"])
async def test_help_lists_every_key_of_the_screen(tmp_path: Path, area: str) -> None:
    async with desk_driver(tmp_path, size=(120, 100), fill=a_book) as drive:
        await drive.press(area)
        bindings = [item.binding for item in drive.screen.active_bindings.values()]
        await drive.press("question_mark")
        for command in (*drive.screen.VERBS, *GENERAL):
            assert command.title in drive.text
        listed = [binding for binding in bindings if (binding.id or "").startswith(("table.", "board."))]
        assert listed
        for binding in listed:
            assert binding.description in drive.text


@pytest.mark.parametrize("area", ["1", "3", "4", "5", "6", "7"])
async def test_in_a_small_window_help_is_read_without_a_word_cut_and_most_keys_at_once(
    tmp_path: Path, area: str
) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press(area, "question_mark")
        assert "…" not in drive.text
        shown = [verb for verb in drive.screen.VERBS if verb.title in drive.text]
        assert len(shown) >= min(len(drive.screen.VERBS), 7)


def _classes(base: type[MessagePump]) -> list[type[MessagePump]]:
    return [base, *(found for child in base.__subclasses__() for found in _classes(child))]


def test_every_binding_can_be_given_other_keys_and_says_what_it_does() -> None:
    for module in iter_modules(screens.modals.__path__, "screens.modals."):
        import_module(module.name)
    for area in AREAS:
        _make_screen(area)
    ours = [found for base in (Screen, Widget) for found in _classes(base) if found.__module__.startswith("screens.")]
    bindings = [item for found in ours for item in found.__dict__.get("BINDINGS", ())]
    assert len(bindings) > 60
    for binding in bindings:
        assert isinstance(binding, Binding)
        assert binding.id, binding
        assert binding.tooltip, binding


def test_no_two_verbs_of_a_screen_share_a_key() -> None:
    screens: list[DeskScreen] = [*(_make_screen(area) for area in AREAS), RecordScreen("account", "1")]
    for screen in screens:
        keys = [key for verb in (*screen.VERBS, *GENERAL) for key in verb.keys.split(",") if key]
        assert len(keys) == len(set(keys)), f"{screen}: {sorted(keys)}"


async def test_a_user_gives_a_verb_another_key(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        a_book(desk)
        config = desk.store.workspace.config
        config.write_text(config.read_text(encoding="utf-8") + '[keys]\n"opportunity.win" = "f7"\n', encoding="utf-8")

    async with desk_driver(tmp_path, fill=fill) as drive:
        await drive.press("4", "w")
        assert not drive.is_dialog_open
        await drive.press("f7")
        assert drive.dialog == "Won: what decided it?"
        await drive.press("escape", "question_mark")
        assert "f7  Win" in drive.text


async def test_the_palette_does_what_it_names(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press("ctrl+p")
        await drive.write("Go to leads")
        assert "People who are nobody's customer yet  ·  8" in drive.text
        await drive.press("enter")
        await drive.settle()
        assert drive.screen.title == "Leads"


async def test_a_form_keeps_what_was_typed_and_says_what_is_wrong(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press("3", "a")
        assert drive.dialog == "Add account"
        await drive.press("enter")
        assert drive.is_dialog_open
        assert drive.problem
        await drive.write("Cobalt")
        await drive.press("tab", "tab", "tab", *"nonsense", "ctrl+s")
        assert "“nonsense” is not among the choices" in drive.problem
        assert drive.problem.split(".")[0] in drive.text
        assert drive.typed == "nonsense"
        await drive.press(*["backspace"] * 8, *"cust", "right", "ctrl+s")
        assert drive.row("Cobalt")["type"] == "customer"


async def test_a_form_completes_names_of_the_book(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press("4", "a", *"New deal", "tab", *"bore", "right")
        assert drive.typed == "boreAlis".lower()
        await drive.press("enter")
        deal = drive.board.card("New deal").card
        assert deal.account == "Borealis"


async def test_lines_of_a_description_survive_a_form(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press("3", "down", "e", "tab", *"Borealis plc", "ctrl+s")
        account = drive.desk.store.value("SELECT id FROM account WHERE legal_name = 'Borealis plc'")
        assert column_of(drive.desk, "account", account, "description") == "first line\nsecond line"


async def test_a_form_that_changed_nothing_writes_nothing(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        before = drive.desk.store.value("SELECT count(*) FROM operation")
        await drive.press("3", "e", "ctrl+s")
        assert not drive.is_dialog_open
        assert drive.desk.store.value("SELECT count(*) FROM operation") == before


async def test_a_note_of_several_lines_is_written_from_a_record(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press("4", "enter", "N", *"one", "enter", *"two", "ctrl+s")
        assert drive.desk.store.value("SELECT body FROM note") == "one\ntwo"
        assert drive.row("one")["kind"] == "note"


async def test_a_record_leads_to_what_belongs_to_it(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press("3", "enter")
        facts = drive.screen.query_one("#facts")
        places = [option.id for option in facts.options]  # type: ignore[attr-defined]
        jane = next(number for number, key in enumerate(places) if key and key.startswith("1:"))
        await drive.press("home", *["down"] * (jane - 1), "enter")
        assert "Contact: Jane Doe" in drive.text
        await drive.press("escape", "escape")
        assert drive.screen.title == "Accounts"


async def test_a_record_that_an_undo_takes_away_closes_its_screen(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press("3", "a", *"Zenith", "enter")
        await drive.go_to("Zenith")
        await drive.press("enter", "u")
        assert drive.screen.title == "Accounts"
        assert "Zenith" not in drive.names()
        assert drive.said.startswith("Undid: Added account Zenith")


@pytest.mark.parametrize("size", SIZES)
async def test_an_empty_book_welcomes_its_owner(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk_driver(tmp_path, size=size) as drive:
        assert "Welcome. The book is empty" in drive.text
        for key in ("+", "3  a", ":", "?", "ctrl+p", "sfa demo"):
            assert key in drive.text
        await drive.press("3", "a", *"Acme", "enter", "1")
        assert "Welcome" not in drive.text


@pytest.mark.parametrize("size", SIZES)
async def test_the_keys_of_the_screen_come_first_and_none_is_cut(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk_driver(tmp_path, size=size, fill=a_book) as drive:
        for area, first in (("1", "d Done"), ("3", "/ Filter"), ("4", "m Move"), ("8", "/ Filter"), ("T", "r Restore")):
            await drive.press(area)
            assert drive.footer.lstrip().startswith(first)
            assert "? Help" in drive.footer


async def test_what_the_desk_says_never_covers_the_last_row(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        for number in range(30):
            an_account(desk, name=f"Account {number:02} of the book")

    async with desk_driver(tmp_path, fill=fill) as drive:
        await drive.press("3", "D")
        assert "Removed Account 00" in drive.lines[-1] + drive.lines[-2]
        await drive.press("end")
        assert "Account 29 of the book" in drive.lines[-3]


async def test_an_error_is_a_sentence_and_the_desk_goes_on(tmp_path: Path) -> None:
    async with desk_driver(tmp_path) as drive:
        await drive.press("u")
        assert drive.said
        assert "Traceback" not in drive.text
        assert isinstance(drive.screen.BINDINGS[0], Binding)


async def test_a_form_says_which_field_is_needed_and_goes_there(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press("3", "a", "down", "down", "enter")
        assert drive.problem == "Name is needed."
        await drive.write("Zenith")
        assert drive.problem == ""
        await drive.press("enter")
        assert "Zenith" in drive.names()


async def test_a_form_goes_to_the_field_that_cannot_be_read(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press("4", "n")
        await drive.press("tab", *"no day", "up", "enter")
        assert drive.problem.startswith("Next step on:")
        assert drive.typed == "no day"


async def test_the_choices_of_a_field_are_whole_words_at_any_width(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press("3", "enter", "l")
        assert "connected, no_answer, left_message, …" in drive.text


async def test_what_a_deal_is_named_is_seen_before_many_are_changed(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press("3", "ctrl+a", "e", *"industry=Mining", "enter")
        assert drive.dialog == "Change 2 accounts?"
        assert "Borealis                        industry: – → Mining" in drive.text


async def test_the_bottom_line_of_a_filter_names_the_keys_that_work_there(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press("3", "slash")
        assert "⏎ Keep the filter" in drive.footer
        assert "esc Clear it" in drive.footer
        assert "/ Filter" not in drive.footer
        assert "+ Entry" not in drive.footer
        await drive.press(*"acme", "enter")
        assert "/ Filter" in drive.footer
        assert drive.names() == ["Acme"]
        await drive.press("escape")
        assert drive.names() == ["Acme", "Borealis"]
