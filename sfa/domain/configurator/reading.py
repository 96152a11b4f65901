"""A bundle as TOML text; a fault is one sentence with its line and a remedy (domain.md 2.8)."""

import re
import tomllib
from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from sfa.domain.configurator.expression import WORDS
from sfa.domain.configurator.model import LARGEST, BundleError, Group, Model, Option, PriceMode
from sfa.domain.configurator.rule_reading import read_rule
from sfa.domain.configurator.tables import Place, TableReader
from sfa.domain.currencies import is_currency
from sfa.domain.figures import AmountError, dec6

LONGEST_FILE: Final = 1_000_000
MOST: Final = {"group": 100, "option": 500, "rule": 1_000}
_HEADER = re.compile(r"^\s*(\[\[?)\s*([\w.]+)\s*\]")


def read_model(text: str, bundle_id: str) -> Model:
    """Read a bundle; whether its rules make sense together, `checks.check` tells.

    Args:
        text: TOML.
        bundle_id: what the bundle goes by.

    Raises:
        BundleError: a sentence that names the part, its line and a remedy.
    """
    try:
        return _read(text, bundle_id)
    except BundleError as error:
        error.line = error.line or line_of(text, error.place, error.key)
        raise


def _read(text: str, bundle_id: str) -> Model:
    if len(text) > LONGEST_FILE:
        raise BundleError("The file is longer than a million characters.", "Part it into several bundles.")
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = BundleError(f"The file is no TOML: {error}.", "Put it right there; docs/configurator.md has examples.")
        if match := re.search(r"at line ([0-9]+)", str(error)):
            found.line = int(match[1])
        raise found from error
    table = TableReader(data, ())
    table.only("name", "currency", "group", "rule")
    currency = table.text("currency", "")
    if currency and not is_currency(currency):
        raise BundleError(f"“{currency}” is no currency.", "Write its code, such as EUR.", (), "currency")
    groups = tuple(_group(row, currency) for row in _rows(table, "group"))
    if not groups:
        raise BundleError("The bundle has no [[group]].", "Add one with its [[group.option]]s.")
    _check_ids(groups)
    version = sha256(text.encode()).hexdigest()
    model = Model(bundle_id, table.text("name", bundle_id), groups, (), currency, version)
    rules = tuple(read_rule(row, model) for row in _rows(table, "rule"))
    return Model(model.id, model.name, groups, rules, currency, version)


def _rows(table: TableReader, key: str) -> list[TableReader]:
    rows = table.tables(key)
    if len(rows) > MOST[key]:
        raise BundleError(f"There are more than {MOST[key]} {key}s.", "Part the bundle into several.", table.place, key)
    return rows


def _group(row: TableReader, currency: str) -> Group:
    row.only("id", "name", "min", "max", "option")
    group_id = row.word("id")
    options = tuple(_option(item, group_id, currency) for item in _rows(row, "option"))
    if not options:
        raise BundleError(f"The group {group_id} has no [[group.option]].", "Add one, or take it out.", row.place)
    least, most = row.number("min", 0), row.number("max", LARGEST)
    group = Group(group_id, row.text("name", group_id), options, least, most if row.has("max") else None)
    if least > most:
        raise BundleError(f"The group {group_id} wants at least {least} and at most {most} options.",
                          "Put min or max right.", row.place, "min")  # fmt: skip
    if least > len(options):
        raise BundleError(f"The group {group_id} wants {least} options and has {len(options)}.",
                          "Lower min or add options.", row.place, "min")  # fmt: skip
    return group


def _option(row: TableReader, group_id: str, currency: str) -> Option:
    row.only("id", "name", "product", "min", "max", "usual", "price", "unit_price", "attributes")
    option_id = row.word("id")
    least = row.number("min", 1)
    most = row.number("max", max(least, 1))
    usual = row.number("usual", least)
    if not 1 <= least <= usual <= most:
        raise BundleError(
            f"The option {option_id} goes from {least} to {most}, usually {usual}.",
            "Let 1 <= min <= usual <= max hold; that it can be left out is understood.",
            row.place,
            next((key for key in ("usual", "max", "min") if row.has(key)), ""),
        )
    mode = PriceMode(row.one_of("price", [mode.value for mode in PriceMode], "list"))
    return Option(
        option_id,
        row.text("name", option_id),
        group_id,
        row.text("product", ""),
        least,
        most,
        usual,
        mode,
        _fixed(row, option_id, currency, mode),
        {name: str(value) for name, value in row.mapping("attributes").items()},
    )


def _fixed(row: TableReader, option_id: str, currency: str, mode: PriceMode) -> int:
    """Return a fixed price, of the currency that the bundle has then."""
    if mode is not PriceMode.FIXED:
        if row.has("unit_price"):
            raise BundleError(f"The option {option_id} has a unit_price that nothing asks for.",
                              'Add price = "fixed" or take it out.', row.place, "unit_price")  # fmt: skip
        return 0
    if not currency:
        raise BundleError(f"The fixed price of {option_id} has no currency.",
                          'Write currency = "EUR" at the top of the file.', row.place, "price")  # fmt: skip
    try:
        return dec6(row.text("unit_price"))
    except AmountError as error:
        raise BundleError(f"The unit_price of {option_id}: {error}", 'Write it in quotes, such as "12.50".',
                          row.place, "unit_price") from error  # fmt: skip


def _check_ids(groups: Sequence[Group]) -> None:
    """An id names one group or option, and can be told from the words of conditions."""
    seen: set[str] = set()
    count = 0
    for number, group in enumerate(groups):
        _check_id(group.id, seen, ("group", number))
        for at, option in enumerate(group.options):
            _check_id(option.id, seen, ("group", number, "option", at))
        count += len(group.options)
    if count > MOST["option"]:
        raise BundleError(f"There are more than {MOST['option']} options.", "Part the bundle into several.")


def _check_id(word: str, seen: set[str], place: Place) -> None:
    if word in WORDS or not word.isidentifier():
        raise BundleError(
            f"“{word}” cannot be an id.", "Use letters, digits and _, no word of conditions.", place, "id"
        )
    if word in seen:
        raise BundleError(f"The id {word} is used twice.", "Call one of them otherwise.", place, "id")
    seen.add(word)


def line_of(text: str, place: Place, key: str) -> int:
    """Return the line, from 1, of a table of the file or of a key in it; 1 where it cannot be told."""
    wanted = _steps(place)
    counts: dict[str, int] = {}
    start, is_inside = 0, not wanted
    for number, line in enumerate(text.splitlines(), 1):
        if match := _HEADER.match(line):
            if is_inside and wanted:
                break
            is_inside = _counted(match[2], counts) == wanted if match[1] == "[[" else is_inside and not wanted
            start = number if is_inside else start
        elif is_inside and key and re.match(rf"\s*{re.escape(key)}\s*[.=]", line):
            return number
    return start or 1


def _steps(place: Place) -> list[tuple[object, object]]:
    return [(place[at], place[at + 1]) for at in range(0, len(place), 2)]


def _counted(name: str, counts: dict[str, int]) -> list[tuple[object, object]]:
    """Return the path of a table that begins, and count it."""
    parts = name.split(".")
    for other in [other for other in counts if other.startswith(f"{name}.")]:
        del counts[other]
    counts[name] = counts.get(name, -1) + 1
    return [(part, counts.get(".".join(parts[: at + 1]), 0)) for at, part in enumerate(parts)]
