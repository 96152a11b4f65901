"""What is written down of a defect of the program; imports nothing of it, for anything may be broken."""

import traceback
from pathlib import Path


def trace_for_log(error: BaseException, folder: Path) -> str:
    """Return a traceback for the log in a workspace folder.

    Beside an encrypted book it goes without the error's message, which may quote a record.
    """
    if not (folder / "sales.key").exists():
        return "".join(traceback.format_exception(error))
    return "".join([*traceback.format_tb(error.__traceback__), type(error).__name__, "\n"])
