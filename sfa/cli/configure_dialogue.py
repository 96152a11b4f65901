"""The guided dialogue of `sfa configure`: group by group, one key per choice."""

from collections.abc import Collection, Sequence

from sfa.cli.asking import asked
from sfa.cli.output import say, tell
from sfa.domain.configurator.advice import exchangeable, taken
from sfa.domain.configurator.configuration import Choice, Configuration, Prices
from sfa.domain.configurator.model import Group
from sfa.domain.configurator.wording import bounds_words, consequence, mark, price_words, range_words, total_words
from sfa.errors import SfaError
from sfa.services import configuring
from sfa.services.configuring import Bundle

KEYS = "123456789abcdefghijklmoprstuvwxyz"  # without n and q, which go on and end


def guide(bundle: Bundle, prices: Prices) -> dict[str, int]:
    """Ask for the options of each group and return what was chosen; an empty line goes on, q ends."""
    choices: dict[str, int] = {}
    tell("A key chooses or takes back, 2=4 sets a quantity, enter goes on, q ends.")
    for group in bundle.model.groups:
        choices, goes_on = _ask_group(bundle, group, choices, prices)
        if not goes_on:
            break
    return _mended(bundle, choices, prices)


def _ask_group(bundle: Bundle, group: Group, choices: dict[str, int], prices: Prices) -> tuple[dict[str, int], bool]:
    """Let the options of a group be chosen; return all choices, and whether to go on."""
    while True:
        made = configuring.configure(bundle, choices, prices)
        shown = [choice for choice in made.remaining if choice.group == group.id and not choice.is_hidden]
        swaps = exchangeable(bundle, choices, group.id)
        bounds = f" ({bounds_words(group)})" if bounds_words(group) else ""
        say(f"\n{group.name}{bounds} · {total_words(made)}")
        for key, choice in zip(KEYS, shown, strict=False):
            say(_line(bundle, made, key, choice, swaps, prices))
        typed = asked("?")
        if typed is None or typed.lower() == "q":
            return choices, False
        if typed.lower() in ("", "n"):
            return choices, True
        try:
            choices = _taken(bundle, choices, typed, shown)
        except SfaError as error:
            tell(f"{error.message} {error.hint or ''}")


def _line(bundle: Bundle, made: Configuration, key: str, choice: Choice, swaps: Collection[str], prices: Prices) -> str:
    count = f"{choice.quantity} " if choice.quantity > 1 else ""
    left = "instead" if choice.option in swaps else range_words(choice) if choice.can_be_chosen else ""
    words = [
        f" {key} {mark(choice, swaps)} {count}{choice.name}",
        price_words(bundle, choice, prices),
        left,
        consequence(bundle, made, choice, swaps),
    ]
    return " · ".join(filter(None, words))


def _taken(bundle: Bundle, choices: dict[str, int], typed: str, shown: Sequence[Choice]) -> dict[str, int]:
    """Return the choices with an option chosen by its key or name, taken back, or in a quantity."""
    key, sign, number = typed.partition("=")
    keys = dict(zip(KEYS, shown, strict=False))
    choice = keys.get(key.strip().lower())
    option = configuring.find_option(bundle, choice.option if choice else key)
    now = next((other.quantity for other in shown if other.option == option.id), 0)
    quantity = configuring.read_quantity(number, option) if sign else 0 if now else option.usual
    return taken(bundle.model, choices, option.id, quantity)


def _mended(bundle: Bundle, choices: dict[str, int], prices: Prices) -> dict[str, int]:
    """Offer the repairs of what is broken, one after the other, until nothing is or nobody wants to."""
    while True:
        made = configuring.configure(bundle, choices, prices)
        broken = next((item for item in made.violations if item.repairs), None)
        if broken is None:
            return choices
        say(f"\n! {broken.message}")
        repairs = dict(zip(KEYS, broken.repairs, strict=False))
        for key, repair in repairs.items():
            say(f" {key} {repair.words}")
        typed = (asked("Which repair? Enter leaves it.") or "").lower()
        if typed not in repairs:
            return choices
        choices[repairs[typed].option] = repairs[typed].quantity
