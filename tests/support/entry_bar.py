"""A small book for tests of the quick entry bar, and what a person sees of a line."""

from textual import events

from screens.widgets.entry_line import EntryLine
from sfa.services.desk import Desk
from tests.support.driver import Driver
from tests.support.factories import a_contact, an_account, an_opportunity


def a_book(desk: Desk) -> None:
    acme = an_account(desk, name="Acme")
    an_account(desk, name="Borealis")
    an_account(desk, name="远东仪器")
    a_contact(desk, name="Jane Doe", account="Acme")
    a_contact(desk, name="Bob Ray", account="Borealis")
    a_contact(desk, name="王小明", account="远东仪器")
    an_opportunity(desk, name="Acme renewal", account_id=acme, amount="40k USD", close_date="2026-03-31")


def namesakes(desk: Desk) -> None:
    a_book(desk)
    a_contact(desk, name="Jane Roe", account="Borealis")


def count(drive: Driver, noun: str) -> int:
    found = drive.desk.store.value(f"SELECT count(*) FROM {noun} WHERE deleted_at IS NULL")
    assert isinstance(found, int)
    return found


def coloured(drive: Driver) -> dict[str, str]:
    """Return the words of the line that are coloured, with the groups of their colours."""
    line = drive.app.screen.query_one(EntryLine)
    return {line.value[piece.start : piece.end]: piece.group for piece in line.pieces}


async def paste(drive: Driver, text: str) -> None:
    drive.app.screen.query_one(EntryLine).post_message(events.Paste(text))
    await drive.settle()


async def until_told(drive: Driver) -> None:
    for _ in range(200):
        if drive.problem:
            return
        await drive._pilot.pause()
        await drive.settle()
