"""One `[[rule]]` of a bundle's file: its kind, and what that kind asks (domain.md 2.8)."""

import re
from collections.abc import Callable
from fractions import Fraction

from sfa.domain.configurator.model import (
    LARGEST,
    AutoAdd,
    Body,
    Cardinality,
    Condition,
    Default,
    Excludes,
    Hide,
    Model,
    Requires,
    Resource,
    Rule,
    Table,
)
from sfa.domain.configurator.tables import TableReader
from sfa.domain.near import near_words

_RATIO = re.compile(r"\s*([0-9]{1,4})\s*(?:/\s*([0-9]{1,4}))?\s*")


def read_rule(row: TableReader, model: Model) -> Rule:
    """Read a rule.

    Raises:
        BundleError: it asks for what its kind does not know, or names what is not there.
    """
    kind = row.one_of("kind", list(_READERS))
    keys, read = _READERS[kind]
    row.only("kind", "message", *keys)
    return Rule(read(row, model), row.text("message", ""), row.place)


def _known(row: TableReader, key: str, name: str, model: Model) -> str:
    if name not in model.at:
        near = near_words(name, model.at, 1)
        remedy = f"Did you mean {near[0]}?" if near else f"Declare it in a group, or take it out of {key}."
        raise row.error(key, f"There is no option “{name[:60]}”.", remedy)
    return name


def _option(row: TableReader, key: str, model: Model) -> str:
    return _known(row, key, row.word(key), model)


def _options(row: TableReader, key: str, model: Model, least: int = 1) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(_known(row, key, name, model) for name in row.texts(key)))
    if len(found) < least:
        raise row.error(key, f"{key} must name at least {least} options.", "Name the other one, too.")
    return found


def _ratio(row: TableReader, key: str) -> Fraction | None:
    if not row.has(key):
        return None
    text = row.text(key)
    match = _RATIO.fullmatch(text)
    if not match or not int(match[1]) or (match[2] is not None and not int(match[2])):
        raise row.error(key, f"{key} cannot be “{text[:60]}”.", 'Write "2" for two of each, "1/4" for one per four.')
    return Fraction(int(match[1]), int(match[2] or 1))


def _cardinality(row: TableReader, model: Model) -> Body:
    groups = {group.id: group for group in model.groups}
    if row.has("group") == row.has("options"):
        raise row.error(
            "kind", "The rule counts a group or options, one of both.", 'Write group = "..." or options = [...].'
        )
    if row.has("group"):
        name = row.one_of("group", list(groups))
        options, subject = tuple(option.id for option in groups[name].options), groups[name].name
    else:
        options = _options(row, "options", model)
        subject = ", ".join(map(model.name_of, options))
    least, most = row.number("min", 0), row.number("max", LARGEST)
    if least > most:
        raise row.error("min", f"At least {least} and at most {most} contradict each other.", "Put min or max right.")
    return Cardinality(options, least, most if row.has("max") else None, subject, row.flag("units"))


def _requires(row: TableReader, model: Model) -> Body:
    option, needs = _option(row, "option", model), _options(row, "needs", model)
    if option in needs:
        raise row.error("needs", f"The option {option} requires itself.", "Name another one.")
    return Requires(option, needs, _ratio(row, "ratio"))


def _excludes(row: TableReader, model: Model) -> Body:
    return Excludes(_options(row, "options", model, 2))


def _condition(row: TableReader, _model: Model) -> Body:
    return Condition(row.text("if"), row.text("then"))


def _table(row: TableReader, model: Model) -> Body:
    columns, rows = row.texts("columns"), row.text_rows("rows")
    groups = {group.id for group in model.groups}
    for column in columns:
        if column.partition(".")[0] not in groups:
            raise row.error(
                "columns", f"There is no group “{column[:60]}”.", "A column is a group, or group.attribute."
            )
    for number, cells in enumerate(rows, 1):
        if len(cells) != len(columns):
            raise row.error("rows", f"Row {number} of the table has {len(cells)} cells for {len(columns)} columns.",
                            "Give each column a cell; * is any.")  # fmt: skip
    return Table(columns, rows)


def _resource(row: TableReader, model: Model) -> Body:
    return Resource(row.text("name"), _amounts(row, "supply", model), _amounts(row, "demand", model))


def _amounts(row: TableReader, key: str, model: Model) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, amount in row.mapping(key).items():
        if not isinstance(amount, int) or not 0 < amount <= LARGEST**2:
            raise row.error(key, f"{key} of {name} must be a whole number above 0.", f"Write {key} = {{ {name} = 1 }}.")
        found[_known(row, key, name, model)] = amount
    if not found:
        raise row.error(key if row.has(key) else "", f"The resource lacks {key}.", f"Write {key} = {{ option = 1 }}.")
    return found


def _default(row: TableReader, model: Model) -> Body:
    option = _option(row, "option", model)
    return Default(option, _quantity(row, model, option, model.options[model.at[option]].usual))


def _quantity(row: TableReader, model: Model, option_id: str, otherwise: int) -> int:
    option = model.options[model.at[option_id]]
    quantity = row.number("quantity", otherwise)
    if not option.least <= quantity <= option.most:
        raise row.error("quantity", f"{quantity} of {option_id} is not between its {option.least} and {option.most}.",
                        "Put the quantity or the option's min and max right.")  # fmt: skip
    return quantity


def _auto_add(row: TableReader, model: Model) -> Body:
    trigger, option = _option(row, "trigger", model), _option(row, "option", model)
    ratio = _ratio(row, "ratio")
    if ratio is None:
        return AutoAdd(trigger, option, Fraction(_quantity(row, model, option, model.options[model.at[option]].usual)))
    if row.has("quantity"):
        raise row.error("quantity", "The rule has a quantity and a ratio.", "Take one of them out.")
    return AutoAdd(trigger, option, ratio, is_ratio=True)


def _hide(row: TableReader, model: Model) -> Body:
    return Hide(_options(row, "options", model), row.text("if", ""))


_READERS: dict[str, tuple[tuple[str, ...], Callable[[TableReader, Model], Body]]] = {
    "cardinality": (("group", "options", "min", "max", "units"), _cardinality),
    "requires": (("option", "needs", "ratio"), _requires),
    "excludes": (("options",), _excludes),
    "condition": (("if", "then"), _condition),
    "table": (("columns", "rows"), _table),
    "resource": (("name", "supply", "demand"), _resource),
    "default": (("option", "quantity"), _default),
    "auto_add": (("trigger", "option", "quantity", "ratio"), _auto_add),
    "hide": (("options", "if"), _hide),
}
