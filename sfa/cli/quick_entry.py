"""The full door of quick entry: `+` and the verbs of the day as commands, with their help and their refusals."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from typer.core import TyperCommand

from sfa.cli.building import argument, command, dry_run_option, flag, json_option, option
from sfa.quick.entering import OF_PLUS, OF_VERBS, PLUS, Asked, run

HELP = {
    PLUS: "Quick entry: one line, what you did and what follows.",
    "call": "Enter a call: sfa call Acme 15min, wants a quote.",
    "met": "Enter a meeting.",
    "mail": "Enter a mail that you wrote.",
    "visit": "Enter a visit.",
    "task": 'Enter a task: sfa task "send quote to Jane friday".',
    "note": 'Enter a note: sfa note Acme "prefers blue".',
}
_WORDS = "What you did or will do, in words; - reads lines from the standard input."
_LINE_WORDS = "Whom, and what more there is to say, as in sfa +."


def quick_command(verb: str) -> TyperCommand:
    """Return `sfa +`, or the command of a verb of the day."""
    is_plus = verb == PLUS
    params: list[Any] = [argument("words", is_required=False, is_many=True, help=_WORDS if is_plus else _LINE_WORDS)]
    known = OF_PLUS if is_plus else OF_VERBS
    params += [
        option(*(flag for flag, name in known.items() if name == wanted), f"of_{wanted}", help=text, shown=shown)
        for wanted, shown, text in _OPTIONS
        if wanted in known.values() and wanted not in _UNFIT.get(verb, _UNFIT["call"])
    ]
    params += [
        dry_run_option(),
        flag("--create", "is_creating", help="Make the account where it is not in the book."),
        json_option("What was understood and written, as one JSON object."),
        flag("--no-input", "is_silent", help="Ask nothing: a name that means several is refused."),
    ]
    return command(verb, partial(_run, verb), params, HELP[verb])


_OPTIONS = (
    ("note", "TEXT", "What was said, as it stands."),
    ("min", "TIME", "How long it took: 15, 90min, 1h30."),
    ("on", "DAY", "When: friday, yesterday, 2026-12-31."),
    ("for", "WHO", "Whom it is about: Jane, Acme, Jane at Acme. The words then stand as they are."),
    ("force", "REASON", "Even against what the contact said; the reason is kept."),
    ("file", "FILE", "Read the lines of a file."),
    ("lang", "LANGUAGE", "Language of dates: en, zh or auto."),
    ("now", "TIME", "Read and write as if it were 2026-11-21T10:00."),
    ("tz", "ZONE", "In this time zone: Europe/Berlin."),
)
_UNFIT = {"+": (), "task": ("note", "min"), "note": ("min", "on", "force"), "call": ("for",)}


def _run(
    verb: str,
    *,
    words: Sequence[str],
    is_dry_run: bool,
    is_creating: bool,
    is_json: bool,
    is_silent: bool,
    **values: str | None,
) -> int:
    switches = {"dry_run": is_dry_run, "create": is_creating, "json": is_json, "no_input": is_silent}
    given = {name.removeprefix("of_"): value for name, value in values.items() if value is not None}
    return run(Asked(verb, words, [name for name, is_set in switches.items() if is_set], given))
