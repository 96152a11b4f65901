"""The desk that a command works at."""

from sfa.cli.output import tell
from sfa.services import desk as service


def open_desk() -> service.Desk:
    """Open this process's workspace; how it was opened is told where that matters.

    Raises:
        StorageError: it cannot be opened.
        UsageError: `sfa.toml` cannot be read.
    """
    opened = service.open_desk()
    if opened.store.note:
        tell(opened.store.note)
    return opened
