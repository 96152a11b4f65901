"""`sfa forecast submit` and `sfa forecast submissions`: the number that a person stands for, and what came of it."""

from collections.abc import Sequence
from typing import Any

from typer.core import TyperCommand

from sfa.cli.building import argument, command, dry_run_option, flag, form, json_option, option, output_options
from sfa.cli.opening import open_desk
from sfa.cli.output import emit_rows, tell
from sfa.cli.results import tell_saved
from sfa.domain.forecast.submissions import CATEGORIES
from sfa.domain.money import Money
from sfa.services import forecast_submissions as service
from sfa.services.forecast_submissions import Told

COLUMNS = (
    ("on", "Said on", "text"), ("period", "Period", "text"), ("days_over", "Days over", "integer"), ("by", "By", "text"),
    ("owner", "Whose deals", "text"), ("category", "As", "text"), ("amount", "Number", "number"), ("p10", "Low", "number"),
    ("p90", "High", "number"), ("won", "Won", "number"), ("miss", "Too high by", "number"), ("currency", "", "text"),
    ("note", "Note", "text"),
)  # fmt: skip


def submit_command() -> TyperCommand:
    """Return `sfa forecast submit`."""
    params = [
        argument("period", help="2026-Q1, 2026-03, “this quarter”."),
        argument("amount", help="What the whole period will bring, won deals too: 120k, 95500 EUR."),
        option("--category", "category", default="commit", help=f"{', '.join(CATEGORIES)}; commit if left out."),
        option("--low", "low", help="One time in ten it is less.", shown="AMOUNT"),
        option("--high", "high", help="One time in ten it is more.", shown="AMOUNT"),
        option("--owner", "-o", "owner", help="Whose deals it is about; your own if left out."),
        flag("--roll-up", "is_rolled_up", help="With everybody below the owner."),
        option("--currency", "currency", default="", help="Of a number that names none."),
        option("--note", "note", help="Why."),
        dry_run_option(),
        json_option("What was done, as JSON."),
    ]
    return command("submit", _submit, params, "Stand for a number; it is kept as said, and compared with what came.")


def _submit(*, is_dry_run: bool, is_json: bool, **said: Any) -> None:  # noqa: ANN401 - see Wish
    desk = open_desk()
    try:
        saved = service.submit(desk, service.Wish(**said), is_dry_run=is_dry_run)
        tell_saved(desk, "", saved, is_json=is_json)
    finally:
        desk.close()


def submissions_command() -> TyperCommand:
    """Return `sfa forecast submissions`."""
    params = [
        argument("words", is_required=False, is_many=True, shown="PERIOD", help="2026-Q1; of all if left out."),
        option("--owner", "-o", "owner", help="About whose deals."),
        flag("--roll-up", "is_rolled_up", help="With everybody below the owner."),
        option("--currency", "currency", default="", help="In which currency."),
        *output_options(),
    ]
    return command("submissions", _submissions, params, "What was submitted, the newest first, and what came of it.")


def _submissions(*, words: Sequence[str] | None, is_json: bool, is_csv: bool, **asked: Any) -> None:  # noqa: ANN401 - see service
    shape = form(is_json=is_json, is_csv=is_csv)
    desk = open_desk()
    try:
        code = service.currency_named(desk, asked["currency"])
        found = service.submissions(desk, " ".join(words or ()), **asked)
    finally:
        desk.close()
    emit_rows(COLUMNS, [_row(told, code) for told in found], shape)
    if not found and shape == "table":
        tell("Nothing was submitted. Submit a number: sfa forecast submit “this quarter” 120k")


def _row(told: Told, code: str) -> dict[str, Any]:
    said = told.said
    amounts = {
        "amount": said.point_minor,
        "p10": said.low_minor,
        "p90": said.high_minor,
        "won": told.actual_minor,
        "miss": told.miss_minor,
    }
    return {
        "on": said.on.isoformat(),
        "period": told.label,
        "days_over": told.horizon,
        "by": told.person,
        "owner": told.owner,
        "category": said.category,
        **{name: None if minor is None else Money(minor, code).decimal_string() for name, minor in amounts.items()},
        "currency": code,
        "note": told.note,
    }
