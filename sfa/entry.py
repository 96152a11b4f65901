"""The door of the program: imports only `sys`, then picks the fast door, the commands or the screens."""

import sys

LINES = ("+", "call", "met", "mail", "visit", "task", "note")


def main() -> None:
    """Run `sfa` with the words of the command line and leave with its exit code."""
    import gc  # noqa: PLC0415 - each door is imported alone

    gc.disable()
    try:
        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        sys.stderr.write("sfa: stopped.\n")
        code = 130
    _leave(code)


def run(arguments: list[str]) -> int:
    """Do what the words say and return the exit code; whatever goes wrong has been told on the standard error."""
    if len(arguments) == 1 and arguments[0] in ("--help", "-h", "help"):
        from sfa.quick.help import print_help  # noqa: PLC0415 - as above

        return print_help()
    if arguments[:1] == ["--version"]:
        from sfa.quick.help import print_version  # noqa: PLC0415 - as above

        return print_version()
    if arguments[:1] == ["--complete"]:
        from sfa.quick.complete import complete  # noqa: PLC0415 - as above

        return complete(arguments[1:])
    code = _by_fast_door(arguments)
    if code is not None:
        return code
    from sfa.cli.reporting import run_reported  # noqa: PLC0415 - as above

    return run_reported(arguments)


def _by_fast_door(arguments: list[str]) -> int | None:
    """Return the exit code, or None where the words are for the full door."""
    word = arguments[0] if arguments else ""
    try:
        if word == "date":
            from sfa.quick.dating import date_at_once  # noqa: PLC0415 - as above

            return date_at_once(arguments[1:])
        if word == "search":
            from sfa.quick.search import search  # noqa: PLC0415 - as above

            return search(arguments[1:])
        if word == "today":
            from sfa.quick.today import main as today  # noqa: PLC0415 - as above

            return today(arguments[1:])
        if word in LINES:
            from sfa.quick import is_line  # noqa: PLC0415 - as above

            if is_line(arguments):
                from sfa.quick.entering import main as enter  # noqa: PLC0415 - as above

                return enter(arguments)
    except BaseException as error:  # noqa: BLE001 - told where all errors are
        from sfa.cli.reporting import unlock_or_report  # noqa: PLC0415 - as above

        return unlock_or_report(error, arguments)
    return None


def _leave(code: int) -> None:
    """Flush and leave at once: tearing down an interpreter full of modules costs as long as many commands take."""
    import os  # noqa: PLC0415 - as above

    try:
        sys.stdout.flush()
    except BrokenPipeError:
        pass
    except OSError as error:
        sys.stderr.write(f"sfa: the output cannot be written: {error.strerror}.\n")
        code = code or 74
    sys.stderr.flush()
    os._exit(code)
