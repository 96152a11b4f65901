"""`--input`: a JSON file, or `-` for the standard input."""

import sys
from pathlib import Path

from typer.core import TyperOption

from sfa.cli.building import option
from sfa.errors import NotFoundError, UsageError
from sfa.exchange.json_nodes import parse

MOST_BYTES = 20 << 20


def input_option() -> TyperOption:
    """Return `--input`."""
    return option("--input", "-i", "source", default="", shown="FILE", help="A JSON file; - reads what is piped in.")


def read_input(source: str, shape: str) -> object:
    """Return the JSON value that `--input` names.

    Args:
        source: a path, or `-`.
        shape: where its shape is described, for the remedy.

    Raises:
        UsageError: none is named, or it is no JSON.
        NotFoundError: there is no such file.
    """
    if not source:
        raise UsageError("Name the JSON with --input FILE, or pipe it in with --input -.", hint=f"Its shape: {shape}")
    if source == "-":
        stream = getattr(sys.stdin, "buffer", None)
        return parse(stream.read() if stream else sys.stdin.read().encode(), "The input")
    path = Path(source)
    if not path.is_file():
        raise NotFoundError(f"There is no file {path}.")
    if path.stat().st_size > MOST_BYTES:
        raise UsageError(f"{path} is larger than {MOST_BYTES >> 20} MB, which no document is.")
    return parse(path.read_bytes(), path.name)
