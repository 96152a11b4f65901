"""`sfa +` and the verbs of the day: one line understood, written and told, with the store alone."""

import sys

from sfa.errors import ConflictError, ExitCode, NotAllowedError, NotFoundError, SfaError, UsageError
from sfa.quick.printing import say, tell
from sfa.services import quick_entry
from sfa.services.entry_plan import UnknownCompanyError
from sfa.services.matching import AmbiguousNameError, Matcher

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.store import Store
    from sfa.clock import Clock
    from sfa.domain.phrase.values import Line
    from sfa.services.entry_values import Plan

PLUS = "+"
SWITCHES = {"-n": "dry_run", "--dry-run": "dry_run", "--create": "create", "--json": "json", "--no-input": "no_input"}
VALUED = {"--now": "now", "--tz": "tz", "--lang": "lang", "--force": "force"}
REACHING = ("call", "mail", "visit")
OF_PLUS = {**VALUED, "-f": "file", "--file": "file"}
OF_VERBS = {
    **VALUED, "-m": "note", "--note": "note", "-d": "min", "--min": "min", "--on": "on", "--for": "for",
}  # fmt: skip
LANGUAGES = ("auto", "en", "zh")


class Asked:
    """What a command line asks for: the verb (`+` or one of the day), the words, switches and values by name."""

    __slots__ = ("switches", "values", "verb", "words")

    def __init__(
        self, verb: str, words: "Sequence[str]", switches: "Iterable[str]" = (), values: "dict[str, str] | None" = None
    ) -> None:
        self.verb = verb
        self.words = list(words)
        self.switches = frozenset(switches)
        self.values = values or {}

    def clock(self) -> "Clock | None":
        """Return the clock that `--now` and `--tz` ask for, None for the laptop's own."""
        if not self.values.keys() & {"now", "tz"}:
            return None
        from sfa.clock import StandingClock  # noqa: PLC0415 - for checks and demonstrations

        return StandingClock(self.values.get("now", ""), self.values.get("tz", ""))

    @property
    def language(self) -> str:
        """Return the language of dates.

        Raises:
            UsageError: it is none that is known.
        """
        language = self.values.get("lang", "auto")
        if language not in LANGUAGES:
            raise UsageError(f"The language {language} is not known.", hint=f"Choose from: {', '.join(LANGUAGES)}.")
        return language


def read_arguments(arguments: "Sequence[str]") -> Asked | None:
    """Return what is asked for, or None where these words are the full door's to read or to refuse."""
    verb, *rest = arguments
    valued = OF_PLUS if verb == PLUS else OF_VERBS
    words: list[str] = []
    switches: set[str] = set()
    values: dict[str, str] = {}
    while rest:
        word = rest.pop(0)
        flag, sign, value = word.partition("=")
        if word == "--":
            words += rest
            break
        if word in SWITCHES:
            switches.add(SWITCHES[word])
        elif sign and flag.startswith("--") and flag in valued:
            values[valued[flag]] = value
        elif word in valued and rest:
            values[valued[word]] = rest.pop(0)
        elif len(word) > 1 and word[0] == "-":
            return None
        else:
            words.append(word)
    return Asked(verb, words, switches, values)


def main(arguments: "Sequence[str]") -> int | None:
    """Run `sfa +` or a verb of the day; return its exit code, or None where it is for the full door."""
    asked = read_arguments(arguments)
    return None if asked is None else run(asked)


def run(asked: Asked) -> int:
    """Do what is asked and return the exit code.

    Raises:
        SfaError: what stops a single entry.
    """
    is_plus = asked.verb == PLUS
    if is_plus and "file" in asked.values:
        return _enter_lines(asked, _lines_of(asked.values["file"]))
    if is_plus and asked.words == ["-"]:
        return _enter_lines(asked, sys.stdin)
    if not asked.words and not ("for" in asked.values and "note" in asked.values):
        return _prompt(asked)
    _enter(_open(asked), asked)
    return ExitCode.OK


def _prompt(asked: Asked) -> int:
    if asked.verb != PLUS:
        raise UsageError(f"sfa {asked.verb} needs words.", hint=f"See: sfa {asked.verb} --help")
    if not is_interactive(asked):
        raise UsageError("There is nothing to save: type what you did or will do.", hint='sfa + "called Jane at Acme"')
    from sfa.quick.prompt import ask_line  # noqa: PLC0415 - only on a terminal

    store = _open(asked)
    text = ask_line(store, asked.language, is_creating="create" in asked.switches)
    if text is None:
        raise KeyboardInterrupt
    _enter(store, Asked(PLUS, [text], asked.switches, asked.values))
    return ExitCode.OK


def _open(asked: Asked) -> "Store":
    from db.store import open_to_the_end  # noqa: PLC0415 - not where the words are wrong

    store = open_to_the_end(asked.clock())
    if store.note:
        tell(store.note)
    return store


