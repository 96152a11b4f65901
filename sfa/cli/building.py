"""How a command is declared: Typer's own commands, built from what the registry of fields says."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from sfa.cli.output import Format

SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 110}
Callback = Callable[..., int | None]


def option(*flags: str, help: str = "", default: Any = None, type: Any = str, multiple: bool = False) -> TyperOption:  # noqa: A002, ANN401 - Typer's own words
    """Return an option with a value."""
    return TyperOption(
        param_decls=list(flags), help=help, default=default, type=type, multiple=multiple, show_default=False
    )


def flag(*flags: str, help: str = "") -> TyperOption:  # noqa: A002 - Typer's own word
    """Return a switch."""
    return TyperOption(param_decls=list(flags), help=help, is_flag=True, default=False, show_default=False)


def argument(name: str, *, help: str = "", is_required: bool = True, is_many: bool = False) -> TyperArgument:  # noqa: A002 - as above
    """Return a word without a dash in front."""
    return TyperArgument(
        param_decls=[name],
        type=str,
        help=help,
        required=is_required,
        default=None,
        nargs=-1 if is_many else 1,
        show_default=False,
        metavar=name.upper() + ("..." if is_many else ""),
    )


def command(name: str, callback: Callback, params: Sequence[Any], help: str) -> TyperCommand:  # noqa: A002 - as above
    """Return a command; its callback's keyword arguments are the names of the parameters."""
    return TyperCommand(
        name, callback=callback, params=list(params), help=help, rich_markup_mode=None, context_settings=dict(SETTINGS)
    )


def group(name: str, help: str, commands: Mapping[str, TyperCommand]) -> TyperGroup:  # noqa: A002 - as above
    """Return a group of commands."""
    return TyperGroup(
        name=name,
        help=help,
        commands=dict(commands),
        rich_markup_mode=None,
        context_settings=dict(SETTINGS),
        no_args_is_help=True,
    )


def output_options() -> list[TyperOption]:
    """Return `--json` and `--csv`."""
    return [flag("--json", "is_json", help="One JSON value."), flag("--csv", "is_csv", help="CSV with a header.")]


def form(*, is_json: bool, is_csv: bool = False) -> Format:
    """Return the form that the switches ask for."""
    return "json" if is_json else "csv" if is_csv else "table"


def dry_run_option() -> TyperOption:
    """Return `--dry-run`."""
    return flag("--dry-run", "-n", "is_dry_run", help="Say what would be done; change nothing.")
