"""`sfa commission`: what is earned, and why."""

import json
import sys
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from typer.core import TyperCommand, TyperGroup

from sfa.cli.building import command, group, json_option, option
from sfa.cli.output import emit_json, emit_rows, say, tell
from sfa.domain.money import Money
from sfa.errors import NotFoundError, SfaError, UsageError

MOST_BYTES = 512 * 1024 * 1024
COLUMNS = [
    ("participant", "Who", "text"),
    ("posting_period", "Period", "text"),
    ("date", "Date", "text"),
    ("component", "Component", "text"),
    ("event", "Event", "text"),
    ("kind", "Kind", "text"),
    ("amount", "Amount", "number"),
]


def commission() -> TyperGroup:
    """Return `sfa commission` with its verbs."""
    return group("commission", "What is earned, and why.", {"simulate": simulate})


def simulate() -> TyperCommand:
    """Return `sfa commission simulate`."""
    params = [
        option("--input", "-i", "source", help="The case, a JSON file; - reads the standard input.", shown="FILE"),
        json_option("Statements with lines, explanations, balances and totals."),
    ]
    return command("simulate", _simulate, params, "Calculate the commission of a case; the book is not touched.")


def _simulate(*, source: str | None, is_json: bool) -> None:
    if source is None:
        raise UsageError("Which case?", hint="Name a file: sfa commission simulate --input case.json")
    found = _calculated(_document(source))
    if is_json:
        emit_json(found)
    else:
        _show(found)


def _document(source: str) -> object:
    """Return what a file or the standard input holds; numbers with decimals stay exact.

    Raises:
        NotFoundError: there is no such file.
        UsageError: it is no JSON, or longer than a case may be.
    """
    try:
        raw = sys.stdin.buffer.read(MOST_BYTES + 1) if source == "-" else _file(source)
    except OSError as error:
        raise NotFoundError(f"{source} cannot be read: {error.strerror}.", hint="Look at its path.") from error
    if len(raw) > MOST_BYTES:
        raise UsageError(f"{source} is longer than a case may be.", hint="Leave out what is closed: see posted.")
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_constant)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{source} is no JSON: {error}.", hint="See docs/commission-simulate.md.") from error


def _file(source: str) -> bytes:
    with Path(source).open("rb") as stream:
        return stream.read(MOST_BYTES + 1)


def _constant(name: str) -> object:
    raise ValueError(f"{name} is no number")


def _calculated(data: object) -> dict[str, Any]:
    """Run the case.

    Raises:
        UsageError: it does not fit together.
    """
    from sfa.services.commission_case import read_request  # noqa: PLC0415 - only for its verb
    from sfa.services.commission_result import simulate as run_case  # noqa: PLC0415 - as above

    try:
        request = read_request(data)
        return run_case(request.case, request.disputes, request.participant, request.deals)
    except SfaError:
        raise
    except ValueError as error:
        raise UsageError(str(error), hint="See docs/commission-simulate.md.") from error


def _show(found: Mapping[str, Any]) -> None:
    rows = [
        {**line, "participant": statement["participant"], "amount": _shown(line["amount_minor"], line["currency"])}
        for statement in found["statements"]
        for line in statement["lines"]
    ]
    emit_rows(COLUMNS, rows, "table")
    for statement in found["statements"]:
        amount = _shown(statement["payable_minor"], statement["currency"])
        say(f"{statement['participant']} {statement['period']}: {amount}")
    for period in found["periods"]:
        for sentence in period["obstacles"]:
            tell(f"{period['id']} cannot be closed: {sentence}")
    if estimate := found.get("whatif"):
        say(f"Worth to {estimate['participant']}: {_shown(estimate['together_minor'], estimate['currency'])}")


def _shown(amount_minor: int, currency: str) -> str:
    return str(Money(amount_minor, currency))