def is_interactive(asked: Asked) -> bool:
    """Tell whether somebody can be asked."""
    return (
        "no_input" not in asked.switches and "json" not in asked.switches and sys.stdin.isatty() and sys.stderr.isatty()
    )


def _lines_of(name: str) -> "Iterable[str]":
    try:
        with open(name, encoding="utf-8-sig") as stream:
            return stream.read().splitlines()
    except UnicodeDecodeError as error:
        raise UsageError(f"{name} is no text in UTF-8.", hint="Save it as UTF-8 and try again.") from error
    except OSError as error:
        raise NotFoundError(f"{name} cannot be read: {error.strerror}.") from error


def _enter_lines(asked: Asked, lines: "Iterable[str]") -> int:
    """Write each line; a bad one is told with its number and stops nothing. Return the worst exit code."""
    store = _open(asked)
    code = ExitCode.OK
    switches = asked.switches | {"no_input"}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            _enter(store, Asked(PLUS, [line.rstrip("\r\n")], switches, asked.values), is_one=False)
        except SfaError as error:
            tell(f"line {number}: {error.message}" + (f" {error.hint}" if error.hint else ""))
            for candidate in error.candidates if isinstance(error, ConflictError) else ():
                tell(f"  {candidate}")
            code = max(code, error.exit_code)
    return code


def _enter(store: "Store", asked: Asked, *, is_one: bool = True) -> None:
    matcher = Matcher(store)
    line = _line(store, asked, matcher)
    is_dry, is_json = "dry_run" in asked.switches, "json" in asked.switches
    try:
        plan = _planned(store, asked, line, matcher)
    except (NotFoundError, ConflictError, NotAllowedError) as error:
        if not (is_dry and is_json):
            raise
        _say_json(line, problem=error)
        return
    operation, written = (None, []) if is_dry else quick_entry.save(store, plan)
    if is_json:
        _say_json(line, plan, written, operation)
        return
    for words in plan.lines([ref for _, _, ref in written]):
        say(f"would save  {words}" if is_dry else words)
    if is_one and not is_dry:
        say("Undo: sfa undo")


def _line(store: "Store", asked: Asked, matcher: Matcher) -> "Line":
    if asked.verb == PLUS:
        return quick_entry.read(store, " ".join(asked.words), matcher, language=asked.language)
    from sfa.quick.verbs import line_of  # noqa: PLC0415 - `sfa +` has its own words

    return line_of(store, asked, matcher)


def _planned(store: "Store", asked: Asked, line: "Line", matcher: Matcher) -> "Plan":
    """Return what a line means, asking where somebody can be asked."""
    choices: dict[tuple[str, str], str] = {}
    is_creating = "create" in asked.switches
    can_ask = is_interactive(asked)
    while True:
        try:
            return quick_entry.plan(
                store,
                line,
                matcher,
                is_creating=is_creating,
                is_reaching=asked.verb in REACHING,
                force=asked.values.get("force"),
            )
        except AmbiguousNameError as error:
            if not can_ask:
                raise
            choices[error.noun, error.name] = _chosen(error)
            matcher = Matcher(store, choices)
        except UnknownCompanyError as error:
            if not (can_ask and error.is_new and not is_creating):
                raise
            _confirm(error)
            is_creating = True


def _chosen(error: AmbiguousNameError) -> str:
    """Ask which record is meant; return its reference."""
    tell(error.message)
    shown = error.choices[:9]
    for number, (_, line) in enumerate(shown, 1):
        tell(f"  {number}  {line}")
    tell(f"Press 1 to {len(shown)}; esc saves nothing.")
    key = _key()
    if key.isdigit() and 1 <= int(key) <= len(shown):
        return shown[int(key) - 1][0]
    raise KeyboardInterrupt


def _confirm(error: UnknownCompanyError) -> None:
    """Ask whether a company is to be made."""
    near = f" {error.hint.replace('Add --create to make it.', '').strip()}" if error.hint else ""
    tell(f"{error.message}{near.rstrip()} Make it? y makes it, anything else saves nothing.")
    if _key() not in ("y", "Y", "是"):
        raise KeyboardInterrupt


def _key() -> str:
    from sfa.quick.keys import Keys  # noqa: PLC0415 - only where somebody is asked

    with Keys() as keys:
        return keys.next()


def _say_json(
    line: "Line",
    plan: "Plan | None" = None,
    written: "Sequence[tuple[str, str, str]]" = (),
    operation: str | None = None,
    *,
    problem: SfaError | None = None,
) -> None:
    from sfa.quick.entry_json import as_json  # noqa: PLC0415 - only for programs

    say(as_json(line, plan, written, operation, problem))
