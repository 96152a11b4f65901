"""The top of the help and the version, without any import that costs."""

import sys
from os import path

HELP_FILE = path.join(path.dirname(__file__), "help.txt")


def print_help() -> int:
    """Print what `sfa --help` says: written by `python -m sfa.cli.generate`."""
    with open(HELP_FILE, encoding="utf-8") as stream:
        sys.stdout.write(stream.read())
    return 0


def print_version() -> int:
    """Print the version of the installed distribution."""
    from importlib.metadata import version  # noqa: PLC0415 - only here

    sys.stdout.write(f"sfa {version('sfa-tui')}\n")
    return 0
