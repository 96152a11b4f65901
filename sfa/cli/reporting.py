"""The one place that turns an error into a sentence and an exit code."""

import os
import sys
from collections.abc import Sequence

from sfa.cli.output import tell
from sfa.domain.text import clean
from sfa.errors import ConflictError, ExitCode, LockedError, SfaError, StorageError, UsageError


def run_reported(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit code; whatever goes wrong is told on the standard error."""
    try:
        return _run(arguments)
    except LockedError as error:
        return unlock_or_report(error, arguments)
    except BaseException as error:  # noqa: BLE001 - told in one place
        return report_any(error)


def unlock_or_report(error: BaseException, arguments: Sequence[str]) -> int:
    """Ask for the passphrase where the book is locked and somebody is here, and run the command anew; else report."""
    if not isinstance(error, LockedError) or arguments[:1] == ["encrypt"]:
        return report_any(error)
    from sfa.cli.encrypt import unlock_by_asking  # noqa: PLC0415 - for encrypted books alone

    try:
        return _run(arguments) if unlock_by_asking() else report_any(error)
    except BaseException as second:  # noqa: BLE001 - as above
        return report_any(second)


def report_any(error: BaseException) -> int:
    """Tell whatever went wrong, through whichever door; return its exit code."""
    if isinstance(error, SfaError):
        return report(error)
    if isinstance(error, KeyboardInterrupt):
        tell("sfa: stopped; nothing half-written was kept.")
        return ExitCode.INTERRUPTED
    if isinstance(error, BrokenPipeError):
        _forget_pipe()
        return ExitCode.OK
    if isinstance(error, OSError):
        return report(StorageError(f"{error.filename or 'The output'}: {error.strerror or error}."))
    if isinstance(error, Exception):
        return _report_defect(error)  # the last line of defence: a sentence instead of pages
    raise error


def _run(arguments: Sequence[str]) -> int:
    if not arguments:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise UsageError("The screens need a terminal.", hint="Commands do not: sfa --help")
        from screens.app import run  # noqa: PLC0415 - the screens alone need Textual

        return run()
    from sfa.cli.main import run_command  # noqa: PLC0415 - Typer

    return run_command(arguments)


def report(error: SfaError) -> int:
    """Tell an error with its remedy and candidates; return its exit code."""
    tell(f"sfa: {error.message}")
    if isinstance(error, ConflictError):
        for line in error.candidates:
            tell(f"  {line}")
    if error.hint:
        tell(f"     {error.hint}")
    return int(error.exit_code)


def _report_defect(error: Exception) -> int:
    if os.environ.get("SFA_DEBUG"):
        import traceback  # noqa: PLC0415 - 5 ms that no good run needs

        tell("".join(traceback.format_exception(error)))
        return ExitCode.FAILURE
    tell(f"sfa: an unexpected {type(error).__name__}: {error}. Your data is as it was before. {_keep(error)}")
    return ExitCode.FAILURE


def _keep(error: Exception) -> str:
    from sfa.defects import trace_for_log  # noqa: PLC0415 - as above
    from sfa.paths import Workspace  # noqa: PLC0415 - only when something broke

    log = Workspace.default().folder / "sfa-errors.log"
    try:
        with log.open("a", encoding="utf-8") as stream:
            stream.write(clean(trace_for_log(error, log.parent), multiline=True) + "\n")
    except OSError:
        return "Set SFA_DEBUG=1 to see the details."
    return f"The details are in {log}."


def _forget_pipe() -> None:
    """The reader has gone (`| head`): what is still buffered goes nowhere, quietly."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
