"""`sfa + TEXT`: one line, understood, written, told, and undone with `sfa undo`."""

import json
import sys
from collections.abc import Sequence

from sfa.cli.output import say, tell
from sfa.errors import ExitCode, SfaError, UsageError
from sfa.services import quick_entry
from sfa.services.desk import Desk, open_desk

USAGE = """Usage: sfa + TEXT [-n] [--create] [--json]
       sfa + -            one entry per line of the standard input

Writes what one line says: an activity, and after each ; a task or an appointment.

  sfa + "called Jane at Acme 15min, wants a quote; send quote friday"
  sfa + "met Smith at Globex; demo tue 10:00 #renewal"

  -n, --dry-run   show what is understood, write nothing
  --create        make an account that is not in the book
  --json          what was understood and written, as JSON
"""
FLAGS = {"-n": "dry", "--dry-run": "dry", "--create": "create", "--json": "json"}


def main(arguments: Sequence[str]) -> int:
    """Run `sfa +` with the words after it and return the exit code.

    Raises:
        SfaError: what stops a single entry; reported by the caller.
    """
    if "--help" in arguments or "-h" in arguments:
        say(USAGE.rstrip())
        return ExitCode.OK
    flags = {FLAGS[word] for word in arguments if word in FLAGS}
    words = [word for word in arguments if word not in FLAGS]
    if not words:
        raise UsageError("There is nothing to save: type what you did or will do.", hint='sfa + "called Jane at Acme"')
    desk = open_desk()
    if words == ["-"]:
        return _enter_lines(desk, flags)
    _enter(desk, " ".join(words), flags)
    return ExitCode.OK


def _enter_lines(desk: Desk, flags: set[str]) -> int:
    """Write each line of the standard input; a bad one is told with its number and stops nothing."""
    code = ExitCode.OK
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            _enter(desk, line.rstrip("\n"), flags)
        except SfaError as error:
            tell(f"line {number}: {error.message}" + (f" {error.hint}" if error.hint else ""))
            code = error.exit_code
    return code


def _enter(desk: Desk, line: str, flags: set[str]) -> None:
    plan = quick_entry.understand(desk, line, is_creating="create" in flags)
    saved = None
    if "dry" not in flags:
        saved = quick_entry.enter(desk, line, is_creating="create" in flags)
    if "json" in flags:
        say(json.dumps(_as_json(plan, saved.operation_id if saved else None), ensure_ascii=False))
        return
    for words in plan.lines():
        say(words if saved else f"would save  {words}")
    if saved:
        say("Undo: sfa undo")


def _as_json(plan: quick_entry.Plan, operation_id: str | None) -> dict[str, object]:
    return {
        "text": plan.phrase.text,
        "spans": [
            {"kind": piece.kind.value, "start": piece.start, "end": piece.end, "value": piece.value}
            for piece in plan.phrase.pieces
        ],
        "records": [
            {"noun": entry.noun, "text": entry.words, **{key: str(value) for key, value in entry.values.items()}}
            for entry in plan.entries
        ],
        "doubts": list(plan.doubts),
        "operation": operation_id,
    }
