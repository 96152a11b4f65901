"""Configuring a bundle on a quote: which one, its parts at the prices of the customer, and onto the lines."""

from functools import partial
from typing import TYPE_CHECKING

from screens.modals.choose import ChooseModal
from sfa.errors import NotFoundError
from sfa.services import quote_bundles
from sfa.services.configuring import Bundle, Kept, bundle_names, load_bundle
from sfa.services.desk import Desk, Saved
from sfa.services.quote_sheet import Meant

if TYPE_CHECKING:
    from screens.base import DeskScreen
    from sfa.domain.configurator.configuration import Configuration


async def configure(screen: "DeskScreen", meant: Meant, position: int | None) -> Saved | None:
    """Configure a bundle in its dialog and put it on a quote; called by workers only.

    Args:
        screen: where it is asked for.
        meant: the quote.
        position: a line; the bundle on it is configured anew, and where it has none a new one goes to the end.
    """
    from screens.configure.dialog import ConfigureDialog  # noqa: PLC0415 - opened by key

    before = await screen.ask(lambda desk: (quote_bundles.kept(desk, meant, position) if position else None,))
    if before is None:
        return None
    (saved,) = before
    bundle = await _bundle(screen, saved)
    if bundle is None:
        return None
    choices = dict(saved.choices) if saved else {}
    place = position if saved else None
    while True:  # what breaks a rule is told, and the choices stand as they were
        dialog = ConfigureDialog(bundle, choices, lambda desk: quote_bundles.prices_for(desk, meant))
        made: Configuration | None = await screen.app.push_screen_wait(dialog)
        if made is None:
            return None
        put = partial(quote_bundles.put, meant=meant, bundle=bundle, made=made, position=place)
        done = await screen.ask(put)
        if done is not None:
            return done
        choices = dict(made.choices)


async def _bundle(screen: "DeskScreen", saved: Kept | None) -> Bundle | None:
    """Return the bundle of a configuration, or the one that the user chooses."""
    name = saved.bundle if saved else await _choose(screen)
    return await screen.ask(lambda desk: load_bundle(desk.store.workspace.folder, name)) if name else None


async def _choose(screen: "DeskScreen") -> str | None:
    names = await screen.ask(_names)
    if not names:
        return None
    if len(names) == 1:
        return names[0]
    return await screen.app.push_screen_wait(ChooseModal("Which bundle?", [(name, name) for name in names]))


def _names(desk: Desk) -> list[str]:
    folder = desk.store.workspace.folder
    found = bundle_names(folder)
    if not found:
        raise NotFoundError("There is no bundle to configure.", hint=f"Bundles are files in {folder / 'bundles'}.")
    return found
