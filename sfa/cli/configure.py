"""`sfa configure`: the parts of a bundle, what they break, what is left to choose."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from typer.core import TyperCommand

from sfa.cli.building import argument, command, flag, form, option, output_options
from sfa.cli.opening import open_desk
from sfa.cli.output import Format, emit_json, emit_rows, emit_table, is_terminal, say, tell
from sfa.domain.configurator.advice import explanation, why_not
from sfa.domain.configurator.configuration import Choice, Configuration, Part
from sfa.domain.configurator.wording import MARKS, range_words, total_words
from sfa.domain.figures import from_dec6
from sfa.errors import ExitCode, UsageError
from sfa.paths import home
from sfa.services import configuring

PART_COLUMNS = [
    (name, name, "text")
    for name in ("option", "product", "name", "quantity", "source", "is_auto", "unit_price", "amount", "currency")
]


def configure() -> TyperCommand:
    """Return `sfa configure`."""
    params = [
        argument("bundle", is_required=False, shown="BUNDLE", help="A file in the folder bundles, by its name."),
        argument("words", is_required=False, is_many=True, shown="OPTION[=QTY]", help="What is chosen; =0 is a no."),
        flag("--complete", "-c", "is_completed", help="Add what makes a valid list of it."),
        flag("--list", "is_listed", help="List the bundles."),
        option("--check", "file", shown="FILE", help="Check the rules in a file."),
        *output_options(),
    ]
    return command("configure", _configure, params, "The parts of a bundle, what they break, what is left to choose.")


def _configure(
    *,
    bundle: str | None,
    words: Sequence[str],
    is_completed: bool,
    is_listed: bool,
    file: str | None,
    is_json: bool,
    is_csv: bool,
) -> int:
    shape = form(is_json=is_json, is_csv=is_csv)
    if file:
        return _check(Path(file).expanduser(), is_json=is_json)
    if is_listed:
        return _list(shape)
    if not bundle:
        raise UsageError("Which bundle?", hint="List them with: sfa configure --list")
    found = configuring.load_bundle(home(), bundle)
    desk = open_desk()
    prices = configuring.book_prices(desk)
    choices = configuring.read_choices(found, words)
    if not words and shape == "table" and not is_completed and is_terminal() and sys.stdin.isatty():
        from sfa.cli.configure_dialogue import guide  # noqa: PLC0415 - only for a person at a terminal

        choices = guide(found, prices)
    if is_completed:
        choices = configuring.complete(found, choices)
    made = configuring.configure(found, choices, prices)
    if is_json:
        emit_json(as_json(made))
    elif is_csv:
        emit_rows(PART_COLUMNS, [_part_as_json(part) for part in made.parts], "csv")
    else:
        show(found, made)
    return ExitCode.OK if made.is_valid else ExitCode.CONFLICT


def _check(path: Path, *, is_json: bool) -> int:
    model = configuring.read_bundle(path).model
    if is_json:
        counts = {"groups": len(model.groups), "options": len(model.options), "rules": len(model.rules)}
        emit_json({"bundle": model.id, "name": model.name, "version": model.version, **counts})
        return ExitCode.OK
    say(
        f"{model.name} is in order: {len(model.groups)} groups, {len(model.options)} options, {len(model.rules)} rules."
    )
    return ExitCode.OK


def _list(shape: Format) -> int:
    names = configuring.bundle_names(home())
    rows = [_facts(name) for name in names]
    columns = [
        ("bundle", "Bundle", "text"),
        ("name", "Name", "text"),
        ("options", "Options", "integer"),
        ("problem", "Problem", "text"),
    ]
    emit_rows(columns, rows, shape)
    if not names:
        tell(f"There is no bundle. One is a file such as {home() / configuring.FOLDER / 'server.toml'}")
    return ExitCode.OK


def _facts(name: str) -> dict[str, object]:
    """Return what a list says of a bundle; one that is at fault is listed with its fault."""
    try:
        model = configuring.load_bundle(home(), name).model
    except UsageError as error:
        return {"bundle": name, "name": "", "options": 0, "problem": error.message}
    return {"bundle": name, "name": model.name, "options": len(model.options), "problem": ""}


def show(bundle: configuring.Bundle, made: Configuration) -> None:
    """Print parts, total, violations and what is left to choose."""
    if made.parts:
        titles = ("Qty", "Product", "Name", "Each", "Amount", "")
        emit_table(titles, [_part_line(part) for part in made.parts], (True, False, False, True, True, False))
        say(total_words(made))
    else:
        tell("Nothing is chosen yet.")
    for item in made.violations:
        say(f"! {item.message}{_or([repair.words for repair in item.repairs])}")
    say("")
    if any(choice.can_be_chosen for choice in made.remaining):
        _show_left(bundle, made)
    else:
        say(f"Nothing completes these choices: {explanation(bundle, made.choices)}.")


def _show_left(bundle: configuring.Bundle, made: Configuration) -> None:
    shown = [choice for choice in made.remaining if not choice.is_hidden]
    groups = {group.id: group.name for group in bundle.model.groups}
    rows = [_left_line(groups[choice.group], choice) for choice in shown]
    emit_table(("Group", "Option", "Name", "Chosen", "Possible"), rows, (False, False, False, True, False))
    for choice in shown:
        if not choice.can_be_chosen:
            say(f"No {choice.name} {why_not(bundle, made.choices, choice.option)}")


def _or(words: Sequence[str]) -> str:
    return f" – {' or '.join(words)}" if words else " – no single change mends it"


def _part_line(part: Part) -> tuple[str, ...]:
    each = from_dec6(part.price.unit_dec6) if part.price else "no price"
    amount = str(part.price.net) if part.price else ""
    return (str(part.quantity), part.product, part.name, each, amount, MARKS.get(part.source, ""))


def _left_line(group: str, choice: Choice) -> tuple[str, ...]:
    quantity = str(choice.quantity) if choice.quantity else ""
    return (group, choice.option, choice.name, quantity, range_words(choice))


def as_json(made: Configuration) -> dict[str, object]:
    """Return a configuration as JSON has it."""
    return {
        "bundle": made.bundle,
        "name": made.name,
        "version": made.version,
        "is_valid": made.is_valid,
        "choices": dict(made.choices),
        "parts": [_part_as_json(part) for part in made.parts],
        "totals": [{"amount": total.decimal_string(), "currency": total.currency} for total in made.totals],
        "unpriced": made.unpriced,
        "violations": [
            {
                "message": item.message,
                "repairs": [
                    {"words": fix.words, "change": fix.change, "option": fix.option, "quantity": fix.quantity}
                    for fix in item.repairs
                ],
            }
            for item in made.violations
        ],
        "remaining": [_choice_as_json(choice) for choice in made.remaining],
    }


def _part_as_json(part: Part) -> Mapping[str, object]:
    price = part.price
    return {
        "option": part.option,
        "product": part.product,
        "name": part.name,
        "quantity": part.quantity,
        "source": part.source,
        "is_auto": part.is_auto,
        "unit_price": from_dec6(price.unit_dec6) if price else None,
        "amount": price.net.decimal_string() if price else None,
        "currency": price.net.currency if price else None,
    }


def _choice_as_json(choice: Choice) -> Mapping[str, object]:
    return {
        "group": choice.group,
        "option": choice.option,
        "name": choice.name,
        "quantity": choice.quantity,
        "can_be_chosen": choice.can_be_chosen,
        "is_hidden": choice.is_hidden,
        "ranges": [list(ends) for ends in choice.ranges],
        "is_proven": choice.is_proven,
    }
