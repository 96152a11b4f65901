"""`sfa report bridge` and `sfa report slippage`: what became of a pipeline."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from typer.core import TyperCommand

from sfa.cli.building import argument, command, flag, json_option, option
from sfa.cli.output import emit_json, emit_rows, emit_table, is_terminal, say
from sfa.cli.report_files import page_options, write_files
from sfa.domain.forecast.bridge import ADDED, BESIDE, TAKEN
from sfa.domain.money import Money
from sfa.services import forecast_moves as service
from sfa.services.desk import open_desk
from sfa.services.forecast_moves import BridgeSheet, Named, SlipSheet
from sfa.services.report_moves import BRIDGE, SLIPPAGE, bridge_report, slippage_report
from sfa.services.report_request import Request
from sfa.services.report_table import Report

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
        *page_options(),
        json_option("One JSON object."),
    ]


def _bridge(
    *, start: str | None, end: str | None, is_json: bool, has_deals: bool, pdf: str, language: str, **words: Any  # noqa: ANN401 - see service
) -> None:  # fmt: skip
    from sfa.errors import UsageError  # noqa: PLC0415 - seldom

    if start is None:
        raise UsageError("A bridge begins on a day.", hint="Such as --from 2026-01-01, or --from 'last friday'")
    desk = open_desk()
    try:
        found = service.bridge_sheet(desk, start, end, **words)
        told = bridge_report(found)
        if write_files(desk, BRIDGE, told, Request(), pdf=pdf, language=language):
            return
    finally:
        desk.close()
    if is_json:
        emit_json(_bridge_json(found))
        return
    say(f"{found.label} from {found.start} to {found.end}, {found.currency}")
    _table(told)
    if has_deals:
        _tell_deals(found.deals, found.currency)
    elif is_terminal():
        _draw(found)


def _table(found: Report) -> None:
    rows = [[_text(row[name]) for name, _, _ in found.columns] for row in found.rows]
    emit_table([title for _, title, _ in found.columns], rows, [kind != "text" for _, _, kind in found.columns])


def _text(value: object) -> str:
    return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


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


def _slippage(
    *, words: tuple[str, ...] | None, is_json: bool, has_deals: bool, pdf: str, language: str, **more: Any  # noqa: ANN401 - see service
) -> None:  # fmt: skip
    desk = open_desk()
    try:
        found = service.slip_sheet(desk, " ".join(words or ()), **more)
        told = slippage_report(found)
        if write_files(desk, SLIPPAGE, told, Request(), pdf=pdf, language=language):
            return
    finally:
        desk.close()
    if is_json:
        emit_json(_slip_json(found))
        return
    rate = "none were dated into it" if found.rate is None else f"{found.rate:.1%} slipped"
    say(f"{found.label} from {found.start} to {found.end}: {rate}.")
    _table(told)
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
