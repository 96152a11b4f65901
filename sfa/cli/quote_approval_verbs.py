"""The verbs of approvals: submit, approve, refuse, what waits, and the rules."""

from collections.abc import Sequence
from typing import Any

from typer._click.types import IntRange
from typer.core import TyperCommand

from sfa.cli.building import argument, command, dry_run_option, flag, form, option, output_options
from sfa.cli.opening import open_desk
from sfa.cli.output import emit_rows, tell
from sfa.cli.quote_verbs import QUOTE, common, tell_quote
from sfa.cli.results import tell_saved
from sfa.domain.money import Money
from sfa.services import approval_rules, quote_approvals
from sfa.services.quote_sheet import find


def submit() -> TyperCommand:
    """Return `sfa quote submit`."""
    return command("submit", _submit, [QUOTE, *common()], "Ask for the approvals that a quote needs.")


def _submit(*, words: Sequence[str], is_dry_run: bool, is_json: bool) -> None:
    desk = open_desk()
    tell_quote(desk, quote_approvals.submit(desk, find(desk, words), is_dry_run=is_dry_run), is_json=is_json)


def approve() -> TyperCommand:
    """Return `sfa quote approve`."""
    params = [QUOTE, option("--note", "note", help="What is to be kept in mind."), *common()]
    return command("approve", _approve, params, "Say yes to a quote of somebody else.")


def _approve(*, words: Sequence[str], note: str | None, is_dry_run: bool, is_json: bool) -> None:
    desk = open_desk()
    tell_quote(desk, quote_approvals.approve(desk, find(desk, words), note, is_dry_run=is_dry_run), is_json=is_json)


def refuse() -> TyperCommand:
    """Return `sfa quote refuse`."""
    params = [QUOTE, option("--note", "note", default="", help="Why not."), *common()]
    return command("refuse", _refuse, params, "Say no to a quote of somebody else, and why.")


def _refuse(*, words: Sequence[str], note: str, is_dry_run: bool, is_json: bool) -> None:
    desk = open_desk()
    tell_quote(desk, quote_approvals.refuse(desk, find(desk, words), note, is_dry_run=is_dry_run), is_json=is_json)


def approvals() -> TyperCommand:
    """Return `sfa quote approvals`."""
    params = [flag("--all", "is_all", help="Whatever waits, for whomever."), *output_options()]
    return command("approvals", _approvals, params, "What waits for your yes.")


def _approvals(*, is_all: bool, is_json: bool, is_csv: bool) -> None:
    desk = open_desk()
    found = quote_approvals.waiting_for(desk, desk.user_id, is_all=is_all)
    columns = [("number", "Quote", "text"), ("account", "Account", "text"), ("net", "Net", "money")]
    columns += [("why", "Why", "text"), ("asked_by", "Asked by", "text"), ("approver", "For", "text")]
    columns += [("asked_at", "Since", "instant"), ("is_mine", "Yours", "bool")]
    rows: list[dict[str, Any]] = [
        {
            "number": one.number,
            "account": one.account,
            "net": Money(one.net_minor, one.currency),
            "why": one.why,
            "asked_by": one.asked_by,
            "approver": one.approver,
            "asked_at": one.asked_at,
            "is_mine": one.is_mine,
        }
        for one in found
    ]
    shape = form(is_json=is_json, is_csv=is_csv)
    emit_rows(columns, rows, shape)
    if not found and shape == "table":
        tell("Nothing waits for an approval." if is_all else "Nothing waits for your approval.")


def rule_add() -> TyperCommand:
    """Return `sfa quote rule add`."""
    params: list[Any] = [
        argument("words", is_many=True, shown="CONDITION", help='Such as "margin < 15%"; all of them must hold.'),
        option("--approver", "approver", default="manager", help=f"One of: {', '.join(approval_rules.APPROVERS)}."),
        option("--sequence", "sequence", type=IntRange(min=1), default=1, help="Who decides first."),
        option("--name", "name", default="", help="What it is called."),
        dry_run_option(),
    ]
    return command("add", _rule_add, params, 'Add a rule: sfa quote rule add "margin < 15%" --approver finance')


def _rule_add(*, words: Sequence[str], approver: str, sequence: int, name: str, is_dry_run: bool) -> None:
    desk = open_desk()
    saved = approval_rules.add(desk, words, approver, sequence=sequence, name=name, is_dry_run=is_dry_run)
    tell_saved(desk, "quote", saved)


def rule_list() -> TyperCommand:
    """Return `sfa quote rule list`."""
    return command("list", _rule_list, output_options(), "The rules, in the order in which approvers act.")


def _rule_list(*, is_json: bool, is_csv: bool) -> None:
    desk = open_desk()
    found = approval_rules.rules(desk)
    columns = [("ref", "Ref", "text"), ("name", "Name", "text"), ("conditions", "Where", "text")]
    columns += [("approver", "Approver", "text"), ("sequence", "Order", "integer"), ("is_active", "Active", "bool")]
    rows = [
        {
            "ref": one.ref,
            "name": one.name,
            "conditions": one.conditions,
            "approver": one.approver,
            "sequence": one.sequence,
            "is_active": one.is_active,
        }
        for one in found
    ]
    shape = form(is_json=is_json, is_csv=is_csv)
    emit_rows(columns, rows, shape)
    if not found and shape == "table":
        tell("No rules: every quote may be sent. The usual ones: sfa quote rule defaults")


def rule_remove() -> TyperCommand:
    """Return `sfa quote rule remove`."""
    params = [argument("words", is_many=True, shown="RULE", help="Reference or name."), dry_run_option()]
    return command("remove", _rule_remove, params, "Take a rule out of force.")


def _rule_remove(*, words: Sequence[str], is_dry_run: bool) -> None:
    desk = open_desk()
    tell_saved(desk, "quote", approval_rules.remove(desk, " ".join(words), is_dry_run=is_dry_run))


def rule_defaults() -> TyperCommand:
    """Return `sfa quote rule defaults`."""
    return command("defaults", _rule_defaults, [dry_run_option()], "Add the usual rules on discount and margin.")


def _rule_defaults(*, is_dry_run: bool) -> None:
    desk = open_desk()
    tell_saved(desk, "quote", approval_rules.add_usual(desk, is_dry_run=is_dry_run))
