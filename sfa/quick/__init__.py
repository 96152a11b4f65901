"""The fast door: what a rep does many times a day, with the standard library and the bare driver alone."""

import sys

if sys.version_info < (3, 12) and "datetime" not in sys.modules:
    # Its dates and times as they are compiled, as from Python 3.12 on; up to then it makes all of them in Python first.
    import _datetime  # type: ignore[import-not-found]

    sys.modules["datetime"] = _datetime

LINES = ("+", "call", "met", "mail", "visit", "task", "note")
"""What begins a line of quick entry."""
NOUNS = ("task", "note")
"""Those that are nouns too: behind them stands one of their verbs, or a line."""
OF_NOUNS = frozenset(("list", "show", "add", "edit", "remove", "restore", "history", "done", "reopen", "-h", "--help"))


def is_line(arguments: "list[str]") -> bool:
    """Tell whether a command line is one of quick entry; a single word behind a noun is a verb mistyped, not a line."""
    verb = arguments[0] if arguments else ""
    if verb in NOUNS:
        return len(arguments) > 1 and arguments[1] not in OF_NOUNS and (len(arguments) > 2 or " " in arguments[1])  # noqa: PLR2004 - verb, word, and more
    return verb in LINES
