"""`sfa templates`: the templates of documents, copied into the workspace to be edited."""

from typer.core import TyperCommand

from sfa.cli.building import command, dry_run_option, flag, form, output_options
from sfa.cli.output import emit_rows, say
from sfa.documents.folder import copy_templates, states
from sfa.paths import Workspace

COLUMNS = [("name", "Template", "text"), ("state", "State", "text")]


def templates() -> TyperCommand:
    """Return `sfa templates`."""
    params = [flag("--list", "is_list", help="List them instead."), dry_run_option(), *output_options()]
    return command(
        "templates",
        _templates,
        params,
        "Copy the templates of documents into the workspace, to be edited; or list them.",
    )


def _templates(*, is_list: bool, is_dry_run: bool, is_json: bool, is_csv: bool) -> None:
    folder = Workspace.default().templates
    if is_list:
        rows = [{"name": name, "state": str(state)} for name, state in states(folder).items()]
        emit_rows(COLUMNS, rows, form(is_json=is_json, is_csv=is_csv))
        return
    written = copy_templates(folder, is_dry_run=is_dry_run)
    if is_json or is_csv:
        emit_rows(COLUMNS[:1], [{"name": name} for name in written], form(is_json=is_json, is_csv=is_csv))
    elif not written:
        say(f"All templates are in {folder} already. See which you changed: sfa templates --list")
    else:
        verb = "Would copy" if is_dry_run else "Copied"
        say(f"{verb} {len(written)} templates to {folder}. Delete a file to have the shipped one again.")
