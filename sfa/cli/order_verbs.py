"""The verbs of orders: made of a quote, promised, delivered, taken back, cancelled, disputed."""

from collections.abc import Sequence
from typing import Final

from typer.core import TyperCommand, TyperOption

from sfa.cli.building import argument, command, dry_run_option, flag, json_option, option
from sfa.cli.opening import open_desk
from sfa.cli.output import emit_json
from sfa.cli.results import tell_saved
from sfa.errors import UsageError
from sfa.services import disputes, order_shipping, orders
from sfa.services.desk import Desk, Saved
from sfa.services.order_sheet import find
from sfa.services.order_shipping import Parcel
from sfa.services.orders import Wish
from sfa.services.quote_sheet import find as find_quote

ORDER: Final = argument("order", shown="ORDER", help="Number, its last digits, reference or name.")
LINES: Final = argument(
    "lines",
    is_required=False,
    is_many=True,
    shown="LINE=QTY",
    help="Such as 1=5, or the product's code; all otherwise.",
)


def common() -> list[TyperOption]:
    """Return `--dry-run` and `--json`."""
    return [dry_run_option(), json_option("As JSON.")]


def tell_order(desk: Desk, saved: Saved, *, is_json: bool) -> None:
    """Print what was done; as JSON the whole order with it."""
    if not is_json or saved.id is None or saved.is_dry_run:
        tell_saved(desk, "order", saved, is_json=is_json)
        return
    from sfa.cli.order_page import order_json  # noqa: PLC0415 - only for JSON
    from sfa.services.order_reading import view  # noqa: PLC0415 - as above

    emit_json({**order_json(view(desk, saved.id)), "summary": saved.summary, "operation": saved.operation_id})


def _days(help: str) -> TyperOption:  # noqa: A002 - Typer's own word
    return option("--on", "on", default="", help=help, shown="DAY")


def from_quote() -> TyperCommand:
    """Return `sfa order from-quote`."""
    params = [
        argument("quote", shown="QUOTE", help="Number, reference or name of an accepted quote."),
        argument(
            "lines", is_required=False, is_many=True, shown="LINE[=QTY]", help="Lines of the quote; all otherwise."
        ),
        option("--promised", "promised", default="", help="The promised day of delivery.", shown="DAY"),
        option("--customer-ref", "customer_ref", default="", help="What the customer calls the order."),
        option("--ship-to", "ship_to", default="", help="Where it goes."),
        _days("The day of the order; today where not given."),
        flag("--keep-deal", "is_kept", help="Leave the deal open."),
        *common(),
    ]
    return command("from-quote", _from_quote, params, "Make an order of an accepted quote, or of some of its lines.")


def _from_quote(
    *, quote: str, lines: Sequence[str], promised: str, customer_ref: str, ship_to: str, on: str, is_kept: bool,
    is_dry_run: bool, is_json: bool,
) -> None:  # fmt: skip
    desk = open_desk()
    wish = Wish(lines, promised, customer_ref, on, ship_to)
    saved = orders.from_quote(desk, find_quote(desk, quote), wish, is_winning=not is_kept, is_dry_run=is_dry_run)
    tell_order(desk, saved, is_json=is_json)


def promise() -> TyperCommand:
    """Return `sfa order promise`."""
    params = [
        ORDER,
        argument("day", shown="DAY", help="Such as +14d or 2026-04-01."),
        option("--line", "line", default="", help="Of this line alone.", shown="NUMBER"),
        *common(),
    ]
    return command("promise", _promise, params, "Promise a day of delivery.")


def _promise(*, order: str, day: str, line: str, is_dry_run: bool, is_json: bool) -> None:
    if line and not line.isdecimal():
        raise UsageError(f"“{line}” is no number of a line.")
    desk = open_desk()
    number = int(line) if line else None
    tell_order(desk, orders.promise(desk, find(desk, order), day, number, is_dry_run=is_dry_run), is_json=is_json)


def ship() -> TyperCommand:
    """Return `sfa order ship`."""
    params = [
        ORDER,
        LINES,
        option("--tracking", "tracking", default="", help="Number of the parcel."),
        option("--carrier", "carrier", default="", help="Who brings it."),
        _days("The day; today where not given."),
        *common(),
    ]
    return command("ship", _ship, params, "Write a delivery down: sfa order ship 12 1=5")


