"""Prices set, agreed, taxed and exchanged: the verbs whose words say what is meant."""

import re
from collections.abc import Sequence
from typing import Any

from typer.core import TyperCommand

from sfa.cli.building import argument, command, dry_run_option, form, json_option, option, output_options
from sfa.cli.opening import open_desk
from sfa.cli.output import emit_rows, tell
from sfa.cli.results import tell_saved
from sfa.domain.currencies import is_currency
from sfa.errors import UsageError
from sfa.services import references

FROM_TO = (
    option("--from", "valid_from", help="The first day; today where older prices are there."),
    option("--to", "valid_to", help="The first day after."),
)
RATE_COLUMNS = (("source", "From", "text"), ("target", "To", "text"), ("on", "On", "day"), ("rate", "Rate", "dec6"))
PAIR = 2


def _ending() -> list[Any]:
    return [dry_run_option(), json_option("The record as JSON.")]


def set_price() -> TyperCommand:
    """Return `sfa price set`."""
    params = [
        argument("words", is_many=True, shown="PRODUCT PRICE", help='Such as: "Pressure sensor" 12.50'),
        option("--book", "-b", "book", help="Price book: name or reference; the standard one where not given."),
        *FROM_TO,
        option("--per", "per", help="The price is of so many units: 15.24 --per 12."),
        option("--unit", "unit", help="Another unit than the product's own."),
        option("--channel", "channel", help="For one channel alone."),
        option("--priority", "priority", help="Of two prices of one place the higher one wins."),
        *_ending(),
    ]
    return command("set", _set_price, params, "Let a product cost so much from a day on; the older price ends there.")


def _set_price(*, words: Sequence[str], book: str | None, is_dry_run: bool, is_json: bool, **told: Any) -> None:  # noqa: ANN401 - by option
    from sfa.services import price_entries  # noqa: PLC0415 - each verb imports its own

    *named, price = _priced(words)
    if not named:
        raise UsageError("A product and its price, please.", hint='sfa price set "Pressure sensor" 12.50 --book List')
    desk = open_desk()
    values = {name: value for name, value in told.items() if value is not None}
    values |= {"product": references.resolve(desk, "product", " ".join(named)).id, "price": price}
    if book:
        values["book"] = references.resolve(desk, "price_book", book).id
    tell_saved(desk, "price_entry", price_entries.set_price(desk, values, is_dry_run=is_dry_run), is_json=is_json)


def _priced(words: Sequence[str]) -> list[str]:
    """Return the words with the price as one: `12.50 EUR` may stand without quotes."""
    for word in words:
        if word.startswith("--"):
            raise UsageError(f"There is no option {word}.", hint="See: sfa price --help")
    *rest, last = words
    if rest and is_currency(last.upper()) and re.search(r"\d", rest[-1]):
        return [*rest[:-1], f"{rest[-1]} {last.upper()}"]
    return list(words)


def contract() -> TyperCommand:
    """Return `sfa price contract`."""
    params = [
        argument("words", is_many=True, shown="[ACCOUNT] [PRODUCT] PRICE", help="Such as: Acme Sensor 12.50, or -8%"),
        option("--group", "price_group", help="A price group in the place of the account."),
        option("--category", "category", help="A category, with all beneath it, in the place of the product."),
        option("--min-qty", "min_quantity", help="From so many units on."),
        option("--max-qty", "max_quantity", help="Up to so many units."),
        *FROM_TO,
        option("--ref", "document_ref", help="The document it was agreed in."),
        option("--per", "per", help="The price is of so many units."),
        option("--unit", "unit", help="Another unit than the product's own."),
        option("--priority", "priority", help="Of two that fit alike the higher one wins."),
        *_ending(),
    ]
    made = command("contract", _contract, params, "Keep a price or a discount that was agreed.")
    made.context_settings["ignore_unknown_options"] = True  # -8% is no option
    return made


def _contract(*, words: Sequence[str], is_dry_run: bool, is_json: bool, **told: Any) -> None:  # noqa: ANN401 - by option
    from sfa.services import contract_prices  # noqa: PLC0415 - each verb imports its own

    values = {name: value for name, value in told.items() if value is not None}
    wanted = [noun for noun, other in (("account", "price_group"), ("product", "category")) if other not in values]
    *named, price = _priced(words)
    if len(named) != len(wanted):
        raise UsageError(
            f"Say {' and '.join([*wanted, 'price'])}, one word each: names of several words in quotes.",
            hint=contract_prices.HINT,
        )
    desk = open_desk()
    values |= {noun: references.resolve(desk, noun, word).id for noun, word in zip(wanted, named, strict=True)}
    saved = contract_prices.agree(desk, {**values, "price": price}, is_dry_run=is_dry_run)
    tell_saved(desk, "contract_price", saved, is_json=is_json)


def tax_rate() -> TyperCommand:
    """Return `sfa price tax rate`."""
    params = [
        argument("words", is_many=True, shown="CODE RATE", help="Such as: VAT 19%"),
        *FROM_TO,
        option("--country", "country", help="Where it holds, as addresses have it; everywhere where not given."),
        *_ending(),
    ]
    return command("rate", _tax_rate, params, "Let a tax have a rate from a day on; the older one ends there.")


def _tax_rate(
    *,
    words: Sequence[str],
    valid_from: str | None,
    valid_to: str | None,
    country: str | None,
    is_dry_run: bool,
    is_json: bool,
) -> None:
    from sfa.services import tax_codes  # noqa: PLC0415 - each verb imports its own

    *named, percent = words
    if not named:
        raise UsageError("A code and its rate, please.", hint="sfa price tax rate VAT 19% --from 2026-01-01")
    desk = open_desk()
    code_id = references.resolve(desk, "tax_code", " ".join(named)).id
    saved = tax_codes.set_rate(
        desk, code_id, percent, since=valid_from, until=valid_to, country=country, is_dry_run=is_dry_run
    )
    tell_saved(desk, "tax_code", saved, is_json=is_json)


def rate() -> TyperCommand:
    """Return `sfa price rate`."""
    params = [
        argument("words", is_required=False, is_many=True, shown="FROM TO [RATE]", help="Such as: EUR USD 1.08"),
        option("--on", "on", help="The day; today where not given. It holds until the next one."),
        dry_run_option(),
        *output_options(),
    ]
    return command("rate", _rate, params, "Keep an exchange rate of a day; without a rate, list those that are kept.")


def _rate(*, words: Sequence[str], on: str | None, is_dry_run: bool, is_json: bool, is_csv: bool) -> None:
    from sfa.services import tax_codes  # noqa: PLC0415 - each verb imports its own

    desk = open_desk()
    if len(words) > PAIR + 1 or len(words) == 1:
        raise UsageError("Two currencies and a rate, please.", hint="sfa price rate EUR USD 1.08 --on 2026-03-01")
    if len(words) == PAIR + 1:
        saved = tax_codes.set_exchange_rate(desk, *words, on=on, is_dry_run=is_dry_run)
        tell_saved(desk, "price_book", saved, is_json=is_json)
        return
    rows = tax_codes.exchange_rates(desk, *words)
    emit_rows(RATE_COLUMNS, rows, form(is_json=is_json, is_csv=is_csv))
    if not rows:
        tell("No exchange rates yet. Keep one: sfa price rate EUR USD 1.08")
