"""A price explained; prices, agreements, schedules, promotions and taxes listed and changed as all records are."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from typer._click.types import IntRange
from typer.core import TyperCommand

from sfa.cli import targets
from sfa.cli.building import (
    LazyGroup,
    argument,
    command,
    flag,
    form,
    group,
    json_option,
    limit_option,
    option,
    output_options,
)
from sfa.cli.opening import open_desk
from sfa.cli.output import emit_json, emit_table, say
from sfa.services import references
from sfa.services.prices_explained import Asked, Explained, as_json, explain, price_text, sentences

STEP_TITLES = ("Step", "Price", "From", "Why")


def asking_options() -> list[Any]:
    """Return the options that say for whom, how much, when, and what comes off."""
    return [
        option("--account", "-a", "account", help="For whom: name or reference."),
        option("--qty", "-q", "quantity", default="1", help="How many (1)."),
        option("--on", "on", help="The day, such as 2026-04-01 or next friday; today where not given."),
        option("--book", "-b", "book", help="Price book: name or reference."),
        option("--currency", "currency", help="Of the book or the account where not given."),
        option("--channel", "channel", help="Such as web or partner."),
        option("--unit", "unit", help="Of the quantity, where a book has prices of several."),
        option("--discount", "-d", "discounts", multiple=True, help="Your own, such as 5% or 2.50; may be repeated."),
        option("--partner-discount", "partner", multiple=True, help="Of a partner; may be repeated."),
        option("--term", "term", type=IntRange(min=1), help="How many periods at once."),
    ]


def show() -> TyperCommand:
    """Return `sfa price show`."""
    params = [
        argument("words", is_many=True, shown="PRODUCT", help="Name, code or reference."),
        *asking_options(),
        json_option("One JSON object."),
    ]
    return command("show", _show, params, "What a product costs, step by step; the word show may be left out.")


def _show(
    *,
    words: Sequence[str],
    account: str | None,
    book: str | None,
    is_json: bool,
    **told: Any,  # noqa: ANN401 - by option
) -> None:
    desk = open_desk()
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, (list, tuple)) else value for name, value in told.items()
    }
    given["product_id"] = targets.one(desk, "product", words)
    given["account_id"] = references.resolve(desk, "account", account).id if account else None
    given["book_id"] = references.resolve(desk, "price_book", book).id if book else None
    found = explain(desk, Asked(**given))
    if is_json:
        emit_json(as_json(desk, found))
        return
    emit_table(STEP_TITLES, _steps(found), (False, True, False, False))
    for sentence in sentences(desk, found):
        say(sentence)


def _steps(found: Explained) -> list[list[str]]:
    rows = []
    for step, source in zip(found.line.steps, found.sources, strict=True):
        price = f"{'about ' if step.is_blended else ''}{price_text(step.after_dec6, found.line.currency)}"
        why = f"{step.why}, below the floor price" if step.is_below_floor else step.why
        rows.append([step.stage.value, price, source, why])
    return rows


def list_prices() -> TyperCommand:
    """Return `sfa price list`."""
    params = [
        argument("words", is_required=False, is_many=True, shown="BOOK", help="A price book; all of them without."),
        option("--where", "-w", "where", default="", help='Such as "product=Sensor from>2026-01-01".'),
        option("--sort", "-s", "sort", default="", help="Fields, comma-separated; a minus in front: descending."),
        limit_option("At most so many (50 on a terminal)."),
        option("--columns", "-c", "columns", default="", help="Fields, comma-separated."),
        flag("--deleted", "is_with_deleted", help="Those in the trash too."),
        *output_options(),
    ]
    return command("list", _list, params, "The prices of a book, or of all.")


def _list(*, words: Sequence[str], where: str, **options: Any) -> None:  # noqa: ANN401 - as for every list
    from sfa.cli.nouns import list_records  # noqa: PLC0415 - only for its verb

    form(is_json=options["is_json"], is_csv=options["is_csv"])
    if words:
        book = references.resolve(open_desk(), "price_book", " ".join(words)).label.replace('"', "")
        where = f'book="{book}" {where}'.strip()
    list_records("price_entry", words=(), where=where, **options)


def _of_prices(verb: str) -> TyperCommand:
    made: TyperCommand = _makers("price_entry")[verb]()
    return made


def _makers(noun: str) -> dict[str, Any]:
    from sfa.cli.nouns import noun_group  # noqa: PLC0415 - only for its verbs

    return dict(noun_group(noun, "").makers)


edit = partial(_of_prices, "edit")
remove = partial(_of_prices, "remove")
restore = partial(_of_prices, "restore")
history = partial(_of_prices, "history")


def contracts() -> LazyGroup:
    """Return `sfa price contracts`: what was agreed, listed and changed."""
    makers = {name: maker for name, maker in _makers("contract_price").items() if name != "add"}
    return group("contracts", "What was agreed with accounts and price groups.", makers)


def schedule() -> LazyGroup:
    """Return `sfa price schedule`."""
    return group(
        "schedule", 'Volume schedules: sfa price schedule add Volume --tiers "1:0% 10:5%"', _makers("discount_schedule")
    )


def promo() -> LazyGroup:
    """Return `sfa price promo`."""
    return group(
        "promo", "Promotions: sfa price promo add Spring --discount 5% --from 2026-03-01", _makers("price_rule")
    )


def tax() -> LazyGroup:
    """Return `sfa price tax`."""
    from sfa.cli.price_verbs_writing import tax_rate  # noqa: PLC0415 - only for its verb

    return group("tax", "Taxes: codes, and their rates from a day on.", {**_makers("tax_code"), "rate": tax_rate})


def import_prices() -> TyperCommand:
    """Return `sfa price import`: `sfa import --as price_entry`, with a book for rows that name none."""
    from sfa.cli.importing import import_as  # noqa: PLC0415 - only for its verb

    return import_as("price_entry")
