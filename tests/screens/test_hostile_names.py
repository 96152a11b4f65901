"""What others put into names stands on every screen as text: it steers no terminal, is no markup, does nothing."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from sfa.domain.fields import NOUNS
from sfa.services.desk import Desk
from tests.support.driver import LARGE, SIZES, SMALL, Driver, desk_driver
from tests.support.factories import a_contact, a_lead, a_note, a_task, an_account, an_activity, an_event, an_opportunity
from tests.support.payloads import PAYLOADS

STORED = {name: text for name, text in PAYLOADS.items() if text.encode("utf-8", "ignore").decode() == text}
"""All but a lone half of a pair, which no database can hold."""

ONE_OF_EACH = {name.partition(":")[0]: text for name, text in STORED.items()} | {
    name: STORED[name]
    for name in ("escape: write to the clipboard", "escape: a link", "markup: an action", "markup: closes a colour")
}
"""One payload of each kind: every kind is stopped in one place, whatever screen shows it."""

A_FEW = [
    STORED[name]
    for name in (
        "escape: write to the clipboard",
        "escape: a link",
        "line feed",
        "markup: an action",
        "markup: closes a colour",
        "direction: override",
    )
]
"""What would be seen at once where a screen or a dialog went round that place."""


def hostile_book(desk: Desk, texts: Iterable[str] = STORED.values()) -> None:
    """Fill the book through the services, then put the payloads in by SQL, as a damaged import could have."""
    for text in texts:
        account = an_account(desk, name="Account")
        deal = an_opportunity(
            desk, name="Deal", account_id=account, amount="40k USD", close_date="2026-03-01", next_step_on="2026-03-10"
        )
        records = {
            "account": account,
            "contact": a_contact(desk, name="Contact", account_id=account),
            "lead": a_lead(desk, name="Lead"),
            "opportunity": deal,
            "task": a_task(desk, subject="Task", due="2026-03-10", account_id=account),
            "activity": an_activity(desk, subject="Activity", account_id=account, opportunity_id=deal),
            "note": a_note(desk, body="Note", account_id=account, opportunity_id=deal),
            "event": an_event(desk, subject="Event", starts="2026-03-10T13:00", account_id=account),
        }
        with desk.store.write("test.spoil", "Spoil") as work:
            for noun, record_id in records.items():
                work.update(NOUNS[noun].table, record_id, {_naming(noun): text})
            work.update("opportunity", deal, {"next_step": text})
            work.update("event", records["event"], {"place": text})
            work.update("account", account, {"industry": text, "description": text})


def _naming(noun: str) -> str:
    return "body" if noun == "note" else "subject" if noun in ("task", "activity", "event") else "name"


async def _look_through(drive: Driver, seen: Callable[[], None]) -> None:
    for _ in range(len(STORED) * 4 // 15):
        await drive.press("pagedown")
        seen()


@pytest.mark.parametrize("size", SIZES)
async def test_lists_and_the_board(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk_driver(tmp_path, size=size, fill=hostile_book) as drive:

        def seen() -> None:
            assert drive.leaks() == []

        for keys in (["1"], ["3"], ["tab"], ["8"], ["4", "b"], ["Y"]):
            await drive.press(*keys)
            seen()
            await _look_through(drive, seen)
        await drive.press("4", "b")
        for _ in STORED:
            await drive.press("down")
            seen()


@pytest.mark.parametrize("noun", ["account", "contact", "opportunity", "task", "note", "lead", "activity", "event"])
async def test_records_and_their_forms(tmp_path: Path, noun: str) -> None:
    # The record and the form of any noun are made of the same parts: all payloads go through those of an account.
    shown, typed = (STORED, ONE_OF_EACH.values()) if noun == "account" else (ONE_OF_EACH, A_FEW)
    texts = list(shown.values())
    async with desk_driver(tmp_path, size=LARGE, fill=lambda desk: hostile_book(desk, texts)) as drive:
        rows = drive.desk.store.rows(f"SELECT id FROM {NOUNS[noun].table} ORDER BY rowid")
        for (record_id,), text in zip(rows, texts, strict=True):
            drive.app.open_hit((noun, record_id))
            await drive.settle()
            assert drive.leaks() == []
            if text in typed:
                await drive.press("e")
                assert drive.is_dialog_open
                assert drive.leaks() == []
                await drive.press("escape")
            await drive.press("escape")
        assert drive.screen.title == "Today"


@pytest.mark.parametrize(("size", "asked"), [(SMALL, A_FEW), (LARGE, list(ONE_OF_EACH.values()))])
async def test_the_calendar_and_its_dialogs(tmp_path: Path, size: tuple[int, int], asked: list[str]) -> None:
    texts = sorted(STORED.values(), key=lambda text: text not in asked)

    def fill(desk: Desk) -> None:
        for number, text in enumerate(texts):
            place = account = f"{number}"
            starts = f"2026-03-{9 + number // 6:02d}T{9 + number % 6:02d}:30"
            event = an_event(desk, subject="Event", starts=starts, account_id=an_account(desk, name=account))
            task = a_task(desk, subject="Task", due="2026-03-10")
            with desk.store.write("test.spoil", "Spoil") as work:
                work.update("event", event, {"subject": text, "place": f"{text}{place}"})
                work.update("task", task, {"subject": text})
                work.connection.execute("UPDATE account SET name = ? WHERE name = ?", (text, account))

    async with desk_driver(tmp_path, size=size, fill=fill) as drive:
        await drive.press("2")
        for view in "dma":
            assert drive.leaks() == []
            await drive.press(view)
        await drive.press("w", "home", "pageup")
        for text in texts:
            await drive.press("full_stop")
            assert drive.leaks() == []
            for key in ("D", "r", "c", "e") if text in asked else ():
                await drive.press(key)
                assert drive.leaks() == []
                await drive.press("escape")
        drive.clock.moment = drive.clock.moment.replace(day=9, hour=9, minute=20)
        await drive.app.minute_passed()
        await drive.settle()
        assert drive.said
        assert drive.leaks() == []


async def test_dialogs_that_repeat_what_was_typed(tmp_path: Path) -> None:
    async with desk_driver(tmp_path) as drive:
        for text in PAYLOADS.values():
            drive.app.tell(text)
            await drive.settle()
            assert drive.leaks() == []
        for key, dialog in (("plus", "Quick entry"), ("ctrl+o", "Search everything"), ("colon", "Command line")):
            await drive.press(key)
            assert drive.dialog == dialog
            for text in (text for text in PAYLOADS.values() if "[" in text or "\\" in text):
                drive.app.screen.query_one("Input").value = text  # type: ignore[attr-defined]
                await drive.settle()
                assert drive.leaks() == []
            await drive.press("escape")


async def test_removed_names_in_the_trash_and_marked_ones_in_a_preview(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=hostile_book) as drive:
        await drive.press("8", "ctrl+a", "e", *"company=x", "enter")
        assert drive.leaks() == []
        await drive.press("y", "ctrl+a", "D", "T")
        assert len(drive.rows) == len(STORED)
        await _look_through(drive, lambda: None if drive.leaks() == [] else pytest.fail(str(drive.leaks())))


async def test_markup_in_a_name_is_shown_as_it_is_written(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        an_account(desk, name="[@click=app.quit]Borealis[/]")

    async with desk_driver(tmp_path, fill=fill) as drive:
        await drive.press("3")
        assert "[@click=app.quit]Borealis[/]" in drive.text
        await drive.press("enter")
        assert "[@click=app.quit]" in drive.text
        await drive.press("D")
        assert drive.said.startswith("Removed [@click=app.quit]Borealis[/]")
        assert "[@click=app.quit]" in drive.text
