"""The verbs of a quote's lines: add, edit, remove, move; discounts and charges; lines and prices of earlier quotes."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from typer._click.types import IntRange
from typer.core import TyperCommand, TyperOption

from sfa.cli import targets
from sfa.cli.building import argument, command, flag, form, option, output_options
from sfa.cli.opening import open_desk
from sfa.cli.output import emit_rows, tell
from sfa.cli.quote_verbs import common, tell_quote
from sfa.domain.figures import AmountError, dec6
from sfa.errors import UsageError
from sfa.services import quote_copies, quote_headers, quote_lines
from sfa.services.quote_line_text import LineText
from sfa.services.quote_sheet import find

FIRST: Final = argument("quote", shown="QUOTE", help="Number, reference or name.")
PLACES: Final = argument("places", shown="LINES", help="Numbers of lines: 3, 1-4, 1,3,5, or all.")


def _options() -> list[TyperOption]:
    return [
        option("--qty", "-q", "quantity", help="How many.", shown="NUMBER"),
        option("--unit", "unit", help="Unit of the quantity."),
        option(
            "--price", "price", help="Net price per unit to arrive at; without a product: its price.", shown="PRICE"
        ),
        option(
            "--discount", "-d", "discount", help="10%, 5 EUR per unit, or 10%+5%; none clears it.", shown="DISCOUNT"
        ),
        option("--partner-discount", "partner", help="Of a partner or distributor.", shown="DISCOUNT"),
        option("--description", "description", help="Words on the line."),
        option("--periods", "periods", help="How long: 12 months.", shown="PERIODS"),
        option("--tax", "tax", help="Code of the tax.", shown="CODE"),
        option("--deliver", "delivery", help="Day of delivery.", shown="DAY"),
        option("--cost", "cost", help="What a unit costs us.", shown="PRICE"),
        option("--note", "note", help="For ourselves."),
        option("--role", "role", help="normal, optional or alternative.", shown="WORD"),
        option("--choice", "choice", help="What alternatives are alternatives for."),
        option("--options", "options", help="A configuration, as a JSON object.", shown="JSON"),
        flag("--chosen", "is_chosen", help="An optional or alternative line counts."),
        flag("--not-chosen", "is_left", help="It does not."),
        flag("--credit", "is_credit", help="A negative quantity is meant: something comes back."),
    ]


def _text(given: dict[str, Any], **more: Any) -> LineText:  # noqa: ANN401 - fields of a line
    is_chosen, is_left = given.pop("is_chosen"), given.pop("is_left")
    if is_chosen and is_left:
        raise UsageError("Chosen or not, not both.")
    chosen = True if is_chosen else False if is_left else None
    return LineText(**{**given, **more}, is_chosen=chosen)


def add() -> TyperCommand:
    """Return `sfa quote line add`."""
    params: list[Any] = [
        FIRST,
        argument("words", is_required=False, is_many=True, shown="PRODUCT [QTY]", help="Code, name or reference."),
        *_options(),
        option("--kind", "kind", help="product, text or section.", shown="WORD"),
        option("--section", "section", help="A head with this title, with a subtotal.", shown="TITLE"),
        option("--at", "at", type=IntRange(min=1), help="At this place; otherwise at the end."),
        option("--part-of", "part_of", type=IntRange(min=1), help="A part of the bundle on this line."),
        *common(),
    ]
    return command("add", _add, params, "Add a line: sfa quote line add 123 PS-1 10 --discount 5%")


def _add(
    *,
    quote: str,
    words: Sequence[str],
    section: str | None,
    at: int | None,
    part_of: int | None,
    is_dry_run: bool,
    is_json: bool,
    **given: Any,  # noqa: ANN401 - fields of a line
) -> None:
    desk = open_desk()
    if section is not None:
        given |= {"kind": "section", "description": section}
    product = " ".join(words) or None
    if len(words) > 1 and given["quantity"] is None and _is_number(words[-1]):
        product, given["quantity"] = " ".join(words[:-1]), words[-1]
    text = _text(given, product=product)
    saved = quote_lines.add(desk, find(desk, quote), text, at=at, part_of=part_of, is_dry_run=is_dry_run)
    tell_quote(desk, saved, is_json=is_json)


def _is_number(word: str) -> bool:
    try:
        return bool(dec6(word))
    except AmountError:
        return False


def edit() -> TyperCommand:
    """Return `sfa quote line edit`."""
    product = option("--product", "product", help="Another product.", shown="PRODUCT")
    params = [FIRST, PLACES, product, *_options(), *common()]
    return command("edit", _edit, params, "Change lines: sfa quote line edit 123 2 --qty 5")


def _edit(*, quote: str, places: str, is_dry_run: bool, is_json: bool, **given: Any) -> None:  # noqa: ANN401 - as above
    desk = open_desk()
    meant = find(desk, quote)
    positions = quote_lines.positions(desk, meant, places)
    tell_quote(desk, quote_lines.edit(desk, meant, positions, _text(given), is_dry_run=is_dry_run), is_json=is_json)


def remove() -> TyperCommand:
    """Return `sfa quote line remove`."""
    return command("remove", _remove, [FIRST, PLACES, *common()], "Take lines out.")


def _remove(*, quote: str, places: str, is_dry_run: bool, is_json: bool) -> None:
    desk = open_desk()
    meant = find(desk, quote)
    positions = quote_lines.positions(desk, meant, places)
    tell_quote(desk, quote_lines.remove(desk, meant, positions, is_dry_run=is_dry_run), is_json=is_json)


def move() -> TyperCommand:
    """Return `sfa quote line move`."""
    params = [
        FIRST,
        argument("line", shown="LINE", help="Number of the line."),
        argument("to", shown="PLACE", help="The place it comes to."),
        *common(),
    ]
    return command("move", _move, params, "Put a line at another place: sfa quote line move 123 4 1")


def _move(*, quote: str, line: str, to: str, is_dry_run: bool, is_json: bool) -> None:
    desk = open_desk()
    saved = quote_lines.move(desk, find(desk, quote), _whole(line), _whole(to), is_dry_run=is_dry_run)
    tell_quote(desk, saved, is_json=is_json)


def _whole(text: str) -> int:
    if not text.isdigit() or len(text) > 4:  # noqa: PLR2004 - as many digits as the most lines have
        raise UsageError(f"“{text}” is no number of a line.", hint="See them: sfa quote show QUOTE")
    return int(text)


def discount() -> TyperCommand:
    """Return `sfa quote discount`."""
    return _header("discount", "Take something off the whole quote: sfa quote discount 123 5%")


def charge() -> TyperCommand:
    """Return `sfa quote charge`."""
    return _header("charge", 'Add a charge: sfa quote charge 123 "40 EUR" --reason Freight')


def _header(name: str, help_text: str) -> TyperCommand:
    params: list[Any] = [
        FIRST,
        argument("value", shown="AMOUNT", help="5%, 120 EUR, or none to take it away."),
        option("--reason", "reason", default="", help="What for; printed."),
        option("--line", "line", type=IntRange(min=1), help="On this line only."),
        *common(),
    ]
    return command(name, partial(_put, name), params, help_text)


def _put(name: str, *, quote: str, value: str, reason: str, line: int | None, is_dry_run: bool, is_json: bool) -> None:
    desk = open_desk()
    header = quote_headers.Header(value, reason, name == "charge", line)
    tell_quote(desk, quote_headers.put(desk, find(desk, quote), header, is_dry_run=is_dry_run), is_json=is_json)


def copy() -> TyperCommand:
    """Return `sfa quote copy`."""
    params = [
        argument("source", shown="FROM", help="The earlier quote."),
        argument("quote", shown="QUOTE", help="The open one that gets the lines."),
        option("--lines", "places", default="all", help="Which: 1,3-5.", shown="LINES"),
        *common(),
    ]
    return command("copy", _copy, params, "Add lines of an earlier quote to an open one.")


def _copy(*, source: str, quote: str, places: str, is_dry_run: bool, is_json: bool) -> None:
    desk = open_desk()
    earlier, meant = find(desk, source), find(desk, quote)
    positions = quote_lines.positions(desk, earlier, places)
    tell_quote(desk, quote_copies.copy_from(desk, earlier, meant, positions, is_dry_run=is_dry_run), is_json=is_json)


def last_price() -> TyperCommand:
    """Return `sfa quote last-price`."""
    params: list[Any] = [
        argument("product", shown="PRODUCT", help="Code, name or reference."),
        argument("words", is_many=True, shown="ACCOUNT", help="The customer."),
        *output_options(),
    ]
    return command("last-price", _last_price, params, "What a customer paid for a product before.")


def _last_price(*, product: str, words: Sequence[str], is_json: bool, is_csv: bool) -> None:
    from sfa.services.quote_history import paid  # noqa: PLC0415 - only for this verb

    desk = open_desk()
    account_id, product_id = targets.one(desk, "account", words), targets.one(desk, "product", [product])
    found = paid(desk, account_id, product_id)
    columns = [("on", "When", "day"), ("number", "In", "text"), ("price", "Price", "number"), ("currency", "", "text")]
    columns += [("quantity", "Quantity", "number"), ("unit", "Unit", "text")]
    rows = [
        {
            "on": one.on,
            "number": one.number,
            "price": one.price,
            "currency": one.currency,
            "quantity": one.quantity,
            "unit": one.unit,
        }
        for one in found
    ]
    emit_rows(columns, rows, form(is_json=is_json, is_csv=is_csv))
    if not found:
        tell("They have never bought it.")
