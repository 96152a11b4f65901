"""`sfa report bridge` and `sfa report slippage`: what became of a pipeline."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from typer.core import TyperCommand

from sfa.cli.building import argument, command, flag, json_option, option
from sfa.cli.output import emit_json, emit_rows, emit_table, is_terminal, say
from sfa.domain.forecast.bridge import ADDED, BESIDE, TAKEN
from sfa.domain.money import Money
from sfa.services import forecast_moves as service
from sfa.services.desk import open_desk
from sfa.services.forecast_moves import BridgeSheet, Named, SlipSheet

WIDEST_CHART = 100
HELP = {
    "bridge": "From the open deals of one day to those of another: created, won, lost, pushed out, to the cent.",
    "slippage": "Deals dated into a period as it began that are open at its end with a later date.",
}


def bridge_command() -> TyperCommand:
    """Return `sfa report bridge`."""
    params = [
        option("--from", "start", help="The end of that day is where it begins: 2026-03-31, yesterday."),
        option("--to", "end", help="The end of that day is where it ends; today if left out."),
        option("--period", "period", default="", help="Deals dated into it; else into the quarter of the first day."),
        *_common(),
    ]
    return command("bridge", _bridge, params, HELP["bridge"])


def slippage_command() -> TyperCommand:
    """Return `sfa report slippage`."""
    params = [
        argument("words", is_required=False, is_many=True, shown="PERIOD", help="2026-Q1, last quarter; this one."),
        option("--as-of", "as_of", help="As it stood at the end of that day."),
        *_common(),
    ]
    return command("slippage", _slippage, params, HELP["slippage"])


def _common() -> list[Any]:
    return [
        option("--owner", "-o", "owner", help="Whose deals; with --roll-up everybody's below too."),
        flag("--roll-up", "is_rolled_up", help="With everybody below the owner."),
        option("--currency", "currency", default="", help="Which deals; those in others are left out."),
        flag("--drill", "has_deals", help="The deals behind each number."),
        json_option("One JSON object."),
    ]


def _bridge(*, start: str | None, end: str | None, is_json: bool, has_deals: bool, **words: Any) -> None:  # noqa: ANN401 - see service
    from sfa.errors import UsageError  # noqa: PLC0415 - seldom

    if start is None:
        raise UsageError("A bridge begins on a day.", hint="Such as --from 2026-01-01, or --from 'last friday'")
    desk = open_desk()
    try:
        found = service.bridge_sheet(desk, start, end, **words)
    finally:
        desk.close()
    if is_json:
        emit_json(_bridge_json(found))
        return
    say(f"{found.label} from {found.start} to {found.end}, {found.currency}")
    emit_table(("", "Amount", "Deals"), [*_steps(found)], [False, True, True])
    if has_deals:
        _tell_deals(found.deals, found.currency)
    elif is_terminal():
        _draw(found)


def _steps(found: BridgeSheet) -> list[list[str]]:
    shown = found.bridge
    rows: list[tuple[str, int, object]] = [("Open at the beginning", shown.begin_minor, "")]
    for names, sign in ((ADDED, 1), (TAKEN, -1)):
        rows += [(service.TITLES[name], sign * shown.amounts[name], len(shown.deals[name])) for name in names]
    rows.append(("Open at the end", shown.end_minor, ""))
    rows += [
        (f"({service.TITLES[name]})", shown.amounts[name], len(shown.deals[name]))
        for name in BESIDE
        if shown.deals[name]
    ]
    return [[title, str(Money(minor, found.currency)), str(count)] for title, minor, count in rows]


def _draw(found: BridgeSheet) -> None:
    from rich.console import Console  # noqa: PLC0415 - for people alone

    from screens.forecast.waterfall import waterfall_lines  # noqa: PLC0415 - as above

    console = Console(highlight=False)
    console.print()
    for line in waterfall_lines(found, min(console.width, WIDEST_CHART)):
        console.print(line)


def _bridge_json(found: BridgeSheet) -> dict[str, Any]:
    shown, code = found.bridge, found.currency
    return {
        "period": found.label,
        "from": found.start.isoformat(),
        "to": found.end.isoformat(),
        "currency": code,
        "begin": _money(shown.begin_minor, code),
        **{name: _money(shown.amounts[name], code) for name in (*ADDED, *TAKEN)},
        "end": _money(shown.end_minor, code),
        "beside": {name: _money(shown.amounts[name], code) for name in BESIDE},
        "deals": [_deal_json(deal, code) for deal in found.deals],
    }


def _money(minor: int | None, code: str) -> str | None:
    return None if minor is None else Money(minor, code).decimal_string()


def _deal_json(deal: Named, code: str) -> dict[str, Any]:
    return {
        "id": deal.id,
        "ref": deal.ref,
        "name": deal.name,
        "account": deal.account,
        "owner": deal.owner,
        "what": deal.bucket,
        "amount_before": _money(deal.before_minor, code),
        "amount_after": _money(deal.after_minor, code),
        "close_date_before": _iso(deal.close_before),
        "close_date_after": _iso(deal.close_after),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _tell_deals(deals: Sequence[Named], code: str) -> None:
    columns = (
        ("what", "What", "text"), ("ref", "Ref", "text"), ("name", "Deal", "text"), ("account", "Account", "text"),
        ("amount_before", "Before", "text"), ("amount_after", "After", "text"),
        ("close_date_before", "Dated", "text"), ("close_date_after", "Now", "text"),
    )  # fmt: skip
    say("")
    emit_rows(columns, [_deal_json(deal, code) for deal in deals], "table")


def _slippage(*, words: tuple[str, ...] | None, is_json: bool, has_deals: bool, **more: Any) -> None:  # noqa: ANN401 - see service
    desk = open_desk()
    try:
        found = service.slip_sheet(desk, " ".join(words or ()), **more)
    finally:
        desk.close()
    if is_json:
        emit_json(_slip_json(found))
        return
    shown = found.slip
    rate = "none were dated into it" if found.rate is None else f"{found.rate:.1%} slipped"
    say(f"{found.label} from {found.start} to {found.end}: {rate}.")
    rows = [
        ["Dated into it", len(shown.due)],
        ["Won", len(shown.won)],
        ["Lost", len(shown.lost)],
        ["Open with a later date", len(shown.slipped)],
        ["Open, date passed", len(shown.overdue)],
        ["Dates put off", found.pushes],
    ]
    emit_table(("", "Deals"), [[str(title), f"{count:,}"] for title, count in rows], [False, True])
    if has_deals:
        _tell_deals(found.deals, found.currency)


def _slip_json(found: SlipSheet) -> dict[str, Any]:
    shown = found.slip
    return {
        "period": found.label,
        "from": found.start.isoformat(),
        "to": found.end.isoformat(),
        "due": len(shown.due),
        "won": len(shown.won),
        "lost": len(shown.lost),
        "slipped": len(shown.slipped),
        "overdue": len(shown.overdue),
        "pushes": found.pushes,
        "slippage": found.rate,
        "currency": found.currency,
        "deals": [{**_deal_json(deal, found.currency), "pushes": shown.pushes.get(deal.id, 0)} for deal in found.deals],
    }
