"""The verbs of plans and quotas."""

from collections.abc import Sequence
from typing import Any

from typer._click.types import IntRange
from typer.core import TyperCommand

from sfa.cli.building import argument, command, dry_run_option, form, json_option, option, output_options
from sfa.cli.opening import open_desk
from sfa.cli.output import emit_facts, emit_json, emit_rows, say, tell
from sfa.cli.results import tell_saved
from sfa.domain.figures import from_dec6
from sfa.domain.money import Money
from sfa.services import commission_plans, commission_quotas

NOUN = "user"
FILE = argument("file", help="A plan in TOML; see docs/commission.md.")


def plan_check() -> TyperCommand:
    """Return `sfa commission plan check`."""
    return command("check", _plan_check, [FILE], "See whether a plan can be published; the book is not touched.")


def _plan_check(*, file: str) -> None:
    _, plan = commission_plans.check(file)
    say(f"{plan.code} version {plan.version} is in order: {len(plan.components)} components in {plan.currency}.")
    for component in plan.components:
        say(f"  {component.code}: {commission_plans.describe(component)}")


def plan_publish() -> TyperCommand:
    """Return `sfa commission plan publish`."""
    help_text = "Publish a plan; it never changes from then on, but for a new version of it."
    return command("publish", _plan_publish, [FILE, dry_run_option()], help_text)


def _plan_publish(*, file: str, is_dry_run: bool) -> None:
    desk = open_desk()
    tell_saved(desk, NOUN, commission_plans.publish(desk, file, is_dry_run=is_dry_run))


def plan_list() -> TyperCommand:
    """Return `sfa commission plan list`."""
    return command("list", _plan_list, output_options(), "The plans, their versions, and whom they pay.")


def _plan_list(*, is_json: bool, is_csv: bool) -> None:
    shape = form(is_json=is_json, is_csv=is_csv)
    rows = [_plan_row(one) for one in commission_plans.plans(open_desk())]
    columns = [("code", "Plan", "text"), ("version", "Version", "integer"), ("name", "Name", "text")]
    columns += [("currency", "Currency", "text"), ("status", "Status", "text"), ("valid_from", "From", "text")]
    columns += [("valid_to", "Until", "text"), ("pays", "Pays", "text")]
    emit_rows(columns, rows, shape)
    if not rows and shape == "table":
        tell("No plan is published yet. Publish one: sfa commission plan publish FILE")


def _plan_row(one: commission_plans.PlanView) -> dict[str, Any]:
    return {
        "code": one.code,
        "version": one.version,
        "name": one.name,
        "currency": one.currency,
        "status": one.status,
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "pays": ", ".join(one.people),
    }


def plan_show() -> TyperCommand:
    """Return `sfa commission plan show`."""
    params = [
        argument("code"),
        option("--version", "version", type=IntRange(min=1), help="The newest where none is named."),
        json_option("The version with its text."),
    ]
    return command("show", _plan_show, params, "A plan: its days, whom it pays, its text.")


def _plan_show(*, code: str, version: int | None, is_json: bool) -> None:
    one = commission_plans.plan(open_desk(), code, version)
    if is_json:
        emit_json({**_plan_row(one), "text": one.text})
        return
    emit_facts([(name.capitalize().replace("_", " "), str(value or "")) for name, value in _plan_row(one).items()])
    say("")
    say(one.text.rstrip())


def plan_assign() -> TyperCommand:
    """Return `sfa commission plan assign`."""
    params = [
        argument("code"),
        argument("words", is_many=True, shown="NAME", help="Whom it pays."),
        option("--from", "start", help="The first day; that of this year where none is given.", shown="DAY"),
        option("--to", "end", help="The day behind the last one.", shown="DAY"),
        option("--draw", "guarantee", help="What each period pays at least.", shown="AMOUNT"),
        option(
            "--draw-type",
            "draw",
            default="recoverable",
            help="recoverable, non_recoverable or recoverable_balance_forgiven.",
        ),
        dry_run_option(),
    ]
    return command("assign", _plan_assign, params, "Let a plan pay somebody.")


def _plan_assign(
    *, code: str, words: Sequence[str], start: str | None, end: str | None, guarantee: str | None, draw: str, is_dry_run: bool
) -> None:  # fmt: skip
    desk = open_desk()
    saved = commission_plans.assign(
        desk, code, " ".join(words), start, end, guarantee=guarantee, draw=draw, is_dry_run=is_dry_run
    )
    tell_saved(desk, NOUN, saved)


def plan_end() -> TyperCommand:
    """Return `sfa commission plan end`."""
    params = [
        argument("code"),
        argument("words", is_many=True, shown="NAME"),
        option("--on", "on", help="The first day that it does not pay for.", default="today", shown="DAY"),
        dry_run_option(),
    ]
    return command("end", _plan_end, params, "Let a plan pay somebody no longer.")


def _plan_end(*, code: str, words: Sequence[str], on: str, is_dry_run: bool) -> None:
    desk = open_desk()
    tell_saved(desk, NOUN, commission_plans.end(desk, code, " ".join(words), on, is_dry_run=is_dry_run))


def quota_set() -> TyperCommand:
    """Return `sfa quota set`."""
    params = [
        argument("user", shown="NAME"),
        argument("window", help="2026-03, 2026-Q1, 2026-H1 or 2026, as the plan adds up."),
        argument("amount", is_required=False, help="Such as 300k."),
        option("--component", "component", default="", help="Of this component alone.", shown="CODE"),
        option("--target", "target", help="What is paid at 100 %, where not as the plan says.", shown="AMOUNT"),
        option("--ramp", "ramp", help="The part of it that counts while somebody is new, such as 50%.", shown="SHARE"),
        option("--score", "score", help="A rating (such as 110%) or the value of a KPI.", shown="VALUE"),
        dry_run_option(),
    ]
    return command("set", _quota_set, params, "Set what somebody is to reach.")


def _quota_set(*, is_dry_run: bool, **said: Any) -> None:  # noqa: ANN401 - the words of the command
    desk = open_desk()
    tell_saved(desk, NOUN, commission_quotas.set_quota(desk, commission_quotas.Wish(**said), is_dry_run=is_dry_run))


def quota_list() -> TyperCommand:
    """Return `sfa quota list`."""
    params = [option("--user", "-u", "user", help="Of one alone.", shown="NAME"), *output_options()]
    return command("list", _quota_list, params, "The quotas that hold.")


def _quota_list(*, user: str | None, is_json: bool, is_csv: bool) -> None:
    shape = form(is_json=is_json, is_csv=is_csv)
    columns = [("user", "Who", "text"), ("window", "Window", "text"), ("component", "Component", "text")]
    columns += [
        ("amount", "Quota", "number"),
        ("currency", "", "text"),
        ("ramp", "Ramp", "percent"),
        ("score", "Score", "integer"),
    ]
    rows = [
        {
            "user": one.person,
            "window": one.window,
            "component": one.component,
            "amount": Money(one.amount, one.currency).decimal_string() if one.currency else from_dec6(one.amount),
            "currency": one.currency,
            "ramp": one.ramp_ppm,
            "score": one.score,
        }
        for one in commission_quotas.quotas(open_desk(), user)
    ]
    emit_rows(columns, rows, shape)
    if not rows and shape == "table":
        tell("No quota is set. Set one: sfa quota set NAME 2026-Q1 300k")
