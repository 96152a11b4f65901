"""Questions to the person at the terminal; never asked of a pipe."""

import sys

from typer.core import TyperOption

from sfa.cli.building import flag
from sfa.cli.output import tell
from sfa.errors import UsageError


def sure_options() -> list[TyperOption]:
    """Return `--yes` and `--no-input`, for commands that ask."""
    return [
        flag("--yes", "-y", "is_sure", help="Do not ask."),
        flag("--no-input", "is_unattended", help="Do not ask, and do nothing that needs a yes."),
    ]


def confirmed(question: str, *, is_unattended: bool = False) -> bool:
    """Ask a question that is answered by y or n.

    Raises:
        UsageError: nobody is there to answer.
    """
    if is_unattended or not sys.stdin.isatty():
        raise UsageError(f"{question} Nobody is here to answer; nothing was done.", hint="Add --yes to do it.")
    tell(f"{question} [y/N]")
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def asked(question: str) -> str | None:
    """Return the line that is typed to a question, None where the typing ended."""
    tell(question)
    line = sys.stdin.readline()
    return line.strip() if line else None
