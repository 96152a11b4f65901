"""Bundles of a workspace, and configurations of them (domain.md 2.8).

A bundle is the file `bundles/NAME.toml` in the folder of the workspace.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from sfa.domain.configurator import configuration as rules
from sfa.domain.configurator.advice import completed
from sfa.domain.configurator.checks import load
from sfa.domain.configurator.compiling import Compiled
from sfa.domain.configurator.configuration import ChoiceError, Configuration, Price, Prices, Wanted, no_prices
from sfa.domain.configurator.model import LARGEST, BundleError, Option
from sfa.domain.figures import DEC6
from sfa.domain.money import Money, Rounding
from sfa.domain.near import near_words
from sfa.domain.pricing.amounts import line_amount
from sfa.domain.text import clean, fold
from sfa.errors import ConflictError, NotFoundError, UsageError
from sfa.services.desk import Desk

Bundle: TypeAlias = Compiled
FOLDER = "bundles"
SUFFIX = ".toml"
LARGEST_FILE = 4_000_000


@dataclass(frozen=True, slots=True)
class Kept:
    """What a quote line keeps of a configuration."""

    bundle: str
    version: str
    choices: Mapping[str, int]


def bundle_names(home: Path) -> list[str]:
    """Return the names of the bundles of a workspace, sorted."""
    folder = home / FOLDER
    return sorted(path.stem for path in folder.glob(f"*{SUFFIX}")) if folder.is_dir() else []


def load_bundle(home: Path, name: str) -> Bundle:
    """Return a bundle of a workspace by its name, or the beginning of it.

    Raises:
        NotFoundError: there is none of that name.
        ConflictError: several names begin so.
        UsageError: its file is at fault: a sentence with file and line, and a remedy.
    """
    names = bundle_names(home)
    exact = [known for known in names if known == name] or [known for known in names if fold(known) == fold(name)]
    fitting = exact or [known for known in names if name and fold(known).startswith(fold(name))]
    if len(fitting) > 1:
        raise ConflictError(f"“{clean(name)}” could be {' or '.join(fitting)}.", candidates=fitting)
    if not fitting:
        near = near_words(name, names)
        hint = (
            f"Did you mean {' or '.join(near)}?"
            if near
            else f"Bundles are files such as {home / FOLDER / 'server.toml'}"
        )
        raise NotFoundError(f"There is no bundle “{clean(name)}”.", hint=hint)
    return read_bundle(home / FOLDER / f"{fitting[0]}{SUFFIX}")


def read_bundle(path: Path) -> Bundle:
    """Return the bundle of a file.

    Raises:
        NotFoundError: there is no such file.
        UsageError: it cannot be read, or is at fault: a sentence with file and line, and a remedy.
    """
    shown = f"{path.parent.name}/{path.name}" if path.parent.name == FOLDER else str(path)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UsageError(f"{shown} is too large for a bundle.", hint="Part it into several.")
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise NotFoundError(f"There is no file {shown}.", hint="List bundles with: sfa configure --list") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{shown} is not UTF-8.", hint="Save it as UTF-8.") from error
    except OSError as error:
        raise UsageError(f"{shown} cannot be read: {error.strerror}.", hint="Look at the file's rights.") from error
    try:
        return load(text, path.stem)
    except BundleError as error:
        raise UsageError(f"{shown}, line {error.line}: {error}", hint=error.remedy) from error


def configure(bundle: Bundle, choices: Mapping[str, int], prices: Prices = no_prices) -> Configuration:
    """Return what follows from choices, in whatever order they were made.

    Args:
        bundle: see `load_bundle`.
        choices: quantities that the user set, by id of the option; 0 is a no.
        prices: what products cost, asked once for all of them; see `book_prices`.

    Raises:
        UsageError: the bundle does not know an option, or a quantity is none.
    """
    try:
        return rules.configure(bundle, choices, prices)
    except ChoiceError as error:
        raise _refused(bundle, error) from error


def complete(bundle: Bundle, choices: Mapping[str, int]) -> dict[str, int]:
    """Return choices that make a valid parts list of these.

    Raises:
        ConflictError: none does, and why.
        UsageError: the bundle does not know an option, or a quantity is none.
    """
    try:
        return completed(bundle, rules.checked(bundle.model, choices))
    except ChoiceError as error:
        if error.known:
            raise _refused(bundle, error) from error
        raise ConflictError(str(error), hint="Leave one of them out.") from error


def _refused(bundle: Bundle, error: ChoiceError) -> UsageError:
    hint = f"Its options: {', '.join(error.known)}" if error.known else f"See: sfa configure {bundle.model.id}"
    return UsageError(str(error), hint=hint)


def read_choices(bundle: Bundle, words: Sequence[str]) -> dict[str, int]:
    """Return choices typed as `option`, `option=2` or `option=0`; an option goes by id, product code or name.

    Raises:
        NotFoundError: no option is called so.
        UsageError: a quantity is none, or an option is given twice.
    """
    found: dict[str, int] = {}
    for word in words:
        name, sign, number = word.partition("=")
        option = find_option(bundle, name)
        if option.id in found:
            raise UsageError(f"{option.name} is given twice.", hint="Give its quantity once: option=2")
        found[option.id] = read_quantity(number, option) if sign else option.usual
    return found


def find_option(bundle: Bundle, name: str) -> Option:
    """Return an option by id, product code or name, in any case.

    Raises:
        NotFoundError: none is called so.
        ConflictError: several are.
    """
    options = bundle.model.options
    wanted = fold(name)
    for matches in (
        [option for option in options if option.id == name.strip()],
        [
            option
            for option in options
            if wanted and wanted in (fold(option.id), fold(option.product), fold(option.name))
        ],
    ):
        if len(matches) == 1:
            return matches[0]
        if matches:
            ids = [option.id for option in matches]
            raise ConflictError(f"“{clean(name)}” could be {' or '.join(ids)}.", candidates=ids)
    near = near_words(name, bundle.model.at)
    hint = f"Did you mean {' or '.join(near)}?" if near else f"Its options: {', '.join(bundle.model.at)}"
    raise NotFoundError(f"{bundle.model.name} has no option “{clean(name[:60])}”.", hint=hint)


def read_quantity(text: str, option: Option) -> int:
    """Return a typed quantity of an option; the rules tell whether it is too much.

    Raises:
        UsageError: it is no whole number, or far too large.
    """
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= len(str(LARGEST))):
        raise UsageError(
            f"“{clean(text.strip()[:60])}” is no quantity of {option.name}.",
            hint=f"A whole number: {option.id}={option.usual}",
        )
    return int(digits)


def book_prices(desk: Desk) -> Prices:
    """Return the prices of the products in the book, by code, in one query for all of them."""
    from db.queries.prices import prices_of  # noqa: PLC0415 - only where something is priced

    def found(wanted: Sequence[Wanted]) -> list[Price | None]:
        known = {row["code"]: row for row in prices_of(desk.store, [item.product for item in wanted])}
        return [_price(known.get(item.product), item.quantity, desk.currency) for item in wanted]

    return found


def _price(row: Mapping[str, object] | None, quantity: int, currency: str) -> Price | None:
    if row is None:
        return None
    unit, code = int(str(row["price_dec6"])), str(row["currency"] or currency)
    return Price(unit, Money(line_amount(unit, quantity * DEC6, DEC6, code, Rounding.HALF_UP), code))


def read_saved(option_json: str) -> Kept:
    """Return what a quote line kept of a configuration.

    Raises:
        UsageError: it is no configuration.
    """
    try:
        data = json.loads(option_json)
        choices = {str(option): int(quantity) for option, quantity in data["choices"].items()}
        return Kept(str(data["bundle"]), str(data["version"]), choices)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UsageError("The line's configuration cannot be read.", hint="Configure it anew.") from error


def is_current(bundle: Bundle, saved: Kept) -> bool:
    """Tell whether the rules are still those under which a configuration was saved; while they are, it stays as it was."""
    return bundle.model.version == saved.version
