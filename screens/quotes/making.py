"""Quotes made from other places: for an account, from a deal, with a product of the catalogue."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from screens.modals.choose import ChooseModal
from screens.modals.prompt import PromptModal
from screens.quotes.words import state_words
from sfa.services import listing, quote_lines, quotes
from sfa.services.desk import Desk, Saved
from sfa.services.quote_line_text import LineText
from sfa.services.quote_sheet import Meant

if TYPE_CHECKING:
    from screens.base import DeskScreen

NEW = ""
SHOWN = 30
_COLUMNS = ("number", "state", "account", "net", "name")


async def new_quote(screen: "DeskScreen", account: str = "") -> None:
    """Ask for whom, make a quote and open it; called by workers only."""
    dialog = PromptModal(
        "A quote for which account?",
        lambda desk, text: quotes.new(desk, {"account": text}),
        value=account,
        hint="Its name or reference. From a deal: open the deal and press Q.",
    )
    await _open(screen, await screen.app.push_screen_wait(dialog))


async def quote_of(screen: "DeskScreen", noun: str, record_id: str) -> None:
    """Open a quote of a deal or an account, or make a new one for it; called by workers only."""
    choices = await screen.ask(lambda desk: _choices(desk, f"{noun}={record_id}"))
    if choices is None:
        return
    chosen: str | None = NEW
    if choices:
        chosen = await screen.app.push_screen_wait(ChooseModal("Which quote?", [*choices, (NEW, "A new one")]))
    if chosen == NEW:
        await _open(screen, await screen.ask(lambda desk: quotes.new(desk, {noun: record_id})))
    elif chosen:
        screen.desk_app.open_hit(("quote", chosen))


async def add_product(screen: "DeskScreen", product_id: str, quantity: str, account_id: str | None) -> None:
    """Put a product on a quote that is still open to changes, or on a new one; called by workers only."""
    where = f"state=draft{f' account={account_id}' if account_id else ''}"
    choices = await screen.ask(lambda desk: _choices(desk, where))
    if choices is None:
        return
    new = [(NEW, "A new quote for this account")] if account_id else []
    if not choices and not new:
        screen.desk_app.tell("No quote is open to changes. Press 5 and a to make one.", severity="warning")
        return
    chosen = await screen.app.push_screen_wait(ChooseModal("Add to which quote?", [*choices, *new]))
    if chosen == NEW and account_id:
        made = await screen.save(lambda desk: quotes.new(desk, {"account": account_id}))
        chosen = made.id if made else None
    if chosen:
        text, meant = LineText(product=product_id, quantity=quantity), Meant(chosen)
        await screen.save(lambda desk: quote_lines.add(desk, meant, text))


def _choices(desk: Desk, where: str) -> Sequence[tuple[str, str]]:
    """Return the newest quotes that fit a filter, as choices."""
    pages = listing.RecordPages(desk, "quote", where, "-number", _COLUMNS)
    found = pages.read_from(None, SHOWN)
    return [(one.id, "  ".join(str(_word(name, one.get(name))) for name in _COLUMNS)) for one in found]


def _word(name: str, value: object) -> object:
    return state_words(str(value)) if name == "state" else "" if value is None else value


async def _open(screen: "DeskScreen", saved: Saved | None) -> None:
    await screen.finish(saved)
    if saved is not None and saved.id:
        screen.desk_app.open_hit(("quote", saved.id))
