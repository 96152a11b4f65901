"""How a command is declared: Typer's own commands, built from what the registry of fields says."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from typing import Any, Final

from typer._click.types import IntRange
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from sfa.cli.output import Format
from sfa.domain.near import near_words
from sfa.errors import UsageError

SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 110}
Callback = Callable[..., int | None]
Makers = Mapping[str, Callable[[], Any]]


def option(
    *flags: str,
    help: str = "",  # noqa: A002 - Typer's own words
    default: Any = None,  # noqa: ANN401 - as above
    type: Any = str,  # noqa: A002, ANN401 - as above
    multiple: bool = False,
    shown: str = "",
) -> TyperOption:
    """Return an option with a value; `shown` is what the help calls the value."""
    return TyperOption(
        param_decls=list(flags),
        help=help,
        default=default,
        type=type,
        multiple=multiple,
        show_default=False,
        metavar=shown or ("TEXT" if type is str else "NUMBER"),
    )


def listed(*flags: str, help: str = "", between: str = ",") -> TyperOption:  # noqa: A002 - Typer's own word
    """Return an option whose value is a list in one text; given several times, the texts are one list."""
    made = option(*flags, help=help, multiple=True)
    made.callback = lambda _context, _option, texts: between.join(texts)
    return made


def flag(*flags: str, help: str = "") -> TyperOption:  # noqa: A002 - Typer's own word
    """Return a switch."""
    return TyperOption(param_decls=list(flags), help=help, is_flag=True, default=False, show_default=False)


def argument(
    name: str,
    *,
    help: str = "",  # noqa: A002 - as above
    is_required: bool = True,
    is_many: bool = False,
    shown: str = "",
) -> TyperArgument:
    """Return a word without a dash in front; `shown` is what the help and errors call it."""
    return TyperArgument(
        param_decls=[name],
        type=str,
        help=help,
        required=is_required,
        default=None,
        nargs=-1 if is_many else 1,
        show_default=False,
        metavar=(shown or name.upper()) + ("..." if is_many else ""),
    )


def command(
    name: str,
    callback: Callback,
    params: Sequence[Any],
    help: str,  # noqa: A002 - as above
    kind: type[TyperCommand] = TyperCommand,
) -> TyperCommand:
    """Return a command; its callback's keyword arguments are the names of the parameters."""
    return kind(
        name, callback=callback, params=list(params), help=help, rich_markup_mode=None, context_settings=dict(SETTINGS)
    )


_MEANT: Final = {
    **dict.fromkeys(("new", "create", "make", "insert"), ("add", "new")),
    **dict.fromkeys(("add",), ("new",)),
    **dict.fromkeys(("delete", "rm", "del", "trash"), ("remove",)),
    **dict.fromkeys(("update", "change", "set", "modify"), ("edit",)),
    **dict.fromkeys(("ls", "all"), ("list",)),
    **dict.fromkeys(("view", "get", "info"), ("show",)),
    **dict.fromkeys(("won", "close"), ("win",)),
}
"""Words that people bring along from other programs, and what they are called here."""


class LazyGroup(TyperGroup):
    """Commands by name; each is made when it is asked for.

    Attributes:
        makers: how each is made, in the order of the help.
        other_names: what else people call them.
    """

    def __init__(self, name: str, help: str, makers: Makers, other_names: Mapping[str, str] | None = None) -> None:  # noqa: A002 - Typer's own word
        super().__init__(
            name=name, help=help, rich_markup_mode=None, context_settings=dict(SETTINGS), no_args_is_help=True
        )
        self.makers = makers
        self.other_names = other_names or {}
        self.hidden_names: frozenset[str] = frozenset()

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 - Typer's own signature
        """Return the names in the order of the help."""
        return [name for name in self.makers if name not in self.hidden_names]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002 - as above
        """Return a command by its name or another one of its, or None."""
        name = self.other_names.get(cmd_name, cmd_name)
        if name not in self.commands and name in self.makers:
            self.commands[name] = self.makers[name]()
        return self.commands.get(name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - as above
        """Find the command of the first word.

        Raises:
            UsageError: there is none; near ones are in the hint.
        """
        word = args[0]
        if not word.startswith("-") and self.get_command(ctx, word) is None:
            meant = [name for name in _MEANT.get(word, ()) if name in self.makers]
            near = meant or near_words(word, [*self.makers, *self.other_names])
            hint = f"Did you mean {' or '.join(near)}?" if near else f"See: {ctx.command_path} --help"
            raise UsageError(f"There is no command {ctx.command_path} {word}.", hint=hint)
        return super().resolve_command(ctx, args)


def group(name: str, help: str, makers: Makers) -> LazyGroup:  # noqa: A002 - as above
    """Return a group of commands, each made when it is asked for."""
    return LazyGroup(name, help, makers)


def lazily(places: Mapping[str, str]) -> dict[str, Callable[[], Any]]:
    """Return how commands are made that stand elsewhere: by name, `module:function`, imported when asked for."""
    return {name: partial(_made_at, place) for name, place in places.items()}


def _made_at(place: str) -> Any:  # noqa: ANN401 - a command or a group
    module, _, factory = place.partition(":")
    return getattr(import_module(module), factory)()


def output_options() -> list[TyperOption]:
    """Return `--json` and `--csv`."""
    return [flag("--json", "is_json", help="One JSON value."), flag("--csv", "is_csv", help="CSV with a header.")]


def json_option(help: str) -> TyperOption:  # noqa: A002 - as above
    """Return `--json`."""
    return flag("--json", "is_json", help=help)


def limit_option(help: str, default: int | None = None) -> TyperOption:  # noqa: A002 - as above
    """Return `--limit`, a number of at least one."""
    return option("--limit", "-l", "limit", type=IntRange(min=1), default=default, help=help)


def form(*, is_json: bool, is_csv: bool = False) -> Format:
    """Return the form that the switches ask for.

    Raises:
        UsageError: both are given.
    """
    if is_json and is_csv:
        raise UsageError("JSON or CSV, not both.", hint="Leave --json or --csv out.")
    return "json" if is_json else "csv" if is_csv else "table"


def dry_run_option() -> TyperOption:
    """Return `--dry-run`."""
    return flag("--dry-run", "-n", "is_dry_run", help="Say what would be done; change nothing.")
