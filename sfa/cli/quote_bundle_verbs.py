"""`sfa quote line configure`: a bundle with its parts on a quote."""

import sys
from collections.abc import Sequence
from typing import Any

from typer._click.types import IntRange
from typer.core import TyperCommand

from sfa.cli.building import argument, command, flag, option
from sfa.cli.opening import open_desk
from sfa.cli.output import is_terminal
from sfa.cli.quote_verbs import common, tell_quote
from sfa.errors import UsageError
from sfa.services import configuring, quote_bundles
from sfa.services.quote_sheet import find


def configure() -> TyperCommand:
    """Return `sfa quote line configure`."""
    params: list[Any] = [
        argument("quote", shown="QUOTE", help="Number, reference or name."),
        argument("bundle", shown="BUNDLE", help="A file in the folder bundles, by its name."),
        argument("words", is_required=False, is_many=True, shown="OPTION[=QTY]", help="What is chosen; =0 is a no."),
        flag("--complete", "-c", "is_completed", help="Add what makes a valid list of it."),
        option("--at", "at", type=IntRange(min=1), help="Configure the bundle on this line anew."),
        *common(),
    ]
    return command("configure", _configure, params, "Put a configured bundle on a quote: a line for it, and its parts.")


def _configure(
    *,
    quote: str,
    bundle: str,
    words: Sequence[str],
    is_completed: bool,
    at: int | None,
    is_dry_run: bool,
    is_json: bool,
) -> None:
    desk = open_desk()
    meant = find(desk, quote)
    found = configuring.load_bundle(desk.store.workspace.folder, bundle)
    prices = quote_bundles.prices_for(desk, meant)
    choices = configuring.read_choices(found, words)
    if not words and not is_completed:
        if not (is_terminal() and sys.stdin.isatty()):
            raise UsageError("Nothing is chosen.", hint=f"Its options: {', '.join(found.model.at)}")
        from sfa.cli.configure_dialogue import guide  # noqa: PLC0415 - only for a person at a terminal

        choices = guide(found, prices)
    if is_completed:
        choices = configuring.complete(found, choices)
    made = configuring.configure(found, choices, prices)
    tell_quote(desk, quote_bundles.put(desk, meant, found, made, at, is_dry_run=is_dry_run), is_json=is_json)
