"""The guided dialogue of `sfa configure`: group by group, one key per choice."""

from collections.abc import Iterable

from sfa.cli.asking import asked
from sfa.cli.configure import range_words, total_words
from sfa.cli.output import say, tell
from sfa.domain.configurator.configuration import Choice, Configuration, Prices, Wanted, rules_out, why_not
from sfa.domain.configurator.model import Group, PriceMode
from sfa.domain.figures import from_dec6
from sfa.errors import SfaError
from sfa.services import configuring
from sfa.services.configuring import Bundle

KEYS = "123456789abcdefghijklmoprstuvwxyz"  # without n and q, which go on and end
NAMED = 3
"""The most options named that a choice rules out."""


def guide(bundle: Bundle, prices: Prices) -> dict[str, int]:
    """Ask for the options of each group and return what was chosen; an empty line goes on, q ends."""
    choices: dict[str, int] = {}
    tell("A key chooses or takes back, 2=4 sets a quantity, enter goes on, q ends.")
    for group in bundle.model.groups:
        if not _ask_group(bundle, group, choices, prices):
            break
    return _mended(bundle, choices, prices)


def _ask_group(bundle: Bundle, group: Group, choices: dict[str, int], prices: Prices) -> bool:
    """Let the options of a group be chosen; tell whether to go on."""
    keys = dict(zip(KEYS, [option.id for option in group.options], strict=False))
    while True:
        made = configuring.configure(bundle, choices, prices)
        shown = [choice for choice in made.remaining if choice.group == group.id]
        say(f"\n{group.name}{_bounds(group)} · {total_words(made)}")
        for key, choice in zip(KEYS, shown, strict=False):
            say(_line(bundle, made, key, choice, prices))
        typed = asked("?")
        if typed is None or typed.lower() == "q":
            return False
        if typed.lower() in ("", "n"):
            return True
        try:
            _take(bundle, choices, keys, typed, shown)
        except SfaError as error:
            tell(f"{error.message} {error.hint or ''}")


def _bounds(group: Group) -> str:
    if group.most is None:
        return f" (at least {group.least})" if group.least else ""
    return f" ({group.least})" if group.least == group.most else f" ({group.least} to {group.most})"


def _line(bundle: Bundle, made: Configuration, key: str, choice: Choice, prices: Prices) -> str:
    mark = "●" if choice.quantity else "○" if choice.can_be_chosen else "×"
    count = f"{choice.quantity} " if choice.quantity > 1 else ""
    words = [f" {key} {mark} {count}{choice.name}", _price_words(bundle, choice, prices)]
    if choice.can_be_chosen:
        words.append(range_words(choice))
        if not choice.quantity and (lost := rules_out(bundle, made.choices, choice.option, made.remaining)):
            words.append(f"rules out {_few(lost)}")
    elif made.is_valid:
        words.append(why_not(bundle, made.choices, choice.option))
    return " · ".join(filter(None, words))


def _few(names: list[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _price_words(bundle: Bundle, choice: Choice, prices: Prices) -> str:
    option = bundle.model.options[bundle.model.at[choice.option]]
    if option.mode is PriceMode.INCLUDED:
        return "included"
    if option.mode is PriceMode.FIXED:
        return f"{from_dec6(option.price_dec6)} {bundle.model.currency}"
    found = prices([Wanted(option.product, option.usual)])[0] if option.product else None
    return str(found.net) if found else ""


def _take(bundle: Bundle, choices: dict[str, int], keys: dict[str, str], typed: str, shown: Iterable[Choice]) -> None:
    """Choose an option by its key or name, take it back, or set its quantity."""
    key, sign, number = typed.partition("=")
    option = configuring.find_option(bundle, keys.get(key.strip().lower(), key))
    now = {choice.option: choice.quantity for choice in shown}.get(option.id, 0)
    choices[option.id] = configuring.read_quantity(number, option) if sign else 0 if now else option.usual


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
