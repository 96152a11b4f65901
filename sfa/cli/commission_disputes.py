"""The verbs of disputes about lines of a statement."""

from typer.core import TyperCommand

from sfa.cli.building import argument, command, dry_run_option, flag, form, option, output_options
from sfa.cli.opening import open_desk
from sfa.cli.output import emit_rows, tell
from sfa.cli.results import tell_saved
from sfa.services import commission_disputes

NOUN = "user"
DISPUTE = argument("reference", shown="DISPUTE", help="Its reference.")


def dispute_open() -> TyperCommand:
    """Return `sfa commission dispute open`."""
    params = [
        argument("line", help="Its number in the present statement, or the beginning of its key."),
        option("--reason", "reason", default="", help="What is wrong with it."),
        option("--claim", "claim", help="What it should be.", shown="AMOUNT"),
        dry_run_option(),
    ]
    return command("open", _open, params, "Object to a line of your statement.")


def _open(*, line: str, reason: str, claim: str | None, is_dry_run: bool) -> None:
    desk = open_desk()
    tell_saved(desk, NOUN, commission_disputes.open_dispute(desk, line, reason, claim, is_dry_run=is_dry_run))


def dispute_list() -> TyperCommand:
    """Return `sfa commission dispute list`."""
    params = [flag("--all", "is_all", help="Those that are settled, too."), *output_options()]
    return command("list", _list, params, "What is objected to.")


def _list(*, is_all: bool, is_json: bool, is_csv: bool) -> None:
    shape, desk = form(is_json=is_json, is_csv=is_csv), open_desk()
    columns = [("ref", "Ref", "text"), ("user", "Who", "text"), ("period", "Period", "text"), ("line", "Line", "text")]
    columns += [("status", "Status", "text"), ("claimed", "Claimed", "money"), ("due", "Due", "text")]
    columns += [("is_overdue", "Overdue", "bool"), ("reason", "Why", "text"), ("resolution", "Answer", "text")]
    rows = [
        {
            "ref": one.ref,
            "user": one.person,
            "period": one.period,
            "line": one.line,
            "status": one.status,
            "claimed": one.claimed,
            "due": one.due_on,
            "is_overdue": one.is_overdue,
            "reason": one.reason,
            "resolution": one.resolution,
        }
        for one in commission_disputes.disputes(desk, is_all=is_all)
    ]
    emit_rows(columns, rows, shape)
    if not rows and shape == "table":
        tell("Nothing is disputed.")
    if shape == "table" and (count := len(commission_disputes.overdue(desk))):
        tell(f"{count} overdue: decide with sfa commission dispute accept or reject.")


def dispute_accept() -> TyperCommand:
    """Return `sfa commission dispute accept`."""
    params = [
        DISPUTE,
        option("--line", "line", default="", help="The line that puts it right."),
        option("--reason", "reason", default="", help="What is to be kept in mind."),
        dry_run_option(),
    ]
    return command("accept", _accept, params, "Say that somebody is right; the line that puts it right is named.")


def _accept(*, reference: str, line: str, reason: str, is_dry_run: bool) -> None:
    desk = open_desk()
    tell_saved(desk, NOUN, commission_disputes.settle(desk, reference, "accepted", reason, line, is_dry_run=is_dry_run))


def dispute_reject() -> TyperCommand:
    """Return `sfa commission dispute reject`."""
    return _settling("reject", "rejected", "Say why a line is as it should be.")


def dispute_withdraw() -> TyperCommand:
    """Return `sfa commission dispute withdraw`."""
    return _settling("withdraw", "withdrawn", "Take back what you objected to.")


def dispute_defer() -> TyperCommand:
    """Return `sfa commission dispute defer`."""
    return _settling("defer", "deferred", "Let a period be closed before this is settled.")


def _settling(name: str, status: str, help_text: str) -> TyperCommand:
    def settle(*, reference: str, reason: str, is_dry_run: bool) -> None:
        desk = open_desk()
        tell_saved(desk, NOUN, commission_disputes.settle(desk, reference, status, reason, is_dry_run=is_dry_run))

    params = [DISPUTE, option("--reason", "reason", default="", help="Why."), dry_run_option()]
    return command(name, settle, params, help_text)
