"""The door of the program: imports only `sys`, then picks the fast door, the commands or the screens."""

import sys


def main() -> None:
    """Run `sfa` with the words of the command line and leave with its exit code."""
    arguments = sys.argv[1:]
    if len(arguments) == 1 and arguments[0] in ("--help", "-h", "help"):
        from sfa.quick.help import print_help  # noqa: PLC0415 - each door is imported alone

        _leave(print_help())
    if arguments[:1] == ["--version"]:
        from sfa.quick.help import print_version  # noqa: PLC0415 - as above

        _leave(print_version())
    if arguments[:1] == ["--complete"]:
        from sfa.quick.complete import complete  # noqa: PLC0415 - as above

        _leave(complete(arguments[1:]))
    import gc  # noqa: PLC0415 - as above

    gc.disable()
    from sfa.cli.reporting import run_reported  # noqa: PLC0415 - as above

    _leave(run_reported(arguments))


def _leave(code: int) -> None:
    """Flush and leave at once: tearing down an interpreter full of modules costs as long as many commands take."""
    import os  # noqa: PLC0415 - as above

    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        pass
    os._exit(code)