def _ship(
    *, order: str, lines: Sequence[str], tracking: str, carrier: str, on: str, is_dry_run: bool, is_json: bool
) -> None:
    desk = open_desk()
    parcel = Parcel(lines, on, carrier, tracking)
    tell_order(desk, order_shipping.ship(desk, find(desk, order), parcel, is_dry_run=is_dry_run), is_json=is_json)


def track() -> TyperCommand:
    """Return `sfa order track`."""
    params = [
        ORDER,
        argument("number", shown="NUMBER", help="Number of the parcel."),
        option("--carrier", "carrier", default="", help="Who brings it."),
        *common(),
    ]
    return command("track", _track, params, "Give the newest delivery its tracking number.")


def _track(*, order: str, number: str, carrier: str, is_dry_run: bool, is_json: bool) -> None:
    desk = open_desk()
    saved = order_shipping.track(desk, find(desk, order), number, carrier, is_dry_run=is_dry_run)
    tell_order(desk, saved, is_json=is_json)


def take_back() -> TyperCommand:
    """Return `sfa order return`."""
    params = [
        ORDER,
        LINES,
        option("--reason", "reason", default="", help="Why it comes back."),
        _days("The day; today where not given."),
        *common(),
    ]
    return command("return", _return, params, "Write down what came back; credit it with: sfa invoice credit")


def _return(*, order: str, lines: Sequence[str], reason: str, on: str, is_dry_run: bool, is_json: bool) -> None:
    desk = open_desk()
    parcel = Parcel(lines, on, reason=reason)
    tell_order(desk, order_shipping.take_back(desk, find(desk, order), parcel, is_dry_run=is_dry_run), is_json=is_json)


def cancel() -> TyperCommand:
    """Return `sfa order cancel`."""
    params = [ORDER, option("--reason", "reason", default="", help="Why."), *common()]
    return command("cancel", _cancel, params, "Cancel an order, or what is neither delivered nor invoiced of it.")


def _cancel(*, order: str, reason: str, is_dry_run: bool, is_json: bool) -> None:
    desk = open_desk()
    tell_order(desk, orders.cancel(desk, find(desk, order), reason, is_dry_run=is_dry_run), is_json=is_json)


def dispute() -> TyperCommand:
    """Return `sfa order dispute`."""
    params = [
        ORDER,
        option("--reason", "reason", default="", help="What the customer objects to."),
        option("--claimed", "claimed", default="", help="What they want back.", shown="AMOUNT"),
        *common(),
    ]
    return command("dispute", _dispute, params, "Write down what a customer objects to.")


def _dispute(*, order: str, reason: str, claimed: str, is_dry_run: bool, is_json: bool) -> None:
    desk = open_desk()
    saved = disputes.open_one(desk, ("order", find(desk, order)), reason, claimed, is_dry_run=is_dry_run)
    tell_dispute(desk, saved, is_json=is_json)


def decide() -> TyperCommand:
    """Return `sfa order decide`."""
    params = [
        argument("dispute", shown="DISPUTE", help="Its reference."),
        argument("state", shown="STATE", help=f"One of: {', '.join(disputes.STATES)}."),
        option("--resolution", "resolution", default="", help="How it ended."),
        *common(),
    ]
    return command("decide", _decide, params, "Move a dispute on, or to its end.")


def _decide(*, dispute: str, state: str, resolution: str, is_dry_run: bool, is_json: bool) -> None:
    desk = open_desk()
    saved = disputes.decide(desk, dispute, state, resolution, is_dry_run=is_dry_run)
    tell_dispute(desk, saved, is_json=is_json)


def tell_dispute(desk: Desk, saved: Saved, *, is_json: bool) -> None:
    """Print what became of a dispute."""
    if is_json:
        emit_json({"summary": saved.summary, "operation": saved.operation_id, "id": saved.id, "ref": saved.ref,
                   "is_dry_run": saved.is_dry_run})  # fmt: skip
        return
    tell_saved(desk, "order", saved)
