"""The verbs of who keeps commissions: run, close, adjust, approve, split, periods."""

from collections.abc import Sequence

from typer._click.types import IntRange
from typer.core import TyperCommand

from sfa.cli.building import argument, command, dry_run_option, flag, form, option, output_options
from sfa.cli.opening import open_desk
from sfa.cli.output import emit_rows, tell
from sfa.cli.results import tell_saved
from sfa.domain.money import Money
from sfa.services import commission_closing, commission_periods, commission_runs, commission_splits

NOUN = "user"
SHARES = '"Ann 70%" "Bob 30%"; "Ann 70%/50%" where quota credit differs.'


def run() -> TyperCommand:
    """Return `sfa commission run`."""
    params = [
        argument("period", is_required=False, help="The last one; all open ones where none is named."),
        dry_run_option(),
    ]
    return command("run", _run, params, "Calculate the open statements of everybody, and keep them.")


def _run(*, period: str | None, is_dry_run: bool) -> None:
    desk = open_desk()
    tell_saved(desk, NOUN, commission_runs.run(desk, period or "", is_dry_run=is_dry_run))


def close() -> TyperCommand:
    """Return `sfa commission close`."""
    params = [
        argument("period"),
        flag("--acknowledge", "is_acknowledged", help="Memos of missing quotas were seen and stay as they are."),
        dry_run_option(),
    ]
    return command(
        "close", _close, params, "Close a period that somebody else calculated: its statements are final then."
    )


def _close(*, period: str, is_acknowledged: bool, is_dry_run: bool) -> None:
    desk = open_desk()
    saved = commission_closing.close(desk, period, is_acknowledged=is_acknowledged, is_dry_run=is_dry_run)
    tell_saved(desk, NOUN, saved)


def adjust() -> TyperCommand:
    """Return `sfa commission adjust`."""
    params = [
        argument("user", shown="NAME"),
        argument("amount", help="Such as 120 or -- -50."),
        option("--reason", "reason", default="", help="Why; it stands on the statement."),
        option("--period", "period", default="", help="The present one where none is named."),
        dry_run_option(),
    ]
    return command("adjust", _adjust, params, "Ask for an amount to be put right; somebody else approves it.")


def _adjust(*, user: str, amount: str, reason: str, period: str, is_dry_run: bool) -> None:
    desk = open_desk()
    tell_saved(desk, NOUN, commission_closing.adjust(desk, user, amount, reason, period, is_dry_run=is_dry_run))


def approve() -> TyperCommand:
    """Return `sfa commission approve`."""
    params = [argument("reference", help="Of the adjustment."), dry_run_option()]
    return command("approve", _approve, params, "Approve an adjustment that somebody else asked for.")


def _approve(*, reference: str, is_dry_run: bool) -> None:
    desk = open_desk()
    tell_saved(desk, NOUN, commission_closing.approve(desk, reference, is_dry_run=is_dry_run))


def adjustments() -> TyperCommand:
    """Return `sfa commission adjustments`."""
    return command("adjustments", _adjustments, output_options(), "What was put right by hand, or waits for approval.")


def _adjustments(*, is_json: bool, is_csv: bool) -> None:
    shape = form(is_json=is_json, is_csv=is_csv)
    columns = [
        ("ref", "Ref", "text"),
        ("user", "Who", "text"),
        ("period", "Period", "text"),
        ("amount", "Amount", "money"),
    ]
    columns += [("reason", "Why", "text"), ("is_approved", "Approved", "bool")]
    rows = [
        {
            "ref": row["ref"],
            "user": row["person"],
            "period": row["period_code"],
            "amount": Money(row["amount_minor"], row["currency"]),
            "reason": row["note"],
            "is_approved": bool(row["approved_by_id"]),
        }
        for row in commission_closing.adjustments(open_desk())
    ]
    emit_rows(columns, rows, shape)
    if not rows and shape == "table":
        tell("Nothing was put right by hand.")


def split() -> TyperCommand:
    """Return `sfa commission split`."""
    params = [
        argument("sale", help="An order by its number, or a deal by reference or name."),
        argument("words", is_required=False, is_many=True, shown="SHARE", help=SHARES),
        option("--overlay", "overlays", multiple=True, help='On top, such as "Cara 10%".', shown="SHARE"),
        option("--reason", "reason", default="", help="Why."),
        dry_run_option(),
        *output_options(),
    ]  # fmt: skip
    return command("split", _split, params, "Who shares in a sale; shows it where no share is named.")


def _split(
    *, sale: str, words: Sequence[str], overlays: Sequence[str], reason: str, is_dry_run: bool, is_json: bool, is_csv: bool
) -> None:  # fmt: skip
    desk = open_desk()
    if words or overlays:
        tell_saved(desk, NOUN, commission_splits.split(desk, sale, words, overlays, reason, is_dry_run=is_dry_run))
        return
    columns = [
        ("user", "Who", "text"),
        ("commission", "Commission", "percent"),
        ("quota", "Quota", "percent"),
        ("is_overlay", "On top", "bool"),
    ]
    rows = [
        {"user": one.person, "commission": one.commission_ppm, "quota": one.quota_ppm, "is_overlay": one.is_overlay}
        for one in commission_splits.shares(desk, sale)
    ]
    emit_rows(columns, rows, form(is_json=is_json, is_csv=is_csv))


def period_list() -> TyperCommand:
    """Return `sfa commission period list`."""
    return command("list", _period_list, output_options(), "The periods, and which are closed.")


def _period_list(*, is_json: bool, is_csv: bool) -> None:
    columns = [
        ("period", "Period", "text"),
        ("from", "From", "text"),
        ("to", "Until before", "text"),
        ("status", "Status", "text"),
    ]
    rows = [
        {
            "period": one.id,
            "from": one.start.isoformat(),
            "to": one.end.isoformat(),
            "status": "closed" if one.is_closed else "open",
        }
        for one in commission_periods.known(open_desk())
    ]
    emit_rows(columns, rows, form(is_json=is_json, is_csv=is_csv))


def period_make() -> TyperCommand:
    """Return `sfa commission period make`."""
    params = [
        option(
            "--year",
            "year",
            type=IntRange(min=1900, max=9999),
            help="The fiscal year; the present one where none is named.",
        ),
        option("--kind", "kind", help="month, quarter, half or year; as sfa.toml says where none is named."),
        dry_run_option(),
    ]
    return command("make", _period_make, params, "Make the periods of a year.")


def _period_make(*, year: int | None, kind: str | None, is_dry_run: bool) -> None:
    desk = open_desk()
    tell_saved(desk, NOUN, commission_periods.make(desk, year or desk.today.year, kind, is_dry_run=is_dry_run))
