"""Questions to the person at the terminal; never asked of a pipe."""

import sys

from sfa.errors import UsageError


def confirmed(question: str) -> bool:
    """Ask a question that is answered by y or n.

    Raises:
        UsageError: nobody is there to answer.
    """
    if not sys.stdin.isatty():
        raise UsageError(
            f"{question} Nobody is here to answer.", hint="Add --yes, or --dry-run to see what would happen."
        )
    sys.stderr.write(f"{question} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")
